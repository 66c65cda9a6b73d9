/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a payment gateway. */
#pragma once

#include "wb-connection.h"
#include "wb-payment.h"

G_BEGIN_DECLS

#define WB_TYPE_GATEWAY (wb_gateway_get_type ())
G_DECLARE_INTERFACE (WbGateway, wb_gateway, WB, GATEWAY, GObject)

/**
 * WbMoneyAsk: one movement of money. All borrowed.
 * @payment_ref: the payment at the gateway (Stripe: the PaymentIntent)
 * @amount: what to capture or refund, in the payment's currency
 * @key: the journal's idempotency key, sent along where the vendor documents it
 * @reference: ours (the parcel's), kept with the vendor's object so that the movement can be found
 * again
 * @first_sent_at: when the key was first sent, 0: never; a vendor forgets keys after a time
 */
typedef struct
{
  const char *payment_ref;
  WbMoney     amount;
  const char *key;
  const char *reference;
  WbInstant   first_sent_at;
} WbMoneyAsk;

/**
 * WbMovement: what the gateway says has moved.
 * @ref: its own name for the movement
 * @amount: what it really took or gave: compared with what was asked
 */
typedef struct
{
  char   *ref;
  WbMoney amount;
} WbMovement;

typedef enum
{
  WB_MOVEMENT_UNKNOWN,
  WB_MOVEMENT_FOUND,
  WB_MOVEMENT_NOT_MADE,
} WbMovementFinding;

struct _WbGatewayInterface
{
  GTypeInterface parent_iface;

  gboolean (*probe) (WbGateway *self, char **summary, GCancellable *cancellable, GError **error);
  WbPayment *(*read_payment) (WbGateway    *self,
                              const char   *payment_ref,
                              GCancellable *cancellable,
                              GError      **error);
  gboolean (*capture) (WbGateway        *self,
                       const WbMoneyAsk *ask,
                       WbMovement       *movement,
                       GCancellable     *cancellable,
                       GError          **error);
  WbMovementFinding (*find_capture) (WbGateway        *self,
                                     const WbMoneyAsk *ask,
                                     WbMovement       *movement,
                                     GCancellable     *cancellable,
                                     GError          **error);
  gboolean (*refund) (WbGateway        *self,
                      const WbMoneyAsk *ask,
                      WbMovement       *movement,
                      GCancellable     *cancellable,
                      GError          **error);
  WbMovementFinding (*find_refund) (WbGateway        *self,
                                    const WbMoneyAsk *ask,
                                    WbMovement       *movement,
                                    GCancellable     *cancellable,
                                    GError          **error);
  gboolean (*cancel) (WbGateway        *self,
                      const WbMoneyAsk *ask,
                      GCancellable     *cancellable,
                      GError          **error);
};

gboolean
wb_gateway_probe (WbGateway *self, char **summary, GCancellable *cancellable, GError **error);
WbPayment        *wb_gateway_read_payment (WbGateway    *self,
                                           const char   *payment_ref,
                                           GCancellable *cancellable,
                                           GError      **error);
gboolean          wb_gateway_capture (WbGateway        *self,
                                      const WbMoneyAsk *ask,
                                      WbMovement       *movement,
                                      GCancellable     *cancellable,
                                      GError          **error);
WbMovementFinding wb_gateway_find_capture (WbGateway        *self,
                                           const WbMoneyAsk *ask,
                                           WbMovement       *movement,
                                           GCancellable     *cancellable,
                                           GError          **error);
gboolean          wb_gateway_refund (WbGateway        *self,
                                     const WbMoneyAsk *ask,
                                     WbMovement       *movement,
                                     GCancellable     *cancellable,
                                     GError          **error);
WbMovementFinding wb_gateway_find_refund (WbGateway        *self,
                                          const WbMoneyAsk *ask,
                                          WbMovement       *movement,
                                          GCancellable     *cancellable,
                                          GError          **error);
gboolean          wb_gateway_cancel (WbGateway        *self,
                                     const WbMoneyAsk *ask,
                                     GCancellable     *cancellable,
                                     GError          **error);
void              wb_movement_clear (WbMovement *movement);

typedef struct
{
  const char        *id;
  const char        *title; /* N_() */
  const char *const *secrets;
  const char        *default_url;
  WbGateway *(*open) (WbConnection *connection, const char *const *secret_values, GError **error);
} WbGatewayProvider;

const WbGatewayProvider *wb_gateway_get_provider (guint index);
const WbGatewayProvider *wb_gateway_find_provider (const char *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbMovement, wb_movement_clear)

G_END_DECLS

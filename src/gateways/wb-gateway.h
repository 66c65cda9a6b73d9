/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a payment gateway. */
#pragma once

#include "wb-connection.h"
#include "wb-ledger.h"
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

/**
 * WbRenewal: what came of keeping an authorisation alive.
 * @payment_ref: the payment that holds it now: the same one, or a new one
 * @amount: what it covers now
 * @capture_before: its new end, from the gateway's object
 */
typedef struct
{
  char     *payment_ref;
  WbMoney   amount;
  WbInstant capture_before;
} WbRenewal;

/**
 * WbMoneyPage: a page of a gateway's history.
 * @items: (element-type WbBalance) or (element-type WbGatewayEvent)
 * @cursor: give it back for what comes next; kept by the caller, opaque
 * @more: there is more to read now
 * @beyond_reach: the cursor is older than the gateway remembers: what happened in between is not in
 * the pages; the objects themselves must be read again
 */
typedef struct
{
  GPtrArray *items;
  char      *cursor;
  gboolean   more;
  gboolean   beyond_reach;
} WbMoneyPage;

/**
 * WbGatewayEvent: something happened to an object at the gateway: a hint to read it again, never a
 * fact to book.
 * @kind: the gateway's own word
 * @object_ref: what it happened to
 * @payment_ref: (nullable): the payment it belongs to
 */
typedef struct
{
  char     *ref;
  char     *kind;
  char     *object_ref;
  char     *payment_ref;
  WbInstant at;
} WbGatewayEvent;

/**
 * WbGatewayAbility: what a module can do at all; what a single payment allows is in its record.
 */
typedef enum
{
  WB_GATEWAY_CAPTURE = 1 << 0,
  WB_GATEWAY_REFUND = 1 << 1,
  WB_GATEWAY_CANCEL = 1 << 2,
  WB_GATEWAY_REAUTHORISE = 1 << 3,
  WB_GATEWAY_LIST_MONEY = 1 << 4,
  WB_GATEWAY_LIST_PAYOUTS = 1 << 5,
  WB_GATEWAY_LIST_EVENTS = 1 << 6,
} WbGatewayAbility;

typedef enum
{
  WB_MOVEMENT_UNKNOWN,
  WB_MOVEMENT_FOUND,
  WB_MOVEMENT_NOT_MADE,
} WbMovementFinding;

/* probe and read_payment are there always; any other may be NULL: “this gateway cannot”. */
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
  GPtrArray *(*list_refundable) (WbGateway    *self,
                                 const char   *payment_ref,
                                 GCancellable *cancellable,
                                 GError      **error);
  gboolean (*cancel) (WbGateway        *self,
                      const WbMoneyAsk *ask,
                      GCancellable     *cancellable,
                      GError          **error);

  gboolean (*reauthorise) (WbGateway        *self,
                           const WbMoneyAsk *ask,
                           WbRenewal        *renewal,
                           GCancellable     *cancellable,
                           GError          **error);
  WbMovementFinding (*find_renewal) (WbGateway        *self,
                                     const WbMoneyAsk *ask,
                                     WbRenewal        *renewal,
                                     GCancellable     *cancellable,
                                     GError          **error);
  gboolean (*list_money) (WbGateway    *self,
                          const char   *cursor,
                          WbMoneyPage  *page,
                          GCancellable *cancellable,
                          GError      **error);
  GPtrArray *(*list_payouts) (WbGateway    *self,
                              WbInstant     since,
                              GCancellable *cancellable,
                              GError      **error);
  WbPayout *(*read_payout) (WbGateway    *self,
                            const char   *payout_ref,
                            GCancellable *cancellable,
                            GError      **error);
  GPtrArray *(*list_payout_items) (WbGateway    *self,
                                   const char   *payout_ref,
                                   GCancellable *cancellable,
                                   GError      **error);
  gboolean (*list_events) (WbGateway    *self,
                           const char   *cursor,
                           WbMoneyPage  *page,
                           GCancellable *cancellable,
                           GError      **error);
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
GPtrArray        *wb_gateway_list_refundable (WbGateway    *self,
                                              const char   *payment_ref,
                                              GCancellable *cancellable,
                                              GError      **error);
gboolean          wb_gateway_cancel (WbGateway        *self,
                                     const WbMoneyAsk *ask,
                                     GCancellable     *cancellable,
                                     GError          **error);
gboolean          wb_gateway_reauthorise (WbGateway        *self,
                                          const WbMoneyAsk *ask,
                                          WbRenewal        *renewal,
                                          GCancellable     *cancellable,
                                          GError          **error);
WbMovementFinding wb_gateway_find_renewal (WbGateway        *self,
                                           const WbMoneyAsk *ask,
                                           WbRenewal        *renewal,
                                           GCancellable     *cancellable,
                                           GError          **error);
gboolean          wb_gateway_list_money (WbGateway    *self,
                                         const char   *cursor,
                                         WbMoneyPage  *page,
                                         GCancellable *cancellable,
                                         GError      **error);
GPtrArray        *wb_gateway_list_payouts (WbGateway    *self,
                                           WbInstant     since,
                                           GCancellable *cancellable,
                                           GError      **error);
WbPayout         *wb_gateway_read_payout (WbGateway    *self,
                                          const char   *payout_ref,
                                          GCancellable *cancellable,
                                          GError      **error);
GPtrArray        *wb_gateway_list_payout_items (WbGateway    *self,
                                                const char   *payout_ref,
                                                GCancellable *cancellable,
                                                GError      **error);
gboolean          wb_gateway_list_events (WbGateway    *self,
                                          const char   *cursor,
                                          WbMoneyPage  *page,
                                          GCancellable *cancellable,
                                          GError      **error);
guint             wb_gateway_abilities (WbGateway *self);
void              wb_movement_clear (WbMovement *movement);
void              wb_movement_free (WbMovement *movement);
void              wb_renewal_clear (WbRenewal *renewal);
void              wb_money_page_clear (WbMoneyPage *page);
void              wb_gateway_event_free (WbGatewayEvent *event);

typedef struct
{
  const char        *id;
  const char        *title; /* N_() */
  const char *const *secrets;
  const char        *default_url;
  /* How shops name the ways of paying that end at this provider, by their first letters;
   * NULL-terminated. */
  const char *const *methods;
  WbGateway *(*open) (WbConnection *connection, const char *const *secret_values, GError **error);
} WbGatewayProvider;

/* The provider that nobody can ask: what was received is what a person states. */
#define WB_GATEWAY_MANUAL "manual"

const WbGatewayProvider *wb_gateway_get_provider (guint index);
const WbGatewayProvider *wb_gateway_find_provider (const char *id);
const WbGatewayProvider *wb_gateway_provider_for_method (const char *method);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbMovement, wb_movement_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRenewal, wb_renewal_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbMoneyPage, wb_money_page_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGatewayEvent, wb_gateway_event_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the Stripe module share among themselves and with their tests. */
#pragma once

#include "wb-gateway.h"
#include "wb-http.h"

G_BEGIN_DECLS

/* The version of the API that is asked for, whatever the account's own default. 2023-08-16 is that
 * of the published OpenAPI document which the requests are checked against. What we read beyond it
 * (capture_before, multicapture) Stripe adds to the replies of every version; what would break us
 * (fields renamed or gone) comes only with a newer one. */
#define WB_STRIPE_VERSION "2023-08-16"

/* Stripe keeps a key at least this long; later the same key is a new request (docs: idempotent
 * requests). */
#define WB_STRIPE_KEY_LIFE (24 * 60 * 60)

/* Our name for a movement, kept in the metadata of Stripe's object. */
#define WB_STRIPE_REFERENCE "waybill_reference"
#define WB_STRIPE_KEY       "waybill_key"

#define WB_TYPE_STRIPE (wb_stripe_get_type ())
G_DECLARE_FINAL_TYPE (WbStripe, wb_stripe, WB, STRIPE, GObject)

struct _WbStripe
{
  GObject parent_instance;

  WbHttp  *http;
  gboolean restricted; /* the key begins with rk_: it has only the rights it was given */
  gboolean live_key;   /* sk_live_…, rk_live_… */
};

/* What is being tried: the same refusal means different things. */
typedef enum
{
  WB_STRIPE_READ,
  WB_STRIPE_CAPTURE,
  WB_STRIPE_REFUND,
  WB_STRIPE_CANCEL,
} WbStripeAct;

/* wb-stripe-error.c */
gboolean wb_stripe_check (const WbHttpResponse *response, WbStripeAct act, GError **error);
WbError
wb_stripe_intent_refusal (const char *status, const char *cancellation_reason, WbStripeAct act);
JsonNode *wb_stripe_call (WbStripe      *self,
                          WbHttpRequest *request,
                          WbStripeAct    act,
                          GCancellable  *cancellable,
                          GError       **error);

/* wb-stripe-amount.c */
guint    wb_stripe_exponent (const char *currency);
gboolean wb_stripe_from_minor (gint64 amount, const char *currency, WbMoney *out, GError **error);
gboolean wb_stripe_to_minor (WbMoney money, gint64 *amount, GError **error);
gboolean wb_stripe_read_amount (
    const WbJson *at, const char *name, const char *currency, WbMoney *out, GError **error);
char *wb_stripe_read_currency (const WbJson *at, GError **error);

/* wb-stripe-payment.c */
JsonNode *
wb_stripe_read_intent (WbStripe *self, const char *ref, GCancellable *cancellable, GError **error);
WbPayment *wb_stripe_parse_intent (const WbJson *intent, GError **error);
gboolean   wb_stripe_has_lapsed (const char *cancellation_reason);
WbPayment *wb_stripe_read_payment (WbGateway    *gateway,
                                   const char   *payment_ref,
                                   GCancellable *cancellable,
                                   GError      **error);

/* wb-stripe-capture.c */
gboolean
wb_stripe_check_ask (const WbMoneyAsk *ask, WbPayment *payment, gint64 *amount, GError **error);
gboolean          wb_stripe_key_is_old (const WbMoneyAsk *ask);
char             *wb_stripe_mark_name (const char *reference);
WbMovementFinding wb_stripe_judge_capture (const WbJson     *intent,
                                           const WbMoneyAsk *ask,
                                           WbMovement       *movement,
                                           GError          **error);
gboolean          wb_stripe_capture (WbGateway        *gateway,
                                     const WbMoneyAsk *ask,
                                     WbMovement       *movement,
                                     GCancellable     *cancellable,
                                     GError          **error);
WbMovementFinding wb_stripe_find_capture (WbGateway        *gateway,
                                          const WbMoneyAsk *ask,
                                          WbMovement       *movement,
                                          GCancellable     *cancellable,
                                          GError          **error);
gboolean          wb_stripe_cancel (WbGateway        *gateway,
                                    const WbMoneyAsk *ask,
                                    GCancellable     *cancellable,
                                    GError          **error);

/* wb-stripe-refund.c */
gboolean          wb_stripe_refund (WbGateway        *gateway,
                                    const WbMoneyAsk *ask,
                                    WbMovement       *movement,
                                    GCancellable     *cancellable,
                                    GError          **error);
WbMovementFinding wb_stripe_find_refund (WbGateway        *gateway,
                                         const WbMoneyAsk *ask,
                                         WbMovement       *movement,
                                         GCancellable     *cancellable,
                                         GError          **error);

/* wb-stripe-list.c */
typedef gboolean (*WbStripeReadItem) (const WbJson *at, GPtrArray *items, GError **error);
gboolean   wb_stripe_list_page (WbStripe          *self,
                                const char        *path,
                                const char *const *query,
                                const char        *cursor,
                                WbStripeReadItem   read_item,
                                GDestroyNotify     free_item,
                                WbMoneyPage       *page,
                                GCancellable      *cancellable,
                                GError           **error);
GPtrArray *wb_stripe_list_all (WbStripe          *self,
                               const char        *path,
                               const char *const *query,
                               WbInstant          since,
                               WbStripeReadItem   read_item,
                               GDestroyNotify     free_item,
                               GCancellable      *cancellable,
                               GError           **error);

/* wb-stripe-balance.c */
gboolean wb_stripe_read_balance (const WbJson *at, GPtrArray *items, GError **error);
gboolean wb_stripe_list_money (WbGateway    *gateway,
                               const char   *cursor,
                               WbMoneyPage  *page,
                               GCancellable *cancellable,
                               GError      **error);

/* wb-stripe-payout.c */
GPtrArray *wb_stripe_list_payouts (WbGateway    *gateway,
                                   WbInstant     since,
                                   GCancellable *cancellable,
                                   GError      **error);
WbPayout  *wb_stripe_read_payout (WbGateway    *gateway,
                                  const char   *payout_ref,
                                  GCancellable *cancellable,
                                  GError      **error);
GPtrArray *wb_stripe_list_payout_items (WbGateway    *gateway,
                                        const char   *payout_ref,
                                        GCancellable *cancellable,
                                        GError      **error);

/* wb-stripe-event.c */
gboolean wb_stripe_list_events (WbGateway    *gateway,
                                const char   *cursor,
                                WbMoneyPage  *page,
                                GCancellable *cancellable,
                                GError      **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the PayPal module share among themselves and with their tests. */
#pragma once

#include "wb-gateway.h"
#include "wb-http.h"

G_BEGIN_DECLS

/* PayPal answers a repeated PayPal-Request-Id with the first outcome for this long (parameter
 * paypal_request_id of payments v2); later the same one is a new request. */
#define WB_PAYPAL_KEY_LIFE (45 * 24 * 60 * 60)
/* The longest PayPal-Request-Id that is taken (guideline on idempotency). */
#define WB_PAYPAL_MAX_KEY 108

#define WB_TYPE_PAYPAL (wb_paypal_get_type ())
G_DECLARE_FINAL_TYPE (WbPaypal, wb_paypal, WB, PAYPAL, GObject)

struct _WbPaypal
{
  GObject parent_instance;

  char     *base_url;
  WbHttp   *door;  /* with client id and secret: opens nothing but the token */
  WbHttp   *http;  /* with the token; NULL before the first and after a refused one */
  char     *scope; /* (nullable): the rights that came with the token */
  WbInstant token_until;
  gboolean  sandbox;
};

/* What is being tried: the same refusal means different things. */
typedef enum
{
  WB_PAYPAL_READ,
  WB_PAYPAL_CAPTURE,
  WB_PAYPAL_REFUND,
  WB_PAYPAL_VOID,
  WB_PAYPAL_RENEW,
} WbPaypalAct;

/**
 * WbPaypalSale: an order at PayPal as read just now, with what became of it.
 * @root: owns every WbJson below
 * @order: the order; not an object when PayPal no longer shows it and @authorisation was read alone
 * @authorisation: the one that captures are made from, or the last one there was; may be absent
 * @captures, @refunds: arrays; may be absent
 * @live: @authorisation can still be captured
 */
typedef struct
{
  JsonNode *root;
  JsonNode *lone; /* (nullable): an authorisation read by its own name */
  WbJson    order;
  WbJson    authorisation;
  WbJson    first; /* authorisation of the order: a renewed one is let go by it */
  WbJson    captures;
  WbJson    refunds;
  guint     n_captures, n_refunds;
  gboolean  live;
} WbPaypalSale;

/* How a movement of ours is known among those of an order: @member says @value, and @moved that it
 * counts. All borrowed. */
typedef struct
{
  const WbJson *list;
  guint         n;
  const char   *member, *value;
  gboolean (*moved) (const WbJson *movement);
} WbPaypalMark;

/* How the movement of @ask is known among those of @sale, which it borrows from. */
typedef WbPaypalMark (*WbPaypalMarkOf) (const WbPaypalSale *sale, const WbMoneyAsk *ask);

/* wb-paypal-call.c */
WbHttpResponse *
wb_paypal_send (WbPaypal *self, WbHttpRequest *request, GCancellable *cancellable, GError **error);
JsonNode *wb_paypal_call (WbPaypal      *self,
                          WbHttpRequest *request,
                          WbPaypalAct    act,
                          GCancellable  *cancellable,
                          GError       **error);
gboolean  wb_paypal_ensure_token (WbPaypal *self, GCancellable *cancellable, GError **error);

/* wb-paypal-error.c */
gboolean wb_paypal_check (const WbHttpResponse *response, WbPaypalAct act, GError **error);

/* wb-paypal-amount.c */
char    *wb_paypal_write_value (WbMoney money, GError **error);
gboolean wb_paypal_read_money (const WbJson *at, const char *name, WbMoney *out, GError **error);
gboolean wb_paypal_read_movement (const WbJson *moved, WbMovement *movement, GError **error);
gboolean wb_paypal_check_ask (const WbMoneyAsk *ask, const char *currency, GError **error);
void     wb_paypal_add_amount (JsonBuilder *builder, const WbMoneyAsk *ask, const char *value);
void     wb_paypal_close_ask (WbHttpRequest *request, JsonBuilder *builder, const WbMoneyAsk *ask);

/* wb-paypal-sale.c */
gboolean wb_paypal_read_sale (
    WbPaypal *self, const char *ref, WbPaypalSale *sale, GCancellable *cancellable, GError **error);
void              wb_paypal_sale_clear (WbPaypalSale *sale);
gboolean          wb_paypal_took_money (const WbJson *capture);
gboolean          wb_paypal_gave_money (const WbJson *refund);
gboolean          wb_paypal_begin (WbPaypal         *self,
                                   const WbMoneyAsk *ask,
                                   WbPaypalMarkOf    mark_of,
                                   WbPaypalSale     *sale,
                                   WbPayment       **payment,
                                   char            **value,
                                   GCancellable     *cancellable,
                                   GError          **error);
WbMovementFinding wb_paypal_find (WbPaypal         *self,
                                  const WbMoneyAsk *ask,
                                  WbPaypalMarkOf    mark_of,
                                  WbMovement       *movement,
                                  GCancellable     *cancellable,
                                  GError          **error);
gboolean          wb_paypal_belongs_to (const WbJson *object, const char *kind, const char *id);

/* wb-paypal-payment.c */
WbPayment *wb_paypal_parse_sale (const WbPaypalSale *sale, const char *ref, GError **error);
WbPayment *wb_paypal_read_payment (WbGateway    *gateway,
                                   const char   *payment_ref,
                                   GCancellable *cancellable,
                                   GError      **error);

/* wb-paypal-capture.c */
gboolean          wb_paypal_capture (WbGateway        *gateway,
                                     const WbMoneyAsk *ask,
                                     WbMovement       *movement,
                                     GCancellable     *cancellable,
                                     GError          **error);
WbMovementFinding wb_paypal_find_capture (WbGateway        *gateway,
                                          const WbMoneyAsk *ask,
                                          WbMovement       *movement,
                                          GCancellable     *cancellable,
                                          GError          **error);

/* wb-paypal-refund.c */
gboolean          wb_paypal_refund (WbGateway        *gateway,
                                    const WbMoneyAsk *ask,
                                    WbMovement       *movement,
                                    GCancellable     *cancellable,
                                    GError          **error);
WbMovementFinding wb_paypal_find_refund (WbGateway        *gateway,
                                         const WbMoneyAsk *ask,
                                         WbMovement       *movement,
                                         GCancellable     *cancellable,
                                         GError          **error);
GPtrArray        *wb_paypal_list_refundable (WbGateway    *gateway,
                                             const char   *payment_ref,
                                             GCancellable *cancellable,
                                             GError      **error);

/* wb-paypal-authorisation.c */
gboolean          wb_paypal_cancel (WbGateway        *gateway,
                                    const WbMoneyAsk *ask,
                                    GCancellable     *cancellable,
                                    GError          **error);
gboolean          wb_paypal_reauthorise (WbGateway        *gateway,
                                         const WbMoneyAsk *ask,
                                         WbRenewal        *renewal,
                                         GCancellable     *cancellable,
                                         GError          **error);
WbMovementFinding wb_paypal_find_renewal (WbGateway        *gateway,
                                          const WbMoneyAsk *ask,
                                          WbRenewal        *renewal,
                                          GCancellable     *cancellable,
                                          GError          **error);

/* wb-paypal-money.c */
gboolean wb_paypal_list_money (WbGateway    *gateway,
                               const char   *cursor,
                               WbMoneyPage  *page,
                               GCancellable *cancellable,
                               GError      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPaypalSale, wb_paypal_sale_clear)

G_END_DECLS

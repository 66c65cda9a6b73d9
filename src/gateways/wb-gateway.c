/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a payment gateway: dispatch to the module, and the table of modules. */
#include "wb-gateway.h"

#include "wb-manual.h"
#include "wb-paypal.h"
#include "wb-stripe.h"

G_DEFINE_INTERFACE (WbGateway, wb_gateway, G_TYPE_OBJECT)

static void
wb_gateway_default_init (WbGatewayInterface *iface)
{
}

/* What a module leaves out, it cannot. */
static gboolean
cannot (GError **error, const char *what)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "This gateway cannot %s through its interface",
               what);
  return FALSE;
}

/** wb_gateway_probe: tests the credentials; @summary: (out): what was found, one sentence for
 * people. Moves nothing. */
gboolean
wb_gateway_probe (WbGateway *self, char **summary, GCancellable *cancellable, GError **error)
{
  return WB_GATEWAY_GET_IFACE (self)->probe (self, summary, cancellable, error);
}

/** wb_gateway_read_payment: Returns: (transfer full): the payment as the gateway has it now. */
WbPayment *
wb_gateway_read_payment (WbGateway    *self,
                         const char   *payment_ref,
                         GCancellable *cancellable,
                         GError      **error)
{
  return WB_GATEWAY_GET_IFACE (self)->read_payment (self, payment_ref, cancellable, error);
}

/**
 * wb_gateway_capture:
 * @movement: (out): what was really captured; filled on success only
 *
 * An effect: only the journal may call it. Refusals are told apart: %WB_ERROR_DECLINED,
 * %WB_ERROR_EXPIRED, %WB_ERROR_ALREADY, %WB_ERROR_TOO_MUCH; %WB_ERROR_UNSURE when the outcome is
 * not known.
 */
gboolean
wb_gateway_capture (WbGateway        *self,
                    const WbMoneyAsk *ask,
                    WbMovement       *movement,
                    GCancellable     *cancellable,
                    GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->capture != NULL ? iface->capture (self, ask, movement, cancellable, error)
                                : cannot (error, "capture a payment");
}

/** wb_gateway_find_capture: whether the capture of @ask was made; %WB_MOVEMENT_UNKNOWN sets @error
 * when it cannot be asked. */
WbMovementFinding
wb_gateway_find_capture (WbGateway        *self,
                         const WbMoneyAsk *ask,
                         WbMovement       *movement,
                         GCancellable     *cancellable,
                         GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  if (iface->find_capture != NULL)
    return iface->find_capture (self, ask, movement, cancellable, error);
  cannot (error, "say whether a capture was made");
  return WB_MOVEMENT_UNKNOWN;
}

/** wb_gateway_refund: gives money back; an effect: only the journal may call it. Errors as for
 * wb_gateway_capture(). */
gboolean
wb_gateway_refund (WbGateway        *self,
                   const WbMoneyAsk *ask,
                   WbMovement       *movement,
                   GCancellable     *cancellable,
                   GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->refund != NULL ? iface->refund (self, ask, movement, cancellable, error)
                               : cannot (error, "give money back");
}

/** wb_gateway_find_refund: whether the refund of @ask was made. */
WbMovementFinding
wb_gateway_find_refund (WbGateway        *self,
                        const WbMoneyAsk *ask,
                        WbMovement       *movement,
                        GCancellable     *cancellable,
                        GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  if (iface->find_refund != NULL)
    return iface->find_refund (self, ask, movement, cancellable, error);
  cannot (error, "say whether a refund was made");
  return WB_MOVEMENT_UNKNOWN;
}

/**
 * wb_gateway_list_refundable:
 * Returns: (transfer full) (element-type WbMovement) (nullable): where one refund is of one
 * capture: the captures of a payment, each with what can still be given back of it; a refund of one
 * is asked for by the capture's name. %NULL without an error: a refund is of the payment as a
 * whole.
 */
GPtrArray *
wb_gateway_list_refundable (WbGateway    *self,
                            const char   *payment_ref,
                            GCancellable *cancellable,
                            GError      **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->list_refundable != NULL
             ? iface->list_refundable (self, payment_ref, cancellable, error)
             : NULL;
}

/** wb_gateway_cancel: releases an authorisation; an effect: only the journal may call it. */
gboolean
wb_gateway_cancel (WbGateway        *self,
                   const WbMoneyAsk *ask,
                   GCancellable     *cancellable,
                   GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->cancel != NULL ? iface->cancel (self, ask, cancellable, error)
                               : cannot (error, "release an authorisation");
}

/**
 * wb_gateway_reauthorise:
 * @renewal: (out): filled on success only
 *
 * Keeps an authorisation of @ask's amount alive, or has it made anew (WB_PAYMENT_REAUTHORISE says
 * which). An effect: only the journal may call it. It may fail although the payment allows it: the
 * payer's bank is asked again. %WB_ERROR_DECLINED and %WB_ERROR_EXPIRED then mean: ask the customer
 * to pay again.
 */
gboolean
wb_gateway_reauthorise (WbGateway        *self,
                        const WbMoneyAsk *ask,
                        WbRenewal        *renewal,
                        GCancellable     *cancellable,
                        GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->reauthorise != NULL ? iface->reauthorise (self, ask, renewal, cancellable, error)
                                    : cannot (error, "renew an authorisation");
}

/** wb_gateway_find_renewal: whether the renewal of @ask was made. */
WbMovementFinding
wb_gateway_find_renewal (WbGateway        *self,
                         const WbMoneyAsk *ask,
                         WbRenewal        *renewal,
                         GCancellable     *cancellable,
                         GError          **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  if (iface->find_renewal != NULL)
    return iface->find_renewal (self, ask, renewal, cancellable, error);
  cannot (error, "say whether an authorisation was renewed");
  return WB_MOVEMENT_UNKNOWN;
}

/**
 * wb_gateway_list_money:
 * @cursor: (nullable): of the page before; %NULL: from the beginning
 * @page: (out): clear with wb_money_page_clear(); its items are #WbBalance
 *
 * The movements of the gateway's balance, each at least once and in no certain order: the caller
 * drops what it has by their ref.
 */
gboolean
wb_gateway_list_money (WbGateway    *self,
                       const char   *cursor,
                       WbMoneyPage  *page,
                       GCancellable *cancellable,
                       GError      **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->list_money != NULL ? iface->list_money (self, cursor, page, cancellable, error)
                                   : cannot (error, "list what moved on its account");
}

/** wb_gateway_list_payouts: Returns: (transfer full) (element-type WbPayout): those made or changed
 * since @since, oldest first; a payout's state still changes for days. */
GPtrArray *
wb_gateway_list_payouts (WbGateway    *self,
                         WbInstant     since,
                         GCancellable *cancellable,
                         GError      **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  if (iface->list_payouts != NULL)
    return iface->list_payouts (self, since, cancellable, error);
  cannot (error, "list its payouts");
  return NULL;
}

/** wb_gateway_read_payout: Returns: (transfer full): one payout as it is now. */
WbPayout *
wb_gateway_read_payout (WbGateway    *self,
                        const char   *payout_ref,
                        GCancellable *cancellable,
                        GError      **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  if (iface->read_payout != NULL)
    return iface->read_payout (self, payout_ref, cancellable, error);
  cannot (error, "read a payout");
  return NULL;
}

/** wb_gateway_list_payout_items: Returns: (transfer full) (element-type WbBalance): all that is in
 * a payout whose itemised is set, without the payout itself; their net sums to its amount. */
GPtrArray *
wb_gateway_list_payout_items (WbGateway    *self,
                              const char   *payout_ref,
                              GCancellable *cancellable,
                              GError      **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  if (iface->list_payout_items != NULL)
    return iface->list_payout_items (self, payout_ref, cancellable, error);
  cannot (error, "say what is in a payout");
  return NULL;
}

/** wb_gateway_list_events: what happened since @cursor (%NULL: as far back as the gateway
 * remembers), in no certain order; the page's items are #WbGatewayEvent. */
gboolean
wb_gateway_list_events (WbGateway    *self,
                        const char   *cursor,
                        WbMoneyPage  *page,
                        GCancellable *cancellable,
                        GError      **error)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return iface->list_events != NULL ? iface->list_events (self, cursor, page, cancellable, error)
                                    : cannot (error, "list what happened");
}

/** wb_gateway_abilities: Returns: the #WbGatewayAbility bits of what this module can do. */
guint
wb_gateway_abilities (WbGateway *self)
{
  WbGatewayInterface *iface = WB_GATEWAY_GET_IFACE (self);

  return (iface->capture != NULL ? WB_GATEWAY_CAPTURE : 0) |
         (iface->refund != NULL ? WB_GATEWAY_REFUND : 0) |
         (iface->cancel != NULL ? WB_GATEWAY_CANCEL : 0) |
         (iface->reauthorise != NULL ? WB_GATEWAY_REAUTHORISE : 0) |
         (iface->list_money != NULL ? WB_GATEWAY_LIST_MONEY : 0) |
         (iface->list_payouts != NULL ? WB_GATEWAY_LIST_PAYOUTS : 0) |
         (iface->list_events != NULL ? WB_GATEWAY_LIST_EVENTS : 0);
}

/** wb_movement_clear: frees what @movement holds. */
void
wb_movement_clear (WbMovement *movement)
{
  g_clear_pointer (&movement->ref, g_free);
}

/** wb_movement_free: frees @movement, which was allocated. */
void
wb_movement_free (WbMovement *movement)
{
  wb_movement_clear (movement);
  g_free (movement);
}

/** wb_renewal_clear: frees what @renewal holds. */
void
wb_renewal_clear (WbRenewal *renewal)
{
  g_clear_pointer (&renewal->payment_ref, g_free);
}

/** wb_money_page_clear: frees what @page holds. */
void
wb_money_page_clear (WbMoneyPage *page)
{
  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_clear_pointer (&page->cursor, g_free);
}

/** wb_gateway_event_free: frees @event. */
void
wb_gateway_event_free (WbGatewayEvent *event)
{
  g_free (event->ref);
  g_free (event->kind);
  g_free (event->object_ref);
  g_free (event->payment_ref);
  g_free (event);
}

static const WbGatewayProvider *const providers[] = { &wb_stripe_provider, &wb_paypal_provider,
                                                      &wb_manual_provider };

/** wb_gateway_find_provider: Returns: (transfer none) (nullable): the module called @id. */
const WbGatewayProvider *
wb_gateway_find_provider (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

/** wb_gateway_get_provider: Returns: (transfer none) (nullable): the module number @index, %NULL
 * past the last. */
const WbGatewayProvider *
wb_gateway_get_provider (guint index)
{
  return index < G_N_ELEMENTS (providers) ? providers[index] : NULL;
}

/** wb_gateway_provider_for_method: Returns: (nullable): whose payment it is when a shop says that
 * an order was paid by @method (nullable), as “ppcp-gateway”. */
const WbGatewayProvider *
wb_gateway_provider_for_method (const char *method)
{
  for (guint i = 0; method != NULL && i < G_N_ELEMENTS (providers); i++)
    for (guint k = 0; providers[i]->methods[k] != NULL; k++)
      if (g_str_has_prefix (method, providers[i]->methods[k]))
        return providers[i];
  return NULL;
}

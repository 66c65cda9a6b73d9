/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a shop: dispatch to the module, and the table of modules. */
#include "wb-shop.h"

#include "wb-csv-shop.h"
#include "wb-shopify.h"
#include "wb-vendure.h"
#include "wb-woo.h"

G_DEFINE_INTERFACE (WbShop, wb_shop, G_TYPE_OBJECT)

static void
wb_shop_default_init (WbShopInterface *iface)
{
}

/** wb_shop_probe: tests address and credentials and tells what was found. Writes nothing. @findings
 * is filled only on success. */
gboolean
wb_shop_probe (WbShop *self, WbShopFindings *findings, GCancellable *cancellable, GError **error)
{
  return WB_SHOP_GET_IFACE (self)->probe (self, findings, cancellable, error);
}

/**
 * wb_shop_fetch_orders:
 * @cursor: (nullable): the mark of the last stored page; %NULL for the first import
 *
 * Reads all orders changed since @cursor, page by page. Orders may come twice; none is left out.
 */
gboolean
wb_shop_fetch_orders (WbShop        *self,
                      const char    *cursor,
                      WbShopPageFunc page,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return WB_SHOP_GET_IFACE (self)->fetch_orders (self, cursor, page, data, cancellable, error);
}

/** wb_shop_fetch_order: Returns: (transfer full): the order as it is in the shop now; @raw: (out):
 * its JSON. */
WbOrder *
wb_shop_fetch_order (
    WbShop *self, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error)
{
  return WB_SHOP_GET_IFACE (self)->fetch_order (self, order_ref, raw, cancellable, error);
}

/**
 * wb_shop_report:
 * @remote_id: (out): the shop's own name for what was written
 *
 * An effect: only the journal may call it. It first looks at what the shop has of @fulfilment and
 * writes only what is missing. %WB_ERROR_UNSURE when the outcome is not known.
 */
gboolean
wb_shop_report (WbShop             *self,
                const WbFulfilment *fulfilment,
                char              **remote_id,
                GCancellable       *cancellable,
                GError            **error)
{
  return WB_SHOP_GET_IFACE (self)->report (self, fulfilment, remote_id, cancellable, error);
}

/** wb_shop_find_report: what the shop has of @fulfilment. %WB_FINDING_UNKNOWN with @error set when
 * it cannot be asked. */
WbFinding
wb_shop_find_report (WbShop             *self,
                     const WbFulfilment *fulfilment,
                     char              **remote_id,
                     GCancellable       *cancellable,
                     GError            **error)
{
  return WB_SHOP_GET_IFACE (self)->find_report (self, fulfilment, remote_id, cancellable, error);
}

/** wb_shop_can_refund: whether the shop can be told of refunds and can give money back itself. */
gboolean
wb_shop_can_refund (WbShop *self)
{
  return WB_SHOP_GET_IFACE (self)->refund != NULL;
}

/**
 * wb_shop_refund:
 * @remote_id: (out): the shop's own name for its record
 *
 * An effect: only the journal may call it. It first looks whether the shop has @refund. A refusal
 * means that neither money nor record came of it; %WB_ERROR_UNSURE when that is not known.
 */
gboolean
wb_shop_refund (WbShop             *self,
                const WbShopRefund *refund,
                char              **remote_id,
                GCancellable       *cancellable,
                GError            **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  if (iface->refund != NULL)
    return iface->refund (self, refund, remote_id, cancellable, error);
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "This shop cannot be told of refunds");
  return FALSE;
}

/** wb_shop_find_refund: whether the shop has @refund. %WB_FINDING_UNKNOWN with @error set when it
 * cannot be asked. */
WbFinding
wb_shop_find_refund (WbShop             *self,
                     const WbShopRefund *refund,
                     char              **remote_id,
                     GCancellable       *cancellable,
                     GError            **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  if (iface->find_refund != NULL)
    return iface->find_refund (self, refund, remote_id, cancellable, error);
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "This shop cannot be told of refunds");
  return WB_FINDING_UNKNOWN;
}

/** wb_shop_can_list: whether its products can be read. */
gboolean
wb_shop_can_list (WbShop *self)
{
  return WB_SHOP_GET_IFACE (self)->fetch_listings != NULL;
}

/* The answer to what this shop's module does not have. */
static gboolean
cannot (GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "This kind of shop cannot do that");
  return FALSE;
}

/**
 * wb_shop_fetch_listings:
 * @cursor: (nullable): the mark of an earlier reading, for what changed since; %NULL: all
 *
 * Reads what the shop sells and how many of it the shop shows, page by page; each variation is a
 * listing of its own. Rows that cannot be read are told and left out.
 */
gboolean
wb_shop_fetch_listings (WbShop           *self,
                        const char       *cursor,
                        WbShopListingFunc page,
                        gpointer          data,
                        GCancellable     *cancellable,
                        GError          **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->fetch_listings != NULL
             ? iface->fetch_listings (self, cursor, page, data, cancellable, error)
             : cannot (error);
}

/** wb_shop_can_set_stock: whether it can be told how many pieces there are. */
gboolean
wb_shop_can_set_stock (WbShop *self)
{
  return WB_SHOP_GET_IFACE (self)->set_stock != NULL;
}

/** wb_shop_read_stock: how many pieces of @listing the shop shows now. @shown: (out): may be
 * negative. */
gboolean
wb_shop_read_stock (
    WbShop *self, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->read_stock != NULL ? iface->read_stock (self, listing, shown, cancellable, error)
                                   : cannot (error);
}

/**
 * wb_shop_set_stock:
 * @shown: (out): what the shop shows afterwards, or what it shows instead of what was expected
 *
 * An effect: only the journal may call it. Where the vendor compares by itself it compares and sets
 * in one; where it cannot, the module reads just before it sets, and a sale in between is lost to
 * the next publishing. %WB_ERROR_CONFLICT, with @shown filled, when the shop showed something else
 * than expected: nothing was set.
 */
gboolean
wb_shop_set_stock (WbShop            *self,
                   const WbShopStock *stock,
                   gint64            *shown,
                   GCancellable      *cancellable,
                   GError           **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->set_stock != NULL ? iface->set_stock (self, stock, shown, cancellable, error)
                                  : cannot (error);
}

/** wb_shop_can_audit: whether it can list what is open. */
gboolean
wb_shop_can_audit (WbShop *self)
{
  return WB_SHOP_GET_IFACE (self)->list_open != NULL;
}

/** wb_shop_list_open: Returns: (transfer full) (element-type WbShopStanding): all orders that are
 * still to be shipped as the shop sees it. */
GPtrArray *
wb_shop_list_open (WbShop *self, GCancellable *cancellable, GError **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  if (iface->list_open != NULL)
    return iface->list_open (self, cancellable, error);
  cannot (error);
  return NULL;
}

/** wb_shop_list_statuses: Returns: (transfer full) (element-type WbShopStatus): the statuses an
 * order may have there. */
GPtrArray *
wb_shop_list_statuses (WbShop *self, GCancellable *cancellable, GError **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  if (iface->list_statuses != NULL)
    return iface->list_statuses (self, cancellable, error);
  cannot (error);
  return NULL;
}

/** wb_shop_changes: Returns: the kinds of change its orders can take, a mask of
 * #WbShopChangeKind. */
guint
wb_shop_changes (WbShop *self)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->change_order != NULL ? iface->changes : 0;
}

/**
 * wb_shop_change_order:
 * @remote_id: (out) (nullable): the shop's own name for what was written
 *
 * An effect: only the journal may call it. %WB_ERROR_UNSURE when the outcome is not known.
 */
gboolean
wb_shop_change_order (WbShop             *self,
                      const WbShopChange *change,
                      char              **remote_id,
                      GCancellable       *cancellable,
                      GError            **error)
{
  return wb_shop_changes (self) & change->kind
             ? WB_SHOP_GET_IFACE (self)->change_order (self, change, remote_id, cancellable, error)
             : cannot (error);
}

/** wb_shop_find_change: whether the shop has @change. %WB_FINDING_UNKNOWN with @error set when it
 * cannot be asked. */
WbFinding
wb_shop_find_change (WbShop             *self,
                     const WbShopChange *change,
                     char              **remote_id,
                     GCancellable       *cancellable,
                     GError            **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  if (iface->find_change != NULL)
    return iface->find_change (self, change, remote_id, cancellable, error);
  cannot (error);
  return WB_FINDING_UNKNOWN;
}

/** wb_shop_can_create: whether an order can be made there. */
gboolean
wb_shop_can_create (WbShop *self)
{
  return WB_SHOP_GET_IFACE (self)->create_order != NULL;
}

/**
 * wb_shop_create_order:
 * @draft: the order as it is to be
 * @key: ours; it is written into the shop's record, so that it can be found again
 * @remote_id: (out): the new order's
 *
 * An effect: only the journal may call it. %WB_ERROR_UNSURE when the outcome is not known.
 */
gboolean
wb_shop_create_order (WbShop       *self,
                      WbOrder      *draft,
                      const char   *key,
                      char        **remote_id,
                      GCancellable *cancellable,
                      GError      **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->create_order != NULL
             ? iface->create_order (self, draft, key, remote_id, cancellable, error)
             : cannot (error);
}

/** wb_shop_find_created: whether the shop has the order that was made with @key not before @since.
 * %WB_FINDING_UNKNOWN with @error set when it cannot be asked. */
WbFinding
wb_shop_find_created (WbShop       *self,
                      const char   *key,
                      WbInstant     since,
                      char        **remote_id,
                      GCancellable *cancellable,
                      GError      **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  if (iface->find_created != NULL)
    return iface->find_created (self, key, since, remote_id, cancellable, error);
  cannot (error);
  return WB_FINDING_UNKNOWN;
}

/** wb_shop_can_hint: whether it signs what it sends by itself, so that it can be told from others'.
 */
gboolean
wb_shop_can_hint (WbShop *self)
{
  return WB_SHOP_GET_IFACE (self)->read_hint != NULL;
}

/**
 * wb_shop_read_hint:
 * @secret: (nullable): what the shop signs its messages with
 * @headers: names and values in turn, %NULL-terminated; names in any case
 * @body: as received
 * @order_ref: (out) (nullable): the order to look at now; %NULL: the message is none of an order
 *
 * Reads a message that the shop sent by itself. It is a hint and no more: what it says of the order
 * may be old, merged or missing, so the order is read from the shop, and polling goes on.
 *
 * Returns: %FALSE with %WB_ERROR_AUTH when it is not the shop's.
 */
gboolean
wb_shop_read_hint (WbShop            *self,
                   const char        *secret,
                   const char *const *headers,
                   GBytes            *body,
                   char             **order_ref,
                   GError           **error)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->read_hint != NULL ? iface->read_hint (self, secret, headers, body, order_ref, error)
                                  : cannot (error);
}

/** wb_shop_get_clock: the shop's clock minus ours as its last reply told, seconds. Returns: %FALSE,
 * with @offset untouched, when no reply has told it. */
gboolean
wb_shop_get_clock (WbShop *self, gint64 *offset)
{
  WbShopInterface *iface = WB_SHOP_GET_IFACE (self);

  return iface->get_clock != NULL && iface->get_clock (self, offset);
}

/** wb_shop_standing_free: frees @standing. */
void
wb_shop_standing_free (WbShopStanding *standing)
{
  g_free (standing->order_ref);
  g_free (standing->number);
  g_free (standing->remote_status);
  g_free (standing);
}

/** wb_shop_status_free: frees @status. */
void
wb_shop_status_free (WbShopStatus *status)
{
  g_free (status->id);
  g_free (status->title);
  g_free (status->shop_state);
  g_free (status);
}

/** wb_shop_findings_clear: frees what @findings holds. */
void
wb_shop_findings_clear (WbShopFindings *findings)
{
  g_clear_pointer (&findings->name, g_free);
  g_clear_pointer (&findings->zone, g_free);
  g_clear_pointer (&findings->notes, g_free);
}

static const WbShopProvider *const providers[] = { &wb_woo_provider, &wb_shopify_provider,
                                                   &wb_vendure_provider, &wb_csv_provider,
                                                   &wb_counter_provider };

/** wb_shop_find_provider: Returns: (transfer none) (nullable): the module called @id. */
const WbShopProvider *
wb_shop_find_provider (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

/** wb_shop_explains_status: whether it is known what an order of @status is to us: the vendor's own
 * statuses are, a shop's own ones once the connection's settings name them. Asks nobody. */
gboolean
wb_shop_explains_status (WbConnection *connection, const char *status)
{
  const WbShopProvider *provider =
      wb_shop_find_provider (wb_record_get_text (connection, WB_CONNECTION_PROVIDER));

  return provider == NULL || provider->explains == NULL || provider->explains (connection, status);
}

/** wb_shop_get_provider: Returns: (transfer none) (nullable): the module number @index, %NULL past
 * the last. */
const WbShopProvider *
wb_shop_get_provider (guint index)
{
  return index < G_N_ELEMENTS (providers) ? providers[index] : NULL;
}

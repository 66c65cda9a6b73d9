/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a shop: dispatch to the module, and the table of modules. */
#include "wb-shop.h"

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

/** wb_shop_findings_clear: frees what @findings holds. */
void
wb_shop_findings_clear (WbShopFindings *findings)
{
  g_clear_pointer (&findings->name, g_free);
  g_clear_pointer (&findings->zone, g_free);
  g_clear_pointer (&findings->notes, g_free);
}

static const WbShopProvider *const providers[] = { &wb_woo_provider };

/** wb_shop_find_provider: Returns: (transfer none) (nullable): the module called @id. */
const WbShopProvider *
wb_shop_find_provider (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

/** wb_shop_get_provider: Returns: (transfer none) (nullable): the module number @index, %NULL past
 * the last. */
const WbShopProvider *
wb_shop_get_provider (guint index)
{
  return index < G_N_ELEMENTS (providers) ? providers[index] : NULL;
}

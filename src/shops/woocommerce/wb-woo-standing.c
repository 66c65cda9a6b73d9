/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a WooCommerce shop stands as a whole: what is open in it, and which statuses its orders may
 * have. Writes nothing. */
#include "wb-text.h"
#include "wb-woo-order.h"
#include "wb-woo-text.h"
#include "wb-woo-walk.h"

/* ---- what is open ---- */

static WbShopStanding *
standing_of (WbOrder *order)
{
  WbShopStanding *standing = g_new0 (WbShopStanding, 1);

  standing->order_ref = g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  standing->number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
  standing->remote_status = g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_STATUS));
  standing->placed_at = wb_record_get_int (order, WB_ORDER_PLACED_AT);
  standing->modified_at = wb_record_get_int (order, WB_ORDER_MODIFIED_AT);
  return standing;
}

/* An order nobody can read is open all the same: the audit is to find it. */
static WbShopStanding *
unreadable (const WbWooRow *row)
{
  WbJson          page;
  WbJson          at = wb_woo_row_json (row, &page);
  WbShopStanding *standing = g_new0 (WbShopStanding, 1);

  standing->order_ref = g_strdup_printf ("%" G_GINT64_FORMAT, row->id);
  standing->number = wb_json_scalar_text (&at, "number");
  standing->remote_status = g_strdup (wb_json_opt_string (&at, "status"));
  if (!wb_json_opt_instant (&at, "date_created_gmt", &standing->placed_at, NULL))
    standing->placed_at = 0;
  return standing;
}

/* Judged as an import judges it, so that both agree on what is open. */
static gboolean
add_row (WbWooShop      *self,
         const WbWooRow *row,
         GPtrArray      *list,
         GCancellable   *cancellable,
         GError        **error)
{
  WbJson              page;
  WbJson              at = wb_woo_row_json (row, &page);
  g_autoptr (WbOrder) order = wb_woo_order_parse (&at, &self->reader, NULL);

  if (order == NULL)
    {
      if (row->id > 0)
        g_ptr_array_add (list, unreadable (row));
      return TRUE;
    }
  if (wb_woo_order_has_refunds (&at) && !wb_woo_shop_read_refunds (self, order, cancellable, error))
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_OPEN) == 0 &&
      wb_order_to_ship (order) > 0)
    g_ptr_array_add (list, standing_of (order));
  return TRUE;
}

static GPtrArray *
list_by_status (WbWooShop *self, const char *statuses, GCancellable *cancellable, GError **error)
{
  g_auto (WbWooWalk)    walk = { .status = statuses, .total = -1 };
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shop_standing_free);

  while (!walk.finished)
    {
      g_autoptr (GPtrArray) rows = wb_woo_walk_next (&walk, self, cancellable, error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        if (!add_row (self, rows->pdata[i], list, cancellable, error))
          return NULL;
    }
  return g_steal_pointer (&list);
}

/** wb_woo_shop_list_open: see wb_shop_list_open(). A status that the settings explain and the shop
 * does not have any more (a plug-in took it away) is left out. */
GPtrArray *
wb_woo_shop_list_open (WbShop *shop, GCancellable *cancellable, GError **error)
{
  WbWooShop            *self = WB_WOO_SHOP (shop);
  g_autofree char      *statuses = wb_woo_state_open_list (&self->reader);
  g_autoptr (GError)    local = NULL;
  g_autoptr (GPtrArray) list = list_by_status (self, statuses, cancellable, &local);

  if (list == NULL && wb_error_code (local) == WB_ERROR_INVALID)
    return list_by_status (self, WB_WOO_OPEN_STATUSES, cancellable, error);
  if (list == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return g_steal_pointer (&list);
}

/* ---- statuses ---- */

static void
add_status (WbWooShop *self, GPtrArray *list, const char *id, const char *title)
{
  WbShopStatus *status = g_new0 (WbShopStatus, 1);
  const char   *state = wb_woo_state_meaning (&self->reader, id);

  status->id = g_strdup (id);
  status->title = wb_woo_text_plain (wb_text_is_empty (title) ? id : title);
  status->shop_state = g_strdup (state);
  g_ptr_array_add (list, status);
}

/** wb_woo_shop_list_statuses: see wb_shop_list_statuses(). */
GPtrArray *
wb_woo_shop_list_statuses (WbShop *shop, GCancellable *cancellable, GError **error)
{
  WbWooShop                *self = WB_WOO_SHOP (shop);
  g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("GET", "/reports/orders/totals");
  g_autoptr (JsonNode)      root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  WbJson                    list = wb_json_root (root, "statuses");
  g_autoptr (GPtrArray)     statuses =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shop_status_free);
  guint n;

  if (root == NULL || (!wb_json_is_array (&list) && !wb_json_fail (&list, "a list", error)))
    return NULL;
  n = json_array_get_length (json_node_get_array (root));
  for (guint i = 0; i < n; i++)
    {
      WbJson      one = wb_json_element (&list, i);
      const char *slug = wb_json_opt_string (&one, "slug");

      if (!wb_text_is_empty (slug) && !wb_woo_state_is_draft (slug))
        add_status (self, statuses, slug, wb_json_opt_string (&one, "name"));
    }
  return g_steal_pointer (&statuses);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a Vendure shop stands as a whole: what is open in it, and which states its orders may have.
 * Writes nothing. */
#include "wb-text.h"
#include "wb-vendure-shop.h"

#define ROWS_A_PAGE 200
#define STEP_BACK   20 /* rows asked for twice: orders leave the list while it is read */

/* ---- what is open ---- */

static WbShopStanding *
standing_of (const WbJson *at)
{
  WbShopStanding *standing = g_new0 (WbShopStanding, 1);

  standing->order_ref = wb_json_scalar_text (at, "id");
  standing->number = g_strdup (wb_json_opt_string (at, "code"));
  standing->remote_status = g_strdup (wb_json_opt_string (at, "state"));
  if (!wb_json_opt_instant (at, "orderPlacedAt", &standing->placed_at, NULL))
    standing->placed_at = 0;
  if (!wb_json_opt_instant (at, "updatedAt", &standing->modified_at, NULL))
    standing->modified_at = 0;
  return standing;
}

/* As an import judges it. An order nobody can read is open all the same: the audit is to find it.
 */
static gboolean
is_open (WbVendureShop *self, const WbJson *at)
{
  g_autoptr (WbOrder) order = wb_vendure_order_parse (at, &self->reader, NULL);

  return order == NULL ||
         (g_strcmp0 (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_OPEN) == 0 &&
          wb_order_to_ship (order) > 0);
}

static JsonObject *
open_options (WbVendureShop *self, guint skip)
{
  JsonObject *variables = json_object_new (), *options = json_object_new (),
             *filter = json_object_new (), *in = json_object_new (), *sort = json_object_new ();
  JsonArray         *list = json_array_new ();
  const char *const *known = wb_vendure_standing_states ();
  GHashTableIter     iter;
  gpointer           state, meaning;

  for (guint i = 0; known[i] != NULL; i++)
    json_array_add_string_element (list, known[i]);
  g_hash_table_iter_init (&iter, self->reader.statuses);
  while (g_hash_table_iter_next (&iter, &state, &meaning))
    if (g_str_equal (meaning, WB_SHOP_OPEN))
      json_array_add_string_element (list, state);
  json_object_set_array_member (in, "in", list);
  json_object_set_object_member (filter, "state", in);
  json_object_set_string_member (sort, "id", "ASC");
  json_object_set_object_member (options, "filter", filter);
  json_object_set_object_member (options, "sort", sort);
  json_object_set_int_member (options, "take", ROWS_A_PAGE);
  json_object_set_int_member (options, "skip", skip);
  json_object_set_object_member (variables, "options", options);
  return variables;
}

/** wb_vendure_list_open: see wb_shop_list_open(). */
GPtrArray *
wb_vendure_list_open (WbShop *shop, GCancellable *cancellable, GError **error)
{
  WbVendureShop         *self = WB_VENDURE_SHOP (shop);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray)  open =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shop_standing_free);
  guint n = ROWS_A_PAGE;

  if (!wb_vendure_know_precision (self, cancellable, error))
    return NULL;
  for (guint skip = 0; n == ROWS_A_PAGE; skip += ROWS_A_PAGE - STEP_BACK)
    {
      g_autoptr (JsonNode) root =
          wb_vendure_call (self, "orders.graphql", open_options (self, skip), cancellable, error);
      WbJson rows[3], list, items;

      if (root == NULL)
        return NULL;
      list = wb_vendure_data (root, "orders", rows);
      if (!wb_json_array (&list, "items", &items, &n, error))
        return NULL;
      for (guint i = 0; i < n; i++)
        {
          WbJson           at = wb_json_element (&items, i);
          g_autofree char *id = wb_json_scalar_text (&at, "id");

          if (id != NULL && g_hash_table_add (seen, g_strdup (id)) && !wb_vendure_is_cart (&at) &&
              g_strcmp0 (wb_json_opt_string (&at, "type"), "Aggregate") != 0 && is_open (self, &at))
            g_ptr_array_add (open, standing_of (&at));
        }
    }
  return g_steal_pointer (&open);
}

/* ---- states ---- */

/** wb_vendure_list_statuses: see wb_shop_list_statuses(): the states of the shop's own order
 * process, which its configuration may have changed. */
GPtrArray *
wb_vendure_list_statuses (WbShop *shop, GCancellable *cancellable, GError **error)
{
  WbVendureShop       *self = WB_VENDURE_SHOP (shop);
  g_autoptr (JsonNode) root =
      wb_vendure_call (self, "order-states.graphql", NULL, cancellable, error);
  g_autoptr (GPtrArray) statuses =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shop_status_free);
  WbJson rows[3], settings, config, list;
  guint  n;

  if (root == NULL)
    return NULL;
  settings = wb_vendure_data (root, "globalSettings", rows);
  if (!wb_json_object (&settings, "serverConfig", &config, error) ||
      !wb_json_array (&config, "orderProcess", &list, &n, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson        one = wb_json_element (&list, i);
      const char   *name = wb_json_opt_string (&one, "name");
      WbShopStatus *status;

      if (wb_text_is_empty (name))
        continue;
      status = g_new0 (WbShopStatus, 1);
      status->id = g_strdup (name);
      status->title = g_strdup (name);
      status->shop_state = g_strdup (wb_vendure_state_meaning (&self->reader, name));
      g_ptr_array_add (statuses, status);
    }
  return g_steal_pointer (&statuses);
}

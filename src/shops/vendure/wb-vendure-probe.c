/* SPDX-License-Identifier: GPL-3.0-or-later
 * Testing a connection to a Vendure shop: is it one, what may the key do, what is there. Writes
 * nothing. */
#include <glib/gi18n-lib.h>

#include "wb-text.h"
#include "wb-vendure-shop.h"

static JsonObject *
count_options (const char *const *states)
{
  JsonObject *options = json_object_new (), *filter = json_object_new (), *is = json_object_new ();

  if (states != NULL)
    {
      JsonArray *list = json_array_new ();

      for (guint i = 0; states[i] != NULL; i++)
        json_array_add_string_element (list, states[i]);
      json_object_set_array_member (is, "in", list);
      json_object_set_object_member (filter, "state", is);
    }
  else
    {
      json_object_set_boolean_member (is, "isNull", FALSE);
      json_object_set_object_member (filter, "orderPlacedAt", is);
    }
  json_object_set_object_member (options, "filter", filter);
  json_object_set_int_member (options, "take", 1);
  return options;
}

static gboolean
may (const WbJson *channel, const char *permission)
{
  WbJson list;
  guint  n = 0;

  if (!wb_json_array (channel, "permissions", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *one = wb_json_element (&list, i).node;

      if (JSON_NODE_HOLDS_VALUE (one) && g_strcmp0 (json_node_get_string (one), permission) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What the key may do in the channel that it works on. */
static void
find_rights (const WbJson *data, const char *code, WbShopFindings *found)
{
  WbJson me = wb_json_member (data, "me");
  WbJson list;
  guint  n = 0;

  if (!wb_json_is_object (&me) || !wb_json_array (&me, "channels", &list, &n, NULL))
    return;
  for (guint i = 0; i < n; i++)
    {
      WbJson channel = wb_json_element (&list, i);

      if (g_strcmp0 (wb_json_opt_string (&channel, "code"), code) != 0)
        continue;
      found->can_write = may (&channel, "UpdateOrder");
      found->can_fulfil = found->can_write;
      if (!found->can_write)
        found->notes = g_strdup (_ ("The key may only read. To take payments and report shipments, "
                                    "give its role the permission to update orders."));
      else if (!may (&channel, "UpdateCatalog") && !may (&channel, "UpdateProduct"))
        found->notes =
            g_strdup (_ ("The key may not change products, so stock cannot be published: "
                         "give its role the permission to update products."));
    }
}

static gint64
count_of (const WbJson *data, const char *member)
{
  WbJson list = wb_json_member (data, member);
  gint64 total;

  return wb_json_is_object (&list) && wb_json_int (&list, "totalItems", &total, NULL) ? total : -1;
}

/* A page instead of GraphQL: this is another server, or another path of it. */
static gboolean
explain (GError *local, const char *url, GError **error)
{
  if (wb_error_code (local) == WB_ERROR_NOT_FOUND || wb_error_code (local) == WB_ERROR_FAILED ||
      wb_error_code (local) == WB_ERROR_INVALID)
    g_prefix_error (&local, "There is no Vendure shop at %s that answers as it should. ", url);
  g_propagate_error (error, local);
  return FALSE;
}

/** wb_vendure_probe: see wb_shop_probe(). */
gboolean
wb_vendure_probe (WbShop *shop, WbShopFindings *findings, GCancellable *cancellable, GError **error)
{
  WbVendureShop          *self = WB_VENDURE_SHOP (shop);
  g_auto (WbShopFindings) found = { .orders = -1, .open_orders = -1 };
  g_autoptr (JsonNode)    root = NULL;
  GError                 *local = NULL;
  JsonObject             *variables = json_object_new ();
  WbJson                  rows[3], channel;
  const char             *code, *currency;

  json_object_set_object_member (variables, "all", count_options (NULL));
  json_object_set_object_member (variables, "open", count_options (wb_vendure_standing_states ()));
  root = wb_vendure_call (self, "probe.graphql", variables, cancellable, &local);
  if (root == NULL)
    return explain (local, wb_http_get_base_url (self->http), error);
  channel = wb_vendure_data (root, "activeChannel", rows);
  wb_vendure_take_precision (self, &rows[1]);
  if (!wb_json_is_object (&channel) || (code = wb_json_string (&channel, "code", error)) == NULL ||
      (currency = wb_json_string (&channel, "defaultCurrencyCode", error)) == NULL)
    return FALSE;
  found.name = g_strdup (g_str_equal (code, "__default_channel__") ? "Vendure" : code);
  if (wb_currency_is_valid (currency))
    g_strlcpy (found.currency, currency, sizeof found.currency);
  found.orders = count_of (&rows[1], "all");
  found.open_orders = count_of (&rows[1], "open");
  found.clock_offset = self->clock_offset;
  find_rights (&rows[1], code, &found);
  *findings = found;
  found = (WbShopFindings){ 0 };
  return TRUE;
}

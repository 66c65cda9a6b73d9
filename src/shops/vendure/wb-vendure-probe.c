/* SPDX-License-Identifier: GPL-3.0-or-later
 * Testing a connection to a Vendure shop: is it one, what may the key do, what is there. Writes
 * nothing. */
#include <glib/gi18n-lib.h>

#include "wb-text.h"
#include "wb-vendure-shop.h"

/* A number no order has. */
#define NO_ORDER "-1"

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

/* Whether the key may do what @document does. Nothing is done: there is no such order, and no
 * variant is named. An API key cannot be asked what it may. */
static gboolean
may (WbVendureShop *self,
     const char    *document,
     JsonObject    *input,
     JsonArray     *inputs,
     gboolean      *allowed,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject          *variables = json_object_new ();

  if (inputs != NULL)
    json_object_set_array_member (variables, "input", inputs);
  else
    json_object_set_object_member (variables, "input", input);
  root = wb_vendure_call (self, document, variables, cancellable, &local);
  *allowed = wb_error_code (local) != WB_ERROR_AUTH || root != NULL;
  if (root == NULL && (wb_error_code (local) == WB_ERROR_UNAVAILABLE ||
                       wb_error_code (local) == WB_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_rights (WbVendureShop *self, WbShopFindings *found, GCancellable *cancellable, GError **error)
{
  JsonObject *note = json_object_new ();
  gboolean    orders, products;

  json_object_set_string_member (note, "id", NO_ORDER);
  json_object_set_string_member (note, "note", "Waybill");
  json_object_set_boolean_member (note, "isPublic", FALSE);
  if (!may (self, "add-note.graphql", note, NULL, &orders, cancellable, error) ||
      !may (self, "set-stock.graphql", NULL, json_array_new (), &products, cancellable, error))
    return FALSE;
  found->can_write = found->can_fulfil = orders;
  if (!orders)
    found->notes = g_strdup (_ ("The key may only read. To take payments and report shipments, "
                                "give its role the permission to update orders."));
  else if (!products)
    found->notes = g_strdup (_ ("The key may not change products, so stock cannot be published: "
                                "give its role the permission to update products."));
  return TRUE;
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
  if (!find_rights (self, &found, cancellable, error))
    return FALSE;
  *findings = found;
  found = (WbShopFindings){ 0 };
  return TRUE;
}

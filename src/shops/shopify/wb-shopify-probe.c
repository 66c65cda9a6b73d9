/* SPDX-License-Identifier: GPL-3.0-or-later
 * Testing a connection to a Shopify shop: does the token serve, and which rights has the app.
 * Writes nothing. */
#include <glib/gi18n-lib.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

/* What each part of the work needs: one of these scopes. A right to write includes that to read. */
static const struct
{
  const char *feature;
  const char *scopes[4];
  gboolean    writes; /* needed for what is written every day */
  guint       may;
} needs[] = {
  { N_ ("reading orders"), { "read_orders", "write_orders" }, FALSE, 0 },
  { N_ ("orders older than 60 days"), { "read_all_orders" }, FALSE, 0 },
  { N_ ("capturing, refunding and cancelling"), { "write_orders" }, TRUE, 0 },
  { N_ ("changing the pieces of an order"), { "write_order_edits" }, FALSE, 0 },
  { N_ ("holds and places"),
    { "read_merchant_managed_fulfillment_orders", "write_merchant_managed_fulfillment_orders",
      "read_assigned_fulfillment_orders", "read_third_party_fulfillment_orders" },
    FALSE,
    WB_SHOPIFY_MAY_FULFILLMENT },
  { N_ ("reporting parcels"),
    { "write_merchant_managed_fulfillment_orders", "write_assigned_fulfillment_orders" },
    TRUE,
    0 },
  { N_ ("products"), { "read_products", "write_products" }, FALSE, WB_SHOPIFY_MAY_PRODUCTS },
  { N_ ("reading stock"), { "read_inventory", "write_inventory" }, FALSE, 0 },
  { N_ ("publishing stock"), { "write_inventory" }, FALSE, 0 },
  { N_ ("locations"), { "read_locations", "write_locations" }, FALSE, 0 },
  { N_ ("returns"), { "read_returns", "write_returns" }, FALSE, WB_SHOPIFY_MAY_RETURNS },
  { N_ ("payouts of Shopify Payments"),
    { "read_shopify_payments_payouts", "read_shopify_payments_accounts" },
    FALSE,
    0 },
  { N_ ("knowing a customer again"),
    { "read_customers", "write_customers" },
    FALSE,
    WB_SHOPIFY_MAY_CUSTOMERS },
};

static gboolean
has_scope (const WbJson *list, guint n, const char *scope)
{
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (list, i);

      if (g_strcmp0 (wb_json_opt_string (&one, "handle"), scope) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_any (const WbJson *list, guint n, const char *const *scopes, gsize n_scopes)
{
  for (gsize i = 0; i < n_scopes && scopes[i] != NULL; i++)
    if (has_scope (list, n, scopes[i]))
      return TRUE;
  return FALSE;
}

/* What is missing, in words: “returns (read_returns), …”; sets what may be asked for. */
static char *
compare (WbShopifyShop *self, const WbJson *list, guint n, gboolean *writes)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  self->may = 0;
  *writes = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      if (has_any (list, n, needs[i].scopes, G_N_ELEMENTS (needs[i].scopes)))
        {
          self->may |= needs[i].may;
          continue;
        }
      *writes = *writes && !needs[i].writes;
      /* Translators: a part of the work, the right it needs in Shopify */
      g_string_append_printf (missing, "%s%s (%s)", missing->len > 0 ? ", " : "",
                              _ (needs[i].feature), needs[i].scopes[0]);
    }
  return missing->len > 0 ? g_string_free (g_steal_pointer (&missing), FALSE) : NULL;
}

static JsonNode *
ask (WbShopifyShop *self, WbJson *at, GCancellable *cancellable, GError **error)
{
  JsonNode *root = wb_shopify_call (self, "probe.graphql", NULL, cancellable, error);

  *at = wb_json_root (root, "reply");
  return root;
}

/** wb_shopify_learn_rights: asks which rights the app has, and sets self->may by it. */
gboolean
wb_shopify_learn_rights (WbShopifyShop *self, GCancellable *cancellable, GError **error)
{
  WbJson               at, data, app, list;
  g_autoptr (JsonNode) root = ask (self, &at, cancellable, error);
  g_autofree char     *missing = NULL;
  gboolean             writes;
  guint                n;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  app = wb_json_member (&data, "currentAppInstallation");
  if (!wb_json_array (&app, "accessScopes", &list, &n, error))
    return FALSE;
  missing = compare (self, &list, n, &writes);
  return TRUE;
}

/* How many orders there are; a shop that will not tell is none the worse. */
static void
count (WbShopifyShop *self, WbShopFindings *findings, GCancellable *cancellable)
{
  g_autoptr (JsonNode) root = wb_shopify_call (
      self, "probe-orders.graphql", wb_graphql_object ("open", 's', WB_SHOPIFY_OPEN_FILTER, NULL),
      cancellable, NULL);
  WbJson at = wb_json_root (root, "reply");
  WbJson data = wb_json_member (&at, "data");
  WbJson all = wb_json_member (&data, "all");
  WbJson open = wb_json_member (&data, "open");

  findings->orders = findings->open_orders = -1;
  if (wb_json_is_object (&all))
    wb_json_int (&all, "count", &findings->orders, NULL);
  if (wb_json_is_object (&open))
    wb_json_int (&open, "count", &findings->open_orders, NULL);
}

/** wb_shopify_probe: see wb_shop_probe(). */
gboolean
wb_shopify_probe (WbShop *shop, WbShopFindings *findings, GCancellable *cancellable, GError **error)
{
  WbShopifyShop       *self = WB_SHOPIFY_SHOP (shop);
  WbJson               at, data, app, about, list;
  g_autoptr (JsonNode) root = ask (self, &at, cancellable, error);
  g_autofree char     *missing = NULL;
  const char          *currency;
  gboolean             writes;
  guint                n;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  app = wb_json_member (&data, "currentAppInstallation");
  about = wb_json_member (&data, "shop");
  if (!wb_json_array (&app, "accessScopes", &list, &n, error) ||
      (currency = wb_json_string (&about, "currencyCode", error)) == NULL)
    return FALSE;
  missing = compare (self, &list, n, &writes);
  if (!has_scope (&list, n, "read_orders") && !has_scope (&list, n, "write_orders"))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_AUTH,
                   "The app may not read orders. In Shopify's Dev Dashboard give it these scopes, "
                   "release it and take it over in the shop: %s",
                   missing);
      return FALSE;
    }
  count (self, findings, cancellable);
  findings->name = g_strdup (wb_json_opt_string (&about, "name"));
  findings->zone = g_strdup (wb_json_opt_string (&about, "ianaTimezone"));
  g_strlcpy (findings->currency, currency, sizeof findings->currency);
  findings->clock_offset = self->clock_offset;
  findings->can_fulfil = (self->may & WB_SHOPIFY_MAY_FULFILLMENT) != 0;
  findings->can_write = writes;
  if (missing != NULL)
    /* Translators: a list of what lacks: “returns (read_returns), …” */
    findings->notes =
        g_strdup_printf (_ ("The app lacks rights, so this will not work: %s."), missing);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a Shopify order's states mean for shipping: its money, its fulfilment, its holds. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

/* Ways of paying that are settled at the door. */
static const char *const at_the_door[] = { "cash on delivery", "cash_on_delivery", NULL };

/**
 * wb_shopify_reader_init:
 * @settings: (nullable): the connection's: {"ship_pending": ["Invoice"]} names further ways of
 * paying whose orders are shipped before they are paid
 */
gboolean
wb_shopify_reader_init (WbShopifyReader *reader, const char *settings, GError **error)
{
  g_autoptr (JsonNode)     root = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  WbJson                   at, list;
  guint                    n = 0;

  if (!wb_text_is_empty (settings))
    {
      root = wb_json_parse (settings, -1, "the connection's settings", error);
      if (root == NULL)
        return FALSE;
    }
  at = wb_json_root (root, "settings");
  list = wb_json_member (&at, "ship_pending");
  if (!wb_json_is_null (&list) && !wb_json_array (&at, "ship_pending", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      g_autofree char *lower = NULL;

      if (one.node == NULL || !JSON_NODE_HOLDS_VALUE (one.node) ||
          json_node_get_string (one.node) == NULL)
        return wb_json_fail (&one, "the name of a way of paying", error);
      lower = g_utf8_strdown (json_node_get_string (one.node), -1);
      g_strv_builder_add (names, lower);
    }
  reader->pending_ships = g_strv_builder_end (names);
  return TRUE;
}

/** wb_shopify_reader_clear: frees what @reader holds. */
void
wb_shopify_reader_clear (WbShopifyReader *reader)
{
  g_clear_pointer (&reader->pending_ships, g_strfreev);
}

/* Whether the order's way of paying is one that is shipped before it is paid. */
static gboolean
ships_pending (const WbJson *at, const WbShopifyReader *reader)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (at, "paymentGatewayNames", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode        *node = wb_json_element (&list, i).node;
      g_autofree char *lower = JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL
                                   ? g_utf8_strdown (json_node_get_string (node), -1)
                                   : NULL;

      if (lower == NULL)
        continue;
      if (reader->pending_ships != NULL &&
          g_strv_contains ((const char *const *) reader->pending_ships, lower))
        return TRUE;
      for (guint k = 0; at_the_door[k] != NULL; k++)
        if (strstr (lower, at_the_door[k]) != NULL)
          return TRUE;
    }
  return FALSE;
}

/** wb_shopify_state_of: Returns: (transfer none): what @at, an order, means to us
 * (%WB_SHOP_OPEN, …). */
const char *
wb_shopify_state_of (const WbJson *at, const WbShopifyReader *reader)
{
  static const char *const unpaid[] = { "PENDING", "EXPIRED", "VOIDED", NULL };
  static const char *const gone[] = { "FULFILLED", "RESTOCKED", NULL };
  const char              *money = wb_json_opt_string (at, "displayFinancialStatus");
  const char              *goods = wb_json_opt_string (at, "displayFulfillmentStatus");

  if (wb_json_opt_string (at, "cancelledAt") != NULL)
    return WB_SHOP_CANCELLED;
  if (goods != NULL && g_strv_contains (gone, goods))
    return WB_SHOP_DONE;
  if (wb_json_bool (at, "closed", FALSE))
    return WB_SHOP_DONE; /* archived: nobody ships it any more */
  if (g_strcmp0 (money, "REFUNDED") == 0)
    return WB_SHOP_CANCELLED;
  if (money != NULL && g_strv_contains (unpaid, money) &&
      !(g_str_equal (money, "PENDING") && ships_pending (at, reader)))
    return WB_SHOP_UNPAID;
  return WB_SHOP_OPEN;
}

/** wb_shopify_status_words: Returns: (transfer full): the shop's own words:
 * “authorized/unfulfilled” and, where there is a return, how it stands. */
char *
wb_shopify_status_words (const WbJson *at)
{
  const char      *money = wb_json_opt_string (at, "displayFinancialStatus");
  const char      *goods = wb_json_opt_string (at, "displayFulfillmentStatus");
  const char      *back = wb_json_opt_string (at, "returnStatus");
  gboolean         returns = back != NULL && !g_str_equal (back, "NO_RETURN");
  g_autofree char *words =
      g_strdup_printf ("%s%s/%s%s%s", wb_json_opt_string (at, "cancelledAt") ? "cancelled/" : "",
                       money != NULL ? money : "none", goods != NULL ? goods : "none",
                       returns ? "/" : "", returns ? back : "");

  return g_ascii_strdown (words, -1);
}

/* An order of that money and those goods; @cancelled: (nullable): its date. */
static WbShopStatus *
status_of (WbShopifyShop *self, const char *money, const char *goods, const char *cancelled)
{
  g_autoptr (JsonNode) node =
      wb_graphql_object ("displayFinancialStatus", 's', money, "displayFulfillmentStatus", 's',
                         goods, "cancelledAt", 's', cancelled, NULL);
  WbJson        at = wb_json_root (node, "order");
  WbShopStatus *status = g_new0 (WbShopStatus, 1);

  status->id = wb_shopify_status_words (&at);
  status->title = g_strdelimit (g_strdup (status->id), "_", ' ');
  status->shop_state = g_strdup (wb_shopify_state_of (&at, &self->reader));
  return status;
}

/** wb_shopify_list_statuses: see wb_shop_list_statuses(): how the money stands, and how the goods.
 * Shopify has no statuses of a shop's own, so nobody is asked; a return adds its word. */
GPtrArray *
wb_shopify_list_statuses (WbShop *shop, GCancellable *cancellable, GError **error)
{
  static const char *const moneys[] = {
    "PENDING", "AUTHORIZED",         "PARTIALLY_PAID", "PAID",
    "EXPIRED", "PARTIALLY_REFUNDED", "REFUNDED",       "VOIDED"
  };
  static const char *const goods[] = { "UNFULFILLED", "SCHEDULED",           "ON_HOLD",
                                       "IN_PROGRESS", "PARTIALLY_FULFILLED", "FULFILLED" };
  WbShopifyShop           *self = WB_SHOPIFY_SHOP (shop);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shop_status_free);

  for (guint g = 0; g < G_N_ELEMENTS (goods); g++)
    for (guint m = 0; m < G_N_ELEMENTS (moneys); m++)
      g_ptr_array_add (list, status_of (self, moneys[m], goods[g], NULL));
  for (guint m = 0; m < G_N_ELEMENTS (moneys); m++)
    g_ptr_array_add (list, status_of (self, moneys[m], "UNFULFILLED", "2026-01-01T00:00:00Z"));
  return list;
}

/* ---- why something may not leave ---- */

static gboolean
is (const WbJson *at, const char *name, const char *value)
{
  return g_strcmp0 (wb_json_opt_string (at, name), value) == 0;
}

static gboolean
has_action (const WbJson *at, const char *action)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (at, "supportedActions", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (is (&one, "action", action))
        return TRUE;
    }
  return FALSE;
}

/* “High risk of fraud: call first”. */
static char *
hold_reasons (const WbJson *at)
{
  g_autoptr (GString) words = g_string_new (NULL);
  WbJson              list;
  guint               n = 0;

  if (!wb_json_array (at, "fulfillmentHolds", &list, &n, NULL))
    n = 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson      one = wb_json_element (&list, i);
      const char *reason = wb_json_opt_string (&one, "displayReason");
      const char *notes = wb_json_opt_string (&one, "reasonNotes");

      g_string_append_printf (words, "%s%s%s%s", words->len > 0 ? "; " : "",
                              wb_text_is_empty (reason) ? "" : reason,
                              wb_text_is_empty (reason) || wb_text_is_empty (notes) ? "" : ": ",
                              wb_text_is_empty (notes) ? "" : notes);
    }
  if (words->len == 0)
    g_string_append (words, "no reason given");
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * wb_shopify_why_not:
 * @fulfillment_order: one of an order's parts by place
 *
 * Returns: (transfer full) (nullable): why nothing of it may be fulfilled by us now; %NULL: it may.
 */
char *
wb_shopify_why_not (const WbJson *fulfillment_order)
{
  const char      *status = wb_json_opt_string (fulfillment_order, "status");
  WbJson           place = wb_json_member (fulfillment_order, "assignedLocation");
  const char      *name = wb_json_opt_string (&place, "name");
  g_autofree char *reasons = NULL;

  if (g_strcmp0 (status, "ON_HOLD") == 0)
    {
      reasons = hold_reasons (fulfillment_order);
      return g_strdup_printf ("Held in the shop: %s", reasons);
    }
  if (g_strcmp0 (status, "SCHEDULED") == 0)
    {
      const char *when = wb_json_opt_string (fulfillment_order, "fulfillAt");

      return g_strdup_printf ("Scheduled in the shop for %.10s", when != NULL ? when : "later");
    }
  if (g_strcmp0 (status, "CLOSED") == 0 || g_strcmp0 (status, "CANCELLED") == 0 ||
      g_strcmp0 (status, "INCOMPLETE") == 0)
    return g_strdup ("Nothing of it is left to fulfil in the shop");
  if (has_action (fulfillment_order, "CREATE_FULFILLMENT"))
    return NULL;
  return g_strdup_printf ("“%s” ships it itself", name != NULL ? name : "Another service");
}

/**
 * wb_shopify_hold_words:
 * Returns: (transfer full) (nullable): why the shop wants @order kept back: any part held; or
 * nothing of it may leave now for it is scheduled or another service's.
 */
char *
wb_shopify_hold_words (const WbJson *order)
{
  WbJson           connection = wb_json_member (order, "fulfillmentOrders");
  g_autofree char *other = NULL;
  gboolean         free_part = FALSE;
  WbJson           list;
  guint            n;

  if (!wb_json_array (&connection, "nodes", &list, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      g_autofree char *why = wb_shopify_why_not (&one);

      if (is (&one, "status", "ON_HOLD"))
        return g_steal_pointer (&why);
      if (is (&one, "status", "CLOSED") || is (&one, "status", "CANCELLED") ||
          is (&one, "status", "INCOMPLETE"))
        continue;
      if (why == NULL)
        free_part = TRUE;
      else if (other == NULL)
        other = g_steal_pointer (&why);
    }
  return free_part ? NULL : g_steal_pointer (&other);
}

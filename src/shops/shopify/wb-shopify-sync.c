/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a Shopify shop's orders: all of them once, then what changed, losing nothing.
 *
 * Orders come in the order of their last change, so whatever changes during the reading comes again
 * behind; every page is a mark to go on from. The mark is the shop's own time, a little before the
 * newest change read, for the shop's search lags behind its book. Before that the shop is asked
 * what changed last and how many changed lately: where that is as it was, nothing more is asked;
 * not as long as another change may bear the same date, for the shop dates by whole seconds. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

#define OVERLAP       300 /* seconds */
#define SETTLED       30  /* seconds after which nothing more bears a date, nor turns up late */
#define LINES         12  /* of an order that are asked for with it */
#define LINES_A_PAGE  60
#define DEAREST       900 /* what a page may cost, of the 1000 one question may */
#define LARGEST_PAGE  100
#define SMALLEST_PAGE 1
#define MOST_LINES    5000

/* ---- the cursor ---- */

static gboolean
cursor_init (WbShopifyCursor *cursor, const char *text, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               at;

  *cursor = (WbShopifyCursor){ 0 };
  if (wb_text_is_empty (text))
    return TRUE;
  root = wb_json_parse (text, -1, "the mark of the last sync", error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "cursor");
  if (!wb_json_opt_int (&at, "since", 0, &cursor->since, error) ||
      !wb_json_opt_int (&at, "bulk_at", 0, &cursor->bulk_at, error) ||
      !wb_json_opt_int (&at, "bulk_from", 0, &cursor->bulk_from, error) ||
      !wb_json_opt_int (&at, "bulk_done", 0, &cursor->bulk_done, error) ||
      !wb_json_opt_int (&at, "recent", 0, &cursor->recent, error))
    return FALSE;
  cursor->bulk = g_strdup (wb_json_opt_string (&at, "bulk"));
  cursor->recent_of = cursor->recent > 0 ? cursor->since : 0;
  return TRUE;
}

static char *
cursor_text (const WbShopifyCursor *cursor)
{
  g_autoptr (JsonNode) root = wb_graphql_object ("since", 'i', cursor->since, NULL);
  JsonObject          *object = json_node_get_object (root);

  if (cursor->recent > 0 && cursor->recent_of == cursor->since)
    json_object_set_int_member (object, "recent", cursor->recent);
  if (cursor->bulk != NULL)
    {
      json_object_set_string_member (object, "bulk", cursor->bulk);
      json_object_set_int_member (object, "bulk_at", cursor->bulk_at);
      json_object_set_int_member (object, "bulk_from", cursor->bulk_from);
      json_object_set_int_member (object, "bulk_done", cursor->bulk_done);
    }
  return wb_json_to_text (root);
}

/* ---- what may be asked for ---- */

/** wb_shopify_with_rights: adds to @variables (returned) which fields the app may see. */
JsonNode *
wb_shopify_with_rights (WbShopifyShop *self, JsonNode *variables)
{
  JsonObject *object = json_node_get_object (variables);

  json_object_set_boolean_member (object, "customers", self->may & WB_SHOPIFY_MAY_CUSTOMERS);
  json_object_set_boolean_member (object, "products", self->may & WB_SHOPIFY_MAY_PRODUCTS);
  json_object_set_boolean_member (object, "fulfillment", self->may & WB_SHOPIFY_MAY_FULFILLMENT);
  json_object_set_boolean_member (object, "returns", self->may & WB_SHOPIFY_MAY_RETURNS);
  return variables;
}

/**
 * wb_shopify_call_with_rights:
 * @variables: (transfer full)
 *
 * wb_shopify_call() for documents that leave out what the app may not see. When the shop refuses
 * for a missing right it is asked once which rights there are, and the rest is read without.
 */
JsonNode *
wb_shopify_call_with_rights (WbShopifyShop *self,
                             const char    *document,
                             JsonNode      *variables,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (JsonNode) kept = wb_shopify_with_rights (self, variables);
  g_autoptr (GError)   local = NULL;
  guint                before = self->may;
  JsonNode *root = wb_shopify_call (self, document, json_node_ref (kept), cancellable, &local);

  if (root != NULL)
    return root;
  if (!g_error_matches (local, WB_ERROR, WB_ERROR_AUTH) ||
      !wb_shopify_learn_rights (self, cancellable, NULL) || self->may == before)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return wb_shopify_call (self, document, wb_shopify_with_rights (self, json_node_ref (kept)),
                          cancellable, error);
}

/* ---- lines beyond the first page ---- */

static void
append_nodes (JsonArray *list, const WbJson *connection)
{
  WbJson more;
  guint  n;

  if (!wb_json_array (connection, "nodes", &more, &n, NULL))
    return;
  for (guint i = 0; i < n; i++)
    json_array_add_element (list, json_node_ref (wb_json_element (&more, i).node));
}

/** wb_shopify_more_lines: adds to @order, as the shop sent it, the lines that did not fit on the
 * first page. */
gboolean
wb_shopify_more_lines (WbShopifyShop *self,
                       JsonNode      *order,
                       GCancellable  *cancellable,
                       GError       **error)
{
  WbJson           at = wb_json_root (order, "order");
  WbJson           lines = wb_json_member (&at, "lineItems");
  WbJson           nodes = wb_json_member (&lines, "nodes");
  const char      *gid = wb_json_opt_string (&at, "id");
  g_autofree char *after = NULL;
  gboolean more = gid != NULL && wb_json_is_array (&nodes) && wb_shopify_next_page (&lines, &after);

  while (more && json_array_get_length (json_node_get_array (nodes.node)) < MOST_LINES)
    {
      JsonNode            *found;
      g_autoptr (JsonNode) variables = wb_graphql_object (
          "id", 's', gid, "first", 'i', (gint64) LINES_A_PAGE, "after", 's', after, "products", 'b',
          self->may & WB_SHOPIFY_MAY_PRODUCTS ? 1 : 0, NULL);
      g_autoptr (JsonNode) root =
          wb_shopify_call_order (self, "order-lines.graphql", g_steal_pointer (&variables), gid,
                                 &found, cancellable, error);
      WbJson page, next;

      if (root == NULL)
        return FALSE;
      page = wb_json_root (found, "order");
      next = wb_json_member (&page, "lineItems");
      append_nodes (json_node_get_array (nodes.node), &next);
      more = wb_shopify_next_page (&next, &after);
    }
  return TRUE;
}

/* ---- one order ---- */

static GBytes *
raw_of (JsonNode *order)
{
  char *text = wb_json_to_text (order);

  return g_bytes_new_take (text, strlen (text));
}

/** wb_shopify_sync_add: takes @order into the page under way. A row that cannot be read is told and
 * stops nobody. */
gboolean
wb_shopify_sync_add (WbShopifySync *sync, JsonNode *order, GError **error)
{
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbOrder) record = NULL;
  WbJson              at = wb_json_root (order, "order");
  const char         *name;

  if (!wb_shopify_more_lines (sync->shop, order, sync->cancellable, error))
    return FALSE;
  record = wb_shopify_order_parse (&at, &sync->shop->reader, &local);
  if (record != NULL)
    {
      g_ptr_array_add (sync->orders, g_steal_pointer (&record));
      g_ptr_array_add (sync->raws, raw_of (order));
      return TRUE;
    }
  name = wb_json_is_object (&at) ? wb_json_opt_string (&at, "name") : NULL;
  g_ptr_array_add (sync->problems,
                   g_strdup_printf ("Order %s: %s", name != NULL ? name : "?", local->message));
  return TRUE;
}

/** wb_shopify_sync_hand_over: gives the page under way to the caller, with the mark as it stands.
 */
gboolean
wb_shopify_sync_hand_over (WbShopifySync *sync, GError **error)
{
  g_autofree char *mark = cursor_text (&sync->cursor);

  sync->done += sync->orders->len;
  if (!sync->page (sync->orders, sync->raws, sync->problems, mark, sync->done, sync->total,
                   sync->data, error))
    return FALSE;
  g_ptr_array_set_size (sync->orders, 0);
  g_ptr_array_set_size (sync->raws, 0);
  g_ptr_array_set_size (sync->problems, 0);
  return TRUE;
}

/* ---- pages ---- */

static JsonNode *
ask_page (WbShopifySync *sync, const char *filter, const char *after, GError **error)
{
  WbShopifyShop *self = sync->shop;

  for (;;)
    {
      g_autoptr (GError) local = NULL;
      JsonNode          *root = wb_shopify_call_with_rights (
                   self, "orders.graphql",
                   wb_graphql_object ("first", 'i', (gint64) self->page_size, "after", 's', after, "filter",
                                      's', filter, "lines", 'i', (gint64) LINES, NULL),
                   sync->cancellable, &local);

      if (root != NULL)
        {
          /* As many as the shop's own reckoning allows. */
          if (self->last_cost > 0)
            self->page_size =
                CLAMP (self->page_size * DEAREST / self->last_cost, SMALLEST_PAGE, LARGEST_PAGE);
          return root;
        }
      /* Dearer than the shop allows in one question: ask for less at once. */
      if (!g_error_matches (local, WB_ERROR, WB_ERROR_TOO_MUCH) || self->page_size == SMALLEST_PAGE)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      self->page_size = MAX (self->page_size / 2, SMALLEST_PAGE);
    }
}

/* The orders of one page, and the newest change among them. */
static gboolean
add_page (WbShopifySync *sync, const WbJson *connection, WbInstant *newest, GError **error)
{
  WbJson    list;
  WbInstant changed;
  guint     n;

  if (!wb_json_array (connection, "nodes", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (!wb_shopify_sync_add (sync, one.node, error))
        return FALSE;
      if (wb_json_opt_instant (&one, "updatedAt", &changed, NULL) && changed > *newest)
        *newest = changed;
    }
  return TRUE;
}

static char *
filter_since (WbInstant since)
{
  g_autofree char *when = since > 0 ? wb_instant_to_iso (MAX (since - OVERLAP, 1)) : NULL;

  return when != NULL ? g_strdup_printf ("updated_at:>='%s'", when) : NULL;
}

static gboolean
walk (WbShopifySync *sync, GError **error)
{
  g_autofree char *filter = filter_since (sync->cursor.since);
  g_autofree char *after = NULL;
  WbInstant        newest = sync->cursor.since;
  gboolean         more = TRUE;

  while (more)
    {
      g_autoptr (JsonNode) root = ask_page (sync, filter, after, error);
      WbJson               at = wb_json_root (root, "reply");
      WbJson               data, connection;

      if (root == NULL)
        return FALSE;
      data = wb_json_member (&at, "data");
      connection = wb_json_member (&data, "orders");
      if (!add_page (sync, &connection, &newest, error))
        return FALSE;
      more = wb_shopify_next_page (&connection, &after);
      sync->cursor.since = newest;
      if (!wb_shopify_sync_hand_over (sync, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether what changed at @newest is over, by the shop's clock. */
static gboolean
is_settled (WbShopifySync *sync, WbInstant newest)
{
  return newest + SETTLED < wb_now () + sync->shop->clock_offset;
}

/* Asks what changed last, and how many since the mark. @same: (out): as it was the last time. */
static gboolean
look_for_changes (WbShopifySync *sync, gboolean *same, GError **error)
{
  WbShopifyCursor     *cursor = &sync->cursor;
  g_autofree char     *filter = filter_since (cursor->since);
  g_autoptr (JsonNode) root =
      wb_shopify_call (sync->shop, "newest.graphql",
                       wb_graphql_object ("filter", 's', filter, NULL), sync->cancellable, error);
  WbJson    at = wb_json_root (root, "reply");
  WbJson    data, orders, list, first, number;
  WbInstant newest = 0;
  gint64    recent = 0;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  orders = wb_json_member (&data, "orders");
  list = wb_json_member (&orders, "nodes");
  first = wb_json_element (&list, 0);
  number = wb_json_member (&data, "ordersCount");
  if (!wb_json_opt_instant (&first, "updatedAt", &newest, error) ||
      !wb_json_opt_int (&number, "count", 0, &recent, error))
    return FALSE;
  *same = newest == cursor->since && recent == cursor->recent && recent > 0 &&
          cursor->recent_of == cursor->since;
  cursor->recent = is_settled (sync, newest) ? recent : 0;
  cursor->recent_of = cursor->since;
  return TRUE;
}

static gboolean
run (WbShopifySync *sync, GError **error)
{
  gboolean bulk_done = FALSE, same = FALSE;

  if ((sync->cursor.since == 0 || sync->cursor.bulk != NULL) &&
      !wb_shopify_sync_bulk (sync, &bulk_done, error))
    return FALSE;
  if (sync->cursor.since > 0 && !look_for_changes (sync, &same, error))
    return FALSE;
  return same ? wb_shopify_sync_hand_over (sync, error) : walk (sync, error);
}

/** wb_shopify_fetch_orders: see wb_shop_fetch_orders(). */
gboolean
wb_shopify_fetch_orders (WbShop        *shop,
                         const char    *cursor,
                         WbShopPageFunc page,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) raws = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  WbShopifySync         sync = {
            .shop = WB_SHOPIFY_SHOP (shop),
            .page = page,
            .data = data,
            .cancellable = cancellable,
            .total = -1,
            .orders = orders,
            .raws = raws,
            .problems = problems,
  };
  gboolean done;

  if (!cursor_init (&sync.cursor, cursor, error))
    return FALSE;
  done = run (&sync, error);
  g_free (sync.cursor.bulk);
  return done;
}

/** wb_shopify_fetch_order: see wb_shop_fetch_order(). */
WbOrder *
wb_shopify_fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error)
{
  WbShopifyShop       *self = WB_SHOPIFY_SHOP (shop);
  g_autofree char     *gid = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (WbOrder)  order = NULL;
  WbJson               at, data, found;

  if (!wb_shopify_check_ref (order_ref, error))
    return NULL;
  gid = wb_shopify_gid ("Order", order_ref);
  root = wb_shopify_call_with_rights (
      self, "order.graphql", wb_graphql_object ("id", 's', gid, "lines", 'i', (gint64) LINES, NULL),
      cancellable, error);
  if (root == NULL)
    return NULL;
  at = wb_json_root (root, "reply");
  data = wb_json_member (&at, "data");
  found = wb_json_member (&data, "order");
  if (wb_json_is_null (&found))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "The shop does not have order %s",
                   order_ref);
      return NULL;
    }
  if (!wb_shopify_more_lines (self, found.node, cancellable, error))
    return NULL;
  order = wb_shopify_order_parse (&found, &self->reader, error);
  if (order != NULL && raw != NULL)
    *raw = raw_of (found.node);
  return g_steal_pointer (&order);
}

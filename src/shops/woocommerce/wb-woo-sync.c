/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a WooCommerce shop's orders: all of them once, then what changed, losing nothing.
 *
 * One sync is, in this order: take the mark (the newest modification the shop has now: all that
 * changes from here on is dated later, by the shop's own clock), and be done when the shop looks as
 * it did when all was read; ask again for rows that could not
 * be read before; what was trashed; once in a while all open orders, for WooCommerce 7.9 does not
 * date every change; then whatever was modified since the last mark, walked by id. Only when that
 * walk is finished the mark counts. An order deleted for good, past the trash, leaves no trace in
 * any list: it is met when it is about to be shipped, by wb_shop_fetch_order(). */
#include "wb-woo-cursor.h"
#include "wb-woo-order.h"
#include "wb-woo-walk.h"

#include <string.h>

#define SWEEP_EVERY 3600 /* seconds */
#define LATEST_AHEAD                                                                               \
  300 /* how far a row may be dated beyond the shop's clock before it is not believed */
#define REFUNDS_A_PAGE  100
#define MOST_UNANSWERED 3

/* How the shop looks before anything is read. */
typedef struct
{
  WbInstant mark;   /* what “since” becomes: all that changes from here on is dated later */
  WbInstant newest; /* the newest modification, as it is dated */
  gint64    newest_id;
  gint64    total; /* -1: not told */
  WbInstant shop_now;
} Look;

typedef struct
{
  WbWooShop     *shop;
  WbWooCursor    cursor;
  Look           look;
  gboolean       begun_now; /* the walk under way began with this look */
  WbShopPageFunc page;
  gpointer       data;
  GCancellable  *cancellable;
  gint64         done;
  guint          unanswered; /* calls in a row */
  GPtrArray     *orders;
  GPtrArray     *raws;
  GPtrArray     *problems;
  GHashTable    *told; /* ids of orders whose problem has been told in this sync */
} Sync;

/* ---- one row ---- */

/**
 * wb_woo_shop_read_refunds:
 * Reads `/orders/{id}/refunds` into @order, see wb_woo_order_join_refunds().
 */
gboolean
wb_woo_shop_read_refunds (WbWooShop    *self,
                          WbOrder      *order,
                          GCancellable *cancellable,
                          GError      **error)
{
  const char *id = wb_record_get_text (order, WB_ORDER_REMOTE_ID);
  gboolean    more = TRUE;

  for (guint page = 1; more; page++)
    {
      g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("GET", "/orders/%s/refunds", id);
      g_autoptr (JsonNode)      list = NULL;
      WbJson                    at;

      wb_http_request_add_query_int (request, "per_page", REFUNDS_A_PAGE);
      wb_http_request_add_query_int (request, "page", page);
      list = wb_woo_shop_call (self, request, NULL, cancellable, error);
      at = wb_json_root (list, "refunds");
      if (list == NULL || !wb_woo_order_join_refunds (order, &at, error))
        return FALSE;
      more = json_array_get_length (json_node_get_array (list)) == REFUNDS_A_PAGE;
    }
  return TRUE;
}

/* Whether @error concerns one row only, so that the others may still be read. A shop that answers
 * nothing at all is noticed after a few. */
static gboolean
is_of_one_row (Sync *sync, const GError *error)
{
  WbError code = wb_error_code (error);

  if (g_cancellable_is_cancelled (sync->cancellable))
    return FALSE;
  if (code == WB_ERROR_UNAVAILABLE)
    return ++sync->unanswered < MOST_UNANSWERED;
  return code == WB_ERROR_INVALID || code == WB_ERROR_NOT_FOUND || code == WB_ERROR_FAILED;
}

static WbOrder *
read_row (Sync *sync, const WbWooRow *row, GError **error)
{
  WbJson              list;
  WbJson              at = wb_woo_row_json (row, &list);
  g_autoptr (WbOrder) order = wb_woo_order_parse (&at, &sync->shop->reader, error);

  if (order == NULL)
    return NULL;
  if (wb_woo_order_has_refunds (&at) &&
      !wb_woo_shop_read_refunds (sync->shop, order, sync->cancellable, error))
    return NULL;
  return g_steal_pointer (&order);
}

static gboolean
is_draft (const WbWooRow *row)
{
  WbJson list;
  WbJson at = wb_woo_row_json (row, &list);

  return wb_woo_state_is_draft (wb_json_opt_string (&at, "status"));
}

static void
add_problem (Sync *sync, gint64 id, const GError *error)
{
  wb_woo_cursor_doubt (&sync->cursor, id);
  if (id > 0 && !g_hash_table_add (sync->told, g_memdup2 (&id, sizeof id)))
    return;
  g_ptr_array_add (sync->problems,
                   id > 0 ? g_strdup_printf ("Order %" G_GINT64_FORMAT ": %s", id, error->message)
                          : g_strdup (error->message));
}

/* A row that cannot be read is told, kept for the next sync, and stops nobody. */
static gboolean
add_row (Sync *sync, const WbWooRow *row, GError **error)
{
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbOrder) order = is_draft (row) ? NULL : read_row (sync, row, &local);

  if (local != NULL && !is_of_one_row (sync, local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (local != NULL)
    add_problem (sync, row->id, local);
  if (order == NULL)
    return TRUE;
  sync->unanswered = 0;
  wb_woo_cursor_trust (&sync->cursor, row->id);
  g_ptr_array_add (sync->orders, g_steal_pointer (&order));
  g_ptr_array_add (sync->raws, g_bytes_ref (row->raw));
  return TRUE;
}

/* ---- handing over ---- */

static gboolean
hand_over (Sync *sync, gint64 total, GError **error)
{
  g_autofree char *mark = wb_woo_cursor_text (&sync->cursor);

  sync->done += sync->orders->len;
  if (!sync->page (sync->orders, sync->raws, sync->problems, mark, sync->done, total, sync->data,
                   error))
    return FALSE;
  g_ptr_array_set_size (sync->orders, 0);
  g_ptr_array_set_size (sync->raws, 0);
  g_ptr_array_set_size (sync->problems, 0);
  return TRUE;
}

/* What a walk that was begun earlier took for its mark is not what is seen now. */
static void
finish (Sync *sync)
{
  wb_woo_cursor_finish (&sync->cursor);
  wb_woo_cursor_settle (&sync->cursor, sync->look.newest, sync->look.newest_id,
                        sync->begun_now ? sync->look.total : -1, sync->look.shop_now);
}

/* Walks one list to its end; @main: the walk that the cursor counts. */
static gboolean
walk (Sync *sync, WbWooWalk *list, gboolean is_main, GError **error)
{
  while (!list->finished)
    {
      g_autoptr (GPtrArray) rows = wb_woo_walk_next (list, sync->shop, sync->cancellable, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (!add_row (sync, rows->pdata[i], error))
          return FALSE;
      if (is_main)
        {
          sync->cursor.position = list->position;
          sync->cursor.last_id = list->last_id;
          if (list->finished)
            finish (sync);
        }
      if ((is_main || sync->orders->len > 0 || sync->problems->len > 0) &&
          !hand_over (sync, is_main ? list->total : -1, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the parts of a sync ---- */

/* The newest modification now. It is taken before anything is read, and in the shop's own time. */
static gboolean
take_mark (Sync *sync, GError **error)
{
  g_autoptr (WbHttpRequest)  request = wb_woo_walk_request (NULL, 0);
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       list = NULL;
  Look                      *look = &sync->look;
  WbJson                     root, first;
  WbInstant                  newest = 0;

  wb_http_request_add_query (request, "orderby", "modified");
  wb_http_request_add_query (request, "order", "desc");
  wb_http_request_add_query_int (request, "per_page", 1);
  wb_http_request_add_query (request, "_fields", "id,date_modified_gmt");
  list = wb_woo_shop_call (sync->shop, request, &response, sync->cancellable, error);
  if (list == NULL)
    return FALSE;
  root = wb_json_root (list, "orders");
  first = wb_json_element (&root, 0);
  if (!wb_json_opt_instant (&first, "date_modified_gmt", &newest, NULL))
    newest = 0;
  if (!wb_json_opt_int (&first, "id", 0, &look->newest_id, NULL))
    look->newest_id = 0;
  look->newest = newest;
  look->total = wb_http_response_get_header_int (response, "X-WP-Total", -1);
  look->shop_now = sync->shop->clock_known ? wb_now () + sync->shop->clock_offset : 0;
  if (first.node != NULL && newest == 0)
    newest = wb_now () + sync->shop->clock_offset;
  if (sync->shop->clock_known)
    newest = MIN (newest, wb_now () + sync->shop->clock_offset + LATEST_AHEAD);
  look->mark = newest;
  return TRUE;
}

/* An order by itself, whatever is wrong with it being told and not stopping the sync. */
static gboolean
ask_again (Sync *sync, gint64 id, GError **error)
{
  g_autofree char    *ref = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autoptr (GError)  local = NULL;
  g_autoptr (GBytes)  raw = NULL;
  g_autoptr (WbOrder) order =
      wb_woo_shop_fetch_order (WB_SHOP (sync->shop), ref, &raw, sync->cancellable, &local);

  if (order != NULL)
    {
      wb_woo_cursor_trust (&sync->cursor, id);
      if (wb_woo_state_is_draft (wb_record_get_text (order, WB_ORDER_REMOTE_STATUS)))
        return TRUE;
      g_ptr_array_add (sync->orders, g_steal_pointer (&order));
      g_ptr_array_add (sync->raws, g_steal_pointer (&raw));
    }
  else if (wb_error_code (local) == WB_ERROR_NOT_FOUND)
    wb_woo_cursor_trust (&sync->cursor, id);
  else if (is_of_one_row (sync, local))
    add_problem (sync, id, local);
  else
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
ask_all_again (Sync *sync, GError **error)
{
  g_autoptr (GArray) ids = g_array_copy (sync->cursor.again);

  for (guint i = 0; i < ids->len; i++)
    if (!ask_again (sync, g_array_index (ids, gint64, i), error))
      return FALSE;
  return ids->len == 0 || hand_over (sync, -1, error);
}

/* A list by status that a shop may not know (400: a plug-in took the status away) is no reason to
 * stop. */
static gboolean
walk_status (Sync *sync, const char *status, WbInstant after, GError **error)
{
  g_auto (WbWooWalk) list = { .status = status, .after = after, .total = -1 };
  g_autoptr (GError) local = NULL;

  if (walk (sync, &list, FALSE, &local))
    return TRUE;
  if (wb_error_code (local) == WB_ERROR_INVALID && list.seen != NULL &&
      g_hash_table_size (list.seen) == 0)
    {
      if (strchr (status, ',') != NULL && !g_str_equal (status, WB_WOO_OPEN_STATUSES))
        return walk_status (sync, WB_WOO_OPEN_STATUSES, after, error);
      g_ptr_array_add (sync->problems,
                       g_strdup_printf ("Orders with status %s: %s", status, local->message));
      return hand_over (sync, -1, error);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_swept (Sync *sync)
{
  WbInstant now = wb_now ();

  return now >= sync->cursor.swept && now - sync->cursor.swept < SWEEP_EVERY;
}

static gboolean
sweep (Sync *sync, GError **error)
{
  g_autofree char *open = wb_woo_state_open_list (&sync->shop->reader);
  WbInstant        now = wb_now ();

  if (is_swept (sync))
    return TRUE;
  if (!walk_status (sync, open, 0, error))
    return FALSE;
  sync->cursor.swept = now;
  return TRUE;
}

static gboolean
run (Sync *sync, GError **error)
{
  g_auto (WbWooWalk) changed = { .total = -1 };
  WbInstant          after;

  if (!take_mark (sync, error))
    return FALSE;
  if (wb_woo_cursor_is_same (&sync->cursor, sync->look.newest, sync->look.newest_id,
                             sync->look.total))
    return is_swept (sync) || (sweep (sync, error) && hand_over (sync, -1, error));
  after = wb_woo_cursor_after (&sync->cursor, sync->shop->clock_offset);
  sync->begun_now = sync->cursor.until == 0;
  wb_woo_cursor_begin (&sync->cursor, sync->look.mark, sync->shop->clock_offset);
  if (!ask_all_again (sync, error))
    return FALSE;
  if (after > 0 && (!walk_status (sync, "trash", after, error) || !sweep (sync, error)))
    return FALSE;
  if (after == 0)
    sync->cursor.swept = wb_now ();
  changed.after = after;
  changed.position = sync->cursor.position;
  changed.last_id = sync->cursor.last_id;
  return walk (sync, &changed, TRUE, error);
}

/** wb_woo_shop_fetch_orders: see wb_shop_fetch_orders(). */
gboolean
wb_woo_shop_fetch_orders (WbShop        *shop,
                          const char    *cursor,
                          WbShopPageFunc page,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (GPtrArray)  orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray)  raws = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray)  problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Sync                   sync = {
                      .shop = WB_WOO_SHOP (shop),
                      .page = page,
                      .data = data,
                      .cancellable = cancellable,
                      .orders = orders,
                      .raws = raws,
                      .problems = problems,
                      .told = told,
  };
  gboolean done;

  if (!wb_woo_cursor_init (&sync.cursor, cursor, error))
    return FALSE;
  done = run (&sync, error);
  wb_woo_cursor_clear (&sync.cursor);
  return done;
}

/**
 * wb_woo_shop_fetch_order:
 * See wb_shop_fetch_order(); a trashed order comes with status “trash”, one deleted for good is
 * %WB_ERROR_NOT_FOUND.
 */
WbOrder *
wb_woo_shop_fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error)
{
  WbWooShop                 *self = WB_WOO_SHOP (shop);
  g_autoptr (WbHttpRequest)  request = NULL;
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  g_autoptr (WbOrder)        order = NULL;
  WbJson                     at;

  if (!wb_woo_shop_check_ref (order_ref, error))
    return NULL;
  request = wb_woo_shop_request ("GET", "/orders/%s", order_ref);
  root = wb_woo_shop_call (self, request, &response, cancellable, error);
  if (root == NULL)
    return NULL;
  at = wb_json_root (root, "order");
  order = wb_woo_order_parse (&at, &self->reader, error);
  if (order == NULL)
    return NULL;
  if (wb_woo_order_has_refunds (&at) && !wb_woo_shop_read_refunds (self, order, cancellable, error))
    return NULL;
  if (raw != NULL)
    *raw = g_bytes_ref (wb_http_response_get_body (response));
  return g_steal_pointer (&order);
}

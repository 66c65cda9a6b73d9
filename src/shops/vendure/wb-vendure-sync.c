/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a Vendure shop's orders: all of them once, then what changed, losing nothing.
 *
 * The first import walks all placed orders by the date of placing, which never changes. Afterwards
 * one request asks for three things: what was placed since, what is dated later since, and how all
 * orders stand that are not finished. The third is needed because Vendure 3.7 does not move an
 * order's date when it is paid, fulfilled, refunded or readdressed, nor always when it is placed:
 * an unfinished order whose digest is another one, or which is not among the unfinished any more,
 * is read. Closed orders are read once more each day, for refunds. Carts are left out, and so are
 * aggregates: the orders of the sellers are what is shipped. */
#include "wb-vendure-cursor.h"
#include "wb-vendure-shop.h"

#include <string.h>

#include "wb-text.h"

#define ROWS_A_PAGE     100
#define STANDING_A_PAGE 500
#define STEP_BACK       10     /* rows asked for twice where a page moves on by number */
#define OVERLAP_MS      300000 /* what is read twice: a change is seen only after it was dated */
#define LATEST_AHEAD    300    /* how far a row may be dated beyond the shop's clock, seconds */
#define SWEEP_EVERY     86400
#define SWEEP_BACK_MS   (G_GINT64_CONSTANT (60) * 86400 * 1000)

#define BY_PLACED  "orderPlacedAt"
#define BY_UPDATED "updatedAt"

typedef struct
{
  WbVendureShop  *shop;
  WbVendureCursor cursor;
  WbShopPageFunc  page;
  gpointer        data;
  GCancellable   *cancellable;
  gint64          done;
  gint64          total;
  GHashTable     *seen; /* ids read in this sync */
  GPtrArray      *orders;
  GPtrArray      *raws;
  GPtrArray      *problems;
} Sync;

/* A list ordered by a date, read window after window. */
typedef struct
{
  const char *by;
  char       *from; /* strictly after this */
  char       *last; /* date of the last row that was read */
  guint       skip;
  gboolean    finished;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->from, g_free);
  g_clear_pointer (&walk->last, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* ---- asking ---- */

static void
set_operator (JsonObject *filter, const char *field, const char *name, JsonNode *value)
{
  JsonObject *operator= json_object_has_member (filter, field)
      ? json_object_ref (json_object_get_object_member (filter, field))
      : json_object_new ();

  json_object_set_member (operator, name, value);
  json_object_set_object_member (filter, field, operator);
}

static JsonNode *
a_bool (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

static JsonNode *
a_string (const char *value)
{
  return json_node_init_string (json_node_alloc (), value);
}

static JsonNode *
a_list (const char *const *values, guint n)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_string_element (list, values[i]);
  return json_node_init_array (json_node_alloc (), list);
}

static JsonObject *
options_of (JsonObject *filter, const char *by, guint take, guint skip)
{
  JsonObject *options = json_object_new (), *sort = json_object_new ();

  if (by != NULL)
    json_object_set_string_member (sort, by, "ASC");
  json_object_set_string_member (sort, "id", "ASC");
  json_object_set_object_member (options, "filter", filter);
  json_object_set_object_member (options, "sort", sort);
  json_object_set_int_member (options, "take", take);
  json_object_set_int_member (options, "skip", skip);
  return options;
}

/* Orders that were placed. */
static JsonObject *
placed_filter (void)
{
  JsonObject *filter = json_object_new ();

  set_operator (filter, "active", "eq", a_bool (FALSE));
  set_operator (filter, BY_PLACED, "isNull", a_bool (FALSE));
  return filter;
}

static JsonObject *
walk_options (const Walk *walk)
{
  JsonObject *filter = placed_filter ();

  /* “after” says “not null” too. */
  if (g_str_equal (walk->by, BY_PLACED))
    json_object_remove_member (filter, BY_PLACED);
  set_operator (filter, walk->by, "after", a_string (walk->from));
  return options_of (filter, walk->by, ROWS_A_PAGE, walk->skip);
}

/* States of orders that are not finished: Vendure's own and what the settings call open. */
static GPtrArray *
standing_list (const WbVendureReader *reader)
{
  const char *const *known = wb_vendure_standing_states ();
  GPtrArray         *list = g_ptr_array_new ();
  GHashTableIter     iter;
  gpointer           state, meaning;

  for (guint i = 0; known[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) known[i]);
  g_hash_table_iter_init (&iter, reader->statuses);
  while (g_hash_table_iter_next (&iter, &state, &meaning))
    if ((g_str_equal (meaning, WB_SHOP_OPEN) || g_str_equal (meaning, WB_SHOP_UNPAID)) &&
        !g_ptr_array_find_with_equal_func (list, state, g_str_equal, NULL))
      g_ptr_array_add (list, state);
  return list;
}

static JsonObject *
standing_options (const WbVendureReader *reader, guint skip)
{
  g_autoptr (GPtrArray) states = standing_list (reader);
  JsonObject           *filter = placed_filter ();

  set_operator (filter, "state", "in", a_list ((const char *const *) states->pdata, states->len));
  return options_of (filter, NULL, STANDING_A_PAGE, skip);
}

static JsonObject *
with_options (JsonObject *options)
{
  JsonObject *variables = json_object_new ();

  json_object_set_object_member (variables, "options", options);
  return variables;
}

/* ---- rows ---- */

static gboolean
is_standing (const WbVendureReader *reader, const char *state)
{
  g_autoptr (GPtrArray) states = standing_list (reader);

  return state != NULL && g_ptr_array_find_with_equal_func (states, state, g_str_equal, NULL);
}

static void
add_problem (Sync *sync, const char *id, const WbJson *at, const GError *error)
{
  const char *code = wb_json_opt_string (at, "code");

  wb_vendure_cursor_doubt (&sync->cursor, id);
  g_ptr_array_add (sync->problems,
                   g_strdup_printf ("Order %s: %s", code != NULL ? code : id, error->message));
}

/* A row that cannot be read is told, kept for the next sync, and stops nobody. */
static gboolean
add_row (Sync *sync, const WbJson *at, GError **error)
{
  g_autofree char    *id = wb_json_scalar_text (at, "id");
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbOrder) order = NULL;
  char               *text;

  if (wb_text_is_empty (id))
    return wb_json_fail (at, "an order with its id", error);
  g_hash_table_add (sync->seen, g_strdup (id));
  if (wb_vendure_is_cart (at) || g_strcmp0 (wb_json_opt_string (at, "type"), "Aggregate") == 0)
    {
      wb_vendure_cursor_trust (&sync->cursor, id);
      wb_vendure_cursor_note (&sync->cursor, id, NULL);
      return TRUE;
    }
  wb_vendure_cursor_note (&sync->cursor, id,
                          is_standing (&sync->shop->reader, wb_json_opt_string (at, "state"))
                              ? wb_vendure_order_digest (at)
                              : NULL);
  order = wb_vendure_order_parse (at, &sync->shop->reader, &local);
  if (order == NULL)
    {
      add_problem (sync, id, at, local);
      return TRUE;
    }
  wb_vendure_cursor_trust (&sync->cursor, id);
  text = wb_json_to_text (at->node);
  g_ptr_array_add (sync->orders, g_steal_pointer (&order));
  g_ptr_array_add (sync->raws, g_bytes_new_take (text, strlen (text)));
  return TRUE;
}

static gboolean
hand_over (Sync *sync, GError **error)
{
  g_autofree char *text = wb_vendure_cursor_text (&sync->cursor);
  gboolean         ok;

  sync->done += sync->orders->len;
  ok = sync->page (sync->orders, sync->raws, sync->problems, text, sync->done, sync->total,
                   sync->data, error);
  g_ptr_array_set_size (sync->orders, 0);
  g_ptr_array_set_size (sync->raws, 0);
  g_ptr_array_set_size (sync->problems, 0);
  return ok;
}

/* ---- walking ---- */

/* Takes a window. A window that ends at the date at which it began goes on by number, with some
 * rows twice; any other begins anew just before its last row: rows that changed meanwhile have
 * moved behind. */
static gboolean
take_window (Sync *sync, Walk *walk, const WbJson *list, GError **error)
{
  g_autofree char *next = NULL;
  WbJson           items;
  guint            n;

  if (!wb_json_is_object (list) || !wb_json_array (list, "items", &items, &n, error))
    return wb_json_is_object (list) ? FALSE : wb_json_fail (list, "a list of orders", error);
  for (guint i = 0; i < n; i++)
    {
      WbJson           at = wb_json_element (&items, i);
      g_autofree char *id = wb_json_scalar_text (&at, "id");
      const char      *date = wb_json_opt_string (&at, walk->by);

      if (date != NULL)
        wb_set_str (&walk->last, date);
      if (id != NULL && g_hash_table_contains (sync->seen, id))
        continue;
      if (!add_row (sync, &at, error))
        return FALSE;
    }
  walk->finished = n < ROWS_A_PAGE;
  next = wb_vendure_cursor_before (walk->last, 1);
  if (walk->finished || walk->last == NULL)
    return TRUE;
  if (g_strcmp0 (next, walk->from) == 0)
    walk->skip += ROWS_A_PAGE - STEP_BACK;
  else
    {
      walk->skip = 0;
      wb_set_str (&walk->from, next);
    }
  return TRUE;
}

/* By the shop's clock, the latest date that is believed. */
static WbInstant
latest (Sync *sync)
{
  return sync->shop->clock_known ? wb_now () + sync->shop->clock_offset + LATEST_AHEAD : 0;
}

/* @mark: (nullable): what moves on with the walk. */
static gboolean
go_on (Sync *sync, Walk *walk, char **mark, GError **error)
{
  while (!walk->finished)
    {
      g_autoptr (JsonNode) root =
          wb_vendure_call (sync->shop, "orders.graphql", with_options (walk_options (walk)),
                           sync->cancellable, error);
      WbJson rows[3], list;

      if (root == NULL)
        return FALSE;
      list = wb_vendure_data (root, "orders", rows);
      if (sync->total < 0 && !wb_json_opt_int (&list, "totalItems", -1, &sync->total, NULL))
        sync->total = -1;
      if (!take_window (sync, walk, &list, error))
        return FALSE;
      if (mark != NULL)
        wb_vendure_cursor_move (mark, walk->last, latest (sync));
      if (!hand_over (sync, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- orders by their ids ---- */

static gboolean
read_some (Sync *sync, GPtrArray *ids, guint from, GError **error)
{
  guint       n = MIN (ROWS_A_PAGE, ids->len - from);
  JsonObject *filter = json_object_new ();
  WbJson      rows[3], list, items;
  guint       found;

  g_autoptr (JsonNode) root = NULL;

  set_operator (filter, "id", "in", a_list ((const char *const *) ids->pdata + from, n));
  root = wb_vendure_call (sync->shop, "orders.graphql",
                          with_options (options_of (filter, NULL, ROWS_A_PAGE, 0)),
                          sync->cancellable, error);
  if (root == NULL)
    return FALSE;
  list = wb_vendure_data (root, "orders", rows);
  if (!wb_json_array (&list, "items", &items, &found, error))
    return FALSE;
  /* What is not there any more is asked for no longer. */
  for (guint i = from; i < from + n; i++)
    {
      wb_vendure_cursor_trust (&sync->cursor, ids->pdata[i]);
      wb_vendure_cursor_note (&sync->cursor, ids->pdata[i], NULL);
    }
  for (guint i = 0; i < found; i++)
    {
      WbJson at = wb_json_element (&items, i);

      if (!add_row (sync, &at, error))
        return FALSE;
    }
  return hand_over (sync, error);
}

static gboolean
read_ids (Sync *sync, GPtrArray *ids, GError **error)
{
  for (guint from = 0; from < ids->len; from += ROWS_A_PAGE)
    if (!read_some (sync, ids, from, error))
      return FALSE;
  return TRUE;
}

/* ---- the unfinished ---- */

/* Adds to @wanted what stands otherwise than it did, and to @there what stands at all. */
static gboolean
compare (Sync         *sync,
         const WbJson *list,
         GHashTable   *there,
         GPtrArray    *wanted,
         gint64       *total,
         GError      **error)
{
  WbJson items;
  guint  n;

  if (!wb_json_int (list, "totalItems", total, error) ||
      !wb_json_array (list, "items", &items, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson           at = wb_json_element (&items, i);
      g_autofree char *id = wb_json_scalar_text (&at, "id");
      g_autofree char *digest = wb_vendure_order_digest (&at);

      if (id == NULL || !g_hash_table_add (there, g_strdup (id)))
        continue;
      if (g_strcmp0 (digest, g_hash_table_lookup (sync->cursor.standing, id)) != 0)
        g_ptr_array_add (wanted, g_strdup (id));
    }
  if (n == 0)
    *total = 0;
  return TRUE;
}

static void
add_vanished (Sync *sync, GHashTable *there, GPtrArray *wanted)
{
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, sync->cursor.standing);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (there, id))
      g_ptr_array_add (wanted, g_strdup (id));
  for (guint i = 0; i < sync->cursor.again->len; i++)
    if (!g_ptr_array_find_with_equal_func (wanted, sync->cursor.again->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (wanted, g_strdup (sync->cursor.again->pdata[i]));
}

/* @first: the first page, which came with the changes. */
static gboolean
read_standing (Sync *sync, const WbJson *first, GError **error)
{
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray)  wanted = g_ptr_array_new_with_free_func (g_free);
  gint64                 total;

  if (!compare (sync, first, there, wanted, &total, error))
    return FALSE;
  for (gint64 skip = STANDING_A_PAGE; skip < total + STEP_BACK; skip += STANDING_A_PAGE - STEP_BACK)
    {
      g_autoptr (JsonNode) root = NULL;
      WbJson               rows[3], list;

      if (total <= STANDING_A_PAGE)
        break;
      root = wb_vendure_call (
          sync->shop, "standing.graphql",
          with_options (standing_options (&sync->shop->reader, (guint) (skip - STEP_BACK))),
          sync->cancellable, error);
      if (root == NULL)
        return FALSE;
      list = wb_vendure_data (root, "orders", rows);
      if (!compare (sync, &list, there, wanted, &total, error))
        return FALSE;
    }
  add_vanished (sync, there, wanted);
  return read_ids (sync, wanted, error);
}

/* ---- a sync ---- */

/* The newest date the shop has now: all that is dated later is read by the syncs to come. */
static gboolean
take_mark (Sync *sync, GError **error)
{
  JsonObject          *options = options_of (placed_filter (), NULL, 1, 0);
  JsonObject          *sort = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3], list, items, newest;
  guint                n;

  json_object_set_string_member (sort, BY_UPDATED, "DESC");
  json_object_set_object_member (options, "sort", sort);
  root = wb_vendure_call (sync->shop, "orders.graphql", with_options (options), sync->cancellable,
                          error);
  if (root == NULL)
    return FALSE;
  list = wb_vendure_data (root, "orders", rows);
  if (!wb_json_array (&list, "items", &items, &n, error))
    return FALSE;
  newest = wb_json_element (&items, 0);
  if (n > 0)
    wb_vendure_cursor_move (&sync->cursor.updated, wb_json_opt_string (&newest, BY_UPDATED),
                            latest (sync));
  return TRUE;
}

static gboolean
import_all (Sync *sync, GError **error)
{
  g_auto (Walk) walk = { .by = BY_PLACED };

  if (sync->cursor.updated == NULL && !take_mark (sync, error))
    return FALSE;
  walk.from = wb_vendure_cursor_before (sync->cursor.placed, 1);
  if (!go_on (sync, &walk, &sync->cursor.placed, error))
    return FALSE;
  sync->cursor.complete = TRUE;
  sync->cursor.swept = wb_now ();
  return hand_over (sync, error);
}

static gboolean
read_changes (Sync *sync, GError **error)
{
  g_auto (Walk)        placed = { .by = BY_PLACED }, updated = { .by = BY_UPDATED };
  g_autoptr (JsonNode) root = NULL;
  JsonObject          *variables = json_object_new ();
  WbJson               rows[3], other[3], third[3], list;

  placed.from = wb_vendure_cursor_before (sync->cursor.placed, OVERLAP_MS);
  updated.from = wb_vendure_cursor_before (sync->cursor.updated, OVERLAP_MS);
  json_object_set_object_member (variables, "placed", walk_options (&placed));
  json_object_set_object_member (variables, "updated", walk_options (&updated));
  json_object_set_object_member (variables, "standing", standing_options (&sync->shop->reader, 0));
  root = wb_vendure_call (sync->shop, "changes.graphql", variables, sync->cancellable, error);
  if (root == NULL)
    return FALSE;
  list = wb_vendure_data (root, "placed", rows);
  wb_vendure_take_precision (sync->shop, &rows[1]);
  if (!take_window (sync, &placed, &list, error))
    return FALSE;
  list = wb_vendure_data (root, "updated", other);
  if (!take_window (sync, &updated, &list, error))
    return FALSE;
  wb_vendure_cursor_move (&sync->cursor.placed, placed.last, latest (sync));
  wb_vendure_cursor_move (&sync->cursor.updated, updated.last, latest (sync));
  if (!hand_over (sync, error) || !go_on (sync, &placed, &sync->cursor.placed, error) ||
      !go_on (sync, &updated, &sync->cursor.updated, error))
    return FALSE;
  list = wb_vendure_data (root, "standing", third);
  return read_standing (sync, &list, error);
}

/* Refunds of closed orders move no date. */
static gboolean
sweep (Sync *sync, GError **error)
{
  g_auto (Walk) walk = { .by = BY_PLACED };
  WbInstant     now = wb_now ();

  if (now >= sync->cursor.swept && now - sync->cursor.swept < SWEEP_EVERY)
    return TRUE;
  walk.from = wb_vendure_cursor_before (sync->cursor.placed, SWEEP_BACK_MS);
  if (!go_on (sync, &walk, NULL, error))
    return FALSE;
  sync->cursor.swept = now;
  return hand_over (sync, error);
}

/** wb_vendure_fetch_orders: see wb_shop_fetch_orders(). */
gboolean
wb_vendure_fetch_orders (WbShop        *shop,
                         const char    *cursor,
                         WbShopPageFunc page,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (GPtrArray)  orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray)  raws = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray)  problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Sync                   sync = {
                      .shop = WB_VENDURE_SHOP (shop),
                      .page = page,
                      .data = data,
                      .cancellable = cancellable,
                      .total = -1,
                      .seen = seen,
                      .orders = orders,
                      .raws = raws,
                      .problems = problems,
  };
  gboolean ok;

  if (!wb_vendure_cursor_init (&sync.cursor, cursor, error))
    return FALSE;
  ok = sync.cursor.complete
           ? read_changes (&sync, error) && sweep (&sync, error)
           : wb_vendure_know_precision (sync.shop, cancellable, error) && import_all (&sync, error);
  wb_vendure_cursor_clear (&sync.cursor);
  return ok;
}

/** wb_vendure_fetch_order: see wb_shop_fetch_order(). */
WbOrder *
wb_vendure_fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error)
{
  WbVendureShop         *self = WB_VENDURE_SHOP (shop);
  g_auto (WbVendureLook) look = { 0 };
  g_autoptr (WbOrder)    order = NULL;

  if (!wb_vendure_look (self, order_ref, &look, cancellable, error))
    return NULL;
  order = wb_vendure_order_parse (&look.order, &self->reader, error);
  if (order != NULL && raw != NULL)
    {
      char *text = wb_json_to_text (look.order.node);

      *raw = g_bytes_new_take (text, strlen (text));
    }
  return g_steal_pointer (&order);
}

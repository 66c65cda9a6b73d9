/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which orders the list wants, as a work for the worker: a query that owns its words. */
#include "wb-orders-query.h"

static const char *const to_ship[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
static const char *const waiting[] = { WB_STAGE_WAITING, NULL };
static const char *const shipped[] = { WB_STAGE_SHIPPED, NULL };

static const struct
{
  const char *const *stages;
  gboolean           needs_person;
} filters[WB_N_FILTERS] = {
  [WB_FILTER_TO_SHIP] = { to_ship, FALSE }, [WB_FILTER_NEEDS_YOU] = { NULL, TRUE },
  [WB_FILTER_WAITING] = { waiting, FALSE }, [WB_FILTER_SHIPPED] = { shipped, FALSE },
  [WB_FILTER_ALL] = { NULL, FALSE },
};

/** wb_orders_wish_copy: Returns: (transfer full): a copy of @wish with words of its own. */
WbOrdersWish *
wb_orders_wish_copy (const WbOrdersWish *wish)
{
  WbOrdersWish *copy = g_memdup2 (wish, sizeof *wish);

  copy->text = g_strdup (wish->text);
  copy->sort = g_strdup (wish->sort);
  copy->charge = g_strdup (wish->charge);
  copy->tag = g_strdup (wish->tag);
  copy->only = wish->only != NULL ? g_array_ref (wish->only) : NULL;
  copy->keep = wish->keep != NULL ? g_array_ref (wish->keep) : NULL;
  return copy;
}

/** wb_orders_wish_clear: frees what @wish holds; it then asks for nothing in particular. */
void
wb_orders_wish_clear (WbOrdersWish *wish)
{
  g_clear_pointer (&wish->text, g_free);
  g_clear_pointer (&wish->sort, g_free);
  g_clear_pointer (&wish->charge, g_free);
  g_clear_pointer (&wish->tag, g_free);
  g_clear_pointer (&wish->only, g_array_unref);
  g_clear_pointer (&wish->keep, g_array_unref);
  *wish = (WbOrdersWish){ .filter = WB_FILTER_ALL };
}

/** wb_orders_query_free: frees an allocated @wish. */
void
wb_orders_query_free (gpointer wish)
{
  wb_orders_wish_clear (wish);
  g_free (wish);
}

/**
 * wb_orders_find_places:
 * @ids: (element-type gint64): a list
 * @keep: (element-type gint64): some that may be in it
 *
 * Returns: (transfer full) (element-type guint): where in @ids those of @keep are, rising.
 */
GArray *
wb_orders_find_places (GArray *ids, GArray *keep)
{
  GArray                *places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < keep->len; i++)
    g_hash_table_add (wanted, &g_array_index (keep, gint64, i));
  for (guint i = 0; i < ids->len && places->len < keep->len; i++)
    if (g_hash_table_contains (wanted, &g_array_index (ids, gint64, i)))
      g_array_append_val (places, i);
  return places;
}

static guint
count_of (GHashTable *stages, const char *const *wanted)
{
  GHashTableIter iter;
  gpointer       stage, count;
  guint          sum = 0;

  g_hash_table_iter_init (&iter, stages);
  while (g_hash_table_iter_next (&iter, &stage, &count))
    if (wanted == NULL || g_strv_contains (wanted, stage))
      sum += GPOINTER_TO_UINT (count);
  return sum;
}

static gboolean
count_all (WbBook *book, WbOrdersFound *found, GError **error)
{
  g_autoptr (GHashTable) stages = wb_book_count_stages (book, error);
  g_autoptr (GArray)     needing = NULL;

  if (stages == NULL)
    return FALSE;
  needing = wb_book_list_order_ids (
      book, &(WbOrderQuery){ .needs_person = TRUE, .sort = "placed_at" }, error);
  if (needing == NULL)
    return FALSE;
  for (guint i = 0; i < WB_N_FILTERS; i++)
    found->counts[i] =
        filters[i].needs_person ? needing->len : count_of (stages, filters[i].stages);
  return TRUE;
}

static GArray *
list_ids (WbBook *book, const WbOrdersWish *wish, GError **error)
{
  WbOrderQuery query = {
    .stages = filters[wish->filter].stages,
    .needs_person = filters[wish->filter].needs_person,
    .text = wish->text != NULL && *wish->text != '\0' ? wish->text : NULL,
    .channel_id = wish->channel_id,
    .charge_state = wish->charge,
    .tag = wish->tag,
    .marked = wish->marked,
    .sort = wish->sort != NULL ? wish->sort : "placed_at",
    .ascending = wish->ascending,
    .limit = wish->limit,
  };

  return wish->only != NULL ? g_array_copy (wish->only)
                            : wb_book_list_order_ids (book, &query, error);
}

static gpointer
run_query (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbOrdersWish             *wish = data;
  WbBook                   *book = wb_job_get_book (job, error);
  g_autoptr (WbOrdersFound) found = g_new0 (WbOrdersFound, 1);

  if (book == NULL || (wish->count && !count_all (book, found, error)))
    return NULL;
  found->counted = wish->count;
  found->ids = list_ids (book, wish, error);
  if (found->ids == NULL)
    return NULL;
  found->more = wish->limit > 0 && found->ids->len == wish->limit;
  if (wish->keep != NULL)
    found->places = wb_orders_find_places (found->ids, wish->keep);
  return g_steal_pointer (&found);
}

const WbWorkKind wb_orders_query_work = {
  .run = run_query,
  .free_data = wb_orders_query_free,
  .free_result = (GDestroyNotify) wb_orders_found_free,
};

/** wb_orders_found_free: frees what a query found. */
void
wb_orders_found_free (WbOrdersFound *found)
{
  g_clear_pointer (&found->ids, g_array_unref);
  g_clear_pointer (&found->places, g_array_unref);
  g_free (found);
}

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

typedef struct
{
  WbOrderFilter filter;
  char         *text;
  const char   *sort; /* static */
  gboolean      ascending;
  gboolean      count;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query);
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

static gpointer
run_query (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Query                    *query = data;
  WbBook                   *book = wb_job_get_book (job, error);
  g_autoptr (WbOrdersFound) found = g_new0 (WbOrdersFound, 1);
  WbOrderQuery              wish = {
                 .stages = filters[query->filter].stages,
                 .text = query->text,
                 .needs_person = filters[query->filter].needs_person,
                 .sort = query->sort,
                 .ascending = query->ascending,
  };

  if (book == NULL || (query->count && !count_all (book, found, error)))
    return NULL;
  found->counted = query->count;
  found->ids = wb_book_list_order_ids (book, &wish, error);
  return found->ids != NULL ? g_steal_pointer (&found) : NULL;
}

const WbWorkKind wb_orders_query_work = {
  .run = run_query,
  .free_data = query_free,
  .free_result = (GDestroyNotify) wb_orders_found_free,
};

/**
 * wb_orders_query_new:
 * @text: (nullable): words to find
 * @sort: a static name as of #WbOrderQuery
 * @count: count what each filter lets through, too; that takes longer than to find
 *
 * Returns: (transfer full): data for #wb_orders_query_work, whose result is a #WbOrdersFound.
 */
gpointer
wb_orders_query_new (
    WbOrderFilter filter, const char *text, const char *sort, gboolean ascending, gboolean count)
{
  Query *query = g_new0 (Query, 1);

  query->filter = filter;
  query->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  query->sort = sort;
  query->ascending = ascending;
  query->count = count;
  return query;
}

/** wb_orders_found_free: frees what a query found. */
void
wb_orders_found_free (WbOrdersFound *found)
{
  g_clear_pointer (&found->ids, g_array_unref);
  g_free (found);
}

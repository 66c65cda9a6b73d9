/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which shipments the list wants, as a work for the worker: a query that owns its words. */
#include "wb-shipments-query.h"

#define MOST_ORDERS 500 /* found by their words; more are not told apart by looking */

static const char *const open_states[] = { WB_SHIPMENT_PLANNED, WB_SHIPMENT_LABELLED, NULL };
static const char *const shipped_states[] = { WB_SHIPMENT_SHIPPED, NULL };
static const char *const void_states[] = { WB_SHIPMENT_VOID, NULL };

static const char *const *const filters[WB_N_SHIPMENTS_FILTERS] = {
  [WB_SHIPMENTS_ALL] = NULL,
  [WB_SHIPMENTS_OPEN] = open_states,
  [WB_SHIPMENTS_SHIPPED] = shipped_states,
  [WB_SHIPMENTS_VOID] = void_states,
};

typedef struct
{
  WbShipmentsFilter filter;
  char             *text;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query);
}

static gboolean
count_all (WbBook *book, WbShipmentsFound *found, GError **error)
{
  for (guint i = 0; i < WB_N_SHIPMENTS_FILTERS; i++)
    {
      gint64 count = 0;

      if (filters[i] == NULL && !wb_book_count_shipments (book, NULL, &found->counts[i], error))
        return FALSE;
      for (guint k = 0; filters[i] != NULL && filters[i][k] != NULL; k++)
        {
          if (!wb_book_count_shipments (book, filters[i][k], &count, error))
            return FALSE;
          found->counts[i] += count;
        }
    }
  return TRUE;
}

static gpointer
run_query (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Query                       *query = data;
  WbBook                      *book = wb_job_get_book (job, error);
  g_autoptr (WbShipmentsFound) found = g_new0 (WbShipmentsFound, 1);
  g_autoptr (GArray)           orders = NULL;

  if (book == NULL || !count_all (book, found, error))
    return NULL;
  if (query->text != NULL &&
      (orders = wb_book_search (book, query->text, MOST_ORDERS, error)) == NULL)
    return NULL;
  found->ids = wb_book_list_shipment_ids (book, filters[query->filter], orders, error);
  return found->ids != NULL ? g_steal_pointer (&found) : NULL;
}

const WbWorkKind wb_shipments_query_work = {
  .run = run_query,
  .free_data = query_free,
  .free_result = (GDestroyNotify) wb_shipments_found_free,
};

/**
 * wb_shipments_query_new:
 * @text: (nullable): words of an order or a tracking number to find
 *
 * Returns: (transfer full): data for #wb_shipments_query_work, whose result is a #WbShipmentsFound.
 */
gpointer
wb_shipments_query_new (WbShipmentsFilter filter, const char *text)
{
  Query *query = g_new0 (Query, 1);

  query->filter = filter;
  query->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  return query;
}

/** wb_shipments_found_free: frees what a query found. */
void
wb_shipments_found_free (WbShipmentsFound *found)
{
  g_clear_pointer (&found->ids, g_array_unref);
  g_free (found);
}

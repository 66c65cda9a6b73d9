/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures for a glance: what came in and went out by day, and what waits to be captured. */
#include "wb-book-private.h"

static gboolean
fill_days (
    WbBook *self, const char *sql, WbInstant first, guint n_days, gint64 *counts, GError **error)
{
  g_autoptr (WbRows) rows = wb_database_query (self->database, error, sql, "ii", first, first);
  g_autoptr (GError) local = NULL;

  while (rows != NULL && wb_rows_next (rows, &local))
    if (wb_rows_int (rows, 0) >= 0 && wb_rows_int (rows, 0) < n_days)
      counts[wb_rows_int (rows, 0)] = wb_rows_int (rows, 1);
  if (rows != NULL && local == NULL)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_book_count_days:
 * @first: the beginning of the first day
 * @orders_in: (out): orders placed on each of @n_days days
 * @parcels_out: (out): parcels that left on each: what is carried in another's is none
 */
gboolean
wb_book_count_days (WbBook   *self,
                    WbInstant first,
                    guint     n_days,
                    gint64   *orders_in,
                    gint64   *parcels_out,
                    GError  **error)
{
  return fill_days (
             self,
             "SELECT (placed_at - ?) / 86400, COUNT(*) FROM orders WHERE placed_at >= ? GROUP BY 1",
             first, n_days, orders_in, error) &&
         fill_days (self,
                    "SELECT (shipped_at - ?) / 86400, COUNT(*) FROM shipment WHERE state = "
                    "'shipped' AND shipped_at >= ? AND carried_by IS NULL GROUP BY 1",
                    first, n_days, parcels_out, error);
}

/** wb_book_sum_to_capture: Returns: (transfer full) (element-type WbMoney): what is authorised on
 * orders still to ship, one amount a currency. */
GArray *
wb_book_sum_to_capture (WbBook *self, GError **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (WbMoney));
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error,
      "SELECT currency, SUM(total - refunded_total - captured) FROM orders WHERE stage IN "
      "('ready', 'partial', 'hold') "
      "AND charge_state IN ('authorised', 'partial') GROUP BY currency ORDER BY 2 DESC",
      NULL);

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      WbMoney sum = wb_money (wb_rows_int (rows, 1), wb_rows_text (rows, 0));

      g_array_append_val (sums, sum);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&sums);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_book_list_saved_views: Returns: (transfer full) (element-type WbSavedView): by name. */
GPtrArray *
wb_book_list_saved_views (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_saved_view_get_type (), error, "ORDER BY name",
                             NULL);
}

/** wb_book_delete_saved_view: forgets a saved view. */
gboolean
wb_book_delete_saved_view (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM saved_view WHERE id = ?", "i", id);
}

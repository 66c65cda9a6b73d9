/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the flow tests share: a practice workspace in a temporary folder, orders to ship, faults,
 * and whether the books agree. */
#include "flow-bench.h"

/* Orders with an authorised card that is not declined, oldest first. */
static void
list_orders (FlowBench *self)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GError)       error = NULL;
  g_autoptr (GArray)       all = wb_book_list_order_ids (self->book, &query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      gint64              id = g_array_index (all, gint64, i);
      g_autoptr (WbOrder) order = flow_bench_order (self, id);
      g_autofree char    *path =
          g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));

      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_AUTHORISED) != 0)
        continue;
      flow_bench_control (self, "POST", path, "{\"declines\": false}");
      g_array_append_val (self->ids, id);
    }
}

/** flow_bench_new: Returns: (transfer full): a synced practice workspace whose shop has @orders
 * orders. */
FlowBench *
flow_bench_new (guint orders)
{
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) result = { 0 };
  FlowBench            *self = g_new0 (FlowBench, 1);

  self->folder = wb_test_temp_folder ();
  self->practice = wb_practice_open (self->folder, orders, 7, &error);
  g_assert_no_error (error);
  self->desk = wb_practice_open_desk (self->practice, "test", &error);
  g_assert_no_error (error);
  self->book = wb_desk_get_book (self->desk);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  flow_bench_sync (self, &result);
  list_orders (self);
  return self;
}

/** flow_bench_free: closes everything and removes the folder. */
void
flow_bench_free (FlowBench *self)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->practice, wb_practice_close);
  g_array_unref (self->ids);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

/** flow_bench_sync: syncs all; must succeed. */
void
flow_bench_sync (FlowBench *self, WbSyncResult *result)
{
  g_autoptr (GError) error = NULL;

  wb_desk_sync (self->desk, 0, NULL, NULL, result, NULL, &error);
  g_assert_no_error (error);
}

/** flow_bench_take_order: Returns: an order nobody has taken yet with at least so many pieces to
 * ship. */
gint64
flow_bench_take_order (FlowBench *self, gint64 least_pieces)
{
  while (self->next < self->ids->len)
    {
      gint64              id = g_array_index (self->ids, gint64, self->next++);
      g_autoptr (WbOrder) order = flow_bench_order (self, id);

      if (wb_order_to_ship (order) >= least_pieces)
        return id;
    }
  g_error ("the bench has too few orders");
}

/** flow_bench_order: Returns: (transfer full): the order as the book has it now. */
WbOrder *
flow_bench_order (FlowBench *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  WbOrder           *order = wb_book_get_order (self->book, id, &error);

  g_assert_no_error (error);
  return order;
}

/** flow_bench_control: tells the town something; it must understand. */
void
flow_bench_control (FlowBench *self, const char *method, const char *path, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *body = NULL;
  g_autofree char   *reply = NULL;
  va_list            arguments;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  reply = wb_practice_control (self->practice, method, path, body, &error);
  g_assert_no_error (error);
}

/** flow_bench_plan: plans all of an order, or @n pieces of one line. Returns: the shipment, or 0.
 */
gint64
flow_bench_plan (FlowBench *self, gint64 order_id, gint64 line_id, gint64 n, GError **error)
{
  g_auto (WbShipAsk) ask = { .order_id = order_id, .weight_g = 900 };

  if (line_id != 0)
    {
      ask.n = 1;
      ask.line_ids = g_memdup2 (&line_id, sizeof line_id);
      ask.quantities = g_memdup2 (&n, sizeof n);
    }
  return wb_desk_plan_shipment (self->desk, &ask, NULL, NULL, error);
}

/** flow_bench_assert_agree: the town's own books and ours agree to the cent. */
void
flow_bench_assert_agree (FlowBench *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *theirs =
      wb_practice_control (self->practice, "GET", "/town/books", NULL, &error);
  g_autoptr (WbConnection) shop = wb_book_find_connection (self->book, WB_PRACTICE_SHOP, &error);
  g_auto (WbPracticeBooks) books = { 0 };

  g_assert_no_error (error);
  wb_practice_compare_books (self->book, wb_record_get_int (shop, WB_CONNECTION_ID), theirs, &books,
                             &error);
  g_assert_no_error (error);
  for (guint i = 0; i < books.differences->len; i++)
    g_test_message ("%s", (const char *) books.differences->pdata[i]);
  g_assert_cmpuint (books.differences->len, ==, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test of refunds: the program is killed at every point of giving money back and telling
 * the shop, under each fault, and started again. Afterwards the money was given back once, the shop
 * was told once, and the ledger says so. Last line: “plug-refund: N points, 0 doubled, 0 lost”. */
#include "plug-bench.h"
#include "wb-desk-charge.h"
#include "wb-test.h"

#include <string.h>

#define AMOUNT 10

/* @wish: the refund's own name; “recover”: what was begun goes on. */
static int
child (const char *book, gint64 order_id, const char *wish)
{
  g_autoptr (WbDesk) desk = wb_bench_open (book);
  WbRefundAsk        ask = { .order_id = order_id, .amount = AMOUNT, .reason = wish, .id = wish };

  if (g_str_equal (wish, "recover"))
    return wb_desk_recover (desk, NULL, NULL, NULL, NULL) ? 0 : 1;
  return wb_desk_refund (desk, &ask, NULL, NULL, NULL) ? 0 : 1;
}

static const PlugFault faults[] = {
  { NULL, NULL, NULL, NULL },
  { "stripe", "POST", "/refunds$", "cut-before" },
  { "stripe", "POST", "/refunds$", "cut-after" },
  { "shop", "POST", "/refunds$", "cut-after" },
  { "shop", "POST", "/refunds$", "500-after" },
};

typedef struct
{
  Plug   plug;
  gint64 order;
  char  *order_text, *remote_id;
  guint  made;
} Refund;

static gboolean
run_child (Refund *self, const char *wish, guint kill_at)
{
  return plug_run (&self->plug, kill_at, self->plug.bench->book, self->order_text, wish, NULL);
}

static void
judge_all (Refund *self, const char *point)
{
  WbBook               *book = wb_desk_get_book (self->plug.desk);
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, self->order, NULL);
  g_autoptr (JsonNode)  root = wb_bench_books (self->plug.bench);
  WbJson                books = wb_json_root (root, "books"), orders;
  gint64                ledger = 0, given = 0, told = 0;
  guint                 n = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_REFUNDED))
      ledger -= wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  g_assert_true (wb_json_array (&books, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&orders, i);
      WbJson           payment = wb_json_member (&one, "payment");
      g_autofree char *id = wb_json_scalar_text (&one, "id");

      if (g_strcmp0 (id, self->remote_id) != 0)
        continue;
      g_assert_true (wb_json_int (&payment, "refunded", &given, NULL));
      g_assert_true (wb_json_int (&one, "refunds", &told, NULL));
    }
  plug_judge (&self->plug, "given back", given, AMOUNT * (gint64) self->made, point);
  plug_judge (&self->plug, "in the ledger", ledger, AMOUNT * (gint64) self->made, point);
  plug_judge (&self->plug, "told", told, self->made, point);
}

/* FALSE: giving back has no such point. What was never written down is asked for once more. */
static gboolean
try_point (Refund *self, const PlugFault *fault, guint number, guint at)
{
  g_autofree char *wish = g_strdup_printf ("wish-%u-%u", number, at);
  g_autofree char *name = plug_point (fault, at);
  gboolean         killed;

  plug_fault (&self->plug, fault);
  killed = run_child (self, wish, at);
  run_child (self, "recover", 0);
  wb_bench_no_faults (self->plug.bench);
  run_child (self, "recover", 0);
  run_child (self, wish, 0);
  self->made++;
  judge_all (self, name);
  self->plug.points += killed;
  return killed;
}

static void
prepare (Refund *self)
{
  g_autoptr (GArray)  calm = wb_bench_calm (self->plug.bench, self->plug.desk);
  g_autoptr (WbOrder) best = NULL;
  g_autoptr (GError)  error = NULL;
  gint64              shipment;

  for (guint i = 0; i < calm->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (wb_desk_get_book (self->plug.desk),
                                                     g_array_index (calm, gint64, i), NULL);

      if (best == NULL ||
          wb_record_get_int (order, WB_ORDER_TOTAL) > wb_record_get_int (best, WB_ORDER_TOTAL))
        g_set_object (&best, order);
    }
  self->order = wb_record_get_int (best, WB_ORDER_ID);
  self->order_text = g_strdup_printf ("%" G_GINT64_FORMAT, self->order);
  self->remote_id = g_strdup (wb_record_get_text (best, WB_ORDER_REMOTE_ID));
  shipment = wb_bench_plan (self->plug.desk, self->order, &error);
  g_assert_no_error (error);
  wb_desk_ship (self->plug.desk, shipment, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Refund        self = { 0 };

  if (plug_is_child (argc, argv))
    return child (argv[3], g_ascii_strtoll (argv[4], NULL, 10), argv[5]);
  options.orders = 60;
  options.seed = 9;
  self.plug.program = argv[0];
  self.plug.bench = wb_bench_new (&options);
  self.plug.desk = wb_bench_open (self.plug.bench->book);
  prepare (&self);
  for (guint fault = 0; fault < G_N_ELEMENTS (faults); fault++)
    for (guint at = 1; try_point (&self, &faults[fault], fault, at); at++)
      ;
  g_free (self.remote_id);
  g_free (self.order_text);
  return plug_end (&self.plug, "plug-refund", 41);
}

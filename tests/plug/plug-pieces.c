/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test of a change of pieces: the program is killed at every point of telling the shop,
 * under each fault of the town, and started again. Afterwards the shop has the pieces that were
 * asked for, or those it had, the book has the shop's, and nothing is left undecided. Last line:
 * “plug-pieces: N points, 0 doubled, 0 lost”. */
#include "plug-bench.h"
#include "wb-desk-channel.h"
#include "wb-test.h"

#include <stdio.h>
#include <string.h>

/* @order, @line, @pieces: numbers; “recover”: what was begun goes on. */
static int
child (const char *book, const char *order, const char *line, const char *pieces)
{
  g_autoptr (WbDesk) desk = wb_bench_open (book);
  g_autofree char   *outcome = NULL;
  gint64             id = g_ascii_strtoll (line, NULL, 10);
  gint64             wanted = g_ascii_strtoll (pieces, NULL, 10);
  WbPiecesAsk        ask = {
           .order_id = g_ascii_strtoll (order, NULL, 10), .n = 1, .line_ids = &id, .quantities = &wanted
  };

  if (g_str_equal (order, "recover"))
    return wb_desk_recover (desk, NULL, NULL, NULL, NULL) ? 0 : 1;
  return wb_desk_change_pieces (desk, &ask, &outcome, NULL, NULL) ? 0 : 1;
}

static const PlugFault faults[] = {
  { 0 },
  { "shop", "PUT", "/orders/", "cut-before" },
  { "shop", "PUT", "/orders/", "cut-after" },
  { "shop", "PUT", "/orders/", "cut-mid" },
  { "shop", "PUT", "/orders/", "500-before" },
  { "shop", "PUT", "/orders/", "500-after" },
  { "shop", "PUT", "/orders/", "truncated" },
  { "shop", "PUT", "/orders/", "503-html" },
};

typedef struct
{
  Plug    plug;
  WbBook *book;
  gint64  order, line;
  gint64  pieces; /* as the shop has them */
} Change;

static gint64
pieces_in_book (Change *self)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, self->order, NULL);

  return wb_order_line_pieces (wb_order_find_line (order, self->line));
}

/* What the shop has, read into the book; -1: it cannot be read. */
static gint64
pieces_in_shop (Change *self)
{
  g_auto (WbSyncResult) result = { 0 };

  return wb_desk_sync (self->plug.desk, 0, NULL, NULL, &result, NULL, NULL) ? pieces_in_book (self)
                                                                            : -1;
}

/* Operations of the order of which nobody knows what became; with @planned those too that were
 * never sent. */
static gint64
undecided (Change *self, gboolean planned)
{
  g_autoptr (GPtrArray) operations = wb_book_list_operations_of (self->book, self->order, 0, NULL);
  gint64                n = 0;

  for (guint i = 0; i < operations->len; i++)
    n += wb_operation_is (operations->pdata[i], WB_OPERATION_SENDING) ||
         wb_operation_is (operations->pdata[i], WB_OPERATION_UNSURE) ||
         (planned && wb_operation_is (operations->pdata[i], WB_OPERATION_PLANNED));
  return n;
}

/* Once more, with no fault and no plug: the same wish changes nothing that it has changed. */
static void
ask_again (Change *self, const char *order, const char *line, const char *pieces)
{
  plug_run (&self->plug, 0, self->plug.bench->book, order, line, pieces, NULL);
}

/* FALSE: the change has no such point. */
static gboolean
try_point (Change *self, const PlugFault *fault, guint at)
{
  gint64           wanted = self->pieces + 1;
  g_autofree char *order = g_strdup_printf ("%" G_GINT64_FORMAT, self->order);
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, self->line);
  g_autofree char *pieces = g_strdup_printf ("%" G_GINT64_FORMAT, wanted);
  g_autofree char *name = plug_point (fault, at);
  gint64           after;
  gboolean         killed;

  plug_fault (&self->plug, fault);
  killed = plug_run (&self->plug, at, self->plug.bench->book, order, line, pieces, NULL);
  wb_bench_no_faults (self->plug.bench);
  plug_run (&self->plug, 0, self->plug.bench->book, "recover", "0", "0", NULL);
  after = pieces_in_shop (self);
  if (after != self->pieces)
    plug_judge (&self->plug, "pieces in the shop", after, wanted, name);
  plug_judge (&self->plug, "undecided", undecided (self, FALSE), 0, name);
  ask_again (self, order, line, pieces);
  plug_judge (&self->plug, "left over", undecided (self, TRUE), 0, name);
  plug_judge (&self->plug, "pieces in the end", pieces_in_shop (self), wanted, name);
  self->pieces = wanted;
  self->plug.points += killed;
  return killed;
}

int
main (int argc, char **argv)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  Change              self = { 0 };
  g_autoptr (GArray)  calm = NULL;
  g_autoptr (WbOrder) order = NULL;
  gpointer            line;

  if (plug_is_child (argc, argv))
    return child (argv[3], argv[4], argv[5], argv[6]);
  options.orders = 40;
  options.seed = 9;
  self.plug.program = argv[0];
  self.plug.bench = wb_bench_new (&options);
  self.plug.desk = wb_bench_open (self.plug.bench->book);
  self.book = wb_desk_get_book (self.plug.desk);
  calm = wb_bench_calm (self.plug.bench, self.plug.desk);
  self.order = g_array_index (calm, gint64, 0);
  order = wb_book_get_order (self.book, self.order, NULL);
  line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  self.line = wb_record_get_int (line, WB_ORDER_LINE_ID);
  self.pieces = wb_order_line_pieces (line);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint at = 1; try_point (&self, &faults[i], at); at++)
      ;
  return plug_end (&self.plug, "plug-pieces", 30);
}

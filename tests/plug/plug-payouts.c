/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test of reading a gateway's books: the program is killed at every point of reading its
 * balance and its payouts, under each fault, and started again. Afterwards the book is the one that
 * an undisturbed reading makes, to the last row. Last line: “plug-payouts: N points, 0 doubled, 0
 * lost”. */
#include "plug-bench.h"
#include "wb-database.h"
#include "wb-money-sync.h"
#include "wb-test.h"

#include <glib/gstdio.h>

static int
child (const char *book)
{
  g_autoptr (WbDesk)   desk = wb_bench_open (book);
  g_auto (WbMoneySync) result = { 0 };

  return wb_desk_sync_money (desk, 0, NULL, NULL, &result, NULL, NULL) ? 0 : 1;
}

static const PlugFault faults[] = {
  { NULL, NULL, NULL, NULL },
  { "stripe", "GET", "/balance_transactions$", "truncated" },
  { "stripe", "GET", "/payouts$", "cut-mid" },
};

/* What is counted and summed: more of one is doubled, less is lost. */
static const struct
{
  const char *what, *sql;
} counts[] = {
  { "ledger entries", "SELECT COUNT (*) FROM ledger" },
  { "captured", "SELECT COALESCE (SUM (amount), 0) FROM ledger WHERE kind = 'captured'" },
  { "settled", "SELECT COALESCE (SUM (settle_amount), 0) FROM ledger WHERE kind = 'settled'" },
  { "fees", "SELECT COALESCE (-SUM (amount), 0) FROM ledger WHERE kind = 'fee'" },
  { "paid out", "SELECT COALESCE (-SUM (amount), 0) FROM ledger WHERE kind = 'payout'" },
  { "payouts", "SELECT COUNT (*) FROM payout" },
  { "payouts read", "SELECT COUNT (*) FROM payout WHERE items_read_at > 0" },
  { "payout items", "SELECT COUNT (*) FROM payout_item" },
  { "net of the items", "SELECT COALESCE (SUM (net), 0) FROM payout_item" },
  { "items with their order", "SELECT COUNT (*) FROM payout_item WHERE order_id IS NOT NULL" },
};

typedef struct
{
  Plug   plug;
  char  *work; /* the book that is read into, anew for each point */
  gint64 should[G_N_ELEMENTS (counts)];
} Payouts;

static void
count_all (Payouts *self, gint64 *values)
{
  WbDatabase *door = wb_database_open (self->work, WB_DATABASE_READ_ONLY, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_true (wb_database_get_int (door, &values[i], NULL, counts[i].sql, NULL));
  wb_database_close (door);
}

/* The book as it was before anything of the gateway was read. */
static void
start_anew (Payouts *self)
{
  static const char *const parts[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (self->plug.bench->book, parts[i], NULL),
                      *to = g_strconcat (self->work, parts[i], NULL), *content = NULL;
      gsize size = 0;

      g_unlink (to);
      if (g_file_get_contents (from, &content, &size, NULL))
        g_assert_true (g_file_set_contents (to, content, (gssize) size, NULL));
    }
}

/* FALSE: reading has no such point. */
static gboolean
try_point (Payouts *self, const PlugFault *fault, guint at)
{
  g_autofree char *name = plug_point (fault, at);
  gint64           is[G_N_ELEMENTS (counts)];
  gboolean         killed;

  start_anew (self);
  plug_fault (&self->plug, fault);
  killed = plug_run (&self->plug, at, self->work, NULL);
  wb_bench_no_faults (self->plug.bench);
  plug_run (&self->plug, 0, self->work, NULL);
  plug_run (&self->plug, 0, self->work, NULL); /* reading again changes nothing */
  count_all (self, is);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    plug_judge (&self->plug, counts[i].what, is[i], self->should[i], name);
  self->plug.points += killed;
  return killed;
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Payouts       self = { 0 };
  int           verdict;

  if (plug_is_child (argc, argv))
    return child (argv[3]);
  options.orders = 150;
  options.seed = 9;
  options.epoch = wb_now () - 30 * 24 * 60 * 60; /* so that there are payouts */
  self.plug.program = argv[0];
  self.plug.bench = wb_bench_new (&options);
  self.work = g_build_filename (self.plug.bench->folder, "work.waybill", NULL);
  start_anew (&self);
  plug_run (&self.plug, 0, self.work, NULL);
  count_all (&self, self.should);
  g_assert_cmpint (self.should[1], >, 0);
  g_assert_cmpint (self.should[6], >, 1);
  g_assert_cmpint (self.should[7], >, 10);
  for (guint fault = 0; fault < G_N_ELEMENTS (faults); fault++)
    for (guint at = 1; try_point (&self, &faults[fault], at); at++)
      ;
  verdict = plug_end (&self.plug, "plug-payouts", 20);
  g_free (self.work);
  return verdict;
}

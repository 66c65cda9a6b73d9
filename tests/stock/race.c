/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eight processes at one book: they take orders, allocate, pick, put back, ship, receive and count
 * at the same time. Afterwards stock is the sum of its movements, nothing was sold twice, and
 * nobody was left out. WAYBILL_RACE_SECONDS: how long (15). */
#include "stock-bench.h"
#include "wb-book-private.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES 8
#define PRODUCTS  40
#define ROUNDS    6

typedef struct
{
  gint64 done[PROCESSES];    /* what each has done */
  gint64 refused[PROCESSES]; /* what another was quicker with */
  gint64 longest[PROCESSES]; /* the longest wait for one thing, µs */
} Tally;

typedef struct
{
  WbBook *book;
  GRand  *dice;
  guint   me;
  gint64  channel;
  guint   orders;
  Tally  *tally;
} Racer;

typedef gboolean (*Act) (Racer *racer, GError **error);

static gint64
roll (Racer *racer, gint64 below)
{
  return g_rand_int_range (racer->dice, 0, (gint32) below);
}

/* A line somewhere that has what @condition says; 0: none has. */
static gint64
some_line (Racer *racer, const char *condition)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM order_line WHERE id >= ? AND %s ORDER BY id LIMIT 1", condition);
  gint64 most = 0, id = 0;

  wb_database_get_int (racer->book->database, &most, NULL, "SELECT MAX (id) FROM order_line", NULL);
  if (!wb_database_get_int (racer->book->database, &id, NULL, sql, "i", roll (racer, most + 1)))
    wb_database_get_int (racer->book->database, &id, NULL, sql, "i", (gint64) 0);
  return id;
}

static gboolean
take_order (Racer *racer, GError **error)
{
  g_autoptr (WbOrder) order = wb_order_new ();
  g_autofree char    *remote = g_strdup_printf ("race-%u-%u", racer->me, racer->orders++);
  guint               lines = 1 + (guint) roll (racer, 3);
  gboolean            ok;

  g_object_set (order, "channel-id", racer->channel, "remote-id", remote, "number", remote,
                "remote-status", "processing", "shop-state", WB_SHOP_OPEN, "stage", WB_STAGE_READY,
                "placed-at", wb_now (), "currency", "EUR", "total", (gint64) 100, "charge-state",
                WB_CHARGE_PAID, NULL);
  for (guint i = 0; i < lines; i++)
    {
      WbOrderLine     *line = wb_order_line_new ();
      g_autofree char *sku = g_strdup_printf ("P%d", (int) roll (racer, PRODUCTS));
      g_autofree char *ref = g_strdup_printf ("%u", i);

      g_object_set (line, "remote-id", ref, "kind", WB_LINE_ITEM, "sku", sku, "name", sku,
                    "quantity", 1 + roll (racer, 3), "needs-shipping", TRUE, NULL);
      wb_record_add (order, WB_ORDER_LINES, line);
    }
  if (!wb_book_begin (racer->book, error))
    return FALSE;
  ok = wb_book_insert_order (racer->book, order, error) &&
       wb_stock_note_order (racer->book, wb_record_get_int (order, WB_ORDER_ID), "race", error) &&
       wb_stock_allocate (racer->book, NULL, wb_record_get_int (order, WB_ORDER_ID), "race", NULL,
                          error);
  if (ok)
    return wb_book_commit (racer->book, error);
  wb_book_rollback (racer->book);
  return FALSE;
}

static gboolean
allocate (Racer *racer, GError **error)
{
  return wb_stock_allocate (racer->book, NULL, 0, "race", NULL, error);
}

static gboolean
pick (Racer *racer, GError **error)
{
  gint64 line = some_line (racer, "allocated > picked");

  return line == 0 || wb_stock_pick (racer->book, line, 0, 0, 1, "race", error);
}

static gboolean
unpick (Racer *racer, GError **error)
{
  gint64 line = some_line (racer, "picked > 0");

  return line == 0 || wb_stock_unpick (racer->book, line, 0, 0, 1, "race", error);
}

/* What the desk does when a parcel leaves: only what its order holds by now. */
static gboolean
ship (Racer *racer, GError **error)
{
  gint64                  id = some_line (racer, "allocated > 0");
  g_autoptr (WbOrderLine) line = NULL;
  gint64                  pieces;

  if (id == 0)
    return TRUE;
  if (!wb_book_begin (racer->book, error))
    return FALSE;
  line = wb_book_get_line (racer->book, id, error);
  pieces = line != NULL ? wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED) : 0;
  if (line != NULL && (pieces == 0 || (wb_stock_ship (racer->book, id, pieces, 0, "race", error) &&
                                       wb_book_add_shipped (racer->book, id, pieces, error))))
    return wb_book_commit (racer->book, error);
  wb_book_rollback (racer->book);
  return FALSE;
}

static gboolean
receive (Racer *racer, GError **error)
{
  g_autofree char *bin = g_strdup_printf ("B%d", (int) roll (racer, 3));
  WbStockPlace     at = { .product_id = 1 + roll (racer, PRODUCTS), .bin = bin, .actor = "race" };

  return wb_stock_receive (racer->book, &at, 1 + roll (racer, 4), error);
}

static gboolean
break_one (Racer *racer, GError **error)
{
  g_autofree char *bin = g_strdup_printf ("B%d", (int) roll (racer, 3));
  WbStockPlace     at = {
        .product_id = 1 + roll (racer, PRODUCTS), .bin = bin, .actor = "race", .reason = "broken"
  };

  return wb_stock_adjust (racer->book, &at, -1, error);
}

static gboolean
miss (Racer *racer, GError **error)
{
  gint64 line = some_line (racer, "allocated > picked");

  return line == 0 || wb_stock_pick_short (racer->book, line, 0, 0, 1, "race", error);
}

/* Cancelled in the shop, or wanted after all. */
static gboolean
turn (Racer *racer, GError **error)
{
  gint64              id = some_line (racer, "shipped = 0"), order_id = 0;
  g_autoptr (WbOrder) order = NULL;

  if (id == 0)
    return TRUE;
  if (!wb_book_begin (racer->book, error))
    return FALSE;
  if (wb_database_get_int (racer->book->database, &order_id, error,
                           "SELECT order_id FROM order_line WHERE id = ?", "i", id) &&
      (order = wb_book_get_order (racer->book, order_id, error)) != NULL)
    {
      gboolean was =
          g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_CANCELLED) == 0;

      wb_record_set_text (order, WB_ORDER_STAGE, was ? WB_STAGE_READY : WB_STAGE_CANCELLED);
      if (wb_book_update_order_head (racer->book, order, error) &&
          wb_stock_note_order (racer->book, order_id, "race", error) &&
          wb_stock_allocate (racer->book, NULL, 0, "race", NULL, error))
        return wb_book_commit (racer->book, error);
    }
  wb_book_rollback (racer->book);
  return FALSE;
}

static const struct
{
  Act   act;
  guint weight;
} acts[] = {
  { take_order, 20 }, { allocate, 5 },  { pick, 25 }, { unpick, 4 }, { ship, 20 },
  { receive, 20 },    { break_one, 2 }, { miss, 2 },  { turn, 2 },
};

static void
do_something (Racer *racer)
{
  g_autoptr (GError) error = NULL;
  gint64             began = g_get_monotonic_time (), turn_of = roll (racer, 100);
  guint              which = 0;

  while (which + 1 < G_N_ELEMENTS (acts) && turn_of >= acts[which].weight)
    turn_of -= acts[which++].weight;
  if (acts[which].act (racer, &error))
    racer->tally->done[racer->me]++;
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_CONFLICT) ||
           g_error_matches (error, WB_ERROR, WB_ERROR_TOO_MUCH))
    racer->tally->refused[racer->me]++;
  else
    g_error ("%s", error->message);
  racer->tally->longest[racer->me] =
      MAX (racer->tally->longest[racer->me], g_get_monotonic_time () - began);
}

static void
race (const char *path, gint64 channel, guint me, Tally *tally, gint64 until)
{
  g_autoptr (GError) error = NULL;
  Racer              racer = { .me = me, .channel = channel, .tally = tally };

  racer.book = wb_book_open (path, FALSE, &error);
  if (racer.book == NULL)
    g_error ("%s", error->message);
  racer.dice = g_rand_new_with_seed (4711 + me);
  while (g_get_monotonic_time () < until)
    do_something (&racer);
  g_rand_free (racer.dice);
  g_object_unref (racer.book);
}

/* Runs @work in a process for each racer and waits for all of them. */
#define FORK_ALL(statement)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    pid_t children[PROCESSES];                                                                     \
    for (guint me = 0; me < PROCESSES; me++)                                                       \
      {                                                                                            \
        children[me] = fork ();                                                                    \
        g_assert_cmpint (children[me], >=, 0);                                                     \
        if (children[me] == 0)                                                                     \
          {                                                                                        \
            statement;                                                                             \
            _exit (0);                                                                             \
          }                                                                                        \
      }                                                                                            \
    for (guint me = 0; me < PROCESSES; me++)                                                       \
      {                                                                                            \
        int status = -1;                                                                           \
        g_assert_cmpint (waitpid (children[me], &status, 0), ==, children[me]);                    \
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);                           \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static void
try_for_last (const char *path, gint64 order_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);

  if (book == NULL || !wb_stock_allocate (book, NULL, order_id, "race", NULL, &error))
    g_error ("%s", error->message);
}

/* Eight desks, one last unit: one gets it. */
static void
race_for_last (StockBench *bench)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *sku = g_strdup_printf ("LAST%u", round);
      gint64           product = stock_bench_product (bench, sku), orders[PROCESSES];
      guint            lucky = 0;

      stock_bench_receive (bench, product, "B0", 1);
      for (guint i = 0; i < PROCESSES; i++)
        {
          g_autofree char *number = g_strdup_printf ("last-%u-%u", round, i);

          orders[i] = stock_bench_order (bench, number, sku, 1, NULL);
        }
      g_clear_object (&bench->book); /* a connection is not carried over a fork */
      FORK_ALL (try_for_last (bench->path, orders[me]));
      bench->book = wb_book_open (bench->path, FALSE, NULL);
      for (guint i = 0; i < PROCESSES; i++)
        lucky += stock_bench_short (bench, orders[i]) == 0;
      g_assert_cmpuint (lucky, ==, 1);
      stock_bench_figures (bench, product, 1, 1, 0);
    }
}

static gint64
ask (StockBench *bench, const char *sql)
{
  gint64             number = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_database_get_int (bench->book->database, &number, &error, sql, NULL));
  g_assert_no_error (error);
  return number;
}

/* Whoever still waits gets it when there is enough: nobody is passed over for ever. */
static void
serve_the_rest (StockBench *bench)
{
  g_autoptr (GError) error = NULL;

  for (gint64 product = 1; product <= PRODUCTS; product++)
    {
      WbStockFigures figures = { 0 };
      WbStockPlace   at = { .product_id = product, .bin = "B9", .actor = "race" };

      g_assert_true (wb_stock_figures (bench->book, product, 0, &figures, &error));
      if (figures.waiting > 0)
        g_assert_true (wb_stock_receive (bench->book, &at, figures.waiting, &error));
      g_assert_no_error (error);
    }
}

int
main (void)
{
  g_autoptr (StockBench) bench = stock_bench_new ();
  g_autoptr (GPtrArray)  faults = NULL;
  const char            *seconds = g_getenv ("WAYBILL_RACE_SECONDS");
  gint64 length = seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) : 15, most = 0, until,
         oversold, sum = 0, least = G_MAXINT64, longest = 0;
  Tally *tally =
      mmap (NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  g_assert_true (tally != MAP_FAILED);
  for (guint i = 0; i < PRODUCTS; i++)
    {
      g_autofree char *sku = g_strdup_printf ("P%u", i);

      stock_bench_receive (bench, stock_bench_product (bench, sku), "B0", 3);
    }
  race_for_last (bench);
  g_clear_object (&bench->book);
  until = g_get_monotonic_time () + MAX (length, 1) * G_USEC_PER_SEC;
  FORK_ALL (race (bench->path, bench->channel, me, tally, until));
  bench->book = wb_book_open (bench->path, FALSE, NULL);

  for (guint me = 0; me < PROCESSES; me++)
    {
      g_print ("# process %u: %" G_GINT64_FORMAT " done, %" G_GINT64_FORMAT
               " refused, longest wait %.2f s\n",
               me, tally->done[me], tally->refused[me],
               (double) tally->longest[me] / G_USEC_PER_SEC);
      sum += tally->done[me];
      least = MIN (least, tally->done[me]);
      most = MAX (most, tally->done[me]);
      longest = MAX (longest, tally->longest[me]);
    }
  /* Nobody starves: each has done a fair part, and none waited longer than a person would. */
  g_assert_cmpint (sum, >, 0);
  g_assert_cmpint (least * 10, >=, sum / PROCESSES);
  g_assert_cmpint (longest, <, 10 * G_USEC_PER_SEC);
  oversold =
      ask (bench, "SELECT COUNT(*) FROM movement WHERE reason LIKE 'shipped, though%'") +
      ask (bench, "SELECT COUNT(*) FROM stock_level WHERE on_hand < 0 OR allocated > on_hand") +
      ask (bench, "SELECT COUNT(*) FROM order_line WHERE shipped + cancelled > quantity");
  serve_the_rest (bench);
  g_assert_cmpint (ask (bench, "SELECT COUNT(*) FROM orders WHERE stock_short > 0 AND number LIKE "
                               "'race%'"),
                   ==, 0);
  g_assert_true (wb_stock_verify (bench->book, &faults, NULL));
  for (guint i = 0; i < faults->len; i++)
    g_print ("# %s\n", (char *) faults->pdata[i]);
  g_print ("race: %d processes, %" G_GINT64_FORMAT " movements, %" G_GINT64_FORMAT
           " oversold, %u adrift\n",
           PROCESSES, ask (bench, "SELECT COUNT(*) FROM movement"), oversold, faults->len);
  munmap (tally, sizeof *tally);
  return oversold == 0 && faults->len == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

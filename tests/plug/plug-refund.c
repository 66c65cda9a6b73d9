/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test of refunds: the program is killed at every point of giving money back and telling
 * the shop, under each fault, and started again. Afterwards the money was given back once, the shop
 * was told once, and the ledger says so. Last line: “plug-refund: N points, 0 doubled, 0 lost”. */
#include "wb-bench.h"
#include "wb-desk-charge.h"
#include "wb-test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define AMOUNT 10

static guint points_left;

static void
pull_plug (const char *point)
{
  if (--points_left == 0)
    raise (SIGKILL);
}

/* @wish: the refund's own name; “recover”: what was begun goes on. */
static int
child (const char *book, gint64 order_id, const char *wish, guint kill_at)
{
  g_autoptr (WbDesk) desk = wb_bench_open (book);
  WbRefundAsk        ask = { .order_id = order_id, .amount = AMOUNT, .reason = wish, .id = wish };

  points_left = kill_at;
  wb_journal_set_plug (pull_plug);
  if (g_str_equal (wish, "recover"))
    return wb_desk_recover (desk, NULL, NULL, NULL, NULL) ? 0 : 1;
  return wb_desk_refund (desk, &ask, NULL, NULL, NULL) ? 0 : 1;
}

static const struct
{
  const char *service, *path, *kind;
} faults[] = {
  { NULL, NULL, "none" },
  { "stripe", "/refunds$", "cut-before" },
  { "stripe", "/refunds$", "cut-after" },
  { "shop", "/refunds$", "cut-after" },
  { "shop", "/refunds$", "500-after" },
};

typedef struct
{
  char    *program;
  WbBench *bench;
  WbDesk  *desk;
  gint64   order;
  char    *remote_id;
  guint    made, points, doubled, lost;
} Plug;

/* Returns: whether it was killed. */
static gboolean
run_child (Plug *plug, const char *wish, guint kill_at)
{
  g_autofree char *order = g_strdup_printf ("%" G_GINT64_FORMAT, plug->order);
  g_autofree char *at = g_strdup_printf ("%u", kill_at);
  const char      *argv[] = { plug->program, "--child", plug->bench->book, order, wish, at, NULL };
  g_autoptr (GError) error = NULL;
  int                status = 0;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                               NULL, NULL, &status, &error));
  return WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
}

static void
judge (Plug *plug, const char *what, gint64 is, gint64 should, const char *point)
{
  if (is == should)
    return;
  printf ("%s: %s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT "\n", point, what, is,
          should);
  *(is > should ? &plug->doubled : &plug->lost) += 1;
}

static void
judge_all (Plug *plug, const char *point)
{
  WbBook               *book = wb_desk_get_book (plug->desk);
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, plug->order, NULL);
  g_autoptr (JsonNode)  root = wb_bench_books (plug->bench);
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

      if (g_strcmp0 (id, plug->remote_id) != 0)
        continue;
      g_assert_true (wb_json_int (&payment, "refunded", &given, NULL));
      g_assert_true (wb_json_int (&one, "refunds", &told, NULL));
    }
  judge (plug, "given back", given, AMOUNT * (gint64) plug->made, point);
  judge (plug, "in the ledger", ledger, AMOUNT * (gint64) plug->made, point);
  judge (plug, "told", told, plug->made, point);
}

/* FALSE: giving back has no such point. What was never written down is asked for once more. */
static gboolean
try_point (Plug *plug, guint fault, guint at)
{
  g_autofree char *wish = g_strdup_printf ("wish-%u-%u", fault, at);
  g_autofree char *name =
      g_strdup_printf ("%s %s point %u", faults[fault].path != NULL ? faults[fault].path : "-",
                       faults[fault].kind, at);
  gboolean killed;

  if (faults[fault].service != NULL)
    wb_bench_fault (plug->bench, faults[fault].service, "POST", faults[fault].path,
                    faults[fault].kind, 0);
  killed = run_child (plug, wish, at);
  run_child (plug, "recover", 0);
  wb_bench_no_faults (plug->bench);
  run_child (plug, "recover", 0);
  run_child (plug, wish, 0);
  plug->made++;
  judge_all (plug, name);
  plug->points += killed;
  return killed;
}

static void
prepare (Plug *plug)
{
  g_autoptr (GArray)  calm = wb_bench_calm (plug->bench, plug->desk);
  g_autoptr (WbOrder) best = NULL;
  g_autoptr (GError)  error = NULL;
  gint64              shipment;

  for (guint i = 0; i < calm->len; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (wb_desk_get_book (plug->desk), g_array_index (calm, gint64, i), NULL);

      if (best == NULL ||
          wb_record_get_int (order, WB_ORDER_TOTAL) > wb_record_get_int (best, WB_ORDER_TOTAL))
        g_set_object (&best, order);
    }
  plug->order = wb_record_get_int (best, WB_ORDER_ID);
  plug->remote_id = g_strdup (wb_record_get_text (best, WB_ORDER_REMOTE_ID));
  shipment = wb_bench_plan (plug->desk, plug->order, &error);
  g_assert_no_error (error);
  wb_desk_ship (plug->desk, shipment, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Plug          plug = { 0 };

  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return child (argv[2], g_ascii_strtoll (argv[3], NULL, 10), argv[4],
                  (guint) g_ascii_strtoull (argv[5], NULL, 10));
  options.orders = 60;
  options.seed = 9;
  plug.program = argv[0];
  plug.bench = wb_bench_new (&options);
  plug.desk = wb_bench_open (plug.bench->book);
  prepare (&plug);
  for (guint fault = 0; fault < G_N_ELEMENTS (faults); fault++)
    for (guint at = 1; try_point (&plug, fault, at); at++)
      ;
  g_object_unref (plug.desk);
  wb_bench_free (plug.bench);
  g_free (plug.remote_id);
  printf ("plug-refund: %u points, %u doubled, %u lost\n", plug.points, plug.doubled, plug.lost);
  return plug.points > 40 && plug.doubled == 0 && plug.lost == 0 ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test: the program is killed (SIGKILL) at every point of the ship flow, under each fault
 * of the town, started again, and left to resolve by itself. Afterwards there must be exactly one
 * label, one capture of the right amount, one report to the shop, at most one print a request, and
 * every file whole. Last line: “plug: N points, 0 doubled, 0 lost”. */
#include "wb-bench.h"
#include "wb-file.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child. */

static guint points_left; /* the plug is pulled when this gets to 0 */

static void
pull_plug (const char *point)
{
  if (--points_left == 0)
    raise (SIGKILL);
}

static int
child_ship (const char *book, gint64 shipment_id, guint kill_at)
{
  g_autoptr (WbDesk) desk = wb_bench_open (book);
  g_autoptr (GError) error = NULL;

  points_left = kill_at;
  wb_journal_set_plug (pull_plug);
  return wb_desk_ship (desk, shipment_id, NULL, NULL, NULL, &error) ? 0 : 1;
}

static int
child_recover (const char *book, guint kill_at)
{
  g_autoptr (WbDesk) desk = wb_bench_open (book);
  g_autoptr (GError) error = NULL;

  points_left = kill_at;
  wb_journal_set_plug (pull_plug);
  if (wb_desk_recover (desk, NULL, NULL, NULL, &error))
    return 0;
  g_printerr ("recover: %s\n", error->message);
  return 1;
}

/* The parent. */

typedef struct
{
  const char *service, *method, *path, *kind;
} Fault;

/* Every kind of fault at every effect, and none at all. */
static const Fault faults[] = {
  { NULL, NULL, NULL, "none" },
  { "easypost", "POST", "/buy$", "cut-before" },
  { "easypost", "POST", "/buy$", "cut-after" },
  { "easypost", "POST", "/buy$", "cut-mid" },
  { "easypost", "POST", "/buy$", "500-before" },
  { "easypost", "POST", "/buy$", "500-after" },
  { "easypost", "POST", "/buy$", "truncated" },
  { "easypost", "POST", "/buy$", "429" },
  { "easypost", "GET", "/labels/", "cut-before" },
  { "stripe", "POST", "/capture$", "cut-before" },
  { "stripe", "POST", "/capture$", "cut-after" },
  { "stripe", "POST", "/capture$", "500-before" },
  { "stripe", "POST", "/capture$", "500-after" },
  { "stripe", "POST", "/capture$", "truncated" },
  { "stripe", "POST", "/capture$", "429" },
  { "shop", "POST", "/notes", "cut-before" },
  { "shop", "POST", "/notes", "cut-after" },
  { "shop", "POST", "/notes", "500-after" },
  { "shop", "POST", "/notes", "503-html" },
  { "shop", "PUT", "/orders/", "cut-before" },
  { "shop", "PUT", "/orders/", "cut-after" },
  { "shop", "PUT", "/orders/", "truncated" },
  { "shop", "PUT", "/orders/", "html" },
};

/* Killed while the vendor has done it and the answer is on its way. */
static const Fault in_flight[] = {
  { "easypost", "POST", "/buy$", "late" },
  { "stripe", "POST", "/capture$", "late" },
  { "shop", "POST", "/notes", "late" },
  { "shop", "PUT", "/orders/", "late" },
};

/* One order that was shipped through a pulled plug. */
typedef struct
{
  gint64 order_id;
  char  *remote_id, *tracking, *name;
} Tried;

static void
tried_free (gpointer data)
{
  Tried *tried = data;

  g_free (tried->remote_id);
  g_free (tried->tracking);
  g_free (tried->name);
  g_free (tried);
}

typedef struct
{
  char      *program;
  WbBench   *bench;
  WbDesk    *desk;
  GArray    *orders;
  GPtrArray *tried;
  guint      next;
  guint      points, doubled, lost;
} Plug;

static GPid
start_child (Plug *plug, const char *what, gint64 shipment, guint kill_at)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, shipment),
                  *at = g_strdup_printf ("%u", kill_at);
  const char *argv[] = { plug->program, "--child", what, plug->bench->book, number, at, NULL };
  g_autoptr (GError) error = NULL;
  GPid               pid = 0;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

#define KILLED -1

/* Returns: the child's exit code, KILLED when its plug was pulled. */
static int
run_child (Plug *plug, const char *what, gint64 shipment, guint kill_at)
{
  GPid pid = start_child (plug, what, shipment, kill_at);
  int  status = 0;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) || WTERMSIG (status) == SIGKILL);
  return WIFSIGNALED (status) ? KILLED : WEXITSTATUS (status);
}

static gint64
plan_next (Plug *plug, gint64 *order_id)
{
  g_autoptr (GError) error = NULL;
  gint64             shipment;

  if (plug->next >= plug->orders->len)
    g_error ("the town has too few orders for this test");
  *order_id = g_array_index (plug->orders, gint64, plug->next++);
  shipment = wb_bench_plan (plug->desk, *order_id, &error);
  g_assert_no_error (error);
  return shipment;
}

static void
judge (Plug *plug, const char *what, gint64 count, gint64 wanted, const char *point)
{
  if (count == wanted)
    return;
  g_printerr ("%s: %s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT "\n", point, what, count,
              wanted);
  *(count > wanted ? &plug->doubled : &plug->lost) += 1;
}

/* Files of this parcel: one label, one slip, and what customs want where it crosses them, each
 * whole and equal to what the book keeps. */
static void
judge_papers (Plug *plug, WbShipment *shipment, const char *point)
{
  WbParcel        *parcel = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS)->pdata[0];
  g_autoptr (GDir) papers = g_dir_open (plug->bench->papers, 0, NULL);
  g_auto (GStrv)   needed =
      wb_desk_needed_papers (plug->desk, wb_record_get_int (shipment, WB_SHIPMENT_ID), NULL);
  const char *name;
  guint       files = 0;

  g_assert_nonnull (needed);
  while ((name = g_dir_read_name (papers)) != NULL)
    {
      g_autofree char   *path = g_build_filename (plug->bench->papers, name, NULL);
      g_autoptr (GBytes) bytes = NULL, kept = NULL;
      g_autofree char   *hash = NULL;

      if (strstr (name, wb_record_get_text (parcel, WB_PARCEL_REFERENCE)) == NULL)
        continue;
      files++;
      bytes = wb_file_read (path, 1 << 24, NULL);
      hash = bytes != NULL ? wb_bytes_hash (bytes) : NULL;
      kept = hash != NULL ? wb_book_get_document (wb_desk_get_book (plug->desk), hash, NULL, NULL)
                          : NULL;
      judge (plug, name, kept != NULL, 1, point);
      g_unlink (path);
    }
  judge (plug, "papers", files, 1 + g_strv_length (needed), point);
}

static guint
rows_of (const WbJson *at, const char *name)
{
  WbJson list;
  guint  n = 0;

  return wb_json_array (at, name, &list, &n, NULL) ? n : 0;
}

static gint64
number_at (const WbJson *at, const char *name)
{
  gint64 number = -1;

  wb_json_opt_int (at, name, -1, &number, NULL);
  return number;
}

static guint
notes_with (const WbJson *row, const char *reference)
{
  WbJson notes;
  guint  n = 0, found = 0;

  for (guint i = 0; wb_json_array (row, "note_texts", &notes, &n, NULL) && i < n; i++)
    {
      WbJson note = wb_json_element (&notes, i);

      found += strstr (json_node_get_string (note.node), reference) != NULL;
    }
  return found;
}

static void
judge_town_row (Plug *plug, const WbJson *row, const Tried *tried)
{
  WbBook             *book = wb_desk_get_book (plug->desk);
  g_autoptr (WbOrder) order = wb_book_get_order (book, tried->order_id, NULL);
  WbJson              payment = wb_json_member (row, "payment");

  judge (plug, "labels at the carrier", rows_of (row, "labels"), 1, tried->name);
  judge (plug, "captures at the gateway", number_at (&payment, "captures"), 1, tried->name);
  judge (plug, "captured at the gateway", number_at (&payment, "captured"),
         wb_record_get_int (order, WB_ORDER_TOTAL), tried->name);
  judge (plug, "times completed in the shop", number_at (row, "completed"), 1, tried->name);
  judge (plug, "notes with the tracking number in the shop", notes_with (row, tried->tracking), 1,
         tried->name);
}

/* The town's own books over all points, once. */
static void
judge_town (Plug *plug)
{
  g_autoptr (JsonNode)   books = wb_bench_books (plug->bench);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WbJson                 root = wb_json_root (books, "books"), orders;
  guint                  n = 0;

  g_assert_true (wb_json_array (&root, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&orders, i);

      g_hash_table_insert (rows, wb_json_scalar_text (&row, "id"), GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < plug->tried->len; i++)
    {
      const Tried *tried = plug->tried->pdata[i];
      guint        index = GPOINTER_TO_UINT (g_hash_table_lookup (rows, tried->remote_id));
      WbJson       row = wb_json_element (&orders, index - 1);

      judge (plug, "the order in the town's books", index > 0, 1, tried->name);
      if (index > 0)
        judge_town_row (plug, &row, tried);
    }
  judge (plug, "labels that belong to no order", rows_of (&root, "labels_of_no_order"), 0, "town");
}

static void
remember (Plug *plug, WbOrder *order, WbShipment *shipment, const char *point)
{
  Tried *tried = g_new0 (Tried, 1);

  tried->order_id = wb_record_get_int (order, WB_ORDER_ID);
  tried->remote_id = g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  tried->tracking = g_strdup (wb_record_get_text (
      wb_record_get_many (shipment, WB_SHIPMENT_PARCELS)->pdata[0], WB_PARCEL_TRACKING));
  tried->name = g_strdup (point);
  if (tried->tracking == NULL)
    tried->tracking = g_strdup ("(no tracking)");
  g_ptr_array_add (plug->tried, tried);
}

static void
judge_book (Plug *plug, gint64 order_id, gint64 shipment_id, const char *point)
{
  WbBook                *book = wb_desk_get_book (plug->desk);
  g_autoptr (WbOrder)    order = wb_book_get_order (book, order_id, NULL);
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (book, shipment_id, NULL);
  g_autoptr (GPtrArray)  entries = wb_book_list_entries (book, order_id, NULL),
                        labels = wb_book_list_labels (book, order_id, NULL);
  gint64 captures = 0, amount = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_CAPTURED))
      {
        captures++;
        amount += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
      }
  judge (plug, "shipped",
         g_str_equal (wb_record_get_text (shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED), 1,
         point);
  judge (plug, "captures in the ledger", captures, 1, point);
  judge (plug, "captured in the ledger", amount, wb_record_get_int (order, WB_ORDER_TOTAL), point);
  judge (plug, "labels in the book", labels->len, 1, point);
  judge_papers (plug, shipment, point);
  remember (plug, order, shipment, point);
}

/* Ship with the plug pulled at point @at; recover (with the plug pulled once more at @again, 0:
 * not); judge. FALSE: the flow has no such point. */
static gboolean
try_point (Plug *plug, const Fault *fault, guint at, guint again)
{
  gint64           order_id = 0, shipment = plan_next (plug, &order_id);
  g_autofree char *name = g_strdup_printf (
      "%s %s point %u/%u", fault->path != NULL ? fault->path : "-", fault->kind, at, again);
  gboolean killed, whole;

  if (fault->service != NULL)
    wb_bench_fault (plug->bench, fault->service, fault->method, fault->path, fault->kind, 0);
  killed = run_child (plug, "ship", shipment, at) == KILLED;
  if (again > 0)
    run_child (plug, "recover", 0, again);
  whole = run_child (plug, "recover", 0, 0) == 0;
  wb_bench_no_faults (plug->bench);
  if (!whole)
    run_child (plug, "recover", 0,
               0); /* what met a fault while it recovered goes on when the fault is over */
  judge_book (plug, order_id, shipment, name);
  plug->points += killed;
  return killed;
}

static gboolean
was_struck (Plug *plug)
{
  guint            status = 0;
  g_autofree char *reply =
      wb_town_control (plug->bench->town, "GET", "/town/faults", NULL, &status);
  g_autoptr (JsonNode) root = wb_json_parse (reply, -1, "faults", NULL);
  WbJson               at = wb_json_root (root, "faults"), list = at, row;
  guint                n = 0;

  if (!wb_json_is_array (&at) && !wb_json_array (&at, "faults", &list, &n, NULL))
    return FALSE;
  row = wb_json_element (&list, 0);
  return number_at (&row, "struck") > 0;
}

static void
try_in_flight (Plug *plug, const Fault *fault)
{
  gint64           order_id = 0, shipment = plan_next (plug, &order_id);
  g_autofree char *name = g_strdup_printf ("%s killed in flight", fault->path);
  gint64           until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  GPid             pid;

  wb_bench_fault (plug->bench, fault->service, fault->method, fault->path, fault->kind, 0);
  pid = start_child (plug, "ship", shipment, 0);
  while (!was_struck (plug) && g_get_monotonic_time () < until)
    g_usleep (2000);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  wb_bench_no_faults (plug->bench);
  run_child (plug, "recover", 0, 0);
  judge_book (plug, order_id, shipment, name);
  plug->points++;
}

/* New orders come into the town, and into the book; payments are read some at a time. */
static void
fetch_orders (Plug *plug)
{
  guint            status = 0, before;
  g_autofree char *reply =
      wb_town_control (plug->bench->town, "POST", "/town/arrive", "{\"n\": 3000}", &status);

  g_assert_cmpuint (status / 100, ==, 2);
  do
    {
      g_auto (WbSyncResult) result = { 0 };
      g_autoptr (GError)    error = NULL;

      before = plug->orders != NULL ? plug->orders->len : 0;
      g_clear_pointer (&plug->orders, g_array_unref);
      g_assert_true (wb_desk_sync (plug->desk, 0, NULL, NULL, &result, NULL, &error));
      plug->orders = wb_bench_calm (plug->bench, plug->desk);
    }
  while (plug->orders->len > before && plug->orders->len < 900);
}

static int
parent (const char *program)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Plug          plug = { .program = g_strdup (program) };

  options.orders = 40;
  options.seed = 11;
  plug.tried = g_ptr_array_new_with_free_func (tried_free);
  plug.bench = wb_bench_new (&options);
  plug.desk = wb_bench_open (plug.bench->book);
  fetch_orders (&plug);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint at = 1; try_point (&plug, &faults[i], at, 0); at++)
      ;
  for (guint at = 1; try_point (&plug, &faults[0], at, 2);
       at += 3) /* and once more while it recovers */
    ;
  for (guint i = 0; i < G_N_ELEMENTS (in_flight); i++)
    try_in_flight (&plug, &in_flight[i]);
  judge_town (&plug);
  g_ptr_array_unref (plug.tried);
  g_object_unref (plug.desk);
  wb_bench_free (plug.bench);
  g_array_unref (plug.orders);
  g_free (plug.program);
  printf ("plug: %u points, %u doubled, %u lost\n", plug.points, plug.doubled, plug.lost);
  return plug.points > 100 && plug.doubled == 0 && plug.lost == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return g_str_equal (argv[2], "ship")
               ? child_ship (argv[3], g_ascii_strtoll (argv[4], NULL, 10),
                             (guint) g_ascii_strtoull (argv[5], NULL, 10))
               : child_recover (argv[3], (guint) g_ascii_strtoull (argv[5], NULL, 10));
  return parent (argv[0]);
}

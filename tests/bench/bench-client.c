/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window against bare GTK: first frame, frames while scrolling, the longest hold-up while
 * typing, memory. bench-client MAKE-BOOK BENCH-RECONCILE on a display of its own (run-client.sh).
 */
#include "bench.h"
#include "client-channels.h"
#include "client-frames.h"
#include "wb-orders-page.h"
#include "wb-window.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MANY      100000
#define MOST      1000000
#define STARTS    7
#define JUMPS     40
#define STEPS     150
#define A_CHANNEL 500 /* orders of each of twenty */
#define STEP_PX   54  /* a notch of the wheel */
#define A_KEY_MS  400
#define REST_MS   3000 /* until a window has nothing left to do */
#define A_SCREEN  24   /* rows: more than a window of 800 px is high */
#define A_FRAME   16.0
#define WAIT_S    60
#define OPEN_SELF "/proc/self/exe"

/* One list to scroll: ours or the bare one. */
typedef struct
{
  const char    *name;
  GtkWindow     *window;
  GtkWidget     *view;
  GtkAdjustment *adjustment;
  GArray        *jumps;
  GArray        *steps;
} List;

/* What a process of its own reports of its window. */
typedef struct
{
  double first_ms;
  double memory_mb;
} Start;

static double
median (GArray *figures)
{
  return client_frames_quantile (figures, 0.5);
}

static void
say (const char *name, const char *unit, double ours, double bare, double target)
{
  printf ("%s: ours %.1f %s, bare %.1f %s, ratio %.2f (target ≤ %.2f)%s\n", name, ours, unit, bare,
          unit, ours / bare, target, ours / bare <= target ? "" : " missed");
  fflush (stdout);
}

static void
say_limit (const char *name, const char *unit, double ours, double target)
{
  printf ("%s: ours %.1f %s (target ≤ %.0f)%s\n", name, ours, unit, target,
          ours <= target ? "" : " missed");
  fflush (stdout);
}

/* ---- the window itself ---- */

static gboolean
has_many (gpointer data)
{
  return client_frames_rows (data) >= MANY;
}

/* The list has come, and with it more rows than the window is high. */
static gboolean
shows_rows (gpointer data)
{
  return client_frames_rows (data) >= A_SCREEN;
}

static gboolean
has_painted (gpointer data)
{
  return TRUE;
}

/* As if @page had been the last one looked at. */
static GtkWindow *
open_page (const char *book, const char *page)
{
  g_autoptr (GSettings)   settings = g_settings_new ("org.waybill.Waybill");
  g_autoptr (WbSecrets)   secrets = wb_secrets_new_fixed ((const char *const[]){ NULL });
  g_autoptr (WbWorkspace) workspace = wb_workspace_new (book, secrets, NULL);
  WbWindow               *window;

  g_settings_set_string (settings, "last-page", page);
  window = wb_window_new (NULL, workspace);
  wb_window_come (window);
  return GTK_WINDOW (window);
}

static GtkWindow *
open_orders (const char *book)
{
  g_autoptr (WbSecrets)   secrets = wb_secrets_new_fixed ((const char *const[]){ NULL });
  g_autoptr (WbWorkspace) workspace = wb_workspace_new (book, secrets, NULL);
  GtkWidget              *window = GTK_WIDGET (wb_window_new (NULL, workspace));

  gtk_widget_activate_action (window, "win.orders", "s", "all");
  wb_window_come (WB_WINDOW (window));
  return GTK_WINDOW (window);
}

static GtkWindow *
open_empty (void)
{
  GtkWindow *window = GTK_WINDOW (adw_application_window_new (NULL));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (window, 1280, 800);
  gtk_window_present (window);
  return window;
}

/* When the last order of the book of money left: the month that the Money page opens with. */
static gint64
end_of_book (gpointer data)
{
  return 1700003600 + MANY * 60;
}

/* A process of its own: the window @kind, its first frame with all there is to show, its memory
 * when it has come to rest. */
static int
start_one (const char *kind, const char *book)
{
  gboolean   empty = g_str_equal (kind, "--empty");
  GtkWindow *window;

  gtk_init ();
  adw_init ();
  wb_clock_set (end_of_book, NULL);
  if (empty)
    window = open_empty ();
  else if (g_str_equal (kind, "--orders"))
    window = open_orders (book);
  else
    window = open_page (book, kind + strlen ("--"));
  if (!client_frames_wait (window, empty ? has_painted : shows_rows, window, WAIT_S))
    return 1;
  printf ("frame\n");
  fflush (stdout);
  if (g_getenv ("BENCH_FRAME") == NULL) /* else for a profiler: all up to the first frame */
    client_frames_rest (REST_MS);
  printf ("%.2f\n", client_frames_memory_mb ());
  fflush (stdout);
  _exit (0); /* how long closing takes is not asked */
}

static Start
measure_start (const char *kind, const char *book)
{
  const char *const       argv[] = { OPEN_SELF, kind, book, NULL };
  g_autoptr (GError)      error = NULL;
  gint64                  begin = g_get_monotonic_time ();
  g_autoptr (GSubprocess) child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char             *line = NULL, *memory = NULL;
  Start                        start = { 0 };

  if (child == NULL)
    g_error ("%s", error->message);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  start.first_ms = (double) (g_get_monotonic_time () - begin) / 1e3;
  memory = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  if (g_strcmp0 (line, "frame") != 0 || memory == NULL || !g_subprocess_wait (child, NULL, NULL))
    g_error ("the window of %s did not come", kind);
  start.memory_mb = g_ascii_strtod (memory, NULL);
  return start;
}

static void
bench_starts (const char *book)
{
  GArray *figures[4];
  double  more;

  for (guint i = 0; i < 4; i++)
    figures[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i <= STARTS; i++)
    {
      Start ours = measure_start ("--orders", book), bare = measure_start ("--empty", book);

      if (i == 0)
        continue;
      g_array_append_val (figures[0], ours.first_ms);
      g_array_append_val (figures[1], bare.first_ms);
      g_array_append_val (figures[2], ours.memory_mb);
      g_array_append_val (figures[3], bare.memory_mb);
    }
  say ("first frame of the Orders page with 100,000 orders, from the start of the process", "ms",
       median (figures[0]), median (figures[1]), 1.5);
  more = median (figures[2]) - median (figures[3]);
  say_limit ("memory at 100,000 orders beyond an empty window", "MB", more, 60);
  for (guint i = 0; i < 4; i++)
    g_array_unref (figures[i]);
}

/* The Money page of this month, 43,000 of 100,000 orders with 400,000 ledger entries, against the
 * Orders page of the same book. */
static void
bench_money (const char *book)
{
  g_autoptr (GArray) money = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i <= STARTS; i++)
    {
      Start ours = measure_start ("--money", book), other = measure_start ("--orders", book);

      if (i == 0)
        continue;
      g_array_append_val (money, ours.first_ms);
      g_array_append_val (orders, other.first_ms);
    }
  say ("first frame of the Money page with 400,000 ledger entries, against the Orders page's", "ms",
       median (money), median (orders), 1.5);
}

/* ---- scrolling ---- */

static void
list_init (List *list, const char *name, GtkWindow *window)
{
  list->name = name;
  list->window = window;
  list->view = client_frames_find (GTK_WIDGET (window), GTK_TYPE_COLUMN_VIEW);
  list->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list->view));
  list->jumps = g_array_new (FALSE, FALSE, sizeof (double));
  list->steps = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
list_clear (List *list)
{
  gtk_window_destroy (list->window);
  g_array_unref (list->jumps);
  g_array_unref (list->steps);
}

static void
scroll (List *list, GArray *figures, double value)
{
  double took = client_frames_scroll (list->view, list->adjustment, value);

  g_array_append_val (figures, took);
  client_frames_rest (2);
}

/* The @i-th of places all over the list, far from each other. */
static double
place (List *list, guint i)
{
  double room =
      gtk_adjustment_get_upper (list->adjustment) - gtk_adjustment_get_page_size (list->adjustment);

  return room * ((i * 37 + 11) % 101) / 101.0;
}

static void
scroll_all (List *lists, guint n)
{
  for (guint i = 0; i < JUMPS; i++)
    for (guint j = 0; j < n; j++)
      scroll (&lists[j], lists[j].jumps, place (&lists[j], i));
  for (guint i = 0; i < STEPS; i++)
    for (guint j = 0; j < n; j++)
      scroll (&lists[j], lists[j].steps, gtk_adjustment_get_value (lists[j].adjustment) + STEP_PX);
}

static void
say_list (List *list, List *bare)
{
  g_autofree char *jump = g_strdup_printf ("frame after a jump, %s", list->name);
  g_autofree char *step = g_strdup_printf ("frame of smooth scrolling, %s", list->name);
  g_autofree char *worst =
      g_strdup_printf ("frame of smooth scrolling, slowest of twenty, %s", list->name);

  say (jump, "ms", median (list->jumps), median (bare->jumps), 1.5);
  say (step, "ms", median (list->steps), median (bare->steps), 1.5);
  say (worst, "ms", client_frames_quantile (list->steps, 0.95),
       client_frames_quantile (bare->steps, 0.95), 1.5);
}

static gboolean
has_most (gpointer data)
{
  return client_frames_rows (data) >= MOST;
}

/* ---- typing ---- */

static void
bench_typing (GtkWindow *window, double bare_jump)
{
  static const char *const typed[] = { "ana qui", "1042", "person77", "mug" };
  GtkWidget               *entry = client_frames_find (GTK_WIDGET (window), GTK_TYPE_SEARCH_ENTRY);
  g_autoptr (GArray)       blocks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray)       frames = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (gsize n = 1; n <= strlen (typed[i]) + 1; n++)
      {
        g_autofree char *text = g_strndup (typed[i], n <= strlen (typed[i]) ? n : 0);
        double           longest, frame;

        client_frames_forget_blocks ();
        gtk_editable_set_text (GTK_EDITABLE (entry), text);
        client_frames_rest (A_KEY_MS);
        longest = client_frames_longest_block (&frame);
        g_array_append_val (blocks, longest);
        g_array_append_val (frames, frame);
        if (g_getenv ("BENCH_KEYS") != NULL)
          {
            double parts[CLIENT_FRAMES_PARTS];

            client_frames_longest_parts (parts);
            printf (
                "  “%s”: %.1f ms, of which in a frame %.1f ms (%.1f until its layout, %.1f with "
                "it), %u found\n",
                text, longest, frame, parts[0], parts[1], client_frames_rows (window));
          }
      }
  say_limit ("longest hold-up while typing, the median key", "ms", median (blocks), A_FRAME);
  say_limit ("longest hold-up while typing, the worst key", "ms",
             client_frames_quantile (blocks, 1), A_FRAME);
  if (bare_jump > 0)
    say ("longest hold-up while typing against a frame of the bare list after a jump", "ms",
         client_frames_quantile (blocks, 1), bare_jump, 1.5);
}

/* The keys alone, for a profiler; the bare list's frames are not measured. */
static void
bench_keys (const char *book)
{
  GtkWindow *window = open_orders (book);

  if (!client_frames_wait (window, has_many, window, WAIT_S))
    g_error ("the orders did not come");
  client_frames_rest (500);
  bench_typing (window, 0);
  gtk_window_destroy (window);
}

static void
bench_lists (const char *many_book, const char *most_book)
{
  List       lists[3] = { 0 };
  GtkWindow *many = open_orders (many_book), *most = open_orders (most_book);

  if (!client_frames_wait (many, has_many, many, WAIT_S) ||
      !client_frames_wait (most, has_most, most, WAIT_S))
    g_error ("the orders did not come");
  list_init (&lists[0], "100,000 orders", many);
  list_init (&lists[1], "1,000,000 orders", most);
  list_init (&lists[2], "bare", client_frames_bare_list (lists[0].view, MANY));
  client_frames_rest (500);
  scroll_all (lists, G_N_ELEMENTS (lists));
  say_list (&lists[0], &lists[2]);
  say_list (&lists[1], &lists[2]);
  bench_typing (many, median (lists[2].jumps));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    list_clear (&lists[i]);
  client_frames_rest (50);
}

/* ---- twenty channels ---- */

/* Scrolls on until @ends, or so many steps; the longest hold-up between and in frames. */
static double
scroll_while (List *list, ClientChannels *channels, guint steps)
{
  double frame;

  client_frames_forget_blocks ();
  for (guint i = 0; channels != NULL ? client_channels_is_syncing (channels) : i < steps; i++)
    scroll (list, list->steps, gtk_adjustment_get_value (list->adjustment) + STEP_PX);
  return client_frames_longest_block (&frame);
}

static void
say_channels (List *syncing, List *quiet, double longest, double longest_quiet)
{
  say ("frame of scrolling while 20 channels sync, against none", "ms", median (syncing->steps),
       median (quiet->steps), 1.5);
  say ("… the slowest of twenty", "ms", client_frames_quantile (syncing->steps, 0.95),
       client_frames_quantile (quiet->steps, 0.95), 1.5);
  say ("… the slowest of all", "ms", client_frames_quantile (syncing->steps, 1),
       client_frames_quantile (quiet->steps, 1), 1.5);
  say ("longest hold-up while 20 channels sync, against none", "ms", longest, longest_quiet, 1.5);
}

static void
bench_channels (const char *many_book)
{
  g_autofree char        *folder = bench_folder ();
  g_autofree char        *book = g_build_filename (folder, "channels.waybill", NULL);
  g_autoptr (GFile)       from = g_file_new_for_path (many_book), to = g_file_new_for_path (book);
  g_autoptr (WbWorkspace) workspace = NULL;
  ClientChannels         *channels;
  List                    quiet, syncing;
  GtkWindow              *window;
  double                  longest[2];

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
    g_error ("the book could not be copied");
  channels = client_channels_new (OPEN_SELF, book);
  workspace = wb_workspace_new (book, client_channels_get_secrets (channels), NULL);
  window = GTK_WINDOW (wb_window_new (NULL, workspace));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.orders", "s", "all");
  wb_window_come (WB_WINDOW (window));
  if (!client_frames_wait (window, has_many, window, WAIT_S))
    g_error ("the orders did not come");
  client_frames_rest (REST_MS);
  list_init (&quiet, "quiet", window);
  list_init (&syncing, "syncing", window);
  longest[0] = scroll_while (&quiet, NULL, 2 * STEPS);
  client_channels_sync (channels, wb_workspace_get_worker (workspace));
  longest[1] = scroll_while (&syncing, channels, 0);
  printf ("# %u orders came while %u frames were painted\n",
          client_channels_count_orders (channels), syncing.steps->len);
  say_channels (&syncing, &quiet, longest[1], longest[0]);
  g_array_unref (quiet.jumps);
  g_array_unref (quiet.steps);
  list_clear (&syncing);
  client_channels_free (channels);
  bench_remove (folder);
}

/* ---- books ---- */

static void
run_sql (sqlite3 *database, const char *sql)
{
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
}

/* Ten times as many heads, without lines: what a list reads. */
static void
multiply (const char *from, const char *to)
{
  g_autoptr (GFile)        source = g_file_new_for_path (from);
  g_autoptr (GFile)        target = g_file_new_for_path (to);
  g_autoptr (GString)      columns = g_string_new (NULL);
  g_autofree char         *sql = NULL;
  sqlite3                 *database = NULL;
  sqlite3_stmt            *names = NULL;
  static const char *const ask = "SELECT name FROM pragma_table_info('orders') WHERE name NOT IN "
                                 "('id', 'remote_id', 'number', 'placed_at')";

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL) ||
      sqlite3_open (to, &database) != SQLITE_OK ||
      sqlite3_prepare_v2 (database, ask, -1, &names, NULL) != SQLITE_OK)
    g_error ("the larger book could not be made");
  while (sqlite3_step (names) == SQLITE_ROW)
    g_string_append_printf (columns, ", %s", sqlite3_column_text (names, 0));
  sqlite3_finalize (names);
  sql = g_strdup_printf (
      "INSERT INTO orders (remote_id, number, placed_at%s) WITH RECURSIVE copy (n) AS (SELECT 1 "
      "UNION ALL SELECT n + 1 FROM copy WHERE n < 9) SELECT n || '-' || remote_id, "
      "n * 1000000 + id, placed_at - n * 180000000%s FROM copy, orders",
      columns->str, columns->str);
  run_sql (database, "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
  run_sql (database, sql);
  run_sql (database, "COMMIT");
  sqlite3_close (database);
}

static void
make (const char *program, const char *book, const char *orders)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, book, orders, NULL);

  if (child == NULL || !g_subprocess_wait_check (child, NULL, &error))
    g_error ("%s", error->message);
}

/* The three books, made anew; or, to measure again and again, those that lie in $BENCH_BOOKS. */
static void
make_books (char **programs, const char *folder, char **many, char **most, char **money)
{
  *many = g_build_filename (folder, "many.waybill", NULL);
  *most = g_build_filename (folder, "most.waybill", NULL);
  *money = g_build_filename (folder, "money.waybill", NULL);
  if (!g_file_test (*many, G_FILE_TEST_EXISTS))
    make (programs[0], *many, G_STRINGIFY (MANY));
  if (!g_file_test (*money, G_FILE_TEST_EXISTS))
    make (programs[1], *money, NULL);
  if (!g_file_test (*most, G_FILE_TEST_EXISTS))
    multiply (*many, *most);
}

/* $BENCH_PART: “starts”, “money”, “lists” or “channels”, to measure one of them only. */
static gboolean
is_wanted (const char *part)
{
  const char *only = g_getenv ("BENCH_PART");

  return only == NULL || g_str_equal (only, part);
}

int
main (int argc, char **argv)
{
  const char      *kept = g_getenv ("BENCH_BOOKS");
  g_autofree char *folder = NULL, *many = NULL, *most = NULL, *money = NULL;

  if (argc == 3 && g_str_equal (argv[1], "--shop"))
    return client_channels_serve (A_CHANNEL);
  if (argc == 3 && g_str_has_prefix (argv[1], "--"))
    return start_one (argv[1], argv[2]);
  if (argc != 3)
    {
      g_printerr ("usage: bench-client MAKE-BOOK BENCH-RECONCILE\n");
      return 2;
    }
  folder = kept != NULL ? g_strdup (kept) : bench_folder ();
  make_books (argv + 1, folder, &many, &most, &money);
  if (is_wanted ("starts"))
    bench_starts (many);
  if (is_wanted ("money"))
    bench_money (money);
  gtk_init ();
  adw_init ();
  if (g_strcmp0 (g_getenv ("BENCH_PART"), "keys") == 0)
    bench_keys (many);
  if (is_wanted ("lists"))
    bench_lists (many, most);
  if (is_wanted ("channels"))
    bench_channels (many);
  if (kept == NULL)
    bench_remove (folder);
  return 0;
}

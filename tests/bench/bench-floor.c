/* SPDX-License-Identifier: GPL-3.0-or-later
 * The floor at 100,000 open lines, in the window itself: how long a scan takes from the scanner to
 * the row that counts it, and how long the window stands still meanwhile and while a wave of 500
 * orders is made. On a display of its own (run-client.sh). */
#include "bench-floor-book.h"
#include "bench.h"
#include "client-frames.h"
#include "wb-pack-page.h"
#include "wb-pick-works.h"
#include "wb-window.h"

#include <stdio.h>
#include <string.h>

#define ORDERS  33334 /* of three lines */
#define WAVE    500
#define PACKED  40 /* orders that are scanned */
#define A_FRAME 16.7
#define WAIT_S  60

/* How long the main loop was kept from drawing, the longest time. */
typedef struct
{
  double longest;
} Held;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Goes on until @done says so; nothing is waited for but what the window itself does. */
static void
iterate (gboolean (*done) (gpointer), gpointer data, Held *held)
{
  double end = now_ms () + WAIT_S * 1000;

  while (!done (data))
    {
      double before;

      if (g_main_context_pending (NULL))
        {
          before = now_ms ();
          g_main_context_iteration (NULL, FALSE);
          held->longest = MAX (held->longest, now_ms () - before);
        }
      else
        g_usleep (100);
      if (now_ms () > end)
        g_error ("nothing has come of it after %d s", WAIT_S);
    }
}

static void
say (const char *name, double median, double worst)
{
  printf ("%s: median %.1f ms, 95 of 100 within %.1f ms (a frame is %.1f ms)%s\n", name, median,
          worst, A_FRAME, worst <= A_FRAME ? "" : " missed");
  fflush (stdout);
}

/* ---- scans ---- */

typedef struct
{
  WbPackPage *page;
  GtkLabel   *title, *message;
  char       *wanted;
} Table;

static GObject *
child_of (WbPackPage *page, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (page), WB_TYPE_PACK_PAGE, name);
}

static gboolean
is_opened (gpointer data)
{
  Table *table = data;

  return g_str_has_prefix (gtk_label_get_text (table->title), table->wanted);
}

static gboolean
is_counted (gpointer data)
{
  Table *table = data;

  return g_str_has_suffix (gtk_label_get_text (table->message), table->wanted);
}

/* As the scanner does: the code is there at once. */
static void
scan (WbPackPage *page, const char *code)
{
  GtkWidget *entry = GTK_WIDGET (child_of (page, "code"));

  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  g_signal_emit_by_name (entry, "activate");
}

static void
scan_orders (WbPackPage *page)
{
  Table              table = { page, GTK_LABEL (child_of (page, "title")),
                               GTK_LABEL (child_of (page, "message")), NULL };
  g_autoptr (GArray) scans = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) helds = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 1; i <= PACKED; i++)
    {
      guint            order = i * 800;
      g_autofree char *title = g_strdup_printf ("#%u", order);
      Held             opening = { 0 };

      table.wanted = title;
      wb_pack_page_open (page, order);
      iterate (is_opened, &table, &opening);
      for (guint piece = 1; piece <= BENCH_FLOOR_LINES; piece++)
        {
          g_autofree char *code = g_strdup_printf (
              "SKU-%u", 1 + (order * 7 + BENCH_FLOOR_LINES * 613) % BENCH_FLOOR_SKUS);
          g_autofree char *counted = g_strdup_printf (": %u of %u", piece, BENCH_FLOOR_LINES);
          Held             held = { 0 };
          double           before = now_ms (), took;

          table.wanted = counted;
          scan (page, code);
          iterate (is_counted, &table, &held);
          took = now_ms () - before;
          g_array_append_val (scans, took);
          g_array_append_val (helds, held.longest);
        }
    }
  say ("a scan answered at 100,000 open lines", client_frames_quantile (scans, 0.5),
       client_frames_quantile (scans, 0.95));
  say ("the window stands still while it is", client_frames_quantile (helds, 0.5),
       client_frames_quantile (helds, 0.95));
}

/* ---- a wave ---- */

typedef struct
{
  gboolean over;
  guint    orders;
} Made;

static gboolean
is_made (gpointer data)
{
  return ((Made *) data)->over;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Made                  *made = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPickLook) look = wb_worker_finish (result, &error);

  if (look == NULL)
    g_error ("%s", error->message);
  made->orders = look->sheet->orders->len;
  made->over = TRUE;
}

static void
make_wave (WbWorkspace *workspace, GtkWidget *page)
{
  WbPickWish *wish = g_new0 (WbPickWish, 1);
  Made        made = { 0 };
  Held        held = { 0 };
  double      before = now_ms ();

  wish->method = WB_WAVE_BATCH;
  wish->most = WAVE;
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_pick_make_work, wish,
                       G_OBJECT (page), NULL, made_cb, &made);
  iterate (is_made, &made, &held);
  printf ("a wave of %u orders made in %.0f ms, beside the window\n", made.orders,
          now_ms () - before);
  printf ("the window stands still while it is made: %.1f ms at most (a frame is %.1f ms)%s\n",
          held.longest, A_FRAME, held.longest <= A_FRAME ? "" : " missed");
}

static gboolean
is_open (gpointer workspace)
{
  return wb_workspace_is_open (workspace);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!wb_workspace_open_finish (WB_WORKSPACE (source), result, &error))
    g_error ("%s", error->message);
}

int
main (void)
{
  g_autofree char        *folder = bench_folder ();
  g_autofree char        *path = g_build_filename (folder, "book.waybill", NULL);
  g_autoptr (WbSecrets)   secrets = wb_secrets_new_fixed ((const char *const[]){ NULL });
  g_autoptr (WbWorkspace) workspace = NULL;
  WbPackPage             *page;
  GtkWidget              *window;
  Held                    start = { 0 };

  bench_floor_make (path, ORDERS, TRUE);
  gtk_init ();
  adw_init ();
  workspace = wb_workspace_new (path, secrets, NULL);
  wb_workspace_open_async (workspace, opened_cb, NULL);
  iterate (is_open, workspace, &start);
  window = gtk_window_new ();
  page = g_object_new (WB_TYPE_PACK_PAGE, NULL);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  wb_pack_page_set_workspace (page, workspace);
  gtk_window_present (GTK_WINDOW (window));
  scan_orders (page);
  make_wave (workspace, GTK_WIDGET (page));
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&workspace);
  bench_remove (folder);
  return 0;
}

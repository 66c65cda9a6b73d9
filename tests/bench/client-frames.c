/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a window does to the main thread: how long its frames take, how long it is held up, what it
 * keeps in memory. */
#include "client-frames.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* µs: by the clock on the wall; with $BENCH_CPU by what this thread has worked, which others at
 * work on the machine hardly disturb. */
static gint64
now_us (void)
{
  static int      by_cpu = -1;
  struct timespec time;

  if (by_cpu < 0)
    by_cpu = g_getenv ("BENCH_CPU") != NULL;
  if (!by_cpu)
    return g_get_monotonic_time ();
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* ---- the main loop ---- */

static gint64 woke_at; /* when the loop last came back from waiting */
static gint64 longest; /* µs */
static gint64 longest_frame;
static gint64 longest_parts[CLIENT_FRAMES_PARTS]; /* of that frame */

static int
poll_and_note (GPollFD *fds, guint n, int timeout)
{
  int    ready;
  gint64 now = now_us ();

  if (woke_at != 0)
    longest = MAX (longest, now - woke_at);
  ready = g_poll (fds, n, timeout);
  woke_at = now_us ();
  return ready;
}

/** client_frames_forget_blocks: from here on hold-ups count; what the caller does before it runs
 * the loop again counts too. */
void
client_frames_forget_blocks (void)
{
  g_main_context_set_poll_func (NULL, poll_and_note);
  woke_at = now_us ();
  longest = longest_frame = 0;
  memset (longest_parts, 0, sizeof longest_parts);
}

/** client_frames_longest_block: @frame: (out): the longest frame among them. Returns: ms that the
 * loop was at work without looking up. */
double
client_frames_longest_block (double *frame)
{
  *frame = (double) longest_frame / 1e3;
  return (double) longest / 1e3;
}

/** client_frames_longest_parts: @parts: (out) (array fixed-size=2): of the longest frame, ms from
 * its beginning to the end of its ticks, and to the end of its layout. */
void
client_frames_longest_parts (double *parts)
{
  for (guint i = 0; i < CLIENT_FRAMES_PARTS; i++)
    parts[i] = (double) longest_parts[i] / 1e3;
}

static gboolean
ring_cb (gpointer rung)
{
  *(gboolean *) rung = TRUE;
  return G_SOURCE_REMOVE;
}

/** client_frames_rest: lets the loop run for so long, as it does while nobody touches anything. */
void
client_frames_rest (guint milliseconds)
{
  gboolean rung = FALSE;

  g_timeout_add (milliseconds, ring_cb, &rung);
  while (!rung)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- frames ---- */

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  ClientFramesTest test;
  gpointer         data;
  GtkAdjustment   *adjustment;
  double           value;
  gint64           begun;
  gint64           took; /* µs; 0: not yet */
  gint64           parts[CLIENT_FRAMES_PARTS];
} Frame;

static void
before_paint_cb (GdkFrameClock *clock, Frame *frame)
{
  frame->begun = now_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, Frame *frame)
{
  gint64 took = now_us () - frame->begun;

  if (frame->took == 0 && frame->begun != 0 && (frame->test == NULL || frame->test (frame->data)))
    frame->took = MAX (took, 1);
}

static void
watch (GdkFrameClock *clock, Frame *frame)
{
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), frame);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), frame);
}

static void
note_frame_cb (GdkFrameClock *clock, Frame *frame)
{
  gint64 took = now_us () - frame->begun;

  if (took <= longest_frame)
    return;
  longest_frame = took;
  memcpy (longest_parts, frame->parts, sizeof longest_parts);
}

/* Whoever connected before, as GTK itself, has done its part of the frame. */
static void
update_cb (GdkFrameClock *clock, Frame *frame)
{
  frame->parts[0] = now_us () - frame->begun;
}

static void
layout_cb (GdkFrameClock *clock, Frame *frame)
{
  frame->parts[1] = now_us () - frame->begun;
}

static void
begin_cb (GdkFrameClock *clock, Frame *frame)
{
  frame->begun = now_us ();
  memset (frame->parts, 0, sizeof frame->parts);
}

static void
watch_all_frames (GdkFrameClock *clock)
{
  Frame *frame = g_new0 (Frame, 1);

  if (g_object_get_data (G_OBJECT (clock), "watched") != NULL)
    {
      g_free (frame);
      return;
    }
  g_object_set_data_full (G_OBJECT (clock), "watched", frame, g_free);
  g_signal_connect (clock, "before-paint", G_CALLBACK (begin_cb), frame);
  g_signal_connect (clock, "update", G_CALLBACK (update_cb), frame);
  g_signal_connect (clock, "layout", G_CALLBACK (layout_cb), frame);
  g_signal_connect (clock, "after-paint", G_CALLBACK (note_frame_cb), frame);
}

/** client_frames_wait: runs the loop until a frame of @window has been painted of which @test is
 * true. Returns: whether that came within @seconds. */
gboolean
client_frames_wait (GtkWindow *window, ClientFramesTest test, gpointer data, guint seconds)
{
  Frame          frame = { .test = test, .data = data };
  gint64         until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  guint          tick = g_timeout_add (50, wake_cb, NULL);
  GdkFrameClock *clock;

  /* A window may wait until it has something to show. */
  while ((clock = gtk_widget_get_frame_clock (GTK_WIDGET (window))) == NULL)
    g_main_context_iteration (NULL, TRUE);
  watch (clock, &frame);
  watch_all_frames (clock);
  if (test (data))
    gtk_widget_queue_draw (GTK_WIDGET (window));
  while (frame.took == 0 && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_signal_handlers_disconnect_by_data (clock, &frame);
  return frame.took != 0;
}

static gboolean
scroll_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  Frame *frame = data;

  gtk_adjustment_set_value (frame->adjustment, frame->value);
  return G_SOURCE_REMOVE;
}

/** client_frames_scroll: scrolls within the next frame. Returns: ms that this frame took, from its
 * beginning to its last drawing: finding, reading and showing what came into view. */
double
client_frames_scroll (GtkWidget *view, GtkAdjustment *adjustment, double value)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (view);
  Frame          frame = { .adjustment = adjustment, .value = value };

  watch (clock, &frame);
  gtk_widget_add_tick_callback (view, scroll_cb, &frame, NULL);
  while (frame.took == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &frame);
  return (double) frame.took / 1e3;
}

/* ---- figures ---- */

/** client_frames_memory_mb: Returns: what this process holds in memory. */
double
client_frames_memory_mb (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   parts = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  parts = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoull (parts[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/** client_frames_quantile: @figures: (element-type double): is sorted. Returns: the figure that
 * @part of them (0 to 1) do not exceed. */
double
client_frames_quantile (GArray *figures, double part)
{
  guint at = (guint) (part * figures->len);

  g_array_sort (figures, compare);
  return g_array_index (figures, double, MIN (at, figures->len - 1));
}

/** client_frames_find: Returns: (transfer none) (nullable): the first visible widget of @type under
 * @under. */
GtkWidget *
client_frames_find (GtkWidget *under, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (under), type))
    return under;
  for (GtkWidget *child = gtk_widget_get_first_child (under); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_mapped (child) ? client_frames_find (child, type) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

/** client_frames_rows: Returns: how many rows the list that shows in @window has. */
guint
client_frames_rows (GtkWindow *window)
{
  GtkWidget         *view = client_frames_find (GTK_WIDGET (window), GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *model =
      view != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (view)) : NULL;

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

/* ---- the bare list ---- */

#define TYPE_STILL_LIST (still_list_get_type ())
G_DECLARE_FINAL_TYPE (StillList, still_list, STILL, LIST, GObject)

struct _StillList
{
  GObject parent_instance;
  guint   n;
};

static void still_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StillList,
                               still_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, still_list_model_init))

static GType
still_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
still_get_n_items (GListModel *model)
{
  return STILL_LIST (model)->n;
}

static gpointer
still_get_item (GListModel *model, guint position)
{
  return position < STILL_LIST (model)->n ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
still_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = still_get_item_type;
  iface->get_n_items = still_get_n_items;
  iface->get_item = still_get_item;
}

static void
still_list_class_init (StillListClass *klass)
{
}

static void
still_list_init (StillList *self)
{
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), 3);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  static const char *const texts[] = { "#1042", "4 Nov",   "2 days late", "Ana Quiñones",
                                       "Ready", "Shipped", "29.90 EUR",   "Captured" };

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            texts[gtk_list_item_get_position (item) % G_N_ELEMENTS (texts)]);
}

static void
add_column_like (GtkColumnView *view, GtkColumnViewColumn *like)
{
  GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) made =
      gtk_column_view_column_new (gtk_column_view_column_get_title (like), factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_column_view_column_set_resizable (made, gtk_column_view_column_get_resizable (like));
  gtk_column_view_column_set_expand (made, gtk_column_view_column_get_expand (like));
  gtk_column_view_column_set_fixed_width (made, gtk_column_view_column_get_fixed_width (like));
  gtk_column_view_column_set_visible (made, gtk_column_view_column_get_visible (like));
  gtk_column_view_append_column (view, made);
}

static gboolean
has_painted (gpointer data)
{
  return TRUE;
}

/** client_frames_bare_list: Returns: (transfer none): a window with nothing but a column view as
 * large as @like and with its columns, over @rows rows whose texts are at hand. */
GtkWindow *
client_frames_bare_list (GtkWidget *like, guint rows)
{
  GtkWindow     *window = GTK_WINDOW (adw_application_window_new (NULL));
  GListModel    *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (like));
  GtkWidget     *scrolled = gtk_scrolled_window_new ();
  StillList     *list = g_object_new (TYPE_STILL_LIST, NULL);
  GtkWidget     *view;
  g_auto (GStrv) classes = gtk_widget_get_css_classes (like);

  list->n = rows;
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (list))));
  gtk_column_view_set_show_row_separators (
      GTK_COLUMN_VIEW (view), gtk_column_view_get_show_row_separators (GTK_COLUMN_VIEW (like)));
  gtk_widget_set_css_classes (view, (const char **) classes);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      add_column_like (GTK_COLUMN_VIEW (view), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), scrolled);
  gtk_window_set_default_size (window, gtk_widget_get_width (like), gtk_widget_get_height (like));
  gtk_window_present (window);
  client_frames_wait (window, has_painted, NULL, 20);
  return window;
}

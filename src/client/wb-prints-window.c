/* SPDX-License-Identifier: GPL-3.0-or-later
 * Papers of many shipments: asked once, then a line for each as it comes out. Closing it leaves the
 * batch printing. */
#include "wb-prints-window.h"

#include "wb-batch-line.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbPrintsWindow
{
  AdwWindow       parent_instance;
  GtkStack       *stack;
  GtkWidget      *cancel;
  GtkWidget      *close;
  GtkLabel       *ask_title;
  GtkSwitch      *slips;
  GtkButton      *begin;
  GtkLabel       *outcome;
  GtkProgressBar *bar;
  GtkWidget      *trouble_box;
  GtkLabel       *trouble;
  GtkLabel       *advice;
  GtkListView    *lines;
  GtkWidget      *pause;
  GtkWidget      *give_up;
  GtkWidget      *from_box;
  GtkSpinButton  *from;
  GtkWidget      *go_on;
  WbWorkspace    *workspace;
  GArray         *shipments; /* of gint64 */
  WbPrintRun     *run;
  GHashTable     *bound;   /* GtkListItem, of what is looked at */
  guint           missing; /* what “from” was last set to */
};

enum
{
  STARTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPrintsWindow, wb_prints_window, ADW_TYPE_WINDOW)

/* How a paper's state looks among the lines of a batch, and what is said of it. */
static const struct
{
  WbBatchRowState look;
  const char     *spoken;
} looks[] = {
  [WB_PRINTS_WAITING] = { WB_BATCH_ROW_WAITING, N_ ("waiting") },
  [WB_PRINTS_SENT] = { WB_BATCH_ROW_RUNNING, N_ ("at the printer") },
  [WB_PRINTS_PRINTED] = { WB_BATCH_ROW_DONE, N_ ("printed") },
  [WB_PRINTS_FAILED] = { WB_BATCH_ROW_REFUSED, N_ ("not printed") },
  [WB_PRINTS_UNSURE] = { WB_BATCH_ROW_REFUSED, N_ ("look whether it came out") },
};

/* “3. #1007 · Label” */
static char *
title_of (WbPrintsWindow *self, const WbPrintsRow *row)
{
  WbBook                *book = wb_workspace_get_book (self->workspace);
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (book, row->shipment_id, NULL);
  gint64 order = shipment != NULL ? wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID) : 0;
  g_autoptr (GPtrArray) heads =
      order != 0 ? wb_book_list_order_heads (book, &order, 1, NULL) : NULL;
  const WbDocumentKind *kind = wb_document_kind (row->document);
  const char           *number = heads != NULL && heads->len == 1
                                     ? wb_record_get_text (heads->pdata[0], WB_ORDER_NUMBER)
                                     : NULL;

  /* Translators: a paper of a batch: its place, the order’s number, what kind of paper */
  return g_strdup_printf (_ ("%u. #%s · %s"), row->place, number != NULL ? number : "–",
                          kind != NULL ? _ (kind->title) : row->document);
}

static void
show_line (WbPrintsWindow *self, GtkListItem *item)
{
  const WbPrintsRow *row = wb_print_run_get_row (self->run, gtk_list_item_get_position (item) + 1);
  g_autofree char   *title = row != NULL ? title_of (self, row) : NULL;

  if (row != NULL)
    wb_batch_line_show_result (WB_BATCH_LINE (gtk_list_item_get_child (item)),
                               looks[row->state].look, _ (looks[row->state].spoken), title,
                               row->text, row->advice);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbPrintsWindow *self)
{
  gtk_list_item_set_child (item, wb_batch_line_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbPrintsWindow *self)
{
  g_hash_table_add (self->bound, item);
  show_line (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbPrintsWindow *self)
{
  g_hash_table_remove (self->bound, item);
}

/* The lines are places only: what stands on them is asked of the run. */
static void
show_lines (WbPrintsWindow *self)
{
  guint                      total = wb_print_run_get_total (self->run);
  GtkSelectionModel         *shown = gtk_list_view_get_model (self->lines);
  g_autoptr (GtkStringList)  places = NULL;
  g_autoptr (GtkNoSelection) model = NULL;
  GHashTableIter             iter;
  gpointer                   item;

  if (shown == NULL || g_list_model_get_n_items (G_LIST_MODEL (shown)) != total)
    {
      places = gtk_string_list_new (NULL);
      for (guint i = 0; i < total; i++)
        gtk_string_list_append (places, "");
      model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&places)));
      gtk_list_view_set_model (self->lines, GTK_SELECTION_MODEL (model));
      return;
    }
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show_line (self, item);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_progress (WbPrintsWindow *self)
{
  guint            total = wb_print_run_get_total (self->run);
  guint            printed = wb_print_run_count (self->run, WB_PRINTS_PRINTED);
  guint            missing = wb_print_run_find_missing (self->run);
  gboolean         running = wb_print_run_is_running (self->run);
  gboolean         stands = !running && !wb_print_run_is_over (self->run) && total > 0;
  const char      *trouble = wb_print_run_get_trouble (self->run);
  g_autofree char *outcome = wb_print_run_dup_outcome (self->run);

  gtk_label_set_text (self->outcome, outcome);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) printed / total : 0);
  show_text (self->trouble, trouble);
  show_text (self->advice, wb_print_run_get_advice (self->run));
  gtk_widget_set_visible (self->trouble_box, trouble != NULL);
  gtk_widget_set_visible (self->pause, running);
  gtk_widget_set_sensitive (self->pause, !wb_print_run_is_pausing (self->run));
  gtk_widget_set_visible (self->give_up, stands);
  gtk_widget_set_visible (self->from_box, stands);
  gtk_widget_set_visible (self->go_on, stands);
  if (stands && (missing != self->missing ||
                 total != gtk_adjustment_get_upper (gtk_spin_button_get_adjustment (self->from))))
    {
      self->missing = missing;
      gtk_spin_button_set_range (self->from, 1, total);
      gtk_spin_button_set_value (self->from, missing);
    }
  show_lines (self);
}

static void
progress_cb (WbPrintRun *run, WbPrintsWindow *self)
{
  show_progress (self);
}

static void
follow (WbPrintsWindow *self, WbPrintRun *run)
{
  self->run = g_object_ref (run);
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, 0);
  gtk_stack_set_visible_child_name (self->stack, "run");
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (self->close, TRUE);
  show_progress (self);
}

static void
begin_cb (GtkButton *button, WbPrintsWindow *self)
{
  g_autoptr (WbPrintRun) run = NULL;

  if (self->run != NULL)
    return;
  run = wb_print_run_new (self->workspace, self->shipments, gtk_switch_get_active (self->slips));
  follow (self, run);
  g_signal_emit (self, signals[STARTED], 0, run);
  wb_print_run_start (run, 0);
}

static void
pause_cb (GtkButton *button, WbPrintsWindow *self)
{
  wb_print_run_pause (self->run);
}

/* From the first one that is missing, only what is missing is printed; from another one, all from
 * there, for a jam takes more with it than the printer knows. */
static void
go_on_cb (GtkButton *button, WbPrintsWindow *self)
{
  guint from;

  gtk_spin_button_update (self->from); /* what is typed counts, with or without Return */
  from = (guint) gtk_spin_button_get_value_as_int (self->from);
  wb_print_run_start (
      self->run,
      from == self->missing && wb_print_run_count (self->run, WB_PRINTS_UNSURE) == 0 ? 0 : from);
}

static void
give_up_cb (GtkButton *button, WbPrintsWindow *self)
{
  wb_print_run_give_up (self->run);
}

static void
wb_prints_window_dispose (GObject *object)
{
  WbPrintsWindow *self = WB_PRINTS_WINDOW (object);

  if (self->lines != NULL)
    gtk_list_view_set_model (self->lines, NULL);
  g_clear_object (&self->workspace);
  g_clear_object (&self->run);
  g_clear_pointer (&self->shipments, g_array_unref);
  G_OBJECT_CLASS (wb_prints_window_parent_class)->dispose (object);
}

static void
wb_prints_window_finalize (GObject *object)
{
  g_clear_pointer (&WB_PRINTS_WINDOW (object)->bound, g_hash_table_unref);
  G_OBJECT_CLASS (wb_prints_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, close);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, ask_title);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, slips);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, begin);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, advice);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, lines);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, pause);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, give_up);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, from_box);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, from);
  gtk_widget_class_bind_template_child (widget_class, WbPrintsWindow, go_on);
}

static void
wb_prints_window_class_init (WbPrintsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_prints_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_prints_window_finalize;

  /* A person has said yes: the run begins. */
  signals[STARTED] = g_signal_new ("started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_PRINT_RUN);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-prints-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_prints_window_init (WbPrintsWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->lines, factory);
}

/** wb_prints_window_ask: @shipments: (element-type gint64): in the visible order; kept. Returns:
 * (transfer none): a window above @parent, not yet shown, that asks before it prints. */
GtkWindow *
wb_prints_window_ask (GtkWindow *parent, WbWorkspace *workspace, GArray *shipments)
{
  WbPrintsWindow  *self = g_object_new (WB_TYPE_PRINTS_WINDOW, "transient-for", parent, NULL);
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u label", "%u labels", shipments->len), shipments->len);

  self->workspace = g_object_ref (workspace);
  self->shipments = g_array_ref (shipments);
  gtk_label_set_text (self->ask_title, title);
  return GTK_WINDOW (self);
}

/** wb_prints_window_follow: Returns: (transfer none): a window above @parent, not yet shown, that
 * shows how far @run is. */
GtkWindow *
wb_prints_window_follow (GtkWindow *parent, WbWorkspace *workspace, WbPrintRun *run)
{
  WbPrintsWindow *self = g_object_new (WB_TYPE_PRINTS_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  follow (self, run);
  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A batch before it runs and while it runs: what it would mean, then a line for each order. Closing
 * it leaves the batch running. */
#include "wb-batch-window.h"

#include "wb-batch-line.h"
#include "wb-batch-list.h"
#include "wb-batch-works.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WbBatchWindow
{
  AdwWindow          parent_instance;
  GtkStack          *stack;
  GtkWidget         *cancel;
  GtkWidget         *close;
  GtkLabel          *ask_title;
  GtkLabel          *ask_text;
  GtkWidget         *ship_group;
  AdwActionRow      *labels_row;
  AdwActionRow      *capture_row;
  GtkSpinButton     *weight;
  GtkSpinButton     *limit;
  GtkWidget         *text_group;
  AdwPreferencesRow *text_row;
  GtkButton         *begin;
  GtkLabel          *outcome;
  GtkLabel          *cost;
  GtkProgressBar    *bar;
  GtkListView       *lines;
  GtkWidget         *stop;
  GtkWidget         *retry;
  GtkWidget         *show_failed;
  WbWorkspace       *workspace;
  WbBatch            kind;
  GArray            *ids; /* of gint64 */
  WbBatchRun        *run;
  GHashTable        *bound; /* GtkListItem, of what is looked at */
};

enum
{
  STARTED,
  SHOW_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbBatchWindow, wb_batch_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *heading;
  const char *text;  /* what the entry is for; NULL: nothing is typed */
  const char *begin; /* the button */
} asks[WB_N_BATCHES] = {
  [WB_BATCH_SHIP] = { N_ ("Buy labels and ship"), NULL, NULL },
  [WB_BATCH_HOLD] = { N_ ("Hold orders"), N_ ("Reason"), N_ ("_Hold %u orders") },
  [WB_BATCH_TAG] = { N_ ("Tag orders"), N_ ("Tag"), N_ ("_Tag %u orders") },
  [WB_BATCH_UNTAG] = { N_ ("Remove a tag"), N_ ("Tag"), N_ ("_Remove from %u orders") },
};

static void
show_line (WbBatchWindow *self, GtkListItem *item)
{
  wb_batch_line_show (WB_BATCH_LINE (gtk_list_item_get_child (item)), gtk_list_item_get_item (item),
                      self->run);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbBatchWindow *self)
{
  gtk_list_item_set_child (item, wb_batch_line_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbBatchWindow *self)
{
  g_hash_table_add (self->bound, item);
  show_line (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbBatchWindow *self)
{
  g_hash_table_remove (self->bound, item);
}

static void
show_progress (WbBatchWindow *self)
{
  guint total = wb_batch_run_get_total (self->run);
  guint over = wb_batch_run_get_done (self->run) + wb_batch_run_get_failed (self->run) +
               wb_batch_run_get_stopped (self->run);
  gboolean         running = wb_batch_run_is_running (self->run);
  gboolean         failed = !running && wb_batch_run_get_done (self->run) < total;
  g_autofree char *outcome = wb_batch_run_dup_outcome (self->run);
  g_autofree char *cost = wb_batch_run_dup_cost (self->run);
  /* Translators: what the labels of a batch have cost so far */
  g_autofree char *labels = *cost != '\0' ? g_strdup_printf (_ ("Labels so far: %s"), cost) : NULL;
  GHashTableIter   iter;
  gpointer         item;

  gtk_label_set_text (self->outcome, outcome);
  gtk_label_set_text (self->cost, labels != NULL ? labels : "");
  gtk_widget_set_visible (GTK_WIDGET (self->cost), labels != NULL);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) over / total : 0);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (self->retry, failed);
  gtk_widget_set_visible (self->show_failed, failed);
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show_line (self, item);
}

static void
progress_cb (WbBatchRun *run, WbBatchWindow *self)
{
  show_progress (self);
}

static void
follow (WbBatchWindow *self, WbBatchRun *run)
{
  g_autofree char           *title = wb_batch_run_dup_title (run);
  g_autoptr (GtkNoSelection) shown = NULL;

  self->run = g_object_ref (run);
  shown = gtk_no_selection_new (G_LIST_MODEL (
      wb_batch_list_new (wb_workspace_get_book (self->workspace), wb_batch_run_get_ids (run))));
  gtk_list_view_set_model (self->lines, GTK_SELECTION_MODEL (shown));
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (run, "ended", G_CALLBACK (progress_cb), self, 0);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_stack_set_visible_child_name (self->stack, "run");
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (self->close, TRUE);
  show_progress (self);
}

static char *
make_argument (WbBatchWindow *self)
{
  int weight;

  if (asks[self->kind].text != NULL)
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_row))));
  gtk_spin_button_update (self->weight); /* what is typed counts, with or without Return */
  gtk_spin_button_update (self->limit);
  weight = gtk_spin_button_get_value_as_int (self->weight);
  return weight > 0 ? g_strdup_printf ("%d", weight) : NULL;
}

static void
begin_cb (GtkButton *button, WbBatchWindow *self)
{
  g_autofree char       *argument = make_argument (self);
  g_autoptr (WbBatchRun) run = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->begin)))
    return;
  run = wb_batch_run_new (self->workspace, self->kind, self->ids, argument);
  if (self->kind == WB_BATCH_SHIP)
    wb_batch_run_set_limit (run, (guint) gtk_spin_button_get_value_as_int (self->limit));
  follow (self, run);
  g_signal_emit (self, signals[STARTED], 0, run);
}

static void
stop_cb (GtkButton *button, WbBatchWindow *self)
{
  wb_batch_run_stop (self->run);
  gtk_widget_set_visible (self->stop, FALSE);
}

static void
retry_cb (GtkButton *button, WbBatchWindow *self)
{
  wb_batch_run_retry (self->run);
}

static void
show_failed_cb (GtkButton *button, WbBatchWindow *self)
{
  g_signal_emit (self, signals[SHOW_FAILED], 0, self->run);
  gtk_window_close (GTK_WINDOW (self));
}

/* A tag is one word of a list that commas part. */
static void
text_cb (GtkEditable *entry, WbBatchWindow *self)
{
  const char *text = gtk_editable_get_text (entry);
  gboolean    tag = self->kind == WB_BATCH_TAG || self->kind == WB_BATCH_UNTAG;

  gtk_widget_set_sensitive (GTK_WIDGET (self->begin),
                            self->kind == WB_BATCH_SHIP ||
                                (!wb_text_is_empty (text) && !(tag && strchr (text, ',') != NULL)));
}

static void
activated_cb (AdwEntryRow *row, WbBatchWindow *self)
{
  begin_cb (NULL, self);
}

static char *
outlook_text (WbBatchOutlook *outlook)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (outlook->held > 0)
    g_string_append_printf (text,
                            ngettext ("%u order is on hold: it is refused until it is released.",
                                      "%u orders are on hold: they are refused until released.",
                                      outlook->held),
                            outlook->held);
  if (outlook->other > 0)
    g_string_append_printf (text,
                            ngettext ("%s%u order is not to be shipped now and is refused.",
                                      "%s%u orders are not to be shipped now and are refused.",
                                      outlook->other),
                            text->len > 0 ? " " : "", outlook->other);
  return g_strdup (text->str);
}

static void
show_outlook (WbBatchWindow *self, WbBatchOutlook *outlook)
{
  g_autofree char *money = wb_join_money (outlook->capture);
  g_autofree char *labels = g_strdup_printf ("%u", outlook->ready);
  g_autofree char *text = outlook_text (outlook);
  g_autofree char *begin =
      *money != '\0'
          /* Translators: a button: how many labels are bought and how much is captured */
          ? g_strdup_printf (ngettext ("_Buy %u label and capture %s",
                                       "_Buy %u labels and capture %s", outlook->ready),
                             outlook->ready, money)
          : g_strdup_printf (ngettext ("_Buy %u label", "_Buy %u labels", outlook->ready),
                             outlook->ready);

  adw_action_row_set_subtitle (self->labels_row, labels);
  adw_action_row_set_subtitle (self->capture_row, *money != '\0' ? money : _ ("Nothing"));
  gtk_label_set_text (self->ask_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->ask_text), *text != '\0');
  gtk_button_set_label (self->begin, begin);
  gtk_widget_set_sensitive (GTK_WIDGET (self->begin), outlook->ready > 0);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbBatchWindow             *self = WB_BATCH_WINDOW (source);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbBatchOutlook) outlook = wb_worker_finish (result, &error);

  if (self->workspace == NULL || self->run != NULL)
    return;
  if (outlook != NULL)
    show_outlook (self, outlook);
  else
    wb_trouble_in_label (self->ask_text, error);
}

static void
ask (WbBatchWindow *self)
{
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u order", "%u orders", self->ids->len), self->ids->len);
  gboolean ship = self->kind == WB_BATCH_SHIP;

  gtk_window_set_title (GTK_WINDOW (self), _ (asks[self->kind].heading));
  gtk_label_set_text (self->ask_title, title);
  gtk_widget_set_visible (self->ship_group, ship);
  gtk_widget_set_visible (self->text_group, !ship);
  gtk_widget_set_sensitive (GTK_WIDGET (self->begin), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  if (ship)
    {
      gtk_button_set_label (self->begin, _ ("_Buy labels"));
      gtk_widget_grab_focus (GTK_WIDGET (self->weight));
      wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_batch_outlook_work,
                           g_array_ref (self->ids), G_OBJECT (self), NULL, looked_cb, NULL);
    }
  else
    {
      g_autofree char *begin = g_strdup_printf (_ (asks[self->kind].begin), self->ids->len);

      gtk_button_set_label (self->begin, begin);
      adw_preferences_row_set_title (self->text_row, _ (asks[self->kind].text));
      gtk_widget_grab_focus (GTK_WIDGET (self->text_row));
    }
}

static void
wb_batch_window_dispose (GObject *object)
{
  WbBatchWindow *self = WB_BATCH_WINDOW (object);

  if (self->lines != NULL)
    gtk_list_view_set_model (self->lines, NULL);
  g_clear_object (&self->workspace);
  g_clear_object (&self->run);
  g_clear_pointer (&self->ids, g_array_unref);
  G_OBJECT_CLASS (wb_batch_window_parent_class)->dispose (object);
}

static void
wb_batch_window_finalize (GObject *object)
{
  g_clear_pointer (&WB_BATCH_WINDOW (object)->bound, g_hash_table_unref);
  G_OBJECT_CLASS (wb_batch_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, close);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, ask_title);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, ask_text);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, ship_group);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, labels_row);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, capture_row);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, weight);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, limit);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, text_group);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, text_row);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, begin);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, cost);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, lines);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, show_failed);
}

static void
wb_batch_window_class_init (WbBatchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_batch_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_batch_window_finalize;

  /* A person has said yes: the run is made, and whoever opened this starts it. */
  signals[STARTED] = g_signal_new ("started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_BATCH_RUN);
  /* What failed is to be shown in the list of orders. */
  signals[SHOW_FAILED] = g_signal_new ("show-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_BATCH_RUN);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-batch-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_batch_window_init (WbBatchWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->lines, factory);
}

/**
 * wb_batch_window_ask:
 * @ids: (element-type gint64): which orders; kept
 *
 * Asks once, naming count and amount, before @kind is done to @ids; “started” brings the run.
 *
 * Returns: (transfer none): the window above @parent, not yet shown.
 */
GtkWindow *
wb_batch_window_ask (GtkWindow *parent, WbWorkspace *workspace, WbBatch kind, GArray *ids)
{
  WbBatchWindow *self = g_object_new (WB_TYPE_BATCH_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->kind = kind;
  self->ids = g_array_ref (ids);
  ask (self);
  return GTK_WINDOW (self);
}

/** wb_batch_window_follow: shows how far @run is, line by line. Returns: (transfer none): the
 * window above @parent, not yet shown. */
GtkWindow *
wb_batch_window_follow (GtkWindow *parent, WbWorkspace *workspace, WbBatchRun *run)
{
  WbBatchWindow *self = g_object_new (WB_TYPE_BATCH_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->kind = wb_batch_run_get_kind (run);
  self->ids = g_array_ref (wb_batch_run_get_ids (run));
  follow (self, run);
  return GTK_WINDOW (self);
}

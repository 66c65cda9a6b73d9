/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run before it begins and while it is at work: what it would mean, then a line for each row.
 * Closing it leaves the run at work. */
#include "wb-batch-window.h"

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
  GtkWidget         *slips_group;
  GtkSwitch         *slips;
  GtkButton         *begin;
  GtkLabel          *outcome;
  GtkLabel          *cost;
  GtkProgressBar    *bar;
  GtkWidget         *trouble_box;
  GtkLabel          *trouble;
  GtkLabel          *advice;
  GtkListView       *lines;
  GtkButton         *stop;
  GtkWidget         *give_up;
  GtkButton         *again;
  GtkWidget         *show_failed;
  GtkWidget         *from_box;
  GtkSpinButton     *from;
  WbWorkspace       *workspace;
  const WbBatchAct  *act; /* NULL: it only follows a run */
  GArray            *ids; /* of gint64 */
  WbRun             *run;
  GHashTable        *bound;   /* GtkListItem, of what is looked at */
  guint              missing; /* what “from” was last set to */
};

enum
{
  STARTED,
  SHOW_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbBatchWindow, wb_batch_window, ADW_TYPE_WINDOW)

static void
show_line (WbBatchWindow *self, GtkListItem *item)
{
  wb_run_show_row (self->run, gtk_list_item_get_position (item), gtk_list_item_get_item (item),
                   WB_BATCH_LINE (gtk_list_item_get_child (item)));
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

/* A list that is known only now, or shorter than it is, is made anew. */
static void
show_lines (WbBatchWindow *self, guint total)
{
  GtkSelectionModel         *shown = gtk_list_view_get_model (self->lines);
  g_autoptr (GtkNoSelection) model = NULL;
  GHashTableIter             iter;
  gpointer                   item;

  if (shown == NULL || g_list_model_get_n_items (G_LIST_MODEL (shown)) != total)
    {
      model = gtk_no_selection_new (wb_run_make_rows (self->run));
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
show_missing (WbBatchWindow *self, const WbRunLook *look)
{
  gboolean asks = look->again && look->missing > 0;
  gboolean grown =
      look->total != gtk_adjustment_get_upper (gtk_spin_button_get_adjustment (self->from));

  gtk_widget_set_visible (self->from_box, asks);
  if (!asks || (look->missing == self->missing && !grown))
    return;
  self->missing = look->missing;
  gtk_spin_button_set_range (self->from, 1, look->total);
  gtk_spin_button_set_value (self->from, look->missing);
}

static void
show_progress (WbBatchWindow *self)
{
  g_auto (WbRunLook) look = { 0 };

  wb_run_look (self->run, &look);
  gtk_label_set_text (self->outcome, look.outcome);
  show_text (self->cost, look.detail);
  gtk_progress_bar_set_fraction (self->bar, look.total > 0 ? (double) look.over / look.total : 0);
  show_text (self->trouble, look.trouble);
  show_text (self->advice, look.advice);
  gtk_widget_set_visible (self->trouble_box, look.trouble != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), look.running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop), !look.stopping);
  gtk_widget_set_visible (self->give_up, look.again && wb_run_can_give_up (self->run));
  gtk_widget_set_visible (GTK_WIDGET (self->again), look.again);
  gtk_widget_set_visible (self->show_failed, look.again && wb_run_knows_failed (self->run));
  show_missing (self, &look);
  show_lines (self, look.total);
}

static void
progress_cb (WbRun *run, WbBatchWindow *self)
{
  show_progress (self);
}

static void
follow (WbBatchWindow *self, WbRun *run)
{
  const WbRunWords  *words = wb_run_get_words (run);
  g_auto (WbRunLook) look = { 0 };

  self->run = g_object_ref (run);
  wb_run_look (run, &look);
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (run, "ended", G_CALLBACK (progress_cb), self, 0);
  gtk_window_set_title (GTK_WINDOW (self), look.title != NULL ? look.title : _ (words->title));
  gtk_button_set_label (self->stop, _ (words->stop));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->stop),
                               words->stop_tip != NULL ? _ (words->stop_tip) : NULL);
  gtk_button_set_label (self->again, _ (words->again));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (words->rows), -1);
  gtk_stack_set_visible_child_name (self->stack, "run");
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (self->close, TRUE);
  show_progress (self);
}

/* What is typed counts, with or without Return. */
static guint
typed_in (GtkSpinButton *spin)
{
  gtk_spin_button_update (spin);
  return (guint) gtk_spin_button_get_value_as_int (spin);
}

static void
begin_cb (GtkButton *button, WbBatchWindow *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_row))));
  WbActAnswer       answer = { .slips = gtk_switch_get_active (self->slips) };
  g_autoptr (WbRun) run = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->begin)) || self->run != NULL)
    return;
  if (self->act->form == WB_ACT_ASKS_TEXT)
    answer.text = text;
  if (self->act->form == WB_ACT_ASKS_PARCELS)
    {
      answer.weight = typed_in (self->weight);
      answer.limit = typed_in (self->limit);
    }
  run = self->act->make (self->act, self->workspace, self->ids, &answer);
  follow (self, run);
  g_signal_emit (self, signals[STARTED], 0, run, self->act->followed);
}

static void
stop_cb (GtkButton *button, WbBatchWindow *self)
{
  wb_run_stop (self->run);
  show_progress (self);
}

static void
again_cb (GtkButton *button, WbBatchWindow *self)
{
  wb_run_again (self->run, typed_in (self->from));
}

static void
give_up_cb (GtkButton *button, WbBatchWindow *self)
{
  wb_run_give_up (self->run);
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
  gboolean    tag = self->act->kind == WB_BATCH_TAG || self->act->kind == WB_BATCH_UNTAG;

  gtk_widget_set_sensitive (GTK_WIDGET (self->begin),
                            !wb_text_is_empty (text) && !(tag && strchr (text, ',') != NULL));
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

static char *
count_text (WbBatchWindow *self)
{
  guint n = self->ids->len;

  return self->act->form == WB_ACT_ASKS_SLIPS
             ? g_strdup_printf (ngettext ("%u label", "%u labels", n), n)
             : g_strdup_printf (ngettext ("%u order", "%u orders", n), n);
}

static void
ask (WbBatchWindow *self)
{
  g_autofree char *title = count_text (self);
  g_autofree char *begin = g_strdup_printf (_ (self->act->begin), self->ids->len);
  WbActForm        form = self->act->form;

  gtk_window_set_title (GTK_WINDOW (self), _ (self->act->heading));
  gtk_label_set_text (self->ask_title, title);
  gtk_button_set_label (self->begin, begin);
  gtk_widget_set_visible (self->ship_group, form == WB_ACT_ASKS_PARCELS);
  gtk_widget_set_visible (self->text_group, form == WB_ACT_ASKS_TEXT);
  gtk_widget_set_visible (self->slips_group, form == WB_ACT_ASKS_SLIPS);
  gtk_widget_set_sensitive (GTK_WIDGET (self->begin), form == WB_ACT_ASKS_SLIPS);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  if (form == WB_ACT_ASKS_PARCELS)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->weight));
      wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_batch_outlook_work,
                           g_array_ref (self->ids), G_OBJECT (self), NULL, looked_cb, NULL);
    }
  if (form == WB_ACT_ASKS_TEXT)
    {
      adw_preferences_row_set_title (self->text_row, _ (self->act->text));
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
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, slips_group);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, slips);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, begin);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, cost);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, advice);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, lines);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, give_up);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, again);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, show_failed);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, from_box);
  gtk_widget_class_bind_template_child (widget_class, WbBatchWindow, from);
}

static void
wb_batch_window_class_init (WbBatchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_batch_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_batch_window_finalize;

  /* A person has said yes: the run is made, and whoever opened this begins it; whether it is to be
   * seen in any case. */
  signals[STARTED] = g_signal_new ("started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, WB_TYPE_RUN, G_TYPE_BOOLEAN);
  /* What failed is to be shown in the list of orders. */
  signals[SHOW_FAILED] = g_signal_new ("show-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_RUN);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-batch-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
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
 * @act: one that asks before it begins
 * @ids: (element-type gint64): of which rows; kept
 *
 * Asks once, naming count and amount, before it is done to them; “started” brings the run.
 *
 * Returns: (transfer none): the window above @parent, not yet shown.
 */
GtkWindow *
wb_batch_window_ask (GtkWindow *parent, WbWorkspace *workspace, const WbBatchAct *act, GArray *ids)
{
  WbBatchWindow *self = g_object_new (WB_TYPE_BATCH_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->act = act;
  self->ids = g_array_ref (ids);
  ask (self);
  return GTK_WINDOW (self);
}

/** wb_batch_window_follow: shows how far @run is, line by line. Returns: (transfer none): the
 * window above @parent, not yet shown. */
GtkWindow *
wb_batch_window_follow (GtkWindow *parent, WbWorkspace *workspace, WbRun *run)
{
  WbBatchWindow *self = g_object_new (WB_TYPE_BATCH_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  follow (self, run);
  return GTK_WINDOW (self);
}

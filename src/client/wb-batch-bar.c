/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done to the chosen rows at once, how far a run is, and what an earlier one left; it
 * shows itself when there is something to show. One run is at work at a time; the rest of the
 * window goes on. */
#include "wb-batch-bar.h"

#include "wb-batch-window.h"
#include "wb-resource.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

#define GROUP   "batch"
#define SEVERAL 2
#define QUIETLY 50 /* up to so many orders are held, tagged… without a window of progress */

struct _WbBatchBar
{
  AdwBin              parent_instance;
  GtkRevealer        *revealer;
  GtkStack           *stack;
  GtkWidget          *buttons;
  GtkBox             *acts;
  GtkMenuButton      *acts_button; /* all of @acts, where there is no room for them */
  GtkMenuButton      *menu_button;
  GtkLabel           *count_label;
  GtkLabel           *progress;
  GtkButton          *stop;
  GtkLabel           *left;
  WbWorkspace        *workspace;
  GSimpleActionGroup *actions;
  GHashTable         *forbidden; /* name of an act → why it cannot be done to what is chosen */
  WbRun              *run;       /* the latest */
  GtkWindow          *window;    /* that asks, or shows the run, shown or hidden */
  gulong              close_id;
  guint               count;
};

enum
{
  WANTED,
  SHOW_ONLY,
  CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbBatchBar, wb_batch_bar, ADW_TYPE_BIN)

static void
allow_acts (WbBatchBar *self, gboolean allowed)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (guint i = 0; names[i] != NULL; i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i])),
        allowed && !g_hash_table_contains (self->forbidden, names[i]));
}

static void
show_run (WbBatchBar *self, const WbRunLook *look)
{
  g_autofree char *progress = look->title != NULL
                                  ? g_strdup_printf ("%s · %s", look->title, look->outcome)
                                  : g_strdup (look->outcome);
  /* Translators: how far a batch of papers is that is not finished */
  g_autofree char *left = g_strdup_printf (_ ("Not finished: %s"), look->outcome);

  gtk_label_set_text (self->progress, progress);
  gtk_label_set_text (self->left, look->left ? left : "");
  gtk_button_set_label (self->stop, _ (wb_run_get_words (self->run)->stop));
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop), look->running && !look->stopping);
}

static void
update (WbBatchBar *self)
{
  g_auto (WbRunLook) look = { 0 };
  gboolean           running, shows;

  if (self->run != NULL)
    {
      wb_run_look (self->run, &look);
      show_run (self, &look);
    }
  running = look.running && look.total > 0;
  shows = running || self->count >= SEVERAL || look.left;
  gtk_stack_set_visible_child_name (self->stack,
                                    running ? "run" : (self->count >= SEVERAL ? "choose" : "left"));
  gtk_revealer_set_reveal_child (self->revealer, shows);
  /* What is not seen is not told to a screen reader either. */
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), shows);
  allow_acts (self, !running && self->count >= SEVERAL);
}

/* ---- its window ---- */

static void
drop_window (WbBatchBar *self)
{
  GtkWindow *window = g_steal_pointer (&self->window);

  if (window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (window, self);
  gtk_window_destroy (window);
}

static void
destroyed_cb (GtkWidget *window, WbBatchBar *self)
{
  self->window = NULL;
}

static void
show_failed_cb (WbBatchWindow *window, WbRun *run, WbBatchBar *self)
{
  g_autoptr (GArray) ids = wb_run_dup_failed (run);

  g_signal_emit (self, signals[SHOW_ONLY], 0, ids);
}

static void started_cb (WbBatchWindow *window, WbRun *run, gboolean followed, WbBatchBar *self);

static void
take_window (WbBatchBar *self, GtkWindow *window)
{
  self->window = window;
  g_signal_connect (window, "destroy", G_CALLBACK (destroyed_cb), self);
  g_signal_connect (window, "show-failed", G_CALLBACK (show_failed_cb), self);
  g_signal_connect (window, "started", G_CALLBACK (started_cb), self);
}

static GtkWindow *
get_parent (WbBatchBar *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
show_window (WbBatchBar *self)
{
  if (self->window == NULL)
    take_window (self, wb_batch_window_follow (get_parent (self), self->workspace, self->run));
  gtk_window_present (self->window);
}

/* ---- its run ---- */

static void
undo_cb (AdwToast *toast, WbRun *run)
{
  wb_run_undo (run);
}

static void
told_cb (WbRun *run, const char *text, WbBatchBar *self)
{
  wb_toast_show (GTK_WIDGET (self), text);
}

static void
progress_cb (WbRun *run, WbBatchBar *self)
{
  update (self);
}

/* Told by a toast where it is not seen anyway; what failed is never told by a toast alone. */
static void
ended_cb (WbRun *run, WbBatchBar *self)
{
  g_auto (WbRunLook) look = { 0 };

  wb_run_look (run, &look);
  update (self);
  if (look.done < look.total)
    show_window (self);
  if (wb_run_can_undo (run))
    wb_toast_show_undo (GTK_WIDGET (self), look.outcome, G_OBJECT (run), G_CALLBACK (undo_cb), NULL,
                        NULL);
  else if (self->window == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->window)))
    wb_toast_show (GTK_WIDGET (self), look.outcome);
}

/* What came before may still say what came of undoing it. */
static void
take_run (WbBatchBar *self, WbRun *run)
{
  if (self->run != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->run, progress_cb, self);
      g_signal_handlers_disconnect_by_func (self->run, ended_cb, self);
    }
  g_set_object (&self->run, run);
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (run, "told", G_CALLBACK (told_cb), self, 0);
  update (self);
}

static void
start (WbBatchBar *self, WbRun *run, gboolean followed)
{
  g_auto (WbRunLook) look = { 0 };

  take_run (self, run);
  wb_run_look (run, &look);
  if (followed || look.total > QUIETLY)
    show_window (self);
  else
    drop_window (self);
  wb_run_begin (run);
}

static void
started_cb (WbBatchWindow *window, WbRun *run, gboolean followed, WbBatchBar *self)
{
  start (self, run, followed);
}

/* ---- what is pressed ---- */

static void
act_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[WANTED], 0, g_object_get_data (G_OBJECT (action), GROUP));
}

static void
clear_cb (GtkButton *button, WbBatchBar *self)
{
  g_signal_emit (self, signals[CLEAR], 0);
}

static void
show_cb (GtkButton *button, WbBatchBar *self)
{
  if (self->run != NULL)
    show_window (self);
}

static void
stop_cb (GtkButton *button, WbBatchBar *self)
{
  wb_run_stop (self->run);
}

/* A window that is closed finishes what is running, not all that was still to be begun. */
static gboolean
close_request_cb (GtkWindow *window, WbBatchBar *self)
{
  if (self->run != NULL)
    wb_run_stop (self->run);
  return GDK_EVENT_PROPAGATE;
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_batch_bar_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    WB_BATCH_BAR (widget)->close_id = g_signal_connect (
        gtk_widget_get_root (widget), "close-request", G_CALLBACK (close_request_cb), widget);
}

static void
unroot (GtkWidget *widget)
{
  WbBatchBar *self = WB_BATCH_BAR (widget);

  g_clear_signal_handler (&self->close_id, gtk_widget_get_root (widget));
  drop_window (self);
  GTK_WIDGET_CLASS (wb_batch_bar_parent_class)->unroot (widget);
}

static void
wb_batch_bar_dispose (GObject *object)
{
  WbBatchBar *self = WB_BATCH_BAR (object);

  drop_window (self);
  g_clear_object (&self->run);
  g_clear_object (&self->workspace);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->forbidden, g_hash_table_unref);
  G_OBJECT_CLASS (wb_batch_bar_parent_class)->dispose (object);
}

static void
wb_batch_bar_class_init (WbBatchBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_batch_bar_dispose;
  widget_class->root = root;
  widget_class->unroot = unroot;

  /* An act (WbBatchAct) is wanted for the chosen rows. */
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /* Only these orders (gint64) are to be shown. */
  signals[SHOW_ONLY] = g_signal_new ("show-only", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  /* Nothing is to be chosen any more. */
  signals[CLEAR] = g_signal_new ("clear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-batch-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, stack);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, acts);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, acts_button);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, progress);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, stop);
  gtk_widget_class_bind_template_child (widget_class, WbBatchBar, left);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
wb_batch_bar_init (WbBatchBar *self)
{
  self->actions = g_simple_action_group_new ();
  self->forbidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), GROUP, G_ACTION_GROUP (self->actions));
  update (self);
}

/* ---- what it offers ---- */

static void
show_tip (GtkWidget *button, const char *tip)
{
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  tip != NULL ? tip : "", -1);
}

static GtkWidget *
make_button (const WbBatchAct *act, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ (act->label));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_object_set_data (G_OBJECT (button), GROUP, (gpointer) act);
  show_tip (button, act->tip != NULL ? _ (act->tip) : NULL);
  if (act->place == WB_ACT_SUGGESTED)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
add_act (WbBatchBar *self, const WbBatchAct *act)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (act->name, NULL);

  g_object_set_data (G_OBJECT (action), GROUP, (gpointer) act);
  g_signal_connect_object (action, "activate", G_CALLBACK (act_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
offer_acts (WbBatchBar *self, const WbBatchAct *acts)
{
  g_autoptr (GMenu) menu = g_menu_new (), folded = g_menu_new (), section = NULL;

  for (const WbBatchAct *act = acts; act->name != NULL; act++)
    {
      g_autofree char *name = g_strconcat (GROUP ".", act->name, NULL);

      add_act (self, act);
      if (act->place < WB_ACT_MENU)
        {
          gtk_box_append (self->acts, make_button (act, name));
          g_menu_append (folded, _ (act->label), name);
          continue;
        }
      if (section == NULL || act->place == WB_ACT_MENU_APART)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
        }
      g_menu_append (section, _ (act->label), name);
    }
  gtk_menu_button_set_menu_model (self->acts_button, G_MENU_MODEL (folded));
  gtk_menu_button_set_menu_model (self->menu_button, section != NULL ? G_MENU_MODEL (menu) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), section != NULL);
}

/** wb_batch_bar_set_workspace: where runs are at work, and what is offered (static); once. */
void
wb_batch_bar_set_workspace (WbBatchBar *self, WbWorkspace *workspace, const WbBatchAct *acts)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  offer_acts (self, acts);
  update (self);
}

/* The button of the act @name among @parent's; NULL: it has none. */
static GtkWidget *
find_button (GtkWidget *parent, const char *name)
{
  const WbBatchAct *act = g_object_get_data (G_OBJECT (parent), GROUP);
  GtkWidget        *found = NULL;

  if (act != NULL && g_str_equal (act->name, name))
    return parent;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, name);
  return found;
}

/** wb_batch_bar_forbid: the act @name cannot be done to what is chosen, and its button says why;
 * @reason: for people; %NULL: it can. */
void
wb_batch_bar_forbid (WbBatchBar *self, const char *name, const char *reason)
{
  GtkWidget        *button = find_button (self->buttons, name);
  const WbBatchAct *act = button != NULL ? g_object_get_data (G_OBJECT (button), GROUP) : NULL;

  if (reason != NULL)
    g_hash_table_replace (self->forbidden, g_strdup (name), g_strdup (reason));
  else
    g_hash_table_remove (self->forbidden, name);
  if (act != NULL)
    show_tip (button, reason != NULL ? reason : act->tip != NULL ? _ (act->tip) : NULL);
  update (self);
}

/** wb_batch_bar_set_count: how many rows are chosen; the bar shows from two on. */
void
wb_batch_bar_set_count (WbBatchBar *self, guint count)
{
  /* Translators: how many rows of a list are chosen; with thousands' marks */
  g_autofree char *text = g_strdup_printf (_ ("%'u selected"), count);

  self->count = count;
  gtk_label_set_text (self->count_label, text);
  update (self);
}

/**
 * wb_batch_bar_begin:
 * @act: one that makes a run
 * @ids: (element-type gint64): of the chosen rows, in the visible order; kept
 *
 * Does it to them, after asking when it costs money or wants a word.
 */
void
wb_batch_bar_begin (WbBatchBar *self, const WbBatchAct *act, GArray *ids)
{
  g_autoptr (WbRun) run = NULL;

  g_return_if_fail (act->make != NULL);
  if ((self->run != NULL && wb_run_is_running (self->run)) || ids->len == 0)
    return;
  drop_window (self);
  if (act->form != WB_ACT_AT_ONCE)
    {
      take_window (self, wb_batch_window_ask (get_parent (self), self->workspace, act, ids));
      gtk_window_present (self->window);
      return;
    }
  run = act->make (act, self->workspace, ids, &(WbActAnswer){ 0 });
  start (self, run, act->followed);
}

/** wb_batch_bar_offer: shows @run, which an earlier session left, until it is gone on with. */
void
wb_batch_bar_offer (WbBatchBar *self, WbRun *run)
{
  take_run (self, run);
}

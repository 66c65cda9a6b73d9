/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bought label that failed a check: what was found, what would come out, and both ways on. */
#include "wb-set-aside-window.h"

#include "wb-detail.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-set-aside-works.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

struct _WbSetAsideWindow
{
  AdwWindow        parent_instance;
  GtkStack        *stack;
  GtkLabel        *what;
  GtkLabel        *reason;
  GtkWidget       *choice;
  GtkToggleButton *as_is;
  GtkToggleButton *as_proposed;
  GtkStack        *preview;
  GtkPicture      *picture;
  GtkLabel        *trouble;
  GtkLabel        *words;
  GtkWidget       *always_group;
  AdwActionRow    *always_row;
  GtkSwitch       *always;
  GtkLabel        *failure;
  GtkWidget       *accept;
  GtkWidget       *void_button;
  AdwStatusPage   *error_page;
  WbWorkspace     *workspace;
  WbSetAsideLook  *look;
  gint64           label_id;
};

G_DEFINE_FINAL_TYPE (WbSetAsideWindow, wb_set_aside_window, ADW_TYPE_WINDOW)

static WbSetAsideWay *
get_way (WbSetAsideWindow *self)
{
  return &self->look->ways[gtk_toggle_button_get_active (self->as_proposed) ? 1 : 0];
}

static void
say (WbSetAsideWindow *self, const char *text)
{
  gtk_label_set_text (self->failure, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), text != NULL);
}

static void
show_way (WbSetAsideWindow *self)
{
  WbSetAsideWay *way;
  gboolean       proposed;

  if (self->look == NULL)
    return;
  way = get_way (self);
  proposed = gtk_toggle_button_get_active (self->as_proposed);
  gtk_picture_set_paintable (self->picture,
                             way->picture != NULL ? GDK_PAINTABLE (way->picture) : NULL);
  gtk_label_set_text (self->trouble, way->trouble != NULL ? way->trouble : "");
  gtk_stack_set_visible_child_name (self->preview, way->picture != NULL ? "picture" : "trouble");
  gtk_label_set_text (self->words, proposed ? way->words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), proposed);
  gtk_widget_set_visible (self->always_group, proposed && self->look->lasting && way->possible);
  gtk_widget_set_sensitive (self->accept, way->possible);
}

static void
way_cb (GtkToggleButton *button, WbSetAsideWindow *self)
{
  if (gtk_toggle_button_get_active (button))
    show_way (self);
}

static void
show_look (WbSetAsideWindow *self)
{
  WbLabel         *label = self->look->label;
  g_autofree char *cost = wb_money_to_text (wb_record_get_money (label, WB_LABEL_COST));
  g_autofree char *what =
      g_strdup_printf ("%s · %s · %s", wb_record_get_text (label, WB_LABEL_CARRIER),
                       wb_record_get_text (label, WB_LABEL_SERVICE), cost);
  g_autofree char *always = g_strdup_printf (
      /* Translators: carrier and service */
      _ ("Always print labels of %s %s like this"), wb_record_get_text (label, WB_LABEL_CARRIER),
      wb_record_get_text (label, WB_LABEL_SERVICE));
  g_autofree char *ask = g_strdup_printf (_ ("_Void and ask %s back…"), cost);
  g_autofree char *doubt = wb_label_dup_doubt (label);

  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->reason, doubt);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->always_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->always_row), always);
  gtk_button_set_label (GTK_BUTTON (self->void_button), ask);
  gtk_widget_set_visible (self->choice, self->look->proposed);
  gtk_toggle_button_set_active (self->look->proposed ? self->as_proposed : self->as_is, TRUE);
  show_way (self);
  gtk_stack_set_visible_child_name (self->stack, "label");
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSetAsideWindow          *self = WB_SET_ASIDE_WINDOW (source);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbSetAsideLook) look = wb_worker_finish (result, &error);
  g_autofree char           *words = look == NULL ? wb_error_words (error) : NULL;

  if (self->workspace == NULL)
    return;
  if (look == NULL)
    {
      adw_status_page_set_description (self->error_page, words);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  if (!wb_label_is_set_aside (look->label))
    {
      gtk_stack_set_visible_child_name (self->stack, "decided");
      return;
    }
  self->look = g_steal_pointer (&look);
  show_look (self);
}

/* Says what came of it in the window behind this one. */
static void
tell_parent (WbSetAsideWindow *self, const char *text)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  wb_workspace_look (self->workspace);
  if (parent != NULL)
    wb_detail_toast (GTK_WIDGET (parent), text);
}

static void
set_busy (WbSetAsideWindow *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->accept, !busy && get_way (self)->possible);
  gtk_widget_set_sensitive (self->void_button, !busy);
  gtk_widget_set_sensitive (self->choice, !busy);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSetAsideWindow  *self = WB_SET_ASIDE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);
  g_autofree char   *words = outcome == NULL ? wb_error_words (error) : NULL;
  gint64             order_id;

  if (self->workspace == NULL)
    return;
  wb_workspace_look (self->workspace);
  if (outcome == NULL)
    {
      set_busy (self, FALSE);
      say (self, words);
      return;
    }
  tell_parent (self, outcome);
  order_id = wb_record_get_int (self->look->label, WB_LABEL_ORDER_ID);
  if (user_data != NULL && gtk_window_get_transient_for (GTK_WINDOW (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                                "win.show-order", "x", order_id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
accept_cb (GtkButton *button, WbSetAsideWindow *self)
{
  WbSetAsideWay *way = get_way (self);

  say (self, NULL);
  set_busy (self, TRUE);
  wb_worker_run_async (
      wb_workspace_get_worker (self->workspace), &wb_set_aside_accept_work,
      wb_set_aside_answer_new (
          self->label_id, wb_record_get_int (self->look->shipment, WB_SHIPMENT_ID), way->change,
          gtk_widget_get_visible (self->always_group) && gtk_switch_get_active (self->always)),
      G_OBJECT (self), NULL, done_cb, NULL);
}

/* With its money asked back the order can be shipped anew: it is shown then. */
static void
void_response_cb (AdwMessageDialog *dialog, const char *response, WbSetAsideWindow *self)
{
  if (!g_str_equal (response, "yes") || self->workspace == NULL)
    return;
  say (self, NULL);
  set_busy (self, TRUE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_void_work,
                       wb_wish_new (self->label_id, NULL), G_OBJECT (self), NULL, done_cb, self);
}

static void
void_cb (GtkButton *button, WbSetAsideWindow *self)
{
  g_autofree char *cost = wb_money_to_text (wb_record_get_money (self->look->label, WB_LABEL_COST));
  g_autofree char *yes = g_strdup_printf (_ ("_Ask %s back"), cost);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Void this label?"),
      _ ("The carrier is asked for the money, and the order can be shipped with another label.")));

  adw_message_dialog_add_responses (dialog, "keep", _ ("_Keep the label"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (void_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
wb_set_aside_window_dispose (GObject *object)
{
  WbSetAsideWindow *self = WB_SET_ASIDE_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->look, wb_set_aside_look_free);
  G_OBJECT_CLASS (wb_set_aside_window_parent_class)->dispose (object);
}

static void
wb_set_aside_window_class_init (WbSetAsideWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_set_aside_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-set-aside-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, what);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, choice);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, as_is);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, as_proposed);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, words);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, always_group);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, always_row);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, always);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, accept);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, void_button);
  gtk_widget_class_bind_template_child (widget_class, WbSetAsideWindow, error_page);
  gtk_widget_class_bind_template_callback (widget_class, way_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, void_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_set_aside_window_init (WbSetAsideWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_set_aside_window_new: Returns: (transfer none): a window above @parent, not yet shown, in
 * which somebody decides about the label @label_id. */
GtkWindow *
wb_set_aside_window_new (GtkWindow *parent, WbWorkspace *workspace, gint64 label_id)
{
  WbSetAsideWindow *self = g_object_new (WB_TYPE_SET_ASIDE_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->label_id = label_id;
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_set_aside_look_work,
                       wb_set_aside_wish_new (label_id), G_OBJECT (self), NULL, looked_cb, NULL);
  return GTK_WINDOW (self);
}

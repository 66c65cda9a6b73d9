/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that needs a person: what happened, what it means, the button of the next step, and
 * what came of it. */
#include "wb-exception-row.h"

#include "wb-resource.h"
#include "wb-text.h"

#define GRAVE 70 /* from this severity on it is about money or a parcel gone wrong */

struct _WbExceptionRow
{
  GtkListBoxRow parent_instance;
  GtkImage     *icon;
  GtkLabel     *title;
  GtkLabel     *meaning;
  GtkLabel     *small;
  GtkWidget    *buttons;
  GtkWidget    *show_button;
  GtkWidget    *decide_button;
  GtkButton    *next_button;
  GtkSpinner   *spinner;
  GtkWidget    *outcome_box;
  GtkLabel     *outcome;
  char         *key;
};

G_DEFINE_FINAL_TYPE (WbExceptionRow, wb_exception_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_exception_row_finalize (GObject *object)
{
  g_free (WB_EXCEPTION_ROW (object)->key);
  G_OBJECT_CLASS (wb_exception_row_parent_class)->finalize (object);
}

static void
wb_exception_row_class_init (WbExceptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_exception_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-exception-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, meaning);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, small);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, decide_button);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, next_button);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, outcome_box);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, outcome);
}

static void
wb_exception_row_init (WbExceptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_exception_key: Returns: (transfer full): what tells @exception from every other one, as long
 * as it is about the same. */
char *
wb_exception_key (const WbException *exception)
{
  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          exception->kind, exception->next, exception->order_id,
                          exception->operation_id, exception->connection_id);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), !wb_text_is_empty (text));
}

/** wb_exception_row_new: Returns: (transfer floating): the row; its buttons use today.next and
 * today.decide (with wb_exception_key()) and win.show-order. */
GtkWidget *
wb_exception_row_new (const WbException *exception)
{
  WbExceptionRow *self = g_object_new (WB_TYPE_EXCEPTION_ROW, NULL);
  gboolean        grave = exception->severity >= GRAVE;
  gboolean        shows = g_strcmp0 (exception->next, "show") == 0;

  self->key = wb_exception_key (exception);
  gtk_label_set_text (self->title, exception->title);
  gtk_label_set_text (self->meaning, exception->meaning);
  show_text (self->small, exception->small);
  gtk_image_set_from_icon_name (self->icon,
                                grave ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), grave ? "error" : "warning");
  gtk_button_set_label (self->next_button, exception->next_title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", self->key); /* by Return */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->next_button), "s", self->key);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->decide_button), "s", self->key);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show_button), "x", exception->order_id);
  gtk_widget_set_visible (self->decide_button, exception->decide != WB_DECIDE_NOTHING);
  gtk_widget_set_visible (self->show_button, exception->order_id != 0 && !shows);
  return GTK_WIDGET (self);
}

/** wb_exception_row_get_key: Returns: wb_exception_key() of what it shows. */
const char *
wb_exception_row_get_key (WbExceptionRow *self)
{
  return self->key;
}

/** wb_exception_row_set_busy: while its step runs, the buttons rest and a spinner turns. */
void
wb_exception_row_set_busy (WbExceptionRow *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->buttons, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

/** wb_exception_row_set_outcome: @text: (nullable): why the step did not settle it, and what next;
 * %NULL: nothing was tried yet. */
void
wb_exception_row_set_outcome (WbExceptionRow *self, const char *text)
{
  gtk_label_set_text (self->outcome, text != NULL ? text : "");
  gtk_widget_set_visible (self->outcome_box, text != NULL);
}

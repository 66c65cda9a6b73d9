/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that needs a person: what happened, what it means, and the button of the next step. */
#include "wb-exception-row.h"

#include "wb-resource.h"

struct _WbExceptionRow
{
  GtkListBoxRow parent_instance;
  GtkImage     *icon;
  GtkLabel     *title;
  GtkLabel     *meaning;
  GtkButton    *show_button;
  GtkButton    *decide_button;
  GtkButton    *next_button;
};

G_DEFINE_FINAL_TYPE (WbExceptionRow, wb_exception_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_exception_row_class_init (WbExceptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-exception-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, meaning);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, decide_button);
  gtk_widget_class_bind_template_child (widget_class, WbExceptionRow, next_button);
}

static void
wb_exception_row_init (WbExceptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_exception_row_new: Returns: (transfer floating): the row; its buttons use today.next,
 * today.decide and win.show-order. */
GtkWidget *
wb_exception_row_new (const WbException *exception)
{
  WbExceptionRow *self = g_object_new (WB_TYPE_EXCEPTION_ROW, NULL);
  gboolean        shows = g_strcmp0 (exception->next, "show") == 0;

  gtk_label_set_text (self->title, exception->title);
  gtk_label_set_text (self->meaning, exception->meaning);
  gtk_image_set_from_icon_name (self->icon, exception->severity >= 70 ? "dialog-error-symbolic"
                                                                      : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon),
                            exception->severity >= 70 ? "error" : "warning");
  gtk_button_set_label (self->next_button, exception->next_title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->next_button), "(sxxx)", exception->next,
                                    exception->order_id, exception->shipment_id,
                                    exception->operation_id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->decide_button), "(xs)",
                                    exception->operation_id, exception->title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show_button), "x", exception->order_id);
  gtk_widget_set_visible (GTK_WIDGET (self->decide_button),
                          g_strcmp0 (exception->kind, "unsure") == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->show_button), exception->order_id != 0 && !shows);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that was changed in the shop: what it was, what it is now, and what that makes invalid.
 */
#include "wb-edit-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbEditRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *title;
  GtkLabel     *before;
  GtkLabel     *after;
  GtkLabel     *effect;
};

G_DEFINE_FINAL_TYPE (WbEditRow, wb_edit_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_edit_row_class_init (WbEditRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-edit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbEditRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbEditRow, before);
  gtk_widget_class_bind_template_child (widget_class, WbEditRow, after);
  gtk_widget_class_bind_template_child (widget_class, WbEditRow, effect);
}

static void
wb_edit_row_init (WbEditRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_edit_to_text: Returns: (transfer full): the change in one line. */
char *
wb_edit_to_text (const WbEdit *edit)
{
  if (*edit->before == '\0')
    /* Translators: a field that had nothing; what it is now: “Note: added “ring twice”” */
    return g_strdup_printf (_ ("%s: added “%s”"), edit->title, edit->after);
  if (*edit->after == '\0')
    /* Translators: a field that has nothing any more; what it was */
    return g_strdup_printf (_ ("%s: “%s” taken away"), edit->title, edit->before);
  /* Translators: a field; what it was; what it is now: “Quantity: 2 instead of 1” */
  return g_strdup_printf (_ ("%s: “%s” became “%s”"), edit->title, edit->before, edit->after);
}

/** wb_edit_row_new: Returns: (transfer floating): the row of @edit. */
GtkWidget *
wb_edit_row_new (const WbEdit *edit)
{
  WbEditRow       *self = g_object_new (WB_TYPE_EDIT_ROW, NULL);
  g_autofree char *text = wb_edit_to_text (edit);
  g_autofree char *spoken =
      edit->effect != NULL ? g_strdup_printf ("%s. %s", text, edit->effect) : g_strdup (text);

  gtk_label_set_text (self->title, edit->title);
  gtk_label_set_text (self->before, *edit->before != '\0' ? edit->before : _ ("nothing"));
  gtk_label_set_text (self->after, *edit->after != '\0' ? edit->after : _ ("nothing"));
  gtk_label_set_text (self->effect, edit->effect != NULL ? edit->effect : "");
  gtk_widget_set_visible (GTK_WIDGET (self->effect), edit->effect != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}

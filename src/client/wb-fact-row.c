/* SPDX-License-Identifier: GPL-3.0-or-later
 * One fact in a list: what it is, and its value, which can be copied. */
#include "wb-fact-row.h"

#include "wb-resource.h"

struct _WbFactRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *title;
  GtkLabel     *value;
};

G_DEFINE_FINAL_TYPE (WbFactRow, wb_fact_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_fact_row_class_init (WbFactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFactRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbFactRow, value);
}

static void
wb_fact_row_init (WbFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_fact_row_new: @style: (nullable): a style class for the value. Returns: (transfer floating):
 * the row. */
GtkWidget *
wb_fact_row_new (const char *title, const char *value, const char *style)
{
  WbFactRow *self = g_object_new (WB_TYPE_FACT_ROW, NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->value, value != NULL ? value : "–");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), style);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line about stock in a box: what it is, more about it, a number, and perhaps one thing that
 * can be done with it. */
#include "wb-stock-row.h"

#include "wb-resource.h"
#include "wb-text.h"

struct _WbStockRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *title, *subtitle, *value;
  GtkButton    *button;
};

G_DEFINE_FINAL_TYPE (WbStockRow, wb_stock_row, GTK_TYPE_LIST_BOX_ROW)

/* Return in the row does what its button does. */
static void
activated_cb (WbStockRow *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->button)))
    g_signal_emit_by_name (self->button, "clicked");
}

static void
wb_stock_row_class_init (WbStockRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-stock-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbStockRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbStockRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WbStockRow, value);
  gtk_widget_class_bind_template_child (widget_class, WbStockRow, button);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
wb_stock_row_init (WbStockRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_stock_row_new: @subtitle, @value: (nullable); @style: (nullable): a style class for @value.
 * Returns: (transfer floating): the row. */
GtkWidget *
wb_stock_row_new (const char *title, const char *subtitle, const char *value, const char *style)
{
  WbStockRow *self = g_object_new (WB_TYPE_STOCK_ROW, NULL);

  gtk_label_set_text (self->title, title != NULL ? title : "");
  gtk_label_set_text (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), !wb_text_is_empty (subtitle));
  gtk_label_set_text (self->value, value != NULL ? value : "");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), style);
  return GTK_WIDGET (self);
}

/** wb_stock_row_add_button: @icon: its picture; @name: what it does, for everybody. Returns:
 * (transfer none): the button at the row's end. */
GtkButton *
wb_stock_row_add_button (WbStockRow *self, const char *icon, const char *name)
{
  gtk_button_set_icon_name (self->button, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), TRUE);
  /* GTK 4.8 keeps the keyboard out of what stands in a row that cannot have it. */
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  return self->button;
}

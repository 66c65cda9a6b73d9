/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of an order: what, how many, how far it is, what it costs. */
#include "wb-line-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbLineRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *quantity;
  GtkLabel     *name;
  GtkLabel     *options;
  GtkLabel     *progress;
  GtkLabel     *total;
};

G_DEFINE_FINAL_TYPE (WbLineRow, wb_line_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_line_row_class_init (WbLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbLineRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, WbLineRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbLineRow, options);
  gtk_widget_class_bind_template_child (widget_class, WbLineRow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbLineRow, total);
}

static void
wb_line_row_init (WbLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_or_hide (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* SKU and options in one line: “MUG-RED · Colour: red”. */
static char *
describe (WbOrderLine *line)
{
  const char *sku = wb_record_get_text (line, WB_ORDER_LINE_SKU);
  const char *options = wb_record_get_text (line, WB_ORDER_LINE_OPTIONS);
  gboolean    both = sku != NULL && *sku != '\0' && options != NULL && *options != '\0';

  return g_strconcat (sku != NULL ? sku : "", both ? " · " : "", options != NULL ? options : "",
                      NULL);
}

static const struct
{
  guint       field;
  const char *text;
} steps[] = {
  /* Translators: quantities of an order line, joined by dots: “2 shipped · 1 cancelled” */
  { WB_ORDER_LINE_ALLOCATED, N_ ("%d allocated") },
  { WB_ORDER_LINE_PICKED, N_ ("%d picked") },
  { WB_ORDER_LINE_PACKED, N_ ("%d packed") },
  { WB_ORDER_LINE_SHIPPED, N_ ("%d shipped") },
  { WB_ORDER_LINE_ELSEWHERE, N_ ("%d sent by others") },
  { WB_ORDER_LINE_CANCELLED, N_ ("%d cancelled") },
  { WB_ORDER_LINE_RETURNED, N_ ("%d returned") },
};

static char *
tell_progress (WbOrderLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) != 0)
    return NULL;
  if (wb_order_line_to_ship (line) > 0)
    g_string_append_printf (text, _ ("%d to ship"), (int) wb_order_line_to_ship (line));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (wb_record_get_int (line, steps[i].field) > 0)
      {
        if (text->len > 0)
          g_string_append (text, " · ");
        g_string_append_printf (text, _ (steps[i].text),
                                (int) wb_record_get_int (line, steps[i].field));
      }
  return g_strdup (text->str);
}

/** wb_line_row_new: @currency: of the order. Returns: (transfer floating): the row of @line. */
GtkWidget *
wb_line_row_new (WbOrderLine *line, const char *currency)
{
  WbLineRow *self = g_object_new (WB_TYPE_LINE_ROW, NULL);
  gboolean   item = g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0;
  g_autofree char *quantity =
      g_strdup_printf ("%d ×", (int) wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  g_autofree char *options = describe (line);
  g_autofree char *progress = tell_progress (line);
  g_autofree char *total =
      wb_money_to_text (wb_money (wb_record_get_int (line, WB_ORDER_LINE_TOTAL), currency));

  set_or_hide (self->quantity, item ? quantity : NULL);
  set_or_hide (self->name, wb_record_get_text (line, WB_ORDER_LINE_NAME));
  set_or_hide (self->options, options);
  set_or_hide (self->progress, progress);
  gtk_label_set_text (self->total, total);
  if (item && wb_order_line_to_ship (line) == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->progress), "success");
  return GTK_WIDGET (self);
}

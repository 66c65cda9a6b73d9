/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many of one line go into this parcel. */
#include "wb-ship-line-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbShipLineRow
{
  AdwActionRow   parent_instance;
  GtkSpinButton *quantity;
  gint64         line_id;
  gint64         free_pieces;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbShipLineRow, wb_ship_line_row, ADW_TYPE_ACTION_ROW)

static void
quantity_cb (GtkEditable *editable, WbShipLineRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_ship_line_row_class_init (WbShipLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-ship-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbShipLineRow, quantity);
  gtk_widget_class_bind_template_callback (widget_class, quantity_cb);
}

static void
wb_ship_line_row_init (WbShipLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_ship_line_row_new: @free_pieces: the most that can go. Returns: (transfer floating): the row,
 * with all of them. */
GtkWidget *
wb_ship_line_row_new (WbOrderLine *line, gint64 free_pieces)
{
  WbShipLineRow   *self = g_object_new (WB_TYPE_SHIP_LINE_ROW, NULL);
  const char      *name = wb_record_get_text (line, WB_ORDER_LINE_NAME);
  const char      *sku = wb_record_get_text (line, WB_ORDER_LINE_SKU);
  g_autofree char *label = g_strdup_printf (_ ("How many of %s"), name != NULL ? name : "");

  self->line_id = wb_record_get_int (line, WB_ORDER_LINE_ID);
  self->free_pieces = free_pieces;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name != NULL ? name : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), sku != NULL ? sku : "");
  gtk_spin_button_set_range (self->quantity, 0, (double) free_pieces);
  gtk_spin_button_set_value (self->quantity, (double) free_pieces);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quantity), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return GTK_WIDGET (self);
}

/** wb_ship_line_row_get_line_id: Returns: the line's number. */
gint64
wb_ship_line_row_get_line_id (WbShipLineRow *self)
{
  return self->line_id;
}

/** wb_ship_line_row_get_quantity: Returns: how many go. */
gint64
wb_ship_line_row_get_quantity (WbShipLineRow *self)
{
  gtk_spin_button_update (self->quantity); /* what is typed counts, too */
  return gtk_spin_button_get_value_as_int (self->quantity);
}

/** wb_ship_line_row_set_quantity: @quantity: at most the free pieces. */
void
wb_ship_line_row_set_quantity (WbShipLineRow *self, gint64 quantity)
{
  gtk_spin_button_set_value (self->quantity, (double) quantity);
}

/** wb_ship_line_row_add_note: @note: stands beside the SKU. */
void
wb_ship_line_row_add_note (WbShipLineRow *self, const char *note)
{
  const char      *sku = adw_action_row_get_subtitle (ADW_ACTION_ROW (self));
  gboolean         both = sku != NULL && *sku != '\0';
  g_autofree char *text = g_strconcat (both ? sku : "", both ? " · " : "", note, NULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
}

/** wb_ship_line_row_set_bounds: what can be chosen, where it is not 0 to the free pieces. */
void
wb_ship_line_row_set_bounds (WbShipLineRow *self, gint64 least, gint64 most)
{
  gtk_spin_button_set_range (self->quantity, (double) least, (double) most);
}

/** wb_ship_line_row_is_whole: whether all that can go, go. */
gboolean
wb_ship_line_row_is_whole (WbShipLineRow *self)
{
  return wb_ship_line_row_get_quantity (self) == self->free_pieces;
}

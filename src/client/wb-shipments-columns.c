/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of shipments. Their cells are plain GtkInscriptions made here, as those
 * of the orders are: a builder template a cell would cost the first frame of a long list dearly. */
#include "wb-shipments-columns.h"

#include "wb-cells.h"
#include "wb-column-fit.h"
#include "wb-column-memory.h"
#include "wb-shipment-row.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id; /* in settings */
  const char *title;
  int         width; /* 0: what is left */
  float       align;
  guint rank; /* how soon it goes where there is no room for all: the highest first, 0 never */
} columns[WB_N_SHIPMENT_COLUMNS] = {
  [WB_SHIPMENT_COLUMN_ORDER] = { "order", N_ ("Order"), 72, 0, 0 },
  [WB_SHIPMENT_COLUMN_MADE] = { "made", N_ ("Made"), 96, 0, 4 },
  [WB_SHIPMENT_COLUMN_CUSTOMER] = { "customer", N_ ("Customer"), 0, 0, 0 },
  [WB_SHIPMENT_COLUMN_SERVICE] = { "service", N_ ("Service"), 142, 0, 2 },
  [WB_SHIPMENT_COLUMN_COST] = { "cost", N_ ("Cost"), 90, 1, 3 },
  [WB_SHIPMENT_COLUMN_STATE] = { "state", N_ ("State"), 120, 0, 0 },
  [WB_SHIPMENT_COLUMN_WHERE] = { "where", N_ ("Where it is"), 124, 0, 1 },
};

/* GTK 4.8 calls a row by its class; a screen reader should say which shipment it is. */
static void
name_row (GtkWidget *cell, WbShipmentRow *row)
{
  GtkWidget       *holder = gtk_widget_get_parent (cell);
  GtkWidget       *widget = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  WbInstant        now = wb_now ();
  g_autofree char *number = wb_shipment_row_dup_text (row, WB_SHIPMENT_COLUMN_ORDER, now);
  g_autofree char *name = wb_shipment_row_dup_text (row, WB_SHIPMENT_COLUMN_CUSTOMER, now);
  g_autofree char *state = wb_shipment_row_dup_text (row, WB_SHIPMENT_COLUMN_STATE, now);
  g_autofree char *all = g_strdup_printf ("%s, %s, %s", number, name, state);

  if (widget != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, all,
                                    -1);
}

static void
show_cell (GtkListItem *item, WbShipmentColumn column)
{
  GtkWidget       *cell = gtk_list_item_get_child (item);
  WbShipmentRow   *row = gtk_list_item_get_item (item);
  g_autofree char *text = wb_shipment_row_dup_text (row, column, wb_now ());

  wb_cell_show (cell, text, wb_shipment_row_get_style (row, column));
  if (column == WB_SHIPMENT_COLUMN_CUSTOMER)
    name_row (cell, row);
}

static WbShipmentColumn
column_of (GtkListItem *item)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), "column"));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  WbShipmentColumn column = GPOINTER_TO_UINT (data);
  float            align = columns[column].align;

  gtk_list_item_set_child (item,
                           wb_cell_new (align, align > 0 || column == WB_SHIPMENT_COLUMN_ORDER));
  g_object_set_data (G_OBJECT (item), "column", data);
}

static void
row_changed_cb (WbShipmentRow *row, GtkListItem *item)
{
  show_cell (item, column_of (item));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  show_cell (item, column_of (item));
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (row_changed_cb), item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), row_changed_cb, item);
}

static void
free_memory (gpointer memory)
{
  wb_column_memory_free (memory);
}

static void
free_fit (gpointer fit)
{
  wb_column_fit_free (fit);
}

/** wb_shipments_columns_add: puts the columns into @view, whose rows are #WbShipmentRow; their
 * widths are remembered. */
void
wb_shipments_columns_add (GtkColumnView *view)
{
  WbColumnMemory *memory = wb_column_memory_new (view, "shipments");
  guint           ranks[WB_N_SHIPMENT_COLUMNS];

  for (guint i = 0; i < WB_N_SHIPMENT_COLUMNS; i++)
    {
      GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
      column = gtk_column_view_column_new (_ (columns[i].title), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].width == 0);
      gtk_column_view_column_set_fixed_width (
          column,
          wb_column_memory_get_width (memory, columns[i].id, wb_cell_width (columns[i].width)));
      gtk_column_view_append_column (view, column);
      wb_column_memory_add (memory, column, columns[i].id);
      ranks[i] = wb_column_memory_has (memory, columns[i].id) ? 0 : columns[i].rank;
    }
  g_object_set_data_full (G_OBJECT (view), "memory", memory, free_memory);
  g_object_set_data_full (G_OBJECT (view), "fit",
                          wb_column_fit_new (view, ranks, WB_N_SHIPMENT_COLUMNS), free_fit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Shipments"), -1);
}

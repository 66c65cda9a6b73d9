/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of orders' money: cells that are filled when they come into view, for
 * each row is read from the book then. */
#include "wb-money-columns.h"

#include "wb-cells.h"
#include "wb-money-item.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *title;
  int         width;
  float       align;
} columns[WB_N_MONEY_COLUMNS] = {
  [WB_MONEY_COLUMN_ORDER] = { N_ ("Order"), 66, 0 },
  [WB_MONEY_COLUMN_EXPECTED] = { N_ ("Expected"), 104, 1 },
  [WB_MONEY_COLUMN_CAPTURED] = { N_ ("Captured"), 76, 1 },
  [WB_MONEY_COLUMN_FEE] = { N_ ("Fee"), 58, 1 },
  [WB_MONEY_COLUMN_PAID_OUT] = { N_ ("Paid out"), 76, 1 },
  [WB_MONEY_COLUMN_LABEL] = { N_ ("Label cost"), 76, 1 },
  [WB_MONEY_COLUMN_ADJUSTMENT] = { N_ ("Adjustment"), 84, 1 },
  [WB_MONEY_COLUMN_MARGIN] = { N_ ("Margin"), 76, 1 },
  [WB_MONEY_COLUMN_STATE] = { N_ ("State"), 110, 0 },
  [WB_MONEY_COLUMN_DATE] = { N_ ("Shipped"), 0, 0 },
};

struct _WbMoneyColumns
{
  WbCells *cells;
};

typedef struct
{
  WbMoneyColumns *all;
  WbMoneyColumn   column;
} Column;

/* GTK 4.8 calls a row by its class; a screen reader should say which order it is. */
static void
name_row (GtkWidget *cell, WbMoneyItem *row)
{
  GtkWidget       *holder = gtk_widget_get_parent (cell);
  GtkWidget       *widget = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  g_autofree char *number = wb_money_item_dup_text (row, WB_MONEY_COLUMN_ORDER);
  g_autofree char *captured = wb_money_item_dup_text (row, WB_MONEY_COLUMN_CAPTURED);
  g_autofree char *state = wb_money_item_dup_text (row, WB_MONEY_COLUMN_STATE);
  g_autofree char *all = g_strdup_printf ("%s, %s, %s", number, captured, state);

  if (widget != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, all,
                                    -1);
}

static const char *
style_of (const WbMoneyRow *row, WbMoneyColumn column)
{
  if (row == NULL)
    return NULL;
  if (column == WB_MONEY_COLUMN_STATE)
    return wb_money_state_style (row->state);
  if (column == WB_MONEY_COLUMN_MARGIN && row->margin_currency[0] != '\0' && row->margin < 0)
    return "error";
  return column == WB_MONEY_COLUMN_DATE ? "dim-label" : NULL;
}

static void
fill_cell (GtkListItem *item, guint column, gpointer data)
{
  GtkWidget        *cell = gtk_list_item_get_child (item);
  WbMoneyItem      *row = gtk_list_item_get_item (item);
  const WbMoneyRow *read = wb_money_item_read (row);
  g_autofree char  *text = wb_money_item_dup_text (row, column);

  wb_cell_show (cell, text, style_of (read, column));
  if (column == WB_MONEY_COLUMN_STATE)
    name_row (cell, row);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  float align = columns[column->column].align;

  gtk_list_item_set_child (
      item, wb_cell_new (align, align > 0 || column->column == WB_MONEY_COLUMN_ORDER));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  wb_cells_bind (column->all->cells, item, column->column);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  wb_cells_unbind (column->all->cells, item);
}

static void
connect (GtkListItemFactory *factory, const char *signal, gpointer callback, Column *column)
{
  g_signal_connect_data (factory, signal, G_CALLBACK (callback), g_memdup2 (column, sizeof *column),
                         (GClosureNotify) (void *) g_free, 0);
}

/** wb_money_columns_new: puts the columns into @view, whose rows are #WbMoneyItem. Returns:
 * (transfer full): free it when the view has lost its model. */
WbMoneyColumns *
wb_money_columns_new (GtkColumnView *view)
{
  WbMoneyColumns *self = g_new0 (WbMoneyColumns, 1);

  self->cells = wb_cells_new (view, fill_cell, self);
  for (guint i = 0; i < WB_N_MONEY_COLUMNS; i++)
    {
      Column                          which = { self, i };
      GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      connect (factory, "setup", setup_cb, &which);
      connect (factory, "bind", bind_cb, &which);
      connect (factory, "unbind", unbind_cb, &which);
      column = gtk_column_view_column_new (_ (columns[i].title), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].width == 0);
      gtk_column_view_column_set_fixed_width (column, wb_cell_width (columns[i].width));
      gtk_column_view_append_column (view, column);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Orders and their money"), -1);
  return self;
}

/** wb_money_columns_free: frees @self. */
void
wb_money_columns_free (WbMoneyColumns *self)
{
  wb_cells_free (self->cells);
  g_free (self);
}

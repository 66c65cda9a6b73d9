/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of products: their cells, filled when they come into view, and how they
 * sort. */
#include "wb-products-columns.h"

#include "wb-cells.h"
#include "wb-column-memory.h"
#include "wb-product-item.h"

#include <glib/gi18n-lib.h>

/* How a column's cells compare: texts, or the number at an offset of WbStanding. */
typedef struct
{
  const char *id; /* in settings */
  const char *title;
  int         width; /* the name's: at least */
  float       align;
  goffset     number; /* -1: it is a text */
  goffset     text, order;
} Kind;

#define FIGURE(member) G_STRUCT_OFFSET (WbStanding, figures.member), -1, -1
#define TEXT(member)                                                                               \
  -1, G_STRUCT_OFFSET (WbStanding, member), G_STRUCT_OFFSET (WbStanding, member##_order)

static const Kind columns[WB_N_PRODUCT_COLUMNS] = {
  [WB_PRODUCT_COLUMN_SKU] = { "sku", N_ ("SKU"), 96, 0, TEXT (sku) },
  [WB_PRODUCT_COLUMN_NAME] = { "name", N_ ("Name"), 180, 0, TEXT (name) },
  [WB_PRODUCT_COLUMN_BIN] = { "bin", N_ ("Bin"), 70, 0, TEXT (bin) },
  [WB_PRODUCT_COLUMN_ON_HAND] = { "on-hand", N_ ("On hand"), 78, 1, FIGURE (on_hand) },
  [WB_PRODUCT_COLUMN_ALLOCATED] = { "allocated", N_ ("Allocated"), 84, 1, FIGURE (allocated) },
  [WB_PRODUCT_COLUMN_AVAILABLE] = { "available", N_ ("Available"), 84, 1, FIGURE (available) },
  [WB_PRODUCT_COLUMN_INCOMING] = { "incoming", N_ ("Incoming"), 80, 1, FIGURE (incoming) },
  [WB_PRODUCT_COLUMN_TOLD] = { "told", N_ ("Published"), 92, 1, -1, -1, -1 },
};

struct _WbProductsColumns
{
  GtkColumnView  *view;
  WbWorkspace    *workspace;
  WbCells        *cells;
  WbColumnMemory *memory;
  WbProductItem  *probes[2];
  gboolean        probing;
  int             probed; /* the first column whose sorter was asked, -1 */
};

/* One column and where it belongs: what its callbacks are given. */
typedef struct
{
  WbProductsColumns *all;
  WbProductColumn    column;
} Column;

/* ---- what cells say ---- */

/* “5”, and with the channels' names where there are several: “Shop 5 · Market 4”. */
static char *
told_text (WbProductsColumns *self, const WbStanding *of, gboolean named)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < of->told->len; i++)
    {
      const WbTold *told = &g_array_index (of->told, WbTold, i);
      const char   *name = named || of->told->len > 1
                               ? wb_workspace_get_connection_name (self->workspace, told->channel_id)
                               : NULL;

      if (text->len > 0)
        g_string_append (text, " · ");
      if (name != NULL)
        g_string_append_printf (text, "%s ", name);
      if (told->pieces < 0)
        g_string_append (text, "–");
      else
        g_string_append_printf (text, "%'d", (int) told->pieces);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
cell_text (WbProductsColumns *self, const WbStanding *of, WbProductColumn column)
{
  const Kind *kind = &columns[column];
  gint64      number;

  if (column == WB_PRODUCT_COLUMN_TOLD)
    return told_text (self, of, FALSE);
  if (kind->number < 0)
    return g_strdup (G_STRUCT_MEMBER (char *, of, kind->text));
  number = G_STRUCT_MEMBER (gint64, of, kind->number);
  if (!of->figures.tracked && number == 0)
    return NULL;
  if (number == 0 && column != WB_PRODUCT_COLUMN_ON_HAND && column != WB_PRODUCT_COLUMN_AVAILABLE)
    return NULL;
  return g_strdup_printf ("%'d", (int) number);
}

static const char *
cell_style (const WbStanding *of, WbProductColumn column)
{
  if (column == WB_PRODUCT_COLUMN_BIN || column == WB_PRODUCT_COLUMN_TOLD)
    return "dim-label";
  if (column != WB_PRODUCT_COLUMN_AVAILABLE)
    return NULL;
  if (of->states & (WB_STANDING_OUT | WB_STANDING_OVERSOLD))
    return "error";
  return of->states & WB_STANDING_LOW ? "warning" : NULL;
}

/* GTK 4.8 calls a row by its class; a screen reader should say which product it is. */
static void
name_row (GtkWidget *cell, const WbStanding *of)
{
  GtkWidget       *holder = gtk_widget_get_parent (cell);
  GtkWidget       *row = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  g_autofree char *all =
      of->figures.tracked
          /* Translators: SKU, name, pieces of a product */
          ? g_strdup_printf (_ ("%s, %s, %'d available"), of->sku != NULL ? of->sku : "", of->name,
                             (int) of->figures.available)
          : g_strdup_printf ("%s, %s", of->sku != NULL ? of->sku : "", of->name);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

static void
fill_cell (GtkListItem *item, guint column, gpointer data)
{
  GtkWidget        *cell = gtk_list_item_get_child (item);
  const WbStanding *of = wb_product_item_get (gtk_list_item_get_item (item));
  g_autofree char  *text = cell_text (data, of, column);

  wb_cell_show (cell, text != NULL ? text : "", cell_style (of, column));
  if (column == WB_PRODUCT_COLUMN_NAME)
    name_row (cell, of);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  float align = columns[column->column].align;

  gtk_list_item_set_child (item, wb_cell_new (align, align > 0));
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

/* ---- sorting ---- */

static int
compare (const Kind *kind, const WbStanding *a, const WbStanding *b)
{
  if (kind->number >= 0)
    {
      gint64 x = G_STRUCT_MEMBER (gint64, a, kind->number),
             y = G_STRUCT_MEMBER (gint64, b, kind->number);

      return x < y ? GTK_ORDERING_SMALLER : x > y ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
    }
  return gtk_ordering_from_cmpfunc (
      strcmp (G_STRUCT_MEMBER (char *, a, kind->order), G_STRUCT_MEMBER (char *, b, kind->order)));
}

/* GTK 4.8 does not tell which column sorts: each column's sorter notes that it was asked, and the
 * answer that comes out of the view's sorter tells the direction. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Column *column = data;

  if (!column->all->probing)
    return compare (&columns[column->column], wb_product_item_get ((gpointer) a),
                    wb_product_item_get ((gpointer) b));
  if (column->all->probed < 0)
    column->all->probed = (int) column->column;
  return -1;
}

static void
sorted_cb (GtkSorter *sorter, GtkSorterChange change, WbProductsColumns *self)
{
  GtkOrdering way;

  self->probing = TRUE;
  self->probed = -1;
  way = gtk_sorter_compare (sorter, self->probes[0], self->probes[1]);
  self->probing = FALSE;
  if (self->probed >= 0)
    wb_column_memory_set_sort (self->memory, columns[self->probed].id, way == GTK_ORDERING_SMALLER);
}

static void
sort_as_before (WbProductsColumns *self)
{
  GListModel      *all = gtk_column_view_get_columns (self->view);
  g_autofree char *id = NULL;
  gboolean         ascending = TRUE;

  if (!wb_column_memory_get_sort (self->memory, &id, &ascending))
    id = g_strdup (columns[WB_PRODUCT_COLUMN_SKU].id);
  for (guint i = 0; i < WB_N_PRODUCT_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      if (g_strcmp0 (columns[i].id, id) == 0)
        gtk_column_view_sort_by_column (self->view, column,
                                        ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
    }
  g_signal_connect (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorted_cb),
                    self);
}

/* ---- the columns themselves ---- */

static void
add_column (WbProductsColumns *self, WbProductColumn number)
{
  Column                         *column = g_new0 (Column, 1);
  GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) made = NULL;
  const Kind                     *kind = &columns[number];

  /* A name may be cut where text is large; how many there are may not. */
  int width = number == WB_PRODUCT_COLUMN_NAME ? kind->width : wb_cell_width (kind->width);

  column->all = self;
  column->column = number;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cb), column,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  made = gtk_column_view_column_new (_ (kind->title), factory);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, number == WB_PRODUCT_COLUMN_NAME);
  gtk_column_view_column_set_fixed_width (
      made, wb_column_memory_get_width (self->memory, kind->id, width));
  if (number != WB_PRODUCT_COLUMN_TOLD)
    {
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (compare_cb, column, NULL);

      gtk_column_view_column_set_sorter (made, GTK_SORTER (sorter));
    }
  gtk_column_view_append_column (self->view, made);
  wb_column_memory_add (self->memory, made, kind->id);
}

/** wb_products_columns_new: Returns: (transfer full): the columns, added to @view, whose rows are
 * #WbProductItem; free it when the view has lost its model. */
WbProductsColumns *
wb_products_columns_new (GtkColumnView *view, WbWorkspace *workspace)
{
  WbProductsColumns *self = g_new0 (WbProductsColumns, 1);

  self->view = view;
  self->workspace = g_object_ref (workspace);
  self->memory = wb_column_memory_new (view, "products");
  self->cells = wb_cells_new (view, fill_cell, self);
  self->probes[0] = g_object_new (WB_TYPE_PRODUCT_ITEM, NULL);
  self->probes[1] = g_object_new (WB_TYPE_PRODUCT_ITEM, NULL);
  for (guint i = 0; i < WB_N_PRODUCT_COLUMNS; i++)
    add_column (self, i);
  sort_as_before (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Products"), -1);
  return self;
}

/** wb_products_columns_free: takes the columns out of their view, so that nothing calls here any
 * more. */
void
wb_products_columns_free (WbProductsColumns *self)
{
  GListModel *all = gtk_column_view_get_columns (self->view);

  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  g_clear_pointer (&self->memory, wb_column_memory_free);
  while (g_list_model_get_n_items (all) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  wb_cells_free (self->cells);
  g_clear_object (&self->probes[0]);
  g_clear_object (&self->probes[1]);
  g_clear_object (&self->workspace);
  g_free (self);
}

/** wb_products_columns_refill: what the items say may be something else now. */
void
wb_products_columns_refill (WbProductsColumns *self)
{
  wb_cells_refill_all (self->cells);
}

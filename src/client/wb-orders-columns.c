/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the orders list: their cells, how they sort, and which of them show.
 * The cells are made here: a builder template a cell would cost the first frame of a long list
 * dearly. */
#include "wb-orders-columns.h"

#include "wb-cells.h"
#include "wb-column-fit.h"
#include "wb-column-memory.h"
#include "wb-list-selection.h"
#include "wb-order-list.h"

#include <glib/gi18n-lib.h>

#define MOST_REMADE 20 /* rows made anew one by one */

static const struct
{
  const char *id; /* in settings and actions */
  const char *sort;
  const char *title;
  int         width; /* 0: what is left */
  float       align;
  guint rank; /* how soon it goes where there is no room for all: the highest first, 0 never */
} columns[WB_N_COLUMNS] = {
  [WB_COLUMN_ORDER] = { "order", "number", N_ ("Order"), 68, 0, 0 },
  [WB_COLUMN_CHANNEL] = { "channel", NULL, N_ ("Channel"), 92, 0, 6 },
  [WB_COLUMN_PLACED] = { "placed", "placed_at", N_ ("Placed"), 96, 0, 5 },
  [WB_COLUMN_SHIP_BY] = { "ship-by", "ship_by", N_ ("Ship by"), 88, 0, 3 },
  [WB_COLUMN_CUSTOMER] = { "customer", "customer_name", N_ ("Customer"), 0, 0, 0 },
  [WB_COLUMN_ITEMS] = { "items", "item_count", N_ ("Items"), 52, 1, 4 },
  [WB_COLUMN_TOTAL] = { "total", "total", N_ ("Total"), 108, 1, 2 },
  [WB_COLUMN_STAGE] = { "stage", "stage", N_ ("Stage"), 112, 0, 0 },
  [WB_COLUMN_CHARGE] = { "charge", "capture_before", N_ ("Charge"), 118, 0, 1 },
};

struct _WbOrdersColumns
{
  GtkColumnView      *view;
  WbCells            *cells;
  gulong              changed_hook, renewed_hook;
  WbWorkspace        *workspace;
  GSettings          *settings;
  WbColumnMemory     *memory;
  WbColumnFit        *fit;
  GSimpleActionGroup *actions;
  GObject            *probes[2];
  int                 probed; /* the first column whose sorter was asked, -1 */
  WbInstant           now;
  gboolean            several; /* channels: with one only, there is nothing to tell them apart by */
};

/* One column and where it belongs: what its callbacks are given. */
typedef struct
{
  WbOrdersColumns *all;
  WbOrderColumn    column;
} Column;

/* GTK 4.8 calls a row by its class; a screen reader should say which order it is. */
static void
name_row (WbOrdersColumns *self, GtkWidget *cell, WbOrder *head)
{
  GtkWidget       *holder = gtk_widget_get_parent (cell);
  GtkWidget       *row = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  g_autofree char *number = wb_order_dup_text (head, WB_COLUMN_ORDER, self->workspace, self->now);
  g_autofree char *name = wb_order_dup_text (head, WB_COLUMN_CUSTOMER, self->workspace, self->now);
  g_autofree char *stage = wb_order_dup_text (head, WB_COLUMN_STAGE, self->workspace, self->now);
  g_autofree char *all = g_strdup_printf ("%s, %s, %s", number, name != NULL ? name : "", stage);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

static void
fill_cell (GtkListItem *item, guint number, gpointer data)
{
  WbOrdersColumns *self = data;
  GtkWidget       *cell = gtk_list_item_get_child (item);
  WbOrder         *head = wb_order_row_get_head (gtk_list_item_get_item (item));
  const char      *style = head != NULL ? wb_order_get_style (head, number, self->now) : NULL;
  g_autofree char *text = NULL;

  if (head != NULL)
    text = wb_order_dup_text (head, number, self->workspace, self->now);
  wb_cell_show (cell, text != NULL ? text : "", style);
  if (head != NULL && number == WB_COLUMN_CUSTOMER)
    name_row (self, cell, head);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  float align = columns[column->column].align;

  gtk_list_item_set_child (item,
                           wb_cell_new (align, align > 0 || column->column == WB_COLUMN_ORDER));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  column->all->now = wb_now ();
  wb_cells_bind (column->all->cells, item, column->column);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  wb_cells_unbind (column->all->cells, item);
}

/* One hook for all rows: a handler for each cell of each row bound would cost every jump dearly. */
static gboolean
row_changed_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  WbOrdersColumns *self = data;

  self->now = wb_now ();
  wb_cells_refill (self->cells, g_value_get_object (values));
  return TRUE;
}

/* The list under the view, and what is chosen in it. */
static WbOrderList *
get_list (WbOrdersColumns *self, GtkSelectionModel **model)
{
  *model = gtk_column_view_get_model (self->view);
  return *model != NULL ? WB_ORDER_LIST (wb_list_selection_get_model (WB_LIST_SELECTION (*model)))
                        : NULL;
}

/* The same rows show other orders: none of these has been chosen, and choosing none must not show
 * in the detail. */
static gboolean
renewed_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  WbOrdersColumns      *self = data;
  GtkSelectionModel    *model;
  WbOrderList          *list = get_list (self, &model);
  g_autoptr (GtkBitset) chosen = NULL;
  GtkBitsetIter         iter;
  guint                 position;

  if (list == NULL || list != g_value_get_object (values))
    return TRUE;
  chosen = gtk_bitset_copy (gtk_selection_model_get_selection (model));
  if (gtk_bitset_get_size (chosen) > MOST_REMADE)
    wb_order_list_remake (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)));
  else if (gtk_bitset_iter_init_first (&iter, chosen, &position))
    do
      wb_order_list_remake (list, position, 1);
    while (gtk_bitset_iter_next (&iter, &position));
  self->now = wb_now ();
  wb_cells_refill_all (self->cells);
  return TRUE;
}

/* GTK 4.8 does not tell which column sorts. Each column's sorter notes that it was asked, and the
 * answer that comes out of the view's sorter tells the direction. */
static int
probe_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Column *column = data;

  if (column->all->probed < 0)
    column->all->probed = (int) column->column;
  return -1;
}

/* What is hidden stays so over restarts; for want of room alone, nothing is kept. */
static void
keep_hidden (WbOrdersColumns *self)
{
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  g_auto (GStrv)           names = NULL;

  for (guint i = 0; i < WB_N_COLUMNS; i++)
    {
      g_autoptr (GVariant) shown =
          g_action_group_get_action_state (G_ACTION_GROUP (self->actions), columns[i].id);

      if (!g_variant_get_boolean (shown) && (i != WB_COLUMN_CHANNEL || self->several))
        g_strv_builder_add (hidden, columns[i].id);
    }
  names = g_strv_builder_end (hidden);
  g_settings_set_strv (self->settings, "hidden-columns", (const char *const *) names);
}

static void
shown_cb (GSimpleAction *action, GVariant *shown, WbOrdersColumns *self)
{
  g_simple_action_set_state (action, shown);
  for (guint i = 0; i < WB_N_COLUMNS; i++)
    if (g_str_equal (columns[i].id, g_action_get_name (G_ACTION (action))))
      wb_column_fit_want (self->fit, i, g_variant_get_boolean (shown));
  keep_hidden (self);
}

static gboolean
has_several_shops (WbWorkspace *workspace)
{
  GPtrArray *all = wb_workspace_get_connections (workspace);
  guint      shops = 0;

  for (guint i = 0; i < all->len; i++)
    shops += g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0;
  return shops > 1;
}

static GtkListItemFactory *
make_factory (Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cb), column,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  return factory;
}

static void
add_column (WbOrdersColumns *self, WbOrderColumn number)
{
  Column                         *column = g_new0 (Column, 1);
  g_autoptr (GtkColumnViewColumn) made = NULL;

  column->all = self;
  column->column = number;
  made = gtk_column_view_column_new (_ (columns[number].title), make_factory (column));
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, columns[number].width == 0);
  if (columns[number].sort != NULL)
    {
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (probe_cb, column, NULL);

      gtk_column_view_column_set_sorter (made, GTK_SORTER (sorter));
    }
  gtk_column_view_column_set_fixed_width (
      made, wb_column_memory_get_width (self->memory, columns[number].id,
                                        wb_cell_width (columns[number].width)));
  wb_column_memory_add (self->memory, made, columns[number].id);
  gtk_column_view_append_column (self->view, made);
}

/* Each column and what shows or hides it. */
static void
add_columns (WbOrdersColumns *self)
{
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, "hidden-columns");
  guint          ranks[WB_N_COLUMNS];

  for (guint i = 0; i < WB_N_COLUMNS; i++)
    {
      add_column (self, i);
      ranks[i] = wb_column_memory_has (self->memory, columns[i].id) ? 0 : columns[i].rank;
    }
  self->fit = wb_column_fit_new (self->view, ranks, WB_N_COLUMNS);
  for (guint i = 0; i < WB_N_COLUMNS; i++)
    {
      gboolean shown = !g_strv_contains ((const char *const *) hidden, columns[i].id) &&
                       (i != WB_COLUMN_CHANNEL || self->several);
      g_autoptr (GSimpleAction) action =
          g_simple_action_new_stateful (columns[i].id, NULL, g_variant_new_boolean (shown));

      if (!shown)
        wb_column_fit_want (self->fit, i, FALSE);
      g_signal_connect (action, "change-state", G_CALLBACK (shown_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
}

static void
sorted_cb (GtkSorter *sorter, GtkSorterChange change, WbOrdersColumns *self)
{
  gboolean    ascending;
  const char *sort = wb_orders_columns_get_sort (self, &ascending);

  wb_column_memory_set_sort (self->memory, sort, ascending);
}

/* As it was sorted last; new orders first when it never was. */
static void
sort_as_before (WbOrdersColumns *self)
{
  g_autofree char *sort = NULL;
  gboolean         ascending = FALSE;

  if (!wb_column_memory_get_sort (self->memory, &sort, &ascending) ||
      !wb_orders_columns_set_sort (self, sort, ascending))
    wb_orders_columns_set_sort (self, "placed_at", FALSE);
  g_signal_connect (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorted_cb),
                    self);
}

/** wb_orders_columns_new: Returns: (transfer full): the columns, added to @view, which they do not
 * outlive. */
WbOrdersColumns *
wb_orders_columns_new (GtkColumnView *view, WbWorkspace *workspace)
{
  WbOrdersColumns *self = g_new0 (WbOrdersColumns, 1);

  self->view = view;
  self->workspace = g_object_ref (workspace);
  self->settings = g_settings_new ("org.waybill.Waybill");
  self->memory = wb_column_memory_new (view, "orders");
  self->actions = g_simple_action_group_new ();
  self->probes[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->probes[1] = g_object_new (G_TYPE_OBJECT, NULL);
  self->now = wb_now ();
  self->several = has_several_shops (workspace);
  self->cells = wb_cells_new (view, fill_cell, self);
  g_type_class_unref (g_type_class_ref (WB_TYPE_ORDER_ROW)); /* its signals exist from here on */
  self->changed_hook = g_signal_add_emission_hook (g_signal_lookup ("changed", WB_TYPE_ORDER_ROW),
                                                   0, row_changed_cb, self, NULL);
  g_type_class_unref (g_type_class_ref (WB_TYPE_ORDER_LIST));
  self->renewed_hook = g_signal_add_emission_hook (g_signal_lookup ("renewed", WB_TYPE_ORDER_LIST),
                                                   0, renewed_cb, self, NULL);
  add_columns (self);
  sort_as_before (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Orders"), -1);
  return self;
}

/** wb_orders_columns_free: takes the columns out of their view, so that nothing calls here any
 * more. */
void
wb_orders_columns_free (WbOrdersColumns *self)
{
  GListModel *all = gtk_column_view_get_columns (self->view);

  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  g_clear_pointer (&self->fit, wb_column_fit_free);
  g_clear_pointer (&self->memory, wb_column_memory_free);
  g_signal_remove_emission_hook (g_signal_lookup ("changed", WB_TYPE_ORDER_ROW),
                                 self->changed_hook);
  g_signal_remove_emission_hook (g_signal_lookup ("renewed", WB_TYPE_ORDER_LIST),
                                 self->renewed_hook);
  while (g_list_model_get_n_items (all) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  g_clear_object (&self->probes[0]);
  g_clear_object (&self->probes[1]);
  g_clear_pointer (&self->cells, wb_cells_free);
  g_free (self);
}

/** wb_orders_columns_get_sort: Returns: (transfer none): the sort name as of #WbOrderQuery that the
 * heads ask for. */
const char *
wb_orders_columns_get_sort (WbOrdersColumns *self, gboolean *ascending)
{
  GtkOrdering answer;

  self->probed = -1;
  answer = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), self->probes[0],
                               self->probes[1]);
  *ascending = self->probed >= 0 && answer == GTK_ORDERING_SMALLER;
  return self->probed >= 0 ? columns[self->probed].sort : "placed_at";
}

/** wb_orders_columns_set_sort: sorts by the column that @sort (as of wb_orders_columns_get_sort())
 * stands for. Returns: FALSE when no column does. */
gboolean
wb_orders_columns_set_sort (WbOrdersColumns *self, const char *sort, gboolean ascending)
{
  GListModel *all = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < WB_N_COLUMNS; i++)
    if (columns[i].sort != NULL && g_strcmp0 (columns[i].sort, sort) == 0)
      {
        g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

        gtk_column_view_sort_by_column (self->view, column,
                                        ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
        return TRUE;
      }
  return FALSE;
}

/** wb_orders_columns_get_actions: Returns: (transfer none): one action a column, which shows or
 * hides it. */
GActionGroup *
wb_orders_columns_get_actions (WbOrdersColumns *self)
{
  return G_ACTION_GROUP (self->actions);
}

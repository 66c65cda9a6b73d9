/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Products page: every product with its stock, found, filtered and sorted, and everything about
 * the chosen one. */
#include "wb-cells.h"
#include "wb-filter-switch.h"
#include "wb-products-page-private.h"
#include "wb-resource.h"
#include "wb-text.h"

G_DEFINE_FINAL_TYPE (WbProductsPage, wb_products_page, ADW_TYPE_BIN)

static void reckon (WbProductsPage *self);

/* What is hidden first where there is no room for all. */
static const guint ranks[WB_N_PRODUCT_COLUMNS] = {
  [WB_PRODUCT_COLUMN_TOLD] = 5, [WB_PRODUCT_COLUMN_INCOMING] = 4, [WB_PRODUCT_COLUMN_ALLOCATED] = 3,
  [WB_PRODUCT_COLUMN_BIN] = 2,  [WB_PRODUCT_COLUMN_ON_HAND] = 1,
};

/** wb_products_page_get_filter: Returns: the one that is chosen. */
WbProductsFilter
wb_products_page_get_filter (WbProductsPage *self)
{
  for (guint i = 0; i < WB_N_PRODUCTS_FILTERS; i++)
    if (gtk_toggle_button_get_active (self->filters[i]))
      return i;
  return WB_PRODUCTS_ALL;
}

/* ---- which rows ---- */

static gboolean
is_wanted (gpointer item, gpointer data)
{
  WbProductsPage   *self = data;
  const WbStanding *of = wb_product_item_get (item);
  WbProductsFilter  filter = wb_products_page_get_filter (self);

  if (wb_products_filters[filter].state != 0 &&
      (of->states & wb_products_filters[filter].state) == 0)
    return FALSE;
  if (filter == WB_PRODUCTS_REORDER &&
      (self->reorder == NULL || !g_hash_table_contains (self->reorder, &of->id)))
    return FALSE;
  if (of->id == self->coded)
    return TRUE;
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (of->key, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static guint
find_position (WbProductsPage *self, gint64 id)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  gpointer    wanted = wb_products_list_find (self->list, id);

  for (guint i = 0; wanted != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if ((gpointer) item == wanted)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
narrow (WbProductsPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  wb_products_page_show_hint (self);
  wb_products_page_show_state (self);
}

/* What somebody looks for anew is seen from its first row. */
static void
narrow_anew (WbProductsPage *self)
{
  narrow (self);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), 0);
}

/* ---- reading ---- */

static void
show_found (WbProductsPage *self)
{
  wb_products_list_take (self->list, g_ptr_array_ref (self->found->all));
  wb_products_page_show_counts (self);
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
  narrow (self);
  wb_products_columns_refill (self->columns);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProductsPage    *self = WB_PRODUCTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  WbProductsFound   *found = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL || self->again)
    {
      g_clear_pointer (&found, wb_products_found_free);
      if (self->workspace != NULL)
        wb_products_page_query (self);
      return;
    }
  g_clear_error (&self->error);
  if (found == NULL)
    {
      self->error = g_steal_pointer (&error);
      wb_products_page_show_state (self);
      return;
    }
  g_clear_pointer (&self->found, wb_products_found_free);
  self->found = found;
  show_found (self);
}

/** wb_products_page_query: one at a time; what was asked meanwhile is asked once, when it has
 * ended. */
void
wb_products_page_query (WbProductsPage *self)
{
  if (self->workspace == NULL)
    return;
  self->again = self->running;
  self->stale = FALSE;
  if (self->running)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_products_query_work, NULL,
                       G_OBJECT (self), NULL, found_cb, NULL);
}

static void
reckoned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProductsPage    *self = WB_PRODUCTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  GHashTable        *ids = wb_worker_finish (result, &error);

  g_clear_object (&self->reckoning);
  if (self->workspace == NULL || (ids == NULL && self->reorder_stale))
    {
      g_clear_pointer (&ids, g_hash_table_unref);
      if (self->workspace != NULL)
        reckon (self);
      return;
    }
  g_clear_error (&self->error);
  if (ids == NULL)
    self->error = g_steal_pointer (&error);
  else
    {
      g_clear_pointer (&self->reorder, g_hash_table_unref);
      self->reorder = ids;
      wb_products_page_count_filter (self, WB_PRODUCTS_REORDER, g_hash_table_size (ids));
    }
  narrow (self);
  if (self->reorder_stale)
    reckon (self);
}

/* What is to be ordered takes a while with many products: only while somebody looks at it. */
static void
reckon (WbProductsPage *self)
{
  if (wb_products_page_get_filter (self) != WB_PRODUCTS_REORDER || self->reckoning != NULL)
    return;
  self->reorder_stale = FALSE;
  self->reckoning = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_products_reorder_work, NULL,
                       G_OBJECT (self), self->reckoning, reckoned_cb, NULL);
}

static void
filter_cb (GtkToggleButton *button, WbProductsPage *self)
{
  if (!gtk_toggle_button_get_active (button) || self->workspace == NULL)
    return;
  if (self->reckoning != NULL && wb_products_page_get_filter (self) != WB_PRODUCTS_REORDER)
    {
      self->reorder_stale = TRUE;
      g_cancellable_cancel (self->reckoning);
    }
  if (self->reorder == NULL || self->reorder_stale)
    reckon (self);
  narrow_anew (self);
}

/* ---- looking one up ---- */

static void
coded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProductsPage    *self = WB_PRODUCTS_PAGE (source);
  g_autoptr (GArray) ids = wb_worker_finish (result, NULL);

  if (self->workspace == NULL || ids == NULL || ids->len == 0 || self->words == NULL)
    return;
  self->coded = g_array_index (ids, gint64, 0);
  narrow (self);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbProductsPage *self)
{
  const char      *text = gtk_editable_get_text (self->search);
  g_autofree char *key = wb_text_search_key (text);

  if (self->workspace == NULL)
    return;
  g_clear_pointer (&self->words, g_strfreev);
  self->coded = 0;
  if (!wb_text_is_empty (key))
    {
      self->words = g_strsplit (key, " ", -1);
      wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_product_code_work,
                           g_strdup (text), G_OBJECT (self), NULL, coded_cb, NULL);
    }
  narrow_anew (self);
}

static void
focus_list (WbProductsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position = 0);
  wb_cells_scroll_to (self->view, position);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
search_activate_cb (GtkSearchEntry *entry, WbProductsPage *self)
{
  if (self->workspace != NULL)
    focus_list (self);
}

static void
search_stop_cb (GtkSearchEntry *entry, WbProductsPage *self)
{
  gtk_editable_set_text (self->search, "");
  search_activate_cb (entry, self);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, WbProductsPage *self)
{
  WbProductItem *item = gtk_single_selection_get_selected_item (selection);

  if (item == NULL)
    return;
  self->shown = wb_product_item_get (item)->id;
  wb_product_detail_show (self->detail, self->shown);
}

static void
activate_cb (GtkColumnView *view, guint position, WbProductsPage *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split))
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

/* ---- the page itself ---- */

static void
changed_cb (WbWorkspace *workspace, WbProductsPage *self)
{
  self->stale = TRUE;
  self->reorder_stale = TRUE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wb_products_page_query (self);
  reckon (self);
  wb_product_detail_refresh (self->detail);
}

static void
map (GtkWidget *widget)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  GTK_WIDGET_CLASS (wb_products_page_parent_class)->map (widget);
  if (!self->stale)
    return;
  wb_products_page_query (self);
  reckon (self);
  wb_product_detail_refresh (self->detail);
}

static void
wb_products_page_dispose (GObject *object)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (object);

  if (self->view != NULL && self->selection != NULL)
    gtk_column_view_set_model (self->view, NULL);
  if (self->reckoning != NULL)
    g_cancellable_cancel (self->reckoning);
  g_clear_pointer (&self->fit, wb_column_fit_free);
  g_clear_pointer (&self->columns, wb_products_columns_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);
  g_clear_object (&self->list);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->found, wb_products_found_free);
  g_clear_pointer (&self->reorder, g_hash_table_unref);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wb_products_page_parent_class)->dispose (object);
}

static void
wb_products_page_class_init (WbProductsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_products_page_dispose;
  widget_class->map = map;
  g_type_ensure (WB_TYPE_SPLIT);
  g_type_ensure (WB_TYPE_FILTER_SWITCH);
  g_type_ensure (WB_TYPE_PRODUCT_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-products-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, split);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, search);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, hint);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, hint_button);
  gtk_widget_class_bind_template_child (widget_class, WbProductsPage, detail);
  for (guint i = 0; i < WB_N_PRODUCTS_FILTERS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, wb_products_filters[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbProductsPage, filters) +
                                                   i * sizeof (void *));
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  wb_products_page_bind_acts (widget_class);
}

static void
wb_products_page_init (WbProductsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_products_page_set_workspace: shows the products of @workspace, which must be open, as soon as
 * the page is to be seen; once. */
void
wb_products_page_set_workspace (WbProductsPage *self, WbWorkspace *workspace)
{
  GtkFilterListModel *filtered;

  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->list = wb_products_list_new ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->list)),
                                        g_object_ref (self->filter));
  self->columns = wb_products_columns_new (self->view, workspace);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered),
                                          g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->sorted)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->fit = wb_column_fit_new (self->view, ranks, WB_N_PRODUCT_COLUMNS);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search),
                                           GTK_WIDGET (self->view));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_product_detail_set_workspace (self->detail, workspace);
  wb_products_page_query (self); /* it is made when it is first wanted */
}

/** wb_products_page_show_product: chooses the product @product_id, leaving filter and search, which
 * may hide it. */
void
wb_products_page_show_product (WbProductsPage *self, gint64 product_id)
{
  guint position;

  wb_products_page_show_all (self);
  self->shown = product_id;
  wb_product_detail_show (self->detail, product_id);
  wb_split_set_show_detail (self->split, TRUE);
  if (self->selection == NULL)
    return;
  position = find_position (self, product_id);
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    wb_cells_scroll_to (self->view, position);
}

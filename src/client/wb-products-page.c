/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Products page: every product with its stock, found, filtered and sorted, and everything about
 * the chosen one. */
#include "wb-products-page.h"

#include "wb-buying-window.h"
#include "wb-cells.h"
#include "wb-column-fit.h"
#include "wb-customs-data-window.h"
#include "wb-filter-switch.h"
#include "wb-list-state.h"
#include "wb-product-detail.h"
#include "wb-product-works.h"
#include "wb-products-columns.h"
#include "wb-products-files.h"
#include "wb-products-list.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define MOST_FILLED 50 /* gaps filled in at one time */

typedef enum
{
  FILTER_ALL,
  FILTER_LOW,
  FILTER_OUT,
  FILTER_OVERSOLD,
  FILTER_GAPS,
  FILTER_REORDER,
  N_FILTERS,
} Filter;

struct _WbProductsPage
{
  AdwBin              parent_instance;
  WbSplit            *split;
  GtkStack           *stack;
  GtkColumnView      *view;
  GtkEditable        *search;
  GtkToggleButton    *filters[N_FILTERS];
  GtkWidget          *hint;
  GtkLabel           *hint_label;
  GtkButton          *hint_button;
  WbProductDetail    *detail;
  WbWorkspace        *workspace;
  WbProductsColumns  *columns;
  WbColumnFit        *fit;
  WbProductsList     *list;
  GtkFilter          *filter;
  GtkSortListModel   *sorted;
  GtkSingleSelection *selection;
  WbProductsFound    *found;   /* (nullable): the latest counts */
  GHashTable         *reorder; /* (nullable): gint64: products to be ordered */
  char              **words;   /* (nullable): what is looked for, as keys */
  GCancellable       *reckoning;
  GError             *error;        /* (nullable): why nothing could be read */
  gint64              shown, coded; /* coded: the product whose code was typed */
  gboolean            running, again, stale, reorder_stale;
};

G_DEFINE_FINAL_TYPE (WbProductsPage, wb_products_page, ADW_TYPE_BIN)

static void query (WbProductsPage *self);
static void reckon (WbProductsPage *self);

static const struct
{
  const char *name; /* of its button */
  const char *title;
  guint       state;
} filters[N_FILTERS] = {
  [FILTER_ALL] = { "all_filter", N_ ("All"), 0 },
  [FILTER_LOW] = { "low_filter", N_ ("Low"), WB_STANDING_LOW },
  [FILTER_OUT] = { "out_filter", N_ ("Out of stock"), WB_STANDING_OUT },
  [FILTER_OVERSOLD] = { "oversold_filter", N_ ("Oversold"), WB_STANDING_OVERSOLD },
  [FILTER_GAPS] = { "gaps_filter", N_ ("Gaps"), WB_STANDING_GAP },
  [FILTER_REORDER] = { "reorder_filter", N_ ("To order"), 0 },
};

/* What is hidden first where there is no room for all. */
static const guint ranks[WB_N_PRODUCT_COLUMNS] = {
  [WB_PRODUCT_COLUMN_TOLD] = 5, [WB_PRODUCT_COLUMN_INCOMING] = 4, [WB_PRODUCT_COLUMN_ALLOCATED] = 3,
  [WB_PRODUCT_COLUMN_BIN] = 2,  [WB_PRODUCT_COLUMN_ON_HAND] = 1,
};

static Filter
get_filter (WbProductsPage *self)
{
  for (guint i = 0; i < N_FILTERS; i++)
    if (gtk_toggle_button_get_active (self->filters[i]))
      return i;
  return FILTER_ALL;
}

/* ---- which rows ---- */

static gboolean
is_wanted (gpointer item, gpointer data)
{
  WbProductsPage   *self = data;
  const WbStanding *of = wb_product_item_get (item);
  Filter            filter = get_filter (self);

  if (filters[filter].state != 0 && (of->states & filters[filter].state) == 0)
    return FALSE;
  if (filter == FILTER_REORDER &&
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

/* ---- what stands in place of rows ---- */

static const WbListStateText empty_state = {
  "empty",
  "package-x-generic-symbolic",
  N_ ("No products yet"),
  N_ ("They come with a shop’s articles and orders, or out of a file."),
  N_ ("_Import…"),
};
static const WbListStateText nothing_state = {
  "nothing",
  "edit-find-symbolic",
  N_ ("No such product"),
  N_ ("No SKU, name, bin or barcode fits. A part of it is enough."),
  N_ ("Show all"),
};
static const WbListStateText error_state = {
  "error", "dialog-error-symbolic", N_ ("The products could not be read"), NULL, N_ ("Try again"),
};
static const WbListStateText fine_states[N_FILTERS] = {
  [FILTER_LOW] = { "no-low", "emblem-ok-symbolic", N_ ("Nothing is low"),
                   N_ ("Of every product with a least stock there is that much."),
                   N_ ("Show all") },
  [FILTER_OUT] = { "no-out", "emblem-ok-symbolic", N_ ("Nothing is out of stock"),
                   N_ ("Of every product under stock keeping some can be sold."), N_ ("Show all") },
  [FILTER_OVERSOLD] = { "no-oversold", "emblem-ok-symbolic", N_ ("Nothing is oversold"),
                        N_ ("No order wants more than there is."), N_ ("Show all") },
  [FILTER_GAPS] = { "no-gaps", "emblem-ok-symbolic", N_ ("Everything can go abroad"),
                    N_ ("Every product has a tariff number, a country of origin and a weight."),
                    N_ ("Show all") },
  [FILTER_REORDER] = { "no-reorder", "emblem-ok-symbolic", N_ ("Nothing has to be ordered"),
                       N_ ("What is there and coming will do until more can be here."),
                       N_ ("Show all") },
};

static void
show_all_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_toggle_button_set_active (self->filters[FILTER_ALL], TRUE);
}

static void
retry_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  query (self);
}

static void
import_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "products.import", NULL);
}

static void
show_state (WbProductsPage *self)
{
  Filter filter = get_filter (self);

  if (self->error != NULL)
    wb_list_state_tell (wb_list_state_show (self->stack, &error_state, G_CALLBACK (retry_cb), self),
                        self->error);
  else if (self->found == NULL || (filter == FILTER_REORDER && self->reorder == NULL))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->found->all->len == 0)
    wb_list_state_show (self->stack, &empty_state, G_CALLBACK (import_cb), self);
  else if (self->words != NULL || fine_states[filter].name == NULL)
    wb_list_state_show (self->stack, &nothing_state, G_CALLBACK (show_all_cb), self);
  else
    wb_list_state_show (self->stack, &fine_states[filter], G_CALLBACK (show_all_cb), self);
}

/* ---- counts and what to do about them ---- */

static void
count_filter (WbProductsPage *self, Filter filter, guint n)
{
  /* Translators: a filter and how many products it lets through: Low 2 */
  g_autofree char *label = g_strdup_printf (_ ("%s %'d"), _ (filters[filter].title), (int) n);

  gtk_button_set_label (GTK_BUTTON (self->filters[filter]),
                        n > 0 ? label : _ (filters[filter].title));
}

/* “14 products cannot go abroad: 9 without tariff number, 5 without origin”. */
static char *
gaps_text (const WbProductsFound *found)
{
  const struct
  {
    const char *text;
    guint       n;
  } parts[] = {
    /* Translators: products */
    { _ ("%'d without a tariff number"), found->no_hs },
    /* Translators: products */
    { _ ("%'d without a country of origin"), found->no_origin },
    /* Translators: products */
    { _ ("%'d without a weight"), found->no_weight },
  };
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text, ngettext ("%'d product cannot go abroad", "%'d products cannot go abroad", found->gaps),
      (int) found->gaps);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n > 0)
      {
        g_string_append (text, n++ == 0 ? ": " : ", ");
        g_string_append_printf (text, parts[i].text, (int) parts[i].n);
      }
  return g_string_free (text, FALSE);
}

static void
show_hint (WbProductsPage *self)
{
  Filter           filter = get_filter (self);
  guint            n = self->reorder != NULL ? g_hash_table_size (self->reorder) : 0;
  gboolean         gaps = filter == FILTER_GAPS && self->found != NULL && self->found->gaps > 0;
  gboolean         order = filter == FILTER_REORDER && n > 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->hint, gaps || order);
  if (gaps)
    text = gaps_text (self->found);
  else if (order)
    text = g_strdup_printf (ngettext ("%'d product will run out before more can be here",
                                      "%'d products will run out before more can be here", n),
                            (int) n);
  if (text == NULL)
    return;
  gtk_label_set_text (self->hint_label, text);
  gtk_button_set_label (self->hint_button, gaps ? _ ("_Fill them in…") : _ ("_Order goods…"));
}

static void
show_counts (WbProductsPage *self)
{
  const WbProductsFound *found = self->found;
  const guint            counts[N_FILTERS] = { [FILTER_LOW] = found->low,
                                               [FILTER_OUT] = found->out,
                                               [FILTER_OVERSOLD] = found->oversold,
                                               [FILTER_GAPS] = found->gaps };

  for (guint i = FILTER_LOW; i < FILTER_REORDER; i++)
    count_filter (self, i, counts[i]);
}

static void
narrow (WbProductsPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_hint (self);
  show_state (self);
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
  show_counts (self);
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
        query (self);
      return;
    }
  g_clear_error (&self->error);
  if (found == NULL)
    {
      self->error = g_steal_pointer (&error);
      show_state (self);
      return;
    }
  g_clear_pointer (&self->found, wb_products_found_free);
  self->found = found;
  show_found (self);
}

/* One query at a time; what was asked meanwhile is asked once, when it has ended. */
static void
query (WbProductsPage *self)
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
      count_filter (self, FILTER_REORDER, g_hash_table_size (ids));
    }
  narrow (self);
  if (self->reorder_stale)
    reckon (self);
}

/* What is to be ordered takes a while with many products: only while somebody looks at it. */
static void
reckon (WbProductsPage *self)
{
  if (get_filter (self) != FILTER_REORDER || self->reckoning != NULL)
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
  if (self->reckoning != NULL && get_filter (self) != FILTER_REORDER)
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

/* ---- what can be done ---- */

static GtkWindow *
get_window (WbProductsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* The next of those with gaps, as they are listed; after them there are fewer. */
static void
fill_gaps_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage    *self = WB_PRODUCTS_PAGE (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; self->found != NULL && i < self->found->all->len && ids->len < MOST_FILLED; i++)
    {
      const WbStanding *of = self->found->all->pdata[i];

      if (of->gaps != 0)
        g_array_append_val (ids, of->id);
    }
  if (ids->len > 0)
    wb_customs_data_window_open_ids (get_window (self), self->workspace, (gint64 *) ids->data,
                                     ids->len, NULL);
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  if (self->workspace != NULL)
    wb_buying_window_open (get_window (self), self->workspace);
}

static void
hint_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_widget_activate_action (
      GTK_WIDGET (self), get_filter (self) == FILTER_GAPS ? "products.fill-gaps" : "products.order",
      NULL);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  if (self->workspace != NULL)
    wb_products_files_ask_import (widget, self->workspace);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  if (self->workspace != NULL)
    wb_products_files_ask_export (widget, self->workspace);
}

static gboolean
deed_key (GtkWidget *widget, GVariant *kind, gpointer data)
{
  wb_product_detail_act (WB_PRODUCTS_PAGE (widget)->detail, g_variant_get_int32 (kind));
  return TRUE;
}

static gboolean
edit_key (GtkWidget *widget, GVariant *nothing, gpointer data)
{
  wb_product_detail_edit (WB_PRODUCTS_PAGE (widget)->detail);
  return TRUE;
}

/* ---- the page itself ---- */

static void
changed_cb (WbWorkspace *workspace, WbProductsPage *self)
{
  self->stale = TRUE;
  self->reorder_stale = TRUE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  query (self);
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
  query (self);
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
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint      key;
    WbDeedKind kind;
  } keys[] = {
    { GDK_KEY_j, WB_DEED_ADJUST },
    { GDK_KEY_r, WB_DEED_RECEIVE },
    { GDK_KEY_u, WB_DEED_COUNT },
    { GDK_KEY_m, WB_DEED_MOVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, GDK_CONTROL_MASK, deed_key, "i",
                                  (int) keys[i].kind);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, edit_key, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK,
                                       "products.fill-gaps", NULL);
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
  for (guint i = 0; i < N_FILTERS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, filters[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbProductsPage, filters) +
                                                   i * sizeof (void *));
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, hint_cb);
  gtk_widget_class_install_action (widget_class, "products.fill-gaps", NULL, fill_gaps_action);
  gtk_widget_class_install_action (widget_class, "products.order", NULL, order_action);
  gtk_widget_class_install_action (widget_class, "products.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "products.export", NULL, export_action);
  bind_keys (widget_class);
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
  query (self); /* it is made when it is first wanted */
}

/** wb_products_page_show_product: chooses the product @product_id, leaving filter and search, which
 * may hide it. */
void
wb_products_page_show_product (WbProductsPage *self, gint64 product_id)
{
  guint position;

  show_all_cb (NULL, self);
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

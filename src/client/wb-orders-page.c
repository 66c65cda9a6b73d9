/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Orders page: every order in a list, filtered, searched and sorted, with the detail of the
 * chosen one. */
#include "wb-orders-page.h"

#include "wb-order-detail.h"
#include "wb-order-list.h"
#include "wb-orders-columns.h"
#include "wb-orders-query.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 120 /* how long typing must pause before it is searched for */

struct _WbOrdersPage
{
  AdwBin             parent_instance;
  WbSplit           *split;
  GtkStack          *stack;
  GtkColumnView     *view;
  AdwStatusPage     *error_page;
  GtkMenuButton     *columns_button;
  GtkToggleButton   *filters[WB_N_FILTERS];
  WbOrderDetail     *detail;
  WbWorkspace       *workspace;
  WbOrderList       *list;
  GtkMultiSelection *selection;
  WbOrdersColumns   *columns;
  char              *text;
  gint64             shown;    /* the order in the detail */
  gint64             wanted;   /* to be chosen as soon as it is in the list */
  gboolean           running;  /* a query is */
  gboolean           again;    /* another is wanted as soon as it has ended */
  gboolean           from_top; /* what is asked for is another list, not the same one refreshed */
  gboolean           listed;   /* something has been, once */
  gboolean           counted;  /* what the filters let through, since the book last changed */
  guint              all;      /* orders in the book, when last counted */
  gboolean           stale;    /* the book has changed since the rows were read */
  guint              typing_id;
};

G_DEFINE_FINAL_TYPE (WbOrdersPage, wb_orders_page, ADW_TYPE_BIN)

static const char *const filter_titles[WB_N_FILTERS] = {
  [WB_FILTER_TO_SHIP] = N_ ("To ship"), [WB_FILTER_NEEDS_YOU] = N_ ("Needs you"),
  [WB_FILTER_WAITING] = N_ ("Waiting"), [WB_FILTER_SHIPPED] = N_ ("Shipped"),
  [WB_FILTER_ALL] = N_ ("All"),
};

static void query (WbOrdersPage *self);

static WbOrderFilter
get_filter (WbOrdersPage *self)
{
  for (guint i = 0; i < WB_N_FILTERS; i++)
    if (gtk_toggle_button_get_active (self->filters[i]))
      return i;
  return WB_FILTER_ALL;
}

/* The list inside the column view: 4.8 scrolls and focuses by its action only. */
static void
scroll_to (WbOrdersPage *self, guint position)
{
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                              "list.scroll-to-item", "u", position);
}

static void
show_chosen (WbOrdersPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gint64 id = 0;

  if (gtk_bitset_get_size (chosen) == 1)
    id = wb_order_list_get_id (self->list, gtk_bitset_get_minimum (chosen));
  else if (gtk_bitset_get_size (chosen) > 1)
    return;
  if (id == self->shown)
    return;
  self->shown = id;
  wb_order_detail_show (self->detail, id);
}

static void
choose (WbOrdersPage *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  scroll_to (self, position);
}

static void
show_counts (WbOrdersPage *self, WbOrdersFound *found)
{
  if (!found->counted)
    return;
  self->all = found->counts[WB_FILTER_ALL];
  for (guint i = 0; i < WB_N_FILTERS; i++)
    {
      /* Translators: a filter and how many orders it lets through: To ship 23 */
      g_autofree char *label =
          g_strdup_printf (_ ("%s %'u"), _ (filter_titles[i]), found->counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->filters[i]),
                            i == WB_FILTER_ALL ? _ (filter_titles[i]) : label);
    }
}

static const char *
state_page (WbOrdersPage *self, WbOrdersFound *found)
{
  if (found->ids->len > 0)
    return "list";
  if (self->all == 0)
    return "empty";
  if (self->text != NULL && *self->text != '\0')
    return "nothing";
  return get_filter (self) == WB_FILTER_TO_SHIP || get_filter (self) == WB_FILTER_NEEDS_YOU
             ? "done"
             : "none";
}

/* Puts what was found into the list; the order in the detail stays chosen when it is still there.
 */
static void
show_found (WbOrdersPage *self, WbOrdersFound *found)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean several = gtk_bitset_get_size (chosen) > 1;
  gint64   keep = self->wanted != 0 ? self->wanted : self->shown;
  guint    position;

  gtk_stack_set_visible_child_name (self->stack, state_page (self, found));
  wb_order_list_take_ids (self->list, g_steal_pointer (&found->ids), self->from_top);
  if (self->stale)
    wb_order_list_refresh (self->list);
  self->stale = FALSE;
  position = keep != 0 ? wb_order_list_find (self->list, keep) : G_MAXUINT;
  if (position != G_MAXUINT && (!several || self->wanted != 0))
    {
      if (self->wanted != 0 || self->from_top)
        choose (self, position);
      else
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
    }
  else if (self->from_top && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    scroll_to (self, 0);
  self->wanted = 0;
  self->from_top = FALSE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbOrdersPage             *self = WB_ORDERS_PAGE (source);
  g_autoptr (GError)        error = NULL;
  g_autoptr (WbOrdersFound) found = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->selection == NULL)
    return;
  if (found != NULL)
    show_counts (self, found);
  if (found == NULL)
    {
      self->counted = FALSE;
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (!self->again)
    {
      /* Only what has been counted can tell an empty book from an empty list. */
      if (found->counted || self->all > 0 || found->ids->len > 0)
        show_found (self, found);
      self->listed = TRUE;
      self->again = !self->counted;
    }
  if (self->again)
    query (self);
}

/* One query at a time; what was asked meanwhile is asked once, when it has ended. */
static void
query (WbOrdersPage *self)
{
  gboolean    ascending, count;
  const char *sort;

  if (self->columns == NULL)
    return;
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  /* The list first, then the figures on the filters; neither waits for the other's sake. */
  count = !self->counted && self->listed;
  self->counted |= count;
  sort = wb_orders_columns_get_sort (self->columns, &ascending);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_orders_query_work,
                       wb_orders_query_new (get_filter (self), self->text, sort, ascending, count),
                       G_OBJECT (self), NULL, found_cb, NULL);
}

static void
query_from_top (WbOrdersPage *self)
{
  self->from_top = TRUE;
  query (self);
}

static void
filter_cb (GtkToggleButton *button, WbOrdersPage *self)
{
  if (gtk_toggle_button_get_active (button))
    query_from_top (self);
}

static void
typing_cb (gpointer data)
{
  WbOrdersPage *self = data;

  self->typing_id = 0;
  query_from_top (self);
}

static void
selection_cb (GtkSelectionModel *model, guint position, guint n_items, WbOrdersPage *self)
{
  show_chosen (self);
}

static void
activate_cb (GtkColumnView *view, guint position, WbOrdersPage *self)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  show_chosen (self);
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split))
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
show_all_cb (GtkButton *button, WbOrdersPage *self)
{
  gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
}

static void
retry_cb (GtkButton *button, WbOrdersPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  query_from_top (self);
}

static void
sorter_cb (GtkSorter *sorter, GtkSorterChange change, WbOrdersPage *self)
{
  query_from_top (self);
}

static void
changed_cb (WbWorkspace *workspace, WbOrdersPage *self)
{
  self->stale = TRUE;
  self->counted = FALSE;
  query (self);
  wb_order_detail_refresh (self->detail);
}

static void
wb_orders_page_dispose (GObject *object)
{
  WbOrdersPage *self = WB_ORDERS_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->columns, wb_orders_columns_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (wb_orders_page_parent_class)->dispose (object);
}

static void
wb_orders_page_class_init (WbOrdersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    gsize       offset;
  } filters[] = {
    { "to_ship_filter", G_STRUCT_OFFSET (WbOrdersPage, filters[WB_FILTER_TO_SHIP]) },
    { "needs_you_filter", G_STRUCT_OFFSET (WbOrdersPage, filters[WB_FILTER_NEEDS_YOU]) },
    { "waiting_filter", G_STRUCT_OFFSET (WbOrdersPage, filters[WB_FILTER_WAITING]) },
    { "shipped_filter", G_STRUCT_OFFSET (WbOrdersPage, filters[WB_FILTER_SHIPPED]) },
    { "all_filter", G_STRUCT_OFFSET (WbOrdersPage, filters[WB_FILTER_ALL]) },
  };

  G_OBJECT_CLASS (klass)->dispose = wb_orders_page_dispose;
  g_type_ensure (WB_TYPE_SPLIT);
  g_type_ensure (WB_TYPE_ORDER_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-orders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, split);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, detail);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_widget_class_bind_template_child_full (widget_class, filters[i].name, FALSE,
                                               filters[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
wb_orders_page_init (WbOrdersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_orders_page_set_workspace: shows the orders of @workspace, which must be open; once. */
void
wb_orders_page_set_workspace (WbOrdersPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->list = wb_order_list_new (wb_workspace_get_book (workspace));
  self->columns = wb_orders_columns_new (self->view, workspace);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns",
                                  wb_orders_columns_get_actions (self->columns));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self,
                           0);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_order_detail_set_workspace (self->detail, workspace);
  query_from_top (self);
}

/** wb_orders_page_set_text: searches for @text as soon as typing pauses; every order is searched,
 * not the filtered ones. */
void
wb_orders_page_set_text (WbOrdersPage *self, const char *text)
{
  if (!wb_set_str (&self->text, text))
    return;
  if (text != NULL && *text != '\0')
    gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

/** wb_orders_page_show_order: chooses the order @order_id, leaving filter and search when they hide
 * it. */
void
wb_orders_page_show_order (WbOrdersPage *self, gint64 order_id)
{
  self->wanted = order_id;
  gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
  query_from_top (self);
  self->shown = order_id;
  wb_order_detail_show (self->detail, order_id);
  wb_split_set_show_detail (self->split, TRUE);
}

/** wb_orders_page_show_filter: @name: “to-ship”, “needs-you”, “waiting”, “shipped” or “all”. */
void
wb_orders_page_show_filter (WbOrdersPage *self, const char *name)
{
  static const char *const names[WB_N_FILTERS] = {
    [WB_FILTER_TO_SHIP] = "to-ship", [WB_FILTER_NEEDS_YOU] = "needs-you",
    [WB_FILTER_WAITING] = "waiting", [WB_FILTER_SHIPPED] = "shipped",
    [WB_FILTER_ALL] = "all",
  };

  for (guint i = 0; i < WB_N_FILTERS; i++)
    if (g_str_equal (names[i], name))
      gtk_toggle_button_set_active (self->filters[i], TRUE);
}

/** wb_orders_page_focus_list: to the chosen row, or the first one. */
void
wb_orders_page_focus_list (WbOrdersPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  guint                 position = 0;

  if (self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_get_size (chosen) > 0)
    position = gtk_bitset_get_minimum (chosen);
  choose (self, position);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

/** wb_orders_page_main_action: ships the order in the detail: opens the ship pane, or does what it
 * proposes. */
void
wb_orders_page_main_action (WbOrdersPage *self)
{
  wb_split_set_show_detail (self->split, TRUE);
  wb_order_detail_main_action (self->detail);
}

/** wb_orders_page_reprint: prints the label of the order in the detail again. */
void
wb_orders_page_reprint (WbOrdersPage *self)
{
  wb_order_detail_reprint (self->detail);
}

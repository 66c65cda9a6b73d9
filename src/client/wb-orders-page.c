/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Orders page: every order in a list, filtered, searched and sorted, with the detail of the
 * chosen one. */
#include "wb-orders-page-private.h"

#include "wb-desk-merge.h"
#include "wb-detail.h"
#include "wb-filter-switch.h"
#include "wb-menus.h"
#include "wb-merge-works.h"
#include "wb-orders-view.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-text.h"

#define TYPING_MS 120 /* how long typing must pause before it is searched for */

G_DEFINE_FINAL_TYPE (WbOrdersPage, wb_orders_page, ADW_TYPE_BIN)

static void
batch_wanted_cb (WbBatchBar *bar, const WbBatchAct *act, WbOrdersPage *self)
{
  g_autoptr (GArray) ids = wb_orders_page_dup_chosen (self);

  if (act->make != NULL)
    wb_batch_bar_begin (bar, act, ids);
  else
    wb_detail_work (GTK_WIDGET (bar), self->workspace, &wb_merge_work, g_steal_pointer (&ids));
}

static void
batch_only_cb (WbBatchBar *bar, GArray *ids, WbOrdersPage *self)
{
  wb_orders_page_forget_narrowing (self);
  gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
  self->wish.only = g_array_ref (ids);
  wb_set_str (&self->text, NULL);
  wb_orders_page_narrow (self);
}

static void
batch_clear_cb (WbBatchBar *bar, WbOrdersPage *self)
{
  guint position = self->shown != 0 ? wb_order_list_find (self->list, self->shown) : G_MAXUINT;

  if (position != G_MAXUINT)
    wb_orders_page_choose (self, position);
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* The detail and the bar are made when there is something to show in them: the first frame waits
 * for neither. */
static WbOrderDetail *
get_detail (WbOrdersPage *self)
{
  if (self->detail != NULL)
    return self->detail;
  self->detail = g_object_new (WB_TYPE_ORDER_DETAIL, NULL);
  wb_order_detail_set_workspace (self->detail, self->workspace);
  gtk_stack_add_named (self->detail_place, GTK_WIDGET (self->detail), "order");
  return self->detail;
}

static WbBatchBar *
get_batch_bar (WbOrdersPage *self)
{
  if (self->batch_bar != NULL)
    return self->batch_bar;
  self->batch_bar = g_object_new (WB_TYPE_BATCH_BAR, NULL);
  wb_batch_bar_set_workspace (self->batch_bar, self->workspace, wb_order_acts);
  g_signal_connect_object (self->batch_bar, "wanted", G_CALLBACK (batch_wanted_cb), self, 0);
  g_signal_connect_object (self->batch_bar, "show-only", G_CALLBACK (batch_only_cb), self, 0);
  g_signal_connect_object (self->batch_bar, "clear", G_CALLBACK (batch_clear_cb), self, 0);
  gtk_box_append (self->left, GTK_WIDGET (self->batch_bar));
  return self->batch_bar;
}

/** wb_orders_page_show_detail: the order @order_id in the detail; 0: none. */
void
wb_orders_page_show_detail (WbOrdersPage *self, gint64 order_id)
{
  self->shown = order_id;
  if (order_id != 0 || self->detail != NULL)
    wb_order_detail_show (get_detail (self), order_id);
  gtk_stack_set_visible_child_name (self->detail_place, order_id != 0 ? "order" : "nothing");
}

/* Whether what is chosen could go into one parcel; of many that is not asked. */
static void
look_whether_together (WbOrdersPage *self, guint count)
{
  g_autoptr (GArray) ids = NULL;
  g_autofree char   *reason = NULL;
  g_autoptr (GError) error = NULL;

  if (count < 2)
    return;
  if (count <= WB_MERGE_MOST)
    ids = wb_orders_page_dup_chosen (self);
  if (!wb_merge_check (wb_workspace_get_book (self->workspace),
                       ids != NULL ? (const gint64 *) ids->data : NULL,
                       ids != NULL ? ids->len : count, &reason, &error))
    reason = wb_error_words (error);
  wb_batch_bar_forbid (self->batch_bar, "merge", reason);
}

/** wb_orders_page_show_count: how many are chosen, where something can be done to several. */
void
wb_orders_page_show_count (WbOrdersPage *self)
{
  guint count = wb_orders_page_count_chosen (self);

  if (count > 1 || self->batch_bar != NULL)
    {
      wb_batch_bar_set_count (get_batch_bar (self), count);
      look_whether_together (self, count);
    }
}

static void
typing_cb (gpointer data)
{
  WbOrdersPage *self = data;

  self->typing_id = 0;
  wb_orders_page_query_from_top (self);
}

static void
selection_cb (GtkSelectionModel *model, guint position, guint n_items, WbOrdersPage *self)
{
  self->serial++;
  if (self->restoring)
    return;
  wb_orders_page_show_focused (self, position, n_items);
  wb_orders_page_show_count (self);
}

static void
activate_cb (GtkColumnView *view, guint position, WbOrdersPage *self)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  wb_orders_page_show_focused (self, position, 1);
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split) && self->detail != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
sorter_cb (GtkSorter *sorter, GtkSorterChange change, WbOrdersPage *self)
{
  wb_orders_page_query_from_top (self);
}

static void
changed_cb (WbWorkspace *workspace, WbOrdersPage *self)
{
  self->stale = TRUE;
  self->counted = FALSE;
  wb_orders_page_query (self);
  if (self->detail != NULL)
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
  wb_orders_wish_clear (&self->wish);
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
  g_type_ensure (WB_TYPE_FILTER_SWITCH);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-orders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, split);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, chips);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, left);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, detail_place);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_widget_class_bind_template_child_full (widget_class, filters[i].name, FALSE,
                                               filters[i].offset);
  wb_orders_page_bind_filters (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
wb_orders_page_init (WbOrdersPage *self)
{
  self->wish.filter = WB_FILTER_ALL;
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_orders_page_make_filter_later (self);
  wb_menu_later (self->columns_button, "columns_menu");
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
  self->selection = wb_list_selection_new (G_LIST_MODEL (self->list));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self,
                           0);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_orders_page_query_from_top (self);
}

/** wb_orders_page_set_text: searches for @text as soon as typing pauses; every order is searched,
 * not the filtered ones. */
void
wb_orders_page_set_text (WbOrdersPage *self, const char *text)
{
  if (!wb_set_str (&self->text, text))
    return;
  self->focusing = FALSE;
  if (!wb_text_is_empty (text))
    {
      wb_orders_page_forget_narrowing (self);
      gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
    }
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

/** wb_orders_page_show_order: chooses the order @order_id, leaving filter and search when they hide
 * it. */
void
wb_orders_page_show_order (WbOrdersPage *self, gint64 order_id)
{
  self->wanted = order_id;
  wb_orders_page_forget_narrowing (self);
  gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
  wb_orders_page_query_from_top (self);
  wb_orders_page_show_detail (self, order_id);
  wb_split_set_show_detail (self->split, TRUE);
}

/** wb_orders_page_show_filter: the list, narrowed to @name: “to-ship”, “needs-you”, “waiting”,
 * “shipped” or “all”. */
void
wb_orders_page_show_filter (WbOrdersPage *self, const char *name)
{
  WbOrderFilter filter;

  if (!wb_orders_filter_parse (name, &filter))
    return;
  wb_orders_page_forget_narrowing (self);
  gtk_toggle_button_set_active (self->filters[filter], TRUE);
  wb_split_set_show_detail (self->split, FALSE);
  wb_orders_page_query_from_top (self);
}

/** wb_orders_page_focus_list: to the chosen row, or the first one; of the list that is on its way
 * when what was typed has not been found yet. */
void
wb_orders_page_focus_list (WbOrdersPage *self)
{
  if (self->selection == NULL)
    return;
  if (self->typing_id != 0)
    {
      g_clear_handle_id (&self->typing_id, g_source_remove);
      wb_orders_page_query_from_top (self);
    }
  self->focusing = self->from_top;
  if (!self->focusing)
    wb_orders_page_focus_now (self);
}

/** wb_orders_page_main_action: ships the order in the detail: opens the ship pane, or does what it
 * proposes. */
void
wb_orders_page_main_action (WbOrdersPage *self)
{
  wb_split_set_show_detail (self->split, TRUE);
  if (self->detail != NULL)
    wb_order_detail_main_action (self->detail);
}

/** wb_orders_page_reprint: prints the label of the order in the detail again. */
void
wb_orders_page_reprint (WbOrdersPage *self)
{
  wb_order_detail_reprint (get_detail (self));
}

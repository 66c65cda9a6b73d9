/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Money page: a period, its figures, every order's money, what does not fit, and the payouts.
 */
#include "wb-money-page.h"

#include "wb-after-frame.h"
#include "wb-column-fit.h"
#include "wb-export.h"
#include "wb-filter-switch.h"
#include "wb-money-columns.h"
#include "wb-money-detail.h"
#include "wb-money-figures.h"
#include "wb-money-files.h"
#include "wb-money-gap-item.h"
#include "wb-money-list.h"
#include "wb-money-lists.h"
#include "wb-money-period-picker.h"
#include "wb-money-state-filter.h"
#include "wb-money-sync-bar.h"
#include "wb-money-works.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define FIRST_ORDERS                                                                               \
  200 /* asked for before all the others: as many as a list view makes rows for */

struct _WbMoneyPage
{
  AdwBin               parent_instance;
  WbSplit             *split;
  WbMoneyPeriodPicker *period;
  WbMoneySyncBar      *sync_bar;
  GtkLabel            *trouble;
  WbMoneyFigures      *figures;
  GtkToggleButton     *views[WB_N_MONEY_VIEWS];
  GtkDropDown         *state_filter;
  GtkStack            *stack;
  GtkColumnView       *view;
  GtkListView         *gaps_list, *payouts_list;
  AdwStatusPage       *error_page;
  GtkStack            *detail_place;
  WbMoneyDetail       *detail; /* NULL: nothing has been chosen yet */
  WbWorkspace         *workspace;
  WbMoneyColumns      *columns;
  WbColumnFit         *fit;
  WbMoneyList         *list;
  GtkSingleSelection  *selection;
  WbMoneyFound        *found;  /* (nullable): the sums, gaps and payouts of the period */
  gint64               orders; /* in the period, of any state; -1: not known yet */
  gboolean             running, again, stale, filling, failed;
  gboolean             listed; /* once: the window no longer waits for the first orders */
  gboolean             anew;   /* the list is another one than before, or the money has changed */
};

G_DEFINE_FINAL_TYPE (WbMoneyPage, wb_money_page, ADW_TYPE_BIN)

static void query (WbMoneyPage *self);

/* ---- what is wanted ---- */

static gboolean
get_query (WbMoneyPage *self, WbMoneyQuery *wanted, GError **error)
{
  *wanted = (WbMoneyQuery){ .state = wb_money_state_filter_read (self->state_filter) };
  return wb_money_period_picker_read (self->period, wanted, error);
}

/* What is hidden first where there is no room for all: the order's evidence tells it as well. */
static const guint ranks[WB_N_MONEY_COLUMNS] = {
  [WB_MONEY_COLUMN_EXPECTED] = 1, [WB_MONEY_COLUMN_MARGIN] = 2, [WB_MONEY_COLUMN_LABEL] = 3,
  [WB_MONEY_COLUMN_PAID_OUT] = 4, [WB_MONEY_COLUMN_FEE] = 5,    [WB_MONEY_COLUMN_ADJUSTMENT] = 6,
  [WB_MONEY_COLUMN_DATE] = 7,
};

static WbMoneyView
get_view (WbMoneyPage *self)
{
  for (guint i = 0; i < WB_N_MONEY_VIEWS; i++)
    if (gtk_toggle_button_get_active (self->views[i]))
      return i;
  return WB_MONEY_VIEW_ORDERS;
}

/* ---- showing ---- */

static const char *
orders_page (WbMoneyPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "orders";
  if (self->orders < 0)
    return "loading";
  return self->orders > 0 ? "no-match" : "no-orders";
}

static void
show_view (WbMoneyPage *self)
{
  WbMoneyView view = get_view (self);
  const char *page = "loading";

  if (self->failed)
    page = "error";
  else if (view == WB_MONEY_VIEW_ORDERS)
    page = orders_page (self);
  else if (self->found != NULL && view == WB_MONEY_VIEW_GAPS)
    page = self->found->gaps->len > 0 ? "gaps" : "no-gaps";
  else if (self->found != NULL)
    page = self->found->payouts->len > 0 ? "payouts" : "no-payouts";
  gtk_widget_set_visible (GTK_WIDGET (self->state_filter), view == WB_MONEY_VIEW_ORDERS);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
show_found (WbMoneyPage *self)
{
  GArray *totals = self->found->totals;

  wb_money_figures_show (self->figures, totals);
  self->orders = 0;
  for (guint i = 0; i < totals->len; i++)
    self->orders += g_array_index (totals, WbMoneyTotals, i).orders;
  wb_money_lists_show_gaps (self->gaps_list, self->found);
  wb_money_lists_show_payouts (self->payouts_list, self->found);
  wb_money_lists_count (self->views[WB_MONEY_VIEW_GAPS], _ ("Gaps"), self->found->gaps->len);
  wb_money_lists_count (self->views[WB_MONEY_VIEW_PAYOUTS], _ ("Payouts"),
                        self->found->payouts->len);
}

/* ---- reading ---- */

/* The window's first frame waits neither for all the rest of the list nor for the sums. */
static void
ask_for_all_cb (gpointer data)
{
  query (data);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbMoneyPage       *self = WB_MONEY_PAGE (source);
  g_autoptr (GError) error = NULL;
  WbMoneyFound      *found = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL || self->again)
    {
      g_clear_pointer (&found, wb_money_found_free);
      if (self->workspace != NULL)
        query (self);
      return;
    }
  self->failed = found == NULL;
  if (found != NULL && found->totals == NULL)
    {
      wb_money_found_free (found);
      wb_after_frame (GTK_WIDGET (self), ask_for_all_cb);
    }
  else if (found != NULL)
    {
      g_clear_pointer (&self->found, wb_money_found_free);
      self->found = found;
      show_found (self);
    }
  else
    wb_trouble_in_page (self->error_page, error);
  show_view (self);
}

/* The orders are there before the sums are. */
static void
orders_cb (gpointer owner, gpointer note)
{
  WbMoneyPage   *self = WB_MONEY_PAGE (owner);
  WbMoneyOrders *orders = note;

  if (self->workspace == NULL || self->again)
    return;
  self->filling = TRUE;
  wb_money_list_take (self->list, g_steal_pointer (&orders->ids), g_steal_pointer (&orders->rows),
                      self->anew);
  self->filling = FALSE;
  self->listed = TRUE;
  self->anew = FALSE;
  show_view (self);
}

/* One query at a time; what was asked meanwhile is asked once, when it has ended. */
static void
query (WbMoneyPage *self)
{
  static WbWorkKind  kind;
  WbMoneyQuery       wanted;
  g_autoptr (GError) error = NULL;

  if (self->workspace == NULL)
    return;
  if (!get_query (self, &wanted, &error))
    {
      wb_trouble_in_label (self->trouble, error);
      return;
    }
  wb_trouble_in_label (self->trouble, NULL);
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  self->stale = FALSE;
  if (!self->listed && wanted.state == WB_MONEY_ALL)
    wanted.limit = FIRST_ORDERS;
  wb_money_query_kind_init (&kind, orders_cb);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &kind,
                       g_memdup2 (&wanted, sizeof wanted), G_OBJECT (self), NULL, found_cb, NULL);
}

/* What is read is not what the list shows by now. */
static void
query_anew (WbMoneyPage *self)
{
  self->anew = TRUE;
  query (self);
}

static void
show_gaps_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_toggle_button_set_active (WB_MONEY_PAGE (widget)->views[WB_MONEY_VIEW_GAPS], TRUE);
}

static void
show_all_cb (GtkButton *button, WbMoneyPage *self)
{
  gtk_drop_down_set_selected (self->state_filter, 0);
}

static void
retry_cb (GtkButton *button, WbMoneyPage *self)
{
  self->failed = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  query_anew (self);
}

static void
view_cb (GtkToggleButton *button, WbMoneyPage *self)
{
  if (gtk_toggle_button_get_active (button))
    show_view (self);
}

/* ---- lists ---- */

/* Made when there is something to show in it: the first frame does not wait for it. */
static WbMoneyDetail *
get_detail (WbMoneyPage *self)
{
  if (self->detail != NULL)
    return self->detail;
  self->detail = g_object_new (WB_TYPE_MONEY_DETAIL, NULL);
  wb_money_detail_set_workspace (self->detail, self->workspace);
  gtk_stack_add_named (self->detail_place, GTK_WIDGET (self->detail), "detail");
  gtk_stack_set_visible_child_name (self->detail_place, "detail");
  return self->detail;
}

static void
open_detail (WbMoneyPage *self)
{
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split) && self->detail != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
show_line (WbMoneyPage *self, gpointer item)
{
  if (WB_IS_MONEY_GAP_ITEM (item))
    wb_money_detail_show_gap (get_detail (self), wb_money_gap_item_get (item));
  else
    wb_money_detail_show_payout (get_detail (self), wb_record_get_int (item, WB_PAYOUT_ID));
}

static void
activate_line_cb (GtkListView *view, guint position, WbMoneyPage *self)
{
  g_autoptr (GObject) item =
      g_list_model_get_object (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  if (item == NULL)
    return;
  show_line (self, item);
  open_detail (self);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, WbMoneyPage *self)
{
  gint64 id =
      wb_money_list_get_id (self->list, gtk_single_selection_get_selected (self->selection));

  if (id != 0 && !self->filling)
    wb_money_detail_show_order (get_detail (self), id);
}

static void
activate_cb (GtkColumnView *view, guint position, WbMoneyPage *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  open_detail (self);
}

/* ---- the gateways' books, and files ---- */

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbMoneyPage *self = WB_MONEY_PAGE (widget);

  if (self->workspace == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "money.sync", FALSE);
  wb_money_sync_bar_start (self->sync_bar, self->workspace);
}

static void
sync_cb (GtkButton *button, WbMoneyPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "money.sync", NULL);
}

static void
sync_ended_cb (WbMoneySyncBar *bar, WbMoneyPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "money.sync", TRUE);
  query_anew (self);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbMoneyPage *self = WB_MONEY_PAGE (widget);

  if (self->workspace != NULL)
    wb_money_files_ask_import (widget, self->workspace);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbMoneyPage *self = WB_MONEY_PAGE (widget);
  int          form = wb_export_parse (g_variant_get_string (parameter, NULL));
  WbMoneyQuery wanted;

  if (self->workspace != NULL && form >= 0 && get_query (self, &wanted, NULL))
    wb_money_files_ask_export (widget, self->workspace, &wanted, form);
}

/* ---- the page itself ---- */

static void
refresh (WbMoneyPage *self)
{
  query_anew (self);
  if (self->detail != NULL)
    wb_money_detail_refresh (self->detail);
}

static void
changed_cb (WbWorkspace *workspace, WbMoneyPage *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
map (GtkWidget *widget)
{
  WbMoneyPage *self = WB_MONEY_PAGE (widget);

  GTK_WIDGET_CLASS (wb_money_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
wb_money_page_dispose (GObject *object)
{
  WbMoneyPage *self = WB_MONEY_PAGE (object);

  if (self->view != NULL && self->selection != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->fit, wb_column_fit_free);
  g_clear_pointer (&self->columns, wb_money_columns_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->found, wb_money_found_free);
  G_OBJECT_CLASS (wb_money_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    gsize       offset;
  } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (WbMoneyPage, name) }
    CHILD (split),
    CHILD (period),
    CHILD (sync_bar),
    CHILD (trouble),
    CHILD (figures),
    CHILD (state_filter),
    CHILD (stack),
    CHILD (view),
    CHILD (gaps_list),
    CHILD (payouts_list),
    CHILD (error_page),
    CHILD (detail_place),
#undef CHILD
    { "orders_view", G_STRUCT_OFFSET (WbMoneyPage, views[WB_MONEY_VIEW_ORDERS]) },
    { "gaps_view", G_STRUCT_OFFSET (WbMoneyPage, views[WB_MONEY_VIEW_GAPS]) },
    { "payouts_view", G_STRUCT_OFFSET (WbMoneyPage, views[WB_MONEY_VIEW_PAYOUTS]) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE,
                                               (gssize) children[i].offset);
}

static void
wb_money_page_class_init (WbMoneyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_money_page_dispose;
  widget_class->map = map;
  g_type_ensure (WB_TYPE_SPLIT);
  g_type_ensure (WB_TYPE_FILTER_SWITCH);
  g_type_ensure (WB_TYPE_MONEY_FIGURES);
  g_type_ensure (WB_TYPE_MONEY_PERIOD_PICKER);
  g_type_ensure (WB_TYPE_MONEY_SYNC_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, query_anew);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_line_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, sync_cb);
  gtk_widget_class_bind_template_callback (widget_class, sync_ended_cb);
  gtk_widget_class_install_action (widget_class, "money.show-gaps", NULL, show_gaps_action);
  gtk_widget_class_install_action (widget_class, "money.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "money.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "money.export", "s", export_action);
}

static void
wb_money_page_init (WbMoneyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->orders = -1;
  wb_money_state_filter_fill (self->state_filter);
}

/** wb_money_page_set_workspace: shows the money of @workspace, which must be open, as soon as the
 * page is to be seen; once. */
void
wb_money_page_set_workspace (WbMoneyPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->list = wb_money_list_new (wb_workspace_get_book (workspace));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  self->columns = wb_money_columns_new (self->view);
  self->fit = wb_column_fit_new (self->view, ranks, WB_N_MONEY_COLUMNS);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  query_anew (self); /* it is made when it is first wanted: the window comes with its list */
}

/** wb_money_page_show_gaps: what does not fit, of all time. */
void
wb_money_page_show_gaps (WbMoneyPage *self)
{
  wb_money_period_picker_choose (self->period, WB_PERIOD_ALL);
  gtk_toggle_button_set_active (self->views[WB_MONEY_VIEW_GAPS], TRUE);
}

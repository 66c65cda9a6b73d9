/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Money page: a period, its figures, every order's money, what does not fit, and the payouts.
 */
#include "wb-money-page.h"

#include "wb-detail.h"
#include "wb-money-columns.h"
#include "wb-money-detail.h"
#include "wb-money-gap-item.h"
#include "wb-money-import-window.h"
#include "wb-money-line.h"
#include "wb-money-list.h"
#include "wb-money-period.h"
#include "wb-money-works.h"
#include "wb-resource.h"
#include "wb-split.h"

#include <glib/gi18n-lib.h>

struct _WbMoneyPage
{
  AdwBin              parent_instance;
  WbSplit            *split;
  GtkDropDown        *period;
  GtkEditable        *from, *to;
  GtkWidget          *progress_box;
  GtkLabel           *progress, *trouble;
  GtkLabel           *shipped, *captured, *paid_out, *difference;
  GtkToggleButton    *views[WB_N_MONEY_VIEWS];
  GtkDropDown        *state_filter;
  GtkStack           *stack;
  GtkColumnView      *view;
  GtkListView        *gaps_list, *payouts_list;
  AdwStatusPage      *error_page;
  WbMoneyDetail      *detail;
  WbWorkspace        *workspace;
  WbMoneyColumns     *columns;
  WbMoneyList        *list;
  GtkSingleSelection *selection;
  WbMoneyFound       *found;  /* (nullable): the sums, gaps and payouts of the period */
  gint64              orders; /* in the period, of any state; -1: not known yet */
  GCancellable       *syncing;
  gboolean            running, again, stale, filling, failed;
};

G_DEFINE_FINAL_TYPE (WbMoneyPage, wb_money_page, ADW_TYPE_BIN)

static void query (WbMoneyPage *self);

/* ---- what is wanted ---- */

static gboolean
get_query (WbMoneyPage *self, WbMoneyQuery *wanted, GError **error)
{
  guint state = gtk_drop_down_get_selected (self->state_filter);

  *wanted = (WbMoneyQuery){ .state = state == 0   ? WB_MONEY_ALL
                                     : state == 1 ? WB_MONEY_WRONG
                                                  : (int) state - 2 };
  return wb_period_set (wanted, gtk_drop_down_get_selected (self->period),
                        gtk_editable_get_text (self->from), gtk_editable_get_text (self->to),
                        wb_now (), error);
}

static WbMoneyView
get_view (WbMoneyPage *self)
{
  for (guint i = 0; i < WB_N_MONEY_VIEWS; i++)
    if (gtk_toggle_button_get_active (self->views[i]))
      return i;
  return WB_MONEY_VIEW_ORDERS;
}

static void
say_trouble (WbMoneyPage *self, const char *text)
{
  gtk_label_set_text (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
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

/* One line a currency: they are never added up. */
static void
show_figure (GtkLabel *label, GArray *totals, gsize offset)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < totals->len; i++)
    {
      WbMoneyTotals   *sum = &g_array_index (totals, WbMoneyTotals, i);
      gint64           minor = G_STRUCT_MEMBER (gint64, sum, offset);
      g_autofree char *amount = wb_money_to_text (wb_money (minor, sum->currency));

      if (minor != 0 || totals->len == 1)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", amount);
    }
  gtk_label_set_text (label, text->len > 0 ? text->str : "–");
}

static void
show_figures (WbMoneyPage *self)
{
  GArray  *totals = self->found->totals;
  gboolean open = FALSE;

  show_figure (self->shipped, totals, G_STRUCT_OFFSET (WbMoneyTotals, shipped));
  show_figure (self->captured, totals, G_STRUCT_OFFSET (WbMoneyTotals, captured));
  show_figure (self->paid_out, totals, G_STRUCT_OFFSET (WbMoneyTotals, paid_out));
  show_figure (self->difference, totals, G_STRUCT_OFFSET (WbMoneyTotals, difference));
  self->orders = 0;
  for (guint i = 0; i < totals->len; i++)
    {
      self->orders += g_array_index (totals, WbMoneyTotals, i).orders;
      open |= g_array_index (totals, WbMoneyTotals, i).difference != 0;
    }
  wb_widget_set_style (GTK_WIDGET (self->difference), open ? "error" : NULL);
}

static void
show_count (GtkToggleButton *button, const char *title, guint n)
{
  /* Translators: what a list shows and how many there are: Gaps 3 */
  g_autofree char *label = g_strdup_printf (_ ("%s %'d"), title, (int) n);

  gtk_button_set_label (GTK_BUTTON (button), n > 0 ? label : title);
}

static void
set_list (GtkListView *view, GListModel *model)
{
  GtkSingleSelection           *selection = gtk_single_selection_new (model);
  g_autoptr (GtkSelectionModel) taken = GTK_SELECTION_MODEL (selection);

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_model (view, taken);
}

static GListModel *
payout_items (GPtrArray *payouts)
{
  GListStore *store = g_list_store_new (wb_payout_get_type ());

  g_list_store_splice (store, 0, 0, payouts->pdata, payouts->len);
  return G_LIST_MODEL (store);
}

static void
show_found (WbMoneyPage *self)
{
  show_figures (self);
  set_list (self->gaps_list, wb_money_gap_items (self->found->gaps));
  set_list (self->payouts_list, payout_items (self->found->payouts));
  show_count (self->views[WB_MONEY_VIEW_GAPS], _ ("Gaps"), self->found->gaps->len);
  show_count (self->views[WB_MONEY_VIEW_PAYOUTS], _ ("Payouts"), self->found->payouts->len);
}

/* ---- reading ---- */

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
  if (found != NULL)
    {
      g_clear_pointer (&self->found, wb_money_found_free);
      self->found = found;
      show_found (self);
    }
  else
    adw_status_page_set_description (self->error_page, error->message);
  show_view (self);
}

/* The orders are there before the sums are. */
static void
ids_cb (gpointer owner, gpointer note)
{
  WbMoneyPage *self = WB_MONEY_PAGE (owner);

  if (self->workspace == NULL || self->again)
    return;
  self->filling = TRUE;
  wb_money_list_take_ids (self->list, g_array_ref (note));
  self->filling = FALSE;
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
      say_trouble (self, error->message);
      return;
    }
  say_trouble (self, NULL);
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  self->stale = FALSE;
  wb_money_query_kind_init (&kind, ids_cb);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &kind,
                       g_memdup2 (&wanted, sizeof wanted), G_OBJECT (self), NULL, found_cb, NULL);
}

static void
period_cb (GtkDropDown *drop_down, GParamSpec *pspec, WbMoneyPage *self)
{
  gboolean days = gtk_drop_down_get_selected (self->period) == WB_PERIOD_DAYS;

  gtk_widget_set_visible (GTK_WIDGET (self->from), days);
  gtk_widget_set_visible (GTK_WIDGET (self->to), days);
  query (self);
}

static void
days_cb (GtkEntry *entry, WbMoneyPage *self)
{
  query (self);
}

static void
state_cb (GtkDropDown *drop_down, GParamSpec *pspec, WbMoneyPage *self)
{
  query (self);
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
  query (self);
}

static void
view_cb (GtkToggleButton *button, WbMoneyPage *self)
{
  if (gtk_toggle_button_get_active (button))
    show_view (self);
}

/* ---- lists ---- */

static void
setup_line_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbMoneyPage *self)
{
  gtk_list_item_set_child (item, wb_money_line_new ());
}

static void
bind_gaps_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbMoneyPage *self)
{
  const WbMoneyGap *gap = wb_money_gap_item_get (gtk_list_item_get_item (item));
  g_autofree char  *amount = wb_money_to_text (wb_money (gap->amount, gap->currency));
  g_autofree char  *until =
      gap->deadline != 0 ? wb_instant_to_relative (gap->deadline, wb_now ()) : NULL;
  /* Translators: until when something can be done, and what it is about */
  g_autofree char *subtitle = until != NULL
                                  ? g_strdup_printf (_ ("Until %s · %s"), until, gap->meaning)
                                  : g_strdup (gap->meaning);

  wb_money_line_show (WB_MONEY_LINE (gtk_list_item_get_child (item)), gap->title, subtitle, amount,
                      until != NULL ? "warning" : "dim-label");
}

static void
bind_payouts_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbMoneyPage *self)
{
  WbPayout *payout = gtk_list_item_get_item (item);
  guint     place = gtk_list_item_get_position (item);
  gint64    sum =
      place < self->found->sums->len ? g_array_index (self->found->sums, gint64, place) : 0;
  gboolean         known = wb_record_get_int (payout, WB_PAYOUT_ITEMS_READ_AT) != 0;
  gboolean         equal = sum == wb_record_get_int (payout, WB_PAYOUT_AMOUNT);
  g_autofree char *made = wb_instant_to_text (wb_record_get_int (payout, WB_PAYOUT_MADE_AT));
  g_autofree char *amount = wb_money_to_text (wb_record_get_money (payout, WB_PAYOUT_AMOUNT));
  const char      *state = !known  ? _ ("what is in it is not known")
                           : equal ? _ ("sums to the cent")
                                   : _ ("does not sum");
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", made, state);

  wb_money_line_show (WB_MONEY_LINE (gtk_list_item_get_child (item)),
                      wb_record_get_text (payout, WB_PAYOUT_REF), subtitle, amount,
                      !known  ? "dim-label"
                      : equal ? "success"
                              : "error");
}

static void
open_detail (WbMoneyPage *self)
{
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split))
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
show_line (WbMoneyPage *self, gpointer item)
{
  if (WB_IS_MONEY_GAP_ITEM (item))
    wb_money_detail_show_gap (self->detail, wb_money_gap_item_get (item));
  else
    wb_money_detail_show_payout (self->detail, wb_record_get_int (item, WB_PAYOUT_ID));
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
    wb_money_detail_show_order (self->detail, id);
}

static void
activate_cb (GtkColumnView *view, guint position, WbMoneyPage *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  open_detail (self);
}

/* ---- the gateways' books ---- */

static void
progress_note_cb (gpointer owner, gpointer text)
{
  gtk_label_set_text (WB_MONEY_PAGE (owner)->progress, text);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbMoneyPage       *self = WB_MONEY_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  g_clear_object (&self->syncing);
  if (self->workspace == NULL)
    return;
  gtk_widget_set_visible (self->progress_box, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "money.sync", TRUE);
  if (outcome != NULL)
    wb_detail_toast (GTK_WIDGET (self), outcome);
  query (self);
  if (error != NULL && !g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    {
      /* Translators: why the gateways could not be asked */
      g_autofree char *text = g_strdup_printf (_ ("The gateways’ books could not be read, what "
                                                  "stands here is what was known before. %s"),
                                               error->message);

      say_trouble (self, text);
    }
  wb_workspace_look (self->workspace);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static WbWorkKind kind;
  WbMoneyPage      *self = WB_MONEY_PAGE (widget);

  if (self->workspace == NULL || self->syncing != NULL)
    return;
  self->syncing = g_cancellable_new ();
  gtk_label_set_text (self->progress, _ ("Reading the gateways’ books…"));
  gtk_widget_set_visible (self->progress_box, TRUE);
  gtk_widget_action_set_enabled (widget, "money.sync", FALSE);
  wb_money_sync_kind_init (&kind, progress_note_cb);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &kind, NULL, G_OBJECT (self),
                       self->syncing, synced_cb, NULL);
}

static void
sync_cb (GtkButton *button, WbMoneyPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "money.sync", NULL);
}

static void
stop_cb (GtkButton *button, WbMoneyPage *self)
{
  if (self->syncing != NULL)
    g_cancellable_cancel (self->syncing);
}

/* ---- files ---- */

static GtkFileChooserNative *
choose_file (WbMoneyPage *self, const char *title, GtkFileChooserAction action, GCallback callback)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", callback, self, 0);
  return dialog;
}

static void
import_response_cb (GtkNativeDialog *dialog, int response, WbMoneyPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->workspace != NULL)
    wb_money_page_import (self, g_file_peek_path (file));
  g_object_unref (dialog);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbMoneyPage *self = WB_MONEY_PAGE (widget);

  if (self->workspace != NULL)
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (
        choose_file (self, _ ("Import a statement or an invoice"), GTK_FILE_CHOOSER_ACTION_OPEN,
                     G_CALLBACK (import_response_cb))));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  wb_detail_toast (GTK_WIDGET (source), outcome != NULL ? outcome : error->message);
}

static void
export_response_cb (GtkNativeDialog *dialog, int response, WbMoneyPage *self)
{
  g_autoptr (GFile)  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  WbExport           form = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "form"));
  WbMoneyQuery       wanted;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->workspace != NULL &&
      get_query (self, &wanted, &error))
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_money_export_work,
                         wb_money_export_new (&wanted, form, g_file_peek_path (file)),
                         G_OBJECT (self), NULL, exported_cb, NULL);
  g_object_unref (dialog);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbMoneyPage          *self = WB_MONEY_PAGE (widget);
  int                   form = wb_export_parse (g_variant_get_string (parameter, NULL));
  GtkFileChooserNative *dialog;
  g_autofree char      *file = NULL;

  if (self->workspace == NULL || form < 0)
    return;
  dialog = choose_file (self, wb_export_title (form), GTK_FILE_CHOOSER_ACTION_SAVE,
                        G_CALLBACK (export_response_cb));
  g_object_set_data (G_OBJECT (dialog), "form", GINT_TO_POINTER (form));
  file = g_strconcat ("waybill-money", wb_export_suffix (form), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- the page itself ---- */

static void
changed_cb (WbWorkspace *workspace, WbMoneyPage *self)
{
  self->stale = TRUE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  query (self);
  wb_money_detail_refresh (self->detail);
}

static void
map (GtkWidget *widget)
{
  WbMoneyPage *self = WB_MONEY_PAGE (widget);

  GTK_WIDGET_CLASS (wb_money_page_parent_class)->map (widget);
  if (!self->stale)
    return;
  query (self);
  wb_money_detail_refresh (self->detail);
}

static void
wb_money_page_dispose (GObject *object)
{
  WbMoneyPage *self = WB_MONEY_PAGE (object);

  if (self->syncing != NULL)
    g_cancellable_cancel (self->syncing);
  if (self->view != NULL && self->selection != NULL)
    gtk_column_view_set_model (self->view, NULL);
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
    CHILD (from),
    CHILD (to),
    CHILD (progress_box),
    CHILD (progress),
    CHILD (trouble),
    CHILD (shipped),
    CHILD (captured),
    CHILD (paid_out),
    CHILD (difference),
    CHILD (state_filter),
    CHILD (stack),
    CHILD (view),
    CHILD (gaps_list),
    CHILD (payouts_list),
    CHILD (error_page),
    CHILD (detail),
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
  g_type_ensure (WB_TYPE_MONEY_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, days_cb);
  gtk_widget_class_bind_template_callback (widget_class, state_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_line_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_gaps_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_payouts_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_line_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, sync_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_install_action (widget_class, "money.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "money.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "money.export", "s", export_action);
}

/* GTK 4.8 leaves the button inside a drop-down without a name. */
static void
name_drop_down (GtkDropDown *drop_down, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static void
wb_money_page_init (WbMoneyPage *self)
{
  g_autoptr (GtkStringList) states = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->orders = -1;
  name_drop_down (self->period, _ ("Period"));
  name_drop_down (self->state_filter, _ ("State"));
  states = gtk_string_list_new (NULL);
  gtk_string_list_append (states, _ ("All orders"));
  gtk_string_list_append (states, _ ("Does not fit"));
  for (int i = 0; i < WB_N_MONEY_STATES; i++)
    gtk_string_list_append (states, wb_money_state_title (i));
  gtk_drop_down_set_model (self->state_filter, G_LIST_MODEL (states));
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
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_money_detail_set_workspace (self->detail, workspace);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    query (self);
}

/** wb_money_page_show_gaps: what does not fit, of all time. */
void
wb_money_page_show_gaps (WbMoneyPage *self)
{
  gtk_drop_down_set_selected (self->period, WB_PERIOD_ALL);
  gtk_toggle_button_set_active (self->views[WB_MONEY_VIEW_GAPS], TRUE);
}

/** wb_money_page_import: asks how the file at @path is to be read, and imports it. */
void
wb_money_page_import (WbMoneyPage *self, const char *path)
{
  wb_money_import_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  self->workspace, path);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Shipments page: every parcel that was begun, newest first, with the label and the way of the
 * chosen one. */
#include "wb-shipments-page.h"

#include "wb-batch-bar.h"
#include "wb-cells.h"
#include "wb-filter-switch.h"
#include "wb-label-sheet-window.h"
#include "wb-list-selection.h"
#include "wb-print-run.h"
#include "wb-resource.h"
#include "wb-shipment-detail.h"
#include "wb-shipments-columns.h"
#include "wb-shipments-list.h"
#include "wb-shipments-query.h"
#include "wb-split.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

struct _WbShipmentsPage
{
  AdwBin            parent_instance;
  WbSplit          *split;
  GtkStack         *stack;
  GtkColumnView    *view;
  AdwStatusPage    *error_page;
  GtkEditable      *search;
  GtkToggleButton  *filters[WB_N_SHIPMENTS_FILTERS];
  WbBatchBar       *print_bar;
  WbShipmentDetail *detail;
  WbWorkspace      *workspace;
  WbShipmentsList  *list;
  WbListSelection  *selection;
  gint64            shown;   /* the shipment in the detail */
  gint64            wanted;  /* to be chosen as soon as it is in the list */
  gboolean          running; /* a query is */
  gboolean          again;   /* another is wanted as soon as it has ended */
};

G_DEFINE_FINAL_TYPE (WbShipmentsPage, wb_shipments_page, ADW_TYPE_BIN)

static const char *const filter_titles[WB_N_SHIPMENTS_FILTERS] = {
  [WB_SHIPMENTS_ALL] = N_ ("All"),
  [WB_SHIPMENTS_OPEN] = N_ ("To finish"),
  [WB_SHIPMENTS_SHIPPED] = N_ ("Shipped"),
  [WB_SHIPMENTS_VOID] = N_ ("Voided"),
};

static void query (WbShipmentsPage *self);

static WbShipmentsFilter
get_filter (WbShipmentsPage *self)
{
  for (guint i = 0; i < WB_N_SHIPMENTS_FILTERS; i++)
    if (gtk_toggle_button_get_active (self->filters[i]))
      return i;
  return WB_SHIPMENTS_ALL;
}

static void
show_counts (WbShipmentsPage *self, WbShipmentsFound *found)
{
  /* Translators: a filter and how many shipments it lets through: To finish 2 */
  g_autofree char *label = g_strdup_printf (_ ("%s %'d"), _ (filter_titles[WB_SHIPMENTS_OPEN]),
                                            (int) found->counts[WB_SHIPMENTS_OPEN]);

  gtk_button_set_label (
      GTK_BUTTON (self->filters[WB_SHIPMENTS_OPEN]),
      found->counts[WB_SHIPMENTS_OPEN] > 0 ? label : _ (filter_titles[WB_SHIPMENTS_OPEN]));
}

static const char *
state_page (WbShipmentsPage *self, WbShipmentsFound *found)
{
  if (found->ids->len > 0)
    return "list";
  if (found->counts[WB_SHIPMENTS_ALL] == 0)
    return "empty";
  if (*gtk_editable_get_text (self->search) != '\0')
    return "nothing";
  return get_filter (self) == WB_SHIPMENTS_OPEN ? "done" : "none";
}

static guint
count_chosen (WbShipmentsPage *self)
{
  return wb_list_selection_get_size (self->selection);
}

/* Returns: (transfer full) (element-type gint64): the chosen shipments, as they are listed. */
static GArray *
chosen_ids (WbShipmentsPage *self)
{
  return wb_list_selection_dup_ids (self->selection, (WbIdAt) wb_shipments_list_get_id);
}

/* Chooses the row at @position alone; %G_MAXUINT: none. */
static void
choose_only (WbShipmentsPage *self, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (position == G_MAXUINT)
    gtk_selection_model_unselect_all (model);
  else
    gtk_selection_model_select_item (model, position, TRUE);
}

/* Several that were chosen stay so when the list is read again; those that are gone are not. */
static void
choose_again (WbShipmentsPage *self, GArray *chosen)
{
  g_autoptr (GtkBitset) places = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all =
      gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->list)));

  for (guint i = 0; i < chosen->len; i++)
    {
      guint position = wb_shipments_list_find (self->list, g_array_index (chosen, gint64, i));

      if (position != G_MAXUINT)
        gtk_bitset_add (places, position);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), places, all);
}

/* Puts what was found into the list; the shipment in the detail stays chosen when it is still
 * there, and stays in the detail when a filter hides it. */
static void
show_found (WbShipmentsPage *self, WbShipmentsFound *found)
{
  gint64             keep = self->wanted != 0 ? self->wanted : self->shown;
  g_autoptr (GArray) chosen = chosen_ids (self);
  guint              position;

  show_counts (self, found);
  gtk_stack_set_visible_child_name (self->stack, state_page (self, found));
  wb_shipments_list_take_ids (self->list, g_steal_pointer (&found->ids));
  wb_shipments_list_refresh (self->list);
  position = keep != 0 ? wb_shipments_list_find (self->list, keep) : G_MAXUINT;
  if (self->wanted == 0 && chosen->len > 1)
    choose_again (self, chosen);
  else
    choose_only (self, position);
  if (self->wanted != 0 && position != G_MAXUINT)
    wb_cells_scroll_to (self->view, position);
  self->wanted = 0;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbShipmentsPage             *self = WB_SHIPMENTS_PAGE (source);
  g_autoptr (GError)           error = NULL;
  g_autoptr (WbShipmentsFound) found = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->selection == NULL)
    return;
  if (found == NULL)
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (!self->again)
    show_found (self, found);
  if (self->again)
    query (self);
}

/* One query at a time; what was asked meanwhile is asked once, when it has ended. */
static void
query (WbShipmentsPage *self)
{
  if (self->workspace == NULL)
    return;
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  wb_worker_run_async (
      wb_workspace_get_worker (self->workspace), &wb_shipments_query_work,
      wb_shipments_query_new (get_filter (self), gtk_editable_get_text (self->search)),
      G_OBJECT (self), NULL, found_cb, NULL);
}

static void
filter_cb (GtkToggleButton *button, WbShipmentsPage *self)
{
  if (gtk_toggle_button_get_active (button))
    query (self);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbShipmentsPage *self)
{
  query (self);
}

static void
search_activate_cb (GtkSearchEntry *entry, WbShipmentsPage *self)
{
  wb_shipments_page_focus_list (self);
}

static void
search_stop_cb (GtkSearchEntry *entry, WbShipmentsPage *self)
{
  gtk_editable_set_text (self->search, "");
  wb_shipments_page_focus_list (self);
}

/* GTK 4.8 does not say which row has the focus: with several chosen the detail stays. */
static void
selection_cb (GtkSelectionModel *model, guint position, guint n_items, WbShipmentsPage *self)
{
  g_autoptr (GArray) chosen = count_chosen (self) == 1 ? chosen_ids (self) : NULL;
  gint64             id = chosen != NULL ? g_array_index (chosen, gint64, 0) : 0;

  wb_batch_bar_set_count (self->print_bar, count_chosen (self));
  if (id == 0)
    return;
  self->shown = id;
  wb_shipment_detail_show (self->detail, id);
}

static void
activate_cb (GtkColumnView *view, guint position, WbShipmentsPage *self)
{
  choose_only (self, position);
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split))
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
print_wanted_cb (WbBatchBar *bar, const WbBatchAct *act, WbShipmentsPage *self)
{
  g_autoptr (GArray) ids = chosen_ids (self);

  if (act->make != NULL)
    wb_batch_bar_begin (bar, act, ids);
  else
    wb_label_sheet_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                self->workspace, ids);
}

/* What this station did not finish when it last ran. */
static void
offer_unfinished (WbShipmentsPage *self)
{
  g_autoptr (WbPrintRun) run = wb_print_run_find_unfinished (self->workspace);

  if (run != NULL)
    wb_batch_bar_offer (self->print_bar, WB_RUN (run));
}

static void
print_clear_cb (WbBatchBar *bar, WbShipmentsPage *self)
{
  guint position = self->shown != 0 ? wb_shipments_list_find (self->list, self->shown) : G_MAXUINT;

  choose_only (self, position);
}

static void
show_all_cb (GtkButton *button, WbShipmentsPage *self)
{
  gtk_toggle_button_set_active (self->filters[WB_SHIPMENTS_ALL], TRUE);
}

static void
retry_cb (GtkButton *button, WbShipmentsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  query (self);
}

static void
changed_cb (WbWorkspace *workspace, WbShipmentsPage *self)
{
  query (self);
  wb_shipment_detail_refresh (self->detail);
}

static void
wb_shipments_page_dispose (GObject *object)
{
  WbShipmentsPage *self = WB_SHIPMENTS_PAGE (object);

  if (self->view != NULL && self->selection != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_shipments_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    gsize       offset;
  } filters[] = {
    { "all_filter", G_STRUCT_OFFSET (WbShipmentsPage, filters[WB_SHIPMENTS_ALL]) },
    { "open_filter", G_STRUCT_OFFSET (WbShipmentsPage, filters[WB_SHIPMENTS_OPEN]) },
    { "shipped_filter", G_STRUCT_OFFSET (WbShipmentsPage, filters[WB_SHIPMENTS_SHIPPED]) },
    { "void_filter", G_STRUCT_OFFSET (WbShipmentsPage, filters[WB_SHIPMENTS_VOID]) },
  };

  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, split);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, print_bar);
  gtk_widget_class_bind_template_child (widget_class, WbShipmentsPage, detail);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_widget_class_bind_template_child_full (widget_class, filters[i].name, FALSE,
                                               (gssize) filters[i].offset);
}

static void
wb_shipments_page_class_init (WbShipmentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_shipments_page_dispose;
  g_type_ensure (WB_TYPE_SPLIT);
  g_type_ensure (WB_TYPE_FILTER_SWITCH);
  g_type_ensure (WB_TYPE_SHIPMENT_DETAIL);
  g_type_ensure (WB_TYPE_BATCH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-shipments-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
wb_shipments_page_init (WbShipmentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_shipments_page_set_workspace: shows the shipments of @workspace, which must be open; once. */
void
wb_shipments_page_set_workspace (WbShipmentsPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->list = wb_shipments_list_new (wb_workspace_get_book (workspace));
  self->selection = wb_list_selection_new (G_LIST_MODEL (self->list));
  wb_shipments_columns_add (self->view);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search),
                                           GTK_WIDGET (self->view));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self,
                           0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_shipment_detail_set_workspace (self->detail, workspace);
  wb_batch_bar_set_workspace (self->print_bar, workspace, wb_label_acts);
  offer_unfinished (self);
  query (self);
}

/** wb_shipments_page_show_shipment: chooses the shipment @shipment_id, leaving filter and search,
 * which may hide it. */
void
wb_shipments_page_show_shipment (WbShipmentsPage *self, gint64 shipment_id)
{
  self->wanted = shipment_id;
  self->shown = shipment_id;
  gtk_toggle_button_set_active (self->filters[WB_SHIPMENTS_ALL], TRUE);
  gtk_editable_set_text (self->search, "");
  query (self);
  wb_shipment_detail_show (self->detail, shipment_id);
  wb_split_set_show_detail (self->split, TRUE);
}

/** wb_shipments_page_focus_list: to the chosen row, or the first one. */
void
wb_shipments_page_focus_list (WbShipmentsPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  guint                 position = 0;

  if (self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_is_empty (chosen))
    choose_only (self, 0);
  else
    position = gtk_bitset_get_minimum (chosen);
  wb_cells_scroll_to (self->view, position);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

/** wb_shipments_page_main_action: goes on with the shipment in the detail when it is unfinished. */
void
wb_shipments_page_main_action (WbShipmentsPage *self)
{
  wb_split_set_show_detail (self->split, TRUE);
  wb_shipment_detail_main_action (self->detail);
}

/** wb_shipments_page_reprint: prints the label of the shipment in the detail again. */
void
wb_shipments_page_reprint (WbShipmentsPage *self)
{
  wb_shipment_detail_reprint (self->detail);
}

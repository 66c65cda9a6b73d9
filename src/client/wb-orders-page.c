/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Orders page: every order in a list, filtered, searched and sorted, with the detail of the
 * chosen one. */
#include "wb-orders-page.h"

#include "wb-batch-bar.h"
#include "wb-cells.h"
#include "wb-filter-chip.h"
#include "wb-list-selection.h"
#include "wb-order-detail.h"
#include "wb-order-list.h"
#include "wb-orders-columns.h"
#include "wb-orders-filter.h"
#include "wb-orders-view.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 120 /* how long typing must pause before it is searched for */

struct _WbOrdersPage
{
  AdwBin           parent_instance;
  WbSplit         *split;
  GtkStack        *stack;
  GtkColumnView   *view;
  AdwStatusPage   *error_page;
  GtkMenuButton   *columns_button;
  GtkToggleButton *filters[WB_N_FILTERS];
  WbOrdersFilter  *filter;
  GtkBox          *chips;
  WbBatchBar      *batch_bar;
  WbOrderDetail   *detail;
  WbWorkspace     *workspace;
  WbOrderList     *list;
  WbListSelection *selection;
  WbOrdersColumns *columns;
  WbOrdersWish wish;  /* what it is narrowed to; its stages are the toggle's, its sort the heads' */
  char        *text;  /* typed; searched for instead of the wish's */
  gint64       shown; /* the order in the detail */
  guint        serial;    /* of what is chosen: changes with it */
  guint        asked;     /* the serial when the list was asked for */
  gboolean     restoring; /* what is chosen is put back, not chosen anew */
  gint64       wanted;    /* to be chosen as soon as it is in the list */
  gboolean     running;   /* a query is */
  gboolean     again;     /* another is wanted as soon as it has ended */
  gboolean     from_top;  /* what is asked for is another list, not the same one refreshed */
  gboolean     listed;    /* something has been, once */
  gboolean     counted;   /* what the filters let through, since the book last changed */
  guint        all;       /* orders in the book, when last counted */
  gboolean     stale;     /* the book has changed since the rows were read */
  gboolean     focusing;  /* the list that is on its way is to have the keyboard */
  guint        typing_id;
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

static guint
count_chosen (WbOrdersPage *self)
{
  return wb_list_selection_get_size (self->selection);
}

/* Returns: (transfer full) (element-type gint64): the chosen orders, as they are listed. */
static GArray *
chosen_ids (WbOrdersPage *self)
{
  return wb_list_selection_dup_ids (self->selection, (WbIdAt) wb_order_list_get_id);
}

/* GTK 4.8 does not say which row has the focus. Of several, it is the one that was just added or
 * taken away: of a stretch, the end that is farther from the one shown before; all at once move
 * nothing. */
static gint64
find_focused (WbOrdersPage *self, guint position, guint n_items)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list)), before;

  if (gtk_bitset_get_size (chosen) == 0)
    return 0;
  if (gtk_bitset_get_size (chosen) == 1)
    return wb_order_list_get_id (self->list, gtk_bitset_get_minimum (chosen));
  if (gtk_bitset_get_size (chosen) == n)
    return self->shown;
  before = self->shown != 0 && n_items > 1 ? wb_order_list_find (self->list, self->shown) : 0;
  return wb_order_list_get_id (self->list, before <= position ? position + n_items - 1 : position);
}

static void
show_focused (WbOrdersPage *self, guint position, guint n_items)
{
  gint64 id = find_focused (self, position, n_items);

  if (id == self->shown)
    return;
  self->shown = id;
  wb_order_detail_show (self->detail, id);
}

static void
choose (WbOrdersPage *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  wb_cells_scroll_to (self->view, position);
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

static gboolean
is_narrowed (WbOrdersPage *self)
{
  return self->wish.text != NULL || self->wish.channel_id != 0 || self->wish.charge != NULL ||
         self->wish.tag != NULL || self->wish.marked || self->wish.only != NULL;
}

static const char *
state_page (WbOrdersPage *self, WbOrdersFound *found)
{
  if (found->ids->len > 0)
    return "list";
  if (self->all == 0)
    return "empty";
  if (!wb_text_is_empty (self->text))
    return "nothing";
  if (is_narrowed (self))
    return "none";
  return get_filter (self) == WB_FILTER_TO_SHIP || get_filter (self) == WB_FILTER_NEEDS_YOU
             ? "done"
             : "none";
}

/* What was chosen stays so wherever it is now; what is new is never chosen by itself. */
static void
choose_again (WbOrdersPage *self, GArray *places)
{
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all =
      gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->list)));

  for (guint i = 0; i < places->len; i++)
    gtk_bitset_add (chosen, g_array_index (places, guint, i));
  self->restoring = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
  self->restoring = FALSE;
}

/* To the chosen row, or the first one. */
static void
focus_now (WbOrdersPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  guint                 position = 0;

  self->focusing = FALSE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_get_size (chosen) > 0)
    position = gtk_bitset_get_minimum (chosen);
  choose (self, position);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

/* Puts what was found into the list; the order in the detail stays chosen when it is still there.
 */
static void
show_found (WbOrdersPage *self, WbOrdersFound *found)
{
  gboolean           several = count_chosen (self) > 1 && !self->from_top;
  gint64             keep = self->wanted != 0 ? self->wanted : self->shown;
  g_autoptr (GArray) places = g_steal_pointer (&found->places);
  guint              position;

  gtk_stack_set_visible_child_name (self->stack, state_page (self, found));
  if (several && (places == NULL || self->asked != self->serial))
    {
      g_autoptr (GArray) chosen = chosen_ids (self);

      g_clear_pointer (&places, g_array_unref);
      places = wb_orders_find_places (found->ids, chosen);
    }
  wb_order_list_take_ids (self->list, g_steal_pointer (&found->ids), self->from_top);
  if (self->stale)
    wb_order_list_refresh (self->list);
  self->stale = FALSE;
  if (several)
    choose_again (self, places);
  position = keep != 0 ? wb_order_list_find (self->list, keep) : G_MAXUINT;
  if (position != G_MAXUINT && (!several || self->wanted != 0))
    {
      if (self->wanted != 0 || self->from_top)
        choose (self, position);
      else
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
    }
  else if (self->from_top && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    wb_cells_scroll_to (self->view, 0);
  self->wanted = 0;
  self->from_top = FALSE;
  wb_batch_bar_set_count (self->batch_bar, count_chosen (self));
  if (self->focusing && !self->again)
    focus_now (self);
}

/* The window's first frame does not share the processor with counting. */
static gboolean
first_count_cb (gpointer data)
{
  WbOrdersPage *self = data;

  if (self->selection != NULL && !self->counted)
    query (self);
  return G_SOURCE_REMOVE;
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
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (!self->again)
    {
      /* Only what has been counted can tell an empty book from an empty list. */
      if (found->counted || self->all > 0 || found->ids->len > 0)
        show_found (self, found);
      if (self->listed)
        self->again = !self->counted;
      else
        g_idle_add_full (G_PRIORITY_LOW, first_count_cb, g_object_ref (self), g_object_unref);
      self->listed = TRUE;
    }
  if (self->again)
    query (self);
}

/* Returns: (transfer full): what is asked for now. */
static WbOrdersWish *
describe_wish (WbOrdersPage *self)
{
  WbOrdersWish *wish = wb_orders_wish_copy (&self->wish);

  wish->filter = get_filter (self);
  if (!wb_text_is_empty (self->text))
    wb_set_str (&wish->text, self->text);
  wb_set_str (&wish->sort, wb_orders_columns_get_sort (self->columns, &wish->ascending));
  return wish;
}

/* One query at a time; what was asked meanwhile is asked once, when it has ended. */
static void
query (WbOrdersPage *self)
{
  WbOrdersWish *wish;

  if (self->columns == NULL)
    return;
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  wish = describe_wish (self);
  /* The list first, then the figures on the filters; neither waits for the other's sake. */
  wish->count = !self->counted && self->listed;
  self->counted |= wish->count;
  if (count_chosen (self) > 1 && !self->from_top)
    wish->keep = chosen_ids (self);
  self->asked = self->serial;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_orders_query_work, wish,
                       G_OBJECT (self), NULL, found_cb, NULL);
}

static void
query_from_top (WbOrdersPage *self)
{
  self->from_top = TRUE;
  query (self);
}

static void show_chips (WbOrdersPage *self);

/* Something about the list's narrowing is another: told everywhere, and asked for. */
static void
narrow (WbOrdersPage *self)
{
  show_chips (self);
  wb_orders_filter_show (self->filter, &self->wish);
  query_from_top (self);
}

static void
forget_narrowing (WbOrdersPage *self)
{
  wb_orders_wish_clear (&self->wish);
  if (self->workspace != NULL)
    {
      show_chips (self);
      wb_orders_filter_show (self->filter, &self->wish);
    }
}

static void
chip_cb (GtkButton *chip, WbOrdersPage *self)
{
  char **field = g_object_get_data (G_OBJECT (chip), "field");

  if (field != NULL)
    g_clear_pointer (field, g_free);
  else if (g_object_get_data (G_OBJECT (chip), "channel") != NULL)
    self->wish.channel_id = 0;
  else if (g_object_get_data (G_OBJECT (chip), "only") != NULL)
    g_clear_pointer (&self->wish.only, g_array_unref);
  else
    self->wish.marked = FALSE;
  narrow (self);
}

static void
add_chip (WbOrdersPage *self, const char *text, const char *key, gpointer value)
{
  GtkWidget *chip = wb_filter_chip_new (text);

  g_object_set_data (G_OBJECT (chip), key, value);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_cb), self);
  gtk_box_append (self->chips, chip);
}

static void
show_chips (WbOrdersPage *self)
{
  GtkWidget       *child;
  g_autofree char *only =
      self->wish.only != NULL
          /* Translators: a chip above the list of orders */
          ? g_strdup_printf (_ ("Not done in the batch: %u"), self->wish.only->len)
          : NULL;
  g_autofree char *text =
      self->wish.text != NULL ? g_strdup_printf (_ ("“%s”"), self->wish.text) : NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  if (only != NULL)
    add_chip (self, only, "only", self);
  if (text != NULL)
    add_chip (self, text, "field", &self->wish.text);
  if (self->wish.channel_id != 0)
    add_chip (self, wb_workspace_get_connection_name (self->workspace, self->wish.channel_id),
              "channel", self);
  if (self->wish.charge != NULL)
    add_chip (self, wb_charge_title (self->wish.charge), "field", &self->wish.charge);
  if (self->wish.tag != NULL)
    add_chip (self, self->wish.tag, "field", &self->wish.tag);
  if (self->wish.marked)
    add_chip (self, _ ("Marked"), "marked", self);
  gtk_widget_set_visible (GTK_WIDGET (self->chips), is_narrowed (self));
}

static void
filter_cb (GtkToggleButton *button, WbOrdersPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  if (self->wish.only != NULL)
    {
      g_clear_pointer (&self->wish.only, g_array_unref);
      show_chips (self);
    }
  query_from_top (self);
}

static void
narrowed_cb (WbOrdersFilter *filter, WbOrdersPage *self)
{
  g_clear_pointer (&self->wish.only, g_array_unref);
  wb_orders_filter_fill (filter, &self->wish);
  show_chips (self);
  query_from_top (self);
}

static void
filter_shown_cb (GtkPopover *popover, WbOrdersPage *self)
{
  wb_orders_filter_show (self->filter, &self->wish);
  wb_saved_views_refresh (wb_orders_filter_get_views (self->filter));
}

static void
batch_wanted_cb (WbBatchBar *bar, int kind, const char *argument, WbOrdersPage *self)
{
  g_autoptr (GArray) ids = chosen_ids (self);

  wb_batch_bar_begin (bar, (WbBatch) kind, ids, argument);
}

static void
batch_only_cb (WbBatchBar *bar, GArray *ids, WbOrdersPage *self)
{
  forget_narrowing (self);
  gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
  self->wish.only = g_array_ref (ids);
  wb_set_str (&self->text, NULL);
  narrow (self);
}

static void
batch_clear_cb (WbBatchBar *bar, WbOrdersPage *self)
{
  guint position = self->shown != 0 ? wb_order_list_find (self->list, self->shown) : G_MAXUINT;

  if (position != G_MAXUINT)
    choose (self, position);
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* Returns: (transfer full): the columns that do not show. */
static char **
list_hidden (WbOrdersPage *self)
{
  GActionGroup            *actions = wb_orders_columns_get_actions (self->columns);
  g_auto (GStrv)           names = g_action_group_list_actions (actions);
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GVariant) shown = g_action_group_get_action_state (actions, names[i]);

      if (!g_variant_get_boolean (shown))
        g_strv_builder_add (hidden, names[i]);
    }
  return g_strv_builder_end (hidden);
}

static void
hide_columns (WbOrdersPage *self, char **hidden)
{
  GActionGroup  *actions = wb_orders_columns_get_actions (self->columns);
  g_auto (GStrv) names = g_action_group_list_actions (actions);

  for (guint i = 0; names[i] != NULL; i++)
    g_action_group_change_action_state (
        actions, names[i],
        g_variant_new_boolean (!g_strv_contains ((const char *const *) hidden, names[i])));
}

static void
view_wanted_cb (WbSavedViews *views, const char *name, WbOrdersPage *self)
{
  g_autofree WbOrdersWish *wish = describe_wish (self);
  g_auto (WbOrdersView)    view = { .wish = *wish, .hidden = list_hidden (self) };
  g_autofree char         *query = wb_orders_view_to_json (&view, self->workspace);

  wb_saved_views_save (views, name, query);
}

static void
view_chosen_cb (WbSavedViews *views, WbSavedView *saved, WbOrdersPage *self)
{
  g_autoptr (GError)    error = NULL;
  g_auto (WbOrdersView) view = { 0 };
  g_autofree char      *remark = NULL;

  gtk_popover_popdown (GTK_POPOVER (self->filter));
  if (!wb_orders_view_read (&view, wb_record_get_text (saved, WB_SAVED_VIEW_QUERY), self->workspace,
                            &remark, &error))
    {
      wb_toast_outcome (GTK_WIDGET (self), NULL, error);
      return;
    }
  wb_orders_wish_clear (&self->wish);
  self->wish = view.wish;
  view.wish = (WbOrdersWish){ 0 };
  wb_set_str (&self->text, NULL);
  if (view.hidden != NULL)
    hide_columns (self, view.hidden);
  if (self->wish.sort != NULL &&
      !wb_orders_columns_set_sort (self->columns, self->wish.sort, self->wish.ascending))
    wb_set_str (&remark, _ ("This view's column is not known here: the list is sorted as before"));
  gtk_toggle_button_set_active (self->filters[self->wish.filter], TRUE);
  narrow (self);
  if (remark != NULL)
    wb_toast_show (GTK_WIDGET (self), remark);
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
  self->serial++;
  if (self->restoring)
    return;
  show_focused (self, position, n_items);
  wb_batch_bar_set_count (self->batch_bar, count_chosen (self));
}

static void
activate_cb (GtkColumnView *view, guint position, WbOrdersPage *self)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  show_focused (self, position, 1);
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
  g_type_ensure (WB_TYPE_ORDER_DETAIL);
  g_type_ensure (WB_TYPE_ORDERS_FILTER);
  g_type_ensure (WB_TYPE_BATCH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-orders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, split);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, filter);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, chips);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, batch_bar);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersPage, detail);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_widget_class_bind_template_child_full (widget_class, filters[i].name, FALSE,
                                               filters[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrowed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, batch_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, batch_only_cb);
  gtk_widget_class_bind_template_callback (widget_class, batch_clear_cb);
}

static void
wb_orders_page_init (WbOrdersPage *self)
{
  WbSavedViews *views;

  self->wish.filter = WB_FILTER_ALL;
  gtk_widget_init_template (GTK_WIDGET (self));
  views = wb_orders_filter_get_views (self->filter);
  g_signal_connect_object (views, "wanted", G_CALLBACK (view_wanted_cb), self, 0);
  g_signal_connect_object (views, "chosen", G_CALLBACK (view_chosen_cb), self, 0);
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
  wb_order_detail_set_workspace (self->detail, workspace);
  wb_orders_filter_set_workspace (self->filter, workspace);
  wb_batch_bar_set_workspace (self->batch_bar, workspace);
  query_from_top (self);
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
      forget_narrowing (self);
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
  forget_narrowing (self);
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
  WbOrderFilter filter;

  if (!wb_orders_filter_parse (name, &filter))
    return;
  forget_narrowing (self);
  gtk_toggle_button_set_active (self->filters[filter], TRUE);
  query_from_top (self);
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
      query_from_top (self);
    }
  self->focusing = self->from_top;
  if (!self->focusing)
    focus_now (self);
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

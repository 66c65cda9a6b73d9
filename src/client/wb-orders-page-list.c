/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of the Orders page: what is asked for, what was found, and what stays chosen in it. */
#include "wb-after-frame.h"
#include "wb-cells.h"
#include "wb-list-state.h"
#include "wb-orders-page-private.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define FIRST_ORDERS                                                                               \
  200 /* asked for before all the others: as many as a list view makes rows for */

static const char *const filter_titles[WB_N_FILTERS] = {
  [WB_FILTER_TO_SHIP] = N_ ("To ship"), [WB_FILTER_NEEDS_YOU] = N_ ("Needs you"),
  [WB_FILTER_WAITING] = N_ ("Waiting"), [WB_FILTER_SHIPPED] = N_ ("Shipped"),
  [WB_FILTER_ALL] = N_ ("All"),
};

typedef enum
{
  EMPTY,
  DONE,
  NONE,
  NOTHING,
  ERROR
} State;

static const WbListStateText states[] = {
  [EMPTY] = { "empty", "package-x-generic-symbolic", N_ ("No orders yet"),
              N_ ("Orders appear here as soon as a connected shop has any. F5 asks the shops now."),
              NULL },
  [DONE] = { "done", "emblem-ok-symbolic", N_ ("All done"), N_ ("Nothing is left to do here."),
             N_ ("Show all orders") },
  [NONE] = { "none", "package-x-generic-symbolic", N_ ("None of these"),
             N_ ("There are orders, but none is in this state."), NULL },
  [NOTHING] = { "nothing", "system-search-symbolic", N_ ("Nothing found"),
                N_ ("Order number, name, e-mail, SKU, tracking number and payment are searched; "
                    "the "
                    "beginning of a word is enough."),
                NULL },
  [ERROR] = { "error", "dialog-error-symbolic", N_ ("The orders could not be read"), NULL,
              N_ ("Try again") },
};

/** wb_orders_page_get_filter: Returns: which of the toggles is on. */
WbOrderFilter
wb_orders_page_get_filter (WbOrdersPage *self)
{
  for (guint i = 0; i < WB_N_FILTERS; i++)
    if (gtk_toggle_button_get_active (self->filters[i]))
      return i;
  return WB_FILTER_ALL;
}

/** wb_orders_page_count_chosen: Returns: how many orders are chosen. */
guint
wb_orders_page_count_chosen (WbOrdersPage *self)
{
  return wb_list_selection_get_size (self->selection);
}

/** wb_orders_page_dup_chosen: Returns: (transfer full) (element-type gint64): the chosen orders, as
 * they are listed. */
GArray *
wb_orders_page_dup_chosen (WbOrdersPage *self)
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

/** wb_orders_page_show_focused: what has just been chosen between @position and @n_items further on
 * shows in the detail. */
void
wb_orders_page_show_focused (WbOrdersPage *self, guint position, guint n_items)
{
  gint64 id = find_focused (self, position, n_items);

  if (id == self->shown)
    return;
  wb_orders_page_show_detail (self, id);
}

/** wb_orders_page_choose: chooses the order at @position alone, and goes there. */
void
wb_orders_page_choose (WbOrdersPage *self, guint position)
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

static void
show_all_cb (GtkButton *button, WbOrdersPage *self)
{
  gtk_toggle_button_set_active (self->filters[WB_FILTER_ALL], TRUE);
}

static void
retry_cb (GtkButton *button, WbOrdersPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  wb_orders_page_query_from_top (self);
}

static State
find_state (WbOrdersPage *self)
{
  WbOrderFilter filter = wb_orders_page_get_filter (self);

  if (self->all == 0)
    return EMPTY;
  if (!wb_text_is_empty (self->text))
    return NOTHING;
  if (wb_orders_page_is_narrowed (self))
    return NONE;
  return filter == WB_FILTER_TO_SHIP || filter == WB_FILTER_NEEDS_YOU ? DONE : NONE;
}

static void
show_state (WbOrdersPage *self, WbOrdersFound *found)
{
  if (found->ids->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    wb_list_state_show (self->stack, &states[find_state (self)], G_CALLBACK (show_all_cb), self);
}

static void
show_error (WbOrdersPage *self, const GError *error)
{
  self->counted = FALSE;
  wb_list_state_tell (wb_list_state_show (self->stack, &states[ERROR], G_CALLBACK (retry_cb), self),
                      error);
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

/** wb_orders_page_focus_now: the keyboard to the chosen row, or the first one. */
void
wb_orders_page_focus_now (WbOrdersPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  guint                 position = 0;

  self->focusing = FALSE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_get_size (chosen) > 0)
    position = gtk_bitset_get_minimum (chosen);
  wb_orders_page_choose (self, position);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

/* Puts what was found into the list; the order in the detail stays chosen when it is still there.
 */
static void
show_found (WbOrdersPage *self, WbOrdersFound *found)
{
  gboolean           several = wb_orders_page_count_chosen (self) > 1 && !self->from_top;
  gint64             keep = self->wanted != 0 ? self->wanted : self->shown;
  g_autoptr (GArray) places = g_steal_pointer (&found->places);
  guint              position;

  show_state (self, found);
  if (several && (places == NULL || self->asked != self->serial))
    {
      g_autoptr (GArray) chosen = wb_orders_page_dup_chosen (self);

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
        wb_orders_page_choose (self, position);
      else
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
    }
  else if (self->from_top && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    wb_cells_scroll_to (self->view, 0);
  if (!self->partial)
    self->wanted = 0;
  self->from_top = FALSE;
  wb_orders_page_show_count (self);
  if (self->focusing && !self->again)
    wb_orders_page_focus_now (self);
}

/* The window's first frame waits neither for all the rest of the list nor for counting. */
static void
ask_for_all_cb (gpointer data)
{
  WbOrdersPage *self = data;

  if (self->selection != NULL && (self->partial || !self->counted))
    wb_orders_page_query (self);
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
    show_error (self, error);
  else if (!self->again)
    {
      /* Only what has been counted, now or before, can tell an empty book from an empty list. */
      self->partial = found->more;
      if (found->counted || self->counted || self->all > 0 || found->ids->len > 0)
        show_found (self, found);
      if (self->listed)
        self->again = !self->counted;
      else
        wb_after_frame (GTK_WIDGET (self), ask_for_all_cb);
      self->listed = TRUE;
    }
  if (self->again)
    wb_orders_page_query (self);
}

/** wb_orders_page_dup_wish: Returns: (transfer full): what is asked for now. */
WbOrdersWish *
wb_orders_page_dup_wish (WbOrdersPage *self)
{
  WbOrdersWish *wish = wb_orders_wish_copy (&self->wish);

  wish->filter = wb_orders_page_get_filter (self);
  if (!wb_text_is_empty (self->text))
    wb_set_str (&wish->text, self->text);
  wb_set_str (&wish->sort, wb_orders_columns_get_sort (self->columns, &wish->ascending));
  return wish;
}

/** wb_orders_page_query: asks for the list. One query at a time; what was asked meanwhile is asked
 * once, when it has ended. */
void
wb_orders_page_query (WbOrdersPage *self)
{
  WbOrdersWish *wish;

  if (self->columns == NULL)
    return;
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  wish = wb_orders_page_dup_wish (self);
  /* The list first, then the figures on the filters; neither waits for the other's sake. */
  wish->count = !self->counted && self->listed;
  wish->limit = self->listed ? 0 : FIRST_ORDERS;
  self->counted |= wish->count;
  if (wb_orders_page_count_chosen (self) > 1 && !self->from_top)
    wish->keep = wb_orders_page_dup_chosen (self);
  self->asked = self->serial;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_orders_query_work, wish,
                       G_OBJECT (self), NULL, found_cb, NULL);
}

/** wb_orders_page_query_from_top: asks for another list, looked at from its top. */
void
wb_orders_page_query_from_top (WbOrdersPage *self)
{
  self->from_top = TRUE;
  wb_orders_page_query (self);
}

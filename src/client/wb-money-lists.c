/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of gaps and of payouts beside that of orders: what each line says. */
#include "wb-money-lists.h"

#include "wb-money-gap-item.h"
#include "wb-money-line.h"
#include "wb-reconcile.h"

#include <glib/gi18n-lib.h>

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, wb_money_line_new ());
}

static void
bind_gap_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
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
bind_payout_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GArray *sums)
{
  WbPayout        *payout = gtk_list_item_get_item (item);
  guint            place = gtk_list_item_get_position (item);
  gint64           sum = place < sums->len ? g_array_index (sums, gint64, place) : 0;
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
unref_array (gpointer array, GClosure *closure)
{
  g_array_unref (array);
}

static void
set_list (GtkListView *view, GListModel *model, GtkListItemFactory *factory)
{
  GtkSingleSelection            *selection = gtk_single_selection_new (model);
  g_autoptr (GtkSelectionModel)  taken = GTK_SELECTION_MODEL (selection);
  g_autoptr (GtkListItemFactory) owned = factory;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_model (view, NULL);
  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, taken);
}

/** wb_money_lists_show_gaps: the items are WbMoneyGapItem. */
void
wb_money_lists_show_gaps (GtkListView *view, const WbMoneyFound *found)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "bind", G_CALLBACK (bind_gap_cb), NULL);
  set_list (view, wb_money_gap_items (found->gaps), factory);
}

/** wb_money_lists_show_payouts: the items are WbPayout. */
void
wb_money_lists_show_payouts (GtkListView *view, const WbMoneyFound *found)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListStore         *store = g_list_store_new (wb_payout_get_type ());

  g_list_store_splice (store, 0, 0, found->payouts->pdata, found->payouts->len);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_payout_cb), g_array_ref (found->sums),
                         unref_array, 0);
  set_list (view, G_LIST_MODEL (store), factory);
}

/** wb_money_lists_count: names the @button that shows a list of @n; @title: translated. */
void
wb_money_lists_count (GtkToggleButton *button, const char *title, guint n)
{
  /* Translators: what a list shows and how many there are: Gaps 3 */
  g_autofree char *label = g_strdup_printf (_ ("%s %'d"), title, (int) n);

  gtk_button_set_label (GTK_BUTTON (button), n > 0 ? label : title);
}

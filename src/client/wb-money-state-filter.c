/* SPDX-License-Identifier: GPL-3.0-or-later
 * A drop-down of the states that an order's money can be in. */
#include "wb-money-state-filter.h"

#include "wb-drop-down.h"
#include "wb-reconcile.h"

#include <glib/gi18n-lib.h>

/* What stands before the states themselves. */
static const struct
{
  const char *title;
  int         state;
} heads[] = {
  { N_ ("All orders"), WB_MONEY_ALL },
  { N_ ("Does not fit"), WB_MONEY_WRONG },
};

/** wb_money_state_filter_fill: gives @drop_down its choices and its name. */
void
wb_money_state_filter_fill (GtkDropDown *drop_down)
{
  g_autoptr (GtkStringList) states = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    gtk_string_list_append (states, _ (heads[i].title));
  for (int i = 0; i < WB_N_MONEY_STATES; i++)
    gtk_string_list_append (states, wb_money_state_title (i));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (states));
  wb_drop_down_set_label (drop_down, _ ("State"));
}

/** wb_money_state_filter_read: Returns: what is chosen: %WB_MONEY_ALL, %WB_MONEY_WRONG or a state.
 */
int
wb_money_state_filter_read (GtkDropDown *drop_down)
{
  guint chosen = gtk_drop_down_get_selected (drop_down);

  return chosen < G_N_ELEMENTS (heads) ? heads[chosen].state
                                       : (int) (chosen - G_N_ELEMENTS (heads));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of gaps and of payouts beside that of orders: what each line says. */
#pragma once

#include "wb-money-works.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_money_lists_show_gaps (GtkListView *view, const WbMoneyFound *found);
void wb_money_lists_show_payouts (GtkListView *view, const WbMoneyFound *found);
void wb_money_lists_count (GtkToggleButton *button, const char *title, guint n);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A drop-down of the states that an order's money can be in. */
#pragma once

#include "wb-book-money.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_money_state_filter_fill (GtkDropDown *drop_down);
int  wb_money_state_filter_read (GtkDropDown *drop_down);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of orders' money. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _WbMoneyColumns WbMoneyColumns;

WbMoneyColumns *wb_money_columns_new (GtkColumnView *view);
void            wb_money_columns_free (WbMoneyColumns *self);

G_END_DECLS

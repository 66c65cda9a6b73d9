/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of a list about money: what it is, more about it, and an amount. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_LINE (wb_money_line_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyLine, wb_money_line, WB, MONEY_LINE, AdwBin)

GtkWidget *wb_money_line_new (void);
GtkWidget *wb_money_line_new_whole (const char *text, const char *amount, const char *style);
void       wb_money_line_show (WbMoneyLine *self,
                               const char  *title,
                               const char  *subtitle,
                               const char  *amount,
                               const char  *style);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Orders page: every order in a list, filtered, searched and sorted, with the detail of the
 * chosen one. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_ORDERS_PAGE (wb_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (WbOrdersPage, wb_orders_page, WB, ORDERS_PAGE, AdwBin)

void wb_orders_page_set_workspace (WbOrdersPage *self, WbWorkspace *workspace);
void wb_orders_page_set_text (WbOrdersPage *self, const char *text);
void wb_orders_page_show_order (WbOrdersPage *self, gint64 order_id);
void wb_orders_page_show_filter (WbOrdersPage *self, const char *name);
void wb_orders_page_focus_list (WbOrdersPage *self);
void wb_orders_page_main_action (WbOrdersPage *self);
void wb_orders_page_reprint (WbOrdersPage *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Customers page: look-up in one field, and the person that was chosen. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMERS_PAGE (wb_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomersPage, wb_customers_page, WB, CUSTOMERS_PAGE, AdwBin)

void wb_customers_page_set_workspace (WbCustomersPage *self, WbWorkspace *workspace);
void wb_customers_page_show_customer (WbCustomersPage *self, gint64 customer_id);
void wb_customers_page_focus_search (WbCustomersPage *self);

G_END_DECLS

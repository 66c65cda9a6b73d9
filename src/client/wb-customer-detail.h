/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one person: accounts, orders, parcels, money, notes; linking, export, erasure.
 */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMER_DETAIL (wb_customer_detail_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerDetail, wb_customer_detail, WB, CUSTOMER_DETAIL, AdwBin)

void wb_customer_detail_set_workspace (WbCustomerDetail *self, WbWorkspace *workspace);
void wb_customer_detail_show (WbCustomerDetail *self, gint64 customer_id);
void wb_customer_detail_refresh (WbCustomerDetail *self);

G_END_DECLS

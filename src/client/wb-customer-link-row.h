/* SPDX-License-Identifier: GPL-3.0-or-later
 * One account of a person at a shop, with a button that links or unlinks it. */
#pragma once

#include "wb-connection.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMER_LINK_ROW (wb_customer_link_row_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerLinkRow, wb_customer_link_row, WB, CUSTOMER_LINK_ROW, AdwActionRow)

GtkWidget *wb_customer_link_row_new (WbCustomer *customer, const char *channel, const char *button);
WbCustomer *wb_customer_link_row_get_customer (WbCustomerLinkRow *self);

G_END_DECLS

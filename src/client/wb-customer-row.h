/* SPDX-License-Identifier: GPL-3.0-or-later
 * One customer in the list: name, how to reach them, how many orders. */
#pragma once

#include "wb-connection.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMER_ROW (wb_customer_row_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerRow, wb_customer_row, WB, CUSTOMER_ROW, AdwBin)

GtkWidget *wb_customer_row_new (void);
void       wb_customer_row_show (WbCustomerRow *self, WbCustomer *customer, const char *channel);
char      *wb_customer_dup_name (WbCustomer *customer);

G_END_DECLS

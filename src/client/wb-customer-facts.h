/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is known of a person, as words and rows. */
#pragma once

#include "wb-customer-works.h"

#include <adwaita.h>

G_BEGIN_DECLS

char *wb_customer_facts_summary (WbCustomerFacts *facts);
char *wb_customer_facts_contact (WbCustomerFacts *facts);
void  wb_customer_facts_fill_money (WbCustomerFacts *facts, GtkListBox *box);
void  wb_customer_facts_fill_orders (WbCustomerFacts *facts, GtkListBox *box);
void  wb_customer_facts_fill_parcels (WbCustomerFacts *facts, GtkListBox *box);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the Customers page: looking up, reading a person, linking, noting, exporting,
 * erasing. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/**
 * WbCustomerFacts: one person with all that hangs on them.
 * @person: (element-type WbCustomer): their accounts, @customer among them
 * @likely: (element-type WbCustomer): accounts that are probably theirs
 * @orders: (element-type WbOrder): heads, newest first
 * @shipments: (element-type WbShipment): of the latest orders, newest order first
 */
typedef struct
{
  WbCustomer *customer;
  GPtrArray  *person;
  GPtrArray  *likely;
  GPtrArray  *orders;
  GPtrArray  *shipments;
} WbCustomerFacts;

/* Data: (transfer full) what was typed. Result: a GPtrArray of WbCustomer. */
extern const WbWorkKind wb_customer_find_work;
/* Data: wb_customer_ask_new(). Result: a WbCustomerFacts. */
extern const WbWorkKind wb_customer_read_work;
/* Data: wb_customer_ask_new(). Result: text for a toast. */
extern const WbWorkKind wb_customer_link_work;   /* id and other: one person from now on */
extern const WbWorkKind wb_customer_unlink_work; /* id: a person of its own again */
extern const WbWorkKind wb_customer_note_work;   /* id; text: the note */
extern const WbWorkKind wb_customer_export_work; /* id; text: the file's path */
extern const WbWorkKind wb_customer_erase_work;  /* id */

gpointer wb_customer_ask_new (gint64 id, gint64 other, const char *text);
void     wb_customer_facts_free (WbCustomerFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCustomerFacts, wb_customer_facts_free)

G_END_DECLS

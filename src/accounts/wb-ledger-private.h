/* SPDX-License-Identifier: GPL-3.0-or-later
 * How movements of a gateway's balance become ledger entries: for the room's own files and their
 * tests. */
#pragma once

#include "wb-book-money.h"

G_BEGIN_DECLS

typedef struct
{
  gint64   gateway_id;
  gboolean shop;                  /* it is a shop's own: the payment is named by the order in it */
  gint64   order_id, shipment_id; /* (out) 0: nobody's that we know */
  gboolean added;                 /* (out) */
} WbLedgerTake;

gboolean wb_ledger_take (WbBook *book, WbBalance *item, WbLedgerTake *take, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order with all that hangs on it, read in one go, and its parts as rows. */
#pragma once

#include "wb-merge-works.h"
#include "wb-order-row.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  WbOrder   *order;
  GPtrArray *shipments; /* of WbShipment */
  GPtrArray *entries;   /* of WbEntry */
  GPtrArray *events;    /* of WbEvent, newest first */
  gint64     nth;       /* of the person's orders; 0: nobody is known */
  gint64     returned;  /* orders of the person from which something came back */
  WbTogether together;  /* with which orders it shares a parcel */
} WbOrderFacts;

WbOrderFacts *wb_order_facts_read (WbBook *book, gint64 order_id, GError **error);
void          wb_order_facts_free (WbOrderFacts *facts);
char         *wb_order_facts_signature (WbOrderFacts *facts);
char         *wb_order_facts_address (WbOrderFacts *facts);
char         *wb_order_facts_person (WbOrderFacts *facts);
gint64        wb_order_facts_find (WbOrderFacts *facts, const char *shipment_state);
gboolean      wb_order_facts_fill_edits (WbOrderFacts *facts, GtkListBox *box);
void          wb_order_facts_fill_lines (WbOrderFacts *facts, GtkListBox *box);
void          wb_order_facts_fill_parcels (WbOrderFacts *facts, GtkListBox *box);
void          wb_order_facts_fill_money (WbOrderFacts *facts, GtkListBox *box);
void          wb_order_facts_fill_timeline (WbOrderFacts *facts, GtkListBox *box);

void wb_list_box_clear (GtkListBox *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrderFacts, wb_order_facts_free)

G_END_DECLS

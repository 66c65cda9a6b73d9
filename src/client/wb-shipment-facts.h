/* SPDX-License-Identifier: GPL-3.0-or-later
 * One shipment with all that hangs on it, read in one go, and its parts as rows. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  WbShipment *shipment;
  WbOrder    *order;
  WbLabel    *label;      /* the live one, else the latest; NULL: none was bought */
  GPtrArray  *operations; /* of WbOperation, oldest first */
  char       *carried_by; /* number of the order with whose parcel it went; NULL: one of its own */
} WbShipmentFacts;

WbShipmentFacts *wb_shipment_facts_read (WbBook *book, gint64 shipment_id, GError **error);
void             wb_shipment_facts_free (WbShipmentFacts *facts);
char            *wb_shipment_facts_signature (WbShipmentFacts *facts);
gboolean         wb_shipment_facts_is (WbShipmentFacts *facts, const char *state);
gboolean         wb_shipment_facts_has_label (WbShipmentFacts *facts, const char *label_state);
char            *wb_shipment_facts_standing (WbShipmentFacts *facts);
void             wb_shipment_facts_fill (WbShipmentFacts *facts, GtkListBox *box);
void             wb_shipment_facts_fill_papers (WbShipmentFacts *facts, GtkListBox *box);
void             wb_shipment_facts_fill_contents (WbShipmentFacts *facts, GtkListBox *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbShipmentFacts, wb_shipment_facts_free)

G_END_DECLS

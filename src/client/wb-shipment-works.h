/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the detail of a shipment has the engine do beside the small works: ask where the parcel is,
 * and what became of a refund; give a parcel up; print all its papers. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/* Data: wb_shipment_id_new(). Result: (transfer full) text for a toast. */
extern const WbWorkKind wb_track_work;
extern const WbWorkKind wb_drop_work;          /* a planned one, of which no label was bought */
extern const WbWorkKind wb_print_set_work;     /* what is missing is in the text */
extern const WbWorkKind wb_refresh_voids_work; /* of every label, whatever the shipment */

gpointer wb_shipment_id_new (gint64 shipment_id);

G_END_DECLS

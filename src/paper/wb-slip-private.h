/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the packing slip: its rows as numbers, and the page they are drawn on. */
#pragma once

#include "wb-slip.h"
#include "wb-typeset.h"

G_BEGIN_DECLS

/* One line of the order as the slip tells it. ordered = cancelled + earlier + here + elsewhere +
 * to_come. */
typedef struct
{
  WbOrderLine *line; /* borrowed */
  gint64       ordered;
  gint64       cancelled;
  gint64       earlier;   /* left with shipments before */
  gint64       here;      /* in this parcel */
  gint64       elsewhere; /* in another parcel of this shipment */
  gint64       to_come;
} WbSlipRow;

GArray *wb_slip_rows (const WbSlip *slip, GError **error);
guint   wb_slip_parcel_rank (const WbSlip *slip);
guint   wb_slip_draw (const WbSlip *slip,
                      const GArray *rows,
                      WbTypeset    *type,
                      double        width,
                      double        height,
                      cairo_t      *cr);

G_END_DECLS

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

/* All measures are points. */
#define WB_SLIP_MARGIN 45.0
#define WB_SLIP_GAP    14.0

/* The page being drawn. @lines: the table's rows, laid out; the other widths are the table's
 * columns. */
typedef struct
{
  const WbSlip *slip;
  WbTypeset    *type;
  cairo_t      *cr;
  double        width, height;
  gboolean      mirrored; /* read from the right */
  GArray       *lines;
  double        sku_width, number_width, name_width;
  gboolean      shows[3]; /* of the columns of numbers */
  guint         page, pages;
} WbSlipPage;

GArray *wb_slip_rows (const WbSlip *slip, GError **error);
guint   wb_slip_parcel_rank (const WbSlip *slip);
guint   wb_slip_draw (const WbSlip *slip,
                      const GArray *rows,
                      WbTypeset    *type,
                      double        width,
                      double        height,
                      cairo_t      *cr);

double      wb_slip_place (WbSlipPage *page, double start, double width);
void        wb_slip_draw_text (WbSlipPage  *page,
                               WbTypeStyle  style,
                               PangoLayout *layout,
                               double       start,
                               double       y,
                               double       width,
                               WbSide       side);
void        wb_slip_draw_rule (WbSlipPage *page, double y, double grey);
const char *wb_slip_sender (const WbSlip *slip);
double      wb_slip_draw_head (WbSlipPage *page);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: the ship flow as its steps share it. One parcel; mostly one order's, else the
 * shipment that carries it and those of the other orders that travel in it. */
#pragma once

#include "wb-desk-private.h"

G_BEGIN_DECLS

/**
 * WbShipFlow: the parcel, and of which of its shipments it is about just now.
 * @ids: (element-type gint64): all its shipments; the one that has the label first
 */
typedef struct
{
  WbDesk       *desk;
  GArray       *ids;
  WbShipment   *shipment;
  WbOrder      *order;
  WbConnection *channel;
  WbStepFunc    progress;
  gpointer      data;
  GCancellable *cancellable;
} WbShipFlow;

typedef gboolean (*WbShipStep) (WbShipFlow *flow, char **text, gboolean *skipped, GError **error);

void     wb_ship_flow_clear (WbShipFlow *flow);
gboolean wb_ship_flow_open (WbShipFlow *flow, gint64 shipment_id, GError **error);
gboolean wb_ship_flow_load (WbShipFlow *flow, gint64 shipment_id, GError **error);
gboolean wb_ship_flow_load_first (WbShipFlow *flow, GError **error);
gboolean wb_ship_flow_each (
    WbShipFlow *flow, WbShipStep step, char **text, gboolean *skipped, GError **error);
WbOperation *wb_ship_flow_latest (WbShipFlow *flow, const char *kind, guint *count);
guint        wb_ship_flow_take_lines (WbShipFlow *flow, gint64 **line_ids, gint64 **quantities);

/* wb-ship-check.c */
gboolean wb_ship_not_held (WbShipFlow *flow, GError **error);
gboolean wb_ship_check_capture (WbShipFlow *flow, GError **error);
gboolean wb_ship_step_check (WbShipFlow *flow, char **text, gboolean *skipped, GError **error);
/* wb-ship-label.c */
gboolean wb_ship_step_label (WbShipFlow *flow, char **text, gboolean *skipped, GError **error);
/* wb-ship-tell.c */
gboolean wb_ship_step_capture (WbShipFlow *flow, char **text, gboolean *skipped, GError **error);
gboolean wb_ship_step_report (WbShipFlow *flow, char **text, gboolean *skipped, GError **error);
gboolean wb_ship_step_mark (WbShipFlow *flow, char **text, gboolean *skipped, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbShipFlow, wb_ship_flow_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: what of a parcel is which order's. */
#pragma once

#include "wb-desk-private.h"

G_BEGIN_DECLS

/**
 * WbShipPart: what one order has in a parcel.
 * @ask: its lines and quantities only
 * @plan: what is captured for them, once planned
 */
typedef struct
{
  WbOrder      *order;
  WbShipAsk     ask;
  WbCapturePlan plan;
} WbShipPart;

GPtrArray *wb_ship_parts_of (WbDesk *self, WbOrder *whole, const WbShipAsk *full, GError **error);
gboolean
wb_ship_parts_plan (WbDesk *self, GPtrArray *parts, GCancellable *cancellable, GError **error);

G_END_DECLS

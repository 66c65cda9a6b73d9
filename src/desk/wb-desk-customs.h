/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: the customs declaration of a parcel. */
#pragma once

#include "wb-customs.h"
#include "wb-desk-private.h"

G_BEGIN_DECLS

gboolean   wb_order_crosses_customs (WbOrder *order, WbOrigin *origin);
WbCustoms *wb_desk_make_customs (WbDesk       *self,
                                 WbOrder      *order,
                                 WbOrigin     *origin,
                                 const gint64 *line_ids,
                                 const gint64 *quantities,
                                 guint         n,
                                 gint64        gross_g,
                                 GPtrArray   **gaps,
                                 GError      **error);
gboolean   wb_desk_require_customs (
      WbDesk *self, WbOrder *order, WbOrigin *origin, const WbShipAsk *full, GError **error);
WbCustoms *wb_desk_customs_for_rating (
    WbDesk *self, WbOrder *order, WbOrigin *origin, const WbShipAsk *full, GError **error);

G_END_DECLS

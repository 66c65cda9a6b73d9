/* SPDX-License-Identifier: GPL-3.0-or-later
 * The other side of a connection, opened and kept by the desk: for the rooms that stand on it. No
 * face needs it. */
#pragma once

#include "wb-desk.h"

#include "wb-carrier.h"
#include "wb-gateway.h"
#include "wb-shop.h"

G_BEGIN_DECLS

WbShop    *wb_desk_open_shop (WbDesk *self, gint64 connection_id, GError **error);
WbCarrier *wb_desk_open_carrier (WbDesk *self, gint64 connection_id, GError **error);
WbGateway *wb_desk_open_gateway (WbDesk *self, gint64 connection_id, GError **error);

G_END_DECLS

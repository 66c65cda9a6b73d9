/* SPDX-License-Identifier: GPL-3.0-or-later
 * What proves what was in a parcel, as one paper for a dispute. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

GBytes *wb_desk_make_evidence (WbDesk *self, gint64 shipment_id, GError **error);

G_END_DECLS

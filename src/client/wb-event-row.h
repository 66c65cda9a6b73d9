/* SPDX-License-Identifier: GPL-3.0-or-later
 * One entry of a timeline: what happened, when, by whom. */
#pragma once

#include "wb-operation.h"
#include "wb-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_EVENT_ROW (wb_event_row_get_type ())
G_DECLARE_FINAL_TYPE (WbEventRow, wb_event_row, WB, EVENT_ROW, GtkListBoxRow)

GtkWidget *wb_event_row_new (WbEvent *event, WbOrder *order);

G_END_DECLS

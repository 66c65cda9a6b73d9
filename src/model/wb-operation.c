/* SPDX-License-Identifier: GPL-3.0-or-later
 * The journal's and the event stream's rows. */
#include "wb-operation.h"

WB_DEFINE_RECORD (WbOperation, wb_operation, WB_OPERATION, "operation", WB_OPERATION_FIELDS)
WB_DEFINE_RECORD (WbEvent, wb_event, WB_EVENT, "event", WB_EVENT_FIELDS)

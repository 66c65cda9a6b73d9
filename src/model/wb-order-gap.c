/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an audit of a channel found. */
#include "wb-order-gap.h"

WB_DEFINE_RECORD (WbOrderGap, wb_order_gap, WB_ORDER_GAP, "order_gap", WB_ORDER_GAP_FIELDS)

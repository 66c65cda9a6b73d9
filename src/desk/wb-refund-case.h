/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: the order of a refund, as planning and giving share it. */
#pragma once

#include "wb-charge-private.h"

G_BEGIN_DECLS

/** WbRefundCase: @operations: (element-type WbOperation): all that there are of the order. */
typedef struct
{
  WbDesk       *desk;
  WbOrder      *order;
  WbConnection *channel;
  GPtrArray    *operations;
} WbRefundCase;

gboolean wb_refund_case_open (WbDesk *desk, gint64 order_id, WbRefundCase *self, GError **error);
gboolean wb_refund_case_refuse (WbRefundCase *self, const char *why, GError **error);
void     wb_refund_case_clear (WbRefundCase *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRefundCase, wb_refund_case_clear)

G_END_DECLS

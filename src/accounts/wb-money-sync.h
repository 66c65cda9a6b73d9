/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading the gateways: what they say of movements and payouts goes into the ledger. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/**
 * WbMoneySync: what a reading brought.
 * @movements: new movements of the gateways' balances
 * @foreign: of them those that no order knows
 * @payouts: payouts read; @itemised: of them those whose items are now known
 * @problems: (element-type utf8): what could not be read, for people
 */
typedef struct
{
  gint64     movements, foreign, payouts, itemised;
  GPtrArray *problems;
} WbMoneySync;

typedef void (*WbMoneyProgress) (const char *gateway, gint64 done, gpointer data);

gboolean wb_desk_sync_money (WbDesk         *self,
                             gint64          gateway_id,
                             WbMoneyProgress progress,
                             gpointer        data,
                             WbMoneySync    *result,
                             GCancellable   *cancellable,
                             GError        **error);
void     wb_money_sync_clear (WbMoneySync *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbMoneySync, wb_money_sync_clear)

G_END_DECLS

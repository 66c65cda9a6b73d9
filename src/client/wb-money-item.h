/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order's money as the Money page shows it: read when somebody looks at it. */
#pragma once

#include "wb-book-money.h"

G_BEGIN_DECLS

typedef enum
{
  WB_MONEY_COLUMN_ORDER,
  WB_MONEY_COLUMN_EXPECTED,
  WB_MONEY_COLUMN_CAPTURED,
  WB_MONEY_COLUMN_FEE,
  WB_MONEY_COLUMN_PAID_OUT,
  WB_MONEY_COLUMN_LABEL,
  WB_MONEY_COLUMN_ADJUSTMENT,
  WB_MONEY_COLUMN_MARGIN,
  WB_MONEY_COLUMN_STATE,
  WB_MONEY_COLUMN_DATE,
  WB_N_MONEY_COLUMNS,
} WbMoneyColumn;

#define WB_TYPE_MONEY_ITEM (wb_money_item_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyItem, wb_money_item, WB, MONEY_ITEM, GObject)

/* Returns: (transfer full) (nullable): all the money of the order @id at @position of a list. */
typedef WbMoneyRow *(*WbMoneyRead) (gpointer reader, gint64 id, guint position);

WbMoneyItem      *wb_money_item_new (gint64 id, guint position, WbMoneyRead read, gpointer reader);
gint64            wb_money_item_get_id (WbMoneyItem *self);
const WbMoneyRow *wb_money_item_read (WbMoneyItem *self);
char             *wb_money_item_dup_text (WbMoneyItem *self, WbMoneyColumn column);
const char       *wb_money_state_style (WbMoneyState state);
char             *wb_money_amount_text (gint64 minor, const char *currency);

G_END_DECLS

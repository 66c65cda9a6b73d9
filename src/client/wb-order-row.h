/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order as a list shows it: lives only while a list holds it, and says when its order has
 * changed. */
#pragma once

#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_TYPE_ORDER_ROW (wb_order_row_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderRow, wb_order_row, WB, ORDER_ROW, GObject)

typedef enum
{
  WB_COLUMN_ORDER,
  WB_COLUMN_CHANNEL,
  WB_COLUMN_PLACED,
  WB_COLUMN_SHIP_BY,
  WB_COLUMN_CUSTOMER,
  WB_COLUMN_ITEMS,
  WB_COLUMN_TOTAL,
  WB_COLUMN_STAGE,
  WB_COLUMN_CHARGE,
  WB_N_COLUMNS
} WbOrderColumn;

/* Reads the head of an order whose row somebody looks at. Returns: (transfer none) (nullable) */
typedef WbOrder *(*WbOrderReader) (WbOrderRow *row, gpointer data);

WbOrderRow *wb_order_row_new (WbOrderReader reader, gpointer data);
void        wb_order_row_place (WbOrderRow *self, gint64 id, guint position);
void        wb_order_row_forget_reader (WbOrderRow *self);
gint64      wb_order_row_get_id (WbOrderRow *self);
guint       wb_order_row_get_position (WbOrderRow *self);
WbOrder    *wb_order_row_get_head (WbOrderRow *self);
void        wb_order_row_set_head (WbOrderRow *self, WbOrder *head);

char *
wb_order_dup_text (WbOrder *head, WbOrderColumn column, WbWorkspace *workspace, WbInstant now);
const char *wb_order_get_style (WbOrder *head, WbOrderColumn column, WbInstant now);

G_END_DECLS

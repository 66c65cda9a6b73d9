/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders out of a CSV file: a row a line of an order, several rows with the same number being one
 * order. Knows no order book. */
#pragma once

#include "wb-order.h"
#include "wb-statement-file.h"

G_BEGIN_DECLS

#define WB_ORDERS_MOST_ROWS 200000 /* of one file, which is held in memory */

/**
 * WbOrderCell: what a column of a file of orders is. What belongs to the order as a whole may stand
 * in all its rows or in the first only.
 */
typedef enum
{
  WB_ORDER_CELL_NUMBER,
  WB_ORDER_CELL_PLACED,
  WB_ORDER_CELL_STATUS,
  WB_ORDER_CELL_PAID,
  WB_ORDER_CELL_CURRENCY,
  WB_ORDER_CELL_TOTAL,
  WB_ORDER_CELL_SHIPPING,
  WB_ORDER_CELL_EMAIL,
  WB_ORDER_CELL_PHONE,
  WB_ORDER_CELL_NAME,
  WB_ORDER_CELL_COMPANY,
  WB_ORDER_CELL_STREET1,
  WB_ORDER_CELL_STREET2,
  WB_ORDER_CELL_CITY,
  WB_ORDER_CELL_REGION,
  WB_ORDER_CELL_POSTCODE,
  WB_ORDER_CELL_COUNTRY,
  WB_ORDER_CELL_NOTE,
  WB_ORDER_CELL_SERVICE,
  WB_ORDER_CELL_PAYMENT,
  WB_ORDER_CELL_PAYMENT_REF,
  WB_ORDER_CELL_LINE,
  WB_ORDER_CELL_SKU,
  WB_ORDER_CELL_ITEM,
  WB_ORDER_CELL_QUANTITY,
  WB_ORDER_CELL_PRICE,
  WB_ORDER_CELL_AMOUNT,
  WB_N_ORDER_CELLS,
} WbOrderCell;

/**
 * WbOrderMapping: how a sender's files of orders are read.
 * @decimal: “.” or “,”; @dates_open: day and month could be either way round: a person must say
 * @currency, @country: of rows without a column for it; empty: none
 * @columns: (nullable) each: the head of the column
 */
typedef struct
{
  char     decimal;
  WbDates  dates;
  gboolean dates_open;
  char     currency[4];
  char     country[3];
  char    *columns[WB_N_ORDER_CELLS];
} WbOrderMapping;

/**
 * WbOrdersBad: a row that was not imported.
 * @number: (nullable): the order it belongs to
 */
typedef struct
{
  guint line;
  char *number;
  char *reason;
  char *raw;
} WbOrdersBad;

/**
 * WbOrdersRead: what is in a file.
 * @orders: (element-type WbOrder); @raws: (element-type GBytes): the rows of each as JSON
 * @bad: (element-type WbOrdersBad); @rows: how many there were, good and bad
 */
typedef struct
{
  GPtrArray *orders, *raws, *bad;
  guint      rows;
} WbOrdersRead;

const char     *wb_order_cell_id (WbOrderCell cell);
int             wb_order_cell_parse (const char *id);
WbOrderMapping *wb_order_mapping_guess (WbStatementFile *file);
WbOrderMapping *wb_order_mapping_parse (const char *json, GError **error);
char           *wb_order_mapping_to_json (const WbOrderMapping *mapping);
gboolean
wb_order_mapping_set (WbOrderMapping *mapping, const char *cell, const char *head, GError **error);
void wb_order_mapping_guess_forms (WbStatementFile *file, WbOrderMapping *mapping);
gboolean
     wb_order_mapping_check (WbStatementFile *file, const WbOrderMapping *mapping, GError **error);
void wb_order_mapping_free (WbOrderMapping *mapping);
gboolean wb_orders_file_read (WbStatementFile      *file,
                              const WbOrderMapping *mapping,
                              WbOrdersRead         *read,
                              GCancellable         *cancellable,
                              GError              **error);
void     wb_orders_read_clear (WbOrdersRead *read);
void     wb_orders_bad_free (WbOrdersBad *bad);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrderMapping, wb_order_mapping_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbOrdersRead, wb_orders_read_clear)

G_END_DECLS

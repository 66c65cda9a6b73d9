/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the columns of a file of orders may be, for people. */
#include "wb-desk-own.h"

#include "wb-orders-file.h"

#include <glib/gi18n-lib.h>

static const char *const titles[WB_N_ORDER_CELLS] = {
  [WB_ORDER_CELL_NUMBER] = N_ ("Order number"),
  [WB_ORDER_CELL_PLACED] = N_ ("Placed on"),
  [WB_ORDER_CELL_STATUS] = N_ ("Status"),
  [WB_ORDER_CELL_PAID] = N_ ("Paid"),
  [WB_ORDER_CELL_CURRENCY] = N_ ("Currency"),
  [WB_ORDER_CELL_TOTAL] = N_ ("Order’s total"),
  [WB_ORDER_CELL_SHIPPING] = N_ ("Price of shipping"),
  [WB_ORDER_CELL_EMAIL] = N_ ("E-mail"),
  [WB_ORDER_CELL_PHONE] = N_ ("Telephone"),
  [WB_ORDER_CELL_NAME] = N_ ("Recipient"),
  [WB_ORDER_CELL_COMPANY] = N_ ("Company"),
  [WB_ORDER_CELL_STREET1] = N_ ("Street"),
  [WB_ORDER_CELL_STREET2] = N_ ("Street, second line"),
  [WB_ORDER_CELL_CITY] = N_ ("City"),
  [WB_ORDER_CELL_REGION] = N_ ("Region"),
  [WB_ORDER_CELL_POSTCODE] = N_ ("Postcode"),
  [WB_ORDER_CELL_COUNTRY] = N_ ("Country"),
  [WB_ORDER_CELL_NOTE] = N_ ("Note"),
  [WB_ORDER_CELL_SERVICE] = N_ ("Way of shipping"),
  [WB_ORDER_CELL_PAYMENT] = N_ ("Way of paying"),
  [WB_ORDER_CELL_PAYMENT_REF] = N_ ("Number of the payment"),
  [WB_ORDER_CELL_LINE] = N_ ("Line’s number"),
  [WB_ORDER_CELL_SKU] = N_ ("SKU"),
  [WB_ORDER_CELL_ITEM] = N_ ("Item"),
  [WB_ORDER_CELL_QUANTITY] = N_ ("Quantity"),
  [WB_ORDER_CELL_PRICE] = N_ ("Price of one"),
  [WB_ORDER_CELL_AMOUNT] = N_ ("Line’s total"),
};

/** wb_orders_n_cells: Returns: how many things a column of a file of orders may be. */
guint
wb_orders_n_cells (void)
{
  return WB_N_ORDER_CELLS;
}

/** wb_orders_cell_id: Returns: (transfer none): the name of number @index, as
 * WbOrdersFileWish.columns and WbOrdersPreview.columns have it. */
const char *
wb_orders_cell_id (guint index)
{
  return wb_order_cell_id (index);
}

/** wb_orders_cell_title: Returns: (transfer none): what number @index is called for people,
 * translated. */
const char *
wb_orders_cell_title (guint index)
{
  return _ (titles[index]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders as a spreadsheet: a row a line, under heads that the import of files knows again. The
 * heads are English in every language, for programs read them. */
#include "wb-desk-own.h"
#include "wb-desk-private.h"

#include "wb-csv.h"

static const char heads[] =
    "number,placed,status,paid,currency,total,shipping,email,phone,name,company,street,street2,"
    "city,"
    "region,postcode,country,note,service,payment,payment-ref,line,sku,item,quantity,amount,"
    "cancelled,shipped,stage,tracking,channel\n";

static const guint address_fields[] = {
  WB_ADDRESS_NAME, WB_ADDRESS_COMPANY, WB_ADDRESS_STREET1,  WB_ADDRESS_STREET2,
  WB_ADDRESS_CITY, WB_ADDRESS_REGION,  WB_ADDRESS_POSTCODE, WB_ADDRESS_COUNTRY,
};

static void
add_head (GString *out, WbOrder *order)
{
  const char *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  gpointer    ship_to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
  gboolean    paid = wb_record_get_int (order, WB_ORDER_PAID_AT) != 0 ||
                  wb_record_get_int (order, WB_ORDER_CAPTURED) > 0;
  char day[WB_DATE_SIZE];

  wb_date_utc (wb_record_get_int (order, WB_ORDER_PLACED_AT), day);
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_NUMBER), ',');
  g_string_append_printf (out, "%s,", day);
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_REMOTE_STATUS), ',');
  g_string_append_printf (out, "%s,%s,", paid ? "yes" : "no", currency);
  wb_csv_amount (out, wb_record_get_int (order, WB_ORDER_TOTAL), currency, ',');
  wb_csv_amount (out, wb_record_get_int (order, WB_ORDER_SHIPPING_TOTAL), currency, ',');
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_EMAIL), ',');
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_PHONE), ',');
  for (guint i = 0; i < G_N_ELEMENTS (address_fields); i++)
    wb_csv_text (out, ship_to != NULL ? wb_record_get_text (ship_to, address_fields[i]) : NULL,
                 ',');
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_NOTE), ',');
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_SERVICE_ASKED), ',');
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), ',');
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_PAYMENT_REF), ',');
}

static void
add_line (GString *out, WbOrder *order, gpointer line, const char *channel)
{
  const char *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);

  add_head (out, order);
  wb_csv_text (out, wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID), ',');
  wb_csv_text (out, wb_record_get_text (line, WB_ORDER_LINE_SKU), ',');
  wb_csv_text (out, wb_record_get_text (line, WB_ORDER_LINE_NAME), ',');
  g_string_append_printf (out, "%" G_GINT64_FORMAT ",",
                          wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  wb_csv_amount (out,
                 wb_record_get_int (line, WB_ORDER_LINE_TOTAL) +
                     wb_record_get_int (line, WB_ORDER_LINE_TAX),
                 currency, ',');
  g_string_append_printf (out, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s,",
                          wb_record_get_int (line, WB_ORDER_LINE_CANCELLED),
                          wb_record_get_int (line, WB_ORDER_LINE_SHIPPED),
                          wb_record_get_text (order, WB_ORDER_STAGE));
  wb_csv_text (out, wb_record_get_text (order, WB_ORDER_TRACKING), ',');
  wb_csv_text (out, channel, '\n');
}

static gboolean
add_order (GString *out, WbBook *book, gint64 id, GError **error)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (book, id, error);
  g_autoptr (WbConnection) channel = NULL;
  GPtrArray               *lines;

  if (order == NULL)
    return FALSE;
  channel = wb_book_get_connection (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error);
  if (channel == NULL)
    return FALSE;
  lines = wb_record_get_many (order, WB_ORDER_LINES);
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0)
      add_line (out, order, lines->pdata[i], wb_record_get_text (channel, WB_CONNECTION_NAME));
  return TRUE;
}

/** wb_desk_export_orders: Returns: (transfer full): the orders of @query as CSV (UTF-8, commas), a
 * row a line of goods. Amounts are with tax; the order's own stand in each of its rows. */
GBytes *
wb_desk_export_orders (WbBook             *book,
                       const WbOrderQuery *query,
                       GCancellable       *cancellable,
                       GError            **error)
{
  g_autoptr (GArray)  ids = wb_book_list_order_ids (book, query, error);
  g_autoptr (GString) out = g_string_new (heads);
  gsize               length;

  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          wb_error_convert (error);
          return NULL;
        }
      if (!add_order (out, book, g_array_index (ids, gint64, i), error))
        return NULL;
    }
  length = out->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&out), FALSE), length);
}

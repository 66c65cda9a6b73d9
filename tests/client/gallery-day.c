/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has happened in the workspace before its pictures are taken: parcels shipped, tracked,
 * voided and set aside, a payment declined, one that is short, payouts, strange movements. */
#include "gallery-day.h"

#include "wb-desk-money.h"

#define N_DAY_SHIPS 4
#define ASIDE       4 /* which of the calm orders has a label that does not fit its paper */
#define SHORT       5 /* which is worth more than was authorised */
#define SHORTFALL   1500
#define DAYS        7 /* until what was captured is paid out */

/* The shop tells another street after the label was bought. */
static void
edit_street (WbDesk *desk, gint64 order_id)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (wb_desk_get_book (desk), order_id, NULL);
  g_auto (WbSyncResult) result = { 0 };

  wb_record_set_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_STREET1,
                      "Lange Gasse 7");
  g_assert_true (wb_desk_import_order (desk, order, NULL, &result, NULL));
}

/* A day’s work, so that there is something to see: shipped, tracked, voided, and one whose payment
 * is declined after its label was bought. */
static void
ship_some (WbBench *bench, WbDesk *desk, GArray *calm)
{
  for (guint i = 0; i < MIN (N_DAY_SHIPS, calm->len); i++)
    {
      gint64                order_id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder)   order = wb_book_get_order (wb_desk_get_book (desk), order_id, NULL);
      g_autoptr (GPtrArray) labels = NULL;
      g_autofree char      *path =
          g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
      guint            status = 0;
      g_autofree char *reply =
          i == 3 ? wb_town_control (bench->town, "POST", path, "{\"declines\": true}", &status)
                 : NULL;
      gint64 shipment = wb_bench_plan (desk, order_id, NULL);

      g_assert_cmpint (shipment, >, 0);
      g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, NULL) == (i != 3));
      if (i == 1)
        g_assert_true (wb_desk_track (desk, shipment, NULL, NULL));
      if (i == 3)
        edit_street (desk, order_id);
      labels = wb_book_list_labels (wb_desk_get_book (desk), order_id, NULL);
      if (i == 2)
        g_assert_true (wb_desk_void_label (desk, wb_record_get_int (labels->pdata[0], WB_LABEL_ID),
                                           NULL, NULL, NULL));
    }
}

static void
put_roll (WbDesk *desk, const char *media)
{
  g_autoptr (WbPrinter) printer =
      wb_book_get_printer (wb_desk_get_book (desk), WB_DOCUMENT_LABEL, NULL);

  wb_record_set_text (printer, WB_PRINTER_MEDIA, media);
  g_assert_true (wb_desk_save_printer (desk, printer, NULL));
}

/* The carrier's label is larger than the roll that was in the printer. */
static void
set_one_aside (WbDesk *desk, gint64 order_id)
{
  put_roll (desk, "iso_a6_105x148mm");
  wb_desk_ship (desk, wb_bench_plan (desk, order_id, NULL), NULL, NULL, NULL, NULL);
  put_roll (desk, "na_index-4x6_4x6in");
}

/* Something was added in the shop after the customer had authorised the payment. */
static void
ship_one_short (WbDesk *desk, gint64 order_id)
{
  WbBook               *book = wb_desk_get_book (desk);
  g_autoptr (WbOrder)   order = wb_book_get_order (book, order_id, NULL);
  WbOrderLine          *line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  g_auto (WbSyncResult) result = { 0 };

  wb_record_set_int (line, WB_ORDER_LINE_TOTAL,
                     wb_record_get_int (line, WB_ORDER_LINE_TOTAL) + SHORTFALL);
  wb_record_set_int (order, WB_ORDER_TOTAL, wb_record_get_int (order, WB_ORDER_TOTAL) + SHORTFALL);
  g_assert_true (wb_desk_import_order (desk, order, NULL, &result, NULL));
  g_assert_true (wb_desk_ship (desk, wb_bench_plan (desk, order_id, NULL), NULL, NULL, NULL, NULL));
}

static void
tell_town (WbBench *bench, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (bench->town, "POST", path, body, &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

/* Some days later what was captured is in the bank; and something moved that nobody knows. */
static void
pay_out (WbBench *bench, WbDesk *desk)
{
  g_auto (WbMoneySync) result = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autofree char     *there = g_strdup_printf ("{\"advance\": %d}", DAYS * 24 * 60 * 60);
  g_autofree char     *back = g_strdup_printf ("{\"advance\": %d}", -DAYS * 24 * 60 * 60);

  tell_town (bench, "/town/money", "{\"stray\": 4200}");
  tell_town (bench, "/town/clock", there);
  wb_desk_sync_money (desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.payouts, >, 0);
  tell_town (bench, "/town/clock", back);
}

/** gallery_live_a_day: so that there is something to see. */
void
gallery_live_a_day (WbBench *bench)
{
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);

  g_assert_cmpuint (calm->len, >, SHORT);
  ship_some (bench, desk, calm);
  set_one_aside (desk, g_array_index (calm, gint64, ASIDE));
  ship_one_short (desk, g_array_index (calm, gint64, SHORT));
  pay_out (bench, desk);
}

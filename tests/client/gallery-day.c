/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has happened in the workspace before its pictures are taken: parcels shipped, tracked,
 * voided and set aside, a payment declined, one that is short, payouts, strange movements. */
#include "gallery-day.h"

#include "../desk/merge-day.h"
#include "wb-money-sync.h"
#include "wb-rules.h"
#include "wb-stock.h"

#define N_DAY_SHIPS 4
#define ASIDE       4 /* which of the calm orders has a label that does not fit its paper */
#define SHORT       5 /* which is worth more than was authorised */
#define SHORTFALL   1500
#define DAYS        5 /* until the first of what was captured is paid out */
#define N_PAIRS     2

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

/* Two customers who ordered twice: what the second one ordered is to go into one parcel already. */
static void
pair_some (WbBench *bench, WbDesk *desk, GArray *calm)
{
  guint next = SHORT + 1;

  for (guint i = 0; i < N_PAIRS; i++)
    {
      MergeDay pair = { .bench = bench, .desk = desk, .book = wb_desk_get_book (desk), .n = 2 };

      while (!merge_day_stays_here (&pair, g_array_index (calm, gint64, next)))
        g_assert_cmpuint (++next, <, calm->len);
      pair.ids[0] = g_array_index (calm, gint64, next++);
      pair.ids[1] = g_array_index (calm, gint64, calm->len - 1 - i);
      g_assert_cmpuint (next, <, calm->len - N_PAIRS);
      merge_day_twin (&pair, pair.ids[1]);
      if (i > 0)
        merge_day_merge (&pair);
    }
}

/* Nobody has said yet what customs want to know of what one order that goes abroad has in it. */
static void
forget_tariff (WbBook *book, GArray *calm)
{
  for (guint i = SHORT + 1; i < calm->len; i++)
    {
      gint64                id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder)   order = wb_book_get_order (book, id, NULL);
      WbOrderLine          *line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
      g_autoptr (WbProduct) product =
          wb_book_find_product (book, wb_record_get_text (line, WB_ORDER_LINE_SKU), NULL);
      g_autoptr (GPtrArray) gaps = NULL;
      g_autofree char      *code = NULL;

      if (product == NULL)
        continue;
      code = g_strdup (wb_record_get_text (product, WB_PRODUCT_HS_CODE));
      wb_record_set_text (product, WB_PRODUCT_HS_CODE, NULL);
      g_assert_true (wb_book_save (book, product, NULL));
      gaps = wb_list_customs_gaps (book, id, NULL);
      if (gaps->len > 0)
        return;
      wb_record_set_text (product, WB_PRODUCT_HS_CODE, code);
      g_assert_true (wb_book_save (book, product, NULL));
    }
  g_assert_not_reached ();
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

/* ---- goods ---- */

static gint64
make_product (WbBook *book, const char *sku, const char *name, const char *bin, gboolean lots)
{
  g_autoptr (WbProduct) product = wb_product_new ();
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (product, WB_PRODUCT_SKU, sku);
  wb_record_set_text (product, WB_PRODUCT_NAME, name);
  wb_record_set_text (product, WB_PRODUCT_BIN, bin);
  wb_record_set_bool (product, WB_PRODUCT_LOTS, lots);
  wb_record_set_int (product, WB_PRODUCT_MIN_STOCK, lots ? 0 : 20);
  wb_book_save (book, product, &error);
  g_assert_no_error (error);
  return wb_record_get_int (product, WB_PRODUCT_ID);
}

static void
receive (WbBook *book, gint64 product, const char *lot, gint64 pieces)
{
  g_autoptr (GError) error = NULL;
  WbStockPlace       at = { .product_id = product, .actor = "Ana", .reason = "delivery 7" };

  if (lot != NULL)
    at.lot_id = wb_stock_lot (book, product, lot, "2027-03-31", &error);
  wb_stock_receive (book, &at, pieces, &error);
  g_assert_no_error (error);
}

static void
order_goods (WbBook *book, gint64 product)
{
  g_autoptr (WbSupplier)        supplier = wb_supplier_new ();
  g_autoptr (WbProductSupplier) terms = wb_product_supplier_new ();
  g_autoptr (WbPurchaseOrder)   purchase = wb_purchase_order_new ();
  WbPurchaseLine               *line = wb_purchase_line_new ();
  g_autoptr (GError)            error = NULL;

  wb_record_set_text (supplier, WB_SUPPLIER_NAME, "Potters & Sons");
  wb_record_set_text (supplier, WB_SUPPLIER_CURRENCY, "EUR");
  g_assert_true (wb_book_save (book, supplier, &error));
  wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_PRODUCT_ID, product);
  wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_SUPPLIER_ID,
                     wb_record_get_int (supplier, WB_SUPPLIER_ID));
  wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_PACK, 6);
  g_assert_true (wb_book_save (book, terms, &error));
  wb_record_set_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID,
                     wb_record_get_int (supplier, WB_SUPPLIER_ID));
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_NUMBER, "2026-11");
  wb_record_set_int (line, WB_PURCHASE_LINE_PRODUCT_ID, product);
  wb_record_set_int (line, WB_PURCHASE_LINE_QUANTITY, 4);
  wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
  g_assert_cmpint (wb_stock_order_goods (book, purchase, &error), >, 0);
  g_assert_no_error (error);
}

/* Goods that no order wants: a mug that is low and on order, honey in lots, a set of both. */
static void
keep_stock (WbBook *book)
{
  gint64 mug = make_product (book, "A-MUG", "Mug, stoneware, hand painted in red", "A-01-3", FALSE);
  gint64 honey = make_product (book, "A-HONEY", "Honey of the heath", "C-02-1", TRUE);
  gint64 set = make_product (book, "A-SET", "Breakfast set", NULL, FALSE);
  g_autoptr (GError) error = NULL;

  receive (book, mug, NULL, 12);
  receive (book, honey, "H-26-4", 40);
  order_goods (book, mug);
  wb_book_set_component (book, set, mug, 2, &error);
  wb_book_set_component (book, set, honey, 1, &error);
  g_assert_cmpint (wb_stock_add_code (book, mug, "4006381333931", 1, &error), >, 0);
  g_assert_no_error (error);
}

/* One of each sort; they wish for what comes in later. */
static void
make_rules (WbDesk *desk)
{
  static const struct
  {
    const char *name, *when, *then, *then_too;
  } rules[] = {
    { "Abroad", "country none-of DE", "package Box M", "signature" },
    { "Heavy parcels", "weight at-least 2000", "service Ground", "printer Packing table 2" },
    { "Gifts", "tag is gift", "note Wrap it, and put no invoice in", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (WbRule) rule = wb_rule_new ();

      wb_record_set_text (rule, WB_RULE_NAME, rules[i].name);
      wb_record_set_bool (rule, WB_RULE_ENABLED, i != 2);
      g_assert_true (wb_rule_add_condition (rule, rules[i].when, NULL));
      g_assert_true (wb_rule_add_action (rule, rules[i].then, NULL));
      g_assert_true (rules[i].then_too == NULL ||
                     wb_rule_add_action (rule, rules[i].then_too, NULL));
      g_assert_true (wb_desk_save_rule (desk, rule, NULL));
    }
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
  pair_some (bench, desk, calm);
  forget_tariff (wb_desk_get_book (desk), calm);
  pay_out (bench, desk);
  keep_stock (wb_desk_get_book (desk));
  make_rules (desk);
}

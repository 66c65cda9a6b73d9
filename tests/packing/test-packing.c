/* SPDX-License-Identifier: GPL-3.0-or-later
 * The floor: waves in walking order, every piece counted once, wrong and extra ones refused, and
 * the table that remembers. */
#include "wb-book-stock.h"
#include "wb-error.h"
#include "wb-pack.h"
#include "wb-pick-sheet.h"
#include "wb-stock.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char   *folder;
  WbBook *book;
  gint64  channel;
  gint64  mug, tea, loose; /* products: two under stock keeping, one not */
  gint64  kit, kits;       /* a product made of others, and how many of it are ordered */
} Floor;

static gint64
add_product (Floor *self, const char *sku, const char *barcode, const char *bin, gint64 pieces)
{
  g_autoptr (WbProduct) product = wb_product_new ();
  g_autoptr (GError)    error = NULL;
  gint64                id;

  g_object_set (product, "sku", sku, "name", sku, "barcode", barcode, "bin", bin, NULL);
  g_assert_true (wb_book_save (self->book, product, &error));
  id = wb_record_get_int (product, WB_PRODUCT_ID);
  if (pieces > 0)
    {
      WbStockPlace at = { .product_id = id, .actor = "tester" };

      g_assert_true (wb_stock_track (self->book, id, TRUE, "tester", &error));
      g_assert_true (wb_stock_receive (self->book, &at, pieces, &error));
    }
  g_assert_no_error (error);
  return id;
}

static void
add_bin (Floor *self, const char *name, const char *zone, gint64 walk)
{
  g_autoptr (GPtrArray) locations = wb_book_list_locations (self->book, NULL);
  g_autoptr (WbBin)     bin = wb_bin_new ();

  g_assert_cmpuint (locations->len, >, 0);
  wb_record_set_int (bin, WB_BIN_LOCATION_ID,
                     wb_record_get_int (locations->pdata[0], WB_LOCATION_ID));
  wb_record_set_text (bin, WB_BIN_NAME, name);
  wb_record_set_text (bin, WB_BIN_ZONE, zone);
  wb_record_set_int (bin, WB_BIN_WALK, walk);
  g_assert_true (wb_book_save (self->book, bin, NULL));
}

static void
set_up (Floor *self, gconstpointer data)
{
  g_autoptr (WbConnection) shop = wb_connection_new ();
  g_autofree char         *path = NULL;
  g_autoptr (GError)       error = NULL;

  self->folder = wb_test_temp_folder ();
  path = g_build_filename (self->folder, "book.waybill", NULL);
  self->book = wb_book_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_object_set (shop, "kind", WB_KIND_SHOP, "provider", "woocommerce", "name", "shop", "base-url",
                "http://127.0.0.1:1", "enabled", TRUE, NULL);
  g_assert_true (wb_book_save (self->book, shop, &error));
  self->channel = wb_record_get_int (shop, WB_CONNECTION_ID);
  self->mug = add_product (self, "MUG", "4006381333931", "B-10", 5);
  self->tea = add_product (self, "TEA", NULL, "A-2", 5);
  self->loose = add_product (self, "LOOSE", NULL, "A-10", 0);
  add_bin (self, "A-2", "front", 0);
  add_bin (self, "A-10", "front", 0);
  add_bin (self, "B-10", "back", 0);
}

static void
tear_down (Floor *self, gconstpointer data)
{
  g_clear_object (&self->book);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
}

/* An order of so many of each; it holds what there is. */
static gint64
add_order (Floor *self, const char *number, gint64 mugs, gint64 teas, gint64 loose)
{
  const struct
  {
    const char *sku;
    gint64      product, quantity;
  } wanted[] = { { "MUG", self->mug, mugs },
                 { "TEA", self->tea, teas },
                 { "LOOSE", self->loose, loose },
                 { "GIFT", self->kit, self->kits } };
  g_autoptr (WbOrder) order = wb_order_new ();
  g_autoptr (GError)  error = NULL;
  WbStockResult       result = { 0 };
  WbStockRule         rule;
  gint64              id;

  g_object_set (order, "channel-id", self->channel, "remote-id", number, "number", number,
                "remote-status", "processing", "shop-state", WB_SHOP_OPEN, "stage", WB_STAGE_READY,
                "charge-state", WB_CHARGE_PAID, "currency", "EUR", "total", (gint64) 1000,
                "placed-at", wb_now (), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      WbOrderLine *line;

      if (wanted[i].quantity == 0)
        continue;
      line = wb_order_line_new ();
      g_object_set (line, "kind", WB_LINE_ITEM, "name", wanted[i].sku, "sku", wanted[i].sku,
                    "remote-id", wanted[i].sku, "needs-shipping", TRUE, "quantity",
                    wanted[i].quantity, "product-id", wanted[i].product, "position", (gint64) i,
                    NULL);
      wb_record_add (order, WB_ORDER_LINES, line);
    }
  wb_book_insert_order (self->book, order, &error);
  g_assert_no_error (error);
  id = wb_record_get_int (order, WB_ORDER_ID);
  g_assert_true (wb_stock_note_order (self->book, id, "tester", &error));
  wb_stock_get_rule (self->book, &rule);
  g_assert_true (wb_stock_allocate (self->book, &rule, id, "tester", &result, &error));
  g_assert_no_error (error);
  return id;
}

static gint64
build (Floor *self, const char *method)
{
  const WbWaveAsk    ask = { .method = method };
  g_autoptr (GError) error = NULL;
  gint64             id = wb_wave_build (self->book, &ask, "tester", &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
scan (Floor *self, gint64 wave, const char *code, WbScan expected)
{
  g_auto (WbPickScan) result = { 0 };
  g_autoptr (GError)  error = NULL;

  wb_wave_scan (self->book, wave, code, "tester", &result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result.words);
  g_assert_cmpint (result.scan, ==, expected);
}

static void
verify_stock (Floor *self)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_stock_verify (self->book, &faults, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (faults != NULL ? faults->len : 0, ==, 0);
}

/* A-2 before A-10 before B-10, whatever the order of the lines. */
static void
test_walk (Floor *self, gconstpointer data)
{
  const char *const     way[] = { "A-2", "A-10", "B-10" };
  gint64                wave;
  g_autoptr (GPtrArray) picks = NULL;

  add_order (self, "1", 1, 1, 1);
  wave = build (self, WB_WAVE_BATCH);
  picks = wb_book_list_picks (self->book, wave, 0, NULL);
  g_assert_cmpuint (picks->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (wb_record_get_text (picks->pdata[i], WB_PICK_BIN), ==, way[i]);
}

static void
test_scans (Floor *self, gconstpointer data)
{
  gint64             wave;
  g_autoptr (WbWave) done = NULL;

  add_order (self, "1", 2, 0, 1);
  add_order (self, "2", 1, 0, 0);
  wave = build (self, WB_WAVE_CLUSTER);
  scan (self, wave, "4006381333931", WB_SCAN_OK);
  scan (self, wave, "4006381333931", WB_SCAN_OK);
  scan (self, wave, "4006381333931", WB_SCAN_OK);
  scan (self, wave, "4006381333931", WB_SCAN_EXTRA);
  scan (self, wave, "TEA", WB_SCAN_WRONG);
  scan (self, wave, "no such thing", WB_SCAN_UNKNOWN);
  scan (self, wave, "4006381333932", WB_SCAN_UNKNOWN); /* its check digit is wrong */
  scan (self, wave, "LOOSE", WB_SCAN_LAST);
  done = wb_book_get_wave (self->book, wave, NULL);
  g_assert_cmpstr (wb_record_get_text (done, WB_WAVE_STATE), ==, WB_WAVE_DONE);
  verify_stock (self);
}

/* Nobody walks twice for an order; a wave that is given up puts all back. */
static void
test_once (Floor *self, gconstpointer data)
{
  const WbWaveAsk     ask = { .method = WB_WAVE_BATCH };
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = NULL;
  gint64              id = add_order (self, "1", 2, 0, 0), wave = build (self, WB_WAVE_BATCH);

  g_assert_cmpint (wb_wave_build (self->book, &ask, "tester", &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  scan (self, wave, "MUG", WB_SCAN_OK);
  g_assert_true (wb_wave_cancel (self->book, wave, "tester", &error));
  g_assert_no_error (error);
  order = wb_book_get_order (self->book, id, NULL);
  g_assert_cmpint (wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0],
                                      WB_ORDER_LINE_PICKED),
                   ==, 0);
  verify_stock (self);
  g_assert_cmpint (build (self, WB_WAVE_BATCH), >, wave);
}

/* What is not found becomes a backorder of its order; the bin is known to have none. */
static void
test_short (Floor *self, gconstpointer data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GPtrArray)   picks = NULL;
  g_autoptr (WbOrder)     order = NULL;
  g_autoptr (WbWaveOrder) row = NULL;
  gint64                  id = add_order (self, "1", 5, 0, 0), wave = build (self, WB_WAVE_SINGLE);

  scan (self, wave, "MUG", WB_SCAN_OK);
  scan (self, wave, "MUG", WB_SCAN_OK);
  picks = wb_book_list_picks (self->book, wave, 0, NULL);
  g_assert_true (wb_wave_short (self->book, wb_record_get_int (picks->pdata[0], WB_PICK_ID),
                                "tester", &error));
  g_assert_no_error (error);
  row = wb_book_find_wave_order (self->book, wave, id, NULL);
  g_assert_cmpstr (wb_record_get_text (row, WB_WAVE_ORDER_STATE), ==, WB_WAVE_ORDER_SHORT);
  order = wb_book_get_order (self->book, id, NULL);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_STOCK_SHORT), ==, 3);
  verify_stock (self);
}

/* It lay one shelf higher: the order has all again, and its bin too. */
static void
test_found_again (Floor *self, gconstpointer data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GPtrArray)   picks = NULL;
  g_autoptr (WbOrder)     order = NULL;
  g_autoptr (WbWaveOrder) row = NULL;
  g_autoptr (WbWave)      again = NULL;
  gint64                  id = add_order (self, "1", 5, 0, 0), wave = build (self, WB_WAVE_SINGLE);
  gint64                  pick;

  scan (self, wave, "MUG", WB_SCAN_OK);
  picks = wb_book_list_picks (self->book, wave, 0, NULL);
  pick = wb_record_get_int (picks->pdata[0], WB_PICK_ID);
  g_assert_false (wb_wave_found (self->book, pick, "tester", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  g_assert_true (wb_wave_short (self->book, pick, "tester", &error));
  g_assert_true (wb_wave_found (self->book, pick, "tester", &error));
  g_assert_no_error (error);
  row = wb_book_find_wave_order (self->book, wave, id, NULL);
  g_assert_cmpstr (wb_record_get_text (row, WB_WAVE_ORDER_STATE), ==, WB_WAVE_ORDER_OPEN);
  again = wb_book_get_wave (self->book, wave, NULL);
  g_assert_cmpstr (wb_record_get_text (again, WB_WAVE_STATE), ==, WB_WAVE_OPEN);
  order = wb_book_get_order (self->book, id, NULL);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_STOCK_SHORT), ==, 0);
  g_assert_cmpint (wb_book_count_picks_left (self->book, wave, 0), ==, 4);
  for (guint i = 0; i < 3; i++)
    scan (self, wave, "MUG", WB_SCAN_OK);
  scan (self, wave, "MUG", WB_SCAN_LAST);
  verify_stock (self);
}

/* One order leaves the wave and comes back: what is still to be fetched follows, on the sheet too.
 */
static void
test_take_out (Floor *self, gconstpointer data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbPickSheet) sheet = NULL;
  g_autoptr (GPtrArray)   rows = NULL, picks = NULL;
  g_autoptr (WbWave)      gone = NULL;
  gint64 one = add_order (self, "1", 2, 0, 0), two = add_order (self, "2", 1, 0, 0), wave;

  wave = build (self, WB_WAVE_BATCH);
  scan (self, wave, "MUG", WB_SCAN_OK);
  g_assert_true (wb_wave_take_out (self->book, wave, one, "tester", &error));
  g_assert_no_error (error);
  sheet = wb_pick_sheet_read (self->book, wave, &error);
  g_assert_cmpint (wb_pick_line_wanted (sheet->lines->pdata[0]), ==, 1);
  g_assert_cmpint (wb_pick_line_missing (sheet->lines->pdata[0]), ==, 0);
  verify_stock (self);
  g_assert_true (wb_wave_put_in (self->book, wave, one, "tester", &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_book_count_picks_left (self->book, wave, one), ==, 2);
  rows = wb_book_list_wave_orders (self->book, wave, NULL);
  picks = wb_book_list_picks (self->book, wave, 0, NULL);
  wb_pick_sheet_take (sheet, sheet->wave, rows, picks);
  g_assert_cmpint (wb_pick_line_wanted (sheet->lines->pdata[0]), ==, 3);

  /* Picked elsewhere meanwhile; and a wave without orders is at its end. */
  g_assert_true (wb_wave_take_out (self->book, wave, one, "tester", &error));
  g_assert_cmpint (build (self, WB_WAVE_SINGLE), >, wave);
  g_assert_false (wb_wave_put_in (self->book, wave, one, "tester", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_clear_error (&error);
  g_assert_true (wb_wave_take_out (self->book, wave, two, "tester", &error));
  gone = wb_book_get_wave (self->book, wave, NULL);
  g_assert_cmpstr (wb_record_get_text (gone, WB_WAVE_STATE), ==, WB_WAVE_CANCELLED);
  verify_stock (self);
}

static void
test_put_back (Floor *self, gconstpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) picks = NULL;
  gint64                wave, pick;

  add_order (self, "1", 2, 0, 0);
  wave = build (self, WB_WAVE_BATCH);
  picks = wb_book_list_picks (self->book, wave, 0, NULL);
  pick = wb_record_get_int (picks->pdata[0], WB_PICK_ID);
  g_assert_true (wb_wave_pick (self->book, pick, 2, "tester", &error));
  g_assert_false (wb_wave_pick (self->book, pick, 1, "tester", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  g_assert_true (wb_wave_put_back (self->book, pick, 1, "tester", &error));
  g_assert_cmpint (wb_book_count_picks_left (self->book, wave, 0), ==, 1);
  verify_stock (self);
}

static void
test_zone (Floor *self, gconstpointer data)
{
  const WbWaveAsk       front = { .method = WB_WAVE_BATCH, .zone = "front" };
  g_autoptr (GPtrArray) rows = NULL;
  gint64                wave;

  add_order (self, "back", 1, 1, 0);
  add_order (self, "front", 0, 1, 1);
  wave = wb_wave_build (self->book, &front, "tester", NULL);
  rows = wb_book_list_wave_orders (self->book, wave, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* ---- the table ---- */

static void
table_scan (WbPack *pack, const char *code, WbScan expected)
{
  g_autofree char   *words = NULL;
  g_autoptr (GError) error = NULL;
  WbPackLine        *line = NULL;
  WbScan             got = WB_SCAN_UNKNOWN;

  g_assert_true (wb_pack_scan (pack, code, &got, &line, &words, &error));
  g_assert_no_error (error);
  g_assert_nonnull (words);
  g_assert_cmpint (got, ==, expected);
}

static void
test_table (Floor *self, gconstpointer data)
{
  gint64             id = add_order (self, "1", 2, 1, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPack) pack = wb_pack_open (self->book, id, "table 1", "tester", &error),
                     again = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  g_autofree gint64    *lines = NULL, *quantities = NULL;
  WbPackLine           *line = NULL;

  g_assert_no_error (error);
  table_scan (pack, "MUG", WB_SCAN_OK);
  table_scan (pack, "LOOSE", WB_SCAN_WRONG);
  table_scan (pack, "gibberish", WB_SCAN_UNKNOWN);
  table_scan (pack, "4006381333931", WB_SCAN_OK);
  table_scan (pack, "MUG", WB_SCAN_EXTRA);
  g_assert_cmpint (wb_pack_counted (pack), ==, 2);
  g_assert_true (wb_pack_undo (pack, &line, &error));
  g_assert_nonnull (line);
  g_assert_cmpint (wb_pack_counted (pack), ==, 1);
  table_scan (pack, "MUG", WB_SCAN_OK);
  g_assert_true (wb_pack_weigh (pack, 812, &error));
  g_assert_true (wb_pack_choose (pack, "Box M", &error));
  /* The table loses its power here. */
  again = wb_pack_open (self->book, id, "table 1", "tester", &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_pack_counted (again), ==, 2);
  g_assert_cmpint (again->weight_g, ==, 812);
  g_assert_cmpstr (again->package, ==, "Box M");
  table_scan (again, "TEA", WB_SCAN_LAST);
  g_assert_true (wb_pack_is_complete (again));
  g_assert_cmpuint (wb_pack_take (again, &lines, &quantities), ==, 2);
  evidence = wb_book_list_evidence (self->book, id, 0, NULL);
  g_assert_cmpuint (evidence->len, ==, 10);
}

static void
test_by_hand (Floor *self, gconstpointer data)
{
  gint64             id = add_order (self, "1", 3, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPack) pack = wb_pack_open (self->book, id, NULL, "tester", &error);
  WbPackLine        *line = pack->lines->pdata[0];

  g_assert_true (wb_pack_count (pack, line->line_id, 0, 2, &error));
  g_assert_false (wb_pack_count (pack, line->line_id, 0, 2, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  g_assert_true (wb_pack_undo (pack, &line, &error));
  g_assert_cmpint (wb_pack_counted (pack), ==, 0);
  g_assert_true (wb_pack_undo (pack, &line, &error));
  g_assert_null (line);
}

static void
test_verified (Floor *self, gconstpointer data)
{
  gint64             id = add_order (self, "1", 1, 0, 0), two = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPack) pack = wb_pack_open (self->book, id, NULL, "tester", &error);
  gint64             line = ((WbPackLine *) pack->lines->pdata[0])->line_id;

  g_assert_true (wb_pack_check_verified (self->book, id, &line, &two, 1, &error));
  g_assert_true (wb_pack_set_must_verify (self->book, TRUE, &error));
  g_assert_false (wb_pack_check_verified (self->book, id, &line, &two, 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  table_scan (pack, "MUG", WB_SCAN_LAST);
  g_assert_true (wb_pack_check_verified (self->book, id, &line, &two, 1, &error));
}

static void
test_found (Floor *self, gconstpointer data)
{
  gint64 first = add_order (self, "1001", 1, 0, 0), second = add_order (self, "1002", 0, 1, 0);
  g_autofree char *words = NULL;
  gint64           wave;

  g_assert_cmpint (wb_pack_find (self->book, "#1001", NULL, NULL), ==, first);
  g_assert_cmpint (wb_pack_find (self->book, "TEA", NULL, NULL), ==, second);
  g_assert_cmpint (wb_pack_find (self->book, "nothing", &words, NULL), ==, 0);
  g_assert_nonnull (words);
  wave = build (self, WB_WAVE_CLUSTER);
  g_assert_cmpint (wave, >, 0);
  g_assert_cmpint (wb_pack_find (self->book, "2", NULL, NULL), ==, second);
}

static void
test_held (Floor *self, gconstpointer data)
{
  gint64              id = add_order (self, "1", 1, 0, 0);
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, NULL);
  g_autoptr (GError)  error = NULL;

  wb_record_set_text (order, WB_ORDER_STAGE, WB_STAGE_HOLD);
  wb_record_set_text (order, WB_ORDER_HOLD_REASON, "address");
  g_assert_true (wb_book_update_order_head (self->book, order, NULL));
  g_assert_null (wb_pack_open (self->book, id, NULL, "tester", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "address"));
}

/* Why not is said in words that tell what to do with the goods. */
static void
test_not_now (Floor *self, gconstpointer data)
{
  static const struct
  {
    const char *stage, *said;
  } cases[] = { { WB_STAGE_CANCELLED, "is cancelled" },
                { WB_STAGE_WAITING, "not paid" },
                { WB_STAGE_SHIPPED, "has left already" } };
  gint64 id = add_order (self, "1", 1, 0, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, NULL);
      g_autoptr (GError)  error = NULL;

      wb_record_set_text (order, WB_ORDER_STAGE, cases[i].stage);
      g_assert_true (wb_book_update_order_head (self->book, order, NULL));
      g_assert_null (wb_pack_open (self->book, id, NULL, "tester", &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, cases[i].said));
    }
}

/* A slip is no piece: that of the order on the table is told so and is no evidence of a fault. */
static void
test_slip (Floor *self, gconstpointer data)
{
  gint64                id = add_order (self, "1001", 1, 0, 0);
  g_autoptr (WbPack)    pack = wb_pack_open (self->book, id, NULL, "tester", NULL);
  g_autoptr (GPtrArray) evidence = NULL;

  add_order (self, "1002", 1, 0, 0);
  table_scan (pack, "1001", WB_SCAN_OK);
  table_scan (pack, "#1001", WB_SCAN_OK);
  g_assert_cmpint (wb_pack_counted (pack), ==, 0);
  table_scan (pack, "1002", WB_SCAN_UNKNOWN);
  g_assert_cmpint (wb_pack_counted (pack), ==, 0);
  evidence = wb_book_list_evidence (self->book, id, 0, NULL);
  g_assert_cmpuint (evidence->len, ==, 1);
  table_scan (pack, "MUG", WB_SCAN_LAST);
}

/* What waits: not what waits for stock, nor what a parcel was begun of. */
static void
test_next (Floor *self, gconstpointer data)
{
  gint64                first = add_order (self, "1001", 1, 0, 0), n = -1;
  gint64                second = add_order (self, "1002", 1, 0, 0);
  g_autoptr (WbOrder)   order = wb_book_get_order (self->book, first, NULL);
  gpointer              line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  g_autoptr (GPtrArray) both = wb_pack_list_next (self->book, 5, NULL),
                        one = wb_pack_list_next (self->book, 1, NULL), left = NULL;

  add_order (self, "1003", 10000, 0, 0);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (wb_book_pack (self->book, wb_record_get_int (line, WB_ORDER_LINE_ID), 1, NULL));
  left = wb_pack_list_next (self->book, 5, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpint (wb_record_get_int (left->pdata[0], WB_ORDER_ID), ==, second);
  g_assert_true (wb_pack_count_waiting (self->book, &n, NULL));
  g_assert_cmpint (n, ==, 3);
}

/* ---- kits: two mugs and one tea each ---- */

static void
make_kit (Floor *self, gint64 kits, const char *barcode)
{
  self->kit = add_product (self, "GIFT", barcode, NULL, 0);
  self->kits = kits;
  g_assert_true (wb_book_set_component (self->book, self->kit, self->mug, 2, NULL));
  g_assert_true (wb_book_set_component (self->book, self->kit, self->tea, 1, NULL));
}

static gint64
picked_of (Floor *self, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, NULL);

  return wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0],
                            WB_ORDER_LINE_PICKED);
}

static gint64
on_hand (Floor *self, gint64 product_id)
{
  WbStockFigures figures = { 0 };

  g_assert_true (wb_stock_figures (self->book, product_id, 0, &figures, NULL));
  return figures.on_hand;
}

/* What is fetched, verified and gone are the parts, counted in pieces; the line counts kits. */
static void
test_kit_by_parts (Floor *self, gconstpointer data)
{
  gint64                id, wave;
  g_autoptr (WbPack)    pack = NULL, again = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  g_autofree gint64    *lines = NULL, *quantities = NULL;
  g_autoptr (GError)    error = NULL;
  WbPackLine           *row = NULL;

  make_kit (self, 2, NULL);
  id = add_order (self, "1", 0, 0, 0);
  wave = build (self, WB_WAVE_SINGLE);
  scan (self, wave, "GIFT", WB_SCAN_WRONG);
  for (guint i = 0; i < 4; i++)
    scan (self, wave, "MUG", WB_SCAN_OK);
  scan (self, wave, "MUG", WB_SCAN_EXTRA);
  scan (self, wave, "TEA", WB_SCAN_OK);
  g_assert_cmpint (picked_of (self, id), ==, 1);
  scan (self, wave, "TEA", WB_SCAN_LAST);
  g_assert_cmpint (picked_of (self, id), ==, 2);
  verify_stock (self);

  pack = wb_pack_open (self->book, id, "table 1", "tester", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pack->lines->len, ==, 2);
  g_assert_cmpint (wb_pack_wanted (pack), ==, 6);
  table_scan (pack, "GIFT", WB_SCAN_WRONG);
  table_scan (pack, "MUG", WB_SCAN_OK);
  table_scan (pack, "TEA", WB_SCAN_OK);
  g_assert_false (wb_pack_has_whole (pack)); /* half a kit */
  table_scan (pack, "4006381333931", WB_SCAN_OK);
  g_assert_true (wb_pack_has_whole (pack));
  g_assert_cmpuint (wb_pack_take (pack, &lines, &quantities), ==, 1);
  g_assert_cmpint (quantities[0], ==, 1);
  /* The table loses its power here. */
  again = wb_pack_open (self->book, id, "table 1", "tester", &error);
  g_assert_cmpint (wb_pack_counted (again), ==, 3);
  table_scan (again, "MUG", WB_SCAN_OK);
  g_assert_true (wb_pack_undo (again, &row, &error));
  g_assert_cmpint (row->product_id, ==, self->mug);
  g_assert_true (wb_pack_count (again, row->line_id, self->mug, 2, &error));
  table_scan (again, "MUG", WB_SCAN_EXTRA);
  table_scan (again, "TEA", WB_SCAN_LAST);

  evidence = wb_book_list_evidence (self->book, id, 0, NULL);
  for (guint i = 0; i < evidence->len; i++)
    if (g_str_equal (wb_record_get_text (evidence->pdata[i], WB_EVIDENCE_KIND), WB_EVIDENCE_SCAN))
      g_assert_cmpint (wb_record_get_int (evidence->pdata[i], WB_EVIDENCE_PRODUCT_ID), !=,
                       self->kit);
  g_assert_true (wb_stock_ship (self->book, row->line_id, 2, 0, "tester", &error));
  g_assert_cmpint (on_hand (self, self->mug), ==, 1);
  g_assert_cmpint (on_hand (self, self->tea), ==, 3);
}

/* A bundle that bears a barcode is fetched and verified by it, and taken back as one. */
static void
test_kit_ready_made (Floor *self, gconstpointer data)
{
  gint64             id, wave;
  g_autoptr (WbPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  WbPackLine        *row = NULL;

  make_kit (self, 2, "4012345678901");
  id = add_order (self, "1", 0, 0, 0);
  g_assert_cmpint (wb_pack_find (self->book, "4012345678901", NULL, NULL), ==, id);
  g_assert_cmpint (wb_pack_find (self->book, "TEA", NULL, NULL), ==, id);
  wave = build (self, WB_WAVE_SINGLE);
  scan (self, wave, "4012345678901", WB_SCAN_OK);
  g_assert_cmpint (picked_of (self, id), ==, 1);
  scan (self, wave, "TEA", WB_SCAN_OK);
  scan (self, wave, "4012345678901", WB_SCAN_EXTRA); /* a part of the last one is in already */
  scan (self, wave, "MUG", WB_SCAN_OK);
  scan (self, wave, "MUG", WB_SCAN_LAST);
  g_assert_cmpint (picked_of (self, id), ==, 2);
  verify_stock (self);

  pack = wb_pack_open (self->book, id, NULL, "tester", &error);
  table_scan (pack, "4012345678901", WB_SCAN_OK);
  g_assert_cmpint (wb_pack_counted (pack), ==, 3);
  table_scan (pack, "4012345678901", WB_SCAN_LAST);
  table_scan (pack, "4012345678901", WB_SCAN_EXTRA);
  g_assert_true (wb_pack_undo (pack, &row, &error));
  g_assert_cmpint (wb_pack_counted (pack), ==, 3);
  table_scan (pack, "MUG", WB_SCAN_OK);
  table_scan (pack, "4012345678901", WB_SCAN_EXTRA);
  table_scan (pack, "MUG", WB_SCAN_OK);
  table_scan (pack, "TEA", WB_SCAN_LAST);
}

/* Parts that nobody counts are fetched too. */
static void
test_kit_uncounted (Floor *self, gconstpointer data)
{
  gint64 id, wave;

  self->kit = add_product (self, "GIFT", NULL, NULL, 0);
  self->kits = 2;
  g_assert_true (wb_book_set_component (self->book, self->kit, self->loose, 2, NULL));
  id = add_order (self, "1", 0, 0, 0);
  wave = build (self, WB_WAVE_SINGLE);
  scan (self, wave, "LOOSE", WB_SCAN_OK);
  g_assert_cmpint (picked_of (self, id), ==, 0);
  scan (self, wave, "LOOSE", WB_SCAN_OK);
  scan (self, wave, "LOOSE", WB_SCAN_OK);
  g_assert_cmpint (picked_of (self, id), ==, 1);
  scan (self, wave, "LOOSE", WB_SCAN_LAST);
  g_assert_cmpint (picked_of (self, id), ==, 2);
  g_assert_true (wb_wave_take_out (self->book, wave, id, "tester", NULL));
  g_assert_cmpint (picked_of (self, id), ==, 0);

  /* Beside parts that are under stock keeping. */
  g_assert_true (wb_book_set_component (self->book, self->kit, self->tea, 1, NULL));
  self->kits = 1;
  id = add_order (self, "2", 0, 0, 0);
  wave =
      wb_wave_build (self->book, &(WbWaveAsk){ .method = WB_WAVE_SINGLE, .order_ids = &id, .n = 1 },
                     "tester", NULL);
  scan (self, wave, "TEA", WB_SCAN_OK);
  scan (self, wave, "LOOSE", WB_SCAN_OK);
  scan (self, wave, "LOOSE", WB_SCAN_LAST);
  g_assert_cmpint (picked_of (self, id), ==, 1);
  verify_stock (self);
}

#define ADD(path, func) g_test_add ("/packing/" path, Floor, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("wave/walk", test_walk);
  ADD ("wave/scans", test_scans);
  ADD ("wave/once", test_once);
  ADD ("wave/short", test_short);
  ADD ("wave/put-back", test_put_back);
  ADD ("wave/found", test_found_again);
  ADD ("wave/take-out", test_take_out);
  ADD ("wave/zone", test_zone);
  ADD ("table/scans", test_table);
  ADD ("table/by-hand", test_by_hand);
  ADD ("table/verified", test_verified);
  ADD ("table/found", test_found);
  ADD ("table/held", test_held);
  ADD ("table/not-now", test_not_now);
  ADD ("table/slip", test_slip);
  ADD ("table/next", test_next);
  ADD ("kit/by-parts", test_kit_by_parts);
  ADD ("kit/ready-made", test_kit_ready_made);
  ADD ("kit/uncounted", test_kit_uncounted);
  return g_test_run ();
}

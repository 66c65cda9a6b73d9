/* SPDX-License-Identifier: GPL-3.0-or-later
 * Channels beyond their orders: listings read and matched, stock told, changes made in the shop,
 * and the audit of what shop and book do not agree on. */
#include "wb-bench.h"
#include "wb-desk-channel.h"
#include "wb-desk-private.h"
#include "wb-exceptions.h"
#include "wb-practice-goods.h"
#include "wb-stock.h"
#include "wb-test.h"

#include <string.h>

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  gint64   channel;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GPtrArray) shops = NULL;

  options.orders = 40;
  options.seed = 7;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
  shops = wb_book_list_connections (self->book, WB_KIND_SHOP, NULL);
  self->channel = wb_record_get_int (shops->pdata[0], WB_CONNECTION_ID);
  g_assert_true (wb_practice_make_products (self->book, self->channel, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->desk);
  wb_bench_free (self->bench);
}

static void
read_listings (Fixture *self, WbListingsResult *result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_sync_listings (self->desk, self->channel, result, NULL, &error));
  g_assert_no_error (error);
}

/* A listing that the shop counts and that is a product of the house, tracked with @pieces. */
static gint64
tracked_listing (Fixture *self, gint64 pieces)
{
  g_autoptr (GPtrArray) listings =
      wb_book_list_channel_listings (self->book, self->channel, FALSE, NULL);

  for (guint i = 0; i < listings->len; i++)
    {
      gint64             product = wb_record_get_int (listings->pdata[i], WB_LISTING_PRODUCT_ID);
      WbStockPlace       at = { .product_id = product, .actor = "tester" };
      g_autoptr (GError) error = NULL;

      if (product == 0 || !wb_record_get_bool (listings->pdata[i], WB_LISTING_MANAGED))
        continue;
      g_assert_true (wb_stock_track (self->book, product, TRUE, "tester", &error));
      g_assert_no_error (error);
      g_assert_true (wb_stock_receive (self->book, &at, pieces, &error));
      g_assert_no_error (error);
      return wb_record_get_int (listings->pdata[i], WB_LISTING_ID);
    }
  g_assert_not_reached ();
}

static gint64
shown_in_shop (Fixture *self, gint64 listing_id)
{
  g_autoptr (WbShop)    shop = wb_desk_open_shop (self->desk, self->channel, NULL);
  g_autoptr (WbListing) listing = wb_book_get_listing (self->book, listing_id, NULL);
  g_autoptr (GError)    error = NULL;
  gint64                shown = -99;

  g_assert_true (wb_shop_read_stock (shop, listing, &shown, NULL, &error));
  g_assert_no_error (error);
  return shown;
}

static gint64
available_of (Fixture *self, gint64 listing_id)
{
  g_autoptr (WbListing) listing = wb_book_get_listing (self->book, listing_id, NULL);

  return wb_stock_available (self->book, wb_record_get_int (listing, WB_LISTING_PRODUCT_ID), 0);
}

static void
test_listings (Fixture *self, gconstpointer data)
{
  g_auto (WbListingsResult) first = { 0 }, second = { 0 };
  g_autoptr (GPtrArray)     all = NULL, unmatched = NULL;
  g_autoptr (GError)        error = NULL;
  gint64                    product, id;

  read_listings (self, &first);
  g_assert_cmpint (first.read, >, 0);
  all = wb_book_list_channel_listings (self->book, self->channel, FALSE, NULL);
  g_assert_cmpuint (all->len, >=, (guint) first.read);
  read_listings (self, &second);
  g_assert_cmpint (second.added, ==, 0);
  unmatched = wb_book_list_channel_listings (self->book, self->channel, TRUE, NULL);
  g_assert_cmpint (second.unmatched, ==, unmatched->len);
  /* A person's word is not guessed over by the next reading. */
  id = wb_record_get_int (all->pdata[0], WB_LISTING_ID);
  g_assert_true (wb_desk_map_listing (self->desk, id, 0, &error));
  wb_listings_result_clear (&second);
  read_listings (self, &second);
  {
    g_autoptr (WbListing) again = wb_book_get_listing (self->book, id, NULL);

    g_assert_cmpint (wb_record_get_int (again, WB_LISTING_PRODUCT_ID), ==, 0);
  }
  wb_record_set_text (all->pdata[0], WB_LISTING_SKU, "NEW-SKU-1");
  g_assert_true (wb_book_save (self->book, all->pdata[0], NULL));
  product = wb_desk_make_product (self->desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (product, >, 0);
  g_assert_cmpint (wb_desk_make_product (self->desk, id, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
}

static WbListing *
add_listing (Fixture *self, const char *sku, const char *barcode, const char *name)
{
  WbListing         *listing = wb_listing_new ();
  g_autoptr (GError) error = NULL;

  wb_record_set_int (listing, WB_LISTING_CHANNEL_ID, self->channel);
  wb_record_take_text (listing, WB_LISTING_PRODUCT_REF, g_strdup_printf ("%s %s", name, sku));
  wb_record_set_text (listing, WB_LISTING_VARIATION_REF, "");
  wb_record_set_text (listing, WB_LISTING_SKU, sku);
  wb_record_set_text (listing, WB_LISTING_BARCODE, barcode);
  wb_record_set_text (listing, WB_LISTING_NAME, name);
  g_assert_true (wb_book_save (self->book, listing, &error));
  g_assert_no_error (error);
  return listing;
}

static gint64
add_product (Fixture *self, const char *sku, const char *barcode, const char *name)
{
  g_autoptr (WbProduct) product = wb_product_new ();

  wb_record_set_text (product, WB_PRODUCT_SKU, sku);
  wb_record_set_text (product, WB_PRODUCT_BARCODE, barcode);
  wb_record_set_text (product, WB_PRODUCT_NAME, name);
  wb_record_set_int (product, WB_PRODUCT_CREATED_AT, wb_now ());
  g_assert_true (wb_book_save (self->book, product, NULL));
  return wb_record_get_int (product, WB_PRODUCT_ID);
}

/* What a listing may be is proposed by barcode, SKU and name, the surest first; what is only a
 * little alike is not. */
static void
test_guesses (Fixture *self, gconstpointer data)
{
  gint64 jug = add_product (self, "JUG-01/B", "4006381333931", "Stoneware jug, blue");
  gint64 vase = add_product (self, "VASE-9", NULL, "Tall glass vase");
  static const struct
  {
    const char *sku, *barcode, *name;
    guint       product; /* 1: the jug, 2: the vase, 0: none */
    guint       least, most;
  } cases[] = {
    { "x", "04006381333931", "Krug", 1, 96, 99 },  { "jug 01b", NULL, "Something", 1, 90, 99 },
    { "JUG01B-XL", NULL, "Something", 1, 55, 60 }, { NULL, NULL, "Blue stoneware jug", 1, 80, 80 },
    { NULL, NULL, "Glass vase", 2, 50, 79 },       { "ZZZ", "999", "Umbrella stand", 0, 0, 0 },
  };
  g_autoptr (GError)           error = NULL;
  g_autoptr (WbListingMatcher) matcher = wb_listing_matcher_new (self->book, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbListing) listing =
          add_listing (self, cases[i].sku, cases[i].barcode, cases[i].name);
      g_autoptr (GPtrArray) guesses = wb_listing_matcher_guess (matcher, listing, 3);
      const WbListingGuess *best = guesses->len > 0 ? guesses->pdata[0] : NULL;

      g_assert_cmpuint (guesses->len, <=, 3);
      if (cases[i].product == 0)
        {
          g_assert_null (best);
          continue;
        }
      g_assert_nonnull (best);
      g_assert_cmpint (wb_record_get_int (best->product, WB_PRODUCT_ID), ==,
                       cases[i].product == 1 ? jug : vase);
      g_assert_cmpuint (best->score, >=, cases[i].least);
      g_assert_cmpuint (best->score, <=, cases[i].most);
      g_assert_cmpstr (wb_listing_guess_why (best), !=, "");
    }
  {
    g_autoptr (GPtrArray) found = wb_listing_matcher_find (matcher, "VASE tall", 9);

    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpint (wb_record_get_int (found->pdata[0], WB_PRODUCT_ID), ==, vase);
  }
}

/* What was said can be taken back, with the product that was made for it; not once pieces of it lie
 * somewhere. */
static void
test_unmapped (Fixture *self, gconstpointer data)
{
  g_autoptr (WbListing) one = add_listing (self, "MADE-1", NULL, "Made by mistake");
  gint64                id = wb_record_get_int (one, WB_LISTING_ID);
  gint64                before = wb_book_count_unmatched (self->book, self->channel), made, again;
  g_autoptr (GError)    error = NULL;
  WbStockPlace          at = { .actor = "tester" };

  made = wb_desk_make_product (self->desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_book_count_unmatched (self->book, self->channel), ==, before - 1);
  g_assert_true (wb_desk_unmap_listing (self->desk, id, made, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_book_count_unmatched (self->book, self->channel), ==, before);
  g_assert_null (wb_book_get_product (self->book, made, NULL));
  again = wb_desk_make_product (self->desk, id, &error);
  g_assert_no_error (error);
  at.product_id = again;
  g_assert_true (wb_stock_track (self->book, again, TRUE, "tester", &error));
  g_assert_true (wb_stock_receive (self->book, &at, 3, &error));
  g_assert_no_error (error);
  g_assert_false (wb_desk_unmap_listing (self->desk, id, again, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_cmpint (wb_book_count_unmatched (self->book, self->channel), ==, before - 1);
}

/* What would be told is what is told then. */
static void
test_planned (Fixture *self, gconstpointer data)
{
  g_auto (WbListingsResult) listings = { 0 };
  g_auto (WbPublishPlan)    plan = { 0 }, kept = { 0 }, after = { 0 };
  g_auto (WbPublishResult)  told = { 0 };
  g_autoptr (GError)        error = NULL;
  gint64                    id;

  read_listings (self, &listings);
  id = tracked_listing (self, 517);
  g_assert_true (wb_desk_plan_publishing (self->desk, self->channel, 0, &plan, &error));
  g_assert_no_error (error);
  g_assert_true (plan.can);
  g_assert_cmpuint (plan.tells, >, 0);
  g_assert_cmpint (((WbPublishExample *) plan.examples->pdata[0])->quantity, ==,
                   available_of (self, id));
  g_assert_true (wb_desk_plan_publishing (self->desk, self->channel, 100000, &kept, &error));
  g_assert_cmpuint (kept.to_none, >, 0);
  g_assert_true (wb_desk_set_stock_buffer (self->desk, self->channel, 4, &error));
  g_assert_true (wb_desk_publish_stock (self->desk, self->channel, &told, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (told.told, ==, plan.tells);
  g_assert_cmpint (shown_in_shop (self, id), ==, available_of (self, id) - 4);
  g_assert_true (wb_desk_plan_publishing (self->desk, self->channel, 4, &after, &error));
  g_assert_cmpuint (after.tells, ==, 0);
  g_assert_cmpuint (after.right, ==, told.told + told.right);
}

static void
test_published (Fixture *self, gconstpointer data)
{
  g_auto (WbListingsResult) listings = { 0 };
  g_auto (WbPublishResult)  first = { 0 }, second = { 0 }, third = { 0 };
  g_autoptr (WbConnection)  channel = NULL;
  g_autoptr (GError)        error = NULL;
  gint64                    id;

  read_listings (self, &listings);
  id = tracked_listing (self, 517);
  channel = wb_book_get_connection (self->book, self->channel, NULL);
  g_assert_false (wb_channel_publishes (channel)); /* nobody has asked for it */
  g_assert_true (wb_desk_publish_stock (self->desk, self->channel, &first, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (first.told, ==, 1);
  g_assert_cmpint (shown_in_shop (self, id), ==, available_of (self, id));
  g_assert_true (wb_desk_publish_stock (self->desk, self->channel, &second, NULL, &error));
  g_assert_cmpint (second.told, ==, 0);
  g_assert_true (wb_book_set_listing_offer (self->book, id, 7, FALSE, &error));
  g_assert_true (wb_desk_publish_stock (self->desk, self->channel, &third, NULL, &error));
  g_assert_cmpint (third.told, ==, 1);
  g_assert_cmpint (shown_in_shop (self, id), ==, available_of (self, id) - 7);
}

/* A lost answer is asked after, not sent again; a number that somebody changed is reckoned anew. */
static void
test_lost_answer (Fixture *self, gconstpointer data)
{
  g_auto (WbListingsResult) listings = { 0 };
  g_auto (WbPublishResult)  result = { 0 };
  g_autoptr (GPtrArray)     unsure = NULL;
  g_autoptr (GError)        error = NULL;
  gint64                    id;

  read_listings (self, &listings);
  id = tracked_listing (self, 301);
  wb_bench_fault (self->bench, "shop", "PUT", "/products/", "cut-after", 0);
  g_assert_true (wb_desk_publish_stock (self->desk, self->channel, &result, NULL, &error));
  g_assert_no_error (error);
  wb_bench_no_faults (self->bench);
  g_assert_cmpint (result.told, ==, 1);
  g_assert_cmpint (shown_in_shop (self, id), ==, available_of (self, id));
  unsure = wb_book_list_operations (self->book, WB_OPERATION_UNSURE, 0, NULL);
  g_assert_cmpuint (unsure->len, ==, 0);
}

/* Every sync does it, once it is switched on; also after a sale. */
static void
test_with_sync (Fixture *self, gconstpointer data)
{
  g_auto (WbListingsResult) listings = { 0 };
  g_auto (WbSyncResult)     result = { 0 };
  g_autoptr (GError)        error = NULL;
  gint64                    id;

  read_listings (self, &listings);
  id = tracked_listing (self, 60);
  g_assert_true (wb_desk_set_publishing (self->desk, self->channel, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (wb_desk_sync (self->desk, self->channel, NULL, NULL, &result, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.problems->len, ==, 0);
  g_assert_cmpint (shown_in_shop (self, id), ==, available_of (self, id));
}

/* What stands in the inbox of a product that is short; its next step. */
static char *
step_of_shortage (Fixture *self, gint64 *channel)
{
  g_autoptr (GPtrArray) list = wb_list_exceptions (self->book, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const WbException *exception = list->pdata[i];

      if (!g_str_equal (exception->kind, "stock-short"))
        continue;
      *channel = exception->connection_id;
      return g_strdup (exception->next);
    }
  return NULL;
}

/* A counted listing of a product for which some order waits. */
static gint64
find_wanted (Fixture *self)
{
  g_autoptr (GPtrArray) listings =
      wb_book_list_channel_listings (self->book, self->channel, FALSE, NULL);

  for (guint i = 0; i < listings->len; i++)
    {
      gint64             product = wb_record_get_int (listings->pdata[i], WB_LISTING_PRODUCT_ID);
      g_autoptr (GArray) orders = NULL;

      if (product == 0 || !wb_record_get_bool (listings->pdata[i], WB_LISTING_MANAGED) ||
          wb_record_get_int (listings->pdata[i], WB_LISTING_SHOWN) <= 0)
        continue;
      g_assert_true (wb_book_link_lines (self->book, 0, product, NULL));
      orders = wb_book_list_open_orders_of (self->book, product, NULL);
      if (orders->len > 0)
        return wb_record_get_int (listings->pdata[i], WB_LISTING_ID);
    }
  return 0;
}

/* Sold more often than it is there, and still on offer: the inbox proposes to have the shop told,
 * then to tell it, and when it is told to look at who waits. */
static void
test_oversold (Fixture *self, gconstpointer data)
{
  g_auto (WbListingsResult) listings = { 0 };
  g_auto (WbPublishResult)  told = { 0 };
  g_autoptr (WbListing)     listing = NULL;
  g_autofree char          *untold = NULL, *open = NULL, *after = NULL;
  g_autoptr (GError)        error = NULL;
  gint64                    id, channel = 0;

  read_listings (self, &listings);
  id = find_wanted (self);
  if (id == 0)
    {
      g_test_skip ("no order waits for what the shop counts");
      return;
    }
  listing = wb_book_get_listing (self->book, id, NULL);
  g_assert_true (wb_stock_track (self->book, wb_record_get_int (listing, WB_LISTING_PRODUCT_ID),
                                 TRUE, "tester", &error));
  g_assert_no_error (error);
  untold = step_of_shortage (self, &channel);
  g_assert_cmpstr (untold, ==, "explain");
  g_assert_cmpint (channel, ==, self->channel);
  g_assert_true (wb_desk_set_publishing (self->desk, self->channel, TRUE, &error));
  open = step_of_shortage (self, &channel);
  g_assert_cmpstr (open, ==, "tell-stock");
  g_assert_true (wb_desk_publish_stock (self->desk, self->channel, &told, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (shown_in_shop (self, id), ==, 0);
  after = step_of_shortage (self, &channel);
  g_assert_cmpstr (after, ==, "show");
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray)    calm = wb_bench_calm (self->bench, self->desk);
  gint64                id = g_array_index (calm, gint64, 0);
  WbShopChange          note = { .kind = WB_SHOP_CHANGE_NOTE, .text = "Left with the neighbour" };
  WbShopChange          cancel = { .kind = WB_SHOP_CHANGE_CANCEL, .text = "Out of stock" };
  g_autoptr (WbOrder)   after = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 done = 0;

  g_assert_cmpuint (wb_desk_possible_changes (self->desk, id, &error) & WB_SHOP_CHANGE_CANCEL, !=,
                    0);
  g_assert_true (wb_desk_change_in_shop (self->desk, id, &note, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (wb_desk_change_in_shop (self->desk, id, &cancel, NULL, &error));
  g_assert_no_error (error);
  after = wb_book_get_order (self->book, id, NULL);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_CANCELLED);
  operations = wb_book_list_operations_of (self->book, id, 0, NULL);
  for (guint i = 0; i < operations->len; i++)
    done += g_str_equal (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                         WB_OP_CHANGE_ORDER) &&
            wb_operation_is (operations->pdata[i], WB_OPERATION_DONE);
  g_assert_cmpuint (done, ==, 2);
}

/* Nothing is cancelled in the shop while a label for it is paid. */
static void
test_not_with_label (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) calm = wb_bench_calm (self->bench, self->desk);
  gint64             id = g_array_index (calm, gint64, 0);
  WbShopChange       cancel = { .kind = WB_SHOP_CHANGE_CANCEL, .text = "Out of stock" };
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_bench_plan (self->desk, id, &error);

  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (self->desk, shipment, NULL, NULL, NULL, &error));
  g_assert_false (wb_desk_change_in_shop (self->desk, id, &cancel, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
}

static void
arrive (Fixture *self, guint n)
{
  g_autofree char *body = g_strdup_printf ("{\"n\":%u}", n);

  g_free (wb_town_control (self->bench->town, "POST", "/town/arrive", body, NULL));
}

static gint64
count_orders (Fixture *self)
{
  WbOrderQuery       query = { .sort = "placed_at" };
  g_autoptr (GArray) ids = wb_book_list_order_ids (self->book, &query, NULL);

  return ids->len;
}

static void
audit (Fixture *self, GPtrArray **gaps)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_audit (self->desk, self->channel, NULL, &error));
  g_assert_no_error (error);
  *gaps = wb_book_list_order_gaps (self->book, self->channel, NULL);
}

/* What the book lacks is read; where that cannot be, it is a gap with its reason, until it can. */
static void
test_unknown_here (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) calm = NULL, gaps = NULL, after = NULL, exceptions = NULL;
  gint64                before = count_orders (self);
  guint                 told = 0;

  g_assert_true (wb_desk_audit_due (self->desk, self->channel));
  audit (self, &calm);
  g_assert_cmpuint (calm->len, ==, 0);
  g_assert_false (wb_desk_audit_due (self->desk, self->channel));
  arrive (self, 6);
  g_free (wb_town_control (
      self->bench->town, "POST", "/town/faults",
      "{\"match\":{\"service\":\"shop\",\"method\":\"GET\",\"path\":\"/orders/[0-9]+([?]|$)\"},"
      "\"kind\":\"html\",\"times\":-1}",
      NULL));
  audit (self, &gaps);
  wb_bench_no_faults (self->bench);
  g_assert_cmpint (count_orders (self), ==, before);
  g_assert_cmpuint (gaps->len, >, 0);
  g_assert_cmpstr (wb_record_get_text (gaps->pdata[0], WB_ORDER_GAP_KIND), ==, WB_GAP_UNKNOWN_HERE);
  g_assert_nonnull (wb_record_get_text (gaps->pdata[0], WB_ORDER_GAP_REASON));
  exceptions = wb_list_exceptions (self->book, NULL);
  for (guint i = 0; i < exceptions->len; i++)
    told += g_str_equal (((WbException *) exceptions->pdata[i])->kind, "gap");
  g_assert_cmpuint (told, ==, gaps->len);
  audit (self, &after);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpint (count_orders (self), >, before);
}

/* Opened again in the shop after it left: seen, with what became of our telling it. */
static void
test_shipped_here (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray)  calm = wb_bench_calm (self->bench, self->desk);
  gint64              id = g_array_index (calm, gint64, 0);
  g_autoptr (GError)  error = NULL;
  gint64              shipment = wb_bench_plan (self->desk, id, &error);
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, NULL);
  g_autofree char    *path =
      g_strdup_printf ("/town/orders/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_autoptr (GPtrArray) gaps = NULL;

  g_assert_true (wb_desk_ship (self->desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_free (wb_town_control (self->bench->town, "POST", path, "{\"status\":\"processing\"}", NULL));
  audit (self, &gaps);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpstr (wb_record_get_text (gaps->pdata[0], WB_ORDER_GAP_KIND), ==, WB_GAP_SHIPPED_HERE);
  g_assert_cmpint (wb_record_get_int (gaps->pdata[0], WB_ORDER_GAP_ORDER_ID), ==, id);
  g_assert_nonnull (strstr (wb_record_get_text (gaps->pdata[0], WB_ORDER_GAP_REASON), "was told"));
}

/* Closed in the shop and not synced since: reading it again puts it right, no gap is left. */
static void
test_closed_there (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray)  calm = wb_bench_calm (self->bench, self->desk);
  gint64              id = g_array_index (calm, gint64, 0);
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, NULL), after = NULL;
  g_autofree char    *path =
      g_strdup_printf ("/town/orders/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_autoptr (GPtrArray) gaps = NULL;

  g_free (wb_town_control (self->bench->town, "POST", path, "{\"status\":\"cancelled\"}", NULL));
  audit (self, &gaps);
  g_assert_cmpuint (gaps->len, ==, 0);
  after = wb_book_get_order (self->book, id, NULL);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_CANCELLED);
}

/* Syncs. Returns: how often the channel has been audited. */
static guint
sync_and_count (Fixture *self)
{
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 n = 0;

  wb_desk_sync (self->desk, self->channel, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.problems->len, ==, 0);
  events = wb_book_list_events (self->book, 0, 100000, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    n += g_str_equal (wb_record_get_text (events->pdata[i], WB_EVENT_KIND), "audited");
  return n;
}

/* A sync audits once a day, and not on the day a channel was connected. */
static void
test_daily (Fixture *self, gconstpointer data)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, self->channel, NULL);
  g_autoptr (GError)       error = NULL;

  g_assert_cmpuint (sync_and_count (self), ==, 0);
  wb_record_set_int (channel, WB_CONNECTION_CREATED_AT, wb_now () - WB_AUDIT_EVERY - 1);
  g_assert_true (wb_book_save (self->book, channel, &error));
  g_assert_cmpuint (sync_and_count (self), ==, 1);
  g_assert_cmpuint (sync_and_count (self), ==, 1);
}

#define ADD(path, func) g_test_add ("/desk/channel/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("listings", test_listings);
  ADD ("guesses", test_guesses);
  ADD ("unmapped", test_unmapped);
  ADD ("planned", test_planned);
  ADD ("published", test_published);
  ADD ("lost-answer", test_lost_answer);
  ADD ("with-sync", test_with_sync);
  ADD ("oversold", test_oversold);
  ADD ("changed", test_changed);
  ADD ("not-with-label", test_not_with_label);
  ADD ("daily", test_daily);
  ADD ("unknown-here", test_unknown_here);
  ADD ("shipped-here", test_shipped_here);
  ADD ("closed-there", test_closed_there);
  return g_test_run ();
}

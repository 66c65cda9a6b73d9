/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole way of an order of a Shopify shop: imported, its authorisation read, labelled, captured
 * once by the shop, reported with its tracking number; holds, lost answers and stock in between. */
#include "wb-bench.h"
#include "wb-book-money.h"
#include "wb-desk-channel.h"
#include "wb-desk-charge.h"
#include "wb-gateway.h"
#include "wb-money-sync.h"
#include "wb-shop.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char   *folder;
  WbTown *town;
  WbDesk *desk;
  WbBook *book;
  gint64  channel;
} Till;

static gint64
connect_to (
    WbDesk *desk, const char *kind, const char *provider, char *url, const char *const *secrets)
{
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   id;

  wb_record_set_text (draft, WB_CONNECTION_KIND, kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, provider);
  wb_record_set_text (draft, WB_CONNECTION_NAME, kind);
  wb_record_take_text (draft, WB_CONNECTION_BASE_URL, url);
  if (g_str_equal (kind, WB_KIND_SHOP))
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
      wb_record_set_text (draft, WB_CONNECTION_CURRENCY, "EUR");
    }
  id = wb_desk_add_connection (desk, draft, secrets, &error);
  g_assert_no_error (error);
  return id;
}

static void
sync_all (Till *till)
{
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;

  wb_desk_sync (till->desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result.problems->len; i++)
    g_test_message ("%s", (char *) result.problems->pdata[i]);
  g_assert_cmpuint (result.problems->len, ==, 0);
}

static void
till_up (Till *till, gconstpointer data)
{
  static const char *const known[] = {
    "shop/client_id",
    WB_TOWN_SHOPIFY_ID,
    "shop/client_secret",
    WB_TOWN_SHOPIFY_SECRET,
    "carrier/api_key",
    WB_TOWN_EASYPOST_KEY,
    NULL,
  };
  static const char *const shop[] = { WB_TOWN_SHOPIFY_ID, WB_TOWN_SHOPIFY_SECRET, NULL };
  static const char *const carrier[] = { WB_TOWN_EASYPOST_KEY, NULL };
  g_autoptr (WbSecrets)    secrets = wb_secrets_new_fixed (known);
  g_autoptr (GError)       error = NULL;
  g_autofree char         *path = NULL, *papers = NULL;
  WbTownOptions            options = WB_TOWN_OPTIONS_INIT;

  options.orders = 120;
  options.seed = 9;
  till->folder = wb_test_temp_folder ();
  path = g_build_filename (till->folder, "book.waybill", NULL);
  papers = g_build_filename (till->folder, "papers", NULL);
  g_assert_cmpint (g_mkdir (papers, 0755), ==, 0);
  till->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (till->town, &error));
  g_free (wb_town_control (till->town, "POST", "/town/shopify", "{\"restore_rate\":20000}", NULL));
  till->desk = wb_desk_open (path, secrets, "tester", &error);
  g_assert_no_error (error);
  till->book = wb_desk_get_book (till->desk);
  g_assert_true (wb_desk_set_practice (till->desk, &error));
  connect_to (till->desk, WB_KIND_CARRIER, "easypost", wb_town_dup_url (till->town, "easypost"),
              carrier);
  till->channel = connect_to (till->desk, WB_KIND_SHOP, "shopify",
                              wb_town_dup_url (till->town, "shopify"), shop);
  wb_bench_set_up_house (till->desk, papers);
  sync_all (till);
}

static void
till_down (Till *till, gconstpointer data)
{
  g_clear_object (&till->desk);
  wb_town_stop (till->town);
  wb_town_free (till->town);
  wb_test_remove_folder (till->folder);
  g_free (till->folder);
}

/* The orders of a stage and a charge state, oldest first. */
static GArray *
list (Till *till, const char *stage, const char *charge)
{
  const char        *stages[] = { stage, NULL };
  WbOrderQuery       query = { .stages = stages, .sort = "placed_at" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all = wb_book_list_order_ids (till->book, &query, &error);
  GArray            *found = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      gint64              id = g_array_index (all, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL);

      if (charge == NULL || g_str_equal (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), charge))
        g_array_append_val (found, id);
    }
  return found;
}

/* An authorised order to Germany or France, whose authorisation covers it. */
static gint64
find_order (Till *till)
{
  static const char *const near[] = { "DE", "FR", NULL };
  g_autoptr (GArray)       ids = list (till, WB_STAGE_READY, WB_CHARGE_AUTHORISED);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL);
      WbAddress          *to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

      if (to != NULL && g_strv_contains (near, wb_record_get_text (to, WB_ADDRESS_COUNTRY)) &&
          wb_record_get_int (order, WB_ORDER_AUTHORISED) >=
              wb_record_get_int (order, WB_ORDER_TOTAL) &&
          wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL) == 0)
        {
          g_autofree char *card = g_strdup_printf ("{\"good_card\":%s}",
                                                   wb_record_get_text (order, WB_ORDER_REMOTE_ID));

          g_free (wb_town_control (till->town, "POST", "/town/shopify", card, NULL));
          return id;
        }
    }
  g_assert_not_reached ();
}

static gboolean
ship (Till *till, gint64 order_id, GError **error)
{
  WbShipAsk ask = { .order_id = order_id, .weight_g = 700 };
  gint64    shipment = wb_desk_plan_shipment (till->desk, &ask, NULL, NULL, error);

  return shipment != 0 && wb_desk_ship (till->desk, shipment, NULL, NULL, NULL, error);
}

/* The shop itself, past the book: as another program has it. */
static WbShop *
open_shop (Till *till)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnection) channel = wb_book_get_connection (till->book, till->channel, &error);
  const char *const        values[] = { WB_TOWN_SHOPIFY_ID, WB_TOWN_SHOPIFY_SECRET, NULL };
  WbShop                  *shop = wb_shop_find_provider ("shopify")->open (channel, values, &error);

  g_assert_no_error (error);
  return shop;
}

/* Asks the shop itself, past the book. */
static void
check_shop (Till *till, gint64 order_id, gint64 captured, const char *state)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (till->book, order_id, NULL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbShop)    shop = open_shop (till);
  g_autoptr (WbOrder)   there = NULL;
  g_autoptr (WbPayment) payment = NULL;
  const char           *ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID);

  there = wb_shop_fetch_order (shop, ref, NULL, NULL, &error);
  g_assert_no_error (error);
  payment = wb_gateway_read_payment (WB_GATEWAY (shop), ref, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_CAPTURED), ==, captured);
  g_assert_cmpstr (wb_record_get_text (there, WB_ORDER_SHOP_STATE), ==, state);
}

static guint
captures (Till *till, gint64 order_id, gint64 *sum)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (till->book, order_id, NULL);
  guint                 n = 0;

  *sum = 0;
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_CAPTURED))
      {
        *sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
        n++;
      }
  return n;
}

static gint64
total_of (Till *till, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, order_id, NULL);

  return wb_record_get_int (order, WB_ORDER_TOTAL);
}

static void
test_whole_way (Till *till, gconstpointer data)
{
  gint64             id = find_order (till), sum;
  gint64             total = total_of (till, id);
  g_autoptr (GError) error = NULL;

  g_assert_true (ship (till, id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (captures (till, id, &sum), ==, 1);
  g_assert_cmpint (sum, ==, total);
  check_shop (till, id, total, WB_SHOP_DONE);
  sync_all (till); /* what we wrote comes back and changes nothing */
  g_assert_cmpuint (captures (till, id, &sum), ==, 1);
}

/* Each request of the way is lost once: nothing is doubled, nothing left out. */
static void
test_lost_answers (Till *till, gconstpointer data)
{
  for (guint nth = 0; nth < 12; nth++)
    {
      gint64             id = find_order (till), sum;
      gint64             total = total_of (till, id);
      g_autoptr (GError) error = NULL;
      g_autofree char   *fault = g_strdup_printf (
            "{\"match\":{\"service\":\"shopify\"},\"kind\":\"cut-after\",\"after\":%u,\"times\":1}",
            nth);

      g_free (wb_town_control (till->town, "POST", "/town/faults", fault, NULL));
      if (!ship (till, id, &error))
        {
          g_test_message ("%u: %s", nth, error->message);
          g_clear_error (&error);
        }
      g_free (wb_town_control (till->town, "DELETE", "/town/faults", NULL, NULL));
      wb_desk_recover (till->desk, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (captures (till, id, &sum), ==, 1);
      g_assert_cmpint (sum, ==, total);
      check_shop (till, id, total, WB_SHOP_DONE);
    }
}

/* What the shop holds stays here, and says why; released there, it may leave. */
static void
test_hold (Till *till, gconstpointer data)
{
  g_autoptr (GArray)  held = list (till, WB_STAGE_HOLD, NULL);
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (WbOrder) after = NULL;
  g_autoptr (GError)  error = NULL;
  WbShopChange        change = { .kind = WB_SHOP_CHANGE_RELEASE, .text = "" };
  WbShipAsk           ask = { .weight_g = 700 };
  gint64              id;

  g_assert_cmpuint (held->len, >, 0);
  id = g_array_index (held, gint64, 0);
  order = wb_book_get_order (till->book, id, NULL);
  g_assert_nonnull (wb_record_get_text (order, WB_ORDER_SHOP_HOLD));
  g_assert_null (wb_record_get_text (order, WB_ORDER_HOLD_REASON));
  ask.order_id = id;
  g_assert_cmpint (wb_desk_plan_shipment (till->desk, &ask, NULL, NULL, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, wb_record_get_text (order, WB_ORDER_SHOP_HOLD)));
  g_clear_error (&error);
  for (guint i = 0; i < held->len; i++)
    {
      g_autoptr (WbOrder) one = NULL;

      id = g_array_index (held, gint64, i);
      one = wb_book_get_order (till->book, id, NULL);
      if (strstr (wb_record_get_text (one, WB_ORDER_SHOP_HOLD), "Held") != NULL)
        break;
    }
  g_assert_true (wb_desk_change_in_shop (till->desk, id, &change, NULL, &error));
  g_assert_no_error (error);
  sync_all (till);
  after = wb_book_get_order (till->book, id, NULL);
  g_assert_null (wb_record_get_text (after, WB_ORDER_SHOP_HOLD));
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), !=, WB_STAGE_HOLD);
}

/* The first line of @order that has at least @pieces to ship. */
static gpointer
line_with (WbOrder *order, gint64 pieces)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) >= pieces)
      return lines->pdata[i];
  return NULL;
}

/* One that is all in one place, with a line of several pieces, or several lines. */
static WbOrder *
find_parted (Till *till)
{
  g_autoptr (GArray) ids = list (till, WB_STAGE_READY, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (till->book, g_array_index (ids, gint64, i), NULL);
      WbAddress *to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

      if (line_with (order, 2) != NULL && wb_record_get_int (order, WB_ORDER_PAID_AT) != 0 &&
          to != NULL && g_strcmp0 (wb_record_get_text (to, WB_ADDRESS_COUNTRY), "DE") == 0)
        return g_steal_pointer (&order);
    }
  g_assert_not_reached ();
}

static void
fulfil_there (Till *till, WbOrder *order, gpointer line, const char *tracking)
{
  const char        *refs[] = { wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID), NULL };
  gint64             pieces[] = { 1 };
  g_autoptr (WbShop) shop = open_shop (till);
  g_autoptr (GError) error = NULL;
  WbFulfilment       parcel = { .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
                                .reference = "another",
                                .carrier = "Other",
                                .tracking = tracking,
                                .line_refs = refs,
                                .quantities = pieces };

  g_assert_true (wb_shop_report (shop, &parcel, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* What another program has sent is not ours to ship: only the rest is planned, and the shop takes
 * the report of it. */
static void
test_elsewhere (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder) order = find_parted (till);
  gint64              id = wb_record_get_int (order, WB_ORDER_ID);
  gint64              whole = wb_order_to_ship (order);
  gint64              line_id = wb_record_get_int (line_with (order, 2), WB_ORDER_LINE_ID);
  g_autoptr (WbOrder) before = NULL;
  g_autoptr (WbOrder) after = NULL;
  g_autoptr (GError)  error = NULL;
  gpointer            line;

  fulfil_there (till, order, line_with (order, 2), "OTHER-1");
  sync_all (till);
  before = wb_book_get_order (till->book, id, NULL);
  line = wb_order_find_line (before, line_id);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE), ==, 1);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_SHIPPED), ==, 0);
  g_assert_cmpint (wb_order_to_ship (before), ==, whole - 1);
  g_assert_cmpstr (wb_record_get_text (before, WB_ORDER_STAGE), ==, WB_STAGE_PARTIAL);
  g_assert_true (ship (till, id, &error));
  g_assert_no_error (error); /* also the report: the shop had just so many left */
  sync_all (till);
  after = wb_book_get_order (till->book, id, NULL);
  line = wb_order_find_line (after, line_id);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE), ==, 1);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_SHIPPED), ==,
                   wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) - 1);
  g_assert_cmpint (wb_order_to_ship (after), ==, 0);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_SHOP_STATE), ==, WB_SHOP_DONE);
}

/* A parcel of ours that the shop has is ours, and one of another program's beside it is not. */
static void
test_elsewhere_after (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder) order = find_parted (till);
  gint64              id = wb_record_get_int (order, WB_ORDER_ID);
  gint64              line_id = wb_record_get_int (line_with (order, 2), WB_ORDER_LINE_ID);
  gint64              one = 1;
  WbShipAsk           ask = {
              .order_id = id, .weight_g = 700, .line_ids = &line_id, .quantities = &one, .n = 1
  };
  g_autoptr (WbOrder) ours = NULL;
  g_autoptr (WbOrder) after = NULL;
  g_autoptr (GError)  error = NULL;
  gint64              shipment;
  gpointer            line;

  shipment = wb_desk_plan_shipment (till->desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (till->desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  sync_all (till);
  ours = wb_book_get_order (till->book, id, NULL);
  line = wb_order_find_line (ours, line_id);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_SHIPPED), ==, 1);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE), ==, 0);
  fulfil_there (till, ours, line, "OTHER-2");
  sync_all (till);
  after = wb_book_get_order (till->book, id, NULL);
  line = wb_order_find_line (after, line_id);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_SHIPPED), ==, 1);
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE), ==, 1);
}

static gint64
sum_of (Till *till, gint64 order_id, const char *kind, guint *n)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (till->book, order_id, NULL);
  gint64                sum = 0;

  *n = 0;
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), kind))
      {
        sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
        (*n)++;
      }
  return sum;
}

static void
read_money (Till *till, WbMoneySync *result)
{
  g_autoptr (GError) error = NULL;

  wb_desk_sync_money (till->desk, 0, NULL, NULL, result, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->problems->len; i++)
    g_test_message ("%s", (char *) result->problems->pdata[i]);
  g_assert_cmpuint (result->problems->len, ==, 0);
}

/* Pieces come in and go out again: the shop's own total counts each time, and what leaves in the
 * end is captured to the cent. */
static void
test_pieces (Till *till, gconstpointer data)
{
  gint64              id = find_order (till), total = total_of (till, id), sum = 0, line, pieces;
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL), more = NULL;
  gpointer            first = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  g_auto (WbPiecesOutlook) outlook = { 0 };
  g_autofree char         *came = NULL, *went = NULL;
  g_autoptr (GError)       error = NULL;
  WbPiecesAsk              ask = { .order_id = id, .n = 1, .reason = "By phone", .restock = TRUE };

  line = wb_record_get_int (first, WB_ORDER_LINE_ID);
  pieces = wb_order_line_pieces (first) + 1;
  ask.line_ids = &line;
  ask.quantities = &pieces;
  g_assert_true (wb_pieces_look_ahead (till->book, order, &ask, &outlook, &error));
  g_assert_no_error (error);
  g_assert_cmpint (outlook.missing, >, 0);
  g_assert_true (wb_desk_change_pieces (till->desk, &ask, &came, NULL, &error));
  g_assert_no_error (error);
  more = wb_book_get_order (till->book, id, NULL);
  g_assert_cmpint (ABS (wb_record_get_int (more, WB_ORDER_TOTAL) - outlook.after), <=, 2);
  pieces--;
  g_assert_true (wb_desk_change_pieces (till->desk, &ask, &went, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ABS (total_of (till, id) - total), <=, 1);
  total = MIN (total, total_of (till, id));
  g_assert_true (ship (till, id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (captures (till, id, &sum), ==, 1);
  g_assert_cmpint (sum, ==, total);
}

/* What the shop's own gateway took, gave back and paid out is in the ledger once, beside what we
 * did ourselves, and each payout is proven by what is in it. */
static void
test_payouts (Till *till, gconstpointer data)
{
  gint64                id = find_order (till), total = total_of (till, id);
  g_auto (WbMoneySync)  before = { 0 };
  g_auto (WbMoneySync)  first = { 0 };
  g_auto (WbMoneySync)  again = { 0 };
  WbRefundAsk           ask = { .order_id = id, .amount = 200, .reason = "broken" };
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 n;

  g_assert_true (ship (till, id, &error));
  g_assert_no_error (error);
  g_assert_true (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_no_error (error);
  read_money (till, &before);
  g_assert_cmpint (before.movements, >, 10);
  g_free (wb_town_control (till->town, "POST", "/town/clock", "{\"advance\":345600}", NULL));
  read_money (till, &first);
  g_assert_cmpint (first.itemised, >, 0);
  read_money (till, &again);
  g_assert_cmpint (again.movements, ==, 0);
  g_assert_cmpint (sum_of (till, id, WB_ENTRY_CAPTURED, &n), ==, total);
  g_assert_cmpuint (n, ==, 1); /* not once by us and once by the balance */
  g_assert_cmpint (sum_of (till, id, WB_ENTRY_REFUNDED, &n), ==, -200);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (sum_of (till, id, WB_ENTRY_SETTLED, &n), ==, total - 200);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (sum_of (till, id, WB_ENTRY_FEE, &n), <, 0);
  gaps = wb_book_list_gap_facts (till->book, "payout-sum", 0, 0, wb_now (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gaps->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Till *till, gconstpointer data);
  } tests[] = {
    { "/desk/shopify/whole-way", test_whole_way },
    { "/desk/shopify/lost-answers", test_lost_answers },
    { "/desk/shopify/hold", test_hold },
    { "/desk/shopify/elsewhere", test_elsewhere },
    { "/desk/shopify/elsewhere-after", test_elsewhere_after },
    { "/desk/shopify/pieces", test_pieces },
    { "/desk/shopify/payouts", test_payouts },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Till, NULL, till_up, tests[i].test, till_down);
  return g_test_run ();
}

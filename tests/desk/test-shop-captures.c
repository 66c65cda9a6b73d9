/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shop that captures its own orders when it is asked (WooPayments), against the practice town: as
 * a whole, once, never by completing the order, and never more or less than is due. */
#include "wb-bench.h"
#include "wb-desk-charge.h"
#include "wb-test.h"

#include <string.h>

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
} Till;

static void
till_up (Till *till, gconstpointer data)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 120;
  options.seed = 9;
  options.woo_payments = TRUE;
  till->bench = wb_bench_new (&options);
  till->desk = wb_bench_open (till->bench->book);
  till->book = wb_desk_get_book (till->desk);
}

static void
till_down (Till *till, gconstpointer data)
{
  g_clear_object (&till->desk);
  wb_bench_free (till->bench);
}

/* An authorised order to ship of at least @pieces whose payment covers it. */
static gint64
find_order (Till *till, gint64 pieces)
{
  g_autoptr (GArray) calm = wb_bench_calm (till->bench, till->desk);

  for (guint i = 0; i < calm->len; i++)
    {
      gint64              id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL);

      if (wb_order_to_ship (order) >= pieces)
        return id;
    }
  g_assert_not_reached ();
}

static char *
remote_of (Till *till, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, order_id, NULL);

  return g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_ID));
}

static gint64
total_of (Till *till, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, order_id, NULL);

  return wb_record_get_int (order, WB_ORDER_TOTAL);
}

static gboolean
ship (Till *till, gint64 order_id, gint64 line_id, gint64 pieces, GError **error)
{
  WbShipAsk ask = { .order_id = order_id,
                    .weight_g = 700,
                    .n = line_id != 0,
                    .line_ids = &line_id,
                    .quantities = &pieces };
  gint64    shipment = wb_desk_plan_shipment (till->desk, &ask, NULL, NULL, error);

  return shipment != 0 && wb_desk_ship (till->desk, shipment, NULL, NULL, NULL, error);
}

static void
ship_all (Till *till, gint64 order_id)
{
  g_autoptr (GError) error = NULL;

  ship (till, order_id, 0, 0, &error);
  g_assert_no_error (error);
}

/* What the town has of one order. */
typedef struct
{
  gint64   captures, captured, refunded;
  gboolean by_shop;
  char     status[16];
} Town;

static Town
ask_town (Till *till, gint64 order_id)
{
  g_autoptr (JsonNode) root = wb_bench_books (till->bench);
  g_autofree char     *remote = remote_of (till, order_id);
  WbJson               books = wb_json_root (root, "books"), orders;
  Town                 town = { 0 };
  guint                n = 0;

  g_assert_true (wb_json_array (&books, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&orders, i);
      WbJson           payment = wb_json_member (&one, "payment");
      g_autofree char *id = wb_json_scalar_text (&one, "id");

      if (g_strcmp0 (id, remote) != 0)
        continue;
      g_strlcpy (town.status, wb_json_opt_string (&one, "status"), sizeof town.status);
      g_assert_true (wb_json_int (&payment, "captures", &town.captures, NULL));
      g_assert_true (wb_json_int (&payment, "captured", &town.captured, NULL));
      g_assert_true (wb_json_int (&payment, "refunded", &town.refunded, NULL));
      town.by_shop = wb_json_bool (&payment, "captured_by_shop", FALSE);
    }
  return town;
}

static gint64
sum_of (Till *till, gint64 order_id, const char *kind, guint *count)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (till->book, order_id, NULL);
  gint64                sum = 0;

  *count = 0;
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), kind))
      {
        sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
        (*count)++;
      }
  return sum;
}

static void
check_ledger (Till *till, gint64 order_id, const char *kind, gint64 amount, guint entries)
{
  guint n;

  g_assert_cmpint (sum_of (till, order_id, kind, &n), ==, amount);
  g_assert_cmpuint (n, ==, entries);
}

/* The sync has asked the shop for the payments: authorised, until when the payment says, whole. */
static void
test_read (Till *till, gconstpointer data)
{
  gint64                id = find_order (till, 1);
  g_autoptr (WbOrder)   order = wb_book_get_order (till->book, id, NULL);
  g_autoptr (WbPayment) payment = wb_book_get_payment (till->book, id, NULL);

  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_AUTHORISED);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURE_BEFORE), >, 0);
  g_assert_cmpint (wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID), ==,
                   wb_record_get_int (order, WB_ORDER_CHANNEL_ID));
  g_assert_cmpstr (wb_record_get_text (payment, WB_PAYMENT_REF), ==,
                   wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_assert_true (wb_record_get_bool (payment, WB_PAYMENT_WHOLE_ONLY));
  check_ledger (till, id, WB_ENTRY_AUTHORISED, total_of (till, id), 1);
}

/* Shipped whole: captured once, by the endpoint, and only then told as complete; given back through
 * the shop, and the ledger has all of it once. */
static void
test_whole (Till *till, gconstpointer data)
{
  gint64             id = find_order (till, 1);
  gint64             total = total_of (till, id);
  WbRefundAsk        ask = { .order_id = id, .all = TRUE, .reason = "broken" };
  g_autoptr (GError) error = NULL;
  Town               town;

  ship_all (till, id);
  town = ask_town (till, id);
  g_assert_cmpint (town.captures, ==, 1);
  g_assert_cmpint (town.captured, ==, total);
  g_assert_true (town.by_shop);
  g_assert_cmpstr (town.status, ==, "completed");
  check_ledger (till, id, WB_ENTRY_CAPTURED, total, 1);
  check_ledger (till, id, WB_ENTRY_RELEASED, 0, 0);
  g_assert_true (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_no_error (error);
  town = ask_town (till, id);
  g_assert_cmpint (town.refunded, ==, total);
  check_ledger (till, id, WB_ENTRY_REFUNDED, -total, 1);
}

/* The first of two parcels takes nothing and does not complete the order; the last takes all. */
static void
test_parcels (Till *till, gconstpointer data)
{
  gint64              id = find_order (till, 2);
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64              line = 0;
  g_autoptr (GError)  error = NULL;
  Town                town;

  for (guint i = 0; i < lines->len && line == 0; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      line = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
  ship (till, id, line, 1, &error);
  g_assert_no_error (error);
  town = ask_town (till, id);
  g_assert_cmpint (town.captures, ==, 0);
  g_assert_cmpstr (town.status, ==, "on-hold");
  ship_all (till, id);
  town = ask_town (till, id);
  g_assert_cmpint (town.captures, ==, 1);
  g_assert_cmpint (town.captured, ==, total_of (till, id));
  g_assert_cmpstr (town.status, ==, "completed");
}

/* The answer is lost, or trouble comes in its place: the shop is asked, and nothing is sent twice.
 */
static void
test_lost_answers (Till *till, gconstpointer data)
{
  static const char *const faults[] = { "cut-after", "500-after", "cut-before", "truncated" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gint64             id = find_order (till, 1);
      g_autoptr (GError) error = NULL;
      Town               town;

      wb_bench_fault (till->bench, "shop", "POST", "/capture_authorization$", faults[i], 0);
      if (!ship (till, id, 0, 0, &error))
        {
          g_clear_error (&error);
          wb_desk_recover (till->desk, NULL, NULL, NULL, &error);
          g_assert_no_error (error);
        }
      wb_bench_no_faults (till->bench);
      town = ask_town (till, id);
      g_assert_cmpint (town.captures, ==, 1);
      g_assert_cmpint (town.captured, ==, total_of (till, id));
      check_ledger (till, id, WB_ENTRY_CAPTURED, total_of (till, id), 1);
    }
}

/* The bank says no: the order is not told as complete, which would capture it all the same. */
static void
test_declined (Till *till, gconstpointer data)
{
  gint64              id = find_order (till, 1);
  g_autofree char    *remote = remote_of (till, id);
  g_autofree char    *path = g_strdup_printf ("/town/payments/%s", remote);
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (GError)  error = NULL;
  guint               status = 0;
  Town                town;

  g_free (wb_town_control (till->bench->town, "POST", path, "{\"declines\": true}", &status));
  g_assert_cmpuint (status, ==, 200);
  g_assert_false (ship (till, id, 0, 0, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
  town = ask_town (till, id);
  g_assert_cmpint (town.captured, ==, 0);
  g_assert_cmpstr (town.status, ==, "on-hold");
  order = wb_book_get_order (till->book, id, NULL);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_REFUSED);
}

/* Less is due than the shop would take: refused before a label is bought. */
static void
test_not_whole (Till *till, gconstpointer data)
{
  gint64              id = find_order (till, 1);
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL);
  g_autoptr (GError)  error = NULL;
  Town                town;

  wb_record_set_int (order, WB_ORDER_REFUNDED_TOTAL, 100);
  g_assert_true (wb_book_update_order_head (till->book, order, &error));
  g_assert_false (ship (till, id, 0, 0, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  town = ask_town (till, id);
  g_assert_cmpint (town.captured, ==, 0);
}

/* Given up through the shop: nothing is authorised any more, there or here. */
static void
test_release (Till *till, gconstpointer data)
{
  gint64              id = find_order (till, 1);
  g_autoptr (WbOrder) order = wb_book_get_order (till->book, id, NULL);
  g_autoptr (GError)  error = NULL;
  WbMoney             released = { 0 };
  Town                town;

  wb_record_set_text (order, WB_ORDER_STAGE, WB_STAGE_CANCELLED);
  g_assert_true (wb_book_update_order_head (till->book, order, &error));
  wb_desk_release_rest (till->desk, id, &released, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (released.minor, ==, total_of (till, id));
  town = ask_town (till, id);
  g_assert_cmpint (town.captured, ==, 0);
  g_assert_cmpstr (town.status, ==, "cancelled");
  check_ledger (till, id, WB_ENTRY_RELEASED, total_of (till, id), 1);
}

/* Paid another way: the shop is not asked to capture; all is as with a shop that cannot. */
static void
test_other_ways (Till *till, gconstpointer data)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at" };
  g_autoptr (GArray)       all = wb_book_list_order_ids (till->book, &query, NULL);
  guint                    others = 0;

  for (guint i = 0; i < all->len; i++)
    {
      gint64                id = g_array_index (all, gint64, i);
      g_autoptr (WbOrder)   order = wb_book_get_order (till->book, id, NULL);
      g_autoptr (WbPayment) payment = wb_book_get_payment (till->book, id, NULL);
      const char           *state = wb_record_get_text (order, WB_ORDER_CHARGE_STATE);

      g_assert_cmpstr (state, !=, WB_CHARGE_UNKNOWN);
      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "woocommerce_payments") ==
          0)
        continue;
      others++;
      g_assert_null (payment);
    }
  g_assert_cmpuint (others, >, 0);
}

#define ADD(path, func) g_test_add ("/shop-captures/" path, Till, NULL, till_up, func, till_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("read", test_read);
  ADD ("whole", test_whole);
  ADD ("parcels", test_parcels);
  ADD ("lost-answers", test_lost_answers);
  ADD ("declined", test_declined);
  ADD ("not-whole", test_not_whole);
  ADD ("release", test_release);
  ADD ("other-ways", test_other_ways);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money that moves besides shipping, against the practice town: refunds at the gateway and through
 * the shop, told once; what is let go, renewed, received by hand. The town's books are the proof.
 */
#include "wb-bench.h"
#include "wb-clock.h"
#include "wb-database.h"
#include "wb-desk-charge.h"
#include "wb-test.h"

#include <string.h>

#define DAY (24 * 60 * 60)

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  gint64   ahead;
} Till;

static WbInstant
clock_ahead (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC + ((Till *) data)->ahead;
}

static void
ask_town (Till *till, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (till->bench->town, "POST", path, body, &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

static void
pass_days (Till *till, gint64 days)
{
  g_autofree char *body = g_strdup_printf ("{\"advance\": %" G_GINT64_FORMAT "}", days * DAY);

  ask_town (till, "/town/clock", body);
  till->ahead += days * DAY;
}

static void
connect_paypal (Till *till)
{
  const char              *secrets[] = { WB_TOWN_PAYPAL_ID, WB_TOWN_PAYPAL_SECRET, NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autofree char         *url = wb_town_dup_url (till->bench->town, "paypal");
  g_autoptr (GError)       error = NULL;

  g_object_set (draft, "kind", WB_KIND_GATEWAY, "provider", "paypal", "name", "paypal", "base-url",
                url, NULL);
  wb_desk_add_connection (till->desk, draft, secrets, &error);
  g_assert_no_error (error);
}

static void
till_up (Till *till, gconstpointer data)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 120;
  options.seed = 9;
  options.paypal = TRUE;
  wb_clock_set (clock_ahead, till);
  till->bench = wb_bench_new (&options);
  till->desk = wb_bench_open (till->bench->book);
  till->book = wb_desk_get_book (till->desk);
  connect_paypal (till);
}

static void
till_down (Till *till, gconstpointer data)
{
  g_clear_object (&till->desk);
  wb_bench_free (till->bench);
  wb_clock_set (NULL, NULL);
}

/* The first order to ship that is paid by @method, with at least @pieces of something, and whose
 * payment covers it. */
static WbOrder *
find_order (Till *till, const char *method, gint64 pieces)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GArray)       all = wb_book_list_order_ids (till->book, &query, NULL);

  for (guint i = all->len; i > 0; i--)
    {
      gint64                id = g_array_index (all, gint64, i - 1);
      g_autoptr (WbOrder)   order = wb_book_get_order (till->book, id, NULL);
      g_autoptr (WbPayment) payment = NULL;
      g_autofree char      *path =
          g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
      guint status = 0;

      if (!g_str_has_prefix (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), method) ||
          wb_order_to_ship (order) < pieces ||
          wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL) != 0 ||
          !wb_desk_refresh_payment (till->desk, id, NULL, NULL))
        continue;
      payment = wb_book_get_payment (till->book, id, NULL);
      if (payment == NULL || wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) !=
                                 wb_record_get_int (order, WB_ORDER_TOTAL))
        continue;
      g_free (wb_town_control (till->bench->town, "POST", path, "{\"declines\": false}", &status));
      return wb_book_get_order (till->book, id, NULL);
    }
  g_assert_not_reached ();
}

static gint64
id_of (WbOrder *order)
{
  return wb_record_get_int (order, WB_ORDER_ID);
}

static void
ship (Till *till, gint64 order_id, gint64 line_id, gint64 pieces)
{
  WbShipAsk          ask = { .order_id = order_id,
                             .weight_g = 700,
                             .n = line_id != 0,
                             .line_ids = &line_id,
                             .quantities = &pieces };
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_desk_plan_shipment (till->desk, &ask, NULL, NULL, &error);

  g_assert_no_error (error);
  wb_desk_ship (till->desk, shipment, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
first_item (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      return lines->pdata[i];
  g_assert_not_reached ();
}

/* What the town has written down of an order: in its payment, and how many refunds the shop has. */
static void
check_town (Till *till, WbOrder *order, gint64 captured, gint64 refunded, gint64 shop_refunds)
{
  g_autoptr (JsonNode) root = wb_bench_books (till->bench);
  WbJson               books = wb_json_root (root, "books"), orders;
  guint                n;
  gboolean             found = FALSE;

  g_assert_true (wb_json_array (&books, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&orders, i);
      WbJson           payment = wb_json_member (&one, "payment");
      g_autofree char *id = wb_json_scalar_text (&one, "id");
      gint64           value = 0;

      if (g_strcmp0 (id, wb_record_get_text (order, WB_ORDER_REMOTE_ID)) != 0)
        continue;
      found = TRUE;
      g_assert_true (wb_json_int (&payment, "captured", &value, NULL));
      g_assert_cmpint (value, ==, captured);
      g_assert_true (wb_json_int (&payment, "refunded", &value, NULL));
      g_assert_cmpint (value, ==, refunded);
      g_assert_true (wb_json_int (&one, "refunds", &value, NULL));
      g_assert_cmpint (value, ==, shop_refunds);
    }
  g_assert_true (found);
}

static gint64
sum_of (Till *till, gint64 order_id, const char *kind)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (till->book, order_id, NULL);
  gint64                sum = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), kind))
      sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  return sum;
}

static guint
count_open (Till *till)
{
  g_autoptr (GPtrArray) unsure = wb_book_list_operations (till->book, WB_OPERATION_UNSURE, 0, NULL);
  g_autoptr (GPtrArray) planned =
      wb_book_list_operations (till->book, WB_OPERATION_PLANNED, 0, NULL);

  return unsure->len + planned->len;
}

/* A piece, then the shipping, then all the rest: exact, told each once, never more than there is.
 */
static void
test_stripe (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder)   order = find_order (till, "stripe", 2);
  gint64                total = wb_record_get_int (order, WB_ORDER_TOTAL);
  gint64                line_id = wb_record_get_int (first_item (order), WB_ORDER_LINE_ID), one = 1;
  g_autoptr (WbOrder)   after = NULL;
  g_auto (WbRefundPlan) plan = { 0 };
  g_autofree char      *outcome = NULL;
  g_autoptr (GError)    error = NULL;
  WbRefundAsk           ask = { .order_id = id_of (order),
                                .n = 1,
                                .line_ids = &line_id,
                                .quantities = &one,
                                .reason = "came broken",
                                .id = "wish-1" };
  gint64                first;

  g_assert_false (wb_desk_refund (till->desk, &ask, NULL, NULL, &error)); /* nothing taken yet */
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  ship (till, id_of (order), 0, 0);
  g_assert_true (wb_desk_plan_refund (till->desk, &ask, &plan, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (plan.remaining, ==, total);
  g_assert_cmpint (plan.way, ==, WB_REFUND_GATEWAY);
  first = plan.amount;
  g_assert_cmpint (first, >, 0);
  for (guint i = 0; i < 2; i++) /* the same wish twice is one refund */
    {
      g_clear_pointer (&outcome, g_free);
      g_assert_true (wb_desk_refund (till->desk, &ask, &outcome, NULL, &error));
      g_assert_no_error (error);
      check_town (till, order, total, first, 1);
    }
  g_test_message ("%s", outcome);
  after = wb_book_get_order (till->book, id_of (order), NULL);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_CHARGE_REFUNDED), ==, first);
  g_assert_cmpint (wb_record_get_int (after, WB_ORDER_REFUNDED_TOTAL), ==, first);
  ask = (WbRefundAsk){ .order_id = id_of (order), .amount = total - first + 1 };
  g_assert_false (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  ask = (WbRefundAsk){ .order_id = id_of (order), .all = TRUE, .reason = "all of it" };
  g_assert_true (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_no_error (error);
  check_town (till, order, total, total, 2);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_REFUNDED), ==, -total);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_CAPTURED), ==, total);
  g_clear_object (&after);
  after = wb_book_get_order (till->book, id_of (order), NULL);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_REFUNDED);
  g_assert_false (wb_desk_refund (till->desk, &ask, NULL, NULL, NULL));
  g_assert_cmpuint (count_open (till), ==, 0);
}

/* Whatever goes wrong on the way, the money is given back once and the shop told once. */
static void
test_faults (Till *till, gconstpointer data)
{
  static const struct
  {
    const char *service, *path, *kind;
  } faults[] = {
    { "stripe", "/refunds$", "cut-after" },  { "stripe", "/refunds$", "500-after" },
    { "stripe", "/refunds$", "cut-before" }, { "shop", "/refunds$", "cut-after" },
    { "shop", "/refunds$", "500-after" },    { "shop", "/refunds$", "cut-before" },
  };
  g_autoptr (WbOrder) order = find_order (till, "stripe", 1);
  gint64              total = wb_record_get_int (order, WB_ORDER_TOTAL);

  ship (till, id_of (order), 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char   *id = g_strdup_printf ("wish-%u", i);
      WbRefundAsk        ask = { .order_id = id_of (order), .amount = 100, .reason = id, .id = id };
      g_autoptr (GError) error = NULL;

      wb_bench_fault (till->bench, faults[i].service, "POST", faults[i].path, faults[i].kind, 0);
      wb_desk_refund (till->desk, &ask, NULL, NULL, &error);
      g_test_message ("%s %s: %s", faults[i].service, faults[i].kind,
                      error != NULL ? error->message : "done");
      wb_bench_no_faults (till->bench);
      g_clear_error (&error);
      for (guint k = 0; k < 3 && count_open (till) > 0; k++)
        wb_desk_recover (till->desk, NULL, NULL, NULL, NULL);
      wb_desk_refund (till->desk, &ask, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count_open (till), ==, 0);
      check_town (till, order, total, 100 * (i + 1), i + 1);
      g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_REFUNDED), ==,
                       -100 * (gint64) (i + 1));
    }
}

/* Two captures of one sale: a refund of both is two refunds there and one record in the shop. */
static void
test_paypal (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder)   order = find_order (till, "ppcp", 2);
  gint64                total = wb_record_get_int (order, WB_ORDER_TOTAL);
  gpointer              line = first_item (order);
  g_auto (WbRefundPlan) plan = { 0 };
  g_autoptr (GError)    error = NULL;
  WbRefundAsk ask = { .order_id = id_of (order), .all = TRUE, .reason = "lost", .restock = TRUE };

  ship (till, id_of (order), wb_record_get_int (line, WB_ORDER_LINE_ID), 1);
  ship (till, id_of (order), 0, 0);
  g_assert_true (wb_desk_plan_refund (till->desk, &ask, &plan, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (plan.amount, ==, total);
  g_assert_nonnull (plan.captures);
  g_assert_cmpuint (plan.captures->len, ==, 2);
  g_assert_true (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_no_error (error);
  check_town (till, order, total, total, 1);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_REFUNDED), ==, -total);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_AUTHORISED), ==,
                   sum_of (till, id_of (order), WB_ENTRY_CAPTURED) +
                       sum_of (till, id_of (order), WB_ENTRY_RELEASED));
}

static WbClockRow *
clock_of (Till *till, gint64 order_id, GPtrArray **rows)
{
  *rows = wb_list_clock (till->book, wb_now (), NULL);
  for (guint i = 0; i < (*rows)->len; i++)
    if (((WbClockRow *) (*rows)->pdata[i])->order_id == order_id)
      return (*rows)->pdata[i];
  return NULL;
}

/* Renewed after its days of honour; the new payment is the one that is captured. */
static void
test_renew (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder)   order = find_order (till, "ppcp", 1);
  gint64                total = wb_record_get_int (order, WB_ORDER_TOTAL);
  g_autoptr (GPtrArray) rows = NULL, later = NULL;
  g_autoptr (WbPayment) before = wb_book_get_payment (till->book, id_of (order), NULL),
                        after = NULL;
  g_autoptr (GError) error = NULL;
  WbInstant          until = 0;

  if (wb_record_get_int (before, WB_PAYMENT_REAUTHORISE_FROM) > wb_now ())
    {
      g_assert_cmpstr (clock_of (till, id_of (order), &rows)->next, ==, "ship");
      g_assert_false (wb_desk_renew (till->desk, id_of (order), &until, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
      g_clear_error (&error);
      pass_days (till, 4);
    }
  g_assert_cmpstr (clock_of (till, id_of (order), &later)->next, ==, "renew-charge");
  g_assert_true (wb_desk_renew (till->desk, id_of (order), &until, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (until, >, wb_now ());
  after = wb_book_get_payment (till->book, id_of (order), NULL);
  g_assert_cmpstr (wb_record_get_text (after, WB_PAYMENT_REF), !=,
                   wb_record_get_text (before, WB_PAYMENT_REF));
  g_assert_cmpint (wb_record_get_int (after, WB_PAYMENT_CAPTURABLE), ==, total);
  ship (till, id_of (order), 0, 0);
  check_town (till, order, total, 0, 0);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_AUTHORISED), ==, 2 * total);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_RELEASED), ==, total);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_CAPTURED), ==, total);
}

/* What was cancelled after the rest has left is let go at once, not in a month. */
static void
test_release (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder)   order = find_order (till, "ppcp", 2);
  gint64                total = wb_record_get_int (order, WB_ORDER_TOTAL), captured;
  gpointer              line = first_item (order);
  g_autoptr (WbOrder)   edited = NULL, after = NULL;
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;
  WbMoney               released = { 0 };

  ship (till, id_of (order), wb_record_get_int (line, WB_ORDER_LINE_ID), 1);
  g_assert_false (wb_desk_release_rest (till->desk, id_of (order), &released, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  edited = wb_book_get_order (till->book, id_of (order), NULL);
  for (guint i = 0; i < wb_record_get_many (edited, WB_ORDER_LINES)->len; i++)
    {
      gpointer one = wb_record_get_many (edited, WB_ORDER_LINES)->pdata[i];

      wb_record_set_int (one, WB_ORDER_LINE_CANCELLED,
                         wb_record_get_int (one, WB_ORDER_LINE_CANCELLED) +
                             wb_order_line_to_ship (one));
    }
  g_assert_true (wb_desk_import_order (till->desk, edited, NULL, &result, &error));
  after = wb_book_get_order (till->book, id_of (order), NULL);
  captured = wb_record_get_int (after, WB_ORDER_CAPTURED);
  g_assert_true (wb_desk_release_rest (till->desk, id_of (order), &released, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (released.minor, ==, total - captured);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_RELEASED), ==, total - captured);
  g_assert_cmpint (sum_of (till, id_of (order), WB_ENTRY_CAPTURED), ==, captured);
  g_assert_false (wb_desk_release_rest (till->desk, id_of (order), &released, NULL, &error));
  check_town (till, order, captured, 0, 0);
}

/* The shop holds the money: it gives it back itself, and its “no” comes as a 500. */
static void
test_through_shop (Till *till, gconstpointer data)
{
  g_autoptr (WbOrder)      order = find_order (till, "stripe", 1);
  gint64                   total = wb_record_get_int (order, WB_ORDER_TOTAL);
  g_autoptr (WbConnection) channel =
      wb_book_get_connection (till->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), NULL);
  g_autoptr (WbOrder) after = NULL;
  g_autoptr (GError)  error = NULL;
  WbRefundAsk         ask = { .order_id = id_of (order), .amount = 250, .reason = "late" };

  ship (till, id_of (order), 0, 0);
  wb_record_set_text (channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
  g_assert_true (wb_book_save (till->book, channel, NULL));
  wb_bench_fault (till->bench, "shop", "POST", "/refunds$", "cut-after", 0);
  wb_desk_refund (till->desk, &ask, NULL, NULL, NULL);
  wb_bench_no_faults (till->bench);
  for (guint k = 0; k < 3 && count_open (till) > 0; k++)
    wb_desk_recover (till->desk, NULL, NULL, NULL, NULL);
  check_town (till, order, total, 250, 1);
  ask = (WbRefundAsk){ .order_id = id_of (order), .all = TRUE };
  g_assert_true (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_no_error (error);
  check_town (till, order, total, total, 2);
  g_assert_false (wb_desk_refund (till->desk, &ask, NULL, NULL, NULL));
  check_town (till, order, total, total, 2);
}

/* Cash on delivery, a transfer: nobody is asked, everything is written down once. */
static void
test_by_hand (Till *till, gconstpointer data)
{
  g_autoptr (WbConnection) draft = wb_connection_new ();
  static const char *const stages[] = { WB_STAGE_WAITING, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at" };
  g_autoptr (GArray)       all = wb_book_list_order_ids (till->book, &query, NULL);
  g_autoptr (WbOrder)      order = NULL, after = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *text = NULL;
  const char              *none[] = { NULL };
  gint64                   total, id;
  WbRefundAsk              ask = { .all = TRUE, .reason = "changed their mind" };

  g_object_set (draft, "kind", WB_KIND_GATEWAY, "provider", "manual", "name", "by hand", "base-url",
                "", NULL);
  g_assert_cmpint (wb_desk_add_connection (till->desk, draft, none, &error), !=, 0);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      g_clear_object (&order);
      order = wb_book_get_order (till->book, g_array_index (all, gint64, i), NULL);
      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "bacs") == 0 &&
          wb_record_get_int (order, WB_ORDER_TOTAL) > 1000)
        break;
    }
  g_assert_nonnull (order);
  id = id_of (order);
  total = wb_record_get_int (order, WB_ORDER_TOTAL);
  g_assert_true (
      wb_desk_request_payment (till->desk, id, 0, "https://pay.example/1", &text, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "https://pay.example/1"));
  g_assert_false (wb_desk_receive (till->desk, id, total + 1, "cash", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    g_assert_true (wb_desk_receive (till->desk, id, total - 300, "transfer", "t-1", &error));
  g_assert_cmpint (wb_order_open_amount (till->book, order, NULL), ==, 300);
  g_assert_false (wb_desk_write_off (till->desk, id, 300, "", NULL, NULL));
  g_assert_true (wb_desk_write_off (till->desk, id, 100, "a good customer", NULL, &error));
  g_assert_true (wb_desk_receive (till->desk, id, 200, "cash", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_order_open_amount (till->book, order, NULL), ==, 0);
  g_assert_cmpint (sum_of (till, id, WB_ENTRY_CAPTURED), ==, total - 100);
  ask.order_id = id;
  g_assert_true (wb_desk_refund (till->desk, &ask, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sum_of (till, id, WB_ENTRY_REFUNDED), ==, 100 - total);
  g_assert_cmpuint (count_open (till), ==, 0);
  g_assert_false (wb_desk_refund (till->desk, &ask, NULL, NULL, NULL));
}

/* The warning times are a setting. */
static void
test_warnings (Till *till, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) usual = wb_clock_warnings (till->book), own = NULL;

  g_assert_cmpuint (usual->len, ==, 2);
  g_assert_false (wb_desk_set_clock_warnings (till->desk, "soon", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (wb_desk_set_clock_warnings (till->desk, "6, 72,24", &error));
  own = wb_clock_warnings (till->book);
  g_assert_cmpuint (own->len, ==, 3);
  g_assert_cmpint (g_array_index (own, gint64, 0), ==, 72 * 3600);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Till *till, gconstpointer data);
  } tests[] = {
    { "/charge/stripe", test_stripe },   { "/charge/faults", test_faults },
    { "/charge/paypal", test_paypal },   { "/charge/renew", test_renew },
    { "/charge/release", test_release }, { "/charge/through-shop", test_through_shop },
    { "/charge/by-hand", test_by_hand }, { "/charge/warnings", test_warnings },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Till, NULL, till_up, tests[i].test, till_down);
  return g_test_run ();
}

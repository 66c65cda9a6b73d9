/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has to hold though every trap of WooCommerce that concerns writing and webhooks is on. */
#include "woo-traps.h"

#include <string.h>

#define SECRET "practice-webhook"

/* What the town itself counted. */
static gint64
booked (TrapBench *bench, const char *what)
{
  g_autoptr (Answer) books = command (bench->town, "GET", "/town/books", NULL);
  g_autofree char   *path = g_strconcat ("totals.", what, NULL);

  return number_at (books, path);
}

/* Web pages before the effect are refusals to answer: asked again, as the journal does. */
#define UNTIL_SURE(call)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (guint until_try = 0; until_try < 20; until_try++)                                         \
      {                                                                                            \
        g_clear_error (&error);                                                                    \
        if ((call) || !g_error_matches (error, WB_ERROR, WB_ERROR_UNAVAILABLE))                    \
          break;                                                                                   \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/** trap_batch: 19. */
void
trap_batch (TrapBench *bench)
{
  guint              n;
  g_autoptr (Answer) batch = trap_raw (bench, "POST", "/orders/batch", NULL,
                                       "{\"update\":[{\"id\":1753,\"status\":\"shipped\"}]}");
  g_autofree char   *asked = trap_asked (bench, 0, &n);
  char              *first = strstr (asked, "/orders/batch");

  assert_status (batch, 200);
  assert_text (batch, "update.0.status", "pending");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "/orders/batch")); /* this one was the test's */
}

typedef struct
{
  WbFulfilment fulfilment;
  const char  *refs[40];
  gint64       quantities[40];
} Parcel;

static void
fill (Parcel *parcel, gpointer order, const char *reference, gboolean completes)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      n = 0;

  *parcel = (Parcel){ 0 };
  for (guint i = 0; i < lines->len && n < 39; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      {
        parcel->refs[n] = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID);
        parcel->quantities[n++] = wb_order_line_to_ship (lines->pdata[i]);
      }
  parcel->fulfilment = (WbFulfilment){
    .order_ref = wb_record_get_text (order, WB_ORDER_REMOTE_ID),
    .reference = reference,
    .carrier = "DHL",
    .tracking = "00340434161094000001",
    .line_refs = parcel->refs,
    .quantities = parcel->quantities,
    .completes = completes,
  };
}

/** trap_twice: 20. */
void
trap_twice (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 2);
  g_autoptr (GError) error = NULL;
  Parcel             parcel;
  gint64             completed = booked (bench, "completed");

  fill (&parcel, order, "P-20", TRUE);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = NULL;

      UNTIL_SURE (wb_shop_report (bench->shop, &parcel.fulfilment, &id, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (booked (bench, "completed"), ==, completed + 1);
}

/** trap_missing_order: 21. */
void
trap_missing_order (TrapBench *bench)
{
  WbShopChange change = {
    .kind = WB_SHOP_CHANGE_STATUS, .order_ref = "999999", .key = "k-21", .text = "processing"
  };
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = NULL;
  g_autofree char    *id = NULL;

  UNTIL_SURE ((order = wb_shop_fetch_order (bench->shop, "999999", NULL, NULL, &error)) != NULL);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  UNTIL_SURE (wb_shop_change_order (bench->shop, &change, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

/** trap_latin: 22. */
void
trap_latin (TrapBench *bench)
{
  g_autoptr (WbAddress) address = wb_address_new ();
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL;
  WbShopChange          change = {
             .kind = WB_SHOP_CHANGE_ADDRESS,
             .order_ref = trap_text (trap_order_of_plot (bench, 30), WB_ORDER_REMOTE_ID),
             .key = "k-22",
             .ship_to = address,
  };

  wb_record_set_text (address, WB_ADDRESS_NAME, "Žofie van der Süß");
  wb_record_set_text (address, WB_ADDRESS_STREET1, "Łąkowa 5 <b>");
  wb_record_set_text (address, WB_ADDRESS_CITY, "Kraków");
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, "30-001");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "PL");
  UNTIL_SURE (wb_shop_change_order (bench->shop, &change, &id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wb_shop_find_change (bench->shop, &change, NULL, NULL, NULL), !=,
                   WB_FINDING_NOT_DONE);
}

static gint64
stock_of (TrapBench *bench, gpointer line)
{
  const char        *product = trap_text (line, WB_ORDER_LINE_PRODUCT_REF);
  g_autofree char   *path = g_strconcat ("/products/", product, NULL);
  g_autoptr (Answer) there = trap_raw (bench, "GET", path, NULL, NULL);

  return number_at (there, "stock_quantity");
}

/* A cancelled order's pieces went back when it was cancelled; the shop would put them back again.
 */
static void
refund_of_cancelled (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 23); /* variations, paid by card */
  gpointer           line = trap_item (order, 0);
  const char        *refs[] = { trap_text (line, WB_ORDER_LINE_REMOTE_ID), NULL };
  gint64             quantity = 1, net = 84, tax = 16;
  g_autofree char   *path = g_strconcat ("/orders/", trap_text (order, WB_ORDER_REMOTE_ID), NULL);
  g_autoptr (Answer) cancelled = trap_raw (bench, "PUT", path, NULL, "{\"status\":\"cancelled\"}");
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;
  g_autofree char   *stock_path =
      g_strdup_printf ("/products/%s/variations/%s", trap_text (line, WB_ORDER_LINE_PRODUCT_REF),
                       trap_text (line, WB_ORDER_LINE_VARIATION_REF));
  g_autoptr (Answer) before = trap_raw (bench, "GET", stock_path, NULL, NULL);
  g_autoptr (Answer) after = NULL;
  g_autofree char   *was = text_at (before, "stock_quantity");
  WbShopRefund       refund = {
          .order_ref = trap_text (order, WB_ORDER_REMOTE_ID),
          .key = "refund-23-c",
          .amount = wb_money (100, "EUR"),
          .restock = TRUE,
          .line_refs = refs,
          .quantities = &quantity,
          .nets = &net,
          .taxes = &tax,
  };

  assert_status (cancelled, 200);
  UNTIL_SURE (wb_shop_refund (bench->shop, &refund, &id, NULL, &error));
  g_assert_no_error (error);
  after = trap_raw (bench, "GET", stock_path, NULL, NULL);
  assert_text (after, "stock_quantity", was);
}

/** trap_refund: 23. */
void
trap_refund (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 32); /* many lines, paid by card */
  gpointer           line = trap_item (order, 0);
  const char        *refs[] = { trap_text (line, WB_ORDER_LINE_REMOTE_ID), NULL };
  gint64             quantity = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) + 1;
  gint64             net = 0, tax = 0;
  gint64             before = stock_of (bench, line);
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;
  WbShopRefund       refund = {
          .order_ref = trap_text (order, WB_ORDER_REMOTE_ID),
          .key = "refund-23",
          .amount = wb_money (100, "EUR"),
          .reason = "broken",
          .restock = TRUE,
          .line_refs = refs,
          .quantities = &quantity,
          .nets = &net,
          .taxes = &tax,
  };

  UNTIL_SURE (wb_shop_refund (bench->shop, &refund, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH); /* the shop would have taken it */
  quantity = 1;
  net = 84;
  tax = 16;
  trap_control (bench, "/town/faults",
                "{\"match\":{\"service\":\"shop\",\"method\":\"POST\",\"path\":\"refunds\"},"
                "\"kind\":\"cut-after\"}");
  UNTIL_SURE (wb_shop_refund (bench->shop, &refund, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  UNTIL_SURE (wb_shop_refund (bench->shop, &refund, &id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stock_of (bench, line), ==, before + 1); /* once */
  refund.key = "refund-23-b";
  refund.amount = wb_money (99999999, "EUR");
  refund.line_refs = NULL;
  UNTIL_SURE (wb_shop_refund (bench->shop, &refund, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED); /* a 500 there */
  refund_of_cancelled (bench);
}

/** trap_full_refund: 24. */
void
trap_full_refund (TrapBench *bench)
{
  gpointer         order = trap_order_of_plot (bench, 36);
  g_autofree char *ref = g_strdup (trap_text (order, WB_ORDER_REMOTE_ID));
  g_autofree char *path = g_strconcat ("/orders/", ref, NULL);
  g_autofree char *refunds = g_strconcat (path, "/refunds", NULL);
  g_autofree char *item = g_strdup_printf (
      "{\"line_items\":[{\"id\":%s,\"quantity\":1,\"total\":\"0.00\",\"subtotal\":\"0.00\"}]}",
      trap_text (trap_item (order, 0), WB_ORDER_LINE_REMOTE_ID));
  g_autoptr (Answer) freed = trap_raw (bench, "PUT", path, NULL, item);
  g_autofree char   *total = text_at (freed, "total");
  g_autofree char   *body = g_strdup_printf ("{\"amount\":\"%s\",\"api_refund\":false}", total);
  g_autoptr (Answer) refunded = trap_raw (bench, "POST", refunds, NULL, body);
  g_autoptr (Answer) there = trap_raw (bench, "GET", path, NULL, NULL);

  assert_status (refunded, 201);
  assert_text (there, "status", "processing");
  trap_sync (bench);
  g_assert_cmpstr (trap_text (trap_order (bench, ref), WB_ORDER_SHOP_STATE), ==, WB_SHOP_CANCELLED);
}

/** trap_stock: 25. */
void
trap_stock (TrapBench *bench)
{
  gpointer           counted = trap_listing (bench, "12", "");
  gpointer           variation = trap_listing (bench, "14", "202");
  g_autoptr (Answer) ignored =
      trap_raw (bench, "PUT", "/products/18", NULL, "{\"stock_quantity\":7}");
  g_autoptr (GError) error = NULL;
  WbShopStock        stock = { .product_ref = "18", .variation_ref = "", .quantity = 7 };
  gint64             shown = -1;

  assert_status (ignored, 200);
  UNTIL_SURE (wb_shop_set_stock (bench->shop, &stock, &shown, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED); /* the shop said 200 to the same */
  g_assert_nonnull (strstr (error->message, "does not count"));
  g_assert_true (wb_record_get_bool (counted, WB_LISTING_MANAGED));
  stock = (WbShopStock){ .product_ref = "12",
                         .variation_ref = "",
                         .expected = wb_record_get_int (counted, WB_LISTING_SHOWN) + 1,
                         .quantity = 55 };
  UNTIL_SURE (wb_shop_set_stock (bench->shop, &stock, &shown, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_cmpint (shown, ==, stock.expected - 1);
  stock.expected = shown;
  UNTIL_SURE (wb_shop_set_stock (bench->shop, &stock, &shown, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (shown, ==, 55);
  stock = (WbShopStock){ .product_ref = "14",
                         .variation_ref = "202",
                         .expected = wb_record_get_int (variation, WB_LISTING_SHOWN),
                         .quantity = -2 };
  UNTIL_SURE (wb_shop_set_stock (bench->shop, &stock, &shown, NULL, &error));
  g_assert_no_error (error);
  UNTIL_SURE (wb_shop_read_stock (bench->shop, variation, &shown, NULL, &error));
  g_assert_cmpint (shown, ==, -2);
  /* A variation that shares its product's stock: that is told, and the variation alone cannot be.
   */
  variation = trap_listing (bench, "15", "206");
  g_assert_true (wb_record_get_bool (variation, WB_LISTING_MANAGED));
  g_assert_cmpstr (trap_text (variation, WB_LISTING_STOCK_REF), ==, "15");
  stock = (WbShopStock){ .product_ref = "15",
                         .variation_ref = "206",
                         .expected = wb_record_get_int (variation, WB_LISTING_SHOWN),
                         .quantity = 31 };
  UNTIL_SURE (wb_shop_set_stock (bench->shop, &stock, &shown, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  stock.stock_ref = "15";
  UNTIL_SURE (wb_shop_set_stock (bench->shop, &stock, &shown, NULL, &error));
  g_assert_no_error (error);
  UNTIL_SURE (wb_shop_read_stock (bench->shop, variation, &shown, NULL, &error));
  g_assert_cmpint (shown, ==, 31);
}

/** trap_fulfilment: 26. */
void
trap_fulfilment (TrapBench *bench)
{
  gpointer           order = trap_order_of_plot (bench, 7);
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;
  g_autofree char   *path = g_strconcat ("/orders/", trap_text (order, WB_ORDER_REMOTE_ID), NULL);
  g_autoptr (Answer) there = NULL;
  Parcel             parcel;
  gint64             right;

  fill (&parcel, order, "P-26", TRUE);
  right = parcel.quantities[0];
  parcel.quantities[0] = 99;
  UNTIL_SURE (wb_shop_report (bench->shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  parcel.quantities[0] = right;
  UNTIL_SURE (wb_shop_report (bench->shop, &parcel.fulfilment, &id, NULL, &error));
  g_assert_no_error (error);
  there = trap_raw (bench, "GET", path, NULL, NULL);
  assert_text (there, "status", "completed");
}

/* ---- webhooks ---- */

static gint64
add_hook (TrapBench *bench)
{
  g_autoptr (Answer) made =
      trap_raw (bench, "POST", "/webhooks", NULL,
                "{\"topic\":\"order.updated\",\"delivery_url\":\"https://waybill.example/hook\","
                "\"secret\":\"" SECRET "\"}");

  assert_status (made, 201);
  assert_text (made, "status", "active");
  return number_at (made, "id");
}

static Answer *
run_queue (TrapBench *bench, gboolean refused)
{
  return command (bench->town, "POST", "/town/webhooks", refused ? "{\"refused\":true}" : "{}");
}

/* Reads delivery @index as a receiver would. Returns: the order it points at, NULL for none. */
static char *
read_hint (TrapBench *bench, const Answer *sent, guint index, const char *secret, GError **error)
{
  g_autofree char *body_at = g_strdup_printf ("%u.body", index);
  g_autofree char *signature_at = g_strdup_printf ("%u.headers.X-WC-Webhook-Signature", index);
  g_autofree char *topic_at = g_strdup_printf ("%u.headers.X-WC-Webhook-Topic", index);
  g_autofree char *text = text_at (sent, body_at);
  g_autofree char *signature =
      node_at (sent->json, signature_at) != NULL ? text_at (sent, signature_at) : NULL;
  g_autofree char *topic = node_at (sent->json, topic_at) != NULL ? text_at (sent, topic_at) : NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  const char        *headers[] = { "x-wc-webhook-signature", signature != NULL ? signature : "",
                            topic != NULL ? "X-Wc-Webhook-Topic" : NULL, topic, NULL };
  char              *ref = NULL;

  wb_shop_read_hint (bench->shop, secret, headers, body, &ref, error);
  return ref;
}

/** trap_ping: 28. */
void
trap_ping (TrapBench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autofree char   *ref = NULL;

  add_hook (bench);
  sent = run_queue (bench, FALSE);
  g_assert_cmpuint (length_at (sent, ""), ==, 1);
  g_assert_null (node_at (sent->json, "0.headers.X-WC-Webhook-Signature"));
  ref = read_hint (bench, sent, 0, SECRET, &error);
  g_assert_no_error (error);
  g_assert_null (ref);
}

static void
touch (TrapBench *bench, guint index)
{
  g_autofree char *body = g_strdup_printf ("{\"from\":%u,\"n\":1}", index);

  trap_control (bench, "/town/touch", body);
}

/** trap_queue: 29. */
void
trap_queue (TrapBench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autofree char   *ref = NULL, *none = NULL;

  touch (bench, 50);
  sent = run_queue (bench, FALSE);
  g_assert_cmpuint (length_at (sent, ""), ==, 1);
  ref = read_hint (bench, sent, 0, SECRET, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ref, ==, "1150");
  none = read_hint (bench, sent, 0, "not the secret", &error);
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
  g_clear_error (&error);
  none = read_hint (bench, sent, 0, NULL, &error);
  g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
}

/** trap_merged: 30. */
void
trap_merged (TrapBench *bench)
{
  g_autofree char    *ref = NULL;
  g_autoptr (GError)  error = NULL;
  g_autoptr (Answer)  sent = NULL;
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (Answer)  first =
      trap_raw (bench, "PUT", "/orders/1153", NULL, "{\"status\":\"processing\"}");
  g_autoptr (Answer) second =
      trap_raw (bench, "PUT", "/orders/1153", NULL, "{\"status\":\"cancelled\"}");

  assert_status (first, 200);
  assert_status (second, 200);
  sent = run_queue (bench, FALSE);
  g_assert_cmpuint (length_at (sent, ""), ==, 1); /* of two changes */
  ref = read_hint (bench, sent, 0, SECRET, &error);
  g_assert_no_error (error);
  UNTIL_SURE ((order = wb_shop_fetch_order (bench->shop, ref, NULL, NULL, &error)) != NULL);
  g_assert_cmpstr (trap_text (order, WB_ORDER_REMOTE_STATUS), ==, "cancelled");
}

/** trap_disabled: 31. */
void
trap_disabled (TrapBench *bench)
{
  g_autoptr (Answer) sent = NULL, hook = NULL;

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (Answer) refused = NULL;

      touch (bench, 60 + i);
      refused = run_queue (bench, TRUE);
      g_assert_cmpuint (length_at (refused, ""), ==, 1);
    }
  hook = trap_raw (bench, "GET", "/webhooks/1", NULL, NULL);
  assert_text (hook, "status", "disabled");
  g_hash_table_remove (bench->orders, "1210");
  touch (bench, 70);
  sent = run_queue (bench, FALSE);
  g_assert_cmpuint (length_at (sent, ""), ==, 0);
  trap_sync (bench); /* polling is the truth */
  trap_order (bench, "1210");
}

/* ---- beyond the list ---- */

/** trap_create: an order of ours in the shop, found again when its answer is lost. */
void
trap_create (TrapBench *bench)
{
  g_autoptr (WbOrder)   draft = wb_order_new ();
  g_autoptr (WbAddress) address = wb_address_new ();
  WbOrderLine          *line = wb_order_line_new ();
  g_autoptr (GError)    error = NULL;
  g_autofree char      *id = NULL;
  WbInstant             since = wb_now ();
  WbFinding             finding = WB_FINDING_UNKNOWN;

  wb_record_set_text (address, WB_ADDRESS_NAME, "Ada Lovelace");
  wb_record_set_text (address, WB_ADDRESS_STREET1, "St James's Square 12");
  wb_record_set_text (address, WB_ADDRESS_CITY, "London");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "GB");
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  wb_record_set_text (line, WB_ORDER_LINE_PRODUCT_REF, "14");
  wb_record_set_text (line, WB_ORDER_LINE_VARIATION_REF, "202");
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, 3);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, 4500);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, 4200);
  wb_record_add (draft, WB_ORDER_LINES, line);
  wb_record_set_one (draft, WB_ORDER_SHIP_TO, address);
  wb_record_set_text (draft, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_text (draft, WB_ORDER_EMAIL, "ada@example.com");
  wb_record_set_text (draft, WB_ORDER_SHOP_STATE, WB_SHOP_OPEN);
  UNTIL_SURE ((finding = wb_shop_find_created (bench->shop, "new-1", since, &id, NULL, &error)) !=
              WB_FINDING_UNKNOWN);
  g_assert_cmpint (finding, ==, WB_FINDING_NOT_DONE);
  trap_control (
      bench, "/town/faults",
      "{\"match\":{\"service\":\"shop\",\"method\":\"POST\",\"path\":\"/orders$|/orders\\\\?\"},"
      "\"kind\":\"cut-after\"}");
  g_assert_false (wb_shop_create_order (bench->shop, draft, "new-1", &id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  UNTIL_SURE ((finding = wb_shop_find_created (bench->shop, "new-1", since, &id, NULL, &error)) !=
              WB_FINDING_UNKNOWN);
  g_assert_cmpint (finding, ==, WB_FINDING_DONE);
  trap_sync (bench);
  g_assert_cmpstr (trap_text (trap_order (bench, id), WB_ORDER_CUSTOMER_NAME), ==, "Ada Lovelace");
  g_assert_cmpint (wb_record_get_int (trap_item (trap_order (bench, id), 0), WB_ORDER_LINE_TOTAL),
                   ==, 4200);
  g_assert_cmpint (wb_order_to_ship (trap_order (bench, id)), ==, 3);
}

static void
change_once (TrapBench *bench, WbShopChange change)
{
  g_autoptr (GError) error = NULL;
  WbFinding          finding = WB_FINDING_UNKNOWN;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = NULL;

      if (i == 0) /* done, and the answer lost */
        trap_control (bench, "/town/faults",
                      change.kind == WB_SHOP_CHANGE_NOTE
                          ? "{\"match\":{\"service\":\"shop\",\"method\":\"POST\"},"
                            "\"kind\":\"cut-after\"}"
                          : "{\"match\":{\"service\":\"shop\",\"method\":\"PUT\"},"
                            "\"kind\":\"cut-after\"}");
      UNTIL_SURE (wb_shop_change_order (bench->shop, &change, &id, NULL, &error));
      if (i == 0)
        g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      else
        g_assert_no_error (error);
    }
  UNTIL_SURE ((finding = wb_shop_find_change (bench->shop, &change, NULL, NULL, &error)) !=
              WB_FINDING_UNKNOWN);
  g_assert_cmpint (finding, ==, WB_FINDING_DONE);
}

/** trap_changes: a note, a status, a cancellation: each once though its answer is lost. */
void
trap_changes (TrapBench *bench)
{
  const char *ref = trap_text (trap_order_of_plot (bench, 25), WB_ORDER_REMOTE_ID);
  gint64      notes = booked (bench, "notes");

  change_once (bench, (WbShopChange){ .kind = WB_SHOP_CHANGE_NOTE,
                                      .order_ref = ref,
                                      .key = "note:12:1",
                                      .text = "Wrapped as a gift.",
                                      .to_customer = TRUE });
  g_assert_cmpint (booked (bench, "notes"), ==, notes + 1);
  change_once (bench, (WbShopChange){ .kind = WB_SHOP_CHANGE_STATUS,
                                      .order_ref = ref,
                                      .key = "status:12:1",
                                      .text = "awaiting-pickup" });
  change_once (bench, (WbShopChange){ .kind = WB_SHOP_CHANGE_CANCEL,
                                      .order_ref = ref,
                                      .key = "cancel:12:1",
                                      .text = "Sold out" });
  g_assert_cmpint (booked (bench, "notes"), ==, notes + 2);
}

/* An order of at least two articles that is to be shipped, the oldest. */
static gpointer
order_of_two (TrapBench *bench)
{
  GHashTableIter iter;
  gpointer       id, order, found = NULL;

  g_hash_table_iter_init (&iter, bench->orders);
  while (g_hash_table_iter_next (&iter, &id, &order))
    {
      GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
      guint      items = 0;

      for (guint i = 0; i < lines->len; i++)
        items += g_str_equal (trap_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) &&
                 wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_CANCELLED) == 0;
      if (items >= 2 && g_strcmp0 (trap_text (order, WB_ORDER_REMOTE_STATUS), "processing") == 0 &&
          g_strcmp0 (trap_text (order, WB_ORDER_CURRENCY), "EUR") == 0 &&
          (found == NULL ||
           strtoll (id, NULL, 10) < strtoll (trap_text (found, WB_ORDER_REMOTE_ID), NULL, 10)))
        found = order;
    }
  g_assert_nonnull (found);
  return found;
}

/** trap_pieces: pieces are set once though the answer is lost, with amounts that belong to them; 0
 * takes a line out. */
void
trap_pieces (TrapBench *bench)
{
  gpointer            order = order_of_two (bench), line = trap_item (order, 0);
  g_autofree char    *ref = g_strdup (trap_text (order, WB_ORDER_REMOTE_ID));
  g_autofree char    *first = g_strdup (trap_text (line, WB_ORDER_LINE_REMOTE_ID));
  g_autofree char    *second = g_strdup (trap_text (trap_item (order, 1), WB_ORDER_LINE_REMOTE_ID));
  const char         *refs[] = { first, second, NULL };
  gint64              was = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);
  gint64              net = wb_record_get_int (line, WB_ORDER_LINE_TOTAL);
  gint64              pieces[] = { 3 * was, 0 };
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) after = NULL;
  WbShopChange        change = { .kind = WB_SHOP_CHANGE_LINES,
                                 .order_ref = ref,
                                 .key = "pieces:12:1",
                                 .line_refs = refs,
                                 .quantities = pieces };

  change_once (bench, change);
  UNTIL_SURE ((after = wb_shop_fetch_order (bench->shop, ref, NULL, NULL, &error)) != NULL);
  g_assert_no_error (error);
  g_assert_cmpint (wb_record_get_int (trap_item (after, 0), WB_ORDER_LINE_QUANTITY), ==, 3 * was);
  g_assert_cmpint (wb_record_get_int (trap_item (after, 0), WB_ORDER_LINE_TOTAL), ==, 3 * net);
  g_assert_cmpstr (trap_text (trap_item (after, 0), WB_ORDER_LINE_REMOTE_ID), ==, first);
  {
    GPtrArray *lines = wb_record_get_many (after, WB_ORDER_LINES);

    for (guint i = 0; i < lines->len; i++)
      g_assert_cmpstr (trap_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), !=, second);
  }

  /* What the shop no longer has, and what was cancelled, is left alone. */
  change.key = "pieces:12:2";
  pieces[1] = 1;
  UNTIL_SURE (wb_shop_change_order (bench->shop, &change, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  pieces[0] = -1;
  g_assert_false (wb_shop_change_order (bench->shop, &change, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

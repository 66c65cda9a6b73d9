/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a shop of a shipment: once, whatever breaks; and never what the shop's books cannot mean.
 */
#include <string.h>

#include "little-shop.h"
#include "wb-json.h"
#include "wb-test.h"

static const char  *lines[] = { "11", NULL };
static const gint64 three[] = { 3 };
static const gint64 two[] = { 2 };

static WbFulfilment
shipment (void)
{
  return (WbFulfilment){
    .order_ref = "7",
    .reference = "P-7-1",
    .carrier = "UPS",
    .service = "Ground",
    .tracking = "1Z999",
    .tracking_url = "https://track.example/1Z999",
    .ship_date = "2026-11-22",
    .line_refs = lines,
    .quantities = three,
    .completes = TRUE,
    .notify_customer = TRUE,
  };
}

typedef struct
{
  LittleShop *little;
  WbShop     *shop;
} Bench;

static void
bench_clear (Bench *bench)
{
  g_clear_object (&bench->shop);
  g_clear_pointer (&bench->little, little_shop_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

static Bench
bench_new (gboolean has_api, const char *status)
{
  Bench bench = { .little = little_shop_new () };

  bench.little->has_api = has_api;
  little_shop_add (bench.little, 7, status, 1000000);
  bench.shop = little_shop_open (bench.little, NULL);
  return bench;
}

static guint
writes (const Bench *bench)
{
  return bench->little->fulfilments->len + bench->little->notes->len;
}

static WbFinding
find (const Bench *bench, const WbFulfilment *fulfilment)
{
  g_autoptr (GError) error = NULL;
  WbFinding          finding = wb_shop_find_report (bench->shop, fulfilment, NULL, NULL, &error);

  g_assert_no_error (error);
  return finding;
}

static void
report_ok (const Bench *bench, const WbFulfilment *fulfilment, const char *remote_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;

  wb_shop_report (bench->shop, fulfilment, &id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, remote_id);
}

static void
report_fails (const Bench *bench, const WbFulfilment *fulfilment, WbError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  char              *id = NULL;

  g_assert_false (wb_shop_report (bench->shop, fulfilment, &id, NULL, &error));
  g_assert_error (error, WB_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (id);
}

static const char *
meta_of (JsonNode *node, const char *key)
{
  WbJson root = wb_json_root (node, "fulfilment");
  WbJson rows;
  guint  n;

  g_assert_true (wb_json_array (&root, "meta_data", &rows, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&rows, i);

      if (g_strcmp0 (wb_json_opt_string (&row, "key"), key) == 0)
        return wb_json_opt_string (&row, "value");
    }
  return NULL;
}

/* Trap 26: a fulfilment leaves the status; both are written, and nothing twice. */
static void
test_fulfilment (void)
{
  g_auto (Bench)   bench = bench_new (TRUE, "processing");
  WbFulfilment     fulfilment = shipment ();
  g_autofree char *text = NULL;
  JsonNode        *node;

  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_NOT_DONE);
  report_ok (&bench, &fulfilment, "fulfillments/100");
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_DONE);
  report_ok (&bench, &fulfilment, "fulfillments/100");
  g_assert_cmpuint (writes (&bench), ==, 1);
  g_assert_cmpuint (bench.little->puts, ==, 1);
  g_assert_cmpstr (little_shop_find (bench.little, 7)->status, ==, "completed");
  g_assert_cmpuint (little_shop_count (bench.little, "POST*notify_customer=true*"), ==, 1);
  g_assert_cmpuint (little_shop_count (bench.little, "*batch*"), ==, 0);
  node = bench.little->fulfilments->pdata[0];
  g_assert_cmpstr (meta_of (node, "_tracking_number"), ==, "1Z999");
  g_assert_cmpstr (meta_of (node, "_shipment_provider"), ==, "ups");
  g_assert_cmpstr (meta_of (node, "_waybill_reference"), ==, "P-7-1");
  text = json_to_string (node, FALSE);
  g_assert_nonnull (strstr (text, "[{\"item_id\":11,\"qty\":3}]"));
  g_assert_nonnull (strstr (text, "\"status\":\"fulfilled\",\"is_fulfilled\":true"));
}

/* A shop without the API gets a note for the customer. */
static void
test_note (void)
{
  g_auto (Bench)   bench = bench_new (FALSE, "processing");
  WbFulfilment     fulfilment = shipment ();
  g_autofree char *text = NULL;

  report_ok (&bench, &fulfilment, "notes/100");
  report_ok (&bench, &fulfilment, "notes/100");
  g_assert_cmpuint (writes (&bench), ==, 1);
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_DONE);
  text = json_to_string (bench.little->notes->pdata[0], FALSE);
  g_assert_nonnull (strstr (text, "UPS"));
  g_assert_nonnull (strstr (text, "1Z999"));
  g_assert_nonnull (strstr (text, "P-7-1"));
  g_assert_nonnull (strstr (text, "\"customer_note\":true"));
  /* the second parcel of an order is not the first */
  fulfilment.reference = "P-7-11";
  fulfilment.tracking = "1Z998";
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_NOT_DONE);
  fulfilment.notify_customer = FALSE;
  report_ok (&bench, &fulfilment, "notes/101");
  fulfilment.reference = "P-7";
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_NOT_DONE);
  g_clear_pointer (&text, g_free);
  text = json_to_string (bench.little->notes->pdata[1], FALSE);
  g_assert_nonnull (strstr (text, "\"customer_note\":false"));
}

/* Two parcels of one order: the status follows the last. */
static void
test_partial (void)
{
  static const gint64 one[] = { 1 };
  g_auto (Bench)      bench = bench_new (TRUE, "processing");
  WbFulfilment        first = shipment (), second = shipment ();

  first.quantities = two;
  first.completes = FALSE;
  second.quantities = one;
  second.reference = "P-7-2";
  second.tracking = "1Z777";
  report_ok (&bench, &first, "fulfillments/100");
  g_assert_cmpint (find (&bench, &first), ==, WB_FINDING_DONE);
  g_assert_cmpstr (little_shop_find (bench.little, 7)->status, ==, "processing");
  report_ok (&bench, &second, "fulfillments/101");
  g_assert_cmpstr (little_shop_find (bench.little, 7)->status, ==, "completed");
}

/* Told in time, and refunded later: telling it again finds it and has nothing to refuse. */
static void
test_refunded_later (void)
{
  g_auto (Bench) bench = bench_new (TRUE, "processing");
  WbFulfilment   fulfilment = shipment ();

  fulfilment.completes = FALSE;
  report_ok (&bench, &fulfilment, "fulfillments/100");
  g_free (little_shop_find (bench.little, 7)->status);
  little_shop_find (bench.little, 7)->status = g_strdup ("refunded");
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_DONE);
  report_ok (&bench, &fulfilment, "fulfillments/100");
  g_assert_cmpuint (writes (&bench), ==, 1);
}

/* The feature was switched off, or on, after we wrote: what we wrote is found all the same. */
static void
test_switched (void)
{
  g_auto (Bench) bench = bench_new (FALSE, "processing");
  WbFulfilment   fulfilment = shipment ();

  report_ok (&bench, &fulfilment, "notes/100");
  bench.little->has_api = TRUE;
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_DONE);
  report_ok (&bench, &fulfilment, "notes/100");
  g_assert_cmpuint (writes (&bench), ==, 1);
}

/* ---- answers that get lost ---- */

typedef struct
{
  const char *method;
  const char *path;
  gboolean    after; /* it took effect */
  guint       times;
} Loss;

static gboolean
lose (LittleShop        *little,
      const char        *method,
      const char        *path,
      GHashTable        *query,
      SoupServerMessage *message,
      gpointer           data)
{
  Loss *loss = data;

  if (loss->times == 0 || !g_str_equal (method, loss->method) ||
      !g_pattern_match_simple (loss->path, path))
    return FALSE;
  loss->times--;
  if (loss->after && g_str_equal (method, "PUT"))
    {
      g_free (little_shop_find (little, 7)->status);
      little_shop_find (little, 7)->status = g_strdup ("completed");
      little->puts++;
    }
  else if (loss->after)
    {
      g_autoptr (GBytes) bytes =
          soup_message_body_flatten (soup_server_message_get_request_body (message));
      JsonNode *node = wb_json_parse_bytes (bytes, "request", NULL);

      json_object_set_int_member (json_node_get_object (node), "id", 100);
      g_ptr_array_add (g_str_has_suffix (path, "/notes") ? little->notes : little->fulfilments,
                       node);
    }
  little_cut (message);
  return TRUE;
}

/* Every write cut, before and after its effect, with and without the API: unsure, then found, then
 * finished, once. */
static void
test_losses (void)
{
  static const struct
  {
    Loss      loss;
    gboolean  has_api;
    WbFinding finding;
  } cases[] = {
    { { "POST", "*/fulfillments", FALSE, 1 }, TRUE, WB_FINDING_NOT_DONE },
    { { "POST", "*/fulfillments", TRUE, 1 }, TRUE, WB_FINDING_PARTLY },
    { { "POST", "*/notes", FALSE, 1 }, FALSE, WB_FINDING_NOT_DONE },
    { { "POST", "*/notes", TRUE, 1 }, FALSE, WB_FINDING_PARTLY },
    { { "PUT", "*/orders/7", FALSE, 1 }, TRUE, WB_FINDING_PARTLY },
    { { "PUT", "*/orders/7", TRUE, 1 }, TRUE, WB_FINDING_DONE },
    { { "PUT", "*/orders/7", FALSE, 1 }, FALSE, WB_FINDING_PARTLY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Bench) bench = bench_new (cases[i].has_api, "processing");
      WbFulfilment   fulfilment = shipment ();
      Loss           loss = cases[i].loss;

      bench.little->hook = lose;
      bench.little->hook_data = &loss;
      report_fails (&bench, &fulfilment, WB_ERROR_UNSURE, "not known");
      g_assert_cmpuint (loss.times, ==, 0);
      g_assert_cmpint (find (&bench, &fulfilment), ==, cases[i].finding);
      report_ok (&bench, &fulfilment, cases[i].has_api ? "fulfillments/100" : "notes/100");
      g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_DONE);
      g_assert_cmpuint (writes (&bench), ==, 1);
      g_assert_cmpuint (bench.little->puts, ==, 1);
    }
}

static gboolean
answer_odd (LittleShop        *little,
            const char        *method,
            const char        *path,
            GHashTable        *query,
            SoupServerMessage *message,
            gpointer           data)
{
  if (!g_str_equal (method, "POST"))
    return FALSE;
  if (data != NULL)
    little_reply_html (message, 200, "<html><title>Fatal error</title></html>");
  else
    little_reply_html (message, 500, "<html><title>Fatal error</title></html>");
  return TRUE;
}

/* A server error or a web page after a write tells nothing. */
static void
test_odd_answers (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Bench) bench = bench_new (TRUE, "processing");
      WbFulfilment   fulfilment = shipment ();

      bench.little->hook = answer_odd;
      bench.little->hook_data = i == 0 ? NULL : GINT_TO_POINTER (1);
      report_fails (&bench, &fulfilment, WB_ERROR_UNSURE, "Fatal error");
      g_assert_cmpuint (little_shop_count (bench.little, "POST*"), ==, 1); /* not repeated */
    }
}

static gboolean
answer_nothing (LittleShop        *little,
                const char        *method,
                const char        *path,
                GHashTable        *query,
                SoupServerMessage *message,
                gpointer           data)
{
  little_reply_html (message, 503, "<html><title>Maintenance</title></html>");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                "600");
  return TRUE;
}

/* The shop cannot be asked: nothing is said, nothing is written. */
static void
test_cannot_ask (void)
{
  g_auto (Bench)     bench = bench_new (TRUE, "processing");
  WbFulfilment       fulfilment = shipment ();
  g_autoptr (GError) error = NULL;

  bench.little->hook = answer_nothing;
  g_assert_cmpint (wb_shop_find_report (bench.shop, &fulfilment, NULL, NULL, &error), ==,
                   WB_FINDING_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  report_fails (&bench, &fulfilment, WB_ERROR_UNAVAILABLE, "closed for maintenance");
  g_assert_cmpuint (little_shop_count (bench.little, "POST*"), ==, 0);
  g_assert_cmpuint (little_shop_count (bench.little, "PUT*"), ==, 0);
}

/* ---- what is not written ---- */

static void
test_refused_states (void)
{
  static const char *const statuses[] = { "cancelled", "refunded", "trash",
                                          "pending",   "failed",   "on-hold" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_auto (Bench) bench = bench_new (TRUE, statuses[i]);
      WbFulfilment   fulfilment = shipment ();

      report_fails (&bench, &fulfilment, WB_ERROR_REFUSED, statuses[i]);
      g_assert_cmpuint (writes (&bench), ==, 0);
      g_assert_cmpuint (bench.little->puts, ==, 0);
    }
}

/* A card payment that was authorised is on hold until it is captured: that order may be completed.
 */
static void
test_authorised (void)
{
  g_auto (Bench) bench = bench_new (TRUE, "on-hold");
  WbFulfilment   fulfilment = shipment ();

  little_shop_find (bench.little, 7)->extra =
      g_strdup ("\"payment_method\":\"stripe\",\"transaction_id\":\"pi_1\",");
  report_ok (&bench, &fulfilment, "fulfillments/100");
  g_assert_cmpstr (little_shop_find (bench.little, 7)->status, ==, "completed");
}

/* Somebody set the order to completed already: only the tracking is missing. */
static void
test_completed_before (void)
{
  g_auto (Bench) bench = bench_new (TRUE, "completed");
  WbFulfilment   fulfilment = shipment ();

  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_NOT_DONE);
  report_ok (&bench, &fulfilment, "fulfillments/100");
  g_assert_cmpuint (bench.little->puts, ==, 0);
}

static void
add_foreign (LittleShop *little, const char *json)
{
  g_ptr_array_add (little->fulfilments, wb_json_parse (json, -1, "fulfilment", NULL));
}

/* Trap 26: the shop would take 99 of 1 and any line; and another tool may have told of it already.
 */
static void
test_lines (void)
{
  static const gint64 many[] = { 99 };
  static const char  *foreign[] = { "12", NULL };
  g_auto (Bench)      bench = bench_new (TRUE, "processing");
  WbFulfilment        fulfilment = shipment ();

  fulfilment.quantities = many;
  report_fails (&bench, &fulfilment, WB_ERROR_CONFLICT, "has 3 of “Tee”");
  fulfilment.quantities = three;
  fulfilment.line_refs = foreign;
  report_fails (&bench, &fulfilment, WB_ERROR_CONFLICT, "no longer has line 12");
  fulfilment.line_refs = lines;
  add_foreign (bench.little, "{\"id\":5,\"date_deleted\":\"2026-11-22T09:00:00Z\",\"meta_data\":[{"
                             "\"key\":\"_items\",\"value\":[{\"item_id\":11,\"qty\":3}]}]}");
  add_foreign (bench.little, "{\"id\":6,\"date_deleted\":null,\"meta_data\":[{\"key\":\"_items\","
                             "\"value\":[{\"item_id\":\"11\",\"qty\":\"2\"}]}]}");
  report_fails (&bench, &fulfilment, WB_ERROR_REFUSED, "already has 2 of 3");
  g_assert_cmpuint (writes (&bench), ==, 2);
  g_assert_cmpuint (bench.little->puts, ==, 0);
}

/* The same tracking number under another tool's fulfilment is the same parcel. */
static void
test_same_tracking (void)
{
  g_auto (Bench) bench = bench_new (TRUE, "processing");
  WbFulfilment   fulfilment = shipment ();

  add_foreign (bench.little,
               "{\"id\":6,\"meta_data\":[{\"key\":\"_tracking_number\",\"value\":\"1Z999\"},"
               "{\"key\":\"_items\",\"value\":[{\"item_id\":11,\"qty\":3}]}]}");
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_PARTLY);
  report_ok (&bench, &fulfilment, "fulfillments/6");
  g_assert_cmpuint (writes (&bench), ==, 1);
  g_assert_cmpstr (little_shop_find (bench.little, 7)->status, ==, "completed");
}

static void
test_bad_requests (void)
{
  g_auto (Bench) bench = bench_new (TRUE, "processing");
  WbFulfilment   fulfilment = shipment ();

  fulfilment.reference = "";
  report_fails (&bench, &fulfilment, WB_ERROR_INVALID, "without a reference");
  fulfilment = shipment ();
  fulfilment.order_ref = "8";
  report_fails (&bench, &fulfilment, WB_ERROR_NOT_FOUND, "does not have");
  bench.little->may_write = FALSE;
  fulfilment = shipment ();
  report_fails (&bench, &fulfilment, WB_ERROR_AUTH, "may only read");
}

/* ---- the vendor's own samples of the fulfilments API ---- */

/* The sample whose operation is @op. */
static WbJson
find_sample (const WbJson *samples, const char *op)
{
  for (guint i = 0; i < json_array_get_length (json_node_get_array (samples->node)); i++)
    {
      WbJson sample = wb_json_element (samples, i);

      if (g_strcmp0 (wb_json_opt_string (&sample, "op"), op) == 0)
        return sample;
    }
  g_assert_not_reached ();
}

/* What we write has the members of what the vendor shows, and what it answers with is read. */
static void
test_samples (void)
{
  g_autofree char     *path = wb_test_contract ("woocommerce/order-fulfillments/samples.json");
  g_autofree char     *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_auto (Bench)       bench = bench_new (TRUE, "processing");
  WbFulfilment         fulfilment = shipment ();
  WbJson               at, samples, list, post, request, answer, mine;
  guint                n;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  root = wb_json_parse (text, -1, "samples", NULL);
  at = wb_json_root (root, "samples");
  g_assert_true (wb_json_array (&at, "samples", &samples, &n, NULL));

  report_ok (&bench, &fulfilment, "fulfillments/100");
  post =
      find_sample (&samples, "POST /wp-json/wc/v3/orders/<id>/fulfillments?notify_customer=true");
  request = wb_json_member (&post, "request");
  mine = wb_json_root (bench.little->fulfilments->pdata[0], "ours");
  g_assert_cmpstr (wb_json_opt_string (&mine, "status"), ==,
                   wb_json_opt_string (&request, "status"));
  g_assert_true (wb_json_bool (&mine, "is_fulfilled", FALSE) ==
                 wb_json_bool (&request, "is_fulfilled", TRUE));

  g_ptr_array_set_size (bench.little->fulfilments, 0);
  list = find_sample (&samples, "GET /wp-json/wc/v3/orders/<id>/fulfillments");
  g_assert_true (wb_json_array (&list, "response", &answer, &n, NULL));
  at = wb_json_element (&answer, 0);
  g_ptr_array_add (bench.little->fulfilments, json_node_copy (at.node));
  fulfilment.tracking = "1Z999AA1234567890";
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_DONE);
  fulfilment.tracking = "1Z999AA123456789";
  g_assert_cmpint (find (&bench, &fulfilment), ==, WB_FINDING_NOT_DONE);
}

/* ---- testing a connection ---- */

static void
probe_ok (WbShop *shop, WbShopFindings *found)
{
  g_autoptr (GError) error = NULL;

  wb_shop_probe (shop, found, NULL, &error);
  g_assert_no_error (error);
}

static void
test_probe (void)
{
  g_auto (Bench)          bench = bench_new (TRUE, "processing");
  g_auto (WbShopFindings) found = { 0 }, reading = { 0 }, empty = { 0 };

  bench.little->skew = 7200;
  little_shop_add (bench.little, 8, "completed", 1000);
  probe_ok (bench.shop, &found);
  g_assert_cmpstr (found.name, ==, "Tom & Co");
  g_assert_cmpstr (found.zone, ==, "Europe/Berlin");
  g_assert_cmpstr (found.currency, ==, "EUR");
  g_assert_cmpint (found.orders, ==, 2);
  g_assert_cmpint (found.open_orders, ==, 1);
  g_assert_cmpint (ABS (found.clock_offset - 7200), <=, 2);
  g_assert_true (found.can_fulfil);
  g_assert_true (found.can_write);
  g_assert_null (found.notes);
  g_assert_cmpuint (writes (&bench) + bench.little->puts, ==, 0);
  g_assert_cmpuint (little_shop_count (bench.little, "GET /wp-json/?"), ==,
                    1); /* the index without credentials */

  bench.little->may_write = bench.little->has_api = FALSE;
  probe_ok (bench.shop, &reading);
  g_assert_false (reading.can_write);
  g_assert_false (reading.can_fulfil);
  g_assert_nonnull (strstr (reading.notes, "only read"));

  g_ptr_array_set_size (bench.little->orders, 0);
  probe_ok (bench.shop, &empty);
  g_assert_cmpint (empty.orders, ==, 0);
  g_assert_cmpint (empty.open_orders, ==, 0);
}

typedef struct
{
  const char *path;
  guint       status;
  const char *body;
  const char *plain; /* what /?rest_route=/ gives */
  WbError     code;
  const char *words;
} Site;

static gboolean
be_site (LittleShop        *little,
         const char        *method,
         const char        *path,
         GHashTable        *query,
         SoupServerMessage *message,
         gpointer           data)
{
  const Site *site = data;

  if (little_param (query, "rest_route") != NULL && site->plain != NULL)
    little_reply (message, 200, site->plain);
  else if (g_pattern_match_simple (site->path, path))
    (*site->body == '<' ? little_reply_html : little_reply) (message, site->status, site->body);
  else
    return FALSE;
  return TRUE;
}

static void
test_probe_failures (void)
{
#define CODE(code, words)                                                                          \
  "{\"code\":\"" code "\",\"message\":\"" words "\",\"data\":{\"status\":401}}"
  static const Site sites[] = {
    { "*", 200, "<html><title>My bakery</title></html>", NULL, WB_ERROR_INVALID,
      "no WooCommerce shop" },
    { "*", 404, "<html><title>Not found</title></html>", NULL, WB_ERROR_INVALID,
      "no WooCommerce shop" },
    { "*", 200, "{\"hello\":1}", NULL, WB_ERROR_INVALID, "no WooCommerce shop" },
    { "*", 404, "<html></html>", "{\"namespaces\":[\"wc/v3\"]}", WB_ERROR_INVALID,
      "plain permalinks" },
    { "*", 200, "{\"namespaces\":[\"wp/v2\"]}", NULL, WB_ERROR_INVALID,
      "WooCommerce is not switched on" },
    { "*", 503, "<html><title>Maintenance</title></html>", NULL, WB_ERROR_UNAVAILABLE,
      "closed for maintenance" },
    { "*/orders", 401,
      CODE ("woocommerce_rest_authentication_error", "Consumer secret is invalid."), NULL,
      WB_ERROR_AUTH, "secret is wrong" },
    { "*/orders", 401,
      CODE ("woocommerce_rest_authentication_error", "Kundengeheimnis ung\\u00fcltig"), NULL,
      WB_ERROR_AUTH, "secret is wrong" },
    { "*/orders", 401, CODE ("woocommerce_rest_authentication_error", "Invalid timestamp."), NULL,
      WB_ERROR_AUTH, "clocks" },
    { "*/orders", 401, CODE ("woocommerce_rest_cannot_view", "Sorry, you cannot list resources."),
      NULL, WB_ERROR_AUTH, "does not know this consumer key" },
    { "*/orders", 403, CODE ("woocommerce_rest_cannot_view", "Sorry, you cannot list resources."),
      NULL, WB_ERROR_AUTH, "shop manager" },
    { "*/orders", 401,
      CODE ("woocommerce_rest_authentication_error",
            "The API key provided does not have read permissions."),
      NULL, WB_ERROR_AUTH, "may only write" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_auto (Bench)          bench = bench_new (TRUE, "processing");
      g_auto (WbShopFindings) found = { 0 };
      g_autoptr (GError)      error = NULL;

      bench.little->hook = be_site;
      bench.little->hook_data = (gpointer) &sites[i];
      g_assert_false (wb_shop_probe (bench.shop, &found, NULL, &error));
      g_assert_error (error, WB_ERROR, (int) sites[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, sites[i].words));
      g_assert_null (strstr (error->message, "ck_little"));
      g_assert_null (found.name);
    }
}

/* A site that hides its index still serves the shop. */
static void
test_hidden_index (void)
{
  static const Site site = {
    "/wp-json/", 401, "{\"code\":\"rest_login_required\",\"message\":\"no\"}", NULL, 0, NULL
  };
  g_auto (Bench)          bench = bench_new (FALSE, "processing");
  g_auto (WbShopFindings) found = { 0 };

  bench.little->hook = be_site;
  bench.little->hook_data = (gpointer) &site;
  probe_ok (bench.shop, &found);
  g_assert_cmpint (found.orders, ==, 1);
  g_assert_null (found.zone);
}

static void
test_open (void)
{
  static const char *const secrets[] = { "ck_a", "cs_b", NULL };
  static const char *const none[] = { "ck_a", "", NULL };
  const WbShopProvider    *provider = wb_shop_find_provider ("woocommerce");
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autoptr (GError)       plain = NULL, missing = NULL, settings = NULL;
  g_autoptr (WbShop)       shop = NULL;

  g_assert_nonnull (provider);
  g_assert_cmpstr (provider->secrets[0], ==, "consumer_key");
  g_assert_cmpstr (provider->secrets[1], ==, "consumer_secret");
  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, "http://shop.example");
  g_assert_null (provider->open (connection, secrets, &plain));
  g_assert_error (plain, WB_ERROR, WB_ERROR_INVALID); /* not encrypted */
  wb_record_set_text (connection, WB_CONNECTION_BASE_URL,
                      "https://shop.example/sub/wp-json/wc/v3/");
  g_assert_null (provider->open (connection, none, &missing));
  g_assert_error (missing, WB_ERROR, WB_ERROR_AUTH);
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, "{\"statuses\":[]}");
  g_assert_null (provider->open (connection, secrets, &settings));
  g_assert_error (settings, WB_ERROR, WB_ERROR_INVALID);
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, NULL);
  shop = provider->open (connection, secrets, NULL);
  g_assert_nonnull (shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shops/woo/report/fulfilment", test_fulfilment);
  g_test_add_func ("/shops/woo/report/note", test_note);
  g_test_add_func ("/shops/woo/report/partial", test_partial);
  g_test_add_func ("/shops/woo/report/refunded-later", test_refunded_later);
  g_test_add_func ("/shops/woo/report/switched", test_switched);
  g_test_add_func ("/shops/woo/report/losses", test_losses);
  g_test_add_func ("/shops/woo/report/odd-answers", test_odd_answers);
  g_test_add_func ("/shops/woo/report/cannot-ask", test_cannot_ask);
  g_test_add_func ("/shops/woo/report/refused-states", test_refused_states);
  g_test_add_func ("/shops/woo/report/authorised", test_authorised);
  g_test_add_func ("/shops/woo/report/completed-before", test_completed_before);
  g_test_add_func ("/shops/woo/report/lines", test_lines);
  g_test_add_func ("/shops/woo/report/same-tracking", test_same_tracking);
  g_test_add_func ("/shops/woo/report/samples", test_samples);
  g_test_add_func ("/shops/woo/report/bad-requests", test_bad_requests);
  g_test_add_func ("/shops/woo/probe/findings", test_probe);
  g_test_add_func ("/shops/woo/probe/failures", test_probe_failures);
  g_test_add_func ("/shops/woo/probe/hidden-index", test_hidden_index);
  g_test_add_func ("/shops/woo/open", test_open);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost's recorded exchanges and documented samples: what they sent is read right, and we ask in
 * their form. */
#include "vendor-double.h"
#include "wb-easypost-private.h"
#include "wb-easypost.h"
#include "wb-test.h"

#include <string.h>

#define DOCUMENTED "easypost/docs-examples/docs/responses/"
#define HAR        "easypost/har/"

/* One recorded exchange. */
typedef struct
{
  const char *method;
  const char *url;
  const char *request; /* nullable */
  const char *reply;
  gint64      status;
} Exchange;

typedef void (*ExchangeFunc) (const Exchange *exchange, gpointer data);

static JsonNode *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = NULL;
  JsonNode          *root;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  root = wb_json_parse (text, -1, path, &error);
  g_assert_no_error (error);
  return root;
}

static void
for_each_in_file (const char *path, ExchangeFunc func, gpointer data)
{
  g_autoptr (JsonNode) root = load (path);
  WbJson               top = wb_json_root (root, "har");
  WbJson               log = wb_json_member (&top, "log");
  WbJson               entries;
  guint                n;

  g_assert_true (wb_json_array (&log, "entries", &entries, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson   entry = wb_json_element (&entries, i);
      WbJson   request = wb_json_member (&entry, "request");
      WbJson   response = wb_json_member (&entry, "response");
      WbJson   posted = wb_json_member (&request, "postData");
      WbJson   content = wb_json_member (&response, "content");
      Exchange exchange = { .method = wb_json_opt_string (&request, "method"),
                            .url = wb_json_opt_string (&request, "url"),
                            .request = wb_json_opt_string (&posted, "text"),
                            .reply = wb_json_opt_string (&content, "text") };

      g_assert_true (wb_json_int (&response, "status", &exchange.status, NULL));
      func (&exchange, data);
    }
}

static void
for_each (const char *folder, ExchangeFunc func, gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_equal (name, "recording.har"))
        for_each_in_file (path, func, data);
      else if (g_file_test (path, G_FILE_TEST_IS_DIR))
        for_each (path, func, data);
    }
}

/* ---- replies ---- */

typedef struct
{
  guint shipments;
  guint bought;
  guint refunds;
  guint tracked;
  guint placed;
  guint rates;
} Seen;

static void
check_rates (const WbJson *shipment, Seen *seen)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rates = wb_easypost_read_rates (shipment, &error);

  if (rates == NULL)
    {
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID); /* a purchase by ruleset keeps no list */
      return;
    }
  seen->rates += rates->len;
  for (guint i = 0; i < rates->len; i++)
    {
      g_assert_cmpstr (wb_record_get_text (rates->pdata[i], WB_RATE_REMOTE_ID), ==,
                       wb_json_opt_string (shipment, "id"));
      g_assert_cmpint (wb_record_get_int (rates->pdata[i], WB_RATE_DAYS), >, 0);
      g_assert_cmpstr (wb_record_get_text (rates->pdata[i], WB_RATE_CURRENCY), ==, "USD");
      if (i > 0)
        g_assert_cmpint (wb_record_get_int (rates->pdata[i], WB_RATE_COST), >=,
                         wb_record_get_int (rates->pdata[i - 1], WB_RATE_COST));
    }
}

static void
check_bought (const WbJson *shipment, Seen *seen)
{
  g_auto (WbPurchase) purchase = { 0 };
  g_autoptr (GBytes)  file = NULL;
  g_autoptr (GError)  error = NULL;
  WbVoidState         state;

  g_assert_true (wb_easypost_read_purchase (shipment, &purchase, &error));
  g_assert_no_error (error);
  seen->bought++;
  g_assert_true (g_str_has_prefix (purchase.remote_id, "shp_"));
  g_assert_true (g_str_has_prefix (purchase.tracking, "94"));
  if (purchase.tracking_url != NULL)
    g_assert_true (g_str_has_prefix (purchase.tracking_url, "https://track.easypost.com/"));
  seen->tracked += purchase.tracking_url != NULL;
  g_assert_cmpstr (purchase.carrier, ==, "USPS");
  g_assert_cmpstr (purchase.cost.currency, ==, "USD");
  g_assert_true (purchase.cost.minor == 593 || purchase.cost.minor == 607);
  /* One purchase, by a ruleset, has no tracker yet, and carries its label in the reply instead of
   * naming its place. */
  file = wb_easypost_label_file (shipment);
  if (file != NULL)
    g_assert_cmpstr (wb_label_sniff_format (file), ==, WB_FORMAT_PNG);
  g_assert_cmpint (file == NULL, ==, wb_easypost_label_url (shipment, NULL) != NULL);
  seen->placed += wb_easypost_label_url (shipment, WB_FORMAT_PNG) != NULL;
  g_assert_null (wb_easypost_label_url (shipment, WB_FORMAT_PDF));
  g_assert_true (wb_easypost_read_void (shipment, &state, &error));
  g_assert_true (state == WB_VOID_NOT_ASKED || state == WB_VOID_SUBMITTED);
  seen->refunds += state == WB_VOID_SUBMITTED;
}

static void
check_reply (const Exchange *exchange, gpointer data)
{
  g_autoptr (JsonNode) root =
      exchange->reply != NULL ? wb_json_parse (exchange->reply, -1, "reply", NULL) : NULL;
  WbJson shipment = wb_json_root (root, "shipment");
  WbJson label = wb_json_member (&shipment, "postage_label");
  Seen  *seen = data;

  if (root == NULL || g_strcmp0 (wb_json_opt_string (&shipment, "object"), "Shipment") != 0)
    return;
  seen->shipments++;
  check_rates (&shipment, seen);
  g_assert_cmpint (wb_easypost_is_bought (&shipment), ==, !wb_json_is_null (&label));
  if (wb_easypost_is_bought (&shipment))
    check_bought (&shipment, seen);
}

static void
test_shipments (void)
{
  g_autofree char *folder = wb_test_contract (HAR);
  Seen             seen = { 0 };

  if (folder == NULL)
    return;
  for_each (folder, check_reply, &seen);
  g_assert_cmpuint (seen.shipments, ==, 54);
  g_assert_cmpuint (seen.bought, ==, 29);
  g_assert_cmpuint (seen.tracked, ==, seen.bought - 1);
  g_assert_cmpuint (seen.placed, ==, seen.bought - 1);
  g_assert_cmpuint (seen.refunds, ==, 1);
  g_assert_cmpuint (seen.rates, ==, 53 * 3);
}

/* After a conversion both formats are named; before, only the one it was made in. */
static void
check_conversion (const Exchange *exchange, gpointer data)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               shipment;

  if (strstr (exchange->url, "/label?file_format=ZPL") == NULL)
    return;
  root = wb_json_parse (exchange->reply, -1, "reply", NULL);
  shipment = wb_json_root (root, "shipment");
  g_assert_true (g_str_has_suffix (wb_easypost_label_url (&shipment, WB_FORMAT_ZPL), ".zpl"));
  g_assert_true (g_str_has_suffix (wb_easypost_label_url (&shipment, WB_FORMAT_PNG), ".png"));
  g_assert_true (g_str_has_suffix (wb_easypost_label_url (&shipment, NULL), ".png"));
  *(guint *) data += 1;
}

static void
test_conversion (void)
{
  g_autofree char *folder = wb_test_contract (
      HAR "Shipment-Service_2987889512/converts-the-label-format-of-a-shipment_4034441427");
  guint seen = 0;

  if (folder == NULL)
    return;
  for_each (folder, check_conversion, &seen);
  g_assert_cmpuint (seen, ==, 1);
}

static void
check_documented (const char *name, gboolean bought, WbVoidState state)
{
  g_autofree char *path = g_strdup_printf ("easypost/docs-examples/docs/responses/%s.json", name);
  g_autofree char *full = wb_test_contract (path);
  g_autoptr (JsonNode) root = full != NULL ? load (full) : NULL;
  g_autoptr (GError)   error = NULL;
  g_auto (WbPurchase)  purchase = { 0 };
  WbVoidState          read;
  WbJson               shipment;

  if (root == NULL)
    return;
  shipment = wb_json_root (root, "shipment");
  g_assert_cmpint (wb_easypost_is_bought (&shipment), ==, bought);
  g_assert_true (wb_easypost_read_void (&shipment, &read, &error));
  g_assert_cmpint (read, ==, state);
  g_assert_cmpint (wb_easypost_read_purchase (&shipment, &purchase, NULL), ==, bought);
}

static void
test_documented (void)
{
  check_documented ("shipments/shipments-create", FALSE, WB_VOID_NOT_ASKED);
  check_documented ("shipments/shipments-buy", TRUE, WB_VOID_NOT_ASKED);
  check_documented ("shipments/shipments-label", TRUE, WB_VOID_NOT_ASKED);
  check_documented ("shipping-refund/shipping-refund-refund", TRUE, WB_VOID_SUBMITTED);
}

/* ---- addresses ---- */

static WbAddress *
asked_address (const WbJson *at)
{
  WbAddress *address = wb_address_new ();

  wb_record_set_text (address, WB_ADDRESS_NAME, wb_json_opt_string (at, "name"));
  wb_record_set_text (address, WB_ADDRESS_COMPANY, wb_json_opt_string (at, "company"));
  wb_record_set_text (address, WB_ADDRESS_STREET1, wb_json_opt_string (at, "street1"));
  wb_record_set_text (address, WB_ADDRESS_CITY, wb_json_opt_string (at, "city"));
  wb_record_set_text (address, WB_ADDRESS_REGION, wb_json_opt_string (at, "state"));
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, wb_json_opt_string (at, "zip"));
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, wb_json_opt_string (at, "country"));
  wb_record_set_text (address, WB_ADDRESS_EMAIL, wb_json_opt_string (at, "email"));
  wb_record_set_text (address, WB_ADDRESS_PHONE, wb_json_opt_string (at, "phone"));
  return address;
}

typedef struct
{
  guint good;
  guint doubtful;
  guint asked_in_our_form;
} Verified;

/* The same address in the recorded words makes the recorded request. */
static void
check_own_request (const Exchange *exchange, WbAddress *address, Verified *verified)
{
  g_autoptr (JsonNode) own = wb_easypost_address_to_json (address);
  g_autoptr (JsonNode) recorded = wb_json_parse (exchange->request, -1, "request", NULL);
  WbJson               top = wb_json_root (recorded, "request");
  WbJson               at = wb_json_member (&top, "address");

  if (!wb_json_bool (&top, "verify", FALSE) ||
      json_object_get_size (json_node_get_object (recorded)) != 2)
    return;
  g_assert_true (json_node_equal (own, at.node));
  verified->asked_in_our_form++;
}

static void
check_verification (const Exchange *exchange, gpointer data)
{
  g_autoptr (JsonNode) request =
      exchange->request != NULL ? wb_json_parse (exchange->request, -1, "request", NULL) : NULL;
  g_autoptr (JsonNode)  reply = wb_json_parse (exchange->reply, -1, "reply", NULL);
  WbJson                asked = wb_json_root (request, "request");
  WbJson                told = wb_json_root (reply, "reply");
  WbJson                address_asked = wb_json_member (&asked, "address");
  WbJson                inner = wb_json_member (&told, "address");
  WbJson                at = wb_json_is_object (&inner) ? inner : told;
  g_autoptr (WbAddress) address = NULL;
  g_autoptr (WbAddress) suggestion = NULL;
  g_autofree char      *remark = NULL;
  g_autoptr (GError)    error = NULL;
  WbAddressVerdict      verdict;
  Verified             *verified = data;

  if (!wb_json_is_object (&address_asked) || exchange->status >= 400 ||
      !g_str_equal (exchange->method, "POST"))
    return;
  address = asked_address (&address_asked);
  check_own_request (exchange, address, verified);
  g_assert_true (
      wb_easypost_read_verification (&at, address, &verdict, &suggestion, &remark, &error));
  g_assert_no_error (error);
  /* All but case and ZIP+4 is as asked in every recording; “success” beside an error is a doubt. */
  g_assert_null (suggestion);
  if (verdict == WB_ADDRESS_GOOD)
    {
      g_assert_null (remark);
      g_assert_cmpstr (wb_json_opt_string (&at, "zip"), ==, "90277-2506");
      verified->good++;
    }
  else
    {
      g_assert_cmpint (verdict, ==, WB_ADDRESS_DOUBTFUL);
      g_assert_nonnull (remark);
      verified->doubtful++;
    }
}

static void
test_addresses (void)
{
  g_autofree char *folder = wb_test_contract (HAR "Address-Service_1115845720");
  Verified         verified = { 0 };

  if (folder == NULL)
    return;
  for_each (folder, check_verification, &verified);
  g_assert_cmpuint (verified.good, ==, 2);
  g_assert_cmpuint (verified.doubtful, >=, 4);
  g_assert_cmpuint (verified.asked_in_our_form, >=, 1);
}

/* ---- requests ---- */

/* Every name we use must have been used by the recorded request, at the same place. */
static void
check_names (const WbJson *ours, const WbJson *recorded, const char *const *also)
{
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (ours->node));

  for (GList *l = names; l != NULL; l = l->next)
    {
      WbJson mine = wb_json_member (ours, l->data);
      WbJson theirs = wb_json_member (recorded, l->data);

      if (also != NULL && g_strv_contains (also, l->data))
        continue;
      if (theirs.node == NULL)
        g_error ("the recorded request has no %s", (char *) l->data);
      g_assert_cmpint (json_node_get_node_type (mine.node), ==,
                       json_node_get_node_type (theirs.node));
      if (JSON_NODE_HOLDS_OBJECT (mine.node))
        check_names (&mine, &theirs, also);
    }
}

static WbParcelAsk
recorded_ask (const WbJson *shipment, WbOrigin **from, WbAddress **to)
{
  WbJson from_at = wb_json_member (shipment, "from_address");
  WbJson to_at = wb_json_member (shipment, "to_address");

  *to = asked_address (&to_at);
  *from = wb_origin_new ();
  wb_record_set_text (*from, WB_ORIGIN_NAME, wb_json_opt_string (&from_at, "name"));
  wb_record_set_text (*from, WB_ORIGIN_STREET1, wb_json_opt_string (&from_at, "street1"));
  wb_record_set_text (*from, WB_ORIGIN_STREET2, wb_json_opt_string (&from_at, "street2"));
  wb_record_set_text (*from, WB_ORIGIN_CITY, wb_json_opt_string (&from_at, "city"));
  wb_record_set_text (*from, WB_ORIGIN_REGION, wb_json_opt_string (&from_at, "state"));
  wb_record_set_text (*from, WB_ORIGIN_POSTCODE, wb_json_opt_string (&from_at, "zip"));
  wb_record_set_text (*from, WB_ORIGIN_COUNTRY, wb_json_opt_string (&from_at, "country"));
  wb_record_set_text (*from, WB_ORIGIN_EMAIL, wb_json_opt_string (&from_at, "email"));
  wb_record_set_text (*from, WB_ORIGIN_PHONE, wb_json_opt_string (&from_at, "phone"));
  /* 10 x 8 x 4 in and 15.4 oz: 436.58 g, of which 436 g need the same tenth. */
  return (WbParcelAsk){ .from = *from,
                        .to = *to,
                        .reference = wb_json_opt_string (shipment, "reference"),
                        .weight_g = 436,
                        .length_mm = 254,
                        .width_mm = 203,
                        .height_mm = 101,
                        .label_format = WB_FORMAT_PNG };
}

static void
check_shipment_request (const Exchange *exchange, gpointer data)
{
  static const char *const also[] = { "label_size", NULL }; /* documented, not recorded here */
  g_autoptr (JsonNode)     recorded =
      exchange->request != NULL ? wb_json_parse (exchange->request, -1, "request", NULL) : NULL;
  WbJson                top = wb_json_root (recorded, "recorded");
  WbJson                shipment = wb_json_member (&top, "shipment");
  g_autoptr (WbOrigin)  from = NULL;
  g_autoptr (WbAddress) to = NULL;
  g_autofree char      *body = NULL;
  g_autoptr (JsonNode)  own = NULL;
  g_autoptr (GError)    error = NULL;
  WbParcelAsk           ask;
  WbJson                own_top, own_shipment;

  if (!wb_json_is_object (&shipment))
    return;
  ask = recorded_ask (&shipment, &from, &to);
  body = wb_easypost_shipment_body (&ask, &error);
  g_assert_no_error (error);
  own = wb_json_parse (body, -1, "own", &error);
  g_assert_no_error (error);
  own_top = wb_json_root (own, "own");
  check_names (&own_top, &top, also);
  own_shipment = wb_json_member (&own_top, "shipment");
  for (guint i = 0; i < 3; i++)
    {
      static const char *const same[] = { "from_address", "to_address", "reference" };
      WbJson                   mine = wb_json_member (&own_shipment, same[i]);
      WbJson                   theirs = wb_json_member (&shipment, same[i]);

      g_assert_true (json_node_equal (mine.node, theirs.node));
    }
  g_assert_nonnull (
      strstr (body, "\"parcel\":{\"length\":10.0,\"width\":8.0,\"height\":4.0,\"weight\":15.4}"));
  *(guint *) data += 1;
}

static void
test_shipment_request (void)
{
  g_autofree char *folder =
      wb_test_contract (HAR "Shipment-Service_2987889512/creates-a-shipment_2399399653");
  guint seen = 0;

  if (folder == NULL)
    return;
  for_each (folder, check_shipment_request, &seen);
  g_assert_cmpuint (seen, ==, 1);
}

/* ---- a whole recorded purchase, played back ---- */

static WbCarrier *
open_at (VendorDouble *vendor)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autofree char         *url = vendor_double_url (vendor, "");
  const char              *secrets[] = { "EZTK_recorded", NULL };
  g_autoptr (GError)       error = NULL;
  WbCarrier               *carrier;

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  carrier = wb_easypost_provider.open (connection, secrets, &error);
  g_assert_no_error (error);
  return carrier;
}

/* Recorded label addresses are long gone; the double has the labels instead. */
static char *
with_labels_here (VendorDouble *vendor, const char *reply)
{
  g_autoptr (GRegex) where =
      g_regex_new ("https://easypost-files\\.[^\"]*\\.(png|zpl)", 0, 0, NULL);
  g_autofree char *here = vendor_double_url (vendor, "/files/label.\\1");

  return g_regex_replace (where, reply, -1, 0, here, 0, NULL);
}

static void
script (const Exchange *exchange, gpointer data)
{
  VendorDouble    *vendor = data;
  const char      *path = exchange->url + strlen ("https://api.easypost.com");
  g_autofree char *bare = g_strndup (path, strcspn (path, "?"));
  g_autofree char *reply = with_labels_here (vendor, exchange->reply);

  vendor_double_say (vendor, exchange->method, bare, (guint) exchange->status, reply);
}

static void
test_played_back (void)
{
  g_autofree char *file =
      wb_test_contract (HAR "Shipment-Service_2987889512/"
                            "converts-the-label-format-of-a-shipment_4034441427/recording.har");
  g_autoptr (VendorDouble) vendor = NULL;
  g_autoptr (WbCarrier)    carrier = NULL;
  g_autoptr (WbOrigin)     from = wb_origin_new ();
  g_autoptr (WbAddress)    to = wb_address_new ();
  g_autoptr (GPtrArray)    rates = NULL;
  g_autoptr (GBytes)       zpl = g_bytes_new_static ("^XA^FDlabel^FS^XZ", 17);
  g_auto (WbPurchase)      purchase = { 0 };
  g_autoptr (GError)       error = NULL;
  WbParcelAsk              ask = {
                 .from = from, .to = to, .reference = "123", .weight_g = 436, .label_format = WB_FORMAT_ZPL
  };
  const char      *id, *rate;
  g_autofree char *buy_path = NULL;
  g_autofree char *buy_body = NULL;

  if (file == NULL)
    return;
  vendor = vendor_double_new ();
  carrier = open_at (vendor);
  for_each_in_file (file, script, vendor);
  vendor_double_bytes (vendor, "/files/label.zpl", "application/octet-stream", zpl);

  rates = wb_carrier_get_rates (carrier, &ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rates->len, ==, 3);
  g_assert_cmpint (wb_record_get_int (rates->pdata[0], WB_RATE_COST), ==, 593);
  g_assert_cmpstr (wb_record_get_text (rates->pdata[0], WB_RATE_SERVICE), ==, "GroundAdvantage");
  id = wb_record_get_text (rates->pdata[0], WB_RATE_REMOTE_ID);
  rate = wb_record_get_text (rates->pdata[0], WB_RATE_REF);
  g_assert_true (
      wb_carrier_buy (carrier, id, rate, WB_FORMAT_ZPL, (WbMoney){ 0 }, &purchase, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (purchase.format, ==, WB_FORMAT_ZPL);
  g_assert_true (g_bytes_equal (purchase.label, zpl));
  g_assert_true (wb_money_equal (purchase.cost, wb_money (593, "USD")));

  buy_path = g_strdup_printf ("/v2/shipments/%s/buy", id);
  buy_body = g_strdup_printf ("{\"rate\":{\"id\":\"%s\"}}", rate);
  g_assert_cmpstr (vendor_double_last (vendor, "POST", buy_path)->body, ==, buy_body);
  g_assert_cmpuint (vendor_double_count (vendor, "POST", buy_path), ==, 1);
}

/* An account's share of the value is what a documented purchase was charged for its insurance. */
static void
test_insurance (void)
{
  g_autofree char     *account = wb_test_contract (DOCUMENTED "users/users-retrieve.json");
  g_autofree char     *bought = wb_test_contract (DOCUMENTED "shipments/shipments-buy.json");
  g_autoptr (JsonNode) user = account != NULL ? load (account) : NULL;
  g_autoptr (JsonNode) root = bought != NULL ? load (bought) : NULL;
  g_autoptr (GError)   error = NULL;
  g_auto (WbPurchase)  purchase = { 0 };
  WbJson               at, shipment;
  gint64               fee = 0;

  if (user == NULL || root == NULL)
    return;
  at = wb_json_root (user, "user");
  shipment = wb_json_root (root, "shipment");
  g_assert_true (wb_easypost_read_purchase (&shipment, &purchase, &error));
  g_assert_no_error (error);
  g_assert_true (wb_money_equal (purchase.insured, wb_money (24999, "USD")));
  g_assert_true (wb_easypost_insurance_fee (&at, purchase.insured.minor, &fee, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fee, ==, 125); /* 1.24995 */
  g_assert_true (wb_money_equal (purchase.insurance_fee, wb_money (fee, "USD")));
  g_assert_true (wb_easypost_insurance_fee (&at, 1, &fee, &error));
  g_assert_cmpint (fee, ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/easypost/recorded/shipments", test_shipments);
  g_test_add_func ("/easypost/recorded/conversion", test_conversion);
  g_test_add_func ("/easypost/recorded/documented", test_documented);
  g_test_add_func ("/easypost/recorded/addresses", test_addresses);
  g_test_add_func ("/easypost/recorded/shipment-request", test_shipment_request);
  g_test_add_func ("/easypost/recorded/played-back", test_played_back);
  g_test_add_func ("/easypost/recorded/insurance", test_insurance);
  return g_test_run ();
}

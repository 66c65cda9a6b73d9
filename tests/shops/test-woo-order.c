/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a WooCommerce order: one test for each way in which its JSON surprises. */
#include <string.h>

#include "wb-test.h"
#include "wb-woo-order.h"
#include "wb-woo-text.h"

/* An order as both versions write it, with parts to be replaced. */
typedef struct
{
  const char *currency;
  const char *status;
  const char *total;
  const char *items;
  const char *shipping_lines;
  const char *more; /* members, each with a comma behind it */
  const char *address;
} Sample;

#define ADDRESS                                                                                    \
  "{\"first_name\":\"Ada\",\"last_name\":\"König\",\"company\":\"\",\"address_1\":\"Am Markt "    \
  "1\",\"address_2\":\"\","                                                                        \
  "\"city\":\"Köln\",\"state\":\"DE-NW\",\"postcode\":\"50667\",\"country\":\"DE\",\"phone\":"    \
  "\"\"}"
#define NO_ADDRESS                                                                                 \
  "{\"first_name\":\"\",\"last_name\":\"\",\"company\":\"\",\"address_1\":\"\",\"address_2\":"     \
  "\"\",\"city\":\"\","                                                                            \
  "\"state\":\"\",\"postcode\":\"\",\"country\":\"\",\"phone\":\"\"}"
#define ITEM(id, total, tax, rest)                                                                 \
  "{\"id\":" #id                                                                                   \
  ",\"name\":\"Tee\",\"product_id\":7,\"variation_id\":0,\"quantity\":2,\"subtotal\":\"" total     \
  "\",\"total\":\"" total "\",\"total_tax\":\"" tax                                                \
  "\",\"price\":0.42000000000000004,\"sku\":\"TEE\",\"meta_data\":[]" rest "}"

static char *
sample_text (const Sample *sample)
{
  return g_strdup_printf (
      "{\"id\":812,\"number\":\"A-812\",\"status\":\"%s\",\"currency\":\"%s\",\"total\":\"%s\","
      "\"total_tax\":\"0.00\","
      "\"date_created\":\"2026-11-18T11:00:00\",\"date_created_gmt\":\"2026-11-18T10:00:00\","
      "\"date_modified_gmt\":\"2026-11-18T10:30:00\",\"date_modified\":\"2026-11-18T11:30:00\",%s"
      "\"billing\":{\"first_name\":\"Ada\",\"last_name\":\"König\",\"email\":\"ada@example.org\","
      "\"phone\":\"0221 1\"},"
      "\"shipping\":%s,\"line_items\":[%s],\"shipping_lines\":[%s]}",
      sample->status != NULL ? sample->status : "processing",
      sample->currency != NULL ? sample->currency : "EUR", sample->total,
      sample->more != NULL ? sample->more : "", sample->address != NULL ? sample->address : ADDRESS,
      sample->items != NULL ? sample->items : "",
      sample->shipping_lines != NULL ? sample->shipping_lines : "");
}

static WbOrder *
parse_text (const char *text, const char *settings, GError **error)
{
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root = wb_json_parse (text, -1, "order", &local);
  g_auto (WbWooReader) reader = { 0 };
  WbJson               at = wb_json_root (root, "order");

  g_assert_no_error (local);
  wb_woo_reader_init (&reader, NULL, settings, &local);
  g_assert_no_error (local);
  return wb_woo_order_parse (&at, &reader, error);
}

static WbOrder *
parse (const Sample *sample)
{
  g_autofree char   *text = sample_text (sample);
  g_autoptr (GError) error = NULL;
  WbOrder           *order = parse_text (text, NULL, &error);

  g_assert_no_error (error);
  return order;
}

static void
assert_refused (const Sample *sample, const char *place)
{
  g_autofree char    *text = sample_text (sample);
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = parse_text (text, NULL, &error);

  g_assert_null (order);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, place));
}

static gpointer
line_of (WbOrder *order, guint index)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  g_assert_cmpuint (index, <, lines->len);
  return lines->pdata[index];
}

/* The law of this module: all lines together are the total. */
static void
assert_sum (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     sum = 0;

  for (guint i = 0; i < lines->len; i++)
    sum += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
           wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
  g_assert_cmpint (sum, ==, wb_record_get_int (order, WB_ORDER_TOTAL));
}

static guint
count_kind (WbOrder *order, const char *kind)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), kind);
  return n;
}

#define assert_text(record, field, expected)                                                       \
  g_assert_cmpstr (wb_record_get_text (record, field), ==, expected)
#define assert_int(record, field, expected)                                                        \
  g_assert_cmpint (wb_record_get_int (record, field), ==, expected)

static void
test_head (void)
{
  g_autoptr (WbOrder) order =
      parse (&(Sample){ .total = "402.60",
                        .items = ITEM (1, "402.60", "0.00", ""),
                        .more = "\"customer_id\":0,\"customer_note\":\"Bitte\\nklingeln 🙂\","
                                "\"date_paid_gmt\":\"2026-11-18T10:01:00\"," });
  gpointer ship_to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  assert_text (order, WB_ORDER_REMOTE_ID, "812");
  assert_text (order, WB_ORDER_NUMBER, "A-812");
  assert_text (order, WB_ORDER_CURRENCY, "EUR");
  assert_int (order, WB_ORDER_TOTAL, 40260);
  assert_text (order, WB_ORDER_CUSTOMER_REF, NULL); /* a guest */
  assert_text (order, WB_ORDER_CUSTOMER_NAME, "Ada König");
  assert_text (order, WB_ORDER_NOTE, "Bitte\nklingeln 🙂");
  assert_text (order, WB_ORDER_CHARGE_STATE, WB_CHARGE_PAID);
  assert_text (ship_to, WB_ADDRESS_COMPANY, NULL);
  assert_text (ship_to, WB_ADDRESS_PHONE, "0221 1");
  assert_text (ship_to, WB_ADDRESS_REGION, "DE-NW");
  assert_int (order, WB_ORDER_ITEM_COUNT, 2);
  assert_sum (order);
}

/* Trap 4: the shop-local dates are not used; the *_gmt ones are UTC although they have no Z. */
static void
test_dates (void)
{
  g_autoptr (WbOrder) order = parse (&(Sample){ .total = "0.00" });
  g_autofree char    *placed = wb_instant_to_iso (wb_record_get_int (order, WB_ORDER_PLACED_AT));
  g_autofree char *modified = wb_instant_to_iso (wb_record_get_int (order, WB_ORDER_MODIFIED_AT));

  g_assert_cmpstr (placed, ==, "2026-11-18T10:00:00Z");
  g_assert_cmpstr (modified, ==, "2026-11-18T10:30:00Z");
  assert_int (order, WB_ORDER_PAID_AT, 0);
}

/* Trap 11: two decimals for a currency that has none; a float is no money. */
static void
test_yen (void)
{
  g_autoptr (WbOrder) whole = parse (&(Sample){
      .currency = "JPY", .total = "94811.00", .items = ITEM (1, "94811.00", "0.00", "") });
  g_autoptr (WbOrder) part = parse (
      &(Sample){ .currency = "JPY",
                 .total = "94811.20",
                 .items = ITEM (1, "47405.60", "0.00", "") "," ITEM (2, "47405.60", "0.00", "") });
  g_autoptr (WbOrder) fine = parse (
      &(Sample){ .currency = "KWD", .total = "1.255", .items = ITEM (1, "1.255", "0.000", "") });

  assert_int (whole, WB_ORDER_TOTAL, 94811);
  g_assert_cmpuint (count_kind (whole, WB_LINE_ADJUSTMENT), ==, 0);
  assert_int (part, WB_ORDER_TOTAL, 94811);
  assert_int (line_of (part, 0), WB_ORDER_LINE_TOTAL, 47406); /* rounded, and the sum kept */
  g_assert_cmpuint (count_kind (part, WB_LINE_ADJUSTMENT), ==, 1);
  assert_sum (part);
  assert_int (fine, WB_ORDER_TOTAL, 1255);
}

static void
test_rounding (void)
{
  static const struct
  {
    const char *text;
    gint64      minor;
  } cases[] = {
    { "0.004", 0 },    { "0.005", 1 },        { "-0.004", 0 },    { "-0.005", -1 },
    { "1.9975", 200 }, { "12.344999", 1234 }, { "-2.505", -251 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char     *text = g_strdup_printf ("{\"a\":\"%s\"}", cases[i].text);
      g_autoptr (JsonNode) root = wb_json_parse (text, -1, "x", NULL);
      WbJson               at = wb_json_root (root, "x");
      gint64               minor = 99;

      g_assert_true (wb_woo_order_amount (&at, "a", 2, &minor, NULL));
      g_assert_cmpint (minor, ==, cases[i].minor);
    }
}

static void
test_float_money (void)
{
  assert_refused (&(Sample){ .total = "", .items = "" }, "order.total: expected a decimal string");
  assert_refused (
      &(Sample){ .total = "4.20",
                 .items =
                     "{\"id\":1,\"name\":\"x\",\"product_id\":1,\"variation_id\":0,\"quantity\":1,"
                     "\"total\":4.2,\"total_tax\":\"0.00\",\"subtotal\":\"4.20\"}" },
      "order.line_items[0].total: expected a decimal string, found a number");
  assert_refused (&(Sample){ .total = "4,20" }, "order.total: ");
  assert_refused (&(Sample){ .total = "9223372036854775808.00" }, "order.total: ");
}

/* Lines, shipping twice, a negative fee, a coupon and taxes: their sum is the total. */
static void
test_lines (void)
{
  g_autoptr (WbOrder) order = parse (
      &(Sample){ .total = "22.61",
                 .items = ITEM (1, "10.00", "1.90", ""),
                 .shipping_lines =
                     "{\"id\":2,\"method_title\":\"DHL "
                     "Paket\",\"method_id\":\"flat_rate\",\"instance_id\":\"3\",\"total\":\"5.00\","
                     "\"total_tax\":\"0.95\"},{\"id\":3,\"method_title\":\"Insel\",\"method_id\":"
                     "\"x\",\"total\":\"5.00\",\"total_tax\":\"0.95\"}",
                 .more = "\"fee_lines\":[{\"id\":4,\"name\":\"Skonto\",\"total\":\"-1.00\",\"total_"
                         "tax\":\"-0.19\"}],"
                         "\"coupon_lines\":[{\"id\":5,\"code\":\"herbst\",\"discount\":\"2.00\","
                         "\"discount_tax\":\"0.38\"}],"
                         "\"tax_lines\":[{\"id\":6,\"label\":\"MwSt.\",\"rate_percent\":19,\"tax_"
                         "total\":\"1.71\",\"shipping_tax_total\":\"1.90\"}]," });

  g_assert_cmpuint (wb_record_get_many (order, WB_ORDER_LINES)->len, ==, 6);
  assert_sum (order);
  assert_text (order, WB_ORDER_SERVICE_ASKED, "DHL Paket + Insel");
  assert_int (line_of (order, 3), WB_ORDER_LINE_TOTAL, -100);
  assert_int (line_of (order, 3), WB_ORDER_LINE_TAX, -19);
  assert_text (line_of (order, 4), WB_ORDER_LINE_KIND, WB_LINE_COUPON);
  assert_int (line_of (order, 4), WB_ORDER_LINE_SUBTOTAL, -200);
  assert_int (line_of (order, 4), WB_ORDER_LINE_TOTAL, 0);
  assert_int (line_of (order, 5), WB_ORDER_LINE_SUBTOTAL, 361);
  assert_int (line_of (order, 5), WB_ORDER_LINE_TAX, 0);
  assert_int (line_of (order, 1), WB_ORDER_LINE_QUANTITY, 0); /* only items have pieces */
}

/* A total is never recomputed: what the lines leave over (a gift card) is a line. */
static void
test_adjustment (void)
{
  g_autoptr (WbOrder) order =
      parse (&(Sample){ .total = "15.00", .items = ITEM (1, "20.00", "0.00", "") });

  assert_int (order, WB_ORDER_TOTAL, 1500);
  assert_text (line_of (order, 1), WB_ORDER_LINE_KIND, WB_LINE_ADJUSTMENT);
  assert_int (line_of (order, 1), WB_ORDER_LINE_TOTAL, -500);
  assert_sum (order);
}

#define REFS(product, variation, sku, meta)                                                        \
  "{\"id\":1,\"name\":\"Tee\",\"product_id\":" #product ",\"variation_id\":" #variation            \
  ",\"quantity\":1,"                                                                               \
  "\"subtotal\":\"1.00\",\"total\":\"1.00\",\"total_tax\":\"0.00\",\"sku\":" sku                   \
  ",\"parent_name\":null,\"meta_data\":[" meta "]}"

/* Trap 13: a deleted product, a variation, a deleted variation that shows its parent's SKU. */
static void
test_deleted (void)
{
  g_autoptr (WbOrder) gone = parse (&(Sample){ .total = "1.00", .items = REFS (0, 0, "null", "") });
  g_autoptr (WbOrder) there =
      parse (&(Sample){ .total = "1.00", .items = REFS (22, 23, "\"TEE-RED\"", "") });
  g_autoptr (WbOrder) lost = parse (&(Sample){
      .total = "1.00",
      .items = REFS (22, 0, "\"TEE\"", "{\"id\":1,\"key\":\"pa_color\",\"value\":\"red\"}") });
  g_autoptr (WbOrder) number =
      parse (&(Sample){ .total = "1.00", .items = REFS (22, 0, "123", "") });

  assert_text (line_of (gone, 0), WB_ORDER_LINE_PRODUCT_REF, NULL);
  assert_text (line_of (gone, 0), WB_ORDER_LINE_SKU, NULL);
  assert_text (line_of (gone, 0), WB_ORDER_LINE_NAME, "Tee");
  assert_text (line_of (there, 0), WB_ORDER_LINE_PRODUCT_REF, "22");
  assert_text (line_of (there, 0), WB_ORDER_LINE_VARIATION_REF, "23");
  assert_text (line_of (there, 0), WB_ORDER_LINE_SKU, "TEE-RED");
  assert_text (line_of (lost, 0), WB_ORDER_LINE_PRODUCT_REF, "22");
  assert_text (line_of (lost, 0), WB_ORDER_LINE_VARIATION_REF, NULL);
  assert_text (line_of (lost, 0), WB_ORDER_LINE_SKU, NULL);
  assert_text (line_of (number, 0), WB_ORDER_LINE_SKU, "123");
}

/* Traps 14, 15, 17: meta values of every type; hidden ones left out; entities and tags of plug-ins
 * made text. */
static void
test_options (void)
{
  g_autoptr (WbOrder) order = parse (&(Sample){
      .total = "1.00",
      .items = REFS (
          22, 23, "\"X\"",
          "{\"key\":\"_reduced_stock\",\"value\":\"1\",\"display_key\":\"_reduced_stock\","
          "\"display_value\":\"1\"},"
          "{\"key\":\"pa_size\",\"value\":\"m\",\"display_key\":\"Size\",\"display_value\":\"<p>M</"
          "p>\"},"
          "{\"key\":\"Box\",\"value\":\"x\",\"display_key\":\"Box\",\"display_value\":\"10 &times; "
          "20 &#8211; a < b &amp; c\"},"
          "{\"key\":\"list\",\"value\":[],\"display_key\":\"Picks\",\"display_value\":[\"a\",\"b\","
          "[1,true]]},"
          "{\"key\":\"obj\",\"value\":{},\"display_key\":\"Weight\",\"display_value\":{\"_u\":1,"
          "\"v\":2.2999999999999998,\"unit\":\"kg\"}},"
          "{\"key\":\"none\",\"value\":\"\",\"display_key\":\"None\",\"display_value\":\"\"},"
          "{\"key\":\"plug\",\"value\":\"1\",\"display_key\":\"_hidden\",\"display_value\":\"1\"},"
          "{\"key\":\"pa_old\",\"value\":7}") });

  assert_text (
      line_of (order, 0), WB_ORDER_LINE_OPTIONS,
      "Size: M\nBox: 10 × 20 – a < b & c\nPicks: a, b, 1, yes\nWeight: v: 2.3, unit: kg\nold: 7");
}

/* What the merchant names stands on the slip, hidden or not: of a line with it, of the order with
 * its first article. */
static void
test_slip_meta (void)
{
  static const char    settings[] = "{\"slip_meta\":[\"gift_message\",\"_engraving\"]}";
  g_autoptr (GError)   error = NULL;
  g_autofree char     *text = sample_text (&(Sample){
          .total = "2.00",
          .more = "\"meta_data\":[{\"key\":\"gift_message\",\"value\":\"Alles Gute &amp; bis bald\"},"
                      "{\"key\":\"_engraving\",\"value\":\"\"},"
                      "{\"key\":\"_other\",\"value\":\"secret\"}],",
          .items = ITEM (1, "1.00", "0.00", "") "," REFS (
              22, 23, "\"X\"",
              "{\"key\":\"_engraving\",\"value\":\"Oma\",\"display_key\":\"_engraving\","
                  "\"display_value\":\"Oma\"}") });
  g_autoptr (WbOrder)  named = parse_text (text, settings, &error);
  g_autoptr (WbOrder)  plain = parse_text (text, NULL, NULL);
  g_auto (WbWooReader) reader = { 0 };

  g_assert_no_error (error);
  assert_text (line_of (named, 0), WB_ORDER_LINE_OPTIONS, "Gift message: Alles Gute & bis bald");
  assert_text (line_of (named, 1), WB_ORDER_LINE_OPTIONS, "Engraving: Oma");
  g_assert_null (wb_record_get_text (line_of (plain, 0), WB_ORDER_LINE_OPTIONS));
  g_assert_null (wb_record_get_text (line_of (plain, 1), WB_ORDER_LINE_OPTIONS));
  g_assert_false (wb_woo_reader_init (&reader, "EUR", "{\"slip_meta\":[7]}", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
test_plain (void)
{
  static const char *const cases[][2] = {
    { "I <3 you & me", "I <3 you & me" },
    { "&lt;b&gt;", "<b>" },
    { "&#x1F642;&#128578;", "🙂🙂" },
    { "&nosuch; &amp", "&nosuch; &amp" },
    { "a<br/>b<!-- x -->", "a b" },
    { "&#0; &#xffffffff;", "&#0; &#xffffffff;" },
    { "5 > 3 < 4", "5 > 3 < 4" },
    { "<unclosed", "<unclosed" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = wb_woo_text_plain (cases[i][0]);

      g_assert_cmpstr (plain, ==, cases[i][1]);
    }
}

/* Trap 17: names and addresses are plain text: nothing in them is decoded or taken for a tag. */
static void
test_raw_text (void)
{
  g_autoptr (WbOrder) order = parse (&(Sample){
      .total = "0.00",
      .address = "{\"first_name\":\"\",\"last_name\":\"\",\"company\":\"Bäckerei Süß & Söhne GmbH "
                 "<Köln>\","
                 "\"address_1\":\"Hof &amp; 1\",\"city\":\"Köln\",\"country\":\"DE\"}" });
  gpointer            ship_to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  assert_text (ship_to, WB_ADDRESS_COMPANY, "Bäckerei Süß & Söhne GmbH <Köln>");
  assert_text (ship_to, WB_ADDRESS_STREET1, "Hof &amp; 1");
}

/* Trap 16: no flag says what needs shipping. */
static void
test_virtual (void)
{
  g_autoptr (WbOrder) course = parse (&(Sample){ .total = "1.00",
                                                 .items = REFS (5, 0, "\"C\"", ""),
                                                 .address = NO_ADDRESS,
                                                 .more = "\"needs_processing\":true," });
  g_autoptr (WbOrder) pickup = parse (
      &(Sample){ .total = "1.00",
                 .items = REFS (5, 0, "\"C\"", ""),
                 .address = NO_ADDRESS,
                 .shipping_lines = "{\"id\":9,\"method_title\":\"Pickup\",\"method_id\":\"local_"
                                   "pickup\",\"total\":\"0.00\",\"total_tax\":\"0.00\"}" });
  g_autoptr (WbOrder) parcel =
      parse (&(Sample){ .total = "1.00", .items = REFS (5, 0, "\"C\"", "") });

  g_assert_null (wb_record_get_one (course, WB_ORDER_SHIP_TO));
  g_assert_false (wb_record_get_bool (line_of (course, 0), WB_ORDER_LINE_NEEDS_SHIPPING));
  g_assert_true (wb_record_get_bool (line_of (pickup, 0), WB_ORDER_LINE_NEEDS_SHIPPING));
  g_assert_true (wb_record_get_bool (line_of (parcel, 0), WB_ORDER_LINE_NEEDS_SHIPPING));
}

static void
assert_state (const char *status, const char *more, const char *settings, const char *state)
{
  g_autofree char    *text = sample_text (&(Sample){
         .status = status, .total = "10.00", .more = more, .items = ITEM (1, "10.00", "0.00", "") });
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = parse_text (text, settings, &error);

  g_assert_no_error (error);
  assert_text (order, WB_ORDER_REMOTE_STATUS, status);
  assert_text (order, WB_ORDER_SHOP_STATE, state);
}

/* Trap 18 and the ways money is held. */
static void
test_states (void)
{
#define META(key, value) "\"meta_data\":[{\"id\":1,\"key\":\"" key "\",\"value\":\"" value "\"}],"
  assert_state ("pending", NULL, NULL, WB_SHOP_UNPAID);
  assert_state ("processing", NULL, NULL, WB_SHOP_OPEN);
  assert_state ("completed", NULL, NULL, WB_SHOP_DONE);
  assert_state ("cancelled", NULL, NULL, WB_SHOP_CANCELLED);
  assert_state ("refunded", NULL, NULL, WB_SHOP_CANCELLED);
  assert_state ("trash", NULL, NULL, WB_SHOP_CANCELLED);
  assert_state ("failed", NULL, NULL, WB_SHOP_UNPAID);
  assert_state ("on-hold", "\"payment_method\":\"bacs\",", NULL, WB_SHOP_UNPAID);
  assert_state ("on-hold", "\"payment_method\":\"stripe\"," META ("_stripe_intent_id", "pi_1"),
                NULL, WB_SHOP_OPEN);
  assert_state ("on-hold", "\"payment_method\":\"stripe\",\"transaction_id\":\"pi_2\",", NULL,
                WB_SHOP_OPEN);
  assert_state ("on-hold", "\"payment_method\":\"stripe_sepa\"," META ("_stripe_intent_id", "pi_1"),
                NULL, WB_SHOP_UNPAID);
  /* paid, and then put on hold by a person */
  assert_state ("on-hold", "\"date_paid_gmt\":\"2026-11-18T10:00:00\",\"transaction_id\":\"pi_2\",",
                NULL, WB_SHOP_UNPAID);
  /* a plug-in's own status: shipped only when somebody said so */
  assert_state ("awaiting-pickup", NULL, NULL, WB_SHOP_UNPAID);
  assert_state ("awaiting-pickup", NULL, "{\"statuses\":{\"wc-awaiting-pickup\":\"open\"}}",
                WB_SHOP_OPEN);
  assert_state ("processing", NULL, "{\"statuses\":{\"processing\":\"unpaid\"}}", WB_SHOP_UNPAID);
}

static void
test_settings (void)
{
  g_auto (WbWooReader) reader = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autofree char     *open = NULL;

  g_assert_false (
      wb_woo_reader_init (&reader, "EUR", "{\"statuses\":{\"packed\":\"shipped\"}}", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (
      error->message, "settings.statuses.packed: expected one of unpaid, open, done, cancelled"));
  g_assert_null (reader.statuses);
  g_assert_true (wb_woo_reader_init (
      &reader, "EUR", "{\"statuses\":{\"packed\":\"open\",\"gone\":\"done\"}}", NULL));
  open = wb_woo_state_open_list (&reader);
  g_assert_cmpstr (open, ==, "processing,on-hold,packed");
}

static void
test_payment_ref (void)
{
  g_autoptr (WbOrder) stripe = parse (&(Sample){
      .total = "1.00",
      .items = REFS (5, 0, "\"C\"", ""),
      .more =
          "\"transaction_id\":\"ch_9\",\"meta_data\":[{\"key\":\"_intent_id\",\"value\":\"pi_low\"}"
          ","
          "{\"key\":\"_stripe_intent_id\",\"value\":\"pi_top\"},{\"key\":\"x\",\"value\":{}}]," });
  g_autoptr (WbOrder) paypal = parse (&(Sample){
      .total = "1.00", .items = REFS (5, 0, "\"C\"", ""), .more = "\"transaction_id\":\"5XT\"," });
  g_autoptr (WbOrder) none =
      parse (&(Sample){ .total = "0.00", .more = "\"transaction_id\":\"\"," });

  assert_text (stripe, WB_ORDER_PAYMENT_REF, "pi_top");
  assert_text (stripe, WB_ORDER_CHARGE_STATE, WB_CHARGE_UNKNOWN);
  assert_text (paypal, WB_ORDER_PAYMENT_REF, "5XT");
  assert_text (paypal, WB_ORDER_CHARGE_STATE, WB_CHARGE_UNPAID);
  assert_text (none, WB_ORDER_PAYMENT_REF, NULL);
  assert_text (none, WB_ORDER_CHARGE_STATE, WB_CHARGE_NONE);
}

static void
join (WbOrder *order, const char *refunds)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wb_json_parse (refunds, -1, "refunds", &error);
  WbJson               at = wb_json_root (root, "refunds");

  g_assert_no_error (error);
  g_assert_true (wb_woo_order_join_refunds (order, &at, &error));
}

/* Traps 12 and 23: quantities fall only in the refunds; “-” is an amount; 99 of 2 are taken without
 * a word. */
static void
test_refunds (void)
{
  g_autoptr (WbOrder) order =
      parse (&(Sample){ .total = "40.00",
                        .items = ITEM (1, "20.00", "0.00", "") "," ITEM (2, "20.00", "0.00", ""),
                        .more = "\"refunds\":[{\"id\":90,\"reason\":\"broken\",\"total\":\"-2.50\"}"
                                ",{\"id\":91,\"reason\":\"\",\"total\":\"-\"},"
                                "{\"id\":92,\"reason\":\"\",\"total\":\"-0.00\"}]," });
  GPtrArray *refunds = wb_record_get_many (order, WB_ORDER_REFUNDS);

  g_assert_cmpuint (refunds->len, ==, 3);
  assert_int (order, WB_ORDER_TOTAL, 4000);
  assert_int (order, WB_ORDER_REFUNDED_TOTAL, 250);
  assert_int (refunds->pdata[0], WB_REFUND_AMOUNT, 250);
  assert_int (refunds->pdata[1], WB_REFUND_AMOUNT, 0);
  assert_text (order, WB_ORDER_SHOP_STATE, WB_SHOP_OPEN);
  join (order,
        "[{\"id\":90,\"amount\":\"2.50\",\"date_created_gmt\":\"2026-11-19T08:00:00\",\"line_"
        "items\":["
        "{\"quantity\":-1,\"meta_data\":[{\"key\":\"_refunded_item_id\",\"value\":\"1\"}]},"
        "{\"quantity\":-99,\"meta_data\":[{\"key\":\"_refunded_item_id\",\"value\":2}]},"
        "{\"quantity\":-1,\"meta_data\":[{\"key\":\"_refunded_item_id\",\"value\":\"555\"}]},"
        "{\"quantity\":0,\"meta_data\":[]}]},{\"id\":91,\"amount\":\"\",\"line_items\":[]}]");
  assert_int (line_of (order, 0), WB_ORDER_LINE_QUANTITY, 2);
  assert_int (line_of (order, 0), WB_ORDER_LINE_CANCELLED, 1);
  assert_int (line_of (order, 1), WB_ORDER_LINE_CANCELLED, 2);
  g_assert_cmpint (wb_record_get_int (refunds->pdata[0], WB_REFUND_AT), >, 0);
  g_assert_cmpint (wb_order_to_ship (order), ==, 1);
}

/* Cloth by the metre: one piece, whatever its measure. */
static void
test_part_of_piece (void)
{
  const char         *item = "{\"id\":1,\"name\":\"Cloth\",\"product_id\":7,\"variation_id\":0,"
                             "\"quantity\":2.5,\"subtotal\":\"10.00\","
                             "\"total\":\"10.00\",\"total_tax\":\"0.00\",\"meta_data\":[]}";
  g_autoptr (WbOrder) order = parse (&(Sample){ .total = "10.00", .items = item });

  assert_int (line_of (order, 0), WB_ORDER_LINE_QUANTITY, 1);
  assert_text (line_of (order, 0), WB_ORDER_LINE_OPTIONS, "Quantity: 2.5");
#define BACK(quantity, total)                                                                      \
  "[{\"id\":1,\"line_items\":[{\"quantity\":" quantity ",\"total\":\"" total                       \
  "\",\"meta_data\":[{\"key\":\"_refunded_item_id\",\"value\":\"1\"}]}]}]"
  join (order, BACK ("-0.5", "-2.00"));
  assert_int (line_of (order, 0), WB_ORDER_LINE_CANCELLED, 0);
  join (order, BACK ("-2.5", "-10.00"));
  assert_int (line_of (order, 0), WB_ORDER_LINE_CANCELLED, 1);
}

/* Trap 24: 7.9.0 leaves a fully refunded order processing where 11.0.1 says refunded: the same to
 * us. */
static void
test_full_refund (void)
{
  assert_state ("processing", "\"refunds\":[{\"id\":1,\"reason\":\"\",\"total\":\"-10.00\"}],",
                NULL, WB_SHOP_CANCELLED);
  assert_state ("refunded", "\"refunds\":[{\"id\":1,\"reason\":\"\",\"total\":\"-10.00\"}],", NULL,
                WB_SHOP_CANCELLED);
  assert_state ("completed", "\"refunds\":[{\"id\":1,\"reason\":\"\",\"total\":\"-10.00\"}],", NULL,
                WB_SHOP_DONE);
  assert_state ("processing", "\"refunds\":[{\"id\":1,\"reason\":\"\",\"total\":\"-9.99\"}],", NULL,
                WB_SHOP_OPEN);
}

/* What is no order says where it is wrong. */
static void
test_broken (void)
{
  static const char *const cases[][2] = {
    { "[]", "order: expected an order, found a list" },
    { "{}", "order.id: expected a whole number, found nothing" },
    { "{\"id\":\"7\",\"status\":\"x\"}", "order.id: expected a whole number, found a text" },
    { "{\"id\":7,\"status\":null}", "order.status: expected a text, found null" },
    { "{\"id\":7,\"status\":\"processing\",\"total\":\"1\"}",
      "order.currency: expected a currency" },
    { "{\"id\":7,\"status\":\"processing\",\"total\":\"1\",\"currency\":\"EUR\",\"line_items\":{}}",
      "order.line_items: expected a list" },
    { "{\"id\":7,\"status\":\"processing\",\"total\":\"1\",\"currency\":\"EUR\",\"line_items\":[{"
      "\"id\":1,\"quantity\":\"2\"}]}",
      "order.line_items[0].quantity: expected a whole number, found a text" },
    { "{\"id\":7,\"status\":\"processing\",\"total\":\"1\",\"currency\":\"EUR\",\"line_items\":[{"
      "\"id\":1,\"quantity\":-1.5}]}",
      "order.line_items[0].quantity: expected a quantity" },
    { "{\"id\":7,\"status\":\"processing\",\"total\":\"1\",\"currency\":\"EUR\",\"line_items\":[{"
      "\"id\":1,\"quantity\":-1}]}",
      "order.line_items[0].quantity: expected a quantity" },
    { "{\"id\":7,\"status\":\"processing\",\"total\":\"1\",\"currency\":\"EUR\",\"date_created_"
      "gmt\":\"yesterday\"}",
      "order.date_created_gmt: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (WbOrder) order = parse_text (cases[i][0], NULL, &error);

      g_assert_null (order);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, cases[i][1]));
    }
}

/* ---- the vendor's own samples ---- */

typedef struct
{
  guint orders;
  guint exact;
  guint refused;
} Tally;

static void
read_order (const WbJson *at, Tally *tally)
{
  g_auto (WbWooReader) reader = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autoptr (WbOrder)  order = NULL;

  g_assert_true (wb_woo_reader_init (&reader, "USD", NULL, NULL));
  order = wb_woo_order_parse (at, &reader, &error);
  tally->orders++;
  if (order == NULL)
    {
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("refused: %s", error->message);
      tally->refused++;
      return;
    }
  assert_sum (order);
  tally->exact += count_kind (order, WB_LINE_ADJUSTMENT) == 0;
}

/* An order, a list of them, or either below “data”. */
static void
read_sample (const WbJson *at, Tally *tally)
{
  WbJson data = wb_json_member (at, "data");
  WbJson lines = wb_json_member (at, "line_items");
  WbJson total = wb_json_member (at, "total");

  if (wb_json_is_array (at))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (at->node)); i++)
      {
        WbJson item = wb_json_element (at, i);

        read_sample (&item, tally);
      }
  else if (!wb_json_is_null (&data))
    read_sample (&data, tally);
  else if (!wb_json_is_null (&lines) && !wb_json_is_null (&total))
    read_order (at, tally);
}

static Tally
read_folder (const char *path, const char *prefix)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;
  Tally            tally = { 0 };

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char     *file = g_build_filename (path, name, NULL);
      g_autofree char     *text = NULL;
      gsize                size;
      g_autoptr (JsonNode) root = NULL;
      WbJson               at;

      if (strstr (name, prefix) == NULL || strstr (name, "request") != NULL ||
          !g_file_get_contents (file, &text, &size, NULL))
        continue;
      root = wb_json_parse (text, (gssize) size, name, NULL); /* some are broken on purpose */
      at = wb_json_root (root, name);
      if (root != NULL)
        read_sample (&at, &tally);
    }
  g_test_message ("%s: %u orders, %u exact without an adjustment, %u refused", prefix, tally.orders,
                  tally.exact, tally.refused);
  return tally;
}

static void
test_docs_samples (void)
{
  g_autofree char *path = wb_test_contract ("woocommerce/docs-samples");
  Tally            tally;

  if (path == NULL)
    return;
  tally = read_folder (path, "orders__");
  g_assert_cmpuint (tally.orders, >=, 5);
  g_assert_cmpuint (tally.refused, ==, 0);
  g_assert_cmpuint (tally.exact, ==, tally.orders);
}

static void
test_ios_samples (void)
{
  g_autofree char *path = wb_test_contract ("woocommerce/ios-test-responses");
  Tally            tally;

  if (path == NULL)
    return;
  tally = read_folder (path, "order");
  g_assert_cmpuint (tally.orders, >=, 20);
  g_assert_cmpuint (tally.refused, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shops/woo/order/head", test_head);
  g_test_add_func ("/shops/woo/order/dates", test_dates);
  g_test_add_func ("/shops/woo/order/yen", test_yen);
  g_test_add_func ("/shops/woo/order/rounding", test_rounding);
  g_test_add_func ("/shops/woo/order/float-money", test_float_money);
  g_test_add_func ("/shops/woo/order/lines", test_lines);
  g_test_add_func ("/shops/woo/order/adjustment", test_adjustment);
  g_test_add_func ("/shops/woo/order/deleted", test_deleted);
  g_test_add_func ("/shops/woo/order/options", test_options);
  g_test_add_func ("/shops/woo/order/slip-meta", test_slip_meta);
  g_test_add_func ("/shops/woo/order/plain-text", test_plain);
  g_test_add_func ("/shops/woo/order/raw-text", test_raw_text);
  g_test_add_func ("/shops/woo/order/virtual", test_virtual);
  g_test_add_func ("/shops/woo/order/states", test_states);
  g_test_add_func ("/shops/woo/order/settings", test_settings);
  g_test_add_func ("/shops/woo/order/payment-ref", test_payment_ref);
  g_test_add_func ("/shops/woo/order/refunds", test_refunds);
  g_test_add_func ("/shops/woo/order/part-of-piece", test_part_of_piece);
  g_test_add_func ("/shops/woo/order/full-refund", test_full_refund);
  g_test_add_func ("/shops/woo/order/broken", test_broken);
  g_test_add_func ("/shops/woo/order/docs-samples", test_docs_samples);
  g_test_add_func ("/shops/woo/order/ios-samples", test_ios_samples);
  return g_test_run ();
}

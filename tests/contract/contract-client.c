/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs our own client code once through everything it can ask of a vendor, for the contract tests
 * to look at what it sends. Arguments: stripe=URL intents=PI,PI,… easypost=URL shop=URL order=ID
 * paypal=URL sales=REF,REF,…
 */
#include "wb-carrier.h"
#include "wb-gateway.h"
#include "wb-shop.h"

#include <stdio.h>
#include <string.h>

static const char *
argument (char **argv, const char *name)
{
  gsize size = strlen (name);

  for (guint i = 1; argv[i] != NULL; i++)
    if (strncmp (argv[i], name, size) == 0 && argv[i][size] == '=')
      return argv[i] + size + 1;
  return NULL;
}

static WbConnection *
connection_to (const char *url)
{
  WbConnection *connection = wb_connection_new ();

  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, url);
  wb_record_set_text (connection, WB_CONNECTION_CURRENCY, "EUR");
  return connection;
}

/* A step's own words in front of what went wrong in it. */
static gboolean
step (const char *name, gboolean fine, GError **error)
{
  printf ("%s: %s\n", name, fine ? "ok" : "failed");
  if (!fine)
    g_prefix_error (error, "%s: ", name);
  return fine;
}

/* ---- the gateway ---- */

static gboolean
move_money (WbGateway *gateway, char **intents, GError **error)
{
  g_autoptr (WbPayment) payment = wb_gateway_read_payment (gateway, intents[0], NULL, error);
  g_autoptr (WbPayment) later = NULL;
  g_auto (WbMovement)   captured = { 0 };
  g_auto (WbMovement)   found = { 0 };
  g_auto (WbMovement)   refunded = { 0 };
  g_auto (WbMovement)   found_refund = { 0 };
  WbMoneyAsk            ask = { intents[0], wb_money (500, "EUR"), "key-capture-1", "P-contract-1",
                                wb_now () };
  WbMoneyAsk            back = { intents[0], wb_money (200, "EUR"), "key-refund-1", "P-contract-1",
                                 wb_now () };
  WbMoneyAsk rest = { intents[1], wb_money (0, "EUR"), "key-cancel-1", "P-contract-2", wb_now () };

  if (!step ("read payment", payment != NULL, error) ||
      !step ("capture", wb_gateway_capture (gateway, &ask, &captured, NULL, error), error) ||
      !step ("find capture",
             wb_gateway_find_capture (gateway, &ask, &found, NULL, error) == WB_MOVEMENT_FOUND,
             error) ||
      !step ("refund", wb_gateway_refund (gateway, &back, &refunded, NULL, error), error) ||
      !step ("find refund",
             wb_gateway_find_refund (gateway, &back, &found_refund, NULL, error) ==
                 WB_MOVEMENT_FOUND,
             error) ||
      !step ("cancel", wb_gateway_cancel (gateway, &rest, NULL, error), error))
    return FALSE;
  later = wb_gateway_read_payment (gateway, intents[0], NULL, error);
  return step ("read again", later != NULL, error);
}

/* Its balance, its payouts and what is in them, and what happened. */
static gboolean
read_books (WbGateway *gateway, GError **error)
{
  g_auto (WbMoneyPage)  money = { 0 };
  g_auto (WbMoneyPage)  more = { 0 };
  g_auto (WbMoneyPage)  events = { 0 };
  g_autoptr (GPtrArray) payouts = NULL;
  guint                 opened = 0;

  if (!step ("list money", wb_gateway_list_money (gateway, NULL, &money, NULL, error), error) ||
      !step ("list money on", wb_gateway_list_money (gateway, money.cursor, &more, NULL, error),
             error) ||
      !step ("list events", wb_gateway_list_events (gateway, "1/1/", &events, NULL, error), error))
    return FALSE;
  payouts = wb_gateway_list_payouts (gateway, 1, NULL, error);
  if (!step ("list payouts", payouts != NULL && payouts->len > 0, error))
    return FALSE;
  for (guint i = 0; i < payouts->len; i++)
    {
      g_autoptr (GPtrArray) items = NULL;

      if (!wb_record_get_bool (payouts->pdata[i], WB_PAYOUT_ITEMISED))
        continue;
      items = wb_gateway_list_payout_items (
          gateway, wb_record_get_text (payouts->pdata[i], WB_PAYOUT_REF), NULL, error);
      if (!step ("open a payout", items != NULL && items->len > 0, error))
        return FALSE;
      opened++;
    }
  return step ("some payouts", opened > 0, error);
}

static gboolean
read_disputed (WbGateway *gateway, const char *ref, GError **error)
{
  g_autoptr (WbPayment) payment =
      ref != NULL ? wb_gateway_read_payment (gateway, ref, NULL, error) : NULL;

  return ref == NULL ||
         step ("read a disputed payment",
               payment != NULL && wb_record_get_int (payment, WB_PAYMENT_DISPUTED) > 0, error);
}

static gboolean
run_gateway (const char *url, const char *intent_list, GError **error)
{
  const char              *secrets[] = { "sk_test_practice", NULL };
  g_autoptr (WbConnection) connection = connection_to (url);
  g_autoptr (WbGateway)    gateway =
      wb_gateway_find_provider ("stripe")->open (connection, secrets, error);
  g_auto (GStrv)   intents = g_strsplit (intent_list, ",", -1);
  g_autofree char *summary = NULL;

  if (!step ("open the gateway", gateway != NULL, error) ||
      !step ("probe the gateway", wb_gateway_probe (gateway, &summary, NULL, error), error))
    return FALSE;
  return move_money (gateway, intents, error) && read_books (gateway, error) &&
         read_disputed (gateway, intents[2], error);
}

/* ---- the gateway that has accounts ---- */

static WbPayment *
find_sale (WbGateway *gateway, char **refs, gboolean renewable, const char *but, GError **error)
{
  for (guint i = 0; refs[i] != NULL; i++)
    {
      g_autoptr (WbPayment) payment = g_strcmp0 (refs[i], but) != 0
                                          ? wb_gateway_read_payment (gateway, refs[i], NULL, error)
                                          : NULL;

      if (*error != NULL)
        return NULL;
      if (payment != NULL && wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 1000 &&
          (!renewable || (wb_record_get_text (payment, WB_PAYMENT_REAUTHORISE) != NULL &&
                          wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_FROM) < wb_now ())))
        return g_steal_pointer (&payment);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "no such sale");
  return NULL;
}

static gboolean
renew_and_capture (WbGateway *gateway, WbPayment *sale, GError **error)
{
  g_auto (WbRenewal)  renewal = { 0 };
  g_auto (WbMovement) captured = { 0 };
  WbMoneyAsk          renew = { wb_record_get_text (sale, WB_PAYMENT_REF),
                                wb_record_get_money (sale, WB_PAYMENT_CAPTURABLE), "key-renew-1",
                                "P-contract-3", wb_now () };
  WbMoneyAsk          take = renew;

  if (!step ("renew", wb_gateway_reauthorise (gateway, &renew, &renewal, NULL, error), error))
    return FALSE;
  take.payment_ref = renewal.payment_ref;
  take.amount = wb_money (400, renewal.amount.currency);
  take.key = "key-capture-3";
  return step ("capture the renewed", wb_gateway_capture (gateway, &take, &captured, NULL, error),
               error);
}

static gboolean
move_sale (WbGateway *gateway, WbPayment *sale, GError **error)
{
  const char           *ref = wb_record_get_text (sale, WB_PAYMENT_REF);
  const char           *currency = wb_record_get_text (sale, WB_PAYMENT_CURRENCY);
  g_auto (WbMovement)   captured = { 0 }, found = { 0 }, refunded = { 0 }, found_refund = { 0 };
  g_autoptr (GPtrArray) refundable = NULL;
  WbMoneyAsk ask = { ref, wb_money (500, currency), "key-capture-1", "P-contract-1", wb_now () };
  WbMoneyAsk back = { NULL, wb_money (200, currency), "key-refund-1", "P-contract-1", wb_now () };
  WbMoneyAsk rest = { ref, wb_money (0, currency), "key-void-1", "P-contract-1", wb_now () };

  if (!step ("capture", wb_gateway_capture (gateway, &ask, &captured, NULL, error), error) ||
      !step ("find capture",
             wb_gateway_find_capture (gateway, &ask, &found, NULL, error) == WB_MOVEMENT_FOUND,
             error))
    return FALSE;
  refundable = wb_gateway_list_refundable (gateway, ref, NULL, error);
  if (!step ("list refundable", refundable != NULL && refundable->len == 1, error))
    return FALSE;
  back.payment_ref = ((WbMovement *) refundable->pdata[0])->ref;
  return step ("refund", wb_gateway_refund (gateway, &back, &refunded, NULL, error), error) &&
         step ("find refund",
               wb_gateway_find_refund (gateway, &back, &found_refund, NULL, error) ==
                   WB_MOVEMENT_FOUND,
               error) &&
         step ("void the rest", wb_gateway_cancel (gateway, &rest, NULL, error), error);
}

static gboolean
run_paypal (const char *url, const char *sale_list, GError **error)
{
  const char              *secrets[] = { "practice-client", "practice-secret", NULL };
  g_autoptr (WbConnection) connection = connection_to (url);
  g_autoptr (WbGateway)    gateway =
      wb_gateway_find_provider ("paypal")->open (connection, secrets, error);
  g_auto (GStrv)        refs = g_strsplit (sale_list, ",", -1);
  g_autofree char      *summary = NULL;
  g_autoptr (WbPayment) old = NULL, other = NULL;
  g_auto (WbMoneyPage)  money = { 0 };

  if (!step ("open the gateway", gateway != NULL, error) ||
      !step ("probe the gateway", wb_gateway_probe (gateway, &summary, NULL, error), error))
    return FALSE;
  old = find_sale (gateway, refs, TRUE, NULL, error);
  if (!step ("a sale to renew", old != NULL, error))
    return FALSE;
  other = find_sale (gateway, refs, FALSE, wb_record_get_text (old, WB_PAYMENT_REF), error);
  return step ("a sale to capture", other != NULL, error) &&
         renew_and_capture (gateway, old, error) && move_sale (gateway, other, error) &&
         step ("list money", wb_gateway_list_money (gateway, NULL, &money, NULL, error), error);
}

/* ---- the carrier ---- */

static gboolean
buy_label (WbCarrier *carrier, const WbParcelAsk *ask, GError **error)
{
  g_autoptr (GPtrArray) rates = wb_carrier_get_rates (carrier, ask, NULL, error);
  g_auto (WbPurchase)   bought = { 0 };
  g_auto (WbPurchase)   found = { 0 };
  WbVoidState           state;
  WbRecord             *rate;
  const char           *remote_id;

  if (!step ("rates", rates != NULL && rates->len > 0, error))
    return FALSE;
  rate = g_ptr_array_index (rates, 0);
  remote_id = wb_record_get_text (rate, WB_RATE_REMOTE_ID);
  return step ("buy",
               wb_carrier_buy (carrier, remote_id, wb_record_get_text (rate, WB_RATE_REF),
                               ask->label_format, (WbMoney){ 0 }, &bought, NULL, error),
               error) &&
         step ("find the purchase",
               wb_carrier_find_purchase (carrier, NULL, ask->reference, ask->label_format, &found,
                                         NULL, error) == WB_PURCHASE_FOUND,
               error) &&
         step ("void", wb_carrier_void_label (carrier, remote_id, &state, NULL, error), error) &&
         step ("find the void",
               wb_carrier_find_void (carrier, remote_id, NULL, error) != WB_VOID_UNKNOWN, error);
}

static WbAddress *
make_address (void)
{
  WbAddress *address = wb_address_new ();

  wb_record_set_text (address, WB_ADDRESS_NAME, "Elizabeth Swan");
  wb_record_set_text (address, WB_ADDRESS_STREET1, "179 N Harbor Dr");
  wb_record_set_text (address, WB_ADDRESS_CITY, "Redondo Beach");
  wb_record_set_text (address, WB_ADDRESS_REGION, "CA");
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, "90277");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "US");
  wb_record_set_text (address, WB_ADDRESS_PHONE, "5555555555");
  wb_record_set_text (address, WB_ADDRESS_EMAIL, "test@example.com");
  return address;
}

static WbOrigin *
make_origin (void)
{
  WbOrigin *origin = wb_origin_new ();

  wb_record_set_text (origin, WB_ORIGIN_NAME, "Jack Sparrow");
  wb_record_set_text (origin, WB_ORIGIN_STREET1, "388 Townsend St");
  wb_record_set_text (origin, WB_ORIGIN_STREET2, "Apt 20");
  wb_record_set_text (origin, WB_ORIGIN_CITY, "San Francisco");
  wb_record_set_text (origin, WB_ORIGIN_REGION, "CA");
  wb_record_set_text (origin, WB_ORIGIN_POSTCODE, "94107");
  wb_record_set_text (origin, WB_ORIGIN_COUNTRY, "US");
  wb_record_set_text (origin, WB_ORIGIN_PHONE, "5555555555");
  wb_record_set_text (origin, WB_ORIGIN_ZONE, "America/Los_Angeles");
  return origin;
}

static gboolean
run_carrier (const char *url, GError **error)
{
  const char              *secrets[] = { "EZTK_practice", NULL };
  g_autoptr (WbConnection) connection = connection_to (url);
  g_autoptr (WbCarrier)    carrier =
      wb_carrier_find_provider ("easypost")->open (connection, secrets, error);
  g_autoptr (WbAddress) to = make_address ();
  g_autoptr (WbOrigin)  from = make_origin ();
  g_autoptr (WbAddress) suggestion = NULL;
  g_autofree char      *summary = NULL;
  g_autofree char      *remark = NULL;
  WbAddressVerdict      verdict;
  char                  today[WB_DATE_SIZE];
  WbParcelAsk ask = { .from = from, .to = to, .reference = "P-contract-1", .ship_date = today };

  ask.weight_g = 437;
  ask.length_mm = 254;
  ask.width_mm = 203;
  ask.height_mm = 102;
  ask.currency = "USD";
  ask.value_minor = 4650;
  ask.label_format = WB_FORMAT_PNG;
  return step ("open the carrier", carrier != NULL, error) &&
         step ("date", wb_date_at (wb_now (), "America/Los_Angeles", today, error), error) &&
         step ("probe the carrier", wb_carrier_probe (carrier, &summary, NULL, error), error) &&
         step ("verify an address",
               wb_carrier_verify_address (carrier, to, &verdict, &suggestion, &remark, NULL, error),
               error) &&
         buy_label (carrier, &ask, error);
}

/* ---- the shop ---- */

static gboolean
count_page (GPtrArray  *orders,
            GPtrArray  *raws,
            GPtrArray  *problems,
            const char *cursor,
            gint64      done,
            gint64      total,
            gpointer    data,
            GError    **error)
{
  *(guint *) data += orders->len;
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    printf ("problem: %s\n", (const char *) g_ptr_array_index (problems, i));
  if (problems == NULL || problems->len == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%u orders could not be read", problems->len);
  return FALSE;
}

static gboolean
report_order (WbShop *shop, const char *ref, GError **error)
{
  g_autoptr (GBytes)  raw = NULL;
  g_autoptr (WbOrder) order = wb_shop_fetch_order (shop, ref, &raw, NULL, error);
  g_autofree char    *remote_id = NULL;
  g_autofree char    *found = NULL;
  g_autofree char    *line = NULL;
  const char         *lines[] = { NULL, NULL };
  gint64              quantities[] = { 1 };
  WbFulfilment        told = { .order_ref = ref, .reference = "P-contract-1" };

  if (!step ("fetch an order", order != NULL, error))
    return FALSE;
  line = g_strdup (wb_record_get_text (
      g_ptr_array_index (wb_record_get_many (order, WB_ORDER_LINES), 0), WB_ORDER_LINE_REMOTE_ID));
  lines[0] = line;
  told.carrier = "DHLPaket";
  told.service = "DHLPaket";
  told.tracking = "00340123456789012345";
  told.tracking_url = "https://track.example/00340123456789012345";
  told.ship_date = "2026-11-22";
  told.line_refs = lines;
  told.quantities = quantities;
  told.completes = TRUE;
  told.notify_customer = TRUE;
  return step ("report", wb_shop_report (shop, &told, &remote_id, NULL, error), error) &&
         step ("find the report",
               wb_shop_find_report (shop, &told, &found, NULL, error) == WB_FINDING_DONE, error);
}

static gboolean
run_shop (const char *url, const char *order, GError **error)
{
  const char              *secrets[] = { "ck_practice", "cs_practice", NULL };
  g_autoptr (WbConnection) connection = connection_to (url);
  g_autoptr (WbShop)       shop =
      wb_shop_find_provider ("woocommerce")->open (connection, secrets, error);
  g_auto (WbShopFindings) findings = { 0 };
  guint                   n = 0;

  return step ("open the shop", shop != NULL, error) &&
         step ("probe the shop", wb_shop_probe (shop, &findings, NULL, error), error) &&
         step ("fetch orders", wb_shop_fetch_orders (shop, NULL, count_page, &n, NULL, error),
               error) &&
         step ("some orders", n > 0, error) && report_order (shop, order, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char        *stripe = argument (argv, "stripe");
  const char        *easypost = argument (argv, "easypost");
  const char        *shop = argument (argv, "shop");
  const char        *paypal = argument (argv, "paypal");
  gboolean           fine = TRUE;

  fine = fine && (stripe == NULL || run_gateway (stripe, argument (argv, "intents"), &error));
  fine = fine && (paypal == NULL || run_paypal (paypal, argument (argv, "sales"), &error));
  fine = fine && (easypost == NULL || run_carrier (easypost, &error));
  fine = fine && (shop == NULL || run_shop (shop, argument (argv, "order"), &error));
  if (!fine)
    printf ("%s\n", error != NULL ? error->message : "not as expected, without an error");
  return fine ? 0 : 1;
}

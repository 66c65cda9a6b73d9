/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rating: a shipment is made at EasyPost, which asks every carrier account for its price. */
#include "wb-easypost-private.h"

#include "wb-text.h"

#include <string.h>

#define MAX_REFERENCE 35

static char *
quoted (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return wb_json_to_text (node);
}

/* The three sizes go together or not at all; only the weight is a must. */
static char *
parcel_text (const WbParcelAsk *ask, GError **error)
{
  char weight[WB_MONEY_TEXT_SIZE], length[WB_MONEY_TEXT_SIZE], width[WB_MONEY_TEXT_SIZE],
      height[WB_MONEY_TEXT_SIZE];

  if (!wb_easypost_ounces (ask->weight_g, weight, error))
    return NULL;
  if (ask->length_mm <= 0 && ask->width_mm <= 0 && ask->height_mm <= 0)
    return g_strdup_printf ("{\"weight\":%s}", weight);
  if (!wb_easypost_inches (ask->length_mm, length, error) ||
      !wb_easypost_inches (ask->width_mm, width, error) ||
      !wb_easypost_inches (ask->height_mm, height, error))
    return NULL;
  return g_strdup_printf ("{\"length\":%s,\"width\":%s,\"height\":%s,\"weight\":%s}", length, width,
                          height, weight);
}

static char *
options_text (const WbParcelAsk *ask, GError **error)
{
  g_autofree char *format =
      g_ascii_strup (ask->label_format != NULL ? ask->label_format : WB_FORMAT_PDF, -1);
  g_autofree char *quoted_format = quoted (format);
  g_autofree char *date = NULL;
  const char      *signature = ask->signature ? ",\"delivery_confirmation\":\"SIGNATURE\"" : "";

  if (ask->ship_date == NULL)
    return g_strdup_printf ("{\"label_format\":%s,\"label_size\":\"4x6\"%s}", quoted_format,
                            signature);
  if ((date = wb_easypost_label_date (
           ask->ship_date, wb_record_get_text (ask->from, WB_ORIGIN_ZONE), error)) == NULL)
    return NULL;
  return g_strdup_printf ("{\"label_date\":\"%s\",\"label_format\":%s,\"label_size\":\"4x6\"%s}",
                          date, quoted_format, signature);
}

/**
 * wb_easypost_shipment_body:
 * Returns: (transfer full): the body that rates @ask. It is written as text, because the decimals
 * of the parcel are exact texts and must not pass through a floating-point number.
 * %WB_ERROR_INVALID for a parcel without weight or a bad date.
 */
char *
wb_easypost_shipment_body (const WbParcelAsk *ask, GError **error)
{
  g_autoptr (JsonNode) from = wb_easypost_origin_to_json (ask->from);
  g_autoptr (JsonNode) to = wb_easypost_address_to_json (ask->to);
  g_autofree char     *from_text = wb_json_to_text (from);
  g_autofree char     *to_text = wb_json_to_text (to);
  g_autofree char     *parcel = parcel_text (ask, error);
  g_autofree char     *options = parcel != NULL ? options_text (ask, error) : NULL;
  g_autofree char     *reference = NULL, *customs = NULL;

  if (options == NULL)
    return NULL;
  if (wb_text_is_empty (ask->reference) || strlen (ask->reference) > MAX_REFERENCE)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "“%s” cannot be a parcel's reference: 1 to %d characters",
                   ask->reference != NULL ? ask->reference : "", MAX_REFERENCE);
      return NULL;
    }
  if (!wb_easypost_customs_text (ask, &customs, error))
    return NULL;
  reference = quoted (ask->reference);
  return g_strdup_printf ("{\"shipment\":{\"from_address\":%s,\"to_address\":%s,\"parcel\":%s,"
                          "\"options\":%s,\"reference\":%s%s%s}}",
                          from_text, to_text, parcel, options, reference,
                          ask->customs != NULL ? ",\"customs_info\":" : "",
                          ask->customs != NULL ? customs : "");
}

static WbRate *
read_rate (const WbJson *at, const char *shipment_id, GError **error)
{
  g_autoptr (WbRate) rate = wb_rate_new ();
  const char        *currency = wb_json_opt_string (at, "currency");
  const char        *id = wb_json_string (at, "id", error);
  const char        *carrier = id != NULL ? wb_json_string (at, "carrier", error) : NULL;
  const char        *service = carrier != NULL ? wb_json_string (at, "service", error) : NULL;
  gint64             cost, days;

  if (service == NULL)
    return NULL;
  if (!wb_currency_is_valid (currency))
    currency = "USD"; /* EasyPost's own currency where an account tells none */
  if (!wb_json_decimal (at, "rate", wb_currency_exponent (currency), &cost, error) ||
      !wb_json_opt_int (at, "delivery_days", 0, &days, error) ||
      (days == 0 && !wb_json_opt_int (at, "est_delivery_days", 0, &days, error)))
    return NULL;
  wb_record_set_text (rate, WB_RATE_REF, id);
  wb_record_set_text (rate, WB_RATE_REMOTE_ID, shipment_id);
  wb_record_set_text (rate, WB_RATE_CARRIER, carrier);
  wb_record_set_text (rate, WB_RATE_SERVICE, service);
  wb_record_set_text (rate, WB_RATE_CURRENCY, currency);
  wb_record_set_int (rate, WB_RATE_COST, cost);
  wb_record_set_int (rate, WB_RATE_DAYS, days);
  return g_steal_pointer (&rate);
}

/* Cheapest first; the quicker of two at one price. An account has one currency, others sort behind
 * it. */
static gint
compare_rates (gconstpointer a, gconstpointer b)
{
  WbRate *first = *(WbRate *const *) a;
  WbRate *second = *(WbRate *const *) b;
  gint64  cost[] = { wb_record_get_int (first, WB_RATE_COST),
                     wb_record_get_int (second, WB_RATE_COST) };
  gint64  days[] = { wb_record_get_int (first, WB_RATE_DAYS),
                     wb_record_get_int (second, WB_RATE_DAYS) };
  int     currency = strcmp (wb_record_get_text (first, WB_RATE_CURRENCY),
                             wb_record_get_text (second, WB_RATE_CURRENCY));

  if (currency != 0)
    return currency;
  if (cost[0] != cost[1])
    return cost[0] < cost[1] ? -1 : 1;
  return days[0] < days[1] ? -1 : days[0] > days[1];
}

/* “UPS: Account numbers should be 6 characters or less.; USPS: …” */
static char *
carriers_words (const WbJson *shipment)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WbJson              messages;
  guint               n;

  if (!wb_json_array (shipment, "messages", &messages, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson      one = wb_json_element (&messages, i);
      const char *carrier = wb_json_opt_string (&one, "carrier");
      const char *message = wb_json_opt_string (&one, "message");

      if (message != NULL)
        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "; " : "",
                                carrier != NULL ? carrier : "", carrier != NULL ? ": " : "",
                                message);
    }
  return text->len > 0 ? wb_text_one_line (text->str) : NULL;
}

static void
fail_no_rate (const WbJson *shipment, GError **error)
{
  g_autofree char *words = carriers_words (shipment);

  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "EasyPost offers no rate for this parcel%s%s",
               words != NULL ? ". " : ": no carrier of the account serves this address and size",
               words != NULL ? words : "");
}

/**
 * wb_easypost_read_rates:
 * Returns: (transfer full) (element-type WbRate): the rates of @shipment, cheapest first, never
 * none: without a rate %WB_ERROR_REFUSED with what each carrier said. EasyPost tells no expiry; an
 * old rate is refused when it is bought.
 */
GPtrArray *
wb_easypost_read_rates (const WbJson *shipment, GError **error)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func (g_object_unref);
  const char           *id = wb_json_string (shipment, "id", error);
  WbJson                list;
  guint                 n;

  if (id == NULL || !wb_json_array (shipment, "rates", &list, &n, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson  one = wb_json_element (&list, i);
      WbRate *rate = read_rate (&one, id, error);

      if (rate == NULL)
        return NULL;
      g_ptr_array_add (rates, rate);
    }
  if (rates->len == 0)
    {
      fail_no_rate (shipment, error);
      return NULL;
    }
  g_ptr_array_sort (rates, compare_rates);
  return g_steal_pointer (&rates);
}

/**
 * wb_easypost_get_rates: wb_carrier_get_rates(). Each call makes a new shipment at EasyPost under
 * the same reference; an unbought one costs nothing, so the request may be repeated.
 */
GPtrArray *
wb_easypost_get_rates (WbCarrier         *carrier,
                       const WbParcelAsk *ask,
                       GCancellable      *cancellable,
                       GError           **error)
{
  WbEasypost               *self = WB_EASYPOST (carrier);
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("POST", "/shipments");
  g_autofree char          *text = wb_easypost_shipment_body (ask, error);
  g_autoptr (GBytes)        body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (JsonNode)      root = NULL;
  WbJson                    shipment;

  if (body == NULL)
    return NULL;
  wb_http_request_set_body (request, body, "application/json");
  wb_http_request_set_effect (request, FALSE);
  if ((root = wb_easypost_call (self, request, cancellable, error)) == NULL)
    return NULL;
  shipment = wb_json_root (root, "shipment");
  return wb_easypost_read_rates (&shipment, error);
}

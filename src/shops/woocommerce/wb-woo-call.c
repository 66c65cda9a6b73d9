/* SPDX-License-Identifier: GPL-3.0-or-later
 * One call to a WooCommerce shop, and what its refusals mean in words a merchant can act on. */
#include "wb-woo-shop.h"

#include <stdio.h>
#include <string.h>

#include "wb-text.h"

#define MOST_READINGS 3  /* of a reply that comes cut */
#define CLOCK_SLACK   60 /* seconds; shops refuse a signature that is 15 minutes off */

/** wb_woo_shop_request: Returns: (transfer full): a request below the REST root; @format makes the
 * path, “/orders/%s”. */
WbHttpRequest *
wb_woo_shop_request (const char *method, const char *format, ...)
{
  g_autofree char *path = NULL;
  g_autofree char *full = NULL;
  va_list          args;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  full = g_strconcat (WB_WOO_ROOT, path, NULL);
  return wb_http_request_new (method, full);
}

/** wb_woo_shop_check_ref: whether @order_ref is an order id of WooCommerce: digits. It becomes part
 * of an address. */
gboolean
wb_woo_shop_check_ref (const char *order_ref, GError **error)
{
  if (order_ref != NULL && *order_ref != '\0' && strlen (order_ref) < 20 &&
      strspn (order_ref, "0123456789") == strlen (order_ref))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not the number of a WooCommerce order",
               order_ref != NULL ? order_ref : "");
  return FALSE;
}

/* ---- the shop's clock ---- */

/** wb_woo_shop_see_clock: learns the shop's clock from the `Date` of a reply. */
void
wb_woo_shop_see_clock (WbWooShop *self, const WbHttpResponse *response)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  const char              *date = wb_http_response_get_header (response, "Date");
  char                     month[4] = "";
  int                      day, year, hour, minute, second;
  g_autoptr (GDateTime)    time = NULL;
  guint                    m = 0;

  if (date == NULL || sscanf (date, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour,
                              &minute, &second) != 6)
    return;
  while (m < G_N_ELEMENTS (months) && !g_str_equal (months[m], month))
    m++;
  if (m < G_N_ELEMENTS (months))
    time = g_date_time_new_utc (year, (int) m + 1, day, hour, minute, second);
  if (time == NULL)
    return;
  self->clock_known = TRUE;
  self->clock_offset = g_date_time_to_unix (time) - wb_now ();
  wb_http_set_clock_offset (self->http, self->clock_offset);
}

/** wb_woo_shop_get_clock: see wb_shop_get_clock(). */
gboolean
wb_woo_shop_get_clock (WbShop *shop, gint64 *offset)
{
  WbWooShop *self = WB_WOO_SHOP (shop);

  if (self->clock_known)
    *offset = self->clock_offset;
  return self->clock_known;
}

/* A signature dated 20 minutes off is refused: know the shop's clock before the first one. What an
 * earlier connection saw will do: when it is wrong by now the refusal itself tells the time. */
static void
ensure_clock (WbWooShop *self, GCancellable *cancellable)
{
  g_autoptr (WbHttpRequest)  request = NULL;
  g_autoptr (WbHttpResponse) response = NULL;

  if (self->clock_known || self->clock_remembered ||
      g_str_has_prefix (wb_http_get_base_url (self->http), "https:"))
    return;
  request = wb_http_request_new ("GET", "/wp-json/");
  response = wb_http_send (self->open, request, cancellable, NULL);
  if (response != NULL)
    wb_woo_shop_see_clock (self, response);
}

/* ---- refusals ---- */

/** wb_woo_shop_code: Returns: (transfer full) (nullable): the shop's word for what is wrong:
 * “rest_no_route”. */
char *
wb_woo_shop_code (const WbHttpResponse *response)
{
  g_autoptr (JsonNode) root =
      wb_json_parse_bytes (wb_http_response_get_body (response), "the reply", NULL);
  WbJson at = wb_json_root (root, "reply");

  return g_strdup (root != NULL ? wb_json_opt_string (&at, "code") : NULL);
}

/* The shop's code, a word in its (maybe translated) message, and what to do. The first that fits
 * wins. */
static const struct
{
  guint       status;
  const char *code;
  const char *word;
  WbError     error;
  const char *advice;
} refusals[] = {
  { 401, "woocommerce_rest_authentication_error", "write perm", WB_ERROR_AUTH,
    "The consumer key may only read. In WooCommerce, under Settings, Advanced, REST API, give it "
    "the permission Read/Write" },
  { 401, "woocommerce_rest_authentication_error", "read perm", WB_ERROR_AUTH,
    "The consumer key may only write. In WooCommerce, under Settings, Advanced, REST API, give it "
    "the permission Read/Write" },
  { 401, "woocommerce_rest_authentication_error", "imestamp", WB_ERROR_AUTH,
    "The clocks of the shop and of this computer differ too much" },
  { 401, "woocommerce_rest_authentication_error", "onsumer key", WB_ERROR_AUTH,
    "The shop does not know this consumer key. Copy it again, or make a new one in WooCommerce "
    "under Settings, Advanced, REST API" },
  { 401, "woocommerce_rest_authentication_error", NULL, WB_ERROR_AUTH,
    "The consumer secret is wrong, or the key lacks the right. Copy the secret again (cs_…), or "
    "make a new key with Read/Write" },
  { 401, "woocommerce_rest_", NULL, WB_ERROR_AUTH,
    "The shop does not know this consumer key. Copy it again, or make a new one in WooCommerce "
    "under Settings, Advanced, REST API" },
  { 401, "invalid_username", NULL, WB_ERROR_AUTH,
    "The shop took the consumer key for a user name: something in it handles sign-in before "
    "WooCommerce does" },
  { 403, "woocommerce_rest_product_variation_invalid", NULL, WB_ERROR_NOT_FOUND,
    "The shop does not have this variation of the product" },
  { 403, "woocommerce_rest_", NULL, WB_ERROR_AUTH,
    "The consumer key belongs to a user who may not work with orders. Make one for an "
    "administrator or shop manager" },
  { 404, "rest_no_route", NULL, WB_ERROR_FAILED,
    "The shop does not have this part of WooCommerce's REST API; WooCommerce may be switched off "
    "there" },
  { 404, "woocommerce_rest_", NULL, WB_ERROR_NOT_FOUND, "The shop does not have it" },
  { 400, "woocommerce_rest_shop_order_invalid_id", NULL, WB_ERROR_NOT_FOUND,
    "The shop does not have this order" },
  { 400, "woocommerce_rest_product_invalid_id", NULL, WB_ERROR_NOT_FOUND,
    "The shop does not have this product" },
  { 404, NULL, NULL, WB_ERROR_FAILED, "WooCommerce's REST API is not at this address" },
};

static const char *
find_advice (const WbHttpResponse *response, const char *message, WbError *code)
{
  g_autofree char *said = wb_woo_shop_code (response);
  guint            status = wb_http_response_get_status (response);

  if (status == 503 && wb_http_response_is_html (response))
    return "The shop is closed for maintenance";
  if (status >= 500 && wb_http_response_is_html (response))
    return "The shop's server is in trouble";
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      if (refusals[i].status != status ||
          (refusals[i].code != NULL &&
           (said == NULL || !g_str_has_prefix (said, refusals[i].code))))
        continue;
      if (refusals[i].word != NULL && strstr (message, refusals[i].word) == NULL)
        continue;
      *code = refusals[i].error;
      return refusals[i].advice;
    }
  return NULL;
}

/**
 * wb_woo_shop_check:
 * Returns: %TRUE for 2xx. Else as wb_http_check() with what the merchant can do put first. A
 * missing route (WooCommerce switched off, another site) is never mistaken for a missing order:
 * %WB_ERROR_NOT_FOUND comes only where the shop names the order.
 */
gboolean
wb_woo_shop_check (const WbHttpResponse *response, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char        *advice;
  WbError            code;

  if (wb_http_check (response, &local))
    return TRUE;
  code = wb_error_code (local);
  advice = find_advice (response, local->message, &code);
  if (local->code == WB_ERROR_UNSURE)
    code = WB_ERROR_UNSURE;
  if (advice != NULL)
    g_set_error (error, WB_ERROR, code, "%s. (%s)", advice, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_woo_shop_send:
 * wb_http_send() with the consumer key, signed by the shop's own clock. When that was put right
 * since we saw it, the signature is refused before anything is done: then it is signed anew, once.
 */
WbHttpResponse *
wb_woo_shop_send (WbWooShop     *self,
                  WbHttpRequest *request,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (WbHttpResponse) response = NULL;
  gint64                     offset;

  ensure_clock (self, cancellable);
  offset = self->clock_offset;
  response = wb_http_send (self->http, request, cancellable, error);
  if (response == NULL)
    return NULL;
  wb_woo_shop_see_clock (self, response);
  if (wb_http_response_get_status (response) == 401 &&
      ABS (self->clock_offset - offset) > CLOCK_SLACK &&
      !wb_http_response_maybe_repeated (response))
    return wb_http_send (self->http, request, cancellable, error);
  return g_steal_pointer (&response);
}

/**
 * wb_woo_shop_call:
 * @response: (out) (optional): the answer, on success
 *
 * Sends @request, checks the status and reads the JSON. A reply that comes cut or as a web page is
 * asked for again when the request has no effect; else it is %WB_ERROR_UNSURE.
 *
 * Returns: (transfer full): the root of the reply.
 */
JsonNode *
wb_woo_shop_call (WbWooShop       *self,
                  WbHttpRequest   *request,
                  WbHttpResponse **response,
                  GCancellable    *cancellable,
                  GError         **error)
{
  for (guint reading = 1;; reading++)
    {
      g_autoptr (GError)         local = NULL;
      g_autoptr (WbHttpResponse) answer = wb_woo_shop_send (self, request, cancellable, error);
      JsonNode                  *root;

      if (answer == NULL || !wb_woo_shop_check (answer, error))
        return NULL;
      root = wb_http_response_json (answer, &local);
      if (root != NULL)
        {
          if (response != NULL)
            *response = g_steal_pointer (&answer);
          return root;
        }
      if (wb_http_request_has_effect (request) || reading == MOST_READINGS ||
          g_cancellable_is_cancelled (cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
}

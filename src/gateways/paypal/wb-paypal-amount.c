/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal writes money as decimal text with its currency; ours are whole minor units. */
#include "wb-paypal-private.h"

#include "wb-text.h"

#include <string.h>

/* Where PayPal takes no decimals though ISO 4217 has two
 * (https://developer.paypal.com/reference/currency-codes/). */
static const char *const whole[] = { "HUF", "TWD" };

static gboolean
is_whole (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    if (g_strcmp0 (whole[i], currency) == 0)
      return TRUE;
  return FALSE;
}

/**
 * wb_paypal_write_value:
 * Returns: (transfer full): the amount as PayPal wants it: “12.50”, “1200” for JPY and, as PayPal
 * takes no decimals there, for HUF and TWD. %NULL with %WB_ERROR_INVALID when it is not positive or
 * finer than PayPal takes it.
 */
char *
wb_paypal_write_value (WbMoney money, GError **error)
{
  g_autofree char *text = wb_money_to_decimal (money);
  gsize            size = strlen (text);

  if (money.minor <= 0 || !wb_currency_is_valid (money.currency) ||
      (is_whole (money.currency) && !g_str_has_suffix (text, ".00")))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "PayPal cannot move an amount of %s %s", text,
                   money.currency);
      return NULL;
    }
  if (is_whole (money.currency))
    text[size - strlen (".00")] = '\0';
  return g_steal_pointer (&text);
}

/** wb_paypal_read_money: the money object at @name; @out untouched on failure, which is
 * %WB_ERROR_INVALID with its path. */
gboolean
wb_paypal_read_money (const WbJson *at, const char *name, WbMoney *out, GError **error)
{
  WbJson      money, code;
  const char *currency;
  gint64      minor;

  if (!wb_json_object (at, name, &money, error) ||
      (currency = wb_json_string (&money, "currency_code", error)) == NULL)
    return FALSE;
  code = wb_json_member (&money, "currency_code");
  if (!wb_currency_is_valid (currency))
    return wb_json_fail (&code, "a currency code of three letters", error);
  if (!wb_json_decimal (&money, "value", wb_currency_exponent (currency), &minor, error))
    return FALSE;
  *out = wb_money (minor, currency);
  return TRUE;
}

/** wb_paypal_check_ask: %WB_ERROR_INVALID when @ask is not whole or names another currency than
 * the payment's. */
gboolean
wb_paypal_check_ask (const WbMoneyAsk *ask, const char *currency, GError **error)
{
  if (wb_text_is_empty (ask->key) || strlen (ask->key) > WB_PAYPAL_MAX_KEY ||
      wb_text_is_empty (ask->reference))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "Money is moved only under a key (at most %d characters) and a reference",
                 WB_PAYPAL_MAX_KEY);
  else if (g_strcmp0 (ask->amount.currency, currency) != 0)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "The payment at PayPal is in %s, the amount asked in %s", currency,
                 ask->amount.currency);
  else
    return TRUE;
  return FALSE;
}

/** wb_paypal_add_amount: adds the member “amount” with @value, of wb_paypal_write_value(). */
void
wb_paypal_add_amount (JsonBuilder *builder, const WbMoneyAsk *ask, const char *value)
{
  json_builder_set_member_name (builder, "amount");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "currency_code");
  json_builder_add_string_value (builder, ask->amount.currency);
  json_builder_set_member_name (builder, "value");
  json_builder_add_string_value (builder, value);
  json_builder_end_object (builder);
}

/** wb_paypal_read_movement: what a capture or a refund moved, under its own name; @movement
 * untouched on failure, which is %WB_ERROR_INVALID with the path. */
gboolean
wb_paypal_read_movement (const WbJson *moved, WbMovement *movement, GError **error)
{
  const char *id = wb_json_string (moved, "id", error);
  WbMoney     amount;

  if (id == NULL || !wb_paypal_read_money (moved, "amount", &amount, error))
    return FALSE;
  movement->ref = g_strdup (id);
  movement->amount = amount;
  return TRUE;
}

/** wb_paypal_close_ask: ends the object of @builder and makes it the body of @request, which is
 * sent under the key of @ask and answered with the whole object. */
void
wb_paypal_close_ask (WbHttpRequest *request, JsonBuilder *builder, const WbMoneyAsk *ask)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  wb_http_request_set_json (request, root);
  wb_http_request_set_header (request, "Prefer", "return=representation");
  wb_http_request_set_idempotency (request, "PayPal-Request-Id", ask->key);
}

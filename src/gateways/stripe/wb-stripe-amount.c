/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stripe's minor units and ours: the same but for a few currencies, converted by whole numbers
 * only. */
#include "wb-stripe-private.h"

/* Where Stripe's digits differ from ISO 4217 (https://docs.stripe.com/currencies). ISK and UGX have
 * no minor unit but are written with two digits, always 00; MGA, of whose unit a fifth exists, is
 * written without. HUF and TWD are whole in payouts only and keep their two digits in charges, so
 * they are not here. */
static const struct
{
  char  code[4];
  guint exponent;
} exceptions[] = {
  { "ISK", 2 },
  { "MGA", 0 },
  { "UGX", 2 },
};

static const gint64 powers[] = { 1, 10, 100, 1000, 10000 };

/** wb_stripe_exponent: Returns: how many digits Stripe's minor unit of @currency (capitals) has. */
guint
wb_stripe_exponent (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (g_strcmp0 (exceptions[i].code, currency) == 0)
      return exceptions[i].exponent;
  return wb_currency_exponent (currency);
}

static gboolean
shift (gint64 amount, guint from, guint to, gint64 *out)
{
  gint64 result;

  if (to >= from)
    {
      if (__builtin_mul_overflow (amount, powers[to - from], &result))
        return FALSE;
    }
  else if (amount % powers[from - to] != 0)
    return FALSE;
  else
    result = amount / powers[from - to];
  *out = result;
  return TRUE;
}

/**
 * wb_stripe_from_minor:
 * @amount: as Stripe writes it
 * @currency: three capitals
 * @out: (out): the same money in ISO minor units; untouched on failure
 *
 * %WB_ERROR_INVALID when it cannot be told exactly (ISK 5.50).
 */
gboolean
wb_stripe_from_minor (gint64 amount, const char *currency, WbMoney *out, GError **error)
{
  gint64 minor;

  if (!shift (amount, wb_stripe_exponent (currency), wb_currency_exponent (currency), &minor))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "Stripe's amount %" G_GINT64_FORMAT " of %s is finer than that currency goes",
                   amount, currency);
      return FALSE;
    }
  *out = wb_money (minor, currency);
  return TRUE;
}

/**
 * wb_stripe_to_minor:
 * @amount: (out): @money as Stripe writes it; untouched on failure
 *
 * %WB_ERROR_INVALID when Stripe cannot take it: not positive, too fine, or of three digits and not
 * ending in 0 (Stripe takes BHD, JOD, KWD, OMR and TND by tens only).
 */
gboolean
wb_stripe_to_minor (WbMoney money, gint64 *amount, GError **error)
{
  guint  exponent = wb_stripe_exponent (money.currency);
  gint64 result;

  if (money.minor <= 0 || !wb_currency_is_valid (money.currency) ||
      !shift (money.minor, wb_currency_exponent (money.currency), exponent, &result) ||
      (exponent == 3 && result % 10 != 0))
    {
      g_autofree char *text = wb_money_to_decimal (money);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Stripe cannot move an amount of %s %s", text,
                   money.currency);
      return FALSE;
    }
  *amount = result;
  return TRUE;
}

/** wb_stripe_read_amount: the whole number at @name as money; @out untouched on failure. */
gboolean
wb_stripe_read_amount (
    const WbJson *at, const char *name, const char *currency, WbMoney *out, GError **error)
{
  WbJson           child = wb_json_member (at, name);
  g_autofree char *path = NULL;
  gint64           amount;

  if (!wb_json_int (at, name, &amount, error))
    return FALSE;
  if (wb_stripe_from_minor (amount, currency, out, error))
    return TRUE;
  path = wb_json_path (&child);
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/** wb_stripe_read_currency: Returns: (transfer full): `currency` in capitals; %NULL with
 * %WB_ERROR_INVALID when it is none. */
char *
wb_stripe_read_currency (const WbJson *at, GError **error)
{
  const char      *text = wb_json_string (at, "currency", error);
  g_autofree char *currency = text != NULL ? g_ascii_strup (text, -1) : NULL;
  WbJson           child = wb_json_member (at, "currency");

  if (currency == NULL)
    return NULL;
  if (wb_currency_is_valid (currency))
    return g_steal_pointer (&currency);
  wb_json_fail (&child, "a currency code of three letters", error);
  return NULL;
}

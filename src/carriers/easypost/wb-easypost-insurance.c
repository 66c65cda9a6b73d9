/* SPDX-License-Identifier: GPL-3.0-or-later
 * Insuring the goods with the label: what it costs, in which currency, and what was insured. */
#include "wb-easypost-private.h"

#include "wb-text.h"

#define CURRENCY      "USD" /* the only one that EasyPost insures in */
#define FINE          6     /* decimals that the account's share is read with */
#define MILLIONTHS    1000000
#define FEE_DECIMALS  5 /* decimals of a fee: parts of a cent */
#define FINE_IN_CENT  1000
#define FEE_OF_INSURE "InsuranceFee"

/** wb_easypost_insures: whether goods of @value can be insured; %WB_ERROR_REFUSED says why not. */
gboolean
wb_easypost_insures (WbMoney value, GError **error)
{
  g_autofree char *text = wb_money_to_text (value);

  if (value.minor > 0 && g_str_equal (value.currency, CURRENCY))
    return TRUE;
  if (value.minor <= 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "These goods have no value that could be insured");
  else
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "EasyPost insures in US dollars only; these goods are worth %s", text);
  return FALSE;
}

/**
 * wb_easypost_insurance_fee:
 * @user: the account, GET /users: insurance_fee_rate (a share of the value) and
 * insurance_fee_minimum (dollars)
 * @cents: the value, in hundredths of a dollar
 * @fee: (out): hundredths of a dollar, rounded up
 */
gboolean
wb_easypost_insurance_fee (const WbJson *user, gint64 cents, gint64 *fee, GError **error)
{
  gint64 share, least, asked;

  if (!wb_json_decimal (user, "insurance_fee_rate", FINE, &share, error) ||
      !wb_json_opt_decimal (user, "insurance_fee_minimum", 2, 0, &least, error))
    return FALSE;
  asked = (gint64) (((__int128) cents * share + MILLIONTHS - 1) / MILLIONTHS);
  *fee = MAX (asked, least);
  return TRUE;
}

/**
 * wb_easypost_price_insurance: wb_carrier_price_insurance(). The account says what share of the
 * value it is charged.
 */
gboolean
wb_easypost_price_insurance (
    WbCarrier *carrier, WbMoney value, WbMoney *fee, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", "/users");
  g_autoptr (JsonNode)      root = NULL;
  g_autoptr (GError)        local = NULL;
  WbJson                    user;
  gint64                    cents;

  if (!wb_easypost_insures (value, error))
    return FALSE;
  root = wb_easypost_call (WB_EASYPOST (carrier), request, cancellable, &local);
  user = wb_json_root (root, "user");
  if (root == NULL || !wb_easypost_insurance_fee (&user, value.minor, &cents, &local))
    {
      g_set_error (error, WB_ERROR, wb_error_code (local),
                   "EasyPost does not say what insuring would cost: %s", local->message);
      return FALSE;
    }
  *fee = wb_money (cents, CURRENCY);
  return TRUE;
}

/* Parts of a cent belong to whoever is owed the cent: they are rounded up. */
static gboolean
read_fee (const WbJson *shipment, gint64 *cents, GError **error)
{
  WbJson fees;
  guint  n;

  *cents = 0;
  if (!wb_json_array (shipment, "fees", &fees, &n, NULL))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      WbJson fee = wb_json_element (&fees, i);
      gint64 fine = 0;

      if (g_strcmp0 (wb_json_opt_string (&fee, "type"), FEE_OF_INSURE) != 0)
        continue;
      if (!wb_json_decimal (&fee, "amount", FEE_DECIMALS, &fine, error))
        return FALSE;
      *cents += (fine + FINE_IN_CENT - 1) / FINE_IN_CENT;
    }
  return TRUE;
}

/** wb_easypost_read_insurance: puts into @purchase for how much the bought @shipment is insured,
 * and what that was charged. */
gboolean
wb_easypost_read_insurance (const WbJson *shipment, WbPurchase *purchase, GError **error)
{
  gint64 insured = 0, fee = 0;

  if (!wb_json_opt_decimal (shipment, "insurance", 2, 0, &insured, error) ||
      !read_fee (shipment, &fee, error))
    return FALSE;
  purchase->insured = wb_money (insured, CURRENCY);
  purchase->insurance_fee = wb_money (fee, CURRENCY);
  return TRUE;
}

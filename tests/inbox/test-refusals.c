/* SPDX-License-Identifier: GPL-3.0-or-later
 * What other sides say, in words for a merchant: no vendor's code in a sentence, none lost. */
#include "wb-bench.h"
#include "wb-refusals.h"

#include <string.h>

typedef struct
{
  WbError     code;
  const char *message;
  const char *words, *advice, *raw; /* advice: a part of it; raw: NULL: none */
} Case;

static const Case cases[] = {
  { WB_ERROR_DECLINED, "Stripe: Your card was declined. (card_declined: generic_decline)",
    "The customer's bank said no and gave no reason", "another way to pay",
    "card_declined: generic_decline" },
  { WB_ERROR_DECLINED,
    "Stripe: Your card has insufficient funds. (card_declined: insufficient_funds)",
    "There is not enough money on the customer's card", "Keep the parcel here",
    "card_declined: insufficient_funds" },
  { WB_ERROR_DECLINED, "Stripe: Your card was declined. (card_declined: stolen_card)",
    "The customer's bank has blocked the card", "without naming the reason",
    "card_declined: stolen_card" },
  { WB_ERROR_DECLINED, "Stripe: Your card was declined. (card_declined: fraudulent)",
    "The customer's bank has blocked the card", "Do not ship", "card_declined: fraudulent" },
  { WB_ERROR_DECLINED, "Stripe: No. (card_declined: a_code_of_tomorrow)",
    "The customer's bank said no and gave no reason", "another way to pay",
    "card_declined: a_code_of_tomorrow" },
  { WB_ERROR_INVALID, "Stripe: Invalid integer: x (parameter_invalid_integer at amount)",
    "Stripe: Invalid integer: x", "Correct what is named", "parameter_invalid_integer at amount" },
  { WB_ERROR_EXPIRED, "EasyPost: The rate is over (SHIPMENT.RATE.EXPIRED)", "The offer has expired",
    "Get new offers", "SHIPMENT.RATE.EXPIRED" },
  { WB_ERROR_REFUSED, "EasyPost: Unable to sell: weight over 30 kg (SHIPMENT.POSTAGE.FAILURE)",
    "The carrier did not sell the label: “Unable to sell: weight over 30 kg”", "Nothing was paid",
    "SHIPMENT.POSTAGE.FAILURE" },
  { WB_ERROR_INVALID, "EasyPost: Unable to verify address (ADDRESS.VERIFY.FAILURE)",
    "The carrier does not know this address: “Unable to verify address”", "house number",
    "ADDRESS.VERIFY.FAILURE" },
  { WB_ERROR_REFUSED, "EasyPost: Insufficient funds (INSUFFICIENT_FUNDS)",
    "There is not enough money in your account with the carrier", "Top the account up",
    "INSUFFICIENT_FUNDS" },
  { WB_ERROR_AUTH, "The consumer secret is wrong. (Shop answered with HTTP 401: Sorry (really))",
    "The consumer secret is wrong", "keys were not accepted",
    "Shop answered with HTTP 401: Sorry (really)" },
  { WB_ERROR_UNSURE, "Stripe answered with HTTP 503. Whether it took effect is not known",
    "Stripe is in trouble and did not say what happened", "asked what happened first",
    "Stripe answered with HTTP 503. Whether it took effect is not known" },
  { WB_ERROR_UNAVAILABLE, "The shop “Böhm” answered with HTTP 429: Slow down",
    "The shop “Böhm” is busy or in trouble just now", "Try again later",
    "The shop “Böhm” answered with HTTP 429: Slow down" },
  /* Our own sentences stay as they are, brackets and all. */
  { WB_ERROR_INVALID, "The queue “Label” has no paper of 102 × 152 mm (4 × 6 inch)",
    "The queue “Label” has no paper of 102 × 152 mm (4 × 6 inch)", "Correct", NULL },
  { WB_ERROR_INVALID, "Weight missing (line 2)", "Weight missing (line 2)", "Correct", NULL },
  { WB_ERROR_FAILED, ")", ")", "Nothing else is known", NULL },
  { WB_ERROR_FAILED, "(card_declined)", "(card_declined)", "Nothing else is known", NULL },
  { WB_ERROR_FAILED, "", "", "Nothing else is known", NULL },
};

static void
check_case (gconstpointer data)
{
  const Case        *one = data;
  g_auto (WbRefusal) refusal = { 0 };

  wb_refusal_read (one->code, one->message, &refusal);
  g_assert_cmpstr (refusal.words, ==, one->words);
  g_assert_cmpstr (refusal.code, ==, one->raw);
  g_assert_nonnull (strstr (refusal.advice, one->advice));
}

static void
test_operation (void)
{
  g_autoptr (WbOperation) operation = wb_operation_new ();
  g_auto (WbRefusal)      refusal = { 0 };

  wb_record_set_text (operation, WB_OPERATION_STATE, WB_OPERATION_UNSURE);
  wb_refusal_of_operation (operation, &refusal);
  g_assert_cmpstr (refusal.words, ==, "unsure");
  wb_refusal_clear (&refusal);
  wb_record_set_text (operation, WB_OPERATION_ERROR, "Stripe: No (charge_disputed)");
  wb_record_set_text (operation, WB_OPERATION_ERROR_CODE, "refused");
  wb_refusal_of_operation (operation, &refusal);
  g_assert_cmpstr (refusal.words, ==, "The customer disputes this payment at the bank");
  g_assert_cmpstr (refusal.code, ==, "charge_disputed");
}

/* The two short ways say the same. */
static void
test_error (void)
{
  g_autoptr (GError) error =
      g_error_new (WB_ERROR, WB_ERROR_DECLINED, "Stripe: No. (card_declined: expired_card)");
  g_autofree char *words = wb_error_words (error), *advice = wb_error_advice (error);

  g_assert_cmpstr (words, ==, "The customer's card has expired");
  g_assert_nonnull (strstr (advice, "another card"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/desk/refusals/%02u", i);

      g_test_add_data_func (path, &cases[i], check_case);
    }
  g_test_add_func ("/desk/refusals/operation", test_operation);
  g_test_add_func ("/desk/refusals/error", test_error);
  return g_test_run ();
}

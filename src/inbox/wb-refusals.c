/* SPDX-License-Identifier: GPL-3.0-or-later
 * What other sides say, for people: a vendor's code becomes a sentence a merchant understands and
 * the next step; the code itself is kept for the small print. */
#include "wb-refusals.h"

#include "wb-desk.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  SAYS_NO_REASON,
  SAYS_NO_FUNDS,
  SAYS_STOLEN,
  SAYS_CARD_OVER,
  SAYS_NOT_FOR_THIS,
  SAYS_CONFIRM,
  SAYS_DATA_WRONG,
  SAYS_BANK_AWAY,
  SAYS_TEST_CARD,
  SAYS_PAYMENT_FAILED,
  SAYS_LAPSED,
  SAYS_TAKEN,
  SAYS_RETURNED,
  SAYS_TOO_MUCH,
  SAYS_TOO_LITTLE,
  SAYS_DISPUTED,
  SAYS_BALANCE,
  SAYS_GONE,
  SAYS_WRONG_STATE,
  SAYS_BUSY,
  SAYS_KEY,
  SAYS_TEST_KEY,
  SAYS_RATE_OVER,
  SAYS_NO_RATES,
  SAYS_BOUGHT,
  SAYS_VOIDED,
  SAYS_CARRIER_NO,
  SAYS_CARRIER_SILENT,
  SAYS_NO_VOID,
  SAYS_FORMAT,
  SAYS_WALLET,
  SAYS_ADDRESS,
  SAYS_NO_ORDER,
  SAYS_NO_API,
  SAYS_USER_RIGHTS,
  N_SAYINGS,
} Saying;

/* What a code means for this order or this money and what to do next, where nothing else is known.
 */
static const char *const meanings[WB_N_ERRORS] = {
  [WB_ERROR_FAILED] =
      N_ ("Nothing else is known. If it happens again, run the doctor and look at its findings."),
  [WB_ERROR_INVALID] = N_ ("Correct what is named and try again. Nothing was sent."),
  [WB_ERROR_NOT_FOUND] = N_ ("It is not there (any more). Sync and look again."),
  [WB_ERROR_CONFLICT] =
      N_ ("Something changed meanwhile. Look at it again and decide anew; nothing was done twice."),
  [WB_ERROR_AUTH] = N_ ("The keys were not accepted. Connect it again with the right ones."),
  [WB_ERROR_REFUSED] = N_ (
      "The other side said no, and nothing happened. Change what it names before trying again."),
  [WB_ERROR_DECLINED] = N_ ("The payer's bank said no, and no money was taken. Keep the parcel "
                            "here and ask the customer for another way to pay."),
  [WB_ERROR_EXPIRED] = N_ ("It has lapsed, and no money was taken for it. Get a new rate or ask "
                           "the customer to pay again, then go on."),
  [WB_ERROR_ALREADY] =
      N_ ("It had been done before. Refresh to see by whom; it was not done a second time."),
  [WB_ERROR_TOO_MUCH] = N_ ("More was asked than is left. Lower it; nothing happened."),
  [WB_ERROR_UNAVAILABLE] = N_ ("The other side could not be reached or is busy, and nothing "
                               "happened. Try again later; all else goes on meanwhile."),
  [WB_ERROR_UNSURE] = N_ ("It was sent, but no answer came. It is not sent again: the vendor is "
                          "asked what happened first."),
  [WB_ERROR_CANCELLED] = N_ ("You stopped it. What was done stays done; go on whenever you like."),
  [WB_ERROR_STORAGE] = N_ (
      "The order book could not be used. Nothing was lost; mend what is named and start again."),
  [WB_ERROR_SECRETS] =
      N_ ("The keys cannot be reached. Unlock the password store or use a secrets file."),
};

/* What happened, and what it means and what to do next. */
static const struct
{
  const char *words, *advice;
} sayings[N_SAYINGS] = {
  [SAYS_NO_REASON] = { N_ ("The customer's bank said no and gave no reason"),
                       N_ ("No money was taken. Keep the parcel here and ask the customer for "
                           "another way to pay, or to call the bank.") },
  [SAYS_NO_FUNDS] = { N_ ("There is not enough money on the customer's card"),
                      N_ ("No money was taken. Keep the parcel here and ask the customer for "
                          "another way to pay.") },
  [SAYS_STOLEN] = { N_ ("The customer's bank has blocked the card"),
                    N_ ("No money was taken. Do not ship: the card may be stolen. Ask for another "
                        "way to pay without naming the reason.") },
  [SAYS_CARD_OVER] = { N_ ("The customer's card has expired"),
                       N_ ("No money was taken. Keep the parcel here and ask the customer to pay "
                           "with another card.") },
  [SAYS_NOT_FOR_THIS] = { N_ ("The customer's card cannot be used for this purchase"),
                          N_ ("No money was taken. Keep the parcel here and ask the customer for "
                              "another card or another way to pay.") },
  [SAYS_CONFIRM] = { N_ ("The customer's bank wants the customer to confirm the payment"),
                     N_ ("No money was taken. Ask the customer to pay again in the shop and to "
                         "confirm it with the bank.") },
  [SAYS_DATA_WRONG] = { N_ ("The card's number, date or code is not right"),
                        N_ ("No money was taken. Ask the customer to pay again in the shop with "
                            "the right details.") },
  [SAYS_BANK_AWAY] = { N_ ("The customer's bank could not be asked"),
                       N_ ("No money was taken. Try again in a few minutes; if it stays so, ask "
                           "the customer for another way to pay.") },
  [SAYS_TEST_CARD] = { N_ ("It was paid with a card for tests only"),
                       N_ ("No money was taken, and none can be. Ask the customer for another way "
                           "to pay.") },
  [SAYS_PAYMENT_FAILED] = { N_ ("The customer's payment did not go through"),
                            N_ ("No money was taken. Ask the customer to pay again in the shop.") },
  [SAYS_LAPSED] = { N_ ("The authorisation has lapsed"),
                    N_ ("It can no longer be captured. Keep the parcel here and ask the customer "
                        "to pay again.") },
  [SAYS_TAKEN] = { N_ ("The payment has been taken already"),
                   N_ ("It was not taken a second time. Ask the gateway for the payment to see by "
                       "whom.") },
  [SAYS_RETURNED] = { N_ ("The payment has been refunded already"),
                      N_ ("It was not refunded a second time. Ask the gateway for the payment to "
                          "see by whom.") },
  [SAYS_TOO_MUCH] = { N_ ("More was asked than can be taken"),
                      N_ ("No money was taken. Ask the gateway for the payment and look at what is "
                          "left of it.") },
  [SAYS_TOO_LITTLE] = { N_ ("The amount is too small for the gateway"),
                        N_ ("No money was taken. Ask the customer to pay this rest another way, or "
                            "waive it.") },
  [SAYS_DISPUTED] = { N_ ("The customer disputes this payment at the bank"),
                      N_ ("No money was moved. Answer the dispute on the gateway's own pages "
                          "before "
                          "anything else.") },
  [SAYS_BALANCE] = { N_ ("Your balance at the gateway is too low for it"),
                     N_ ("The customer's money has not been given back. Try again when the next "
                         "payments have come in, or top the balance up.") },
  [SAYS_GONE] = { N_ ("The gateway does not know this payment"),
                  N_ ("No money was moved. See that the gateway connected is the one the shop "
                      "uses, in the same mode (live or test).") },
  [SAYS_WRONG_STATE] = { N_ ("The payment is no longer waiting to be taken"),
                         N_ ("No money was moved. Ask the gateway for the payment to see what "
                             "became of it.") },
  [SAYS_BUSY] = { N_ ("The vendor has too much to do just now"),
                  N_ ("Nothing happened. Try again in a few minutes; all else goes on "
                      "meanwhile.") },
  [SAYS_KEY] = { N_ ("The key was not accepted"),
                 N_ ("Nothing happened. Connect it again in Preferences with a key that is valid "
                     "and has the rights.") },
  [SAYS_TEST_KEY] = { N_ ("The key is of the wrong mode: live and test are mixed"),
                      N_ ("Nothing happened. Connect it again in Preferences with the key of the "
                          "mode the shop uses.") },
  [SAYS_RATE_OVER] = { N_ ("The offer has expired"),
                       N_ ("No label was bought and nothing was paid. Get new offers and choose "
                           "again.") },
  [SAYS_NO_RATES] = { N_ ("No carrier makes an offer for this parcel"),
                      N_ ("No label was bought. Look at the weight, the size and the country, and "
                          "whether the carrier's account sends there.") },
  [SAYS_BOUGHT] = { N_ ("This label has been bought already"),
                    N_ ("It was not bought a second time. Ask the carrier for it.") },
  [SAYS_VOIDED] = { N_ ("The label's money has been asked back already"),
                    N_ ("It was not asked back a second time. The carrier needs some days to "
                        "pay.") },
  [SAYS_CARRIER_NO] = { N_ ("The carrier did not sell the label"),
                        N_ ("Nothing was paid. Look at the address, the weight and the size, then "
                            "get new offers; another service may take the parcel.") },
  [SAYS_CARRIER_SILENT] = { N_ ("The carrier did not answer"),
                            N_ ("Whether it happened is not known. The carrier is asked before "
                                "anything is sent again.") },
  [SAYS_NO_VOID] = { N_ ("The carrier does not give this label's money back"),
                     N_ ("The label's cost stays. It may be too late, or the parcel was scanned "
                         "already.") },
  [SAYS_FORMAT] = { N_ ("The carrier does not make this label in the form that was asked"),
                    N_ ("Nothing was paid. Choose another form of label for the printer in "
                        "Preferences, or another service.") },
  [SAYS_WALLET] = { N_ ("There is not enough money in your account with the carrier"),
                    N_ ("No label was bought. Top the account up on the carrier's own pages, then "
                        "try again.") },
  [SAYS_ADDRESS] = { N_ ("The carrier does not know this address"),
                     N_ ("No label was bought. Look at street, house number and postcode; ask the "
                         "customer when in doubt.") },
  [SAYS_NO_ORDER] = { N_ ("The shop does not have this order any more"),
                      N_ ("It may have been deleted there. Nothing was changed in the shop.") },
  [SAYS_NO_API] = { N_ ("The shop does not answer as WooCommerce"),
                    N_ ("WooCommerce or its REST API may be switched off there. Look at the shop, "
                        "then try again.") },
  [SAYS_USER_RIGHTS] = { N_ ("The shop's key may not do this"),
                         N_ ("Make a key with the permission Read/Write for an administrator or "
                             "shop manager, and connect the shop again.") },
};

/* The codes as https://docs.stripe.com/declines/codes, https://docs.stripe.com/error-codes,
 * https://docs.easypost.com/docs/errors and WooCommerce's REST API name them. */
static const struct
{
  const char *code;
  Saying      says;
} codes[] = {
  { "approve_with_id", SAYS_BANK_AWAY },
  { "authentication_required", SAYS_CONFIRM },
  { "call_issuer", SAYS_NO_REASON },
  { "card_not_supported", SAYS_NOT_FOR_THIS },
  { "card_velocity_exceeded", SAYS_NO_FUNDS },
  { "currency_not_supported", SAYS_NOT_FOR_THIS },
  { "do_not_honor", SAYS_NO_REASON },
  { "do_not_try_again", SAYS_NO_REASON },
  { "duplicate_transaction", SAYS_TAKEN },
  { "expired_card", SAYS_CARD_OVER },
  { "fraudulent", SAYS_STOLEN },
  { "generic_decline", SAYS_NO_REASON },
  { "incorrect_address", SAYS_DATA_WRONG },
  { "incorrect_cvc", SAYS_DATA_WRONG },
  { "incorrect_number", SAYS_DATA_WRONG },
  { "incorrect_pin", SAYS_DATA_WRONG },
  { "incorrect_zip", SAYS_DATA_WRONG },
  { "insufficient_funds", SAYS_NO_FUNDS },
  { "invalid_account", SAYS_NOT_FOR_THIS },
  { "invalid_amount", SAYS_NOT_FOR_THIS },
  { "invalid_cvc", SAYS_DATA_WRONG },
  { "invalid_expiry_month", SAYS_DATA_WRONG },
  { "invalid_expiry_year", SAYS_DATA_WRONG },
  { "invalid_number", SAYS_DATA_WRONG },
  { "issuer_not_available", SAYS_BANK_AWAY },
  { "lost_card", SAYS_STOLEN },
  { "merchant_blacklist", SAYS_STOLEN },
  { "new_account_information_available", SAYS_CARD_OVER },
  { "no_action_taken", SAYS_NO_REASON },
  { "not_permitted", SAYS_NOT_FOR_THIS },
  { "pickup_card", SAYS_STOLEN },
  { "processing_error", SAYS_BANK_AWAY },
  { "reenter_transaction", SAYS_BANK_AWAY },
  { "restricted_card", SAYS_STOLEN },
  { "revocation_of_all_authorizations", SAYS_NO_REASON },
  { "revocation_of_authorization", SAYS_NO_REASON },
  { "security_violation", SAYS_NO_REASON },
  { "service_not_allowed", SAYS_NOT_FOR_THIS },
  { "stolen_card", SAYS_STOLEN },
  { "stop_payment_order", SAYS_NO_REASON },
  { "testmode_decline", SAYS_TEST_CARD },
  { "transaction_not_allowed", SAYS_NOT_FOR_THIS },
  { "try_again_later", SAYS_BANK_AWAY },
  { "withdrawal_count_limit_exceeded", SAYS_NO_FUNDS },
  { "card_declined", SAYS_NO_REASON },
  { "card_error", SAYS_NO_REASON },
  { "payment_intent_authentication_failure", SAYS_CONFIRM },
  { "payment_intent_payment_attempt_failed", SAYS_PAYMENT_FAILED },
  { "payment_intent_payment_attempt_expired", SAYS_LAPSED },
  { "charge_expired_for_capture", SAYS_LAPSED },
  { "capture_charge_authorization_expired", SAYS_LAPSED },
  { "payment_intent_unexpected_state", SAYS_WRONG_STATE },
  { "capture_unauthorized_payment", SAYS_WRONG_STATE },
  { "charge_already_captured", SAYS_TAKEN },
  { "charge_already_refunded", SAYS_RETURNED },
  { "amount_too_large", SAYS_TOO_MUCH },
  { "amount_too_small", SAYS_TOO_LITTLE },
  { "resource_missing", SAYS_GONE },
  { "idempotency_key_in_use", SAYS_BUSY },
  { "rate_limit", SAYS_BUSY },
  { "rate_limit_error", SAYS_BUSY },
  { "lock_timeout", SAYS_BUSY },
  { "balance_insufficient", SAYS_BALANCE },
  { "charge_disputed", SAYS_DISPUTED },
  { "refund_disputed_payment", SAYS_DISPUTED },
  { "account_closed", SAYS_KEY },
  { "account_invalid", SAYS_KEY },
  { "api_key_expired", SAYS_KEY },
  { "platform_api_key_expired", SAYS_KEY },
  { "secret_key_required", SAYS_KEY },
  { "authentication_error", SAYS_KEY },
  { "livemode_mismatch", SAYS_TEST_KEY },
  { "testmode_charges_only", SAYS_TEST_KEY },
  { "SHIPMENT.POSTAGE.EXISTS", SAYS_BOUGHT },
  { "SHIPMENT.REFUND.EXISTS", SAYS_VOIDED },
  { "SHIPMENT.POSTAGE.NO_RESPONSE", SAYS_CARRIER_SILENT },
  { "SHIPMENT.POSTAGE.TIMED_OUT", SAYS_CARRIER_SILENT },
  { "REFUND.NO_RESPONSE", SAYS_CARRIER_SILENT },
  { "SHIPMENT.MISSING_RATE", SAYS_RATE_OVER },
  { "SHIPMENT.RATE.EXPIRED", SAYS_RATE_OVER },
  { "RATE.EXPIRED", SAYS_RATE_OVER },
  { "RATE.NOT_FOUND", SAYS_RATE_OVER },
  { "SHIPMENT.RATES.UNAVAILABLE", SAYS_NO_RATES },
  { "SHIPMENT.POSTAGE.FAILURE", SAYS_CARRIER_NO },
  { "SHIPMENT.PURCHASE.FAILURE", SAYS_CARRIER_NO },
  { "SHIPMENT.POSTAGE.FORMAT_UNAVAILABLE", SAYS_FORMAT },
  { "SHIPMENT.REFUND.UNAVAILABLE", SAYS_NO_VOID },
  { "SHIPMENT.REFUND.FAILURE", SAYS_NO_VOID },
  { "REFUND.FAILURE", SAYS_NO_VOID },
  { "INSUFFICIENT_FUNDS", SAYS_WALLET },
  { "PAYMENT_REQUIRED", SAYS_WALLET },
  { "BILLING.INSUFFICIENT_FUNDS", SAYS_WALLET },
  { "ADDRESS.VERIFY.FAILURE", SAYS_ADDRESS },
  { "E.ADDRESS.NOT_FOUND", SAYS_ADDRESS },
  { "USER.UNAUTHORIZED", SAYS_KEY },
  { "APIKEY.INACTIVE", SAYS_KEY },
  { "MODE.UNAUTHORIZED", SAYS_TEST_KEY },
  { "woocommerce_rest_shop_order_invalid_id", SAYS_NO_ORDER },
  { "woocommerce_rest_cannot_view", SAYS_KEY },
  { "woocommerce_rest_cannot_edit", SAYS_USER_RIGHTS },
  { "woocommerce_rest_cannot_create", SAYS_USER_RIGHTS },
  { "woocommerce_rest_authentication_error", SAYS_KEY },
  { "rest_no_route", SAYS_NO_API },
};

/* Codes whose vendor passes on in words what the carrier or the field has to say: it is kept. */
static const char *const detailed[] = { "SHIPMENT.POSTAGE.FAILURE", "SHIPMENT.PURCHASE.FAILURE",
                                        "SHIPMENT.REFUND.FAILURE", "REFUND.FAILURE",
                                        "ADDRESS.VERIFY.FAILURE" };

static gboolean
is_code (const char *text, gsize length)
{
  gboolean parted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '_' && text[i] != '.')
        return FALSE;
      parted = parted || text[i] == '_' || (text[i] == '.' && i + 1 < length);
    }
  return parted;
}

/* “card_declined: insufficient_funds”, “parameter_invalid_integer at amount”, “RATE.EXPIRED”: made
 * of codes, “at” and the name of a field. */
static gboolean
is_group_of_codes (const char *group)
{
  g_auto (GStrv) words = g_strsplit_set (group, ": ", -1);

  if (words[0] == NULL || !is_code (words[0], strlen (words[0])))
    return FALSE;
  for (guint i = 1; words[i] != NULL; i++)
    if (strspn (words[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.[]") !=
        strlen (words[i]))
      return FALSE;
  return TRUE;
}

/* The last group in brackets, when a vendor's code or its whole answer stands in it. Returns:
 * (transfer full) (nullable): its text; @start: where it begins. */
static char *
last_group (const char *message, gsize *start)
{
  gsize       length = strlen (message);
  const char *open = NULL;
  guint       depth = 0;

  if (length == 0 || message[length - 1] != ')')
    return NULL;
  for (const char *at = message + length - 1; at >= message; at--)
    {
      depth += *at == ')';
      if (*at == '(' && --depth == 0)
        {
          open = at;
          break;
        }
    }
  if (open == NULL || open == message)
    return NULL;
  *start = (gsize) (open - message);
  return g_strndup (open + 1, length - *start - 2);
}

static gboolean
find_saying (const char *group, Saying *says)
{
  g_auto (GStrv) words = g_strsplit_set (group, ": ", -1);

  /* The last is the most exact: card_declined: insufficient_funds. */
  for (guint n = g_strv_length (words); n > 0; n--)
    for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
      if (g_str_equal (codes[i].code, words[n - 1]))
        {
          *says = codes[i].says;
          return TRUE;
        }
  return FALSE;
}

static gboolean
is_detailed (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (detailed); i++)
    if (g_str_has_prefix (group, detailed[i]))
      return TRUE;
  return FALSE;
}

/* “Stripe answered with HTTP 503: …”: what the name's number means. */
static const struct
{
  WbError     code;
  const char *words;
} answers[] = {
  /* Translators: in these sentences the placeholder is a vendor's or a shop's name */
  { WB_ERROR_UNAVAILABLE, N_ ("%s is busy or in trouble just now") },
  { WB_ERROR_UNSURE, N_ ("%s is in trouble and did not say what happened") },
  { WB_ERROR_AUTH, N_ ("%s did not accept the key") },
  { WB_ERROR_NOT_FOUND, N_ ("%s does not have it (any more)") },
};

static char *
http_words (WbError code, const char *message)
{
  const char      *answered = strstr (message, " answered with ");
  g_autofree char *name = NULL;

  if (answered == NULL || answered == message || strstr (answered, "HTTP ") == NULL ||
      (gsize) (answered - message) > 60)
    return NULL;
  name = g_strndup (message, (gsize) (answered - message));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].code == code)
      return g_strdup_printf (_ (answers[i].words), name);
  return NULL;
}

static void
trim (char *text)
{
  gsize length;

  g_strstrip (text);
  length = strlen (text);
  if (length > 1 && text[length - 1] == '.' && text[length - 2] != '.')
    text[length - 1] = '\0';
}

/* What the vendor said beside its code: “EasyPost: No house number”. */
static char *
with_detail (const char *words, const char *own)
{
  const char *said = strstr (own, ": ");

  return said != NULL && !wb_text_is_empty (said + 2)
             ? g_strdup_printf ("%s: “%s”", words, said + 2)
             : g_strdup (words);
}

static void
read_group (const char *group, const char *own, WbRefusal *refusal)
{
  Saying says = SAYS_NO_REASON;

  refusal->code = g_strdup (group);
  if (!find_saying (group, &says))
    return;
  refusal->words = is_detailed (group) ? with_detail (_ (sayings[says].words), own)
                                       : g_strdup (_ (sayings[says].words));
  refusal->advice = g_strdup (_ (sayings[says].advice));
  refusal->known = TRUE;
}

/**
 * wb_refusal_read:
 * @code: what the error meant to the engine
 * @message: (nullable): the error's message, a vendor's code in brackets at its end
 * @refusal: (out): to be cleared with wb_refusal_clear()
 *
 * Turns what another side said into words a merchant understands and the next step. What is not
 * known keeps its own words without the code, and goes by @code for the advice.
 */
void
wb_refusal_read (WbError code, const char *message, WbRefusal *refusal)
{
  g_autoptr (GError) error =
      g_error_new_literal (WB_ERROR, (int) code, message != NULL ? message : "");
  gsize            start = 0;
  g_autofree char *group = last_group (error->message, &start);
  g_autofree char *own = NULL;
  gboolean         is_whole_answer =
      group != NULL && (strstr (group, "HTTP ") != NULL || g_str_has_prefix (group, "CUPS: "));

  *refusal = (WbRefusal){ 0 };
  if (group == NULL || (!is_whole_answer && !is_group_of_codes (group)))
    start = strlen (error->message);
  own = g_strndup (error->message, start);
  trim (own);
  if (is_whole_answer)
    refusal->code = g_steal_pointer (&group);
  else if (error->message[start] != '\0')
    read_group (group, own, refusal);
  if (refusal->words == NULL && (refusal->words = http_words (code, own)) != NULL)
    refusal->code = g_strdup (own);
  if (refusal->words == NULL)
    refusal->words = wb_tell_again (own);
  if (refusal->advice == NULL)
    refusal->advice = g_strdup (_ (meanings[code]));
}

/** wb_refusal_of: wb_refusal_read() of @error. */
void
wb_refusal_of (const GError *error, WbRefusal *refusal)
{
  wb_refusal_read (wb_error_code (error), error->message, refusal);
}

/** wb_refusal_of_operation: wb_refusal_read() of what ended @operation last; its words are the
 * state's own when nothing was said. */
void
wb_refusal_of_operation (WbOperation *operation, WbRefusal *refusal)
{
  const char *said = wb_record_get_text (operation, WB_OPERATION_ERROR);
  WbError     code = WB_ERROR_FAILED;

  wb_error_from_name (wb_record_get_text (operation, WB_OPERATION_ERROR_CODE), &code);
  wb_refusal_read (
      code,
      said != NULL ? said
                   : wb_operation_state_title (wb_record_get_text (operation, WB_OPERATION_STATE)),
      refusal);
}

/** wb_refusal_clear: frees what @refusal holds. */
void
wb_refusal_clear (WbRefusal *refusal)
{
  g_clear_pointer (&refusal->words, g_free);
  g_clear_pointer (&refusal->advice, g_free);
  g_clear_pointer (&refusal->code, g_free);
}

/** wb_error_words: Returns: (transfer full): what happened, for people: a sentence without its full
 * stop and without a vendor's code. */
char *
wb_error_words (const GError *error)
{
  g_auto (WbRefusal) refusal = { 0 };

  wb_refusal_of (error, &refusal);
  return g_steal_pointer (&refusal.words);
}

/** wb_error_advice: Returns: (transfer full): what an error means for this order or this money and
 * what to do next, translated. */
char *
wb_error_advice (const GError *error)
{
  g_auto (WbRefusal) refusal = { 0 };

  wb_refusal_of (error, &refusal);
  return g_steal_pointer (&refusal.advice);
}

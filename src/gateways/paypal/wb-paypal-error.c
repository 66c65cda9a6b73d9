/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal's errors as ours: every refusal told apart, with PayPal's own words. */
#include "wb-paypal-private.h"

#include "wb-text.h"

/* By details[].issue, as payments v2 names them for each operation. */
static const struct
{
  const char *issue;
  WbError     means;
} issues[] = {
  { "AUTHORIZATION_ALREADY_CAPTURED", WB_ERROR_ALREADY },
  { "PREVIOUSLY_VOIDED", WB_ERROR_ALREADY },
  { "CAPTURE_FULLY_REFUNDED", WB_ERROR_ALREADY },
  /* Each movement bears a number of its own: whoever has it was there before. */
  { "DUPLICATE_INVOICE_ID", WB_ERROR_ALREADY },
  /* A renewed authorisation is let go by the first one of its order. */
  { "CANNOT_BE_VOIDED", WB_ERROR_CONFLICT },
  /* What was renewed once is not renewed again: the buyer has to pay anew. */
  { "REAUTHORIZATION_NOT_SUPPORTED", WB_ERROR_DECLINED },
  { "AUTHORIZATION_EXPIRED", WB_ERROR_EXPIRED },
  { "REFUND_TIME_LIMIT_EXCEEDED", WB_ERROR_EXPIRED },
  { "MAX_CAPTURE_AMOUNT_EXCEEDED", WB_ERROR_TOO_MUCH },
  { "REFUND_AMOUNT_EXCEEDED", WB_ERROR_TOO_MUCH },
  { "AUTHORIZATION_AMOUNT_LIMIT_EXCEEDED", WB_ERROR_TOO_MUCH },
  { "AUTHORIZATION_DENIED", WB_ERROR_DECLINED },
  { "PAYER_CANNOT_PAY", WB_ERROR_DECLINED },
  { "PAYER_ACCOUNT_LOCKED_OR_CLOSED", WB_ERROR_DECLINED },
  { "TRANSACTION_REFUSED", WB_ERROR_DECLINED },
  { "INSTRUMENT_DECLINED", WB_ERROR_DECLINED },
  { "PAYEE_ACCOUNT_LOCKED_OR_CLOSED", WB_ERROR_AUTH },
  { "PAYEE_ACCOUNT_RESTRICTED", WB_ERROR_AUTH },
  { "INVALID_ACCOUNT_STATUS", WB_ERROR_AUTH },
  { "PERMISSION_DENIED", WB_ERROR_AUTH },
  { "INVALID_RESOURCE_ID", WB_ERROR_NOT_FOUND },
  { "PREVIOUS_REQUEST_IN_PROGRESS", WB_ERROR_UNSURE },
  { "CANNOT_BE_ZERO_OR_NEGATIVE", WB_ERROR_INVALID },
  { "CANNOT_BE_NEGATIVE", WB_ERROR_INVALID },
  { "DECIMAL_PRECISION", WB_ERROR_INVALID },
  { "DECIMALS_NOT_SUPPORTED", WB_ERROR_INVALID },
  { "AUTH_CAPTURE_CURRENCY_MISMATCH", WB_ERROR_INVALID },
  { "AUTH_CURRENCY_MISMATCH", WB_ERROR_INVALID },
  { "REFUND_CAPTURE_CURRENCY_MISMATCH", WB_ERROR_INVALID },
  { "CURRENCY_MISMATCH", WB_ERROR_INVALID },
};

/* By the error's name, where no detail says more. */
static const struct
{
  const char *name;
  WbError     means;
} names[] = {
  { "INVALID_REQUEST", WB_ERROR_INVALID },
  { "AUTHENTICATION_FAILURE", WB_ERROR_AUTH },
  { "NOT_AUTHORIZED", WB_ERROR_AUTH },
  { "RESOURCE_NOT_FOUND", WB_ERROR_NOT_FOUND },
  { "RESOURCE_CONFLICT", WB_ERROR_UNSURE },
  { "UNPROCESSABLE_ENTITY", WB_ERROR_REFUSED },
  { "RATE_LIMIT_REACHED", WB_ERROR_UNAVAILABLE },
};

/* An authorisation that was voided cannot be captured; one that is to be voided is done. */
static gboolean
means_by_act (const char *issue, WbPaypalAct act, WbError *means)
{
  if (g_strcmp0 (issue, "AUTHORIZATION_VOIDED") == 0)
    *means = act == WB_PAYPAL_VOID ? WB_ERROR_ALREADY : WB_ERROR_REFUSED;
  else if (g_strcmp0 (issue, "AUTHORIZATION_ALREADY_CAPTURED") == 0 && act != WB_PAYPAL_CAPTURE)
    *means = WB_ERROR_REFUSED;
  else
    return FALSE;
  return TRUE;
}

static WbError
meaning (const WbJson *top, const char *issue, WbPaypalAct act, WbError by_status)
{
  const char *name = wb_json_opt_string (top, "name");
  WbError     means;

  /* A 5xx, or a busy answer after an unanswered try, tells nothing about the outcome. */
  if (by_status == WB_ERROR_UNSURE)
    return by_status;
  if (means_by_act (issue, act, &means))
    return means;
  for (guint i = 0; i < G_N_ELEMENTS (issues); i++)
    if (g_strcmp0 (issues[i].issue, issue) == 0)
      return issues[i].means;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].name, name) == 0)
      return names[i].means;
  return by_status;
}

/* “The requested action could not be performed… (MAX_CAPTURE_AMOUNT_EXCEEDED at amount; PayPal's
 * note 90957fca61718)”: the debug id is what PayPal's support asks for. */
static char *
error_words (const WbJson *top, const WbJson *detail)
{
  const char         *words = wb_json_opt_string (detail, "description");
  const char         *issue = wb_json_opt_string (detail, "issue");
  const char         *field = wb_json_opt_string (detail, "field");
  const char         *note = wb_json_opt_string (top, "debug_id");
  g_autoptr (GString) text = NULL;
  g_autofree char    *clean = NULL;

  if (words == NULL)
    words = wb_json_opt_string (top, "message");
  if (words == NULL)
    words = wb_json_opt_string (top, "error_description");
  if (issue == NULL)
    issue = wb_json_opt_string (top, "name");
  if (issue == NULL)
    issue = wb_json_opt_string (top, "error");
  text = g_string_new (words != NULL ? words : "it gives no reason");
  if (issue != NULL)
    g_string_append_printf (text, " (%s%s%s%s%s)", issue, field != NULL ? " at " : "",
                            field != NULL ? field : "", note != NULL ? "; debug id " : "",
                            note != NULL ? note : "");
  clean = wb_redact_text (text->str);
  return wb_text_one_line (clean);
}

/**
 * wb_paypal_check:
 * Returns: %TRUE for 2xx. Else %WB_ERROR_DECLINED, %WB_ERROR_EXPIRED, %WB_ERROR_ALREADY,
 * %WB_ERROR_TOO_MUCH, %WB_ERROR_NOT_FOUND, %WB_ERROR_AUTH, %WB_ERROR_REFUSED, %WB_ERROR_INVALID,
 * %WB_ERROR_UNAVAILABLE (too many requests), %WB_ERROR_UNSURE (5xx, or the key's first request
 * still at work). Issues as the published payments v2 document lists them.
 */
gboolean
wb_paypal_check (const WbHttpResponse *response, WbPaypalAct act, GError **error)
{
  g_autoptr (GError)   by_status = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char     *words = NULL;
  WbJson               top, details, detail = { 0 };

  if (wb_http_check (response, &by_status))
    return TRUE;
  if (!wb_http_response_is_html (response))
    root = wb_json_parse_bytes (wb_http_response_get_body (response), "the error", NULL);
  top = wb_json_root (root, "PayPal");
  if (!wb_json_is_object (&top))
    {
      g_propagate_error (error, g_steal_pointer (&by_status));
      return FALSE;
    }
  details = wb_json_member (&top, "details");
  if (wb_json_is_array (&details))
    detail = wb_json_element (&details, 0);
  words = error_words (&top, &detail);
  g_set_error (
      error, WB_ERROR,
      meaning (&top, wb_json_opt_string (&detail, "issue"), act, (WbError) by_status->code),
      "PayPal: %s", words);
  return FALSE;
}

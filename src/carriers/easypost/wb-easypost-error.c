/* SPDX-License-Identifier: GPL-3.0-or-later
 * EasyPost's errors as ours: what the caller can do, with EasyPost's own words and the fields they
 * are about. */
#include "wb-easypost-private.h"

#include "wb-text.h"

#include <string.h>

/* Codes of https://docs.easypost.com/docs/errors that mean something else than their HTTP status
 * says. Whatever is not here goes by its status. */
static const struct
{
  const char *code;
  WbError     means;
} meanings[] = {
  { "SHIPMENT.POSTAGE.EXISTS", WB_ERROR_ALREADY },
  { "SHIPMENT.REFUND.EXISTS", WB_ERROR_ALREADY },
  { "SHIPMENT.PURCHASE.IN_PROGRESS", WB_ERROR_UNSURE },
  { "SHIPMENT.POSTAGE.NO_RESPONSE", WB_ERROR_UNSURE },
  { "SHIPMENT.POSTAGE.TIMED_OUT", WB_ERROR_UNSURE },
  { "REFUND.NO_RESPONSE", WB_ERROR_UNSURE },
  { "SHIPMENT.MISSING_RATE", WB_ERROR_EXPIRED },
  { "SHIPMENT.RATE.EXPIRED", WB_ERROR_EXPIRED },
  { "RATE.EXPIRED", WB_ERROR_EXPIRED },
  { "RATE.NOT_FOUND", WB_ERROR_EXPIRED },
  { "SHIPMENT.RATES.UNAVAILABLE", WB_ERROR_REFUSED },
  { "SHIPMENT.POSTAGE.FAILURE", WB_ERROR_REFUSED },
  { "SHIPMENT.PURCHASE.FAILURE", WB_ERROR_REFUSED },
  { "SHIPMENT.POSTAGE.REQUIRED", WB_ERROR_REFUSED },
  { "SHIPMENT.POSTAGE.FORMAT_UNAVAILABLE", WB_ERROR_REFUSED },
  { "SHIPMENT.REFUND.UNAVAILABLE", WB_ERROR_REFUSED },
  { "SHIPMENT.REFUND.FAILURE", WB_ERROR_REFUSED },
  { "REFUND.FAILURE", WB_ERROR_REFUSED },
  { "INSUFFICIENT_FUNDS", WB_ERROR_REFUSED },
  { "PAYMENT_REQUIRED", WB_ERROR_REFUSED },
  { "BILLING.INSUFFICIENT_FUNDS", WB_ERROR_REFUSED },
  { "USER.UNAUTHORIZED", WB_ERROR_AUTH },
  { "APIKEY.INACTIVE", WB_ERROR_AUTH },
  { "MODE.UNAUTHORIZED", WB_ERROR_AUTH },
};

static gboolean
read_error (const WbHttpResponse *response, JsonNode **root, WbJson *top, WbJson *at)
{
  if (wb_http_response_is_html (response) ||
      (*root = wb_json_parse_bytes (wb_http_response_get_body (response), "the error", NULL)) ==
          NULL)
    return FALSE;
  *top = wb_json_root (*root, "EasyPost");
  return wb_json_object (top, "error", at, NULL);
}

static void
append_part (GString *text, const char *part)
{
  if (wb_text_is_empty (part) || strstr (text->str, part) != NULL)
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", part);
}

/* errors[] is a list of {field, message} or of plain texts, of one or several levels (both
 * recorded). */
static void
append_fields (const WbJson *list, GString *text)
{
  guint n = wb_json_is_array (list) ? json_array_get_length (json_node_get_array (list->node)) : 0;

  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (list, i);
      const char      *field = wb_json_opt_string (&one, "field");
      const char      *message = wb_json_opt_string (&one, "message");
      g_autofree char *both = NULL;

      if (JSON_NODE_HOLDS_VALUE (one.node) && json_node_get_value_type (one.node) == G_TYPE_STRING)
        append_part (text, json_node_get_string (one.node));
      else if (field != NULL && message != NULL)
        append_part (text, both = g_strdup_printf ("%s: %s", field, message));
      else
        append_part (text, message);
    }
}

static char *
error_words (const WbJson *at)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WbJson              errors = wb_json_member (at, "errors");
  WbJson              message = wb_json_member (at, "message");

  append_part (text, wb_json_opt_string (at, "message"));
  append_fields (&message, text);
  append_fields (&errors, text);
  return wb_text_one_line (text->str);
}

/**
 * wb_easypost_dup_error_code:
 * Returns: (transfer full) (nullable): EasyPost's own code of the error in @response.
 */
char *
wb_easypost_dup_error_code (const WbHttpResponse *response)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               top, at;

  return read_error (response, &root, &top, &at) ? g_strdup (wb_json_opt_string (&at, "code"))
                                                 : NULL;
}

/* SHIPMENT.POSTAGE.FAILURE passes on what the carrier says, an old rate among it; only the words
 * tell that one. */
static gboolean
is_old_rate (const char *code, const char *words)
{
  return g_strcmp0 (code, "SHIPMENT.POSTAGE.FAILURE") == 0 && strcasestr (words, "rate") != NULL &&
         strcasestr (words, "expired") != NULL;
}

static WbError
meaning (const char *code, const char *words, guint status, WbError by_status)
{
  /* A 5xx, a time-out or a busy signal after an unanswered try tells nothing about the outcome,
   * whatever its code. */
  if (by_status == WB_ERROR_UNSURE)
    return by_status;
  if (is_old_rate (code, words))
    return WB_ERROR_EXPIRED;
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_strcmp0 (meanings[i].code, code) == 0)
      return meanings[i].means;
  if (status == 402)
    return WB_ERROR_REFUSED; /* our own account at EasyPost lacks funds: nobody's card was declined
                              */
  return by_status;
}

/**
 * wb_easypost_check:
 * Returns: %TRUE for 2xx. Else an error: %WB_ERROR_ALREADY when the postage exists,
 * %WB_ERROR_EXPIRED for a rate that is gone, %WB_ERROR_REFUSED when the carrier or the account's
 * funds say no, %WB_ERROR_INVALID with the field for a bad request, %WB_ERROR_UNSURE when the
 * carrier did not answer EasyPost, else by status as of wb_http_check().
 */
gboolean
wb_easypost_check (const WbHttpResponse *response, GError **error)
{
  g_autoptr (GError)   by_status = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char     *words = NULL;
  g_autofree char     *clean = NULL;
  const char          *code;
  WbJson               top, at;

  if (wb_http_check (response, &by_status))
    return TRUE;
  if (!read_error (response, &root, &top, &at))
    {
      g_propagate_error (error, g_steal_pointer (&by_status));
      return FALSE;
    }
  code = wb_json_opt_string (&at, "code");
  words = error_words (&at);
  clean = wb_redact_text (words);
  g_set_error (
      error, WB_ERROR,
      meaning (code, words, wb_http_response_get_status (response), (WbError) by_status->code),
      "EasyPost: %s%s%s%s", wb_text_is_empty (clean) ? by_status->message : clean,
      code != NULL ? " (" : "", code != NULL ? code : "", code != NULL ? ")" : "");
  return FALSE;
}

/** wb_easypost_call: sends @request; Returns: (transfer full): the root of the reply; errors as of
 * wb_easypost_check(). */
JsonNode *
wb_easypost_call (WbEasypost    *self,
                  WbHttpRequest *request,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (WbHttpResponse) response = wb_http_send (self->http, request, cancellable, error);

  if (response == NULL || !wb_easypost_check (response, error))
    return NULL;
  return wb_http_response_json (response, error);
}

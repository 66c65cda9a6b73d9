/* SPDX-License-Identifier: GPL-3.0-or-later
 * Payments: reading, capturing and giving up, with every refusal the gateway knows. */
#include "wb-town-stripe.h"

#include "wb-money.h"

#include <string.h>

/** wb_town_stripe_expand: Returns: (transfer full): what the request wants whole, from query or
 * form. */
GStrv
wb_town_stripe_expand (WbTownRequest *request)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GPtrArray *pairs = strcmp (request->method, "GET") == 0 ? request->query : request->form;

  for (guint i = 0; i < pairs->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (pairs, i);

      if (g_str_has_prefix (pair->name, "expand["))
        g_strv_builder_add (builder, pair->value);
    }
  return g_strv_builder_end (builder);
}

static WbTownIntent *
intent_for (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownIntent    *intent = wb_town_bank_find (town->bank, request->params[0]);
  g_autofree char *message = NULL;

  if (intent == NULL)
    {
      message = g_strdup_printf ("No such payment_intent: '%s'", request->params[0]);
      wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "intent",
                           message);
    }
  return intent;
}

static void
reply_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply, const WbTownIntent *intent)
{
  g_auto (GStrv) expand = wb_town_stripe_expand (request);

  wb_town_stripe_write_intent (town, reply->out, NULL, intent, (const char *const *) expand);
}

/** wb_town_stripe_note: notes for the list of events that something happened to a payment. */
void
wb_town_stripe_note (WbTown *town, const char *type, const WbTownIntent *intent)
{
  g_autoptr (WbTownOut) out = wb_town_out_new ();

  if (g_str_has_prefix (type, "charge."))
    wb_town_stripe_write_charge (town, out, NULL, intent, NULL);
  else
    wb_town_stripe_write_intent (town, out, NULL, intent, NULL);
  wb_town_bank_event (town->bank, type, out->text->str);
}

/** wb_town_stripe_get_intent: GET /v1/payment_intents/{id}. */
void
wb_town_stripe_get_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownIntent *intent = intent_for (town, request, reply);

  if (intent != NULL)
    reply_intent (town, request, reply, intent);
}

/* "metadata[name]" of the form; an empty value unsets. */
static void
take_metadata (GPtrArray *metadata, WbTownRequest *request)
{
  for (guint i = 0; i < request->form->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (request->form, i);
      gsize             size = strlen (pair->name);
      g_autofree char  *name = NULL;
      g_autofree char  *form = NULL;

      if (!g_str_has_prefix (pair->name, "metadata[") || size < 11)
        continue;
      name = g_strndup (pair->name + 9, size - 10);
      for (guint k = 0; k < metadata->len; k++)
        if (strcmp (((WbTownPair *) g_ptr_array_index (metadata, k))->name, name) == 0)
          g_ptr_array_remove_index (metadata, k--);
      if (*pair->value == '\0')
        continue;
      {
        g_autofree char *escaped = g_uri_escape_string (pair->value, NULL, FALSE);
        g_autofree char *escaped_name = g_uri_escape_string (name, NULL, FALSE);

        form = g_strdup_printf ("%s=%s", escaped_name, escaped);
      }
      g_ptr_array_extend_and_steal (metadata, wb_town_pairs_parse (form));
    }
}

/** wb_town_stripe_update_intent: POST /v1/payment_intents/{id}: its metadata. */
void
wb_town_stripe_update_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownIntent *intent = intent_for (town, request, reply);

  if (intent == NULL)
    return;
  take_metadata (intent->metadata, request);
  reply->effect = TRUE;
  reply_intent (town, request, reply, intent);
}

/* The refusal carries the payment as it stands, which tells the client what has happened to it. */
static void
refuse_state (WbTown *town, WbTownReply *reply, const WbTownIntent *intent, const char *message)
{
  wb_town_reply_reset (reply);
  reply->status = 400;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_object (reply->out, "error");
  wb_town_out_string (reply->out, "code", "payment_intent_unexpected_state");
  wb_town_out_string (reply->out, "doc_url",
                      "https://stripe.com/docs/error-codes/payment-intent-unexpected-state");
  wb_town_out_string (reply->out, "message", message);
  wb_town_stripe_write_intent (town, reply->out, "payment_intent", intent, NULL);
  wb_town_out_string (reply->out, "type", "invalid_request_error");
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

static void
refuse_card (WbTown *town, WbTownReply *reply, WbTownIntent *intent)
{
  intent->refused = TRUE;
  wb_town_reply_reset (reply);
  reply->status = 402;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_object (reply->out, "error");
  wb_town_out_string (reply->out, "charge", intent->charge);
  wb_town_out_string (reply->out, "code", "card_declined");
  wb_town_out_string (reply->out, "decline_code", "generic_decline");
  wb_town_out_string (reply->out, "doc_url", "https://stripe.com/docs/error-codes/card-declined");
  wb_town_out_string (reply->out, "message", "Your card was declined.");
  wb_town_stripe_write_intent (town, reply->out, "payment_intent", intent, NULL);
  wb_town_out_string (reply->out, "type", "card_error");
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

/* FALSE with a reply when the number makes no sense; such a request is not kept under its key. */
static gboolean
read_amount (
    WbTownRequest *request, WbTownReply *reply, const char *name, gint64 fallback, gint64 *amount)
{
  const char      *text = wb_town_pairs_get (request->form, name);
  g_autofree char *message = NULL;

  *amount = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, amount, NULL))
    return TRUE;
  if (g_ascii_string_to_signed (text, 10, G_MININT64, 0, amount, NULL))
    message = g_strdup ("This value must be greater than or equal to 1.");
  else
    message = g_strdup_printf ("Invalid integer: %s", text);
  wb_town_stripe_fail (reply, 400, "invalid_request_error", "parameter_invalid_integer", name,
                       message);
  return FALSE;
}

static gboolean
check_capture (
    WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownIntent *intent, gint64 amount)
{
  const char      *final = wb_town_pairs_get (request->form, "final_capture");
  g_autofree char *message = NULL;

  if (strcmp (intent->status, "requires_capture") != 0)
    {
      message =
          g_strdup_printf ("This PaymentIntent could not be captured because it has a status of "
                           "%s. Only a PaymentIntent "
                           "with one of the following statuses may be captured: requires_capture.",
                           intent->status);
      refuse_state (town, reply, intent, message);
    }
  else if (wb_town_bank_overdue (town->bank, intent))
    wb_town_stripe_fail (reply, 400, "invalid_request_error", "charge_expired_for_capture", NULL,
                         "The charge cannot be captured as the authorization has expired.");
  else if (amount > wb_town_bank_most (intent))
    wb_town_stripe_fail (reply, 400, "invalid_request_error", "amount_too_large",
                         "amount_to_capture",
                         "The requested capture amount is greater than the amount you can capture "
                         "for this PaymentIntent.");
  else if (final != NULL && strcmp (final, "false") == 0 && !intent->several)
    wb_town_stripe_fail (reply, 400, "invalid_request_error", "parameter_invalid_empty",
                         "final_capture", "Multicapture is not available for this PaymentIntent.");
  else if (intent->declines)
    refuse_card (town, reply, intent);
  else
    return TRUE;
  return FALSE;
}

/** wb_town_stripe_capture_intent: POST /v1/payment_intents/{id}/capture: once; less releases the
 * rest, more is refused; several times where the payment allows it and the rest is kept. */
void
wb_town_stripe_capture_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownIntent *intent = intent_for (town, request, reply);
  gint64        amount;

  if (intent == NULL ||
      !read_amount (request, reply, "amount_to_capture", wb_town_bank_left (intent), &amount))
    return;
  reply->effect = TRUE;
  if (!check_capture (town, request, reply, intent, amount))
    return;
  take_metadata (intent->metadata, request);
  wb_town_bank_capture (town->bank, intent, amount,
                        g_strcmp0 (wb_town_pairs_get (request->form, "final_capture"), "false") ==
                            0);
  wb_town_stripe_note (town, "charge.captured", intent);
  if (strcmp (intent->status, "succeeded") == 0)
    wb_town_stripe_note (town, "payment_intent.succeeded", intent);
  reply_intent (town, request, reply, intent);
}

/** wb_town_stripe_cancel_intent: POST /v1/payment_intents/{id}/cancel. */
void
wb_town_stripe_cancel_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  static const char *const reasons[] = { "duplicate", "fraudulent", "requested_by_customer",
                                         "abandoned", NULL };
  WbTownIntent            *intent = intent_for (town, request, reply);
  const char              *reason = wb_town_pairs_get (request->form, "cancellation_reason");
  g_autofree char         *message = NULL;

  if (intent == NULL)
    return;
  if (reason != NULL && !g_strv_contains (reasons, reason))
    {
      message = g_strdup_printf ("Invalid cancellation_reason: must be one of duplicate, "
                                 "fraudulent, requested_by_customer, or abandoned");
      wb_town_stripe_fail (reply, 400, "invalid_request_error", NULL, "cancellation_reason",
                           message);
      return;
    }
  reply->effect = TRUE;
  if (strcmp (intent->status, "requires_capture") != 0)
    {
      message = g_strdup_printf (
          "You cannot cancel this PaymentIntent because it has a status of %s. Only a "
          "PaymentIntent with one of the "
          "following statuses may be canceled: requires_payment_method, requires_capture, "
          "requires_reauthorization, requires_confirmation, requires_action, processing.",
          intent->status);
      refuse_state (town, reply, intent, message);
      return;
    }
  wb_town_bank_cancel (town->bank, intent, g_intern_string (reason));
  wb_town_stripe_note (town, "payment_intent.canceled", intent);
  reply_intent (town, request, reply, intent);
}

/** wb_town_stripe_get_charge: GET /v1/charges/{id}. */
void
wb_town_stripe_get_charge (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownIntent *intent = wb_town_bank_by_charge (town->bank, request->params[0]);
  g_auto (GStrv)      expand = wb_town_stripe_expand (request);
  g_autofree char    *message = NULL;

  if (intent != NULL && strcmp (intent->charge, request->params[0]) == 0)
    {
      wb_town_stripe_write_charge (town, reply->out, NULL, intent, (const char *const *) expand);
      return;
    }
  message = g_strdup_printf ("No such charge: '%s'", request->params[0]);
  wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "id", message);
}

/* Whom to give back, and how much; NULL with a reply when that cannot be. */
static WbTownIntent *
refund_subject (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char      *id = wb_town_pairs_get (request->form, "payment_intent");
  const char      *charge = wb_town_pairs_get (request->form, "charge");
  WbTownIntent    *intent = id != NULL       ? wb_town_bank_find (town->bank, id)
                            : charge != NULL ? wb_town_bank_by_charge (town->bank, charge)
                                             : NULL;
  g_autofree char *message = NULL;

  if (id == NULL && charge == NULL)
    wb_town_stripe_fail (reply, 400, "invalid_request_error", "parameter_missing", NULL,
                         "One of the following params should be provided for this request: "
                         "payment_intent or charge.");
  else if (intent == NULL)
    {
      message = g_strdup_printf ("No such %s: '%s'", id != NULL ? "payment_intent" : "charge",
                                 id != NULL ? id : charge);
      wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing",
                           id != NULL ? "payment_intent" : "charge", message);
    }
  else if (intent->captured == 0)
    {
      message = g_strdup_printf (
          "This PaymentIntent (%s) does not have a successful charge to refund.", intent->id);
      wb_town_stripe_fail (reply, 400, "invalid_request_error", "payment_intent_unexpected_state",
                           NULL, message);
    }
  else if (wb_town_bank_refundable (intent) == 0)
    {
      message = g_strdup_printf ("Charge %s has already been refunded.", intent->charge);
      wb_town_stripe_fail (reply, 400, "invalid_request_error", "charge_already_refunded", NULL,
                           message);
    }
  else
    return intent;
  return NULL;
}

/** wb_town_stripe_create_refund: POST /v1/refunds. */
void
wb_town_stripe_create_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownIntent   *intent = refund_subject (town, request, reply);
  g_auto (GStrv)  expand = wb_town_stripe_expand (request);
  WbTownGiveback *refund;
  gint64          amount;

  if (intent == NULL ||
      !read_amount (request, reply, "amount", wb_town_bank_refundable (intent), &amount))
    return;
  reply->effect = TRUE;
  if (amount > wb_town_bank_refundable (intent))
    {
      guint            digits = wb_currency_exponent (intent->currency);
      g_autofree char *asked = wb_minor_to_decimal (amount, digits);
      g_autofree char *left = wb_minor_to_decimal (wb_town_bank_refundable (intent), digits);
      g_autofree char *message = g_strdup_printf (
          "Refund amount (%s %s) is greater than unrefunded amount on charge (%s %s)", asked,
          intent->currency, left, intent->currency);

      wb_town_stripe_fail (reply, 400, "invalid_request_error", NULL, "amount", message);
      return;
    }
  refund =
      wb_town_bank_refund (town->bank, intent, amount, wb_town_pairs_get (request->form, "reason"));
  take_metadata (refund->metadata, request);
  wb_town_stripe_note (town, "charge.refunded", intent);
  wb_town_stripe_write_refund (town, reply->out, NULL, intent, refund,
                               (const char *const *) expand);
}

typedef struct
{
  WbTown            *town;
  WbTownOut         *out;
  const char *const *expand;
} RefundInk;

static void
write_refunds_of (gpointer item, gpointer data)
{
  const WbTownIntent *intent = item;
  const RefundInk    *ink = data;

  for (guint i = intent->refunds->len; i > 0; i--)
    wb_town_stripe_write_refund (ink->town, ink->out, NULL, intent,
                                 g_ptr_array_index (intent->refunds, i - 1), ink->expand);
}

/** wb_town_stripe_list_refunds: GET /v1/refunds, of one payment or charge or of all; a page holds
 * them all. */
void
wb_town_stripe_list_refunds (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char    *id = wb_town_pairs_get (request->query, "payment_intent");
  const char    *charge = wb_town_pairs_get (request->query, "charge");
  g_auto (GStrv) expand = wb_town_stripe_expand (request);
  WbTownIntent  *intent = id != NULL       ? wb_town_bank_find (town->bank, id)
                          : charge != NULL ? wb_town_bank_by_charge (town->bank, charge)
                                           : NULL;
  RefundInk      ink = { town, reply->out, (const char *const *) expand };

  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "object", "list");
  wb_town_out_string (reply->out, "url", "/v1/refunds");
  wb_town_out_begin_array (reply->out, "data");
  if (intent != NULL)
    write_refunds_of (intent, &ink);
  else if (id == NULL && charge == NULL)
    wb_town_bank_foreach (town->bank, write_refunds_of, &ink);
  wb_town_out_end_array (reply->out);
  wb_town_out_bool (reply->out, "has_more", FALSE);
  wb_town_out_end_object (reply->out);
}

/* The refund called @id, or whose transaction is @id. */
static const WbTownGiveback *
find_refund (const WbTownIntent *intent, const char *id)
{
  for (guint i = 0; intent != NULL && i < intent->refunds->len; i++)
    {
      const WbTownGiveback *refund = g_ptr_array_index (intent->refunds, i);

      if (strcmp (refund->id, id) == 0 || g_strcmp0 (refund->transaction, id) == 0)
        return refund;
    }
  return NULL;
}

/** wb_town_stripe_get_refund: GET /v1/refunds/{id}. */
void
wb_town_stripe_get_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownIntent   *intent = wb_town_bank_by_charge (town->bank, request->params[0]);
  const WbTownGiveback *refund = find_refund (intent, request->params[0]);
  g_auto (GStrv)        expand = wb_town_stripe_expand (request);
  g_autofree char      *message = NULL;

  if (refund != NULL)
    {
      wb_town_stripe_write_refund (town, reply->out, NULL, intent, refund,
                                   (const char *const *) expand);
      return;
    }
  message = g_strdup_printf ("No such refund: '%s'", request->params[0]);
  wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "id", message);
}

/** wb_town_stripe_list_events: GET /v1/events, newest first, of the last 30 days. */
void
wb_town_stripe_list_events (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_bank_write_events (town->bank, request, reply->out);
}

/** wb_town_stripe_get_event: GET /v1/events/{id}. */
void
wb_town_stripe_get_event (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *message = NULL;

  if (wb_town_bank_write_event (town->bank, request->params[0], reply->out))
    return;
  message = g_strdup_printf ("No such event: '%s'", request->params[0]);
  wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "id", message);
}

/** wb_town_stripe_get_account: GET /v1/account. */
void
wb_town_stripe_get_account (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *currency = g_ascii_strdown (town->currency, -1);

  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "id", "acct_1PracticeTown000");
  wb_town_out_string (reply->out, "object", "account");
  wb_town_out_bool (reply->out, "charges_enabled", TRUE);
  wb_town_out_string (reply->out, "country", "DE");
  wb_town_out_int (reply->out, "created", town->epoch);
  wb_town_out_string (reply->out, "default_currency", currency);
  wb_town_out_bool (reply->out, "details_submitted", TRUE);
  wb_town_out_string (reply->out, "email", "practice@example.com");
  wb_town_out_begin_object (reply->out, "metadata");
  wb_town_out_end_object (reply->out);
  wb_town_out_bool (reply->out, "payouts_enabled", TRUE);
  wb_town_out_string (reply->out, "type", "standard");
  wb_town_out_end_object (reply->out);
}

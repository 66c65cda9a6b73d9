/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be asked of the town's PayPal, with every refusal that it knows. */
#include "wb-town-paypal.h"

#include "wb-money.h"

#include <string.h>

#define HONOUR_PERIOD (3 * 24 * 3600)

static void
refuse (WbTownReply *reply, const char *issue, const char *message)
{
  wb_town_paypal_fail (reply, 422, "UNPROCESSABLE_ENTITY", issue, message);
}

static void
fail_missing (WbTownReply *reply)
{
  wb_town_paypal_fail (reply, 404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID",
                       "Specified resource ID does not exist. Please check the resource ID and try "
                       "again.");
}

/** wb_town_paypal_get_sale: GET /v2/checkout/orders/{id}. */
void
wb_town_paypal_get_sale (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownSale *sale = wb_town_till_find_sale (town->till, request->params[0]);

  if (sale != NULL)
    wb_town_paypal_write_sale (town, reply->out, sale);
  else
    fail_missing (reply);
}

static WbTownSlip *
find (WbTown        *town,
      WbTownRequest *request,
      WbTownReply   *reply,
      WbTownSlipKind kind,
      WbTownSale   **sale)
{
  WbTownSlip *slip = wb_town_till_find_slip (town->till, kind, request->params[0], sale);

  if (slip == NULL)
    fail_missing (reply);
  return slip;
}

static void
get_slip (WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownSlipKind kind)
{
  WbTownSale *sale;
  WbTownSlip *slip = find (town, request, reply, kind, &sale);

  if (slip != NULL)
    wb_town_paypal_write_slip (town, reply->out, sale, slip, kind, TRUE);
}

/** wb_town_paypal_get_authorisation: GET /v2/payments/authorizations/{id}. */
void
wb_town_paypal_get_authorisation (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  get_slip (town, request, reply, WB_TOWN_SLIP_AUTHORISATION);
}

/** wb_town_paypal_get_capture: GET /v2/payments/captures/{id}. */
void
wb_town_paypal_get_capture (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  get_slip (town, request, reply, WB_TOWN_SLIP_CAPTURE);
}

/** wb_town_paypal_get_refund: GET /v2/payments/refunds/{id}. */
void
wb_town_paypal_get_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  get_slip (town, request, reply, WB_TOWN_SLIP_REFUND);
}

static const char *
text_member (WbTownRequest *request, const char *name)
{
  JsonObject *body = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                         ? json_node_get_object (request->json)
                         : NULL;

  return body != NULL ? json_object_get_string_member_with_default (body, name, NULL) : NULL;
}

/* The amount of the body; @fallback without one. FALSE with a reply when it makes no sense. */
static gboolean
read_amount (WbTownRequest    *request,
             WbTownReply      *reply,
             const WbTownSale *sale,
             const char       *mismatch,
             gint64            fallback,
             gint64           *amount)
{
  JsonObject *body = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                         ? json_node_get_object (request->json)
                         : NULL;
  JsonObject *money = body != NULL && json_object_has_member (body, "amount")
                          ? json_object_get_object_member (body, "amount")
                          : NULL;
  const char *currency, *value;

  *amount = fallback;
  if (money == NULL)
    return TRUE;
  currency = json_object_get_string_member_with_default (money, "currency_code", "");
  value = json_object_get_string_member_with_default (money, "value", "");
  if (strcmp (currency, sale->currency) != 0)
    refuse (reply, mismatch, "The currency is not the one that was authorised.");
  else if (!wb_money_parse_minor (value, wb_currency_exponent (currency), amount, NULL))
    refuse (reply, "DECIMAL_PRECISION", "The value of the amount has too many decimals.");
  else if (*amount <= 0)
    refuse (reply, "CANNOT_BE_ZERO_OR_NEGATIVE", "The amount must be greater than zero.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
wants_whole (WbTownRequest *request)
{
  return request->prefer != NULL && strstr (request->prefer, "representation") != NULL;
}

/* Says what came of it, now or, when the key is known, then. */
static void
answer (WbTown           *town,
        WbTownRequest    *request,
        WbTownReply      *reply,
        const WbTownSale *sale,
        WbTownSlip       *slip,
        WbTownSlipKind    kind)
{
  reply->status = 201;
  wb_town_paypal_write_slip (town, reply->out, sale, slip, kind, wants_whole (request));
}

static gboolean
answer_again (WbTown           *town,
              WbTownRequest    *request,
              WbTownReply      *reply,
              const WbTownSale *sale,
              WbTownSlipKind    kind)
{
  WbTownSlip *slip = wb_town_till_answer (town->till, request->idempotency_key);

  if (slip == NULL)
    return FALSE;
  answer (town, request, reply, sale, slip, kind);
  return TRUE;
}

static gboolean
check_open (WbTown *town, WbTownReply *reply, const WbTownSlip *authorisation)
{
  if (strcmp (authorisation->status, "CAPTURED") == 0)
    refuse (reply, "AUTHORIZATION_ALREADY_CAPTURED", "Authorization has already been captured.");
  else if (strcmp (authorisation->status, "VOIDED") == 0)
    refuse (reply, "AUTHORIZATION_VOIDED", "A voided authorization cannot be captured.");
  else if (wb_town_clock (town) >= authorisation->expires)
    refuse (reply, "AUTHORIZATION_EXPIRED", "An expired authorization cannot be captured.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_capture (WbTown           *town,
               WbTownRequest    *request,
               WbTownReply      *reply,
               const WbTownSale *sale,
               const WbTownSlip *authorisation,
               gint64           *amount)
{
  gint64      left = authorisation->amount - wb_town_till_captured (sale, authorisation);
  const char *invoice = text_member (request, "invoice_id");

  if (!check_open (town, reply, authorisation) ||
      !read_amount (request, reply, sale, "AUTH_CAPTURE_CURRENCY_MISMATCH", left, amount))
    return FALSE;
  if (*amount > left)
    refuse (reply, "MAX_CAPTURE_AMOUNT_EXCEEDED",
            "Capture amount exceeds allowable limit. Please contact customer service or your "
            "account manager.");
  else if (invoice != NULL && wb_town_till_invoice_is_known (town->till, invoice))
    refuse (reply, "DUPLICATE_INVOICE_ID",
            "Requested invoice number has been previously captured.");
  else if (sale->declines)
    refuse (reply, "TRANSACTION_REFUSED",
            "PayPal's internal controls prevent authorization from "
            "being captured.");
  else
    return TRUE;
  return FALSE;
}

static guint
place_in (GPtrArray *list, const WbTownSlip *slip)
{
  guint place = 0;

  g_ptr_array_find (list, slip, &place);
  return place;
}

static gboolean
is_final (WbTownRequest *request)
{
  JsonObject *body = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                         ? json_node_get_object (request->json)
                         : NULL;

  return body != NULL && json_object_get_boolean_member_with_default (body, "final_capture", FALSE);
}

/** wb_town_paypal_capture: POST /v2/payments/authorizations/{id}/capture. */
void
wb_town_paypal_capture (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownSale *sale;
  WbTownSlip *authorisation = find (town, request, reply, WB_TOWN_SLIP_AUTHORISATION, &sale);
  WbTownSlip *capture;
  gint64      amount;

  if (authorisation == NULL || answer_again (town, request, reply, sale, WB_TOWN_SLIP_CAPTURE) ||
      !check_capture (town, request, reply, sale, authorisation, &amount))
    return;
  capture = wb_town_till_add (town->till, sale, WB_TOWN_SLIP_CAPTURE, amount);
  capture->owner = place_in (sale->authorisations, authorisation);
  capture->invoice_id = g_strdup (text_member (request, "invoice_id"));
  capture->final = is_final (request);
  authorisation->status =
      capture->final || wb_town_till_captured (sale, authorisation) >= authorisation->amount
          ? "CAPTURED"
          : "PARTIALLY_CAPTURED";
  wb_town_till_keep (town->till, request->idempotency_key, capture);
  reply->effect = TRUE;
  answer (town, request, reply, sale, capture, WB_TOWN_SLIP_CAPTURE);
}

static gboolean
is_first (const WbTownSale *sale, const WbTownSlip *authorisation)
{
  return authorisation == g_ptr_array_index (sale->authorisations, 0);
}

/** wb_town_paypal_renew: POST /v2/payments/authorizations/{id}/reauthorize: a new authorisation
 * takes the place of one whose days of honour are over. */
void
wb_town_paypal_renew (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownSale *sale;
  WbTownSlip *authorisation = find (town, request, reply, WB_TOWN_SLIP_AUTHORISATION, &sale);
  WbTownSlip *fresh;
  gint64      amount;

  if (authorisation == NULL ||
      answer_again (town, request, reply, sale, WB_TOWN_SLIP_AUTHORISATION))
    return;
  if (!is_first (sale, authorisation))
    {
      refuse (reply, "REAUTHORIZATION_NOT_SUPPORTED",
              "What came of a reauthorization is not reauthorized again.");
      return;
    }
  if (wb_town_clock (town) >= authorisation->expires)
    {
      refuse (reply, "TRANSACTION_REFUSED", "The authorization has expired.");
      return;
    }
  if (!check_open (town, reply, authorisation) ||
      !read_amount (request, reply, sale, "AUTH_CURRENCY_MISMATCH", authorisation->amount, &amount))
    return;
  if (wb_town_clock (town) < authorisation->created + HONOUR_PERIOD)
    {
      refuse (reply, "TRANSACTION_REFUSED",
              "A reauthorization is only allowed once the honor period is over.");
      return;
    }
  if (amount > authorisation->amount * 115 / 100)
    {
      refuse (reply, "TRANSACTION_REFUSED", "Authorization amount exceeds allowable limit.");
      return;
    }
  fresh = wb_town_till_add (town->till, sale, WB_TOWN_SLIP_AUTHORISATION, amount);
  fresh->expires = authorisation->expires;
  authorisation->status = "VOIDED";
  wb_town_till_keep (town->till, request->idempotency_key, fresh);
  reply->effect = TRUE;
  answer (town, request, reply, sale, fresh, WB_TOWN_SLIP_AUTHORISATION);
}

/** wb_town_paypal_void: POST /v2/payments/authorizations/{id}/void. */
void
wb_town_paypal_void (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownSale *sale;
  WbTownSlip *authorisation = find (town, request, reply, WB_TOWN_SLIP_AUTHORISATION, &sale);

  if (authorisation == NULL)
    return;
  if (!is_first (sale, authorisation))
    {
      refuse (reply, "CANNOT_BE_VOIDED",
              "What came of a reauthorization is voided by the first authorization.");
      return;
    }
  /* With the first one goes what has taken its place. */
  authorisation = g_ptr_array_index (sale->authorisations, sale->authorisations->len - 1);
  if (strcmp (authorisation->status, "VOIDED") == 0)
    refuse (reply, "PREVIOUSLY_VOIDED",
            "Authorization has been previously voided and hence cannot be voided again.");
  else if (strcmp (authorisation->status, "CAPTURED") == 0)
    refuse (reply, "PREVIOUSLY_CAPTURED",
            "Authorization has been previously captured and hence cannot be voided.");
  else
    {
      authorisation->status = "VOIDED";
      reply->effect = TRUE;
      reply->status = 204;
    }
}

static gboolean
check_refund (WbTownRequest    *request,
              WbTownReply      *reply,
              const WbTownSale *sale,
              const WbTownSlip *capture,
              gint64           *amount)
{
  gint64 left = capture->amount - wb_town_till_refunded (sale, capture);

  if (!read_amount (request, reply, sale, "REFUND_CAPTURE_CURRENCY_MISMATCH", left, amount))
    return FALSE;
  if (left == 0)
    refuse (reply, "CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.");
  else if (*amount > left)
    refuse (reply, "REFUND_AMOUNT_EXCEEDED",
            "The refund amount must be less than or equal to the capture amount that has not yet "
            "been refunded.");
  else
    return TRUE;
  return FALSE;
}

/** wb_town_paypal_refund: POST /v2/payments/captures/{id}/refund. */
void
wb_town_paypal_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownSale *sale;
  WbTownSlip *capture = find (town, request, reply, WB_TOWN_SLIP_CAPTURE, &sale);
  WbTownSlip *refund;
  gint64      amount;

  if (capture == NULL || answer_again (town, request, reply, sale, WB_TOWN_SLIP_REFUND) ||
      !check_refund (request, reply, sale, capture, &amount))
    return;
  refund = wb_town_till_add (town->till, sale, WB_TOWN_SLIP_REFUND, amount);
  refund->owner = place_in (sale->captures, capture);
  refund->custom_id = g_strdup (text_member (request, "custom_id"));
  refund->invoice_id = g_strdup (text_member (request, "invoice_id"));
  capture->status =
      wb_town_till_refunded (sale, capture) >= capture->amount ? "REFUNDED" : "PARTIALLY_REFUNDED";
  wb_town_till_keep (town->till, request->idempotency_key, refund);
  reply->effect = TRUE;
  answer (town, request, reply, sale, refund, WB_TOWN_SLIP_REFUND);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the town's PayPal writes its objects. */
#include "wb-town-paypal.h"

#include "wb-money.h"

#include <string.h>

#define API "https://api-m.sandbox.paypal.com/v2/"

static void
write_money (WbTownOut *out, const char *name, const WbTownSale *sale, gint64 minor)
{
  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "currency_code", sale->currency);
  wb_town_out_decimal (out, "value", minor, wb_currency_exponent (sale->currency));
  wb_town_out_end_object (out);
}

static void
write_time (WbTownOut *out, const char *name, WbInstant when)
{
  g_autofree char *text = wb_instant_to_iso (when);

  wb_town_out_string (out, name, text);
}

static void
write_link (WbTownOut *out, const char *rel, const char *method, const char *place, const char *id)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_format (out, "href", API "%s/%s", place, id);
  wb_town_out_string (out, "rel", rel);
  wb_town_out_string (out, "method", method);
  wb_town_out_end_object (out);
}

static void
write_links (WbTownOut *out, const WbTownSale *sale, const WbTownSlip *slip, WbTownSlipKind kind)
{
  static const char *const places[] = { "payments/authorizations", "payments/captures",
                                        "payments/refunds" };

  wb_town_out_begin_array (out, "links");
  write_link (out, "self", "GET", places[kind], slip->id);
  if (kind == WB_TOWN_SLIP_AUTHORISATION)
    write_link (out, "up", "GET", "checkout/orders", sale->id);
  else
    {
      GPtrArray *owners = kind == WB_TOWN_SLIP_CAPTURE ? sale->authorisations : sale->captures;

      write_link (out, "up", "GET", places[kind - 1],
                  ((WbTownSlip *) g_ptr_array_index (owners, slip->owner))->id);
    }
  wb_town_out_end_array (out);
}

static void
write_receipt (WbTownOut *out, const WbTownSale *sale, const WbTownSlip *capture)
{
  gint64 fee = wb_town_till_fee (capture);

  wb_town_out_begin_object (out, "seller_receivable_breakdown");
  write_money (out, "gross_amount", sale, capture->amount);
  write_money (out, "paypal_fee", sale, fee);
  write_money (out, "net_amount", sale, capture->amount - fee);
  wb_town_out_end_object (out);
}

static void
write_related (WbTownOut *out, const WbTownSale *sale)
{
  wb_town_out_begin_object (out, "supplementary_data");
  wb_town_out_begin_object (out, "related_ids");
  wb_town_out_string (out, "order_id", sale->id);
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
}

/** wb_town_paypal_write_slip: an authorisation, capture or refund; not @whole: the short form that
 * PayPal answers with unless it is asked for the representation. */
void
wb_town_paypal_write_slip (WbTown           *town,
                           WbTownOut        *out,
                           const WbTownSale *sale,
                           const WbTownSlip *slip,
                           WbTownSlipKind    kind,
                           gboolean          whole)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "id", slip->id);
  wb_town_out_string (out, "status", slip->status);
  if (whole)
    {
      write_money (out, "amount", sale, slip->amount);
      if (slip->invoice_id != NULL)
        wb_town_out_string (out, "invoice_id", slip->invoice_id);
      if (slip->custom_id != NULL)
        wb_town_out_string (out, "custom_id", slip->custom_id);
      if (kind == WB_TOWN_SLIP_AUTHORISATION)
        write_time (out, "expiration_time", slip->expires);
      if (kind == WB_TOWN_SLIP_CAPTURE)
        {
          wb_town_out_bool (out, "final_capture", slip->final);
          write_receipt (out, sale, slip);
        }
      if (kind != WB_TOWN_SLIP_REFUND)
        write_related (out, sale);
      write_time (out, "create_time", slip->created);
      write_time (out, "update_time", slip->created);
    }
  write_links (out, sale, slip, kind);
  wb_town_out_end_object (out);
}

static void
write_slips (
    WbTown *town, WbTownOut *out, const WbTownSale *sale, const char *name, WbTownSlipKind kind)
{
  GPtrArray *all = kind == WB_TOWN_SLIP_AUTHORISATION ? sale->authorisations
                   : kind == WB_TOWN_SLIP_CAPTURE     ? sale->captures
                                                      : sale->refunds;

  if (all->len == 0)
    return;
  wb_town_out_begin_array (out, name);
  for (guint i = 0; i < all->len; i++)
    wb_town_paypal_write_slip (town, out, sale, g_ptr_array_index (all, i), kind, TRUE);
  wb_town_out_end_array (out);
}

/** wb_town_paypal_write_sale: the order with all that became of it. */
void
wb_town_paypal_write_sale (WbTown *town, WbTownOut *out, const WbTownSale *sale)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "id", sale->id);
  wb_town_out_string (out, "intent", "AUTHORIZE");
  wb_town_out_string (out, "status", "COMPLETED");
  wb_town_out_begin_array (out, "purchase_units");
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "reference_id", "default");
  write_money (out, "amount", sale, sale->amount);
  wb_town_out_format (out, "custom_id", "%" G_GINT64_FORMAT, sale->order);
  wb_town_out_format (out, "invoice_id", "WC-%" G_GINT64_FORMAT, sale->order);
  wb_town_out_begin_object (out, "payments");
  write_slips (town, out, sale, "authorizations", WB_TOWN_SLIP_AUTHORISATION);
  write_slips (town, out, sale, "captures", WB_TOWN_SLIP_CAPTURE);
  write_slips (town, out, sale, "refunds", WB_TOWN_SLIP_REFUND);
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
  wb_town_out_end_array (out);
  write_time (out, "create_time", sale->created);
  wb_town_out_begin_array (out, "links");
  write_link (out, "self", "GET", "checkout/orders", sale->id);
  wb_town_out_end_array (out);
  wb_town_out_end_object (out);
}

/* ---- the history of the balance ---- */

typedef struct
{
  WbTownOut *out;
  WbInstant  from, to;
  gint64     skip, left, count; /* of the page; all that fit */
} History;

static void
write_movement (History          *history,
                const WbTownSale *sale,
                const WbTownSlip *slip,
                const char       *code,
                gint64            sign,
                gint64            fee)
{
  WbTownOut *out = history->out;

  if (slip->created < history->from || slip->created > history->to)
    return;
  history->count++;
  if (history->skip-- > 0 || history->left-- <= 0)
    return;
  wb_town_out_begin_object (out, NULL);
  wb_town_out_begin_object (out, "transaction_info");
  wb_town_out_string (out, "transaction_id", slip->id);
  wb_town_out_string (
      out, "paypal_reference_id",
      sign > 0 ? sale->id : ((WbTownSlip *) g_ptr_array_index (sale->captures, slip->owner))->id);
  wb_town_out_string (out, "paypal_reference_id_type", sign > 0 ? "ODR" : "TXN");
  wb_town_out_string (out, "transaction_event_code", code);
  write_time (out, "transaction_initiation_date", slip->created);
  write_time (out, "transaction_updated_date", slip->created);
  write_money (out, "transaction_amount", sale, sign * slip->amount);
  if (fee > 0)
    write_money (out, "fee_amount", sale, -fee);
  wb_town_out_string (out, "transaction_status", "S");
  if (slip->invoice_id != NULL)
    wb_town_out_string (out, "invoice_id", slip->invoice_id);
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
}

static void
write_movements (gpointer data, gpointer user_data)
{
  const WbTownSale *sale = data;

  for (guint i = 0; i < sale->captures->len; i++)
    {
      const WbTownSlip *capture = g_ptr_array_index (sale->captures, i);

      write_movement (user_data, sale, capture, "T0006", 1, wb_town_till_fee (capture));
    }
  for (guint i = 0; i < sale->refunds->len; i++)
    write_movement (user_data, sale, g_ptr_array_index (sale->refunds, i), "T1107", -1, 0);
}

static gint64
number_of (WbTownRequest *request, const char *name, gint64 fallback)
{
  const char *text = wb_town_pairs_get (request->query, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

/** wb_town_paypal_write_history: GET /v1/reporting/transactions. */
void
wb_town_paypal_write_history (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  gint64      size = CLAMP (number_of (request, "page_size", 100), 1, 500);
  gint64      page = MAX (number_of (request, "page", 1), 1);
  const char *from = wb_town_pairs_get (request->query, "start_date");
  const char *to = wb_town_pairs_get (request->query, "end_date");
  History     history = { .out = reply->out, .skip = (page - 1) * size, .left = size };

  if (from == NULL || to == NULL || !wb_instant_parse (from, &history.from, NULL) ||
      !wb_instant_parse (to, &history.to, NULL))
    {
      wb_town_paypal_fail (reply, 400, "INVALID_REQUEST", "INVALID_PARAMETER_SYNTAX",
                           "The start or the end of the period is missing or is no date.");
      return;
    }
  if (history.to - history.from > 31 * 86400)
    {
      wb_town_paypal_fail (reply, 400, "INVALID_REQUEST", "INVALID_PARAMETER_VALUE",
                           "The period is longer than 31 days.");
      return;
    }
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_array (reply->out, "transaction_details");
  wb_town_till_foreach (town->till, write_movements, &history);
  wb_town_out_end_array (reply->out);
  wb_town_out_string (reply->out, "account_number", "PRACTICE");
  write_time (reply->out, "start_date", history.from);
  write_time (reply->out, "end_date", history.to);
  write_time (reply->out, "last_refreshed_datetime", wb_town_clock (town));
  wb_town_out_int (reply->out, "page", page);
  wb_town_out_int (reply->out, "total_items", history.count);
  wb_town_out_int (reply->out, "total_pages", MAX (1, (history.count + size - 1) / size));
  wb_town_out_end_object (reply->out);
}

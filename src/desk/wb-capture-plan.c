/* SPDX-License-Identifier: GPL-3.0-or-later
 * The capture plan: what a shipment will take from the payer, why, from which authorisation, until
 * when. */
#include "wb-desk-private.h"

#include <glib/gi18n-lib.h>

/** wb_capture_plan_clear: frees what @plan holds. */
void
wb_capture_plan_clear (WbCapturePlan *plan)
{
  g_clear_pointer (&plan->payment_ref, g_free);
  g_clear_pointer (&plan->reason, g_free);
}

static gint64
quantity_of (gint64 line_id, const gint64 *line_ids, const gint64 *quantities, guint n)
{
  for (guint i = 0; i < n; i++)
    if (line_ids[i] == line_id)
      return quantities[i];
  return 0;
}

/* The part of @amount that falls on the first @k of @n pieces: rounded down, so that the steps from
 * 0 to n sum to @amount. */
static gint64
share (gint64 amount, gint64 k, gint64 n)
{
  return n > 0 ? (gint64) ((__int128) amount * k / n) : 0;
}

/* What the pieces of this shipment are worth, tax included, by the shop's own line totals. */
static gint64
worth_of_pieces (WbOrder *order, const gint64 *line_ids, const gint64 *quantities, guint n)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     worth = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      gpointer line = lines->pdata[i];
      gint64   before = wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) +
                      wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE),
             ordered = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);
      gint64 now =
          quantity_of (wb_record_get_int (line, WB_ORDER_LINE_ID), line_ids, quantities, n);
      gint64 total = wb_record_get_int (line, WB_ORDER_LINE_TOTAL) +
                     wb_record_get_int (line, WB_ORDER_LINE_TAX);

      if (g_str_equal (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) && now > 0)
        worth += share (total, before + now, ordered) - share (total, before, ordered);
    }
  return worth;
}

/* Shipping, fees and whatever else the total holds beyond its items: it goes with the first parcel.
 */
static gint64
worth_of_rest (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     items = 0;

  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) &&
        wb_record_get_bool (lines->pdata[i], WB_ORDER_LINE_NEEDS_SHIPPING))
      items += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
               wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
  return wb_record_get_int (order, WB_ORDER_TOTAL) - items;
}

static gboolean
anything_shipped (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_SHIPPED) > 0)
      return TRUE;
  return FALSE;
}

static gboolean
completes (WbOrder *order, const gint64 *quantities, guint n)
{
  gint64 pieces = 0;

  for (guint i = 0; i < n; i++)
    pieces += quantities[i];
  return wb_order_to_ship (order) <= pieces;
}

/* How a payment that can be captured only once is taken: with the last parcel (what is not said
 * otherwise), with the first, the rest being let go, or with the complete order, which then leaves
 * in one parcel only. The channel's setting “single_capture”: “last”, “first”, “complete”. */
static gboolean
single_capture_is (WbConnection *channel, const char *choice)
{
  const char          *settings = wb_record_get_text (channel, WB_CONNECTION_SETTINGS);
  g_autoptr (JsonNode) root =
      settings != NULL ? wb_json_parse (settings, -1, "settings", NULL) : NULL;
  WbJson at = wb_json_root (root, "settings");

  return g_strcmp0 (wb_json_opt_string (&at, "single_capture"), choice) == 0;
}

static gboolean
must_leave_whole (WbOrder      *order,
                  WbConnection *channel,
                  WbPayment    *payment,
                  const gint64 *quantities,
                  guint         n,
                  GError      **error)
{
  if (wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE) ||
      wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) == 0 || completes (order, quantities, n) ||
      !single_capture_is (channel, "complete"))
    return FALSE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "Order %s leaves whole or not at all: its payment can be captured only once, and "
               "this channel captures complete orders. Pack all of it, or set “single_capture” of "
               "the channel to “last” or “first”",
               wb_record_get_text (order, WB_ORDER_NUMBER));
  return TRUE;
}

/* Where all is captured or nothing, what is due must be all: more would have to be given back at
 * once, and less is not taken at all. */
static gboolean
is_not_whole (WbOrder *order, WbPayment *payment, GError **error)
{
  gint64           capturable = wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE);
  gint64           due = wb_capture_still_due (order, payment);
  g_autofree char *all = NULL, *wanted = NULL;

  if (!wb_record_get_bool (payment, WB_PAYMENT_WHOLE_ONLY) || due == 0 || capturable == 0 ||
      capturable == due)
    return FALSE;
  all = wb_money_to_text (wb_record_get_money (payment, WB_PAYMENT_CAPTURABLE));
  wanted = wb_money_to_text (wb_money (due, wb_record_get_text (order, WB_ORDER_CURRENCY)));
  g_set_error (
      error, WB_ERROR, WB_ERROR_TOO_MUCH,
      "Order %s: its payment can be captured only as a whole, that is %s, but %s is due. "
      "Nothing is captured. Capture it in the shop by hand, or cancel it there and ask the "
      "customer to pay %s",
      wb_record_get_text (order, WB_ORDER_NUMBER), all, wanted, wanted);
  return TRUE;
}

static gboolean
payment_forbids (WbPayment *payment, WbOrder *order, GError **error)
{
  const char *state = wb_record_get_text (payment, WB_PAYMENT_STATE);
  const char *number = wb_record_get_text (order, WB_ORDER_NUMBER);
  WbInstant   until = wb_record_get_int (payment, WB_PAYMENT_CAPTURE_BEFORE);

  /* A gateway may be slow to cancel what has lapsed: its own date says so before its state does. */
  if (g_str_equal (state, WB_PAYMENT_STATE_LAPSED) ||
      g_str_equal (state, WB_PAYMENT_STATE_CANCELLED) ||
      (g_str_equal (state, WB_PAYMENT_STATE_AUTHORISED) && until != 0 && until <= wb_now ()))
    g_set_error (error, WB_ERROR, WB_ERROR_EXPIRED,
                 "The authorised payment of order %s has lapsed or was cancelled: shipping it "
                 "would be shipping it unpaid. Ask the customer to pay again",
                 number);
  else if (g_str_equal (state, WB_PAYMENT_STATE_FAILED) ||
           g_str_equal (state, WB_PAYMENT_STATE_UNPAID))
    g_set_error (error, WB_ERROR, WB_ERROR_DECLINED,
                 "Order %s is not paid: the payment was not completed. Ask the customer to pay",
                 number);
  else if (g_strcmp0 (wb_record_get_text (payment, WB_PAYMENT_CURRENCY),
                      wb_record_get_text (order, WB_ORDER_CURRENCY)) != 0)
    g_set_error (
        error, WB_ERROR, WB_ERROR_CONFLICT,
        "Order %s is in %s but its payment is in %s. Nothing is captured; a person has to look",
        number, wb_record_get_text (order, WB_ORDER_CURRENCY),
        wb_record_get_text (payment, WB_PAYMENT_CURRENCY));
  else
    return FALSE;
  return TRUE;
}

static void
plan_none (WbCapturePlan *plan, const char *why)
{
  plan->amount = 0;
  plan->reason = g_strdup (why);
}

/**
 * wb_capture_still_due:
 * What the order is worth, less what has been taken for it and kept. What the gateway has given
 * back of it is in the shop's refunds too and counts once; what it has given back without the
 * shop's knowledge is not asked for again.
 */
gint64
wb_capture_still_due (WbOrder *order, WbPayment *payment)
{
  gint64 refunded = wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL);
  gint64 kept = wb_record_get_int (payment, WB_PAYMENT_CAPTURED) -
                MIN (refunded, wb_record_get_int (payment, WB_PAYMENT_REFUNDED));

  return MAX (0, wb_record_get_int (order, WB_ORDER_TOTAL) - refunded - kept);
}

static void
plan_from_authorisation (WbOrder       *order,
                         WbConnection  *channel,
                         WbPayment     *payment,
                         const gint64  *line_ids,
                         const gint64  *quantities,
                         guint          n,
                         WbCapturePlan *plan)
{
  gint64 capturable = wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE),
         captured = wb_record_get_int (payment, WB_PAYMENT_CAPTURED);
  gint64   due = wb_capture_still_due (order, payment);
  gboolean last = completes (order, quantities, n),
           several = wb_record_get_bool (payment, WB_PAYMENT_MULTI_CAPTURE),
           first = single_capture_is (channel, "first") &&
                   !wb_record_get_bool (payment, WB_PAYMENT_WHOLE_ONLY);
  gint64 wanted = due;

  plan->payment_ref = g_strdup (wb_record_get_text (payment, WB_PAYMENT_REF));
  plan->gateway_id = wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID);
  plan->capture_before = wb_record_get_int (payment, WB_PAYMENT_CAPTURE_BEFORE);
  if (due == 0)
    {
      plan_none (plan, _ ("All of it has been captured already."));
      return;
    }
  if (!last && !several && !first)
    {
      plan_none (plan, _ ("More parcels will follow, and this payment can be captured only once: "
                          "the whole amount is captured with the last parcel."));
      return;
    }
  if (!last)
    wanted = CLAMP (worth_of_pieces (order, line_ids, quantities, n) +
                        (anything_shipped (order) ? 0 : worth_of_rest (order)),
                    0, due);
  if (wanted == 0)
    {
      plan_none (
          plan,
          _ ("What is in this parcel costs nothing; the rest is captured with the next one."));
      return;
    }
  plan->amount = MIN (wanted, capturable);
  plan->shortfall = wanted - plan->amount;
  if (plan->shortfall > 0)
    plan->reason = g_strdup (_ (
        "The authorisation covers less than what is due: the rest must be asked for separately."));
  else if (last)
    plan->reason =
        g_strdup (captured > 0 ? _ ("The last parcel: what is left of the order is captured.")
                               : _ ("The whole order leaves: its whole amount is captured."));
  else if (several)
    plan->reason = g_strdup (
        _ ("This parcel's goods with their tax; shipping cost and fees go with the first parcel."));
  else
    plan->reason = g_strdup (_ ("The first parcel is captured; this payment can be captured only "
                                "once, so the rest of the authorisation is let go."));
}

/* Paid by hand (on delivery, say), and a person has not stated that it came. */
static gboolean
is_unreceived (WbOrder *order)
{
  return wb_record_get_int (order, WB_ORDER_PAID_AT) == 0 &&
         wb_record_get_int (order, WB_ORDER_CAPTURED) <
             wb_record_get_int (order, WB_ORDER_TOTAL) -
                 wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL);
}

/*
 * Makes the plan for shipping @quantities of @line_ids. @payment: read just now, NULL when no
 * payment is captured by us. WB_ERROR_EXPIRED or WB_ERROR_DECLINED when the order must not be
 * shipped as it is paid, WB_ERROR_REFUSED when its channel ships such orders whole only.
 */
gboolean
wb_capture_plan_make (WbOrder       *order,
                      WbConnection  *channel,
                      WbPayment     *payment,
                      const gint64  *line_ids,
                      const gint64  *quantities,
                      guint          n,
                      WbCapturePlan *plan,
                      GError       **error)
{
  const char *capturer = wb_record_get_text (channel, WB_CONNECTION_CAPTURER);

  if (payment != NULL &&
      (payment_forbids (payment, order, error) || is_not_whole (order, payment, error) ||
       must_leave_whole (order, channel, payment, quantities, n, error)))
    return FALSE;
  g_strlcpy (plan->currency, wb_record_get_text (order, WB_ORDER_CURRENCY), sizeof plan->currency);
  if (wb_record_get_int (order, WB_ORDER_TOTAL) <= 0)
    plan_none (plan, _ ("There is nothing to pay."));
  else if (payment != NULL)
    plan_from_authorisation (order, channel, payment, line_ids, quantities, n, plan);
  else if (g_strcmp0 (capturer, WB_CAPTURER_SHOP) == 0 &&
           wb_record_get_int (order, WB_ORDER_PAID_AT) == 0)
    plan_none (plan,
               _ ("The shop takes the payment itself when it is told that the order is complete."));
  else if (is_unreceived (order))
    plan_none (plan,
               _ ("Nothing is captured: it is paid by hand, and what was received so far does not "
                  "cover it."));
  else
    plan_none (plan, _ ("It has been paid beforehand."));
  return TRUE;
}

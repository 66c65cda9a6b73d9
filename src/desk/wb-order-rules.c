/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules of one order: where it stands, and how its charge stands. */
#include "wb-desk-private.h"

/* By us or by somebody else. */
static gint64
shipped_pieces (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     pieces = 0;

  for (guint i = 0; i < lines->len; i++)
    pieces += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_SHIPPED) +
              wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ELSEWHERE);
  return pieces;
}

/* Whether a person has stated that all of it was received: then the shop, which nobody told, still
 * has it as unpaid. */
static gboolean
was_received (WbOrder *order)
{
  gint64 captured = wb_record_get_int (order, WB_ORDER_CAPTURED);

  return captured > 0 && captured >= wb_record_get_int (order, WB_ORDER_TOTAL) -
                                         wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL);
}

/* Where @order stands, from what the shop says, what has left, and whether somebody holds it. */
const char *
wb_order_derive_stage (WbOrder *order)
{
  const char *shop = wb_record_get_text (order, WB_ORDER_SHOP_STATE);
  gint64      shipped = shipped_pieces (order);

  if (g_str_equal (shop, WB_SHOP_CANCELLED))
    return WB_STAGE_CANCELLED;
  if (wb_order_to_ship (order) == 0)
    return shipped > 0 ? WB_STAGE_SHIPPED : WB_STAGE_NOTHING;
  if (wb_order_why_held (order) != NULL)
    return WB_STAGE_HOLD;
  if (g_str_equal (shop, WB_SHOP_DONE))
    return WB_STAGE_SHIPPED; /* shipped by somebody else */
  if (g_str_equal (shop, WB_SHOP_UNPAID) && !was_received (order))
    return WB_STAGE_WAITING;
  return shipped > 0 ? WB_STAGE_PARTIAL : WB_STAGE_READY;
}

/* How the charge stands as far as the shop's order tells; where a gateway, or the shop as one, is
 * asked for the payment its own word replaces it later. */
const char *
wb_order_derive_charge (WbOrder *order, WbConnection *channel)
{
  const char *capturer = wb_record_get_text (channel, WB_CONNECTION_CAPTURER);
  gint64      total = wb_record_get_int (order, WB_ORDER_TOTAL);

  if (total <= 0)
    return WB_CHARGE_NONE;
  if (wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL) >= total)
    return WB_CHARGE_REFUNDED;
  if (g_str_equal (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_UNPAID))
    return was_received (order) ? WB_CHARGE_PAID : WB_CHARGE_UNPAID;
  if (g_strcmp0 (capturer, WB_CAPTURER_GATEWAY) == 0 &&
      wb_record_get_text (order, WB_ORDER_PAYMENT_REF) != NULL)
    return WB_CHARGE_UNKNOWN;
  if (wb_desk_shop_takes (channel) && (wb_record_get_int (order, WB_ORDER_PAID_AT) == 0 ||
                                       wb_record_get_int (order, WB_ORDER_CAPTURED) > 0))
    return WB_CHARGE_UNKNOWN;
  if (g_strcmp0 (capturer, WB_CAPTURER_SHOP) == 0 &&
      wb_record_get_int (order, WB_ORDER_PAID_AT) == 0)
    return WB_CHARGE_AUTHORISED;
  return WB_CHARGE_PAID;
}

#define HANDLING_DAYS 2
#define MAX_HANDLING  60

/*
 * By when an order should leave: so many days after it was placed, where the shop itself tells no
 * date. The days are the channel's setting “handling_days” (2 when it has none): what the merchant
 * promises.
 */
WbInstant
wb_order_derive_ship_by (WbOrder *order, WbConnection *channel)
{
  const char          *settings = wb_record_get_text (channel, WB_CONNECTION_SETTINGS);
  g_autoptr (JsonNode) root =
      settings != NULL ? wb_json_parse (settings, -1, "settings", NULL) : NULL;
  WbJson at = wb_json_root (root, "settings");
  gint64 days = HANDLING_DAYS;

  if (wb_record_get_int (order, WB_ORDER_SHIP_BY) != 0)
    return wb_record_get_int (order, WB_ORDER_SHIP_BY);
  if (!wb_json_opt_int (&at, "handling_days", HANDLING_DAYS, &days, NULL))
    days = HANDLING_DAYS;
  return wb_record_get_int (order, WB_ORDER_PLACED_AT) +
         CLAMP (days, 0, MAX_HANDLING) * 24 * 60 * 60;
}

typedef struct
{
  const char *payment;
  const char *charge;
} ChargeWord;

static const ChargeWord charge_words[] = {
  { WB_PAYMENT_STATE_AUTHORISED, WB_CHARGE_AUTHORISED },
  { WB_PAYMENT_STATE_CANCELLED, WB_CHARGE_LAPSED },
  { WB_PAYMENT_STATE_LAPSED, WB_CHARGE_LAPSED },
  { WB_PAYMENT_STATE_UNPAID, WB_CHARGE_UNPAID },
  { WB_PAYMENT_STATE_FAILED, WB_CHARGE_REFUSED },
};

/* Puts what the gateway said of its payment into the order's head. */
void
wb_order_take_payment (WbOrder *order, WbPayment *payment)
{
  const char *state = wb_record_get_text (payment, WB_PAYMENT_STATE);
  gint64      captured = wb_record_get_int (payment, WB_PAYMENT_CAPTURED),
         refunded = wb_record_get_int (payment, WB_PAYMENT_REFUNDED);
  const char *charge = WB_CHARGE_CAPTURED;

  for (guint i = 0; i < G_N_ELEMENTS (charge_words); i++)
    if (g_strcmp0 (charge_words[i].payment, state) == 0)
      charge = charge_words[i].charge;
  if (g_str_equal (charge, WB_CHARGE_CAPTURED) && refunded > 0 && refunded >= captured)
    charge = WB_CHARGE_REFUNDED;
  else if (captured > 0 && wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) > 0)
    charge = WB_CHARGE_PARTIAL;
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
  wb_record_set_int (order, WB_ORDER_AUTHORISED,
                     wb_record_get_int (payment, WB_PAYMENT_AUTHORISED));
  wb_record_set_int (order, WB_ORDER_CAPTURED, captured);
  wb_record_set_int (order, WB_ORDER_CHARGE_REFUNDED, refunded);
  wb_record_set_int (order, WB_ORDER_CAPTURE_BEFORE,
                     wb_record_get_int (payment, WB_PAYMENT_CAPTURE_BEFORE));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town's control API: its clock, its faults, its log and what happens in it by command. */
#include "wb-town-easypost.h"
#include "wb-town-faults.h"
#include "wb-town-log.h"
#include "wb-town-paypal.h"
#include "wb-town-shop.h"
#include "wb-town-shopify.h"
#include "wb-town-stripe.h"
#include "wb-town-woo-webhooks.h"

#include "wb-json.h"

#include <string.h>

static void
refuse (WbTownReply *reply, guint status, const char *why)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "error", why);
  wb_town_out_end_object (reply->out);
}

static void
write_clock (WbTown *town, WbTownReply *reply)
{
  g_autofree char *iso = wb_instant_to_iso (wb_town_clock (town));

  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "now", iso);
  wb_town_out_int (reply->out, "unix", wb_town_clock (town));
  wb_town_out_int (reply->out, "skew", town->clock_skew);
  wb_town_out_end_object (reply->out);
}

static void
get_clock (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  write_clock (town, reply);
}

/* {"advance": seconds} or {"now": "2026-11-22T10:00:00Z"} */
static void
post_clock (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson             root = wb_json_root (request->json, "clock");
  gint64             advance;
  WbInstant          now;
  g_autoptr (GError) error = NULL;

  if (!wb_json_opt_int (&root, "advance", 0, &advance, &error) ||
      !wb_json_opt_instant (&root, "now", &now, &error))
    {
      refuse (reply, 400, error->message);
      return;
    }
  if (now != 0)
    advance += now - wb_town_clock (town);
  town->clock_skew += advance;
  reply->effect = TRUE;
  write_clock (town, reply);
}

static void
get_faults (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_faults_list (town->faults, reply->out);
}

static void
post_faults (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (GError) error = NULL;

  if (request->json == NULL)
    refuse (reply, 400, "The body is not JSON.");
  else if (!wb_town_faults_add (town->faults, request->json, &error))
    refuse (reply, 400, error->message);
  else
    wb_town_faults_list (town->faults, reply->out);
}

static void
delete_faults (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_faults_clear (town->faults);
  wb_town_faults_list (town->faults, reply->out);
}

static void
get_log (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char *since = wb_town_pairs_get (request->query, "since");

  wb_town_log_write (town->log, since != NULL ? g_ascii_strtoll (since, NULL, 10) : 0, reply->out);
}

static void
delete_log (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_log_clear (town->log);
  wb_town_log_write (town->log, 0, reply->out);
}

static void
get_books (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_write_books (town, reply->out);
}

static void
write_state (WbTown *town, WbTownReply *reply)
{
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_int (reply->out, "seed", (gint64) town->seed);
  wb_town_out_int (reply->out, "orders", wb_town_shop_count (town->shop));
  wb_town_out_int (reply->out, "first_orders", town->first_orders);
  wb_town_out_string (reply->out, "shop_version", town->modern ? "11.0" : "7.9");
  wb_town_out_bool (reply->out, "fulfillments", town->fulfillments);
  wb_town_out_bool (reply->out, "shop_captures", town->shop_captures);
  wb_town_out_string (reply->out, "currency", town->currency);
  wb_town_out_string (reply->out, "timezone", town->timezone);
  wb_town_out_int (reply->out, "epoch", town->epoch);
  wb_town_out_int (reply->out, "unix", wb_town_clock (town));
  wb_town_out_int (reply->out, "shipments", wb_town_ep_shipments (town)->len);
  wb_town_out_int (reply->out, "price_percent", wb_town_ep_price_percent (town));
  wb_town_out_end_object (reply->out);
}

static void
get_state (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  write_state (town, reply);
}

/* {"n": 3}: new orders come in. */
static void
post_arrive (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson             root = wb_json_root (request->json, "arrive");
  gint64             n;
  g_autoptr (GError) error = NULL;

  if (!wb_json_opt_int (&root, "n", 1, &n, &error) || n < 0 || n > 1000000)
    {
      refuse (reply, 400, error != NULL ? error->message : "n is from 0 to 1000000.");
      return;
    }
  wb_town_shop_arrive (town->shop, (guint) n);
  reply->effect = TRUE;
  write_state (town, reply);
}

/* {"from": 3, "n": 5}: somebody saves these orders of the shop again, counted from its first: they
 * are dated now, and nothing else of them changes. */
static void
post_touch (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson root = wb_json_root (request->json, "touch");
  gint64 from, n;

  if (!wb_json_opt_int (&root, "from", 0, &from, NULL) ||
      !wb_json_opt_int (&root, "n", 1, &n, NULL) || from < 0 || n < 0 || n > 1000000)
    {
      refuse (reply, 400, "from and n are numbers of orders.");
      return;
    }
  for (gint64 i = from; i < from + n; i++)
    {
      WbTownOrder *order =
          wb_town_shop_change (town->shop, WB_TOWN_FIRST_ORDER + i * WB_TOWN_ORDER_STEP);

      if (order != NULL)
        wb_town_shop_changed (town->shop, order, TRUE);
    }
  reply->effect = TRUE;
  write_state (town, reply);
}

/* {"percent": 120}: rates asked from now on cost more. */
static void
post_prices (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson root = wb_json_root (request->json, "prices");
  gint64 percent;

  if (!wb_json_opt_int (&root, "percent", 100, &percent, NULL) || percent < 1 || percent > 10000)
    {
      refuse (reply, 400, "percent is from 1 to 10000.");
      return;
    }
  wb_town_ep_set_price_percent (town, percent);
  reply->effect = TRUE;
  write_state (town, reply);
}

/* {"captures": true, "fulfillments": true}: how the shop behaves. */
static void
post_shop (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson root = wb_json_root (request->json, "shop");

  town->shop_captures = wb_json_bool (&root, "captures", town->shop_captures);
  town->fulfillments = wb_json_bool (&root, "fulfillments", town->fulfillments) && town->modern;
  if (g_strcmp0 (wb_json_opt_string (&root, "weight_unit"), "lbs") == 0)
    town->weight_unit = "lbs";
  reply->effect = TRUE;
  write_state (town, reply);
}

/* The same for what was paid from a PayPal account. */
static void
post_sale (WbTown *town, const WbTownOrder *order, const WbJson *root, WbTownReply *reply)
{
  WbTownSale *sale = wb_town_till_of_order (town->till, order->index);
  WbTownSlip *last = g_ptr_array_index (sale->authorisations, sale->authorisations->len - 1);
  gint64      before;

  if (!wb_json_opt_int (root, "capture_before", last->expires, &before, NULL))
    {
      refuse (reply, 400, "capture_before is an instant in seconds.");
      return;
    }
  sale->declines = wb_json_bool (root, "declines", sale->declines);
  last->expires = before;
  reply->effect = TRUE;
  wb_town_paypal_write_sale (town, reply->out, sale);
}

/* {"declines": true, "capture_before": 1795312413}: how the card of an order (by its id, or by
 * PaymentIntent) behaves. */
static void
post_payment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson             root = wb_json_root (request->json, "payment");
  const WbTownOrder *order =
      wb_town_shop_peek (town->shop, g_ascii_strtoll (request->params[0], NULL, 10));
  WbTownIntent *intent =
      wb_town_bank_find (town->bank, order != NULL ? order->transaction_id : request->params[0]);
  gint64 before;

  if (order != NULL && order->card.wallet)
    {
      post_sale (town, order, &root, reply);
      return;
    }
  if (intent == NULL ||
      !wb_json_opt_int (&root, "capture_before", intent->capture_before, &before, NULL) ||
      !wb_json_opt_int (&root, "overcapture", intent->most, &intent->most, NULL))
    {
      refuse (reply, 404, "There is no such payment.");
      return;
    }
  intent->declines = wb_json_bool (&root, "declines", intent->declines);
  intent->several = wb_json_bool (&root, "multicapture", intent->several);
  intent->extended = wb_json_bool (&root, "extended", intent->extended);
  intent->capture_before = before;
  reply->effect = TRUE;
  wb_town_stripe_write_intent (town, reply->out, NULL, intent, NULL);
}

/* What goes otherwise at the gateway than it should: wb_town_oddities_tell(). */
static void
post_money (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  if (!wb_town_oddities_tell (town, request, reply))
    refuse (reply, 400, "The gateway cannot do this, or knows no such payment.");
}

static void
get_traps (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_traps_list (town, reply->out);
}

/* {"set": "none,5,-18"}: wb_town_traps_set(). */
static void
post_traps (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson      root = wb_json_root (request->json, "traps");
  const char *words = wb_json_opt_string (&root, "set");

  if (words == NULL || !wb_town_traps_set (town, words))
    {
      refuse (reply, 400, "set is all, none, native, or numbers of traps, with a minus for off.");
      return;
    }
  reply->effect = TRUE;
  wb_town_traps_list (town, reply->out);
}

/* {"refused": true}: the queue of the shop's webhooks runs; the reply is what was sent. */
static void
post_webhooks (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson root = wb_json_root (request->json, "webhooks");

  reply->effect = TRUE;
  wb_town_hooks_run (town, wb_json_bool (&root, "refused", FALSE), reply->out);
}

static const WbTownRoute routes[] = {
  { "POST", "/town/money", post_money },
  { "GET", "/town/state", get_state },
  { "GET", "/town/books", get_books },
  { "POST", "/town/arrive", post_arrive },
  { "POST", "/town/touch", post_touch },
  { "POST", "/town/prices", post_prices },
  { "POST", "/town/shop", post_shop },
  { "GET", "/town/orders/*", wb_town_woo_get_order },
  { "POST", "/town/orders/*", wb_town_woo_put_order },
  { "POST", "/town/payments/*", post_payment },
  { "POST", "/town/shopify", wb_town_shopify_control },
  { "GET", "/town/traps", get_traps },
  { "POST", "/town/traps", post_traps },
  { "POST", "/town/webhooks", post_webhooks },
  { "GET", "/town/clock", get_clock },
  { "POST", "/town/clock", post_clock },
  { "GET", "/town/faults", get_faults },
  { "POST", "/town/faults", post_faults },
  { "DELETE", "/town/faults", delete_faults },
  { "GET", "/town/log", get_log },
  { "DELETE", "/town/log", delete_log },
  { NULL, NULL, NULL },
};

/** wb_town_control_handle: answers a request below /town/. */
void
wb_town_control_handle (WbTown *self, WbTownRequest *request, WbTownReply *reply)
{
  gboolean           known;
  const WbTownRoute *route = wb_town_route_find (routes, request, request->path, &known);

  if (route == NULL)
    refuse (reply, known ? 405 : 404, "The practice town's control API does not know this.");
  else
    route->handler (self, request, reply);
}

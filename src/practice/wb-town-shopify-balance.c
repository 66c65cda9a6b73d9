/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice shop's Shopify Payments: its balance made anew out of the orders' movements each
 * time it is asked for, and a payout for each day of them, two days later. */
#include "wb-town-shopify.h"

#include <string.h>

#include "wb-money.h"

#define DAY          86400
#define PAID_AFTER   2       /* days */
#define TRANSFER     7000000 /* a payout's own movement: this and its day */
#define FEE_PER_MILL 14
#define FEE_FIXED    25

typedef struct
{
  gint64      id;
  gint64      source; /* the order's transaction; 0: none */
  gint64      order;
  const char *type;
  gint64      amount, fee; /* minor units of what is paid out */
  WbInstant   at;
  gint64      payout; /* its day; 0: not yet */
} Move;

/** wb_town_shopify_extra_free: frees @data. */
void
wb_town_shopify_extra_free (gpointer data)
{
  WbTownShopifyExtra *extra = data;

  g_free (extra->type);
  g_free (extra);
}

/** wb_town_shopify_add_extra: @given: {"type": "CHARGEBACK_FEE", "amount": minor units, "fee":
 * minor units, "order": id}: moves now. */
void
wb_town_shopify_add_extra (WbTown *town, JsonObject *given)
{
  WbTownShopifyExtra *extra = g_new0 (WbTownShopifyExtra, 1);

  extra->id = town->shopify->next_id++;
  extra->type = g_strdup (json_object_get_string_member (given, "type"));
  extra->amount = json_object_get_int_member_with_default (given, "amount", 0);
  extra->fee = json_object_get_int_member_with_default (given, "fee", 0);
  extra->order = json_object_get_int_member_with_default (given, "order", 0);
  extra->at = wb_town_clock (town);
  g_ptr_array_add (town->shopify->extras, extra);
}

/* ---- what moved ---- */

static const char *
currency_of (WbTown *town)
{
  return town->shopify->settles != NULL ? town->shopify->settles : town->currency;
}

/* 1.1, as WB_TOWN_SHOPIFY_RATE says. */
static gint64
settled (WbTown *town, gint64 amount)
{
  return town->shopify->settles != NULL ? amount * 11 / 10 : amount;
}

static void
add_move (WbTown     *town,
          GArray     *moves,
          const char *type,
          gint64      order,
          gint64      source,
          gint64      amount,
          WbInstant   at)
{
  gboolean charge = strcmp (type, "CHARGE") == 0;
  gint64   day = at / DAY;
  Move     move = { .id = source,
                    .source = source,
                    .order = order,
                    .type = type,
                    .amount = settled (town, charge ? amount : -amount),
                    .at = at };

  move.fee = charge ? move.amount * FEE_PER_MILL / 1000 + FEE_FIXED : 0;
  if ((day + PAID_AFTER) * DAY <= wb_town_clock (town))
    move.payout = day;
  g_array_append_val (moves, move);
}

static void
add_order (WbTown *town, GArray *moves, WbTownOrder *order)
{
  gint64              id = order->id;
  WbTownShopifyOrder *own = g_hash_table_lookup (town->shopify->orders, &id);

  if (order->card.amount <= 0)
    return;
  if (!wb_town_shopify_authorised (order) && order->paid != 0)
    add_move (town, moves, "CHARGE", id, id * 10 + 1,
              wb_town_minor_of (order->total, order->currency), order->paid);
  for (guint i = 0; own != NULL && i < own->moneys->len; i++)
    {
      const WbTownShopifyMoney *money = own->moneys->pdata[i];

      if (strcmp (money->kind, "VOID") != 0)
        add_move (town, moves, strcmp (money->kind, "CAPTURE") == 0 ? "CHARGE" : "REFUND", id,
                  money->id, money->amount, money->at);
    }
}

static gint
compare_moves (gconstpointer a, gconstpointer b)
{
  const Move *left = a, *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

/* What the moves of each day come to, less their fees; oldest first. */
static GArray *
payouts_of (WbTown *town, GArray *moves)
{
  GArray *payouts = g_array_new (FALSE, FALSE, sizeof (Move));

  for (guint i = 0; i < moves->len; i++)
    {
      const Move *move = &g_array_index (moves, Move, i);
      Move       *last = payouts->len > 0 ? &g_array_index (payouts, Move, payouts->len - 1) : NULL;

      if (move->payout == 0)
        continue;
      if (last == NULL || last->payout != move->payout)
        {
          Move one = { .id = TRANSFER + move->payout,
                       .type = "TRANSFER",
                       .at = (move->payout + PAID_AFTER) * DAY,
                       .payout = move->payout };

          g_array_append_val (payouts, one);
          last = &g_array_index (payouts, Move, payouts->len - 1);
        }
      last->amount -= move->amount - move->fee;
    }
  return payouts;
}

static GArray *
moves_of (WbTown *town)
{
  GArray     *moves = g_array_new (FALSE, FALSE, sizeof (Move));
  WbTownQuery query = {
    .orderby = "id", .ascending = TRUE, .page = 1, .per_page = G_MAXINT32, .customer = -1
  };
  guint              total;
  g_autoptr (GArray) ids = wb_town_shop_list (town->shop, &query, &total);

  for (guint i = 0; i < ids->len; i++)
    {
      WbTownOrder *order = wb_town_shop_peek (town->shop, g_array_index (ids, gint64, i));

      if (wb_town_shopify_listed (order))
        add_order (town, moves, order);
    }
  for (guint i = 0; i < town->shopify->extras->len; i++)
    {
      const WbTownShopifyExtra *extra = town->shopify->extras->pdata[i];
      Move                      move = {
                             extra->id, 0, extra->order, extra->type, extra->amount, extra->fee, extra->at, 0
      };

      if ((extra->at / DAY + PAID_AFTER) * DAY <= wb_town_clock (town))
        move.payout = extra->at / DAY;
      g_array_append_val (moves, move);
    }
  g_array_sort (moves, compare_moves);
  return moves;
}

/* ---- how it is told ---- */

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void
set_money (JsonObject *object, WbTown *town, const char *name, gint64 amount)
{
  const char      *currency = currency_of (town);
  g_autofree char *text = wb_minor_to_decimal (amount, wb_currency_exponent (currency));

  json_object_set_member (object, name,
                          wb_town_shopify_object ("amount", text, "currencyCode", currency, NULL));
}

static void
set_number (JsonObject *object, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  if (number != 0)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* {"id": …} of that kind, null for 0. */
static JsonNode *
link_to (const char *kind, gint64 id)
{
  g_autofree char *gid = wb_town_shopify_gid (kind, id);

  return id != 0 ? wb_town_shopify_object ("id", gid, NULL) : json_node_new (JSON_NODE_NULL);
}

static JsonNode *
tell_move (WbTown *town, const Move *move)
{
  JsonObject      *one = json_object_new ();
  g_autofree char *gid = wb_town_shopify_gid ("ShopifyPaymentsBalanceTransaction", move->id);
  g_autofree char *when = wb_instant_to_iso (move->at);
  g_autofree char *payout = wb_town_shopify_gid ("ShopifyPaymentsPayout", move->payout);
  gboolean         transfer = strcmp (move->type, "TRANSFER") == 0;

  json_object_set_string_member (one, "id", gid);
  json_object_set_string_member (one, "type", move->type);
  json_object_set_string_member (one, "transactionDate", when);
  json_object_set_null_member (one, "adjustmentReason");
  set_number (one, "sourceId", transfer ? move->payout : move->id);
  set_number (one, "sourceOrderTransactionId", move->source);
  set_money (one, town, "amount", move->amount);
  set_money (one, town, "fee", move->fee);
  set_money (one, town, "net", move->amount - move->fee);
  json_object_set_member (one, "associatedOrder", link_to ("Order", move->order));
  json_object_set_member (one, "associatedPayout",
                          wb_town_shopify_object ("id", move->payout != 0 ? payout : NULL, NULL));
  return node_of (one);
}

static JsonNode *
tell_payout (WbTown *town, const Move *move)
{
  JsonObject      *one = json_object_new ();
  g_autofree char *gid = wb_town_shopify_gid ("ShopifyPaymentsPayout", move->payout);
  g_autofree char *when = wb_instant_to_iso (move->at);
  g_autofree char *trace = g_strdup_printf ("TRACE%" G_GINT64_FORMAT, move->payout);
  gboolean         paid = move->at + DAY <= wb_town_clock (town);

  json_object_set_string_member (one, "id", gid);
  json_object_set_string_member (one, "status", paid ? "PAID" : "SCHEDULED");
  json_object_set_string_member (one, "issuedAt", when);
  json_object_set_string_member (one, "transactionType",
                                 move->amount > 0 ? "WITHDRAWAL" : "DEPOSIT");
  json_object_set_string_member (one, "externalTraceId", trace);
  set_money (one, town, "net", -move->amount);
  return node_of (one);
}

/* ---- what is asked for ---- */

/* Of "name:>='2026-11-22T00:00:00Z'" the instant, 0: none. */
static WbInstant
since_of (const char *filter, const char *name)
{
  const char      *date = filter != NULL ? strchr (filter, '\'') : NULL;
  g_autofree char *when = date != NULL ? g_strndup (date + 1, strcspn (date + 1, "'")) : NULL;
  WbInstant        since = 0;

  if (when != NULL && g_str_has_prefix (filter, name))
    wb_instant_parse (when, &since, NULL);
  return since;
}

static gint64
transfer_of (const char *filter)
{
  static const char name[] = "payments_transfer_id:";

  return filter != NULL && g_str_has_prefix (filter, name)
             ? g_ascii_strtoll (filter + strlen (name), NULL, 10)
             : 0;
}

static const char *
filter_of (const WbTownField *field)
{
  return json_object_get_string_member_with_default (field->args, "query", NULL);
}

static JsonNode *
tell_moves (WbTown *town, GArray *moves, GArray *payouts, const WbTownField *field)
{
  const char        *filter = filter_of (field);
  WbInstant          since = since_of (filter, "processed_at");
  gint64             payout = transfer_of (filter);
  g_autoptr (GArray) all = g_array_copy (moves);
  JsonArray         *list = json_array_new ();

  if (!json_object_get_boolean_member_with_default (field->args, "hideTransfers", FALSE))
    g_array_append_vals (all, payouts->data, payouts->len);
  g_array_sort (all, compare_moves);
  for (guint i = 0; i < all->len; i++)
    {
      const Move *move = &g_array_index (all, Move, i);

      if (move->at >= since && (payout == 0 || move->payout == payout))
        json_array_add_element (list, tell_move (town, move));
    }
  return wb_town_connection (list);
}

static JsonNode *
tell_payouts (WbTown *town, GArray *payouts, const WbTownField *field)
{
  WbInstant  since = since_of (filter_of (field), "issued_at");
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < payouts->len; i++)
    if (g_array_index (payouts, Move, i).at >= since)
      json_array_add_element (list, tell_payout (town, &g_array_index (payouts, Move, i)));
  return wb_town_connection (list);
}

/** wb_town_shopify_account: answers shopifyPaymentsAccount: balanceTransactions and payouts. */
JsonNode *
wb_town_shopify_account (WbTown *town, const WbTownField *field, GError **error)
{
  g_autoptr (GArray) moves = moves_of (town);
  g_autoptr (GArray) payouts = payouts_of (town, moves);
  JsonObject        *account = json_object_new ();

  for (guint i = 0; i < field->fields->len; i++)
    {
      const WbTownField *part = field->fields->pdata[i];

      if (g_str_equal (part->name, "balanceTransactions"))
        json_object_set_member (account, part->name, tell_moves (town, moves, payouts, part));
      else if (g_str_equal (part->name, "payouts"))
        json_object_set_member (account, part->name, tell_payouts (town, payouts, part));
    }
  return node_of (account);
}

/* The order's transaction of that number, null: there is none. */
static JsonNode *
find_money (WbTown *town, gint64 id)
{
  GHashTableIter at;
  gpointer       own;
  WbTownOrder   *order = id % 10 == 1 ? wb_town_shop_peek (town->shop, id / 10) : NULL;

  if (order != NULL && wb_town_shopify_listed (order))
    return wb_town_shopify_money (town, order, id);
  g_hash_table_iter_init (&at, town->shopify->orders);
  while (g_hash_table_iter_next (&at, NULL, &own))
    {
      WbTownShopifyOrder *one = own;

      for (guint i = 0; i < one->moneys->len; i++)
        if (((WbTownShopifyMoney *) one->moneys->pdata[i])->id == id)
          return wb_town_shopify_money (town, wb_town_shop_peek (town->shop, one->id), id);
    }
  return json_node_new (JSON_NODE_NULL);
}

/** wb_town_shopify_nodes: answers nodes: transactions of orders. */
JsonNode *
wb_town_shopify_nodes (WbTown *town, const WbTownField *field, GError **error)
{
  JsonArray *ids = json_object_get_array_member (field->args, "ids");
  JsonNode  *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < json_array_get_length (ids); i++)
    json_array_add_element (
        list, find_money (town, wb_town_shopify_id (json_array_get_string_element (ids, i),
                                                    "OrderTransaction")));
  json_node_take_array (node, list);
  return node;
}

/** wb_town_shopify_node: answers node: a payout. */
JsonNode *
wb_town_shopify_node (WbTown *town, const WbTownField *field, GError **error)
{
  g_autoptr (GArray) moves = moves_of (town);
  g_autoptr (GArray) payouts = payouts_of (town, moves);
  const char        *gid = json_object_get_string_member_with_default (field->args, "id", NULL);
  gint64             id = wb_town_shopify_id (gid, "ShopifyPaymentsPayout");

  for (guint i = 0; i < payouts->len; i++)
    if (g_array_index (payouts, Move, i).payout == id && id != 0)
      return tell_payout (town, &g_array_index (payouts, Move, i));
  return json_node_new (JSON_NODE_NULL);
}

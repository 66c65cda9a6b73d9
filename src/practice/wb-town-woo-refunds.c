/* SPDX-License-Identifier: GPL-3.0-or-later
 * Refunds in the shop: money and stock move by default, refusals come as 500, and little is checked
 * (domain: writing, 23). */
#include "wb-town-stripe.h"
#include "wb-town-woo.h"

#include "wb-money.h"

#include <string.h>

static void
write_refund (WbTown *town, WbTownOut *out, const WbTownOrder *order, const WbTownRefund *refund)
{
  g_autofree char *up = g_strdup_printf ("orders/%" G_GINT64_FORMAT, order->id);
  g_autofree char *collection = g_strconcat (up, "/refunds", NULL);
  g_autofree char *self = g_strdup_printf ("%s/%" G_GINT64_FORMAT, collection, refund->id);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", refund->id);
  wb_town_woo_write_dates (town, out, "date_created", refund->created);
  if (refund->no_amount)
    wb_town_out_string (out, "amount", "");
  else
    wb_town_out_decimal (out, "amount", refund->amount, 2);
  wb_town_out_string (out, "reason", refund->reason);
  wb_town_out_int (out, "refunded_by", 1);
  wb_town_out_bool (out, "refunded_payment", refund->paid_back);
  wb_town_woo_write_meta (out, "meta_data", refund->meta);
  wb_town_out_begin_array (out, "line_items");
  for (guint i = 0; i < refund->lines->len; i++)
    wb_town_woo_write_line (town, out, g_ptr_array_index (refund->lines, i), order->tax_rate, TRUE);
  wb_town_out_end_array (out);
  wb_town_woo_write_links (town, out, self, collection, up);
  wb_town_out_end_object (out);
}

/** wb_town_woo_list_refunds: GET /orders/{id}/refunds, newest first. */
void
wb_town_woo_list_refunds (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownOrder *order = wb_town_woo_order_for (town, request, reply, FALSE);
  guint              page;
  guint              per_page;
  guint              shown = 0;

  if (order == NULL || !wb_town_woo_page (request, reply, &page, &per_page))
    return;
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = (page - 1) * per_page; i < order->refunds->len && shown < per_page; i++, shown++)
    write_refund (town, reply->out, order,
                  g_ptr_array_index (order->refunds, order->refunds->len - 1 - i));
  wb_town_out_end_array (reply->out);
  wb_town_woo_page_headers (town, request, reply, page, per_page, order->refunds->len, shown);
}

static WbTownRefund *
refund_for (WbTown        *town,
            WbTownRequest *request,
            WbTownReply   *reply,
            WbTownOrder  **order,
            gboolean       to_change)
{
  gint64 id = g_ascii_strtoll (request->params[1], NULL, 10);

  *order = wb_town_woo_order_for (town, request, reply, FALSE);
  if (*order != NULL && to_change)
    *order = wb_town_woo_order_for (town, request, reply, TRUE);
  for (guint i = 0; *order != NULL && i < (*order)->refunds->len; i++)
    if (((WbTownRefund *) g_ptr_array_index ((*order)->refunds, i))->id == id)
      return g_ptr_array_index ((*order)->refunds, i);
  if (*order != NULL)
    wb_town_woo_fail (reply, 404, "woocommerce_rest_invalid_order_refund_id",
                      "Invalid order refund ID.");
  return NULL;
}

/** wb_town_woo_get_refund: GET /orders/{id}/refunds/{refund}. */
void
wb_town_woo_get_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder        *order;
  const WbTownRefund *refund = refund_for (town, request, reply, &order, FALSE);

  if (refund != NULL)
    write_refund (town, reply->out, order, refund);
}

/** wb_town_woo_delete_refund: DELETE /orders/{id}/refunds/{refund}?force=true; the order's status
 * stays refunded. */
void
wb_town_woo_delete_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder  *order;
  WbTownRefund *refund = refund_for (town, request, reply, &order, TRUE);

  if (refund == NULL)
    return;
  if (!wb_town_woo_true_param (request, "force"))
    {
      wb_town_woo_fail (reply, 501, "woocommerce_rest_trash_not_supported",
                        "Order refunds do not support trashing.");
      return;
    }
  write_refund (town, reply->out, order, refund);
  g_ptr_array_remove (order->refunds, refund);
  wb_town_shop_changed (town->shop, order, TRUE);
  reply->effect = TRUE;
}

/* A refusal of the business comes as 500, and its data is a bare number. */
static void
refuse (WbTown *town, WbTownReply *reply, const char *message)
{
  wb_town_reply_reset (reply);
  reply->status = wb_town_trap (town, 23) ? 500 : 400;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "code", "woocommerce_rest_cannot_create_order_refund");
  wb_town_out_string (reply->out, "message", message);
  wb_town_out_int (reply->out, "data", 500);
  wb_town_out_end_object (reply->out);
}

static gint64
refunded_so_far (const WbTownOrder *order)
{
  gint64 sum = 0;

  for (guint i = 0; i < order->refunds->len; i++)
    sum += ((WbTownRefund *) g_ptr_array_index (order->refunds, i))->amount;
  return sum;
}

/* Moves the money through the gateway. NULL when done, else why not. */
static const char *
pay_back (WbTown *town, const WbTownOrder *order, gint64 amount, const char *reason)
{
  gboolean card =
      strcmp (order->payment_method, "stripe") == 0 || wb_town_woo_payments_owns (order);
  WbTownIntent *intent = card ? wb_town_bank_find (town->bank, order->transaction_id) : NULL;
  gint64        minor = wb_town_minor_of (amount, order->currency);

  if (strcmp (order->payment_method, "bacs") == 0 || strcmp (order->payment_method, "cod") == 0)
    return "The payment gateway for this order does not support automatic refunds.";
  if (!card)
    return NULL;
  if (intent == NULL || minor > wb_town_bank_refundable (intent))
    return "An error occurred while attempting to create the refund using the payment gateway API.";
  wb_town_bank_refund (town->bank, intent, minor, "requested_by_customer");
  return NULL;
}

static gint64
decimal_member (JsonObject *object, const char *name)
{
  gint64 amount = 0;

  if (json_object_has_member (object, name))
    {
      JsonNode        *node = json_object_get_member (object, name);
      g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) ? json_to_string (node, FALSE) : NULL;

      if (text != NULL)
        wb_money_parse_minor (g_strstrip (g_strdelimit (text, "\"", ' ')), 2, &amount, NULL);
    }
  return amount;
}

static gint64
taxes_of (JsonObject *line)
{
  JsonNode *node = json_object_get_member (line, "refund_tax");
  gint64    sum = 0;

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
                    i < json_array_get_length (json_node_get_array (node));
       i++)
    sum += decimal_member (json_array_get_object_element (json_node_get_array (node), i),
                           "refund_total");
  return sum;
}

/* Quantities are taken as they are, more than was sold too, and go back into stock. */
static void
take_line (WbTown            *town,
           const WbTownOrder *order,
           WbTownRefund      *refund,
           JsonObject        *given,
           gboolean           restock)
{
  gint64 id = json_object_get_int_member_with_default (given, "id", 0);
  gint64 quantity = json_object_get_int_member_with_default (given, "quantity", 0);

  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = g_ptr_array_index (order->lines, i);
      g_autofree char  *from = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      WbTownItem       *back;
      WbTownMeta       *meta;
      gint64            good = line->variation_id != 0 ? line->variation_id : line->product_id;
      gint64            stock;

      if (line->id != id)
        continue;
      back = wb_town_item_new (wb_town_shop_next_id (town->shop), line->name, line->code);
      back->product_id = line->product_id;
      back->variation_id = line->variation_id;
      back->quantity = -quantity;
      back->subtotal = back->total = -decimal_member (given, "refund_total");
      back->subtotal_tax = back->total_tax = -taxes_of (given);
      meta = wb_town_meta_text (wb_town_shop_next_id (town->shop), "_refunded_item_id", from);
      meta->display_key = g_strdup (meta->key);
      meta->display_value = g_strdup (meta->value);
      g_ptr_array_add (back->meta, meta);
      g_ptr_array_add (refund->lines, back);
      if (restock && wb_town_shop_stock (town->shop, good, &stock))
        wb_town_shop_set_stock (town->shop, good, stock + quantity);
    }
}

static gboolean
has_free_line (const WbTownOrder *order)
{
  for (guint i = 0; i < order->lines->len; i++)
    if (((WbTownItem *) g_ptr_array_index (order->lines, i))->total == 0)
      return TRUE;
  return FALSE;
}

/* An order given back whole becomes refunded; 7.9 leaves it when only an amount was given and
 * something in it was free. */
static void
settle_status (WbTown *town, WbTownOrder *order, const WbTownRefund *refund)
{
  if (refunded_so_far (order) < order->total || strcmp (order->status, "refunded") == 0)
    return;
  if (wb_town_trap (town, 24) && refund->lines->len == 0 && has_free_line (order))
    return;
  wb_town_shop_set_status (town->shop, order, "refunded");
}

static gboolean
read_amount (WbTown *town, JsonObject *given, WbTownReply *reply, gint64 *amount, gboolean *none)
{
  JsonNode *node = json_object_get_member (given, "amount");

  *amount = 0;
  *none = node == NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      wb_town_woo_fail_param (reply, "amount", "amount is not of type string.");
      return FALSE;
    }
  if (!wb_money_parse_minor (json_node_get_string (node), 2, amount, NULL))
    {
      refuse (town, reply, "Invalid refund amount.");
      return FALSE;
    }
  return TRUE;
}

/* The sum of the lines stands for the amount when none is given. */
static gint64
sum_of_lines (JsonArray *lines)
{
  gint64 sum = 0;

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    sum += decimal_member (json_array_get_object_element (lines, i), "refund_total") +
           taxes_of (json_array_get_object_element (lines, i));
  return sum;
}

static void
create_refund (WbTown      *town,
               WbTownReply *reply,
               WbTownOrder *order,
               JsonObject  *given,
               gint64       amount,
               gboolean     none)
{
  gboolean money =
      json_object_get_boolean_member_with_default (given, "api_refund", wb_town_trap (town, 23));
  gboolean restock =
      json_object_get_boolean_member_with_default (given, "api_restock", wb_town_trap (town, 23));
  JsonArray    *lines = json_object_has_member (given, "line_items")
                            ? json_object_get_array_member (given, "line_items")
                            : NULL;
  const char   *reason = json_object_get_string_member_with_default (given, "reason", "");
  const char   *trouble = money && amount > 0 ? pay_back (town, order, amount, reason) : NULL;
  WbTownRefund *refund;

  if (trouble != NULL)
    {
      refuse (town, reply, trouble);
      return;
    }
  refund =
      wb_town_refund_new (wb_town_shop_next_id (town->shop), wb_town_clock (town), amount, reason);
  refund->no_amount = none && amount == 0;
  refund->paid_back = money;
  if (json_object_has_member (given, "meta_data"))
    g_free (wb_town_woo_take_meta (town, refund->meta,
                                   json_object_get_array_member (given, "meta_data")));
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    take_line (town, order, refund, json_array_get_object_element (lines, i), restock);
  g_ptr_array_add (order->refunds, refund);
  settle_status (town, order, refund);
  wb_town_shop_changed (town->shop, order, TRUE);
  reply->effect = TRUE;
  reply->status = 201;
  write_refund (town, reply->out, order, refund);
}

/* What the real one does not ask: whether so many are left of each line. */
static gboolean
asks_too_many (const WbTownOrder *order, JsonObject *given)
{
  JsonNode *node = json_object_get_member (given, "line_items");

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
                    i < json_array_get_length (json_node_get_array (node));
       i++)
    {
      JsonObject *row = json_array_get_object_element (json_node_get_array (node), i);

      for (guint k = 0; k < order->lines->len; k++)
        {
          const WbTownItem *line = g_ptr_array_index (order->lines, k);

          if (line->id == json_object_get_int_member_with_default (row, "id", 0) &&
              json_object_get_int_member_with_default (row, "quantity", 0) >
                  wb_town_shop_item_quantity_left (order, line))
            return TRUE;
        }
    }
  return FALSE;
}

/** wb_town_woo_post_refund: POST /orders/{id}/refunds. */
void
wb_town_woo_post_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  JsonObject            *given = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                                     ? json_node_get_object (request->json)
                                     : nothing;
  WbTownOrder           *order;
  gint64                 amount;
  gboolean               none;

  if (!read_amount (town, given, reply, &amount, &none) ||
      wb_town_woo_order_for (town, request, reply, FALSE) == NULL)
    return;
  order = wb_town_woo_order_for (town, request, reply, TRUE);
  if (none && json_object_has_member (given, "line_items"))
    amount = sum_of_lines (json_object_get_array_member (given, "line_items"));
  if (!wb_town_trap (town, 23) && asks_too_many (order, given))
    {
      refuse (town, reply, "More pieces than are left.");
      return;
    }
  if (amount < 0 || amount > order->total - refunded_so_far (order))
    {
      refuse (town, reply, "Invalid refund amount.");
      return;
    }
  create_refund (town, reply, order, given, amount, none);
}

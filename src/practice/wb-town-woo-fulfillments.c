/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fulfilments API of newer shops, where it is switched on: it checks nothing, and completes no
 * order (domain: writing, 26). */
#include "wb-town-woo.h"

#include <string.h>

static void
write_fulfillment (WbTownOut *out, const WbTownOrder *order, const WbTownFulfillment *fulfillment)
{
  g_autofree char *updated = wb_instant_to_iso (fulfillment->updated);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", fulfillment->id);
  wb_town_out_string (out, "entity_type", "WC_Order");
  wb_town_out_format (out, "entity_id", "%" G_GINT64_FORMAT, order->id);
  wb_town_out_string (out, "status", fulfillment->status);
  wb_town_out_bool (out, "is_fulfilled", fulfillment->is_fulfilled);
  wb_town_out_string (out, "date_updated", updated);
  wb_town_out_null (out, "date_deleted");
  wb_town_woo_write_meta (out, "meta_data", fulfillment->meta);
  wb_town_out_end_object (out);
}

static WbTownOrder *
order_for (WbTown *town, WbTownRequest *request, WbTownReply *reply, gboolean to_change)
{
  gint64       id = g_ascii_strtoll (request->params[0], NULL, 10);
  WbTownOrder *order = wb_town_shop_peek (town->shop, id);

  if (order == NULL)
    wb_town_woo_fail (reply, 404, "woocommerce_rest_order_invalid_id", "Invalid order ID.");
  return order != NULL && to_change ? wb_town_shop_change (town->shop, id) : order;
}

static WbTownFulfillment *
fulfillment_for (WbTown        *town,
                 WbTownRequest *request,
                 WbTownReply   *reply,
                 WbTownOrder  **order,
                 gboolean       to_change)
{
  gint64 id = g_ascii_strtoll (request->params[1], NULL, 10);

  *order = order_for (town, request, reply, to_change);
  for (guint i = 0; *order != NULL && i < (*order)->fulfillments->len; i++)
    if (((WbTownFulfillment *) g_ptr_array_index ((*order)->fulfillments, i))->id == id)
      return g_ptr_array_index ((*order)->fulfillments, i);
  if (*order != NULL)
    wb_town_woo_fail (reply, 404, "woocommerce_rest_fulfillment_invalid_id",
                      "Invalid fulfillment ID.");
  return NULL;
}

/** wb_town_woo_list_fulfillments: GET /orders/{id}/fulfillments. */
void
wb_town_woo_list_fulfillments (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownOrder *order = order_for (town, request, reply, FALSE);

  if (order == NULL)
    return;
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = 0; i < order->fulfillments->len; i++)
    write_fulfillment (reply->out, order, g_ptr_array_index (order->fulfillments, i));
  wb_town_out_end_array (reply->out);
}

/** wb_town_woo_get_fulfillment: GET /orders/{id}/fulfillments/{fulfilment}. */
void
wb_town_woo_get_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder             *order;
  const WbTownFulfillment *fulfillment = fulfillment_for (town, request, reply, &order, FALSE);

  if (fulfillment != NULL)
    write_fulfillment (reply->out, order, fulfillment);
}

/* How many pieces of the line all fulfilments that count say were sent. */
static gint64
pieces_sent (const WbTownOrder *order, gint64 line_id)
{
  gint64 sum = 0;

  for (guint i = 0; i < order->fulfillments->len; i++)
    {
      const WbTownFulfillment *fulfillment = g_ptr_array_index (order->fulfillments, i);
      const WbTownMeta        *items = wb_town_meta_find (fulfillment->meta, "_items");
      g_autoptr (JsonNode)     node =
          items != NULL && fulfillment->is_fulfilled ? json_from_string (items->value, NULL) : NULL;
      JsonArray *rows =
          node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint k = 0; rows != NULL && k < json_array_get_length (rows); k++)
        {
          JsonObject *row = json_array_get_object_element (rows, k);

          if (json_object_get_int_member_with_default (row, "item_id", 0) == line_id)
            sum += json_object_get_int_member_with_default (row, "qty", 0);
        }
    }
  return sum;
}

static gboolean
sends_too_much (const WbTownOrder *order)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = g_ptr_array_index (order->lines, i);

      if (pieces_sent (order, line->id) > line->quantity)
        return TRUE;
    }
  return FALSE;
}

static void
note_order_state (WbTown *town, WbTownOrder *order)
{
  gboolean    all = TRUE;
  const char *state;
  WbTownMeta *meta = wb_town_meta_find (order->meta, "_fulfillment_status");

  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = g_ptr_array_index (order->lines, i);

      all = all && pieces_sent (order, line->id) >= line->quantity;
    }
  state = order->fulfillments->len == 0 ? "\"unfulfilled\""
          : all                         ? "\"fulfilled\""
                                        : "\"partially_fulfilled\"";
  if (meta == NULL)
    {
      meta = wb_town_meta_new (wb_town_shop_next_id (town->shop), "_fulfillment_status", "");
      g_ptr_array_add (order->meta, meta);
    }
  g_free (meta->value);
  meta->value = g_strdup (state);
}

static gboolean
take (WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownFulfillment *fulfillment)
{
  JsonObject *given = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                          ? json_node_get_object (request->json)
                          : NULL;
  JsonNode   *meta = given != NULL ? json_object_get_member (given, "meta_data") : NULL;

  if (meta == NULL || !JSON_NODE_HOLDS_ARRAY (meta))
    {
      wb_town_woo_fail (reply, 400, "rest_missing_callback_param",
                        "Missing parameter(s): meta_data");
      return FALSE;
    }
  g_free (fulfillment->status);
  fulfillment->status =
      g_strdup (json_object_get_string_member_with_default (given, "status", "unfulfilled"));
  fulfillment->is_fulfilled = json_object_get_boolean_member_with_default (
      given, "is_fulfilled", strcmp (fulfillment->status, "fulfilled") == 0);
  fulfillment->updated = wb_town_clock (town);
  g_ptr_array_set_size (fulfillment->meta, 0);
  g_free (wb_town_woo_take_meta (town, fulfillment->meta, json_node_get_array (meta)));
  return TRUE;
}

static void
finish (WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownOrder *order)
{
  reply->effect = TRUE;
  if (wb_town_woo_true_param (request, "notify_customer"))
    order->fulfillment_mails++;
  note_order_state (town, order);
  wb_town_shop_changed (town->shop, order, TRUE);
}

/** wb_town_woo_post_fulfillment: POST /orders/{id}/fulfillments. */
void
wb_town_woo_post_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder       *order = order_for (town, request, reply, TRUE);
  WbTownFulfillment *fulfillment;

  if (order == NULL)
    return;
  fulfillment = wb_town_fulfillment_new (wb_town_shop_next_fulfillment (town->shop));
  if (!take (town, request, reply, fulfillment))
    {
      wb_town_fulfillment_free (fulfillment);
      return;
    }
  g_ptr_array_add (order->fulfillments, fulfillment);
  if (!wb_town_trap (town, 26) && sends_too_much (order))
    {
      g_ptr_array_remove (order->fulfillments, fulfillment);
      wb_town_woo_fail (reply, 400, "woocommerce_rest_fulfillment_quantity",
                        "More pieces than were ordered.");
      return;
    }
  finish (town, request, reply, order);
  reply->status = 201;
  write_fulfillment (reply->out, order, fulfillment);
}

/** wb_town_woo_put_fulfillment: PUT /orders/{id}/fulfillments/{fulfilment}: meta data not given
 * again is gone. */
void
wb_town_woo_put_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder       *order;
  WbTownFulfillment *fulfillment = fulfillment_for (town, request, reply, &order, TRUE);

  if (fulfillment == NULL || !take (town, request, reply, fulfillment))
    return;
  finish (town, request, reply, order);
  write_fulfillment (reply->out, order, fulfillment);
}

/** wb_town_woo_delete_fulfillment: DELETE /orders/{id}/fulfillments/{fulfilment}. */
void
wb_town_woo_delete_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder       *order;
  WbTownFulfillment *fulfillment = fulfillment_for (town, request, reply, &order, TRUE);

  if (fulfillment == NULL)
    return;
  g_ptr_array_remove (order->fulfillments, fulfillment);
  finish (town, request, reply, order);
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "message", "Fulfillment deleted successfully.");
  wb_town_out_end_object (reply->out);
}

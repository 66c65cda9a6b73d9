/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changing an order: what a PUT may say, what it moves, and the batch that checks less. */
#include "wb-town-goods.h"
#include "wb-town-woo.h"

#include "wb-money.h"

#include <string.h>

/* What changed, for the date of modification. */
typedef enum
{
  TOUCHED_NOTHING,
  TOUCHED_META,   /* moves the date only on 11.0 */
  TOUCHED_STATUS, /* moves it everywhere */
} Touched;

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* 123 comes back "123", {} as [], false as "" (domain: reading, 14). */
static char *
meta_value_of (JsonNode *node)
{
  g_autofree char *json = node != NULL ? json_to_string (node, FALSE) : g_strdup ("null");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("\"\"");
  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0)
    return g_strdup ("[]");
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING)
    return g_steal_pointer (&json);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "\"1\"" : "\"\"");
  return g_strdup_printf ("\"%s\"", json);
}

static WbTownMeta *
meta_with_id (GPtrArray *rows, gint64 id)
{
  for (guint i = 0; i < rows->len; i++)
    if (((WbTownMeta *) g_ptr_array_index (rows, i))->id == id)
      return g_ptr_array_index (rows, i);
  return NULL;
}

static void
take_one_meta (WbTown *town, GPtrArray *rows, JsonObject *given)
{
  const char *key = text_member (given, "key");
  JsonNode   *value = json_object_get_member (given, "value");
  gint64      id = json_object_get_int_member_with_default (given, "id", 0);
  WbTownMeta *meta = id != 0       ? meta_with_id (rows, id)
                     : key != NULL ? wb_town_meta_find (rows, key)
                                   : NULL;

  if (id != 0 && value != NULL && JSON_NODE_HOLDS_NULL (value))
    {
      g_ptr_array_remove (rows, meta);
      return;
    }
  if (meta == NULL && key == NULL)
    return;
  if (meta == NULL)
    {
      meta = wb_town_meta_new (wb_town_shop_next_id (town->shop), key, "\"\"");
      g_ptr_array_add (rows, meta);
    }
  g_free (meta->value);
  meta->value = meta_value_of (value);
}

/** wb_town_woo_take_meta: upserts rows of meta data by key or id. Returns: (transfer full)
 * (nullable): what is wrong with @given. */
char *
wb_town_woo_take_meta (WbTown *town, GPtrArray *rows, JsonArray *given)
{
  for (guint i = 0; i < json_array_get_length (given); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (given, i)))
      return g_strdup ("meta_data[0] is not of type object.");
  for (guint i = 0; i < json_array_get_length (given); i++)
    take_one_meta (town, rows, json_array_get_object_element (given, i));
  return NULL;
}

static void
take_person (WbTownPerson *person, JsonObject *given)
{
  g_autoptr (GList) names = json_object_get_members (given);

  for (GList *link = names; link != NULL; link = link->next)
    {
      char      **field = wb_town_person_field (person, link->data);
      const char *text = text_member (given, link->data);

      if (field == NULL || text == NULL)
        continue;
      g_free (*field);
      *field = g_strdup (text);
    }
}

/* One entry of line_items: changes the line with its id, or (with a product_id only) adds one. A
 * quantity alone leaves the amounts of a line that is there as they were; 0 takes it out. */
static void
take_line (WbTown *town, WbTownOrder *order, JsonObject *given)
{
  gint64            id = json_object_get_int_member_with_default (given, "id", 0);
  gint64            quantity = json_object_get_int_member_with_default (given, "quantity", -1);
  const WbTownGood *good =
      wb_town_good (json_object_get_int_member_with_default (given, "product_id", 0));
  WbTownItem *line = NULL;
  gboolean    added = FALSE;

  if (json_object_get_int_member_with_default (given, "variation_id", 0) != 0)
    good = wb_town_good (json_object_get_int_member (given, "variation_id"));
  for (guint i = 0; good == NULL && text_member (given, "sku") != NULL && i < wb_town_n_goods ();
       i++)
    if (strcmp (wb_town_goods[i].sku, text_member (given, "sku")) == 0)
      good = &wb_town_goods[i];
  for (guint i = 0; i < order->lines->len; i++)
    if (((WbTownItem *) g_ptr_array_index (order->lines, i))->id == id)
      line = g_ptr_array_index (order->lines, i);
  if (line != NULL && quantity == 0)
    {
      g_ptr_array_remove (order->lines, line);
      return;
    }
  if (line == NULL && good != NULL)
    {
      line =
          wb_town_item_new (wb_town_shop_next_id (town->shop), good->name, wb_town_good_sku (good));
      line->product_id = good->parent != 0 ? good->parent : good->id;
      line->variation_id = good->parent != 0 ? good->id : 0;
      line->subtotal = line->total = good->price * 10000 / (10000 + order->tax_rate);
      g_ptr_array_add (order->lines, line);
      added = TRUE;
    }
  if (line == NULL)
    return;
  if (added && quantity > 0)
    {
      line->subtotal = line->subtotal * quantity / line->quantity;
      line->total = line->total * quantity / line->quantity;
    }
  if (quantity > 0)
    line->quantity = quantity;
  if (text_member (given, "subtotal") != NULL)
    wb_money_parse_minor (text_member (given, "subtotal"), 2, &line->subtotal, NULL);
  if (text_member (given, "total") != NULL)
    wb_money_parse_minor (text_member (given, "total"), 2, &line->total, NULL);
  line->subtotal_tax = wb_town_tax_of (line->subtotal, order->tax_rate);
  line->total_tax = wb_town_tax_of (line->total, order->tax_rate);
}

static Touched
take_lines (WbTown *town, WbTownOrder *order, JsonArray *given)
{
  for (guint i = 0; i < json_array_get_length (given); i++)
    take_line (town, order, json_array_get_object_element (given, i));
  wb_town_order_sum (order);
  return TOUCHED_META;
}

static Touched
take_texts (WbTownOrder *order, JsonObject *given)
{
  struct
  {
    const char *name;
    char      **field;
    Touched     touches;
  } texts[] = {
    { "customer_note", &order->customer_note, TOUCHED_STATUS }, /* the post itself */
    { "transaction_id", &order->transaction_id, TOUCHED_META },
    { "payment_method", &order->payment_method, TOUCHED_META },
    { "payment_method_title", &order->payment_title, TOUCHED_META },
  };
  Touched touched = TOUCHED_NOTHING;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = text_member (given, texts[i].name);

      if (text == NULL)
        continue;
      g_free (*texts[i].field);
      *texts[i].field = g_strdup (text);
      touched = MAX (touched, texts[i].touches);
    }
  return touched;
}

static Touched
take_parts (WbTown *town, WbTownOrder *order, JsonObject *given)
{
  JsonNode *billing = json_object_get_member (given, "billing");
  JsonNode *shipping = json_object_get_member (given, "shipping");
  JsonNode *lines = json_object_get_member (given, "line_items");
  JsonNode *meta = json_object_get_member (given, "meta_data");
  Touched   touched = TOUCHED_NOTHING;

  if (billing != NULL && JSON_NODE_HOLDS_OBJECT (billing))
    take_person (order->billing, json_node_get_object (billing));
  if (shipping != NULL && JSON_NODE_HOLDS_OBJECT (shipping))
    take_person (order->shipping, json_node_get_object (shipping));
  if (billing != NULL || shipping != NULL || meta != NULL)
    touched = TOUCHED_META;
  if (meta != NULL && JSON_NODE_HOLDS_ARRAY (meta))
    g_free (wb_town_woo_take_meta (town, order->meta, json_node_get_array (meta)));
  if (lines != NULL && JSON_NODE_HOLDS_ARRAY (lines))
    touched = take_lines (town, order, json_node_get_array (lines));
  return touched;
}

/** wb_town_woo_edit_order: puts what @given says into @order; @status (nullable) has been checked.
 */
void
wb_town_woo_edit_order (WbTown *town, WbTownOrder *order, JsonObject *given, const char *status)
{
  Touched texts = take_texts (order, given), parts = take_parts (town, order, given);
  Touched touched = MAX (texts, parts);

  if (json_object_get_boolean_member_with_default (given, "set_paid", FALSE) && order->paid == 0)
    order->paid = wb_town_clock (town);
  if (status != NULL)
    {
      gboolean same = strcmp (order->status, status) == 0;

      wb_town_shop_set_status (town->shop, order, status);
      if (!same)
        touched = TOUCHED_STATUS;
    }
  wb_town_shop_changed (town->shop, order, !wb_town_trap (town, 6) || touched == TOUCHED_STATUS);
}

/* A body that is not UTF-8 is taken for Latin-1 and carried out (domain: writing, 22). */
static JsonNode *
from_latin (GBytes *body)
{
  gsize            size;
  const char      *text = g_bytes_get_data (body, &size);
  g_autofree char *utf8 = NULL;

  if (size == 0 || g_utf8_validate (text, (gssize) size, NULL))
    return NULL;
  utf8 = g_convert (text, (gssize) size, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  return utf8 != NULL ? json_from_string (utf8, NULL) : NULL;
}

/* A line is another order's, or none at all. */
static gboolean
names_foreign_line (WbTownOrder *order, JsonObject *given)
{
  JsonNode  *node = json_object_get_member (given, "line_items");
  JsonArray *rows =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      gint64 id = json_object_get_int_member_with_default (json_array_get_object_element (rows, i),
                                                           "id", 0);
      gboolean known = id == 0;

      for (guint k = 0; k < order->lines->len && !known; k++)
        known = ((WbTownItem *) g_ptr_array_index (order->lines, k))->id == id;
      if (!known)
        return TRUE;
    }
  return FALSE;
}

/** wb_town_woo_put_order: PUT /orders/{id}. */
void
wb_town_woo_put_order (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  JsonObject            *given = nothing;
  const char            *status;
  WbTownOrder           *order;

  g_autoptr (JsonNode) latin = NULL;

  if (request->json == NULL && wb_town_trap (town, 22))
    latin = from_latin (request->body);
  if (latin != NULL && JSON_NODE_HOLDS_OBJECT (latin))
    given = json_node_get_object (latin);
  else if (request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json))
    given = json_node_get_object (request->json);
  else if (g_bytes_get_size (request->body) > 0)
    {
      wb_town_woo_fail (reply, 400, "rest_invalid_json", "Invalid JSON body passed.");
      return;
    }
  status = text_member (given, "status");
  if (status != NULL && !wb_town_woo_known_status (status))
    {
      wb_town_woo_fail_param (
          reply, "status",
          "status is not one of auto-draft, pending, processing, on-hold, completed, cancelled, "
          "refunded, failed, checkout-draft, and awaiting-pickup.");
      return;
    }
  order = wb_town_woo_order_for (town, request, reply, TRUE);
  if (order == NULL)
    return;
  if (names_foreign_line (order, given))
    {
      wb_town_woo_fail (reply, 400, "woocommerce_rest_invalid_item_id",
                        "Order item ID provided is not associated with order.");
      return;
    }
  if (!wb_town_trap (town, 20) && g_strcmp0 (status, "completed") == 0 &&
      strcmp (order->status, status) == 0)
    {
      wb_town_woo_fail (reply, 409, "woocommerce_rest_shop_order_completed",
                        "The order is completed already.");
      return;
    }
  reply->effect = TRUE;
  wb_town_woo_edit_order (town, order, given, status);
  wb_town_woo_write_order (town, reply->out, order, NULL);
}

/* One row of a batch. A status nobody knows becomes "pending", with no error at all (domain:
 * writing, 19). */
static void
batch_row (WbTown *town, WbTownReply *reply, JsonObject *given)
{
  gint64       id = json_object_get_int_member_with_default (given, "id", 0);
  WbTownOrder *order = wb_town_shop_change (town->shop, id);
  const char  *status = text_member (given, "status");

  if (order == NULL ||
      (status != NULL && !wb_town_woo_known_status (status) && !wb_town_trap (town, 19)))
    {
      wb_town_out_begin_object (reply->out, NULL);
      wb_town_out_int (reply->out, "id", id);
      wb_town_out_begin_object (reply->out, "error");
      wb_town_out_string (reply->out, "code", "woocommerce_rest_shop_order_invalid_id");
      wb_town_out_string (reply->out, "message", "Invalid ID.");
      wb_town_out_begin_object (reply->out, "data");
      wb_town_out_int (reply->out, "status", 400);
      wb_town_out_end_object (reply->out);
      wb_town_out_end_object (reply->out);
      wb_town_out_end_object (reply->out);
      return;
    }
  wb_town_woo_edit_order (town, order, given,
                          status == NULL || wb_town_woo_known_status (status) ? status : "pending");
  wb_town_woo_write_order (town, reply->out, order, NULL);
}

/** wb_town_woo_batch_orders: POST /orders/batch {"update": [...]}. */
void
wb_town_woo_batch_orders (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  JsonNode  *update = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                          ? json_object_get_member (json_node_get_object (request->json), "update")
                          : NULL;
  JsonArray *rows =
      update != NULL && JSON_NODE_HOLDS_ARRAY (update) ? json_node_get_array (update) : NULL;

  if (rows != NULL && json_array_get_length (rows) > 100)
    {
      wb_town_woo_fail (reply, 413, "woocommerce_rest_request_entity_too_large",
                        "Unable to accept more than 100 items for this request.");
      return;
    }
  reply->effect = TRUE;
  wb_town_out_begin_object (reply->out, NULL);
  if (rows != NULL)
    {
      wb_town_out_begin_array (reply->out, "update");
      for (guint i = 0; i < json_array_get_length (rows); i++)
        batch_row (town, reply, json_array_get_object_element (rows, i));
      wb_town_out_end_array (reply->out);
    }
  wb_town_out_end_object (reply->out);
}

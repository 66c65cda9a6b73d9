/* SPDX-License-Identifier: GPL-3.0-or-later
 * Editing an order in the practice shop by Shopify's API: an edit is begun, pieces are set in it,
 * and only its commit changes the order. Pieces that are taken out stay in the line's quantity and
 * will never be fulfilled; those that come in make it longer. */
#include "wb-town-shopify.h"

#include <string.h>

/* An edit that was begun. */
typedef struct
{
  gint64      order;
  GHashTable *pieces; /* line id -> what it is to have */
  gboolean    committed;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_hash_table_unref (edit->pieces);
  g_free (edit);
}

/** wb_town_shopify_edits_new: Returns: (transfer full): the edits that were begun; none yet. */
GHashTable *
wb_town_shopify_edits_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, edit_free);
}

static const char *
text_arg (const WbTownField *field, const char *name)
{
  return json_object_get_string_member_with_default (field->args, name, NULL);
}

#define refuse(message) wb_town_shopify_refused ("userErrors", NULL, message)

/* A payload that says yes. @value: (transfer full) */
static JsonNode *
accepted (const char *name, JsonNode *value)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *payload = json_object_new ();

  json_object_set_array_member (payload, "userErrors", json_array_new ());
  json_object_set_member (payload, name, value);
  json_node_take_object (node, payload);
  return node;
}

static Edit *
edit_of (WbTown *town, const WbTownField *field)
{
  gint64 id = wb_town_shopify_id (text_arg (field, "id"), "CalculatedOrder");
  Edit  *edit = g_hash_table_lookup (town->shopify->edits, &id);

  return edit != NULL && !edit->committed ? edit : NULL;
}

/* Pieces that the line has now, less those that will never be fulfilled. */
static gint64
pieces_now (WbTown *town, WbTownOrder *order, const WbTownItem *line)
{
  return line->quantity - wb_town_shopify_never (town, order, line);
}

static WbTownItem *
line_of (WbTownOrder *order, gint64 id)
{
  for (guint i = 0; i < order->lines->len; i++)
    if (((WbTownItem *) order->lines->pdata[i])->id == id)
      return order->lines->pdata[i];
  return NULL;
}

/** wb_town_shopify_edit_begin: orderEditBegin. */
JsonNode *
wb_town_shopify_edit_begin (WbTown *town, const WbTownField *field, GError **error)
{
  gint64           id = wb_town_shopify_id (text_arg (field, "id"), "Order");
  WbTownOrder     *order = wb_town_shop_change (town->shop, id);
  gint64           number = town->shopify->next_id++;
  g_autofree char *gid = wb_town_shopify_gid ("CalculatedOrder", number);
  Edit            *edit;

  if (!wb_town_shopify_listed (order))
    return refuse ("The order does not exist.");
  if (wb_town_shopify_overlay (town, id)->cancelled != 0 ||
      g_str_equal (order->status, "cancelled") || g_str_equal (order->status, "refunded"))
    return refuse ("The order cannot be edited.");
  edit = g_new0 (Edit, 1);
  edit->order = id;
  edit->pieces = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_insert (town->shopify->edits, g_memdup2 (&number, sizeof number), edit);
  return accepted ("calculatedOrder", wb_town_shopify_object ("id", gid, NULL));
}

/** wb_town_shopify_edit_quantity: orderEditSetQuantity. */
JsonNode *
wb_town_shopify_edit_quantity (WbTown *town, const WbTownField *field, GError **error)
{
  Edit            *edit = edit_of (town, field);
  gint64           id = wb_town_shopify_id (text_arg (field, "lineItemId"), "CalculatedLineItem");
  gint64           pieces = json_object_get_int_member_with_default (field->args, "quantity", -1);
  WbTownOrder     *order = edit != NULL ? wb_town_shop_change (town->shop, edit->order) : NULL;
  WbTownItem      *line = order != NULL ? line_of (order, id) : NULL;
  JsonNode        *told;
  g_autofree char *gid = NULL;

  if (line == NULL)
    return refuse ("The calculated line item does not exist.");
  if (pieces < 0 || pieces < wb_town_shopify_sent (town, order, id))
    return refuse ("Quantity must be greater than or equal to the fulfilled quantity.");
  g_hash_table_insert (edit->pieces, g_memdup2 (&id, sizeof id), GSIZE_TO_POINTER (pieces));
  gid = wb_town_shopify_gid ("CalculatedLineItem", id);
  told = wb_town_shopify_object ("id", gid, NULL);
  json_object_set_int_member (json_node_get_object (told), "quantity", pieces);
  return accepted ("calculatedLineItem", told);
}

/* More pieces cost more; fewer only take back what was ordered. */
static void
apply (WbTown *town, WbTownOrder *order, WbTownItem *line, gint64 pieces)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  gint64              more = pieces - pieces_now (town, order, line), id = line->id;
  gsize               removed = GPOINTER_TO_SIZE (g_hash_table_lookup (own->removed, &id));

  if (more < 0)
    {
      g_hash_table_insert (own->removed, g_memdup2 (&id, sizeof id),
                           GSIZE_TO_POINTER (removed + (gsize) -more));
      return;
    }
  line->subtotal = line->subtotal * (line->quantity + more) / line->quantity;
  line->total = line->total * (line->quantity + more) / line->quantity;
  line->subtotal_tax = wb_town_tax_of (line->subtotal, order->tax_rate);
  line->total_tax = wb_town_tax_of (line->total, order->tax_rate);
  line->quantity += more;
}

/** wb_town_shopify_edit_commit: orderEditCommit. */
JsonNode *
wb_town_shopify_edit_commit (WbTown *town, const WbTownField *field, GError **error)
{
  Edit          *edit = edit_of (town, field);
  WbTownOrder   *order = edit != NULL ? wb_town_shop_change (town->shop, edit->order) : NULL;
  GHashTableIter iter;
  gpointer       id, pieces;

  if (order == NULL)
    return refuse ("The order edit does not exist.");
  if (g_hash_table_size (edit->pieces) == 0)
    return refuse ("No changes have been made.");
  g_hash_table_iter_init (&iter, edit->pieces);
  while (g_hash_table_iter_next (&iter, &id, &pieces))
    apply (town, order, line_of (order, *(gint64 *) id), (gint64) GPOINTER_TO_SIZE (pieces));
  edit->committed = TRUE;
  wb_town_order_sum (order);
  wb_town_shopify_overlay (town, order->id)->edited = TRUE;
  wb_town_shopify_overlay (town, order->id)->updated = wb_town_clock (town);
  return accepted ("order", wb_town_shopify_order (town, order->id));
}

/** wb_town_shopify_taken_out: Returns: what the pieces that edits took out of @order cost, in
 * hundredths. */
gint64
wb_town_shopify_taken_out (WbTown *town, WbTownOrder *order)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  gint64              sum = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = order->lines->pdata[i];
      gint64            id = line->id;
      gint64 removed = (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (own->removed, &id));

      sum += (line->total + line->total_tax) * removed / line->quantity;
    }
  return sum;
}

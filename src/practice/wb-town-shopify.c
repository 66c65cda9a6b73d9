/* SPDX-License-Identifier: GPL-3.0-or-later
 * The front of the practice shop's Shopify API: tokens, versions, the bucket of cost, and the way
 * from a document to its answer. */
#include "wb-town-shopify.h"

#include <stdio.h>
#include <string.h>

#define VERSION_PATH "/shopify/admin/api/2026-07/graphql.json"
#define TOKEN_PATH   "/shopify/admin/oauth/access_token"
#define BULK_PATH    "/shopify/bulk/"
#define TOKEN_LIFE   86399
#define MOST_COST    1000

static void
answer_text (WbTownReply *reply, guint status, const char *message)
{
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "errors", message);
  wb_town_out_end_object (reply->out);
}

/* ---- tokens ---- */

static char *
token_text (WbTown *town)
{
  return g_strdup_printf ("shpca_practice_%u%s", town->shopify->token, town->key_suffix);
}

static void
give_token (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *id = g_strconcat (WB_TOWN_SHOPIFY_ID, town->key_suffix, NULL);
  g_autofree char *secret = g_strconcat (WB_TOWN_SHOPIFY_SECRET, town->key_suffix, NULL);
  g_autofree char *token = NULL;
  g_autofree char *scopes = NULL;

  if (g_strcmp0 (wb_town_pairs_get (request->form, "grant_type"), "client_credentials") != 0 ||
      g_strcmp0 (wb_town_pairs_get (request->form, "client_id"), id) != 0 ||
      g_strcmp0 (wb_town_pairs_get (request->form, "client_secret"), secret) != 0)
    {
      reply->status = 400;
      wb_town_out_begin_object (reply->out, NULL);
      wb_town_out_string (reply->out, "error", "application_cannot_be_found");
      wb_town_out_end_object (reply->out);
      return;
    }
  town->shopify->token_until = wb_town_clock (town) + TOKEN_LIFE;
  token = token_text (town);
  scopes = g_strdelimit (g_strdup (town->shopify->scopes), " ", ',');
  reply->status = 200;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "access_token", token);
  wb_town_out_string (reply->out, "scope", scopes);
  wb_town_out_int (reply->out, "expires_in", TOKEN_LIFE);
  wb_town_out_end_object (reply->out);
}

static gboolean
may_ask (WbTown *town, const WbTownRequest *request)
{
  g_autofree char *token = token_text (town);
  g_autofree char *fixed = g_strconcat (WB_TOWN_SHOPIFY_TOKEN, town->key_suffix, NULL);

  if (request->replay || g_strcmp0 (request->authorization, fixed) == 0)
    return TRUE;
  return g_strcmp0 (request->authorization, token) == 0 &&
         wb_town_clock (town) < town->shopify->token_until;
}

/* ---- the bucket ---- */

static void
refill (WbTownShopify *self)
{
  gint64 now = g_get_monotonic_time ();

  self->available =
      MIN (self->maximum, self->available + (double) (now - self->refilled) / G_TIME_SPAN_SECOND *
                                                self->restore_rate);
  self->refilled = now;
}

static void
write_cost (WbTownShopify *self, WbTownOut *out, guint cost, gboolean ran)
{
  wb_town_out_begin_object (out, "extensions");
  wb_town_out_begin_object (out, "cost");
  wb_town_out_int (out, "requestedQueryCost", cost);
  if (ran)
    wb_town_out_int (out, "actualQueryCost", cost);
  else
    wb_town_out_null (out, "actualQueryCost");
  wb_town_out_begin_object (out, "throttleStatus");
  wb_town_out_int (out, "maximumAvailable", (gint64) self->maximum);
  wb_town_out_int (out, "currentlyAvailable", (gint64) self->available);
  wb_town_out_int (out, "restoreRate", (gint64) self->restore_rate);
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
}

/* An answer of errors only. */
static void
answer_error (WbTown *town, WbTownReply *reply, guint cost, const char *code, const char *message)
{
  reply->status = 200;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_array (reply->out, "errors");
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "message", message);
  wb_town_out_begin_object (reply->out, "extensions");
  wb_town_out_string (reply->out, "code", code);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_array (reply->out);
  write_cost (town->shopify, reply->out, cost, FALSE);
  wb_town_out_end_object (reply->out);
}

static gboolean
is_paid (WbTown *town, WbTownReply *reply, guint cost)
{
  g_autofree char *words = NULL;

  refill (town->shopify);
  if (cost > MOST_COST)
    {
      words = g_strdup_printf ("Query cost is %u, which exceeds the single query max cost limit %u",
                               cost, MOST_COST);
      answer_error (town, reply, cost, "MAX_COST_EXCEEDED", words);
      return FALSE;
    }
  if (town->shopify->available < cost)
    {
      answer_error (town, reply, cost, "THROTTLED", "Throttled");
      return FALSE;
    }
  town->shopify->available -= cost;
  return TRUE;
}

/* ---- rights ---- */

/* What a selection needs beyond orders. */
static const struct
{
  const char *field;
  const char *scope;
} rights[] = {
  { "customer", "customers" },
  { "returns", "returns" },
  { "fulfillmentOrders", "fulfillment_orders" },
  { "fulfillmentOrder", "fulfillment_orders" },
  { "fulfillmentCreate", "write_merchant_managed_fulfillment_orders" },
  { "product", "products" },
  { "productVariants", "products" },
  { "inventorySetQuantities", "write_inventory" },
  { "orderCapture", "write_orders" },
  { "orderEditBegin", "write_order_edits" },
  { "orderEditSetQuantity", "write_order_edits" },
  { "orderEditCommit", "write_order_edits" },
  { "shopifyPaymentsAccount", "shopify_payments" },
};

/* Returns: (nullable): the field of the selection that lacks its right. */
static const char *
denied (WbTown *town, GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const WbTownField *field = fields->pdata[i];
      const char        *deeper = denied (town, field->fields);

      if (deeper != NULL)
        return deeper;
      for (guint k = 0; k < G_N_ELEMENTS (rights); k++)
        if (g_str_equal (rights[k].field, field->name) &&
            strstr (town->shopify->scopes, rights[k].scope) == NULL)
          return rights[k].field;
    }
  return NULL;
}

/* ---- documents ---- */

/* Runs all fields; the answer is kept for the key of an idempotent mutation. */
static void
run (WbTown *town, WbTownReply *reply, const WbTownDocument *document, guint cost)
{
  g_autoptr (JsonNode) data = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();

  json_node_take_object (data, object);
  for (guint i = 0; i < document->fields->len; i++)
    {
      const WbTownField   *field = document->fields->pdata[i];
      g_autoptr (GError)   error = NULL;
      g_autoptr (JsonNode) tree = document->mutation ? wb_town_shopify_act (town, field, &error)
                                                     : wb_town_shopify_query (town, field, &error);
      JsonNode *cut = tree != NULL ? wb_town_project (tree, field, field->name, &error) : NULL;

      if (cut == NULL)
        {
          answer_error (town, reply, cost, "undefinedField", error->message);
          return;
        }
      json_object_set_member (object, field->alias, cut);
    }
  if (document->idempotency_key != NULL)
    g_hash_table_insert (town->shopify->answers, g_strdup (document->idempotency_key),
                         json_to_string (data, FALSE));
  reply->status = 200;
  reply->effect = document->mutation;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_node (reply->out, "data", data);
  write_cost (town->shopify, reply->out, cost, TRUE);
  wb_town_out_end_object (reply->out);
}

static gboolean
answer_again (WbTown *town, WbTownReply *reply, const WbTownDocument *document, guint cost)
{
  const char *before = document->idempotency_key != NULL
                           ? g_hash_table_lookup (town->shopify->answers, document->idempotency_key)
                           : NULL;

  if (before == NULL)
    return FALSE;
  reply->status = 200;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_raw (reply->out, "data", before);
  write_cost (town->shopify, reply->out, cost, TRUE);
  wb_town_out_end_object (reply->out);
  return TRUE;
}

static gboolean
needs_key (const WbTownDocument *document)
{
  const WbTownField *field = document->fields->len > 0 ? document->fields->pdata[0] : NULL;

  return field != NULL && document->idempotency_key == NULL &&
         (g_str_equal (field->name, "refundCreate") ||
          g_str_equal (field->name, "inventorySetQuantities"));
}

static void
answer_document (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  JsonObject *body = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                         ? json_node_get_object (request->json)
                         : NULL;
  const char *text =
      body != NULL ? json_object_get_string_member_with_default (body, "query", NULL) : NULL;
  JsonNode          *variables = body != NULL ? json_object_get_member (body, "variables") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbTownDocument) document = NULL;
  const char                *lacking;
  guint                      cost;

  if (text == NULL)
    {
      answer_text (reply, 400, "Required parameter missing or invalid: query");
      return;
    }
  document = wb_town_document_parse (text,
                                     variables != NULL && JSON_NODE_HOLDS_OBJECT (variables)
                                         ? json_node_get_object (variables)
                                         : NULL,
                                     &error);
  if (document == NULL)
    {
      answer_error (town, reply, 0, "parseError", error->message);
      return;
    }
  cost = wb_town_document_cost (document);
  if ((lacking = denied (town, document->fields)) != NULL)
    {
      g_autofree char *words = g_strdup_printf ("Access denied for %s field.", lacking);

      answer_error (town, reply, cost, "ACCESS_DENIED", words);
    }
  else if (needs_key (document))
    answer_error (town, reply, cost, "BAD_REQUEST",
                  "The @idempotent directive is required for this mutation.");
  else if (!request->replay && !is_paid (town, reply, cost))
    return;
  else if (!answer_again (town, reply, document, cost))
    run (town, reply, document, cost);
}

/* One line: {"asked": …, "answered": …}. */
static void
record (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (WbTownOut) line = NULL;
  FILE                 *file;

  if (town->shopify->record == NULL || request->json == NULL || reply->status != 200 ||
      (file = fopen (town->shopify->record, "a")) == NULL)
    return;
  line = wb_town_out_new ();
  wb_town_out_begin_object (line, NULL);
  wb_town_out_node (line, "asked", request->json);
  wb_town_out_raw (line, "answered", reply->out->text->str);
  wb_town_out_end_object (line);
  fprintf (file, "%s\n", line->text->str);
  fclose (file);
}

/** wb_town_shopify_handle: answers whatever is asked below /shopify. */
void
wb_town_shopify_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  request->route = VERSION_PATH;
  if (g_str_has_prefix (request->path, BULK_PATH))
    wb_town_shopify_bulk_file (town, request, reply);
  else if (strcmp (request->path, TOKEN_PATH) == 0 && strcmp (request->method, "POST") == 0)
    give_token (town, request, reply);
  else if (strcmp (request->path, VERSION_PATH) != 0 || strcmp (request->method, "POST") != 0)
    answer_text (reply, 404, "Not Found");
  else if (!may_ask (town, request))
    answer_text (reply, 401,
                 "[API] Invalid API key or access token (unrecognized login or wrong password)");
  else
    {
      answer_document (town, request, reply);
      record (town, request, reply);
    }
}

/* An order as long as some are: its first line again and again. */
static void
grow (WbTown *town, gint64 id, gint64 lines)
{
  WbTownOrder *order = wb_town_shop_change (town->shop, id);

  if (order == NULL || order->lines->len == 0)
    return;
  for (gint64 i = 0; i < lines; i++)
    {
      const WbTownItem *first = order->lines->pdata[0];
      WbTownItem *line = wb_town_item_new (town->shopify->next_id++, first->name, first->code);

      line->product_id = first->product_id;
      line->variation_id = first->variation_id;
      line->quantity = 1;
      line->subtotal = line->total = 100 + i;
      g_ptr_array_add (order->lines, line);
    }
  wb_town_order_sum (order);
  wb_town_shop_changed (town->shop, order, TRUE);
}

/**
 * wb_town_shopify_control:
 * POST /town/shopify: {"available": points in the bucket, "restore_rate": points a second, "bulk":
 * whether files are made, "scopes": the app's rights, "revoke": the token given out is good no
 * more, "moved": {"type", "amount", "fee", "order": id} moves on the balance, "settles": the
 * currency that is paid out, "take": {"good": id, "pieces": n} sells some, "good_card": the order
 * whose card does not decline, "grow": {"order": id, "lines": n} adds lines, "record": a file that
 * questions and answers are written to}
 */
void
wb_town_shopify_control (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownShopify *self = town->shopify;
  JsonObject    *given = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                             ? json_node_get_object (request->json)
                             : NULL;

  reply->status = given != NULL ? 200 : 400;
  refill (self);
  if (given != NULL && json_object_has_member (given, "available"))
    self->available = (double) json_object_get_int_member (given, "available");
  if (given != NULL && json_object_has_member (given, "restore_rate"))
    self->restore_rate = (double) json_object_get_int_member (given, "restore_rate");
  if (given != NULL && json_object_has_member (given, "bulk"))
    self->bulk = json_object_get_boolean_member (given, "bulk");
  if (given != NULL && json_object_has_member (given, "revoke"))
    self->token++;
  if (given != NULL && json_object_has_member (given, "record"))
    {
      g_free (self->record);
      self->record = g_strdup (json_object_get_string_member (given, "record"));
    }
  if (given != NULL && json_object_has_member (given, "scopes"))
    {
      g_free (self->scopes);
      self->scopes = g_strdup (json_object_get_string_member (given, "scopes"));
    }
  if (given != NULL && json_object_has_member (given, "take"))
    {
      JsonObject *take = json_object_get_object_member (given, "take");
      gint64      good = json_object_get_int_member (take, "good");

      wb_town_shopify_set_available (
          town, WB_TOWN_SHOPIFY_FIRST_PLACE, good,
          wb_town_shopify_available (town, WB_TOWN_SHOPIFY_FIRST_PLACE, good) -
              json_object_get_int_member (take, "pieces"));
    }
  if (given != NULL && json_object_has_member (given, "moved"))
    wb_town_shopify_add_extra (town, json_object_get_object_member (given, "moved"));
  if (given != NULL && json_object_has_member (given, "settles"))
    {
      g_free (self->settles);
      self->settles = g_strdup (json_object_get_string_member (given, "settles"));
    }
  if (given != NULL && json_object_has_member (given, "good_card"))
    {
      WbTownOrder *order =
          wb_town_shop_change (town->shop, json_object_get_int_member (given, "good_card"));

      if (order != NULL)
        order->card.declines = FALSE;
    }
  if (given != NULL && json_object_has_member (given, "grow"))
    {
      JsonObject *by = json_object_get_object_member (given, "grow");

      grow (town, json_object_get_int_member (by, "order"),
            json_object_get_int_member (by, "lines"));
    }
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_int (reply->out, "available", (gint64) self->available);
  wb_town_out_end_object (reply->out);
}

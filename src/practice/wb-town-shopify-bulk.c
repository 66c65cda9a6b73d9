/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice shop's bulk operations: a query run in the background, its answer a file of lines.
 */
#include "wb-town-shopify.h"

#include <string.h>

#define POLLS_BEFORE_DONE 1

static JsonNode *
state (WbTown *town)
{
  WbTownShopify   *shop = town->shopify;
  gboolean         done = shop->bulk_polls > POLLS_BEFORE_DONE;
  g_autofree char *gid = wb_town_shopify_gid ("BulkOperation", shop->bulk_id);
  g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, shop->bulk_file->len);
  g_autofree char *roots = g_strdup_printf ("%u", shop->bulk_roots);
  g_autofree char *objects = g_strdup_printf ("%u", shop->bulk_objects);
  g_autofree char *when = wb_instant_to_iso (shop->bulk_at);
  g_autofree char *base = wb_town_dup_url (town, "shopify");
  g_autofree char *url =
      g_strdup_printf ("%s/bulk/%" G_GINT64_FORMAT ".jsonl", base, shop->bulk_id);

  return wb_town_shopify_object (
      "id", gid, "status", done ? "COMPLETED" : "RUNNING", "errorCode", NULL, "objectCount",
      objects, "rootObjectCount", roots, "fileSize", done ? size : NULL, "url",
      done && shop->bulk_file->len > 0 ? url : NULL, "createdAt", when, NULL);
}

static void
add_line (WbTownShopify *shop, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append (shop->bulk_file, text);
  g_string_append_c (shop->bulk_file, '\n');
  shop->bulk_objects++;
}

/* An order's line, and behind it a line for each element of its connections. */
static void
add_order (WbTownShopify *shop, JsonObject *order)
{
  g_autoptr (GList)     names = json_object_get_members (order);
  g_autoptr (JsonNode)  head = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  const char           *id = json_object_get_string_member (order, "id");
  JsonObject           *own = json_object_new ();

  json_node_take_object (head, own);
  for (GList *at = names; at != NULL; at = at->next)
    {
      JsonNode   *value = json_object_get_member (order, at->data);
      JsonObject *inner = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;

      if (inner != NULL && json_object_has_member (inner, "edges"))
        g_ptr_array_add (lists, json_node_ref (json_object_get_member (inner, "edges")));
      else
        json_object_set_member (own, at->data, json_node_copy (value));
    }
  add_line (shop, head);
  shop->bulk_roots++;
  for (guint i = 0; i < lists->len; i++)
    {
      JsonArray *edges = json_node_get_array (lists->pdata[i]);

      for (guint k = 0; k < json_array_get_length (edges); k++)
        {
          JsonObject *edge = json_array_get_object_element (edges, k);
          JsonNode   *node = json_object_get_member (edge, "node");

          json_object_set_string_member (json_node_get_object (node), "__parentId", id);
          add_line (shop, node);
        }
    }
}

static gboolean
write_file (WbTown *town, const WbTownDocument *document, GError **error)
{
  const WbTownField   *field = document->fields->pdata[0];
  g_autoptr (JsonNode) tree = wb_town_shopify_query (town, field, error);
  g_autoptr (JsonNode) cut =
      tree != NULL ? wb_town_project (tree, field, field->name, error) : NULL;
  JsonArray *edges;

  if (cut == NULL)
    return FALSE;
  edges = json_object_get_array_member (json_node_get_object (cut), "edges");
  for (guint i = 0; i < json_array_get_length (edges); i++)
    add_order (town->shopify,
               json_object_get_object_member (json_array_get_object_element (edges, i), "node"));
  return TRUE;
}

/** wb_town_shopify_bulk_run: the field bulkOperationRunQuery. */
JsonNode *
wb_town_shopify_bulk_run (WbTown *town, const WbTownField *field, GError **error)
{
  WbTownShopify *shop = town->shopify;
  const char    *query = json_object_get_string_member_with_default (field->args, "query", NULL);
  g_autoptr (GError)         local = NULL;
  g_autoptr (WbTownDocument) document = NULL;
  JsonObject                *payload;
  JsonNode                  *node;

  if (!shop->bulk)
    return wb_town_shopify_refused ("userErrors", "INVALID",
                                    "Bulk queries are switched off in the practice shop.");
  document = query != NULL ? wb_town_document_parse (query, NULL, &local) : NULL;
  g_string_truncate (shop->bulk_file, 0);
  shop->bulk_roots = shop->bulk_objects = shop->bulk_polls = 0;
  if (document == NULL || document->mutation || document->fields->len != 1 ||
      !write_file (town, document, &local))
    return wb_town_shopify_refused ("userErrors", "INVALID",
                                    local != NULL ? local->message : "Invalid bulk query.");
  shop->bulk_id = shop->next_id++;
  shop->bulk_at = wb_town_clock (town);
  payload = json_object_new ();
  json_object_set_array_member (payload, "userErrors", json_array_new ());
  json_object_set_member (payload, "bulkOperation", state (town));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, payload);
  return node;
}

/** wb_town_shopify_bulk_state: the field bulkOperation. */
JsonNode *
wb_town_shopify_bulk_state (WbTown *town, const WbTownField *field, GError **error)
{
  gint64 id = wb_town_shopify_id (
      json_object_get_string_member_with_default (field->args, "id", NULL), "BulkOperation");

  if (id == 0 || id != town->shopify->bulk_id)
    return json_node_new (JSON_NODE_NULL);
  town->shopify->bulk_polls++;
  return state (town);
}

/** wb_town_shopify_bulk_file: the file itself, or the piece of it that Range asks for. */
void
wb_town_shopify_bulk_file (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  GString *file = town->shopify->bulk_file;
  guint64  from = 0, last = file->len > 0 ? file->len - 1 : 0;

  reply->content_type = "application/jsonl";
  if (request->range != NULL && g_str_has_prefix (request->range, "bytes="))
    {
      char *end;

      from = g_ascii_strtoull (request->range + strlen ("bytes="), &end, 10);
      if (*end == '-' && end[1] != '\0')
        last = MIN (g_ascii_strtoull (end + 1, NULL, 10), last);
      reply->status = 206;
      wb_town_reply_header (reply, "Content-Range",
                            "bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GSIZE_FORMAT,
                            from, last, file->len);
    }
  else
    reply->status = 200;
  if (from > last || file->len == 0)
    {
      reply->status = 416;
      return;
    }
  reply->bytes = g_bytes_new (file->str + from, last - from + 1);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop's webhooks. The town calls nobody: what it would send is handed out when its queue is
 * run, with the headers and the very bytes, for whoever tries a receiver. */
#include "wb-town-woo-webhooks.h"

#include <string.h>

#define MOST_FAILURES 7

typedef struct
{
  gint64 id;
  char  *topic;
  char  *url;
  char  *secret;
  char  *status;
  guint  failures; /* in a row */
} Hook;

/* Something to be told: NULL topic for the first message of a hook. */
typedef struct
{
  gint64 hook;
  gint64 order;
  char  *topic;
  char  *body; /* NULL: the state at delivery */
} Event;

struct _WbTownHooks
{
  GPtrArray *hooks;
  GPtrArray *events;
  gint64     next_id;
  gint64     deliveries;
};

static void
hook_free (gpointer data)
{
  Hook *hook = data;

  g_free (hook->topic);
  g_free (hook->url);
  g_free (hook->secret);
  g_free (hook->status);
  g_free (hook);
}

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->topic);
  g_free (event->body);
  g_free (event);
}

/** wb_town_hooks_new: Returns: (transfer full): no webhooks yet. */
WbTownHooks *
wb_town_hooks_new (void)
{
  WbTownHooks *self = g_new0 (WbTownHooks, 1);

  self->hooks = g_ptr_array_new_with_free_func (hook_free);
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->next_id = 1;
  return self;
}

/** wb_town_hooks_free: frees @self. */
void
wb_town_hooks_free (WbTownHooks *self)
{
  g_ptr_array_unref (self->hooks);
  g_ptr_array_unref (self->events);
  g_free (self);
}

static Hook *
find_hook (WbTown *town, gint64 id)
{
  for (guint i = 0; i < town->hooks->hooks->len; i++)
    if (((Hook *) g_ptr_array_index (town->hooks->hooks, i))->id == id)
      return g_ptr_array_index (town->hooks->hooks, i);
  return NULL;
}

/* What GET /orders/{id} says, without its links; of a trashed order the id alone. */
static char *
body_of (WbTown *town, const Event *event)
{
  const WbTownOrder    *order = wb_town_shop_peek (town->shop, event->order);
  g_autoptr (WbTownOut) out = wb_town_out_new ();
  g_autoptr (JsonNode)  node = NULL;

  if (order == NULL || strcmp (event->topic, "order.deleted") == 0)
    return g_strdup_printf ("{\"id\":%" G_GINT64_FORMAT "}", event->order);
  wb_town_woo_write_order (town, out, order, NULL);
  node = json_from_string (out->text->str, NULL);
  json_object_remove_member (json_node_get_object (node), "_links");
  return json_to_string (node, FALSE);
}

static gboolean
is_waiting (WbTownHooks *self, const Hook *hook, const char *topic, gint64 order_id)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      const Event *event = g_ptr_array_index (self->events, i);

      if (event->hook == hook->id && event->order == order_id &&
          g_strcmp0 (event->topic, topic) == 0)
        return TRUE;
    }
  return FALSE;
}

/** wb_town_hooks_note: something happened to an order; @topic: “order.updated” and so on. */
void
wb_town_hooks_note (WbTown *town, const char *topic, gint64 order_id)
{
  WbTownHooks *self = town->hooks;

  for (guint i = 0; self != NULL && i < self->hooks->len; i++)
    {
      const Hook *hook = g_ptr_array_index (self->hooks, i);
      Event      *event;

      if (strcmp (hook->topic, topic) != 0 || strcmp (hook->status, "active") != 0 ||
          (wb_town_trap (town, 30) && is_waiting (self, hook, topic, order_id)))
        continue;
      event = g_new0 (Event, 1);
      event->hook = hook->id;
      event->order = order_id;
      event->topic = g_strdup (topic);
      if (!wb_town_trap (town, 30))
        event->body = body_of (town, event);
      g_ptr_array_add (self->events, event);
    }
}

static char *
signature_of (const Hook *hook, const char *body)
{
  g_autoptr (GHmac) hmac =
      g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) hook->secret, strlen (hook->secret));
  guint8 digest[32];
  gsize  size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) body, (gssize) strlen (body));
  g_hmac_get_digest (hmac, digest, &size);
  return g_base64_encode (digest, size);
}

static void
write_delivery (WbTown *town, const Hook *hook, const Event *event, WbTownOut *out)
{
  gboolean         unsigned_form = event->topic == NULL && wb_town_trap (town, 28);
  g_autofree char *body =
      event->topic == NULL
          ? g_strdup_printf (unsigned_form ? "webhook_id=%" G_GINT64_FORMAT
                                           : "{\"webhook_id\":%" G_GINT64_FORMAT "}",
                             hook->id)
      : event->body != NULL ? g_strdup (event->body)
                            : body_of (town, event);
  g_autofree char *signature = signature_of (hook, body);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "url", hook->url);
  wb_town_out_begin_object (out, "headers");
  wb_town_out_string (out, "Content-Type",
                      unsigned_form ? "application/x-www-form-urlencoded" : "application/json");
  if (!unsigned_form)
    {
      wb_town_out_string (out, "X-WC-Webhook-Signature", signature);
      wb_town_out_string (out, "X-WC-Webhook-Topic",
                          event->topic != NULL ? event->topic : "action.ping");
      wb_town_out_format (out, "X-WC-Webhook-ID", "%" G_GINT64_FORMAT, hook->id);
      wb_town_out_format (out, "X-WC-Webhook-Delivery-ID", "%" G_GINT64_FORMAT,
                          ++town->hooks->deliveries);
    }
  wb_town_out_end_object (out);
  wb_town_out_string (out, "body", body);
  wb_town_out_end_object (out);
}

static void
count_answer (WbTown *town, Hook *hook, gboolean refused)
{
  hook->failures = refused ? hook->failures + 1 : 0;
  if (hook->failures < MOST_FAILURES || !wb_town_trap (town, 31))
    return;
  g_free (hook->status);
  hook->status = g_strdup ("disabled");
}

/**
 * wb_town_hooks_run:
 * @refused: whoever is called answers none of them
 * @out: an array of {url, headers, body}
 *
 * The queue runs: all that waits is sent. What was refused is gone (trap 31), or waits again.
 */
void
wb_town_hooks_run (WbTown *town, gboolean refused, WbTownOut *out)
{
  g_autoptr (GPtrArray) events = town->hooks->events;

  town->hooks->events = g_ptr_array_new_with_free_func (event_free);
  wb_town_out_begin_array (out, NULL);
  while (events->len > 0)
    {
      Event *event = g_ptr_array_steal_index (events, 0);
      Hook  *hook = find_hook (town, event->hook);

      if (hook != NULL && strcmp (hook->status, "active") == 0)
        write_delivery (town, hook, event, out);
      /* a refused first message counts for nothing */
      if (hook != NULL && event->topic != NULL)
        count_answer (town, hook, refused);
      if (hook != NULL && event->topic != NULL && refused && !wb_town_trap (town, 31))
        g_ptr_array_add (town->hooks->events, event);
      else
        event_free (event);
    }
  wb_town_out_end_array (out);
}

/* ---- the resource ---- */

/* The secret is never shown again. */
static void
write_hook (WbTown *town, WbTownOut *out, const Hook *hook)
{
  g_autofree char *self = g_strdup_printf ("webhooks/%" G_GINT64_FORMAT, hook->id);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", hook->id);
  wb_town_out_string (out, "name", "Waybill");
  wb_town_out_string (out, "status", hook->status);
  wb_town_out_string (out, "topic", hook->topic);
  wb_town_out_string (out, "resource", "order");
  wb_town_out_string (out, "event", strchr (hook->topic, '.') + 1);
  wb_town_out_begin_array (out, "hooks");
  wb_town_out_format (out, NULL, "woocommerce_%s", strchr (hook->topic, '.') + 1);
  wb_town_out_end_array (out);
  wb_town_out_string (out, "delivery_url", hook->url);
  wb_town_woo_write_dates (town, out, "date_created", town->epoch);
  wb_town_woo_write_dates (town, out, "date_modified", town->epoch);
  wb_town_woo_write_links (town, out, self, "webhooks", NULL);
  wb_town_out_end_object (out);
}

static Hook *
hook_for (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  Hook *hook = find_hook (town, g_ascii_strtoll (request->params[0], NULL, 10));

  if (hook == NULL)
    wb_town_woo_fail (reply, 404, "woocommerce_rest_shop_webhook_invalid_id", "Invalid ID.");
  return hook;
}

/** wb_town_woo_list_webhooks: GET /webhooks. */
void
wb_town_woo_list_webhooks (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = 0; i < town->hooks->hooks->len; i++)
    write_hook (town, reply->out, g_ptr_array_index (town->hooks->hooks, i));
  wb_town_out_end_array (reply->out);
}

/** wb_town_woo_get_webhook: GET /webhooks/{id}. */
void
wb_town_woo_get_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const Hook *hook = hook_for (town, request, reply);

  if (hook != NULL)
    write_hook (town, reply->out, hook);
}

static const char *
given_text (WbTownRequest *request, const char *name)
{
  JsonNode *node = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                       ? json_object_get_member (json_node_get_object (request->json), name)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/** wb_town_woo_post_webhook: POST /webhooks; its first message is on its way at once. */
void
wb_town_woo_post_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  static const char *const topics[] = { "order.created", "order.updated", "order.deleted",
                                        "order.restored", NULL };
  const char              *topic = given_text (request, "topic");
  const char              *url = given_text (request, "delivery_url");
  const char              *secret = given_text (request, "secret");
  Hook                    *hook;
  Event                   *ping;

  if (topic == NULL || url == NULL || !g_strv_contains (topics, topic))
    {
      wb_town_woo_fail (reply, 400, "woocommerce_rest_shop_webhook_invalid_topic",
                        "Webhook topic and delivery URL are required and must be valid.");
      return;
    }
  hook = g_new0 (Hook, 1);
  hook->id = town->hooks->next_id++;
  hook->topic = g_strdup (topic);
  hook->url = g_strdup (url);
  hook->secret = g_strdup (secret != NULL ? secret : "made-up");
  hook->status = g_strdup ("active");
  g_ptr_array_add (town->hooks->hooks, hook);
  ping = g_new0 (Event, 1);
  ping->hook = hook->id;
  g_ptr_array_add (town->hooks->events, ping);
  reply->effect = TRUE;
  reply->status = 201;
  write_hook (town, reply->out, hook);
}

/** wb_town_woo_put_webhook: PUT /webhooks/{id}: its status; the count of failures begins anew. */
void
wb_town_woo_put_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  Hook       *hook = hook_for (town, request, reply);
  const char *status = given_text (request, "status");

  if (hook == NULL)
    return;
  if (status != NULL)
    {
      g_free (hook->status);
      hook->status = g_strdup (status);
      hook->failures = 0;
    }
  reply->effect = TRUE;
  write_hook (town, reply->out, hook);
}

/** wb_town_woo_delete_webhook: DELETE /webhooks/{id}. */
void
wb_town_woo_delete_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  Hook *hook = hook_for (town, request, reply);

  if (hook == NULL)
    return;
  write_hook (town, reply->out, hook);
  g_ptr_array_remove (town->hooks->hooks, hook);
  reply->effect = TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice town as a whole: its options, its clock, its parts, and the way from a request to
 * the part that answers. */
#include "wb-town.h"

#include "wb-town-easypost.h"
#include "wb-town-faults.h"
#include "wb-town-http.h"
#include "wb-town-log.h"
#include "wb-town-paypal.h"
#include "wb-town-shop.h"
#include "wb-town-shopify.h"
#include "wb-town-state.h"
#include "wb-town-stripe.h"
#include "wb-town-woo-webhooks.h"

#include <string.h>

/**
 * wb_town_new:
 * @options: copied
 * @error: %WB_ERROR_INVALID for options that make no sense, %WB_ERROR_STORAGE when the state file
 * cannot be used
 *
 * Returns: (transfer full) (nullable): a town that does not serve yet.
 */
WbTown *
wb_town_new (const WbTownOptions *options, GError **error)
{
  g_autoptr (WbTown) self = g_new0 (WbTown, 1);
  const char        *version = options->shop_version != NULL ? options->shop_version : "11.0";

  self->faults = wb_town_faults_new ();
  self->log = wb_town_log_new ();
  self->http = wb_town_http_new (self);
  self->seed = options->seed;
  self->first_orders = options->orders;
  self->port = options->port;
  self->arrive_per_minute = options->arrive_per_minute;
  self->modern = !g_str_has_prefix (version, "7.");
  self->fulfillments = options->fulfillments && self->modern;
  self->paypal = options->paypal;
  self->woo_payments = options->woo_payments;
  self->currency = g_strdup (options->currency != NULL ? options->currency : "EUR");
  self->timezone = g_strdup (options->timezone != NULL ? options->timezone : "Europe/Berlin");
  self->weight_unit = "kg";
  if (options->traps != NULL && !wb_town_traps_set (self, options->traps))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” names a trap that there is not.",
                   options->traps);
      return NULL;
    }
  self->hooks = wb_town_hooks_new ();
  self->key_suffix = g_strdup (options->key_suffix != NULL ? options->key_suffix : "");
  self->clock_skew = options->clock_skew;
  self->effects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->arrivals = g_array_new (FALSE, FALSE, sizeof (WbInstant));
  self->epoch = options->epoch != 0 ? options->epoch : wb_town_clock (self);
  if (!g_str_has_prefix (version, "7.9") && !g_str_has_prefix (version, "11.0"))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The practice shop is WooCommerce 7.9 or 11.0, not “%s”.", version);
      return NULL;
    }
  if (options->state != NULL && !wb_town_state_read_options (options->state, self, error))
    return NULL;
  self->zone = g_time_zone_new_identifier (self->timezone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->shop = wb_town_shop_new (self);
  self->shopify = wb_town_shopify_new (self);
  self->bank = wb_town_bank_new (self);
  self->till = wb_town_till_new (self);
  self->post = wb_town_post_new (self);
  if (options->state != NULL &&
      (self->state = wb_town_state_open (options->state, self, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/** wb_town_clock: what time it is in town. */
WbInstant
wb_town_clock (WbTown *self)
{
  return self->replay_clock != 0 ? self->replay_clock : wb_now () + self->clock_skew;
}

static void
answer_nowhere (WbTownReply *reply)
{
  reply->status = 404;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "error", "There is no such house in the practice town.");
  wb_town_out_end_object (reply->out);
}

/* One more of, say, "stripe POST /v1/refunds". */
static void
count_effect (WbTown *self, const WbTownRequest *request)
{
  char *what = g_strdup_printf ("%s %s %s", request->service, request->method,
                                request->route != NULL ? request->route : "");
  guint times = GPOINTER_TO_UINT (g_hash_table_lookup (self->effects, what));

  g_hash_table_insert (self->effects, what, GUINT_TO_POINTER (times + 1));
}

/** wb_town_dispatch: lets the right part of the town answer @request; its fault, if any, is
 * applied. */
void
wb_town_dispatch (WbTown *self, WbTownRequest *request, WbTownReply *reply)
{
  WbTownFault fault = wb_town_fault_from_name (request->fault);

  WbInstant now = wb_town_clock (self);

  if (!wb_town_fault_skips_effect (fault))
    {
      if (strcmp (request->service, "town") == 0)
        wb_town_control_handle (self, request, reply);
      else if (strcmp (request->service, "shop") == 0)
        wb_town_woo_handle (self, request, reply);
      else if (strcmp (request->service, "shopify") == 0)
        wb_town_shopify_handle (self, request, reply);
      else if (strcmp (request->service, "stripe") == 0)
        wb_town_stripe_handle (self, request, reply);
      else if (strcmp (request->service, "paypal") == 0)
        wb_town_paypal_handle (self, request, reply);
      else if (strcmp (request->service, "easypost") == 0)
        wb_town_ep_handle (self, request, reply);
      else
        answer_nowhere (reply);
    }
  if (reply->effect && reply->status < 400)
    count_effect (self, request);
  wb_town_fault_apply (fault, request, reply);
  if (strcmp (request->service, "stripe") == 0 && reply->status == 500)
    wb_town_stripe_keep_failure (self, request, reply);
  if (reply->effect && self->state != NULL && !request->replay)
    wb_town_state_keep (self->state, request, now);
}

/* One order more, by itself, now and then. */
static gboolean
arrive_cb (gpointer data)
{
  g_free (wb_town_control (data, "POST", "/town/arrive", "{\"n\":1}", NULL));
  return G_SOURCE_CONTINUE;
}

/**
 * wb_town_start:
 * Begins to serve in a thread of its own.
 * @error: %WB_ERROR_FAILED when the port is taken
 */
gboolean
wb_town_start (WbTown *self, GError **error)
{
  if (!wb_town_http_start (self->http, self->port, error))
    return FALSE;
  if (self->arrive_per_minute > 0)
    wb_town_http_every (self->http, MAX (60 * 1000 * 1000 / self->arrive_per_minute, 10), arrive_cb,
                        self);
  return TRUE;
}

/** wb_town_get_port: the port served; 0 before the start. */
guint16
wb_town_get_port (WbTown *self)
{
  return wb_town_http_port (self->http);
}

/**
 * wb_town_dup_url:
 * @service: "shop", "shopify", "easypost", "stripe", "paypal" or "town"
 *
 * Returns: (transfer full): "http://127.0.0.1:PORT/service", which a client takes as its base in
 * place of the vendor's host.
 */
char *
wb_town_dup_url (WbTown *self, const char *service)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s", wb_town_get_port (self), service);
}

typedef struct
{
  WbTown        *town;
  WbTownRequest *request;
  WbTownReply   *reply;
} Errand;

static gboolean
errand_cb (gpointer data)
{
  Errand *errand = data;

  wb_town_dispatch (errand->town, errand->request, errand->reply);
  return G_SOURCE_REMOVE;
}

/**
 * wb_town_control:
 * @path: "/town/books" and so on, with a query if need be
 * @body: (nullable): JSON
 * @status: (out) (optional): the HTTP status
 *
 * Asks the control API from any thread of this process, without going over the network.
 *
 * Returns: (transfer full): the reply's JSON.
 */
char *
wb_town_control (
    WbTown *self, const char *method, const char *path, const char *body, guint *status)
{
  g_auto (GStrv)            parts = g_strsplit (path, "?", 2);
  g_autoptr (WbTownRequest) request = wb_town_request_new (method, parts[0], parts[1]);
  g_autoptr (WbTownReply)   reply = wb_town_reply_new ();
  g_autoptr (GBytes)        bytes = g_bytes_new (body, body != NULL ? strlen (body) : 0);
  Errand                    errand = { self, request, reply };

  wb_town_request_set_body (request, bytes, "application/json");
  wb_town_http_call (self->http, errand_cb, &errand);
  if (status != NULL)
    *status = reply->status;
  return g_strdup (reply->out->text->str);
}

/** wb_town_stop: shuts the town; what it knows stays until it is freed. */
void
wb_town_stop (WbTown *self)
{
  wb_town_http_stop (self->http);
}

/** wb_town_free: stops and frees @self. */
void
wb_town_free (WbTown *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->http, wb_town_http_free);
  g_clear_pointer (&self->faults, wb_town_faults_free);
  g_clear_pointer (&self->log, wb_town_log_free);
  g_clear_pointer (&self->state, wb_town_state_free);
  g_clear_pointer (&self->effects, g_hash_table_unref);
  g_clear_pointer (&self->post, wb_town_post_free);
  g_clear_pointer (&self->bank, wb_town_bank_free);
  g_clear_pointer (&self->till, wb_town_till_free);
  g_clear_pointer (&self->shopify, wb_town_shopify_free);
  g_clear_pointer (&self->shop, wb_town_shop_free);
  g_clear_pointer (&self->hooks, wb_town_hooks_free);
  g_clear_pointer (&self->arrivals, g_array_unref);
  g_free (self->currency);
  g_free (self->timezone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->key_suffix);
  g_free (self);
}

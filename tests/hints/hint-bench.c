/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of hints share: a practice town with a webhook, a book with channels of it, a
 * listener in a thread, and messages sent to it over a bare socket. */
#include "hint-bench.h"

#include "wb-json.h"

#include <string.h>

#define PATIENCE (60 * G_USEC_PER_SEC)
#define ORDERS   40

static gint64
connect_shop (HintBench *self, const char *name)
{
  const char              *keys[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   id;

  wb_record_set_text (draft, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_set_text (draft, WB_CONNECTION_NAME, name);
  wb_record_take_text (draft, WB_CONNECTION_BASE_URL, wb_town_dup_url (self->town, "shop"));
  wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  id = wb_desk_add_connection (self->desk, draft, keys, &error);
  g_assert_no_error (error);
  return id;
}

static WbDesk *
open_desk (HintBench *self)
{
  g_autoptr (GError) error = NULL;
  WbDesk            *desk = wb_desk_open (self->path, self->secrets, "test", &error);

  g_assert_no_error (error);
  return desk;
}

static void
forget_log (HintBench *self)
{
  answer_free (command (self->town, "DELETE", "/town/log", NULL));
}

/** hint_bench_new: Returns: (transfer full): three channels of a quiet town, all read, two with a
 * secret; nobody listens yet. */
HintBench *
hint_bench_new (void)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) result = { 0 };
  HintBench            *self = g_new0 (HintBench, 1);

  options.orders = ORDERS;
  options.epoch = wb_now () - 3600;
  self->town = town_up (&options);
  self->folder = wb_test_temp_folder ();
  self->path = g_build_filename (self->folder, "book.waybill", NULL);
  self->secrets = wb_secrets_new_fixed (NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->desk = open_desk (self);
  self->channel = connect_shop (self, "Shop");
  self->other = connect_shop (self, OTHER_SHOP);
  self->quiet = connect_shop (self, NO_SECRET);
  wb_desk_set_hint_secret (self->desk, self->channel, HOOK_SECRET, &error);
  g_assert_no_error (error);
  wb_desk_set_hint_secret (self->desk, self->other, HOOK_SECRET, &error);
  g_assert_no_error (error);
  wb_desk_sync (self->desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.added, ==, 3 * ORDERS);
  forget_log (self);
  return self;
}

static void
tell_cb (WbHintStep step, const char *channel, const WbSyncResult *result, gpointer data)
{
  HintBench *self = data;

  g_mutex_lock (&self->mutex);
  self->counts[step]++;
  if (step == WB_HINT_BEGUN)
    self->last = g_intern_string (channel);
  g_cond_broadcast (&self->cond);
  while (step == WB_HINT_BEGUN && self->hold)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_listener (gpointer data)
{
  HintBench *self = data;

  wb_hint_listener_run (self->listener, self->stop);
  return NULL;
}

/** hint_bench_listen: begins to listen at a free port. */
void
hint_bench_listen (HintBench *self)
{
  g_autoptr (WbDesk) checker = open_desk (self);
  g_autoptr (WbDesk) poller = open_desk (self);
  g_autoptr (GError) error = NULL;

  self->stop = g_cancellable_new ();
  self->listener = wb_hint_listener_new (checker, poller, tell_cb, self);
  wb_hint_listener_open (self->listener, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("listener", run_listener, self);
}

/** hint_bench_free: stops listening, which must end, and removes everything. */
void
hint_bench_free (HintBench *self)
{
  hint_bench_hold (self, FALSE);
  if (self->thread != NULL)
    {
      g_cancellable_cancel (self->stop);
      g_thread_join (self->thread);
      wb_hint_listener_free (self->listener);
      g_object_unref (self->stop);
    }
  g_clear_object (&self->desk);
  wb_secrets_unref (self->secrets);
  wb_town_free (self->town);
  wb_test_remove_folder (self->folder);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/** hint_bench_hold: whether a poll that has begun waits before it asks the shop. */
void
hint_bench_hold (HintBench *self, gboolean hold)
{
  g_mutex_lock (&self->mutex);
  self->hold = hold;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/** hint_bench_wait: Returns: whether @step has been told @times times, at last. */
gboolean
hint_bench_wait (HintBench *self, WbHintStep step, guint times)
{
  gint64   end = g_get_monotonic_time () + PATIENCE;
  gboolean there = TRUE;

  g_mutex_lock (&self->mutex);
  while (there && self->counts[step] < times)
    there = g_cond_wait_until (&self->cond, &self->mutex, end);
  g_mutex_unlock (&self->mutex);
  return there;
}

/** hint_bench_count: how often @step has been told. */
guint
hint_bench_count (HintBench *self, WbHintStep step)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->counts[step];
  g_mutex_unlock (&self->mutex);
  return count;
}

/** hint_bench_assert_last: of all polls so far that of @channel was begun last. */
void
hint_bench_assert_last (HintBench *self, const char *channel)
{
  const char *last;

  g_mutex_lock (&self->mutex);
  last = self->last;
  g_mutex_unlock (&self->mutex);
  g_assert_cmpstr (last, ==, channel);
}

/** hint_bench_orders: how many orders the book has. */
gint64
hint_bench_orders (HintBench *self)
{
  WbOrderQuery       query = { .sort = "placed_at" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = wb_book_list_order_ids (wb_desk_get_book (self->desk), &query, &error);

  g_assert_no_error (error);
  return ids->len;
}

/** hint_bench_hook: makes a webhook in the shop, as the merchant does. */
void
hint_bench_hook (HintBench *self, const char *topic)
{
  g_autofree char *body = g_strdup_printf (
      "{\"topic\":\"%s\",\"delivery_url\":\"https://waybill.example/hint/1\",\"secret\":\"%s\"}",
      topic, HOOK_SECRET);
  g_autoptr (Answer) made = ask_shop (self->town, "POST", "/webhooks", NULL, body);

  assert_status (made, 201);
}

/** delivery_free: frees it. */
void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_free (delivery->topic);
  g_free (delivery->signature);
  g_free (delivery->body);
  g_free (delivery);
}

static char *
text_of (const Answer *answer, guint index, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%u.%s", index, name);

  return node_at (answer->json, path) != NULL ? text_at (answer, path) : NULL;
}

/** hint_bench_deliveries: Returns: (transfer full) (element-type Delivery): the shop's queue runs:
 * what it sends, signed by the shop itself. */
GPtrArray *
hint_bench_deliveries (HintBench *self)
{
  g_autoptr (Answer) sent = command (self->town, "POST", "/town/webhooks", "{}");
  GPtrArray         *list = g_ptr_array_new_with_free_func (delivery_free);

  for (guint i = 0; i < length_at (sent, ""); i++)
    {
      Delivery *delivery = g_new0 (Delivery, 1);

      delivery->topic = text_of (sent, i, "headers.X-WC-Webhook-Topic");
      delivery->signature = text_of (sent, i, "headers.X-WC-Webhook-Signature");
      delivery->body = text_of (sent, i, "body");
      g_ptr_array_add (list, delivery);
    }
  return list;
}

/** hint_bench_asked: how often the shop has been asked for a page of orders. */
guint
hint_bench_asked (HintBench *self)
{
  g_autoptr (Answer) log = command (self->town, "GET", "/town/log", NULL);
  guint              found = 0;

  for (guint i = 0; i < length_at (log, ""); i++)
    {
      g_autofree char *path = text_of (log, i, "path");

      found += g_str_has_suffix (path, "/orders");
    }
  return found;
}

/* ---- sending ---- */

/** send_raw: sends @head and @body and reads until the other side hangs up. Returns: the status it
 * answered with; 0: it hung up without one. */
guint
send_raw (guint16 port, const char *head, const char *body, gsize size)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError)            error = NULL;
  GOutputStream                *out;
  char                          part[4096], first[16] = "";
  gsize                         got = 0;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  if (size > 0)
    g_output_stream_write_all (out, body, size, NULL, NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), part,
                           sizeof part, &got, NULL, NULL);
  memcpy (first, part, MIN (got, sizeof first - 1));
  return g_str_has_prefix (first, "HTTP/1.") ? (guint) g_ascii_strtoull (first + 9, NULL, 10) : 0;
}

/** send_to: sends @delivery as a shop does; a header that it lacks is left out. */
guint
send_to (guint16 port, const char *method, const char *target, const Delivery *delivery)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n", method, target, port);
  if (delivery->topic != NULL)
    g_string_append_printf (head, "X-WC-Webhook-Topic: %s\r\n", delivery->topic);
  if (delivery->signature != NULL)
    g_string_append_printf (head, "X-WC-Webhook-Signature: %s\r\n", delivery->signature);
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          strlen (delivery->body));
  return send_raw (port, head->str, delivery->body, strlen (delivery->body));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages that a shop sends by itself: what bears its signature makes its channel be read at once,
 * once for many; what does not makes nobody do anything; and waybillctl listens and ends cleanly.
 */
#include "hint-bench.h"
#include "wb-json.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define CHANNEL "/hint/Shop"
#define OTHER   "/hint/M%C3%BCller%20%26%20S%C3%B6hne%202"

static guint16
port_of (HintBench *bench)
{
  return wb_hint_listener_get_port (bench->listener);
}

/* One new order, and what the shop sends about it. */
static Delivery *
new_order (HintBench *bench)
{
  g_autoptr (GPtrArray) list = NULL;

  answer_free (command (bench->town, "POST", "/town/arrive", "{\"n\":1}"));
  list = hint_bench_deliveries (bench);
  g_assert_cmpuint (list->len, ==, 1);
  return g_ptr_array_steal_index (list, 0);
}

static Delivery *
copy (const Delivery *like)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->topic = g_strdup (like->topic);
  delivery->signature = g_strdup (like->signature);
  delivery->body = g_strdup (like->body);
  return delivery;
}

/* The first message says nothing; the second brings the order, by name and by number. */
static void
test_arrives (void)
{
  g_autoptr (HintBench) bench = hint_bench_new ();
  g_autoptr (GPtrArray) ping = NULL;
  g_autofree char      *by_number = g_strdup_printf ("/hint/%d", (int) bench->channel);
  gint64                before = hint_bench_orders (bench);
  Delivery             *delivery;

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  ping = hint_bench_deliveries (bench);
  g_assert_cmpuint (ping->len, ==, 1);
  g_assert_null (((Delivery *) ping->pdata[0])->signature);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, ping->pdata[0]), ==, 200);

  delivery = new_order (bench);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 1));
  g_assert_cmpint (hint_bench_orders (bench), ==, before + 1);
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_BEGUN), ==, 1); /* not for the first one */

  g_assert_cmpuint (send_to (port_of (bench), "POST", by_number, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 2));
  g_assert_cmpuint (send_to (port_of (bench), "POST", OTHER, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 3));
  g_assert_cmpint (hint_bench_orders (bench), ==, before + 2);
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_FAILED), ==, 0);
  delivery_free (delivery);
}

static void
set_key (HintBench *bench, const char *secret)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_secrets_store (bench->secrets, "", "Shop", "consumer_secret", secret, &error));
  g_assert_no_error (error);
}

/* Keys that are changed while it listens hold for the next hint: nobody starts it anew. */
static void
test_new_keys (void)
{
  g_autoptr (HintBench) bench = hint_bench_new ();
  gint64                before = hint_bench_orders (bench);
  Delivery             *delivery;

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  delivery = new_order (bench);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 1));
  set_key (bench, "cs_of_another_shop");
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_FAILED, 1));
  set_key (bench, WB_TOWN_SHOP_SECRET);
  delivery_free (delivery);
  delivery = new_order (bench);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 2));
  g_assert_cmpint (hint_bench_orders (bench), ==, before + 2);

  /* What messages are signed with is looked up for each of them. */
  wb_desk_set_hint_secret (bench->desk, bench->channel, "another secret", NULL);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 401);
  wb_desk_set_hint_secret (bench->desk, bench->channel, HOOK_SECRET, NULL);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  delivery_free (delivery);
}

/* A wrong signature, none, one of another body, a channel without a secret: 401, and the shop is
 * not asked. The good message at the end is for another channel: polls are made in turn, so one
 * that had been asked for would have been made before it. */
static void
test_forged (void)
{
  g_autoptr (HintBench) bench = hint_bench_new ();
  Delivery             *good, *forged;
  guint                 before;
  g_autofree char      *quiet = g_uri_escape_string (NO_SECRET, NULL, FALSE);
  g_autofree char      *to_quiet = g_strconcat ("/hint/", quiet, NULL);

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  good = new_order (bench);
  before = hint_bench_asked (bench);

  forged = copy (good);
  forged->signature[0] = forged->signature[0] == 'A' ? 'B' : 'A';
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, forged), ==, 401);
  g_clear_pointer (&forged->signature, g_free);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, forged), ==, 401);
  forged->signature = g_strdup ("not base64 at all");
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, forged), ==, 401);
  delivery_free (forged);
  forged = copy (good);
  forged->body[strlen (forged->body) - 1] = ' ';
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, forged), ==, 401);
  g_assert_cmpuint (send_to (port_of (bench), "POST", to_quiet, good), ==, 401);
  /* told once for each channel, however often strangers knock */
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_REFUSED), ==, 2);

  g_assert_cmpuint (hint_bench_asked (bench), ==, before);
  g_assert_cmpuint (send_to (port_of (bench), "POST", OTHER, good), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 1));
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_BEGUN), ==, 1);
  g_assert_cmpuint (hint_bench_asked (bench), >, before);
  delivery_free (forged);
  delivery_free (good);
}

/* While one poll runs, twenty messages more are one poll more. */
static void
test_folded (void)
{
  g_autoptr (HintBench) bench = hint_bench_new ();
  Delivery             *delivery;
  guint                 before;

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  delivery = new_order (bench);
  before = hint_bench_asked (bench);
  hint_bench_hold (bench, TRUE);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_BEGUN, 1));
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  /* all were answered, and the shop has not been asked at all */
  g_assert_cmpuint (hint_bench_asked (bench), ==, before);
  g_assert_cmpuint (send_to (port_of (bench), "POST", OTHER, delivery), ==, 200);
  hint_bench_hold (bench, FALSE);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 3));
  /* the one that ran, the one that waited, and the other channel's after it */
  hint_bench_assert_last (bench, OTHER_SHOP);
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_BEGUN), ==, 3);
  delivery_free (delivery);
}

/* Blanks, @size of them, with @before and @after around. */
static guint
send_sized (
    HintBench *bench, const char *encoding, const char *before, gsize size, const char *after)
{
  g_autofree char *head =
      g_strdup_printf ("POST " CHANNEL " HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n\r\n", encoding);
  g_autofree char    *blanks = g_strnfill (size, ' ');
  g_autoptr (GString) body = g_string_new (before);

  g_string_append_len (body, blanks, (gssize) size);
  g_string_append (body, after);
  return send_raw (port_of (bench), head, body->str, body->len);
}

/* By what it says of itself, by what comes, and without an end. */
static void
test_too_long (void)
{
  g_autoptr (HintBench) bench = hint_bench_new ();
  Delivery             *delivery;

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  delivery = new_order (bench);
  {
    const gsize      over = WB_HINT_MOST_BYTES + 1, endless = 16 * WB_HINT_MOST_BYTES;
    g_autofree char *exact = g_strdup_printf ("Content-Length: %d", WB_HINT_MOST_BYTES);
    g_autofree char *said = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT, over);
    g_autofree char *chunk = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", over);
    g_autofree char *first = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", endless);

    g_assert_cmpuint (send_sized (bench, exact, "", WB_HINT_MOST_BYTES, ""), ==, 401);
    g_assert_cmpuint (send_sized (bench, said, "", over, ""), ==, 413);
    g_assert_cmpuint (
        send_sized (bench, "Transfer-Encoding: chunked", chunk, over, "\r\n0\r\n\r\n"), ==, 413);
    /* never ends: it is cut off, whether or not the answer is still heard */
    g_assert_cmpuint (send_sized (bench, "Transfer-Encoding: chunked", first, endless, ""), !=,
                      200);
  }
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_BEGUN), ==, 0);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_DONE, 1));
  delivery_free (delivery);
}

/* So many connections at once that some are cut off, and when they have gone all is as before. */
static void
test_crowd (void)
{
  g_autoptr (HintBench)     bench = hint_bench_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GPtrArray)     crowd = g_ptr_array_new_with_free_func (g_object_unref);
  Delivery                 *delivery;
  gint64                    end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  guint                     status = 0;

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  delivery = new_order (bench);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (crowd, g_socket_client_connect_to_host (client, "127.0.0.1", port_of (bench),
                                                               NULL, &error));
      g_assert_no_error (error);
    }
  /* they are taken in turn, so this one comes after them */
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), !=, 200);
  g_ptr_array_set_size (crowd, 0);
  while (status != 200 && g_get_monotonic_time () < end)
    status = send_to (port_of (bench), "POST", CHANNEL, delivery);
  g_assert_cmpuint (status, ==, 200);
  delivery_free (delivery);
}

/* Elsewhere, otherwise, and of what is switched off. */
static void
test_elsewhere (void)
{
  static const struct
  {
    const char *method, *target;
    guint       status;
  } asked[] = {
    { "POST", "/hint/Nobody", 404 },
    { "POST", "/hint/4711", 404 },
    { "POST", "/hint/", 404 },
    { "POST", "/", 404 },
    { "POST", "/hint/Shop/x", 404 },
    { "POST", "/hint/%FF%FE", 404 },
    { "GET", CHANNEL, 405 },
    { "PUT", CHANNEL, 405 },
    { "DELETE", CHANNEL, 405 },
    { "HEAD", CHANNEL, 405 },
    { "GET", "/", 404 },
  };
  g_autoptr (HintBench) bench = hint_bench_new ();
  g_autoptr (GError)    error = NULL;
  Delivery             *delivery;

  hint_bench_listen (bench);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  delivery = new_order (bench);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_test_message ("%s %s", asked[i].method, asked[i].target);
      g_assert_cmpuint (send_to (port_of (bench), asked[i].method, asked[i].target, delivery), ==,
                        asked[i].status);
    }
  wb_desk_remove_connection (bench->desk, bench->channel, &error);
  g_assert_no_error (error);
  g_assert_false (
      wb_desk_has_hint_secret (bench->desk, bench->channel)); /* forgotten with all keys */
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 404);
  g_assert_cmpuint (hint_bench_count (bench, WB_HINT_BEGUN), ==, 0);
  delivery_free (delivery);
}

/* A port that is taken, an address that is none, and an end while a poll waits and one runs. */
static void
test_ends (void)
{
  HintBench         *bench = hint_bench_new ();
  g_autoptr (GError) error = NULL;
  Delivery          *delivery;

  hint_bench_listen (bench);
  {
    g_autoptr (WbHintListener) second = wb_hint_listener_new (bench->desk, bench->desk, NULL, NULL);

    g_assert_false (wb_hint_listener_open (second, "127.0.0.1", port_of (bench), &error));
    g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
    g_clear_error (&error);
    g_assert_false (wb_hint_listener_open (second, "shop.example", 0, &error));
    g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  delivery = new_order (bench);
  hint_bench_hold (bench, TRUE);
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  g_assert_true (hint_bench_wait (bench, WB_HINT_BEGUN, 1));
  g_assert_cmpuint (send_to (port_of (bench), "POST", CHANNEL, delivery), ==, 200);
  hint_bench_free (bench);
  delivery_free (delivery);
}

/* ---- waybillctl ---- */

typedef struct
{
  HintBench *bench;
  char      *keys, *book;
} Terminal;

static GSubprocess *
start (Terminal *terminal, const char *words)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("WAYBILL_BUILD"), "src", "cli", "waybillctl", NULL);
  g_autofree char   *line = g_strdup_printf ("%s --book %s --secrets-file %s %s", program,
                                             terminal->book, terminal->keys, words);
  g_auto (GStrv)     arguments = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  GSubprocess       *child =
      g_subprocess_newv ((const char *const *) arguments,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);

  g_assert_no_error (error);
  return child;
}

static void
run (Terminal *terminal, const char *input, const char *words, int status)
{
  g_autoptr (GSubprocess) child = start (terminal, words);
  g_autoptr (GError)      error = NULL;

  g_subprocess_communicate_utf8 (child, input, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, status);
}

/* Reads lines until one of that step. Returns: how many orders it added. */
static gint64
read_step (GDataInputStream *lines, const char *step, GString *all)
{
  for (;;)
    {
      g_autoptr (GError)   error = NULL;
      g_autofree char     *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_autoptr (JsonNode) node = line != NULL ? wb_json_parse (line, -1, "line", &error) : NULL;
      WbJson               at = wb_json_root (node, "line");
      gint64               added = 0;

      g_assert_no_error (error);
      g_assert_nonnull (line);
      g_string_append_printf (all, "%s\n", line);
      if (g_strcmp0 (wb_json_opt_string (&at, "step"), step) == 0)
        return wb_json_opt_int (&at, "added", 0, &added, NULL) ? added : -1;
    }
}

static void
listen_for_one (Terminal *terminal, int end)
{
  g_autoptr (GSubprocess)      child = start (terminal, "listen --port 0 --json");
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autoptr (GError)   error = NULL;
  g_autoptr (GString)  all = g_string_new (NULL);
  g_autofree char     *first = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  const char          *colon = first != NULL ? strrchr (first, ':') : NULL;
  Delivery            *delivery = new_order (terminal->bench);
  g_autoptr (JsonNode) order = wb_json_parse (delivery->body, -1, "body", NULL);
  g_autofree char     *mail = NULL;
  guint16              port;

  g_assert_no_error (error);
  g_assert_nonnull (strstr (first, "http://127.0.0.1:"));
  port = (guint16) g_ascii_strtoull (colon + 1, NULL, 10);
  mail = g_strdup (json_node_get_string (node_at (order, "billing.email")));
  g_assert_cmpuint (send_to (port, "POST", CHANNEL, delivery), ==, 200);
  g_assert_cmpint (read_step (lines, "done", all), ==, 1);
  delivery->body[strlen (delivery->body) - 1] = ' ';
  g_assert_cmpuint (send_to (port, "POST", CHANNEL, delivery), ==, 401);
  read_step (lines, "refused", all);
  g_subprocess_send_signal (child, end);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  g_assert_null (strstr (all->str, mail));
  g_assert_null (strstr (all->str, HOOK_SECRET));
  delivery_free (delivery);
}

/* The secret by standard input and by a file; a message brings the order; SIGTERM and SIGINT end it
 * with status 0; what is printed names no customer. */
static void
test_waybillctl (void)
{
  g_autoptr (HintBench) bench = hint_bench_new ();
  g_autofree char      *keys = g_build_filename (bench->folder, "keys.json", NULL);
  g_autofree char      *book = g_build_filename (bench->folder, "ctl.waybill", NULL);
  g_autofree char      *file = g_build_filename (bench->folder, "hook", NULL);
  g_autofree char      *url = wb_town_dup_url (bench->town, "shop");
  g_autofree char      *connect =
      g_strdup_printf ("connect shop woocommerce --name Shop --url %s --capturer none --yes", url);
  g_autofree char *from = g_strdup_printf ("listen --set-secret Shop --secrets-from %s", file);
  g_autofree char *text = NULL;
  gsize            size;
  Terminal         terminal = { bench, keys, book };

  run (&terminal, WB_TOWN_SHOP_KEY "\n" WB_TOWN_SHOP_SECRET "\n", connect, 0);
  run (&terminal, "", "sync", 0);
  run (&terminal, HOOK_SECRET "\n", "listen --set-secret Nobody", 8);
  run (&terminal, "", "listen --set-secret Shop", 2);
  run (&terminal, HOOK_SECRET "\n", "listen --set-secret Shop", 0);
  run (&terminal, "", "listen --port 70000", 2);
  run (&terminal, "", "listen --address nowhere --port 0", 2);
  hint_bench_hook (bench, "order.created");
  g_ptr_array_unref (hint_bench_deliveries (bench));
  listen_for_one (&terminal, SIGTERM);

  run (&terminal, "", "listen --forget-secret Shop", 0);
  g_assert_true (g_file_get_contents (keys, &text, &size, NULL));
  g_assert_null (strstr (text, HOOK_SECRET));
  g_assert_true (
      g_file_set_contents_full (file, HOOK_SECRET "\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  run (&terminal, "", from, 0);
  listen_for_one (&terminal, SIGINT);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (book, &text, &size, NULL));
  g_assert_null (memmem (text, size, HOOK_SECRET, strlen (HOOK_SECRET)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hints/arrives", test_arrives);
  g_test_add_func ("/hints/new-keys", test_new_keys);
  g_test_add_func ("/hints/forged", test_forged);
  g_test_add_func ("/hints/folded", test_folded);
  g_test_add_func ("/hints/too-long", test_too_long);
  g_test_add_func ("/hints/crowd", test_crowd);
  g_test_add_func ("/hints/elsewhere", test_elsewhere);
  g_test_add_func ("/hints/ends", test_ends);
  g_test_add_func ("/hints/waybillctl", test_waybillctl);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Channels as the engine syncs them: going on where it was stopped, shops whose clocks are wrong,
 * an idle shop, twenty at once, hints, and statuses that are explained later. */
#include "wb-desk-channel.h"
#include "wb-exceptions.h"
#include "wb-json.h"
#include "wb-test.h"
#include "wb-town.h"

#include <string.h>

#define CHANNELS 20

typedef struct
{
  WbTown *town;
  char   *folder;
  char   *path;
  guint   channels;
} Bench;

static void
bench_up (Bench *bench, guint orders, gint64 skew, guint channels)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  options.orders = orders;
  options.clock_skew = skew;
  options.epoch = wb_now () + skew - 3600; /* the last hour was quiet */
  *bench = (Bench){ .town = wb_town_new (&options, &error), .channels = channels };
  g_assert_no_error (error);
  g_assert_true (wb_town_start (bench->town, &error));
  bench->folder = wb_test_temp_folder ();
  bench->path = g_build_filename (bench->folder, "book", NULL);
}

static void
bench_down (Bench *bench)
{
  wb_town_free (bench->town);
  wb_test_remove_folder (bench->folder);
  g_free (bench->folder);
  g_free (bench->path);
}

static char *
tell (Bench *bench, const char *method, const char *path, const char *body)
{
  guint status = 0;
  char *reply = wb_town_control (bench->town, method, path, body, &status);

  g_assert_cmpuint (status, ==, 200);
  return reply;
}

static WbSecrets *
make_secrets (Bench *bench)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;

  for (guint i = 0; i < bench->channels; i++)
    {
      g_autofree char *key = g_strdup_printf ("Shop %u/consumer_key", i);
      g_autofree char *secret = g_strdup_printf ("Shop %u/consumer_secret", i);
      g_autofree char *hint = g_strdup_printf ("Shop %u/webhook_secret", i);

      g_strv_builder_add_many (words, key, WB_TOWN_SHOP_KEY, secret, WB_TOWN_SHOP_SECRET, hint,
                               "hook-secret", NULL);
    }
  all = g_strv_builder_end (words);
  return wb_secrets_new_fixed ((const char *const *) all);
}

static WbDesk *
open_desk (Bench *bench)
{
  g_autoptr (WbSecrets) secrets = make_secrets (bench);
  g_autoptr (GError)    error = NULL;
  WbDesk               *desk = wb_desk_open (bench->path, secrets, "test", &error);

  g_assert_no_error (error);
  return desk;
}

static gint64
connect_shop (Bench *bench, WbDesk *desk, guint i)
{
  const char              *keys[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   id;

  wb_record_set_text (draft, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_take_text (draft, WB_CONNECTION_NAME, g_strdup_printf ("Shop %u", i));
  wb_record_take_text (draft, WB_CONNECTION_BASE_URL, wb_town_dup_url (bench->town, "shop"));
  wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  id = wb_desk_add_connection (desk, draft, keys, &error);
  g_assert_no_error (error);
  return id;
}

static void
sync_ok (WbDesk *desk, WbSyncResult *result)
{
  g_autoptr (GError) error = NULL;

  wb_desk_sync (desk, 0, NULL, NULL, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->problems->len, ==, 0);
}

/* What was asked of the shop: how many requests, and how many of them whose text holds @word. */
static guint
asked (Bench *bench, const char *word)
{
  g_autofree char     *reply = tell (bench, "GET", "/town/log", NULL);
  g_autoptr (JsonNode) node = wb_json_parse (reply, -1, "log", NULL);
  WbJson               root = wb_json_root (node, "log");
  guint                n = json_array_get_length (json_node_get_array (node)), found = 0;

  for (guint i = 0; i < n; i++)
    {
      WbJson      one = wb_json_element (&root, i);
      const char *path = wb_json_opt_string (&one, "path");
      const char *query = wb_json_opt_string (&one, "query");

      found += word == NULL || strstr (path, word) != NULL ||
               (query != NULL && strstr (query, word) != NULL);
    }
  return found;
}

static void
forget_log (Bench *bench)
{
  g_free (tell (bench, "DELETE", "/town/log", NULL));
}

/* ---- stopped and going on ---- */

typedef struct
{
  GCancellable *cancellable;
  gint64        stop_at;
  gint64        done, total;
  guint         pages;
} Progress;

static void
progress_cb (WbConnection *channel, gint64 done, gint64 total, gpointer data)
{
  Progress *progress = data;

  progress->done = done;
  progress->total = MAX (progress->total, total);
  progress->pages++;
  if (progress->stop_at > 0 && done >= progress->stop_at)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_goes_on (void)
{
  Bench bench;

  bench_up (&bench, 1000, 0, 1);
  {
    g_autoptr (WbDesk)       desk = open_desk (&bench);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError)       error = NULL;
    g_auto (WbSyncResult)    result = { 0 };
    Progress                 progress = { .cancellable = cancellable, .stop_at = 500 };

    connect_shop (&bench, desk, 0);
    g_assert_false (wb_desk_sync (desk, 0, progress_cb, &progress, &result, cancellable, &error));
    g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
    g_assert_cmpint (result.added, ==, progress.done);
    g_assert_cmpint (progress.done, <, 700);
    g_assert_cmpint (progress.total, ==, 1000);
  }
  forget_log (&bench);
  {
    g_autoptr (WbDesk)    desk = open_desk (&bench);
    g_autoptr (GError)    error = NULL;
    g_auto (WbSyncResult) result = { 0 };
    Progress              progress = { 0 };

    wb_desk_sync (desk, 0, progress_cb, &progress, &result, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (result.added, >=, 300);
    g_assert_cmpint (result.added, <=, 500);
    /* Pages of the first half are not asked for again, but for where they join. */
    g_assert_cmpuint (asked (&bench, "orderby=id"), <=, 7);
    g_assert_cmpint (result.read, <=, 700);
  }
  bench_down (&bench);
}

/* ---- clocks ---- */

static gint64
clock_of (WbDesk *desk, gint64 channel)
{
  g_autoptr (WbConnection) connection =
      wb_book_get_connection (wb_desk_get_book (desk), channel, NULL);

  return wb_record_get_int (connection, WB_CONNECTION_CLOCK_OFFSET);
}

/* Twenty minutes off, either way: signatures are dated by the shop's clock, the mark too; at the
 * next start it is known before the first request, and nothing has changed: one request. */
static void
test_clock (gconstpointer data)
{
  gint64 skew = GPOINTER_TO_INT (data);
  gint64 channel;
  Bench  bench;

  bench_up (&bench, 120, skew, 1);
  {
    g_autoptr (WbDesk)    desk = open_desk (&bench);
    g_auto (WbSyncResult) result = { 0 };

    channel = connect_shop (&bench, desk, 0);
    sync_ok (desk, &result);
    g_assert_cmpint (result.added, ==, 120);
    g_assert_cmpint (ABS (clock_of (desk, channel) - skew), <=, 5);
  }
  forget_log (&bench);
  {
    g_autoptr (WbDesk)    desk = open_desk (&bench);
    g_auto (WbSyncResult) result = { 0 };

    sync_ok (desk, &result);
    g_assert_cmpuint (asked (&bench, NULL), ==, 1);
    g_assert_cmpint (result.read, ==, 0);
    g_free (tell (&bench, "POST", "/town/orders/1030", "{\"status\":\"cancelled\"}"));
    sync_ok (desk, &result);
    g_assert_cmpint (result.changed, ==, 1);
  }
  /* Somebody puts the shop's clock right: what is dated now is dated before, or long after. */
  {
    g_autoptr (WbDesk)    desk = open_desk (&bench);
    g_auto (WbSyncResult) result = { 0 };
    g_autofree char      *back = g_strdup_printf ("{\"advance\":%" G_GINT64_FORMAT "}", -skew);

    g_free (tell (&bench, "POST", "/town/clock", back));
    g_free (tell (&bench, "POST", "/town/orders/1060", "{\"status\":\"cancelled\"}"));
    sync_ok (desk, &result);
    g_assert_cmpint (result.changed, ==, 1);
    g_assert_cmpint (ABS (clock_of (desk, channel)), <=, 5);
  }
  bench_down (&bench);
}

/* ---- many at once ---- */

typedef struct
{
  Bench *bench;
  gint64 channel;
  gint64 added;
  char  *trouble;
} Worker;

static gpointer
work (gpointer data)
{
  Worker               *worker = data;
  g_autoptr (WbDesk)    desk = open_desk (worker->bench);
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) result = { 0 };

  if (!wb_desk_sync (desk, worker->channel, NULL, NULL, &result, NULL, &error))
    worker->trouble = g_strdup (error->message);
  worker->added = result.added;
  return NULL;
}

/* Twenty channels, each in a thread with a desk of its own as windows and commands have, while
 * somebody looks through the list. */
static void
test_twenty (void)
{
  Bench              bench;
  Worker             workers[CHANNELS];
  GThread           *threads[CHANNELS];
  g_autoptr (WbDesk) desk = NULL;
  g_autoptr (GArray) all = NULL;
  gint64             longest = 0;
  guint              looks = 0;

  bench_up (&bench, 150, 0, CHANNELS);
  desk = open_desk (&bench);
  for (guint i = 0; i < CHANNELS; i++)
    workers[i] = (Worker){ .bench = &bench, .channel = connect_shop (&bench, desk, i) };
  for (guint i = 0; i < CHANNELS; i++)
    threads[i] = g_thread_new ("channel", work, &workers[i]);
  for (guint n = 0; n < CHANNELS * 150; looks++)
    {
      WbOrderQuery       query = { .sort = "placed_at" };
      gint64             begun = g_get_monotonic_time ();
      g_autoptr (GArray) ids = wb_book_list_order_ids (wb_desk_get_book (desk), &query, NULL);

      g_assert_nonnull (ids);
      n = ids->len;
      for (guint i = 0; i < CHANNELS; i++)
        g_assert_cmpstr (workers[i].trouble, ==, NULL);
      longest = MAX (longest, g_get_monotonic_time () - begun);
      g_usleep (2000);
    }
  for (guint i = 0; i < CHANNELS; i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpstr (workers[i].trouble, ==, NULL);
      g_assert_cmpint (workers[i].added, ==, 150);
    }
  g_test_message ("%u looks at the list meanwhile, the longest took %" G_GINT64_FORMAT " µs", looks,
                  longest);
  g_clear_object (&desk);
  bench_down (&bench);
}

/* ---- hints ---- */

static void
test_hint (void)
{
  static const char     body[] = "{\"id\":1030,\"status\":\"processing\"}";
  g_autoptr (GHmac)     hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) "hook-secret", 11);
  g_autoptr (GBytes)    bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbDesk)    desk = NULL;
  g_autoptr (WbOrder)   order = NULL;
  g_auto (WbSyncResult) result = { 0 };
  g_auto (WbSyncResult) again = { 0 };
  gboolean              is_order = FALSE;
  g_autofree char      *signature = NULL;
  guint8                digest[32];
  gsize                 size = sizeof digest;
  gint64                channel;
  Bench                 bench;

  bench_up (&bench, 60, 0, 1);
  desk = open_desk (&bench);
  channel = connect_shop (&bench, desk, 0);
  sync_ok (desk, &result);
  g_free (tell (&bench, "POST", "/town/orders/1030", "{\"status\":\"cancelled\"}"));
  g_hmac_update (hmac, (const guchar *) body, (gssize) strlen (body));
  g_hmac_get_digest (hmac, digest, &size);
  signature = g_base64_encode (digest, size);
  {
    const char *forged[] = { "X-WC-Webhook-Topic", "order.updated", "X-WC-Webhook-Signature",
                             "AAAA", NULL };
    const char *headers[] = { "X-WC-Webhook-Topic", "order.updated", "X-WC-Webhook-Signature",
                              signature, NULL };

    g_assert_false (wb_desk_check_hint (desk, channel, forged, bytes, &is_order, &error));
    g_assert_error (error, WB_ERROR, WB_ERROR_AUTH);
    g_clear_error (&error);
    g_assert_false (is_order);
    wb_desk_check_hint (desk, channel, headers, bytes, &is_order, &error);
    g_assert_no_error (error);
    g_assert_true (is_order);
  }
  sync_ok (desk, &again);
  g_assert_cmpint (again.changed, ==, 1);
  order = wb_book_find_order (wb_desk_get_book (desk), channel, "1030", &error);
  g_assert_no_error (error);
  /* the shop is believed, not the message */
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_REMOTE_STATUS), ==, "cancelled");
  g_clear_object (&desk);
  bench_down (&bench);
}

/* ---- statuses ---- */

static const WbException *
find_status (GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((WbException *) list->pdata[i])->kind, "status"))
      return list->pdata[i];
  return NULL;
}

static const char *
stage_of (WbDesk *desk, gint64 channel, const char *id)
{
  g_autoptr (WbOrder) order = wb_book_find_order (wb_desk_get_book (desk), channel, id, NULL);

  return g_intern_string (wb_record_get_text (order, WB_ORDER_STAGE));
}

/* A plug-in's status: its orders wait, the inbox says why; once it is explained they are to be
 * shipped, and stay so. */
static void
test_status (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbDesk)    desk = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_auto (WbSyncResult) result = { 0 };
  guint                 moved = 0;
  gint64                channel;
  Bench                 bench;

  bench_up (&bench, 40, 0, 1);
  desk = open_desk (&bench);
  channel = connect_shop (&bench, desk, 0);
  sync_ok (desk, &result);
  before = wb_list_exceptions (wb_desk_get_book (desk), &error);
  g_assert_no_error (error);
  g_assert_nonnull (find_status (before));
  g_assert_nonnull (strstr (find_status (before)->title, "awaiting-pickup"));
  g_assert_cmpstr (stage_of (desk, channel, "1081"), ==, WB_STAGE_WAITING);
  g_assert_false (
      wb_desk_explain_status (desk, channel, "awaiting-pickup", "sent", &moved, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  wb_desk_explain_status (desk, channel, "awaiting-pickup", WB_SHOP_OPEN, &moved, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (moved, ==, 1);
  g_assert_cmpstr (stage_of (desk, channel, "1081"), ==, WB_STAGE_READY);
  after = wb_list_exceptions (wb_desk_get_book (desk), &error);
  g_assert_null (find_status (after));
  g_free (tell (&bench, "POST", "/town/touch", "{\"from\":27,\"n\":1}"));
  sync_ok (desk, &result); /* read again, by the settings it has now */
  g_assert_cmpstr (stage_of (desk, channel, "1081"), ==, WB_STAGE_READY);
  g_clear_object (&desk);
  bench_down (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/goes-on", test_goes_on);
  g_test_add_data_func ("/channels/clock-ahead", GINT_TO_POINTER (1200), test_clock);
  g_test_add_data_func ("/channels/clock-behind", GINT_TO_POINTER (-1200), test_clock);
  g_test_add_func ("/channels/twenty", test_twenty);
  g_test_add_func ("/channels/hint", test_hint);
  g_test_add_func ("/channels/status", test_status);
  return g_test_run ();
}

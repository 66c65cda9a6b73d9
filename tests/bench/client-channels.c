/* SPDX-License-Identifier: GPL-3.0-or-later
 * Twenty channels for a book, and their orders asked for all at once, each by a work of its own.
 * The shop answers from a process of its own: one stands for all of them. */
#include "client-channels.h"

#include "prompt-orders.h"
#include "prompt-shop.h"
#include "wb-desk.h"

#include <stdio.h>
#include <sys/resource.h>

struct _ClientChannels
{
  char        *book;
  GSubprocess *shop;
  WbSecrets   *secrets;
  gint64       ids[CLIENT_CHANNELS];
  guint        running;
  int          orders; /* atomic */
};

typedef struct
{
  ClientChannels *all;
  gint64          id;
} One;

#define NOT_HERE 19 /* nice: a shop does not run on the merchant's machine */

/** client_channels_serve: what the shop's process does: it tells its root and answers until its
 * input ends, with the least weight there is. Returns: what the process ends with. */
int
client_channels_serve (guint orders)
{
  g_autoptr (GPtrArray) rows = prompt_orders_new (orders);
  g_autofree char      *url = NULL;
  PromptShop           *shop;

  if (setpriority (PRIO_PROCESS, 0, NOT_HERE) != 0) /* its threads get it from here */
    g_printerr ("the shop weighs as much as the window\n");
  shop = prompt_shop_new (rows);
  url = prompt_shop_dup_url (shop);
  printf ("%s\n", url);
  fflush (stdout);
  while (getchar () != EOF)
    ;
  prompt_shop_free (shop);
  return 0;
}

static char *
start_shop (ClientChannels *self, const char *program)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  char                        *url;

  self->shop = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                 &error, program, "--shop", "", NULL);
  if (self->shop == NULL)
    g_error ("%s", error->message);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->shop));
  url = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  if (url == NULL)
    g_error ("the shop did not come");
  return url;
}

static gint64
add_channel (WbBook *book, const char *url, guint number)
{
  g_autoptr (WbConnection) channel = wb_connection_new ();
  g_autoptr (GError)       error = NULL;

  wb_record_set_text (channel, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (channel, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_take_text (channel, WB_CONNECTION_NAME, g_strdup_printf ("Shop %u", number));
  wb_record_take_text (channel, WB_CONNECTION_BASE_URL, g_strdup_printf ("%s/%u", url, number));
  wb_record_set_text (channel, WB_CONNECTION_CURRENCY, "EUR");
  wb_record_set_text (channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_bool (channel, WB_CONNECTION_ENABLED, TRUE);
  /* As wb_desk_connect() does: the daily audit comes a day later. */
  wb_record_set_int (channel, WB_CONNECTION_CREATED_AT, wb_now ());
  if (!wb_book_save (book, channel, &error))
    g_error ("%s", error->message);
  return wb_record_get_int (channel, WB_CONNECTION_ID);
}

/** client_channels_new: adds them to the book at @book. @program: where “--shop” leads to
 * client_channels_serve(). Returns: (transfer full): nothing is asked yet. */
ClientChannels *
client_channels_new (const char *program, const char *book)
{
  ClientChannels          *self = g_new0 (ClientChannels, 1);
  g_autofree char         *url = start_shop (self, program);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv)           made = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbBook)       opened = wb_book_open (book, FALSE, &error);

  if (opened == NULL)
    g_error ("%s", error->message);
  self->book = g_strdup (book);
  for (guint i = 0; i < CLIENT_CHANNELS; i++)
    {
      g_autofree char *key = g_strdup_printf ("Shop %u/consumer_key", i);
      g_autofree char *secret = g_strdup_printf ("Shop %u/consumer_secret", i);

      self->ids[i] = add_channel (opened, url, i);
      g_strv_builder_add_many (keys, key, "ck_bench", secret, "cs_bench", NULL);
    }
  made = g_strv_builder_end (keys);
  self->secrets = wb_secrets_new_fixed ((const char *const *) made);
  return self;
}

/** client_channels_get_secrets: Returns: (transfer none): the keys of all of them. */
WbSecrets *
client_channels_get_secrets (ClientChannels *self)
{
  return self->secrets;
}

static gpointer
run_one (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  One                  *one = data;
  WbDesk               *desk = wb_job_get_desk (job, error);
  g_auto (WbSyncResult) result = { 0 };

  if (desk == NULL || !wb_desk_sync (desk, one->id, NULL, NULL, &result, cancellable, error))
    return NULL;
  g_atomic_int_add (&one->all->orders, (int) result.added);
  return one;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ClientChannels    *self = data;
  g_autoptr (GError) error = NULL;

  if (wb_worker_finish (result, &error) == NULL)
    g_error ("%s", error->message);
  self->running--;
}

/** client_channels_sync: asks all of them at once by @worker, as a round asks one after the other;
 * returns at once. */
void
client_channels_sync (ClientChannels *self, WbWorker *worker)
{
  static const WbWorkKind kind = {
    .run = run_one, .free_data = g_free, .effect = TRUE, .behind = TRUE
  };

  self->running = CLIENT_CHANNELS;
  for (guint i = 0; i < CLIENT_CHANNELS; i++)
    {
      One one = { self, self->ids[i] };

      wb_worker_run_async (worker, &kind, g_memdup2 (&one, sizeof one), G_OBJECT (worker), NULL,
                           done_cb, self);
    }
}

/** client_channels_is_syncing: whether any of them is not done yet. */
gboolean
client_channels_is_syncing (ClientChannels *self)
{
  return self->running > 0;
}

/** client_channels_count_orders: Returns: how many orders all of them brought together. */
guint
client_channels_count_orders (ClientChannels *self)
{
  return (guint) g_atomic_int_get (&self->orders);
}

/** client_channels_free: none of them is being asked any more: ends the shop and frees @self. */
void
client_channels_free (ClientChannels *self)
{
  g_assert (self->running == 0);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->shop), NULL, NULL);
  g_subprocess_wait (self->shop, NULL, NULL);
  g_object_unref (self->shop);
  wb_secrets_unref (self->secrets);
  g_free (self->book);
  g_free (self);
}

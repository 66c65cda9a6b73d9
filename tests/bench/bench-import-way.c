/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first import of a shop, the whole way: asked over HTTP, parsed, read into records, written
 * into the book with its search index. Against the sum of the bare parts: the same requests by
 * libsoup, the same pages through json-glib's parser with nothing read from them, the same rows by
 * prepared statements. */
#include "bench-import.h"
#include "bench.h"
#include "prompt-orders.h"
#include "prompt-shop.h"
#include "wb-desk.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#define ORDERS 3000

typedef struct
{
  Import      import;
  PromptShop *shop;
  GPtrArray  *asked; /* what the first import asks, in order */
} Way;

/* ---- ours ---- */

static void
sync_whole (Way *way, WbDesk *desk)
{
  g_autoptr (WbConnection) channel = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  WbSyncResult             result = { 0 };

  wb_record_set_text (channel, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (channel, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_set_text (channel, WB_CONNECTION_NAME, "Shop");
  wb_record_take_text (channel, WB_CONNECTION_BASE_URL, prompt_shop_dup_url (way->shop));
  wb_record_set_text (channel, WB_CONNECTION_CURRENCY, "EUR");
  wb_record_set_text (channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_bool (channel, WB_CONNECTION_ENABLED, TRUE);
  /* As wb_desk_connect() does: the daily audit comes a day later. */
  wb_record_set_int (channel, WB_CONNECTION_CREATED_AT, wb_now ());
  if (!wb_book_save (wb_desk_get_book (desk), channel, &error))
    g_error ("%s", error->message);
  bench_start ();
  if (!wb_desk_sync (desk, 0, NULL, NULL, &result, NULL, &error))
    g_error ("%s", error->message);
  bench_stop ();
  g_assert (result.added == ORDERS);
  wb_sync_result_clear (&result);
}

static void
whole (gpointer data)
{
  static const char *const keys[] = { "Shop/consumer_key", "ck_bench", "Shop/consumer_secret",
                                      "cs_bench", NULL };
  Way                     *way = data;
  g_autofree char         *path = import_new_book (&way->import, "whole");
  g_autoptr (WbSecrets)    secrets = wb_secrets_new_fixed (keys);
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbDesk)       desk = wb_desk_open (path, secrets, "bench", &error);

  if (desk == NULL)
    g_error ("%s", error->message);
  sync_whole (way, desk);
}

/* ---- the parts ---- */

/* Each page as it comes, asked for again by nobody. */
static GPtrArray *
fetch (Way *way)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char        *root = prompt_shop_dup_url (way->shop);
  GPtrArray              *bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < way->asked->len; i++)
    {
      g_autofree char        *url = g_strconcat (root, way->asked->pdata[i], NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      GBytes                 *body = soup_session_send_and_read (session, message, NULL, NULL);

      g_assert (body != NULL);
      g_ptr_array_add (bodies, body);
    }
  return bodies;
}

static void
parse (GPtrArray *bodies)
{
  for (guint i = 0; i < bodies->len; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      gsize                  size;
      const char            *text = g_bytes_get_data (bodies->pdata[i], &size);

      g_assert (json_parser_load_from_data (parser, text, (gssize) size, NULL));
    }
}

/* One after the other, all counted. */
static void
parts (gpointer data)
{
  Way                  *way = data;
  g_autoptr (GPtrArray) bodies = NULL;

  bench_start ();
  bodies = fetch (way);
  parse (bodies);
  bench_part ();
  import_write_bare (&way->import);
}

/** bench_import_whole_way: compares and prints. */
void
bench_import_whole_way (const char *folder)
{
  Way                   way = { 0 };
  g_autoptr (GPtrArray) orders = prompt_orders_new (ORDERS);

  import_init (&way.import, folder, ORDERS);
  for (guint i = 0; i < orders->len; i++)
    g_ptr_array_add (way.import.raws, g_bytes_ref (orders->pdata[i]));
  way.shop = prompt_shop_new (way.import.raws);
  whole (&way);
  way.asked = prompt_shop_take_log (way.shop);
  import_read_back (&way.import, "whole-0");
  g_print ("# %u requests\n", way.asked->len);
  bench_compare (&(BenchCase){ .name = "first import of a shop, the whole way",
                               .ours = whole,
                               .bare = parts,
                               .data = &way,
                               .units = ORDERS,
                               .unit = "order",
                               .target = 1.5 });
  g_ptr_array_unref (way.asked);
  prompt_shop_free (way.shop);
}

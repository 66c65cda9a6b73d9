/* SPDX-License-Identifier: GPL-3.0-or-later
 * A practice shop with every trap on, and the module that reads it: what the tests of traps share.
 */
#include "woo-traps.h"

#include <string.h>

static gint64 ahead; /* of the machine's clock, seconds */

/* The machine's clock and what was passed. */
gint64
trap_clock (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC + __atomic_load_n (&ahead, __ATOMIC_SEQ_CST);
}

static gboolean
no_sleep (gint64 microseconds, GCancellable *cancellable, gpointer data)
{
  return TRUE;
}

WbShop *
trap_open (WbTown *town, const char *settings)
{
  const char *const        values[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL };
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  WbShop                  *shop;

  wb_record_take_text (connection, WB_CONNECTION_BASE_URL, wb_town_dup_url (town, "shop"));
  wb_record_set_text (connection, WB_CONNECTION_SETTINGS, settings);
  shop = wb_shop_find_provider ("woocommerce")->open (connection, values, &error);
  g_assert_no_error (error);
  wb_http_set_sleep_func (WB_WOO_SHOP (shop)->http, no_sleep, NULL);
  return shop;
}

void
trap_bench_up (TrapBench *bench, const char *version, const char *traps)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = TRAP_ORDERS;
  options.shop_version = version;
  options.fulfillments = TRUE;
  options.traps = traps;
  *bench = (TrapBench){ .town = town_up (&options), .least_total = G_MAXINT64 };
  bench->shop = trap_open (bench->town, NULL);
  bench->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  bench->listings = g_ptr_array_new_with_free_func (g_object_unref);
  bench->problems = g_ptr_array_new_with_free_func (g_free);
}

void
trap_bench_down (TrapBench *bench)
{
  g_clear_object (&bench->shop);
  g_clear_pointer (&bench->orders, g_hash_table_unref);
  g_clear_pointer (&bench->listings, g_ptr_array_unref);
  g_clear_pointer (&bench->problems, g_ptr_array_unref);
  g_clear_pointer (&bench->cursor, g_free);
  g_clear_pointer (&bench->town, wb_town_free);
}

static gboolean
page_cb (GPtrArray  *orders,
         GPtrArray  *raws,
         GPtrArray  *problems,
         const char *cursor,
         gint64      done,
         gint64      total,
         gpointer    data,
         GError    **error)
{
  TrapBench *bench = data;

  for (guint i = 0; i < orders->len; i++)
    g_hash_table_insert (bench->orders,
                         g_strdup (wb_record_get_text (orders->pdata[i], WB_ORDER_REMOTE_ID)),
                         g_object_ref (orders->pdata[i]));
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (bench->problems, g_strdup (problems->pdata[i]));
  if (total >= 0)
    {
      bench->most_total = MAX (bench->most_total, total);
      bench->least_total = MIN (bench->least_total, total);
    }
  g_free (bench->cursor);
  bench->cursor = g_strdup (cursor);
  return TRUE;
}

/* Web pages stop a sync now and then; the next goes on where it stood. */
void
trap_sync (TrapBench *bench)
{
  for (guint try = 0; try < 40; try++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *cursor = g_strdup (bench->cursor);

      g_ptr_array_set_size (bench->problems, 0);
      if (wb_shop_fetch_orders (bench->shop, cursor, page_cb, bench, NULL, &error))
        {
          if (bench->problems->len == 0)
            return;
          continue; /* a row whose refunds did not come is asked for again */
        }
      g_test_message ("%s", error->message);
      g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
      bench->failures++;
    }
  g_assert_not_reached ();
}

/* The shop itself, asked until it answers with JSON. */
Answer *
trap_raw (
    TrapBench *bench, const char *method, const char *path, const char *query, const char *body)
{
  for (guint try = 0; try < 10; try++)
    {
      Answer *answer = ask_shop (bench->town, method, path, query, body);

      if (answer->json != NULL)
        return answer;
      answer_free (answer);
    }
  g_assert_not_reached ();
}

gpointer
trap_order (TrapBench *bench, const char *id)
{
  gpointer order = g_hash_table_lookup (bench->orders, id);

  if (order == NULL)
    g_error ("order %s was not read", id);
  return order;
}

const char *
trap_text (gpointer record, guint field)
{
  const char *text = wb_record_get_text (record, field);

  return text != NULL ? text : "";
}

/* The newest order of a plot of the town: they come again every forty. */
gpointer
trap_order_of_plot (TrapBench *bench, guint plot)
{
  g_autofree char *id = NULL;
  guint            index = TRAP_ORDERS - 40 + (plot + 40 - (TRAP_ORDERS - 40) % 40) % 40;

  id = g_strdup_printf ("%u", 1000 + 3 * index);
  return trap_order (bench, id);
}

gpointer
trap_item (gpointer order, guint which)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (trap_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) && which-- == 0)
      return lines->pdata[i];
  g_assert_not_reached ();
}

/* What was asked of the shop since, as “GET path?query” lines. */
char *
trap_asked (TrapBench *bench, gint64 number, guint *count)
{
  g_autofree char    *path = g_strdup_printf ("/town/log?since=%" G_GINT64_FORMAT, number);
  g_autoptr (Answer)  log = command (bench->town, "GET", path, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);

  *count = length_at (log, "");
  for (guint i = 0; i < *count; i++)
    {
      g_autofree char *method_at = g_strdup_printf ("%u.method", i);
      g_autofree char *path_at = g_strdup_printf ("%u.path", i);
      g_autofree char *query_at = g_strdup_printf ("%u.query", i);
      g_autofree char *method = text_at (log, method_at);
      g_autofree char *asked = text_at (log, path_at);
      g_autofree char *query = text_at (log, query_at);

      g_string_append_printf (lines, "%s %s?%s\n", method, asked, query != NULL ? query : "");
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

gint64
trap_last_number (TrapBench *bench)
{
  g_autoptr (Answer) log = command (bench->town, "GET", "/town/log", NULL);
  g_autofree char   *at = g_strdup_printf ("%u.number", length_at (log, "") - 1);

  return number_at (log, at);
}

void
trap_control (TrapBench *bench, const char *path, const char *body)
{
  g_autoptr (Answer) answer = command (bench->town, "POST", path, body);

  g_assert_nonnull (answer->json);
}

void
trap_pass_time (gint64 seconds)
{
  __atomic_fetch_add (&ahead, seconds, __ATOMIC_SEQ_CST);
}

gpointer
trap_listing (TrapBench *bench, const char *product, const char *variation)
{
  for (guint i = 0; i < bench->listings->len; i++)
    if (g_str_equal (trap_text (bench->listings->pdata[i], WB_LISTING_PRODUCT_REF), product) &&
        g_str_equal (trap_text (bench->listings->pdata[i], WB_LISTING_VARIATION_REF), variation))
      return bench->listings->pdata[i];
  g_assert_not_reached ();
}

static gboolean
listings_cb (GPtrArray  *listings,
             GPtrArray  *problems,
             const char *cursor,
             gint64      done,
             gint64      total,
             gpointer    data,
             GError    **error)
{
  TrapBench *bench = data;

  for (guint i = 0; i < listings->len; i++)
    g_ptr_array_add (bench->listings, g_object_ref (listings->pdata[i]));
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (bench->problems, g_strdup (problems->pdata[i]));
  return TRUE;
}

/* Reads what the shop sells, anew until no web page comes in between. */
void
trap_read_listings (TrapBench *bench)
{
  gboolean done = FALSE;

  for (guint try = 0; !done && try < 20; try++)
    {
      g_ptr_array_set_size (bench->listings, 0);
      done = wb_shop_fetch_listings (bench->shop, NULL, listings_cb, bench, NULL, NULL);
    }
  g_assert_true (done);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ten thousand orders are imported while the shop drops connections, sends pages of the web, cuts
 * bodies, shows rows twice or mixed, dates orders anew, and while the program ends now and then.
 * Then the book equals one of a clean import, row for row. */
#include "wb-desk.h"
#include "wb-json.h"
#include "wb-test.h"
#include "wb-town.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define ORDERS    10000
#define FAULTS    96 /* planted */
#define ENDINGS   5  /* how often the program ends in the middle */
#define MOST_RUNS 200

static const char *const secrets_of_the_town[] = {
  "Shop/consumer_key", WB_TOWN_SHOP_KEY, "Shop/consumer_secret", WB_TOWN_SHOP_SECRET, NULL,
};

typedef struct
{
  WbTown       *town;
  char         *folder;
  guint         pages; /* stored */
  guint         touched;
  guint         endings;
  gboolean      restless;    /* orders are dated anew while they are read */
  GCancellable *cancellable; /* (nullable): to be cancelled in the middle */
} Bench;

static char *
tell (Bench *bench, const char *method, const char *path, const char *body)
{
  guint status = 0;
  char *reply = wb_town_control (bench->town, method, path, body, &status);

  if (status != 200)
    g_error ("%s: %s", path, reply);
  return reply;
}

/* Spread over the requests of an import, each strikes once. */
static void
plant_faults (Bench *bench)
{
  static const char *const kinds[] = {
    "cut-before", "cut-mid",   "truncated",      "duplicate-rows", "reorder-rows", "html",
    "502-html",   "cut-after", "duplicate-rows", "503-html",       "500-before",   "429",
  };
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < FAULTS; i++)
    {
      const char *kind = kinds[i % G_N_ELEMENTS (kinds)];
      gboolean    rows = strstr (kind, "rows") != NULL;

      g_string_append_printf (json,
                              "%s{\"match\":{\"service\":\"shop\",\"path\":\"%s\"},\"kind\":\"%s\","
                              "\"after\":%u,\"times\":1}",
                              i > 0 ? "," : "", rows ? "orderby=id" : "/orders", kind,
                              rows ? 1 + i % 97 : 3 + 5 * i);
    }
  g_string_append_c (json, ']');
  g_free (tell (bench, "POST", "/town/faults", json->str));
}

static guint
faults_struck (Bench *bench)
{
  g_autofree char     *reply = tell (bench, "GET", "/town/faults", NULL);
  g_autoptr (JsonNode) node = wb_json_parse (reply, -1, "faults", NULL);
  WbJson               root = wb_json_root (node, "faults");
  guint                n = json_array_get_length (json_node_get_array (node));
  gint64               sum = 0;

  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&root, i);
      gint64 struck = 0;

      if (wb_json_int (&one, "struck", &struck, NULL))
        sum += struck;
    }
  return (guint) sum;
}

/* After each page somebody in the shop saves a few orders again, before and behind the reader. */
static void
page_cb (WbConnection *channel, gint64 done, gint64 total, gpointer data)
{
  Bench           *bench = data;
  g_autofree char *body =
      g_strdup_printf ("{\"from\":%u,\"n\":4}", bench->touched * 2711 % (ORDERS - 4));

  bench->pages++;
  bench->touched++;
  if (bench->restless && bench->touched % 2 == 0)
    g_free (tell (bench, "POST", "/town/touch", body));
  if (bench->cancellable != NULL && bench->pages % 17 == 0)
    g_cancellable_cancel (bench->cancellable);
}

static WbDesk *
open_desk (Bench *bench, const char *name)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new_fixed (secrets_of_the_town);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *path = g_build_filename (bench->folder, name, NULL);
  WbDesk               *desk = wb_desk_open (path, secrets, "test", &error);

  g_assert_no_error (error);
  return desk;
}

static void
connect_shop (Bench *bench, WbDesk *desk)
{
  const char              *keys[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;

  wb_record_set_text (draft, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_set_text (draft, WB_CONNECTION_NAME, "Shop");
  wb_record_take_text (draft, WB_CONNECTION_BASE_URL, wb_town_dup_url (bench->town, "shop"));
  wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_desk_add_connection (desk, draft, keys, &error);
  g_assert_no_error (error);
}

/* One run of the program: syncs, and ends. Returns: whether all was read without a word. */
static gboolean
run_once (Bench *bench, const char *name, gboolean ends)
{
  g_autoptr (WbDesk)       desk = open_desk (bench, name);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_auto (WbSyncResult)    result = { 0 };
  gboolean                 ok;

  bench->cancellable = ends ? cancellable : NULL;
  ok = wb_desk_sync (desk, 0, page_cb, bench, &result, cancellable, &error) &&
       result.problems->len == 0;
  bench->cancellable = NULL;
  bench->endings += g_cancellable_is_cancelled (cancellable);
  if (error != NULL)
    g_print ("# %s\n", error->message);
  return ok;
}

static void
import_under_faults (Bench *bench)
{
  g_autoptr (WbDesk) desk = open_desk (bench, "faulty");
  guint              quiet = 0;

  connect_shop (bench, desk);
  g_clear_object (&desk);
  plant_faults (bench);
  for (guint run = 0; quiet < 2; run++)
    {
      if (run == MOST_RUNS)
        g_error ("the import does not come to an end");
      bench->restless = quiet == 0;
      quiet = run_once (bench, "faulty", bench->endings < ENDINGS) ? quiet + 1 : 0;
    }
}

static void
import_clean (Bench *bench)
{
  g_autoptr (WbDesk)    desk = open_desk (bench, "clean");
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) result = { 0 };

  g_free (tell (bench, "DELETE", "/town/faults", NULL));
  connect_shop (bench, desk);
  wb_desk_sync (desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.problems->len, ==, 0);
  g_assert_cmpint (result.added, ==, ORDERS);
}

/* ---- comparing ---- */

/* Tables by what their rows are of; numbers of the book itself differ and are left out. */
static const struct
{
  const char *table;
  const char *of; /* what identifies the row's owner in both books */
} tables[] = {
  { "orders", "t.remote_id" },
  { "order_address", "(SELECT o.remote_id FROM %s.orders o WHERE o.id = t.order_id)" },
  { "order_line", "(SELECT o.remote_id FROM %s.orders o WHERE o.id = t.order_id)" },
  { "order_refund", "(SELECT o.remote_id FROM %s.orders o WHERE o.id = t.order_id)" },
  { "customer", "t.remote_id" },
};

static void
must (sqlite3 *handle, int result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (handle));
}

static char *
columns_of (sqlite3 *handle, const char *table)
{
  static const char *const ours[] = { "id",         "order_id",  "channel_id", "customer_id",
                                      "product_id", "person_id", NULL };
  g_autofree char    *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  g_autoptr (GString) list = g_string_new (NULL);
  sqlite3_stmt       *statement = NULL;

  must (handle, sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);

      if (!g_strv_contains (ours, name))
        g_string_append_printf (list, ", t.\"%s\"", name);
    }
  sqlite3_finalize (statement);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
rows_of (sqlite3 *handle, guint table, const char *book)
{
  g_autofree char *columns = columns_of (handle, tables[table].table);
  g_autofree char *of = g_strdup_printf (tables[table].of, book);

  return g_strdup_printf ("SELECT %s AS owner%s, count (*) FROM %s.%s t GROUP BY 1%s", of, columns,
                          book, tables[table].table, columns);
}

static gint64
number (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64        value;

  must (handle, sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL));
  must (handle, sqlite3_step (statement));
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static gint64
count_differences (Bench *bench)
{
  g_autofree char *faulty = g_build_filename (bench->folder, "faulty", NULL);
  g_autofree char *clean = g_build_filename (bench->folder, "clean", NULL);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS clean", clean);
  sqlite3         *handle = NULL;
  gint64           differences = 0;

  must (NULL, sqlite3_open (faulty, &handle));
  must (handle, sqlite3_exec (handle, attach, NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *here = rows_of (handle, i, "main");
      g_autofree char *there = rows_of (handle, i, "clean");
      g_autofree char *more = g_strdup_printf ("SELECT count (*) FROM (%s EXCEPT %s)", here, there);
      g_autofree char *less = g_strdup_printf ("SELECT count (*) FROM (%s EXCEPT %s)", there, here);
      g_autofree char *all = g_strdup_printf ("SELECT count (*) FROM %s", tables[i].table);
      gint64           n = number (handle, more) + number (handle, less);

      g_print ("# %s: %" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT " differ\n", tables[i].table,
               number (handle, all), n);
      g_assert_cmpint (number (handle, all), >, 0);
      differences += n;
    }
  /* What came in is kept for each of them. */
  g_assert_cmpint (number (handle, "SELECT count (*) FROM orders o JOIN document d ON d.hash = "
                                   "o.raw_hash"),
                   ==, ORDERS);
  sqlite3_close (handle);
  return differences;
}

int
main (void)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  Bench              bench = { .folder = wb_test_temp_folder () };
  guint              struck;
  gint64             differences;

  options.orders = ORDERS;
  bench.town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (bench.town, &error));
  import_under_faults (&bench);
  struck = faults_struck (&bench);
  g_print ("# the program ended %u times in the middle; %u pages stored\n", bench.endings,
           bench.pages);
  import_clean (&bench);
  differences = count_differences (&bench);
  wb_town_free (bench.town);
  wb_test_remove_folder (bench.folder);
  g_free (bench.folder);
  g_print ("import-faults: %d orders, %u faults, %" G_GINT64_FORMAT " rows differ\n", ORDERS,
           struck, differences);
  return differences == 0 && struck >= FAULTS / 2 ? 0 : 1;
}

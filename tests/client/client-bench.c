/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workspace on a practice town with its credentials in a file, so that a window of another
 * process can work on it. */
#include "client-bench.h"

static const struct
{
  const char *connection;
  const char *name;
  const char *value;
} known[] = {
  { "shop", "consumer_key", WB_TOWN_SHOP_KEY },
  { "shop", "consumer_secret", WB_TOWN_SHOP_SECRET },
  { "carrier", "api_key", WB_TOWN_EASYPOST_KEY },
  { "gateway", "secret_key", WB_TOWN_STRIPE_KEY },
};

/** client_bench_new: @secrets_file: (out): where the credentials are. Returns: (transfer full): a
 * running town and its workspace. */
WbBench *
client_bench_new (const WbTownOptions *options, char **secrets_file)
{
  WbBench              *bench = wb_bench_new (options);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbBook)    book = wb_book_open (bench->book, TRUE, &error);
  g_autofree char      *id = book != NULL ? wb_book_get_setting (book, "id") : NULL;
  g_autofree char      *path = g_build_filename (bench->folder, "secrets.json", NULL);
  g_autoptr (WbSecrets) secrets = wb_secrets_new_file (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    wb_secrets_store (secrets, id, known[i].connection, known[i].name, known[i].value, &error);
  g_assert_no_error (error);
  *secrets_file = g_steal_pointer (&path);
  return bench;
}

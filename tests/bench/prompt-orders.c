/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders as a WooCommerce shop writes them: the practice town's. */
#include "prompt-orders.h"

#include "wb-shop.h"
#include "wb-town.h"

static gboolean
keep_cb (GPtrArray  *orders,
         GPtrArray  *raws,
         GPtrArray  *problems,
         const char *cursor,
         gint64      done,
         gint64      total,
         gpointer    data,
         GError    **error)
{
  for (guint i = 0; i < raws->len; i++)
    g_ptr_array_add (data, g_bytes_new (g_bytes_get_data (raws->pdata[i], NULL),
                                        g_bytes_get_size (raws->pdata[i])));
  return TRUE;
}

/** prompt_orders_new: Returns: (transfer full) (element-type GBytes): @n orders as JSON. */
GPtrArray *
prompt_orders_new (guint n)
{
  const char *const        keys[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL };
  WbTownOptions            options = WB_TOWN_OPTIONS_INIT;
  GPtrArray               *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbTown)       town = NULL;
  g_autoptr (WbShop)       shop = NULL;

  options.orders = n;
  town = wb_town_new (&options, &error);
  if (town == NULL || !wb_town_start (town, &error))
    g_error ("%s", error->message);
  wb_record_take_text (connection, WB_CONNECTION_BASE_URL, wb_town_dup_url (town, "shop"));
  shop = wb_shop_find_provider ("woocommerce")->open (connection, keys, &error);
  if (shop == NULL || !wb_shop_fetch_orders (shop, NULL, keep_cb, rows, NULL, &error))
    g_error ("%s", error->message);
  g_assert (rows->len == n);
  return rows;
}

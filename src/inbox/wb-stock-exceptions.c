/* SPDX-License-Identifier: GPL-3.0-or-later
 * Products that orders wait for, for the exceptions inbox: one row a product, and the channel that
 * still offers what is not there. */
#include "wb-exceptions-private.h"

#include "wb-desk-channel.h"
#include "wb-stock.h"

#include <glib/gi18n-lib.h>

#define MOST_SHORTAGES 20

/* The channel that offers most of what is not there; NULL: none does. @offered: (out) */
static WbConnection *
find_offering (WbBook *book, gint64 product_id, gint64 *offered)
{
  g_autoptr (GPtrArray)    listings = wb_book_list_listings (book, product_id, NULL);
  g_autoptr (WbConnection) most = NULL;

  *offered = 0;
  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      gint64                   shown = wb_record_get_int (listings->pdata[i], WB_LISTING_SHOWN);
      g_autoptr (WbConnection) channel = NULL;

      if (!wb_record_get_bool (listings->pdata[i], WB_LISTING_MANAGED) || shown <= *offered)
        continue;
      channel = wb_book_get_connection (
          book, wb_record_get_int (listings->pdata[i], WB_LISTING_CHANNEL_ID), NULL);
      if (channel == NULL || !wb_record_get_bool (channel, WB_CONNECTION_ENABLED))
        continue;
      *offered = shown;
      g_set_object (&most, channel);
    }
  return g_steal_pointer (&most);
}

/* Sold more often than it is there, and still on offer: the offer is what is to be stopped first;
 * the orders that wait are looked at then. */
static void
propose_to_stop (WbException *exception, WbConnection *channel, gint64 offered)
{
  gboolean         told = wb_channel_publishes (channel);
  g_autofree char *waits = g_steal_pointer (&exception->meaning);
  g_autofree char *offers = g_strdup_printf (
      /* Translators: the name of a shop, a number of pieces */
      ngettext ("%s still offers %d, which would be sold as well.",
                "%s still offers %d, which would be sold as well.", (gulong) offered),
      wb_record_get_text (channel, WB_CONNECTION_NAME), (int) offered);

  exception->meaning = g_strdup_printf ("%s %s", waits, offers);
  exception->connection_id = wb_record_get_int (channel, WB_CONNECTION_ID);
  exception->next = g_strdup (told ? "tell-stock" : "explain");
  exception->next_title = g_strdup (told ? _ ("Tell the shop") : _ ("Have the shop told"));
}

static void
add_shortage (WbBook *book, GPtrArray *list, const WbShortage *shortage)
{
  gint64                   offered = 0;
  g_autoptr (WbConnection) channel = find_offering (book, shortage->product_id, &offered);
  WbException             *exception = g_new0 (WbException, 1);
  WbStockFigures           figures = { 0 };

  wb_stock_figures (book, shortage->product_id, 0, &figures, NULL);
  exception->kind = g_strdup ("stock-short");
  exception->severity = 38;
  exception->since = shortage->since;
  exception->order_id = shortage->order_id;
  /* Translators: a product, a number of orders, a number of pieces */
  exception->title =
      g_strdup_printf (ngettext ("“%s”: %d order waits for %d", "“%s”: %d orders wait for %d",
                                 (gulong) shortage->orders),
                       shortage->name, (int) shortage->orders, (int) shortage->pieces);
  exception->meaning =
      g_strdup (figures.incoming > 0
                    ? _ ("They get it as soon as what is on order has been received.")
                    : _ ("None is on order. They get it as soon as some is received or counted."));
  if (channel != NULL)
    propose_to_stop (exception, channel, offered);
  else
    {
      exception->next = g_strdup ("show");
      exception->next_title = g_strdup (_ ("Look at it"));
    }
  g_ptr_array_add (list, exception);
}

/* Orders that wait for stock, one row a product. */
gboolean
wb_stock_add_exceptions (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) shortages = NULL;

  if (!wb_book_has_stock (book))
    return TRUE;
  shortages = wb_book_list_shortages (book, MOST_SHORTAGES, error);
  for (guint i = 0; shortages != NULL && i < shortages->len; i++)
    add_shortage (book, list, shortages->pdata[i]);
  return shortages != NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What channels and the book do not agree on, for the exceptions inbox: each order of the last
 * audit, listings that are no product yet, and statuses that nobody has explained. */
#include "wb-exceptions-private.h"

#include "wb-desk-channel.h"

#include <glib/gi18n-lib.h>

#define ONE_BY_ONE 20 /* more gaps of a channel than this are one row */

/* What a gap means and what to do, by its kind. */
static const struct
{
  const char *kind;
  guint       severity;
  const char *meaning; /* N_() */
  const char *next;
  const char *next_title; /* N_() */
} meanings[] = {
  { WB_GAP_UNKNOWN_HERE, 68,
    N_ ("Nobody here knows that it is to be shipped. The next sync tries to read it again."),
    "sync", N_ ("Try again") },
  { WB_GAP_SHIPPED_HERE, 63,
    N_ ("The customer may not have been told. Look at the order, and mark it in the shop if it was "
        "opened again by mistake."),
    "show", N_ ("Look at it") },
  { WB_GAP_OPEN_HERE, 66,
    N_ ("It may have been shipped or closed by other means. Look before you ship it twice."),
    "show", N_ ("Look at it") },
};

static guint
meaning_of (const char *kind)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (meanings) && g_strcmp0 (meanings[i].kind, kind) != 0)
    i++;
  return i;
}

static WbException *
add (GPtrArray *list, const char *kind, guint severity, WbInstant since)
{
  WbException *exception = g_new0 (WbException, 1);

  exception->kind = g_strdup (kind);
  exception->severity = severity;
  exception->since = since;
  g_ptr_array_add (list, exception);
  return exception;
}

static void
add_gap (GPtrArray *list, WbOrderGap *gap)
{
  const char  *kind = wb_record_get_text (gap, WB_ORDER_GAP_KIND);
  guint        i = meaning_of (kind);
  const char  *reason = wb_record_get_text (gap, WB_ORDER_GAP_REASON);
  WbException *exception =
      add (list, "gap", meanings[i].severity, wb_record_get_int (gap, WB_ORDER_GAP_FOUND_AT));

  exception->order_id = wb_record_get_int (gap, WB_ORDER_GAP_ORDER_ID);
  exception->connection_id = wb_record_get_int (gap, WB_ORDER_GAP_CHANNEL_ID);
  /* Translators: order number, what does not agree (“still open in the shop, though all of it has
   * left”) */
  exception->title = g_strdup_printf (
      _ ("#%s is %s"), wb_record_get_text (gap, WB_ORDER_GAP_NUMBER), wb_order_gap_title (kind));
  exception->meaning = reason != NULL ? g_strconcat (reason, " ", _ (meanings[i].meaning), NULL)
                                      : g_strdup (_ (meanings[i].meaning));
  exception->next = g_strdup (meanings[i].next);
  exception->next_title = g_strdup (_ (meanings[i].next_title));
}

static void
add_heap (WbBook *book, GPtrArray *list, gint64 channel_id, guint n, WbInstant since)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (book, channel_id, NULL);
  WbException             *exception = add (list, "gap", 68, since);

  exception->connection_id = channel_id;
  exception->title =
      g_strdup_printf (ngettext ("%s: %u order stands otherwise in the shop than here",
                                 "%s: %u orders stand otherwise in the shop than here", n),
                       channel != NULL ? wb_record_get_text (channel, WB_CONNECTION_NAME) : "", n);
  exception->meaning = g_strdup (_ ("That many point to one cause: a sync that broke off, a status "
                                    "nobody has mapped, or another program that ships as well."));
  exception->next = g_strdup ("sync");
  exception->next_title = g_strdup (_ ("Sync now"));
}

static gboolean
add_gaps (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) gaps = wb_book_list_order_gaps (book, 0, error);
  guint                 from = 0;

  while (gaps != NULL && from < gaps->len)
    {
      gint64    channel = wb_record_get_int (gaps->pdata[from], WB_ORDER_GAP_CHANNEL_ID);
      guint     to = from;
      WbInstant since = wb_record_get_int (gaps->pdata[from], WB_ORDER_GAP_FOUND_AT);

      while (to < gaps->len &&
             wb_record_get_int (gaps->pdata[to], WB_ORDER_GAP_CHANNEL_ID) == channel)
        since = MIN (since, wb_record_get_int (gaps->pdata[to++], WB_ORDER_GAP_FOUND_AT));
      if (to - from > ONE_BY_ONE)
        add_heap (book, list, channel, to - from, since);
      for (guint i = from; to - from <= ONE_BY_ONE && i < to; i++)
        add_gap (list, gaps->pdata[i]);
      from = to;
    }
  return gaps != NULL;
}

/* Listings of channels that are told of the stock, but are no product here: they show a number that
 * nobody keeps right. */
static gboolean
add_unmatched (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) channels = wb_book_list_connections (book, WB_KIND_SHOP, error);

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      gint64 id = wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID);
      gint64 n = wb_channel_publishes (channels->pdata[i]) ? wb_book_count_unmatched (book, id) : 0;
      WbException *exception;

      if (n == 0)
        continue;
      exception = add (list, "listings", 35, 0);
      exception->connection_id = id;
      exception->title =
          g_strdup_printf (ngettext ("%s: %u listing is no product of yours yet",
                                     "%s: %u listings are no products of yours yet", (gulong) n),
                           wb_record_get_text (channels->pdata[i], WB_CONNECTION_NAME), (guint) n);
      exception->meaning = g_strdup (
          _ ("Their stock in the shop is not kept right until it is said which product each is."));
      exception->next = g_strdup ("match");
      exception->next_title = g_strdup (_ ("Match them"));
    }
  return channels != NULL;
}

/* One of them, to be looked at. */
static gint64
first_order (WbBook *book, const WbStatusCount *count)
{
  g_autoptr (GArray) orders =
      wb_book_list_orders_of_status (book, count->channel_id, count->status, NULL);

  return orders != NULL && orders->len > 0 ? g_array_index (orders, gint64, 0) : 0;
}

static WbException *
exception_of (WbBook *book, WbConnection *channel, const WbStatusCount *count)
{
  WbException *exception = g_new0 (WbException, 1);

  exception->kind = g_strdup ("status");
  exception->severity = 64;
  exception->since = count->since;
  exception->connection_id = count->channel_id;
  exception->order_id = first_order (book, count);
  exception->title = g_strdup_printf (
      /* Translators: the channel's name, how many, the shop's word: “awaiting-pickup” */
      ngettext ("%s: %u order waits, for nobody has said what “%s” means",
                "%s: %u orders wait, for nobody has said what “%s” means", (gulong) count->orders),
      wb_record_get_text (channel, WB_CONNECTION_NAME), (guint) count->orders, count->status);
  exception->meaning =
      g_strdup (_ ("It is a status of the shop's own. Until it is said what it means, these orders "
                   "are neither shipped nor charged."));
  exception->next = g_strdup ("explain");
  exception->next_title = g_strdup (_ ("Say what it means"));
  return exception;
}

/* Statuses of a shop's own that nobody has explained, one a row. */
static gboolean
add_statuses (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) counts = wb_book_list_waiting_statuses (book, error);

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      const WbStatusCount     *count = counts->pdata[i];
      g_autoptr (WbConnection) channel = wb_book_get_connection (book, count->channel_id, NULL);

      if (channel != NULL && wb_record_get_bool (channel, WB_CONNECTION_ENABLED) &&
          !wb_shop_explains_status (channel, count->status))
        g_ptr_array_add (list, exception_of (book, channel, count));
    }
  return counts != NULL;
}

/* Adds what channels and the book do not agree on to @list. */
gboolean
wb_channel_add_exceptions (WbBook *book, GPtrArray *list, GError **error)
{
  return add_gaps (book, list, error) && add_unmatched (book, list, error) &&
         add_statuses (book, list, error);
}

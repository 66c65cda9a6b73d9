/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which orders a period has: an order counts when its last parcel left; where nothing has left,
 * when money was first taken. Newest first along two indexes, so that the newest page of many years
 * is there at once. */
#include "wb-book-reconcile.h"

#include <string.h>

/* An order is met once for each of its parcels; later ones of it beyond the period take it there.
 */
static const char left[] =
    "SELECT s.order_id, s.shipped_at FROM shipment AS s WHERE s.state = 'shipped' AND s.shipped_at "
    ">= ?1 AND s.shipped_at < ?2 AND (?3 = 0 OR NOT EXISTS (SELECT 1 FROM shipment AS n WHERE "
    "n.order_id = s.order_id AND n.state = 'shipped' AND n.shipped_at >= ?2)) AND (?4 = 0 OR "
    "EXISTS "
    "(SELECT 1 FROM orders AS o WHERE o.id = s.order_id AND o.channel_id = ?4)) ORDER BY "
    "s.shipped_at DESC, s.order_id DESC";

static const char *const taken[] = {
  "SELECT order_id FROM ledger WHERE kind = 'captured' AND at >= ?1 AND at < ?2 AND order_id IS "
  "NOT "
  "NULL",
  "SELECT x.order_id FROM entry_order AS x JOIN ledger AS l ON l.id = x.entry_id WHERE l.kind = "
  "'captured' AND l.at >= ?1 AND l.at < ?2",
};

/* When one order counts; no row: it is of another channel, or has neither. */
static const char moment_of[] =
    "SELECT at FROM (SELECT COALESCE ((SELECT MAX (s.shipped_at) FROM shipment AS s WHERE "
    "s.order_id = ?1 AND s.state = 'shipped'), (SELECT MIN (t.at) FROM (SELECT at FROM ledger "
    "WHERE "
    "order_id = ?1 AND kind = 'captured' UNION ALL SELECT l.at FROM entry_order AS x JOIN ledger "
    "AS "
    "l ON l.id = x.entry_id WHERE x.order_id = ?1 AND l.kind = 'captured') AS t)) AS at FROM "
    "orders "
    "AS o WHERE o.id = ?1 AND (?2 = 0 OR o.channel_id = ?2)) AS m WHERE at IS NOT NULL";

typedef struct
{
  WbBook             *book;
  const WbMoneyQuery *query;
  WbInstant           after; /* the end, where there is none: the end of time */
  GArray             *moments;
  GByteArray         *met; /* a bit an order: their numbers run without gaps */
} Search;

static gboolean
is_new (Search *self, gint64 order_id)
{
  guint  place = (guint) (order_id / 8), had = self->met->len;
  guint8 bit = (guint8) (1 << (order_id % 8));

  if (place >= had)
    {
      g_byte_array_set_size (self->met, place + place / 2 + 64);
      memset (self->met->data + had, 0, self->met->len - had);
    }
  if ((self->met->data[place] & bit) != 0)
    return FALSE;
  self->met->data[place] |= bit;
  return TRUE;
}

static gboolean
ended (GError *local, GError **error)
{
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
list_left (Search *self, guint most, GError **error)
{
  const WbMoneyQuery *query = self->query;
  g_autoptr (WbRows)  rows =
      wb_database_query (self->book->database, error, left, "iiii", query->first, self->after,
                         query->after, query->channel_id);
  GError *local = NULL;

  while (rows != NULL && (most == 0 || self->moments->len < most) && wb_rows_next (rows, &local))
    {
      WbMoneyMoment moment = { wb_rows_int (rows, 0), wb_rows_int (rows, 1) };

      if (is_new (self, moment.order_id))
        g_array_append_val (self->moments, moment);
    }
  return rows != NULL && ended (local, error);
}

static gboolean
add_taken (Search *self, gint64 order_id, GError **error)
{
  g_autoptr (WbRows) rows = wb_database_query (self->book->database, error, moment_of, "ii",
                                               order_id, self->query->channel_id);
  GError            *local = NULL;

  if (rows != NULL && wb_rows_next (rows, &local))
    {
      WbMoneyMoment moment = { order_id, wb_rows_int (rows, 0) };

      if (moment.at >= self->query->first && moment.at < self->after)
        g_array_append_val (self->moments, moment);
    }
  return rows != NULL && ended (local, error);
}

static gboolean
list_taken (Search *self, const char *sql, WbInstant first, GError **error)
{
  g_autoptr (WbRows) rows =
      wb_database_query (self->book->database, error, sql, "ii", first, self->after);
  GError *local = NULL;

  while (rows != NULL && wb_rows_next (rows, &local))
    {
      gint64 order_id = wb_rows_int (rows, 0);

      if (is_new (self, order_id) && !add_taken (self, order_id, error))
        return FALSE;
    }
  return rows != NULL && ended (local, error);
}

/* Orders' numbers run without gaps: the last says how many there are, or a few more. */
static gboolean
find_last (Search *self, gint64 *last, GError **error)
{
  return wb_database_get_int (self->book->database, last, error,
                              "SELECT COALESCE (MAX (id), 0) FROM orders", NULL);
}

/* Where nearly everything has left, the few others are looked at one by one: faster than going
 * through all that was taken. */
static gboolean
list_others (Search *self, gint64 last, GError **error)
{
  for (gint64 id = 1; id <= last; id++)
    if (is_new (self, id) && !add_taken (self, id, error))
      return FALSE;
  return TRUE;
}

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  const WbMoneyMoment *one = a, *two = b;

  if (one->at != two->at)
    return one->at > two->at ? -1 : 1;
  return (one->order_id < two->order_id) - (one->order_id > two->order_id);
}

/* One in so many orders. */
#define FEW 20

static gboolean
list_unshipped (Search *self, WbInstant first, GError **error)
{
  gboolean whole = first <= 0 && self->query->after == 0;
  gint64   last = 0;

  if (whole && !find_last (self, &last, error))
    return FALSE;
  if (whole && (last - self->moments->len) * FEW < last)
    return list_others (self, last, error);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (!list_taken (self, taken[i], first, error))
      return FALSE;
  return TRUE;
}

/**
 * wb_money_list_moments:
 * @query: its period and channel count
 * @most: how many, the newest; 0: all
 *
 * Returns: (transfer full) (element-type WbMoneyMoment): the orders of the period, newest first.
 */
GArray *
wb_money_list_moments (WbBook *self, const WbMoneyQuery *query, guint most, GError **error)
{
  g_autoptr (GArray)     moments = g_array_new (FALSE, FALSE, sizeof (WbMoneyMoment));
  g_autoptr (GByteArray) met = g_byte_array_new ();
  Search    search = { self, query, query->after != 0 ? query->after : G_MAXINT64, moments, met };
  WbInstant first = query->first;
  guint     n_left;

  if (!list_left (&search, most, error))
    return NULL;
  n_left = moments->len;
  /* What is older than the oldest of enough is not on this page. */
  if (most != 0 && moments->len >= most)
    first = g_array_index (moments, WbMoneyMoment, moments->len - 1).at;
  if (!list_unshipped (&search, first, error))
    return NULL;
  if (moments->len > n_left)
    g_array_sort (moments, compare_moments);
  if (most != 0 && moments->len > most)
    g_array_set_size (moments, most);
  return g_steal_pointer (&moments);
}

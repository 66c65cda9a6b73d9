/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is known of orders' money, table by table: the orders, what has left, the ledger, what was
 * paid out.
 *
 * Of many orders each table is read once from end to end, in the order in which it lies on the
 * disk, and added up here: half the time that SQL takes to go along an index and fetch row by row.
 * Of few orders each table is asked by its index. */
#include "wb-book-reconcile.h"
#include "wb-database-private.h"

#include <string.h>

/* One in so many orders: then reading all is faster than asking for each. */
#define FEW 5

typedef struct
{
  WbBook       *book;
  GArray       *facts;
  GHashTable   *places; /* an order's number: its place in facts, from 1 */
  WbMoneyFacts *last;   /* entries of one order often lie together */
  gint64        channel_id;
  gboolean      all, names;
} Reading;

static WbMoneyFacts *
find (Reading *self, gint64 order_id)
{
  gpointer place;

  if (self->last != NULL && self->last->row.order_id == order_id)
    return self->last;
  place = g_hash_table_lookup (self->places, GSIZE_TO_POINTER (order_id));
  if (place == NULL)
    return NULL;
  self->last = &g_array_index (self->facts, WbMoneyFacts, GPOINTER_TO_SIZE (place) - 1);
  return self->last;
}

static WbMoneyFacts *
add (Reading *self, gint64 order_id)
{
  self->last = NULL; /* the array may move */
  g_array_set_size (self->facts, self->facts->len + 1);
  g_hash_table_insert (self->places, GSIZE_TO_POINTER (order_id),
                       GSIZE_TO_POINTER (self->facts->len));
  self->last = &g_array_index (self->facts, WbMoneyFacts, self->facts->len - 1);
  self->last->row.order_id = order_id;
  return self->last;
}

/* ---- a row of each table ---- */

static void
copy_code (char *to, const char *from)
{
  g_strlcpy (to, from != NULL ? from : "", 4);
}

static void
read_order (Reading *self, WbMoneyFacts *facts, WbRows *rows)
{
  WbMoneyRow *row = &facts->row;
  const char *stage = wb_rows_text (rows, 3), *charge = wb_rows_text (rows, 4);

  row->channel_id = wb_rows_int (rows, 1);
  facts->known = self->channel_id == 0 || row->channel_id == self->channel_id;
  copy_code (row->currency, wb_rows_text (rows, 2));
  facts->is_shipped =
      strcmp (stage, WB_STAGE_SHIPPED) == 0 || strcmp (stage, WB_STAGE_NOTHING) == 0;
  facts->is_cancelled = strcmp (stage, WB_STAGE_CANCELLED) == 0;
  facts->is_paid = strcmp (charge, WB_CHARGE_PAID) == 0;
  facts->is_lapsed = strcmp (charge, WB_CHARGE_LAPSED) == 0;
  facts->total = wb_rows_int (rows, 5);
  row->shop_refunded = wb_rows_int (rows, 6);
  facts->paid_at = wb_rows_int (rows, 7);
  if (!self->names || !facts->known)
    return;
  row->number = g_strdup (wb_rows_text (rows, 8));
  row->customer = g_strdup (wb_rows_text (rows, 9));
}

static void
read_shipment (Reading *self, WbMoneyFacts *facts, WbRows *rows)
{
  facts->left_at =
      facts->has_left ? MAX (facts->left_at, wb_rows_int (rows, 1)) : wb_rows_int (rows, 1);
  facts->has_left = TRUE;
  facts->planned += wb_rows_int (rows, 2);
}

static void
read_entry (Reading *self, WbMoneyFacts *facts, WbRows *rows)
{
  WbMoneyEntry entry = {
    wb_rows_text (rows, 1), wb_rows_text (rows, 6), wb_rows_text (rows, 5),
    wb_rows_int (rows, 3),  wb_rows_int (rows, 4),  wb_rows_int (rows, 8) != 0
  };

  wb_money_row_add_entry (&facts->row, &entry);
  if (strcmp (entry.kind, WB_ENTRY_CAPTURED) == 0)
    {
      WbInstant at = wb_rows_int (rows, 2);

      facts->taken_at = facts->has_taken ? MIN (facts->taken_at, at) : at;
      facts->has_taken = TRUE;
      facts->by_us += wb_rows_int (rows, 7) != 0 ? 1 : 0;
    }
}

static void
read_payout_item (Reading *self, WbMoneyFacts *facts, WbRows *rows)
{
  wb_money_row_add (&facts->row, WB_MONEY_PAID_OUT, wb_rows_text (rows, 2), wb_rows_int (rows, 1));
}

/* ---- the tables ---- */

#define ENTRY                                                                                      \
  "l.kind, l.at, l.amount, l.settle_amount, l.settle_currency, l.currency, l.operation_id, "       \
  "l.source = 'person' "

/* The first column is the order's number. A bound on the table's own number lets it be read as it
 * lies, where no order is asked for. */
#define TABLE(sql, of_one, read)                                                                   \
  {                                                                                                \
    sql, sql of_one, read                                                                          \
  }

static const struct
{
  const char *all, *of_one;
  void (*read) (Reading *self, WbMoneyFacts *facts, WbRows *rows);
} tables[] = {
  TABLE ("SELECT id, channel_id, currency, stage, charge_state, total, refunded_total, paid_at, "
         "number, customer_name FROM orders WHERE id > 0",
         " AND id = ?1",
         read_order),
  TABLE ("SELECT order_id, shipped_at, capture_amount + shortfall FROM shipment WHERE id > 0 AND "
         "state = 'shipped'",
         " AND order_id = ?1",
         read_shipment),
  TABLE ("SELECT l.order_id, " ENTRY "FROM ledger AS l WHERE l.id > 0",
         " AND l.order_id = ?1",
         read_entry),
  /* Entries that found their order later. */
  TABLE ("SELECT x.order_id, " ENTRY "FROM entry_order AS x JOIN ledger AS l ON l.id = x.entry_id "
         "WHERE x.entry_id > 0",
         " AND x.order_id = ?1",
         read_entry),
  TABLE ("SELECT order_id, net, (SELECT currency FROM payout AS p WHERE p.id = payout_id) FROM "
         "payout_item WHERE id > 0",
         " AND order_id = ?1",
         read_payout_item),
};

static void
read_row (Reading *self, guint table, WbRows *rows)
{
  gint64        id = wb_rows_int (rows, 0);
  gboolean      every = self->all && tables[table].read == read_order;
  WbMoneyFacts *facts = every ? add (self, id) : id != 0 ? find (self, id) : NULL;

  if (facts != NULL)
    tables[table].read (self, facts, rows);
}

static gboolean
read_rows (Reading *self, guint table, WbRows *rows, GError **error)
{
  GError *local = NULL;

  while (wb_rows_next (rows, &local))
    read_row (self, table, rows);
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

static gboolean
read_whole (Reading *self, guint table, GError **error)
{
  g_autoptr (WbRows) rows =
      wb_database_query (self->book->database, error, tables[table].all, NULL);

  return rows != NULL && read_rows (self, table, rows, error);
}

static gboolean
read_each (Reading *self, guint table, GError **error)
{
  g_autoptr (WbRows) rows =
      wb_database_query (self->book->database, error, tables[table].of_one, NULL);

  for (guint i = 0; rows != NULL && i < self->facts->len; i++)
    {
      wb_rows_ask_again (rows, g_array_index (self->facts, WbMoneyFacts, i).row.order_id);
      if (!read_rows (self, table, rows, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
is_few (WbBook *book, guint n, gboolean *few, GError **error)
{
  gint64 last = 0;

  *few = FALSE;
  if (!wb_database_get_int (book->database, &last, error,
                            "SELECT COALESCE (MAX (id), 0) FROM orders", NULL))
    return FALSE;
  *few = (gint64) n * FEW < last;
  return TRUE;
}

static gboolean
read_all_tables (Reading *self, gboolean few, GError **error)
{
  for (guint table = 0; table < G_N_ELEMENTS (tables); table++)
    if (!(few ? read_each (self, table, error) : read_whole (self, table, error)))
      return FALSE;
  return TRUE;
}

static void
clear_facts (gpointer data)
{
  WbMoneyFacts *facts = data;

  wb_money_row_clear (&facts->row);
}

/**
 * wb_money_read_facts:
 * @moments: (nullable) (element-type WbMoneyMoment): the orders; %NULL: all
 * @names: with the orders' numbers and customers
 *
 * Returns: (transfer full) (element-type WbMoneyFacts): what is known of each, in the order of
 * @moments; those that are gone or of another channel stay unknown.
 */
GArray *
wb_money_read_facts (
    WbBook *self, GArray *moments, gint64 channel_id, gboolean names, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray)     facts = g_array_new (FALSE, TRUE, sizeof (WbMoneyFacts));
  Reading  reading = { self, facts, places, NULL, channel_id, moments == NULL, names };
  gboolean few = FALSE;

  g_array_set_clear_func (facts, clear_facts);
  for (guint i = 0; moments != NULL && i < moments->len; i++)
    add (&reading, g_array_index (moments, WbMoneyMoment, i).order_id);
  if (moments != NULL && !is_few (self, moments->len, &few, error))
    return NULL;
  return read_all_tables (&reading, few, error) ? g_steal_pointer (&facts) : NULL;
}

/** wb_money_hold: Returns: (transfer full): as long as it lives, all questions by this connection
 * see the book as it is now; %NULL with @error. */
WbRows *
wb_money_hold (WbBook *self, GError **error)
{
  g_autoptr (WbRows) rows =
      wb_database_query (self->database, error, "SELECT 0 UNION ALL SELECT id FROM ledger", NULL);

  return rows != NULL && wb_rows_next (rows, error) ? g_steal_pointer (&rows) : NULL;
}

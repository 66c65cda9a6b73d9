/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders in lists: ids only, heads by page, counts, search as you type. */
#include "wb-book-private.h"

#include <string.h>

static const char *const sort_columns[] = {
  "placed_at", "number", "customer_name", "total", "stage", "ship_by", "capture_before", "item_count", "charge_state",
};

/* The order of the user's wish, by a name from the table: never text from outside in SQL. */
static const char *
sort_column (const char *wish)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_columns); i++)
    if (g_strcmp0 (wish, sort_columns[i]) == 0)
      return sort_columns[i];
  return sort_columns[0];
}

/* “an 1042” → “"an"* "1042"*”: every word a prefix, all of them wanted, nothing in them is syntax. */
static char *
match_expression (const char *text)
{
  GString *expression = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1); /* a shell hands over whatever was typed */
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\n\"", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean has_letter = FALSE;

      for (const char *p = words[i]; *p != '\0'; p = g_utf8_next_char (p))
        has_letter |= g_unichar_isalnum (g_utf8_get_char (p));
      if (has_letter)
        g_string_append_printf (expression, "%s\"%s\"*", expression->len > 0 ? " " : "", words[i]);
    }
  return g_string_free (expression, FALSE);
}

static void
append_stages (GString *sql, const char *const *stages)
{
  g_string_append (sql, " AND stage IN (");
  for (guint i = 0; stages[i] != NULL; i++)
    g_string_append_printf (sql, "%s'%s'", i > 0 ? ", " : "", stages[i]);
  g_string_append_c (sql, ')');
}

static gboolean
stages_are_words (const char *const *stages)
{
  for (guint i = 0; stages != NULL && stages[i] != NULL; i++)
    if (strspn (stages[i], "abcdefghijklmnopqrstuvwxyz-") != strlen (stages[i]))
      return FALSE;
  return TRUE;
}

/* What puts an order before a person: see the exceptions inbox of the engine, which says why. */
#define NEEDS_PERSON                                                                                                       \
  " AND (stage = 'hold' OR edited_after_label = 1 OR charge_state IN ('refused', 'lapsed')"                               \
  " OR EXISTS (SELECT 1 FROM operation p WHERE p.order_id = orders.id AND p.state IN ('unsure', 'refused')"               \
  "            AND NOT EXISTS (SELECT 1 FROM operation q WHERE q.shipment_id = p.shipment_id AND q.kind = p.kind AND q.id > p.id)))"

/**
 * wb_book_list_order_ids:
 * Returns: (transfer full) (element-type gint64): the numbers of all orders of @query, in its order: what a list shows
 * by, fetching heads page by page.
 */
GArray *
wb_book_list_order_ids (WbBook *self, const WbOrderQuery *query, GError **error)
{
  g_autoptr (GArray)  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) sql = g_string_new ("SELECT id FROM orders WHERE 1 = 1");
  g_autofree char    *match = query->text != NULL ? match_expression (query->text) : NULL;
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbRows)  rows = NULL;
  gboolean            found = match != NULL && *match != '\0';

  g_return_val_if_fail (stages_are_words (query->stages), NULL);
  if (query->stages != NULL)
    append_stages (sql, query->stages);
  if (query->needs_person)
    g_string_append (sql, NEEDS_PERSON);
  if (found)
    g_string_append (sql, " AND id IN (SELECT rowid FROM search WHERE search MATCH ?)");
  g_string_append_printf (sql, " ORDER BY %s %s, id %s", sort_column (query->sort), query->ascending ? "ASC" : "DESC",
                          query->ascending ? "ASC" : "DESC");
  if (query->limit > 0)
    g_string_append_printf (sql, " LIMIT %" G_GINT64_FORMAT, query->limit);
  rows = wb_database_query (self->database, error, sql->str, found ? "s" : "", match);
  while (rows != NULL && wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&ids);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static int
compare_to_wish (gconstpointer a, gconstpointer b, gpointer wish)
{
  gpointer left = g_hash_table_lookup (wish, &(gint64){ wb_record_get_int (*(gpointer *) a, WB_ORDER_ID) });
  gpointer right = g_hash_table_lookup (wish, &(gint64){ wb_record_get_int (*(gpointer *) b, WB_ORDER_ID) });

  return GPOINTER_TO_INT (left) - GPOINTER_TO_INT (right);
}

/**
 * wb_book_list_order_heads:
 * Returns: (transfer full) (element-type WbOrder): the heads (no lines) of the @n orders @ids, in that order; one that is gone is
 * left out.
 */
GPtrArray *
wb_book_list_order_heads (WbBook *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GString)    tail = g_string_new ("WHERE id IN (");
  g_autoptr (GHashTable) wish = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray             *heads;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (tail, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ids[i]);
      g_hash_table_insert (wish, (gpointer) &ids[i], GUINT_TO_POINTER (i));
    }
  g_string_append_c (tail, ')');
  heads = wb_database_select (self->database, WB_TYPE_ORDER, error, tail->str, NULL);
  if (heads != NULL)
    g_ptr_array_sort_with_data (heads, compare_to_wish, wish);
  return heads;
}

/**
 * wb_book_list_order_page:
 * @stage: (nullable): only of this stage
 * @before: only placed before this instant (or then, with a smaller number); %G_MAXINT64 for the first page
 *
 * Returns: (transfer full) (element-type WbOrder): @limit heads, newest first; pass the last one's placed_at and id for the next page.
 */
GPtrArray *
wb_book_list_order_page (WbBook *self, const char *stage, WbInstant before, gint64 before_id, guint limit, GError **error)
{
  if (stage != NULL)
    return wb_database_select (self->database, WB_TYPE_ORDER, error,
                               "WHERE stage = ? AND (placed_at, id) < (?, ?) ORDER BY placed_at DESC, id DESC LIMIT ?", "siii", stage, before,
                               before_id, (gint64) limit);
  return wb_database_select (self->database, WB_TYPE_ORDER, error,
                             "WHERE (placed_at, id) < (?, ?) ORDER BY placed_at DESC, id DESC LIMIT ?", "iii", before, before_id,
                             (gint64) limit);
}

/** wb_book_count_stages: Returns: (transfer full): a table from stage (text) to how many orders are there (GUINT_TO_POINTER). */
GHashTable *
wb_book_count_stages (WbBook *self, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError)     local = NULL;
  g_autoptr (WbRows)     rows = wb_database_query (self->database, error, "SELECT stage, COUNT(*) FROM orders GROUP BY stage", NULL);

  while (rows != NULL && wb_rows_next (rows, &local))
    g_hash_table_insert (counts, g_strdup (wb_rows_text (rows, 0)), GUINT_TO_POINTER ((guint) wb_rows_int (rows, 1)));
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&counts);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * wb_book_search:
 * @text: as typed so far: number, name, e-mail, SKU, tracking, payment id; each word is a prefix, accents do not matter
 *
 * Returns: (transfer full) (element-type gint64): up to @limit orders, the latest in the book first; none for a @text without letters.
 */
GArray *
wb_book_search (WbBook *self, const char *text, guint limit, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char   *match = match_expression (text);
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows = NULL;

  if (*match == '\0')
    return g_steal_pointer (&ids);
  rows = wb_database_query (self->database, error, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", "si", match,
                            (gint64) limit);
  while (rows != NULL && wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&ids);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * wb_book_list_troubled_orders:
 * @capture_before: also those whose authorisation ends before this instant
 *
 * Returns: (transfer full) (element-type WbOrder): heads of orders that are held, edited after their label, or about to lose their authorisation
 * (only those still to ship).
 */
GPtrArray *
wb_book_list_troubled_orders (WbBook *self, WbInstant capture_before, GError **error)
{
  return wb_database_select (self->database, WB_TYPE_ORDER, error,
                             "WHERE hold_reason IS NOT NULL AND stage = 'hold' OR edited_after_label = 1 "
                             "OR (stage IN ('ready', 'partial', 'hold') AND (address_doubt IS NOT NULL OR charge_state = 'lapsed' OR (charge_state IN ('authorised', 'partial') "
                             "AND capture_before > 0 AND capture_before < ?))) ORDER BY id DESC LIMIT 500",
                             "i", capture_before);
}

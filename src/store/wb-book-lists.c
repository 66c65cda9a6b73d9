/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders in lists: ids only, heads by page, counts, search as you type. */
#include "wb-book-private.h"
#include "wb-database-private.h"

#include <string.h>

static const char *const sort_columns[] = {
  "placed_at", "number",         "customer_name", "total",        "stage",
  "ship_by",   "capture_before", "item_count",    "charge_state",
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

/* “an 1042” → “"an"* "1042"*”: every word a prefix, all of them wanted, nothing in them is syntax.
 */
static char *
match_expression (const char *text)
{
  GString         *expression = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1); /* a shell hands over whatever was typed */
  g_auto (GStrv)   words = g_strsplit_set (valid, " \t\n\"", -1);

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

/* What puts an order before a person: see the exceptions inbox of the engine, which says why.
 * Apart, so that operations and stages are found by their indexes and the orders are gone through
 * once: this is asked whenever the list is. */
#define NEEDS_PERSON                                                                               \
  " AND orders.id IN (SELECT id FROM orders WHERE stage = 'hold'"                                  \
  " UNION SELECT id FROM orders WHERE edited_after_label = 1 AND stage <> 'cancelled'"             \
  " UNION SELECT id FROM orders WHERE charge_state IN ('refused', 'lapsed')"                       \
  " UNION SELECT s.order_id FROM shipment s JOIN orders o ON o.id = s.order_id WHERE s.state = "   \
  "'labelled' AND o.stage = 'cancelled'"                                                           \
  " UNION SELECT p.order_id FROM operation p WHERE p.state IN ('unsure', 'refused')"               \
  "  AND NOT (p.state = 'refused' AND EXISTS (SELECT 1 FROM shipment g WHERE g.id = "              \
  "p.shipment_id AND g.state = 'void'))"                                                           \
  "  AND NOT EXISTS (SELECT 1 FROM operation q WHERE q.order_id = p.order_id AND RTRIM(q.key, "    \
  "'0123456789') = RTRIM(p.key, '0123456789') AND q.id > p.id))"

/* What is found comes straight from the index, newest first by its own order: sorting it otherwise
 * would read every order found at each key. Only a filter needs the orders themselves. */
static void
append_from (GString *sql, const WbOrderQuery *query, gboolean found)
{
  gboolean filtered = query->stages != NULL || query->needs_person || query->channel_id != 0 ||
                      query->charge_state != NULL || query->tag != NULL || query->marked ||
                      query->waits_for_stock;

  if (!found)
    g_string_append (sql, "SELECT id FROM orders WHERE 1 = 1");
  else if (filtered)
    g_string_append (sql, "SELECT orders.id FROM search CROSS JOIN orders ON orders.id = "
                          "search.rowid WHERE search MATCH ?");
  else
    g_string_append (sql, "SELECT rowid FROM search WHERE search MATCH ?");
}

static void
append_order (GString *sql, const WbOrderQuery *query, gboolean found)
{
  const char *way = query->ascending ? "ASC" : "DESC";

  if (found)
    g_string_append (sql, " ORDER BY search.rowid DESC");
  else
    g_string_append_printf (sql, " ORDER BY %s %s, id %s", sort_column (query->sort), way, way);
  if (query->limit > 0)
    g_string_append_printf (sql, " LIMIT %" G_GINT64_FORMAT, query->limit);
}

/* What a list is narrowed to besides its stages. Returns: (transfer full) (nullable): the pattern
 * that the tag's mark in @sql stands for. */
static char *
append_narrowing (GString *sql, const WbOrderQuery *query)
{
  g_autoptr (GString) tag = NULL;

  if (query->channel_id != 0)
    g_string_append_printf (sql, " AND channel_id = %" G_GINT64_FORMAT, query->channel_id);
  if (query->charge_state != NULL)
    g_string_append_printf (sql, " AND charge_state = '%s'", query->charge_state);
  if (query->marked)
    g_string_append (sql, " AND marked = 1");
  if (query->waits_for_stock)
    g_string_append (sql, " AND stock_short > 0");
  if (query->tag == NULL)
    return NULL;
  g_string_append (sql, " AND ',' || COALESCE(tags, '') || ',' LIKE ? ESCAPE '!'");
  tag = g_string_new (query->tag);
  g_string_replace (tag, "!", "!!", 0);
  g_string_replace (tag, "%", "!%", 0);
  g_string_replace (tag, "_", "!_", 0);
  return g_strdup_printf ("%%,%s,%%", tag->str);
}

static gboolean
collect_ids (WbRows *rows, GArray *ids, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_book_list_order_ids:
 * Returns: (transfer full) (element-type gint64): the numbers of all orders of @query, in its
 * order: what a list shows by, fetching heads page by page.
 */
GArray *
wb_book_list_order_ids (WbBook *self, const WbOrderQuery *query, GError **error)
{
  g_autoptr (GArray)  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char    *match = query->text != NULL ? match_expression (query->text) : NULL;
  g_autofree char    *tag = NULL;
  g_autoptr (WbRows)  rows = NULL;
  gboolean            found = match != NULL && *match != '\0';
  const char *const   charge[] = { query->charge_state, NULL };

  g_return_val_if_fail (stages_are_words (query->stages) && stages_are_words (charge), NULL);
  append_from (sql, query, found);
  if (query->stages != NULL)
    append_stages (sql, query->stages);
  if (query->needs_person)
    g_string_append (sql, NEEDS_PERSON);
  tag = append_narrowing (sql, query);
  append_order (sql, query, found);
  if (found)
    rows =
        wb_database_query (self->database, error, sql->str, tag != NULL ? "ss" : "s", match, tag);
  else
    rows = wb_database_query (self->database, error, sql->str, tag != NULL ? "s" : "", tag);
  return rows != NULL && collect_ids (rows, ids, error) ? g_steal_pointer (&ids) : NULL;
}

static int
compare_to_wish (gconstpointer a, gconstpointer b, gpointer wish)
{
  gpointer left =
      g_hash_table_lookup (wish, &(gint64){ wb_record_get_int (*(gpointer *) a, WB_ORDER_ID) });
  gpointer right =
      g_hash_table_lookup (wish, &(gint64){ wb_record_get_int (*(gpointer *) b, WB_ORDER_ID) });

  return GPOINTER_TO_INT (left) - GPOINTER_TO_INT (right);
}

static gboolean
collect_heads (WbRows *rows, GPtrArray *heads, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (wb_rows_next (rows, &local))
    {
      WbOrder *head = wb_order_new ();

      wb_rows_read (rows, 0, head);
      g_ptr_array_add (heads, head);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_book_list_order_heads:
 * Returns: (transfer full) (element-type WbOrder): the heads (no lines) of the @n orders @ids, in
 * that order; one that is gone is left out.
 */
GPtrArray *
wb_book_list_order_heads (WbBook *self, const gint64 *ids, guint n, GError **error)
{
  g_autofree char       *columns = wb_database_columns (WB_TYPE_ORDER, NULL);
  g_autoptr (GString)    sql = g_string_new (NULL);
  g_autoptr (GHashTable) wish = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray)  heads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WbRows)     rows = NULL;

  /* Parameters, not numbers: the statement is kept, and there must not be one for every page ever
   * shown. */
  g_string_append_printf (sql, "SELECT %s FROM orders WHERE id IN (", columns);
  for (guint i = 0; i < n; i++)
    g_string_append (sql, i > 0 ? ",?" : "?");
  g_string_append_c (sql, ')');
  rows = wb_database_prepare (self->database, sql->str, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      wb_rows_bind_int (rows, i + 1, ids[i]);
      g_hash_table_insert (wish, (gpointer) &ids[i], GUINT_TO_POINTER (i));
    }
  if (!collect_heads (rows, heads, error))
    return NULL;
  g_ptr_array_sort_with_data (heads, compare_to_wish, wish);
  return g_steal_pointer (&heads);
}

/**
 * wb_book_list_order_page:
 * @stage: (nullable): only of this stage
 * @before: only placed before this instant (or then, with a smaller number); %G_MAXINT64 for the
 * first page
 *
 * Returns: (transfer full) (element-type WbOrder): @limit heads, newest first; pass the last one's
 * placed_at and id for the next page.
 */
GPtrArray *
wb_book_list_order_page (WbBook     *self,
                         const char *stage,
                         WbInstant   before,
                         gint64      before_id,
                         guint       limit,
                         GError    **error)
{
  if (stage != NULL)
    return wb_database_select (
        self->database, WB_TYPE_ORDER, error,
        "WHERE stage = ? AND (placed_at, id) < (?, ?) ORDER BY placed_at DESC, id DESC LIMIT ?",
        "siii", stage, before, before_id, (gint64) limit);
  return wb_database_select (
      self->database, WB_TYPE_ORDER, error,
      "WHERE (placed_at, id) < (?, ?) ORDER BY placed_at DESC, id DESC LIMIT ?", "iii", before,
      before_id, (gint64) limit);
}

/** wb_book_count_stages: Returns: (transfer full): a table from stage (text) to how many orders are
 * there (GUINT_TO_POINTER). */
GHashTable *
wb_book_count_stages (WbBook *self, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError)     local = NULL;
  g_autoptr (WbRows)     rows = wb_database_query (
          self->database, error, "SELECT stage, COUNT(*) FROM orders GROUP BY stage", NULL);

  while (rows != NULL && wb_rows_next (rows, &local))
    g_hash_table_insert (counts, g_strdup (wb_rows_text (rows, 0)),
                         GUINT_TO_POINTER ((guint) wb_rows_int (rows, 1)));
  if (rows != NULL && local == NULL)
    return g_steal_pointer (&counts);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * wb_book_search:
 * @text: as typed so far: number, name, e-mail, SKU, tracking, payment id; each word is a prefix,
 * accents do not matter
 *
 * Returns: (transfer full) (element-type gint64): up to @limit orders, the latest in the book
 * first; none for a @text without letters.
 */
GArray *
wb_book_search (WbBook *self, const char *text, guint limit, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char   *match = match_expression (text);
  g_autoptr (WbRows) rows = NULL;

  if (*match == '\0')
    return g_steal_pointer (&ids);
  rows = wb_database_query (
      self->database, error,
      "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", "si", match,
      (gint64) limit);
  return rows != NULL && collect_ids (rows, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/**
 * wb_book_list_troubled_orders:
 * @capture_before: also those whose authorisation ends before this instant
 *
 * Returns: (transfer full) (element-type WbOrder): heads of orders that are held, edited after
 * their label, left without their payment being taken, or (still to ship) doubted in their address
 * or about to lose their authorisation.
 */
GPtrArray *
wb_book_list_troubled_orders (WbBook *self, WbInstant capture_before, GError **error)
{
  return wb_database_select (
      self->database, WB_TYPE_ORDER, error,
      "WHERE id IN (SELECT id FROM orders WHERE stage = 'hold' AND hold_reason IS NOT NULL"
      " UNION SELECT id FROM orders WHERE edited_after_label = 1 AND stage <> 'cancelled'"
      " UNION SELECT s.order_id FROM shipment s JOIN orders o ON o.id = s.order_id"
      "  WHERE s.state = 'labelled' AND o.stage = 'cancelled'"
      " UNION SELECT id FROM orders WHERE charge_state = 'authorised' AND stage = 'shipped'"
      "  AND capture_before > 0"
      " UNION SELECT id FROM orders WHERE stage IN ('ready', 'partial', 'hold')"
      "  AND (address_doubt IS NOT NULL OR charge_state = 'lapsed'"
      "   OR (charge_state IN ('authorised', 'partial') AND capture_before > 0"
      "       AND capture_before < ?))) ORDER BY id DESC LIMIT 500",
      "i", capture_before);
}

/** wb_book_list_promised_orders: Returns: (transfer full) (element-type WbOrder): heads of the
 * orders that are still to ship and whose authorisation has an end. */
GPtrArray *
wb_book_list_promised_orders (WbBook *self, GError **error)
{
  return wb_database_select (self->database, WB_TYPE_ORDER, error,
                             "WHERE stage IN ('ready', 'partial', 'hold') AND charge_state IN "
                             "('authorised', 'partial') AND capture_before > 0 ORDER BY "
                             "capture_before",
                             NULL);
}

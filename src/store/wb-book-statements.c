/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements of banks, gateways and carriers: each file and each row once, and what a row may be
 * about. */
#include "wb-book-money.h"
#include "wb-book-private.h"

/** wb_book_save_statement: keeps the head of a file by (kind, account, number); sets its `id`; a
 * file that is there keeps its number. */
gboolean
wb_book_save_statement (WbBook *self, WbStatement *statement, GError **error)
{
  gint64 id = 0;

  if (wb_record_get_text (statement, WB_STATEMENT_ACCOUNT) == NULL)
    wb_record_set_text (statement, WB_STATEMENT_ACCOUNT, "");
  wb_database_get_int (self->database, &id, NULL,
                       "SELECT id FROM statement WHERE kind = ? AND account = ? AND number = ?",
                       "sss", wb_record_get_text (statement, WB_STATEMENT_KIND),
                       wb_record_get_text (statement, WB_STATEMENT_ACCOUNT),
                       wb_record_get_text (statement, WB_STATEMENT_NUMBER));
  wb_record_set_int (statement, WB_STATEMENT_ID, id);
  return wb_book_save (self, statement, error);
}

/** wb_book_has_statement_row: @has: (out): whether a row of that name is there. */
gboolean
wb_book_has_statement_row (WbBook     *self,
                           const char *kind,
                           const char *account,
                           const char *ref,
                           gboolean   *has,
                           GError    **error)
{
  gint64 there = 0;

  if (!wb_database_get_int (
          self->database, &there, error,
          "SELECT COUNT(*) FROM statement_row WHERE kind = ? AND account = ? AND ref = ?", "sss",
          kind, account, ref))
    return FALSE;
  *has = there > 0;
  return TRUE;
}

/** wb_book_add_statement_row: @added: (out): %FALSE when the row is there already: it stays as it
 * is, with what was matched to it. */
gboolean
wb_book_add_statement_row (WbBook *self, WbStatementRow *row, gboolean *added, GError **error)
{
  gboolean there = FALSE;

  if (!wb_book_has_statement_row (self, wb_record_get_text (row, WB_STATEMENT_ROW_KIND),
                                  wb_record_get_text (row, WB_STATEMENT_ROW_ACCOUNT),
                                  wb_record_get_text (row, WB_STATEMENT_ROW_REF), &there, error) ||
      (!there && !wb_database_insert (self->database, row, NULL, error)))
    return FALSE;
  *added = !there;
  return TRUE;
}

/** wb_book_get_statement_row: Returns: (transfer full): by number. */
WbStatementRow *
wb_book_get_statement_row (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_statement_row_get_type (), error,
                                            "WHERE id = ?", "i", id),
                        "row of a statement", error);
}

/** wb_book_list_statements: Returns: (transfer full) (element-type WbStatement): newest first. */
GPtrArray *
wb_book_list_statements (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_statement_get_type (), error,
                             "ORDER BY imported_at DESC, id DESC", NULL);
}

/** wb_book_list_statement_rows: Returns: (transfer full) (element-type WbStatementRow): in the
 * file's order; @limit 0: all. */
GPtrArray *
wb_book_list_statement_rows (WbBook *self, gint64 statement_id, guint limit, GError **error)
{
  return wb_database_select (self->database, wb_statement_row_get_type (), error,
                             "WHERE statement_id = ? ORDER BY id LIMIT ?", "ii", statement_id,
                             limit == 0 ? (gint64) -1 : (gint64) limit);
}

/** wb_book_list_open_rows: Returns: (transfer full) (element-type WbStatementRow): what nothing
 * here explains yet, newest first; @kind (nullable): of that kind only. */
GPtrArray *
wb_book_list_open_rows (WbBook *self, const char *kind, guint limit, GError **error)
{
  return wb_database_select (
      self->database, wb_statement_row_get_type (), error,
      "WHERE state = 'open' AND (?1 IS NULL OR kind = ?1) ORDER BY at DESC, id DESC LIMIT ?2", "si",
      kind, limit == 0 ? (gint64) -1 : (gint64) limit);
}

/**
 * wb_book_find_payout_of_text:
 * Returns: the payout whose own name, or whose mark on the bank's statement, stands in @text, and
 * whose amount is exactly @amount; 0 when there is none, or more than one that is not matched yet.
 */
gint64
wb_book_find_payout_of_text (WbBook *self, const char *text, const char *currency, gint64 amount)
{
  g_autoptr (WbRows) rows = NULL;
  gint64             found = 0;

  if (text == NULL)
    return 0;
  rows = wb_database_query (
      self->database, NULL,
      "SELECT p.id FROM payout AS p WHERE p.currency = ?2 AND p.amount = ?3 AND (INSTR (?1, p.ref) "
      "> 0 OR (LENGTH (p.bank_ref) >= 6 AND INSTR (UPPER (?1), UPPER (p.bank_ref)) > 0)) AND NOT "
      "EXISTS (SELECT 1 FROM statement_row AS r WHERE r.matched_kind = 'payout' AND r.matched_id = "
      "p.id AND r.kind = 'bank') ORDER BY p.made_at LIMIT 2",
      "ssi", text, currency, amount);
  if (rows != NULL && wb_rows_next (rows, NULL))
    found = wb_rows_int (rows, 0);
  return rows != NULL && found != 0 && wb_rows_next (rows, NULL) ? 0 : found;
}

/** wb_book_find_label_of_tracking: Returns: the label with that tracking number (the live one
 * first), 0 when there is none. @order_id, @shipment_id: (out): its own. */
gint64
wb_book_find_label_of_tracking (WbBook     *self,
                                const char *tracking,
                                gint64     *order_id,
                                gint64     *shipment_id)
{
  g_autoptr (WbRows) rows = NULL;

  if (tracking == NULL || *tracking == '\0')
    return 0;
  rows = wb_database_query (
      self->database, NULL,
      "SELECT id, order_id, shipment_id FROM label WHERE tracking = ? ORDER BY (state = 'live') "
      "DESC, id DESC LIMIT 1",
      "s", tracking);
  if (rows == NULL || !wb_rows_next (rows, NULL))
    return 0;
  *order_id = wb_rows_int (rows, 1);
  *shipment_id = wb_rows_int (rows, 2);
  return wb_rows_int (rows, 0);
}

/** wb_book_sum_billed: @billed: (out): what carriers' invoices have billed for a label so far. */
gboolean
wb_book_sum_billed (WbBook *self, gint64 label_id, gint64 *billed, GError **error)
{
  return wb_database_get_int (self->database, billed, error,
                              "SELECT COALESCE (SUM (amount), 0) FROM statement_row WHERE "
                              "matched_kind = 'label' AND matched_id = ?",
                              "i", label_id);
}

/** wb_book_save_mapping: remembers how the columns of @name's files are read. */
gboolean
wb_book_save_mapping (
    WbBook *self, const char *kind, const char *name, const char *mapping, GError **error)
{
  return wb_database_run (
      self->database, error,
      "INSERT INTO import_mapping (kind, name, mapping, changed_at) VALUES (?, ?, ?, ?) ON "
      "CONFLICT "
      "(kind, name) DO UPDATE SET mapping = excluded.mapping, changed_at = excluded.changed_at",
      "sssi", kind, name, mapping, wb_now ());
}

/** wb_book_get_mapping: Returns: (transfer full) (nullable): the mapping as JSON text. */
char *
wb_book_get_mapping (WbBook *self, const char *kind, const char *name)
{
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, NULL, "SELECT mapping FROM import_mapping WHERE kind = ? AND name = ?", "ss",
      kind, name);

  return rows != NULL && wb_rows_next (rows, NULL) ? g_strdup (wb_rows_text (rows, 0)) : NULL;
}

/* ---- what a row may be about ---- */

#define WEEK (7 * 24 * 60 * 60)

/* Same currency and a like amount (within a twentieth), or a like time. ?1 currency, ?2 amount, ?3
 * at, ?4 how far the times may be apart. */
static const struct
{
  const char *kind; /* of the row */
  const char *candidate;
  const char *sql;
} searches[] = {
  { WB_STATEMENT_BANK, WB_ROW_PAYOUT,
    "SELECT id, ref, bank_ref, currency, amount, CASE WHEN arrives_at > 0 THEN arrives_at ELSE "
    "made_at END AS day FROM payout WHERE currency = ?1 AND ABS (amount - ?2) * 20 <= ABS (?2) AND "
    "ABS (CASE WHEN arrives_at > 0 THEN arrives_at ELSE made_at END - ?3) <= ?4 AND NOT EXISTS "
    "(SELECT 1 FROM statement_row AS r WHERE r.matched_kind = 'payout' AND r.matched_id = "
    "payout.id "
    "AND r.kind = 'bank') ORDER BY ABS (amount - ?2), ABS (day - ?3) LIMIT 20" },
  { WB_STATEMENT_PAYOUT, WB_ROW_PAYOUT,
    "SELECT id, ref, bank_ref, currency, amount, made_at FROM payout WHERE currency = ?1 AND ABS "
    "(amount - ?2) * 20 <= ABS (?2) AND ABS (made_at - ?3) <= ?4 ORDER BY ABS (amount - ?2) LIMIT "
    "20" },
  { WB_STATEMENT_BANK, WB_ROW_ORDER,
    "SELECT id, number, customer_name, currency, total, placed_at FROM orders WHERE currency = ?1 "
    "AND total = ?2 AND placed_at BETWEEN ?3 - 8 * ?4 AND ?3 + ?4 ORDER BY placed_at DESC LIMIT "
    "20" },
  { WB_STATEMENT_CARRIER, WB_ROW_LABEL,
    "SELECT id, tracking, service, currency, cost, bought_at FROM label WHERE currency = ?1 AND "
    "ABS (cost - ?2) * 20 <= ABS (?2) AND bought_at BETWEEN ?3 - 6 * ?4 AND ?3 + ?4 AND NOT EXISTS "
    "(SELECT 1 FROM statement_row AS r WHERE r.matched_kind = 'label' AND r.matched_id = label.id) "
    "ORDER BY ABS (cost - ?2), bought_at DESC LIMIT 20" },
};

static WbCandidate *
read_candidate (WbRows *rows, const char *kind)
{
  WbCandidate *candidate = g_new0 (WbCandidate, 1);

  candidate->kind = kind;
  candidate->id = wb_rows_int (rows, 0);
  candidate->name = g_strdup (wb_rows_text (rows, 1));
  candidate->person = g_strdup (wb_rows_text (rows, 2));
  g_strlcpy (candidate->currency, wb_rows_text (rows, 3), sizeof candidate->currency);
  candidate->amount = wb_rows_int (rows, 4);
  candidate->at = wb_rows_int (rows, 5);
  return candidate;
}

/** wb_book_list_candidates: Returns: (transfer full) (element-type WbCandidate): what @row may be
 * about, by currency, amount and time; nothing is decided. */
GPtrArray *
wb_book_list_candidates (WbBook *self, WbStatementRow *row, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_candidate_free);
  const char           *kind = wb_record_get_text (row, WB_STATEMENT_ROW_KIND);

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (WbRows) rows = NULL;
      g_autoptr (GError) local = NULL;

      if (g_strcmp0 (searches[i].kind, kind) != 0)
        continue;
      rows = wb_database_query (self->database, error, searches[i].sql, "siii",
                                wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY),
                                wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT),
                                wb_record_get_int (row, WB_STATEMENT_ROW_AT), (gint64) WEEK);
      if (rows == NULL)
        return NULL;
      while (wb_rows_next (rows, &local))
        g_ptr_array_add (all, read_candidate (rows, searches[i].candidate));
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&all);
}

/** wb_candidate_free: frees @candidate. */
void
wb_candidate_free (WbCandidate *candidate)
{
  g_free (candidate->name);
  g_free (candidate->person);
  g_free (candidate);
}

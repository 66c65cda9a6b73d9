/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements from outside, row by row: what names its payout or its parcel is matched, what differs
 * from a label's price becomes an adjustment, and all else waits for a person with offers. */
#include "wb-statement-import.h"

#include <glib/gi18n-lib.h>

#define DAY (24 * 60 * 60)

struct _WbStatementImport
{
  WbDesk        *desk;
  WbStatement   *head;
  WbImportResult result;
  gboolean       open; /* its transaction is */
};

/**
 * wb_desk_begin_import:
 * @head: kind, account, number (its own, or made of the file's bytes) and what else is known
 *
 * Begins to import a statement: add its rows, then finish. All of it happens or nothing does; a
 * file that was imported before adds nothing. Nothing else may be done with the desk meanwhile.
 *
 * Returns: (transfer full): free with wb_statement_import_free().
 */
WbStatementImport *
wb_desk_begin_import (WbDesk *self, WbStatement *head, GError **error)
{
  g_autoptr (WbStatementImport) import = NULL;

  if (wb_record_get_text (head, WB_STATEMENT_NUMBER) == NULL ||
      wb_record_get_text (head, WB_STATEMENT_KIND) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A statement needs its kind and a number");
      return NULL;
    }
  import = g_new0 (WbStatementImport, 1);
  import->desk = g_object_ref (self);
  import->head = g_object_ref (head);
  wb_record_set_int (head, WB_STATEMENT_IMPORTED_AT, wb_now ());
  if (!wb_book_begin (wb_desk_get_book (self), error))
    return NULL;
  import->open = TRUE;
  if (!wb_book_save_statement (wb_desk_get_book (self), head, error))
    return NULL;
  import->result.statement_id = wb_record_get_int (head, WB_STATEMENT_ID);
  return g_steal_pointer (&import);
}

/* ---- what a row is about, when it says so itself ---- */

static void
set_match (WbStatementRow *row, const char *kind, gint64 id, const char *how, gint64 expected)
{
  wb_record_set_text (row, WB_STATEMENT_ROW_STATE, WB_ROW_MATCHED);
  wb_record_set_text (row, WB_STATEMENT_ROW_MATCHED_KIND, kind);
  wb_record_set_int (row, WB_STATEMENT_ROW_MATCHED_ID, id);
  wb_record_set_text (row, WB_STATEMENT_ROW_MATCH_HOW, how);
  wb_record_set_int (row, WB_STATEMENT_ROW_EXPECTED, expected);
}

/* What was billed beyond the label's price, over all rows for it, is one adjustment a row: a second
 * row for the same parcel is a surcharge in full. */
static gint64
expected_of_label (WbBook *book, WbStatementRow *row, WbLabel *label, GError **error)
{
  gint64 billed = 0;

  if (!wb_book_sum_billed (book, wb_record_get_int (label, WB_LABEL_ID), &billed, error))
    return -1;
  return MAX (0, wb_record_get_int (label, WB_LABEL_COST) - MAX (0, billed));
}

static gboolean
add_adjustment (WbBook *book, WbStatementRow *row, WbLabel *label, gboolean *added, GError **error)
{
  gint64 difference = wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT) -
                      wb_record_get_int (row, WB_STATEMENT_ROW_EXPECTED);
  g_autoptr (WbEntry) entry = NULL;
  g_autofree char    *ref = NULL;

  *added = FALSE;
  if (difference == 0)
    return TRUE;
  entry = wb_entry_new ();
  ref = g_strdup_printf ("%s/%s", wb_record_get_text (row, WB_STATEMENT_ROW_ACCOUNT),
                         wb_record_get_text (row, WB_STATEMENT_ROW_REF));
  wb_record_set_int (entry, WB_ENTRY_AT, wb_record_get_int (row, WB_STATEMENT_ROW_AT));
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, wb_record_get_int (label, WB_LABEL_ORDER_ID));
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID, wb_record_get_int (label, WB_LABEL_SHIPMENT_ID));
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_ADJUSTMENT);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_INVOICE);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, wb_record_get_text (label, WB_LABEL_TRACKING));
  wb_record_set_text (entry, WB_ENTRY_CURRENCY,
                      wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY));
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, -difference);
  wb_record_set_text (entry, WB_ENTRY_NOTE, wb_record_get_text (row, WB_STATEMENT_ROW_REASON));
  return wb_book_add_entry (book, entry, added, error);
}

static gboolean
match_label (WbBook         *book,
             WbStatementRow *row,
             gint64          label_id,
             const char     *how,
             gboolean       *adjusted,
             GError        **error)
{
  g_autoptr (WbLabel) label = wb_book_get_label (book, label_id, error);
  gint64              expected;

  if (label == NULL)
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (label, WB_LABEL_CURRENCY),
                 wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY)) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "The label %s was bought in %s, the invoice is in %s: they cannot be compared",
                   wb_record_get_text (label, WB_LABEL_TRACKING),
                   wb_record_get_text (label, WB_LABEL_CURRENCY),
                   wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY));
      return FALSE;
    }
  if ((expected = expected_of_label (book, row, label, error)) < 0)
    return FALSE;
  set_match (row, WB_ROW_LABEL, label_id, how, expected);
  return add_adjustment (book, row, label, adjusted, error);
}

static gboolean
same_currency (WbBook *book, gint64 label_id, WbStatementRow *row)
{
  g_autoptr (WbLabel) label = wb_book_get_label (book, label_id, NULL);

  return label != NULL && g_strcmp0 (wb_record_get_text (label, WB_LABEL_CURRENCY),
                                     wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY)) == 0;
}

/* Only what the row says itself: its tracking number, or the payout's name with the same amount. */
static gboolean
match_by_itself (WbBook *book, WbStatementRow *row, gboolean *adjusted, GError **error)
{
  const char *kind = wb_record_get_text (row, WB_STATEMENT_ROW_KIND);
  gint64      order = 0, shipment = 0, id;

  if (g_strcmp0 (kind, WB_STATEMENT_CARRIER) == 0)
    {
      id = wb_book_find_label_of_tracking (
          book, wb_record_get_text (row, WB_STATEMENT_ROW_TRACKING), &order, &shipment);
      return id == 0 || !same_currency (book, id, row) ||
             match_label (book, row, id, WB_ROW_BY_TRACKING, adjusted, error);
    }
  id = wb_book_find_payout_of_text (book, wb_record_get_text (row, WB_STATEMENT_ROW_TEXT),
                                    wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY),
                                    wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT));
  if (id != 0)
    set_match (row, WB_ROW_PAYOUT, id, WB_ROW_BY_REFERENCE,
               wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT));
  return TRUE;
}

static gboolean
is_there (WbBook *book, WbStatementRow *row, gboolean *there, GError **error)
{
  return wb_book_has_statement_row (book, wb_record_get_text (row, WB_STATEMENT_ROW_KIND),
                                    wb_record_get_text (row, WB_STATEMENT_ROW_ACCOUNT),
                                    wb_record_get_text (row, WB_STATEMENT_ROW_REF), there, error);
}

static void
widen (WbStatement *head, WbInstant at)
{
  WbInstant first = wb_record_get_int (head, WB_STATEMENT_FIRST_AT);

  if (first == 0 || at < first)
    wb_record_set_int (head, WB_STATEMENT_FIRST_AT, at);
  if (at > wb_record_get_int (head, WB_STATEMENT_LAST_AT))
    wb_record_set_int (head, WB_STATEMENT_LAST_AT, at);
}

static gboolean
check_row (WbStatementRow *row, GError **error)
{
  if (wb_record_get_text (row, WB_STATEMENT_ROW_REF) != NULL &&
      wb_currency_is_valid (wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY)) &&
      wb_record_get_int (row, WB_STATEMENT_ROW_AT) > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "A row of a statement needs a name of its own, a date and a currency");
  return FALSE;
}

/** wb_statement_import_add: one row more, in the file's order: @row as its importer read it,
 * without the fields that are ours. */
gboolean
wb_statement_import_add (WbStatementImport *self, WbStatementRow *row, GError **error)
{
  WbBook  *book = wb_desk_get_book (self->desk);
  gboolean there = FALSE, adjusted = FALSE, added = FALSE;

  if (!check_row (row, error))
    return FALSE;
  wb_record_set_int (row, WB_STATEMENT_ROW_STATEMENT_ID, self->result.statement_id);
  wb_record_set_text (row, WB_STATEMENT_ROW_KIND,
                      wb_record_get_text (self->head, WB_STATEMENT_KIND));
  wb_record_set_text (row, WB_STATEMENT_ROW_ACCOUNT,
                      wb_record_get_text (self->head, WB_STATEMENT_ACCOUNT));
  wb_record_set_text (row, WB_STATEMENT_ROW_STATE, WB_ROW_OPEN);
  self->result.rows++;
  widen (self->head, wb_record_get_int (row, WB_STATEMENT_ROW_AT));
  if (!is_there (book, row, &there, error))
    return FALSE;
  if (there)
    {
      self->result.known++;
      return TRUE;
    }
  if (!match_by_itself (book, row, &adjusted, error) ||
      !wb_book_add_statement_row (book, row, &added, error))
    return FALSE;
  self->result.added++;
  self->result.adjustments += adjusted;
  if (g_strcmp0 (wb_record_get_text (row, WB_STATEMENT_ROW_STATE), WB_ROW_MATCHED) == 0)
    self->result.matched++;
  else
    self->result.open++;
  return TRUE;
}

/** wb_statement_import_finish: writes all of it. @result: (out): what became of the rows. */
gboolean
wb_statement_import_finish (WbStatementImport *self, WbImportResult *result, GError **error)
{
  WbBook              *book = wb_desk_get_book (self->desk);
  g_autoptr (JsonNode) detail =
      wb_json_make ("s:number", wb_record_get_text (self->head, WB_STATEMENT_NUMBER), "i:rows",
                    self->result.rows, "i:added", self->result.added, NULL);

  if (!wb_book_save_statement (book, self->head, error) ||
      !wb_book_add_event (book, "statement", self->result.statement_id, "imported",
                          wb_desk_get_actor (self->desk), detail, error))
    return FALSE;
  self->open = FALSE;
  if (!wb_book_commit (book, error))
    return FALSE;
  *result = self->result;
  return TRUE;
}

/** wb_statement_import_free: frees @self; what was not finished is undone. */
void
wb_statement_import_free (WbStatementImport *self)
{
  if (self->open)
    wb_book_rollback (wb_desk_get_book (self->desk));
  g_object_unref (self->head);
  g_object_unref (self->desk);
  g_free (self);
}

/* ---- what a row may be about: scored and offered, never guessed ---- */

static gboolean
names_it (WbStatementRow *row, const char *name)
{
  const char      *text = wb_record_get_text (row, WB_STATEMENT_ROW_TEXT);
  g_autofree char *low = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  g_autofree char *wanted = name != NULL ? g_utf8_casefold (name, -1) : NULL;

  return low != NULL && wanted != NULL && strlen (wanted) >= 3 && strstr (low, wanted) != NULL;
}

static gboolean
is_from (WbStatementRow *row, const char *person)
{
  const char      *from = wb_record_get_text (row, WB_STATEMENT_ROW_COUNTERPARTY);
  g_autofree char *one = from != NULL ? g_utf8_casefold (from, -1) : NULL;
  g_autofree char *two = person != NULL ? g_utf8_casefold (person, -1) : NULL;

  return one != NULL && two != NULL && *two != '\0' && strstr (one, two) != NULL;
}

/* Up to 40 for the amount, 30 for the day, 30 for the name. */
static guint
score_of (WbStatementRow *row, const WbCandidate *candidate, GString *why)
{
  gint64 amount = wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT);
  gint64 apart = ABS (wb_record_get_int (row, WB_STATEMENT_ROW_AT) - candidate->at) / DAY;
  guint  score = 0;

  if (amount == candidate->amount)
    {
      score += 40;
      g_string_append (why, _ ("the same amount"));
    }
  else
    {
      score += 15;
      g_string_append (why, _ ("nearly the same amount"));
    }
  g_string_append (why, ", ");
  g_string_append_printf (why, ngettext ("%d day apart", "%d days apart", (gulong) apart),
                          (int) apart);
  score += apart <= 1 ? 30 : apart <= 3 ? 20 : apart <= 7 ? 10 : 2;
  if (names_it (row, candidate->name))
    {
      score += 30;
      g_string_append_printf (why, ", %s", _ ("its name stands in the text"));
    }
  else if (is_from (row, candidate->person))
    {
      score += 20;
      g_string_append_printf (why, ", %s", _ ("from the same person"));
    }
  return score;
}

static int
compare_offers (gconstpointer a, gconstpointer b)
{
  const WbMatchOffer *one = *(const WbMatchOffer *const *) a,
                     *two = *(const WbMatchOffer *const *) b;

  if (one->score != two->score)
    return one->score > two->score ? -1 : 1;
  return one->id < two->id ? -1 : one->id > two->id;
}

/** wb_offer_matches: Returns: (transfer full) (element-type WbMatchOffer): what a row may be
 * about, likeliest first, each with its score and why; a person chooses. */
GPtrArray *
wb_offer_matches (WbBook *book, gint64 row_id, GError **error)
{
  g_autoptr (WbStatementRow) row = wb_book_get_statement_row (book, row_id, error);
  g_autoptr (GPtrArray)      candidates =
      row != NULL ? wb_book_list_candidates (book, row, error) : NULL;
  g_autoptr (GPtrArray) offers = NULL;

  if (candidates == NULL)
    return NULL;
  offers = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_match_offer_free);
  for (guint i = 0; i < candidates->len; i++)
    {
      const WbCandidate  *candidate = candidates->pdata[i];
      WbMatchOffer       *offer = g_new0 (WbMatchOffer, 1);
      g_autoptr (GString) why = g_string_new (NULL);
      g_autofree char    *amount =
          wb_money_to_text (wb_money (candidate->amount, candidate->currency));

      offer->kind = candidate->kind;
      offer->id = candidate->id;
      offer->score = score_of (row, candidate, why);
      offer->title = g_strdup_printf ("%s · %s", candidate->name, amount);
      offer->why = g_string_free (g_steal_pointer (&why), FALSE);
      g_ptr_array_add (offers, offer);
    }
  g_ptr_array_sort (offers, compare_offers);
  return g_steal_pointer (&offers);
}

/** wb_match_offer_free: frees @offer. */
void
wb_match_offer_free (WbMatchOffer *offer)
{
  g_free (offer->title);
  g_free (offer->why);
  g_free (offer);
}

/* ---- a person decides ---- */

static WbStatementRow *
get_open_row (WbBook *book, gint64 row_id, GError **error)
{
  g_autoptr (WbStatementRow) row = wb_book_get_statement_row (book, row_id, error);

  if (row == NULL)
    return NULL;
  if (g_strcmp0 (wb_record_get_text (row, WB_STATEMENT_ROW_STATE), WB_ROW_MATCHED) == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "This row has been matched already; what it made in the ledger stays");
      return NULL;
    }
  return g_steal_pointer (&row);
}

static gboolean
match_and_save (WbDesk *self, WbStatementRow *row, const char *kind, gint64 id, GError **error)
{
  gint64   amount = wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT);
  gboolean adjusted = FALSE;

  if (g_strcmp0 (kind, WB_ROW_LABEL) == 0)
    {
      if (!match_label (wb_desk_get_book (self), row, id, WB_ROW_BY_PERSON, &adjusted, error))
        return FALSE;
    }
  else
    set_match (row, kind, id, WB_ROW_BY_PERSON, amount);
  return wb_book_save (wb_desk_get_book (self), row, error);
}

/** wb_desk_match_row: a person says what a row is about (@kind: WB_ROW_…, @id: its number); a
 * carrier's row then makes its adjustment. */
gboolean
wb_desk_match_row (WbDesk *self, gint64 row_id, const char *kind, gint64 id, GError **error)
{
  g_autoptr (WbStatementRow) row = get_open_row (wb_desk_get_book (self), row_id, error);

  if (row == NULL || !wb_book_begin (wb_desk_get_book (self), error))
    return FALSE;
  if (match_and_save (self, row, kind, id, error))
    return wb_book_commit (wb_desk_get_book (self), error);
  wb_book_rollback (wb_desk_get_book (self));
  return FALSE;
}

/** wb_desk_ignore_row: a person says why a row does not matter here. */
gboolean
wb_desk_ignore_row (WbDesk *self, gint64 row_id, const char *reason, GError **error)
{
  g_autoptr (WbStatementRow) row = get_open_row (wb_desk_get_book (self), row_id, error);

  if (row == NULL)
    return FALSE;
  if (reason == NULL || *reason == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A row is passed over with a reason only");
      return FALSE;
    }
  wb_record_set_text (row, WB_STATEMENT_ROW_STATE, WB_ROW_IGNORED);
  wb_record_set_text (row, WB_STATEMENT_ROW_NOTE, reason);
  return wb_book_save (wb_desk_get_book (self), row, error);
}

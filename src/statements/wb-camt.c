/* SPDX-License-Identifier: GPL-3.0-or-later
 * camt.053, the banks' statement in XML (ISO 20022): read as it streams, nothing fetched, no
 * entities but XML's own five, depth and sizes bounded. */
#include "wb-statement-private.h"

#include "wb-text.h"

#include <string.h>

#define MOST_DEPTH 64
#define MOST_TEXT  4096 /* of one element */
#define MOST_PATH  1024
#define CHUNK      (32 * 1024)

typedef struct
{
  WbStatementFile       *file;
  const WbStatementSink *sink;
  gpointer               data;
  GString               *path; /* /Document/BkToCstmrStmt/Stmt/… without prefixes */
  GString               *text;
  guint                  depth;
  WbStatement           *head;
  gboolean               begun; /* @head was told */
  guint                  statements, entries, line;

  /* of the entry at hand */
  char        currency[4];
  char       *amount, *date, *value_date, *own, *end_to_end, *party, *state, *balance;
  char        balance_currency[4];
  GString    *words;
  gboolean    debit, balance_debit;
  char       *balance_amount;
  GHashTable *seen;
} Camt;

static void
clear_entry (Camt *self)
{
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->date, g_free);
  g_clear_pointer (&self->value_date, g_free);
  g_clear_pointer (&self->own, g_free);
  g_clear_pointer (&self->end_to_end, g_free);
  g_clear_pointer (&self->party, g_free);
  g_clear_pointer (&self->state, g_free);
  g_string_truncate (self->words, 0);
  self->currency[0] = '\0';
  self->debit = FALSE;
}

static void
clear_balance (Camt *self)
{
  g_clear_pointer (&self->balance, g_free);
  g_clear_pointer (&self->balance_amount, g_free);
  self->balance_currency[0] = '\0';
  self->balance_debit = FALSE;
}

static gboolean
is_at (Camt *self, const char *end)
{
  return g_str_has_suffix (self->path->str, end);
}

static gboolean
begin_statement (Camt *self, GError **error)
{
  if (self->begun)
    return TRUE;
  self->begun = TRUE;
  if (wb_record_get_text (self->head, WB_STATEMENT_NUMBER) == NULL)
    {
      g_autofree char *number = g_strdup_printf ("%s-%u", self->file->hash, self->statements);

      wb_record_set_text (self->head, WB_STATEMENT_NUMBER, number);
    }
  return self->sink->begin (self->head, self->data, error);
}

static void
open_statement (Camt *self)
{
  g_clear_object (&self->head);
  self->head = wb_statement_new ();
  self->begun = FALSE;
  self->statements++;
  wb_record_set_text (self->head, WB_STATEMENT_FORMAT, WB_FORMAT_CAMT);
  g_hash_table_remove_all (self->seen);
}

/* ---- an entry is whole ---- */

static char *
name_entry (Camt *self)
{
  const char *parts[] = { self->own,
                          self->amount,
                          self->currency,
                          self->debit ? "D" : "C",
                          self->date,
                          self->own == NULL ? self->end_to_end : NULL,
                          self->own == NULL ? self->party : NULL,
                          self->own == NULL ? self->words->str : NULL };
  char       *digest = wb_row_digest (parts, G_N_ELEMENTS (parts));
  guint       times = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, digest));
  char       *name = times > 0 ? g_strdup_printf ("%s %u", digest, times + 1) : g_strdup (digest);

  g_hash_table_replace (self->seen, digest, GUINT_TO_POINTER (times + 1));
  return name;
}

static WbStatementRow *
make_row (Camt *self, GError **error)
{
  g_autoptr (WbStatementRow) row = wb_statement_row_new ();
  g_autofree char           *digest = NULL, *words = NULL;
  WbInstant                  at = 0;
  gint64                     minor = 0;

  if (self->amount == NULL || self->currency[0] == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the entry has no amount with a currency");
      return NULL;
    }
  if (!wb_cell_amount (self->amount, '.', self->currency, &minor, error) ||
      !wb_cell_date (self->date != NULL         ? self->date
                     : self->value_date != NULL ? self->value_date
                                                : "",
                     WB_DATES_YMD, &at, error))
    return NULL;
  if (self->end_to_end != NULL && !g_str_equal (self->end_to_end, "NOTPROVIDED"))
    g_string_append_printf (self->words, "%s%s", self->words->len > 0 ? " " : "", self->end_to_end);
  words = wb_text_one_line (self->words->str);
  digest = name_entry (self);
  wb_record_set_int (row, WB_STATEMENT_ROW_AT, at);
  wb_record_set_text (row, WB_STATEMENT_ROW_CURRENCY, self->currency);
  wb_record_set_int (row, WB_STATEMENT_ROW_AMOUNT, self->debit ? -minor : minor);
  wb_record_set_text (row, WB_STATEMENT_ROW_TEXT, *words != '\0' ? words : NULL);
  wb_record_set_text (row, WB_STATEMENT_ROW_COUNTERPARTY, self->party);
  wb_record_set_text (row, WB_STATEMENT_ROW_REF, digest);
  return g_steal_pointer (&row);
}

/* Only what is booked: a pending entry comes again, maybe otherwise. */
static gboolean
end_entry (Camt *self, GError **error)
{
  g_autoptr (GError)         why = NULL;
  g_autoptr (WbStatementRow) row = NULL;
  g_autofree char           *raw = NULL;

  self->entries++;
  if (self->state != NULL && !g_str_equal (self->state, "BOOK"))
    return TRUE;
  if (!begin_statement (self, error))
    return FALSE;
  raw =
      g_strdup_printf ("%s %s %s %.200s", self->date != NULL ? self->date : "–",
                       self->amount != NULL ? self->amount : "–", self->currency, self->words->str);
  row = make_row (self, &why);
  if (row != NULL)
    return self->sink->row (row, self->line, self->data, error);
  self->sink->bad (self->line, why->message, raw, self->data);
  return TRUE;
}

static void
end_balance (Camt *self)
{
  gint64 minor;
  int    field = g_strcmp0 (self->balance, "OPBD") == 0   ? WB_STATEMENT_OPENING
                 : g_strcmp0 (self->balance, "CLBD") == 0 ? WB_STATEMENT_CLOSING
                                                          : -1;

  if (field < 0 || self->balance_amount == NULL || self->balance_currency[0] == '\0' ||
      !wb_cell_amount (self->balance_amount, '.', self->balance_currency, &minor, NULL))
    return;
  wb_record_set_int (self->head, (guint) field, self->balance_debit ? -minor : minor);
  wb_record_set_text (self->head, WB_STATEMENT_CURRENCY, self->balance_currency);
}

/* ---- texts, by where they stand ---- */

static void
keep_text (char **where, const char *text)
{
  if (*where == NULL)
    *where = g_strdup (text);
}

static void
take_head_text (Camt *self, const char *text)
{
  if (is_at (self, "/Stmt/Id"))
    wb_record_set_text (self->head, WB_STATEMENT_NUMBER, text);
  else if (is_at (self, "/Stmt/Acct/Id/IBAN") || is_at (self, "/Stmt/Acct/Id/Othr/Id"))
    wb_record_set_text (self->head, WB_STATEMENT_ACCOUNT, text);
  else if (is_at (self, "/Stmt/Acct/Ccy"))
    wb_record_set_text (self->head, WB_STATEMENT_CURRENCY, text);
  else if (is_at (self, "/Bal/Tp/CdOrPrtry/Cd"))
    keep_text (&self->balance, text);
  else if (is_at (self, "/Bal/Amt"))
    keep_text (&self->balance_amount, text);
  else if (is_at (self, "/Bal/CdtDbtInd"))
    self->balance_debit = g_str_equal (text, "DBIT");
}

static void
add_words (Camt *self, const char *text)
{
  if (self->words->len < MOST_TEXT)
    g_string_append_printf (self->words, "%s%s", self->words->len > 0 ? " " : "", text);
}

/* Whoever is on the other side: who paid us, or whom we paid. */
static void
take_party (Camt *self, const char *text)
{
  gboolean debtor = strstr (self->path->str, "/Dbtr/") != NULL;

  if (debtor != self->debit)
    keep_text (&self->party, text);
}

static void
take_entry_text (Camt *self, const char *text)
{
  static const struct
  {
    const char *end;
    gsize       where;
  } plain[] = {
    { "/Ntry/Amt", G_STRUCT_OFFSET (Camt, amount) },
    { "/Ntry/Sts", G_STRUCT_OFFSET (Camt, state) },
    { "/Ntry/Sts/Cd", G_STRUCT_OFFSET (Camt, state) },
    { "/Ntry/BookgDt/Dt", G_STRUCT_OFFSET (Camt, date) },
    { "/Ntry/BookgDt/DtTm", G_STRUCT_OFFSET (Camt, date) },
    { "/Ntry/ValDt/Dt", G_STRUCT_OFFSET (Camt, value_date) },
    { "/Ntry/ValDt/DtTm", G_STRUCT_OFFSET (Camt, value_date) },
    { "/Ntry/AcctSvcrRef", G_STRUCT_OFFSET (Camt, own) },
    { "/Refs/EndToEndId", G_STRUCT_OFFSET (Camt, end_to_end) },
  };

  if (is_at (self, "/Ntry/CdtDbtInd"))
    self->debit = g_str_equal (text, "DBIT");
  else if (is_at (self, "/RmtInf/Ustrd") || is_at (self, "/Ntry/AddtlNtryInf") ||
           is_at (self, "/CdtrRefInf/Ref"))
    add_words (self, text);
  else if (is_at (self, "/Nm") && strstr (self->path->str, "/RltdPties/") != NULL)
    take_party (self, text);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (is_at (self, plain[i].end))
      keep_text ((char **) G_STRUCT_MEMBER_P (self, plain[i].where), text);
}

/* ---- the stream ---- */

static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
take_currency (Camt *self, const char **names, const char **values)
{
  char *to = is_at (self, "/Ntry/Amt")  ? self->currency
             : is_at (self, "/Bal/Amt") ? self->balance_currency
                                        : NULL;

  for (guint i = 0; to != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], "Ccy"))
      wb_cell_currency (values[i], to);
}

static void
start_cb (GMarkupParseContext *context,
          const char          *name,
          const char         **names,
          const char         **values,
          gpointer             data,
          GError             **error)
{
  Camt *self = data;

  if (++self->depth > MOST_DEPTH || self->path->len + strlen (name) > MOST_PATH)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "it is nested deeper than any statement is");
      return;
    }
  g_string_append_printf (self->path, "/%s", local_name (name));
  g_string_truncate (self->text, 0);
  take_currency (self, names, values);
  if (is_at (self, "/Stmt"))
    open_statement (self);
  else if (is_at (self, "/Stmt/Ntry"))
    {
      int line;

      clear_entry (self);
      g_markup_parse_context_get_position (context, &line, NULL);
      self->line = (guint) line;
    }
  else if (is_at (self, "/Stmt/Bal"))
    clear_balance (self);
}

static gboolean
end_parts (Camt *self, GError **error)
{
  if (is_at (self, "/Stmt/Ntry"))
    return end_entry (self, error);
  if (is_at (self, "/Stmt/Bal"))
    end_balance (self);
  else if (is_at (self, "/Stmt"))
    return begin_statement (self, error) && self->sink->end (self->head, self->data, error);
  return TRUE;
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Camt       *self = data;
  const char *slash;

  g_strstrip (self->text->str);
  self->text->len = strlen (self->text->str);
  if (self->text->len > 0 && self->head != NULL)
    {
      if (strstr (self->path->str, "/Ntry/") != NULL)
        take_entry_text (self, self->text->str);
      else
        take_head_text (self, self->text->str);
    }
  g_string_truncate (self->text, 0);
  if (self->head != NULL && !end_parts (self, error))
    return;
  slash = strrchr (self->path->str, '/');
  g_string_truncate (self->path, (gsize) (slash - self->path->str));
  self->depth--;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize n, gpointer data, GError **error)
{
  Camt *self = data;

  g_string_append_len (
      self->text, text,
      (gssize) MIN (n, self->text->len < MOST_TEXT ? MOST_TEXT - self->text->len : 0));
  if (!g_utf8_validate (self->text->str, (gssize) self->text->len, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (self->text->str, (gssize) self->text->len);

      g_string_assign (self->text, valid);
    }
}

static gboolean
fail_parse (Camt *self, GMarkupParseContext *context, GError **error)
{
  int line = 0;

  g_markup_parse_context_get_position (context, &line, NULL);
  if (error != NULL && *error != NULL && (*error)->domain == WB_ERROR)
    {
      g_prefix_error (error, "%s, line %d: ", self->file->name, line);
      return FALSE;
    }
  if (error != NULL)
    {
      g_autoptr (GError) why = g_steal_pointer (error);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s, line %d: this is no whole camt.053: %s",
                   self->file->name, line, why->message);
    }
  return FALSE;
}

static gboolean
feed (Camt                *self,
      GMarkupParseContext *context,
      GInputStream        *stream,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize           n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK, cancellable, error)) > 0)
    if (!g_markup_parse_context_parse (context, chunk, n, error))
      return fail_parse (self, context, error);
  if (n < 0)
    {
      wb_error_convert (error);
      return FALSE;
    }
  if (!g_markup_parse_context_end_parse (context, error))
    return fail_parse (self, context, error);
  if (self->statements > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: there is no statement in it",
               self->file->name);
  return FALSE;
}

/** wb_camt_read: tells @sink the statements of a camt.053 file, one account after the other. */
gboolean
wb_camt_read (WbStatementFile       *file,
              const WbStatementSink *sink,
              gpointer               data,
              GCancellable          *cancellable,
              GError               **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (GInputStream)   stream = wb_statement_file_stream (file, error);
  g_autoptr (GString)        path = g_string_new (NULL);
  g_autoptr (GString)        text = g_string_new (NULL);
  g_autoptr (GString)        words = g_string_new (NULL);
  g_autoptr (GHashTable)     seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Camt                       self = { .file = file,
                                      .sink = sink,
                                      .data = data,
                                      .path = path,
                                      .text = text,
                                      .words = words,
                                      .seen = seen };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  gboolean ok = stream != NULL && feed (&self, context, stream, cancellable, error);

  clear_entry (&self);
  clear_balance (&self);
  g_clear_object (&self.head);
  return ok;
}

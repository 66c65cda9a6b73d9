/* SPDX-License-Identifier: GPL-3.0-or-later
 * OFX, the banks' older statement: SGML without closing tags (1.x) and XML (2.x) by one reader that
 * sees tags and the text behind them, and nothing else. */
#include "wb-statement-private.h"

#include "wb-text.h"

#include <string.h>

#define MOST_TAG  64
#define MOST_TEXT 4096
#define CHUNK     (32 * 1024)

typedef struct
{
  WbStatementFile       *file;
  const WbStatementSink *sink;
  gpointer               data;
  GString               *tag, *text;
  gboolean               in_tag;
  guint                  line, row_line, statements;
  WbStatement           *head;
  gboolean               begun, in_row, in_ledger, in_from;
  char                   currency[4];
  char                  *amount, *posted, *id, *name, *memo, *check, *row_currency;
  GHashTable            *seen;
} Ofx;

static void
clear_row (Ofx *self)
{
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->posted, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->memo, g_free);
  g_clear_pointer (&self->check, g_free);
  g_clear_pointer (&self->row_currency, g_free);
  self->in_row = FALSE;
}

static gboolean
end_statement (Ofx *self, GError **error)
{
  gboolean ok = !self->begun || self->sink->end (self->head, self->data, error);

  self->begun = FALSE;
  g_clear_object (&self->head);
  return ok;
}

static gboolean
open_statement (Ofx *self, GError **error)
{
  if (!end_statement (self, error))
    return FALSE;
  self->head = wb_statement_new ();
  self->currency[0] = '\0';
  g_hash_table_remove_all (self->seen);
  wb_record_set_text (self->head, WB_STATEMENT_FORMAT, WB_FORMAT_OFX);
  self->statements++;
  return TRUE;
}

static gboolean
begin_statement (Ofx *self, GError **error)
{
  g_autofree char *number = NULL;

  if (self->begun)
    return TRUE;
  self->begun = TRUE;
  number = g_strdup_printf ("%s-%u", self->file->hash, self->statements);
  wb_record_set_text (self->head, WB_STATEMENT_NUMBER, number);
  wb_record_set_text (self->head, WB_STATEMENT_CURRENCY, self->currency);
  return self->sink->begin (self->head, self->data, error);
}

/* ---- a row is whole ---- */

/* “1,234.56” and “1234,56” are both allowed by the format. */
static char
decimal_of (const char *amount)
{
  const char *comma = strrchr (amount, ','), *point = strrchr (amount, '.');

  return comma != NULL && comma > point ? ',' : '.';
}

static char *
name_row (Ofx *self)
{
  const char      *parts[] = { self->id,
                               self->amount,
                               self->posted,
                          self->id == NULL ? self->name : NULL,
                          self->id == NULL ? self->memo : NULL,
                               self->check };
  char            *digest = wb_row_digest (parts, G_N_ELEMENTS (parts));
  guint            times = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, digest));
  g_autofree char *own = self->id != NULL ? g_strdup_printf ("%.100s ", self->id) : g_strdup ("");
  char            *name = times > 0 ? g_strdup_printf ("%s%s %u", own, digest, times + 1)
                                    : g_strdup_printf ("%s%s", own, digest);

  g_hash_table_replace (self->seen, digest, GUINT_TO_POINTER (times + 1));
  return name;
}

static WbStatementRow *
make_row (Ofx *self, GError **error)
{
  g_autoptr (WbStatementRow) row = wb_statement_row_new ();
  g_autofree char           *day = g_strndup (self->posted != NULL ? self->posted : "", 8);
  g_autofree char           *text = NULL, *line = NULL, *ref = NULL;
  char                       currency[4];
  WbInstant                  at = 0;
  gint64                     minor = 0;

  g_strlcpy (currency, self->currency, 4);
  if (self->row_currency != NULL)
    wb_cell_currency (self->row_currency, currency);
  if (currency[0] == '\0' || self->amount == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the row has no amount with a currency");
      return NULL;
    }
  if (!wb_cell_amount (self->amount, decimal_of (self->amount), currency, &minor, error) ||
      !wb_cell_date (day, WB_DATES_YMD, &at, error))
    return NULL;
  text = g_strjoin (" ",
                    self->memo != NULL   ? self->memo
                    : self->name != NULL ? self->name
                                         : "",
                    self->check, NULL);
  line = wb_text_one_line (text);
  ref = name_row (self);
  wb_record_set_int (row, WB_STATEMENT_ROW_AT, at);
  wb_record_set_text (row, WB_STATEMENT_ROW_CURRENCY, currency);
  wb_record_set_int (row, WB_STATEMENT_ROW_AMOUNT, minor);
  wb_record_set_text (row, WB_STATEMENT_ROW_TEXT, *line != '\0' ? line : NULL);
  wb_record_set_text (row, WB_STATEMENT_ROW_COUNTERPARTY, self->name);
  wb_record_set_text (row, WB_STATEMENT_ROW_REF, ref);
  return g_steal_pointer (&row);
}

static gboolean
end_row (Ofx *self, GError **error)
{
  g_autoptr (GError)         why = NULL;
  g_autoptr (WbStatementRow) row = NULL;
  g_autofree char           *raw = NULL;
  gboolean                   ok = TRUE;

  if (!self->in_row)
    return TRUE;
  raw = g_strdup_printf ("%s %s %.200s", self->posted != NULL ? self->posted : "–",
                         self->amount != NULL ? self->amount : "–",
                         self->name != NULL ? self->name : "");
  if (!begin_statement (self, error))
    return FALSE;
  row = make_row (self, &why);
  if (row != NULL)
    ok = self->sink->row (row, self->row_line, self->data, error);
  else
    self->sink->bad (self->row_line, why->message, raw, self->data);
  clear_row (self);
  return ok;
}

/* ---- tags and the text behind them ---- */

/* &amp; and its kin; what is none stays as it is. */
static char *
unescape (const char *text)
{
  static const struct
  {
    const char *entity, *stands_for;
  } entities[] = { { "&lt;", "<" },    { "&gt;", ">" },   { "&nbsp;", " " },
                   { "&quot;", "\"" }, { "&apos;", "'" }, { "&amp;", "&" } };
  GString *plain = g_string_new (NULL);

  while (*text != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (entities) && !g_str_has_prefix (text, entities[i].entity))
        i++;
      g_string_append (plain, i < G_N_ELEMENTS (entities) ? entities[i].stands_for
                                                          : (char[]){ *text, '\0' });
      text += i < G_N_ELEMENTS (entities) ? strlen (entities[i].entity) : 1;
    }
  return g_string_free (plain, FALSE);
}

static void
keep (char **where, const char *text)
{
  if (*where == NULL)
    *where = g_strdup (text);
}

static void
take_row_value (Ofx *self, const char *tag, const char *text)
{
  static const struct
  {
    const char *tag;
    gsize       where;
  } values[] = {
    { "TRNAMT", G_STRUCT_OFFSET (Ofx, amount) },
    { "DTPOSTED", G_STRUCT_OFFSET (Ofx, posted) },
    { "FITID", G_STRUCT_OFFSET (Ofx, id) },
    { "NAME", G_STRUCT_OFFSET (Ofx, name) },
    { "MEMO", G_STRUCT_OFFSET (Ofx, memo) },
    { "CHECKNUM", G_STRUCT_OFFSET (Ofx, check) },
    { "CURSYM", G_STRUCT_OFFSET (Ofx, row_currency) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].tag, tag))
      keep ((char **) G_STRUCT_MEMBER_P (self, values[i].where), text);
}

static void
take_balance (Ofx *self, const char *text)
{
  gint64 minor;

  if (self->currency[0] != '\0' &&
      wb_cell_amount (text, decimal_of (text), self->currency, &minor, NULL))
    wb_record_set_int (self->head, WB_STATEMENT_CLOSING, minor);
}

/* What stood behind the tag before this one. */
static void
take_value (Ofx *self)
{
  g_autofree char *valid = g_utf8_make_valid (self->text->str, (gssize) self->text->len);
  g_autofree char *text = unescape (g_strstrip (valid));
  const char      *tag = self->tag->str;

  if (*text == '\0' || self->head == NULL)
    return;
  if (self->in_row)
    take_row_value (self, tag, text);
  else if (g_str_equal (tag, "CURDEF"))
    wb_cell_currency (text, self->currency);
  else if (g_str_equal (tag, "ACCTID") && self->in_from)
    wb_record_set_text (self->head, WB_STATEMENT_ACCOUNT, text);
  else if (g_str_equal (tag, "BALAMT") && self->in_ledger)
    take_balance (self, text);
}

static gboolean
open_tag (Ofx *self, const char *tag, GError **error)
{
  if (g_str_equal (tag, "STMTRS") || g_str_equal (tag, "CCSTMTRS"))
    return open_statement (self, error);
  if (g_str_equal (tag, "BANKACCTFROM") || g_str_equal (tag, "CCACCTFROM"))
    self->in_from = TRUE;
  else if (g_str_equal (tag, "LEDGERBAL"))
    self->in_ledger = TRUE;
  else if (g_str_equal (tag, "STMTTRN") && self->head != NULL)
    {
      if (!end_row (self, error))
        return FALSE;
      clear_row (self);
      self->in_row = TRUE;
      self->row_line = self->line;
    }
  return TRUE;
}

static gboolean
close_tag (Ofx *self, const char *tag, GError **error)
{
  if (g_str_equal (tag, "STMTTRN") || g_str_equal (tag, "BANKTRANLIST"))
    return end_row (self, error);
  if (g_str_equal (tag, "BANKACCTFROM") || g_str_equal (tag, "CCACCTFROM"))
    self->in_from = FALSE;
  else if (g_str_equal (tag, "LEDGERBAL"))
    self->in_ledger = FALSE;
  else if ((g_str_equal (tag, "STMTRS") || g_str_equal (tag, "CCSTMTRS")) && self->head != NULL)
    return end_row (self, error) && begin_statement (self, error) && end_statement (self, error);
  return TRUE;
}

static gboolean
end_tag (Ofx *self, GError **error)
{
  char    *name = self->tag->str;
  gboolean closing = *name == '/';

  g_string_truncate (self->text, 0);
  for (char *p = name; *p != '\0'; p++)
    *p = g_ascii_toupper (*p);
  return closing ? close_tag (self, name + 1, error) : open_tag (self, name, error);
}

static gboolean
take_byte (Ofx *self, char c, GError **error)
{
  self->line += c == '\n';
  if (self->in_tag && c == '>')
    {
      self->in_tag = FALSE;
      return end_tag (self, error);
    }
  if (!self->in_tag && c == '<')
    {
      take_value (self);
      g_string_truncate (self->tag, 0);
      self->in_tag = TRUE;
      return TRUE;
    }
  if (c == '\0')
    return TRUE;
  if (self->in_tag && self->tag->len < MOST_TAG)
    g_string_append_c (self->tag, c);
  else if (!self->in_tag && self->text->len < MOST_TEXT)
    g_string_append_c (self->text, c);
  return TRUE;
}

static gboolean
feed (Ofx *self, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize           n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK, cancellable, error)) > 0)
    for (gssize i = 0; i < n; i++)
      if (!take_byte (self, chunk[i], error))
        return FALSE;
  if (n < 0)
    {
      wb_error_convert (error);
      return FALSE;
    }
  if (self->head != NULL || self->statements == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s, line %u: %s", self->file->name,
                   self->line,
                   self->statements == 0 ? "there is no statement in it"
                                         : "the file ends within a statement");
      return FALSE;
    }
  return TRUE;
}

/** wb_ofx_read: tells @sink the statements of an OFX file, one account after the other. */
gboolean
wb_ofx_read (WbStatementFile       *file,
             const WbStatementSink *sink,
             gpointer               data,
             GCancellable          *cancellable,
             GError               **error)
{
  g_autoptr (GInputStream) stream = wb_statement_file_stream (file, error);
  g_autoptr (GString)      tag = g_string_new (NULL);
  g_autoptr (GString)      text = g_string_new (NULL);
  g_autoptr (GHashTable)   seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Ofx                      self = {
                         .file = file, .sink = sink, .data = data, .tag = tag, .text = text, .line = 1, .seen = seen
  };
  gboolean ok = stream != NULL && feed (&self, stream, cancellable, error);

  clear_row (&self);
  g_clear_object (&self.head);
  return ok;
}

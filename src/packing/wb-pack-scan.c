/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifying on the packing table: what a scan means, what is counted by hand, what is taken back.
 */
#include "wb-pack-private.h"

#include "wb-error.h"
#include "wb-kit.h"
#include "wb-stock.h"

#include <glib/gi18n-lib.h>

static gboolean
is_of_line (WbPackLine *line, gint64 product_id, const char *code)
{
  return product_id != 0 ? line->product_id == product_id
                         : line->sku != NULL && g_str_equal (line->sku, code);
}

/* One that still wants some, else any of that product. */
static WbPackLine *
line_of (WbPack *self, gint64 product_id, const char *code)
{
  WbPackLine *full = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];

      if (!is_of_line (line, product_id, code))
        continue;
      if (line->counted < line->wanted)
        return line;
      full = line;
    }
  return full;
}

/* The line that the piece is for. A SKU is not unique (a variation may carry its parent's): where
 * the product it names is none of the order's, the line that bears it is meant. */
static WbPackLine *
line_for (WbPack *self, gint64 product_id, const char *code)
{
  WbPackLine *line = product_id != 0 ? line_of (self, product_id, code) : NULL;

  return line != NULL ? line : line_of (self, 0, code);
}

static gboolean
take_piece (WbPack     *self,
            WbPackLine *line,
            gint64      pieces,
            const char *code,
            WbScan     *scan,
            char      **words,
            GError    **error)
{
  if (line->counted + pieces > line->wanted)
    {
      *scan = WB_SCAN_EXTRA;
      *words =
          pieces > 1
              ? g_strdup_printf (_ ("A pack of %d is more than the %d that are wanted of "
                                    "%s: take it out"),
                                 (int) pieces, (int) (line->wanted - line->counted), line->name)
              : g_strdup_printf (_ ("One too many: all %d of %s are in. Take it out"),
                                 (int) line->wanted, line->name);
      return wb_pack_note (self, WB_EVIDENCE_EXTRA, line, pieces, code, error);
    }
  if (!wb_pack_note (self, WB_EVIDENCE_SCAN, line, pieces, code, error))
    return FALSE;
  line->counted += pieces;
  *scan = line->serials                ? WB_SCAN_SERIAL
          : line->lots                 ? WB_SCAN_LOT
          : wb_pack_is_complete (self) ? WB_SCAN_LAST
                                       : WB_SCAN_OK;
  if (*scan == WB_SCAN_SERIAL || *scan == WB_SCAN_LOT)
    {
      self->asks_line = line->line_id;
      self->asks_part = line->product_id;
      *words = g_strdup_printf (*scan == WB_SCAN_SERIAL ? _ ("%s: now its own number")
                                                        : _ ("%s: now its lot"),
                                line->name);
      return TRUE;
    }
  *words =
      g_strdup_printf (_ ("%s: %d of %d"), line->name, (int) line->counted, (int) line->wanted);
  return TRUE;
}

/* A GS1 code carries number and lot with it; otherwise they are scanned next. */
static gboolean
take_own_number (
    WbPack *self, WbPackLine *line, const char *number, WbScan *scan, char **words, GError **error)
{
  gboolean serial = line->serials;

  if (serial && !wb_stock_give_serial (self->book, line->product_id, number, line->line_id, error))
    return FALSE;
  if (!wb_pack_note (self, serial ? WB_EVIDENCE_SERIAL : WB_EVIDENCE_LOT, line, 0, number, error))
    return FALSE;
  self->asks_line = self->asks_part = 0;
  *scan = wb_pack_is_complete (self) ? WB_SCAN_LAST : WB_SCAN_OK;
  g_free (*words);
  *words = g_strdup_printf (_ ("%s: %d of %d, %s"), line->name, (int) line->counted,
                            (int) line->wanted, number);
  return TRUE;
}

static gboolean
refuse_code (WbPack     *self,
             const char *code,
             gboolean    known,
             const char *why,
             WbScan     *scan,
             char      **words,
             GError    **error)
{
  *scan = known ? WB_SCAN_WRONG : WB_SCAN_UNKNOWN;
  *words = why != NULL ? g_strdup (why)
           : known     ? g_strdup (_ ("This is no part of the order: take it out"))
                       : g_strdup_printf (_ ("Nobody knows the code %s"), code);
  return wb_pack_note (self, known ? WB_EVIDENCE_WRONG : WB_EVIDENCE_UNKNOWN, NULL, 0, code, error);
}

/* ---- an order's number ---- */

/* The slip of an order is scanned while one lies here: that is no piece. @own: (out): it is the
 * slip of what lies here. Returns: (nullable): what to say. */
static char *
read_number (WbPack *self, const char *code, gboolean *own)
{
  g_autoptr (GArray) orders = wb_book_match_orders (self->book, code, NULL);

  *own = FALSE;
  if (orders == NULL || orders->len == 0)
    return NULL;
  for (guint i = 0; i < self->order_ids->len; i++)
    *own |= g_array_index (self->order_ids, gint64, i) == g_array_index (orders, gint64, 0);
  /* Translators: the number of an order that was scanned */
  return *own
             ? g_strdup (_ ("This order lies here already: scan what goes in"))
             : g_strdup_printf (_ ("%s is another order: first ship the one that lies here, or put "
                                   "it aside (Esc)"),
                                code);
}

/* ---- a kit's own code ---- */

static gboolean
has_room (WbPack *self, WbPackLine *line, gint64 pieces)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *part = self->lines->pdata[i];

      if (part->line_id == line->line_id && part->counted + pieces * part->per_unit > part->wanted)
        return FALSE;
    }
  return TRUE;
}

/* The first part of a line of the kit that wants @pieces more; else of any such line. */
static WbPackLine *
kit_line (WbPack *self, gint64 kit_id, gint64 pieces)
{
  WbPackLine *full = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];

      if (line->kit_id != kit_id || wb_pack_find_line (self, line->line_id) != line)
        continue;
      if (has_room (self, line, pieces))
        return line;
      full = line;
    }
  return full;
}

/* Kept with the kit's own number: it counts for all of its parts, and is taken back as one. */
static gboolean
note_kit (WbPack     *self,
          const char *kind,
          WbPackLine *line,
          gint64      pieces,
          const char *code,
          GError    **error)
{
  g_autoptr (WbEvidence) evidence = wb_pack_evidence (self, kind, line, pieces, code);

  wb_record_set_int (evidence, WB_EVIDENCE_PRODUCT_ID, line->kit_id);
  if (!wb_book_save (self->book, evidence, error))
    return FALSE;
  if (g_str_equal (kind, WB_EVIDENCE_SCAN))
    wb_pack_apply (self, evidence);
  return TRUE;
}

/* A ready-made bundle is verified by its own code; another kit by the codes of its parts. */
static gboolean
scan_kit (WbPack     *self,
          WbPackLine *line,
          gint64      pieces,
          const char *code,
          WbScan     *scan,
          char      **words,
          GError    **error)
{
  gboolean ready_made = FALSE;

  if (!wb_kit_has_code (self->book, line->kit_id, &ready_made, error))
    return FALSE;
  if (!ready_made)
    {
      *scan = WB_SCAN_WRONG;
      *words = g_strdup_printf (_ ("%s is packed by its parts: scan each of them"), line->kit);
      return note_kit (self, WB_EVIDENCE_WRONG, line, 0, code, error);
    }
  if (!has_room (self, line, pieces))
    {
      *scan = WB_SCAN_EXTRA;
      *words = g_strdup_printf (_ ("One too many: %s or parts of it are in already. Take it out"),
                                line->kit);
      return note_kit (self, WB_EVIDENCE_EXTRA, line, pieces, code, error);
    }
  if (!note_kit (self, WB_EVIDENCE_SCAN, line, pieces, code, error))
    return FALSE;
  *scan = wb_pack_is_complete (self) ? WB_SCAN_LAST : WB_SCAN_OK;
  *words = g_strdup_printf (_ ("%s: %d with all parts"), line->kit, (int) pieces);
  return TRUE;
}

static gboolean
scan_item (
    WbPack *self, const char *code, WbScan *scan, WbPackLine **line, char **words, GError **error)
{
  g_auto (WbStockCode) item = { 0 };
  g_autoptr (GError)   local = NULL;
  g_autofree char     *number = NULL;
  gboolean             here = FALSE;
  const char          *own;

  if (!wb_stock_read_code (self->book, code, &item, &local) &&
      !g_error_matches (local, WB_ERROR, WB_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (item.product_id != 0 &&
      (*line = kit_line (self, item.product_id, MAX (1, item.pack))) != NULL)
    return scan_kit (self, *line, MAX (1, item.pack), code, scan, words, error);
  *line = line_for (self, item.product_id, code);
  if (*line == NULL && item.product_id == 0)
    number = read_number (self, code, &here);
  if (here)
    {
      *scan = WB_SCAN_OK;
      *words = g_steal_pointer (&number);
      return TRUE;
    }
  if (*line == NULL)
    return refuse_code (self, code, item.product_id != 0,
                        number != NULL  ? number
                        : local != NULL ? local->message
                                        : NULL,
                        scan, words, error);
  if (!take_piece (self, *line, MAX (1, item.pack), code, scan, words, error))
    return FALSE;
  own = *scan == WB_SCAN_SERIAL ? item.serial : *scan == WB_SCAN_LOT ? item.lot : NULL;
  return own == NULL || take_own_number (self, *line, own, scan, words, error);
}

/**
 * wb_pack_scan:
 * @scan: (out): what it meant
 * @line: (out) (nullable): which line it counted for, or is one too many of
 * @words: (out) (transfer full): for people
 *
 * What a scan means while an order is on the table. A wrong, unknown or extra piece is no error: it
 * is told, kept as evidence, and counts nothing.
 */
gboolean
wb_pack_scan (
    WbPack *self, const char *code, WbScan *scan, WbPackLine **line, char **words, GError **error)
{
  gboolean ok;

  *line = NULL;
  *words = NULL;
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (self->asks_line != 0 &&
      (*line = wb_pack_find_part (self, self->asks_line, self->asks_part)) != NULL)
    ok = take_own_number (self, *line, code, scan, words, error);
  else
    ok = scan_item (self, code, scan, line, words, error);
  if (ok)
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  g_clear_pointer (words, g_free);
  return FALSE;
}

/** wb_pack_count: a person says that @quantity more of a line are in (of a kit: of its part
 * @product_id), without a scan; it is kept as such. %WB_ERROR_TOO_MUCH for more than is wanted. */
gboolean
wb_pack_count (WbPack *self, gint64 line_id, gint64 product_id, gint64 quantity, GError **error)
{
  WbPackLine *line = wb_pack_find_part (self, line_id, product_id);

  if (line == NULL || quantity <= 0 || line->counted + quantity > line->wanted)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH, _ ("No more of it are wanted"));
      return FALSE;
    }
  if (!wb_pack_note (self, WB_EVIDENCE_BY_HAND, line, quantity, NULL, error))
    return FALSE;
  line->counted += quantity;
  return TRUE;
}

/* The newest count that was not taken back. */
static WbEvidence *
last_count (GPtrArray *evidence)
{
  guint undone = 0;

  for (guint i = evidence->len; i > 0; i--)
    {
      const char *kind = wb_record_get_text (evidence->pdata[i - 1], WB_EVIDENCE_KIND);

      if (g_str_equal (kind, WB_EVIDENCE_UNDONE))
        undone++;
      else if (g_str_equal (kind, WB_EVIDENCE_SCAN) || g_str_equal (kind, WB_EVIDENCE_BY_HAND))
        {
          if (undone == 0)
            return evidence->pdata[i - 1];
          undone--;
        }
    }
  return NULL;
}

/** wb_pack_undo: takes the last count back. @line: (out) (nullable): whose; %NULL: there was none.
 */
gboolean
wb_pack_undo (WbPack *self, WbPackLine **line, GError **error)
{
  g_autoptr (GPtrArray)  evidence = wb_pack_list_evidence (self, error);
  WbEvidence            *last = evidence != NULL ? last_count (evidence) : NULL;
  g_autoptr (WbEvidence) back = NULL;

  *line = last != NULL
              ? wb_pack_find_line (self, wb_record_get_int (last, WB_EVIDENCE_ORDER_LINE_ID))
              : NULL;
  if (*line == NULL)
    return evidence != NULL;
  back = wb_pack_evidence (self, WB_EVIDENCE_UNDONE, *line,
                           -wb_record_get_int (last, WB_EVIDENCE_QUANTITY), NULL);
  wb_record_set_int (back, WB_EVIDENCE_PRODUCT_ID,
                     wb_record_get_int (last, WB_EVIDENCE_PRODUCT_ID));
  if (!wb_book_save (self->book, back, error))
    return FALSE;
  *line = wb_pack_apply (self, back);
  self->asks_line = self->asks_part = 0;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The postal customs declarations CN 22 (74 × 105 mm) and CN 23 (210 × 148 mm), in the paper's
 * language and in French, or in English beside French. */
#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <string.h>

#define CN22_WIDTH  74.0
#define CN22_HEIGHT 105.0
#define CN22_LINES  4
#define CN22_HEAD   34.0
#define CN23_WIDTH  210.0
#define CN23_HEIGHT 148.0
#define CN23_LINES  6 /* on one sheet; more of them take more sheets */
#define EDGE        8.0
#define CAPTION     9.0 /* a field's caption is so high */
#define TICK        7.0

/* Ways a parcel's contents are classed, in the order of the form. */
static const char *const classes[] = { WB_CONTENTS_GIFT,   WB_CONTENTS_DOCUMENTS,
                                       WB_CONTENTS_SAMPLE, WB_CONTENTS_MERCHANDISE,
                                       WB_CONTENTS_RETURN, WB_CONTENTS_OTHER };

/* In both languages of the form. */
static const char *
both (WbDoc *doc, const char *key)
{
  const char *own = wb_doc_word (doc, key),
             *other = wb_words_get (
                 wb_words_for (strcmp (wb_words_language (doc->ask.words), "fr") == 0 ? "en"
                                                                                      : "fr"),
                 key);
  g_autofree char *text = NULL;

  if (strcmp (own, other) == 0)
    return own;
  text = g_strconcat (own, " / ", other, NULL);
  return wb_doc_dup (doc, text);
}

/* A framed field: a fine caption, below it what it says. */
static void
field (WbDoc      *doc,
       const char *caption,
       const char *text,
       WbTypeStyle style,
       double      start,
       double      y,
       double      width,
       double      height)
{
  guint lines = (guint) MAX (1, (height - CAPTION) / (style == WB_STYLE_FINE ? 8 : 11));

  wb_doc_box (doc, start, y, width, height, 0.3);
  if (caption != NULL)
    wb_doc_text (doc, WB_STYLE_FINE, FALSE, 1, caption, start + 2, y + 1, width - 4, WB_SIDE_START);
  if (!wb_text_is_empty (text))
    wb_doc_text (doc, style, TRUE, lines, text, start + 2, y + CAPTION, width - 4, WB_SIDE_START);
}

/* The six classes with the one that holds crossed, in @columns. Returns: height. */
static double
place_classes (
    WbDoc *doc, const WbCustoms *customs, double start, double y, double width, guint columns)
{
  double each = width / columns, pitch = columns == 2 ? 2 * TICK + 2 : TICK + 4;
  guint  rows = (G_N_ELEMENTS (classes) + columns - 1) / columns;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      double left = start + each * (i % columns), top = y + pitch * (i / columns);
      char   key[48];

      g_snprintf (key, sizeof key, "contents-%s", classes[i]);
      wb_doc_box (doc, left + 2, top, TICK, TICK, 0.2);
      if (strcmp (classes[i], customs->contents) == 0)
        wb_doc_line (doc, left + 3.6, top + 1.6, TICK - 3.2, TICK - 3.2, 0);
      wb_doc_text (doc, WB_STYLE_FINE, FALSE, columns == 2 ? 2 : 1, both (doc, key),
                   left + TICK + 5, top - 0.6, each - TICK - 7, WB_SIDE_START);
    }
  return rows * pitch;
}

static const char *
signed_on (WbDoc *doc, const WbOrderPaper *paper)
{
  const char      *date = paper->made_on != NULL
                              ? paper->made_on
                              : wb_record_get_text (paper->shipment, WB_SHIPMENT_SHIP_DATE);
  const char      *day = wb_doc_date (doc, date);
  g_autofree char *text =
      g_strjoin (day != NULL && paper->customs->signer != NULL ? ", " : "", day != NULL ? day : "",
                 paper->customs->signer != NULL ? paper->customs->signer : "", NULL);

  return wb_doc_dup (doc, text);
}

static const char *
describe (WbDoc *doc, const WbCustomsLine *line)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " × %s", line->quantity,
                                           line->description != NULL ? line->description : "");

  return wb_doc_dup (doc, text);
}

static const char *
class_and_origin (WbDoc *doc, const WbCustomsLine *line)
{
  g_autofree char *text = g_strjoin (line->hs_code != NULL && line->origin != NULL ? " · " : "",
                                     line->hs_code != NULL ? line->hs_code : "",
                                     line->origin != NULL ? line->origin : "", NULL);

  return wb_doc_dup (doc, text);
}

/* One line of the CN 22's table, or its totals. */
static void
place_cn22_row (WbDoc      *doc,
                const char *first,
                const char *second,
                const char *weight,
                const char *value,
                double      y,
                double      height)
{
  double width = doc->ask.width - 2 * EDGE, main = width - 40 - 62;

  wb_doc_box (doc, EDGE, y, main, height, 0.3);
  wb_doc_box (doc, EDGE + main, y, 40, height, 0.3);
  wb_doc_box (doc, EDGE + main + 40, y, 62, height, 0.3);
  wb_doc_text (doc, WB_STYLE_FINE, TRUE,
               second != NULL && height > 30 ? 3
               : second != NULL              ? 2
                                             : 1,
               first, EDGE + 2, y + 1, main - 4, WB_SIDE_START);
  if (second != NULL)
    wb_doc_text (doc, WB_STYLE_FINE, TRUE, 1, second, EDGE + 2, y + height - 9, main - 4,
                 WB_SIDE_START);
  if (weight != NULL)
    wb_doc_text (doc, WB_STYLE_FINE, TRUE, height > 30 ? 3 : 1, weight, EDGE + main + 2, y + 1, 36,
                 WB_SIDE_END);
  if (value != NULL)
    wb_doc_text (doc, WB_STYLE_FINE, TRUE, 1, value, EDGE + main + 42, y + 1, 58, WB_SIDE_END);
}

static double
place_cn22_table (WbDoc *doc, const WbCustoms *customs, double y)
{
  place_cn22_row (doc, both (doc, "description"), both (doc, "hs-code"), both (doc, "net-weight"),
                  both (doc, "value"), y, CN22_HEAD);
  y += CN22_HEAD;
  for (guint i = 0; i < customs->lines->len; i++, y += 25)
    {
      const WbCustomsLine *line = customs->lines->pdata[i];

      place_cn22_row (doc, describe (doc, line), class_and_origin (doc, line),
                      line->weight_g > 0 ? wb_doc_kilos (doc, line->weight_g) : NULL,
                      wb_doc_money (doc, line->value, customs->currency), y, 25);
    }
  place_cn22_row (doc, both (doc, "total"), NULL,
                  wb_doc_kilos (doc, wb_customs_total_weight (customs)),
                  wb_doc_money (doc, wb_customs_total_value (customs), customs->currency), y, 11);
  return y + 11;
}

static gboolean
check_cn22 (const WbOrderPaper *paper, GError **error)
{
  if (paper->customs->lines->len <= CN22_LINES)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
               "A CN 22 has room for %d kinds of goods and this parcel holds %u; use the CN 23",
               CN22_LINES, paper->customs->lines->len);
  return FALSE;
}

static void
set_cn22 (WbDoc *doc, const WbOrderPaper *paper)
{
  double           width = doc->ask.width - 2 * EDGE, y = EDGE;
  const char      *carrier = wb_record_get_text (paper->shipment, WB_SHIPMENT_CARRIER);
  const char      *reference = wb_record_get_text (paper->parcel, WB_PARCEL_TRACKING);
  g_autofree char *foot = NULL;

  wb_doc_strip_begin (doc);
  wb_doc_text (doc, WB_STYLE_STRONG, FALSE, 1, "CN 22", EDGE, y - 2, width, WB_SIDE_END);
  wb_doc_text (doc, WB_STYLE_HEADING, FALSE, 1, wb_doc_word (doc, "customs-declaration"), EDGE,
               y - 1, width - 40, WB_SIDE_START);
  wb_doc_text (doc, WB_STYLE_FINE, FALSE, 1, both (doc, "may-be-opened"), EDGE, y + 10, width,
               WB_SIDE_START);
  wb_doc_text (doc, WB_STYLE_FINE, FALSE, 1, carrier != NULL ? carrier : "", EDGE, y + 19,
               width * 0.4, WB_SIDE_START);
  if (reference != NULL)
    wb_doc_text (doc, WB_STYLE_FINE, TRUE, 1, reference, EDGE, y + 19, width, WB_SIDE_END);
  y += 31;
  y += place_classes (doc, paper->customs, EDGE, y, width, 2) + 2;
  y = place_cn22_table (doc, paper->customs, y) + 3;
  y += wb_doc_text (doc, WB_STYLE_FINE, FALSE, 4, wb_doc_word (doc, "declaration"), EDGE, y, width,
                    WB_SIDE_START) +
       2;
  foot = g_strconcat (both (doc, "signature"), ": ", signed_on (doc, paper), NULL);
  wb_doc_text (doc, WB_STYLE_FINE, TRUE, 2, foot, EDGE, y, width, WB_SIDE_START);
  wb_doc_strip_end (doc, 0, doc->ask.height, FALSE);
}

/* The CN 23's columns: words, width. */
static const struct
{
  const char *word;
  double      share;
  gboolean    number;
} cn23_columns[] = {
  { "description", 0.38, FALSE }, { "quantity", 0.09, TRUE }, { "net-weight", 0.13, TRUE },
  { "value", 0.16, TRUE },        { "hs-code", 0.14, FALSE }, { "origin", 0.10, FALSE },
};

static void
place_cn23_row (WbDoc *doc, WbTypeStyle style, const char *const *cells, double y, double height)
{
  double width = doc->ask.width - 2 * EDGE, start = EDGE;

  for (guint i = 0; i < G_N_ELEMENTS (cn23_columns); i++)
    {
      double each = width * cn23_columns[i].share;

      wb_doc_box (doc, start, y, each, height, 0.3);
      if (!wb_text_is_empty (cells[i]))
        wb_doc_text (doc, style, TRUE, 2, cells[i], start + 2, y + 1.5, each - 4,
                     cn23_columns[i].number ? WB_SIDE_END : WB_SIDE_START);
      start += each;
    }
}

static void
place_cn23_lines (WbDoc *doc, const WbCustoms *customs, guint from, double y)
{
  const char *cells[G_N_ELEMENTS (cn23_columns)] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    cells[i] = both (doc, cn23_columns[i].word);
  place_cn23_row (doc, WB_STYLE_FINE, cells, y, 17);
  y += 17;
  for (guint i = from; i < MIN (from + CN23_LINES, customs->lines->len); i++, y += 18)
    {
      const WbCustomsLine *line = customs->lines->pdata[i];

      cells[0] = line->description;
      cells[1] = wb_doc_number (doc, line->quantity);
      cells[2] = line->weight_g > 0 ? wb_doc_kilos (doc, line->weight_g) : NULL;
      cells[3] = wb_doc_money (doc, line->value, customs->currency);
      cells[4] = line->hs_code;
      cells[5] = line->origin;
      place_cn23_row (doc, WB_STYLE_FINE, cells, y, 18);
    }
}

static const char *
with_phone (WbDoc *doc, const char *address, const char *phone)
{
  g_autofree char *text = NULL;

  if (wb_text_is_empty (phone))
    return address;
  text = g_strconcat (address, "\n", phone, NULL);
  return wb_doc_dup (doc, text);
}

static void
place_cn23_head (WbDoc *doc, const WbOrderPaper *paper, guint sheet, guint sheets)
{
  double           width = doc->ask.width - 2 * EDGE, half = width / 2, right = EDGE + half;
  gpointer         to = wb_record_get_one (paper->order, WB_ORDER_SHIP_TO);
  const char      *tracking = wb_record_get_text (paper->parcel, WB_PARCEL_TRACKING);
  const char      *carrier = wb_record_get_text (paper->shipment, WB_SHIPMENT_CARRIER);
  g_autofree char *title = g_strdup_printf ("%s · CN 23", both (doc, "customs-declaration"));

  wb_doc_text (doc, WB_STYLE_HEADING, FALSE, 1, title, right + 4, EDGE, half - 4, WB_SIDE_START);
  wb_doc_text (doc, WB_STYLE_FINE, FALSE, 1, both (doc, "may-be-opened"), right + 4, EDGE + 12,
               half - 4, WB_SIDE_START);
  if (carrier != NULL)
    wb_doc_text (doc, WB_STYLE_FINE, FALSE, 1, carrier, right + 4, EDGE + 21, half - 4,
                 WB_SIDE_START);
  wb_doc_text (doc, WB_STYLE_FINE, FALSE, 1,
               wb_doc_fill (doc, "page", "n", wb_doc_number (doc, sheet), "m",
                            wb_doc_number (doc, sheets), NULL),
               right + 4, EDGE + 21, half - 4, WB_SIDE_END);
  if (!wb_text_is_empty (tracking))
    {
      WbPiece piece = { .kind = WB_PIECE_BARCODE,
                        .style = WB_STYLE_SMALL,
                        .start = right + 10,
                        .y = EDGE + 32,
                        .width = half - 20,
                        .height = 26 };

      piece.text = wb_doc_dup (doc, tracking);
      piece.layout = wb_typeset_set (doc->type, WB_STYLE_SMALL, half - 20, 1, tracking);
      wb_doc_piece (doc, &piece);
    }
  field (doc, both (doc, "importer"), to != NULL ? wb_record_get_text (to, WB_ADDRESS_EMAIL) : NULL,
         WB_STYLE_SMALL, right, EDGE + 74, half, 36);
  field (doc, both (doc, "from"),
         with_phone (doc, wb_doc_origin (doc, "\n", TRUE),
                     wb_record_get_text (paper->origin, WB_ORIGIN_PHONE)),
         WB_STYLE_FINE, EDGE, EDGE, half, 55);
  field (doc, both (doc, "ship-to"),
         with_phone (doc, wb_doc_address (doc, to),
                     to != NULL ? wb_record_get_text (to, WB_ADDRESS_PHONE) : NULL),
         WB_STYLE_FINE, EDGE, EDGE + 55, half, 55);
}

static void
place_cn23_foot (WbDoc *doc, const WbOrderPaper *paper)
{
  double width = doc->ask.width - 2 * EDGE, y = doc->ask.height - EDGE - 148, half = width / 2;
  gint64 gross = wb_record_get_int (paper->parcel, WB_PARCEL_WEIGHT_G);
  const WbCustoms *customs = paper->customs;

  field (doc, both (doc, "net-weight"), wb_doc_kilos (doc, wb_customs_total_weight (customs)),
         WB_STYLE_STRONG, EDGE, y, width * 0.25, 26);
  field (doc, both (doc, "gross-weight"), gross > 0 ? wb_doc_kilos (doc, gross) : NULL,
         WB_STYLE_STRONG, EDGE + width * 0.25, y, width * 0.25, 26);
  field (doc, both (doc, "total"),
         wb_doc_money (doc, wb_customs_total_value (customs), customs->currency), WB_STYLE_STRONG,
         EDGE + half, y, half, 26);
  y += 26;
  field (doc, both (doc, "contents"), NULL, WB_STYLE_FINE, EDGE, y, width, 36);
  place_classes (doc, customs, EDGE, y + CAPTION + 2, width, 3);
  y += 36;
  wb_doc_box (doc, EDGE, y, half, 86, 0.3);
  wb_doc_text (doc, WB_STYLE_FINE, FALSE, 9, wb_doc_word (doc, "declaration"), EDGE + 2, y + 3,
               half - 4, WB_SIDE_START);
  field (doc, both (doc, "signature"), signed_on (doc, paper), WB_STYLE_BODY, EDGE + half, y, half,
         86);
}

static void
set_cn23 (WbDoc *doc, const WbOrderPaper *paper)
{
  guint sheets = (paper->customs->lines->len + CN23_LINES - 1) / CN23_LINES;

  for (guint i = 0; i < sheets; i++)
    {
      wb_doc_strip_begin (doc);
      place_cn23_head (doc, paper, i + 1, sheets);
      place_cn23_lines (doc, paper->customs, i * CN23_LINES, EDGE + 110);
      place_cn23_foot (doc, paper);
      wb_doc_strip_end (doc, 0, doc->ask.height, FALSE);
    }
}

const WbPaperKind wb_cn22_kind = { .kind = WB_PAPER_CN22,
                                   .title = "customs-declaration",
                                   .parcel = TRUE,
                                   .customs = TRUE,
                                   .width = CN22_WIDTH,
                                   .height = CN22_HEIGHT,
                                   .check = check_cn22,
                                   .set = set_cn22 };

const WbPaperKind wb_cn23_kind = { .kind = WB_PAPER_CN23,
                                   .title = "customs-declaration",
                                   .parcel = TRUE,
                                   .customs = TRUE,
                                   .width = CN23_WIDTH,
                                   .height = CN23_HEIGHT,
                                   .set = set_cn23 };

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The blocks a document is built of: letterhead, addresses with facts and barcode, totals, texts,
 * places to sign and to stick something. */
#include "wb-document.h"
#include "wb-text.h"

#define FACTS_WIDTH    232.0
#define FACT_LABEL     92.0
#define BARCODE_HEIGHT 36.0
#define LOGO_HEIGHT    48.0
#define TITLE_WIDTH    210.0
#define TOTALS_WIDTH   262.0
#define TOTAL_LABEL    170.0

/* The logo as high as it may be, at the start side. Returns: y below; @y when there is none. */
static double
place_logo (WbDoc *self, double y, double most_width)
{
  double width = most_width, height = LOGO_HEIGHT;

  if (self->ask.logo == NULL)
    return y;
  wb_logo_fit (self->ask.logo, &width, &height);
  wb_doc_piece (self, &(WbPiece){ .kind = WB_PIECE_LOGO,
                                  .start = WB_DOC_MARGIN,
                                  .y = y,
                                  .width = width,
                                  .height = height });
  return y + height + 6;
}

/** wb_doc_letterhead: the sender at the start side, the paper's title at the other, a rule below.
 */
void
wb_doc_letterhead (WbDoc *self, const char *title)
{
  double      width = wb_doc_inner_width (self) - TITLE_WIDTH - WB_DOC_GAP, y, title_height;
  const char *mail = wb_record_get_text (self->ask.origin, WB_ORIGIN_EMAIL);

  wb_doc_strip_begin (self);
  title_height =
      wb_doc_text (self, WB_STYLE_TITLE, FALSE, 3, title,
                   self->ask.width - WB_DOC_MARGIN - TITLE_WIDTH, -3, TITLE_WIDTH, WB_SIDE_END);
  y = place_logo (self, 0, width);
  y += 4 + wb_doc_text (self, WB_STYLE_SENDER, FALSE, 2, wb_doc_sender (self), WB_DOC_MARGIN, y + 2,
                        width, WB_SIDE_START);
  y += wb_doc_text (self, WB_STYLE_SMALL, FALSE, 5, wb_doc_origin (self, " · ", FALSE),
                    WB_DOC_MARGIN, y, width, WB_SIDE_START);
  if (!wb_text_is_empty (mail))
    y += wb_doc_text (self, WB_STYLE_SMALL, FALSE, 2, mail, WB_DOC_MARGIN, y, width, WB_SIDE_START);
  y = MAX (y, title_height) + WB_DOC_GAP;
  wb_doc_rule (self, y, 0.78);
  wb_doc_strip_end (self, 0, y + 1, TRUE);
}

static double
place_facts (WbDoc *self, const WbDocFact *facts, guint n)
{
  double start = self->ask.width - WB_DOC_MARGIN - FACTS_WIDTH, rest = FACTS_WIDTH - FACT_LABEL,
         y = 0;

  for (guint i = 0; i < n; i++)
    {
      double label, value;

      if (wb_text_is_empty (facts[i].value))
        continue;
      label = wb_doc_text (self, WB_STYLE_SMALL, FALSE, 0, facts[i].label, start, y + 1.7,
                           FACT_LABEL - 6, WB_SIDE_START);
      value = wb_doc_text (self, WB_STYLE_BODY, facts[i].own, 2, facts[i].value, start + FACT_LABEL,
                           y, rest, WB_SIDE_START);
      y += MAX (label + 1.7, value) + 1.5;
    }
  return y;
}

static double
place_barcode (WbDoc *self, const char *text, double y)
{
  WbPiece piece = { .kind = WB_PIECE_BARCODE,
                    .style = WB_STYLE_SMALL,
                    .text = wb_doc_dup (self, text),
                    .start = self->ask.width - WB_DOC_MARGIN - FACTS_WIDTH,
                    .y = y,
                    .width = FACTS_WIDTH,
                    .height = BARCODE_HEIGHT };

  piece.layout = wb_typeset_set (self->type, WB_STYLE_SMALL, FACTS_WIDTH, 2, text);
  wb_doc_piece (self, &piece);
  return y + BARCODE_HEIGHT + 1 + wb_layout_height (piece.layout);
}

/**
 * wb_doc_addresses:
 * @barcode: (nullable): what a scanner reads below the facts
 *
 * Addresses one below the other at the start side, facts at the other.
 */
void
wb_doc_addresses (WbDoc              *self,
                  const WbDocAddress *addresses,
                  guint               n_addresses,
                  const WbDocFact    *facts,
                  guint               n_facts,
                  const char         *barcode)
{
  double box = wb_doc_inner_width (self) - FACTS_WIDTH - 2 * WB_DOC_GAP, y = 0, below;

  wb_doc_strip_begin (self);
  for (guint i = 0; i < n_addresses; i++)
    {
      y += i > 0 ? WB_DOC_GAP : 0;
      wb_doc_text (self, WB_STYLE_SMALL, FALSE, 0, addresses[i].caption, WB_DOC_MARGIN, y + 1.7,
                   box, WB_SIDE_START);
      y += 15 + wb_doc_text (self, i > 0 ? WB_STYLE_BODY : WB_STYLE_ADDRESS, TRUE, 12,
                             addresses[i].text, WB_DOC_MARGIN, y + 15, box, WB_SIDE_START);
    }
  below = place_facts (self, facts, n_facts);
  if (!wb_text_is_empty (barcode))
    below = place_barcode (self, barcode, below + 8);
  wb_doc_strip_end (self, WB_DOC_GAP, MAX (below, y) + 0.5 * WB_DOC_GAP, TRUE);
}

/** wb_doc_paragraph: a text from margin to margin; nothing for an empty one. */
void
wb_doc_paragraph (WbDoc *self, WbTypeStyle style, const char *text)
{
  g_autofree char *trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  double           height;

  if (wb_text_is_empty (trimmed))
    return;
  self->head = 0;
  wb_doc_strip_begin (self);
  height = wb_doc_text (self, style, FALSE, 16, trimmed, WB_DOC_MARGIN, 0,
                        wb_doc_inner_width (self), WB_SIDE_START);
  wb_doc_strip_end (self, 1.5 * WB_DOC_GAP, height, FALSE);
}

/** wb_doc_totals: sums below a table, at the end side; the last one is the largest. They stay
 * together. */
void
wb_doc_totals (WbDoc *self, const WbDocFact *totals, guint n)
{
  double   start = self->ask.width - WB_DOC_MARGIN - TOTALS_WIDTH;
  gboolean first = TRUE;

  self->head = 0;
  for (guint i = 0; i < n; i++)
    {
      gboolean    last = i + 1 == n;
      WbTypeStyle style = last ? WB_STYLE_STRONG : WB_STYLE_BODY;
      double      height, value;

      if (totals[i].value == NULL)
        continue;
      wb_doc_strip_begin (self);
      if (last && !first)
        wb_doc_line (self, start, 0, TOTALS_WIDTH, 0.6, 0.3);
      height = wb_doc_text (self, style, totals[i].own, 2, totals[i].label, start, 3,
                            TOTAL_LABEL - 6, WB_SIDE_START);
      value = wb_doc_text (self, style, TRUE, 1, totals[i].value, start + TOTAL_LABEL, 3,
                           TOTALS_WIDTH - TOTAL_LABEL, WB_SIDE_END);
      wb_doc_strip_end (self, first ? WB_DOC_GAP : 0, MAX (height, value) + 6, !last);
      first = FALSE;
    }
}

/** wb_doc_signature: lines for a date and a signature, @caption below the second. */
void
wb_doc_signature (WbDoc *self, const char *caption)
{
  double width = wb_doc_inner_width (self), date = width * 0.25,
         sign = WB_DOC_MARGIN + width * 0.35, below;

  self->head = 0;
  wb_doc_strip_begin (self);
  wb_doc_line (self, WB_DOC_MARGIN, 34, date, 0.6, 0.3);
  wb_doc_line (self, sign, 34, width * 0.65, 0.6, 0.3);
  below = wb_doc_text (self, WB_STYLE_SMALL, FALSE, 1, wb_doc_word (self, "date-signed"),
                       WB_DOC_MARGIN, 37, date, WB_SIDE_START);
  wb_doc_text (self, WB_STYLE_SMALL, FALSE, 1, caption, sign, 37, width * 0.65, WB_SIDE_START);
  wb_doc_strip_end (self, WB_DOC_GAP, 37 + below, FALSE);
}

/** wb_doc_place: a place of @width × @height to cut out or to stick something on, in the middle. */
void
wb_doc_place (WbDoc *self, const char *caption, double width, double height)
{
  double text;

  self->head = 0;
  wb_doc_strip_begin (self);
  text = wb_doc_text (self, WB_STYLE_SMALL, FALSE, 2, caption, WB_DOC_MARGIN, 0,
                      wb_doc_inner_width (self), WB_SIDE_CENTER) +
         4;
  wb_doc_piece (self, &(WbPiece){ .kind = WB_PIECE_DASHES,
                                  .start = (self->ask.width - width) / 2,
                                  .y = text,
                                  .width = width,
                                  .height = height,
                                  .grey = 0.5 });
  wb_doc_strip_end (self, WB_DOC_GAP, text + height, FALSE);
}

/** wb_doc_picture: @picture, which lives until the document is drawn, as large as it may be, with
 * @caption above it. */
void
wb_doc_picture (
    WbDoc *self, WbLogo *picture, const char *caption, double most_width, double most_height)
{
  double width = MIN (most_width, wb_doc_inner_width (self)), height = most_height, text;

  self->head = 0;
  wb_logo_fit (picture, &width, &height);
  wb_doc_strip_begin (self);
  text = wb_doc_text (self, WB_STYLE_SMALL, FALSE, 2, caption, WB_DOC_MARGIN, 0,
                      wb_doc_inner_width (self), WB_SIDE_START) +
         4;
  wb_doc_piece (self, &(WbPiece){ .kind = WB_PIECE_LOGO,
                                  .picture = picture,
                                  .start = WB_DOC_MARGIN,
                                  .y = text,
                                  .width = width,
                                  .height = height });
  wb_doc_box (self, WB_DOC_MARGIN, text, width, height, 0.7);
  wb_doc_strip_end (self, WB_DOC_GAP, text + height, FALSE);
}

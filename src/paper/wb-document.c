/* SPDX-License-Identifier: GPL-3.0-or-later
 * Documents: pieces are placed into strips, strips flow over pages, and pages are drawn. The same
 * walk counts the pages first, so that “page 1 of 3” is known before the first is done. */
#include "wb-document.h"

#include "wb-barcode.h"

#include <string.h>

#define FOOT        34.0 /* from the page's lower edge to the foot's text */
#define BODY_END    56.0 /* strips end so far above the page's lower edge */
#define LATER_START 72.0 /* where strips begin on later pages */

/** wb_doc_new: Returns: (transfer full): a document machine; wb_doc_begin() makes it ready. One
 * thread at a time. */
WbDoc *
wb_doc_new (void)
{
  WbDoc *self = g_new0 (WbDoc, 1);

  self->type = wb_typeset_new ();
  self->texts = g_string_chunk_new (4096);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (WbPiece));
  self->strips = g_array_new (FALSE, FALSE, sizeof (WbStrip));
  self->heads = g_array_new (FALSE, FALSE, sizeof (WbStrip));
  self->columns = g_array_new (FALSE, FALSE, sizeof (WbDocColumn));
  return self;
}

/** wb_doc_free: frees @self. */
void
wb_doc_free (WbDoc *self)
{
  wb_typeset_free (self->type);
  g_string_chunk_free (self->texts);
  g_array_unref (self->pieces);
  g_array_unref (self->strips);
  g_array_unref (self->heads);
  g_array_unref (self->columns);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

static void
hold_zone (WbDoc *self, WbOrigin *origin)
{
  const char           *zone = origin != NULL ? wb_record_get_text (origin, WB_ORIGIN_ZONE) : NULL;
  g_autoptr (GTimeZone) held = self->zone;

  self->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
}

/** wb_doc_begin: forgets what was set and begins a document after @ask, which must live until it
 * is drawn. */
void
wb_doc_begin (WbDoc *self, const WbDocAsk *ask)
{
  double accent[3];

  self->ask = *ask;
  g_string_chunk_clear (self->texts);
  g_array_set_size (self->pieces, 0);
  g_array_set_size (self->strips, 0);
  g_array_set_size (self->heads, 0);
  g_array_set_size (self->columns, 0);
  self->running = self->foot = "";
  self->begun = self->head = 0;
  self->mirrored = wb_text_is_right_to_left (wb_words_get (ask->words, "order"));
  hold_zone (self, ask->origin);
  wb_typeset_begin (self->type, ask->han != NULL ? ask->han : wb_words_language (ask->words),
                    self->mirrored);
  wb_typeset_set_accent (
      self->type,
      ask->template != NULL && wb_template_get_accent (ask->template, accent) ? accent : NULL);
}

/** wb_doc_dup_warnings: Returns: (transfer full): what could not be set as it is, for people, of
 * all documents made so far. */
char **
wb_doc_dup_warnings (WbDoc *self)
{
  return wb_typeset_dup_warnings (self->type);
}

/** wb_doc_warn: adds a sentence to wb_doc_dup_warnings() unless it is there. */
void
wb_doc_warn (WbDoc *self, const char *warning)
{
  wb_typeset_warn (self->type, warning);
}

/** wb_doc_set_running: what heads the later pages, beside the sender's name. */
void
wb_doc_set_running (WbDoc *self, const char *running)
{
  self->running = running;
}

/** wb_doc_set_foot: what stands at the foot of each page, beside its number. */
void
wb_doc_set_foot (WbDoc *self, const char *foot)
{
  self->foot = foot;
}

/** wb_doc_inner_width: Returns: from margin to margin. */
double
wb_doc_inner_width (WbDoc *self)
{
  return self->ask.width - 2 * WB_DOC_MARGIN;
}

/** wb_doc_strip_begin: what is placed from here on belongs to one strip, its y counted from the
 * strip's top. */
void
wb_doc_strip_begin (WbDoc *self)
{
  self->begun = self->pieces->len;
}

/** wb_doc_piece: places a piece into the strip being made. */
void
wb_doc_piece (WbDoc *self, const WbPiece *piece)
{
  g_array_append_vals (self->pieces, piece, 1);
}

/**
 * wb_doc_text:
 * @own: whether no other document has this text; what others say too is laid out once
 * @max_lines: at most so many, the rest becomes “…”; 0: as many as it takes
 * @start: from the paper's edge on the side where reading begins
 *
 * Places a text. Returns: its height.
 */
double
wb_doc_text (WbDoc      *self,
             WbTypeStyle style,
             gboolean    own,
             guint       max_lines,
             const char *text,
             double      start,
             double      y,
             double      width,
             WbSide      side)
{
  WbPiece piece = {
    .kind = WB_PIECE_TEXT, .style = style, .side = side, .start = start, .y = y, .width = width
  };

  piece.layout = own ? wb_typeset_set (self->type, style, width, max_lines, text)
                     : wb_typeset_keep (self->type, style, width, max_lines, text);
  wb_doc_piece (self, &piece);
  return wb_layout_height (piece.layout);
}

/** wb_doc_line: a filled bar, as thin as it is told; @grey: 0 black, 1 white. */
void
wb_doc_line (WbDoc *self, double start, double y, double width, double height, double grey)
{
  wb_doc_piece (self, &(WbPiece){ .kind = WB_PIECE_FILL,
                                  .start = start,
                                  .y = y,
                                  .width = width,
                                  .height = height,
                                  .grey = grey });
}

/** wb_doc_rule: a thin line from margin to margin. */
void
wb_doc_rule (WbDoc *self, double y, double grey)
{
  wb_doc_line (self, WB_DOC_MARGIN, y, wb_doc_inner_width (self), 0.6, grey);
}

/** wb_doc_box: a frame. */
void
wb_doc_box (WbDoc *self, double start, double y, double width, double height, double grey)
{
  wb_doc_piece (self, &(WbPiece){ .kind = WB_PIECE_BOX,
                                  .start = start,
                                  .y = y,
                                  .width = width,
                                  .height = height,
                                  .grey = grey });
}

/** wb_doc_strip_end: @gap: white before it, none at a page's top; @keep: what follows stays on the
 * same page. */
void
wb_doc_strip_end (WbDoc *self, double gap, double height, gboolean keep)
{
  WbStrip strip = { .first = self->begun,
                    .n = self->pieces->len - self->begun,
                    .gap = gap,
                    .height = height,
                    .head = self->head,
                    .keep = keep };

  g_array_append_val (self->strips, strip);
  self->begun = self->pieces->len;
}

static double
place (WbDoc *self, double start, double width)
{
  return self->mirrored ? self->ask.width - start - width : start;
}

static void
draw_barcode (WbDoc *self, cairo_t *cr, const WbPiece *piece, double y)
{
  double             bars = 0, x = place (self, piece->start, piece->width);
  g_autoptr (GError) error = NULL;

  if (!wb_barcode_draw (cr, piece->text, x, y, piece->width, piece->height, self->mirrored, &bars,
                        &error))
    {
      wb_typeset_warn (self->type, error->message);
      wb_typeset_draw (self->type, cr, piece->style, piece->layout, x, y, piece->width,
                       WB_SIDE_START);
      return;
    }
  if (self->mirrored)
    x += piece->width - bars;
  wb_typeset_draw (self->type, cr, piece->style, piece->layout, x, y + piece->height + 1, bars,
                   WB_SIDE_CENTER);
}

static void
draw_outline (cairo_t *cr, const WbPiece *piece, double x, double y)
{
  const double dashes[] = { 5, 4 };

  cairo_save (cr);
  cairo_set_source_rgb (cr, piece->grey, piece->grey, piece->grey);
  cairo_set_line_width (cr, 0.7);
  if (piece->kind == WB_PIECE_DASHES)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_rectangle (cr, x, y, piece->width, piece->height);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_piece (WbDoc *self, cairo_t *cr, const WbPiece *piece, double top)
{
  double x = place (self, piece->start, piece->width), y = top + piece->y;

  switch (piece->kind)
    {
    case WB_PIECE_TEXT:
      wb_typeset_draw (self->type, cr, piece->style, piece->layout, x, y, piece->width,
                       piece->side);
      break;
    case WB_PIECE_FILL:
      cairo_set_source_rgb (cr, piece->grey, piece->grey, piece->grey);
      cairo_rectangle (cr, x, y, piece->width, piece->height);
      cairo_fill (cr);
      break;
    case WB_PIECE_BOX:
    case WB_PIECE_DASHES:
      draw_outline (cr, piece, x, y);
      break;
    case WB_PIECE_BARCODE:
      draw_barcode (self, cr, piece, y);
      break;
    case WB_PIECE_LOGO:
      wb_logo_draw (piece->picture != NULL ? piece->picture : self->ask.logo, cr, x, y,
                    piece->width, piece->height);
      break;
    }
}

static void
draw_strip (WbDoc *self, cairo_t *cr, const WbStrip *strip, double y)
{
  for (guint i = 0; cr != NULL && i < strip->n; i++)
    draw_piece (self, cr, &g_array_index (self->pieces, WbPiece, strip->first + i), y);
}

/* Across the page, under everything else. */
static void
draw_practice (WbDoc *self, cairo_t *cr)
{
  PangoLayout *mark =
      wb_typeset_keep (self->type, WB_STYLE_MARK, 0, 0, wb_doc_word (self, "practice"));
  double width = wb_layout_width (mark), height = wb_layout_height (mark),
         scale = MIN (1, self->ask.width * 0.95 / width);

  cairo_save (cr);
  cairo_translate (cr, self->ask.width / 2, self->ask.height * 0.62);
  cairo_rotate (cr, -G_PI / 5);
  cairo_scale (cr, scale, scale);
  wb_typeset_draw (self->type, cr, WB_STYLE_MARK, mark, -width / 2, -height / 2, width,
                   WB_SIDE_CENTER);
  cairo_restore (cr);
}

static void
draw_line_of_text (WbDoc       *self,
                   cairo_t     *cr,
                   WbTypeStyle  style,
                   PangoLayout *layout,
                   double       start,
                   double       y,
                   double       width,
                   WbSide       side)
{
  wb_typeset_draw (self->type, cr, style, layout, place (self, start, width), y, width, side);
}

static void
draw_foot (WbDoc *self, cairo_t *cr, guint page, guint pages)
{
  double      width = wb_doc_inner_width (self), y = self->ask.height - FOOT;
  const char *number = wb_doc_fill (self, "page", "n", wb_doc_number (self, page), "m",
                                    wb_doc_number (self, pages), NULL);

  if (self->ask.bare)
    return;
  if (*self->foot != '\0')
    draw_line_of_text (self, cr, WB_STYLE_SMALL,
                       wb_typeset_set (self->type, WB_STYLE_SMALL, width * 0.7, 1, self->foot),
                       WB_DOC_MARGIN, y, width, WB_SIDE_START);
  draw_line_of_text (self, cr, WB_STYLE_SMALL,
                     wb_typeset_keep (self->type, WB_STYLE_SMALL, 0, 0, number), WB_DOC_MARGIN, y,
                     width, WB_SIDE_END);
}

/* A later page's head: whose paper it continues. */
static void
draw_running (WbDoc *self, cairo_t *cr)
{
  double       width = wb_doc_inner_width (self), y = WB_DOC_MARGIN - 6;
  PangoLayout *name =
      wb_typeset_set (self->type, WB_STYLE_STRONG, width * 0.55, 1, wb_doc_sender (self));
  PangoLayout *title = wb_typeset_set (self->type, WB_STYLE_BODY, width * 0.4, 1, self->running);

  draw_line_of_text (self, cr, WB_STYLE_STRONG, name, WB_DOC_MARGIN, y, width * 0.55,
                     WB_SIDE_START);
  draw_line_of_text (self, cr, WB_STYLE_BODY, title, WB_DOC_MARGIN + width * 0.6, y, width * 0.4,
                     WB_SIDE_END);
}

static double
needed (WbDoc *self, guint index)
{
  const WbStrip *strip = &g_array_index (self->strips, WbStrip, index);
  double         height = strip->gap + strip->height;

  for (; strip->keep && ++index < self->strips->len; height += strip->gap + strip->height)
    strip = &g_array_index (self->strips, WbStrip, index);
  return height;
}

/* Walks over all strips; draws them with @cr, only counts with NULL. Returns: the number of pages.
 */
static guint
flow (WbDoc *self, cairo_t *cr, guint pages)
{
  double y = self->ask.bare ? 0 : WB_DOC_MARGIN,
         limit = self->ask.height - (self->ask.bare ? -1 : BODY_END);
  guint    page = 1;
  gboolean top = TRUE;

  if (cr != NULL && self->ask.practice)
    draw_practice (self, cr);
  for (guint i = 0; i < self->strips->len; i++)
    {
      const WbStrip *strip = &g_array_index (self->strips, WbStrip, i);

      if (!top && y + needed (self, i) > limit)
        {
          if (cr != NULL)
            {
              draw_foot (self, cr, page, pages);
              cairo_show_page (cr);
              if (self->ask.practice)
                draw_practice (self, cr);
              if (!self->ask.bare)
                draw_running (self, cr);
            }
          page++;
          y = self->ask.bare ? 0 : LATER_START;
          top = TRUE;
          if (strip->head > 0)
            {
              const WbStrip *head = &g_array_index (self->heads, WbStrip, strip->head - 1);

              draw_strip (self, cr, head, y);
              y += head->height;
            }
        }
      y += top ? 0 : strip->gap;
      draw_strip (self, cr, strip, y);
      y += strip->height;
      top = FALSE;
    }
  if (cr == NULL)
    return page;
  draw_foot (self, cr, page, pages);
  cairo_show_page (cr);
  return page;
}

/** wb_doc_draw: draws the document on as many pages as it takes. Returns: how many. */
guint
wb_doc_draw (WbDoc *self, cairo_t *cr)
{
  return flow (self, cr, flow (self, NULL, 0));
}

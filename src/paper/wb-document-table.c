/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of a document: columns by name, rows as high as what is in them, the head again on each
 * page. */
#include "wb-document.h"
#include "wb-text.h"

#include <string.h>

#define ROW_PADDING 4.5
#define COLUMN_GAP  8.0
#define NUMBER_GAP  14.0
#define LEAST_MAIN  120.0
#define TICK        9.0

/* What a template can name. A @name that is also one of the papers' words is its own heading. */
static const struct
{
  const char *name;
  double      width;
  gboolean    number, strong, box, main;
} known[] = {
  { "sku", 92 },
  { "article", 0, .main = TRUE },
  { "description", 0, .main = TRUE },
  { "ship-to", 0, .main = TRUE },
  { "ordered", 62, .number = TRUE },
  { "here", 62, .number = TRUE, .strong = TRUE },
  { "to-come", 62, .number = TRUE },
  { "quantity", 66, .number = TRUE, .strong = TRUE },
  { "price", 78, .number = TRUE },
  { "tax", 70, .number = TRUE },
  { "amount", 82, .number = TRUE },
  { "value", 82, .number = TRUE },
  { "net-weight", 58, .number = TRUE },
  { "weight", 62, .number = TRUE },
  { "back", 60, .box = TRUE },
  { "reason", 60, .box = TRUE },
  { "picked", 44, .box = TRUE },
  { "bin", 74, .strong = TRUE },
  { "orders", 128 },
  { "order", 72 },
  { "hs-code", 76 },
  { "origin", 58 },
  { "tracking", 132 },
  { "service", 116 },
  { "reference", 116 },
};

static void
add_column (WbDoc *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, name) == 0)
      {
        WbDocColumn column = { .word = name,
                               .width = known[i].width,
                               .number = known[i].number,
                               .strong = known[i].strong,
                               .box = known[i].box,
                               .main = known[i].main };

        g_array_append_val (self->columns, column);
      }
}

/* The main column takes what the others leave; when that is too little all others give way. */
static void
share_width (WbDoc *self)
{
  double       all = wb_doc_inner_width (self), fixed = 0, scale = 1, start = WB_DOC_MARGIN;
  WbDocColumn *columns = &g_array_index (self->columns, WbDocColumn, 0);
  guint        n = self->columns->len, main = n;

  for (guint i = 0; i < n; i++)
    {
      fixed += columns[i].width;
      if (columns[i].main && main == n)
        main = i;
    }
  for (guint i = 0; main == n && i < n; i++)
    if (!columns[i].number && !columns[i].box)
      main = i;
  if (main == n)
    main = 0;
  if (!columns[main].main)
    fixed -= columns[main].width;
  columns[main].main = TRUE;
  if (all - fixed < LEAST_MAIN)
    scale = (all - LEAST_MAIN) / fixed;
  for (guint i = 0; i < n; i++)
    {
      columns[i].width = i == main ? all - fixed * scale : columns[i].width * scale;
      columns[i].start = start;
      start += columns[i].width;
      /* Numbers end where a text would begin: some white between them. */
      if (columns[i].number && i + 1 < n && !columns[i + 1].number)
        columns[i].width -= NUMBER_GAP;
    }
}

static void
place_head (WbDoc *self)
{
  double  height = 0;
  guint   begun = self->pieces->len;
  WbStrip head = { .first = begun, .keep = TRUE, .gap = WB_DOC_GAP };

  for (guint i = 0; i < self->columns->len; i++)
    {
      const WbDocColumn *column = &g_array_index (self->columns, WbDocColumn, i);
      double inset = column->number ? COLUMN_GAP : 0, width = column->width - COLUMN_GAP;
      double text = wb_doc_text (self, WB_STYLE_HEADING, FALSE, 0,
                                 column->told ? column->word : wb_doc_word (self, column->word),
                                 column->start + inset, 0, width,
                                 column->number ? WB_SIDE_END : WB_SIDE_START);

      /* Over a column of numbers a second line ends where the first does. */
      if (column->number)
        pango_layout_set_alignment (
            g_array_index (self->pieces, WbPiece, self->pieces->len - 1).layout, PANGO_ALIGN_RIGHT);
      height = MAX (height, text);
    }
  for (guint i = begun; i < self->pieces->len; i++)
    {
      WbPiece *piece = &g_array_index (self->pieces, WbPiece, i);

      piece->y = height - wb_layout_height (piece->layout);
    }
  wb_doc_rule (self, height + 3, 0.3);
  head.n = self->pieces->len - begun;
  head.height = height + 4;
  g_array_append_val (self->heads, head);
  g_array_append_val (self->strips, head);
  self->begun = self->pieces->len;
  self->head = self->heads->len;
}

/** wb_doc_table_begin: @columns: their names, %NULL-terminated, at least one. */
void
wb_doc_table_begin (WbDoc *self, const char *const *columns)
{
  g_array_set_size (self->columns, 0);
  self->head = 0;
  for (guint i = 0; columns[i] != NULL; i++)
    add_column (self, columns[i]);
  share_width (self);
  place_head (self);
}

/** wb_doc_table_begin_titled: a table whose columns have titles of their own, which live as long as
 * the document, and share its whole width. */
void
wb_doc_table_begin_titled (WbDoc *self, const WbTableColumn *columns, guint n)
{
  double start = WB_DOC_MARGIN;
  guint  whole = 0;

  g_array_set_size (self->columns, 0);
  self->head = 0;
  for (guint i = 0; i < n; i++)
    whole += columns[i].width;
  for (guint i = 0; i < n; i++)
    {
      WbDocColumn column = { .word = columns[i].title,
                             .start = start,
                             .width = wb_doc_inner_width (self) * columns[i].width / whole,
                             .number = columns[i].end,
                             .told = TRUE };

      start += column.width;
      if (columns[i].end && i + 1 < n && !columns[i + 1].end)
        column.width -= NUMBER_GAP;
      g_array_append_val (self->columns, column);
    }
  place_head (self);
}

static double
place_cell (WbDoc *self, const WbDocColumn *column, const char *text, const char *note)
{
  WbTypeStyle style = column->strong ? WB_STYLE_STRONG : WB_STYLE_BODY;
  double      width = column->width - COLUMN_GAP, height = 0;

  if (column->box)
    {
      wb_doc_box (self, column->start, ROW_PADDING + 1.5, TICK, TICK, 0.35);
      return TICK + 3;
    }
  if (!wb_text_is_empty (text))
    height = wb_doc_text (self, style, !column->number, column->main ? 10 : 4, text,
                          column->start + (column->number ? COLUMN_GAP : 0), ROW_PADDING, width,
                          column->number ? WB_SIDE_END : WB_SIDE_START);
  if (column->main && !wb_text_is_empty (note))
    height += wb_doc_text (self, WB_STYLE_SMALL, TRUE, 6, note, column->start, ROW_PADDING + height,
                           width, WB_SIDE_START);
  return height;
}

/** wb_doc_row: @cells: one for each column, each may be %NULL; @note:
 * (nullable): small, below what stands in the main column. */
void
wb_doc_row (WbDoc *self, const char *const *cells, const char *note)
{
  double height = 0;

  wb_doc_strip_begin (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      double cell =
          place_cell (self, &g_array_index (self->columns, WbDocColumn, i), cells[i], note);

      height = MAX (height, cell);
    }
  height += 2 * ROW_PADDING;
  wb_doc_rule (self, height - 0.6, 0.88);
  wb_doc_strip_end (self, 0, height, FALSE);
}

/** wb_doc_heading: a heading across the table; the next row stays with it. */
void
wb_doc_heading (WbDoc *self, const char *text)
{
  double height;

  wb_doc_strip_begin (self);
  height = wb_doc_text (self, WB_STYLE_HEADING, FALSE, 1, text, WB_DOC_MARGIN, 3 * ROW_PADDING,
                        wb_doc_inner_width (self), WB_SIDE_START) +
           4 * ROW_PADDING;
  wb_doc_rule (self, height - 1, 0.6);
  wb_doc_strip_end (self, 0, height, TRUE);
}

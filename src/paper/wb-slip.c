/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packing slip, gift slip and return slip: what lies in a parcel, and never a price. */
#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <string.h>

/* The place for a return label: 4 × 6 inches do not fit below a table, so it lies on its side. */
#define LABEL_WIDTH  (6 * 72.0)
#define LABEL_HEIGHT (4 * 72.0)

static const char *
count_text (WbDoc *doc, gint64 number)
{
  return number != 0 ? wb_doc_number (doc, number) : "–";
}

static const char *
cell_text (WbDoc *doc, const WbSlipRow *row, const char *column)
{
  g_autofree char *line = NULL;

  if (strcmp (column, "sku") == 0 || strcmp (column, "article") == 0)
    {
      line = wb_text_one_line (
          wb_record_get_text (row->line, *column == 's' ? WB_ORDER_LINE_SKU : WB_ORDER_LINE_NAME));
      return wb_doc_dup (doc, line);
    }
  if (strcmp (column, "ordered") == 0)
    return count_text (doc, row->ordered);
  if (strcmp (column, "to-come") == 0)
    return count_text (doc, row->to_come);
  return count_text (doc, row->here);
}

static void
add_note (WbDoc *doc, GString *note, const char *key, gint64 number)
{
  if (number <= 0)
    return;
  if (note->len > 0)
    g_string_append (note, " · ");
  g_string_append (note, wb_doc_fill (doc, key, "n", wb_doc_number (doc, number), NULL));
}

/* What the numbers leave open, below the article's options. */
static const char *
note_text (WbDoc *doc, const WbSlipRow *row)
{
  g_autofree char *options =
      wb_text_one_line (wb_record_get_text (row->line, WB_ORDER_LINE_OPTIONS));
  g_autoptr (GString) note = g_string_new (NULL);

  add_note (doc, note, "sent-earlier", row->earlier);
  add_note (doc, note, "elsewhere", row->elsewhere);
  add_note (doc, note, "cancelled", row->cancelled);
  if (*options != '\0')
    g_string_prepend (g_string_prepend (note, note->len > 0 ? "\n" : ""), options);
  return wb_doc_dup (doc, note->str);
}

static gboolean
has_sku (const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (!wb_text_is_empty (
            wb_record_get_text (g_array_index (rows, WbSlipRow, i).line, WB_ORDER_LINE_SKU)))
      return TRUE;
  return FALSE;
}

/* @rest: whether the order's other goods are told too. */
static void
set_table (WbDoc *doc, const WbOrderPaper *paper, gboolean rest)
{
  g_autoptr (GArray) rows = wb_slip_rows (paper);
  const char        *columns[WB_MOST_COLUMNS], *cells[WB_MOST_COLUMNS] = { NULL };
  guint              n =
      wb_order_columns (doc, has_sku (rows) ? NULL : "sku", paper->hide, columns, WB_MOST_COLUMNS);

  wb_doc_table_begin (doc, columns);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbSlipRow *row = &g_array_index (rows, WbSlipRow, i);

      if (row->here == 0 && !rest)
        break;
      if (row->here == 0 && (i == 0 || (row - 1)->here > 0))
        wb_doc_heading (doc, wb_doc_word (doc, "not-here"));
      for (guint k = 0; k < n; k++)
        cells[k] = cell_text (doc, row, columns[k]);
      wb_doc_row (doc, cells,
                  rest ? note_text (doc, row)
                       : wb_record_get_text (row->line, WB_ORDER_LINE_OPTIONS));
    }
}

static void
set_addresses (WbDoc *doc, const WbOrderPaper *paper)
{
  gboolean     back = g_strcmp0 (paper->kind, WB_PAPER_RETURN) == 0;
  WbDocFact    facts[WB_MOST_COLUMNS];
  guint        n = wb_order_facts (doc, paper, facts, G_N_ELEMENTS (facts));
  WbDocAddress address = { wb_doc_word (doc, back ? "return-to" : "ship-to"), NULL };

  address.text = back ? wb_doc_origin (doc, "\n", TRUE)
                      : wb_doc_address (doc, wb_record_get_one (paper->order, WB_ORDER_SHIP_TO));
  wb_doc_addresses (doc, &address, 1, facts, n, wb_order_barcode (doc, paper));
}

static void
set_how (WbDoc *doc)
{
  wb_doc_paragraph (doc, WB_STYLE_BODY, wb_doc_word (doc, "return-how"));
  wb_doc_paragraph (doc, WB_STYLE_SMALL, wb_doc_word (doc, "return-reasons"));
}

/* A gift's message is the first thing read, and larger. */
static void
set_gift_message (WbDoc *doc, const WbOrderPaper *paper)
{
  const char *message = !wb_text_is_empty (paper->message)
                            ? paper->message
                            : wb_template_get_message (doc->ask.template);

  wb_doc_paragraph (doc, WB_STYLE_SENDER, message);
}

static void
set_block (WbDoc *doc, const WbOrderPaper *paper, const char *block)
{
  gboolean gift = g_strcmp0 (paper->kind, WB_PAPER_GIFT) == 0,
           back = g_strcmp0 (paper->kind, WB_PAPER_RETURN) == 0;

  if (strcmp (block, "letterhead") == 0)
    wb_doc_letterhead (doc, wb_doc_word (doc, wb_template_get_title (doc->ask.template)));
  else if (strcmp (block, "addresses") == 0)
    set_addresses (doc, paper);
  else if (strcmp (block, "table") == 0)
    set_table (doc, paper, !gift && !back);
  else if (strcmp (block, "how") == 0)
    set_how (doc);
  else if (strcmp (block, "label") == 0)
    wb_doc_place (doc, wb_doc_word (doc, "return-label"), LABEL_WIDTH, LABEL_HEIGHT);
  else if (gift)
    set_gift_message (doc, paper);
  else
    wb_order_message (doc, paper);
}

static void
set_slip (WbDoc *doc, const WbOrderPaper *paper)
{
  const char *const *blocks = wb_template_get_blocks (doc->ask.template);

  wb_order_heads (doc, paper);
  for (guint i = 0; blocks[i] != NULL; i++)
    set_block (doc, paper, blocks[i]);
}

const WbPaperKind wb_slip_kind = { .kind = WB_PAPER_SLIP,
                                   .title = "packing-slip",
                                   .parcel = TRUE,
                                   .check = wb_slip_check,
                                   .set = set_slip };

const WbPaperKind wb_gift_kind = { .kind = WB_PAPER_GIFT,
                                   .title = "gift-slip",
                                   .parcel = TRUE,
                                   .check = wb_slip_check,
                                   .set = set_slip };

const WbPaperKind wb_return_kind = { .kind = WB_PAPER_RETURN,
                                     .title = "return-slip",
                                     .parcel = TRUE,
                                     .check = wb_slip_check,
                                     .set = set_slip };

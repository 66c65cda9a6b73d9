/* SPDX-License-Identifier: GPL-3.0-or-later
 * The receipt: the shop's lines and totals as they were imported. Nothing is reckoned anew: what
 * the lines do not explain stands in the shop's own adjustment line. */
#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <string.h>

static const char *
currency_of (const WbOrderPaper *paper)
{
  return wb_record_get_text (paper->order, WB_ORDER_CURRENCY);
}

/* Before discount, as the discount stands below on its own; a shop that tells no such amount has
 * the discount in its lines. */
static gint64
line_amount (gpointer line)
{
  gint64 subtotal = wb_record_get_int (line, WB_ORDER_LINE_SUBTOTAL);

  return subtotal != 0 ? subtotal : wb_record_get_int (line, WB_ORDER_LINE_TOTAL);
}

static gboolean
tells_discount (const WbOrderPaper *paper)
{
  GPtrArray *lines = wb_record_get_many (paper->order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (line_amount (lines->pdata[i]) != wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL))
      return TRUE;
  return FALSE;
}

/* The price of one piece is told only where the line's total is so many whole ones. */
static const char *
price_text (WbDoc *doc, const WbOrderPaper *paper, gpointer line)
{
  gint64 total = line_amount (line), quantity = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);

  return quantity > 0 && total % quantity == 0
             ? wb_doc_money (doc, total / quantity, currency_of (paper))
             : NULL;
}

static const char *
cell_text (WbDoc *doc, const WbOrderPaper *paper, gpointer line, const char *column)
{
  g_autofree char *text = NULL;

  if (strcmp (column, "sku") == 0 || strcmp (column, "article") == 0)
    {
      text = wb_text_one_line (
          wb_record_get_text (line, *column == 's' ? WB_ORDER_LINE_SKU : WB_ORDER_LINE_NAME));
      return wb_doc_dup (doc, text);
    }
  if (strcmp (column, "quantity") == 0)
    return wb_doc_number (doc, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  if (strcmp (column, "price") == 0)
    return price_text (doc, paper, line);
  return wb_doc_money (doc,
                       strcmp (column, "tax") == 0 ? wb_record_get_int (line, WB_ORDER_LINE_TAX)
                                                   : line_amount (line),
                       currency_of (paper));
}

static gboolean
is_item (gpointer line)
{
  return g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0;
}

static void
set_table (WbDoc *doc, const WbOrderPaper *paper)
{
  GPtrArray  *lines = wb_record_get_many (paper->order, WB_ORDER_LINES);
  const char *columns[WB_MOST_COLUMNS], *cells[WB_MOST_COLUMNS] = { NULL };
  guint       n;
  gboolean    skus = FALSE;

  for (guint i = 0; i < lines->len; i++)
    skus = skus || !wb_text_is_empty (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU));
  n = wb_order_columns (doc, skus ? NULL : "sku", 0, columns, WB_MOST_COLUMNS);
  wb_doc_table_begin (doc, columns);
  for (guint i = 0; i < lines->len; i++)
    if (is_item (lines->pdata[i]))
      {
        for (guint k = 0; k < n; k++)
          cells[k] = cell_text (doc, paper, lines->pdata[i], columns[k]);
        wb_doc_row (doc, cells, wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_OPTIONS));
      }
}

/* Fees and adjustments stand as the shop's own lines; shipping and discount as its totals. */
static guint
add_line_totals (WbDoc *doc, const WbOrderPaper *paper, WbDocFact *facts, guint most)
{
  GPtrArray *lines = wb_record_get_many (paper->order, WB_ORDER_LINES);
  guint      n = 0;

  for (guint i = 0; i < lines->len && n < most; i++)
    {
      const char *kind = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND);
      const char *name = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_NAME);

      if (g_strcmp0 (kind, WB_LINE_FEE) != 0 && g_strcmp0 (kind, WB_LINE_ADJUSTMENT) != 0)
        continue;
      facts[n++] = (WbDocFact){ .label = !wb_text_is_empty (name) ? name : wb_doc_word (doc, kind),
                                .value = wb_doc_money (
                                    doc, wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL),
                                    currency_of (paper)),
                                .own = TRUE };
    }
  return n;
}

static const char *
amount (WbDoc *doc, const WbOrderPaper *paper, guint field, gboolean less)
{
  gint64 minor = wb_record_get_int (paper->order, field);

  return minor != 0 ? wb_doc_money (doc, less ? -minor : minor, currency_of (paper)) : NULL;
}

static void
set_totals (WbDoc *doc, const WbOrderPaper *paper)
{
  WbDocFact facts[32];
  guint     n = add_line_totals (doc, paper, facts, 24);
  gint64    refunded = wb_record_get_int (paper->order, WB_ORDER_REFUNDED_TOTAL);

  if (tells_discount (paper))
    facts[n++] = (WbDocFact){ wb_doc_word (doc, "discount"),
                              amount (doc, paper, WB_ORDER_DISCOUNT_TOTAL, TRUE) };
  facts[n++] = (WbDocFact){ wb_doc_word (doc, "shipping"),
                            amount (doc, paper, WB_ORDER_SHIPPING_TOTAL, FALSE) };
  facts[n++] = (WbDocFact){ wb_doc_word (doc, "tax-in-total"),
                            amount (doc, paper, WB_ORDER_TAX_TOTAL, FALSE) };
  if (refunded != 0)
    facts[n++] = (WbDocFact){ wb_doc_word (doc, "refunded"),
                              amount (doc, paper, WB_ORDER_REFUNDED_TOTAL, FALSE) };
  facts[n++] = (WbDocFact){ wb_doc_word (doc, "total"),
                            wb_doc_money (doc, wb_record_get_int (paper->order, WB_ORDER_TOTAL),
                                          currency_of (paper)) };
  wb_doc_totals (doc, facts, n);
  wb_doc_paragraph (doc, WB_STYLE_SMALL, wb_doc_word (doc, "receipt-note"));
}

static void
set_addresses (WbDoc *doc, const WbOrderPaper *paper)
{
  gpointer to = wb_record_get_one (paper->order, WB_ORDER_SHIP_TO),
           bill = wb_record_get_one (paper->order, WB_ORDER_BILL_TO);
  WbDocFact    facts[WB_MOST_COLUMNS];
  guint        n_facts = wb_order_facts (doc, paper, facts, G_N_ELEMENTS (facts)), n = 0;
  WbDocAddress addresses[2];

  if (bill != NULL)
    addresses[n++] = (WbDocAddress){ wb_doc_word (doc, "bill-to"), wb_doc_address (doc, bill) };
  if (to != NULL)
    addresses[n++] = (WbDocAddress){ wb_doc_word (doc, "ship-to"), wb_doc_address (doc, to) };
  if (n == 2 && g_strcmp0 (addresses[0].text, addresses[1].text) == 0)
    n = 1;
  wb_doc_addresses (doc, addresses, n, facts, n_facts, wb_order_barcode (doc, paper));
}

static void
set_receipt (WbDoc *doc, const WbOrderPaper *paper)
{
  const char *const *blocks = wb_template_get_blocks (doc->ask.template);

  wb_order_heads (doc, paper);
  for (guint i = 0; blocks[i] != NULL; i++)
    if (strcmp (blocks[i], "letterhead") == 0)
      wb_doc_letterhead (doc, wb_doc_word (doc, wb_template_get_title (doc->ask.template)));
    else if (strcmp (blocks[i], "addresses") == 0)
      set_addresses (doc, paper);
    else if (strcmp (blocks[i], "table") == 0)
      set_table (doc, paper);
    else if (strcmp (blocks[i], "totals") == 0)
      set_totals (doc, paper);
    else
      wb_order_message (doc, paper);
}

const WbPaperKind wb_receipt_kind = { .kind = WB_PAPER_RECEIPT,
                                      .title = "receipt",
                                      .set = set_receipt };

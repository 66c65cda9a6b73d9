/* SPDX-License-Identifier: GPL-3.0-or-later
 * The commercial invoice: what couriers show to customs. What is not known is left blank and
 * refused by whoever asks for it, never made up. */
#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <string.h>

#define RIGHT_TO_LEFT "\xe2\x80\x8f"
#define LEFT_ISOLATE  "\xe2\x81\xa6"
#define END_ISOLATE   "\xe2\x81\xa9"

static const char *
cell_text (WbDoc *doc, const WbCustoms *customs, const WbCustomsLine *line, const char *column)
{
  if (strcmp (column, "description") == 0)
    return line->description;
  if (strcmp (column, "sku") == 0)
    return line->sku;
  if (strcmp (column, "hs-code") == 0)
    return line->hs_code;
  if (strcmp (column, "origin") == 0)
    return line->origin;
  if (strcmp (column, "quantity") == 0)
    return wb_doc_number (doc, line->quantity);
  if (strcmp (column, "net-weight") == 0)
    return line->weight_g > 0 ? wb_doc_kilos (doc, line->weight_g) : NULL;
  if (strcmp (column, "price") == 0)
    return line->quantity > 0 && line->value % line->quantity == 0
               ? wb_doc_money (doc, line->value / line->quantity, customs->currency)
               : NULL;
  return wb_doc_money (doc, line->value, customs->currency);
}

static void
set_table (WbDoc *doc, const WbOrderPaper *paper)
{
  const WbCustoms *customs = paper->customs;
  const char      *columns[WB_MOST_COLUMNS], *cells[WB_MOST_COLUMNS] = { NULL };
  guint            n = wb_order_columns (doc, NULL, 0, columns, WB_MOST_COLUMNS);

  wb_doc_table_begin (doc, columns);
  for (guint i = 0; i < customs->lines->len; i++)
    {
      for (guint k = 0; k < n; k++)
        cells[k] = cell_text (doc, customs, customs->lines->pdata[i], columns[k]);
      wb_doc_row (doc, cells, NULL);
    }
}

static void
set_totals (WbDoc *doc, const WbOrderPaper *paper)
{
  WbDocFact facts[] = {
    { wb_doc_word (doc, "net-weight"), wb_doc_kilos (doc, wb_customs_total_weight (paper->customs)),
      FALSE },
    { wb_doc_word (doc, "total"),
      wb_doc_money (doc, wb_customs_total_value (paper->customs), paper->customs->currency),
      FALSE },
  };

  wb_doc_totals (doc, facts, G_N_ELEMENTS (facts));
}

/* A number and a mail address are read from the left, on their own, also in an Arabic address. */
static void
add_contact (GString *text, const char *contact)
{
  const char *mark = wb_text_is_right_to_left (text->str) ? RIGHT_TO_LEFT : "";

  if (!wb_text_is_empty (contact))
    g_string_append_printf (text, "\n%s" LEFT_ISOLATE "%s" END_ISOLATE, mark, contact);
}

static const char *
with_contact (WbDoc *doc, const char *address, const char *phone, const char *mail)
{
  g_autoptr (GString) text = g_string_new (address);

  add_contact (text, phone);
  add_contact (text, mail);
  return wb_doc_dup (doc, text->str);
}

static void
set_addresses (WbDoc *doc, const WbOrderPaper *paper)
{
  gpointer     to = wb_record_get_one (paper->order, WB_ORDER_SHIP_TO);
  WbDocFact    facts[WB_MOST_COLUMNS];
  guint        n = wb_order_facts (doc, paper, facts, G_N_ELEMENTS (facts));
  WbDocAddress addresses[] = {
    { wb_doc_word (doc, "ship-to"),
      with_contact (doc, wb_doc_address (doc, to),
                    to != NULL ? wb_record_get_text (to, WB_ADDRESS_PHONE) : NULL,
                    to != NULL ? wb_record_get_text (to, WB_ADDRESS_EMAIL) : NULL) },
    { wb_doc_word (doc, "from"),
      with_contact (doc, wb_doc_origin (doc, "\n", TRUE),
                    wb_record_get_text (paper->origin, WB_ORIGIN_PHONE),
                    wb_record_get_text (paper->origin, WB_ORIGIN_EMAIL)) },
  };

  wb_doc_addresses (doc, addresses, G_N_ELEMENTS (addresses), facts, n,
                    wb_order_barcode (doc, paper));
}

static void
set_invoice (WbDoc *doc, const WbOrderPaper *paper)
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
    else if (strcmp (blocks[i], "declaration") == 0)
      wb_doc_paragraph (doc, WB_STYLE_BODY, wb_doc_word (doc, "invoice-declaration"));
    else if (strcmp (blocks[i], "signature") == 0)
      wb_doc_signature (doc, paper->customs->signer != NULL ? paper->customs->signer
                                                            : wb_doc_word (doc, "signature"));
    else
      wb_order_message (doc, paper);
}

const WbPaperKind wb_invoice_kind = { .kind = WB_PAPER_INVOICE,
                                      .title = "commercial-invoice",
                                      .parcel = TRUE,
                                      .customs = TRUE,
                                      .set = set_invoice };

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The address label: sender small, receiver large, on a form of 105 × 74 mm, eight to an A4 sheet.
 */
#include "wb-order-paper-private.h"

#include <glib/gi18n-lib.h>

#define WIDTH_MM  105.0
#define HEIGHT_MM 74.0
#define INSET     17.0

static gboolean
check_address (const WbOrderPaper *paper, GError **error)
{
  if (wb_record_get_one (paper->order, WB_ORDER_SHIP_TO) != NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Order %s has no address to put on a label",
               wb_record_get_text (paper->order, WB_ORDER_NUMBER));
  return FALSE;
}

/* As large as there is room for: an address may be long, and no line of it may be lost. */
static WbTypeStyle
choose_style (WbDoc *doc, const char *address, double width, double height)
{
  static const WbTypeStyle styles[] = { WB_STYLE_SENDER, WB_STYLE_ADDRESS, WB_STYLE_BODY,
                                        WB_STYLE_SMALL };
  guint                    i = 0;

  while (i + 1 < G_N_ELEMENTS (styles) &&
         wb_layout_height (wb_typeset_set (doc->type, styles[i], width, 0, address)) > height)
    i++;
  if (wb_layout_height (wb_typeset_set (doc->type, styles[i], width, 0, address)) > height)
    wb_doc_warn (doc, _ ("The address is too long for its label; its end is not printed."));
  return styles[i];
}

static void
set_address (WbDoc *doc, const WbOrderPaper *paper)
{
  double           width = doc->ask.width - 2 * INSET, y = INSET, small, room;
  const char      *address;
  const char      *order = wb_doc_fill (doc, "order-number", "order",
                                        wb_record_get_text (paper->order, WB_ORDER_NUMBER), NULL);
  g_autofree char *from =
      g_strconcat (wb_doc_sender (doc), " · ", wb_doc_origin (doc, " · ", FALSE), NULL);

  address = wb_doc_address (doc, wb_record_get_one (paper->order, WB_ORDER_SHIP_TO));
  wb_doc_strip_begin (doc);
  small = wb_doc_text (doc, WB_STYLE_SMALL, FALSE, 2, from, INSET, y, width, WB_SIDE_START);
  wb_doc_line (doc, INSET, y + small + 3, width, 0.6, 0.5);
  y += small + 14;
  room = doc->ask.height - INSET - 12 - y;
  wb_doc_text (doc, choose_style (doc, address, width - 14, room), TRUE, 0, address, INSET + 14, y,
               width - 14, WB_SIDE_START);
  wb_doc_text (doc, WB_STYLE_SMALL, TRUE, 1, order, INSET, doc->ask.height - INSET - 8, width,
               WB_SIDE_END);
  wb_doc_strip_end (doc, 0, doc->ask.height, FALSE);
}

const WbPaperKind wb_address_kind = { .kind = WB_PAPER_ADDRESS,
                                      .title = "ship-to",
                                      .width = WIDTH_MM,
                                      .height = HEIGHT_MM,
                                      .check = check_address,
                                      .set = set_address };

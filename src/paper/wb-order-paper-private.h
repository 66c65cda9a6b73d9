/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the papers of an order: what each kind of paper gives to the writer. */
#pragma once

#include "wb-document.h"
#include "wb-order-paper.h"

G_BEGIN_DECLS

/* One line of the order as the slip tells it. ordered = cancelled + earlier + here + elsewhere +
 * to_come. */
typedef struct
{
  WbOrderLine *line; /* borrowed */
  gint64       ordered;
  gint64       cancelled;
  gint64       earlier;   /* left with shipments before */
  gint64       here;      /* in this parcel */
  gint64       elsewhere; /* in another parcel of this shipment */
  gint64       to_come;
} WbSlipRow;

/**
 * WbPaperKind: how one kind of paper is made.
 * @title: one of the papers' words, for the document's title
 * @parcel: whether it needs a shipment and its parcel
 * @customs: whether it needs a customs declaration
 * @width: in millimetres, of a form of its own size; 0: A4 or Letter
 * @check: (nullable): refuses what cannot be printed, before anything is drawn
 * @set: places everything
 */
typedef struct
{
  const char *kind;
  const char *title;
  gboolean    parcel;
  gboolean    customs;
  double      width, height;
  gboolean (*check) (const WbOrderPaper *paper, GError **error);
  void (*set) (WbDoc *doc, const WbOrderPaper *paper);
} WbPaperKind;

extern const WbPaperKind wb_slip_kind, wb_gift_kind, wb_return_kind, wb_receipt_kind,
    wb_invoice_kind, wb_cn22_kind, wb_cn23_kind, wb_address_kind;

GArray  *wb_slip_rows (const WbOrderPaper *paper);
gboolean wb_slip_check (const WbOrderPaper *paper, GError **error);
guint    wb_slip_parcel_rank (const WbOrderPaper *paper);

/* wb-order-facts.c */
guint       wb_order_facts (WbDoc *doc, const WbOrderPaper *paper, WbDocFact *facts, guint most);
const char *wb_order_barcode (WbDoc *doc, const WbOrderPaper *paper);
void        wb_order_heads (WbDoc *doc, const WbOrderPaper *paper);
void        wb_order_message (WbDoc *doc, const WbOrderPaper *paper);
guint
wb_order_columns (WbDoc *doc, const char *skip, guint hide, const char *columns[], guint most);

/* Papers of no single order: set by @set, in the manner of @with. */
GBytes *wb_list_paper_render (const char         *kind,
                              const WbOrderPaper *with,
                              WbInstant           created_at,
                              void (*set) (WbDoc *doc, gconstpointer data),
                              gconstpointer data,
                              guint        *pages,
                              char       ***warnings,
                              GError      **error);

/* More columns than any template can name. */
#define WB_MOST_COLUMNS 16

G_END_DECLS

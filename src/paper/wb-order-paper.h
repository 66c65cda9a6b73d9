/* SPDX-License-Identifier: GPL-3.0-or-later
 * The papers that go with an order and its parcels, as PDF. */
#pragma once

#include "wb-connection.h"
#include "wb-customs.h"
#include "wb-order.h"
#include "wb-shipment.h"
#include "wb-template.h"

G_BEGIN_DECLS

/* Papers by their PWG 5101.1 names: what WbPrinter's media says as well. */
#define WB_PAPER_A4     "iso_a4_210x297mm"
#define WB_PAPER_LETTER "na_letter_8.5x11in"

/* Columns of the packing slip's table that it can do without. */
enum
{
  WB_SLIP_HIDE_ORDERED = 1 << 0,
  WB_SLIP_HIDE_TO_COME = 1 << 1,
  WB_SLIP_HIDE_SKU = 1 << 2,
};

/**
 * WbOrderPaper: what goes on one paper of an order. All borrowed.
 * @kind: (nullable): WB_PAPER_…; %NULL: the packing slip
 * @order: with its lines and addresses
 * @shipment: (nullable): with all its parcels, so that the paper can say “parcel 1 of 2” and what
 * lies in another box. What it contains is counted as not yet in the lines' `shipped` unless its
 * state is %WB_SHIPMENT_SHIPPED. Receipt and address label do without
 * @parcel: (nullable): one of @shipment's, with its lines; its reference is the barcode
 * @origin: the sender
 * @channel: (nullable): the shop's name as the customer knows it
 * @message: (nullable): a few words to the customer; %NULL: the template's
 * @paper: (nullable): WB_PAPER_A4…, also “A4” and “Letter”; %NULL: what is usual in the origin's
 * country
 * @practice: marks every page as practice
 * @logo: (nullable): a PNG or SVG picture above the sender's name
 * @hide: WB_SLIP_HIDE_… of what the packing slip's table does not show
 * @language: (nullable): “de”: whose words it speaks; %NULL or one without a translation: the
 * user's
 * @template: (nullable): of this kind; %NULL: the program's own
 * @customs: (nullable): what customs forms and the commercial invoice tell
 * @made_on: (nullable): the local date customs papers bear; %NULL: the shipment's ship date
 */
typedef struct
{
  const char *kind;
  WbOrder    *order;
  WbShipment *shipment;
  WbParcel   *parcel;
  WbOrigin   *origin;
  const char *channel;
  const char *message;
  const char *paper;
  gboolean    practice;
  GBytes     *logo;
  guint       hide;
  const char *language;
  const WbTemplate *template;
  const WbCustoms *customs;
  const char      *made_on;
} WbOrderPaper;

const char *wb_paper_size (const char *paper, const char *country);

GBytes *wb_order_paper_render (const WbOrderPaper *paper,
                               WbInstant           created_at,
                               guint              *pages,
                               char             ***warnings,
                               GError            **error);

/* Many papers in one document, in the order they are added. Not shared between threads. */
typedef struct _WbPaperWriter WbPaperWriter;

WbPaperWriter *wb_paper_writer_new (WbInstant created_at);
gboolean       wb_paper_writer_add (WbPaperWriter *self, const WbOrderPaper *paper, GError **error);
guint          wb_paper_writer_get_pages (WbPaperWriter *self);
char         **wb_paper_writer_dup_warnings (WbPaperWriter *self);
GBytes        *wb_paper_writer_finish (WbPaperWriter *self, GError **error);
void           wb_paper_writer_free (WbPaperWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPaperWriter, wb_paper_writer_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing slip: what lies in a parcel, for the customer, as PDF. */
#pragma once

#include "wb-connection.h"
#include "wb-order.h"
#include "wb-shipment.h"

G_BEGIN_DECLS

/* Papers a slip is made for, by their PWG 5101.1 names: what WbPrinter's media says as well. */
#define WB_PAPER_A4     "iso_a4_210x297mm"
#define WB_PAPER_LETTER "na_letter_8.5x11in"

/* Columns of the table that a slip can do without. */
enum
{
  WB_SLIP_HIDE_ORDERED = 1 << 0,
  WB_SLIP_HIDE_TO_COME = 1 << 1,
  WB_SLIP_HIDE_SKU = 1 << 2,
};

/**
 * WbSlip: what goes on one slip. All borrowed.
 * @order: with its lines and ship_to
 * @shipment: with all its parcels, so that the slip can say “parcel 1 of 2” and what lies in
 * another box. What it contains is counted as not yet in the lines' `shipped` unless its state is
 * %WB_SHIPMENT_SHIPPED
 * @parcel: one of @shipment's, with its lines; its reference is the barcode
 * @origin: the sender
 * @channel: (nullable): the shop's name as the customer knows it
 * @message: (nullable): a few words to the customer, under the table
 * @paper: (nullable): WB_PAPER_…, also “A4” and “Letter”; %NULL: what is usual in the origin's
 * country
 * @practice: marks every page as practice
 * @logo: (nullable): a PNG picture above the sender's name
 * @hide: WB_SLIP_HIDE_… of what the table does not show; “In this parcel” is always there
 */
typedef struct
{
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
} WbSlip;

const char *wb_slip_paper (const char *paper, const char *country);

GBytes *wb_slip_render (
    const WbSlip *slip, WbInstant created_at, guint *pages, char ***warnings, GError **error);

/* Many slips in one document, in the order they are added. Not shared between threads. */
typedef struct _WbSlipWriter WbSlipWriter;

WbSlipWriter *wb_slip_writer_new (WbInstant created_at);
gboolean      wb_slip_writer_add (WbSlipWriter *self, const WbSlip *slip, GError **error);
guint         wb_slip_writer_get_pages (WbSlipWriter *self);
char        **wb_slip_writer_dup_warnings (WbSlipWriter *self);
GBytes       *wb_slip_writer_finish (WbSlipWriter *self, GError **error);
void          wb_slip_writer_free (WbSlipWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSlipWriter, wb_slip_writer_free)

G_END_DECLS

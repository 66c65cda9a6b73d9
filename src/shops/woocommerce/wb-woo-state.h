/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a WooCommerce status means for shipping, and how a connection's settings extend it. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

/* WooCommerce's own statuses that may have something to ship, as a list filter takes them. */
#define WB_WOO_OPEN_STATUSES "processing,on-hold"

/**
 * WbWooReader: what is needed to read an order beside its JSON.
 * @currency: for orders that name none; empty when not known
 * @statuses: (nullable): the shop's own statuses (without “wc-”) to a shop state
 * @slip_meta: (nullable): keys of meta data that the packing slip is to show
 */
typedef struct
{
  char        currency[4];
  GHashTable *statuses;
  GStrv       slip_meta;
} WbWooReader;

/**
 * WbWooPayment: what an order says of its payment.
 * @held: a card payment is authorised and waits to be captured
 */
typedef struct
{
  gboolean paid;
  gboolean held;
  gboolean all_refunded;
} WbWooPayment;

gboolean wb_woo_reader_init (WbWooReader *reader,
                             const char  *currency,
                             const char  *settings,
                             GError     **error);
void     wb_woo_reader_clear (WbWooReader *reader);
const char *
wb_woo_state_of (const WbWooReader *reader, const char *status, const WbWooPayment *payment);
const char *wb_woo_state_meaning (const WbWooReader *reader, const char *status);
gboolean    wb_woo_state_is_draft (const char *status);
char       *wb_woo_state_open_list (const WbWooReader *reader);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbWooReader, wb_woo_reader_clear)

G_END_DECLS

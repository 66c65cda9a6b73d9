/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Vendure order read into our record. */
#pragma once

#include "wb-json.h"
#include "wb-order.h"

G_BEGIN_DECLS

#define WB_VENDURE_PRECISION 2 /* digits of the shop's money where it does not tell */

/**
 * WbVendureReader: how this shop's orders are to be read.
 * @precision: digits after the point that all its amounts have, whatever their currency
 * @statuses: (element-type utf8 utf8): what the shop's own states mean
 */
typedef struct
{
  guint       precision;
  GHashTable *statuses;
} WbVendureReader;

/**
 * WbVendureSums: the payments of an order, in the currency's minor units.
 * @authorised: held, and can still be taken; in @n_authorised payments; @n_cancelled were let go
 * @settled: taken; @refunded: given back of it; @total: what the order costs now
 */
typedef struct
{
  gint64 authorised;
  gint64 settled;
  gint64 refunded;
  gint64 total;
  guint  n_authorised;
  guint  n_cancelled;
  guint  n_payments;
} WbVendureSums;

gboolean    wb_vendure_reader_init (WbVendureReader *reader, const char *settings, GError **error);
void        wb_vendure_reader_clear (WbVendureReader *reader);
gboolean    wb_vendure_amount (const WbJson          *at,
                               const char            *name,
                               const WbVendureReader *reader,
                               const char            *currency,
                               gint64                *out,
                               GError               **error);
gint64      wb_vendure_to_shop (const WbVendureReader *reader, WbMoney money);
gboolean    wb_vendure_sum_payments (const WbJson          *order,
                                     const WbVendureReader *reader,
                                     WbVendureSums         *sums,
                                     GError               **error);
gint64      wb_vendure_fulfilled (const WbJson *line);
gboolean    wb_vendure_is_cart (const WbJson *order);
const char *wb_vendure_state_meaning (const WbVendureReader *reader, const char *state);
const char *const *wb_vendure_standing_states (void);
WbOrder *wb_vendure_order_parse (const WbJson *at, const WbVendureReader *reader, GError **error);
gboolean wb_vendure_order_read_lines (WbOrder               *order,
                                      const WbJson          *at,
                                      const WbVendureReader *reader,
                                      GError               **error);
char    *wb_vendure_order_digest (const WbJson *at);

G_END_DECLS

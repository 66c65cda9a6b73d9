/* SPDX-License-Identifier: GPL-3.0-or-later
 * The balance and the payouts of Shopify Payments, as the two files that read them share it. */
#pragma once

#include "wb-shopify-shop.h"

G_BEGIN_DECLS

/* wb-shopify-balance.c */
gboolean wb_shopify_money (
    const WbJson *at, const char *name, char currency[4], gint64 *out, GError **error);
gboolean wb_shopify_read_movements (WbShopifyShop *self,
                                    const char    *filter,
                                    gboolean       transfers,
                                    char         **after,
                                    GPtrArray     *items,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean wb_shopify_list_money (WbGateway    *gateway,
                                const char   *cursor,
                                WbMoneyPage  *page,
                                GCancellable *cancellable,
                                GError      **error);

/* wb-shopify-payout.c */
GPtrArray *wb_shopify_list_payouts (WbGateway    *gateway,
                                    WbInstant     since,
                                    GCancellable *cancellable,
                                    GError      **error);
WbPayout  *wb_shopify_read_payout (WbGateway    *gateway,
                                   const char   *payout_ref,
                                   GCancellable *cancellable,
                                   GError      **error);
GPtrArray *wb_shopify_list_payout_items (WbGateway    *gateway,
                                         const char   *payout_ref,
                                         GCancellable *cancellable,
                                         GError      **error);

G_END_DECLS

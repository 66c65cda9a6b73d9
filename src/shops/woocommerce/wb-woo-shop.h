/* SPDX-License-Identifier: GPL-3.0-or-later
 * A connected WooCommerce shop, as the files of this folder share it. */
#pragma once

#include "wb-http.h"
#include "wb-shop.h"
#include "wb-woo-state.h"

G_BEGIN_DECLS

#define WB_TYPE_WOO_SHOP (wb_woo_shop_get_type ())
G_DECLARE_FINAL_TYPE (WbWooShop, wb_woo_shop, WB, WOO_SHOP, GObject)

struct _WbWooShop
{
  GObject parent_instance;

  WbHttp     *http; /* with the consumer key */
  WbHttp     *open; /* without: the index of the site answers a consumer key with 401 */
  WbWooReader reader;
  gboolean    clock_known;
  gboolean    clock_remembered; /* clock_offset is of an earlier connection */
  gint64      clock_offset;     /* the shop's clock minus ours, seconds */
};

/* The REST API of WooCommerce, below the shop's root. */
#define WB_WOO_ROOT "/wp-json/wc/v3"

/* wb-woo-call.c */
WbHttpRequest *wb_woo_shop_request (const char *method, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
WbHttpResponse *wb_woo_shop_send (WbWooShop     *self,
                                  WbHttpRequest *request,
                                  GCancellable  *cancellable,
                                  GError       **error);
gboolean        wb_woo_shop_check (const WbHttpResponse *response, GError **error);
JsonNode       *wb_woo_shop_call (WbWooShop       *self,
                                  WbHttpRequest   *request,
                                  WbHttpResponse **response,
                                  GCancellable    *cancellable,
                                  GError         **error);
char           *wb_woo_shop_code (const WbHttpResponse *response);
void            wb_woo_shop_see_clock (WbWooShop *self, const WbHttpResponse *response);
gboolean        wb_woo_shop_check_ref (const char *order_ref, GError **error);

/* One file each. */
gboolean wb_woo_shop_probe (WbShop         *shop,
                            WbShopFindings *findings,
                            GCancellable   *cancellable,
                            GError        **error);
gboolean wb_woo_shop_fetch_orders (WbShop        *shop,
                                   const char    *cursor,
                                   WbShopPageFunc page,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);
WbOrder *wb_woo_shop_fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error);
gboolean  wb_woo_shop_read_refunds (WbWooShop    *self,
                                    WbOrder      *order,
                                    GCancellable *cancellable,
                                    GError      **error);
gboolean  wb_woo_shop_report (WbShop             *shop,
                              const WbFulfilment *fulfilment,
                              char              **remote_id,
                              GCancellable       *cancellable,
                              GError            **error);
WbFinding wb_woo_shop_find_report (WbShop             *shop,
                                   const WbFulfilment *fulfilment,
                                   char              **remote_id,
                                   GCancellable       *cancellable,
                                   GError            **error);
gboolean  wb_woo_shop_refund (WbShop             *shop,
                              const WbShopRefund *refund,
                              char              **remote_id,
                              GCancellable       *cancellable,
                              GError            **error);
WbFinding wb_woo_shop_find_refund (WbShop             *shop,
                                   const WbShopRefund *refund,
                                   char              **remote_id,
                                   GCancellable       *cancellable,
                                   GError            **error);
gboolean  wb_woo_shop_fetch_listings (WbShop           *shop,
                                      const char       *cursor,
                                      WbShopListingFunc page,
                                      gpointer          data,
                                      GCancellable     *cancellable,
                                      GError          **error);
gboolean  wb_woo_shop_read_stock (
     WbShop *shop, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error);
gboolean   wb_woo_shop_set_stock (WbShop            *shop,
                                  const WbShopStock *stock,
                                  gint64            *shown,
                                  GCancellable      *cancellable,
                                  GError           **error);
GPtrArray *wb_woo_shop_list_open (WbShop *shop, GCancellable *cancellable, GError **error);
GPtrArray *wb_woo_shop_list_statuses (WbShop *shop, GCancellable *cancellable, GError **error);
gboolean   wb_woo_shop_change_order (WbShop             *shop,
                                     const WbShopChange *change,
                                     char              **remote_id,
                                     GCancellable       *cancellable,
                                     GError            **error);
WbFinding  wb_woo_shop_find_change (WbShop             *shop,
                                    const WbShopChange *change,
                                    char              **remote_id,
                                    GCancellable       *cancellable,
                                    GError            **error);
gboolean   wb_woo_change_pieces (WbWooShop          *self,
                                 const WbShopChange *change,
                                 GCancellable       *cancellable,
                                 GError            **error);
WbFinding  wb_woo_find_pieces (WbWooShop          *self,
                               const WbShopChange *change,
                               GCancellable       *cancellable,
                               GError            **error);
gboolean   wb_woo_shop_create_order (WbShop       *shop,
                                     WbOrder      *draft,
                                     const char   *key,
                                     char        **remote_id,
                                     GCancellable *cancellable,
                                     GError      **error);
WbFinding  wb_woo_shop_find_created (WbShop       *shop,
                                     const char   *key,
                                     WbInstant     since,
                                     char        **remote_id,
                                     GCancellable *cancellable,
                                     GError      **error);
gboolean   wb_woo_shop_read_hint (WbShop            *shop,
                                  const char        *secret,
                                  const char *const *headers,
                                  GBytes            *body,
                                  char             **order_ref,
                                  GError           **error);
gboolean   wb_woo_shop_get_clock (WbShop *shop, gint64 *offset);

/* Shared by the files that write people. */
void wb_woo_write_address (JsonBuilder *builder,
                           const char  *name,
                           WbAddress   *address,
                           const char  *email);

G_END_DECLS

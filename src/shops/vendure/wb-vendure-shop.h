/* SPDX-License-Identifier: GPL-3.0-or-later
 * A connected Vendure shop, as the files of this folder share it. */
#pragma once

#include "wb-gateway.h"
#include "wb-graphql.h"
#include "wb-shop.h"
#include "wb-vendure-order.h"

G_BEGIN_DECLS

#define WB_TYPE_VENDURE_SHOP (wb_vendure_shop_get_type ())
G_DECLARE_FINAL_TYPE (WbVendureShop, wb_vendure_shop, WB, VENDURE_SHOP, GObject)

/* Signing in: by @key, an API key; or as @user with @key as the password, which gives @token for a
 * time. */
struct _WbVendureShop
{
  GObject parent_instance;

  WbHttp         *http;
  WbGraphql      *door;
  WbGraphql      *gate; /* for signing in only */
  char           *key;
  char           *user;     /* NULL: an API key */
  char           *token;    /* of the session, NULL: not signed in */
  char           *channel;  /* the token of one of the shop's channels, NULL: its default one */
  char           *location; /* the stock location that is counted up and down, NULL: the first */
  gboolean        renewed;  /* the session was renewed for the call under way */
  gboolean        pays_elsewhere; /* a gateway of ours takes the money, not the shop */
  WbVendureReader reader;
  gboolean        precision_known;
  gboolean        clock_known;
  gint64          clock_offset; /* the shop's clock minus ours, seconds */
};

/* wb-vendure-call.c */
JsonNode   *wb_vendure_call (WbVendureShop *self,
                             const char    *document,
                             JsonObject    *variables,
                             GCancellable  *cancellable,
                             GError       **error);
gboolean    wb_vendure_act (WbVendureShop *self,
                            const char    *document,
                            JsonObject    *variables,
                            const char    *member,
                            JsonNode     **reply,
                            WbJson         rows[3],
                            GCancellable  *cancellable,
                            GError       **error);
WbJson      wb_vendure_data (JsonNode *root, const char *member, WbJson rows[3]);
JsonObject *wb_vendure_id (const char *id);
gboolean    wb_vendure_check_ref (const char *order_ref, GError **error);
gboolean wb_vendure_know_precision (WbVendureShop *self, GCancellable *cancellable, GError **error);
void     wb_vendure_take_precision (WbVendureShop *self, const WbJson *data);
gboolean wb_vendure_refuse (GError **error, WbError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void wb_vendure_prepare_doors (WbVendureShop *self);

/* wb-vendure-look.c */

/**
 * WbVendureLook: an order as the shop has it just now.
 * @order: at @rows; of the reply @root
 */
typedef struct
{
  JsonNode *root;
  WbJson    rows[3];
  WbJson    order;
} WbVendureLook;

gboolean    wb_vendure_look (WbVendureShop *self,
                             const char    *order_ref,
                             WbVendureLook *look,
                             GCancellable  *cancellable,
                             GError       **error);
void        wb_vendure_look_clear (WbVendureLook *look);
const char *wb_vendure_look_state (const WbVendureLook *look);
gboolean wb_vendure_look_sums (WbVendureShop *self, const WbVendureLook *look, WbVendureSums *sums);
gboolean wb_vendure_history_has (WbVendureShop *self,
                                 const char    *order_ref,
                                 const char    *type,
                                 const char    *member,
                                 const char    *key,
                                 char         **entry,
                                 GCancellable  *cancellable,
                                 GError       **error);
char    *wb_vendure_with_key (const char *text, const char *key);
gboolean wb_vendure_names_key (const char *text, const char *key);

/* One file each. */
gboolean wb_vendure_probe (WbShop         *shop,
                           WbShopFindings *findings,
                           GCancellable   *cancellable,
                           GError        **error);
gboolean wb_vendure_fetch_orders (WbShop        *shop,
                                  const char    *cursor,
                                  WbShopPageFunc page,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
WbOrder *wb_vendure_fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error);
gboolean  wb_vendure_report (WbShop             *shop,
                             const WbFulfilment *fulfilment,
                             char              **remote_id,
                             GCancellable       *cancellable,
                             GError            **error);
WbFinding wb_vendure_find_report (WbShop             *shop,
                                  const WbFulfilment *fulfilment,
                                  char              **remote_id,
                                  GCancellable       *cancellable,
                                  GError            **error);
gboolean  wb_vendure_refund (WbShop             *shop,
                             const WbShopRefund *refund,
                             char              **remote_id,
                             GCancellable       *cancellable,
                             GError            **error);
WbFinding wb_vendure_find_refund (WbShop             *shop,
                                  const WbShopRefund *refund,
                                  char              **remote_id,
                                  GCancellable       *cancellable,
                                  GError            **error);
gboolean  wb_vendure_fetch_listings (WbShop           *shop,
                                     const char       *cursor,
                                     WbShopListingFunc page,
                                     gpointer          data,
                                     GCancellable     *cancellable,
                                     GError          **error);
gboolean  wb_vendure_read_stock (
     WbShop *shop, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error);
gboolean   wb_vendure_set_stock (WbShop            *shop,
                                 const WbShopStock *stock,
                                 gint64            *shown,
                                 GCancellable      *cancellable,
                                 GError           **error);
GPtrArray *wb_vendure_list_open (WbShop *shop, GCancellable *cancellable, GError **error);
GPtrArray *wb_vendure_list_statuses (WbShop *shop, GCancellable *cancellable, GError **error);
gboolean   wb_vendure_change_order (WbShop             *shop,
                                    const WbShopChange *change,
                                    char              **remote_id,
                                    GCancellable       *cancellable,
                                    GError            **error);
WbFinding  wb_vendure_find_change (WbShop             *shop,
                                   const WbShopChange *change,
                                   char              **remote_id,
                                   GCancellable       *cancellable,
                                   GError            **error);
void       wb_vendure_gateway_iface_init (WbGatewayInterface *iface);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbVendureLook, wb_vendure_look_clear)

G_END_DECLS

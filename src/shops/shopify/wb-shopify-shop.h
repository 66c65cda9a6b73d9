/* SPDX-License-Identifier: GPL-3.0-or-later
 * A connected Shopify shop, as the files of this folder share it. */
#pragma once

#include "wb-gateway.h"
#include "wb-graphql.h"
#include "wb-shop.h"

G_BEGIN_DECLS

#define WB_TYPE_SHOPIFY_SHOP (wb_shopify_shop_get_type ())
G_DECLARE_FINAL_TYPE (WbShopifyShop, wb_shopify_shop, WB, SHOPIFY_SHOP, GObject)

/* The version of the Admin API every document here is written for. */
#define WB_SHOPIFY_VERSION "2026-07"
#define WB_SHOPIFY_FOLDER  "/org/waybill/shops/shopify"

/* What the app may be asked for beyond orders; a missing right leaves the field out. */
typedef enum
{
  WB_SHOPIFY_MAY_CUSTOMERS = 1 << 0,
  WB_SHOPIFY_MAY_PRODUCTS = 1 << 1,
  WB_SHOPIFY_MAY_FULFILLMENT = 1 << 2,
  WB_SHOPIFY_MAY_RETURNS = 1 << 3,
} WbShopifyMay;

#define WB_SHOPIFY_MAY_ALL                                                                         \
  (WB_SHOPIFY_MAY_CUSTOMERS | WB_SHOPIFY_MAY_PRODUCTS | WB_SHOPIFY_MAY_FULFILLMENT |               \
   WB_SHOPIFY_MAY_RETURNS)

/**
 * WbShopifyReader: what is needed to read an order beside its JSON.
 * @pending_ships: (nullable): ways of paying (in lower case) whose orders are shipped before they
 * are paid
 */
typedef struct
{
  GStrv pending_ships;
} WbShopifyReader;

struct _WbShopifyShop
{
  GObject parent_instance;

  WbHttp         *http;
  WbGraphql      *graphql;
  char           *client_id; /* NULL: a token of the admin's */
  char           *secret;
  char           *token_key; /* of the tokens kept in memory */
  char           *token;     /* in use; NULL: none yet */
  gboolean        renewed;   /* the token was refused and got anew since the last good answer */
  WbShopifyReader reader;
  char           *location; /* gid of the place whose stock is shown; NULL: not asked yet */
  guint           may;
  guint           page_size; /* orders asked for at once */
  guint           last_cost; /* what the shop counted for the last question; 0: not told */
  gboolean        clock_known;
  gint64          clock_offset; /* the shop's clock minus ours, seconds */
};

/* wb-shopify-call.c */
JsonNode *wb_shopify_call (WbShopifyShop *self,
                           const char    *document,
                           JsonNode      *variables,
                           GCancellable  *cancellable,
                           GError       **error);
gboolean  wb_shopify_mutate (WbShopifyShop *self,
                             const char    *document,
                             const char    *field,
                             const char    *errors,
                             JsonNode      *variables,
                             JsonNode     **reply,
                             GCancellable  *cancellable,
                             GError       **error);
JsonNode *wb_shopify_call_order (WbShopifyShop *self,
                                 const char    *document,
                                 JsonNode      *variables,
                                 const char    *order_ref,
                                 JsonNode     **order,
                                 GCancellable  *cancellable,
                                 GError       **error);
void      wb_shopify_door_init (WbShopifyShop *self);
gboolean  wb_shopify_get_clock (WbShop *shop, gint64 *offset);
char     *wb_shopify_gid (const char *kind, const char *ref);
char     *wb_shopify_ref (const WbJson *at, const char *name);
gboolean  wb_shopify_check_ref (const char *order_ref, GError **error);
gboolean  wb_shopify_next_page (const WbJson *connection, char **after);
gboolean  wb_shopify_bag (
     const WbJson *at, const char *name, const char *currency, gint64 *out, GError **error);

/* wb-shopify-token.c */
gboolean wb_shopify_token_ensure (WbShopifyShop *self, GCancellable *cancellable, GError **error);
void     wb_shopify_token_drop (WbShopifyShop *self);

/* wb-shopify-probe.c */
gboolean wb_shopify_probe (WbShop         *shop,
                           WbShopFindings *findings,
                           GCancellable   *cancellable,
                           GError        **error);
gboolean wb_shopify_learn_rights (WbShopifyShop *self, GCancellable *cancellable, GError **error);

/* wb-shopify-order.c, wb-shopify-lines.c, wb-shopify-state.c */
WbOrder *wb_shopify_order_parse (const WbJson *at, const WbShopifyReader *reader, GError **error);
gboolean wb_shopify_read_lines (WbOrder *order, const WbJson *at, GError **error);
gboolean wb_shopify_reader_init (WbShopifyReader *reader, const char *settings, GError **error);
void     wb_shopify_reader_clear (WbShopifyReader *reader);
const char *wb_shopify_state_of (const WbJson *at, const WbShopifyReader *reader);
char       *wb_shopify_status_words (const WbJson *at);
GPtrArray  *wb_shopify_list_statuses (WbShop *shop, GCancellable *cancellable, GError **error);
char       *wb_shopify_hold_words (const WbJson *order);
char       *wb_shopify_why_not (const WbJson *fulfillment_order);

/* wb-shopify-sync.c, wb-shopify-bulk.c */
gboolean wb_shopify_fetch_orders (WbShop        *shop,
                                  const char    *cursor,
                                  WbShopPageFunc page,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
WbOrder *wb_shopify_fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error);
JsonNode *wb_shopify_with_rights (WbShopifyShop *self, JsonNode *variables);
JsonNode *wb_shopify_call_with_rights (WbShopifyShop *self,
                                       const char    *document,
                                       JsonNode      *variables,
                                       GCancellable  *cancellable,
                                       GError       **error);
gboolean  wb_shopify_more_lines (WbShopifyShop *self,
                                 JsonNode      *order,
                                 GCancellable  *cancellable,
                                 GError       **error);

/**
 * WbShopifyCursor: how far the shop has been read.
 * @since: everything modified up to then has been read, by the shop's own clock; 0: nothing yet
 * @bulk: (nullable): the first import's file in the making or being read
 * @bulk_at: bytes of that file which are read
 * @bulk_from: what @since becomes when the file is read
 * @recent: how many orders had changed since a little before @recent_of, when that was last asked
 */
typedef struct
{
  WbInstant since;
  char     *bulk;
  gint64    bulk_at;
  WbInstant bulk_from;
  gint64    bulk_done;
  gint64    recent;
  WbInstant recent_of;
} WbShopifyCursor;

/* One sync under way. */
typedef struct
{
  WbShopifyShop  *shop;
  WbShopifyCursor cursor;
  WbShopPageFunc  page;
  gpointer        data;
  GCancellable   *cancellable;
  gint64          done;
  gint64          total;
  GPtrArray      *orders;
  GPtrArray      *raws;
  GPtrArray      *problems;
} WbShopifySync;

gboolean wb_shopify_sync_add (WbShopifySync *sync, JsonNode *order, GError **error);
gboolean wb_shopify_sync_hand_over (WbShopifySync *sync, GError **error);
gboolean wb_shopify_sync_bulk (WbShopifySync *sync, gboolean *done, GError **error);

/* wb-shopify-report.c, wb-shopify-find-report.c */
gboolean   wb_shopify_report (WbShop             *shop,
                              const WbFulfilment *fulfilment,
                              char              **remote_id,
                              GCancellable       *cancellable,
                              GError            **error);
WbFinding  wb_shopify_find_report (WbShop             *shop,
                                   const WbFulfilment *fulfilment,
                                   char              **remote_id,
                                   GCancellable       *cancellable,
                                   GError            **error);
gboolean   wb_shopify_reported (WbShopifyShop      *self,
                                const WbFulfilment *fulfilment,
                                gint64             *covered,
                                char              **remote_id,
                                GCancellable       *cancellable,
                                GError            **error);
GPtrArray *wb_shopify_read_fulfillment_orders (WbShopifyShop *self,
                                               const char    *order_ref,
                                               GCancellable  *cancellable,
                                               GError       **error);

/* wb-shopify-refund.c */
gboolean  wb_shopify_refund (WbShop             *shop,
                             const WbShopRefund *refund,
                             char              **remote_id,
                             GCancellable       *cancellable,
                             GError            **error);
WbFinding wb_shopify_find_refund (WbShop             *shop,
                                  const WbShopRefund *refund,
                                  char              **remote_id,
                                  GCancellable       *cancellable,
                                  GError            **error);

/* wb-shopify-payment.c: the shop as a gateway */
void wb_shopify_gateway_iface_init (WbGatewayInterface *iface);

/* wb-shopify-stock.c */
gboolean
wb_shopify_ensure_location (WbShopifyShop *self, GCancellable *cancellable, GError **error);
gboolean wb_shopify_fetch_listings (WbShop           *shop,
                                    const char       *cursor,
                                    WbShopListingFunc page,
                                    gpointer          data,
                                    GCancellable     *cancellable,
                                    GError          **error);
gboolean wb_shopify_read_stock (
    WbShop *shop, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error);
gboolean wb_shopify_set_stock (WbShop            *shop,
                               const WbShopStock *stock,
                               gint64            *shown,
                               GCancellable      *cancellable,
                               GError           **error);

/* wb-shopify-change.c */
#define WB_SHOPIFY_CHANGES                                                                         \
  (WB_SHOP_CHANGE_NOTE | WB_SHOP_CHANGE_CANCEL | WB_SHOP_CHANGE_ADDRESS | WB_SHOP_CHANGE_HOLD |    \
   WB_SHOP_CHANGE_RELEASE | WB_SHOP_CHANGE_LINES | WB_SHOP_CHANGE_LINES_TEXT |                     \
   WB_SHOP_CHANGE_LINES_TELLS | WB_SHOP_CHANGE_LINES_RESTOCK)
#define WB_SHOPIFY_OPEN_FILTER                                                                     \
  "status:open AND (fulfillment_status:unshipped OR fulfillment_status:partial)"

GPtrArray *wb_shopify_list_open (WbShop *shop, GCancellable *cancellable, GError **error);
gboolean   wb_shopify_change_order (WbShop             *shop,
                                    const WbShopChange *change,
                                    char              **remote_id,
                                    GCancellable       *cancellable,
                                    GError            **error);
JsonNode  *wb_shopify_address_input (WbAddress *address);
WbFinding  wb_shopify_find_change (WbShop             *shop,
                                   const WbShopChange *change,
                                   char              **remote_id,
                                   GCancellable       *cancellable,
                                   GError            **error);

/* wb-shopify-pieces.c */
gboolean  wb_shopify_change_pieces (WbShopifyShop      *self,
                                    const WbShopChange *change,
                                    GCancellable       *cancellable,
                                    GError            **error);
WbFinding wb_shopify_find_pieces (WbShopifyShop      *self,
                                  const WbShopChange *change,
                                  GCancellable       *cancellable,
                                  GError            **error);

/* wb-shopify-create.c */
gboolean  wb_shopify_create_order (WbShop       *shop,
                                   WbOrder      *draft,
                                   const char   *key,
                                   char        **remote_id,
                                   GCancellable *cancellable,
                                   GError      **error);
WbFinding wb_shopify_find_created (WbShop       *shop,
                                   const char   *key,
                                   WbInstant     since,
                                   char        **remote_id,
                                   GCancellable *cancellable,
                                   GError      **error);

G_END_DECLS

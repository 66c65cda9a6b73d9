/* SPDX-License-Identifier: GPL-3.0-or-later
 * Channels beyond their orders coming in: what they sell and show of stock, changes told to them,
 * and the audit of what they and the book do not agree on. */
#pragma once

#include "wb-desk.h"

#include "wb-book-channels.h"
#include "wb-shop.h"

G_BEGIN_DECLS

/* Listings (wb-desk-listings.c). */
typedef struct
{
  gint64     read, added, changed;
  gint64     unmatched; /* of all that the channel has, not only of those read now */
  GPtrArray *problems;  /* element-type utf8: rows that could not be read, with place and reason */
} WbListingsResult;

gboolean wb_desk_sync_listings (WbDesk           *self,
                                gint64            channel_id,
                                WbListingsResult *result,
                                GCancellable     *cancellable,
                                GError          **error);
gboolean wb_desk_map_listing (WbDesk *self, gint64 listing_id, gint64 product_id, GError **error);
gint64   wb_desk_make_product (WbDesk *self, gint64 listing_id, GError **error);
void     wb_listings_result_clear (WbListingsResult *result);

/* Stock told to channels (wb-desk-channel-stock.c). */
typedef struct
{
  gint64     told, right; /* listings that were told another number; that showed the right one */
  GPtrArray *problems;    /* element-type utf8: what a channel refused, with its reason */
} WbPublishResult;

gboolean wb_channel_publishes (WbConnection *channel);
gboolean
wb_desk_set_publishing (WbDesk *self, gint64 channel_id, gboolean publishes, GError **error);
gboolean wb_desk_publish_stock (WbDesk          *self,
                                gint64           channel_id,
                                WbPublishResult *result,
                                GCancellable    *cancellable,
                                GError         **error);
void     wb_publish_result_clear (WbPublishResult *result);

/* Changes of an order in its shop (wb-desk-shop-change.c). */
guint    wb_desk_possible_changes (WbDesk *self, gint64 order_id, GError **error);
gboolean wb_desk_change_in_shop (WbDesk             *self,
                                 gint64              order_id,
                                 const WbShopChange *change,
                                 GCancellable       *cancellable,
                                 GError            **error);
gint64   wb_desk_create_in_shop (
      WbDesk *self, gint64 channel_id, WbOrder *draft, GCancellable *cancellable, GError **error);

/* Statuses of a shop's own (wb-desk-status.c). */
GPtrArray *
wb_desk_list_statuses (WbDesk *self, gint64 channel_id, GCancellable *cancellable, GError **error);
gboolean wb_desk_explain_status (WbDesk     *self,
                                 gint64      channel_id,
                                 const char *status,
                                 const char *state,
                                 guint      *moved,
                                 GError    **error);

/* The two-way audit (wb-desk-audit.c). */
#define WB_AUDIT_EVERY ((WbInstant) 24 * 60 * 60)

gboolean wb_desk_audit (WbDesk *self, gint64 channel_id, GCancellable *cancellable, GError **error);
gboolean wb_desk_audit_due (WbDesk *self, gint64 channel_id);
const char *wb_order_gap_title (const char *kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbListingsResult, wb_listings_result_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPublishResult, wb_publish_result_clear)

G_END_DECLS

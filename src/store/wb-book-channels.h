/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the book knows of its channels beside their orders: listings, what they show of stock, and
 * what the last audit found. */
#pragma once

#include "wb-book.h"
#include "wb-order-gap.h"

G_BEGIN_DECLS

/* Listings (wb-book-listings.c). */
typedef enum
{
  WB_LISTING_UNCHANGED,
  WB_LISTING_CHANGED,
  WB_LISTING_ADDED,
} WbListingFate;

gboolean
wb_book_take_listing (WbBook *self, WbListing *listing, WbListingFate *fate, GError **error);
WbListing *wb_book_get_listing (WbBook *self, gint64 id, GError **error);
GPtrArray *wb_book_list_channel_listings (WbBook  *self,
                                          gint64   channel_id,
                                          gboolean unmatched_only,
                                          GError **error);
gint64     wb_book_count_unmatched (WbBook *self, gint64 channel_id);
gboolean   wb_book_map_listing (WbBook *self, gint64 listing_id, gint64 product_id, GError **error);
gboolean   wb_book_unmap_listing (WbBook *self, gint64 listing_id, GError **error);
gboolean   wb_book_drop_product (WbBook *self, gint64 product_id, GError **error);
gboolean   wb_book_set_listing_offer (
      WbBook *self, gint64 listing_id, gint64 buffer, gboolean withheld, GError **error);
gboolean wb_book_note_shown (WbBook *self, gint64 listing_id, gint64 shown, GError **error);
gboolean wb_book_note_published (WbBook *self, gint64 listing_id, gint64 shown, GError **error);
char    *wb_book_listings_cursor (WbBook *self, gint64 channel_id);
gboolean
wb_book_note_listings (WbBook *self, gint64 channel_id, const char *cursor, GError **error);

/* Gaps (wb-book-order-gaps.c). */
GPtrArray *wb_book_list_order_gaps (WbBook *self, gint64 channel_id, GError **error);
gboolean
wb_book_replace_order_gaps (WbBook *self, gint64 channel_id, GPtrArray *gaps, GError **error);
WbInstant wb_book_audited_at (WbBook *self, gint64 channel_id);

/* Statuses of orders that wait (wb-book-statuses.c). */
typedef struct
{
  gint64    channel_id;
  char     *status; /* as the shop writes it */
  gint64    orders;
  WbInstant since; /* when the oldest of them was placed */
} WbStatusCount;

GPtrArray *wb_book_list_waiting_statuses (WbBook *self, GError **error);
GArray *
wb_book_list_orders_of_status (WbBook *self, gint64 channel_id, const char *status, GError **error);
void wb_status_count_free (WbStatusCount *count);

G_END_DECLS

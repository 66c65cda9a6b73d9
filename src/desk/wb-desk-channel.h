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
gboolean wb_desk_unmap_listing (WbDesk *self, gint64 listing_id, gint64 made, GError **error);
void     wb_listings_result_clear (WbListingsResult *result);

/* Which product a listing may be (wb-desk-listing-match.c). score: how sure it is, of 100. */
typedef struct _WbListingMatcher WbListingMatcher;
typedef struct
{
  WbProduct  *product;
  guint       score;
  const char *why; /* N_() */
} WbListingGuess;

WbListingMatcher *wb_listing_matcher_new (WbBook *book, GError **error);
GPtrArray        *wb_listing_matcher_guess (WbListingMatcher *self, WbListing *listing, guint most);
GPtrArray        *wb_listing_matcher_find (WbListingMatcher *self, const char *text, guint most);
void              wb_listing_matcher_free (WbListingMatcher *self);
const char       *wb_listing_guess_why (const WbListingGuess *guess);
void              wb_listing_guess_free (WbListingGuess *guess);

/* Stock told to channels (wb-desk-channel-stock.c). */
typedef struct
{
  gint64     told, right; /* listings that were told another number; that showed the right one */
  GPtrArray *problems;    /* element-type utf8: what a channel refused, with its reason */
} WbPublishResult;

/**
 * WbPublishPlan: what a channel would be told, by what it showed when it was last read; nobody is
 * told anything.
 * @can: its kind of shop can be told at all
 * @listings: all that it has
 * @tells: how many would be told another number; @right: show the right one
 * @to_none: of those told, how many would be sold out from then on
 * @unmatched: no product of the house yet; @uncounted: the shop does not count them, the house does
 * not, or they are withheld
 * @examples: (element-type WbPublishExample): of those told, the greatest changes first
 */
typedef struct
{
  gboolean   can;
  guint      listings, tells, right, to_none, unmatched, uncounted;
  GPtrArray *examples;
} WbPublishPlan;

typedef struct
{
  char  *name;
  gint64 shown, quantity; /* what it shows, what it would be told */
} WbPublishExample;

#define WB_PUBLISH_EXAMPLES 5

gboolean wb_channel_publishes (WbConnection *channel);
gint64   wb_channel_stock_buffer (WbConnection *channel);
gboolean wb_desk_set_stock_buffer (WbDesk *self, gint64 channel_id, gint64 pieces, GError **error);
gboolean wb_desk_plan_publishing (
    WbDesk *self, gint64 channel_id, gint64 buffer, WbPublishPlan *plan, GError **error);
void wb_publish_plan_clear (WbPublishPlan *plan);
gboolean
wb_desk_set_publishing (WbDesk *self, gint64 channel_id, gboolean publishes, GError **error);
gboolean wb_desk_publish_stock (WbDesk          *self,
                                gint64           channel_id,
                                WbPublishResult *result,
                                GCancellable    *cancellable,
                                GError         **error);
void     wb_publish_result_clear (WbPublishResult *result);

/* A connection as it is now (wb-desk-connect.c). */
void wb_desk_reopen (WbDesk *self, gint64 connection_id);

/* Changes of an order in its shop (wb-desk-shop-change.c). */
guint    wb_desk_possible_changes (WbDesk *self, gint64 order_id, GError **error);
gboolean wb_desk_change_in_shop (WbDesk             *self,
                                 gint64              order_id,
                                 const WbShopChange *change,
                                 GCancellable       *cancellable,
                                 GError            **error);
gint64   wb_desk_create_in_shop (
      WbDesk *self, gint64 channel_id, WbOrder *draft, GCancellable *cancellable, GError **error);

/* The pieces of an order's lines, changed in its shop (wb-desk-pieces.c). */

/**
 * WbPiecesAsk: what an order is to have of its articles. Nothing is owned.
 * @n, @line_ids, @quantities: pieces that each is to have afterwards, those that were sent among
 * them; 0 takes a line out; lines that are not named stay as they are
 * @reason: (nullable): for the shop's record, where it keeps one
 * @to_customer: the shop tells the customer, where it can
 * @restock: pieces that are taken out go back into the shop's stock, where it asks
 */
typedef struct
{
  gint64        order_id;
  guint         n;
  const gint64 *line_ids;
  const gint64 *quantities;
  const char   *reason;
  gboolean      to_customer, restock;
} WbPiecesAsk;

/**
 * WbPiecesOutlook: what a change of pieces comes to. Minor units of @currency.
 * @before: the order's total; @after: what it comes to, by the lines' own prices: the shop reckons
 * it itself, with its taxes
 * @covered: what is paid or authorised; @missing: of @after, what is neither
 * @payment: what it means for the payment, for people
 */
typedef struct
{
  char   currency[4];
  gint64 before, after, covered, missing;
  char  *payment;
} WbPiecesOutlook;

guint    wb_order_may_change_pieces (WbBook *book, WbOrder *order);
gint64   wb_order_line_pieces (gpointer line);
gint64   wb_order_line_sent (gpointer line);
gboolean wb_pieces_look_ahead (
    WbBook *book, WbOrder *order, const WbPiecesAsk *ask, WbPiecesOutlook *outlook, GError **error);
gboolean wb_pieces_check (WbBook             *book,
                          WbOrder            *order,
                          const WbShopChange *change,
                          WbPiecesOutlook    *outlook,
                          GError            **error);
void     wb_pieces_outlook_clear (WbPiecesOutlook *outlook);
gboolean wb_desk_change_pieces (WbDesk            *self,
                                const WbPiecesAsk *ask,
                                char             **outcome,
                                GCancellable      *cancellable,
                                GError           **error);

/* Statuses of a shop's own (wb-desk-status.c). waiting: orders that wait because of it; explained:
 * somebody has said what it means, or the shop's kind says it. */
typedef struct
{
  char    *id, *title;
  char    *state; /* (nullable): one of WB_SHOP_* */
  gint64   waiting;
  gboolean explained;
} WbStatusView;

GPtrArray *wb_desk_view_statuses (
    WbDesk *self, gint64 channel_id, char **problem, GCancellable *cancellable, GError **error);
void        wb_status_view_free (WbStatusView *view);
const char *wb_shop_state_title (const char *state);
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
void     wb_desk_audit_daily (WbDesk       *self,
                              WbConnection *channel,
                              GPtrArray    *problems,
                              GCancellable *cancellable);
const char *wb_order_gap_title (const char *kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbListingsResult, wb_listings_result_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPublishResult, wb_publish_result_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPublishPlan, wb_publish_plan_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPiecesOutlook, wb_pieces_outlook_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbListingMatcher, wb_listing_matcher_free)

G_END_DECLS

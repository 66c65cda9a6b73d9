/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window for listings has the engine do: read them, compare them with the products, and
 * take a person's word for which product each is. */
#pragma once

#include "wb-desk-channel.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/**
 * WbListingsLook: the listings of a channel.
 * @listings: (element-type WbListing): wb_listing_get_guesses() and wb_listing_get_product_name()
 * tell more
 * @unmatched: of all that it has
 * @total: all that it has, 0: they were never read
 */
typedef struct
{
  GPtrArray *listings;
  guint      unmatched, total;
} WbListingsLook;

/* Data: wb_listings_ask_new(). Result: WbListingsLook. */
extern const WbWorkKind wb_listings_look_work;
/* Data: wb_wish_new(): the channel, 0: all. Result: text for a toast. Asks the shop. */
extern const WbWorkKind wb_listings_read_work;
/* Data: wb_wish_new(): text: as typed. Result: GPtrArray of WbListingGuess, without scores. */
extern const WbWorkKind wb_listings_find_work;

/**
 * WbListingSay: what a person says of a listing.
 */
typedef enum
{
  WB_LISTING_IS,       /* this product */
  WB_LISTING_IS_NONE,  /* none of the house's */
  WB_LISTING_IS_NEW,   /* a product that is made of it now */
  WB_LISTING_IS_ASKED, /* as if nothing had been said */
} WbListingSay;

/* product_id: which it is; of #WB_LISTING_IS_ASKED the one that had been made for it, or 0. */
typedef struct
{
  gint64       listing_id, product_id;
  WbListingSay say;
  char        *name; /* of the listing */
} WbListingWord;

/* Data: (transfer full) a WbListingWord. Result: a WbListingDone. */
extern const WbWorkKind wb_listings_say_work;

/* undo: what takes it back. */
typedef struct
{
  char          *text;
  WbListingWord *undo;
} WbListingDone;

gpointer    wb_listings_ask_new (gint64 channel_id, gboolean all);
void        wb_listings_look_free (WbListingsLook *look);
GPtrArray  *wb_listing_get_guesses (WbListing *listing);
const char *wb_listing_get_product_name (WbListing *listing);

WbListingWord *wb_listing_word_new (WbListing *listing, WbListingSay say, gint64 product_id);
WbListingWord *wb_listing_word_copy (const WbListingWord *word);
void           wb_listing_word_free (gpointer word);
void           wb_listing_done_free (WbListingDone *done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbListingsLook, wb_listings_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbListingDone, wb_listing_done_free)

G_END_DECLS

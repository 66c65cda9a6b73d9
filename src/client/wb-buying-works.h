/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is bought: what to order and why, what is on order, and what of it came. */
#pragma once

#include "wb-reorder.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/** WbBuyingFound: @proposals: (element-type WbProposal): by supplier, those without one last;
 * @purchases: (element-type WbPurchaseOrder): open ones first; @suppliers: gint64 → WbSupplier;
 * @names: gint64 → utf8: what the products on purchases are called */
typedef struct
{
  GPtrArray  *proposals, *purchases;
  GHashTable *suppliers, *names;
} WbBuyingFound;

/* No data. Result: a WbBuyingFound. */
extern const WbWorkKind wb_buying_read_work;

/** WbTermsWish: @terms: to be kept, of @supplier, which is made where its name is new. */
typedef struct
{
  WbSupplier        *supplier;
  WbProductSupplier *terms;
} WbTermsWish;

/* Data: (transfer full) a WbTermsWish. Result: text for a toast. */
extern const WbWorkKind wb_terms_save_work;

/* Data: (transfer full) a WbPurchaseOrder without a number. Result: text for a toast; the purchase
 * has its number in the book afterwards: keep a reference to read it. */
extern const WbWorkKind wb_purchase_make_work;
/* Data: wb_wish_new(): id: purchase. Result: text for a toast. */
extern const WbWorkKind wb_purchase_cancel_work;

/** WbArrival: @pieces came of a line; @bin: “”: the product's own; @lot, @expires: (nullable) */
typedef struct
{
  gint64 line_id, product_id, pieces;
  char  *bin, *lot, *expires;
} WbArrival;

/* Data: (transfer full) (element-type WbArrival) GPtrArray. All of it or nothing. Result: text. */
extern const WbWorkKind wb_purchase_receive_work;

void       wb_buying_found_free (WbBuyingFound *found);
void       wb_terms_wish_free (WbTermsWish *wish);
GPtrArray *wb_arrivals_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBuyingFound, wb_buying_found_free)

G_END_DECLS

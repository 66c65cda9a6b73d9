/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the Products page has the engine do beside the deeds on stock. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/**
 * WbProductsFound: @all: (element-type WbStanding): every product
 * @low, @out, @oversold, @gaps: how many are; @no_hs, @no_origin, @no_weight: of those with gaps,
 * how many lack it
 */
typedef struct
{
  GPtrArray *all;
  guint      low, out, oversold, gaps, no_hs, no_origin, no_weight;
} WbProductsFound;

/* No data. Result: a WbProductsFound. */
extern const WbWorkKind wb_products_query_work;
/* Data: (transfer full) text. Result: (element-type gint64): the one product whose code it is, or
 * none. */
extern const WbWorkKind wb_product_code_work;
/* No data. Result: (element-type gint64 set) GHashTable: products of which some is to be bought. */
extern const WbWorkKind wb_products_reorder_work;

/* Data: wb_wish_new(). Result: text for a toast. */
extern const WbWorkKind wb_product_track_work;   /* id: product */
extern const WbWorkKind wb_product_untrack_work; /* id: product */
/* id: product; text: a code, or “CODE, a tab, PIECES”; NULL: one of the house's own */
extern const WbWorkKind wb_code_add_work;
extern const WbWorkKind wb_code_remove_work; /* id: product; text: code */
/* id: kit; text: “PIECES SKU”, 0 pieces: none any more */
extern const WbWorkKind wb_kit_part_work;
extern const WbWorkKind wb_products_export_work; /* text: a path */

/* Data: (transfer full) a WbProduct. Result: text for a toast. */
extern const WbWorkKind wb_product_save_work;

void wb_products_found_free (WbProductsFound *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProductsFound, wb_products_found_free)

G_END_DECLS

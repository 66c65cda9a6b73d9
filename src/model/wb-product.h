/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the house sells, and what each channel calls it. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Weights in grams, sizes in millimetres, 0: not known. hs_code: digits only, at least six.
 * customs_name: what customs are told where the name would not do. bin: where it lies.
 * digital: nothing that lies in a parcel, though a shop's order may not say so. tracked: it is
 * under stock keeping; lots, serials: each piece belongs to a lot, bears a number of its own.
 * min_stock: fewer than this is told; reorder_point 0: worked out from the demand. cost: what one
 * piece costs to buy, 0: not known. upright: its height stays vertical in a box; fragile: nothing
 * lies on it. */
#define WB_PRODUCT_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, SKU, "sku", TEXT, WB_FIELD_MATCH, NULL)                                                    \
  F (P, NAME, "name", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, BARCODE, "barcode", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, LENGTH_MM, "length_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, WIDTH_MM, "width_mm", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, HEIGHT_MM, "height_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, HS_CODE, "hs_code", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, ORIGIN_COUNTRY, "origin_country", TEXT, WB_FIELD_PLAIN, NULL)                              \
  F (P, CUSTOMS_NAME, "customs_name", TEXT, WB_FIELD_PLAIN, NULL)                                  \
  F (P, BIN, "bin", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, DIGITAL, "digital", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, TRACKED, "tracked", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, LOTS, "lots", BOOL, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, SERIALS, "serials", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, MIN_STOCK, "min_stock", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, REORDER_POINT, "reorder_point", INT, WB_FIELD_PLAIN, NULL)                                 \
  F (P, COST, "cost", AMOUNT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, UPRIGHT, "upright", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, FRAGILE, "fragile", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbProduct, wb_product, PRODUCT, WB_PRODUCT, WB_PRODUCT_FIELDS)
#define WB_TYPE_PRODUCT (wb_product_get_type ())

/* variation_ref “”: none. product_id 0: not known to be any product of ours. stock_ref: what the
 * channel calls the stock of it, where that is not the product. managed: the channel counts it.
 * shown: pieces the channel had when it was last read, at shown_at; published: what it was last
 * told, at published_at (0: never). buffer: pieces never offered there; withheld: its stock is
 * never told there. mapped: a person said which product it is, or that it is none. */
#define WB_LISTING_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, CHANNEL_ID, "channel_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, PRODUCT_REF, "product_ref", TEXT, WB_FIELD_MATCH, NULL)                                    \
  F (P, VARIATION_REF, "variation_ref", TEXT, WB_FIELD_PLAIN, NULL)                                \
  F (P, SKU, "sku", TEXT, WB_FIELD_PLAIN, NULL)                                                    \
  F (P, NAME, "name", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, PRODUCT_ID, "product_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, STOCK_REF, "stock_ref", TEXT, WB_FIELD_PLAIN, NULL)                                        \
  F (P, BARCODE, "barcode", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, MANAGED, "managed", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, SHOWN, "shown", INT, WB_FIELD_PLAIN, NULL)                                                 \
  F (P, SHOWN_AT, "shown_at", INSTANT, WB_FIELD_LOCAL, NULL)                                       \
  F (P, PUBLISHED, "published", INT, WB_FIELD_LOCAL, NULL)                                         \
  F (P, PUBLISHED_AT, "published_at", INSTANT, WB_FIELD_LOCAL, NULL)                               \
  F (P, BUFFER, "buffer", INT, WB_FIELD_LOCAL, NULL)                                               \
  F (P, WITHHELD, "withheld", BOOL, WB_FIELD_LOCAL, NULL)                                          \
  F (P, MAPPED, "mapped", BOOL, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbListing, wb_listing, LISTING, WB_LISTING, WB_LISTING_FIELDS)
#define WB_TYPE_LISTING (wb_listing_get_type ())

char *wb_product_normalise_hs (const char *text);

G_END_DECLS

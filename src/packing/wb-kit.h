/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kits on the floor: what is fetched and verified of one are its parts. */
#pragma once

#include "wb-book-stock.h"
#include "wb-product.h"

G_BEGIN_DECLS

/**
 * WbKitPart: what lies in one of a kit.
 * @per_unit: pieces of it
 */
typedef struct
{
  WbProduct *product;
  gint64     per_unit;
} WbKitPart;

GPtrArray *wb_kit_parts (WbBook *book, gint64 product_id, GError **error);
gboolean   wb_kit_has_code (WbBook *book, gint64 product_id, gboolean *has, GError **error);

G_END_DECLS

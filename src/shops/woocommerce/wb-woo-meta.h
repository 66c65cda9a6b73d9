/* SPDX-License-Identifier: GPL-3.0-or-later
 * WooCommerce's meta data: rows of key and value beside a record. What we write carries our key
 * there, so that it can be found again. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

/* The keys of our own rows; hidden, as every key with an underscore is. */
#define WB_WOO_REFERENCE_KEY "_waybill_reference"

/* A value with the places it stands in, which it borrows. */
typedef struct
{
  WbJson rows;
  WbJson row;
  WbJson value;
} WbWooMeta;

gboolean wb_woo_meta_find (const WbJson *record, const char *key, WbWooMeta *out);
gboolean wb_woo_meta_is (const WbJson *record, const char *key, const char *wanted);
void     wb_woo_meta_add (JsonBuilder *builder, const char *key, const char *value);
void     wb_woo_write_text (JsonBuilder *builder, const char *name, const char *value);

G_END_DECLS

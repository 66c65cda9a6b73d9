/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs want to know of a parcel: its goods line by line. Made for one parcel, never
 * stored. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why it is sent (WbCustoms.contents). */
#define WB_CONTENTS_MERCHANDISE "merchandise"
#define WB_CONTENTS_GIFT        "gift"
#define WB_CONTENTS_SAMPLE      "sample"
#define WB_CONTENTS_RETURN      "return"
#define WB_CONTENTS_DOCUMENTS   "documents"
#define WB_CONTENTS_OTHER       "other"

/**
 * WbCustomsLine: one article of the parcel.
 * @line_id: the order's line
 * @quantity: pieces in this parcel
 * @weight_g: net, of all these pieces; 0: not known
 * @value: of all these pieces, minor units of the declaration's currency
 * @origin: ISO 3166-1 alpha-2 of where they were made; %NULL: not known
 * @hs_code: digits only, at least six; %NULL: not known. Never padded
 */
typedef struct
{
  gint64 line_id;
  char  *sku;
  char  *description;
  gint64 quantity;
  gint64 weight_g;
  gint64 value;
  char  *origin;
  char  *hs_code;
} WbCustomsLine;

/**
 * WbCustoms: a whole declaration.
 * @signer: who answers for it: a person's name
 * @lines: (element-type WbCustomsLine)
 */
typedef struct
{
  const char *contents; /* WB_CONTENTS_…, static */
  char       *signer;
  char        currency[4];
  GPtrArray  *lines;
} WbCustoms;

WbCustoms     *wb_customs_new (const char *contents, const char *signer, const char *currency);
void           wb_customs_free (WbCustoms *self);
WbCustomsLine *wb_customs_add (WbCustoms *self, const char *sku, const char *description);
gint64         wb_customs_total_value (const WbCustoms *self);
gint64         wb_customs_total_weight (const WbCustoms *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCustoms, wb_customs_free)

G_END_DECLS

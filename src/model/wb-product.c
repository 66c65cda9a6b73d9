/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the house sells, and what each channel calls it. */
#include "wb-product.h"

WB_DEFINE_RECORD (WbProduct, wb_product, WB_PRODUCT, "product", WB_PRODUCT_FIELDS)
WB_DEFINE_RECORD (WbListing, wb_listing, WB_LISTING, "listing", WB_LISTING_FIELDS)

#define LEAST_HS 6
#define MOST_HS  14

/**
 * wb_product_normalise_hs:
 * @text: (nullable): “6911.10.00”, “691110”
 *
 * Returns: (transfer full) (nullable): its digits; %NULL for what is no code of six to fourteen
 * digits. It is never padded: a made-up digit is worse than none.
 */
char *
wb_product_normalise_hs (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (*p != '.' && *p != ' ' && *p != '-')
      return NULL;
  return digits->len >= LEAST_HS && digits->len <= MOST_HS ? g_strdup (digits->str) : NULL;
}

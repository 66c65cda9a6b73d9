/* SPDX-License-Identifier: GPL-3.0-or-later
 * GS1's numbers and element strings: check digits, and what a scanned code carries (GS1 General
 * Specifications, sections 3 and 7.9). */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

#define WB_GTIN_SIZE 15 /* fourteen digits and the end */

/**
 * WbGs1: what a code carries beside a number; each may be %NULL.
 * @gtin: fourteen digits, AI 01 (what is in the packet) or 02 (what is in the box)
 * @expires_on: “YYYY-MM-DD”, AI 17, else AI 15
 * @count: AI 30 or 37; 0: not told
 */
typedef struct
{
  char   gtin[WB_GTIN_SIZE];
  char  *lot, *serial;
  char  *expires_on;
  gint64 count;
} WbGs1;

gboolean    wb_gtin_is_valid (const char *digits);
char        wb_gtin_check_digit (const char *digits);
gboolean    wb_gtin_normalise (const char *text, char gtin[WB_GTIN_SIZE]);
const char *wb_gtin_kind (const char *text);
gboolean    wb_gs1_parse (const char *text, WbGs1 *out, GError **error);
void        wb_gs1_clear (WbGs1 *gs1);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbGs1, wb_gs1_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots as a label printer burns them: a bit each, black or not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbBitmap: rows from the top, each of whole bytes, the leftmost dot in the highest bit, 1 black.
 * Bits beyond @width are 0.
 */
typedef struct
{
  guint   width, height, stride;
  guint8 *bits;
} WbBitmap;

/* Eight bits of grey a dot, 0 black, row by row without padding. */
typedef struct
{
  guint   width, height;
  guint8 *dots;
} WbGrey;

WbBitmap *wb_bitmap_new (guint width, guint height);
WbBitmap *wb_bitmap_from_grey (const WbGrey *grey);
WbBitmap *wb_bitmap_turn (const WbBitmap *self, guint degrees);
WbBitmap *wb_bitmap_window (const WbBitmap *self, int x, int y, guint width, guint height);
WbGrey   *wb_bitmap_to_grey (const WbBitmap *self);
void      wb_bitmap_free (WbBitmap *self);

WbGrey *wb_grey_new (guint width, guint height);
WbGrey *wb_grey_resample (const WbGrey *self, guint width, guint height);
void    wb_grey_free (WbGrey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBitmap, wb_bitmap_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGrey, wb_grey_free)

G_END_DECLS

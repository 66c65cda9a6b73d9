/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dots of a PNG file, and dots as a PNG file. */
#pragma once

#include "wb-bitmap.h"
#include "wb-png.h"

G_BEGIN_DECLS

WbGrey   *wb_png_to_grey (GBytes *file, GError **error);
WbBitmap *wb_png_to_bitmap (GBytes *file, GError **error);
GBytes   *wb_png_from_bitmap (const WbBitmap *bitmap, guint dpi);

G_END_DECLS

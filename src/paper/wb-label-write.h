/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots in the languages of printers: one function a language, each a label of its own. */
#pragma once

#include "wb-bitmap.h"
#include "wb-label-job.h"

G_BEGIN_DECLS

void    wb_zpl_append_settings (const WbLabelTarget *target, GByteArray *out);
void    wb_zpl_append_label (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out);
void    wb_epl_append_label (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out);
void    wb_tspl_append_label (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out);
GBytes *wb_raster_from_bitmaps (GPtrArray *bitmaps, const WbLabelTarget *target, GError **error);

G_END_DECLS

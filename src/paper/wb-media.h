/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sizes of paper and labels by their PWG 5101.1 names. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far two sizes may be apart and still be the same sheet: 4 × 6 inch and A6 differ by 4 mm and
 * never are. */
#define WB_MEDIA_TOLERANCE_MM 1.0

gboolean wb_media_size (const char *media, double *width_mm, double *height_mm);
char    *wb_media_name (double width_mm, double height_mm);
gboolean
wb_media_fits (double width_mm, double height_mm, double other_width_mm, double other_height_mm);
gboolean wb_media_is_supported (const char *media, const char *const *supported);

G_END_DECLS

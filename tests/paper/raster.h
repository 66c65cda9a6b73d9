/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots as a printer gets them, for the tests to compare and to scan. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Eight bits of grey a dot, 0 black, row by row. */
typedef struct
{
  guint   width, height;
  guint8 *dots;
} Raster;

Raster *raster_new (guint width, guint height);
Raster *raster_read (const char *path);
void    raster_free (Raster *self);
double  raster_difference (const Raster *a, const Raster *b);
char   *raster_scan (const Raster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Raster, raster_free)

G_END_DECLS

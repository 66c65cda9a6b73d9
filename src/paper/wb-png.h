/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PNG file's parts, without decoding its picture. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

#define WB_PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define WB_PNG_PER_METRE 0.0254 /* dots a metre times this are dots an inch */

/**
 * WbPng:
 * @dpi_x: dots an inch across, 0: not told; likewise @dpi_y
 * @palette: (nullable): RGB triples, borrowed from the file
 * @data: the compressed picture: a zlib stream with PNG's row predictors
 */
typedef struct
{
  guint         width, height;
  guint         depth, colour_type;
  gboolean      interlaced, transparent;
  double        dpi_x, dpi_y;
  const guint8 *palette;
  guint         n_colours;
  GByteArray   *data;
} WbPng;

gboolean wb_png_read (GBytes *file, WbPng *png, GError **error);
void     wb_png_clear (WbPng *png);
guint32  wb_png_checksum (const guint8 *p, gsize length);
GBytes  *wb_png_deflate (const guint8 *p, gsize length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPng, wb_png_clear)

G_END_DECLS

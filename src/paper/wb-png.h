/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PNG file's parts, without decoding its picture. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPng, wb_png_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Barcodes as vector bars. */
#pragma once

#include "wb-error.h"

#include <cairo.h>

G_BEGIN_DECLS

gboolean wb_barcode_draw (cairo_t    *cr,
                          const char *text,
                          double      x,
                          double      y,
                          double      max_width,
                          double      height,
                          gboolean    at_end,
                          double     *width,
                          GError    **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A carrier's label for the tests: 4 × 6 inch at 203 dots an inch with a barcode, as dots, PNG and
 * PDF. */
#pragma once

#include "raster.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LABEL_WIDTH  812
#define LABEL_HEIGHT 1218
#define LABEL_CODE   "3SABCD123456789"

Raster *label_sample_dots (void);
GBytes *label_sample_png (gboolean transparent);
GBytes *label_sample_pdf (double width_mm, double height_mm);

G_END_DECLS

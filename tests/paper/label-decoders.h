/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a printer would burn of each language, for the tests: written from the languages' manuals,
 * apart from the code that writes them. */
#pragma once

#include "raster.h"

#include <gio/gio.h>

G_BEGIN_DECLS

Raster *decode_zpl (GBytes *bytes);
Raster *decode_epl (GBytes *bytes);
Raster *decode_tspl (GBytes *bytes);
Raster *decode_raster (GBytes *bytes);
Raster *decode_png (GBytes *bytes);
Raster *decode_pdf (GBytes *bytes, guint dpi);

G_END_DECLS

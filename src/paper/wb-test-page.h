/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page that shows whether a printer prints true: a frame, a ruler and a barcode. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

GBytes *wb_test_page_pdf (const char *media, const char *name, GError **error);
guint   wb_test_page_ruler_mm (const char *media);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A picture of a label as a PDF page of exactly the label's size, its dots untouched. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

GBytes *
wb_label_page_new (GBytes *png, double width_mm, double height_mm, double dpi, GError **error);
GBytes *wb_label_page_from_png (GBytes *png, const char *media, guint dpi, GError **error);

G_END_DECLS

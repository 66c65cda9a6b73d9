/* SPDX-License-Identifier: GPL-3.0-or-later
 * How large the pages of a PDF are, measured once. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

gboolean wb_page_size (GBytes *pdf, double *width_mm, double *height_mm, GError **error);

G_END_DECLS

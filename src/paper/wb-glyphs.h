/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which characters no font can show, and which fonts would. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

void        wb_glyphs_missing (PangoLayout *layout, char **signs, char **packages);
const char *wb_glyphs_package (gunichar sign);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label as it will print: drawn from the very bytes that go to the printer, or a word on why it
 * cannot be drawn. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_LABEL_PREVIEW (wb_label_preview_get_type ())
G_DECLARE_FINAL_TYPE (WbLabelPreview, wb_label_preview, WB, LABEL_PREVIEW, AdwBin)

void        wb_label_preview_show (WbLabelPreview *self, WbWorkspace *workspace, WbLabel *label);
void        wb_label_preview_say (WbLabelPreview *self, const char *text);
GdkTexture *wb_label_preview_draw_pdf (GBytes *pdf, char **about);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a label's page stands on the label that comes out: in the middle when it is of that size,
 * else as somebody accepted, else nowhere. */
#pragma once

#include "wb-label-document.h"
#include "wb-label-job.h"

G_BEGIN_DECLS

/* How far, in dots, a page may be from the roll's size: 4 × 6 inch and A6 are 25 dots apart. */
#define WB_LABEL_TOLERANCE 6

void     wb_label_area (const WbLabelTarget *target, guint *width, guint *height);
gboolean wb_label_fits (const WbLabelDocument *document, guint page, const WbLabelTarget *target);
char *
wb_label_size_trouble (const WbLabelDocument *document, guint page, const WbLabelTarget *target);
WbBitmap *wb_label_draw (WbLabelDocument     *document,
                         guint                page,
                         const WbLabelTarget *target,
                         const WbLabelChange *change,
                         GError             **error);
gboolean
wb_label_find_place (WbLabelDocument *document, const WbLabelTarget *target, WbLabelChange *change);

G_END_DECLS

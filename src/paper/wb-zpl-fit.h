/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a carrier's ZPL is for this printer. */
#pragma once

#include "wb-label-job.h"
#include "wb-zpl-read.h"

G_BEGIN_DECLS

gboolean  wb_zpl_check_whole (const WbZpl *zpl, GError **error);
gboolean  wb_zpl_check_fit (const WbZpl *zpl, const WbLabelTarget *target, GError **error);
WbBitmap *wb_zpl_draw (const WbZpl *zpl, const WbLabelTarget *target, GError **error);

G_END_DECLS

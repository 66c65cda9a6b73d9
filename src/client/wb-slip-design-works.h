/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the slip's design: reading it, and keeping it with a picture of what it gives. */
#pragma once

#include "wb-worker.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* No data. Result: a WbSlipDesign, freed with wb_slip_design_free(). */
extern const WbWorkKind wb_slip_design_read_work;
/* Data: (transfer full) a WbSlipDesign. Result: a GdkTexture of the first page. */
extern const WbWorkKind wb_slip_design_save_work;
/* Likewise, but nothing is kept. */
extern const WbWorkKind wb_slip_design_preview_work;
/* Data: (transfer full) a path. Result: a GBytes: the picture as PNG. */
extern const WbWorkKind wb_slip_design_logo_work;

void wb_slip_design_free (gpointer design);

G_END_DECLS

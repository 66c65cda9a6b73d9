/* SPDX-License-Identifier: GPL-3.0-or-later
 * That customs want to know more of what is to be shipped, and the way to say it. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMS_HINT (wb_customs_hint_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomsHint, wb_customs_hint, WB, CUSTOMS_HINT, AdwBin)

void wb_customs_hint_show (WbCustomsHint *self, WbWorkspace *workspace, gint64 order_id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: nothing is connected yet; practise, or connect a shop. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_FIRST_RUN (wb_first_run_get_type ())
G_DECLARE_FINAL_TYPE (WbFirstRun, wb_first_run, WB, FIRST_RUN, AdwBin)

void wb_first_run_set_workspace (WbFirstRun *self, WbWorkspace *workspace);

/* Whether @workspace has nothing connected yet. */
gboolean wb_first_run_is_wanted (WbWorkspace *workspace);

G_END_DECLS

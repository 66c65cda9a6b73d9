/* SPDX-License-Identifier: GPL-3.0-or-later
 * The choice of what a list shows: buttons in a row, or one button with a menu where there is no
 * room for them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_FILTER_SWITCH (wb_filter_switch_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterSwitch, wb_filter_switch, WB, FILTER_SWITCH, AdwBin)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rule, new or to be changed: when, then, in words, and which open orders it would touch. */
#pragma once

#include "wb-form-window.h"
#include "wb-rules.h"

G_BEGIN_DECLS

#define WB_TYPE_RULE_WINDOW (wb_rule_window_get_type ())
G_DECLARE_FINAL_TYPE (WbRuleWindow, wb_rule_window, WB, RULE_WINDOW, WbFormWindow)

GtkWindow *wb_rule_window_open (GtkWindow *parent, WbWorkspace *workspace, WbRule *old);

G_END_DECLS

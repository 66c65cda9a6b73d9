/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels that are always turned or cut out like this, by whose word; it can be revoked. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_RULE_ROW (wb_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (WbRuleRow, wb_rule_row, WB, RULE_ROW, AdwActionRow)

GtkWidget *wb_rule_row_new (WbLabelRule *rule);
gint64     wb_rule_row_get_id (WbRuleRow *self);

G_END_DECLS

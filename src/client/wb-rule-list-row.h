/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rule among the others: in words, on or off, sooner or later. */
#pragma once

#include "wb-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_RULE_LIST_ROW (wb_rule_list_row_get_type ())
G_DECLARE_FINAL_TYPE (WbRuleListRow, wb_rule_list_row, WB, RULE_LIST_ROW, AdwActionRow)

GtkWidget *wb_rule_list_row_new (WbRule *rule, guint place, guint n);
WbRule    *wb_rule_list_row_get_rule (WbRuleListRow *self);
guint      wb_rule_list_row_get_place (WbRuleListRow *self);
gboolean   wb_rule_list_row_is_on (WbRuleListRow *self);

G_END_DECLS

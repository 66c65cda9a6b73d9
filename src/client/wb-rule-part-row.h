/* SPDX-License-Identifier: GPL-3.0-or-later
 * One condition or action of a rule that is being written, with what is wrong in it. */
#pragma once

#include "wb-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Names that can be chosen, all (nullable). */
typedef struct
{
  char **channels, **packages, **stations;
} WbRuleKnown;

#define WB_TYPE_RULE_PART_ROW (wb_rule_part_row_get_type ())
G_DECLARE_FINAL_TYPE (WbRulePartRow, wb_rule_part_row, WB, RULE_PART_ROW, AdwPreferencesRow)

GtkWidget *
wb_rule_part_row_new (gboolean is_action, const WbRulePart *part, const WbRuleKnown *known);
gboolean wb_rule_part_row_take (WbRulePartRow *self, WbRule *rule, gboolean say);
gboolean wb_rule_part_row_is_action (WbRulePartRow *self);

G_END_DECLS

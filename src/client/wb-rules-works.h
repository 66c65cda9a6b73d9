/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the rules: a dry run, another place, done with what is open. */
#pragma once

#include "wb-rules.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/* Data: (nullable) (transfer full) a WbRule that is not kept yet. Result: GPtrArray of WbRuleHit.
 */
extern const WbWorkKind wb_try_rules_work;
/* Data: wb_rule_move_new(). Result: text for a toast. */
extern const WbWorkKind wb_move_rule_work;
/* No data. Result: text for a toast. */
extern const WbWorkKind wb_apply_rules_work;

gpointer wb_rule_move_new (gint64 rule_id, guint to);

G_END_DECLS

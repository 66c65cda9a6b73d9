/* SPDX-License-Identifier: GPL-3.0-or-later
 * A merchant's rule: when all of its conditions hold for an order, its actions are done. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* position: the lower first. conditions, actions: what wb-rules.h reads. stop: no later rule is
 * looked at when this one holds. */
#define WB_RULE_FIELDS(F, P)                                                                       \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, POSITION, "position", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, ENABLED, "enabled", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CONDITIONS, "conditions", JSON, WB_FIELD_PLAIN, NULL)                                      \
  F (P, ACTIONS, "actions", JSON, WB_FIELD_PLAIN, NULL)                                            \
  F (P, STOP, "stop", BOOL, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CHANGED_AT, "changed_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbRule, wb_rule, RULE, WB_RULE, WB_RULE_FIELDS)
#define WB_TYPE_RULE (wb_rule_get_type ())

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a dry run of the rules found: which open orders they would touch, and how. */
#pragma once

#include "wb-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_RULE_HITS (wb_rule_hits_get_type ())
G_DECLARE_FINAL_TYPE (WbRuleHits, wb_rule_hits, WB, RULE_HITS, AdwPreferencesGroup)

void wb_rule_hits_say (WbRuleHits *self, const char *text);
void wb_rule_hits_show (WbRuleHits *self, GPtrArray *hits, const char *rule);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A merchant's rule. */
#include "wb-rule.h"

WB_DEFINE_RECORD (WbRule, wb_rule, WB_RULE, "rule", WB_RULE_FIELDS)

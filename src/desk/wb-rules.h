/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules: when an order is like this, then do that. Read from and written as JSON or as one line of
 * text each; looked at in their order. */
#pragma once

#include "wb-desk.h"

#include "wb-rule.h"

G_BEGIN_DECLS

/* What may be asked of an order, and how. @numeric: compared as numbers; @tests: those that make
 * sense for it. */
typedef struct
{
  const char        *id;
  const char        *title; /* N_() */
  gboolean           numeric;
  const char *const *tests;
} WbRuleField;

typedef struct
{
  const char *id;
  const char *title; /* N_() */
} WbRuleWord;

extern const WbRuleField wb_rule_fields[];  /* ended by a NULL id */
extern const WbRuleWord  wb_rule_tests[];   /* ended by a NULL id */
extern const WbRuleWord  wb_rule_actions[]; /* ended by a NULL id */

/**
 * WbRuleWishes: what rules wish for an order.
 * @tags: to be added, in their order
 * @hold: (nullable): why it is held
 * @hold_rule: which rule holds it, 0: none
 * @insured: 0: not; WB_INSURE_GOODS, or minor units of the order's currency
 * @printer: (nullable): the station whose printers its papers go to
 * @did: (element-type utf8): what each rule that held did, “NAME: …”, for people
 * @by: (element-type utf8): the names of those rules, likewise
 */
typedef struct
{
  GPtrArray *tags;
  char      *hold;
  gint64     hold_rule;
  char      *package;
  char      *service;
  char      *note;
  char      *printer;
  gint64     insured;
  gboolean   signature;
  GPtrArray *did, *by;
} WbRuleWishes;

/* What the rules need to know of an order beside its record. */
typedef struct
{
  WbOrder    *order;
  const char *channel; /* its name */
} WbRuleFacts;

gboolean wb_rule_check (WbRule *rule, GError **error);
gboolean wb_rule_holds (WbRule *rule, const WbRuleFacts *facts);
gboolean
wb_rules_wish (GPtrArray *rules, const WbRuleFacts *facts, WbRuleWishes *wishes, GError **error);
char    *wb_rule_condition_text (WbRule *rule);
char    *wb_rule_action_text (WbRule *rule);
gboolean wb_rule_add_condition (WbRule *rule, const char *text, GError **error);
gboolean wb_rule_add_action (WbRule *rule, const char *text, GError **error);
void     wb_rule_wishes_clear (WbRuleWishes *wishes);

/* A condition (@left: what is asked; @test) or an action (@left: what is done; @test %NULL). */
typedef struct
{
  char *left, *test, *value;
} WbRulePart;

GPtrArray *wb_rule_list_conditions (WbRule *rule);
GPtrArray *wb_rule_list_actions (WbRule *rule);
char      *wb_rule_sentence (WbRule *rule);

/* Rules in a workspace (wb-desk-rules.c). */
typedef struct
{
  gint64     order_id;
  char      *number;
  GPtrArray *did, *by; /* element-type utf8: as in WbRuleWishes */
} WbRuleHit;

gboolean   wb_desk_save_rule (WbDesk *self, WbRule *rule, GError **error);
gboolean   wb_desk_move_rule (WbDesk *self, gint64 rule_id, guint to, GError **error);
gboolean   wb_desk_remove_rule (WbDesk *self, gint64 rule_id, GError **error);
GPtrArray *wb_desk_try_rules (WbDesk *self, WbRule *draft, GError **error);
gboolean   wb_desk_apply_rules (WbDesk *self, gint64 order_id, GError **error);
gboolean   wb_order_wishes (WbOrder *order, WbRuleWishes *wishes);
void       wb_rule_hit_free (WbRuleHit *hit);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRuleWishes, wb_rule_wishes_clear)

G_END_DECLS

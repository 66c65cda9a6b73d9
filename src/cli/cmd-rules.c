/* SPDX-License-Identifier: GPL-3.0-or-later
 * rules, rule: when an order is like this, then do that. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-rules.h"

#include <glib/gi18n.h>

static void
print_rules (WbCli *self, GPtrArray *rules)
{
  static const WbColumn columns[] = {
    { N_ ("Place"), TRUE, 0 },  { N_ ("Name"), FALSE, 24 }, { N_ ("When"), FALSE, 50 },
    { N_ ("Then"), FALSE, 50 }, { N_ ("On"), FALSE, 0 },    { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < rules->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u", i + 1);
      g_autofree char *when = wb_rule_condition_text (rules->pdata[i]);
      g_autofree char *then = wb_rule_action_text (rules->pdata[i]);

      wb_table_add (table, place, wb_record_get_text (rules->pdata[i], WB_RULE_NAME), when, then,
                    wb_record_get_bool (rules->pdata[i], WB_RULE_ENABLED) ? "✓" : "");
    }
  wb_table_print (table);
}

/* A dry run: nothing is touched. */
static gboolean
try_rules (WbCli *self, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Order"), FALSE, 16 },
    { N_ ("What the rules would do"), FALSE, 100 },
    { NULL },
  };
  g_autoptr (GPtrArray) hits = wb_desk_try_rules (self->desk, NULL, error);
  g_autofree WbColumn  *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)   table = wb_table_new (titled);

  if (hits == NULL)
    return FALSE;
  for (guint i = 0; i < hits->len; i++)
    {
      WbRuleHit *hit = hits->pdata[i];

      for (guint k = 0; k < hit->did->len; k++)
        wb_table_add (table, k == 0 ? hit->number : "", (const char *) hit->did->pdata[k]);
    }
  if (hits->len == 0)
    wb_cli_say (self, "%s", _ ("No open order is touched by any rule."));
  else
    wb_table_print (table);
  return TRUE;
}

static gboolean
cmd_rules (WbCli *self, GError **error)
{
  WbDesk               *desk = wb_cli_open (self, error);
  g_autoptr (GPtrArray) rules = NULL;

  if (desk == NULL)
    return FALSE;
  if (wb_cli_has (self, "try"))
    return try_rules (self, error);
  if (wb_cli_has (self, "apply"))
    return wb_desk_apply_rules (desk, 0, error);
  rules = wb_book_list_rules (wb_desk_get_book (desk), error);
  if (rules == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (rules));
  else if (rules->len == 0)
    wb_cli_say (self, "%s", _ ("There are no rules; see: waybillctl rule --help"));
  else
    print_rules (self, rules);
  return TRUE;
}

static WbRule *
find_rule (WbCli *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) rules = wb_book_list_rules (wb_desk_get_book (self->desk), error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (g_strcmp0 (wb_record_get_text (rules->pdata[i], WB_RULE_NAME), name) == 0)
      return g_object_ref (rules->pdata[i]);
  return NULL;
}

/* Each --when and --then of a rule takes the place of what it had. */
static gboolean
take_parts (WbCli *self, WbRule *rule, GError **error)
{
  GPtrArray *when = wb_cli_values (self, "when"), *then = wb_cli_values (self, "then");

  if (when != NULL && when->len > 0)
    wb_record_set_text (rule, WB_RULE_CONDITIONS, NULL);
  if (then != NULL && then->len > 0)
    wb_record_set_text (rule, WB_RULE_ACTIONS, NULL);
  for (guint i = 0; when != NULL && i < when->len; i++)
    if (!wb_rule_add_condition (rule, when->pdata[i], error))
      return FALSE;
  for (guint i = 0; then != NULL && i < then->len; i++)
    if (!wb_rule_add_action (rule, then->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
cmd_rule (WbCli *self, GError **error)
{
  WbDesk            *desk = wb_cli_open (self, error);
  const char        *name = wb_cli_word (self, 0);
  g_autoptr (WbRule) rule = desk != NULL ? find_rule (self, name, error) : NULL;
  gint64             place = 0;

  if (desk == NULL)
    return FALSE;
  if (wb_cli_has (self, "remove") && rule != NULL)
    return wb_desk_remove_rule (desk, wb_record_get_int (rule, WB_RULE_ID), error);
  if (rule == NULL)
    {
      rule = wb_rule_new ();
      wb_record_set_text (rule, WB_RULE_NAME, name);
      wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
    }
  if (!take_parts (self, rule, error) ||
      (wb_cli_has (self, "place") && !wb_cli_number (self, "place", 1, &place, error)))
    return FALSE;
  if (wb_cli_has (self, "on") || wb_cli_has (self, "off"))
    wb_record_set_bool (rule, WB_RULE_ENABLED, wb_cli_has (self, "on"));
  if (wb_cli_has (self, "stop"))
    wb_record_set_bool (rule, WB_RULE_STOP, TRUE);
  if (!wb_desk_save_rule (desk, rule, error) ||
      (place > 0 &&
       !wb_desk_move_rule (desk, wb_record_get_int (rule, WB_RULE_ID), (guint) place - 1, error)))
    return FALSE;
  wb_cli_say (self, _ ("The rule “%s” is kept; what it would do now: waybillctl rules --try"),
              name);
  return TRUE;
}

const WbCommand wb_commands_rules[] = {
  { "rules",
    "",
    0,
    0,
    N_ ("what is done with orders like these, in its order"),
    NULL,
    cmd_rules,
    { { "try", NULL, N_ ("show which open orders they would touch, and touch none") },
      { "apply", NULL, N_ ("do them with the orders that are open now") },
      { NULL } } },
  { "rule",
    N_ ("NAME"),
    1,
    1,
    N_ ("make or change a rule"),
    N_ ("A condition is FIELD TEST VALUE. Fields: channel, country, region, postcode, sku, tag, "
        "service, payment, customer; with numbers: weight (grams), value, items. Tests: is, "
        "is-not, one-of, none-of, contains, starts; for numbers is, at-least, at-most. Actions: "
        "tag, hold, note, package, service, insure, signature, printer, each with its value. "
        "All conditions must hold."),
    cmd_rule,
    { { "when", N_ ("CONDITION"), N_ ("a condition; may be given several times") },
      { "then", N_ ("ACTION"), N_ ("an action; may be given several times") },
      { "place", N_ ("NUMBER"), N_ ("where it stands among the rules") },
      { "stop", NULL, N_ ("when it holds, no later rule is looked at") },
      { "on", NULL, N_ ("it counts") },
      { "off", NULL, N_ ("it does not count") },
      { "remove", NULL, N_ ("remove it; what it has done stays") },
      { NULL } } },
  { NULL },
};

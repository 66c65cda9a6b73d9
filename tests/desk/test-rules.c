/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules: which orders they hold for, what they do, and that a dry run touches nothing. */
#include "wb-bench.h"
#include "wb-rules.h"
#include "wb-test.h"

#include <string.h>

static WbOrder *
sample (void)
{
  WbOrder     *order = wb_order_new ();
  WbAddress   *address = wb_address_new ();
  WbOrderLine *line = wb_order_line_new ();

  wb_record_set_text (order, WB_ORDER_NUMBER, "1042");
  wb_record_set_text (order, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_int (order, WB_ORDER_TOTAL, 12900);
  wb_record_set_text (order, WB_ORDER_EMAIL, "jana@example.org");
  wb_record_set_text (order, WB_ORDER_SERVICE_ASKED, "DHL Express");
  wb_record_set_text (order, WB_ORDER_TAGS, "vip,gift");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "AT");
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, "1010");
  wb_record_set_one (order, WB_ORDER_SHIP_TO, address);
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  wb_record_set_text (line, WB_ORDER_LINE_SKU, "MUG-BLUE");
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, 3);
  wb_record_set_int (line, WB_ORDER_LINE_WEIGHT_G, 400);
  wb_record_add (order, WB_ORDER_LINES, line);
  return order;
}

static WbRule *
rule_of (const char *name, const char *const *when, const char *const *then)
{
  WbRule            *rule = wb_rule_new ();
  g_autoptr (GError) error = NULL;

  wb_record_set_text (rule, WB_RULE_NAME, name);
  wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
  for (; when != NULL && *when != NULL; when++)
    g_assert_true (wb_rule_add_condition (rule, *when, &error));
  for (; then != NULL && *then != NULL; then++)
    g_assert_true (wb_rule_add_action (rule, *then, &error));
  g_assert_no_error (error);
  return rule;
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *condition;
    gboolean    holds;
  } cases[] = {
    { "country is AT", TRUE },
    { "country is at", TRUE },
    { "country is-not DE", TRUE },
    { "country one-of CH, AT", TRUE },
    { "country none-of DE, AT", FALSE },
    { "postcode starts 10", TRUE },
    { "postcode starts 20", FALSE },
    { "channel is Teeladen", TRUE },
    { "channel contains laden", TRUE },
    { "sku is mug-blue", TRUE },
    { "sku none-of MUG-BLUE", FALSE },
    { "tag is gift", TRUE },
    { "tag is-not gift", FALSE },
    { "service contains express", TRUE },
    { "customer starts jana@", TRUE },
    { "payment is stripe", FALSE },
    { "payment is-not stripe", TRUE },
    { "weight at-least 1200", TRUE },
    { "weight at-least 1201", FALSE },
    { "weight at-most 1200", TRUE },
    { "value at-least 129.00", TRUE },
    { "value at-least 129.01", FALSE },
    { "items is 3", TRUE },
    { "items at-most 2", FALSE },
  };
  g_autoptr (WbOrder) order = sample ();
  const WbRuleFacts   facts = { order, "Teeladen" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbRule) rule =
          rule_of ("x", (const char *const[]){ cases[i].condition, NULL }, NULL);

      if (wb_rule_holds (rule, &facts) != cases[i].holds)
        g_error ("“%s” should %shold", cases[i].condition, cases[i].holds ? "" : "not ");
    }
}

/* A weight that nobody knows is neither much nor little. */
static void
test_not_known (void)
{
  g_autoptr (WbOrder) order = sample ();
  const WbRuleFacts   facts = { order, "Teeladen" };
  g_autoptr (WbRule)  light =
      rule_of ("x", (const char *const[]){ "weight at-most 5000", NULL }, NULL);

  wb_record_set_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0], WB_ORDER_LINE_WEIGHT_G,
                     0);
  g_assert_false (wb_rule_holds (light, &facts));
}

static void
test_order_of_rules (void)
{
  g_autoptr (WbOrder)   order = sample ();
  const WbRuleFacts     facts = { order, "Teeladen" };
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (WbRuleWishes) wishes = { 0 };

  g_ptr_array_add (
      rules, rule_of ("all", NULL, (const char *const[]){ "package Small box", "tag a", NULL }));
  g_ptr_array_add (rules,
                   rule_of ("abroad", (const char *const[]){ "country is-not DE", NULL },
                            (const char *const[]){ "package Large box", "tag b", "hold look at it",
                                                   "insure goods", "signature", NULL }));
  g_ptr_array_add (rules, rule_of ("never", (const char *const[]){ "country is FR", NULL },
                                   (const char *const[]){ "package Envelope", NULL }));
  g_ptr_array_add (rules, rule_of ("off", NULL, (const char *const[]){ "package Envelope", NULL }));
  wb_record_set_bool (rules->pdata[3], WB_RULE_ENABLED, FALSE);
  g_assert_true (wb_rules_wish (rules, &facts, &wishes, NULL));
  g_assert_cmpstr (wishes.package, ==, "Large box");
  g_assert_cmpuint (wishes.tags->len, ==, 2);
  g_assert_cmpstr (wishes.hold, ==, "look at it");
  g_assert_cmpint (wishes.insured, ==, WB_INSURE_GOODS);
  g_assert_true (wishes.signature);
  g_assert_cmpuint (wishes.did->len, ==, 2);
  wb_rule_wishes_clear (&wishes);
  wb_record_set_bool (rules->pdata[0], WB_RULE_STOP, TRUE);
  g_assert_true (wb_rules_wish (rules, &facts, &wishes, NULL));
  g_assert_cmpstr (wishes.package, ==, "Small box");
}

static void
test_bad (void)
{
  static const char *const conditions[] = { "",
                                            "country",
                                            "country is",
                                            "colour is x",
                                            "weight contains 3",
                                            "weight is heavy",
                                            "value at-least ten" };
  static const char *const actions[] = { "", "dance", "tag", "tag a,b", "package", "insure much" };
  g_autoptr (WbRule)       rule = wb_rule_new ();

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_rule_add_condition (rule, conditions[i], &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_rule_add_action (rule, actions[i], &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
  g_assert_null (wb_record_get_text (rule, WB_RULE_CONDITIONS));
}

/* JSON from elsewhere is checked as what is typed is, and names the place. */
static void
test_bad_json (void)
{
  g_autoptr (WbRule) rule = rule_of ("x", NULL, (const char *const[]){ "tag a", NULL });
  g_autoptr (GError) error = NULL;

  wb_record_set_text (rule, WB_RULE_CONDITIONS,
                      "[{\"field\":\"country\",\"test\":\"is\",\"value\":\"DE\"},"
                      "{\"field\":\"weight\",\"test\":\"is\",\"value\":\"x\"}]");
  g_assert_false (wb_rule_check (rule, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Condition 2"));
}

static WbBench *
bench_of_forty (void)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 40;
  options.seed = 7;
  return wb_bench_new (&options);
}

/* In a workspace: a dry run changes nothing; applied, it holds once, and a person's word stays. */
static void
test_workspace (void)
{
  g_autoptr (WbBench) bench = bench_of_forty ();
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  WbBook             *book = wb_desk_get_book (desk);
  g_autoptr (WbRule)  rule =
      rule_of ("dear", (const char *const[]){ "value at-least 1.00", NULL },
               (const char *const[]){ "tag dear", "hold count it twice", "package Box", NULL });
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (WbOrder)   before = NULL, after = NULL, again = NULL;
  gint64                id, event = wb_book_last_event (book);

  hits = wb_desk_try_rules (desk, rule, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, >, 0);
  g_assert_cmpint (wb_book_last_event (book), ==, event);
  id = ((WbRuleHit *) hits->pdata[0])->order_id;
  before = wb_book_get_order (book, id, NULL);
  g_assert_null (wb_record_get_text (before, WB_ORDER_WISHES));
  g_assert_true (wb_desk_save_rule (desk, rule, &error));
  g_assert_true (wb_desk_apply_rules (desk, 0, &error));
  g_assert_no_error (error);
  after = wb_book_get_order (book, id, NULL);
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_HOLD_REASON), ==, "count it twice");
  g_assert_cmpstr (wb_record_get_text (after, WB_ORDER_STAGE), ==, WB_STAGE_HOLD);
  g_assert_nonnull (strstr (wb_record_get_text (after, WB_ORDER_TAGS), "dear"));
  g_assert_true (wb_desk_release (desk, id, &error));
  event = wb_book_last_event (book);
  g_assert_true (wb_desk_apply_rules (desk, id, &error));
  again = wb_book_get_order (book, id, NULL);
  g_assert_null (wb_record_get_text (again, WB_ORDER_HOLD_REASON));
  g_assert_cmpint (wb_book_last_event (book), ==, event);
}

static void
test_places (void)
{
  g_autoptr (WbBench)   bench = bench_of_forty ();
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  const char *const     names[] = { "a", "b", "c" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WbRule) rule = rule_of (names[i], NULL, (const char *const[]){ "tag x", NULL });
      g_autoptr (WbRule) twin = rule_of (names[i], NULL, (const char *const[]){ "tag x", NULL });

      g_assert_true (wb_desk_save_rule (desk, rule, &error));
      g_assert_false (wb_desk_save_rule (desk, twin, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
      g_clear_error (&error);
    }
  rules = wb_book_list_rules (wb_desk_get_book (desk), NULL);
  g_assert_true (
      wb_desk_move_rule (desk, wb_record_get_int (rules->pdata[2], WB_RULE_ID), 0, &error));
  g_assert_true (
      wb_desk_remove_rule (desk, wb_record_get_int (rules->pdata[0], WB_RULE_ID), &error));
  g_clear_pointer (&rules, g_ptr_array_unref);
  rules = wb_book_list_rules (wb_desk_get_book (desk), NULL);
  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_cmpstr (wb_record_get_text (rules->pdata[0], WB_RULE_NAME), ==, "c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/rules/conditions", test_conditions);
  g_test_add_func ("/desk/rules/not-known", test_not_known);
  g_test_add_func ("/desk/rules/order", test_order_of_rules);
  g_test_add_func ("/desk/rules/bad", test_bad);
  g_test_add_func ("/desk/rules/bad-json", test_bad_json);
  g_test_add_func ("/desk/rules/workspace", test_workspace);
  g_test_add_func ("/desk/rules/places", test_places);
  return g_test_run ();
}

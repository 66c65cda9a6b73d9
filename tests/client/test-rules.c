/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules from outside: one is made by the keyboard, says in words what it does and which orders it
 * would touch, and proposes its service when such an order is shipped; another order of the rules
 * proposes another; what is removed comes back. */
#include "wb-rules.h"
#include "window-bench.h"

#include <string.h>

#define KEY_ALT    64 /* X's keycode of the left Alt key */
#define KEY_DELETE 0xffff
#define FIRST      "Slow boat"
#define SECOND     "Fast plane"

static WindowBench at;

static struct
{
  gint64 order_id;
  char  *number, *country;
  char  *one, *other; /* two services that the carrier has for the order */
} here;

/* An order that can be shipped, its country, and two services that are offered for it. */
static void
choose_order (void)
{
  g_autoptr (GArray)    calm = wb_bench_calm (at.bench, at.desk);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rates = NULL;

  for (guint i = 0; i < calm->len && here.one == NULL; i++)
    {
      gint64              id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (at.book, id, NULL);
      WbAddress          *to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
      WbShipAsk           ask = { .order_id = id, .weight_g = 700 };

      g_clear_pointer (&rates, g_ptr_array_unref);
      rates = wb_desk_get_rates (at.desk, &ask, NULL, NULL);
      if (rates == NULL || rates->len < 3 || to == NULL)
        continue;
      here.order_id = id;
      here.number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
      here.country = g_strdup (wb_record_get_text (to, WB_ADDRESS_COUNTRY));
      here.one = g_strdup (wb_record_get_text (rates->pdata[1], WB_RATE_SERVICE));
      here.other = g_strdup (wb_record_get_text (rates->pdata[2], WB_RATE_SERVICE));
    }
  g_assert_nonnull (here.one);
  g_assert_cmpstr (here.one, !=, here.other);
}

static WbRule *
make_rule (const char *name, const char *service)
{
  WbRule            *rule = wb_rule_new ();
  g_autofree char   *condition = g_strdup_printf ("country is %s", here.country);
  g_autofree char   *action = g_strdup_printf ("service %s", service);
  g_autoptr (GError) error = NULL;

  wb_record_set_text (rule, WB_RULE_NAME, name);
  wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
  g_assert_true (wb_rule_add_condition (rule, condition, &error));
  g_assert_true (wb_rule_add_action (rule, action, &error));
  return rule;
}

/* What the window must say of a dry run. */
static char *
count_text (void)
{
  g_autoptr (WbRule)    draft = make_rule (FIRST, here.one);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = wb_desk_try_rules (at.desk, draft, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, >, 0);
  return g_strdup_printf (hits->len == 1 ? "%u open order would be touched:"
                                         : "%u open orders would be touched:",
                          hits->len);
}

/* By the keyboard alone: on to it, opened, down to the @nth, taken. */
static void
choose (AtspiAccessible *window, const char *name, guint nth)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (window, ATSPI_ROLE_INVALID, name);

  g_assert_nonnull (button);
  a11y_tab_to (button);
  a11y_key (0, A11Y_RETURN);
  for (guint i = 0; i < nth; i++)
    a11y_key (0, A11Y_DOWN);
  a11y_key (0, A11Y_RETURN);
  a11y_wait_focused (button);
}

static AtspiAccessible *
open_rules (void)
{
  g_autoptr (AtspiAccessible) preferences = NULL, tab = NULL;

  a11y_key (A11Y_CONTROL, ',');
  preferences = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Preferences");
  tab = a11y_wait_start (preferences, ATSPI_ROLE_PAGE_TAB, "Rules");
  a11y_click (tab);
  return g_steal_pointer (&preferences);
}

static void
close_preferences (AtspiAccessible *preferences)
{
  a11y_click_on (preferences, "Close");
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Preferences");
}

/* A rule is written by the keyboard; it is said in words and tried before it is saved. */
static void
test_make (void)
{
  g_autoptr (AtspiAccessible) preferences = open_rules (), add = NULL, window = NULL;
  g_autofree char            *sentence =
      g_strdup_printf ("When: Country is “%s”. Then: ship it by “%s”.", here.country, here.one);
  g_autofree char      *touched = count_text ();
  g_autoptr (GPtrArray) rules = NULL;

  add = a11y_wait (preferences, ATSPI_ROLE_PUSH_BUTTON, "Add a rule");
  a11y_tab_to (add);
  a11y_key (0, A11Y_RETURN);
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Rule");
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Name", FIRST);
  choose (window, "What is asked", 1);
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Compared with", here.country);
  choose (window, "What is done", 4);
  a11y_type_into (window, ATSPI_ROLE_TEXT, "With what", here.one);
  a11y_expect (window, ATSPI_ROLE_LABEL, sentence);
  a11y_expect (window, ATSPI_ROLE_LABEL, touched);
  rules = wb_book_list_rules (at.book, NULL);
  g_assert_cmpuint (rules->len, ==, 0); /* tried, and not kept yet */
  a11y_click_on (window, "Save");
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Rule");
  a11y_expect_start (preferences, ATSPI_ROLE_LIST_ITEM, FIRST);
  g_clear_pointer (&rules, g_ptr_array_unref);
  rules = wb_book_list_rules (at.book, NULL);
  g_assert_cmpuint (rules->len, ==, 1);
  close_preferences (preferences);
}

/* What cannot be right is said below the field, and cannot be saved. */
static void
test_errors (void)
{
  g_autoptr (AtspiAccessible) preferences = open_rules (), window = NULL, save = NULL;

  a11y_click_on (preferences, "Add a rule");
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Rule");
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Name", SECOND);
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Compared with", "x");
  choose (window, "What is asked", 9);
  a11y_expect (window, ATSPI_ROLE_LABEL, "“x” is no number for “Weight, grams”");
  save = a11y_wait (window, ATSPI_ROLE_PUSH_BUTTON, "Save");
  g_assert_false (a11y_is (save, ATSPI_STATE_SENSITIVE));
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Rule");
  close_preferences (preferences);
}

static gboolean
is_proposed (const char *service)
{
  g_autoptr (AtspiAccessible) offer =
      a11y_wait_part (at.window, ATSPI_ROLE_LIST_ITEM, "proposed: the service your rule wishes");
  g_autofree char *name = atspi_accessible_get_name (offer, NULL);

  return strstr (name, service) != NULL;
}

/* The ship pane proposes @service, because a rule wishes it. */
static void
expect_proposed (const char *service)
{
  g_autofree char            *title = g_strdup_printf ("Ship #%s", here.number);
  g_autoptr (AtspiAccessible) weight = NULL;
  g_autoptr (WbOrder)         order = wb_book_get_order (at.book, here.order_id, NULL);
  g_auto (WbRuleWishes)       wishes = { 0 };

  g_assert_true (wb_order_wishes (order, &wishes));
  g_assert_cmpstr (wishes.service, ==, service);
  window_bench_find_order (&at, here.number);
  a11y_click_on (at.window, "Ship…");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, title);
  weight = a11y_wait (at.window, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");
  a11y_tab_to (weight);
  for (const char *key = "700"; *key != '\0'; key++)
    a11y_key (0, (guint) *key);
  /* What was offered before stays until the carrier has answered again. */
  A11Y_UNTIL (is_proposed (service));
  a11y_key (0, A11Y_ESCAPE);
}

static void
do_rules (void)
{
  g_autoptr (AtspiAccessible) preferences = open_rules ();

  a11y_click_start (preferences, "Do the rules with the open orders"); /* and its row's title */
  a11y_expect (preferences, ATSPI_ROLE_LABEL, "The rules are done with the open orders");
  close_preferences (preferences);
}

static void
test_proposes (void)
{
  do_rules ();
  expect_proposed (here.one);
}

static gboolean
is_first (const char *name)
{
  g_autoptr (GPtrArray) rules = wb_book_list_rules (at.book, NULL);

  return g_strcmp0 (wb_record_get_text (rules->pdata[0], WB_RULE_NAME), name) == 0;
}

/* Of two that say different things the later one counts: whichever that is. */
static void
test_order (void)
{
  g_autoptr (WbRule)          rule = make_rule (SECOND, here.other);
  g_autoptr (GError)          error = NULL;
  g_autoptr (AtspiAccessible) preferences = NULL, row = NULL;

  g_assert_true (wb_desk_save_rule (at.desk, rule, &error));
  g_assert_no_error (error);
  do_rules ();
  expect_proposed (here.other);
  preferences = open_rules ();
  row = a11y_wait_start (preferences, ATSPI_ROLE_LIST_ITEM, SECOND);
  a11y_tab_to (row);
  a11y_key (KEY_ALT, A11Y_UP);
  A11Y_UNTIL (is_first (SECOND));
  close_preferences (preferences);
  do_rules ();
  expect_proposed (here.one);
}

/* What is removed is gone, and comes back where it stood. */
static void
test_remove (void)
{
  g_autoptr (AtspiAccessible) preferences = open_rules (), row = NULL;

  row = a11y_wait_start (preferences, ATSPI_ROLE_LIST_ITEM, SECOND);
  a11y_tab_to (row);
  a11y_key (0, KEY_DELETE);
  a11y_wait_gone_start (preferences, ATSPI_ROLE_LIST_ITEM, SECOND);
  a11y_click_on (preferences, "Undo");
  a11y_expect_start (preferences, ATSPI_ROLE_LIST_ITEM, SECOND);
  g_assert_true (is_first (SECOND));
  close_preferences (preferences);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 60;
  options.seed = 7;
  window_bench_make (&at, &options);
  choose_order ();
  window_bench_open (&at);
  g_test_add_func ("/client/rules/make", test_make);
  g_test_add_func ("/client/rules/errors", test_errors);
  g_test_add_func ("/client/rules/proposes", test_proposes);
  g_test_add_func ("/client/rules/order", test_order);
  g_test_add_func ("/client/rules/remove", test_remove);
  status = window_bench_run (&at);
  g_free (here.number);
  g_free (here.country);
  g_free (here.one);
  g_free (here.other);
  return status;
}

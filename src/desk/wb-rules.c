/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules by themselves: what a condition asks, whether it holds, what follows from it. */
#include "wb-rules.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const text_tests[] = { "is",       "is-not", "one-of", "none-of",
                                          "contains", "starts", NULL };
static const char *const number_tests[] = { "is", "at-least", "at-most", NULL };

const WbRuleField wb_rule_fields[] = {
  { "channel", N_ ("Channel"), FALSE, text_tests },
  { "country", N_ ("Country"), FALSE, text_tests },
  { "region", N_ ("Region"), FALSE, text_tests },
  { "postcode", N_ ("Postcode"), FALSE, text_tests },
  { "sku", N_ ("SKU of a line"), FALSE, text_tests },
  { "tag", N_ ("Tag"), FALSE, text_tests },
  { "service", N_ ("Service asked for"), FALSE, text_tests },
  { "payment", N_ ("Payment method"), FALSE, text_tests },
  { "customer", N_ ("Customer's mail address"), FALSE, text_tests },
  { "weight", N_ ("Weight, grams"), TRUE, number_tests },
  { "value", N_ ("Value, in the order's currency"), TRUE, number_tests },
  { "items", N_ ("Pieces"), TRUE, number_tests },
  { NULL },
};

const WbRuleWord wb_rule_tests[] = {
  { "is", N_ ("is") },
  { "is-not", N_ ("is not") },
  { "one-of", N_ ("is one of") },
  { "none-of", N_ ("is none of") },
  { "contains", N_ ("contains") },
  { "starts", N_ ("begins with") },
  { "at-least", N_ ("is at least") },
  { "at-most", N_ ("is at most") },
  { NULL },
};

const WbRuleWord wb_rule_actions[] = {
  { "tag", N_ ("add the tag") },
  { "hold", N_ ("hold it, because") },
  { "note", N_ ("note for the packer") },
  { "package", N_ ("pack it in") },
  { "service", N_ ("ship it by") },
  { "insure", N_ ("insure it (“goods” or an amount)") },
  { "signature", N_ ("ask for a signature") },
  { "printer", N_ ("print at the station") },
  { NULL },
};

/** wb_rule_wishes_clear: frees what @wishes holds. */
void
wb_rule_wishes_clear (WbRuleWishes *wishes)
{
  g_clear_pointer (&wishes->tags, g_ptr_array_unref);
  g_clear_pointer (&wishes->did, g_ptr_array_unref);
  g_clear_pointer (&wishes->by, g_ptr_array_unref);
  g_clear_pointer (&wishes->hold, g_free);
  g_clear_pointer (&wishes->package, g_free);
  g_clear_pointer (&wishes->service, g_free);
  g_clear_pointer (&wishes->note, g_free);
  g_clear_pointer (&wishes->printer, g_free);
}

static const WbRuleField *
find_field (const char *id)
{
  for (const WbRuleField *field = wb_rule_fields; field->id != NULL; field++)
    if (g_strcmp0 (field->id, id) == 0)
      return field;
  return NULL;
}

static const WbRuleWord *
find_word (const WbRuleWord *words, const char *id)
{
  for (; words->id != NULL; words++)
    if (g_strcmp0 (words->id, id) == 0)
      return words;
  return NULL;
}

/* One condition or action, as it is written down. */
typedef struct
{
  const char *left, *test, *value;
} Part;

typedef gboolean (*PartFunc) (const Part *part, gpointer data);

/* Calls @each with every part of @json until it says %FALSE. Returns: whether all said %TRUE. */
static gboolean
for_each (const char *json, const char *left, PartFunc each, gpointer data)
{
  g_autoptr (JsonNode) root = json != NULL ? wb_json_parse (json, -1, "rule", NULL) : NULL;
  WbJson               at = wb_json_root (root, "rule");
  JsonArray           *array =
      root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      WbJson row = wb_json_element (&at, i);
      Part   part = { wb_json_opt_string (&row, left), wb_json_opt_string (&row, "test"),
                      wb_json_opt_string (&row, "value") };

      if (part.left != NULL && !each (&part, data))
        return FALSE;
    }
  return TRUE;
}

/* ---- whether a condition holds ---- */

static gboolean
same (const char *a, const char *b)
{
  g_autofree char *left = g_utf8_casefold (a, -1), *right = g_utf8_casefold (b, -1);

  return g_str_equal (left, right);
}

static gboolean
in_list (const char *text, const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (same (text, g_strstrip (words[i])))
      return TRUE;
  return FALSE;
}

static gboolean
says (const char *text, const char *test, const char *value)
{
  g_autofree char *folded = g_utf8_casefold (text, -1), *wanted = g_utf8_casefold (value, -1);

  if (g_str_equal (test, "is"))
    return same (text, value);
  if (g_str_equal (test, "one-of"))
    return in_list (text, value);
  if (g_str_equal (test, "contains"))
    return strstr (folded, wanted) != NULL;
  return g_str_equal (test, "starts") && g_str_has_prefix (folded, wanted);
}

/* “is not” and “none of” are the others turned round: of several texts none may say it. */
static gboolean
texts_hold (GPtrArray *texts, const Part *part)
{
  gboolean    no = g_str_equal (part->test, "is-not") || g_str_equal (part->test, "none-of");
  const char *test = g_str_equal (part->test, "is-not")    ? "is"
                     : g_str_equal (part->test, "none-of") ? "one-of"
                                                           : part->test;
  gboolean    any = FALSE;

  for (guint i = 0; i < texts->len; i++)
    any |= texts->pdata[i] != NULL && says (texts->pdata[i], test, part->value);
  return no ? !any : any;
}

static void
add_line_texts (WbOrder *order, GPtrArray *texts)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      g_ptr_array_add (texts, g_strdup (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU)));
}

static void
add_tags (WbOrder *order, GPtrArray *texts)
{
  const char    *all = wb_record_get_text (order, WB_ORDER_TAGS);
  g_auto (GStrv) tags = g_strsplit (all != NULL ? all : "", ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    if (*tags[i] != '\0')
      g_ptr_array_add (texts, g_strdup (tags[i]));
}

static GPtrArray *
texts_of (const WbRuleFacts *facts, const char *field)
{
  static const struct
  {
    const char *id;
    gboolean    of_address;
    guint       field;
  } plain[] = {
    { "country", TRUE, WB_ADDRESS_COUNTRY },       { "region", TRUE, WB_ADDRESS_REGION },
    { "postcode", TRUE, WB_ADDRESS_POSTCODE },     { "service", FALSE, WB_ORDER_SERVICE_ASKED },
    { "payment", FALSE, WB_ORDER_PAYMENT_METHOD }, { "customer", FALSE, WB_ORDER_EMAIL },
  };
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  gpointer   address = wb_record_get_one (facts->order, WB_ORDER_SHIP_TO);

  if (g_str_equal (field, "channel"))
    g_ptr_array_add (texts, g_strdup (facts->channel));
  else if (g_str_equal (field, "sku"))
    add_line_texts (facts->order, texts);
  else if (g_str_equal (field, "tag"))
    add_tags (facts->order, texts);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (plain[i].id, field) && (!plain[i].of_address || address != NULL))
      g_ptr_array_add (texts, g_strdup (wb_record_get_text (
                                  plain[i].of_address ? address : facts->order, plain[i].field)));
  return texts;
}

/* What is still to ship weighs; 0: a weight is not known. */
static gint64
grams_of (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     grams = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 pieces = wb_order_line_to_ship (lines->pdata[i]),
             each = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_WEIGHT_G);

      if (pieces > 0 && each == 0)
        return 0;
      grams += pieces * each;
    }
  return grams;
}

/* %FALSE: it is not known, so nothing can be said of it. */
static gboolean
number_of (const WbRuleFacts *facts, const char *field, gint64 *number)
{
  if (g_str_equal (field, "weight"))
    *number = grams_of (facts->order);
  else if (g_str_equal (field, "value"))
    *number = wb_record_get_int (facts->order, WB_ORDER_TOTAL);
  else
    *number = wb_order_to_ship (facts->order);
  return *number > 0 || !g_str_equal (field, "weight");
}

static gboolean
read_number (const char *field, const char *text, const char *currency, gint64 *number)
{
  char *end = NULL;

  if (g_str_equal (field, "value"))
    {
      WbMoney money;

      if (!wb_money_parse (text, currency, &money, NULL))
        return FALSE;
      *number = money.minor;
      return TRUE;
    }
  *number = g_ascii_strtoll (text, &end, 10);
  return end != text && *end == '\0';
}

static gboolean
condition_holds (const Part *part, gpointer data)
{
  const WbRuleFacts *facts = data;
  const WbRuleField *field = find_field (part->left);
  gint64             number = 0, wanted = 0;

  if (field == NULL || part->test == NULL || part->value == NULL)
    return FALSE;
  if (!field->numeric)
    {
      g_autoptr (GPtrArray) texts = texts_of (facts, part->left);

      return texts_hold (texts, part);
    }
  if (!number_of (facts, part->left, &number) ||
      !read_number (part->left, part->value, wb_record_get_text (facts->order, WB_ORDER_CURRENCY),
                    &wanted))
    return FALSE;
  return g_str_equal (part->test, "at-least")  ? number >= wanted
         : g_str_equal (part->test, "at-most") ? number <= wanted
                                               : number == wanted;
}

/** wb_rule_holds: whether all conditions of @rule hold for the order; a rule without any holds
 * always. What is not known (a weight) holds nothing. */
gboolean
wb_rule_holds (WbRule *rule, const WbRuleFacts *facts)
{
  return for_each (wb_record_get_text (rule, WB_RULE_CONDITIONS), "field", condition_holds,
                   (gpointer) facts);
}

/* ---- what follows ---- */

typedef struct
{
  WbRule            *rule;
  const WbRuleFacts *facts;
  WbRuleWishes      *wishes;
} Wishing;

static void
wish_insurance (Wishing *wishing, const char *value)
{
  gint64 amount = 0;

  if (value == NULL || g_str_equal (value, "goods"))
    wishing->wishes->insured = WB_INSURE_GOODS;
  else if (read_number ("value", value,
                        wb_record_get_text (wishing->facts->order, WB_ORDER_CURRENCY), &amount))
    wishing->wishes->insured = amount;
}

static gboolean
do_action (const Part *part, gpointer data)
{
  Wishing      *wishing = data;
  WbRuleWishes *wishes = wishing->wishes;
  const struct
  {
    const char *id;
    char      **place;
  } texts[] = { { "note", &wishes->note },
                { "package", &wishes->package },
                { "service", &wishes->service },
                { "printer", &wishes->printer } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].id, part->left))
      wb_set_str (texts[i].place, part->value);
  if (g_str_equal (part->left, "tag") && part->value != NULL)
    g_ptr_array_add (wishes->tags, g_strdup (part->value));
  else if (g_str_equal (part->left, "hold") && wishes->hold == NULL)
    {
      wishes->hold = g_strdup (
          part->value != NULL ? part->value : wb_record_get_text (wishing->rule, WB_RULE_NAME));
      wishes->hold_rule = wb_record_get_int (wishing->rule, WB_RULE_ID);
    }
  else if (g_str_equal (part->left, "insure"))
    wish_insurance (wishing, part->value);
  else if (g_str_equal (part->left, "signature"))
    wishes->signature = TRUE;
  return TRUE;
}

/**
 * wb_rules_wish:
 * @rules: (element-type WbRule): in their order
 * @wishes: (out caller-allocates): clear with wb_rule_wishes_clear()
 *
 * What the rules want done with the order: tags add up, of anything else the last rule's word
 * counts, and the first hold stays.
 */
gboolean
wb_rules_wish (GPtrArray *rules, const WbRuleFacts *facts, WbRuleWishes *wishes, GError **error)
{
  *wishes = (WbRuleWishes){ .tags = g_ptr_array_new_with_free_func (g_free),
                            .did = g_ptr_array_new_with_free_func (g_free),
                            .by = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < rules->len; i++)
    {
      WbRule          *rule = rules->pdata[i];
      Wishing          wishing = { rule, facts, wishes };
      g_autofree char *actions = NULL;

      if (!wb_record_get_bool (rule, WB_RULE_ENABLED) || !wb_rule_holds (rule, facts))
        continue;
      for_each (wb_record_get_text (rule, WB_RULE_ACTIONS), "do", do_action, &wishing);
      actions = wb_rule_action_text (rule);
      g_ptr_array_add (wishes->by, g_strdup (wb_record_get_text (rule, WB_RULE_NAME)));
      g_ptr_array_add (
          wishes->did,
          g_strdup_printf ("%s: %s", wb_record_get_text (rule, WB_RULE_NAME), actions));
      if (wb_record_get_bool (rule, WB_RULE_STOP))
        break;
    }
  return TRUE;
}

/* ---- as text ---- */

static gboolean
add_condition_text (const Part *part, gpointer data)
{
  GString           *text = data;
  const WbRuleField *field = find_field (part->left);
  const WbRuleWord  *test = find_word (wb_rule_tests, part->test);

  g_string_append_printf (text, "%s%s %s ", text->len > 0 ? _ (", and ") : "",
                          field != NULL ? _ (field->title) : part->left,
                          test != NULL ? _ (test->title) : "?");
  g_string_append_printf (text, _ ("“%s”"), part->value != NULL ? part->value : "");
  return TRUE;
}

static gboolean
add_action_text (const Part *part, gpointer data)
{
  GString          *text = data;
  const WbRuleWord *word = find_word (wb_rule_actions, part->left);

  if (text->len > 0)
    g_string_append (text, "; ");
  g_string_append (text, word != NULL ? _ (word->title) : part->left);
  if (part->value != NULL && *part->value != '\0')
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("“%s”"), part->value);
    }
  return TRUE;
}

/** wb_rule_condition_text: Returns: (transfer full): when @rule holds, for people. */
char *
wb_rule_condition_text (WbRule *rule)
{
  GString *text = g_string_new (NULL);

  for_each (wb_record_get_text (rule, WB_RULE_CONDITIONS), "field", add_condition_text, text);
  if (text->len == 0)
    g_string_append (text, _ ("always"));
  return g_string_free (text, FALSE);
}

/** wb_rule_action_text: Returns: (transfer full): what @rule does, for people. */
char *
wb_rule_action_text (WbRule *rule)
{
  GString *text = g_string_new (NULL);

  for_each (wb_record_get_text (rule, WB_RULE_ACTIONS), "do", add_action_text, text);
  return g_string_free (text, FALSE);
}

/** wb_rule_sentence: Returns: (transfer full): what @rule does and when, for people. */
char *
wb_rule_sentence (WbRule *rule)
{
  g_autofree char *when = wb_rule_condition_text (rule), *then = wb_rule_action_text (rule);

  /* Translators: a rule: its conditions; what is done then */
  return g_strdup_printf (_ ("When: %s. Then: %s."), when, *then != '\0' ? then : "–");
}

static void
part_free (gpointer data)
{
  WbRulePart *part = data;

  g_free (part->left);
  g_free (part->test);
  g_free (part->value);
  g_free (part);
}

static gboolean
add_part (const Part *part, gpointer parts)
{
  WbRulePart *copy = g_new0 (WbRulePart, 1);

  copy->left = g_strdup (part->left);
  copy->test = g_strdup (part->test);
  copy->value = g_strdup (part->value);
  g_ptr_array_add (parts, copy);
  return TRUE;
}

/** wb_rule_list_conditions: Returns: (transfer full) (element-type WbRulePart): in their order. */
GPtrArray *
wb_rule_list_conditions (WbRule *rule)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);

  for_each (wb_record_get_text (rule, WB_RULE_CONDITIONS), "field", add_part, parts);
  return parts;
}

/** wb_rule_list_actions: Returns: (transfer full) (element-type WbRulePart): in their order. */
GPtrArray *
wb_rule_list_actions (WbRule *rule)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);

  for_each (wb_record_get_text (rule, WB_RULE_ACTIONS), "do", add_part, parts);
  return parts;
}

/* ---- made of what a person types ---- */

static void
append_part (WbRule *rule, guint field, JsonNode *part)
{
  const char          *json = wb_record_get_text (rule, field);
  g_autoptr (JsonNode) root = json != NULL ? wb_json_parse (json, -1, "rule", NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_clear_pointer (&root, json_node_unref);
      root = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (root, json_array_new ());
    }
  json_array_add_element (json_node_get_array (root), part);
  wb_record_take_text (rule, field, wb_json_to_text (root));
}

static JsonNode *
part_node (const char *left_name, const char *left, const char *test, const char *value)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, left_name, left);
  if (test != NULL)
    json_object_set_string_member (object, "test", test);
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, "value", value);
  json_node_take_object (node, object);
  return node;
}

static gboolean
check_condition (const char *left, const char *test, const char *value, GError **error)
{
  const WbRuleField *field = find_field (left);
  const char        *title = field != NULL ? _ (field->title) : left;
  gint64             number;

  if (field == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("“%s” is nothing that can be asked of an order"), left);
  else if (test == NULL || !g_strv_contains (field->tests, test))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no test for “%s”"),
                 test != NULL ? test : "", title);
  else if (wb_text_is_empty (value))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” needs a value"), title);
  else if (field->numeric && !read_number (left, value, "EUR", &number))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no number for “%s”"), value, title);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_action (const char *left, const char *value, GError **error)
{
  const WbRuleWord *word = find_word (wb_rule_actions, left);
  gint64            amount;

  if (word == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is nothing that a rule can do"), left);
  else if (wb_text_is_empty (value) && !g_str_equal (left, "signature") &&
           !g_str_equal (left, "insure") && !g_str_equal (left, "hold"))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” needs a value"), _ (word->title));
  else if (g_str_equal (left, "tag") && strchr (value, ',') != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("A tag has no comma: “%s”"), value);
  else if (g_str_equal (left, "insure") && !wb_text_is_empty (value) &&
           !g_str_equal (value, "goods") && !read_number ("value", value, "EUR", &amount))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is neither “goods” nor an amount"),
                 value);
  else
    return TRUE;
  return FALSE;
}

/** wb_rule_add_condition: @text: “FIELD TEST VALUE”: “country one-of AT, CH”. %WB_ERROR_INVALID
 * names what is wrong in it. */
gboolean
wb_rule_add_condition (WbRule *rule, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  guint          n = g_strv_length (words);

  if (!check_condition (words[0] != NULL ? words[0] : "", n > 1 ? words[1] : NULL,
                        n > 2 ? words[2] : NULL, error))
    return FALSE;
  append_part (rule, WB_RULE_CONDITIONS, part_node ("field", words[0], words[1], words[2]));
  return TRUE;
}

/** wb_rule_add_action: @text: “ACTION VALUE”: “tag gift”. %WB_ERROR_INVALID names what is wrong in
 * it. */
gboolean
wb_rule_add_action (WbRule *rule, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);

  if (!check_action (words[0] != NULL ? words[0] : "", words[0] != NULL ? words[1] : NULL, error))
    return FALSE;
  append_part (rule, WB_RULE_ACTIONS, part_node ("do", words[0], NULL, words[1]));
  return TRUE;
}

typedef struct
{
  guint    place;
  GError **error;
} Checking;

static gboolean
condition_is_good (const Part *part, gpointer data)
{
  Checking *checking = data;

  checking->place++;
  if (check_condition (part->left, part->test, part->value, checking->error))
    return TRUE;
  g_prefix_error (checking->error, "Condition %u: ", checking->place);
  return FALSE;
}

static gboolean
action_is_good (const Part *part, gpointer data)
{
  Checking *checking = data;

  checking->place++;
  if (check_action (part->left, part->value, checking->error))
    return TRUE;
  g_prefix_error (checking->error, "Action %u: ", checking->place);
  return FALSE;
}

/** wb_rule_check: whether @rule has a name, and conditions and actions that can be read;
 * %WB_ERROR_INVALID names the one that cannot. */
gboolean
wb_rule_check (WbRule *rule, GError **error)
{
  const char *name = wb_record_get_text (rule, WB_RULE_NAME);
  Checking    conditions = { 0, error }, actions = { 0, error };

  if (name == NULL || *name == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s", _ ("The rule needs a name"));
      return FALSE;
    }
  if (!for_each (wb_record_get_text (rule, WB_RULE_CONDITIONS), "field", condition_is_good,
                 &conditions) ||
      !for_each (wb_record_get_text (rule, WB_RULE_ACTIONS), "do", action_is_good, &actions))
    {
      g_prefix_error (error, "Rule “%s”: ", name);
      return FALSE;
    }
  if (actions.place > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Rule “%s” does nothing: give it an action"),
               name);
  return FALSE;
}

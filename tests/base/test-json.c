/* SPDX-License-Identifier: GPL-3.0-or-later
 * Foreign JSON is bounded, typed, and every refusal names the place. */
#include "wb-json.h"

#include <string.h>

#define UNTOUCHED 4711

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode          *node = wb_json_parse (text, -1, "orders", &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

static void
assert_refused (const char *text, gssize size, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wb_json_parse (text, size, "orders", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "orders: "));
  if (strstr (error->message, why) == NULL)
    g_error ("“%s” does not say “%s”", error->message, why);
  g_assert_null (wb_json_parse (text, size, "orders", NULL));
}

static char *
nested (const char *open, guint depth, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char     *most = nested ("[", WB_JSON_MAX_DEPTH, "]");
  g_autofree char     *more = nested ("[", WB_JSON_MAX_DEPTH + 1, "]");
  g_autofree char     *bomb = nested ("[", 1000000, "");
  g_autofree char     *objects = nested ("{\"a\":", 500000, "");
  g_autofree char     *text = g_strdup_printf ("[\"%s\", \"\\\"[[\"]", bomb);
  g_autofree char     *comment = g_strconcat ("/*\"*/", bomb, NULL);
  g_autofree char     *quotes = g_strconcat ("['\"',", bomb, NULL);
  g_autofree char     *line = g_strconcat ("//\"\n", bomb, NULL);
  g_autoptr (JsonNode) fits = parse (most);
  g_autoptr (JsonNode) in_text = parse (text);

  assert_refused (more, -1, "nested more than 64 deep");
  assert_refused (bomb, -1, "nested more than 64 deep");
  assert_refused (objects, -1, "nested more than 64 deep");
  /* json-glib takes comments and single quotes: a bomb must not hide behind them */
  assert_refused (comment, -1, "does not know outside texts");
  assert_refused (quotes, -1, "does not know outside texts");
  assert_refused (line, -1, "does not know outside texts");
}

typedef struct
{
  const char *text;
  const char *why;
} Refused;

static const Refused refused[] = {
  { "", "it is empty" },
  { "  \n", "it is empty" },
  { "\xef\xbb\xbf", "it is empty" },
  { "{", "not valid JSON" },
  { "{\"a\": 1", "not valid JSON" },
  { "[1,]", "not valid JSON" },
  { "]", "not valid JSON" },
  { "[}", "not valid JSON" },
  { "{\"a\" 1}", "not valid JSON" },
  { "{a: 1}", "not valid JSON" },
  { "{1: 2}", "not valid JSON" },
  { "[\"cut", "not valid JSON" },
  { "[\"cut\\", "not valid JSON" },
  { "[\"\\ud800\"]", "half a character" },
  { "[\"\\ud83c x\"]", "half a character" },
  { "[\"\\ud83c\\u0041\"]", "half a character" },
  { "[\"\\ud83c\\ud83c\"]", "half a character" },
  { "[\"\\udf75\"]", "half a character" },
  { "[\"\\ud83c\\udf7\"]", "half a character" },
  { "[\"\\377\"]", "an escape that JSON does not know" },
  { "[\"\\u12\"]", "an escape that JSON does not know" },
  { "[\"\\uzzzz\"]", "an escape that JSON does not know" },
  { "[\"\\u", "an escape that JSON does not know" },
  { "[nul]", "not valid JSON" },
  { "[1 2]", "not valid JSON" },
  { "[-]", "not valid JSON" },
  { "<html><body>502 Bad Gateway</body></html>", "does not know outside texts" },
  { "Error establishing a database connection", "does not know outside texts" },
  { "var x = [1];", "does not know outside texts" },
  { "['a']", "does not know outside texts" },
  { "[0x1F]", "does not know outside texts" },
  { "[010]", "needless 0" },
  { "[-01]", "needless 0" },
  { "[1] [2]", "something follows its end" },
  { "{\"a\":1}{\"b\":2}", "something follows its end" },
  { "[]<!-- a plug-in's greeting -->", "something follows its end" },
  { "[9223372036854775808]", "does not fit in 64 bits" },
  { "[-9223372036854775809]", "does not fit in 64 bits" },
  { "{\"id\": 18446744073709551615}", "does not fit in 64 bits" },
  { "{\"id\": 99999999999999999999999999}", "does not fit in 64 bits" },
};

static void
test_refused (void)
{
  g_autofree char *large = g_malloc (WB_JSON_MAX_SIZE + 1);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i].text);
      assert_refused (refused[i].text, -1, refused[i].why);
    }
  assert_refused ("[\"\xff\"]", -1, "not UTF-8");
  assert_refused ("[\"M\xfcller\"]", -1, "not UTF-8"); /* Latin-1 */
  assert_refused ("[\"\xed\xa0\x80\"]", -1, "not UTF-8");
  assert_refused ("[\"a\0b\"]", 7, "not UTF-8");
  memset (large, ' ', WB_JSON_MAX_SIZE + 1);
  assert_refused (large, WB_JSON_MAX_SIZE + 1, "more than 64 MB");
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    "null",
    "5",
    "\"x\"",
    "true",
    " [ ] ",
    "\xef\xbb\xbf{}",
    "[0, -0, 0.5, 0.007, -1.5e-3, 1E+2, 10]",
    "[9223372036854775807, -9223372036854775808, 99999999999999999999999.5, 1e300]",
    "[\"/* [[[ */ // 'x' \\\\\", \"\\\"\"]",
    "[\"\\ud83c\\udf75 \\u00e4 \\b\\f\\n\\r\\t\\/ \\ufffd\"]",
    "\t{\r\n}\n",
  };
  g_autoptr (GBytes)   bytes = g_bytes_new_static ("[1]tail", 3), none = g_bytes_new (NULL, 0);
  g_autoptr (JsonNode) root = wb_json_parse_bytes (bytes, "orders", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = NULL;

      g_test_message ("%s", texts[i]);
      node = parse (texts[i]);
    }
  g_assert_nonnull (root);
  g_assert_null (wb_json_parse_bytes (none, "orders", NULL));
}

static const char order_text[] =
    "[ {}, {}, {}, {\"id\": 8, \"total\": \"402.60\", \"line_items\": [ {\"total\": 5.25,"
    " \"name\": null, \"sku\": [], \"meta\": {\"x\": true}} ]} ]";

/* Says what @read says of order 3's first line. */
#define ASSERT_SAYS(call, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) refusal = NULL;                                                             \
    GError           **error = &refusal;                                                           \
                                                                                                   \
    g_assert_true (!(call));                                                                       \
    g_assert_error (refusal, WB_ERROR, WB_ERROR_INVALID);                                          \
    g_assert_cmpstr (refusal->message, ==, expected);                                              \
  }                                                                                                \
  G_STMT_END

static void
test_path (void)
{
  g_autoptr (JsonNode) node = parse (order_text);
  WbJson root = wb_json_root (node, "orders"), order = wb_json_element (&root, 3), items, line, out;
  WbInstant instant = UNTOUCHED;
  gint64    value = UNTOUCHED;
  guint     n = UNTOUCHED;

  g_assert_true (wb_json_array (&order, "line_items", &items, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  line = wb_json_element (&items, 0);
  n = UNTOUCHED;
  out = line;

  ASSERT_SAYS (wb_json_decimal (&line, "total", 2, &value, error),
               "orders[3].line_items[0].total: expected a decimal string, found a number");
  ASSERT_SAYS (wb_json_opt_decimal (&line, "total", 2, 0, &value, error),
               "orders[3].line_items[0].total: expected a decimal string, found a number");
  ASSERT_SAYS (wb_json_decimal (&line, "tax", 2, &value, error),
               "orders[3].line_items[0].tax: expected a decimal string, found nothing");
  ASSERT_SAYS (
      wb_json_decimal (&order, "total", 0, &value, error),
      "orders[3].total: “402.60” is not an amount: it is finer than the currency's smallest unit");
  ASSERT_SAYS (wb_json_string (&line, "name", error),
               "orders[3].line_items[0].name: expected a text, found null");
  ASSERT_SAYS (wb_json_string (&line, "sku", error),
               "orders[3].line_items[0].sku: expected a text, found a list");
  ASSERT_SAYS (wb_json_int (&line, "meta", &value, error),
               "orders[3].line_items[0].meta: expected a whole number, found an object");
  ASSERT_SAYS (wb_json_int (&line, "total", &value, error),
               "orders[3].line_items[0].total: expected a whole number, found a number");
  ASSERT_SAYS (wb_json_opt_int (&order, "total", 1, &value, error),
               "orders[3].total: expected a whole number, found a text");
  ASSERT_SAYS (wb_json_object (&order, "line_items", &out, error),
               "orders[3].line_items: expected an object, found a list");
  ASSERT_SAYS (wb_json_array (&order, "id", &out, &n, error),
               "orders[3].id: expected a list, found a number");
  ASSERT_SAYS (wb_json_instant (&order, "id", &instant, error),
               "orders[3].id: expected a time as text, found a number");
  ASSERT_SAYS (wb_json_opt_instant (&order, "total", &instant, error),
               "orders[3].total: “402.60” is not a time like 2026-11-22T09:30:00");
  g_assert_cmpint (value, ==, UNTOUCHED);
  g_assert_cmpint (instant, ==, UNTOUCHED);
  g_assert_cmpuint (n, ==, UNTOUCHED);
  g_assert_true (out.node == line.node);
}

static void
test_path_deep (void)
{
  g_autoptr (JsonNode) node = parse (order_text);
  WbJson               root = wb_json_root (node, "orders"), order = wb_json_element (&root, 3);
  WbJson items = wb_json_member (&order, "line_items"), line = wb_json_element (&items, 0);
  WbJson meta = wb_json_member (&line, "meta"), beyond = wb_json_element (&root, 4);
  WbJson lost = wb_json_member (&beyond, "total"), farther = wb_json_element (&lost, 2);
  g_autofree char *path = wb_json_path (&meta), *top = wb_json_path (&root);

  g_assert_cmpstr (path, ==, "orders[3].line_items[0].meta");
  g_assert_cmpstr (top, ==, "orders");
  ASSERT_SAYS (wb_json_fail (&farther, "a pear", error),
               "orders[4].total[2]: expected a pear, found nothing");
  ASSERT_SAYS (wb_json_fail (&root, "an object", error),
               "orders: expected an object, found a list");
  ASSERT_SAYS (wb_json_string (&meta, "x", error),
               "orders[3].line_items[0].meta.x: expected a text, found true or false");
  g_assert_true (wb_json_is_null (&beyond));
  g_assert_true (wb_json_is_null (&farther));
  g_assert_false (wb_json_is_object (&beyond));
  g_assert_false (wb_json_is_array (&beyond));
}

static void
test_optional (void)
{
  g_autoptr (JsonNode) node =
      parse ("{\"n\": null, \"e\": \"\", \"i\": 7, \"m\": \"1.50\", \"t\": \"2026-11-18T12:00:00\","
             " \"b\": true, \"f\": 1.5, \"o\": {}}");
  WbJson    root = wb_json_root (node, "o");
  WbInstant instant = UNTOUCHED;
  gint64    value = UNTOUCHED;

  g_assert_true (wb_json_opt_int (&root, "absent", 3, &value, NULL));
  g_assert_cmpint (value, ==, 3);
  g_assert_true (wb_json_opt_int (&root, "n", 4, &value, NULL));
  g_assert_cmpint (value, ==, 4);
  g_assert_true (wb_json_opt_int (&root, "i", 4, &value, NULL));
  g_assert_cmpint (value, ==, 7);
  g_assert_true (wb_json_opt_decimal (&root, "e", 2, 5, &value, NULL));
  g_assert_cmpint (value, ==, 5);
  g_assert_true (wb_json_opt_decimal (&root, "m", 2, 5, &value, NULL));
  g_assert_cmpint (value, ==, 150);
  g_assert_true (wb_json_opt_instant (&root, "e", &instant, NULL));
  g_assert_cmpint (instant, ==, 0);
  g_assert_true (wb_json_opt_instant (&root, "t", &instant, NULL));
  g_assert_cmpint (instant, ==, 1795003200);
  g_assert_cmpstr (wb_json_opt_string (&root, "m"), ==, "1.50");
  g_assert_null (wb_json_opt_string (&root, "i"));
  g_assert_null (wb_json_opt_string (&root, "o"));
  g_assert_true (wb_json_bool (&root, "b", FALSE));
  g_assert_true (wb_json_bool (&root, "i", TRUE)); /* 7 is no truth value */
  g_assert_false (wb_json_bool (&root, "absent", FALSE));
}

static void
assert_scalar (const WbJson *at, const char *name, const char *expected)
{
  g_autofree char *text = wb_json_scalar_text (at, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_scalar_text (void)
{
  g_autoptr (JsonNode) node = parse ("{\"s\": \"12\", \"i\": 9007199254740993, \"b\": false, "
                                     "\"f\": 1.5, \"n\": null, \"o\": {}, \"l\": []}");
  WbJson               root = wb_json_root (node, "o");

  assert_scalar (&root, "s", "12");
  assert_scalar (&root, "i", "9007199254740993");
  assert_scalar (&root, "b", "false");
  assert_scalar (&root, "f", NULL); /* a number that has been through floating point is no id */
  assert_scalar (&root, "n", NULL);
  assert_scalar (&root, "o", NULL);
  assert_scalar (&root, "l", NULL);
  assert_scalar (&root, "absent", NULL);
}

/* A place that is no object, or nothing at all, answers every question without a critical. */
static void
test_roots (void)
{
  static const char *const texts[] = { "null", "5", "[]", "\"x\"", "false" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);
      WbJson root = wb_json_root (node, "orders"), member = wb_json_member (&root, "a");
      WbJson element = wb_json_element (&root, 0);

      g_assert_false (wb_json_is_object (&root));
      g_assert_true (wb_json_is_null (&member));
      g_assert_true (wb_json_is_null (&element));
      g_assert_null (wb_json_string (&root, "a", NULL));
      g_assert_null (wb_json_opt_string (&root, "a"));
      assert_scalar (&root, "a", NULL);
      g_assert_true (wb_json_bool (&root, "a", TRUE));
    }
}

static void
test_text (void)
{
  g_autoptr (JsonNode) node = parse ("{\"a\":[1,\"ü\\n\"],\"b\":null}");
  g_autofree char     *line = wb_json_to_text (node), *pretty = wb_json_to_pretty (node);
  g_autoptr (JsonNode) again = parse (pretty);
  g_autofree char     *back = wb_json_to_text (again);

  g_assert_cmpstr (line, ==, "{\"a\":[1,\"ü\\n\"],\"b\":null}");
  g_assert_cmpstr (back, ==, line);
  g_assert_nonnull (strchr (pretty, '\n'));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/path", test_path);
  g_test_add_func ("/json/path/deep", test_path_deep);
  g_test_add_func ("/json/optional", test_optional);
  g_test_add_func ("/json/scalar-text", test_scalar_text);
  g_test_add_func ("/json/roots", test_roots);
  g_test_add_func ("/json/text", test_text);
  return g_test_run ();
}

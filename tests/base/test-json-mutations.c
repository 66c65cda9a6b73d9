/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spoilt JSON never brings the reader down: thousands of mutations of a shop's page, the same each
 * time, are read whole. */
#include "wb-json.h"

#include <string.h>

#define ROUNDS 15000

static const char page[] =
    "[{\"id\":727,\"number\":\"727\",\"status\":\"processing\",\"currency\":\"JPY\",\"total\":"
    "\"94811.00\","
    "\"date_created_gmt\":\"2026-11-18T09:29:59\",\"date_paid_gmt\":null,\"prices_include_tax\":"
    "false,"
    "\"billing\":{\"first_name\":\"J\\u00f6rg\",\"company\":\"B\u00e4ckerei "
    "<K\u00f6ln>\",\"email\":\"a@b.example\"},"
    "\"line_items\":[{\"id\":315,\"name\":\"Tea "
    "\\ud83c\\udf75\",\"product_id\":93,\"quantity\":2,\"subtotal_tax\":\"0.00\","
    "\"total\":\"6.00\",\"price\":0.42000000000000004,\"meta_data\":[{\"id\":2095,\"key\":\"pa_"
    "color\",\"value\":[1,{}]}]}],"
    "\"shipping_lines\":[],\"refunds\":[{\"id\":726,\"reason\":\"\",\"total\":\"-2.50\"},{\"id\":"
    "724,\"total\":\"-\"}]}]";

static const char *const pieces[] = { "{",
                                      "}",
                                      "[",
                                      "]",
                                      "\"",
                                      "\\",
                                      ",",
                                      ":",
                                      "-",
                                      "0",
                                      "9999999999999999999",
                                      "null",
                                      "1e999",
                                      "\\u0000",
                                      "\\ud800",
                                      "/*",
                                      "'",
                                      "\xff",
                                      "\xf0\x9f",
                                      "\xef\xbb\xbf",
                                      "true",
                                      "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                                      " " };

static char *
spoil (GRand *rand)
{
  GString *text = g_string_new (page);
  guint    n = (guint) g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n && text->len > 1; i++)
    {
      gsize       hole = (gsize) g_rand_int_range (rand, 1, 30);
      gsize       at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len);
      const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0: /* another byte, never the end */
          text->str[at] = (char) g_rand_int_range (rand, 1, 256);
          break;
        case 1: /* a hole */
          g_string_erase (text, (gssize) at, (gssize) MIN (text->len - at, hole));
          break;
        case 2: /* cut off */
          g_string_truncate (text, at);
          break;
        case 3: /* said twice */
          g_string_insert_len (text, (gssize) at, page + at % (sizeof page - 60), 50);
          break;
        default:
          g_string_insert (text, (gssize) at, piece);
          break;
        }
    }
  return g_string_free (text, FALSE);
}

static void walk (const WbJson *at, guint *seen);

static void
ask (const WbJson *at, const char *name)
{
  g_autofree char *scalar = wb_json_scalar_text (at, name);
  gint64           number = 0;
  WbInstant        instant = 0;
  WbJson           child;
  guint            n;

  wb_json_string (at, name, NULL);
  wb_json_opt_string (at, name);
  wb_json_bool (at, name, FALSE);
  wb_json_int (at, name, &number, NULL);
  wb_json_opt_int (at, name, 0, &number, NULL);
  wb_json_decimal (at, name, 2, &number, NULL);
  wb_json_opt_decimal (at, name, 0, 0, &number, NULL);
  wb_json_instant (at, name, &instant, NULL);
  wb_json_opt_instant (at, name, &instant, NULL);
  wb_json_object (at, name, &child, NULL);
  wb_json_array (at, name, &child, &n, NULL);
}

static void
walk_object (const WbJson *at, guint *seen)
{
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (at->node));

  for (GList *l = names; l != NULL; l = l->next)
    {
      WbJson child = wb_json_member (at, l->data);

      ask (at, l->data);
      walk (&child, seen);
    }
}

/* Asks everything of every place. */
static void
walk (const WbJson *at, guint *seen)
{
  g_autoptr (GError) error = NULL;

  ++*seen;
  g_assert_false (wb_json_fail (at, "something else", &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  ask (at, "absent");
  if (wb_json_is_object (at))
    walk_object (at, seen);
  for (guint i = 0;
       wb_json_is_array (at) && i < json_array_get_length (json_node_get_array (at->node)); i++)
    {
      WbJson element = wb_json_element (at, i);

      walk (&element, seen);
    }
}

static void
test_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint             read = 0, refused = 0, seen = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError)   error = NULL;
      g_autofree char     *text = spoil (rand);
      g_autoptr (JsonNode) node = wb_json_parse (text, -1, "orders", &error);
      WbJson               root = wb_json_root (node, "orders");

      if (node == NULL)
        {
          g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
          refused++;
          continue;
        }
      g_assert_no_error (error);
      walk (&root, &seen);
      read++;
    }
  g_test_message ("%u read, %u refused, %u places", read, refused, seen);
  g_assert_cmpuint (read, >, ROUNDS / 50); /* else the mutations only prove that nothing is read */
  g_assert_cmpuint (refused, >, ROUNDS / 5);
}

static void
test_whole (void)
{
  g_autoptr (JsonNode) node = wb_json_parse (page, -1, "orders", NULL);
  WbJson               root = wb_json_root (node, "orders");
  guint                seen = 0;

  g_assert_nonnull (node);
  walk (&root, &seen);
  g_assert_cmpuint (seen, ==, 39);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/mutations/whole", test_whole);
  g_test_add_func ("/json/mutations/spoilt", test_mutations);
  return g_test_run ();
}

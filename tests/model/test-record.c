/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every record type gives from its table what a table promises: properties that tell once, JSON
 * both ways, deep copies. */
#include "records.h"
#include "wb-order.h"
#include "wb-shipment.h"

#include <string.h>

typedef void (*Check) (GType type, GRand *rand);

typedef struct
{
  GType (*type) (void);
  Check check;
} Case;

static void
run_case (gconstpointer data)
{
  const Case       *each = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  each->check (each->type (), rand);
}

static char *
property_name (const WbField *field)
{
  return g_strdelimit (g_strdup (field->name), "_", '-');
}

static GType
property_type (const WbField *field)
{
  if (record_is_textual (field))
    return G_TYPE_STRING;
  if (field->kind == WB_FIELD_BOOL)
    return G_TYPE_BOOLEAN;
  if (field->kind == WB_FIELD_ONE)
    return field->child ();
  return field->kind == WB_FIELD_MANY ? G_TYPE_LIST_MODEL : G_TYPE_INT64;
}

static void
check_properties (GType type, GRand *rand)
{
  g_autoptr (GTypeClass) ref = g_type_class_ref (type);
  const WbRecordClass   *klass = WB_RECORD_CLASS (ref);
  guint                  n = 0;

  g_free (g_object_class_list_properties (G_OBJECT_CLASS (klass), &n));
  g_assert_cmpuint (n, ==, klass->n_fields);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autofree char *name = property_name (&klass->fields[i]);
      GParamSpec      *pspec = g_object_class_find_property (G_OBJECT_CLASS (klass), name);

      g_assert_nonnull (pspec);
      g_assert_true (G_PARAM_SPEC_VALUE_TYPE (pspec) == property_type (&klass->fields[i]));
      g_assert_true (pspec->flags & G_PARAM_READABLE);
      g_assert_cmpint (!(pspec->flags & G_PARAM_WRITABLE), ==,
                       klass->fields[i].kind == WB_FIELD_MANY);
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (klass->fields[k].name, !=, klass->fields[i].name);
    }
}

/* A table cannot say nonsense: children have a type, others none; a match is a text; a stored
 * record has its number. */
static void
check_table (GType type, GRand *rand)
{
  g_autoptr (GTypeClass) ref = g_type_class_ref (type);
  const WbRecordClass   *klass = WB_RECORD_CLASS (ref);
  guint                  matches = 0;

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const WbField *field = &klass->fields[i];
      gboolean       parent = field->kind == WB_FIELD_ONE || field->kind == WB_FIELD_MANY;

      g_assert_true ((field->child != NULL) == parent);
      g_assert_true (!(field->flags & WB_FIELD_MATCH) || field->kind == WB_FIELD_TEXT);
      g_assert_true (!(field->flags & WB_FIELD_KEY) || field->kind == WB_FIELD_INT);
      g_assert_true (!(field->flags & WB_FIELD_PERSON) || field->kind == WB_FIELD_TEXT);
      g_assert_true (klass->currency < klass->n_fields || type == WB_TYPE_ORDER_LINE ||
                     type == WB_TYPE_REFUND || field->kind != WB_FIELD_AMOUNT);
      matches += (field->flags & WB_FIELD_MATCH) != 0;
      for (const char *p = field->name; *p != '\0'; p++)
        g_assert_true (g_ascii_islower (*p) || g_ascii_isdigit (*p) || *p == '_');
    }
  g_assert_cmpuint (matches, <=, 1);
  if (klass->table != NULL)
    {
      g_assert_cmpstr (klass->fields[0].name, ==, "id");
      g_assert_true (klass->fields[0].flags & WB_FIELD_KEY);
    }
}

static void
count (GObject *object, GParamSpec *pspec, gpointer n)
{
  ++*(guint *) n;
}

/* Sets the property from what @from has. */
static void
copy_property (gpointer from, gpointer to, const char *name)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (from, name, &value);
  g_object_set_property (to, name, &value);
}

static void
check_notify (GType type, GRand *rand)
{
  g_autoptr (GObject)  record = g_object_new (type, NULL);
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autoptr (GObject) other = g_object_new (type, NULL), empty = g_object_new (type, NULL);
      g_autofree char    *name = property_name (&klass->fields[i]),
                      *detailed = g_strconcat ("notify::", name, NULL);
      guint  mine = 0, all = 0;
      gulong by_name, any;

      if (klass->fields[i].kind == WB_FIELD_MANY)
        continue;
      do
        record_fill_field (other, i, rand);
      while (record_equal (other, empty));
      by_name = g_signal_connect (record, detailed, G_CALLBACK (count), &mine);
      copy_property (other, record, name);
      g_assert_cmpuint (mine, ==, 1);
      any = g_signal_connect (record, "notify", G_CALLBACK (count), &all);
      copy_property (other, record, name); /* the same again: nothing to tell */
      g_assert_cmpuint (mine, ==, 1);
      copy_property (empty, record, name);
      g_assert_cmpuint (mine, ==, 2);
      copy_property (empty, record, name);
      g_assert_cmpuint (mine, ==, 2);
      g_assert_cmpuint (all, ==, 1); /* one telling a change, of that property alone */
      g_signal_handler_disconnect (record, by_name);
      g_signal_handler_disconnect (record, any);
      copy_property (other, record, name);
      g_assert_true (klass->fields[i].kind == WB_FIELD_ONE || !record_equal (record, empty));
      copy_property (empty, record, name);
    }
}

static void
check_json (GType type, GRand *rand)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GObject)  record = record_random (type, rand), back = g_object_new (type, NULL);
      g_autoptr (GError)   error = NULL;
      g_autoptr (JsonNode) node = wb_record_to_json (WB_RECORD (record)), read = NULL;
      g_autofree char     *text = wb_json_to_text (node);
      WbJson               root;

      read = wb_json_parse (text, -1, "record", &error);
      g_assert_no_error (error);
      root = wb_json_root (read, "record");
      g_assert_true (wb_record_from_json (back, &root, &error));
      g_assert_no_error (error);
      g_assert_true (record_equal (record, back));
    }
}

/* What of a wrong kind stands in a member is refused with the place; what is absent leaves the
 * field. */
static void
check_json_refused (GType type, GRand *rand)
{
  g_autoptr (GTypeClass) ref = g_type_class_ref (type);
  const WbRecordClass   *klass = WB_RECORD_CLASS (ref);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autoptr (GObject) record = g_object_new (type, NULL), empty = g_object_new (type, NULL);
      g_autoptr (GError)  error = NULL;
      g_autofree char    *wrong =
          g_strdup_printf ("{\"%s\": [[1.5]], \"foreign\": {}}", klass->fields[i].name);
      g_autofree char *right =
          g_strdup_printf ("{\"%s\": null, \"foreign\": {}}", klass->fields[i].name);
      g_autofree char     *place = g_strdup_printf ("record.%s", klass->fields[i].name);
      g_autoptr (JsonNode) bad = wb_json_parse (wrong, -1, "record", NULL),
                           good = wb_json_parse (right, -1, "record", NULL);
      WbJson bad_root = wb_json_root (bad, "record"), good_root = wb_json_root (good, "record");

      g_assert_true (wb_record_from_json (record, &good_root, NULL));
      g_assert_true (record_equal (record, empty));
      if (klass->fields[i].kind == WB_FIELD_JSON)
        continue; /* takes any document */
      g_assert_false (wb_record_from_json (record, &bad_root, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, place));
    }
}

static void
spoil_children (gpointer record, GRand *rand)
{
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (klass->fields[i].kind == WB_FIELD_ONE && wb_record_get_one (record, i) != NULL)
        record_change (wb_record_get_one (record, i), 0, rand);
      else if (klass->fields[i].kind == WB_FIELD_MANY && wb_record_get_many (record, i)->len > 0)
        record_change (wb_record_get_many (record, i)->pdata[0], 0, rand);
    }
}

static void
check_copy (GType type, GRand *rand)
{
  g_autoptr (GObject)  record = record_random (type, rand);
  const WbRecordClass *klass = wb_record_describe (record);
  g_autoptr (GObject)  copy = wb_record_copy (record), kept = wb_record_copy (record);

  g_assert_true (record_equal (record, copy));
  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].kind < WB_FIELD_ONE)
      record_change (record, i, rand);
  spoil_children (record, rand);
  g_assert_false (record_equal (record, copy));
  g_assert_true (record_equal (kept, copy)); /* nothing is shared, not in the children either */
}

static void
test_list_property (void)
{
  g_autoptr (GRand)      rand = g_rand_new_with_seed (3);
  g_autoptr (WbOrder)    order = record_random (WB_TYPE_ORDER, rand);
  GPtrArray             *lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_autoptr (GListModel) model = NULL;

  wb_record_add (order, WB_ORDER_LINES, wb_order_line_new ());
  g_object_get (order, "lines", &model, NULL);
  g_assert_true (g_list_model_get_item_type (model) == WB_TYPE_ORDER_LINE);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, lines->len);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_assert_true (item == lines->pdata[i]);
    }
}

/* Amounts are written in the record's own currency, a child's in its owner's. */
static void
test_currency (void)
{
  g_autoptr (WbOrder)  order = wb_order_new (), back = wb_order_new ();
  WbOrderLine         *line = wb_order_line_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char     *text = NULL;
  WbMoney              money;
  WbJson               root;

  wb_record_set_text (order, WB_ORDER_CURRENCY, "JPY");
  wb_record_set_int (order, WB_ORDER_TOTAL, 94811);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, 811);
  wb_record_add (order, WB_ORDER_LINES, line);
  node = wb_record_to_json (order);
  text = wb_json_to_text (node);
  g_assert_nonnull (strstr (text, "\"total\":\"94811\""));
  g_assert_nonnull (strstr (text, "\"total\":\"811\""));
  root = wb_json_root (node, "order");
  g_assert_true (wb_record_from_json (back, &root, NULL));
  line = wb_record_get_many (back, WB_ORDER_LINES)->pdata[0];
  g_assert_cmpint (wb_record_get_int (line, WB_ORDER_LINE_TOTAL), ==, 811);
  money = wb_record_get_money (back, WB_ORDER_TOTAL);
  g_assert_true (wb_money_equal (money, wb_money (94811, "JPY")));
}

static void
test_json_place (void)
{
  g_autoptr (WbOrder)  order = wb_order_new ();
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) node =
      wb_json_parse ("{\"lines\": [{}, {\"total\": 5.25}]}", -1, "order", NULL);
  WbJson root = wb_json_root (node, "order");

  g_assert_false (wb_record_from_json (order, &root, &error));
  g_assert_cmpstr (error->message, ==,
                   "order.lines[1].total: expected a decimal string, found a number");
}

static void
test_json_date (void)
{
  g_autoptr (WbShipment) shipment = wb_shipment_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonNode)   node =
      wb_json_parse ("{\"ship_date\": \"2026-02-29\"}", -1, "shipment", NULL);
  WbJson root = wb_json_root (node, "shipment");

  g_assert_false (wb_record_from_json (shipment, &root, &error));
  g_assert_cmpstr (error->message, ==,
                   "shipment.ship_date: expected a date YYYY-MM-DD, found a text");
}

/* How many records the header declares that are missing from the tests' list. */
static guint
count_missing (const char *path, GHashTable *known)
{
  g_autofree char   *text = NULL;
  g_autoptr (GRegex) regex =
      g_regex_new ("^WB_DECLARE_RECORD \\(\\s*(Wb\\w+),", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint                  missing = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (g_hash_table_remove (known, name))
        continue;
      g_test_message ("%s is not in tests/model/records.c", name);
      missing++;
    }
  return missing;
}

static void
test_all_are_tested (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *folder = g_build_filename (g_getenv ("WAYBILL_SOURCE"), "src", "model", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;
  guint            missing = 0;

  for (guint i = 0; i < n_record_types; i++)
    g_hash_table_add (known, (gpointer) g_type_name (record_types[i].type ()));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".h"))
        missing += count_missing (path, known);
    }
  g_assert_cmpuint (missing, ==, 0);
  g_assert_cmpuint (g_hash_table_size (known), ==, 0);
}

static void
test_find_field (void)
{
  g_autoptr (WbOrder) order = wb_order_new ();

  g_assert_cmpint (wb_record_find_field (order, "id"), ==, WB_ORDER_ID);
  g_assert_cmpint (wb_record_find_field (order, "refunds"), ==, WB_ORDER_REFUNDS);
  g_assert_cmpint (wb_record_find_field (order, "ship-to"), ==, -1);
  g_assert_cmpint (wb_record_find_field (order, ""), ==, -1);
}

static void
add_for_all (const char *what, Check check)
{
  for (guint i = 0; i < n_record_types; i++)
    {
      g_autofree char *path = g_strdup_printf ("/record/%s/%s", record_types[i].name, what);
      Case            *each = g_new (Case, 1);

      *each = (Case){ record_types[i].type, check };
      g_test_add_data_func_full (path, each, run_case, g_free);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_for_all ("table", check_table);
  add_for_all ("properties", check_properties);
  add_for_all ("notify", check_notify);
  add_for_all ("json", check_json);
  add_for_all ("json-refused", check_json_refused);
  add_for_all ("copy", check_copy);
  g_test_add_func ("/record/list-property", test_list_property);
  g_test_add_func ("/record/currency", test_currency);
  g_test_add_func ("/record/json/place", test_json_place);
  g_test_add_func ("/record/json/date", test_json_date);
  g_test_add_func ("/record/all-are-tested", test_all_are_tested);
  g_test_add_func ("/record/find-field", test_find_field);
  return g_test_run ();
}

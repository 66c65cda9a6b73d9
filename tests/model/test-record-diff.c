/* SPDX-License-Identifier: GPL-3.0-or-later
 * A difference finds exactly the changes that were planted, says what each invalidates, and passes
 * over what is ours. */
#include "records.h"
#include "wb-order.h"
#include "wb-shipment.h"

#include <string.h>

static WbChange *
find (GPtrArray *changes, const char *path)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((WbChange *) changes->pdata[i])->path, path))
      return changes->pdata[i];
  return NULL;
}

static void
assert_change (
    GPtrArray *changes, const char *path, guint flags, const char *before, const char *after)
{
  WbChange *change = find (changes, path);

  g_test_message ("%s", path);
  g_assert_nonnull (change);
  g_assert_cmphex (change->flags, ==, flags);
  g_assert_cmpstr (change->before, ==, before);
  g_assert_cmpstr (change->after, ==, after);
}

static gboolean
is_ours (const WbField *field)
{
  return (field->flags & (WB_FIELD_KEY | WB_FIELD_LOCAL)) != 0;
}

/* Each field of each type by itself: changed alone, it is found alone, or not at all when it is
 * ours. */
static void
test_each_field (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint t = 0; t < n_record_types; t++)
    {
      g_autoptr (GObject)  before = record_random (record_types[t].type (), rand);
      const WbRecordClass *klass = wb_record_describe (before);

      for (guint i = 0; i < klass->n_fields; i++)
        {
          const WbField        *field = &klass->fields[i];
          g_autoptr (GObject)   after = wb_record_copy (before);
          g_autoptr (GPtrArray) changes = NULL;

          if (field->kind >= WB_FIELD_ONE || i == klass->currency)
            continue;
          record_change (after, i, rand);
          changes = wb_record_diff (before, after);
          g_assert_cmpuint (changes->len, ==, is_ours (field) ? 0 : 1);
          if (changes->len == 0)
            continue;
          g_assert_cmpstr (((WbChange *) changes->pdata[0])->path, ==, field->name);
          g_assert_cmphex (((WbChange *) changes->pdata[0])->flags, ==, field->flags);
          g_assert_cmpstr (((WbChange *) changes->pdata[0])->before, !=,
                           ((WbChange *) changes->pdata[0])->after);
        }
    }
}

/* Any number of fields at once, down to the children: as many changes as were planted, at the
 * places planted. */
static void
plant (gpointer record, const char *path, GHashTable *planted, GRand *rand)
{
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const WbField   *field = &klass->fields[i];
      g_autofree char *at = g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", field->name);

      if (field->kind == WB_FIELD_ONE && wb_record_get_one (record, i) != NULL)
        plant (wb_record_get_one (record, i), at, planted, rand);
      for (guint k = 0; field->kind == WB_FIELD_MANY && k < wb_record_get_many (record, i)->len;
           k++)
        {
          gpointer         child = wb_record_get_many (record, i)->pdata[k];
          int              match = wb_record_find_field (child, "remote_id");
          g_autofree char *there =
              g_strdup_printf ("%s[%s]", at, wb_record_get_text (child, (guint) match));

          plant (child, there, planted, rand);
        }
      if (field->kind >= WB_FIELD_ONE || i == klass->currency || (field->flags & WB_FIELD_MATCH) ||
          g_rand_int_range (rand, 0, 4) > 0)
        continue;
      record_change (record, i, rand);
      if (!is_ours (field))
        g_hash_table_add (planted, g_steal_pointer (&at));
    }
}

static void
test_planted (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint             total = 0;

  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GHashTable) planted =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (WbOrder) before = record_random (WB_TYPE_ORDER, rand),
                          after = wb_record_copy (before);
      g_autoptr (GPtrArray) changes = NULL, none = wb_record_diff (before, after);

      g_assert_cmpuint (none->len, ==, 0);
      plant (after, "", planted, rand);
      changes = wb_record_diff (before, after);
      for (guint i = 0; i < changes->len; i++)
        g_assert_true (g_hash_table_contains (planted, ((WbChange *) changes->pdata[i])->path));
      g_assert_cmpuint (changes->len, ==, g_hash_table_size (planted));
      total += changes->len;
    }
  g_assert_cmpuint (total, >, 1000);
}

static WbOrderLine *
add_line (WbOrder *order, const char *remote_id, const char *name, gint64 quantity)
{
  WbOrderLine *line = wb_order_line_new ();

  wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, remote_id);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, name);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, quantity);
  wb_record_add (order, WB_ORDER_LINES, line);
  return line;
}

#define OF_LINES    (WB_FIELD_PARCEL | WB_FIELD_CHARGE)
#define OF_QUANTITY (WB_FIELD_PARCEL | WB_FIELD_CHARGE)

static void
test_children (void)
{
  g_autoptr (WbOrder)   before = wb_order_new (), after = wb_order_new ();
  g_autoptr (GPtrArray) changes = NULL;

  add_line (before, "11", "Tea", 2);
  add_line (before, "12", "Cup", 1);
  add_line (before, "13", NULL, 1);
  add_line (after, "14", "Pot", 1);
  add_line (after, "12", "Cup", 3); /* in another place: it is still the same line */
  add_line (after, "15", NULL, 1);
  add_line (after, "11", "Tea", 2);
  changes = wb_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 4);
  assert_change (changes, "lines[12].quantity", OF_QUANTITY, "1", "3");
  assert_change (changes, "lines[13]", OF_LINES, "13", NULL); /* no name: its number says which */
  assert_change (changes, "lines[14]", OF_LINES, NULL, "Pot");
  assert_change (changes, "lines[15]", OF_LINES, NULL, "15");
}

/* Children that share a match value, or have none, are told apart by their order. */
static void
test_children_alike (void)
{
  g_autoptr (WbOrder)   before = wb_order_new (), after = wb_order_new ();
  g_autoptr (GPtrArray) changes = NULL;

  add_line (before, NULL, "Adjustment", 1);
  add_line (before, "7", "Gift", 1);
  add_line (before, NULL, "Rounding", 2);
  add_line (before, "7", "Gift", 5);
  add_line (after, NULL, "Adjustment", 1);
  add_line (after, NULL, "Rounding", 4);
  add_line (after, "7", "Gift", 1);
  changes = wb_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 2);
  assert_change (changes, "lines[2].quantity", OF_QUANTITY, "2", "4");
  assert_change (changes, "lines[7]", OF_LINES, "Gift", NULL);
}

static void
test_one (void)
{
  g_autoptr (WbOrder)   before = wb_order_new (), after = wb_order_new ();
  g_autoptr (WbAddress) home = wb_address_new (), nameless = wb_address_new ();
  g_autoptr (GPtrArray) added = NULL, removed = NULL, unnamed = NULL;

  wb_record_set_text (home, WB_ADDRESS_NAME, "Ada");
  wb_record_set_one (after, WB_ORDER_SHIP_TO, home);
  added = wb_record_diff (before, after);
  g_assert_cmpuint (added->len, ==, 1);
  assert_change (added, "ship_to", WB_FIELD_PARCEL, NULL, "Ada");
  removed = wb_record_diff (after, before);
  assert_change (removed, "ship_to", WB_FIELD_PARCEL, "Ada", NULL);
  wb_record_set_one (after, WB_ORDER_SHIP_TO, nameless);
  unnamed = wb_record_diff (before, after);
  assert_change (unnamed, "ship_to", WB_FIELD_PARCEL, NULL, "");
}

static void
test_values (void)
{
  g_autoptr (WbOrder) before = wb_order_new (), after = wb_order_new ();
  WbOrderLine *line = add_line (before, "1", "Tea", 1), *same = add_line (after, "1", "Tea", 1);
  g_autoptr (GPtrArray) changes = NULL;

  wb_record_set_text (before, WB_ORDER_CURRENCY, "JPY");
  wb_record_set_text (after, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_int (before, WB_ORDER_TOTAL, 1000);
  wb_record_set_int (after, WB_ORDER_TOTAL, 1000);
  wb_record_set_int (line, WB_ORDER_LINE_TAX, 5);
  wb_record_set_int (same, WB_ORDER_LINE_TAX, 5);
  wb_record_set_int (after, WB_ORDER_PAID_AT, 1795003200);
  wb_record_set_bool (same, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  changes = wb_record_diff (before, after);
  assert_change (changes, "currency", WB_FIELD_CHARGE, "JPY", "EUR");
  assert_change (changes, "total", WB_FIELD_CHARGE, "1000", "10.00"); /* each in its own currency */
  assert_change (changes, "lines[1].tax", WB_FIELD_CHARGE, "5", "0.05");
  assert_change (changes, "paid_at", WB_FIELD_PLAIN, NULL, "2026-11-18T12:00:00Z");
  assert_change (changes, "lines[1].needs_shipping", WB_FIELD_PARCEL, "false", "true");
}

static void
test_shipment (void)
{
  g_autoptr (WbShipment) before = wb_shipment_new ();
  WbParcel              *parcel = wb_parcel_new ();
  g_autoptr (WbShipment) after = NULL;
  g_autoptr (GPtrArray)  changes = NULL;

  wb_record_set_text (parcel, WB_PARCEL_REFERENCE, "WB-1");
  for (gint64 i = 1; i <= 2; i++)
    {
      WbParcelLine *line = wb_parcel_line_new ();

      wb_record_set_int (line, WB_PARCEL_LINE_LINE_ID, i);
      wb_record_set_int (line, WB_PARCEL_LINE_QUANTITY, i);
      wb_record_add (parcel, WB_PARCEL_LINES, line);
    }
  wb_record_add (before, WB_SHIPMENT_PARCELS, parcel);
  after = wb_record_copy (before);
  parcel = wb_record_get_many (after, WB_SHIPMENT_PARCELS)->pdata[0];
  wb_record_set_int (wb_record_get_many (parcel, WB_PARCEL_LINES)->pdata[1],
                     WB_PARCEL_LINE_QUANTITY, 9);
  changes = wb_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 1);
  assert_change (changes, "parcels[WB-1].lines[1].quantity", WB_FIELD_PLAIN, "2", "9");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/diff/each-field", test_each_field);
  g_test_add_func ("/record/diff/planted", test_planted);
  g_test_add_func ("/record/diff/children", test_children);
  g_test_add_func ("/record/diff/children/alike", test_children_alike);
  g_test_add_func ("/record/diff/one", test_one);
  g_test_add_func ("/record/diff/values", test_values);
  g_test_add_func ("/record/diff/shipment", test_shipment);
  return g_test_run ();
}

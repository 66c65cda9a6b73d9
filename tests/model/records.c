/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every record type there is, and records filled at random, for tests that go by the tables. */
#include "records.h"

#include "wb-connection.h"
#include "wb-ledger.h"
#include "wb-operation.h"
#include "wb-order-gap.h"
#include "wb-order.h"
#include "wb-payment.h"
#include "wb-product.h"
#include "wb-rule.h"
#include "wb-shipment.h"
#include "wb-stock-records.h"
#include "wb-wave.h"

#include <string.h>

const RecordType record_types[] = {
  { "address", wb_address_get_type },
  { "order-line", wb_order_line_get_type },
  { "refund", wb_refund_get_type },
  { "order", wb_order_get_type },
  { "parcel-line", wb_parcel_line_get_type },
  { "parcel", wb_parcel_get_type },
  { "shipment", wb_shipment_get_type },
  { "label", wb_label_get_type },
  { "label-rule", wb_label_rule_get_type },
  { "rate", wb_rate_get_type },
  { "payment", wb_payment_get_type },
  { "entry", wb_entry_get_type },
  { "connection", wb_connection_get_type },
  { "order-gap", wb_order_gap_get_type },
  { "rule", wb_rule_get_type },
  { "wave", wb_wave_get_type },
  { "wave-order", wb_wave_order_get_type },
  { "pick", wb_pick_get_type },
  { "evidence", wb_evidence_get_type },
  { "origin", wb_origin_get_type },
  { "package", wb_package_get_type },
  { "printer", wb_printer_get_type },
  { "print-batch", wb_print_batch_get_type },
  { "print-row", wb_print_row_get_type },
  { "customer", wb_customer_get_type },
  { "saved-view", wb_saved_view_get_type },
  { "product", wb_product_get_type },
  { "listing", wb_listing_get_type },
  { "balance", wb_balance_get_type },
  { "payout", wb_payout_get_type },
  { "payout-item", wb_payout_item_get_type },
  { "statement", wb_statement_get_type },
  { "statement-row", wb_statement_row_get_type },
  { "import-mapping", wb_import_mapping_get_type },
  { "operation", wb_operation_get_type },
  { "event", wb_event_get_type },
  { "location", wb_location_get_type },
  { "bin", wb_bin_get_type },
  { "lot", wb_lot_get_type },
  { "serial", wb_serial_get_type },
  { "stock-level", wb_stock_level_get_type },
  { "allocation", wb_allocation_get_type },
  { "stock-movement", wb_stock_movement_get_type },
  { "kit-component", wb_kit_component_get_type },
  { "barcode", wb_barcode_get_type },
  { "supplier", wb_supplier_get_type },
  { "product-supplier", wb_product_supplier_get_type },
  { "purchase-line", wb_purchase_line_get_type },
  { "purchase-order", wb_purchase_order_get_type },
  { "stock-count-line", wb_stock_count_line_get_type },
  { "stock-count", wb_stock_count_get_type },
};

const guint n_record_types = G_N_ELEMENTS (record_types);

static const char *const currencies[] = { "EUR", "JPY", "KWD", "CLF", "USD" };

/** record_is_textual: whether @field is read and set as a text. */
gboolean
record_is_textual (const WbField *field)
{
  return field->kind == WB_FIELD_TEXT || field->kind == WB_FIELD_DATE ||
         field->kind == WB_FIELD_JSON;
}

static char *
random_text (GRand *rand)
{
  static const char *const pieces[] = { "a", "Z",  " ", "\"", "\\",  "\n", "{", "é",
                                        "Ł", "東", "🎁", "ﷺ",  "<b>", "&",  "'", "%s" };
  GString                 *text = g_string_new (NULL);

  for (gint n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static gint64
random_number (const WbField *field, GRand *rand)
{
  gint64 any = (gint64) (((guint64) g_rand_int (rand) << 32) | g_rand_int (rand));

  if (field->kind == WB_FIELD_BOOL)
    return any & 1;
  if (field->kind == WB_FIELD_INSTANT) /* the years 1 to 9999 */
    return (WbInstant) g_rand_double_range (rand, -62135596800.0, 253402300799.0);
  return any >> g_rand_int_range (rand, 0, 63);
}

static char *
random_textual (const WbField *field, GRand *rand)
{
  if (field->kind == WB_FIELD_DATE)
    return g_strdup_printf ("%04d-%02d-%02d", g_rand_int_range (rand, 1, 10000),
                            g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
  if (field->kind == WB_FIELD_JSON)
    return g_strdup_printf ("{\"n\":%d,\"l\":[null,true,\"ü\"]}",
                            g_rand_int_range (rand, -1000, 1000));
  if (strcmp (field->name, "currency") == 0)
    return g_strdup (currencies[g_rand_int_range (rand, 0, G_N_ELEMENTS (currencies))]);
  if (field->flags & WB_FIELD_MATCH) /* as good as unique */
    return g_strdup_printf ("m%08x%08x", g_rand_int (rand), g_rand_int (rand));
  return random_text (rand);
}

/** record_fill_field: gives @field a random value that fits its kind; children are filled through
 * and through. */
void
record_fill_field (gpointer record, guint field, GRand *rand)
{
  const WbField *described = &wb_record_describe (record)->fields[field];

  if (record_is_textual (described))
    wb_record_take_text (record, field, random_textual (described, rand));
  else if (described->kind == WB_FIELD_ONE)
    {
      g_autoptr (GObject) child = record_random (described->child (), rand);

      wb_record_set_one (record, field, child);
    }
  else if (described->kind == WB_FIELD_MANY)
    for (gint n = g_rand_int_range (rand, 1, 5); n > 0; n--)
      wb_record_add (record, field, record_random (described->child (), rand));
  else
    wb_record_set_int (record, field, random_number (described, rand));
}

/** record_random: Returns: (transfer full): a record of @type with every field filled at random, a
 * few left empty. */
gpointer
record_random (GType type, GRand *rand)
{
  gpointer             record = g_object_new (type, NULL);
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    if (i == klass->currency || (klass->fields[i].flags & WB_FIELD_MATCH) ||
        g_rand_int_range (rand, 0, 8) > 0)
      record_fill_field (record, i, rand);
  return record;
}

/** record_change: gives a field that is no child another value than it has. */
void
record_change (gpointer record, guint field, GRand *rand)
{
  const WbField   *described = &wb_record_describe (record)->fields[field];
  g_autofree char *before =
      record_is_textual (described) ? g_strdup (wb_record_get_text (record, field)) : NULL;
  gint64 number = record_is_textual (described) ? 0 : wb_record_get_int (record, field);

  do
    record_fill_field (record, field, rand);
  while (record_is_textual (described) ? g_strcmp0 (wb_record_get_text (record, field), before) == 0
                                       : wb_record_get_int (record, field) == number);
}

static gboolean
children_equal (GPtrArray *a, GPtrArray *b)
{
  gboolean equal = a->len == b->len;

  for (guint i = 0; equal && i < a->len; i++)
    equal = record_equal (a->pdata[i], b->pdata[i]);
  return equal;
}

static gboolean
field_equal (gpointer a, gpointer b, guint i)
{
  const WbField *field = &wb_record_describe (a)->fields[i];

  if (record_is_textual (field))
    return g_strcmp0 (wb_record_get_text (a, i), wb_record_get_text (b, i)) == 0;
  if (field->kind == WB_FIELD_ONE)
    return record_equal (wb_record_get_one (a, i), wb_record_get_one (b, i));
  if (field->kind == WB_FIELD_MANY)
    return children_equal (wb_record_get_many (a, i), wb_record_get_many (b, i));
  return wb_record_get_int (a, i) == wb_record_get_int (b, i);
}

/** record_equal: whether two records (or nothing) are alike in every field, also those a difference
 * passes over. */
gboolean
record_equal (gpointer a, gpointer b)
{
  gboolean equal =
      (a == NULL) == (b == NULL) && (a == NULL || G_OBJECT_TYPE (a) == G_OBJECT_TYPE (b));

  for (guint i = 0; a != NULL && equal && i < wb_record_describe (a)->n_fields; i++)
    {
      equal = field_equal (a, b, i);
      if (!equal)
        g_test_message ("%s.%s differs", G_OBJECT_TYPE_NAME (a),
                        wb_record_describe (a)->fields[i].name);
    }
  return equal;
}

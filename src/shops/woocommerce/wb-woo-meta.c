/* SPDX-License-Identifier: GPL-3.0-or-later
 * WooCommerce's meta data: rows of key and value beside a record. */
#include "wb-woo-meta.h"

#include "wb-text.h"

/**
 * wb_woo_meta_find:
 * @record: whatever has `meta_data`: an order, a line, a refund, a fulfilment
 * @out: (out): filled in any case; its value is absent where there is no such row. It must stay
 * where it is as long as its places are used.
 *
 * Returns: whether there is a row called @key; the first one counts.
 */
gboolean
wb_woo_meta_find (const WbJson *record, const char *key, WbWooMeta *out)
{
  guint n = 0;

  out->value = (WbJson){ .member = key, .index = -1 };
  if (!wb_json_array (record, "meta_data", &out->rows, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      out->row = wb_json_element (&out->rows, i);
      if (g_strcmp0 (wb_json_opt_string (&out->row, "key"), key) != 0)
        continue;
      out->value = wb_json_member (&out->row, "value");
      return TRUE;
    }
  return FALSE;
}

/** wb_woo_meta_is: whether @record has a row called @key with the text @wanted; an empty one is
 * nobody's. */
gboolean
wb_woo_meta_is (const WbJson *record, const char *key, const char *wanted)
{
  WbWooMeta found;

  return !wb_text_is_empty (wanted) && wb_woo_meta_find (record, key, &found) &&
         g_strcmp0 (wb_json_opt_string (&found.row, "value"), wanted) == 0;
}

/** wb_woo_meta_add: one row into an open array of meta data; an empty value is left out. */
void
wb_woo_meta_add (JsonBuilder *builder, const char *key, const char *value)
{
  if (wb_text_is_empty (value))
    return;
  json_builder_begin_object (builder);
  wb_woo_write_text (builder, "key", key);
  wb_woo_write_text (builder, "value", value);
  json_builder_end_object (builder);
}

/** wb_woo_write_text: one member with a text. */
void
wb_woo_write_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

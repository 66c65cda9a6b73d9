/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a sender's CSV is read: as JSON, to be remembered. */
#include "wb-statement-private.h"
#include "wb-text.h"

#include <string.h>

static const char *const cells[WB_N_CELLS] = {
  [WB_CELL_DATE] = "date",
  [WB_CELL_AMOUNT] = "amount",
  [WB_CELL_IN] = "in",
  [WB_CELL_OUT] = "out",
  [WB_CELL_CURRENCY] = "currency",
  [WB_CELL_TEXT] = "text",
  [WB_CELL_COUNTERPARTY] = "counterparty",
  [WB_CELL_REF] = "ref",
  [WB_CELL_TRACKING] = "tracking",
  [WB_CELL_SERVICE] = "service",
  [WB_CELL_REASON] = "reason",
  [WB_CELL_WEIGHT] = "weight",
  [WB_CELL_DISPUTE_BY] = "dispute-by",
};

static const char *const dates[] = {
  [WB_DATES_UNKNOWN] = "unknown",
  [WB_DATES_YMD] = "ymd",
  [WB_DATES_DMY] = "dmy",
  [WB_DATES_MDY] = "mdy",
};

/** wb_cell_id: Returns: (transfer none): the cell's name in mappings and on the command line. */
const char *
wb_cell_id (WbCell cell)
{
  return cells[cell];
}

/** wb_cell_parse: Returns: the #WbCell called @id, -1 when there is none. */
int
wb_cell_parse (const char *id)
{
  for (int i = 0; i < WB_N_CELLS; i++)
    if (g_strcmp0 (cells[i], id) == 0)
      return i;
  return -1;
}

/** wb_dates_id: Returns: (transfer none): “ymd”, “dmy”, “mdy” or “unknown”. */
const char *
wb_dates_id (WbDates which)
{
  return dates[which];
}

/** wb_dates_parse: Returns: what @id says, %WB_DATES_UNKNOWN for anything else. */
WbDates
wb_dates_parse (const char *id)
{
  for (guint i = WB_DATES_YMD; i < G_N_ELEMENTS (dates); i++)
    if (g_strcmp0 (dates[i], id) == 0)
      return i;
  return WB_DATES_UNKNOWN;
}

/** wb_mapping_new: Returns: (transfer full): one that says nothing yet: comma, decimal point,
 * UTF-8, grams. */
WbMapping *
wb_mapping_new (void)
{
  WbMapping *mapping = g_new0 (WbMapping, 1);

  mapping->delimiter = ',';
  mapping->decimal = '.';
  mapping->encoding = g_strdup ("UTF-8");
  mapping->head_line = 1;
  g_strlcpy (mapping->weight_unit, "g", sizeof mapping->weight_unit);
  return mapping;
}

/** wb_mapping_free: frees @mapping. */
void
wb_mapping_free (WbMapping *mapping)
{
  g_free (mapping->encoding);
  g_free (mapping->sender);
  for (guint i = 0; i < WB_N_CELLS; i++)
    g_free (mapping->columns[i]);
  g_free (mapping);
}

/** wb_mapping_set: @head: (nullable): the head of the column that is @cell; %NULL or empty: none.
 */
gboolean
wb_mapping_set (WbMapping *mapping, const char *cell, const char *head, GError **error)
{
  int which = wb_cell_parse (cell);

  if (which < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "“%s” is nothing that a column can be: date, amount, in, out, currency, text, "
                   "counterparty, ref, tracking, service, reason, weight or dispute-by",
                   cell);
      return FALSE;
    }
  g_free (mapping->columns[which]);
  mapping->columns[which] = head != NULL && *head != '\0' ? g_strdup (head) : NULL;
  return TRUE;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/** wb_mapping_to_json: Returns: (transfer full): @mapping as text. */
char *
wb_mapping_to_json (const WbMapping *mapping)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "delimiter", (char[]){ mapping->delimiter, '\0' });
  add_text (builder, "decimal", (char[]){ mapping->decimal, '\0' });
  add_text (builder, "encoding", mapping->encoding);
  add_text (builder, "dates", wb_dates_id (mapping->dates));
  add_text (builder, "currency", mapping->currency);
  add_text (builder, "weight", mapping->weight_unit);
  if (mapping->sender != NULL)
    add_text (builder, "sender", mapping->sender);
  json_builder_set_member_name (builder, "dispute_days");
  json_builder_add_int_value (builder, mapping->dispute_days);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_object (builder);
  for (guint i = 0; i < WB_N_CELLS; i++)
    if (mapping->columns[i] != NULL)
      add_text (builder, cells[i], mapping->columns[i]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return wb_json_to_text (root);
}

static void
read_columns (WbMapping *mapping, const WbJson *columns)
{
  for (guint i = 0; i < WB_N_CELLS; i++)
    wb_set_str (&mapping->columns[i], wb_json_opt_string (columns, cells[i]));
}

/** wb_mapping_parse: Returns: (transfer full) (nullable): what wb_mapping_to_json() wrote. */
WbMapping *
wb_mapping_parse (const char *json, GError **error)
{
  g_autoptr (JsonNode)  node = wb_json_parse (json, -1, "mapping", error);
  g_autoptr (WbMapping) mapping = wb_mapping_new ();
  WbJson                root, columns;
  const char           *text;
  gint64                days = 0;

  if (node == NULL)
    return NULL;
  root = wb_json_root (node, "mapping");
  if (!wb_json_object (&root, "columns", &columns, error) ||
      !wb_json_opt_int (&root, "dispute_days", 0, &days, error))
    return NULL;
  read_columns (mapping, &columns);
  wb_set_str (&mapping->sender, wb_json_opt_string (&root, "sender"));
  mapping->dispute_days = (guint) CLAMP (days, 0, 3650);
  if ((text = wb_json_opt_string (&root, "delimiter")) != NULL && *text != '\0')
    mapping->delimiter = *text;
  if ((text = wb_json_opt_string (&root, "decimal")) != NULL && *text == ',')
    mapping->decimal = ',';
  if ((text = wb_json_opt_string (&root, "encoding")) != NULL)
    wb_set_str (&mapping->encoding, text);
  mapping->dates = wb_dates_parse (wb_json_opt_string (&root, "dates"));
  if ((text = wb_json_opt_string (&root, "currency")) != NULL)
    wb_cell_currency (text, mapping->currency);
  if ((text = wb_json_opt_string (&root, "weight")) != NULL && *text != '\0')
    g_strlcpy (mapping->weight_unit, text, sizeof mapping->weight_unit);
  return g_steal_pointer (&mapping);
}

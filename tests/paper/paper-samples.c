/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders for the tests of paper, and tools to look at what came out. */
#include "paper-samples.h"

#include <stdarg.h>

/* Sets text fields by name, as “name”, value pairs. */
void
sample_set (gpointer record, const char *first, ...)
{
  va_list args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    {
      int field = wb_record_find_field (record, name);

      g_assert_cmpint (field, >=, 0);
      wb_record_set_text (record, (guint) field, va_arg (args, const char *));
    }
  va_end (args);
}

/* An order without lines, sent from the Netherlands to @country, in one parcel. */
Sample *
sample_new (const char *country)
{
  Sample               *self = g_new0 (Sample, 1);
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcel             *parcel = wb_parcel_new ();

  self->order = wb_order_new ();
  self->shipment = wb_shipment_new ();
  self->origin = wb_origin_new ();
  sample_set (self->origin, "name", "Lager", "company", "Kustgoed B.V.", "street1",
              "Herengracht 100", "city", "Amsterdam", "postcode", "1015 BS", "country", "NL",
              "email", "hallo@kustgoed.example", "zone", "Europe/Amsterdam", NULL);
  sample_set (to, "name", "Anna de Vries", "street1", "Keizersgracht 12", "city", "Amsterdam",
              "postcode", "1015 CJ", "country", country, NULL);
  wb_record_set_one (self->order, WB_ORDER_SHIP_TO, to);
  sample_set (self->order, "number", "1042", "currency", "EUR", NULL);
  wb_record_set_int (self->order, WB_ORDER_PLACED_AT, SAMPLE_TIME);
  wb_record_set_int (parcel, WB_PARCEL_POSITION, 1);
  sample_set (parcel, "reference", "WB-1042-1-K7Q2", "tracking", "3SABCD123456789", NULL);
  wb_record_add (self->shipment, WB_SHIPMENT_PARCELS, parcel);
  sample_set (self->shipment, "state", WB_SHIPMENT_LABELLED, "carrier", "PostNL", "service",
              "Parcel EU", "ship_date", "2026-11-22", NULL);
  self->slip = (WbOrderPaper){ .order = self->order,
                               .shipment = self->shipment,
                               .parcel = parcel,
                               .origin = self->origin,
                               .channel = "kustgoed.example" };
  return self;
}

void
sample_free (Sample *self)
{
  g_object_unref (self->order);
  g_object_unref (self->shipment);
  g_object_unref (self->origin);
  g_free (self);
}

/* Adds a line of which @here are in the first parcel. Returns: its number. */
gint64
sample_add_line (Sample     *self,
                 const char *sku,
                 const char *name,
                 const char *options,
                 gint64      ordered,
                 gint64      here)
{
  WbOrderLine *line = wb_order_line_new ();
  gint64       id = wb_record_get_many (self->order, WB_ORDER_LINES)->len + 1;

  wb_record_set_int (line, WB_ORDER_LINE_ID, id);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, ordered);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, 778899);
  sample_set (line, "kind", WB_LINE_ITEM, "sku", sku, "name", name, "options", options, NULL);
  wb_record_add (self->order, WB_ORDER_LINES, line);
  if (here > 0)
    {
      WbParcelLine *packed = wb_parcel_line_new ();

      wb_record_set_int (packed, WB_PARCEL_LINE_LINE_ID, id);
      wb_record_set_int (packed, WB_PARCEL_LINE_QUANTITY, here);
      wb_record_add (self->slip.parcel, WB_PARCEL_LINES, packed);
    }
  return id;
}

/* Whether @tool is installed; else the test has been reported as skipped. */
gboolean
sample_have_tool (const char *tool)
{
  g_autofree char *path = g_find_program_in_path (tool);
  g_autofree char *reason = NULL;

  if (path != NULL)
    return TRUE;
  reason = g_strdup_printf ("%s is not on this machine", tool);
  wb_test_skip (reason);
  return FALSE;
}

/* Returns: what @argv wrote; the test fails when it ends otherwise than well. */
char *
sample_run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char              *out = NULL;
  int                status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return out;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hand-over list of one carrier and day: a row a parcel, sums, a place to sign. */
#include "wb-manifest-cover.h"

#include "wb-order-paper-private.h"

#include <string.h>

static const char *
ship_to_text (WbDoc *doc, const WbManifestRow *row)
{
  gpointer         to = wb_record_get_one (row->order, WB_ORDER_SHIP_TO);
  const char      *parts[3] = { NULL };
  g_autofree char *text = NULL;

  if (to == NULL)
    return NULL;
  parts[0] = wb_record_get_text (to, WB_ADDRESS_NAME);
  parts[1] = wb_record_get_text (to, WB_ADDRESS_CITY);
  parts[2] = wb_record_get_text (to, WB_ADDRESS_COUNTRY);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      {
        char *longer =
            text != NULL ? g_strconcat (text, ", ", parts[i], NULL) : g_strdup (parts[i]);

        g_free (text);
        text = longer;
      }
  return wb_doc_dup (doc, text);
}

static const char *
cell_text (WbDoc *doc, const WbManifestRow *row, const char *column)
{
  if (strcmp (column, "tracking") == 0)
    return wb_record_get_text (row->parcel, WB_PARCEL_TRACKING);
  if (strcmp (column, "reference") == 0)
    return wb_record_get_text (row->parcel, WB_PARCEL_REFERENCE);
  if (strcmp (column, "order") == 0)
    return wb_record_get_text (row->order, WB_ORDER_NUMBER);
  if (strcmp (column, "service") == 0)
    return wb_record_get_text (row->shipment, WB_SHIPMENT_SERVICE);
  if (strcmp (column, "weight") == 0)
    return wb_doc_kilos (doc, wb_record_get_int (row->parcel, WB_PARCEL_WEIGHT_G));
  return ship_to_text (doc, row);
}

static const char *
fact_text (WbDoc *doc, const WbManifest *manifest, const char *name)
{
  gint64 grams = 0;

  if (strcmp (name, "carrier") == 0)
    return manifest->carrier;
  if (strcmp (name, "made-on") == 0)
    return wb_doc_date (doc, manifest->date);
  if (strcmp (name, "parcels") == 0)
    return wb_doc_number (doc, manifest->n_rows);
  for (guint i = 0; i < manifest->n_rows; i++)
    grams += wb_record_get_int (manifest->rows[i].parcel, WB_PARCEL_WEIGHT_G);
  return wb_doc_kilos (doc, grams);
}

static void
set_rows (WbDoc *doc, const WbManifest *manifest)
{
  const char *columns[WB_MOST_COLUMNS], *cells[WB_MOST_COLUMNS] = { NULL };
  guint       n = wb_order_columns (doc, NULL, 0, columns, WB_MOST_COLUMNS);

  wb_doc_table_begin (doc, columns);
  for (guint i = 0; i < manifest->n_rows; i++)
    {
      for (guint k = 0; k < n; k++)
        cells[k] = cell_text (doc, &manifest->rows[i], columns[k]);
      wb_doc_row (doc, cells, NULL);
    }
}

static void
set_manifest (WbDoc *doc, gconstpointer data)
{
  const WbManifest  *manifest = data;
  const char *const *blocks = wb_template_get_blocks (doc->ask.template);
  const char *const *names = wb_template_get_facts (doc->ask.template);
  WbDocFact          facts[WB_MOST_COLUMNS];
  guint              n = 0;

  for (; names[n] != NULL && n < G_N_ELEMENTS (facts); n++)
    facts[n] = (WbDocFact){ wb_doc_word (doc, names[n]), fact_text (doc, manifest, names[n]) };
  wb_doc_set_running (doc, wb_doc_word (doc, wb_template_get_title (doc->ask.template)));
  wb_doc_set_foot (doc, manifest->carrier);
  for (guint i = 0; blocks[i] != NULL; i++)
    if (strcmp (blocks[i], "letterhead") == 0)
      wb_doc_letterhead (doc, wb_doc_word (doc, wb_template_get_title (doc->ask.template)));
    else if (strcmp (blocks[i], "addresses") == 0)
      wb_doc_addresses (doc, NULL, 0, facts, n, NULL);
    else if (strcmp (blocks[i], "table") == 0)
      set_rows (doc, manifest);
    else if (strcmp (blocks[i], "signature") == 0)
      {
        wb_doc_paragraph (doc, WB_STYLE_STRONG, wb_doc_word (doc, "received"));
        wb_doc_signature (doc, wb_doc_word (doc, "name-signed"));
      }
    else
      wb_order_message (doc, &manifest->with);
}

/** wb_manifest_render: Returns: (transfer full): PDF bytes. Fails with %WB_ERROR_INVALID where
 * there is no parcel. */
GBytes *
wb_manifest_render (const WbManifest *manifest,
                    WbInstant         created_at,
                    guint            *pages,
                    char           ***warnings,
                    GError          **error)
{
  if (manifest->n_rows == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "No parcel of this day goes with %s",
                   manifest->carrier);
      return NULL;
    }
  return wb_list_paper_render (WB_PAPER_MANIFEST, &manifest->with, created_at, set_manifest,
                               manifest, pages, warnings, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * All papers of one shipment in one go, and the labels of several shipments on sheets. */
#include "wb-desk-documents.h"

#include "wb-label-page.h"
#include "wb-printing.h"
#include "wb-sheet.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** wb_set_row_free: frees @row. */
void
wb_set_row_free (WbSetRow *row)
{
  g_free (row->outcome);
  g_clear_error (&row->error);
  g_free (row);
}

static gboolean
add_row (WbDesk       *self,
         gint64        shipment_id,
         const char   *document,
         GPtrArray    *rows,
         GCancellable *cancellable)
{
  WbSetRow *row = g_new0 (WbSetRow, 1);

  row->document = document;
  g_ptr_array_add (rows, row);
  return wb_desk_print_document (self, shipment_id, document, &row->outcome, cancellable,
                                 &row->error);
}

/**
 * wb_desk_print_set:
 * @complete: (out) (optional): whether a printer has all of them
 *
 * Prints every paper that the shipment must have: its label, the slip, and what customs on its way
 * want. What was printed before is not printed again; what fails keeps nothing else from being
 * printed.
 *
 * Returns: (transfer full) (element-type WbSetRow): one row a paper, in the order in which they are
 * wanted at the table; %NULL when it is not known which there should be.
 */
GPtrArray *
wb_desk_print_set (
    WbDesk *self, gint64 shipment_id, gboolean *complete, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_set_row_free);
  g_auto (GStrv)        kinds = wb_desk_needed_papers (self, shipment_id, error);
  gboolean              all;

  if (kinds == NULL)
    return NULL;
  all = add_row (self, shipment_id, WB_DOCUMENT_LABEL, rows, cancellable);
  for (guint i = 0; kinds[i] != NULL; i++)
    all &= add_row (self, shipment_id, wb_paper_document (kinds[i]), rows, cancellable);
  if (complete != NULL)
    *complete = all;
  return g_steal_pointer (&rows);
}

/* ---- labels on sheets ---- */

/* The label as a page of its own size. What is in a printer's language only that printer can draw.
 */
static GBytes *
label_page (WbDesk *self, WbLabel *label, GError **error)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (self->book, WB_DOCUMENT_LABEL, NULL);
  const char           *format = wb_record_get_text (label, WB_LABEL_FORMAT);
  const char           *media = NULL;
  g_autoptr (GBytes)    bytes =
      wb_book_get_document (self->book, wb_record_get_text (label, WB_LABEL_DOCUMENT), NULL, error);

  if (bytes == NULL || g_strcmp0 (format, WB_FORMAT_PDF) == 0)
    return g_steal_pointer (&bytes);
  if (printer != NULL)
    media = wb_record_get_text (printer, WB_PRINTER_MEDIA);
  if (g_strcmp0 (format, WB_FORMAT_PNG) == 0)
    return wb_label_page_from_png (bytes, wb_text_is_empty (media) ? WB_MEDIA_4X6 : media, 0,
                                   error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The label %s is in a label printer's own language (%s) and cannot be put on a "
               "sheet. Ask the carrier for PDF or PNG labels",
               wb_record_get_text (label, WB_LABEL_TRACKING), format);
  return NULL;
}

static WbLabel *
live_label (WbDesk *self, gint64 shipment_id, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self->book, shipment_id, error);
  g_autoptr (WbLabel)    label = NULL;

  if (shipment == NULL)
    return NULL;
  label = wb_book_get_live_label (
      self->book, wb_record_get_int (wb_shipment_parcel (shipment), WB_PARCEL_ID), error);
  return label != NULL && wb_label_check_printable (label, error) ? g_steal_pointer (&label) : NULL;
}

/**
 * wb_desk_make_label_sheet:
 * @layout: “a4-4”: one of the sheets of labels
 * @start: the first free place of the first sheet, from 1
 * @marks: whether to print marks to cut along
 * @shipment_ids: @n of them, in the order of their places
 *
 * Returns: (transfer full): their labels on sheets, at their own size, as PDF: the same bytes for
 * the same labels. %WB_ERROR_INVALID when one does not fit its place or is in a printer's language,
 * %WB_ERROR_REFUSED when one is set aside; no sheet is made then.
 */
GBytes *
wb_desk_make_label_sheet (WbDesk       *self,
                          const char   *layout,
                          guint         start,
                          gboolean      marks,
                          const gint64 *shipment_ids,
                          guint         n,
                          GError      **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  WbSheetAsk            ask = { .layout = layout, .start = start, .marks = marks };
  WbInstant             bought = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbLabel) label = live_label (self, shipment_ids[i], error);
      GBytes             *page = label != NULL ? label_page (self, label, error) : NULL;

      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, page);
      bought = MAX (bought, wb_record_get_int (label, WB_LABEL_BOUGHT_AT));
    }
  return wb_sheet_render (&ask, pages, bought, NULL, error);
}

/* Sheets with these very bytes that were asked for before. @last: (out): the newest. */
static guint
count_sheets (WbDesk *self, gint64 order_id, const char *start, WbOperation **last)
{
  g_autoptr (GPtrArray) operations = wb_book_list_operations_of (self->book, order_id, 0, NULL);
  guint                 n = 0;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (g_str_has_prefix (wb_record_get_text (operations->pdata[i], WB_OPERATION_KEY), start))
      {
        n++;
        g_set_object (last, operations->pdata[i]);
      }
  return n;
}

static gboolean
is_open (WbOperation *operation)
{
  return operation != NULL && (wb_operation_is (operation, WB_OPERATION_PLANNED) ||
                               wb_operation_is (operation, WB_OPERATION_SENDING) ||
                               wb_operation_is (operation, WB_OPERATION_UNSURE));
}

static WbOperation *
plan_sheet (WbDesk *self, WbShipment *shipment, GBytes *sheet, WbPrinter *printer, GError **error)
{
  gint64                  order_id = wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID);
  g_autofree char        *hash = wb_book_put_document (self->book, sheet, "application/pdf", error);
  g_autofree char        *start = NULL, *key = NULL, *title = NULL;
  g_autoptr (JsonNode)    request = NULL;
  g_autoptr (WbOperation) last = NULL;
  guint                   n;

  if (hash == NULL)
    return NULL;
  start = g_strdup_printf ("%s:%s:%.16s:", WB_OP_PRINT, WB_DOCUMENT_LABEL_SHEET, hash);
  n = count_sheets (self, order_id, start, &last);
  if (is_open (last))
    return g_steal_pointer (&last);
  key = g_strdup_printf ("%s%u", start, n + 1);
  title = g_strdup_printf ("%.8s-%s-%u", hash, WB_DOCUMENT_LABEL_SHEET, n + 1);
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, WB_DOCUMENT_LABEL_SHEET);
  request = wb_json_make ("s:document", hash, "s:format", WB_FORMAT_PDF, "s:document_kind",
                          WB_DOCUMENT_LABEL_SHEET, "s:title", title, "s:station", wb_station (),
                          "o:printer", wb_record_to_json (printer), NULL);
  return wb_journal_plan (self->journal, WB_OP_PRINT, key, order_id,
                          wb_record_get_int (shipment, WB_SHIPMENT_ID), 0, request, self->actor,
                          error);
}

/**
 * wb_desk_print_label_sheet:
 * @outcome: (out): one line for people
 *
 * Prints the labels of wb_desk_make_label_sheet() where label sheets are printed, one side a sheet,
 * as one job. A request for the same sheet that is still open is brought to its end instead.
 */
gboolean
wb_desk_print_label_sheet (WbDesk       *self,
                           const char   *layout,
                           guint         start,
                           gboolean      marks,
                           const gint64 *shipment_ids,
                           guint         n,
                           char        **outcome,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (GBytes) sheet =
      wb_desk_make_label_sheet (self, layout, start, marks, shipment_ids, n, error);
  g_autoptr (WbShipment)  first = NULL;
  g_autoptr (WbPrinter)   printer = NULL;
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (JsonNode)    reply = NULL;
  WbJson                  at;

  if (sheet == NULL ||
      (first = wb_book_get_shipment (self->book, shipment_ids[0], error)) == NULL ||
      (printer = wb_book_get_printer (self->book, WB_DOCUMENT_LABEL_SHEET, error)) == NULL ||
      (operation = plan_sheet (self, first, sheet, printer, error)) == NULL ||
      !wb_journal_settle (self->journal, operation, cancellable, error))
    return FALSE;
  reply = wb_operation_reply (operation);
  at = wb_json_root (reply, "reply");
  /* Translators: a document was given to a printer; printer and number of the job there */
  *outcome = g_strdup_printf (_ ("%s, job %s"), wb_json_opt_string (&at, "printer"),
                              wb_json_opt_string (&at, "job"));
  return TRUE;
}

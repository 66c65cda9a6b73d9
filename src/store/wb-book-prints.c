/* SPDX-License-Identifier: GPL-3.0-or-later
 * What prints what on which station, and what has been printed. */
#include "wb-book-private.h"
#include "wb-journal.h"

/**
 * wb_book_get_printer_at:
 * Returns: (transfer full): what prints @document (WB_DOCUMENT_…) on @station: its own row, or
 * the one for all stations; likewise of the kind that stands in for @document when there is
 * neither. %WB_ERROR_NOT_FOUND.
 */
WbPrinter *
wb_book_get_printer_at (WbBook *self, const char *station, const char *document, GError **error)
{
  const WbDocumentKind *kind = wb_document_kind (document);

  return wb_book_first (
      wb_database_select (self->database, wb_printer_get_type (), error,
                          "WHERE document IN (?1, ?2) AND (station IS NULL OR station = ?3) "
                          "ORDER BY document <> ?1, station IS NULL LIMIT 1",
                          "sss", document, kind != NULL ? kind->stand_in : NULL, station),
      "printer", error);
}

/** wb_book_get_printer: Returns: (transfer full): what prints @document on this station, as
 * wb_book_get_printer_at(). */
WbPrinter *
wb_book_get_printer (WbBook *self, const char *document, GError **error)
{
  return wb_book_get_printer_at (self, wb_station (), document, error);
}

/** wb_book_has_station: whether anything is set up to be printed just at @station. */
gboolean
wb_book_has_station (WbBook *self, const char *station)
{
  gint64 n = 0;

  return wb_database_get_int (self->database, &n, NULL,
                              "SELECT COUNT(*) FROM printer WHERE station = ?", "s", station) &&
         n > 0;
}

/** wb_book_find_printer: Returns: (transfer full): the very row of @station (%NULL: the one for all
 * stations) and @document; %WB_ERROR_NOT_FOUND. */
WbPrinter *
wb_book_find_printer (WbBook *self, const char *station, const char *document, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_printer_get_type (), error,
                          "WHERE COALESCE(station, '') = COALESCE(?1, '') AND document = ?2", "ss",
                          station, document),
      "printer", error);
}

/** wb_book_list_printers: Returns: (transfer full) (element-type WbPrinter): of all stations, those
 * for every station first. */
GPtrArray *
wb_book_list_printers (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_printer_get_type (), error,
                             "ORDER BY COALESCE(station, ''), document", NULL);
}

/** wb_book_delete_printer: forgets a row; what it has printed stays known. */
gboolean
wb_book_delete_printer (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM printer WHERE id = ?", "i", id);
}

/** wb_book_list_prints: Returns: (transfer full) (element-type WbOperation): print jobs that a
 * printer took since @since, oldest first. */
GPtrArray *
wb_book_list_prints (WbBook *book, WbInstant since, GError **error)
{
  return wb_database_select (
      book->database, wb_operation_get_type (), error,
      "WHERE kind = 'print' AND state = 'done' AND ended_at >= ? ORDER BY id LIMIT 1000", "i",
      since);
}

/** wb_book_get_print_batch: Returns: (transfer full): by number. */
WbPrintBatch *
wb_book_get_print_batch (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_print_batch_get_type (), error,
                                            "WHERE id = ?", "i", id),
                        "batch of papers", error);
}

/** wb_book_list_print_batches: Returns: (transfer full) (element-type WbPrintBatch): the newest
 * first, at most 100; @open_only: those that have not come to their end. */
GPtrArray *
wb_book_list_print_batches (WbBook *self, gboolean open_only, GError **error)
{
  return wb_database_select (self->database, wb_print_batch_get_type (), error,
                             "WHERE ?1 = 0 OR state = 'open' ORDER BY id DESC LIMIT 100", "i",
                             (gint64) open_only);
}

/** wb_book_list_print_rows: Returns: (transfer full) (element-type WbPrintRow): a batch's papers in
 * their order. */
GPtrArray *
wb_book_list_print_rows (WbBook *self, gint64 batch_id, GError **error)
{
  return wb_database_select (self->database, wb_print_row_get_type (), error,
                             "WHERE batch_id = ? ORDER BY place", "i", batch_id);
}

/** wb_book_list_label_rules: Returns: (transfer full) (element-type WbLabelRule): what was accepted
 * for good and holds, the newest first. */
GPtrArray *
wb_book_list_label_rules (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_label_rule_get_type (), error,
                             "WHERE revoked_at = 0 ORDER BY id DESC", NULL);
}

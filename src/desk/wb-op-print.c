/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operation “print”: one request, at most one job. A request's title is its name at the
 * printer; the printer it is meant for, with all its settings, stands in the request. */
#include "wb-desk-private.h"

#include "wb-printing.h"

#include <glib/gi18n-lib.h>

/* Whether this station can print on @printer, or ask it, that @station knows (NULL: all do). Queues
 * and folders are a station's own: another one would ask, or print on, its namesake. */
gboolean
wb_printer_is_reachable (WbPrinter *printer, const char *station)
{
  const char *kind = wb_record_get_text (printer, WB_PRINTER_TARGET_KIND);

  return station == NULL || g_str_equal (station, wb_station ()) ||
         g_strcmp0 (kind, WB_TARGET_IPP) == 0 || g_strcmp0 (kind, WB_TARGET_SOCKET) == 0;
}

/*
 * Returns: (transfer full): the printer that the request of @operation names; before version 2
 * requests named none: what is set up now. %WB_ERROR_CONFLICT when it is another station's.
 */
WbPrinter *
wb_desk_printer_of (WbDesk *self, WbOperation *operation, GError **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request"), inner;
  const char           *document = wb_json_string (&at, "document_kind", error);
  const char           *station = wb_json_opt_string (&at, "station");
  g_autoptr (WbPrinter) printer = NULL;

  if (document == NULL)
    return NULL;
  if (wb_json_opt_string (&at, "station") == NULL)
    return wb_book_get_printer (self->book, document, error);
  printer = wb_printer_new ();
  if (!wb_json_object (&at, "printer", &inner, error) ||
      !wb_record_from_json (printer, &inner, error))
    return NULL;
  if (wb_printer_is_reachable (printer, station))
    return g_steal_pointer (&printer);
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "It was given to “%s” at the station “%s”: only that one can ask after it",
               wb_record_get_text (printer, WB_PRINTER_TARGET), station);
  return NULL;
}

static JsonNode *
make_reply (WbPrinter *printer, const char *job)
{
  return wb_json_make ("s:job", job, "s:printer", wb_record_get_text (printer, WB_PRINTER_TARGET),
                       NULL);
}

static gboolean
print_perform (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbPrinter) printer = wb_desk_printer_of (context, operation, error);
  g_autoptr (GBytes)    bytes = NULL;
  g_autofree char      *job = NULL;

  if (printer == NULL || wb_json_string (&at, "document", error) == NULL ||
      (bytes = wb_book_get_document (wb_desk_get_book (context),
                                     wb_json_opt_string (&at, "document"), NULL, error)) == NULL)
    return wb_not_sent (error);
  if (!wb_print_submit (printer, bytes, wb_json_opt_string (&at, "format"),
                        wb_json_opt_string (&at, "accepted"), wb_json_opt_string (&at, "title"),
                        &job, cancellable, error))
    {
      /* Whoever stands at another printer wants to know why it is this one that matters. */
      if (wb_json_opt_string (&at, "wished") != NULL)
        g_prefix_error (error, _ ("A rule wants this printed at “%s”. "),
                        wb_json_opt_string (&at, "wished"));
      return FALSE;
    }
  outcome->reply = make_reply (printer, job);
  return TRUE;
}

static WbVerdict
print_verify (WbOperation  *operation,
              gpointer      context,
              WbOutcome    *outcome,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbPrinter) printer = wb_desk_printer_of (context, operation, error);
  g_autofree char      *job = NULL;

  if (printer == NULL)
    return WB_VERDICT_UNKNOWN;
  switch (wb_print_find (printer, wb_json_opt_string (&at, "title"),
                         wb_record_get_int (operation, WB_OPERATION_SENT_AT), &job, cancellable,
                         error))
    {
    case WB_PRINT_FOUND:
      outcome->reply = make_reply (printer, job);
      return WB_VERDICT_DONE;
    case WB_PRINT_NOT_THERE:
      return WB_VERDICT_NOT_DONE;
    case WB_PRINT_UNKNOWN:
    default:
      return WB_VERDICT_UNKNOWN;
    }
}

static gboolean
print_apply (WbBook      *book,
             WbOperation *operation,
             WbJson      *reply,
             const char  *document_hash,
             gpointer     context,
             GError     **error)
{
  return TRUE; /* the job's number in the reply is all there is to know */
}

const WbOperationHandler wb_print_handler = { WB_OP_PRINT, print_perform, print_verify, print_apply,
                                              NULL };

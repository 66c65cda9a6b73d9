/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operation “print”: one request, at most one job. A request's title is its name at the print
 * server. */
#include "wb-desk-private.h"

#include "wb-printing.h"

static WbPrinter *
printer_of (WbDesk *desk, const WbJson *at, GError **error)
{
  const char *document = wb_json_string (at, "document_kind", error);

  return document != NULL ? wb_book_get_printer (wb_desk_get_book (desk), document, error) : NULL;
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
  g_autoptr (WbPrinter) printer = printer_of (context, &at, error);
  g_autoptr (GBytes)    bytes = NULL;
  g_autofree char      *job = NULL;

  if (printer == NULL || wb_json_string (&at, "document", error) == NULL ||
      (bytes = wb_book_get_document (wb_desk_get_book (context),
                                     wb_json_opt_string (&at, "document"), NULL, error)) == NULL)
    return wb_not_sent (error);
  if (!wb_print_submit (printer, bytes, wb_json_opt_string (&at, "format"),
                        wb_json_opt_string (&at, "title"), &job, cancellable, error))
    return FALSE;
  outcome->reply = wb_json_make ("s:job", job, "s:printer",
                                 wb_record_get_text (printer, WB_PRINTER_TARGET), NULL);
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
  g_autoptr (WbPrinter) printer = printer_of (context, &at, error);
  g_autofree char      *job = NULL;

  if (printer == NULL)
    return WB_VERDICT_UNKNOWN;
  switch (wb_print_find (printer, wb_json_opt_string (&at, "title"), &job, cancellable, error))
    {
    case WB_PRINT_FOUND:
      outcome->reply = wb_json_make ("s:job", job, "s:printer",
                                     wb_record_get_text (printer, WB_PRINTER_TARGET), NULL);
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Submitting a document once and finding it again, whichever way the printer is reached. */
#include "wb-printing.h"

#include "wb-text.h"
#include "wb-transport.h"

/**
 * wb_print_check_printer:
 * Whether kind and target of @printer can be ones; nobody is asked. %WB_ERROR_INVALID.
 */
gboolean
wb_print_check_printer (WbPrinter *printer, GError **error)
{
  const WbTransport *transport = wb_transport_for (printer, error);

  if (transport == NULL)
    return FALSE;
  if (wb_text_is_empty (wb_record_get_text (printer, WB_PRINTER_TARGET)))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "printer.target: no queue, address or folder is chosen");
      return FALSE;
    }
  return transport->check (wb_record_get_text (printer, WB_PRINTER_TARGET), error);
}

/* Returns: (transfer full): a link to the printer; @transport: (out). */
static gpointer
reach (WbPrinter *printer, const WbTransport **transport, GCancellable *cancellable, GError **error)
{
  if (!wb_print_check_printer (printer, error))
    return NULL;
  *transport = wb_transport_for (printer, error);
  return (*transport)->open (printer, cancellable, error);
}

static gboolean
check_title (const char *title, GError **error)
{
  if (!wb_text_is_empty (title))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A print job needs a title of its own");
  return FALSE;
}

/**
 * wb_print_submit:
 * @printer: where to, in which language, on which media. Without media the document's own size is
 * asked for, and 4 × 6 inch for a picture
 * @format: WB_PRINT_…: what @document is
 * @accepted: (nullable): the change that somebody who saw the label has accepted for it, as
 * wb_label_change_to_text() writes it
 * @title: the job's name; unique for ever, as wb_print_find() looks for it
 * @job_id: (out) (transfer full): the printer's number of the job, or the file's name; untouched on
 * failure
 *
 * Sends @document once, after everything that can be known before has been looked at: the queue's
 * state, its formats, the media that it knows and that lies in it, the document's size. Errors:
 * %WB_ERROR_UNSURE: it was sent, or a part of it, and no answer came (ask wb_print_find()); every
 * other one means that nothing was accepted: %WB_ERROR_NOT_FOUND no such queue,
 * %WB_ERROR_UNAVAILABLE nobody answers or the queue is stopped, %WB_ERROR_REFUSED the queue takes
 * nothing at present, or not this document, %WB_ERROR_INVALID a damaged document or setting,
 * %WB_ERROR_ALREADY the file is there, %WB_ERROR_AUTH, %WB_ERROR_CANCELLED.
 */
gboolean
wb_print_submit (WbPrinter    *printer,
                 GBytes       *document,
                 const char   *format,
                 const char   *accepted,
                 const char   *title,
                 char        **job_id,
                 GCancellable *cancellable,
                 GError      **error)
{
  const WbTransport  *transport;
  g_autoptr (WbQueue) queue = NULL;
  g_auto (WbPrintJob) job = { 0 };
  gpointer            link;
  gboolean            sent;

  if (!check_title (title, error) ||
      (link = reach (printer, &transport, cancellable, error)) == NULL)
    return FALSE;
  queue = transport->describe (link, error);
  sent = queue != NULL &&
         wb_print_job_prepare (queue, printer, document, format, accepted, &job, error);
  if (sent && g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "Printing was cancelled");
      sent = FALSE;
    }
  sent = sent && transport->submit (link, &job, title, job_id, cancellable, error);
  transport->close (link);
  return sent;
}

/**
 * wb_print_find:
 * @title: as given to wb_print_submit()
 * @since: when it was sent, or a little before; 0: not known
 * @job_id: (out) (transfer full): set for %WB_PRINT_FOUND only
 *
 * Whether a job of this title was ever accepted, waiting, done or cancelled. Where nobody remembers
 * finished jobs as old as @since, a job that is not there may have been printed:
 * %WB_PRINT_UNKNOWN, with @error saying why.
 */
WbPrintFinding
wb_print_find (WbPrinter    *printer,
               const char   *title,
               WbInstant     since,
               char        **job_id,
               GCancellable *cancellable,
               GError      **error)
{
  const WbTransport *transport;
  WbPrintFinding     finding;
  gpointer           link;

  if (!check_title (title, error) ||
      (link = reach (printer, &transport, cancellable, error)) == NULL)
    return WB_PRINT_UNKNOWN;
  finding = transport->find (link, title, since, job_id, error);
  transport->close (link);
  return finding;
}

/**
 * wb_print_cancel:
 * @job_id: from wb_print_submit() or wb_print_find()
 *
 * Takes back a job that has not ended. What is on paper already stays there: ask wb_print_follow()
 * how it ended. Fails with %WB_ERROR_REFUSED when it cannot be taken back any more,
 * %WB_ERROR_NOT_FOUND, %WB_ERROR_UNAVAILABLE.
 */
gboolean
wb_print_cancel (WbPrinter *printer, const char *job_id, GCancellable *cancellable, GError **error)
{
  const WbTransport *transport;
  gpointer           link = reach (printer, &transport, cancellable, error);
  gboolean           done;

  if (link == NULL)
    return FALSE;
  done = transport->cancel (link, job_id, error);
  transport->close (link);
  return done;
}

/**
 * wb_print_describe:
 * Returns: (transfer full): what @printer's target says of itself: media, formats, dots, state.
 * Fails with %WB_ERROR_INVALID, %WB_ERROR_NOT_FOUND, %WB_ERROR_UNAVAILABLE.
 */
WbQueue *
wb_print_describe (WbPrinter *printer, GCancellable *cancellable, GError **error)
{
  const WbTransport *transport;
  gpointer           link = reach (printer, &transport, cancellable, error);
  WbQueue           *queue;

  if (link == NULL)
    return NULL;
  queue = transport->describe (link, error);
  transport->close (link);
  return queue;
}

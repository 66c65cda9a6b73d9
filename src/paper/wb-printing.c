/* SPDX-License-Identifier: GPL-3.0-or-later
 * Submitting a document once and finding it again: to a queue of the print server, or as a file in
 * a folder. */
#include "wb-cups.h"
#include "wb-file.h"
#include "wb-print-job.h"
#include "wb-text.h"

#include <errno.h>
#include <glib/gstdio.h>

#define CHUNK 65536

static const char *const job_attributes[] = { "job-id", "job-name", "job-state", NULL };

static gboolean
is_folder (WbPrinter *printer)
{
  return g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_TARGET_KIND), WB_TARGET_FOLDER) == 0;
}

static gboolean
check_printer (WbPrinter *printer, const char *title, GError **error)
{
  const char *kind = wb_record_get_text (printer, WB_PRINTER_TARGET_KIND);

  if (g_strcmp0 (kind, WB_TARGET_FOLDER) != 0 && g_strcmp0 (kind, WB_TARGET_QUEUE) != 0)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "printer.target_kind: expected “queue” or “folder”, found “%s”", kind ? kind : "");
  else if (wb_text_is_empty (wb_record_get_text (printer, WB_PRINTER_TARGET)))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "printer.target: no queue or folder is chosen");
  else if (wb_text_is_empty (title))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A print job needs a title of its own");
  else
    return TRUE;
  return FALSE;
}

/* A file's name for a job: its title, without what a file's name cannot have. */
static char *
file_stem (const char *title)
{
  g_autofree char *line = wb_text_one_line (title);

  g_strdelimit (line, "/\\:*?\"<>|", '-');
  if (*line == '.')
    *line = '_';
  return g_utf8_strlen (line, -1) > 60 ? g_utf8_substring (line, 0, 60) : g_steal_pointer (&line);
}

/* The file in the folder that bears @title, whatever its format. */
static char *
find_file (const char *folder, const char *title)
{
  static const char *const formats[] = { WB_PRINT_PDF, WB_PRINT_PNG, WB_PRINT_ZPL };
  g_autofree char         *stem = file_stem (title);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat (stem, ".", formats[i], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&name);
    }
  return NULL;
}

static gboolean
submit_to_folder (const char *folder,
                  GBytes     *document,
                  const char *format,
                  const char *title,
                  char      **job_id,
                  GError    **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *there = find_file (folder, title);
  g_autofree char   *stem = file_stem (title);
  g_autofree char   *name = g_strconcat (stem, ".", format, NULL);
  g_autofree char   *path = g_build_filename (folder, name, NULL);

  if (!g_str_equal (format, WB_PRINT_PDF) && !g_str_equal (format, WB_PRINT_PNG) &&
      !g_str_equal (format, WB_PRINT_ZPL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no format that can be printed",
                   format);
      return FALSE;
    }
  if (there != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "“%s” is already in “%s”", there, folder);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "The folder “%s” cannot be made: %s",
                   folder, g_strerror (errno));
      return FALSE;
    }
  if (!wb_file_write (path, document, 0644, &local))
    {
      /* Whatever it was, no file is there: nothing has been printed. */
      g_set_error_literal (error, WB_ERROR, WB_ERROR_UNAVAILABLE, local->message);
      return FALSE;
    }
  *job_id = g_steal_pointer (&name);
  return TRUE;
}

static WbIpp *
make_request (const char *queue, const WbPrintJob *job, const char *title)
{
  WbIpp *request = wb_cups_request (IPP_OP_PRINT_JOB, queue);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, title);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, job->mime);
  if (job->media != NULL)
    {
      ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, job->media);
      ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
      ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_ENUM, "orientation-requested",
                     IPP_ORIENT_PORTRAIT);
      ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    }
  return request;
}

/* @all_sent: whether the server may have the whole document, even if this fails. Less than all of
 * it makes no job. */
static gboolean
send_document (WbCups        *cups,
               WbIpp         *request,
               const char    *resource,
               GBytes        *document,
               gboolean      *all_sent,
               http_status_t *status)
{
  gsize       size;
  const char *data = g_bytes_get_data (document, &size);

  *status = cupsSendRequest (cups, request, resource, ippLength (request) + size);
  for (gsize done = 0; *status == HTTP_STATUS_CONTINUE && done < size; done += CHUNK)
    {
      *all_sent = done + CHUNK >= size;
      *status = cupsWriteRequestData (cups, data + done, MIN (CHUNK, size - done));
    }
  return *status == HTTP_STATUS_CONTINUE;
}

static gboolean
read_job_id (WbIpp *answer, char **job_id, GError **error)
{
  int number = wb_ipp_number (answer, "job-id", 0);

  if (number <= 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The print server took the document and gave it no number");
      return FALSE;
    }
  *job_id = g_strdup_printf ("%d", number);
  return TRUE;
}

/* One request carries the whole document: the server has all of it and answers, or it has no job.
 */
static gboolean
send_job (WbCups           *cups,
          const char       *queue,
          const WbPrintJob *job,
          const char       *title,
          char            **job_id,
          GError          **error)
{
  g_autoptr (WbIpp) request = make_request (queue, job, title);
  g_autoptr (WbIpp) answer = NULL;
  g_autofree char  *resource = g_strconcat ("/printers/", queue, NULL);
  gboolean          all_sent = FALSE;
  http_status_t     status;
  ipp_status_t      said;

  if (!send_document (cups, request, resource, job->bytes, &all_sent, &status) && !all_sent)
    {
      g_set_error (error, WB_ERROR,
                   status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN
                       ? WB_ERROR_AUTH
                       : WB_ERROR_UNAVAILABLE,
                   "The print server did not take the document: %s", cupsLastErrorString ());
      return FALSE;
    }
  answer = cupsGetResponse (cups, resource);
  if (answer == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The connection to the print server broke before it answered: %s",
                   cupsLastErrorString ());
      return FALSE;
    }
  said = ippGetStatusCode (answer);
  if (said == IPP_STATUS_ERROR_INTERNAL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The print server failed while it took the document: %s",
                   cupsLastErrorString ());
      return FALSE;
    }
  return wb_cups_check_status (said, cupsLastErrorString (), error) &&
         read_job_id (answer, job_id, error);
}

/**
 * wb_print_submit:
 * @printer: where to; its media (PWG name) is the only size that is printed. Without one the
 * document's own size is asked for, and 4 × 6 inch for a picture
 * @format: WB_PRINT_…: what @document is
 * @title: the job's name; unique for ever, as wb_print_find() looks for it
 * @job_id: (out) (transfer full): the server's number of the job, or the file's name; untouched on
 * failure
 *
 * Sends @document once. ZPL goes untouched to a raw queue; PDF and pictures go to the others with
 * media, print-scaling none and orientation told. Errors: %WB_ERROR_UNSURE: it was sent and no
 * answer came (ask wb_print_find()); every other one means that nothing was accepted:
 * %WB_ERROR_NOT_FOUND no such queue, %WB_ERROR_UNAVAILABLE no server or the queue is stopped,
 * %WB_ERROR_REFUSED the queue takes nothing at present, or not this document, %WB_ERROR_INVALID a
 * damaged document or setting, %WB_ERROR_ALREADY the file is there, %WB_ERROR_AUTH,
 * %WB_ERROR_CANCELLED.
 */
gboolean
wb_print_submit (WbPrinter    *printer,
                 GBytes       *document,
                 const char   *format,
                 const char   *title,
                 char        **job_id,
                 GCancellable *cancellable,
                 GError      **error)
{
  const char         *target = wb_record_get_text (printer, WB_PRINTER_TARGET);
  g_autoptr (WbCups)  cups = NULL;
  g_autoptr (WbQueue) queue = NULL;
  g_auto (WbPrintJob) job = { 0 };

  if (!check_printer (printer, title, error))
    return FALSE;
  if (is_folder (printer))
    return submit_to_folder (target, document, format, title, job_id, error);
  cups = wb_cups_connect (cancellable, error);
  if (cups == NULL)
    return FALSE;
  queue = wb_cups_find_queue (cups, target, error);
  if (queue == NULL || !wb_print_job_prepare (queue, printer, document, format, &job, error))
    return FALSE;
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "Printing was cancelled");
      return FALSE;
    }
  return send_job (cups, target, &job, title, job_id, error);
}

/* Looks through @answer for the job called @title; counts those that have ended. */
static int
find_job (WbIpp *answer, const char *title, guint *ended)
{
  int         number = 0, state = 0, found = 0;
  const char *name = NULL;

  for (ipp_attribute_t *at = ippFirstAttribute (answer);; at = ippNextAttribute (answer))
    {
      const char *what = at != NULL ? ippGetName (at) : NULL;

      if (what == NULL)
        {
          if (number > 0 && g_strcmp0 (name, title) == 0)
            found = number;
          *ended += number > 0 && state >= IPP_JSTATE_CANCELED;
          number = state = 0;
          name = NULL;
        }
      else if (g_str_equal (what, "job-id"))
        number = ippGetInteger (at, 0);
      else if (g_str_equal (what, "job-state"))
        state = ippGetInteger (at, 0);
      else if (g_str_equal (what, "job-name"))
        name = ippGetString (at, 0, NULL);
      if (at == NULL)
        return found;
    }
}

static WbPrintFinding
find_in_queue (
    WbPrinter *printer, const char *title, char **job_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbCups) cups = wb_cups_connect (cancellable, error);
  g_autoptr (WbIpp)  answer = NULL;
  WbIpp             *request;
  guint              ended = 0;
  int                number;

  if (cups == NULL)
    return WB_PRINT_UNKNOWN;
  request = wb_cups_request (IPP_OP_GET_JOBS, wb_record_get_text (printer, WB_PRINTER_TARGET));
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  wb_cups_want (request, job_attributes);
  answer = wb_cups_ask (cups, request, error);
  if (answer == NULL)
    return WB_PRINT_UNKNOWN;
  number = find_job (answer, title, &ended);
  if (number > 0)
    {
      *job_id = g_strdup_printf ("%d", number);
      return WB_PRINT_FOUND;
    }
  if (ended > 0)
    return WB_PRINT_NOT_THERE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "The print server remembers no finished job: it cannot say whether “%s” was printed",
               title);
  return WB_PRINT_UNKNOWN;
}

/**
 * wb_print_find:
 * @title: as given to wb_print_submit()
 * @job_id: (out) (transfer full): set for %WB_PRINT_FOUND only
 *
 * Whether a job of this title was ever accepted, waiting, done or cancelled. Where the print server
 * keeps no history of finished jobs, a job that is not there may have been printed:
 * %WB_PRINT_UNKNOWN, with @error saying why.
 */
WbPrintFinding
wb_print_find (
    WbPrinter *printer, const char *title, char **job_id, GCancellable *cancellable, GError **error)
{
  char *name;

  if (!check_printer (printer, title, error))
    return WB_PRINT_UNKNOWN;
  if (!is_folder (printer))
    return find_in_queue (printer, title, job_id, cancellable, error);
  name = find_file (wb_record_get_text (printer, WB_PRINTER_TARGET), title);
  if (name == NULL)
    return WB_PRINT_NOT_THERE;
  *job_id = name;
  return WB_PRINT_FOUND;
}

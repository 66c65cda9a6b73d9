/* SPDX-License-Identifier: GPL-3.0-or-later
 * A job by IPP: sent once, found again by its title, looked at, cancelled. */
#include "wb-cups.h"

#include <glib/gi18n-lib.h>

#define CHUNK           65536
#define BUSY_PATIENCE_S 5
#define BUSY_PAUSE_MS   100

static const char *const found_attributes[] = {
  "job-id", "job-name", "job-state", "time-at-creation", "job-printer-up-time", NULL
};

static const char *const job_attributes[] = { "job-state",
                                              "job-state-reasons",
                                              "job-state-message",
                                              "job-printer-state-message",
                                              "job-printer-state-reasons",
                                              NULL };

static const char *const printer_attributes[] = { "printer-state", "printer-state-reasons",
                                                  "printer-state-message", "printer-make-and-model",
                                                  NULL };

static WbIpp *
make_request (WbIppLink *link, const WbPrintJob *job, const char *title)
{
  WbIpp *request = wb_ipp_request (link, IPP_OP_PRINT_JOB);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, title);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, job->mime);
  if (job->media != NULL)
    {
      ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, job->media);
      ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
      ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_ENUM, "orientation-requested",
                     IPP_ORIENT_PORTRAIT);
      ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
      if (job->one_sided)
        ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
    }
  return request;
}

/* @all_sent: whether the other side may have the whole document, even if this fails: less than all
 * of it makes no job. @locked: it wants a password. */
static gboolean
send_document (
    WbIppLink *link, WbIpp *request, GBytes *document, gboolean *all_sent, gboolean *locked)
{
  gsize         size;
  const char   *data = g_bytes_get_data (document, &size);
  http_status_t status =
      cupsSendRequest (link->http, request, link->print_path, ippLength (request) + size);

  for (gsize done = 0; status == HTTP_STATUS_CONTINUE && done < size; done += CHUNK)
    {
      *all_sent = done + CHUNK >= size;
      status = cupsWriteRequestData (link->http, data + done, MIN (CHUNK, size - done));
    }
  *locked = status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN;
  return status == HTTP_STATUS_CONTINUE;
}

static gboolean
read_job_id (WbIppLink *link, WbIpp *answer, char **job_id, GError **error)
{
  int number = wb_ipp_number (answer, "job-id", 0);

  if (number <= 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE, "%s took the document and gave it no number",
                   link->who);
      return FALSE;
    }
  *job_id = g_strdup_printf ("%d", number);
  return TRUE;
}

/* One request carries the whole document: the other side has all of it and answers, or it has no
 * job. @busy: whether it said to come again: then surely nothing was taken. */
static gboolean
submit_once (WbIppLink        *link,
             const WbPrintJob *job,
             const char       *title,
             char            **job_id,
             gboolean         *busy,
             GError          **error)
{
  g_autoptr (WbIpp) request = make_request (link, job, title);
  g_autoptr (WbIpp) answer = NULL;
  gboolean          all_sent = FALSE, locked = FALSE;
  ipp_status_t      said;

  *busy = FALSE;
  if (!send_document (link, request, job->bytes, &all_sent, &locked) && !all_sent)
    {
      wb_ipp_set_error (error, locked ? WB_ERROR_AUTH : WB_ERROR_UNAVAILABLE,
                        link->server ? _ ("The print server did not take the document")
                                     : _ ("The printer did not take the document"),
                        cupsLastErrorString ());
      return FALSE;
    }
  answer = cupsGetResponse (link->http, link->print_path);
  if (answer == NULL)
    {
      wb_ipp_set_error (error, WB_ERROR_UNSURE,
                        link->server
                            ? _ ("The print server broke the connection before it answered")
                            : _ ("The printer broke the connection before it answered"),
                        cupsLastErrorString ());
      return FALSE;
    }
  said = ippGetStatusCode (answer);
  *busy = said == IPP_STATUS_ERROR_BUSY;
  if (said == IPP_STATUS_ERROR_INTERNAL)
    {
      wb_ipp_set_error (error, WB_ERROR_UNSURE,
                        link->server ? _ ("The print server failed while it took the document")
                                     : _ ("The printer failed while it took the document"),
                        cupsLastErrorString ());
      return FALSE;
    }
  return wb_ipp_check_status (link, said, cupsLastErrorString (), error) &&
         read_job_id (link, answer, job_id, error);
}

/** wb_ipp_submit: see WbTransport. A printer without a queue of its own takes one job at a time and
 * says that it is busy meanwhile: it is asked again for a while. */
gboolean
wb_ipp_submit (gpointer          link,
               const WbPrintJob *job,
               const char       *title,
               char            **job_id,
               GCancellable     *cancellable,
               GError          **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_PATIENCE_S * G_USEC_PER_SEC;

  for (;;)
    {
      g_autoptr (GError) local = NULL;
      gboolean           busy;

      if (submit_once (link, job, title, job_id, &busy, &local))
        return TRUE;
      if (!busy || g_get_monotonic_time () >= end || g_cancellable_is_cancelled (cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (BUSY_PAUSE_MS * 1000);
    }
}

/* One job of an answer. */
typedef struct
{
  int         number, state, created, now;
  const char *name;
} Job;

static void
read_job_attribute (Job *job, ipp_attribute_t *at)
{
  const char *what = ippGetName (at);

  if (g_str_equal (what, "job-id"))
    job->number = ippGetInteger (at, 0);
  else if (g_str_equal (what, "job-state"))
    job->state = ippGetInteger (at, 0);
  else if (g_str_equal (what, "job-name"))
    job->name = ippGetString (at, 0, NULL);
  else if (g_str_equal (what, "time-at-creation"))
    job->created = ippGetInteger (at, 0);
  else if (g_str_equal (what, "job-printer-up-time"))
    job->now = ippGetInteger (at, 0);
}

/* Looks through @answer for the job called @title. @reaches_back: whether a finished job of before
 * @since is still remembered: then one that is not there never was. */
static int
find_job (WbIpp *answer, const char *title, WbInstant since, gboolean *reaches_back)
{
  Job job = { 0 };
  int found = 0;

  for (ipp_attribute_t *at = ippFirstAttribute (answer);; at = ippNextAttribute (answer))
    {
      if (at != NULL && ippGetName (at) != NULL)
        {
          read_job_attribute (&job, at);
          continue;
        }
      if (job.number > 0 && g_strcmp0 (job.name, title) == 0)
        found = job.number;
      /* By the age: a printer counts from when it was switched on, and forgets then. */
      if (job.number > 0 && job.state >= IPP_JSTATE_CANCELED &&
          (since == 0 || (job.now > 0 && job.now - job.created >= wb_now () - since)))
        *reaches_back = TRUE;
      job = (Job){ 0 };
      if (at == NULL)
        return found;
    }
}

/** wb_ipp_find: see WbTransport. */
WbPrintFinding
wb_ipp_find (gpointer link, const char *title, WbInstant since, char **job_id, GError **error)
{
  WbIppLink        *self = link;
  WbIpp            *request = wb_ipp_request (self, IPP_OP_GET_JOBS);
  g_autoptr (WbIpp) answer = NULL;
  gboolean          reaches_back = FALSE;
  int               number;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  wb_ipp_want (request, found_attributes);
  answer = wb_ipp_ask (self, request, error);
  if (answer == NULL)
    return WB_PRINT_UNKNOWN;
  number = find_job (answer, title, since, &reaches_back);
  if (number > 0)
    {
      *job_id = g_strdup_printf ("%d", number);
      return WB_PRINT_FOUND;
    }
  if (reaches_back)
    return WB_PRINT_NOT_THERE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "%s remembers no finished job of that time: it cannot say whether “%s” was printed",
               self->who, title);
  return WB_PRINT_UNKNOWN;
}

static gboolean
read_number (const char *job_id, int *number, GError **error)
{
  *number = (int) g_ascii_strtoll (job_id, NULL, 10);
  if (*number > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no number of a print job", job_id);
  return FALSE;
}

static WbIpp *
ask_of_job (WbIppLink *link, ipp_op_t operation, int number, GError **error)
{
  WbIpp *request = wb_ipp_request (link, operation);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", number);
  if (operation == IPP_OP_GET_JOB_ATTRIBUTES)
    wb_ipp_want (request, job_attributes);
  return wb_ipp_ask (link, request, error);
}

/** wb_ipp_look: see WbTransport. */
gboolean
wb_ipp_look (gpointer link, const char *job_id, WbPrintStand *stand, GError **error)
{
  WbIppLink         *self = link;
  g_autoptr (GError) local = NULL;
  g_autoptr (WbIpp)  answer = NULL;
  g_autoptr (WbIpp)  printer = NULL;
  WbIpp             *request;
  int                number;

  if (!read_number (job_id, &number, error))
    return FALSE;
  answer = ask_of_job (self, IPP_OP_GET_JOB_ATTRIBUTES, number, &local);
  if (answer == NULL && wb_error_code (local) == WB_ERROR_NOT_FOUND)
    {
      stand->state = WB_PRINT_GONE;
      stand->sentence = g_strdup (_ ("The print server does not know the job any more"));
      stand->advice = g_strdup (_ ("Look whether it came out; if not, print it again."));
      return TRUE;
    }
  if (answer != NULL)
    {
      request = wb_ipp_request (self, IPP_OP_GET_PRINTER_ATTRIBUTES);
      wb_ipp_want (request, printer_attributes);
      printer = wb_ipp_ask (self, request, &local);
    }
  if (printer != NULL)
    wb_ipp_judge (self, answer, printer, stand);
  else if (wb_error_code (local) == WB_ERROR_UNAVAILABLE)
    wb_ipp_no_answer (self, stand);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return stand->sentence != NULL;
}

/** wb_ipp_cancel: see WbTransport. */
gboolean
wb_ipp_cancel (gpointer link, const char *job_id, GError **error)
{
  g_autoptr (WbIpp) answer = NULL;
  int               number;

  if (!read_number (job_id, &number, error))
    return FALSE;
  answer = ask_of_job (link, IPP_OP_CANCEL_JOB, number, error);
  return answer != NULL;
}

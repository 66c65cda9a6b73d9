/* SPDX-License-Identifier: GPL-3.0-or-later
 * Following a print job to its end, in words for people. */
#include "wb-cups.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_PAUSE_MS 100
#define LAST_PAUSE_MS  1000

static const char *const job_attributes[] = { "job-state", "job-state-reasons",
                                              "job-printer-state-message",
                                              "job-printer-state-reasons", NULL };

static const char *const printer_attributes[] = { "printer-state", "printer-state-reasons",
                                                  "printer-state-message", "printer-make-and-model",
                                                  NULL };

/* What ails a printer (RFC 8011 5.4.12, with or without -error, -warning, -report), the gravest
 * first. */
static const struct
{
  const char *reason;
  const char *sentence;
} troubles[] = {
  { "media-jam", N_ ("The paper or label is jammed in the printer") },
  { "media-empty", N_ ("The printer is out of paper or labels") },
  { "media-needed", N_ ("The printer asks for another paper or label") },
  { "cover-open", N_ ("The printer’s cover is open") },
  { "door-open", N_ ("A door of the printer is open") },
  { "interlock-open", N_ ("The printer’s cover is open") },
  { "input-tray-missing", N_ ("The printer’s paper tray is missing") },
  { "output-area-full", N_ ("The printer’s output tray is full") },
  { "marker-supply-empty", N_ ("The printer is out of ink or ribbon") },
  { "toner-empty", N_ ("The printer is out of toner") },
  { "offline", N_ ("The printer is switched off or not connected") },
  { "shutdown", N_ ("The printer is switched off or not connected") },
  { "connecting-to-device", N_ ("Connecting to the printer") },
  { "timed-out", N_ ("The printer does not answer") },
  { "media-low", N_ ("Printing; the printer will soon be out of paper or labels") },
};

typedef struct
{
  WbCups     *cups;
  const char *queue;
  int         number;
} Job;

/** wb_print_state_is_final: whether a job in @state will never change again. */
gboolean
wb_print_state_is_final (WbPrintState state)
{
  return state >= WB_PRINT_COMPLETED;
}

static const char *
find_trouble (WbIpp *answer, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);

  for (guint i = 0; attribute != NULL && i < G_N_ELEMENTS (troubles); i++)
    for (int n = 0; n < ippGetCount (attribute); n++)
      {
        const char *reason = ippGetString (attribute, n, NULL);

        if (reason != NULL && g_str_has_prefix (reason, troubles[i].reason))
          return _ (troubles[i].sentence);
      }
  return NULL;
}

static gboolean
has_reason (WbIpp *answer, const char *reason)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, "job-state-reasons", IPP_TAG_ZERO);

  return attribute != NULL && ippContainsString (attribute, reason);
}

/* What stops or delays a job that is being printed. A queue whose printer is off says so in words
 * only. */
static char *
describe_printing (const Job *job, WbIpp *answer, WbIpp *printer)
{
  const char *message = wb_ipp_text (answer, "job-printer-state-message");
  const char *trouble = find_trouble (printer, "printer-state-reasons");

  if (trouble == NULL)
    trouble = find_trouble (answer, "job-printer-state-reasons");
  if (trouble == NULL && message != NULL &&
      (strstr (message, "may not exist") != NULL || strstr (message, "is not responding") != NULL ||
       strstr (message, "Unable to connect") != NULL ||
       strstr (message, "Unable to locate") != NULL ||
       strstr (message, "Connection refused") != NULL || strstr (message, "is busy") != NULL))
    trouble = _ ("The printer does not answer: is it switched on and connected?");
  if (trouble != NULL)
    return g_strdup (trouble);
  /* Translators: %s is a print queue */
  return g_strdup_printf (_ ("Printing on “%s”"), job->queue);
}

static char *
describe_waiting (const Job *job, WbIpp *printer)
{
  const char *message = wb_ipp_text (printer, "printer-state-message");

  if (wb_ipp_number (printer, "printer-state", IPP_PSTATE_IDLE) != IPP_PSTATE_STOPPED)
    return g_strdup_printf (_ ("Waiting for its turn on “%s”"), job->queue);
  if (message == NULL)
    return g_strdup_printf (_ ("The print queue “%s” is stopped; the job waits in it"), job->queue);
  /* Translators: the first %s is a print queue, the second what the print server says about it */
  return g_strdup_printf (_ ("The print queue “%s” is stopped; the job waits in it: %s"),
                          job->queue, message);
}

/* A job that the server calls completed: a driverless queue says so too when the printer took
 * nothing. */
static WbPrintState
judge_completed (const Job *job, WbIpp *answer, WbIpp *printer, char **sentence)
{
  const char *message = wb_ipp_text (answer, "job-printer-state-message");
  const char *make = wb_ipp_text (printer, "printer-make-and-model");
  gboolean    raw = g_strcmp0 (make, "Local Raw Printer") == 0;

  if (message != NULL && strstr (message, "Unable to add document") != NULL)
    {
      *sentence = g_strdup (_ ("The printer did not take the document; nothing was printed"));
      return WB_PRINT_FAILED;
    }
  if (raw)
    /* Translators: of a label printer, which does not tell more; %s is a print queue */
    *sentence = g_strdup_printf (_ ("Sent to the printer of “%s”"), job->queue);
  else
    *sentence = g_strdup_printf (_ ("Printed on “%s”"), job->queue);
  return WB_PRINT_COMPLETED;
}

static WbPrintState
judge_cancelled (WbIpp *answer, char **sentence)
{
  const char *message = wb_ipp_text (answer, "job-printer-state-message");

  if (message != NULL && strstr (message, "supplied options") != NULL)
    {
      *sentence = g_strdup (
          _ ("The print server cannot print this document on this printer; nothing was printed"));
      return WB_PRINT_FAILED;
    }
  if ((message != NULL && strstr (message, "at printer") != NULL) ||
      has_reason (answer, "job-canceled-at-device"))
    *sentence = g_strdup (_ ("Cancelled at the printer, by a person or by a fault there"));
  else
    *sentence = g_strdup (_ ("Cancelled in the print queue"));
  return WB_PRINT_CANCELLED;
}

static char *
describe_failed (WbIpp *answer)
{
  const char *message = wb_ipp_text (answer, "job-printer-state-message");

  if (message == NULL)
    return g_strdup (_ ("The print server gave up; nothing was printed"));
  /* Translators: %s is what the print server says, in its own language */
  return g_strdup_printf (_ ("The print server gave up; nothing was printed: %s"), message);
}

static WbPrintState
judge (const Job *job, WbIpp *answer, WbIpp *printer, char **sentence)
{
  switch (wb_ipp_number (answer, "job-state", 0))
    {
    case IPP_JSTATE_PENDING:
      *sentence = describe_waiting (job, printer);
      return WB_PRINT_WAITING;
    case IPP_JSTATE_HELD:
      *sentence = g_strdup_printf (_ ("Somebody put the job on hold in “%s”"), job->queue);
      return WB_PRINT_HELD;
    case IPP_JSTATE_PROCESSING:
      *sentence = describe_printing (job, answer, printer);
      return WB_PRINT_PRINTING;
    case IPP_JSTATE_STOPPED:
      *sentence = describe_waiting (job, printer);
      return WB_PRINT_STOPPED;
    case IPP_JSTATE_CANCELED:
      return judge_cancelled (answer, sentence);
    case IPP_JSTATE_ABORTED:
      *sentence = describe_failed (answer);
      return WB_PRINT_FAILED;
    default:
      return judge_completed (job, answer, printer, sentence);
    }
}

/* One look at the job and its printer. */
static gboolean
look (const Job *job, WbPrintState *state, char **sentence, GError **error)
{
  WbIpp             *request = wb_cups_request (IPP_OP_GET_JOB_ATTRIBUTES, job->queue);
  g_autoptr (GError) local = NULL;
  g_autoptr (WbIpp)  answer = NULL;
  g_autoptr (WbIpp)  printer = NULL;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job->number);
  wb_cups_want (request, job_attributes);
  answer = wb_cups_ask (job->cups, request, &local);
  if (answer == NULL && wb_error_code (local) == WB_ERROR_NOT_FOUND)
    {
      *sentence = g_strdup (_ ("The print server does not know the job any more"));
      *state = WB_PRINT_GONE;
      return TRUE;
    }
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  request = wb_cups_request (IPP_OP_GET_PRINTER_ATTRIBUTES, job->queue);
  wb_cups_want (request, printer_attributes);
  printer = wb_cups_ask (job->cups, request, error);
  if (printer == NULL)
    return FALSE;
  *state = judge (job, answer, printer, sentence);
  return TRUE;
}

/* Waits @milliseconds or until cancelled. Returns: FALSE when cancelled. */
static gboolean
pause_for (guint milliseconds, GCancellable *cancellable)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, (int) milliseconds);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep (milliseconds * 1000);
  return !g_cancellable_is_cancelled (cancellable);
}

static gboolean
follow_job (const Job      *job,
            guint           timeout_seconds,
            WbPrintProgress progress,
            gpointer        user_data,
            WbPrintState   *state,
            char          **sentence,
            GCancellable   *cancellable,
            GError        **error)
{
  gint64           end = g_get_monotonic_time () + (gint64) timeout_seconds * G_USEC_PER_SEC;
  guint            pause = FIRST_PAUSE_MS;
  g_autofree char *last = NULL;

  for (;;)
    {
      g_autofree char *now = NULL;
      WbPrintState     where;

      if (!look (job, &where, &now, error))
        return FALSE;
      if (wb_set_str (&last, now) && progress != NULL)
        progress (where, now, user_data);
      if (wb_print_state_is_final (where) || g_get_monotonic_time () >= end)
        {
          *state = where;
          if (sentence != NULL)
            *sentence = g_steal_pointer (&now);
          return TRUE;
        }
      if (!pause_for (pause, cancellable))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED,
                       "Nobody waits for the print job any more; it goes on");
          return FALSE;
        }
      pause = MIN (pause * 3 / 2, LAST_PAUSE_MS);
    }
}

static void
tell_of_file (WbPrinter *printer, const char *job_id, WbPrintState *state, char **sentence)
{
  const char      *folder = wb_record_get_text (printer, WB_PRINTER_TARGET);
  g_autofree char *path = g_build_filename (folder, job_id, NULL);
  gboolean         there = g_file_test (path, G_FILE_TEST_IS_REGULAR);

  *state = there ? WB_PRINT_COMPLETED : WB_PRINT_GONE;
  if (there)
    /* Translators: the first %s is a file's name, the second a folder's */
    *sentence = g_strdup_printf (_ ("Written to “%s” in “%s”"), job_id, folder);
  else
    *sentence = g_strdup_printf (_ ("“%s” is not in “%s” any more"), job_id, folder);
}

/**
 * wb_print_follow:
 * @job_id: from wb_print_submit() or wb_print_find()
 * @timeout_seconds: how long to wait for the end; 0: one look
 * @progress: (nullable) (scope call): told each new state and sentence
 * @state: (out): the end, or where it stood when time ran out
 * @sentence: (out) (optional) (transfer full): the same for people, in their language
 *
 * Follows a job until it ends or the time is up; neither changes it. On a raw queue the end means
 * “sent to the printer”, as such printers do not answer. Outputs are untouched on failure:
 * %WB_ERROR_UNAVAILABLE no answer from the server, %WB_ERROR_CANCELLED.
 */
gboolean
wb_print_follow (WbPrinter      *printer,
                 const char     *job_id,
                 guint           timeout_seconds,
                 WbPrintProgress progress,
                 gpointer        user_data,
                 WbPrintState   *state,
                 char          **sentence,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_autoptr (WbCups) cups = NULL;
  g_autofree char   *words = NULL;
  Job                job = { .queue = wb_record_get_text (printer, WB_PRINTER_TARGET) };

  if (g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_TARGET_KIND), WB_TARGET_FOLDER) == 0)
    {
      tell_of_file (printer, job_id, state, &words);
      if (progress != NULL)
        progress (*state, words, user_data);
      if (sentence != NULL)
        *sentence = g_steal_pointer (&words);
      return TRUE;
    }
  job.number = (int) g_ascii_strtoll (job_id, NULL, 10);
  if (job.number <= 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no number of a print job", job_id);
      return FALSE;
    }
  cups = wb_cups_connect (cancellable, error);
  if (cups == NULL)
    return FALSE;
  job.cups = cups;
  return follow_job (&job, timeout_seconds, progress, user_data, state, sentence, cancellable,
                     error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What IPP says of a job and its printer, in words for people: what is the matter, what to do. */
#include "wb-cups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What ails a printer (RFC 8011 5.4.12, with or without -error, -warning, -report), the gravest
 * first. */
static const struct
{
  const char *reason;
  const char *sentence;
  const char *advice;
} troubles[] = {
  { "media-jam", N_ ("The paper or label is jammed in the printer"),
    N_ ("Clear the jam; the job then goes on. Look whether the label came out whole.") },
  { "media-empty", N_ ("The printer is out of paper or labels"),
    N_ ("Put new ones in; the job then goes on by itself.") },
  { "media-needed", N_ ("The printer asks for another paper or label"),
    N_ ("Put in what it asks for, or cancel the job at the printer and choose what lies in it.") },
  { "cover-open", N_ ("The printer’s cover is open"), N_ ("Close it; the job then goes on.") },
  { "door-open", N_ ("A door of the printer is open"), N_ ("Close it; the job then goes on.") },
  { "interlock-open", N_ ("The printer’s cover is open"), N_ ("Close it; the job then goes on.") },
  { "input-tray-missing", N_ ("The printer’s paper tray is missing"), N_ ("Put it back in.") },
  { "output-area-full", N_ ("The printer’s output tray is full"), N_ ("Empty it.") },
  { "marker-supply-empty", N_ ("The printer is out of ink or ribbon"), N_ ("Put a new one in.") },
  { "toner-empty", N_ ("The printer is out of toner"), N_ ("Put a new one in.") },
  { "offline", N_ ("The printer is switched off or not connected"),
    N_ ("Switch it on and look at its cable; the job waits for it.") },
  { "shutdown", N_ ("The printer is switched off or not connected"),
    N_ ("Switch it on and look at its cable; the job waits for it.") },
  { "connecting-to-device", N_ ("Connecting to the printer"), NULL },
  { "timed-out", N_ ("The printer does not answer"),
    N_ ("Switch it off and on and look at its cable; the job waits for it.") },
  { "media-low", N_ ("Printing; the printer will soon be out of paper or labels"),
    N_ ("Have new ones ready.") },
};

static void
say (WbPrintStand *stand, WbPrintState state, char *sentence, const char *advice)
{
  stand->state = state;
  stand->sentence = sentence;
  stand->advice = g_strdup (advice);
}

/* Returns: the gravest of @reasons: an index of troubles, or -1. */
static int
gravest (ipp_attribute_t *reasons)
{
  for (guint i = 0; reasons != NULL && i < G_N_ELEMENTS (troubles); i++)
    for (int n = 0; n < ippGetCount (reasons); n++)
      {
        const char *reason = ippGetString (reasons, n, NULL);

        if (reason != NULL && g_str_has_prefix (reason, troubles[i].reason))
          return (int) i;
      }
  return -1;
}

/** wb_ipp_trouble: Returns: (transfer full) (nullable): the gravest of a printer's state reasons,
 * for people; %NULL when there is none. */
char *
wb_ipp_trouble (ipp_attribute_t *reasons)
{
  int index = gravest (reasons);

  return index >= 0 ? g_strdup (_ (troubles[index].sentence)) : NULL;
}

static gboolean
has_reason (WbIpp *answer, const char *reason)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, "job-state-reasons", IPP_TAG_ZERO);

  return attribute != NULL && ippContainsString (attribute, reason);
}

/* A queue whose printer is off says so in these words only. */
static gboolean
tells_of_silence (const char *message)
{
  static const char *const words[] = { "may not exist",      "is not responding",
                                       "Unable to connect",  "Unable to locate",
                                       "Connection refused", "is busy" };

  for (guint i = 0; message != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (message, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* What stops or delays a job that is being printed. */
static void
tell_printing (WbIppLink *link, WbIpp *job, WbIpp *printer, WbPrintStand *stand)
{
  int trouble = gravest (ippFindAttribute (printer, "printer-state-reasons", IPP_TAG_ZERO));

  if (trouble < 0)
    trouble = gravest (ippFindAttribute (job, "job-printer-state-reasons", IPP_TAG_ZERO));
  if (trouble >= 0)
    say (stand, WB_PRINT_PRINTING, g_strdup (_ (troubles[trouble].sentence)),
         troubles[trouble].advice != NULL ? _ (troubles[trouble].advice) : NULL);
  else if (tells_of_silence (wb_ipp_text (job, "job-printer-state-message")))
    say (stand, WB_PRINT_PRINTING,
         g_strdup (_ ("The printer does not answer: is it switched on and connected?")),
         _ ("Switch it on and look at its cable; the job waits for it."));
  else
    /* Translators: %s is a print queue */
    say (stand, WB_PRINT_PRINTING, g_strdup_printf (_ ("Printing on “%s”"), link->name), NULL);
}

static void
tell_waiting (WbIppLink *link, WbIpp *printer, WbPrintState state, WbPrintStand *stand)
{
  const char *message = wb_ipp_text (printer, "printer-state-message");
  const char *advice = _ ("Start the queue again in the printer settings; the job then goes on.");

  if (wb_ipp_number (printer, "printer-state", IPP_PSTATE_IDLE) != IPP_PSTATE_STOPPED)
    say (stand, state, g_strdup_printf (_ ("Waiting for its turn on “%s”"), link->name), NULL);
  else if (gravest (ippFindAttribute (printer, "printer-state-reasons", IPP_TAG_ZERO)) >= 0)
    {
      int trouble = gravest (ippFindAttribute (printer, "printer-state-reasons", IPP_TAG_ZERO));

      say (stand, state, g_strdup (_ (troubles[trouble].sentence)),
           troubles[trouble].advice != NULL ? _ (troubles[trouble].advice) : NULL);
    }
  else
    say (stand, state,
         g_strdup_printf (_ ("The print queue “%s” is stopped; the job waits in it"), link->name),
         advice);
  stand->word = g_strdup (message);
}

/* A job that the server calls completed: a driverless queue says so too when the printer took
 * nothing. */
static void
tell_completed (WbIppLink *link, WbIpp *job, WbIpp *printer, WbPrintStand *stand)
{
  const char *message = wb_ipp_text (job, "job-printer-state-message");
  const char *make = wb_ipp_text (printer, "printer-make-and-model");

  if (message != NULL && strstr (message, "Unable to add document") != NULL)
    say (stand, WB_PRINT_FAILED,
         g_strdup (_ ("The printer did not take the document; nothing was printed")),
         _ ("Look at the format that is set for this printer, then print it again."));
  else if (link->server && g_strcmp0 (make, "Local Raw Printer") == 0)
    /* Translators: of a label printer, which does not tell more; %s is a print queue */
    say (stand, WB_PRINT_COMPLETED, g_strdup_printf (_ ("Sent to the printer of “%s”"), link->name),
         NULL);
  else
    say (stand, WB_PRINT_COMPLETED, g_strdup_printf (_ ("Printed on “%s”"), link->name), NULL);
}

static void
tell_cancelled (WbIppLink *link, WbIpp *job, WbPrintStand *stand)
{
  const char *message = wb_ipp_text (job, "job-printer-state-message");

  if (message != NULL && strstr (message, "supplied options") != NULL)
    say (stand, WB_PRINT_FAILED,
         g_strdup (_ ("The print server cannot print this document on this printer; nothing was "
                      "printed")),
         _ ("Choose another format for this printer, or set its queue up as a driverless one."));
  else if ((message != NULL && strstr (message, "at printer") != NULL) ||
           has_reason (job, "job-canceled-at-device") || !link->server)
    say (stand, WB_PRINT_CANCELLED,
         g_strdup (_ ("Cancelled at the printer, by a person or by a fault there")),
         _ ("Look at the printer, then print it again; that buys nothing."));
  else
    say (stand, WB_PRINT_CANCELLED, g_strdup (_ ("Cancelled in the print queue")),
         _ ("Print it again when it is wanted; that buys nothing."));
}

static void
tell_failed (WbIpp *job, WbPrintStand *stand)
{
  const char *message = wb_ipp_text (job, "job-printer-state-message");
  const char *advice = _ ("Look at the printer, then print it again; that buys nothing.");

  if (message == NULL)
    message = wb_ipp_text (job, "job-state-message");
  say (stand, WB_PRINT_FAILED, g_strdup (_ ("The print server gave up; nothing was printed")),
       advice);
  stand->word = g_strdup (message);
}

/**
 * wb_ipp_judge:
 * @job, @printer: what was answered about them
 * @stand: (out): filled
 */
void
wb_ipp_judge (WbIppLink *link, WbIpp *job, WbIpp *printer, WbPrintStand *stand)
{
  switch (wb_ipp_number (job, "job-state", 0))
    {
    case IPP_JSTATE_PENDING:
      tell_waiting (link, printer, WB_PRINT_WAITING, stand);
      return;
    case IPP_JSTATE_HELD:
      say (stand, WB_PRINT_HELD,
           g_strdup_printf (_ ("Somebody put the job on hold in “%s”"), link->name),
           _ ("Release it in the print queue, or cancel it there and print it again."));
      return;
    case IPP_JSTATE_PROCESSING:
      tell_printing (link, job, printer, stand);
      return;
    case IPP_JSTATE_STOPPED:
      tell_waiting (link, printer, WB_PRINT_STOPPED, stand);
      return;
    case IPP_JSTATE_CANCELED:
      tell_cancelled (link, job, stand);
      return;
    case IPP_JSTATE_ABORTED:
      tell_failed (job, stand);
      return;
    default:
      tell_completed (link, job, printer, stand);
    }
}

/** wb_ipp_no_answer: of somebody who cannot be reached at present. */
void
wb_ipp_no_answer (WbIppLink *link, WbPrintStand *stand)
{
  if (link != NULL && link->server)
    say (stand, WB_PRINT_SILENT, g_strdup (_ ("The print server does not answer")),
         _ ("Start the computer’s print service; what became of the job is then asked again."));
  else
    say (stand, WB_PRINT_SILENT,
         g_strdup (_ ("The printer does not answer: is it switched on and connected?")),
         _ ("Switch it on and look at its cable; what became of the job is then asked again."));
}

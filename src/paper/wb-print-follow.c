/* SPDX-License-Identifier: GPL-3.0-or-later
 * Following a print job to its end. */
#include "wb-cups.h"
#include "wb-text.h"

#define FIRST_PAUSE_MS 100
#define LAST_PAUSE_MS  1000

/** wb_print_state_is_final: whether a job in @state will never change again. */
gboolean
wb_print_state_is_final (WbPrintState state)
{
  return state >= WB_PRINT_COMPLETED;
}

/** wb_print_stand_clear: frees what @stand holds. */
void
wb_print_stand_clear (WbPrintStand *stand)
{
  g_clear_pointer (&stand->sentence, g_free);
  g_clear_pointer (&stand->advice, g_free);
  g_clear_pointer (&stand->word, g_free);
}

/* One look at the job and its printer, through a link of its own: a printer that was switched off
 * and on again is met anew. */
static gboolean
look (WbPrinter    *printer,
      const char   *job_id,
      WbPrintStand *stand,
      GCancellable *cancellable,
      GError      **error)
{
  const WbTransport *transport = wb_transport_for (printer, error);
  g_autoptr (GError) local = NULL;
  gpointer           link;
  gboolean           seen;

  if (transport == NULL)
    return FALSE;
  link = transport->open (printer, cancellable, &local);
  if (link == NULL && wb_error_code (local) == WB_ERROR_UNAVAILABLE)
    {
      WbIppLink nobody = { .server = transport == &wb_transport_cups };

      wb_ipp_no_answer (&nobody, stand);
      return TRUE;
    }
  if (link == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  seen = transport->look (link, job_id, stand, error);
  transport->close (link);
  return seen;
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

/**
 * wb_print_follow:
 * @job_id: from wb_print_submit() or wb_print_find()
 * @timeout_seconds: how long to wait for the end; 0: one look
 * @progress: (nullable) (scope call): told each new stand
 * @stand: (out): the end, or where it stood when time ran out
 *
 * Follows a job until it ends or the time is up; neither changes it. On a raw queue or socket the
 * end means “sent to the printer”, as such printers do not answer. A server or printer that does
 * not answer is %WB_PRINT_SILENT, and asked again. @stand is untouched on failure:
 * %WB_ERROR_INVALID, %WB_ERROR_CANCELLED.
 */
gboolean
wb_print_follow (WbPrinter      *printer,
                 const char     *job_id,
                 guint           timeout_seconds,
                 WbPrintProgress progress,
                 gpointer        user_data,
                 WbPrintStand   *stand,
                 GCancellable   *cancellable,
                 GError        **error)
{
  gint64           end = g_get_monotonic_time () + (gint64) timeout_seconds * G_USEC_PER_SEC;
  guint            pause = FIRST_PAUSE_MS;
  g_autofree char *last = NULL;

  for (;;)
    {
      g_auto (WbPrintStand) now = { 0 };

      if (!look (printer, job_id, &now, cancellable, error))
        return FALSE;
      if (wb_set_str (&last, now.sentence) && progress != NULL)
        progress (&now, user_data);
      if (wb_print_state_is_final (now.state) || g_get_monotonic_time () >= end)
        {
          *stand = now;
          now = (WbPrintStand){ 0 };
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

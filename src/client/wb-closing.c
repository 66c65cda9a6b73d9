/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person is asked who closes the window while something runs. */
#include "wb-closing.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *response;
  WbClosing   wish;
} wishes[] = {
  { "stay", WB_CLOSING_STAY },
  { "stop", WB_CLOSING_STOP },
  { "wait", WB_CLOSING_WAIT },
};

static void
response_cb (AdwMessageDialog *dialog, const char *response, GtkWindow *window)
{
  WbClosingFunc wished = (WbClosingFunc) g_object_get_data (G_OBJECT (dialog), "wished");

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    if (g_str_equal (response, wishes[i].response))
      wished (wishes[i].wish, window);
}

/**
 * wb_closing_ask:
 * @wished: is told what the person wants, once, while @window lives
 *
 * Returns: (transfer none): the question, shown over @window: what is running, and whether to wait
 * for all of it, for its step only, or to stay. It may be destroyed when nothing runs any more.
 */
GtkWidget *
wb_closing_ask (GtkWindow *window, WbWorker *worker, WbClosingFunc wished)
{
  g_autofree char  *running = wb_worker_dup_running (worker);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, _ ("Something is still running"), NULL));

  adw_message_dialog_format_body (
      dialog,
      _ ("%s\n\nEvery step is in the journal: nothing is bought, taken or printed twice. What is "
         "left undone waits until you go on with it."),
      running);
  adw_message_dialog_add_responses (dialog, "stay", _ ("_Keep open"), "stop",
                                    _ ("Close after this _step"), "wait", _ ("Close when _done"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "wait", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "wait");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_object_set_data (G_OBJECT (dialog), "wished", (gpointer) wished);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Pick page: a wave is made of what is ready and walked bin by bin; each scan counts a piece,
 * what is not wanted is refused, what is not there waits for stock. */
#include "wb-pick-page-private.h"

#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-scan-say.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WbPickPage, wb_pick_page, ADW_TYPE_BIN)

static void pump (WbPickPage *self);

/* Says in words and colour how it went; %NULL: nothing any more. */
void
wb_pick_page_say (WbPickPage *self, const char *text, const char *style)
{
  wb_scan_say (GTK_WIDGET (self), self->message, text, style);
}

static void
say_error (WbPickPage *self, GError *error)
{
  g_autofree char *words = wb_error_words (error);

  wb_pick_page_say (self, words, "error");
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer kind)
{
  WbPickPage            *self = WB_PICK_PAGE (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPickLook) look = wb_worker_finish (result, &error);

  self->busy = FALSE;
  if (self->workspace == NULL)
    return;
  if (look != NULL)
    wb_pick_page_take_look (self, look, kind);
  else
    say_error (self, error);
  wb_pick_page_offer_undo (self, look != NULL);
  if (kind != &wb_pick_fresh_work && kind != &wb_pick_open_work)
    wb_workspace_look (self->workspace);
  pump (self);
}

/* Has something done that brings back how the wave stands then. @data: (transfer full). */
void
wb_pick_page_run (WbPickPage *self, const WbWorkKind *kind, gpointer data)
{
  self->busy = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind, data, G_OBJECT (self), NULL,
                       looked_cb, (gpointer) kind);
}

/* wb_pick_page_run() for the wave that is walked. */
void
wb_pick_page_work (WbPickPage *self, const WbWorkKind *kind, const char *text, GArray *picks)
{
  wb_pick_page_run (
      self, kind, wb_pick_ask_new (wb_record_get_int (self->sheet->wave, WB_WAVE_ID), text, picks));
}

/* One thing at a time, in the order in which they were scanned. */
static void
pump (WbPickPage *self)
{
  g_autofree char *code = NULL;

  if (self->busy || self->workspace == NULL)
    return;
  code = g_queue_pop_head (&self->waiting);
  if (code != NULL && self->sheet != NULL)
    wb_pick_page_work (self, &wb_pick_scan_work, code, NULL);
  else if (code != NULL)
    wb_pick_page_say (self, _ ("Make or choose a wave first"), "error");
  else if (self->stale && self->sheet != NULL)
    {
      self->stale = FALSE;
      wb_pick_page_work (self, &wb_pick_fresh_work, NULL, NULL);
    }
}

static void
broken_cb (WbScanner *scanner, WbPickPage *self)
{
  wb_pick_page_say (self, _ ("That scan came in pieces: nothing was counted. Scan it again"),
                    "error");
}

static void
scanned_cb (WbScanner *scanner, const char *code, WbPickPage *self)
{
  g_queue_push_tail (&self->waiting, g_strdup (code));
  pump (self);
}

static void
taken_out_cb (WbPickOrders *orders, gint64 order_id, WbPickPage *self)
{
  if (self->busy || self->sheet == NULL)
    return;
  wb_pick_page_can_undo (self, &wb_pick_put_in_work, order_id, NULL,
                         g_strdup_printf (_ ("Order #%s is out of the wave"),
                                          wb_pick_sheet_number (self->sheet, order_id)));
  wb_pick_page_note_counts (self);
  wb_pick_page_run (
      self, &wb_pick_out_work,
      wb_pick_undo_new (wb_record_get_int (self->sheet->wave, WB_WAVE_ID), order_id, NULL, NULL));
}

/* ---- the buttons ---- */

static void
other_cb (GtkButton *button, WbPickPage *self)
{
  if (self->busy)
    return;
  wb_pick_page_leave_wave (self);
  wb_pick_page_say (self, NULL, NULL);
}

static void
cancel_response_cb (AdwMessageDialog *dialog, const char *response, WbPickPage *self)
{
  if (g_str_equal (response, "yes") && !self->busy && wb_pick_page_is_in (self, WB_WAVE_OPEN))
    wb_pick_page_work (self, &wb_pick_cancel_work, NULL, NULL);
}

static void
cancel_cb (GtkButton *button, WbPickPage *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Cancel this wave?"),
      _ ("What was fetched for orders that are not complete goes back into its bins. Those that "
         "are complete stay picked.")));

  adw_message_dialog_add_responses (dialog, "keep", _ ("_Go on picking"), "yes", _ ("_Cancel wave"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
file_cb (GtkNativeDialog *dialog, int response, WbPickPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && !self->busy && self->sheet != NULL)
    wb_pick_page_work (self, &wb_pick_list_work, g_file_peek_path (file), NULL);
  g_object_unref (dialog);
}

static void
list_cb (GtkButton *button, WbPickPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the pick list"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "pick-list.pdf");
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
print_cb (GtkButton *button, WbPickPage *self)
{
  wb_pick_page_print (self);
}

/* Somebody, perhaps in another process, has changed the book. */
static void
changed_cb (WbWorkspace *workspace, WbPickPage *self)
{
  if (self->sheet == NULL)
    {
      wb_pick_page_ask_waves (self);
      return;
    }
  self->stale = TRUE;
  pump (self);
}

static void
wb_pick_page_dispose (GObject *object)
{
  WbPickPage *self = WB_PICK_PAGE (object);

  g_queue_clear_full (&self->waiting, g_free);
  wb_pick_page_forget_undo (self);
  g_clear_object (&self->scanner);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_pick_page_parent_class)->dispose (object);
}

static void
wb_pick_page_finalize (GObject *object)
{
  g_clear_pointer (&WB_PICK_PAGE (object)->sheet, wb_pick_sheet_free);
  G_OBJECT_CLASS (wb_pick_page_parent_class)->finalize (object);
}

static void
wb_pick_page_class_init (WbPickPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WB_TYPE_PICK_MAKE);
  g_type_ensure (WB_TYPE_PICK_ORDERS);
  G_OBJECT_CLASS (klass)->dispose = wb_pick_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_pick_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pick-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, message);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_out_cb);
  wb_pick_page_bind_waves (widget_class);
  wb_pick_page_bind_walk (widget_class);
}

static void
wb_pick_page_init (WbPickPage *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_pick_page_set_workspace: picks the orders of @workspace, which must be open; once. */
void
wb_pick_page_set_workspace (WbPickPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->scanner = wb_scanner_new (GTK_WIDGET (self));
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (scanned_cb), self, 0);
  g_signal_connect_object (self->scanner, "broken", G_CALLBACK (broken_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_pick_make_set_workspace (self->make, workspace);
  wb_pick_page_ask_waves (self);
}

/** wb_pick_page_print: prints the list of the wave that is walked, if one is. */
void
wb_pick_page_print (WbPickPage *self)
{
  if (!self->busy && self->sheet != NULL)
    wb_pick_page_work (self, &wb_pick_print_work, NULL, NULL);
  else if (self->sheet == NULL && self->workspace != NULL)
    wb_pick_page_say (self, _ ("Make or choose a wave first"), "error");
}

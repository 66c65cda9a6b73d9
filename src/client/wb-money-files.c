/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which file a statement is read from and which an export is written to. */
#include "wb-money-files.h"

#include "wb-money-import-window.h"
#include "wb-money-works.h"
#include "wb-refusals.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

/* What a chooser is open for. */
typedef struct
{
  WbWorkspace *workspace;
  WbMoneyQuery query;
  WbExport     form;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->workspace);
  g_free (choice);
}

/* The chooser's parent is the window it was asked from; the choice lives as long as its handler. */
static GtkFileChooserNative *
choose_file (GtkWidget           *from,
             WbWorkspace         *workspace,
             const char          *title,
             GtkFileChooserAction action,
             GCallback            callback,
             Choice             **out)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (from)), action, NULL, NULL);
  Choice *choice = g_new0 (Choice, 1);

  choice->workspace = g_object_ref (workspace);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", callback, choice, choice_free, 0);
  if (out != NULL)
    *out = choice;
  return dialog;
}

static void
import_response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GtkWindow        *parent = gtk_native_dialog_get_transient_for (dialog);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    wb_money_import_window_present (parent, choice->workspace, g_file_peek_path (file));
  g_object_unref (dialog);
}

/** wb_money_files_ask_import: asks for a file and then how it is to be read; @from: the widget that
 * wants it. */
void
wb_money_files_ask_import (GtkWidget *from, WbWorkspace *workspace)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (
      choose_file (from, workspace, _ ("Import a statement or an invoice"),
                   GTK_FILE_CHOOSER_ACTION_OPEN, G_CALLBACK (import_response_cb), NULL)));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);
  g_autofree char   *words = outcome == NULL ? wb_error_words (error) : NULL;

  gtk_widget_activate_action (GTK_WIDGET (source), "win.toast", "s",
                              outcome != NULL ? outcome : words);
}

static void
export_response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GtkWindow        *parent = gtk_native_dialog_get_transient_for (dialog);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    wb_worker_run_async (
        wb_workspace_get_worker (choice->workspace), &wb_money_export_work,
        wb_money_export_new (&choice->query, choice->form, g_file_peek_path (file)),
        G_OBJECT (parent), NULL, exported_cb, NULL);
  g_object_unref (dialog);
}

/** wb_money_files_ask_export: asks for a file and writes what @query finds into it, as @form;
 * @from: the widget that wants it. */
void
wb_money_files_ask_export (GtkWidget          *from,
                           WbWorkspace        *workspace,
                           const WbMoneyQuery *query,
                           WbExport            form)
{
  Choice               *choice = NULL;
  GtkFileChooserNative *dialog =
      choose_file (from, workspace, wb_export_title (form), GTK_FILE_CHOOSER_ACTION_SAVE,
                   G_CALLBACK (export_response_cb), &choice);
  g_autofree char *file = g_strconcat ("waybill-money", wb_export_suffix (form), NULL);

  choice->query = *query;
  choice->form = form;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which file products are read from and which they are written to. */
#include "wb-products-files.h"

#include "wb-detail.h"
#include "wb-product-works.h"
#include "wb-products-import-window.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

static void
unref_workspace (gpointer workspace, GClosure *closure)
{
  g_object_unref (workspace);
}

/* The chooser's parent is the window it was asked from. */
static GtkFileChooserNative *
choose_file (GtkWidget           *from,
             WbWorkspace         *workspace,
             const char          *title,
             GtkFileChooserAction action,
             GCallback            callback)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (from)), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", callback, g_object_ref (workspace), unref_workspace,
                         0);
  return dialog;
}

static void
import_response_cb (GtkNativeDialog *dialog, int response, WbWorkspace *workspace)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    wb_products_import_window_open (gtk_native_dialog_get_transient_for (dialog), workspace,
                                    g_file_peek_path (file));
  g_object_unref (dialog);
}

/** wb_products_files_ask_import: asks for a file and then shows what it would change; @from: the
 * widget that wants it. */
void
wb_products_files_ask_import (GtkWidget *from, WbWorkspace *workspace)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (
      choose_file (from, workspace, _ ("Import a file of products"), GTK_FILE_CHOOSER_ACTION_OPEN,
                   G_CALLBACK (import_response_cb))));
}

static void
export_response_cb (GtkNativeDialog *dialog, int response, WbWorkspace *workspace)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    wb_detail_work (GTK_WIDGET (gtk_native_dialog_get_transient_for (dialog)), workspace,
                    &wb_products_export_work, wb_wish_new (0, g_file_peek_path (file)));
  g_object_unref (dialog);
}

/** wb_products_files_ask_export: asks for a file and writes all products into it; @from: the widget
 * that wants it. */
void
wb_products_files_ask_export (GtkWidget *from, WbWorkspace *workspace)
{
  GtkFileChooserNative *dialog =
      choose_file (from, workspace, _ ("Export all products"), GTK_FILE_CHOOSER_ACTION_SAVE,
                   G_CALLBACK (export_response_cb));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "waybill-products.csv");
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

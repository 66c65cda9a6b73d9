/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which file orders are read from, and into which channel. */
#include "wb-orders-files.h"

#include "wb-connect-window.h"
#include "wb-orders-import-window.h"
#include "wb-shop.h"

#include <glib/gi18n-lib.h>

/* What the chooser is open for. */
typedef struct
{
  WbWorkspace *workspace;
  char        *channel;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->workspace);
  g_free (choice->channel);
  g_free (choice);
}

static void
response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GtkWindow        *parent = gtk_native_dialog_get_transient_for (dialog);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    wb_orders_import_window_present (parent, choice->workspace, g_file_peek_path (file),
                                     choice->channel);
  g_object_unref (dialog);
}

/* The first channel that is fed by files; NULL: there is none. */
static const char *
find_channel (WbWorkspace *workspace)
{
  GPtrArray *all = wb_workspace_get_connections (workspace);

  for (guint i = 0; i < all->len; i++)
    if (wb_record_get_bool (all->pdata[i], WB_CONNECTION_ENABLED) &&
        g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_PROVIDER), WB_SHOP_FILES) == 0)
      return wb_record_get_text (all->pdata[i], WB_CONNECTION_NAME);
  return NULL;
}

/** wb_orders_files_ask: asks for a file of orders and then how it is to be read. @channel:
 * (nullable): where they go; %NULL: the first that is fed by files, and where there is none, it is
 * asked for one first. */
void
wb_orders_files_ask (GtkWindow *parent, WbWorkspace *workspace, const char *channel)
{
  GtkFileChooserNative *dialog;
  Choice               *choice;

  if (channel == NULL && (channel = find_channel (workspace)) == NULL)
    {
      wb_connect_window_open_provider (parent, workspace, WB_KIND_SHOP, WB_SHOP_FILES);
      return;
    }
  dialog = gtk_file_chooser_native_new (_ ("Import orders"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                        NULL, NULL);
  choice = g_new0 (Choice, 1);
  choice->workspace = g_object_ref (workspace);
  choice->channel = g_strdup (channel);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

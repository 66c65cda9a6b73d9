/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: where the order book is, a copy of it, and what the window does by itself. */
#include "wb-preferences-book.h"

#include "wb-preferences-window.h"
#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPreferencesBook
{
  AdwPreferencesPage parent_instance;
  AdwActionRow      *place;
  GtkWidget         *backup;
  GtkSpinner        *spinner;
  GtkWidget         *practice_group;
  GtkWidget         *notify;
  GtkSpinButton     *sync_minutes;
  GSettings         *settings;
  WbWorkspace       *workspace;
};

G_DEFINE_FINAL_TYPE (WbPreferencesBook, wb_preferences_book, ADW_TYPE_PREFERENCES_PAGE)

static void
open_folder_cb (GtkButton *button, WbPreferencesBook *self)
{
  const char      *path = wb_book_get_path (wb_workspace_get_book (self->workspace));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesBook *self = WB_PREFERENCES_BOOK (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->backup, TRUE);
  gtk_spinner_stop (self->spinner);
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
}

static void
backup_response_cb (GtkNativeDialog *dialog, int response, WbPreferencesBook *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL && self->workspace != NULL)
    {
      gtk_widget_set_sensitive (self->backup, FALSE);
      gtk_spinner_start (self->spinner);
      wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_backup_work,
                           g_strdup (g_file_peek_path (file)), G_OBJECT (self), NULL, backed_up_cb,
                           NULL);
    }
  g_object_unref (dialog);
}

static void
backup_cb (GtkButton *button, WbPreferencesBook *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Back up the order book"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *name = g_date_time_format (now, "waybill-%Y-%m-%d.backup");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (backup_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
wb_preferences_book_dispose (GObject *object)
{
  WbPreferencesBook *self = WB_PREFERENCES_BOOK (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wb_preferences_book_parent_class)->dispose (object);
}

static void
wb_preferences_book_class_init (WbPreferencesBookClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_book_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-preferences-book.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesBook, place);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesBook, backup);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesBook, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesBook, practice_group);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesBook, notify);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesBook, sync_minutes);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, backup_cb);
}

static void
wb_preferences_book_init (WbPreferencesBook *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new ("org.waybill.Waybill");
  g_settings_bind (self->settings, "notify", self->notify, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "sync-minutes",
                   gtk_spin_button_get_adjustment (self->sync_minutes), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

/** wb_preferences_book_set_workspace: shows where the book of @workspace is; once. */
void
wb_preferences_book_set_workspace (WbPreferencesBook *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  adw_action_row_set_subtitle (self->place, wb_book_get_path (wb_workspace_get_book (workspace)));
  gtk_widget_set_visible (self->practice_group, !wb_workspace_is_practice (workspace));
}

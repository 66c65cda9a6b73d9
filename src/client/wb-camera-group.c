/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: the program that takes photos at the packing table, of this station. */
#include "wb-camera-group.h"

#include "wb-camera.h"
#include "wb-photo-works.h"
#include "wb-resource.h"
#include "wb-toast.h"

struct _WbCameraGroup
{
  AdwPreferencesGroup parent_instance;
  GtkEditable        *command;
  GtkWidget          *try_button;
  WbWorkspace        *workspace;
};

G_DEFINE_FINAL_TYPE (WbCameraGroup, wb_camera_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_command (WbCameraGroup *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->command)));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCameraGroup     *self = WB_CAMERA_GROUP (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->try_button, TRUE);
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  if (outcome == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->command), "error");
}

static void
apply_cb (AdwEntryRow *row, WbCameraGroup *self)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_camera_save_work,
                       dup_command (self), G_OBJECT (self), NULL, saved_cb, NULL);
}

static void
typed_cb (GtkEditable *row, WbCameraGroup *self)
{
  g_autofree char *command = dup_command (self);

  gtk_widget_remove_css_class (GTK_WIDGET (self->command), "error");
  gtk_widget_set_sensitive (self->try_button, *command != '\0');
}

static void
try_cb (GtkButton *button, WbCameraGroup *self)
{
  gtk_widget_set_sensitive (self->try_button, FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_camera_try_work,
                       dup_command (self), G_OBJECT (self), NULL, saved_cb, NULL);
}

static void
wb_camera_group_dispose (GObject *object)
{
  g_clear_object (&WB_CAMERA_GROUP (object)->workspace);
  G_OBJECT_CLASS (wb_camera_group_parent_class)->dispose (object);
}

static void
wb_camera_group_class_init (WbCameraGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_camera_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-camera-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCameraGroup, command);
  gtk_widget_class_bind_template_child (widget_class, WbCameraGroup, try_button);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
}

static void
wb_camera_group_init (WbCameraGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_camera_group_set_workspace: shows what is set up; once. */
void
wb_camera_group_set_workspace (WbCameraGroup *self, WbWorkspace *workspace)
{
  g_autofree char *command =
      wb_camera_get_command (wb_workspace_get_book (workspace), wb_station ());

  g_set_object (&self->workspace, workspace);
  gtk_editable_set_text (self->command, command != NULL ? command : "");
  gtk_widget_set_sensitive (self->try_button, command != NULL);
}

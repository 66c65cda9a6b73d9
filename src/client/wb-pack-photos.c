/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos of what lies in the box: taken with the camera where the merchant has named a program for
 * it, else chosen, pasted or dropped. They go into the parcel's evidence. */
#include "wb-pack-photos.h"

#include "wb-camera.h"
#include "wb-photo-works.h"
#include "wb-resource.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPackPhotos
{
  AdwBin       parent_instance;
  GtkWidget   *button, *spinner;
  GtkFlowBox  *pictures;
  WbWorkspace *workspace;
  gint64       order_id; /* 0: the table is empty */
  gboolean     busy;
};

G_DEFINE_FINAL_TYPE (WbPackPhotos, wb_pack_photos, ADW_TYPE_BIN)

/* ---- what there is ---- */

static void
show_pictures (WbPackPhotos *self, GPtrArray *pictures)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures))) != NULL)
    gtk_flow_box_remove (self->pictures, child);
  for (guint i = 0; i < pictures->len; i++)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (pictures->pdata[i]);
      GtkWidget             *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
      g_autofree char       *name = g_strdup_printf (_ ("Photo %u"), i + 1);

      gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
      gtk_widget_set_size_request (picture, 72, 54);
      gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      gtk_flow_box_insert (self->pictures, picture, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (picture), FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), pictures->len > 0);
}

static void
set_busy (WbPackPhotos *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->button, !busy);
  gtk_widget_set_visible (self->spinner, busy);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer order_id)
{
  WbPackPhotos         *self = WB_PACK_PHOTOS (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) pictures = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  set_busy (self, FALSE);
  if (self->order_id != (gint64) GPOINTER_TO_SIZE (order_id))
    return; /* another order lies on the table */
  if (pictures != NULL)
    show_pictures (self, pictures);
  else
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
}

static void
work (WbPackPhotos *self, const WbWorkKind *kind, const char *path, GBytes *bytes)
{
  if (self->workspace == NULL || self->order_id == 0)
    return;
  set_busy (self, TRUE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind,
                       wb_photo_ask_new (self->order_id, path, bytes), G_OBJECT (self), NULL,
                       looked_cb, GSIZE_TO_POINTER ((gsize) self->order_id));
}

/* ---- one more ---- */

static void
file_cb (GtkNativeDialog *dialog, int response, WbPackPhotos *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    work (self, &wb_photo_add_work, g_file_peek_path (file), NULL);
  g_object_unref (dialog);
}

static void
choose_file (WbPackPhotos *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Choose a photo"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Photos"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
add_texture (WbPackPhotos *self, GdkTexture *texture)
{
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);

  work (self, &wb_photo_add_work, NULL, bytes);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WbPackPhotos) self = data;
  g_autoptr (GdkTexture)   texture =
      gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);

  if (texture != NULL && !self->busy)
    add_texture (self, texture);
  else if (self->workspace != NULL)
    wb_toast_show (GTK_WIDGET (self), _ ("There is no picture to paste"));
}

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbPackPhotos    *self = WB_PACK_PHOTOS (widget);
  g_autofree char *command = NULL;

  if (self->busy || self->workspace == NULL || self->order_id == 0)
    return;
  command = wb_camera_get_command (wb_workspace_get_book (self->workspace), wb_station ());
  if (command != NULL)
    work (self, &wb_photo_take_work, NULL, NULL);
  else
    choose_file (self);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbPackPhotos *self = WB_PACK_PHOTOS (widget);

  if (!self->busy && self->workspace != NULL && self->order_id != 0)
    choose_file (self);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbPackPhotos *self = WB_PACK_PHOTOS (widget);

  if (!self->busy && self->workspace != NULL && self->order_id != 0)
    gdk_clipboard_read_texture_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                                      g_object_ref (self));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, WbPackPhotos *self)
{
  if (self->busy || self->order_id == 0)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    add_texture (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE) &&
           g_file_peek_path (g_value_get_object (value)) != NULL)
    work (self, &wb_photo_add_work, g_file_peek_path (g_value_get_object (value)), NULL);
  else
    return FALSE;
  return TRUE;
}

/* The keys hold wherever the focus is, as long as an order lies on the table. */
static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer action)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  gtk_widget_activate_action (widget, action, NULL);
  return TRUE;
}

static void
add_key (GtkEventController *keys, const char *trigger, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (key_cb, (gpointer) action, NULL)));
}

static void
wb_pack_photos_dispose (GObject *object)
{
  g_clear_object (&WB_PACK_PHOTOS (object)->workspace);
  G_OBJECT_CLASS (wb_pack_photos_parent_class)->dispose (object);
}

static void
wb_pack_photos_class_init (WbPackPhotosClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_pack_photos_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pack-photos.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackPhotos, button);
  gtk_widget_class_bind_template_child (widget_class, WbPackPhotos, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbPackPhotos, pictures);
  gtk_widget_class_install_action (widget_class, "photos.take", NULL, take_action);
  gtk_widget_class_install_action (widget_class, "photos.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "photos.paste", NULL, paste_action);
}

static void
wb_pack_photos_init (WbPackPhotos *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkDropTarget      *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType               types[] = { G_TYPE_FILE, GDK_TYPE_TEXTURE };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  add_key (keys, "<Control>k", "photos.take");
  add_key (keys, "<Control>v", "photos.paste");
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/** wb_pack_photos_set_order: shows the photos of the order that lies on the table now. */
void
wb_pack_photos_set_order (WbPackPhotos *self, WbWorkspace *workspace, gint64 order_id)
{
  g_set_object (&self->workspace, workspace);
  self->order_id = order_id;
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), FALSE);
  work (self, &wb_photos_look_work, NULL, NULL);
}

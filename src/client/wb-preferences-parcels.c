/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: the boxes there are and where parcels start. */
#include "wb-preferences-parcels.h"

#include "wb-address-format.h"
#include "wb-camera-group.h"
#include "wb-connect-row.h"
#include "wb-origin-window.h"
#include "wb-package-window.h"
#include "wb-preferences-window.h"
#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPreferencesParcels
{
  AdwPreferencesPage   parent_instance;
  AdwPreferencesGroup *origins;
  AdwPreferencesGroup *packages;
  WbCameraGroup       *camera;
  GtkWidget           *scanner_gap;
  GtkWidget           *scanner_prefix;
  GSettings           *settings;
  GtkWidget           *no_origins;
  GtkWidget           *no_packages;
  GPtrArray           *origin_rows;  /* borrowed widgets */
  GPtrArray           *package_rows; /* likewise */
  WbWorkspace         *workspace;
};

G_DEFINE_FINAL_TYPE (WbPreferencesParcels, wb_preferences_parcels, ADW_TYPE_PREFERENCES_PAGE)

static GtkWindow *
window_of (WbPreferencesParcels *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
add_origin_cb (GtkButton *button, WbPreferencesParcels *self)
{
  wb_origin_window_open (window_of (self), self->workspace, NULL);
}

static void
add_package_cb (GtkButton *button, WbPreferencesParcels *self)
{
  wb_package_window_open (window_of (self), self->workspace, NULL);
}

static void
change_cb (WbConnectRow *row, WbPreferencesParcels *self)
{
  gpointer record = wb_connect_row_get_record (row);

  if (WB_IS_ORIGIN (record))
    wb_origin_window_open (window_of (self), self->workspace, record);
  else
    wb_package_window_open (window_of (self), self->workspace, record);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesParcels *self = WB_PREFERENCES_PARCELS (source);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
  wb_workspace_look (self->workspace);
}

static void
undo_cb (AdwToast *toast, WbPreferencesParcels *self)
{
  g_autoptr (WbRecord) record = wb_record_copy (g_object_get_data (G_OBJECT (toast), "undo"));

  if (self->workspace == NULL)
    return;
  wb_record_set_int (record, 0, 0);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_save_record_work,
                       g_steal_pointer (&record), G_OBJECT (self), NULL, worked_cb, NULL);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesParcels *self = WB_PREFERENCES_PARCELS (source);
  g_autoptr (WbRecord)  record = user_data;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_workspace_look (self->workspace);
  if (outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
  else
    wb_toast_show_undo (GTK_WIDGET (self), outcome, G_OBJECT (self), G_CALLBACK (undo_cb),
                        g_steal_pointer (&record), g_object_unref);
}

static void
remove_cb (WbConnectRow *row, WbPreferencesParcels *self)
{
  gpointer record = wb_connect_row_get_record (row);

  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_remove_record_work,
                       g_object_ref (record), G_OBJECT (self), NULL, removed_cb,
                       g_object_ref (record));
}

static void
add_row (WbPreferencesParcels *self,
         AdwPreferencesGroup  *group,
         GPtrArray            *rows,
         gpointer              record,
         const char           *title,
         const char           *subtitle,
         gboolean              chosen)
{
  /* Translators: what is used unless another is named, after its name */
  g_autofree char *marked = chosen ? g_strdup_printf (_ ("%s (chosen)"), title) : g_strdup (title);
  GtkWidget       *row = wb_connect_row_new (record, marked, subtitle, FALSE);

  g_signal_connect_object (row, "change", G_CALLBACK (change_cb), self, 0);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, 0);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

static void
add_origin (WbPreferencesParcels *self, WbOrigin *origin)
{
  WbAddressParts parts = {
    .company = wb_record_get_text (origin, WB_ORIGIN_COMPANY),
    .street1 = wb_record_get_text (origin, WB_ORIGIN_STREET1),
    .city = wb_record_get_text (origin, WB_ORIGIN_CITY),
    .region = wb_record_get_text (origin, WB_ORIGIN_REGION),
    .postcode = wb_record_get_text (origin, WB_ORIGIN_POSTCODE),
    .country = wb_record_get_text (origin, WB_ORIGIN_COUNTRY),
  };
  g_auto (GStrv)   lines = wb_address_format (&parts, TRUE);
  g_autofree char *address = g_strjoinv (" · ", lines);

  add_row (self, self->origins, self->origin_rows, origin,
           wb_record_get_text (origin, WB_ORIGIN_NAME), address,
           wb_record_get_bool (origin, WB_ORIGIN_CHOSEN));
}

static void
add_package (WbPreferencesParcels *self, WbPackage *package)
{
  /* Translators: a box: length, width and height in millimetres, weight of the empty box in grams
   */
  g_autofree char *size = g_strdup_printf (_ ("%d × %d × %d mm, empty %d g"),
                                           (int) wb_record_get_int (package, WB_PACKAGE_LENGTH_MM),
                                           (int) wb_record_get_int (package, WB_PACKAGE_WIDTH_MM),
                                           (int) wb_record_get_int (package, WB_PACKAGE_HEIGHT_MM),
                                           (int) wb_record_get_int (package, WB_PACKAGE_WEIGHT_G));

  add_row (self, self->packages, self->package_rows, package,
           wb_record_get_text (package, WB_PACKAGE_NAME), size,
           wb_record_get_bool (package, WB_PACKAGE_CHOSEN));
}

static void
fill (WbPreferencesParcels *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) origins = wb_book_list_origins (book, &error);
  g_autoptr (GPtrArray) packages = origins != NULL ? wb_book_list_packages (book, &error) : NULL;

  if (packages == NULL)
    {
      wb_toast_outcome (GTK_WIDGET (self), NULL, error);
      return;
    }
  wb_preferences_group_clear (self->origins, self->origin_rows);
  wb_preferences_group_clear (self->packages, self->package_rows);
  for (guint i = 0; i < origins->len; i++)
    add_origin (self, origins->pdata[i]);
  for (guint i = 0; i < packages->len; i++)
    add_package (self, packages->pdata[i]);
  gtk_widget_set_visible (self->no_origins, origins->len == 0);
  gtk_widget_set_visible (self->no_packages, packages->len == 0);
}

static void
changed_cb (WbWorkspace *workspace, WbPreferencesParcels *self)
{
  fill (self);
}

static void
wb_preferences_parcels_dispose (GObject *object)
{
  WbPreferencesParcels *self = WB_PREFERENCES_PARCELS (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->origin_rows, g_ptr_array_unref);
  g_clear_pointer (&self->package_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_preferences_parcels_parent_class)->dispose (object);
}

static void
wb_preferences_parcels_class_init (WbPreferencesParcelsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_parcels_dispose;
  g_type_ensure (WB_TYPE_CAMERA_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-preferences-parcels.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, origins);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, packages);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, camera);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, scanner_gap);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, scanner_prefix);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, no_origins);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesParcels, no_packages);
  gtk_widget_class_bind_template_callback (widget_class, add_origin_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_package_cb);
}

static void
wb_preferences_parcels_init (WbPreferencesParcels *self)
{
  self->origin_rows = g_ptr_array_new ();
  self->package_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new ("org.waybill.Waybill");
  g_settings_bind (self->settings, "scanner-gap", self->scanner_gap, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "scanner-prefix", self->scanner_prefix, "text",
                   G_SETTINGS_BIND_DEFAULT);
}

/** wb_preferences_parcels_set_workspace: shows the boxes and senders of @workspace; once. */
void
wb_preferences_parcels_set_workspace (WbPreferencesParcels *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_camera_group_set_workspace (self->camera, workspace);
  fill (self);
}

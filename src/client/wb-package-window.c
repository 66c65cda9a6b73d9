/* SPDX-License-Identifier: GPL-3.0-or-later
 * A box, new or to be changed. */
#include "wb-package-window.h"

#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

static const struct
{
  const char *name;
  guint       field;
} numbers[] = {
  { "length", WB_PACKAGE_LENGTH_MM },
  { "width", WB_PACKAGE_WIDTH_MM },
  { "height", WB_PACKAGE_HEIGHT_MM },
  { "weight", WB_PACKAGE_WEIGHT_G },
};

#define N_NUMBERS G_N_ELEMENTS (numbers)

struct _WbPackageWindow
{
  AdwWindow      parent_instance;
  GtkWidget     *save;
  GtkLabel      *trouble;
  GtkEditable   *name;
  GtkSpinButton *spins[N_NUMBERS];
  GtkSwitch     *chosen;
  WbWorkspace   *workspace;
  WbPackage     *package;
};

G_DEFINE_FINAL_TYPE (WbPackageWindow, wb_package_window, ADW_TYPE_WINDOW)

static void
update (WbPackageWindow *self)
{
  gboolean complete = !wb_text_is_empty (gtk_editable_get_text (self->name));

  for (guint i = 0; i < N_NUMBERS; i++)
    if (numbers[i].field != WB_PACKAGE_WEIGHT_G)
      complete = complete && gtk_spin_button_get_value_as_int (self->spins[i]) > 0;
  gtk_widget_set_sensitive (self->save, complete);
}

static void
typed_cb (GtkWidget *widget, WbPackageWindow *self)
{
  update (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackageWindow   *self = WB_PACKAGE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_trouble_in_label (self->trouble, error);
  if (outcome == NULL)
    return;
  wb_workspace_look (self->workspace);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (GtkButton *button, WbPackageWindow *self)
{
  g_autoptr (WbPackage) package = wb_record_copy (self->package);
  g_autofree char      *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  wb_record_set_text (package, WB_PACKAGE_NAME, name);
  for (guint i = 0; i < N_NUMBERS; i++)
    wb_record_set_int (package, numbers[i].field,
                       gtk_spin_button_get_value_as_int (self->spins[i]));
  wb_record_set_bool (package, WB_PACKAGE_CHOSEN, gtk_switch_get_active (self->chosen));
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_save_record_work,
                       g_steal_pointer (&package), G_OBJECT (self), NULL, saved_cb, NULL);
}

static void
activated_cb (AdwEntryRow *row, WbPackageWindow *self)
{
  if (gtk_widget_get_sensitive (self->save))
    save_cb (NULL, self);
}

static void
wb_package_window_dispose (GObject *object)
{
  WbPackageWindow *self = WB_PACKAGE_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->package);
  G_OBJECT_CLASS (wb_package_window_parent_class)->dispose (object);
}

static void
wb_package_window_class_init (WbPackageWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_package_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-package-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackageWindow, save);
  gtk_widget_class_bind_template_child (widget_class, WbPackageWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbPackageWindow, name);
  gtk_widget_class_bind_template_child (widget_class, WbPackageWindow, chosen);
  for (guint i = 0; i < N_NUMBERS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, numbers[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbPackageWindow, spins) +
                                                   i * sizeof (void *));
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_package_window_init (WbPackageWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_package_window_open: @old: (nullable): what is changed. Returns: (transfer none): the window,
 * above @parent. */
GtkWindow *
wb_package_window_open (GtkWindow *parent, WbWorkspace *workspace, WbPackage *old)
{
  WbPackageWindow *self =
      g_object_new (WB_TYPE_PACKAGE_WINDOW, "transient-for", parent, "modal", parent != NULL, NULL);

  self->workspace = g_object_ref (workspace);
  self->package = old != NULL ? wb_record_copy (old) : wb_package_new ();
  if (old != NULL)
    gtk_editable_set_text (self->name, wb_record_get_text (old, WB_PACKAGE_NAME));
  for (guint i = 0; i < N_NUMBERS; i++)
    gtk_spin_button_set_value (self->spins[i],
                               (double) wb_record_get_int (self->package, numbers[i].field));
  gtk_switch_set_active (self->chosen, wb_record_get_bool (self->package, WB_PACKAGE_CHOSEN));
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

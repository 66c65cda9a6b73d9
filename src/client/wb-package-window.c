/* SPDX-License-Identifier: GPL-3.0-or-later
 * A box, new or to be changed. */
#include "wb-package-window.h"

#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-text.h"

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
  WbFormWindow   parent_instance;
  GtkEditable   *name;
  GtkSpinButton *spins[N_NUMBERS];
  GtkSwitch     *chosen;
  WbPackage     *package;
};

G_DEFINE_FINAL_TYPE (WbPackageWindow, wb_package_window, WB_TYPE_FORM_WINDOW)

static gboolean
check (WbFormWindow *form)
{
  WbPackageWindow *self = WB_PACKAGE_WINDOW (form);

  for (guint i = 0; i < N_NUMBERS; i++)
    if (numbers[i].field != WB_PACKAGE_WEIGHT_G &&
        gtk_spin_button_get_value_as_int (self->spins[i]) <= 0)
      return FALSE;
  return !wb_text_is_empty (gtk_editable_get_text (self->name));
}

static void
act (WbFormWindow *form)
{
  WbPackageWindow *self = WB_PACKAGE_WINDOW (form);
  WbPackage       *package = wb_record_copy (self->package);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  wb_record_set_text (package, WB_PACKAGE_NAME, name);
  for (guint i = 0; i < N_NUMBERS; i++)
    wb_record_set_int (package, numbers[i].field,
                       gtk_spin_button_get_value_as_int (self->spins[i]));
  wb_record_set_bool (package, WB_PACKAGE_CHOSEN, gtk_switch_get_active (self->chosen));
  wb_form_window_run (form, &wb_save_record_work, package);
}

static void
wb_package_window_dispose (GObject *object)
{
  g_clear_object (&WB_PACKAGE_WINDOW (object)->package);
  G_OBJECT_CLASS (wb_package_window_parent_class)->dispose (object);
}

static void
wb_package_window_class_init (WbPackageWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_package_window_dispose;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-package-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackageWindow, name);
  gtk_widget_class_bind_template_child (widget_class, WbPackageWindow, chosen);
  for (guint i = 0; i < N_NUMBERS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, numbers[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbPackageWindow, spins) +
                                                   i * sizeof (void *));
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
  WbPackageWindow *self = g_object_new (WB_TYPE_PACKAGE_WINDOW, NULL);

  self->package = old != NULL ? wb_record_copy (old) : wb_package_new ();
  if (old != NULL)
    gtk_editable_set_text (self->name, wb_record_get_text (old, WB_PACKAGE_NAME));
  for (guint i = 0; i < N_NUMBERS; i++)
    gtk_spin_button_set_value (self->spins[i],
                               (double) wb_record_get_int (self->package, numbers[i].field));
  gtk_switch_set_active (self->chosen, wb_record_get_bool (self->package, WB_PACKAGE_CHOSEN));
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  return GTK_WINDOW (self);
}

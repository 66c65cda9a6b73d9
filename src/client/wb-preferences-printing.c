/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what prints labels and slips. */
#include "wb-preferences-printing.h"

#include "wb-preferences-works.h"
#include "wb-printer-group.h"
#include "wb-resource.h"

struct _WbPreferencesPrinting
{
  AdwPreferencesPage parent_instance;
  WbPrinterGroup    *label;
  WbPrinterGroup    *slip;
  WbWorkspace       *workspace;
};

G_DEFINE_FINAL_TYPE (WbPreferencesPrinting, wb_preferences_printing, ADW_TYPE_PREFERENCES_PAGE)

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesPrinting *self = WB_PREFERENCES_PRINTING (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GPtrArray)  queues = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_printer_group_show_queues (self->label, queues, queues == NULL ? error->message : NULL);
  wb_printer_group_show_queues (self->slip, queues, queues == NULL ? error->message : NULL);
}

static void
wb_preferences_printing_dispose (GObject *object)
{
  WbPreferencesPrinting *self = WB_PREFERENCES_PRINTING (object);

  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_preferences_printing_parent_class)->dispose (object);
}

static void
wb_preferences_printing_class_init (WbPreferencesPrintingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_printing_dispose;
  g_type_ensure (WB_TYPE_PRINTER_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-preferences-printing.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesPrinting, label);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesPrinting, slip);
}

static void
wb_preferences_printing_init (WbPreferencesPrinting *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_preferences_printing_set_workspace: shows what prints for @workspace; once. */
void
wb_preferences_printing_set_workspace (WbPreferencesPrinting *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  wb_printer_group_set_document (self->label, workspace, WB_DOCUMENT_LABEL);
  wb_printer_group_set_document (self->slip, workspace, WB_DOCUMENT_SLIP);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_list_queues_work, NULL,
                       G_OBJECT (self), NULL, listed_cb, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What prints one of the rarer kinds of paper, as a page behind the preferences of printing. */
#include "wb-printer-subpage.h"

#include "wb-printer-group.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbPrinterSubpage
{
  AdwBin          parent_instance;
  AdwWindowTitle *title;
  WbPrinterGroup *group;
};

G_DEFINE_FINAL_TYPE (WbPrinterSubpage, wb_printer_subpage, ADW_TYPE_BIN)

static void
back_cb (GtkButton *button, WbPrinterSubpage *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);

  if (window != NULL)
    adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (window));
}

static void
wb_printer_subpage_class_init (WbPrinterSubpageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WB_TYPE_PRINTER_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-printer-subpage.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrinterSubpage, title);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterSubpage, group);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
wb_printer_subpage_init (WbPrinterSubpage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_printer_subpage_new: @queues, @trouble: see wb_printer_group_show_queues(). Returns:
 * (transfer floating): what prints @kind. */
GtkWidget *
wb_printer_subpage_new (WbWorkspace          *workspace,
                        const WbDocumentKind *kind,
                        GPtrArray            *queues,
                        const char           *trouble)
{
  WbPrinterSubpage *self = g_object_new (WB_TYPE_PRINTER_SUBPAGE, NULL);

  adw_window_title_set_title (self->title, _ (kind->title));
  wb_printer_group_set_document (self->group, workspace, kind->id);
  wb_printer_group_show_queues (self->group, queues, trouble);
  return GTK_WIDGET (self);
}

/** wb_kind_row_new: Returns: (transfer floating): a row that leads to such a page. */
GtkWidget *
wb_kind_row_new (const char *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "activatable", TRUE, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  return row;
}

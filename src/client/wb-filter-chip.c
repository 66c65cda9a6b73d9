/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a list is narrowed to, one thing a chip: a click takes it away. */
#include "wb-filter-chip.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbFilterChip
{
  GtkButton parent_instance;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (WbFilterChip, wb_filter_chip, GTK_TYPE_BUTTON)

static void
wb_filter_chip_class_init (WbFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-filter-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFilterChip, text);
}

static void
wb_filter_chip_init (WbFilterChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_filter_chip_new: Returns: (transfer floating): a chip that says @text. */
GtkWidget *
wb_filter_chip_new (const char *text)
{
  WbFilterChip *self = g_object_new (WB_TYPE_FILTER_CHIP, NULL);
  /* Translators: a button that takes a filter away; %s is what is filtered */
  g_autofree char *spoken = g_strdup_printf (_ ("No longer only: %s"), text);

  gtk_label_set_text (self->text, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}

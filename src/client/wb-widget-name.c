/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a widget is called by those who hear it. */
#include "wb-widget-name.h"

/** wb_widget_name: calls @widget by @format (“Change “%s””), with @thing for its one %s. */
void
wb_widget_name (GtkWidget *widget, const char *format, const char *thing)
{
  g_autoptr (GString) name = g_string_new (format);

  g_string_replace (name, "%s", thing, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

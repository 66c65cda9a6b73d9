/* SPDX-License-Identifier: GPL-3.0-or-later
 * A scan is answered in words, in colour and, when it is refused, with a sound. */
#include "wb-scan-say.h"

/**
 * wb_scan_say:
 * @page: turns red with what is wrong
 * @message: where it is said, big enough to be read from afar
 * @text: (nullable): what; %NULL: nothing any more
 * @style: (nullable): “success”, “warning” or “error”, which is heard as well
 */
void
wb_scan_say (GtkWidget *page, GtkLabel *message, const char *text, const char *style)
{
  static const char *const styles[] = { "success", "warning", "error" };
  gboolean                 refused = g_strcmp0 (style, "error") == 0;

  gtk_label_set_text (message, text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (message), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (message), text != NULL && *text != '\0');
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (styles[i], style) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (message), styles[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (message), styles[i]);
  if (refused)
    gtk_widget_add_css_class (page, "pack-refused");
  else
    gtk_widget_remove_css_class (page, "pack-refused");
  if (refused)
    gdk_display_beep (gtk_widget_get_display (page));
}

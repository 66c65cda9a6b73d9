/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a drop-down needs so that it says what it chooses to those who do not see it. */
#include "wb-drop-down.h"

/* What shows the chosen one is a list's row to GTK 4.8, and takes the keyboard once more. */
static void
keep_focus_out (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_set_focusable (child, FALSE);
      keep_focus_out (child);
    }
}

/** wb_drop_down_set_label: names the button in @drop_down, which is what has the keyboard in GTK
 * 4.8: the drop-down's own name is never read out. @label: translated. */
void
wb_drop_down_set_label (GtkDropDown *drop_down, const char *label)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  keep_focus_out (button);
}

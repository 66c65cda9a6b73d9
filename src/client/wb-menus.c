/* SPDX-License-Identifier: GPL-3.0-or-later
 * Menus that are made when they are first opened: those of a template would be made with it, item
 * by item. */
#include "wb-menus.h"

#include "wb-resource.h"

static void
make_menu (GtkMenuButton *button, gpointer menu)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  builder = gtk_builder_new_from_resource (WB_RESOURCE "wb-menus.ui");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, menu)));
}

/** wb_menu_later: @button opens the @menu (static) of wb-menus.ui. */
void
wb_menu_later (GtkMenuButton *button, const char *menu)
{
  gtk_menu_button_set_create_popup_func (button, make_menu, (gpointer) menu, NULL);
}

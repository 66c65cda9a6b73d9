/* SPDX-License-Identifier: GPL-3.0-or-later
 * The choice of what a list shows: buttons in a row, or one button with a menu where there is no
 * room for them. Its children in .ui files are the toggle buttons of one group; what they say and
 * which is pressed is theirs alone, the menu follows them. */
#include "wb-filter-switch.h"

#include "wb-resource.h"

struct _WbFilterSwitch
{
  AdwBin         parent_instance;
  GtkBox        *buttons;
  GtkMenuButton *menu;
};

static GtkBuildableIface *parent_buildable;
static void               buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbFilterSwitch,
                               wb_filter_switch,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static void
chosen_cb (GtkToggleButton *button, GParamSpec *pspec, WbFilterSwitch *self)
{
  if (gtk_toggle_button_get_active (button))
    gtk_menu_button_set_label (self->menu, gtk_button_get_label (GTK_BUTTON (button)));
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  WbFilterSwitch *self = WB_FILTER_SWITCH (buildable);

  if (!GTK_IS_TOGGLE_BUTTON (child))
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  gtk_box_append (self->buttons, GTK_WIDGET (child));
  g_signal_connect_object (child, "notify::active", G_CALLBACK (chosen_cb), self, 0);
  g_signal_connect_object (child, "notify::label", G_CALLBACK (chosen_cb), self, 0);
  chosen_cb (GTK_TOGGLE_BUTTON (child), NULL, self);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
item_toggled_cb (GtkCheckButton *item, WbFilterSwitch *self)
{
  if (gtk_check_button_get_active (item))
    gtk_menu_button_popdown (self->menu);
}

/* The same choices one below the other; made when somebody wants to see them. */
static void
make_menu (GtkMenuButton *button, gpointer data)
{
  WbFilterSwitch *self = data;
  GtkWidget      *popover, *box, *first = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (GtkWidget *toggle = gtk_widget_get_first_child (GTK_WIDGET (self->buttons)); toggle != NULL;
       toggle = gtk_widget_get_next_sibling (toggle))
    {
      GtkWidget *item = gtk_check_button_new ();

      gtk_check_button_set_group (GTK_CHECK_BUTTON (item),
                                  first != NULL ? GTK_CHECK_BUTTON (first) : NULL);
      first = first != NULL ? first : item;
      g_object_bind_property (toggle, "label", item, "label", G_BINDING_SYNC_CREATE);
      g_object_bind_property (toggle, "visible", item, "visible", G_BINDING_SYNC_CREATE);
      g_object_bind_property (toggle, "active", item, "active",
                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
      g_signal_connect_object (item, "toggled", G_CALLBACK (item_toggled_cb), self, 0);
      gtk_box_append (GTK_BOX (box), item);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

static void
wb_filter_switch_class_init (WbFilterSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-filter-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFilterSwitch, buttons);
  gtk_widget_class_bind_template_child (widget_class, WbFilterSwitch, menu);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_filter_switch_init (WbFilterSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, make_menu, self, NULL);
}

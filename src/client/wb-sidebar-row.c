/* SPDX-License-Identifier: GPL-3.0-or-later
 * One page in the sidebar, with how many things wait there. */
#include "wb-sidebar-row.h"

#include "wb-resource.h"
#include "wb-text.h"

struct _WbSidebarRow
{
  GtkListBoxRow parent_instance;
  GtkImage     *icon;
  GtkLabel     *title;
  GtkLabel     *count;
  char         *page;
};

enum
{
  PROP_0,
  PROP_PAGE,
  PROP_TITLE,
  PROP_ICON_NAME,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (WbSidebarRow, wb_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbSidebarRow *self = WB_SIDEBAR_ROW (object);

  switch (id)
    {
    case PROP_PAGE:
      wb_set_str (&self->page, g_value_get_string (value));
      break;
    case PROP_TITLE:
      gtk_label_set_text (self->title, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (self->icon, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_sidebar_row_finalize (GObject *object)
{
  g_free (WB_SIDEBAR_ROW (object)->page);
  G_OBJECT_CLASS (wb_sidebar_row_parent_class)->finalize (object);
}

/* Tab goes to the page that is shown and on from it: GTK 4.8 would go through the list row by row,
 * and each row that it passes would change the page. The arrows do. */
static gboolean
wb_sidebar_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *list = gtk_widget_get_parent (widget);
  gboolean   tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && (gtk_widget_get_focus_child (list) != NULL ||
              !gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (widget))))
    return FALSE;
  return GTK_WIDGET_CLASS (wb_sidebar_row_parent_class)->focus (widget, direction);
}

static void
wb_sidebar_row_class_init (WbSidebarRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = set_property;
  object_class->finalize = wb_sidebar_row_finalize;
  widget_class->focus = wb_sidebar_row_focus;
  properties[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WbSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbSidebarRow, count);
}

static void
wb_sidebar_row_init (WbSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_sidebar_row_get_page: Returns: (transfer none): the name of the page it leads to. */
const char *
wb_sidebar_row_get_page (WbSidebarRow *self)
{
  return self->page;
}

/** wb_sidebar_row_set_count: shows @count; 0 shows nothing. */
void
wb_sidebar_row_set_count (WbSidebarRow *self, guint count)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
}

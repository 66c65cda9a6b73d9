/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list and the detail of one of its rows: side by side when there is room, one after the other
 * when there is not. The one place that knows AdwLeaflet; children in .ui files have the types
 * “list” and “detail”. */
#include "wb-split.h"

#include "wb-cells.h"
#include "wb-resource.h"

/* px with text of the usual size: of the detail beside the list, and of a list that says none. */
#define DETAIL_WIDTH 344
#define LIST_WIDTH   340

struct _WbSplit
{
  AdwBin      parent_instance;
  AdwLeaflet *leaflet;
  AdwBin     *list;
  AdwBin     *detail;
  AdwClamp   *clamp;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_SHOW_DETAIL,
  N_PROPERTIES
};

static GParamSpec        *properties[N_PROPERTIES];
static GtkBuildableIface *parent_buildable;
static void               buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbSplit,
                               wb_split,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  WbSplit *self = WB_SPLIT (buildable);

  if (g_strcmp0 (type, "list") == 0)
    adw_bin_set_child (self->list, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "detail") == 0)
    adw_bin_set_child (self->detail, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static gboolean
settle_cb (gpointer clamp)
{
  gtk_widget_queue_resize (clamp);
  return G_SOURCE_REMOVE;
}

/* It folds while sizes are being given out, when GTK forgets that others are wished for. */
static void
folded_cb (AdwLeaflet *leaflet, GParamSpec *pspec, WbSplit *self)
{
  int most = adw_leaflet_get_folded (leaflet) ? G_MAXINT16 : wb_cell_width (DETAIL_WIDTH);

  adw_clamp_set_maximum_size (self->clamp, most);
  adw_clamp_set_tightening_threshold (self->clamp, most);
  g_idle_add_full (G_PRIORITY_DEFAULT, settle_cb, g_object_ref (self->clamp), g_object_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
visible_child_cb (AdwLeaflet *leaflet, GParamSpec *pspec, WbSplit *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_DETAIL]);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbSplit *self = WB_SPLIT (widget);

  wb_split_set_show_detail (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (WB_SPLIT (widget)->leaflet), orientation, for_size, minimum,
                      natural, minimum_baseline, natural_baseline);
}

/* Large text wants more room for both, or one after the other. */
static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbSplit   *self = WB_SPLIT (widget);
  GtkWidget *child = adw_bin_get_child (self->list);
  int        list = -1;

  if (child != NULL)
    gtk_widget_get_size_request (child, &list, NULL);
  adw_leaflet_set_can_unfold (self->leaflet,
                              width >= wb_cell_width (DETAIL_WIDTH) +
                                           wb_cell_width (list > 0 ? list : LIST_WIDTH));
  gtk_widget_allocate (GTK_WIDGET (self->leaflet), width, height, baseline, NULL);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbSplit *self = WB_SPLIT (object);

  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, wb_split_get_folded (self));
      break;
    case PROP_SHOW_DETAIL:
      g_value_set_boolean (value, wb_split_get_show_detail (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOW_DETAIL)
    wb_split_set_show_detail (WB_SPLIT (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_split_class_init (WbSplitClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_DETAIL] =
      g_param_spec_boolean ("show-detail", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-split.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSplit, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WbSplit, list);
  gtk_widget_class_bind_template_child (widget_class, WbSplit, detail);
  gtk_widget_class_bind_template_child (widget_class, WbSplit, clamp);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
  gtk_widget_class_install_action (widget_class, "split.back", NULL, back_action);
}

static void
wb_split_init (WbSplit *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* it asks for its own size */
  folded_cb (self->leaflet, NULL, self);
}

/** wb_split_get_folded: whether list and detail share one place. */
gboolean
wb_split_get_folded (WbSplit *self)
{
  return adw_leaflet_get_folded (self->leaflet);
}

/** wb_split_get_show_detail: whether the detail is what shows when folded. */
gboolean
wb_split_get_show_detail (WbSplit *self)
{
  return adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->clamp);
}

/** wb_split_set_show_detail: when folded, goes to the detail or back to the list. */
void
wb_split_set_show_detail (WbSplit *self, gboolean show)
{
  if (wb_split_get_show_detail (self) != show)
    adw_leaflet_set_visible_child (self->leaflet,
                                   show ? GTK_WIDGET (self->clamp) : GTK_WIDGET (self->list));
}

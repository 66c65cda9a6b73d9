/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the list of orders is narrowed to besides its stages, with the saved views. */
#include "wb-orders-filter.h"

#include "wb-drop-down.h"
#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 250 /* how long typing must pause before it narrows the list */

struct _WbOrdersFilter
{
  GtkPopover      parent_instance;
  GtkDropDown    *channel;
  GtkDropDown    *charge;
  GtkEditable    *tag;
  GtkCheckButton *marked;
  WbSavedViews   *views;
  WbWorkspace    *workspace;
  GArray         *channels; /* of gint64: what the drop-down shows, 0 first */
  guint           typing_id;
  gboolean        showing; /* what is set comes from the wish, not from a person */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOrdersFilter, wb_orders_filter, GTK_TYPE_POPOVER)

static const char *const charges[] = {
  NULL,
  WB_CHARGE_AUTHORISED,
  WB_CHARGE_CAPTURED,
  WB_CHARGE_PARTIAL,
  WB_CHARGE_PAID,
  WB_CHARGE_UNPAID,
  WB_CHARGE_LAPSED,
  WB_CHARGE_REFUSED,
  WB_CHARGE_REFUNDED,
};

static void
changed_cb (GtkWidget *widget, WbOrdersFilter *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
selected_cb (GtkDropDown *widget, GParamSpec *pspec, WbOrdersFilter *self)
{
  changed_cb (GTK_WIDGET (widget), self);
}

static void
typed_cb (gpointer data)
{
  WbOrdersFilter *self = data;

  self->typing_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tag_cb (GtkEditable *entry, WbOrdersFilter *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (!self->showing)
    self->typing_id = g_timeout_add_once (TYPING_MS, typed_cb, self);
}

static void
list_channels (WbOrdersFilter *self)
{
  GPtrArray                *all = wb_workspace_get_connections (self->workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64                    none = 0;

  g_array_set_size (self->channels, 0);
  g_array_append_val (self->channels, none);
  gtk_string_list_append (names, _ ("All channels"));
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0)
      {
        gint64 id = wb_record_get_int (all->pdata[i], WB_CONNECTION_ID);

        g_array_append_val (self->channels, id);
        gtk_string_list_append (names, wb_record_get_text (all->pdata[i], WB_CONNECTION_NAME));
      }
  gtk_drop_down_set_model (self->channel, G_LIST_MODEL (names));
}

static void
list_charges (WbOrdersFilter *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (charges); i++)
    gtk_string_list_append (names,
                            charges[i] != NULL ? wb_charge_title (charges[i]) : _ ("Any charge"));
  gtk_drop_down_set_model (self->charge, G_LIST_MODEL (names));
}

static void
wb_orders_filter_dispose (GObject *object)
{
  g_clear_handle_id (&WB_ORDERS_FILTER (object)->typing_id, g_source_remove);
  g_clear_object (&WB_ORDERS_FILTER (object)->workspace);
  G_OBJECT_CLASS (wb_orders_filter_parent_class)->dispose (object);
}

static void
wb_orders_filter_finalize (GObject *object)
{
  g_clear_pointer (&WB_ORDERS_FILTER (object)->channels, g_array_unref);
  G_OBJECT_CLASS (wb_orders_filter_parent_class)->finalize (object);
}

static void
wb_orders_filter_class_init (WbOrdersFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_orders_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_orders_filter_finalize;

  /* A person has narrowed or widened the list. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WB_TYPE_SAVED_VIEWS);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-orders-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOrdersFilter, channel);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersFilter, charge);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersFilter, tag);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersFilter, marked);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersFilter, views);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_cb);
}

static void
wb_orders_filter_init (WbOrdersFilter *self)
{
  self->channels = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_drop_down_set_label (self->channel, _ ("Channel"));
  wb_drop_down_set_label (self->charge, _ ("Charge"));
  list_charges (self);
  self->showing = FALSE;
}

/** wb_orders_filter_set_workspace: whose channels and views are offered; once. */
void
wb_orders_filter_set_workspace (WbOrdersFilter *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  wb_saved_views_set_workspace (self->views, workspace);
}

/** wb_orders_filter_show: shows what @wish is narrowed to. */
void
wb_orders_filter_show (WbOrdersFilter *self, const WbOrdersWish *wish)
{
  self->showing = TRUE;
  list_channels (self);
  for (guint i = 0; i < self->channels->len; i++)
    if (g_array_index (self->channels, gint64, i) == wish->channel_id)
      gtk_drop_down_set_selected (self->channel, i);
  for (guint i = 0; i < G_N_ELEMENTS (charges); i++)
    if (g_strcmp0 (charges[i], wish->charge) == 0)
      gtk_drop_down_set_selected (self->charge, i);
  gtk_editable_set_text (self->tag, wish->tag != NULL ? wish->tag : "");
  gtk_check_button_set_active (self->marked, wish->marked);
  self->showing = FALSE;
}

/** wb_orders_filter_fill: puts what is chosen here into @wish. */
void
wb_orders_filter_fill (WbOrdersFilter *self, WbOrdersWish *wish)
{
  guint            channel = gtk_drop_down_get_selected (self->channel);
  guint            charge = gtk_drop_down_get_selected (self->charge);
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (self->tag)));

  wish->channel_id =
      channel < self->channels->len ? g_array_index (self->channels, gint64, channel) : 0;
  wb_set_str (&wish->charge, charge < G_N_ELEMENTS (charges) ? charges[charge] : NULL);
  wb_set_str (&wish->tag, *tag != '\0' ? tag : NULL);
  wish->marked = gtk_check_button_get_active (self->marked);
}

/** wb_orders_filter_get_views: Returns: (transfer none): the saved views in it. */
WbSavedViews *
wb_orders_filter_get_views (WbOrdersFilter *self)
{
  return self->views;
}

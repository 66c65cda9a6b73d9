/* SPDX-License-Identifier: GPL-3.0-or-later
 * One shipment of an order: service, state, tracking, and its papers again. */
#include "wb-parcel-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbParcelRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *service;
  GtkLabel     *state;
  GtkBox       *tracking_box;
  GtkLabel     *tracking;
  GtkButton    *copy_button;
  GtkButton    *label_button;
  GtkButton    *slip_button;
};

G_DEFINE_FINAL_TYPE (WbParcelRow, wb_parcel_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_parcel_row_class_init (WbParcelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-parcel-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, service);
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, state);
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, tracking_box);
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, tracking);
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, label_button);
  gtk_widget_class_bind_template_child (widget_class, WbParcelRow, slip_button);
}

static void
wb_parcel_row_init (WbParcelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const struct
{
  const char *state;
  const char *title;
} titles[] = {
  { WB_SHIPMENT_PLANNED, N_ ("Being shipped") },
  { WB_SHIPMENT_LABELLED, N_ ("Label bought") },
  { WB_SHIPMENT_SHIPPED, N_ ("Shipped") },
  { WB_SHIPMENT_VOID, N_ ("Label voided") },
};

/** wb_shipment_state_title: Returns: (transfer none): the state for people. */
const char *
wb_shipment_state_title (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (state, titles[i].state) == 0)
      return _ (titles[i].title);
  return state != NULL ? state : "";
}

/** wb_parcel_row_new: Returns: (transfer floating): the row of @shipment; its buttons use the
 * actions detail.* */
GtkWidget *
wb_parcel_row_new (WbShipment *shipment)
{
  WbParcelRow *self = g_object_new (WB_TYPE_PARCEL_ROW, NULL);
  GPtrArray   *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
  const char  *tracking =
      parcels->len > 0 ? wb_record_get_text (parcels->pdata[0], WB_PARCEL_TRACKING) : NULL;
  const char *state = wb_record_get_text (shipment, WB_SHIPMENT_STATE);
  gboolean    papers =
      g_strcmp0 (state, WB_SHIPMENT_LABELLED) == 0 || g_strcmp0 (state, WB_SHIPMENT_SHIPPED) == 0;
  gint64           id = wb_record_get_int (shipment, WB_SHIPMENT_ID);
  g_autofree char *cost = wb_money_to_text (wb_record_get_money (shipment, WB_SHIPMENT_COST));
  const char      *carrier = wb_record_get_text (shipment, WB_SHIPMENT_CARRIER);
  const char      *service = wb_record_get_text (shipment, WB_SHIPMENT_SERVICE);
  g_autofree char *title = g_strdup_printf ("%s %s · %s", carrier != NULL ? carrier : "",
                                            service != NULL ? service : "", cost);

  gtk_label_set_text (self->service, g_strstrip (title));
  gtk_label_set_text (self->state, wb_shipment_state_title (state));
  if (g_strcmp0 (state, WB_SHIPMENT_SHIPPED) == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "success");
  gtk_widget_set_visible (GTK_WIDGET (self->tracking_box), tracking != NULL && *tracking != '\0');
  gtk_label_set_text (self->tracking, tracking != NULL ? tracking : "");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s",
                                    tracking != NULL ? tracking : "");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->label_button), "(xs)", id, "label");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->slip_button), "(xs)", id, "slip");
  gtk_widget_set_visible (GTK_WIDGET (self->label_button), papers);
  gtk_widget_set_visible (GTK_WIDGET (self->slip_button), papers);
  return GTK_WIDGET (self);
}

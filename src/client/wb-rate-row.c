/* SPDX-License-Identifier: GPL-3.0-or-later
 * One offer of a carrier to choose from: service, days, price, and why it is proposed. */
#include "wb-rate-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbRateRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *service;
  GtkLabel     *reason;
  GtkLabel     *price;
  GtkImage     *mark;
  WbRate       *rate;
};

G_DEFINE_FINAL_TYPE (WbRateRow, wb_rate_row, GTK_TYPE_LIST_BOX_ROW)

static void
state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  gboolean chosen = (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_SELECTED) != 0;

  gtk_widget_set_opacity (GTK_WIDGET (WB_RATE_ROW (widget)->mark), chosen ? 1 : 0);
  GTK_WIDGET_CLASS (wb_rate_row_parent_class)->state_flags_changed (widget, before);
}

static void
wb_rate_row_dispose (GObject *object)
{
  g_clear_object (&WB_RATE_ROW (object)->rate);
  G_OBJECT_CLASS (wb_rate_row_parent_class)->dispose (object);
}

static void
wb_rate_row_class_init (WbRateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_rate_row_dispose;
  widget_class->state_flags_changed = state_flags_changed;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-rate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRateRow, service);
  gtk_widget_class_bind_template_child (widget_class, WbRateRow, reason);
  gtk_widget_class_bind_template_child (widget_class, WbRateRow, price);
  gtk_widget_class_bind_template_child (widget_class, WbRateRow, mark);
}

static void
wb_rate_row_init (WbRateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_rate_row_new: Returns: (transfer floating): the row of @rate, with the engine's reason. */
GtkWidget *
wb_rate_row_new (WbRate *rate)
{
  WbRateRow       *self = g_object_new (WB_TYPE_RATE_ROW, NULL);
  int              days = (int) wb_record_get_int (rate, WB_RATE_DAYS);
  const char      *carrier = wb_record_get_text (rate, WB_RATE_CARRIER);
  const char      *name = wb_record_get_text (rate, WB_RATE_SERVICE);
  const char      *reason = wb_record_get_text (rate, WB_RATE_REASON);
  g_autofree char *service =
      g_strcmp0 (carrier, name) == 0
          ? g_strdup (name)
          : g_strdup_printf ("%s %s", carrier != NULL ? carrier : "", name != NULL ? name : "");
  g_autofree char *time =
      days > 0 ? g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days) : NULL;
  g_autofree char *about = g_strjoin (time != NULL && reason != NULL ? " · " : "",
                                      time != NULL ? time : "", reason != NULL ? reason : "", NULL);
  g_autofree char *price = wb_money_to_text (wb_record_get_money (rate, WB_RATE_COST));
  g_autofree char *name_all = g_strdup_printf ("%s, %s%s%s", g_strstrip (service), price,
                                               *about != '\0' ? ", " : "", about);

  self->rate = g_object_ref (rate);
  gtk_label_set_text (self->service, service);
  gtk_label_set_text (self->reason, about);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *about != '\0');
  gtk_label_set_text (self->price, price);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name_all,
                                  -1);
  return GTK_WIDGET (self);
}

/** wb_rate_row_get_rate: Returns: (transfer none): the offer. */
WbRate *
wb_rate_row_get_rate (WbRateRow *self)
{
  return self->rate;
}

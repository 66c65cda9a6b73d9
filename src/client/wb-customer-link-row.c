/* SPDX-License-Identifier: GPL-3.0-or-later
 * One account of a person at a shop, with a button that links or unlinks it. */
#include "wb-customer-link-row.h"

#include "wb-customer-row.h"
#include "wb-resource.h"

struct _WbCustomerLinkRow
{
  AdwActionRow parent_instance;
  GtkButton   *button;
  WbCustomer  *customer;
};

static guint clicked_signal;

G_DEFINE_FINAL_TYPE (WbCustomerLinkRow, wb_customer_link_row, ADW_TYPE_ACTION_ROW)

static void
clicked_cb (GtkButton *button, WbCustomerLinkRow *self)
{
  g_signal_emit (self, clicked_signal, 0);
}

static void
wb_customer_link_row_dispose (GObject *object)
{
  g_clear_object (&WB_CUSTOMER_LINK_ROW (object)->customer);
  G_OBJECT_CLASS (wb_customer_link_row_parent_class)->dispose (object);
}

static void
wb_customer_link_row_class_init (WbCustomerLinkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customer_link_row_dispose;
  clicked_signal = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-customer-link-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCustomerLinkRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
wb_customer_link_row_init (WbCustomerLinkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_customer_link_row_new: @button: (nullable): what the button says; %NULL: there is none.
 * Returns: (transfer floating): the row. */
GtkWidget *
wb_customer_link_row_new (WbCustomer *customer, const char *channel, const char *button)
{
  WbCustomerLinkRow *self = g_object_new (WB_TYPE_CUSTOMER_LINK_ROW, "use-markup", FALSE, NULL);
  g_autofree char   *name = wb_customer_dup_name (customer);
  g_autofree char   *label = button != NULL ? g_strdup_printf ("%s: %s", button, channel) : NULL;

  self->customer = g_object_ref (customer);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), channel);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button == NULL)
    return GTK_WIDGET (self);
  gtk_button_set_label (self->button, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return GTK_WIDGET (self);
}

/** wb_customer_link_row_get_customer: Returns: (transfer none): whose account it is. */
WbCustomer *
wb_customer_link_row_get_customer (WbCustomerLinkRow *self)
{
  return self->customer;
}

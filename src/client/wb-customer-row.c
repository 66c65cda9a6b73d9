/* SPDX-License-Identifier: GPL-3.0-or-later
 * One customer in the list: name, how to reach them, how many orders. */
#include "wb-customer-row.h"

#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbCustomerRow
{
  AdwBin    parent_instance;
  GtkLabel *name;
  GtkLabel *orders;
  GtkLabel *contact;
};

G_DEFINE_FINAL_TYPE (WbCustomerRow, wb_customer_row, ADW_TYPE_BIN)

static void
wb_customer_row_dispose (GObject *object)
{
  G_OBJECT_CLASS (wb_customer_row_parent_class)->dispose (object);
}

static void
wb_customer_row_class_init (WbCustomerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customer_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-customer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCustomerRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerRow, orders);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerRow, contact);
}

static void
wb_customer_row_init (WbCustomerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_customer_row_new: Returns: (transfer floating): an empty row. */
GtkWidget *
wb_customer_row_new (void)
{
  return g_object_new (WB_TYPE_CUSTOMER_ROW, NULL);
}

/** wb_customer_dup_name: Returns: (transfer full): what to call @customer; never empty. */
char *
wb_customer_dup_name (WbCustomer *customer)
{
  const char *name = wb_record_get_text (customer, WB_CUSTOMER_NAME);
  const char *email = wb_record_get_text (customer, WB_CUSTOMER_EMAIL);

  if (wb_record_get_int (customer, WB_CUSTOMER_ERASED_AT) != 0)
    return g_strdup (_ ("Erased person"));
  if (!wb_text_is_empty (name))
    return g_strdup (name);
  return g_strdup (!wb_text_is_empty (email) ? email : _ ("Without a name"));
}

/** wb_customer_row_show: shows @customer, who came through @channel. */
void
wb_customer_row_show (WbCustomerRow *self, WbCustomer *customer, const char *channel)
{
  g_autofree char *name = wb_customer_dup_name (customer);
  gint64           count = wb_record_get_int (customer, WB_CUSTOMER_ORDERS);
  g_autofree char *orders =
      g_strdup_printf (ngettext ("%d order", "%d orders", (gulong) count), (int) count);
  const char         *parts[] = { wb_record_get_text (customer, WB_CUSTOMER_EMAIL),
                                  wb_record_get_text (customer, WB_CUSTOMER_PHONE), channel };
  g_autoptr (GString) contact = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!wb_text_is_empty (parts[i]))
      g_string_append_printf (contact, "%s%s", contact->len > 0 ? " · " : "", parts[i]);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->orders, count > 0 ? orders : "");
  gtk_label_set_text (self->contact, contact->str);
}

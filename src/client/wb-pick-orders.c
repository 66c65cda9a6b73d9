/* SPDX-License-Identifier: GPL-3.0-or-later
 * The orders of the wave that is walked: each may leave it. */
#include "wb-pick-orders.h"

#include "wb-order-facts.h"
#include "wb-pick-order-row.h"
#include "wb-resource.h"

struct _WbPickOrders
{
  AdwPreferencesGroup parent_instance;
  GtkListBox         *list;
};

enum
{
  TAKEN_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPickOrders, wb_pick_orders, ADW_TYPE_PREFERENCES_GROUP)

static void
taken_out_cb (WbPickOrderRow *row, WbPickOrders *self)
{
  g_signal_emit (self, signals[TAKEN_OUT], 0, wb_pick_order_row_get_order (row));
}

static void
wb_pick_orders_class_init (WbPickOrdersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* An order is to leave the wave: its number. */
  signals[TAKEN_OUT] = g_signal_new ("taken-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pick-orders.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPickOrders, list);
}

static void
wb_pick_orders_init (WbPickOrders *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_pick_orders_set_sheet: lists the orders of another wave. */
void
wb_pick_orders_set_sheet (WbPickOrders *self, WbPickSheet *sheet)
{
  wb_list_box_clear (self->list);
  for (guint i = 0; i < sheet->orders->len; i++)
    {
      GtkWidget *row = wb_pick_order_row_new (
          sheet, wb_record_get_int (sheet->orders->pdata[i], WB_WAVE_ORDER_ORDER_ID));

      g_signal_connect_object (row, "taken-out", G_CALLBACK (taken_out_cb), self, 0);
      gtk_list_box_append (self->list, row);
    }
}

/** wb_pick_orders_show: how the same orders stand now. */
void
wb_pick_orders_show (WbPickOrders *self, WbPickSheet *sheet)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    wb_pick_order_row_show (WB_PICK_ORDER_ROW (row), sheet);
}

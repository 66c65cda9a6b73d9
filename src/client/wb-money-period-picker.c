/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chooses the period of the Money page, by its name or from one day to another. */
#include "wb-money-period-picker.h"

#include "wb-drop-down.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbMoneyPeriodPicker
{
  AdwBin       parent_instance;
  GtkDropDown *period;
  GtkEditable *from, *to;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbMoneyPeriodPicker, wb_money_period_picker, ADW_TYPE_BIN)

static void
days_cb (GtkEntry *entry, WbMoneyPeriodPicker *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
period_cb (GtkDropDown *drop_down, GParamSpec *pspec, WbMoneyPeriodPicker *self)
{
  gboolean days = gtk_drop_down_get_selected (self->period) == WB_PERIOD_DAYS;

  gtk_widget_set_visible (GTK_WIDGET (self->from), days);
  gtk_widget_set_visible (GTK_WIDGET (self->to), days);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
wb_money_period_picker_class_init (WbMoneyPeriodPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* Another period is chosen. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-money-period-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneyPeriodPicker, period);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyPeriodPicker, from);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyPeriodPicker, to);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, days_cb);
}

static void
wb_money_period_picker_init (WbMoneyPeriodPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_drop_down_set_label (self->period, _ ("Period"));
}

/** wb_money_period_picker_read: sets first and after of @query. */
gboolean
wb_money_period_picker_read (WbMoneyPeriodPicker *self, WbMoneyQuery *query, GError **error)
{
  return wb_period_set (query, gtk_drop_down_get_selected (self->period),
                        gtk_editable_get_text (self->from), gtk_editable_get_text (self->to),
                        wb_now (), error);
}

/** wb_money_period_picker_choose: as if a person had chosen @period. */
void
wb_money_period_picker_choose (WbMoneyPeriodPicker *self, WbPeriod period)
{
  gtk_drop_down_set_selected (self->period, period);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The settings of a label printer, those that matter for its language. */
#include "wb-printer-details.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

#define DMM_PER_MM 10.0

struct _WbPrinterDetails
{
  AdwExpanderRow parent_instance;
  AdwComboRow   *dpi;
  AdwComboRow   *sensor;
  GtkWidget     *gap_row;
  GtkSpinButton *gap;
  AdwComboRow   *finish;
  AdwComboRow   *rotation;
  GtkWidget     *darkness_row;
  GtkSpinButton *darkness;
  GtkWidget     *speed_row;
  GtkSpinButton *speed;
  GtkSpinButton *nudge_x;
  GtkSpinButton *nudge_y;
  gboolean       filling;
};

G_DEFINE_FINAL_TYPE (WbPrinterDetails, wb_printer_details, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* In the order of the lists in the .ui; the first: as the printer is set. */
static const gint64      dots[] = { 0, 203, 300, 600 };
static const gint64      turns[] = { 0, 90, 180, 270 };
static const char *const sensors[] = { NULL, WB_SENSOR_GAP, WB_SENSOR_MARK, WB_SENSOR_CONTINUOUS };
static const char *const finishes[] = { NULL, WB_FINISH_TEAR, WB_FINISH_CUT, WB_FINISH_PEEL };

static void
changed (WbPrinterDetails *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
choice_cb (AdwComboRow *row, GParamSpec *pspec, WbPrinterDetails *self)
{
  changed (self);
}

static void
number_cb (GtkSpinButton *spin, WbPrinterDetails *self)
{
  changed (self);
}

static void
choose_number (AdwComboRow *row, const gint64 *known, gint64 value)
{
  for (guint i = 0; i < 4; i++)
    if (known[i] == value)
      adw_combo_row_set_selected (row, i);
}

static void
choose_word (AdwComboRow *row, const char *const *known, const char *value)
{
  for (guint i = 0; i < 4; i++)
    if (g_strcmp0 (known[i], value) == 0)
      adw_combo_row_set_selected (row, i);
}

/** wb_printer_details_show: shows what @printer is set to; nothing is told about it. */
void
wb_printer_details_show (WbPrinterDetails *self, WbPrinter *printer)
{
  self->filling = TRUE;
  choose_number (self->dpi, dots, wb_record_get_int (printer, WB_PRINTER_DPI));
  choose_number (self->rotation, turns, wb_record_get_int (printer, WB_PRINTER_ROTATION));
  choose_word (self->sensor, sensors, wb_record_get_text (printer, WB_PRINTER_SENSOR));
  choose_word (self->finish, finishes, wb_record_get_text (printer, WB_PRINTER_FINISH));
  gtk_spin_button_set_value (self->darkness,
                             (double) wb_record_get_int (printer, WB_PRINTER_DARKNESS));
  gtk_spin_button_set_value (self->speed,
                             (double) wb_record_get_int (printer, WB_PRINTER_SPEED_MMS));
  gtk_spin_button_set_value (self->gap,
                             (double) wb_record_get_int (printer, WB_PRINTER_GAP_DMM) / DMM_PER_MM);
  gtk_spin_button_set_value (self->nudge_x,
                             (double) wb_record_get_int (printer, WB_PRINTER_NUDGE_X) / DMM_PER_MM);
  gtk_spin_button_set_value (self->nudge_y,
                             (double) wb_record_get_int (printer, WB_PRINTER_NUDGE_Y) / DMM_PER_MM);
  self->filling = FALSE;
}

static gint64
read_mm (GtkSpinButton *spin)
{
  double dmm = gtk_spin_button_get_value (spin) * DMM_PER_MM;

  return (gint64) (dmm + (dmm < 0 ? -0.5 : 0.5));
}

/** wb_printer_details_take: writes what is shown into @printer. */
void
wb_printer_details_take (WbPrinterDetails *self, WbPrinter *printer)
{
  wb_record_set_int (printer, WB_PRINTER_DPI,
                     dots[MIN (adw_combo_row_get_selected (self->dpi), 3)]);
  wb_record_set_int (printer, WB_PRINTER_ROTATION,
                     turns[MIN (adw_combo_row_get_selected (self->rotation), 3)]);
  wb_record_set_text (printer, WB_PRINTER_SENSOR,
                      sensors[MIN (adw_combo_row_get_selected (self->sensor), 3)]);
  wb_record_set_text (printer, WB_PRINTER_FINISH,
                      finishes[MIN (adw_combo_row_get_selected (self->finish), 3)]);
  wb_record_set_int (printer, WB_PRINTER_DARKNESS,
                     gtk_spin_button_get_value_as_int (self->darkness));
  wb_record_set_int (printer, WB_PRINTER_SPEED_MMS, gtk_spin_button_get_value_as_int (self->speed));
  wb_record_set_int (printer, WB_PRINTER_GAP_DMM, read_mm (self->gap));
  wb_record_set_int (printer, WB_PRINTER_NUDGE_X, read_mm (self->nudge_x));
  wb_record_set_int (printer, WB_PRINTER_NUDGE_Y, read_mm (self->nudge_y));
}

/** wb_printer_details_set_format: shows what @format (WB_PRINT_…) has settings for. */
void
wb_printer_details_set_format (WbPrinterDetails *self, const char *format)
{
  gboolean language = g_strcmp0 (format, WB_PRINT_ZPL) == 0 ||
                      g_strcmp0 (format, WB_PRINT_EPL2) == 0 ||
                      g_strcmp0 (format, WB_PRINT_TSPL) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->sensor), language);
  gtk_widget_set_visible (self->gap_row, language);
  gtk_widget_set_visible (GTK_WIDGET (self->finish), language);
  gtk_widget_set_visible (self->darkness_row, language);
  gtk_widget_set_visible (self->speed_row, language);
}

static void
wb_printer_details_class_init (WbPrinterDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-printer-details.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, dpi);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, sensor);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, gap_row);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, gap);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, finish);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, rotation);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, darkness_row);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, darkness);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, speed_row);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, speed);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, nudge_x);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterDetails, nudge_y);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_cb);
}

static void
wb_printer_details_init (WbPrinterDetails *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

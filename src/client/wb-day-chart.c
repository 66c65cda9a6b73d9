/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders in and parcels out, two bars a day. */
#include "wb-day-chart.h"

#include <glib/gi18n-lib.h>

#define TEXT_ROOM 18 /* below the bars */

struct _WbDayChart
{
  GtkWidget parent_instance;
  gint64    first_day; /* its beginning */
  gint64    in[WB_CHART_DAYS];
  gint64    out[WB_CHART_DAYS];
};

G_DEFINE_FINAL_TYPE (WbDayChart, wb_day_chart, GTK_TYPE_WIDGET)

static gint64
highest (WbDayChart *self)
{
  gint64 most = 1;

  for (guint i = 0; i < WB_CHART_DAYS; i++)
    most = MAX (most, MAX (self->in[i], self->out[i]));
  return most;
}

static void
draw_bar (
    GtkSnapshot *snapshot, const GdkRGBA *color, float x, float base, float width, float height)
{
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (x, base - height, width, height),
                                   MIN (2, height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, color, &bar.bounds);
  gtk_snapshot_pop (snapshot);
}

/* The day of the month below every second day. */
static void
draw_day (WbDayChart    *self,
          GtkSnapshot   *snapshot,
          const GdkRGBA *color,
          guint          day,
          float          x,
          float          width,
          float          y)
{
  g_autoptr (GDateTime) date =
      g_date_time_new_from_unix_local (self->first_day + day * 86400 + 43200);
  g_autofree char        *text = date != NULL ? g_date_time_format (date, "%-d") : NULL;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int                     text_width;

  pango_layout_get_pixel_size (layout, &text_width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + (width - (float) text_width) / 2, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbDayChart *self = WB_DAY_CHART (widget);
  float step = (float) gtk_widget_get_width (widget) / WB_CHART_DAYS, bar = MIN (step * 0.36f, 18);
  float room = (float) gtk_widget_get_height (widget) - TEXT_ROOM - 4;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gint64   most = highest (self);
  GdkRGBA  color, weak, accent = { 0.21f, 0.52f, 0.89f, 1 };

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", &accent);
  weak = color;
  weak.alpha *= 0.28f;
  for (guint i = 0; i < WB_CHART_DAYS; i++)
    {
      float x = step * (float) (rtl ? WB_CHART_DAYS - 1 - i : i), middle = x + step / 2;

      draw_bar (snapshot, &weak, middle - bar - 1, room, bar,
                MAX (1, room * (float) self->in[i] / (float) most));
      draw_bar (snapshot, &accent, middle + 1, room, bar,
                MAX (1, room * (float) self->out[i] / (float) most));
      if (i % 2 == 1)
        draw_day (self, snapshot, &color, i, x, step, room + 4);
    }
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
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 560 : 140;
}

static void
wb_day_chart_class_init (WbDayChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = snapshot;
  widget_class->measure = measure;
  gtk_widget_class_set_css_name (widget_class, "daychart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wb_day_chart_init (WbDayChart *self)
{
}

/* What the bars show, for who does not see them. */
static void
describe (WbDayChart *self)
{
  gint64           in = 0, out = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < WB_CHART_DAYS; i++)
    {
      in += self->in[i];
      out += self->out[i];
    }
  text = g_strdup_printf (_ ("In 14 days %d orders came in and %d parcels left; today %d and %d"),
                          (int) in, (int) out, (int) self->in[WB_CHART_DAYS - 1],
                          (int) self->out[WB_CHART_DAYS - 1]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

/** wb_day_chart_set_days: @first_day: the beginning of the first of 14 days, the last being today.
 */
void
wb_day_chart_set_days (WbDayChart   *self,
                       gint64        first_day,
                       const gint64 *orders_in,
                       const gint64 *parcels_out)
{
  self->first_day = first_day;
  for (guint i = 0; i < WB_CHART_DAYS; i++)
    {
      self->in[i] = orders_in[i];
      self->out[i] = parcels_out[i];
    }
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

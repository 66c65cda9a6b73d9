/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders in and parcels out, two bars a day. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_CHART_DAYS 14

#define WB_TYPE_DAY_CHART (wb_day_chart_get_type ())
G_DECLARE_FINAL_TYPE (WbDayChart, wb_day_chart, WB, DAY_CHART, GtkWidget)

void wb_day_chart_set_days (WbDayChart   *self,
                            gint64        first_day,
                            const gint64 *orders_in,
                            const gint64 *parcels_out);

G_END_DECLS

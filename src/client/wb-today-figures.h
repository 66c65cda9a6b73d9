/* SPDX-License-Identifier: GPL-3.0-or-later
 * The day in figures: what is to ship and to capture, fourteen days, and all that needs a person.
 * Read once for everybody who shows any of it. */
#pragma once

#include "wb-workspace.h"

G_BEGIN_DECLS

#define WB_FIGURES_DAYS 14

#define WB_TYPE_TODAY_FIGURES (wb_today_figures_get_type ())
G_DECLARE_FINAL_TYPE (WbTodayFigures, wb_today_figures, WB, TODAY_FIGURES, GObject)

/* What has been read in one go. */
typedef struct
{
  guint      to_ship;    /* orders */
  GArray    *to_capture; /* of WbMoney, one a currency */
  WbInstant  first_day;  /* the beginning of the local day thirteen days ago */
  gint64     in[WB_FIGURES_DAYS], out[WB_FIGURES_DAYS]; /* orders placed, parcels gone */
  GPtrArray *needing;                                   /* of WbException, worst first */
} WbTodayRead;

WbTodayFigures    *wb_today_figures_get (WbWorkspace *workspace);
void               wb_today_figures_read (WbTodayFigures *self);
const WbTodayRead *wb_today_figures_get_read (WbTodayFigures *self);
const GError      *wb_today_figures_get_error (WbTodayFigures *self);

G_END_DECLS

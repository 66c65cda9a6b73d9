/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of the Today page, for its view and for the steps that its rows take. */
#pragma once

#include "wb-day-chart.h"
#include "wb-today-figures.h"
#include "wb-today-page.h"

G_BEGIN_DECLS

struct _WbTodayPage
{
  AdwBin          parent_instance;
  GtkStack       *stack;
  GtkWidget      *to_ship_button;
  GtkWidget      *needs_you_button;
  GtkWidget      *to_capture_button;
  GtkLabel       *to_ship;
  GtkLabel       *needs_you;
  GtkLabel       *to_capture;
  WbDayChart     *chart;
  GtkStack       *inbox;
  GtkListBox     *rows;
  GtkLabel       *more;
  AdwStatusPage  *error_page;
  WbWorkspace    *workspace;
  WbTodayFigures *figures;
  GPtrArray      *needing; /* of WbException, as last read */
  char           *shown;   /* signature of the rows */
  GHashTable     *busy;    /* keys of exceptions whose step runs */
  GHashTable     *failed;  /* key → why its step did not settle it */
};

void wb_today_page_show_steps (WbTodayPage *self);
void wb_today_steps_install (GtkWidgetClass *widget_class);

G_END_DECLS

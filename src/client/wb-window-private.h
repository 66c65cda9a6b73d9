/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of the window, for its parts: what opens and closes it, its side, its search, its
 * actions. */
#pragma once

#include "wb-notices.h"
#include "wb-orders-page.h"
#include "wb-rounds.h"
#include "wb-sidebar-row.h"
#include "wb-today-figures.h"
#include "wb-window.h"

G_BEGIN_DECLS

struct _WbWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay     *toasts;
  AdwFlap             *flap;
  GtkListBox          *sidebar;
  WbSidebarRow        *orders_row;
  GtkWidget           *channels_title;
  GtkListBox          *channels;
  GtkEditable         *search;
  GtkWidget           *practice_banner;
  GtkWidget           *offline_banner;
  GtkMenuButton       *menu_button;
  GtkStack            *state;
  GtkStack            *pages;
  WbSidebarRow        *today_row;
  WbSidebarRow        *shipments_row;
  AdwBin              *first_run_place;
  GSettings           *settings;
  WbWorkspace         *workspace;
  WbRounds            *rounds;
  WbNotices           *notices;
  GtkWidget           *question; /* (weak): whether to close */
  char                *channels_shown;
  gboolean             opened;  /* the book is, and the first page has been asked for */
  gboolean             closing; /* as soon as nothing is running */
  gboolean             begun;   /* what can wait for the first frame */
  guint                patience_id;
};

/* wb-window-sidebar.c */
void wb_window_show_channels (WbWindow *self);
void wb_window_show_counts (WbWindow *self);
void wb_window_show_figures (WbTodayFigures *figures, WbWindow *self);
void wb_window_show_page (WbWindow *self, const char *page);
void wb_window_bind_sidebar (GtkWidgetClass *widget_class);

/* wb-window-search.c */
void wb_window_install_search (GtkWidgetClass *widget_class);

/* wb-window-actions.c */
WbOrdersPage *wb_window_get_orders (WbWindow *self);
void          wb_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the window of listings share: its list, the chosen one, what is said of it. */
#pragma once

#include "wb-listings-window.h"
#include "wb-listings-works.h"
#include "wb-split.h"

G_BEGIN_DECLS

struct _WbListingsWindow
{
  AdwWindow           parent_instance;
  AdwToastOverlay    *toasts;
  AdwWindowTitle     *window_title;
  GtkWidget          *back;
  GtkSpinner         *spinner;
  GtkToggleButton    *all;
  GtkLabel           *trouble;
  WbSplit            *split;
  GtkStack           *stack;
  GtkListView        *view;
  AdwStatusPage      *error_page;
  GtkStack           *detail;
  GtkLabel           *name;
  GtkLabel           *facts;
  GtkEditable        *search;
  GtkLabel           *rows_title;
  GtkListBox         *rows;
  WbWorkspace        *workspace; /* NULL: gone */
  gint64              channel_id;
  GListStore         *list; /* of WbListing */
  GtkSingleSelection *selection;
  gint64              shown; /* the listing in the detail, 0: none */
  WbListingWord      *undo;  /* what takes the last word back */
  gboolean            looking, again;
  gboolean            finding, find_again;
  gboolean            filling;
  gboolean            to_list; /* the keyboard goes there when the list has been read */
  guint               busy;    /* works that run */
  guint               typing_id;
};

/* wb-listings-window.c */
WbListing *wb_listings_window_get_chosen (WbListingsWindow *self);
void       wb_listings_window_set_busy (WbListingsWindow *self, int more);
void       wb_listings_window_look (WbListingsWindow *self);

/* wb-listings-window-chosen.c */
void wb_listings_window_show_chosen (WbListingsWindow *self);
void wb_listings_window_bind_chosen (GtkWidgetClass *widget_class);

/* wb-listings-window-words.c */
void wb_listings_window_bind_words (GtkWidgetClass *widget_class);

G_END_DECLS

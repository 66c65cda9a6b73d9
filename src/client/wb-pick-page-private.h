/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of the Pick page, for its parts: the page with its works and scans, the waves to
 * choose from, the walk as it stands, and what can be taken back. */
#pragma once

#include "wb-pick-make.h"
#include "wb-pick-orders.h"
#include "wb-pick-page.h"
#include "wb-pick-works.h"
#include "wb-scanner.h"

G_BEGIN_DECLS

typedef struct _WbPickUndo WbPickUndo;

struct _WbPickPage
{
  AdwBin        parent_instance;
  GtkLabel     *message, *title, *progress;
  GtkStack     *stack;
  WbPickMake   *make;
  GtkListBox   *lines, *ready_list;
  GtkWidget    *ready, *cancel_button;
  WbPickOrders *orders;
  WbWorkspace  *workspace;
  WbScanner    *scanner;
  WbPickSheet  *sheet;   /* the wave that is walked, NULL: none is chosen */
  GQueue        waiting; /* of char*: codes scanned while another is looked at */
  gboolean      busy;
  gboolean      stale; /* the book has changed since it was read */
  gboolean      begun; /* it has been seen which waves are open */
  WbPickUndo   *undo;  /* of what is being done */
};

/* The page with its works and scans: wb-pick-page.c */
void wb_pick_page_say (WbPickPage *self, const char *text, const char *style);
void wb_pick_page_run (WbPickPage *self, const WbWorkKind *kind, gpointer data);
void wb_pick_page_work (WbPickPage *self, const WbWorkKind *kind, const char *text, GArray *picks);

/* The waves to choose from: wb-pick-page-waves.c */
void wb_pick_page_ask_waves (WbPickPage *self);
void wb_pick_page_leave_wave (WbPickPage *self);
void wb_pick_page_bind_waves (GtkWidgetClass *widget_class);

/* The walk as it stands: wb-pick-page-walk.c */
gboolean wb_pick_page_is_in (WbPickPage *self, const char *state);
void     wb_pick_page_take_look (WbPickPage *self, WbPickLook *look, const WbWorkKind *kind);
void     wb_pick_page_bind_walk (GtkWidgetClass *widget_class);

/* What can be taken back: wb-pick-page-undo.c */
void wb_pick_page_can_undo (
    WbPickPage *self, const WbWorkKind *kind, gint64 order_id, GArray *picks, char *words);
void wb_pick_page_note_counts (WbPickPage *self);
void wb_pick_page_offer_undo (WbPickPage *self, gboolean done);
void wb_pick_page_forget_undo (WbPickPage *self);

G_END_DECLS

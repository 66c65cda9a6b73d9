/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of the Pack page, for its parts: the table with its scans, what waits for it, what is
 * offered for the parcel, its weight, and what is on its way. */
#pragma once

#include "wb-pack-page.h"
#include "wb-pack-photos.h"
#include "wb-pack-works.h"
#include "wb-scanner.h"
#include "wb-ship-box-row.h"

G_BEGIN_DECLS

#define WB_PACK_SETTLE_MS 400 /* how long what is typed must stay as it is before it counts */

struct _WbPackPage
{
  AdwBin         parent_instance;
  GtkLabel      *message, *title, *note, *no_offers, *capture, *waiting_words;
  GtkStack      *stack, *offers;
  GtkEditable   *code;
  GtkListBox    *lines, *rates, *runs, *next;
  GtkSpinButton *weight;
  WbShipBoxRow  *box;
  GtkWidget     *undo_button, *aside_button, *next_part, *later, *again_button;
  WbPackPhotos  *photos;
  GtkButton     *ship_button;
  WbWorkspace   *workspace;
  WbScanner     *scanner;
  WbPack        *pack; /* the order on the table, NULL: it is empty */
  gint64         asks_line, asks_part;
  GQueue         waiting; /* of char*: codes scanned while another is looked at */
  GCancellable  *asking;
  GCancellable  *weighing;   /* the wait for the scale, while an order is on the table */
  gint64         on_scale;   /* grams that it told last */
  gint64         to_note;    /* grams that are not written down yet, 0: none */
  char          *to_box;     /* a chosen box that is not written down yet, NULL: none */
  char          *trouble;    /* that the scale told last */
  gboolean       busy;       /* a scan or the like is being written down */
  gboolean       filling;    /* rows change because we fill them */
  gboolean       queried;    /* what waits for the table is being read */
  gboolean       next_stale; /* and has changed since */
  guint          settle_id, typed_id;
};

/* The table and its scans: wb-pack-page.c */
void wb_pack_page_say (WbPackPage *self, const char *text, const char *style);
void wb_pack_page_work (
    WbPackPage *self, const WbWorkKind *kind, const char *text, gint64 number, gint64 product_id);
void wb_pack_page_pump (WbPackPage *self);
void wb_pack_page_clear (WbPackPage *self);

/* What waits for the table: wb-pack-page-next.c */
void wb_pack_page_show_next (WbPackPage *self);
void wb_pack_page_bind_next (GtkWidgetClass *widget_class);

/* What is offered for the parcel: wb-pack-page-offers.c */
void wb_pack_page_show_button (WbPackPage *self);
void wb_pack_page_ask_soon (WbPackPage *self);
void wb_pack_page_ask_boxes (WbPackPage *self);
void wb_pack_page_stop_asking (WbPackPage *self);
void wb_pack_page_bind_offers (GtkWidgetClass *widget_class);

/* Its weight: wb-pack-page-weight.c */
void wb_pack_page_weigh (WbPackPage *self);
void wb_pack_page_stop_weighing (WbPackPage *self);
void wb_pack_page_init_weight (WbPackPage *self);
void wb_pack_page_bind_weight (GtkWidgetClass *widget_class);

/* What is on its way: wb-pack-page-runs.c */
gboolean wb_pack_page_is_on_its_way (WbPackPage *self, gint64 order_id);
void     wb_pack_page_send (WbPackPage *self, WbShipAsk *ask, WbRate *rate);
void     wb_pack_page_bind_runs (GtkWidgetClass *widget_class);

G_END_DECLS

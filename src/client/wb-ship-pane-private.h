/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of the ship pane, for its three parts: what goes into the parcel, what is offered for
 * it, and the shipment that is under way. */
#pragma once

#include "wb-customs-hint.h"
#include "wb-ship-box-row.h"
#include "wb-ship-pane.h"
#include "wb-ship-works.h"
#include "wb-step-list.h"

G_BEGIN_DECLS

struct _WbShipPane
{
  AdwBin         parent_instance;
  GtkStack      *stack;
  GtkLabel      *title;
  WbShipBoxRow  *box;
  GtkSpinButton *weight;
  GtkSwitch     *signature;
  AdwActionRow  *insure_row;
  GtkSwitch     *insure;
  GtkListBox    *lines;
  GtkStack      *offers;
  GtkListBox    *rates;
  WbCustomsHint *customs;
  GtkLabel      *offers_error;
  GtkWidget     *again_button;
  GtkLabel      *capture_amount;
  GtkLabel      *capture_reason;
  GtkLabel      *shortfall;
  GtkButton     *ship_button;
  WbStepList    *steps;
  GtkLabel      *outcome;
  GtkButton     *drop_button;
  GtkButton     *retry_button;
  GtkButton     *close_button;
  WbWorkspace   *workspace;
  WbOrder       *order;
  WbOrder       *whole;      /* with the lines of all that go into the same parcel */
  WbShipment    *unfinished; /* to go on with, NULL: a new one */
  GCancellable  *asking;
  gint64         insured; /* when it is: WB_INSURE_GOODS, or the amount that a rule wishes */
  gboolean       busy;    /* a shipment of this order is running */
  gboolean       filling; /* rows change because we fill them */
  guint          settle_id;
};

/* What goes into the parcel: wb-ship-pane.c */
gint64     wb_ship_pane_order_id (WbShipPane *self);
WbShipAsk *wb_ship_pane_make_ask (WbShipPane *self);
void       wb_ship_pane_begin_anew (WbShipPane *self);

/* What is offered for it: wb-ship-pane-offers.c */
WbRate *wb_ship_pane_get_rate (WbShipPane *self);
void    wb_ship_pane_show_button (WbShipPane *self);
void    wb_ship_pane_ask_offers (WbShipPane *self);
void    wb_ship_pane_parcel_changed (WbShipPane *self);
void    wb_ship_pane_stop_asking (WbShipPane *self);
void    wb_ship_pane_begin_offers (WbShipPane *self);
void    wb_ship_pane_bind_offers (GtkWidgetClass *widget_class);

/* The shipment that is under way: wb-ship-pane-run.c */
void     wb_ship_pane_find_unfinished (WbShipPane *self, GPtrArray *shipments);
gboolean wb_ship_pane_read_unfinished (WbShipPane *self, GError **error);
void     wb_ship_pane_go_on (WbShipPane *self);
void     wb_ship_pane_bind_run (GtkWidgetClass *widget_class);

G_END_DECLS

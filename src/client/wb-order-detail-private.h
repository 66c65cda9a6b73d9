/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of an order's detail, for what it shows and for what can be done there. */
#pragma once

#include "wb-order-detail.h"
#include "wb-order-facts.h"
#include "wb-ship-pane.h"

G_BEGIN_DECLS

struct _WbOrderDetail
{
  AdwBin             parent_instance;
  GtkStack          *stack;
  GtkWidget         *back_button;
  GtkScrolledWindow *scrolled;
  GtkLabel          *number;
  GtkLabel          *placed;
  GtkLabel          *stage;
  GtkWidget         *doubt;
  GtkLabel          *doubt_text;
  GtkButton         *ship_button;
  GtkWidget         *hold_button;
  GtkPopover        *hold_popover;
  GtkEditable       *hold_reason;
  GtkWidget         *release_button;
  GtkWidget         *together;
  AdwActionRow      *together_row;
  GtkButton         *together_button;
  GtkLabel          *address;
  GtkLabel          *contact;
  GtkButton         *person;
  GtkWidget         *edits_part;
  GtkLabel          *edits_remedy;
  GtkWidget         *edits_ways;
  GtkListBox        *edits;
  GtkWidget         *pieces_button;
  GtkListBox        *lines;
  GtkWidget         *parcels_part;
  GtkListBox        *parcels;
  GtkWidget         *refund_button;
  GtkWidget         *release_charge_button;
  GtkWidget         *renew_button;
  GtkWidget         *settle_button;
  GtkListBox        *money;
  GtkWidget         *note_part;
  GtkLabel          *note;
  GtkListBox        *timeline;
  AdwStatusPage     *error_page;
  WbShipPane        *ship_pane; /* NULL: nothing has been shipped here yet */
  WbWorkspace       *workspace;
  WbOrderFacts      *facts;
  char              *signature;
  gint64             order_id; /* 0: none */
};

gboolean wb_order_detail_can_ship (WbOrderDetail *self);
void
wb_order_detail_work (WbOrderDetail *self, const WbWorkKind *kind, gint64 id, const char *text);
void wb_order_detail_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS

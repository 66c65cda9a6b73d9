/* SPDX-License-Identifier: GPL-3.0-or-later
 * The insides of the Orders page, for its three parts: the page with its detail, the list that is
 * asked for and found, and what it is narrowed to. */
#pragma once

#include "wb-batch-bar.h"
#include "wb-list-selection.h"
#include "wb-order-detail.h"
#include "wb-order-list.h"
#include "wb-orders-columns.h"
#include "wb-orders-filter.h"
#include "wb-orders-page.h"
#include "wb-split.h"

G_BEGIN_DECLS

struct _WbOrdersPage
{
  AdwBin           parent_instance;
  WbSplit         *split;
  GtkStack        *stack;
  GtkColumnView   *view;
  GtkMenuButton   *columns_button;
  GtkToggleButton *filters[WB_N_FILTERS];
  GtkMenuButton   *filter_button;
  WbOrdersFilter  *filter; /* NULL: nobody has opened it yet */
  GtkBox          *chips;
  GtkBox          *left;
  WbBatchBar      *batch_bar; /* NULL: not several have been chosen yet */
  GtkStack        *detail_place;
  WbOrderDetail   *detail; /* NULL: none has been shown yet */
  WbWorkspace     *workspace;
  WbOrderList     *list;
  WbListSelection *selection;
  WbOrdersColumns *columns;
  WbOrdersWish wish;  /* what it is narrowed to; its stages are the toggle's, its sort the heads' */
  char        *text;  /* typed; searched for instead of the wish's */
  gint64       shown; /* the order in the detail */
  guint        serial;    /* of what is chosen: changes with it */
  guint        asked;     /* the serial when the list was asked for */
  gboolean     restoring; /* what is chosen is put back, not chosen anew */
  gint64       wanted;    /* to be chosen as soon as it is in the list */
  gboolean     running;   /* a query is */
  gboolean     again;     /* another is wanted as soon as it has ended */
  gboolean     from_top;  /* what is asked for is another list, not the same one refreshed */
  gboolean     listed;    /* something has been, once */
  gboolean     partial;   /* only the first orders have been asked for so far */
  gboolean     counted;   /* what the filters let through, since the book last changed */
  guint        all;       /* orders in the book, when last counted */
  gboolean     stale;     /* the book has changed since the rows were read */
  gboolean     focusing;  /* the list that is on its way is to have the keyboard */
  guint        typing_id;
};

/* The page and its detail: wb-orders-page.c */
void wb_orders_page_show_detail (WbOrdersPage *self, gint64 order_id);
void wb_orders_page_show_count (WbOrdersPage *self);

/* The list: wb-orders-page-list.c */
WbOrderFilter wb_orders_page_get_filter (WbOrdersPage *self);
guint         wb_orders_page_count_chosen (WbOrdersPage *self);
GArray       *wb_orders_page_dup_chosen (WbOrdersPage *self);
void          wb_orders_page_choose (WbOrdersPage *self, guint position);
void          wb_orders_page_show_focused (WbOrdersPage *self, guint position, guint n_items);
void          wb_orders_page_focus_now (WbOrdersPage *self);
WbOrdersWish *wb_orders_page_dup_wish (WbOrdersPage *self);
void          wb_orders_page_query (WbOrdersPage *self);
void          wb_orders_page_query_from_top (WbOrdersPage *self);

/* What it is narrowed to: wb-orders-page-narrow.c */
gboolean wb_orders_page_is_narrowed (WbOrdersPage *self);
void     wb_orders_page_narrow (WbOrdersPage *self);
void     wb_orders_page_forget_narrowing (WbOrdersPage *self);
void     wb_orders_page_show_chips (WbOrdersPage *self);
void     wb_orders_page_bind_filters (GtkWidgetClass *widget_class);
void     wb_orders_page_make_filter_later (WbOrdersPage *self);

G_END_DECLS

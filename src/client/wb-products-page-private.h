/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the page of products share: which rows, what stands beside them, what is done.
 */
#pragma once

#include "wb-column-fit.h"
#include "wb-product-detail.h"
#include "wb-product-works.h"
#include "wb-products-columns.h"
#include "wb-products-list.h"
#include "wb-products-page.h"
#include "wb-split.h"

G_BEGIN_DECLS

typedef enum
{
  WB_PRODUCTS_ALL,
  WB_PRODUCTS_LOW,
  WB_PRODUCTS_OUT,
  WB_PRODUCTS_OVERSOLD,
  WB_PRODUCTS_GAPS,
  WB_PRODUCTS_REORDER,
  WB_N_PRODUCTS_FILTERS,
} WbProductsFilter;

/** WbProductsFilterFacts: @name: of its button; @state: the states of a #WbStanding that it lets
 * through; 0: not by one. */
typedef struct
{
  const char *name;
  const char *title;
  guint       state;
} WbProductsFilterFacts;

struct _WbProductsPage
{
  AdwBin              parent_instance;
  WbSplit            *split;
  GtkStack           *stack;
  GtkColumnView      *view;
  GtkEditable        *search;
  GtkToggleButton    *filters[WB_N_PRODUCTS_FILTERS];
  GtkWidget          *hint;
  GtkLabel           *hint_label;
  GtkButton          *hint_button;
  WbProductDetail    *detail;
  WbWorkspace        *workspace;
  WbProductsColumns  *columns;
  WbColumnFit        *fit;
  WbProductsList     *list;
  GtkFilter          *filter;
  GtkSortListModel   *sorted;
  GtkSingleSelection *selection;
  WbProductsFound    *found;   /* (nullable): the latest counts */
  GHashTable         *reorder; /* (nullable): gint64: products to be ordered */
  char              **words;   /* (nullable): what is looked for, as keys */
  GCancellable       *reckoning;
  GError             *error;        /* (nullable): why nothing could be read */
  gint64              shown, coded; /* coded: the product whose code was typed */
  gboolean            running, again, stale, reorder_stale;
};

/* wb-products-page.c */
WbProductsFilter wb_products_page_get_filter (WbProductsPage *self);
void             wb_products_page_query (WbProductsPage *self);

/* wb-products-page-beside.c */
extern const WbProductsFilterFacts wb_products_filters[WB_N_PRODUCTS_FILTERS];

void wb_products_page_show_all (WbProductsPage *self);
void wb_products_page_show_state (WbProductsPage *self);
void wb_products_page_count_filter (WbProductsPage *self, WbProductsFilter filter, guint n);
void wb_products_page_show_counts (WbProductsPage *self);
void wb_products_page_show_hint (WbProductsPage *self);

/* wb-products-page-acts.c */
void wb_products_page_bind_acts (GtkWidgetClass *widget_class);

G_END_DECLS

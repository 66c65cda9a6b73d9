/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one product, read in one go, and its parts as rows. */
#pragma once

#include "wb-reorder.h"
#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WbProductFacts:
 * @levels: of WbStockLevel; @lots: of WbLot; @places: of WbLocation; @codes: of WbBarcode
 * @parts: of WbKitComponent, of a kit; @part_names: of utf8, one of each part
 * @listings: of WbListing; @terms: of WbProductSupplier; @suppliers: of WbSupplier, one of each
 * @movements: of WbStockMovement, newest first; @more: there are older ones
 * @proposal: (nullable): of what is under stock keeping
 */
typedef struct
{
  WbProduct     *product;
  WbStockFigures figures;
  guint          states, gaps;
  GPtrArray     *levels, *lots, *places, *codes, *parts, *part_names, *listings, *terms, *suppliers,
      *movements;
  gboolean    more;
  WbProposal *proposal;
} WbProductFacts;

/* Data: wb_product_ask_new(). Result: a WbProductFacts. */
extern const WbWorkKind wb_product_read_work;

gpointer wb_product_ask_new (gint64 product_id, guint most_movements);
void     wb_product_facts_free (WbProductFacts *facts);

char *wb_level_text (WbProductFacts *facts, WbStockLevel *level);
void  wb_product_facts_fill_levels (WbProductFacts *facts, GtkListBox *box);
void  wb_product_facts_fill_about (WbProductFacts *facts, GtkListBox *box);
void  wb_product_facts_fill_parts (WbProductFacts *facts, GtkListBox *box);
void
wb_product_facts_fill_listings (WbProductFacts *facts, GtkListBox *box, WbWorkspace *workspace);
void wb_product_facts_fill_reorder (WbProductFacts *facts, GtkListBox *box);
void wb_product_facts_fill_movements (WbProductFacts *facts, GtkListBox *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProductFacts, wb_product_facts_free)

G_END_DECLS

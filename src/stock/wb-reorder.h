/* SPDX-License-Identifier: GPL-3.0-or-later
 * What to buy: for each product what is there and coming against what will be wanted until more can
 * come, with every number that led to it. */
#pragma once

#include "wb-forecast.h"
#include "wb-stock.h"

G_BEGIN_DECLS

/**
 * WbReorderRule:
 * @service_permille: of a thousand times between two deliveries, in how many all demand shall be
 * met
 * @review_days: how often somebody orders
 * @lead_days: from order to shelf where no supplier says
 */
typedef struct
{
  guint service_permille;
  guint review_days;
  guint lead_days;
} WbReorderRule;

/** WbReorderLine: one step of the arithmetic: @what, for people, translated; @value as text. */
typedef struct
{
  char *what;
  char *value;
} WbReorderLine;

/**
 * WbProposal:
 * @quantity: pieces to buy now; 0: none
 * @position: on hand − expired − allocated − waited for + on order
 * @point: at or below which it is bought; @up_to: to which
 * @supplier: (nullable): from whom
 * @lines: (element-type WbReorderLine): the arithmetic, step by step
 */
typedef struct
{
  WbProduct         *product;
  WbSupplier        *supplier;
  WbProductSupplier *terms;
  WbStockFigures     figures;
  WbForecast         forecast;
  guint              lead_days;
  double             safety;
  double             point, up_to;
  gint64             position, quantity;
  GPtrArray         *lines;
} WbProposal;

void     wb_reorder_get_rule (WbBook *book, WbReorderRule *rule);
gboolean wb_reorder_set_rule (WbBook *book, const WbReorderRule *rule, GError **error);
WbProposal *
wb_reorder_propose (WbBook *book, gint64 product_id, const WbReorderRule *rule, GError **error);
GPtrArray *wb_reorder_propose_all (WbBook              *book,
                                   const WbReorderRule *rule,
                                   GCancellable        *cancellable,
                                   GError             **error);
void       wb_proposal_free (WbProposal *proposal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProposal, wb_proposal_free)

G_END_DECLS

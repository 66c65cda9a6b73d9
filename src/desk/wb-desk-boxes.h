/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which box: proposed by what the goods need and by what it really costs. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/**
 * WbBoxOffer: one of the house's packages for what goes into a parcel.
 * @package: its name
 * @fits: a way was found to put all in, or sizes are not known and nobody can say
 * @sure: the sizes of all pieces are known
 * @wished: a rule of the merchant's names it for this order
 * @usual: the one that is taken when nothing speaks for another
 * @weight_g: goods and box, 0: a weight is not known
 * @billed_g: the greater of that and the dimensional weight
 * @filled: per cent of the inside that the goods take, 0: not known
 * @box_cost, @rate: what the box costs; the proposed offer of a carrier for it, no currency: not
 * asked or nobody offers
 * @reason: for people: why it is proposed or not
 */
typedef struct
{
  char    *package;
  gboolean fits, sure;
  gboolean wished, usual;
  gint64   weight_g, billed_g;
  gint64   filled;
  WbMoney  box_cost, rate;
  char    *reason;
} WbBoxOffer;

GPtrArray *wb_desk_propose_boxes (
    WbDesk *self, const WbShipAsk *ask, gboolean rated, GCancellable *cancellable, GError **error);
gboolean wb_box_offers_hang_on_price (GPtrArray *offers);
void     wb_box_offer_free (WbBoxOffer *offer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBoxOffer, wb_box_offer_free)

G_END_DECLS

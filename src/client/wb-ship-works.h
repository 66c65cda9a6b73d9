/* SPDX-License-Identifier: GPL-3.0-or-later
 * What those who ship have the engine do: propose a box, ask for offers, and ship. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/* What shipping would cost and what would be captured; either may have failed by itself. */
typedef struct
{
  GPtrArray    *rates; /* of WbRate, the proposed one first; NULL: rates_error */
  GError       *rates_error;
  WbCapturePlan plan;
  GError       *plan_error; /* NULL: plan holds */
  WbMoney       insured;    /* for how much, and what that costs */
  WbMoney       insurance_fee;
  GError       *insurance_error; /* NULL: they can be insured */
} WbOffers;

/* One note on a running shipment. */
typedef struct
{
  gint64      order_id;
  WbStep      step;
  WbStepState state;
  char       *text;
} WbStepNote;

extern const WbWorkKind wb_offers_work; /* data: WbShipAsk, owned; result: WbOffers */

/* Which boxes: told apart by what would be billed, or by what the carrier asks for them. Data:
 * WbShipAsk, owned. Result: array of WbBoxOffer. */
extern const WbWorkKind wb_ship_boxes_work, wb_ship_rated_boxes_work;

gpointer wb_ship_wish_new (WbShipAsk *ask, WbRate *rate, gint64 shipment_id);
gint64   wb_ship_run (WbJob *job, gpointer wish, GCancellable *cancellable, GError **error);
void     wb_ship_wish_free (gpointer wish);
void     wb_ship_ask_free (gpointer ask);
void     wb_step_note_free (gpointer note);
void     wb_offers_free (WbOffers *offers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOffers, wb_offers_free)

G_END_DECLS

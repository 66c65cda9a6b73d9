/* SPDX-License-Identifier: GPL-3.0-or-later
 * What those who ship have the engine do: propose a box, ask for offers, and ship. */
#include "wb-ship-works.h"

#include "wb-desk-boxes.h"

typedef struct
{
  WbShipAsk ask;
  WbRate   *rate;        /* NULL: shipment_id goes on */
  gint64    shipment_id; /* 0: to be planned */
} Wish;

typedef struct
{
  WbJob *job;
  gint64 order_id;
} Teller;

/** wb_ship_ask_free: frees an @ask that was allocated. */
void
wb_ship_ask_free (gpointer ask)
{
  wb_ship_ask_clear (ask);
  g_free (ask);
}

/** wb_offers_free: frees @offers. */
void
wb_offers_free (WbOffers *offers)
{
  g_clear_pointer (&offers->rates, g_ptr_array_unref);
  g_clear_error (&offers->rates_error);
  g_clear_error (&offers->plan_error);
  g_clear_error (&offers->insurance_error);
  wb_capture_plan_clear (&offers->plan);
  g_free (offers);
}

static gpointer
run_offers (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk              *desk = wb_job_get_desk (job, error);
  g_autoptr (WbOffers) offers = g_new0 (WbOffers, 1);

  if (desk == NULL)
    return NULL;
  offers->rates = wb_desk_get_rates (desk, data, cancellable, &offers->rates_error);
  wb_desk_price_insurance (desk, data, offers->rates, &offers->insured, &offers->insurance_fee,
                           cancellable, &offers->insurance_error);
  if (!wb_desk_plan_capture (desk, data, &offers->plan, cancellable, &offers->plan_error) &&
      offers->plan_error == NULL)
    g_set_error (&offers->plan_error, WB_ERROR, WB_ERROR_FAILED,
                 "What would be captured could not be found out");
  return g_steal_pointer (&offers);
}

const WbWorkKind wb_offers_work = {
  .run = run_offers,
  .free_data = wb_ship_ask_free,
  .free_result = (GDestroyNotify) wb_offers_free,
};

static gpointer
run_boxes (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL ? wb_desk_propose_boxes (desk, data, FALSE, cancellable, error) : NULL;
}

static gpointer
run_rated_boxes (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL ? wb_desk_propose_boxes (desk, data, TRUE, cancellable, error) : NULL;
}

static void
free_boxes (gpointer boxes)
{
  g_ptr_array_unref (boxes);
}

const WbWorkKind wb_ship_boxes_work = {
  .run = run_boxes,
  .free_data = wb_ship_ask_free,
  .free_result = free_boxes,
};

const WbWorkKind wb_ship_rated_boxes_work = {
  .run = run_rated_boxes,
  .free_data = wb_ship_ask_free,
  .free_result = free_boxes,
};

/**
 * wb_ship_wish_new:
 * @ask: (transfer full): what goes into the parcel; freed with the wish
 * @rate: (nullable): the offer to buy; %NULL to go on with @shipment_id
 *
 * Returns: (transfer full): data for a work that calls wb_ship_run().
 */
gpointer
wb_ship_wish_new (WbShipAsk *ask, WbRate *rate, gint64 shipment_id)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->ask = *ask;
  g_free (ask);
  g_set_object (&wish->rate, rate);
  wish->shipment_id = shipment_id;
  return wish;
}

/** wb_ship_wish_free: frees a @wish. */
void
wb_ship_wish_free (gpointer wish)
{
  wb_ship_ask_clear (&((Wish *) wish)->ask);
  g_clear_object (&((Wish *) wish)->rate);
  g_free (wish);
}

/** wb_step_note_free: frees a #WbStepNote. */
void
wb_step_note_free (gpointer note)
{
  g_free (((WbStepNote *) note)->text);
  g_free (note);
}

/* The engine's report, in the working thread. */
static void
step_cb (WbStep step, WbStepState state, const char *text, gpointer data)
{
  Teller     *teller = data;
  WbStepNote *note = g_new0 (WbStepNote, 1);

  note->order_id = teller->order_id;
  note->step = step;
  note->state = state;
  note->text = g_strdup (text);
  wb_job_tell (teller->job, note);
}

/** wb_ship_run: plans the shipment when there is none yet, then leads it through; notes are
 * #WbStepNote. Returns: its number, 0 on error. */
gint64
wb_ship_run (WbJob *job, gpointer wish, GCancellable *cancellable, GError **error)
{
  Wish   *self = wish;
  Teller  teller = { job, self->ask.order_id };
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL)
    return 0;
  if (self->shipment_id == 0)
    self->shipment_id = wb_desk_plan_shipment (desk, &self->ask, self->rate, cancellable, error);
  if (self->shipment_id == 0)
    return 0;
  return wb_desk_ship (desk, self->shipment_id, step_cb, &teller, cancellable, error)
             ? self->shipment_id
             : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moving money of an order besides shipping it: each work is one call of the engine. */
#include "wb-charge-works.h"

#include <glib/gi18n-lib.h>

/** wb_refund_wish_new: @id: (nullable): its own name: the same one is done once. Returns: (transfer
 * full): a wish for nothing yet. */
WbRefundWish *
wb_refund_wish_new (gint64 order_id, const char *id)
{
  WbRefundWish *wish = g_new0 (WbRefundWish, 1);

  wish->order_id = order_id;
  wish->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  wish->quantities = g_array_new (FALSE, FALSE, sizeof (gint64));
  wish->id = g_strdup (id);
  return wish;
}

/** wb_refund_wish_free: frees @wish. */
void
wb_refund_wish_free (gpointer wish)
{
  WbRefundWish *self = wish;

  g_array_unref (self->ids);
  g_array_unref (self->quantities);
  g_free (self->reason);
  g_free (self->id);
  g_free (self);
}

/** wb_refund_wish_ask: Returns: the same for the engine; borrows from @wish. */
WbRefundAsk
wb_refund_wish_ask (const WbRefundWish *wish)
{
  return (WbRefundAsk){
    .order_id = wish->order_id,
    .n = wish->ids->len,
    .line_ids = (const gint64 *) (gconstpointer) wish->ids->data,
    .quantities = (const gint64 *) (gconstpointer) wish->quantities->data,
    .shipping = wish->shipping,
    .amount = wish->amount,
    .reason = wish->reason,
    .restock = wish->restock,
    .id = wish->id,
  };
}

/** wb_refund_plan_unref: frees @plan, the result of wb_refund_plan_work. */
void
wb_refund_plan_unref (gpointer plan)
{
  wb_refund_plan_clear (plan);
  g_free (plan);
}

static gpointer
run_plan (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk       *desk = wb_job_get_desk (job, error);
  WbRefundAsk   ask = wb_refund_wish_ask (data);
  WbRefundPlan *plan = g_new0 (WbRefundPlan, 1);

  if (desk != NULL && wb_desk_plan_refund (desk, &ask, plan, cancellable, error))
    return plan;
  wb_refund_plan_unref (plan);
  return NULL;
}

static gpointer
run_refund (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk     *desk = wb_job_get_desk (job, error);
  WbRefundAsk ask = wb_refund_wish_ask (data);
  char       *outcome = NULL;

  return desk != NULL && wb_desk_refund (desk, &ask, &outcome, cancellable, error) ? outcome : NULL;
}

static gpointer
run_release (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk          *desk = wb_job_get_desk (job, error);
  WbMoney          released = { 0 };
  g_autofree char *money = NULL;

  if (desk == NULL || !wb_desk_release_rest (desk, ((WbRefundWish *) data)->order_id, &released,
                                             cancellable, error))
    return NULL;
  money = wb_money_to_text (released);
  /* Translators: an amount of money */
  return released.minor > 0 ? g_strdup_printf (_ ("%s was let go"), money)
                            : g_strdup (_ ("The authorisation was let go"));
}

static gpointer
run_renew (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk          *desk = wb_job_get_desk (job, error);
  WbInstant        until = 0;
  g_autofree char *when = NULL;

  if (desk == NULL ||
      !wb_desk_renew (desk, ((WbRefundWish *) data)->order_id, &until, cancellable, error))
    return NULL;
  when = wb_instant_to_text (until);
  /* Translators: a date and time */
  return g_strdup_printf (_ ("Authorised until %s"), when);
}

/** wb_settle_wish_new: Returns: (transfer full): a wish for no amount yet. */
WbSettleWish *
wb_settle_wish_new (gint64 order_id, WbSettle way, const char *id)
{
  WbSettleWish *wish = g_new0 (WbSettleWish, 1);

  wish->order_id = order_id;
  wish->way = way;
  wish->id = g_strdup (id);
  return wish;
}

/** wb_settle_wish_free: frees @wish. */
void
wb_settle_wish_free (gpointer wish)
{
  WbSettleWish *self = wish;

  g_free (self->text);
  g_free (self->id);
  g_free (self);
}

static char *
settle (WbDesk *desk, const WbSettleWish *wish, GError **error)
{
  char *text = NULL;

  switch (wish->way)
    {
    case WB_SETTLE_RECEIVED:
      return wb_desk_receive (desk, wish->order_id, wish->amount, wish->text, wish->id, error)
                 ? g_strdup (_ ("Written down as received"))
                 : NULL;
    case WB_SETTLE_WRITTEN_OFF:
      return wb_desk_write_off (desk, wish->order_id, wish->amount, wish->text, wish->id, error)
                 ? g_strdup (_ ("Written off"))
                 : NULL;
    case WB_SETTLE_ASKED:
      return wb_desk_request_payment (desk, wish->order_id, wish->amount, wish->text, &text, error)
                 ? text
                 : NULL;
    case WB_N_SETTLES:
    default:
      g_return_val_if_reached (NULL);
    }
}

static gpointer
run_settle (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL ? settle (desk, data, error) : NULL;
}

const WbWorkKind wb_refund_plan_work = { .run = run_plan,
                                         .free_data = wb_refund_wish_free,
                                         .free_result = wb_refund_plan_unref };
const WbWorkKind wb_refund_work = { .run = run_refund,
                                    .free_data = wb_refund_wish_free,
                                    .free_result = g_free,
                                    .effect = TRUE,
                                    .title = N_ ("A refund") };
const WbWorkKind wb_release_charge_work = { .run = run_release,
                                            .free_data = wb_refund_wish_free,
                                            .free_result = g_free,
                                            .effect = TRUE,
                                            .title = N_ ("The release of an authorisation") };
const WbWorkKind wb_renew_charge_work = { .run = run_renew,
                                          .free_data = wb_refund_wish_free,
                                          .free_result = g_free,
                                          .effect = TRUE,
                                          .title = N_ ("The renewal of an authorisation") };
const WbWorkKind wb_settle_work = { .run = run_settle,
                                    .free_data = wb_settle_wish_free,
                                    .free_result = g_free,
                                    .effect = TRUE,
                                    .title = N_ ("What was settled by hand") };

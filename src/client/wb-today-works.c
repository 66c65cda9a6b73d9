/* SPDX-License-Identifier: GPL-3.0-or-later
 * The next steps of the inbox: each is one call of the engine, with an outcome in a sentence. */
#include "wb-today-works.h"

#include "wb-desk-channel.h"
#include "wb-desk-charge.h"

#include <glib/gi18n-lib.h>

/** wb_today_ask_new: @text: (nullable): see WbTodayAsk. Returns: (transfer full): what @exception
 * is about. */
WbTodayAsk *
wb_today_ask_new (const WbException *exception, const char *text)
{
  WbTodayAsk *ask = g_new0 (WbTodayAsk, 1);

  ask->order_id = exception->order_id;
  ask->operation_id = exception->operation_id;
  ask->label_id = exception->label_id;
  ask->connection_id = exception->connection_id;
  ask->text = g_strdup (text);
  return ask;
}

/** wb_today_ask_copy: Returns: (transfer full): another of the same. */
WbTodayAsk *
wb_today_ask_copy (const WbTodayAsk *ask)
{
  WbTodayAsk *copy = g_memdup2 (ask, sizeof *ask);

  copy->text = g_strdup (ask->text);
  return copy;
}

/** wb_today_ask_free: frees @ask, a WbTodayAsk. */
void
wb_today_ask_free (gpointer ask)
{
  g_free (((WbTodayAsk *) ask)->text);
  g_free (ask);
}

static gpointer
run_resolve (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk *ask = data;
  WbDesk     *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_resolve (desk, ask->operation_id, cancellable, error)
             ? g_strdup (_ ("The vendor was asked; it is settled"))
             : NULL;
}

static gpointer
run_retry (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk *ask = data;
  WbDesk     *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_resolve (desk, ask->operation_id, cancellable, error)
             ? g_strdup (_ ("Done at the second try"))
             : NULL;
}

static gpointer
run_decide (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk *ask = data;
  WbDesk     *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_decide_and_go_on (desk, ask->operation_id, ask->happened,
                                                   ask->text, cancellable, error)
             ? g_strdup (_ ("Your decision is in the journal"))
             : NULL;
}

static gpointer
run_release (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk *ask = data;
  WbDesk     *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_release (desk, ask->order_id, error)
             ? g_strdup (_ ("The order is released"))
             : NULL;
}

static gpointer
run_hold (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk *ask = data;
  WbDesk     *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_hold (desk, ask->order_id, ask->text, error)
             ? g_strdup (_ ("The order is held"))
             : NULL;
}

static gpointer
run_payment (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk         *ask = data;
  WbDesk             *desk = wb_job_get_desk (job, error);
  g_autoptr (WbOrder) order = NULL;

  if (desk == NULL || !wb_desk_refresh_payment (desk, ask->order_id, cancellable, error) ||
      (order = wb_book_get_order (wb_desk_get_book (desk), ask->order_id, error)) == NULL)
    return NULL;
  /* Translators: what the gateway says of a payment: authorised, captured, lapsed… */
  return g_strdup_printf (_ ("The gateway says: %s"),
                          wb_charge_title (wb_record_get_text (order, WB_ORDER_CHARGE_STATE)));
}

static gpointer
run_capture (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk *ask = data;
  WbDesk     *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_capture_rest (desk, ask->order_id, cancellable, error)
             ? g_strdup (_ ("The payment is taken"))
             : NULL;
}

static gpointer
run_void (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk      *ask = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;

  if (desk == NULL || !wb_desk_void_label (desk, ask->label_id, &outcome, cancellable, error))
    return NULL;
  return outcome != NULL ? g_steal_pointer (&outcome) : g_strdup (_ ("The label is voided"));
}

static gpointer
run_print (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk      *ask = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;

  if (desk == NULL || !wb_desk_print_again (desk, ask->operation_id, &outcome, cancellable, error))
    return NULL;
  return outcome != NULL ? g_steal_pointer (&outcome) : g_strdup (_ ("Printed again"));
}

static gpointer
run_sync (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk           *ask = data;
  WbDesk               *desk = wb_job_get_desk (job, error);
  g_auto (WbSyncResult) result = { 0 };

  if (desk == NULL ||
      !wb_desk_sync (desk, ask->connection_id, NULL, NULL, &result, cancellable, error))
    return NULL;
  /* Translators: outcome of asking a shop for orders */
  return g_strdup_printf (_ ("%d new orders, %d changed"), (int) result.added,
                          (int) result.changed);
}

static gpointer
run_tell (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk              *ask = data;
  WbDesk                  *desk = wb_job_get_desk (job, error);
  g_auto (WbPublishResult) told = { 0 };

  if (desk == NULL || !wb_desk_publish_stock (desk, ask->connection_id, &told, cancellable, error))
    return NULL;
  if (told.problems->len > 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_REFUSED, told.problems->pdata[0]);
      return NULL;
    }
  return g_strdup_printf (
      ngettext ("%d listing was told", "%d listings were told", (gulong) told.told),
      (int) told.told);
}

static gpointer
run_renew (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbTodayAsk      *ask = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  WbInstant        until = 0;
  g_autofree char *when = NULL;

  if (desk == NULL || !wb_desk_renew (desk, ask->order_id, &until, cancellable, error))
    return NULL;
  when = wb_instant_to_text (until);
  /* Translators: a date and time */
  return g_strdup_printf (_ ("Authorised until %s"), when);
}

#define WORK(name, does)                                                                           \
  const WbWorkKind name = {                                                                        \
    .run = does, .free_data = wb_today_ask_free, .free_result = g_free, .effect = TRUE             \
  }

WORK (wb_today_resolve_work, run_resolve);
WORK (wb_today_retry_work, run_retry);
WORK (wb_today_decide_work, run_decide);
WORK (wb_today_release_work, run_release);
WORK (wb_today_hold_work, run_hold);
WORK (wb_today_payment_work, run_payment);
WORK (wb_today_capture_work, run_capture);
WORK (wb_today_void_work, run_void);
WORK (wb_today_print_work, run_print);
WORK (wb_today_sync_work, run_sync);
WORK (wb_today_tell_work, run_tell);
WORK (wb_today_renew_work, run_renew);

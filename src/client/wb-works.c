/* SPDX-License-Identifier: GPL-3.0-or-later
 * The small works of the client: each is one call of the engine, with an outcome in a sentence. */
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/** wb_wish_new: Returns: (transfer full): data for the works of this file. */
gpointer
wb_wish_new (gint64 id, const char *text)
{
  WbWish *wish = g_new0 (WbWish, 1);

  wish->id = id;
  wish->text = g_strdup (text);
  return wish;
}

/** wb_wish_free: frees @data, a WbWish. */
void
wb_wish_free (gpointer data)
{
  WbWish *wish = data;

  g_free (wish->text);
  g_free (wish);
}

static gpointer
run_hold (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_hold (desk, wish->id, wish->text, error)
             ? g_strdup (_ ("The order is held"))
             : NULL;
}

static gpointer
run_release (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_release (desk, wish->id, error)
             ? g_strdup (_ ("The order is released"))
             : NULL;
}

static gpointer
run_reprint (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish          *wish = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;

  if (desk == NULL || !wb_desk_reprint (desk, wish->id, wish->text, &outcome, cancellable, error))
    return NULL;
  return outcome != NULL ? g_steal_pointer (&outcome) : g_strdup (_ ("Printed again"));
}

static gpointer
run_void (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish          *wish = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;

  if (desk == NULL || !wb_desk_void_label (desk, wish->id, &outcome, cancellable, error))
    return NULL;
  return outcome != NULL ? g_steal_pointer (&outcome) : g_strdup (_ ("The label is voided"));
}

static gpointer
run_refresh_payment (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_desk_refresh_payment (desk, wish->id, cancellable, error))
    return NULL;
  return g_strdup (_ ("The payment was read anew"));
}

static gpointer
run_resolve (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_desk_resolve (desk, wish->id, cancellable, error))
    return NULL;
  return g_strdup (_ ("The vendor was asked; it is settled"));
}

static gpointer
run_decide (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL ||
      !wb_desk_decide (desk, wish->id, g_strcmp0 (wish->text, "yes") == 0, NULL, error))
    return NULL;
  return g_strdup (_ ("Your decision is in the journal"));
}

static gpointer
run_recover (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_recover (desk, NULL, NULL, cancellable, error) ? g_strdup ("")
                                                                                : NULL;
}

static gpointer
run_find (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? wb_book_search (book, wish->text, 2, error) : NULL;
}

#define WORK(name, does, called)                                                                   \
  const WbWorkKind name = {                                                                        \
    .run = does, .free_data = wb_wish_free, .free_result = g_free, .effect = TRUE, .title = called \
  }

WORK (wb_hold_work, run_hold, NULL);
WORK (wb_release_work, run_release, NULL);
WORK (wb_reprint_work, run_reprint, N_ ("Printing"));
WORK (wb_void_work, run_void, N_ ("Giving a label back"));
WORK (wb_refresh_payment_work, run_refresh_payment, N_ ("Reading a payment"));
WORK (wb_resolve_work, run_resolve, N_ ("Asking a vendor what happened"));
WORK (wb_decide_work, run_decide, NULL);
WORK (wb_recover_work, run_recover, N_ ("Settling what was left open"));

const WbWorkKind wb_find_work = {
  .run = run_find,
  .free_data = wb_wish_free,
  .free_result = (GDestroyNotify) g_array_unref,
};

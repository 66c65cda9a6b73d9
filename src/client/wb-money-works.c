/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the Money page: reading a period, gaps, payouts; asking the gateways; files in and
 * out. */
#include "wb-money-works.h"

#include "wb-file.h"
#include "wb-money-sync.h"

#include <glib/gi18n-lib.h>

#define A_SCREEN 24 /* rows: more than a window is high */

/** wb_money_found_free: frees @found. */
void
wb_money_found_free (WbMoneyFound *found)
{
  g_clear_pointer (&found->totals, g_array_unref);
  g_clear_pointer (&found->gaps, g_ptr_array_unref);
  g_clear_pointer (&found->payouts, g_ptr_array_unref);
  g_clear_pointer (&found->sums, g_array_unref);
  g_free (found);
}

static void
free_found (gpointer found)
{
  wb_money_found_free (found);
}

static void
free_orders (gpointer data)
{
  WbMoneyOrders *orders = data;

  g_clear_pointer (&orders->ids, g_array_unref);
  g_clear_pointer (&orders->rows, g_ptr_array_unref);
  g_free (orders);
}

/* ---- reading a period ---- */

static gboolean
read_payouts (WbBook *book, const WbMoneyQuery *query, WbMoneyFound *found, GError **error)
{
  found->payouts = wb_book_list_payouts (book, query->first, query->after, error);
  found->sums = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; found->payouts != NULL && i < found->payouts->len; i++)
    {
      gint64 net = 0;

      if (!wb_book_sum_payout (book, wb_record_get_int (found->payouts->pdata[i], WB_PAYOUT_ID),
                               &net, error))
        return FALSE;
      g_array_append_val (found->sums, net);
    }
  return found->payouts != NULL;
}

static gboolean
tell_orders (WbJob *job, WbBook *book, const WbMoneyQuery *query, GError **error)
{
  WbMoneyOrders *orders = g_new0 (WbMoneyOrders, 1);

  if ((orders->ids = wb_book_list_money_ids (book, query, error)) == NULL ||
      (orders->rows = wb_book_list_money_of (book, (const gint64 *) (gpointer) orders->ids->data,
                                             MIN (orders->ids->len, A_SCREEN), error)) == NULL)
    {
      free_orders (orders);
      return FALSE;
    }
  wb_job_tell (job, orders);
  return TRUE;
}

/* The orders are told as soon as they are known: the list comes before the sums do. */
static gpointer
run_query (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbMoneyQuery      *query = data;
  WbBook                  *book = wb_job_get_book (job, error);
  g_autoptr (WbMoneyFound) found = g_new0 (WbMoneyFound, 1);

  if (book == NULL || !tell_orders (job, book, query, error))
    return NULL;
  if (query->limit > 0)
    return g_steal_pointer (&found);
  if ((found->totals = wb_book_sum_money (book, query, error)) == NULL ||
      (found->gaps = wb_list_money_gaps (book, query->first, query->after, FALSE, error)) == NULL ||
      !read_payouts (book, query, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

/** wb_money_query_kind_init: @note: hears the orders in the main context. */
void
wb_money_query_kind_init (WbWorkKind *kind, void (*note) (gpointer owner, gpointer orders))
{
  *kind = (WbWorkKind){ .run = run_query,
                        .note = note,
                        .free_data = g_free,
                        .free_result = free_found,
                        .free_note = free_orders };
}

/* ---- asking the gateways ---- */

static void
tell_progress (const char *gateway, gint64 done, gpointer job)
{
  /* Translators: the name of a payment service, a number */
  wb_job_tell (job, g_strdup_printf (_ ("%s: %d new movements"), gateway, (int) done));
}

static gpointer
run_sync (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk              *desk = wb_job_get_desk (job, error);
  g_auto (WbMoneySync) done = { 0 };

  if (desk == NULL || !wb_desk_sync_money (desk, 0, tell_progress, job, &done, cancellable, error))
    return NULL;
  if (done.problems->len > 0)
    return g_strdup (done.problems->pdata[0]);
  return g_strdup_printf (_ ("%d new movements, %d payouts read"), (int) done.movements,
                          (int) done.payouts);
}

/** wb_money_sync_kind_init: @note: hears how far it is, in the main context. */
void
wb_money_sync_kind_init (WbWorkKind *kind, void (*note) (gpointer owner, gpointer text))
{
  *kind = (WbWorkKind){ .run = run_sync,
                        .note = note,
                        .free_data = g_free,
                        .free_result = g_free,
                        .free_note = g_free,
                        .effect = TRUE,
                        .title = N_ ("Reading the gateways’ books") };
}

/* ---- what a person decides ---- */

typedef struct
{
  WbMoneyGap gap; /* of it kind, subject, fingerprint and order_id */
  gint64     row_id, id;
  char      *kind, *reason;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->gap.subject);
  g_free (decision->gap.fingerprint);
  g_free (decision->kind);
  g_free (decision->reason);
  g_free (decision);
}

/** wb_money_accept_new: Returns: (transfer full): data for %wb_money_accept_work. */
gpointer
wb_money_accept_new (const WbMoneyGap *gap, const char *reason)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->gap.kind = gap->kind;
  decision->gap.order_id = gap->order_id;
  decision->gap.subject = g_strdup (gap->subject);
  decision->gap.fingerprint = g_strdup (gap->fingerprint);
  decision->reason = g_strdup (reason);
  return decision;
}

static gpointer
run_accept (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Decision *decision = data;
  WbDesk   *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_accept_gap (desk, &decision->gap, decision->reason, error)
             ? g_strdup (_ ("Accepted: it comes back when its amount changes"))
             : NULL;
}

/** wb_money_match_new: Returns: (transfer full): data for %wb_money_match_work. */
gpointer
wb_money_match_new (gint64 row_id, const char *kind, gint64 id, const char *reason)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->row_id = row_id;
  decision->kind = g_strdup (kind);
  decision->id = id;
  decision->reason = g_strdup (reason);
  return decision;
}

static gpointer
run_match (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Decision *decision = data;
  WbDesk   *desk = wb_job_get_desk (job, error);

  if (desk == NULL)
    return NULL;
  if (decision->kind == NULL)
    return wb_desk_ignore_row (desk, decision->row_id, decision->reason, error)
               ? g_strdup (_ ("Passed over"))
               : NULL;
  return wb_desk_match_row (desk, decision->row_id, decision->kind, decision->id, error)
             ? g_strdup (_ ("Matched"))
             : NULL;
}

/* ---- files ---- */

static void
free_wish (gpointer wish)
{
  wb_file_wish_free (wish);
}

static void
free_preview (gpointer preview)
{
  wb_file_preview_free (preview);
}

static void
free_import (gpointer done)
{
  wb_money_import_free (done);
}

/** wb_money_import_free: frees @done. */
void
wb_money_import_free (WbFileImport *done)
{
  wb_file_import_clear (done);
  g_free (done);
}

static gpointer
run_preview (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? wb_preview_file (book, data, cancellable, error) : NULL;
}

static gpointer
run_import (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk       *desk = wb_job_get_desk (job, error);
  WbFileImport *done = g_new0 (WbFileImport, 1);

  if (desk != NULL && wb_desk_import_file (desk, data, NULL, NULL, done, cancellable, error))
    return done;
  g_free (done);
  return NULL;
}

typedef struct
{
  WbMoneyQuery query;
  WbExport     form;
  char        *path;
} Export;

static void
export_free (gpointer data)
{
  g_free (((Export *) data)->path);
  g_free (data);
}

/** wb_money_export_new: Returns: (transfer full): data for %wb_money_export_work. */
gpointer
wb_money_export_new (const WbMoneyQuery *query, WbExport form, const char *path)
{
  Export *wanted = g_new0 (Export, 1);

  wanted->query = *query;
  wanted->form = form;
  wanted->path = g_strdup (path);
  return wanted;
}

static gpointer
run_export (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Export            *wanted = data;
  WbBook            *book = wb_job_get_book (job, error);
  g_autofree char   *name = g_path_get_basename (wanted->path);
  g_autoptr (GBytes) bytes =
      book != NULL ? wb_export_money (book, &wanted->query, wanted->form, cancellable, error)
                   : NULL;

  if (bytes == NULL || !wb_file_write (wanted->path, bytes, 0600, error))
    return NULL;
  /* Translators: %s is the name of a file */
  return g_strdup_printf (_ ("Written to “%s”"), name);
}

const WbWorkKind wb_money_accept_work = {
  .run = run_accept, .free_data = decision_free, .free_result = g_free, .effect = TRUE
};
const WbWorkKind wb_money_match_work = {
  .run = run_match, .free_data = decision_free, .free_result = g_free, .effect = TRUE
};
const WbWorkKind wb_money_preview_work = { .run = run_preview,
                                           .free_data = free_wish,
                                           .free_result = free_preview };
const WbWorkKind wb_money_import_work = { .run = run_import,
                                          .free_data = free_wish,
                                          .free_result = free_import,
                                          .effect = TRUE,
                                          .title = N_ ("Importing a file") };
const WbWorkKind wb_money_export_work = {
  .run = run_export, .free_data = export_free, .free_result = g_free, .effect = TRUE
};

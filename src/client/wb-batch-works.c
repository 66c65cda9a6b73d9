/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a batch has the engine do, in a thread: look at what it would mean, do it, and undo it. */
#include "wb-batch-works.h"

#include <glib/gi18n-lib.h>

#define PAGE    100
#define TELL_US (40 * 1000) /* how long rows are gathered before they are told of */

typedef struct
{
  WbBatch kind;
  GArray *ids;
  char   *argument;
  guint   limit; /* whole units of any currency that labels may cost; 0: none */
} Wish;

/* While a run works: what it has not told yet, and the way back. */
typedef struct
{
  WbJob        *job;
  Wish         *wish;
  GCancellable *cancellable;
  WbBatchNote  *note;
  gint64        told_at;
  GArray       *cost; /* of WbMoney */
  GHashTable   *back; /* gint64 → WbBatchStep without ids, borrowed from steps */
  GPtrArray    *steps;
} Run;

static void
step_free (gpointer data)
{
  WbBatchStep *step = data;

  g_free (step->argument);
  g_array_unref (step->ids);
  g_free (step);
}

/** wb_batch_note_free: frees @note. */
void
wb_batch_note_free (gpointer note)
{
  g_ptr_array_unref (((WbBatchNote *) note)->rows);
  g_free (note);
}

static WbBatchNote *
note_new (void)
{
  WbBatchNote *note = g_new0 (WbBatchNote, 1);

  note->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_batch_row_free);
  return note;
}

/** wb_add_money: adds @money to the sum of its currency in @sums (of #WbMoney). */
void
wb_add_money (GArray *sums, WbMoney money)
{
  if (money.currency[0] == '\0')
    return;
  for (guint i = 0; i < sums->len; i++)
    {
      WbMoney *sum = &g_array_index (sums, WbMoney, i);

      if (g_str_equal (sum->currency, money.currency))
        {
          sum->minor += money.minor;
          return;
        }
    }
  g_array_append_val (sums, money);
}

/** wb_join_money: Returns: (transfer full): @sums (of #WbMoney) in words; “” for none. */
char *
wb_join_money (GArray *sums)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;

  for (guint i = 0; sums != NULL && i < sums->len; i++)
    {
      g_autofree char *text = wb_money_to_text (g_array_index (sums, WbMoney, i));

      g_strv_builder_add (words, text);
    }
  all = g_strv_builder_end (words);
  return g_strjoinv (" + ", all);
}

/** wb_batch_outlook_free: frees @outlook. */
void
wb_batch_outlook_free (WbBatchOutlook *outlook)
{
  g_array_unref (outlook->capture);
  g_free (outlook);
}

typedef void (*HeadFunc) (WbOrder *head, gpointer data);

/* Every order of @ids without its lines, page by page. */
static gboolean
each_head (WbBook *book, GArray *ids, HeadFunc func, gpointer data, GError **error)
{
  for (guint start = 0; start < ids->len; start += PAGE)
    {
      g_autoptr (GPtrArray) heads = wb_book_list_order_heads (
          book, &g_array_index (ids, gint64, start), MIN (PAGE, ids->len - start), error);

      if (heads == NULL)
        return FALSE;
      for (guint i = 0; i < heads->len; i++)
        func (heads->pdata[i], data);
    }
  return TRUE;
}

static void
look_at (WbOrder *head, gpointer data)
{
  WbBatchOutlook *outlook = data;
  const char     *stage = wb_record_get_text (head, WB_ORDER_STAGE);
  const char     *charge = wb_record_get_text (head, WB_ORDER_CHARGE_STATE);
  WbMoney         money = wb_record_get_money (head, WB_ORDER_TOTAL);

  if (g_strcmp0 (stage, WB_STAGE_HOLD) == 0)
    outlook->held++;
  else if (g_strcmp0 (stage, WB_STAGE_READY) != 0 && g_strcmp0 (stage, WB_STAGE_PARTIAL) != 0)
    outlook->other++;
  else
    {
      outlook->ready++;
      money.minor -= wb_record_get_int (head, WB_ORDER_REFUNDED_TOTAL) +
                     wb_record_get_int (head, WB_ORDER_CAPTURED);
      if (money.minor > 0 && (g_strcmp0 (charge, WB_CHARGE_AUTHORISED) == 0 ||
                              g_strcmp0 (charge, WB_CHARGE_PARTIAL) == 0))
        wb_add_money (outlook->capture, money);
    }
}

static gpointer
run_outlook (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray                    *ids = data;
  WbBook                    *book = wb_job_get_book (job, error);
  g_autoptr (WbBatchOutlook) outlook = g_new0 (WbBatchOutlook, 1);

  outlook->n = ids->len;
  outlook->capture = g_array_new (FALSE, FALSE, sizeof (WbMoney));
  return book != NULL && each_head (book, ids, look_at, outlook, error) ? g_steal_pointer (&outlook)
                                                                        : NULL;
}

static gboolean
has_tag (WbOrder *head, const char *tag)
{
  const char    *joined = wb_record_get_text (head, WB_ORDER_TAGS);
  g_auto (GStrv) tags = g_strsplit (joined != NULL ? joined : "", ",", -1);

  return g_strv_contains ((const char *const *) tags, tag);
}

static WbBatchStep *
get_step (GPtrArray *steps, WbBatch kind, const char *argument)
{
  WbBatchStep *step;

  for (guint i = 0; i < steps->len; i++)
    {
      step = steps->pdata[i];
      if (step->kind == kind && g_strcmp0 (step->argument, argument) == 0)
        return step;
    }
  step = g_new0 (WbBatchStep, 1);
  step->kind = kind;
  step->argument = g_strdup (argument);
  step->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (steps, step);
  return step;
}

/* What would bring the order back to what it is now; nothing when the batch changes nothing. */
static void
find_way_back (WbOrder *head, gpointer data)
{
  Run         *run = data;
  const char  *reason = wb_record_get_text (head, WB_ORDER_HOLD_REASON);
  const char  *argument = run->wish->argument;
  gboolean     marked = wb_record_get_bool (head, WB_ORDER_MARKED);
  gint64       id = wb_record_get_int (head, WB_ORDER_ID);
  WbBatchStep *step = NULL;

  if (run->wish->kind == WB_BATCH_HOLD && reason == NULL)
    step = get_step (run->steps, WB_BATCH_RELEASE, NULL);
  else if ((run->wish->kind == WB_BATCH_HOLD || run->wish->kind == WB_BATCH_RELEASE) &&
           reason != NULL)
    step = get_step (run->steps, WB_BATCH_HOLD, reason);
  else if (run->wish->kind == WB_BATCH_TAG && !has_tag (head, argument))
    step = get_step (run->steps, WB_BATCH_UNTAG, argument);
  else if (run->wish->kind == WB_BATCH_UNTAG && has_tag (head, argument))
    step = get_step (run->steps, WB_BATCH_TAG, argument);
  else if (run->wish->kind == WB_BATCH_MARK && marked != (g_strcmp0 (argument, "off") != 0))
    step = get_step (run->steps, WB_BATCH_MARK, marked ? "on" : "off");
  if (step != NULL)
    g_hash_table_insert (run->back, g_memdup2 (&id, sizeof id), step);
}

static void
tell (Run *run, gint64 running)
{
  run->note->running = running;
  run->told_at = g_get_monotonic_time ();
  wb_job_tell (run->job, g_steal_pointer (&run->note));
  run->note = note_new ();
}

static gboolean
is_over_limit (Run *run)
{
  for (guint i = 0; run->wish->limit > 0 && i < run->cost->len; i++)
    {
      WbMoney sum = g_array_index (run->cost, WbMoney, i);
      gint64  unit = 1;

      for (guint k = 0; k < wb_currency_exponent (sum.currency); k++)
        unit *= 10;
      if (sum.minor >= run->wish->limit * unit)
        return TRUE;
    }
  return FALSE;
}

static void
progress_cb (const WbBatchRow *row, guint done, guint total, gpointer data)
{
  Run         *run = data;
  WbBatchRow  *copy = g_memdup2 (row, sizeof *row);
  WbBatchStep *step = g_hash_table_lookup (run->back, &row->order_id);

  copy->text = g_strdup (row->text);
  copy->error = row->error != NULL ? g_error_copy (row->error) : NULL;
  g_ptr_array_add (run->note->rows, copy);
  if (row->error == NULL && step != NULL)
    g_array_append_val (step->ids, row->order_id);
  if (row->error == NULL)
    wb_add_money (run->cost, row->cost);
  if (is_over_limit (run))
    g_cancellable_cancel (run->cancellable);
  if (done == total || g_get_monotonic_time () - run->told_at >= TELL_US)
    tell (run, done < total && !g_cancellable_is_cancelled (run->cancellable)
                   ? g_array_index (run->wish->ids, gint64, done)
                   : 0);
}

/**
 * wb_batch_wish_new:
 * @ids: (element-type gint64): which orders; kept
 * @argument: (nullable): as of wb_desk_run_batch()
 * @limit: whole units of a currency: no further label is bought once they have cost this much; 0:
 * none
 *
 * Returns: (transfer full): data for a work that calls wb_batch_do().
 */
gpointer
wb_batch_wish_new (WbBatch kind, GArray *ids, const char *argument, guint limit)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->kind = kind;
  wish->ids = g_array_ref (ids);
  wish->argument = g_strdup (argument);
  wish->limit = limit;
  return wish;
}

/** wb_batch_wish_free: frees @wish. */
void
wb_batch_wish_free (gpointer data)
{
  Wish *wish = data;

  g_array_unref (wish->ids);
  g_free (wish->argument);
  g_free (wish);
}

/**
 * wb_batch_do: does what @wish says, telling the job's owner of each row by #WbBatchNote.
 *
 * Returns: (transfer full) (element-type WbBatchStep): the way back; its steps without orders are
 * none. %NULL with @error when nothing was begun.
 */
gpointer
wb_batch_do (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish                  *wish = data;
  WbDesk                *desk = wb_job_get_desk (job, error);
  g_autoptr (GPtrArray)  rows = NULL;
  g_autoptr (GHashTable) back = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray)  steps = g_ptr_array_new_with_free_func (step_free);
  g_autoptr (GArray)     cost = g_array_new (FALSE, FALSE, sizeof (WbMoney));
  Run                    run = {
                       .job = job, .wish = wish, .cancellable = cancellable, .cost = cost, .back = back, .steps = steps
  };

  if (desk == NULL || (wish->kind != WB_BATCH_SHIP && wish->kind != WB_BATCH_SLIPS &&
                       !each_head (wb_desk_get_book (desk), wish->ids, find_way_back, &run, error)))
    return NULL;
  run.note = note_new ();
  tell (&run, g_array_index (wish->ids, gint64, 0));
  rows = wb_desk_run_batch (desk, wish->kind, (gint64 *) wish->ids->data, wish->ids->len,
                            wish->argument, progress_cb, &run, cancellable);
  wb_batch_note_free (run.note);
  return g_steal_pointer (&steps);
}

static gpointer
run_undo (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *steps = data;
  WbDesk    *desk = wb_job_get_desk (job, error);
  guint      undone = 0, failed = 0;

  if (desk == NULL)
    return NULL;
  for (guint i = 0; i < steps->len; i++)
    {
      WbBatchStep          *step = steps->pdata[i];
      g_autoptr (GPtrArray) rows =
          wb_desk_run_batch (desk, step->kind, (gint64 *) step->ids->data, step->ids->len,
                             step->argument, NULL, NULL, NULL);

      for (guint k = 0; k < rows->len; k++)
        if (((WbBatchRow *) rows->pdata[k])->error == NULL)
          undone++;
        else
          failed++;
    }
  if (failed > 0)
    /* Translators: of a batch that was undone: how many could not be */
    return g_strdup_printf (ngettext ("Undone, but %u order stays changed",
                                      "Undone, but %u orders stay changed", failed),
                            failed);
  return g_strdup_printf (ngettext ("Undone: %u order", "Undone: %u orders", undone), undone);
}

static void
free_outlook (gpointer outlook)
{
  wb_batch_outlook_free (outlook);
}

const WbWorkKind wb_batch_outlook_work = {
  .run = run_outlook,
  .free_data = (GDestroyNotify) g_array_unref,
  .free_result = free_outlook,
};

const WbWorkKind wb_batch_undo_work = {
  .run = run_undo,
  .free_data = (GDestroyNotify) g_ptr_array_unref,
  .free_result = g_free,
  .effect = TRUE,
};

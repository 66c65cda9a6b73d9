/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing done to many orders: how far it is, what came of each, what failed once more, and the
 * way back where there is one. */
#include "wb-batch-run.h"

#include "wb-batch-list.h"
#include "wb-batch-works.h"
#include "wb-refusals.h"

#include <glib/gi18n-lib.h>

struct _WbBatchRun
{
  GObject       parent_instance;
  WbWorkspace  *workspace;
  WbBatch       kind;
  GArray       *ids; /* all of them, in the order they are done */
  char         *argument;
  guint         limit;
  GCancellable *cancellable;
  GHashTable   *rows; /* gint64 (in the row) → WbBatchRow */
  gint64        at;   /* the order that is worked at, 0 */
  guint         done, failed, stopped;
  GArray       *cost;  /* of WbMoney */
  GPtrArray    *steps; /* of WbBatchStep: the way back */
  gboolean      running;
};

static void run_init (WbRunInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbBatchRun,
                               wb_batch_run,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_RUN, run_init))

typedef struct
{
  const char *title;
  const char *outcome;
} Words;

static const Words words[WB_N_BATCHES] = {
  [WB_BATCH_SHIP] = { N_ ("Buying labels and shipping"), N_ ("Shipped") },
  [WB_BATCH_SLIPS] = { N_ ("Printing slips"), N_ ("Slips printed") },
  [WB_BATCH_HOLD] = { N_ ("Holding orders"), N_ ("Held") },
  [WB_BATCH_RELEASE] = { N_ ("Releasing orders"), N_ ("Released") },
  [WB_BATCH_TAG] = { N_ ("Tagging orders"), N_ ("Tagged") },
  [WB_BATCH_UNTAG] = { N_ ("Removing a tag"), N_ ("Tag removed") },
  [WB_BATCH_MARK] = { N_ ("Marking orders"), N_ ("Marked") },
};

static const Words words_of_unmarking = { N_ ("Taking the mark away"), N_ ("Mark taken away") };

static const Words *
get_words (WbBatchRun *self)
{
  return self->kind == WB_BATCH_MARK && g_strcmp0 (self->argument, "off") == 0 ? &words_of_unmarking
                                                                               : &words[self->kind];
}

static void
take_row (WbBatchRun *self, WbBatchRow *row)
{
  if (row->error == NULL)
    {
      self->done++;
      wb_add_money (self->cost, row->cost);
    }
  else if (g_error_matches (row->error, WB_ERROR, WB_ERROR_CANCELLED))
    self->stopped++;
  else
    self->failed++;
  g_hash_table_replace (self->rows, &row->order_id, row);
}

static void
note_cb (gpointer owner, gpointer data)
{
  WbBatchRun  *self = owner;
  WbBatchNote *note = data;

  for (guint i = 0; i < note->rows->len; i++)
    take_row (self, note->rows->pdata[i]);
  g_ptr_array_set_free_func (note->rows, NULL);
  g_ptr_array_set_size (note->rows, 0);
  self->at = note->running;
  wb_run_tell_progress (WB_RUN (self));
}

static const WbWorkKind batch_work = {
  .run = wb_batch_do,
  .note = note_cb,
  .free_data = wb_batch_wish_free,
  .free_result = (GDestroyNotify) g_ptr_array_unref,
  .free_note = wb_batch_note_free,
  .effect = TRUE,
  .title = N_ ("Going through the chosen orders"),
};

static void
row_free (gpointer row)
{
  wb_batch_row_free (row);
}

static void
keep_steps (WbBatchRun *self, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len;)
    if (((WbBatchStep *) steps->pdata[i])->ids->len == 0)
      g_ptr_array_remove_index (steps, i);
    else
      i++;
  if (self->steps == NULL)
    self->steps = g_ptr_array_ref (steps);
  else
    g_ptr_array_extend_and_steal (self->steps, g_ptr_array_ref (steps));
}

/* Where the work could not even begin, every order has that for its reason. */
static void
refuse_all (WbBatchRun *self, GArray *ids, GError *error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      WbBatchRow *row = g_new0 (WbBatchRow, 1);

      row->order_id = g_array_index (ids, gint64, i);
      row->error = g_error_copy (error);
      take_row (self, row);
    }
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbBatchRun           *self = WB_BATCH_RUN (source);
  g_autoptr (GArray)    ids = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) steps = wb_worker_finish (result, &error);

  if (steps != NULL)
    keep_steps (self, steps);
  else
    refuse_all (self, ids, error);
  self->at = 0;
  self->running = FALSE;
  wb_workspace_look (self->workspace);
  wb_run_tell_ended (WB_RUN (self));
}

static void
run_on (WbBatchRun *self, GArray *ids)
{
  g_return_if_fail (!self->running && ids->len > 0);

  self->running = TRUE;
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &batch_work,
                       wb_batch_wish_new (self->kind, ids, self->argument, self->limit),
                       G_OBJECT (self), self->cancellable, ended_cb, g_array_ref (ids));
  wb_run_tell_progress (WB_RUN (self));
}

static void
wb_batch_run_finalize (GObject *object)
{
  WbBatchRun *self = WB_BATCH_RUN (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->cost, g_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self->argument);
  G_OBJECT_CLASS (wb_batch_run_parent_class)->finalize (object);
}

static void
wb_batch_run_class_init (WbBatchRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_batch_run_finalize;
}

static void
wb_batch_run_init (WbBatchRun *self)
{
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, row_free);
  self->cost = g_array_new (FALSE, FALSE, sizeof (WbMoney));
}

/** wb_batch_run_new: @ids: (element-type gint64): which orders, kept; @argument: (nullable): as of
 * wb_desk_run_batch(). Returns: (transfer full): a run that is not yet started. */
WbBatchRun *
wb_batch_run_new (WbWorkspace *workspace, WbBatch kind, GArray *ids, const char *argument)
{
  WbBatchRun *self = g_object_new (WB_TYPE_BATCH_RUN, NULL);

  self->workspace = g_object_ref (workspace);
  self->kind = kind;
  self->ids = g_array_ref (ids);
  self->argument = g_strdup (argument);
  return self;
}

/** wb_batch_run_set_limit: no further label is bought once they have cost @limit whole units of a
 * currency; 0: no limit. */
void
wb_batch_run_set_limit (WbBatchRun *self, guint limit)
{
  self->limit = limit;
}

/* ---- as a run ---- */

static void
begin (WbRun *run)
{
  run_on (WB_BATCH_RUN (run), WB_BATCH_RUN (run)->ids);
}

static void
stop (WbRun *run)
{
  if (WB_BATCH_RUN (run)->running)
    g_cancellable_cancel (WB_BATCH_RUN (run)->cancellable);
}

static GArray *
dup_failed (WbRun *run)
{
  WbBatchRun *self = WB_BATCH_RUN (run);
  GArray     *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->ids->len; i++)
    {
      WbBatchRow *row = g_hash_table_lookup (self->rows, &g_array_index (self->ids, gint64, i));

      if (row != NULL && row->error != NULL)
        g_array_append_val (ids, row->order_id);
    }
  return ids;
}

/* Once more what was refused or not begun, and nothing else. */
static void
again (WbRun *run, guint from)
{
  WbBatchRun        *self = WB_BATCH_RUN (run);
  g_autoptr (GArray) ids = dup_failed (run);

  if (self->running || ids->len == 0)
    return;
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_remove (self->rows, &g_array_index (ids, gint64, i));
  self->failed = self->stopped = 0;
  run_on (self, ids);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbBatchRun        *self = WB_BATCH_RUN (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);
  g_autofree char   *trouble = outcome == NULL ? wb_error_words (error) : NULL;

  wb_workspace_look (self->workspace);
  wb_run_tell (WB_RUN (self), outcome != NULL ? outcome : trouble);
}

static gboolean
can_undo (WbRun *run)
{
  WbBatchRun *self = WB_BATCH_RUN (run);

  return !self->running && self->steps != NULL && self->steps->len > 0;
}

/* Every order back to what it was before. */
static void
undo (WbRun *run)
{
  WbBatchRun *self = WB_BATCH_RUN (run);

  if (can_undo (run))
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_batch_undo_work,
                         g_steal_pointer (&self->steps), G_OBJECT (self), NULL, undone_cb, NULL);
}

/* How many are done, refused, not begun. */
static char *
dup_outcome (WbBatchRun *self)
{
  GString *text = g_string_new (NULL);

  /* Translators: outcome of a batch: Shipped: 18 of 20 */
  g_string_append_printf (text, _ ("%s: %u of %u"), _ (get_words (self)->outcome), self->done,
                          self->ids->len);
  if (self->failed > 0)
    /* Translators: goes on a batch's outcome: how many were refused */
    g_string_append_printf (text, _ (", refused: %u"), self->failed);
  if (self->stopped > 0)
    /* Translators: goes on a batch's outcome: how many were not begun as it was stopped */
    g_string_append_printf (text, _ (", not begun: %u"), self->stopped);
  return g_string_free (text, FALSE);
}

static void
fill_look (WbRun *run, WbRunLook *look)
{
  WbBatchRun      *self = WB_BATCH_RUN (run);
  g_autofree char *cost = wb_join_money (self->cost);

  look->total = self->ids->len;
  look->done = self->done;
  look->over = self->done + self->failed + self->stopped;
  look->running = self->running;
  look->stopping = self->running && g_cancellable_is_cancelled (self->cancellable);
  look->again = !self->running && self->done < self->ids->len;
  look->title = g_strdup (_ (get_words (self)->title));
  look->outcome = dup_outcome (self);
  if (*cost != '\0')
    /* Translators: what the labels of a batch have cost so far */
    look->detail = g_strdup_printf (_ ("Labels so far: %s"), cost);
}

static GListModel *
make_rows (WbRun *run)
{
  WbBatchRun *self = WB_BATCH_RUN (run);

  return G_LIST_MODEL (wb_batch_list_new (wb_workspace_get_book (self->workspace), self->ids));
}

static WbBatchRowState
state_of (WbBatchRun *self, gint64 id, const WbBatchRow *row)
{
  if (row == NULL)
    return id == self->at ? WB_BATCH_ROW_RUNNING : WB_BATCH_ROW_WAITING;
  if (row->error == NULL)
    return WB_BATCH_ROW_DONE;
  return g_error_matches (row->error, WB_ERROR, WB_ERROR_CANCELLED) ? WB_BATCH_ROW_STOPPED
                                                                    : WB_BATCH_ROW_REFUSED;
}

static void
show_row (WbRun *run, guint position, gpointer head, WbBatchLine *line)
{
  WbBatchRun       *self = WB_BATCH_RUN (run);
  gint64            id = wb_record_get_int (head, WB_ORDER_ID);
  const WbBatchRow *row = g_hash_table_lookup (self->rows, &id);
  WbBatchRowState   state = state_of (self, id, row);
  const char       *number = wb_record_get_text (head, WB_ORDER_NUMBER);
  const char       *name = wb_record_get_text (head, WB_ORDER_CUSTOMER_NAME);
  gboolean          refused = state == WB_BATCH_ROW_REFUSED;
  g_autofree char  *title =
      g_strdup_printf ("#%s · %s", number != NULL ? number : "–", name != NULL ? name : "–");
  g_autofree char *cost = row != NULL && row->error == NULL && row->cost.currency[0] != '\0'
                              ? wb_money_to_text (row->cost)
                              : NULL;
  g_autofree char *text = NULL, *advice = refused ? wb_error_advice (row->error) : NULL;

  if (cost != NULL)
    /* Translators: a label that was bought: its tracking number and its cost */
    text = g_strdup_printf (_ ("%s · label %s"), row->text != NULL ? row->text : "–", cost);
  else if (refused)
    text = wb_error_words (row->error);
  else if (row != NULL && row->error == NULL)
    text = g_strdup (row->text);
  wb_batch_line_show (line, state, NULL, title, text, advice);
}

static const WbRunWords run_words = {
  .title = N_ ("Batch"),
  .stop = N_ ("_Stop after this one"),
  .again = N_ ("_Retry failed only"),
  .rows = N_ ("Results by order"),
};

static void
run_init (WbRunInterface *iface)
{
  iface->words = &run_words;
  iface->look = fill_look;
  iface->begin = begin;
  iface->stop = stop;
  iface->again = again;
  iface->dup_failed = dup_failed;
  iface->make_rows = make_rows;
  iface->show_row = show_row;
  iface->can_undo = can_undo;
  iface->undo = undo;
}

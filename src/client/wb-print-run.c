/* SPDX-License-Identifier: GPL-3.0-or-later
 * One batch of papers of many shipments as it is printed: how each of them stands, and what holds
 * it up. */
#include "wb-print-run.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbPrintRun
{
  GObject       parent_instance;
  WbWorkspace  *workspace;
  GArray       *shipments; /* of gint64; NULL: an earlier run's */
  gboolean      slips;
  gint64        batch_id;
  GPtrArray    *rows; /* of WbPrintsRow, by place */
  GCancellable *cancellable;
  gboolean      running;
  gboolean      over; /* printed, or given up */
  char         *trouble, *advice;
};

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPrintRun, wb_print_run, G_TYPE_OBJECT)

/* @shipments: (nullable): a batch of them is begun; @from: 0: what is missing; @give_up: prints no
 * more; @look: only how it stands. */
typedef struct
{
  GArray  *shipments;
  gboolean slips, give_up, look;
  gint64   batch_id;
  guint    from;
} Wish;

/* The batch with all its rows (first), or one row. */
typedef struct
{
  gint64     batch_id;
  GPtrArray *rows;
} Note;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_clear_pointer (&wish->shipments, g_array_unref);
  g_free (wish);
}

static void
note_free (gpointer data)
{
  Note *note = data;

  g_ptr_array_unref (note->rows);
  g_free (note);
}

static WbPrintsRow *
row_copy (const WbPrintsRow *row)
{
  WbPrintsRow *copy = g_memdup2 (row, sizeof *row);

  copy->document = g_strdup (row->document);
  copy->text = g_strdup (row->text);
  copy->advice = g_strdup (row->advice);
  return copy;
}

static void
tell (WbJob *job, gint64 batch_id, GPtrArray *rows)
{
  Note *note = g_new0 (Note, 1);

  note->batch_id = batch_id;
  note->rows = rows;
  wb_job_tell (job, note);
}

static void
row_cb (const WbPrintsRow *row, guint total, gpointer data)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_prints_row_free);

  g_ptr_array_add (rows, row_copy (row));
  tell (data, 0, rows);
}

static gboolean
tell_all (WbJob *job, WbDesk *desk, gint64 batch_id, GError **error)
{
  GPtrArray *rows = wb_desk_list_prints (desk, batch_id, error);

  if (rows == NULL)
    return FALSE;
  tell (job, batch_id, rows);
  return TRUE;
}

static gpointer
run_prints (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish    *wish = data;
  WbDesk  *desk = wb_job_get_desk (job, error);
  gboolean ok = desk != NULL;

  if (ok && wish->batch_id == 0)
    wish->batch_id =
        wb_desk_begin_prints (desk, (const gint64 *) (gconstpointer) wish->shipments->data,
                              wish->shipments->len, wish->slips, error);
  if (!ok || wish->batch_id == 0 || !tell_all (job, desk, wish->batch_id, error))
    return NULL;
  if (wish->give_up)
    ok = wb_desk_cancel_prints (desk, wish->batch_id, cancellable, error);
  else if (!wish->look)
    ok = wb_desk_run_prints (desk, wish->batch_id, wish->from, row_cb, job, cancellable, error);
  return tell_all (job, desk, wish->batch_id, ok ? error : NULL) && ok ? g_strdup ("") : NULL;
}

static void
noted (gpointer owner, gpointer data)
{
  WbPrintRun *self = owner;
  Note       *note = data;

  if (note->batch_id != 0)
    {
      self->batch_id = note->batch_id;
      g_clear_pointer (&self->rows, g_ptr_array_unref);
      self->rows = g_ptr_array_ref (note->rows);
    }
  else
    for (guint i = 0; self->rows != NULL && i < note->rows->len; i++)
      {
        WbPrintsRow *row = note->rows->pdata[i];

        if (row->place < 1 || row->place > self->rows->len)
          continue;
        wb_prints_row_free (self->rows->pdata[row->place - 1]);
        self->rows->pdata[row->place - 1] = row_copy (row);
      }
  g_signal_emit (self, signals[PROGRESS], 0);
}

static const WbWorkKind print_work = {
  .run = run_prints,
  .note = noted,
  .free_data = wish_free,
  .free_result = g_free,
  .free_note = note_free,
  .effect = TRUE,
  .title = N_ ("Printing papers"),
};

static const WbWorkKind look_work = {
  .run = run_prints,
  .note = noted,
  .free_data = wish_free,
  .free_result = g_free,
  .free_note = note_free,
};

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPrintRun        *self = WB_PRINT_RUN (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *done = wb_worker_finish (result, &error);

  self->running = FALSE;
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->advice, g_free);
  if (done == NULL && !g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    {
      self->trouble = wb_error_words (error);
      self->advice = wb_error_advice (error);
    }
  self->over =
      done != NULL &&
      (user_data != NULL ||
       (self->rows != NULL && wb_print_run_count (self, WB_PRINTS_PRINTED) == self->rows->len));
  g_signal_emit (self, signals[PROGRESS], 0);
  wb_workspace_look (self->workspace);
}

static void
work (WbPrintRun *self, const WbWorkKind *kind, Wish *wish, gboolean ends)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = TRUE;
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->advice, g_free);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind, wish, G_OBJECT (self),
                       self->cancellable, ended_cb, ends ? self : NULL);
  g_signal_emit (self, signals[PROGRESS], 0);
}

static Wish *
make_wish (WbPrintRun *self)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->batch_id = self->batch_id;
  wish->shipments = self->shipments != NULL ? g_array_ref (self->shipments) : NULL;
  wish->slips = self->slips;
  return wish;
}

static void
wb_print_run_finalize (GObject *object)
{
  WbPrintRun *self = WB_PRINT_RUN (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->shipments, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_free (self->trouble);
  g_free (self->advice);
  G_OBJECT_CLASS (wb_print_run_parent_class)->finalize (object);
}

static void
wb_print_run_class_init (WbPrintRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_print_run_finalize;

  /* A paper, or all of it, stands otherwise than before. */
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_print_run_init (WbPrintRun *self)
{
}

/** wb_print_run_new: @shipments: (element-type gint64): in the visible order; kept. Returns:
 * (transfer full): a batch of their labels, each followed by its packing slip when @slips; it is
 * begun by wb_print_run_start(). */
WbPrintRun *
wb_print_run_new (WbWorkspace *workspace, GArray *shipments, gboolean slips)
{
  WbPrintRun *self = g_object_new (WB_TYPE_PRINT_RUN, NULL);

  self->workspace = g_object_ref (workspace);
  self->shipments = g_array_ref (shipments);
  self->slips = slips;
  return self;
}

/** wb_print_run_new_unfinished: Returns: (transfer full): the batch @batch_id as an earlier run
 * left it; its papers are read at once, nothing is printed. */
WbPrintRun *
wb_print_run_new_unfinished (WbWorkspace *workspace, gint64 batch_id)
{
  WbPrintRun *self = g_object_new (WB_TYPE_PRINT_RUN, NULL);
  Wish       *wish;

  self->workspace = g_object_ref (workspace);
  self->batch_id = batch_id;
  wish = make_wish (self);
  wish->look = TRUE;
  work (self, &look_work, wish, FALSE);
  return self;
}

/** wb_print_run_start: prints what is missing; @from: 0, or the paper from which all of it is
 * printed once more. */
void
wb_print_run_start (WbPrintRun *self, guint from)
{
  Wish *wish;

  if (self->running || self->over)
    return;
  wish = make_wish (self);
  wish->from = from;
  work (self, &print_work, wish, FALSE);
}

/** wb_print_run_pause: sends nothing more; what the printer has comes out. */
void
wb_print_run_pause (WbPrintRun *self)
{
  if (!self->running)
    return;
  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[PROGRESS], 0);
}

/** wb_print_run_give_up: prints nothing more of it, ever; what waits at the printer is taken back.
 */
void
wb_print_run_give_up (WbPrintRun *self)
{
  Wish *wish;

  if (self->running || self->over || self->batch_id == 0)
    return;
  wish = make_wish (self);
  wish->give_up = TRUE;
  work (self, &print_work, wish, TRUE);
}

/** wb_print_run_is_running: whether it is at work. */
gboolean
wb_print_run_is_running (WbPrintRun *self)
{
  return self->running;
}

/** wb_print_run_is_over: whether all of it is printed, or it was given up. */
gboolean
wb_print_run_is_over (WbPrintRun *self)
{
  return self->over;
}

/** wb_print_run_is_pausing: whether it was told to pause and has not come to it yet. */
gboolean
wb_print_run_is_pausing (WbPrintRun *self)
{
  return self->running && g_cancellable_is_cancelled (self->cancellable);
}

/** wb_print_run_get_total: Returns: how many papers; 0: not known yet. */
guint
wb_print_run_get_total (WbPrintRun *self)
{
  return self->rows != NULL ? self->rows->len : 0;
}

/** wb_print_run_count: Returns: how many papers are in @state. */
guint
wb_print_run_count (WbPrintRun *self, WbPrintsState state)
{
  guint n = 0;

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    n += ((WbPrintsRow *) self->rows->pdata[i])->state == state;
  return n;
}

/** wb_print_run_find_missing: Returns: the first paper that is not printed; 0: none. */
guint
wb_print_run_find_missing (WbPrintRun *self)
{
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    if (((WbPrintsRow *) self->rows->pdata[i])->state != WB_PRINTS_PRINTED)
      return i + 1;
  return 0;
}

/** wb_print_run_get_row: @place: from 1. Returns: (transfer none) (nullable): how it stands. */
const WbPrintsRow *
wb_print_run_get_row (WbPrintRun *self, guint place)
{
  return self->rows != NULL && place >= 1 && place <= self->rows->len ? self->rows->pdata[place - 1]
                                                                      : NULL;
}

/** wb_print_run_dup_outcome: Returns: (transfer full): how far it is, in a line. */
char *
wb_print_run_dup_outcome (WbPrintRun *self)
{
  guint            printed = wb_print_run_count (self, WB_PRINTS_PRINTED);
  guint            failed = wb_print_run_count (self, WB_PRINTS_FAILED);
  guint            unsure = wb_print_run_count (self, WB_PRINTS_UNSURE);
  g_autofree char *done = NULL;
  GString         *text;

  if (self->rows == NULL)
    return g_strdup (self->trouble != NULL ? self->trouble : _ ("Printing begins…"));
  /* Translators: how many papers of how many have come out */
  done = g_strdup_printf (_ ("%u of %u printed"), printed, self->rows->len);
  text = g_string_new (done);
  if (failed > 0)
    g_string_append_printf (text, _ (" · %u not printed"), failed);
  if (unsure > 0)
    g_string_append_printf (text, _ (" · %u not known"), unsure);
  return g_string_free (text, FALSE);
}

/** wb_print_run_get_trouble: Returns: (nullable): what holds it up. */
const char *
wb_print_run_get_trouble (WbPrintRun *self)
{
  return self->trouble;
}

/** wb_print_run_get_advice: Returns: (nullable): what to do about it. */
const char *
wb_print_run_get_advice (WbPrintRun *self)
{
  return self->advice;
}

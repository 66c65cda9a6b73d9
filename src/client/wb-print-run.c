/* SPDX-License-Identifier: GPL-3.0-or-later
 * One batch of papers of many shipments as it is printed: how each of them stands, and what holds
 * it up. */
#include "wb-print-run.h"

#include "wb-refusals.h"
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

static void run_init (WbRunInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbPrintRun,
                               wb_print_run,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_RUN, run_init))

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
  wb_run_tell_progress (WB_RUN (self));
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

static guint
count (WbPrintRun *self, WbPrintsState state)
{
  guint n = 0;

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    n += ((WbPrintsRow *) self->rows->pdata[i])->state == state;
  return n;
}

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
      done != NULL && (user_data != NULL ||
                       (self->rows != NULL && count (self, WB_PRINTS_PRINTED) == self->rows->len));
  wb_run_tell_progress (WB_RUN (self));
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
  wb_run_tell_progress (WB_RUN (self));
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
}

static void
wb_print_run_init (WbPrintRun *self)
{
}

/** wb_print_run_new: @shipments: (element-type gint64): in the visible order; kept. Returns:
 * (transfer full): a batch of their labels, each followed by its packing slip when @slips; it is
 * begun by wb_run_begin(). */
WbPrintRun *
wb_print_run_new (WbWorkspace *workspace, GArray *shipments, gboolean slips)
{
  WbPrintRun *self = g_object_new (WB_TYPE_PRINT_RUN, NULL);

  self->workspace = g_object_ref (workspace);
  self->shipments = g_array_ref (shipments);
  self->slips = slips;
  return self;
}

/** wb_print_run_find_unfinished: Returns: (transfer full) (nullable): the newest batch that this
 * station did not finish when it last ran; its papers are read at once, nothing is printed. */
WbPrintRun *
wb_print_run_find_unfinished (WbWorkspace *workspace)
{
  g_autoptr (GPtrArray) batches =
      wb_book_list_print_batches (wb_workspace_get_book (workspace), TRUE, NULL);

  for (guint i = 0; batches != NULL && i < batches->len; i++)
    {
      gpointer    batch = batches->pdata[i];
      WbPrintRun *self;
      Wish       *wish;

      if (g_strcmp0 (wb_record_get_text (batch, WB_PRINT_BATCH_STATION), wb_station ()) != 0)
        continue;
      self = g_object_new (WB_TYPE_PRINT_RUN, NULL);
      self->workspace = g_object_ref (workspace);
      self->batch_id = wb_record_get_int (batch, WB_PRINT_BATCH_ID);
      wish = make_wish (self);
      wish->look = TRUE;
      work (self, &look_work, wish, FALSE);
      return self;
    }
  return NULL;
}

/* ---- as a run ---- */

/* The first paper that is not printed; 0: none. */
static guint
find_missing (WbPrintRun *self)
{
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    if (((WbPrintsRow *) self->rows->pdata[i])->state != WB_PRINTS_PRINTED)
      return i + 1;
  return 0;
}

/* From the first one that is missing, only what is missing is printed; from another one, all from
 * there, for a jam takes more with it than the printer knows. */
static void
again (WbRun *run, guint from)
{
  WbPrintRun *self = WB_PRINT_RUN (run);
  Wish       *wish;

  if (self->running || self->over)
    return;
  wish = make_wish (self);
  wish->from = from == find_missing (self) && count (self, WB_PRINTS_UNSURE) == 0 ? 0 : from;
  work (self, &print_work, wish, FALSE);
}

static void
begin (WbRun *run)
{
  again (run, 0);
}

/* Sends nothing more; what the printer has comes out. */
static void
stop (WbRun *run)
{
  WbPrintRun *self = WB_PRINT_RUN (run);

  if (!self->running)
    return;
  g_cancellable_cancel (self->cancellable);
  wb_run_tell_progress (run);
}

/* What waits at the printer is taken back. */
static void
give_up (WbRun *run)
{
  WbPrintRun *self = WB_PRINT_RUN (run);
  Wish       *wish;

  if (self->running || self->over || self->batch_id == 0)
    return;
  wish = make_wish (self);
  wish->give_up = TRUE;
  work (self, &print_work, wish, TRUE);
}

/* How far it is, in a line. */
static char *
dup_outcome (WbPrintRun *self)
{
  guint            failed = count (self, WB_PRINTS_FAILED);
  guint            unsure = count (self, WB_PRINTS_UNSURE);
  g_autofree char *done = NULL;
  GString         *text;

  if (self->rows == NULL)
    return g_strdup (self->trouble != NULL ? self->trouble : _ ("Printing begins…"));
  /* Translators: how many papers of how many have come out */
  done = g_strdup_printf (_ ("%u of %u printed"), count (self, WB_PRINTS_PRINTED), self->rows->len);
  text = g_string_new (done);
  if (failed > 0)
    g_string_append_printf (text, _ (" · %u not printed"), failed);
  if (unsure > 0)
    g_string_append_printf (text, _ (" · %u not known"), unsure);
  return g_string_free (text, FALSE);
}

static void
fill_look (WbRun *run, WbRunLook *look)
{
  WbPrintRun *self = WB_PRINT_RUN (run);

  look->total = self->rows != NULL ? self->rows->len : 0;
  look->done = look->over = count (self, WB_PRINTS_PRINTED);
  look->missing = find_missing (self);
  look->running = self->running;
  look->stopping = self->running && g_cancellable_is_cancelled (self->cancellable);
  look->again = look->left = !self->running && !self->over && look->total > 0;
  look->outcome = dup_outcome (self);
  look->trouble = g_strdup (self->trouble);
  look->advice = g_strdup (self->advice);
}

/* Places only: what stands on them is asked of the run. */
static GListModel *
make_rows (WbRun *run)
{
  WbPrintRun    *self = WB_PRINT_RUN (run);
  GtkStringList *places = gtk_string_list_new (NULL);

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    gtk_string_list_append (places, "");
  return G_LIST_MODEL (places);
}

/* How a paper's state looks among the rows of a run, and what is said of it. */
static const struct
{
  WbBatchRowState look;
  const char     *spoken;
} looks[] = {
  [WB_PRINTS_WAITING] = { WB_BATCH_ROW_WAITING, N_ ("waiting") },
  [WB_PRINTS_SENT] = { WB_BATCH_ROW_RUNNING, N_ ("at the printer") },
  [WB_PRINTS_PRINTED] = { WB_BATCH_ROW_DONE, N_ ("printed") },
  [WB_PRINTS_FAILED] = { WB_BATCH_ROW_REFUSED, N_ ("not printed") },
  [WB_PRINTS_UNSURE] = { WB_BATCH_ROW_REFUSED, N_ ("look whether it came out") },
};

/* “3. #1007 · Label” */
static char *
title_of (WbPrintRun *self, const WbPrintsRow *row)
{
  WbBook                *book = wb_workspace_get_book (self->workspace);
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (book, row->shipment_id, NULL);
  gint64 order = shipment != NULL ? wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID) : 0;
  g_autoptr (GPtrArray) heads =
      order != 0 ? wb_book_list_order_heads (book, &order, 1, NULL) : NULL;
  const WbDocumentKind *kind = wb_document_kind (row->document);
  const char           *number = heads != NULL && heads->len == 1
                                     ? wb_record_get_text (heads->pdata[0], WB_ORDER_NUMBER)
                                     : NULL;

  /* Translators: a paper of a batch: its place, the order’s number, what kind of paper */
  return g_strdup_printf (_ ("%u. #%s · %s"), row->place, number != NULL ? number : "–",
                          kind != NULL ? _ (kind->title) : row->document);
}

static void
show_row (WbRun *run, guint position, gpointer item, WbBatchLine *line)
{
  WbPrintRun        *self = WB_PRINT_RUN (run);
  const WbPrintsRow *row =
      self->rows != NULL && position < self->rows->len ? self->rows->pdata[position] : NULL;
  g_autofree char *title = row != NULL ? title_of (self, row) : NULL;

  if (row != NULL)
    wb_batch_line_show (line, looks[row->state].look, _ (looks[row->state].spoken), title,
                        row->text, row->advice);
}

static const WbRunWords run_words = {
  .title = N_ ("Print labels"),
  .stop = N_ ("_Pause"),
  .stop_tip = N_ ("What the printer has comes out"),
  .again = N_ ("_Go on"),
  .rows = N_ ("Papers of this batch"),
};

static void
run_init (WbRunInterface *iface)
{
  iface->words = &run_words;
  iface->look = fill_look;
  iface->begin = begin;
  iface->stop = stop;
  iface->again = again;
  iface->give_up = give_up;
  iface->make_rows = make_rows;
  iface->show_row = show_row;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Papers of many shipments in one go: one job a paper, in the visible order, never many ahead of
 * the printer, so that a jam leaves nothing twice and nothing missing; and all papers of one. */
#include "wb-desk-private.h"

#include "wb-printing.h"

#include <glib/gi18n-lib.h>

#define AHEAD     3 /* jobs that may wait at the printer */
#define LOOK_S    1
#define FAREST_S  20 /* for a job that was taken back to end */
#define SILENCE_S 8  /* of a printer that is gone */

typedef struct
{
  WbDesk       *desk;
  WbPrintBatch *batch;
  GPtrArray    *rows;       /* of WbPrintRow */
  GPtrArray    *operations; /* of WbOperation; NULL: none yet */
  WbPrintsFunc  progress;
  gpointer      data;
  GCancellable *cancellable;
} Run;

/** wb_prints_row_free: frees @row. */
void
wb_prints_row_free (WbPrintsRow *row)
{
  g_free (row->document);
  g_free (row->text);
  g_free (row->advice);
  g_free (row);
}

static void
read_done (WbOperation *operation, WbPrintsRow *row)
{
  g_autoptr (JsonNode) reply = wb_operation_reply (operation);
  WbJson               at = wb_json_root (reply, "reply");
  const char          *end = reply != NULL ? wb_json_opt_string (&at, "end") : NULL;

  row->text = reply != NULL ? g_strdup (wb_json_opt_string (&at, "now")) : NULL;
  row->advice = reply != NULL ? g_strdup (wb_json_opt_string (&at, "advice")) : NULL;
  if (end == NULL)
    row->state = WB_PRINTS_SENT;
  else if (g_str_equal (end, "completed"))
    row->state = WB_PRINTS_PRINTED;
  else
    row->state = g_str_equal (end, "gone") ? WB_PRINTS_UNSURE : WB_PRINTS_FAILED;
}

/* How a paper stands by its latest request. */
static WbPrintsRow *
make_row (WbPrintRow *of, WbOperation *operation)
{
  WbPrintsRow *row = g_new0 (WbPrintsRow, 1);

  row->place = (guint) wb_record_get_int (of, WB_PRINT_ROW_PLACE);
  row->shipment_id = wb_record_get_int (of, WB_PRINT_ROW_SHIPMENT_ID);
  row->document = g_strdup (wb_record_get_text (of, WB_PRINT_ROW_DOCUMENT));
  row->operation_id = wb_record_get_int (of, WB_PRINT_ROW_OPERATION_ID);
  if (operation == NULL)
    return row;
  if (wb_operation_is (operation, WB_OPERATION_DONE))
    read_done (operation, row);
  else
    {
      row->text = g_strdup (wb_record_get_text (operation, WB_OPERATION_ERROR));
      if (wb_operation_is (operation, WB_OPERATION_UNSURE))
        row->state = WB_PRINTS_UNSURE;
      else if (!wb_operation_is (operation, WB_OPERATION_PLANNED))
        row->state = WB_PRINTS_FAILED;
    }
  return row;
}

static WbPrintsState
state_at (Run *run, guint i)
{
  WbPrintsRow  *row = make_row (run->rows->pdata[i], run->operations->pdata[i]);
  WbPrintsState state = row->state;

  wb_prints_row_free (row);
  return state;
}

static void
tell (Run *run, guint i, const char *text)
{
  WbPrintsRow *row = make_row (run->rows->pdata[i], run->operations->pdata[i]);

  if (text != NULL)
    {
      g_free (row->text);
      row->text = g_strdup (text);
      row->state = WB_PRINTS_FAILED;
    }
  if (run->progress != NULL)
    run->progress (row, run->rows->len, run->data);
  wb_prints_row_free (row);
}

static void
run_clear (Run *run)
{
  g_clear_object (&run->batch);
  g_clear_pointer (&run->rows, g_ptr_array_unref);
  g_clear_pointer (&run->operations, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
drop (gpointer operation)
{
  if (operation != NULL)
    g_object_unref (operation);
}

static gboolean
load (Run *run, WbDesk *desk, gint64 batch_id, GError **error)
{
  run->desk = desk;
  run->batch = wb_book_get_print_batch (desk->book, batch_id, error);
  run->rows = run->batch != NULL ? wb_book_list_print_rows (desk->book, batch_id, error) : NULL;
  run->operations = g_ptr_array_new_with_free_func (drop);
  for (guint i = 0; run->rows != NULL && i < run->rows->len; i++)
    {
      gint64 id = wb_record_get_int (run->rows->pdata[i], WB_PRINT_ROW_OPERATION_ID);

      g_ptr_array_add (run->operations,
                       id != 0 ? wb_book_get_operation (desk->book, id, NULL) : NULL);
    }
  return run->rows != NULL;
}

static gboolean
set_batch (Run *run, const char *state, const char *trouble, GError **error)
{
  wb_record_set_text (run->batch, WB_PRINT_BATCH_STATE, state);
  wb_record_set_text (run->batch, WB_PRINT_BATCH_TROUBLE, trouble);
  return wb_book_save (run->desk->book, run->batch, error);
}

static gboolean
take_operation (Run *run, guint i, WbOperation *operation, GError **error)
{
  drop (run->operations->pdata[i]);
  run->operations->pdata[i] = operation;
  wb_record_set_int (run->rows->pdata[i], WB_PRINT_ROW_OPERATION_ID,
                     wb_record_get_int (operation, WB_OPERATION_ID));
  return wb_book_save (run->desk->book, run->rows->pdata[i], error);
}

/* The request for row @i: a new one when the last one was printed or surely failed. A crash after
 * it was planned finds it again by its shipment. */
static gboolean
plan_row (Run *run, guint i, GError **error)
{
  WbPrintRow            *row = run->rows->pdata[i];
  g_autofree char       *sequence = g_strdup_printf ("%03u-of-%03u", i + 1, run->rows->len);
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (
      run->desk->book, wb_record_get_int (row, WB_PRINT_ROW_SHIPMENT_ID), error);
  const char  *document = wb_record_get_text (row, WB_PRINT_ROW_DOCUMENT);
  WbOperation *operation;

  if (shipment == NULL)
    return FALSE;
  operation = wb_desk_plan_print (run->desk, shipment, document, FALSE, sequence, error);
  if (operation != NULL && wb_operation_is (operation, WB_OPERATION_DONE))
    {
      g_object_unref (operation);
      operation = wb_desk_plan_print (run->desk, shipment, document, TRUE, sequence, error);
    }
  return operation != NULL && take_operation (run, i, operation, error);
}

/* Looks at the job of row @i. */
static gboolean
look_at (Run *run, guint i, guint patience_s, GError **error)
{
  WbOperation     *operation = run->operations->pdata[i];
  const char      *before = wb_record_get_text (operation, WB_OPERATION_REPLY);
  g_autofree char *kept = g_strdup (before);

  if (!wb_desk_follow_print (run->desk, operation, patience_s, run->cancellable, error))
    return FALSE;
  if (g_strcmp0 (kept, wb_record_get_text (operation, WB_OPERATION_REPLY)) != 0)
    tell (run, i, NULL);
  return TRUE;
}

/* Takes back what waits at the printer from row @from on: it is to come after what is missing. What
 * came out meanwhile stays printed. */
static gboolean
take_back (Run *run, guint from, GError **error)
{
  for (guint i = from; i < run->rows->len; i++)
    {
      WbOperation          *operation = run->operations->pdata[i];
      g_autoptr (JsonNode)  reply = NULL;
      g_autoptr (WbPrinter) printer = NULL;
      WbJson                at;

      if (operation == NULL || !look_at (run, i, 0, error))
        {
          if (operation == NULL)
            continue;
          return FALSE;
        }
      if (state_at (run, i) != WB_PRINTS_SENT)
        continue;
      reply = wb_operation_reply (operation);
      at = wb_json_root (reply, "reply");
      printer = wb_desk_printer_of (run->desk, operation, error);
      if (printer == NULL)
        return FALSE;
      wb_print_cancel (printer, wb_json_opt_string (&at, "job"), run->cancellable, NULL);
      if (!look_at (run, i, FAREST_S, error))
        return FALSE;
    }
  return TRUE;
}

/* Stops with @why, which the batch keeps, so that it can be gone on with. */
static gboolean
stop (Run *run, GError *why, GError **error)
{
  set_batch (run, WB_PRINT_BATCH_OPEN, why->message, NULL);
  g_propagate_error (error, why);
  return FALSE;
}

static gboolean
stop_at (Run *run, guint i, GError **error)
{
  WbPrintsRow *row = make_row (run->rows->pdata[i], run->operations->pdata[i]);
  gboolean     gone = row->state == WB_PRINTS_UNSURE;
  GError      *why;

  why = g_error_new (
      WB_ERROR, gone ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE,
      gone ? "Paper %u of %u: %s. Look whether it came out, and go on from it or the next one"
           : "Paper %u of %u did not come out: %s. Go on when the printer is in order",
      i + 1, run->rows->len, row->text != NULL ? row->text : "no answer");
  wb_prints_row_free (row);
  if (!gone)
    take_back (run, i + 1, NULL);
  return stop (run, why, error);
}

/* Whether nobody answered when the job of row @i was last asked after. */
static gboolean
is_silent (Run *run, guint i)
{
  g_autoptr (JsonNode) reply = wb_operation_reply (run->operations->pdata[i]);
  WbJson               at = wb_json_root (reply, "reply");

  return g_strcmp0 (wb_json_opt_string (&at, "state"), "silent") == 0;
}

/* Waits until the job of row @i has ended: as long as it takes when labels or paper are to be put
 * in, not for a printer that is gone. */
static gboolean
await (Run *run, guint i, GError **error)
{
  gint64 heard = g_get_monotonic_time ();

  while (state_at (run, i) == WB_PRINTS_SENT)
    {
      GError *local = NULL;

      if (!look_at (run, i, LOOK_S, &local))
        return stop (run, local, error);
      if (!is_silent (run, i))
        heard = g_get_monotonic_time ();
      else if (g_get_monotonic_time () - heard > SILENCE_S * G_USEC_PER_SEC)
        return stop (run,
                     g_error_new (WB_ERROR, WB_ERROR_UNAVAILABLE,
                                  "The printer does not answer any more, at paper %u of %u. Go on "
                                  "when it does",
                                  i + 1, run->rows->len),
                     error);
    }
  if (state_at (run, i) == WB_PRINTS_PRINTED)
    return TRUE;
  return stop_at (run, i, error);
}

static gboolean
await_those_before (Run *run, guint i, GError **error)
{
  for (guint k = 0; k < i; k++)
    if (state_at (run, k) == WB_PRINTS_SENT && !await (run, k, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_any_on_its_way (Run *run, guint before)
{
  for (guint k = 0; k < before; k++)
    if (state_at (run, k) == WB_PRINTS_SENT)
      return TRUE;
  return FALSE;
}

/* Gives row @i to the printer. What is refused fails by itself; where nobody answers, or nobody
 * knows, the rest waits. A printer that is busy with the papers before takes it after them. */
static gboolean
send_row (Run *run, guint i, GError **error)
{
  GError      *local = NULL;
  WbOperation *operation;

  if (plan_row (run, i, &local) &&
      wb_journal_settle (run->desk->journal, run->operations->pdata[i], run->cancellable, &local))
    {
      tell (run, i, NULL);
      return TRUE;
    }
  operation = run->operations->pdata[i];
  if (operation == NULL || wb_operation_is (operation, WB_OPERATION_REFUSED))
    {
      tell (run, i, local->message);
      g_error_free (local);
      return TRUE;
    }
  if (wb_operation_is (operation, WB_OPERATION_PLANNED) &&
      !g_cancellable_is_cancelled (run->cancellable) && is_any_on_its_way (run, i))
    {
      g_error_free (local);
      return await_those_before (run, i, error) && send_row (run, i, error);
    }
  tell (run, i, NULL);
  return stop (run, local, error);
}

static gboolean
is_to_be_sent (Run *run, guint i)
{
  WbPrintsState state = state_at (run, i);

  return state == WB_PRINTS_WAITING || state == WB_PRINTS_FAILED ||
         (state == WB_PRINTS_UNSURE &&
          !wb_operation_is (run->operations->pdata[i], WB_OPERATION_DONE));
}

/* At most AHEAD of the papers before row @i may wait at the printer. */
static gboolean
keep_pace (Run *run, guint i, GError **error)
{
  return i < AHEAD || await_those_before (run, i + 1 - AHEAD, error);
}

static gboolean
is_stopped (Run *run, GError **error)
{
  if (!g_cancellable_is_cancelled (run->cancellable))
    return FALSE;
  return !stop (run, g_error_new (WB_ERROR, WB_ERROR_CANCELLED, "Stopped; it can be gone on with"),
                error);
}

static gboolean
send_all (Run *run, GError **error)
{
  for (guint i = 0; i < run->rows->len; i++)
    if (is_to_be_sent (run, i) &&
        (is_stopped (run, error) || !keep_pace (run, i, error) || !send_row (run, i, error)))
      return FALSE;
  return await_those_before (run, run->rows->len, error);
}

/* A person says that the papers from @from on are missing: they are printed again, in their order;
 * what still waits at the printer is taken back first. */
static gboolean
begin_again (Run *run, guint from, GError **error)
{
  g_autofree gboolean *waited = g_new0 (gboolean, run->rows->len);

  for (guint i = from - 1; i < run->rows->len; i++)
    {
      if (run->operations->pdata[i] != NULL && !look_at (run, i, 0, error))
        return FALSE;
      waited[i] = state_at (run, i) == WB_PRINTS_SENT;
    }
  if (!take_back (run, from - 1, error))
    return FALSE;
  for (guint i = from - 1; i < run->rows->len; i++)
    {
      WbPrintsState state = state_at (run, i);
      gboolean      undecided = state == WB_PRINTS_UNSURE &&
                           !wb_operation_is (run->operations->pdata[i], WB_OPERATION_DONE);

      /* Came out while it was taken back, or nobody knows yet: not again. */
      if (undecided || state == WB_PRINTS_SENT || (state == WB_PRINTS_PRINTED && waited[i]))
        continue;
      drop (run->operations->pdata[i]);
      run->operations->pdata[i] = NULL;
      wb_record_set_int (run->rows->pdata[i], WB_PRINT_ROW_OPERATION_ID, 0);
      if (!wb_book_save (run->desk->book, run->rows->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/* How the jobs of an earlier run stand now, before more is sent behind them. */
static gboolean
look_at_all (Run *run, GError **error)
{
  for (guint i = 0; i < run->rows->len; i++)
    if (state_at (run, i) == WB_PRINTS_SENT && !look_at (run, i, 0, error))
      return FALSE;
  return TRUE;
}

/* Whose word is needed before it can go on. */
static gboolean
check_known (Run *run, guint from, GError **error)
{
  if (g_strcmp0 (wb_record_get_text (run->batch, WB_PRINT_BATCH_STATE), WB_PRINT_BATCH_CANCELLED) ==
      0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "This batch was cancelled; begin another");
      return FALSE;
    }
  if (g_strcmp0 (wb_record_get_text (run->batch, WB_PRINT_BATCH_STATION), wb_station ()) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "This batch is printed at the station “%s”",
                   wb_record_get_text (run->batch, WB_PRINT_BATCH_STATION));
      return FALSE;
    }
  if (from > run->rows->len)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "This batch has %u papers, there is no %u",
                   run->rows->len, from);
      return FALSE;
    }
  for (guint i = 0; from == 0 && i < run->rows->len; i++)
    if (state_at (run, i) == WB_PRINTS_UNSURE &&
        wb_operation_is (run->operations->pdata[i], WB_OPERATION_DONE))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                     "The printer does not know paper %u any more: look whether it came out, and "
                     "say from which one to go on",
                     i + 1);
        return FALSE;
      }
  return TRUE;
}

/* Whether the label of shipment @id is that of another of @ids, in whose parcel it travels. */
static gboolean
shares_label (WbDesk *self, gint64 id, const gint64 *ids, guint n)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self->book, id, NULL);
  gint64 by = shipment != NULL ? wb_record_get_int (shipment, WB_SHIPMENT_CARRIED_BY) : 0;

  for (guint i = 0; by != 0 && i < n; i++)
    if (ids[i] == by)
      return TRUE;
  return FALSE;
}

static gboolean
add_row (
    WbDesk *self, gint64 batch_id, gint64 place, gint64 id, const char *document, GError **error)
{
  g_autoptr (WbPrintRow) row = wb_print_row_new ();

  wb_record_set_int (row, WB_PRINT_ROW_BATCH_ID, batch_id);
  wb_record_set_int (row, WB_PRINT_ROW_PLACE, place);
  wb_record_set_int (row, WB_PRINT_ROW_SHIPMENT_ID, id);
  wb_record_set_text (row, WB_PRINT_ROW_DOCUMENT, document);
  return wb_book_save (self->book, row, error);
}

/**
 * wb_desk_begin_prints:
 * @shipment_ids: @n shipments in the order in which they are seen
 * @slips: whether a packing slip follows each label
 *
 * Of orders that travel in one parcel the one label is printed once. Returns: the number of a new
 * batch, of which nothing is printed yet; 0 with @error.
 */
gint64
wb_desk_begin_prints (
    WbDesk *self, const gint64 *shipment_ids, guint n, gboolean slips, GError **error)
{
  g_autoptr (WbPrintBatch) batch = wb_print_batch_new ();
  gboolean                 ok;
  gint64                   place = 0, id;

  wb_record_set_text (batch, WB_PRINT_BATCH_STATION, wb_station ());
  wb_record_set_text (batch, WB_PRINT_BATCH_STATE, WB_PRINT_BATCH_OPEN);
  wb_record_set_text (batch, WB_PRINT_BATCH_ACTOR, self->actor);
  wb_record_set_int (batch, WB_PRINT_BATCH_CREATED_AT, wb_now ());
  if (!wb_book_begin (self->book, error))
    return 0;
  ok = wb_book_save (self->book, batch, error);
  id = wb_record_get_int (batch, WB_PRINT_BATCH_ID);
  for (guint i = 0; ok && i < n; i++)
    {
      if (!shares_label (self, shipment_ids[i], shipment_ids, n))
        ok = add_row (self, id, ++place, shipment_ids[i], WB_DOCUMENT_LABEL, error);
      if (ok && slips)
        ok = add_row (self, id, ++place, shipment_ids[i], WB_DOCUMENT_SLIP, error);
    }
  if (ok && wb_book_commit (self->book, error))
    return id;
  wb_book_rollback (self->book);
  return 0;
}

/**
 * wb_desk_run_prints:
 * @from: the place from which papers are missing although they seemed printed (after a jam); 0: go
 * on where it stopped
 * @progress: (nullable) (scope call): told each paper's new state
 *
 * Prints what is left of a batch, one job a paper in its order, at most three ahead of the printer.
 * A paper that is refused fails by itself, and the rest goes on; when the printer is gone or a job
 * is lost, it stops there (FALSE, with the reason), and can be gone on with. Cancelling pauses.
 *
 * Returns: %TRUE when every paper was given to the printer and ended, refused ones included.
 */
gboolean
wb_desk_run_prints (WbDesk       *self,
                    gint64        batch_id,
                    guint         from,
                    WbPrintsFunc  progress,
                    gpointer      data,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_auto (Run) run = { .progress = progress, .data = data, .cancellable = cancellable };
  guint        failed = 0;

  if (!load (&run, self, batch_id, error) || !look_at_all (&run, error) ||
      !check_known (&run, from, error) || (from > 0 && !begin_again (&run, from, error)) ||
      !send_all (&run, error))
    return FALSE;
  for (guint i = 0; i < run.rows->len; i++)
    failed += state_at (&run, i) != WB_PRINTS_PRINTED;
  return set_batch (&run, failed == 0 ? WB_PRINT_BATCH_DONE : WB_PRINT_BATCH_OPEN,
                    failed == 0 ? NULL : _ ("Some papers were refused."), error);
}

/** wb_desk_list_prints: Returns: (transfer full) (element-type WbPrintsRow): a batch's papers in
 * their order, as they stand in the book. */
GPtrArray *
wb_desk_list_prints (WbDesk *self, gint64 batch_id, GError **error)
{
  g_auto (Run) run = { 0 };
  GPtrArray   *papers;

  if (!load (&run, self, batch_id, error))
    return NULL;
  papers = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_prints_row_free);
  for (guint i = 0; i < run.rows->len; i++)
    g_ptr_array_add (papers, make_row (run.rows->pdata[i], run.operations->pdata[i]));
  return papers;
}

/** wb_desk_cancel_prints: prints nothing more of a batch; what waits at the printer is taken back.
 */
gboolean
wb_desk_cancel_prints (WbDesk *self, gint64 batch_id, GCancellable *cancellable, GError **error)
{
  g_auto (Run) run = { .cancellable = cancellable };

  return load (&run, self, batch_id, error) && take_back (&run, 0, error) &&
         set_batch (&run, WB_PRINT_BATCH_CANCELLED, NULL, error);
}

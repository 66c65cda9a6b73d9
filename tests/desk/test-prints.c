/* SPDX-License-Identifier: GPL-3.0-or-later
 * Batches of papers on a real printer program: one job a label in the visible order; a printer that
 * goes away, a jam, a pause: nothing twice, nothing missing. */
#include "print-rig.h"
#include "wb-bench.h"
#include "wb-test.h"

#include <string.h>

#define LABELS     30
#define PATIENCE_S 60

typedef struct
{
  Rig     *rig;
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  GArray  *shipments; /* of gint64: bought, their labels printed into a folder */
} Day;

static Day *day;

static void
ship_some (guint wanted)
{
  g_autoptr (GArray) ready = wb_bench_ready (day->desk, WB_CHARGE_AUTHORISED);
  g_autoptr (GError) error = NULL;

  day->shipments = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < ready->len && day->shipments->len < wanted; i++)
    {
      gint64             id = wb_bench_plan (day->desk, g_array_index (ready, gint64, i), NULL);
      g_autoptr (GBytes) label = NULL;

      if (id == 0)
        continue;
      wb_desk_ship (day->desk, id, NULL, NULL, NULL, NULL);
      label = wb_desk_get_label (day->desk, id, NULL, NULL);
      if (label != NULL)
        g_array_append_val (day->shipments, id);
    }
  g_assert_cmpuint (day->shipments->len, ==, wanted);
}

static gboolean
need_day (void)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Rig          *rig;

  if (day != NULL)
    return TRUE;
  rig = rig_start ();
  if (rig == NULL)
    return FALSE;
  day = g_new0 (Day, 1);
  day->rig = rig;
  options.orders = 130;
  options.seed = 5;
  day->bench = wb_bench_new (&options);
  day->desk = wb_bench_open (day->bench->book);
  day->book = wb_desk_get_book (day->desk);
  ship_some (LABELS);
  return TRUE;
}

static void
day_end (void)
{
  if (day == NULL)
    return;
  g_array_unref (day->shipments);
  g_object_unref (day->desk);
  wb_bench_free (day->bench);
  rig_stop (day->rig);
  g_free (day);
}

static void
set_printer (const char *document, const char *kind, const char *target, const char *format)
{
  g_autoptr (WbPrinter) printer = wb_book_find_printer (day->book, NULL, document, NULL);
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (printer, WB_PRINTER_TARGET_KIND, kind);
  wb_record_set_text (printer, WB_PRINTER_TARGET, target);
  wb_record_set_text (printer, WB_PRINTER_FORMAT, format);
  wb_record_set_text (printer, WB_PRINTER_MEDIA,
                      g_str_equal (document, WB_DOCUMENT_LABEL) ? "na_index-4x6_4x6in" : NULL);
  g_assert_true (wb_book_save (day->book, printer, &error));
  g_assert_no_error (error);
}

/* The jobs that came out since @before are exactly the @n papers of a batch, once each, in order.
 */
static void
assert_in_order (guint before, guint n, const char *document)
{
  g_autoptr (GPtrArray) titles = rig_titles (day->rig);

  g_assert_cmpuint (titles->len - before, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *start = g_strdup_printf ("%03u-of-%03u ", i + 1, n);

      g_test_message ("%s", (char *) titles->pdata[before + i]);
      g_assert_true (g_str_has_prefix (titles->pdata[before + i], start));
      g_assert_nonnull (strstr (titles->pdata[before + i], document));
    }
}

typedef struct
{
  GCancellable *cancellable;
  guint         gone_at;  /* place of the label before which the printer is switched off */
  guint         pause_at; /* place after which somebody pauses */
  guint         told;
} Watch;

static void
watch_cb (const WbPrintsRow *row, guint total, gpointer data)
{
  Watch *watch = data;

  watch->told++;
  g_test_message ("%u/%u %d %s", row->place, total, row->state, row->text != NULL ? row->text : "");
  if (watch->gone_at > 0 && row->place + 1 == watch->gone_at && row->state == WB_PRINTS_SENT)
    rig_set_mood (day->rig, "paper-out");
  if (watch->gone_at > 0 && row->text != NULL && strstr (row->text, "out of paper") != NULL)
    {
      watch->gone_at = 0;
      rig_stop_printer (day->rig);
    }
  if (watch->pause_at > 0 && row->place >= watch->pause_at)
    g_cancellable_cancel (watch->cancellable);
}

/* Returns: the first place of @batch that is not printed; 0: none. */
static guint
first_missing (gint64 batch)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rows = wb_desk_list_prints (day->desk, batch, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (((WbPrintsRow *) rows->pdata[i])->state != WB_PRINTS_PRINTED)
      return i + 1;
  return 0;
}

/* The printer itself, by IPP, runs out of labels in the middle and is then switched off: it forgets
 * its jobs. Somebody looks and says from which label to go on. */
static void
test_gone (void)
{
  Watch              watch = { .gone_at = 12 };
  g_autoptr (GError) error = NULL;
  gint64             batch;
  guint              missing, before, out;

  if (!need_day ())
    return;
  set_printer (WB_DOCUMENT_LABEL, WB_TARGET_IPP, rig_ipp_address (day->rig), WB_PRINT_PWG);
  before = rig_count_printed (day->rig);
  batch = wb_desk_begin_prints (day->desk, (gint64 *) day->shipments->data, LABELS, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (wb_desk_run_prints (day->desk, batch, 0, watch_cb, &watch, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  out = rig_count_printed (day->rig) - before;
  g_assert_cmpuint (out, >=, 8);
  g_assert_cmpuint (out, <, LABELS);

  rig_set_mood (day->rig, "ok");
  rig_start_printer (day->rig);
  /* The printer knows nothing of what was before it was switched off: a person must look. */
  if (!wb_desk_run_prints (day->desk, batch, 0, watch_cb, &watch, NULL, &error))
    {
      g_test_message ("%s", error->message);
      g_clear_error (&error);
      missing = out + 1; /* what lies on the table says so */
      g_assert_cmpuint (first_missing (batch), <=, missing);
      g_assert_true (
          wb_desk_run_prints (day->desk, batch, missing, watch_cb, &watch, NULL, &error));
    }
  g_assert_no_error (error);
  assert_in_order (before, LABELS, "label");
}

static gpointer
mend_later (gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (g_atomic_int_get ((gint *) data) == 0 && g_get_monotonic_time () < end)
    g_usleep (20000);
  rig_set_mood (day->rig, "ok");
  return NULL;
}

static void
jam_cb (const WbPrintsRow *row, guint total, gpointer data)
{
  if (row->text != NULL && strstr (row->text, "jammed") != NULL)
    {
      g_assert_nonnull (row->advice);
      g_atomic_int_set ((gint *) data, 1);
    }
}

/* Through the print server, with a slip after each label: a jam holds the batch up, and when it is
 * cleared it goes on by itself. */
static void
test_jam (void)
{
  g_autoptr (GError) error = NULL;
  gint               seen = 0;
  GThread           *mender;
  gint64             batch;
  guint              before;

  if (!need_day ())
    return;
  set_printer (WB_DOCUMENT_LABEL, WB_TARGET_QUEUE, RIG_LABEL, WB_PRINT_PDF);
  before = rig_count_printed (day->rig);
  rig_set_mood (day->rig, "jam");
  mender = g_thread_new ("mender", mend_later, &seen);
  batch = wb_desk_begin_prints (day->desk, (gint64 *) day->shipments->data, 3, TRUE, &error);
  g_assert_true (wb_desk_run_prints (day->desk, batch, 0, jam_cb, &seen, NULL, &error));
  g_assert_no_error (error);
  g_thread_join (mender);
  g_assert_cmpint (seen, ==, 1);
  g_assert_cmpuint (rig_count_printed (day->rig) - before, ==, 3); /* slips go into the folder */
  g_assert_cmpuint (first_missing (batch), ==, 0);
  /* All is printed: going on prints nothing more. */
  g_assert_true (wb_desk_run_prints (day->desk, batch, 0, NULL, NULL, NULL, &error));
  g_assert_cmpuint (rig_count_printed (day->rig) - before, ==, 3);
}

/* Paused, gone on with, and cancelled. */
static void
test_pause (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch                    watch = { .cancellable = cancellable, .pause_at = 3 };
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbPrintBatch) kept = NULL;
  gint64                   batch, other;
  guint                    before;

  if (!need_day ())
    return;
  set_printer (WB_DOCUMENT_LABEL, WB_TARGET_IPP, rig_ipp_address (day->rig), WB_PRINT_PWG);
  before = rig_count_printed (day->rig);
  batch = wb_desk_begin_prints (day->desk, (gint64 *) day->shipments->data, 6, FALSE, &error);
  g_assert_false (wb_desk_run_prints (day->desk, batch, 0, watch_cb, &watch, cancellable, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (rig_count_printed (day->rig) - before, <, 6);
  kept = wb_book_get_print_batch (day->book, batch, NULL);
  g_assert_cmpstr (wb_record_get_text (kept, WB_PRINT_BATCH_STATE), ==, WB_PRINT_BATCH_OPEN);
  g_assert_nonnull (wb_record_get_text (kept, WB_PRINT_BATCH_TROUBLE));
  /* Another program takes it up: what is known is in the book. */
  g_clear_object (&day->desk);
  day->desk = wb_bench_open (day->bench->book);
  day->book = wb_desk_get_book (day->desk);
  g_assert_true (wb_desk_run_prints (day->desk, batch, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_in_order (before, 6, "label");

  other = wb_desk_begin_prints (day->desk, (gint64 *) day->shipments->data, 2, FALSE, &error);
  g_assert_true (wb_desk_cancel_prints (day->desk, other, NULL, &error));
  g_assert_false (wb_desk_run_prints (day->desk, other, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_cmpuint (rig_count_printed (day->rig) - before, ==, 6);
}

/* One label that the printer's roll cannot take is refused by itself; the rest comes out. */
static void
test_refused (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64                batch;
  guint                 before;

  if (!need_day ())
    return;
  set_printer (WB_DOCUMENT_LABEL, WB_TARGET_IPP, rig_ipp_address (day->rig), WB_PRINT_PWG);
  set_printer (WB_DOCUMENT_SLIP, WB_TARGET_QUEUE, RIG_RAW, WB_PRINT_PDF); /* takes no PDF */
  before = rig_count_printed (day->rig);
  batch = wb_desk_begin_prints (day->desk, (gint64 *) day->shipments->data, 2, TRUE, &error);
  g_assert_true (wb_desk_run_prints (day->desk, batch, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  rows = wb_desk_list_prints (day->desk, batch, &error);
  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (((WbPrintsRow *) rows->pdata[i])->state, ==,
                     i % 2 == 0 ? WB_PRINTS_PRINTED : WB_PRINTS_FAILED);
  g_assert_nonnull (strstr (((WbPrintsRow *) rows->pdata[1])->text, "raw"));
  g_assert_cmpuint (rig_count_printed (day->rig) - before, ==, 2);
  /* The slips' printer is mended: only they are printed now. */
  set_printer (WB_DOCUMENT_SLIP, WB_TARGET_FOLDER, day->bench->papers, WB_PRINT_PDF);
  g_assert_true (wb_desk_run_prints (day->desk, batch, 0, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (first_missing (batch), ==, 0);
  g_assert_cmpuint (rig_count_printed (day->rig) - before, ==, 2);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prints/printer-gone-in-the-middle", test_gone);
  g_test_add_func ("/prints/jam", test_jam);
  g_test_add_func ("/prints/pause", test_pause);
  g_test_add_func ("/prints/refused", test_refused);
  result = g_test_run ();
  day_end ();
  return result;
}

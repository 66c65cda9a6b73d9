/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing through a real print server: bytes, sizes and dots compared, every refusal before
 * anything is spooled. */
#include "label-samples.h"
#include "paper-samples.h"
#include "print-rig.h"
#include "raster.h"
#include "wb-file.h"

#include <string.h>

#define ZPL "^XA^PW812^LL1218^FO40,40^BY3^BCN,160,Y,N,N^FDWB-1042-1^FS^XZ\n"

/* Conditions are waited for, never times: on a machine that does other work they take long. */
#define PATIENCE_S 60

static Rig *rig;

static gboolean
need_rig (void)
{
  if (rig == NULL)
    rig = rig_start ();
  return rig != NULL;
}

static char *
submit (WbPrinter *printer, GBytes *document, const char *format, const char *title)
{
  g_autoptr (GError) error = NULL;
  char              *job_id = NULL;

  wb_print_submit (printer, document, format, NULL, title, &job_id, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (job_id);
  return job_id;
}

/* The job is refused with @code and a message that has @words, and nothing is spooled. */
static void
assert_refused (
    WbPrinter *printer, GBytes *document, const char *format, WbError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  guint              before = rig_count_jobs ();
  char              *job_id = (char *) "untouched";

  g_assert_false (
      wb_print_submit (printer, document, format, NULL, "to be refused", &job_id, NULL, &error));
  g_assert_error (error, WB_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpstr (job_id, ==, "untouched");
  g_assert_cmpuint (rig_count_jobs (), ==, before);
}

static WbPrintState
follow (WbPrinter *printer, const char *job_id, guint seconds, char **sentence)
{
  g_autoptr (GError)    error = NULL;
  g_auto (WbPrintStand) stand = { 0 };

  wb_print_follow (printer, job_id, seconds, NULL, NULL, &stand, NULL, &error);
  g_assert_no_error (error);
  /* What is wrong comes with what to do about it. */
  if (stand.state >= WB_PRINT_HELD && stand.state != WB_PRINT_COMPLETED)
    g_assert_nonnull (stand.advice);
  if (sentence != NULL)
    *sentence = g_steal_pointer (&stand.sentence);
  return stand.state;
}

static GBytes *
zpl (void)
{
  return g_bytes_new_static (ZPL, strlen (ZPL));
}

static void
test_raw (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_RAW, NULL);
  g_autoptr (GBytes)    label = zpl ();
  g_autoptr (GBytes)    got = NULL;
  g_autofree char      *job_id = NULL, *found = NULL, *sentence = NULL;

  if (!need_rig ())
    return;
  job_id = submit (printer, label, WB_PRINT_ZPL, "Label 1042 raw #1");
  got = rig_take_raw (rig);
  g_assert_true (g_bytes_equal (got, label));
  g_assert_cmpint (follow (printer, job_id, PATIENCE_S, &sentence), ==, WB_PRINT_COMPLETED);
  g_assert_cmpstr (sentence, ==, "Sent to the printer of “" RIG_RAW "”");
  g_assert_cmpint (wb_print_find (printer, "Label 1042 raw #1", 0, &found, NULL, NULL), ==,
                   WB_PRINT_FOUND);
  g_assert_cmpstr (found, ==, job_id);
  g_clear_pointer (&found, g_free);
  g_assert_cmpint (wb_print_find (printer, "Label 1042 raw #2", 0, &found, NULL, NULL), ==,
                   WB_PRINT_NOT_THERE);
  g_assert_null (found);
}

static void
assert_asked (const char *job_id, const char *attribute, const char *value)
{
  g_autofree char *asked = rig_asked (job_id, attribute);

  g_assert_cmpstr (asked, ==, value);
}

/* The printer's dots, after the label came as @format: 4 × 6 inch at 203 dpi, each as in the
 * original. */
static void
check_label (GBytes *document, const char *format, const char *title, double most_different)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autofree char      *job_id = submit (printer, document, format, title);
  g_autofree char      *asked = NULL, *sentence = NULL;
  g_autofree char      *path = rig_take_label (rig, &asked);
  g_autoptr (Raster)    dots = raster_read (path);
  g_autoptr (Raster)    drawn = label_sample_dots ();

  g_assert_cmpint (follow (printer, job_id, PATIENCE_S, &sentence), ==, WB_PRINT_COMPLETED);
  g_assert_cmpstr (sentence, ==, "Printed on “" RIG_LABEL "”");
  assert_asked (job_id, "media", WB_MEDIA_4X6);
  assert_asked (job_id, "print-scaling", "none");
  assert_asked (job_id, "orientation-requested", "portrait");
  g_assert_nonnull (
      strstr (asked, "IPP_MEDIA_COL={media-size={x-dimension=10160 y-dimension=15240}"));
  g_assert_cmpuint (dots->width, ==, LABEL_WIDTH);
  g_assert_cmpuint (dots->height, ==, LABEL_HEIGHT);
  g_assert_cmpfloat (raster_difference (dots, drawn), <=, most_different);
  if (sample_have_tool ("zbarimg"))
    {
      g_autofree char *code = raster_scan (dots);

      g_assert_cmpstr (code, ==, "CODE-128:" LABEL_CODE "\n");
    }
}

static void
test_png (void)
{
  g_autoptr (GBytes) label = NULL;

  if (!need_rig ())
    return;
  label = label_sample_png (FALSE);
  check_label (label, WB_PRINT_PNG, "Label as PNG", 0);
}

static void
test_pdf (void)
{
  g_autoptr (GBytes) label = NULL;

  if (!need_rig ())
    return;
  label = label_sample_pdf (101.6, 152.4);
  check_label (label, WB_PRINT_PDF, "Label as PDF", 0.02);
}

static void
test_size_refused (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autoptr (WbPrinter) any = rig_printer (RIG_LABEL, NULL);
  g_autoptr (WbPrinter) a6 = rig_printer (RIG_LABEL, "iso_a6_105x148mm");
  g_autoptr (GBytes)    label = label_sample_pdf (105, 148);
  g_autoptr (GBytes)    across = label_sample_pdf (152.4, 101.6);
  g_autoptr (GBytes)    a5 = label_sample_pdf (148, 210);
  g_autoptr (GBytes)    junk = g_bytes_new_static ("%PDF-1.5 junk", 13);
  g_autoptr (GBytes)    empty = g_bytes_new_static ("", 0);

  if (!need_rig ())
    return;
  assert_refused (printer, label, WB_PRINT_PDF, WB_ERROR_REFUSED, "105 × 148 mm");
  /* The printer could print on it, but another roll lies in it. */
  assert_refused (any, label, WB_PRINT_PDF, WB_ERROR_REFUSED, "iso_a6_105x148mm");
  assert_refused (a6, label, WB_PRINT_PDF, WB_ERROR_REFUSED, "there is " WB_MEDIA_4X6 " in it now");
  assert_refused (any, a5, WB_PRINT_PDF, WB_ERROR_REFUSED, "has no paper of 148 × 210 mm");
  assert_refused (printer, across, WB_PRINT_PDF, WB_ERROR_REFUSED, "never scaled or turned");
  assert_refused (printer, junk, WB_PRINT_PDF, WB_ERROR_INVALID, "PDF");
  assert_refused (printer, empty, WB_PRINT_PNG, WB_ERROR_INVALID, "PNG");
}

static void
test_kind_refused (void)
{
  g_autoptr (WbPrinter) raw = rig_printer (RIG_RAW, NULL);
  g_autoptr (WbPrinter) labels = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autoptr (GBytes)    pdf = label_sample_pdf (101.6, 152.4);
  g_autoptr (GBytes)    text = zpl ();

  if (!need_rig ())
    return;
  assert_refused (raw, pdf, WB_PRINT_PDF, WB_ERROR_REFUSED, "raw");
  assert_refused (raw, pdf, WB_PRINT_PNG, WB_ERROR_REFUSED, "raw");
  assert_refused (labels, text, WB_PRINT_ZPL, WB_ERROR_REFUSED, "not a raw one");
  assert_refused (labels, text, WB_PRINT_EPL2, WB_ERROR_REFUSED, "not a raw one");
  assert_refused (labels, text, "tiff", WB_ERROR_INVALID, "tiff");
}

static void
test_queue_refused (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_RAW, NULL);
  g_autoptr (WbPrinter) nobody = rig_printer ("no-such-queue", NULL);
  g_autoptr (GBytes)    text = zpl ();

  if (!need_rig ())
    return;
  assert_refused (nobody, text, WB_PRINT_ZPL, WB_ERROR_NOT_FOUND, "no-such-queue");
  g_free (sample_run (
      (const char *const[]){ "cupsdisable", "-r", "ribbon is being changed", RIG_RAW, NULL }));
  assert_refused (printer, text, WB_PRINT_ZPL, WB_ERROR_UNAVAILABLE,
                  "is stopped (CUPS: ribbon is being changed)");
  g_free (sample_run ((const char *const[]){ "cupsenable", RIG_RAW, NULL }));
  g_free (sample_run ((const char *const[]){ "cupsreject", "-r", "sold", RIG_RAW, NULL }));
  assert_refused (printer, text, WB_PRINT_ZPL, WB_ERROR_REFUSED,
                  "takes no documents at present (CUPS: sold)");
  g_free (sample_run ((const char *const[]){ "cupsaccept", RIG_RAW, NULL }));
}

/* A queue that is stopped after the job came in: the job waits, and says why. */
static void
test_stopped_while_waiting (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autoptr (GBytes)    label = label_sample_png (FALSE);
  g_autofree char      *first = NULL, *second = NULL, *sentence = NULL, *asked = NULL, *path = NULL,
                  *last = NULL;

  if (!need_rig ())
    return;
  rig_set_mood (rig, "paper-out");
  first = submit (printer, label, WB_PRINT_PNG, "Label before the stop");
  second = submit (printer, label, WB_PRINT_PNG, "Label behind it");
  g_assert_cmpint (follow (printer, second, 0, &sentence), ==, WB_PRINT_WAITING);
  g_assert_cmpstr (sentence, ==, "Waiting for its turn on “" RIG_LABEL "”");
  g_free (sample_run ((const char *const[]){ "cancel", second, NULL }));
  g_clear_pointer (&sentence, g_free);
  g_assert_cmpint (follow (printer, second, PATIENCE_S, &sentence), ==, WB_PRINT_CANCELLED);
  g_assert_cmpstr (sentence, ==, "Cancelled in the print queue");
  rig_set_mood (rig, "ok");
  path = rig_take_label (rig, &asked);
  g_assert_cmpint (follow (printer, first, PATIENCE_S, &last), ==, WB_PRINT_COMPLETED);
}

typedef struct
{
  Rig        *rig;
  const char *wanted;
  guint       seen;
} Watch;

/* Refills the printer as soon as the wanted sentence is told. */
static void
watch_cb (const WbPrintStand *stand, gpointer user_data)
{
  Watch *watch = user_data;

  g_test_message ("%d: %s", stand->state, stand->sentence);
  if (strcmp (stand->sentence, watch->wanted) != 0)
    return;
  g_assert_cmpint (stand->state, ==, WB_PRINT_PRINTING);
  g_assert_nonnull (stand->advice);
  watch->seen++;
  rig_set_mood (watch->rig, "ok");
}

static void
check_trouble (const char *mood, const char *sentence)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autoptr (GBytes)    label = label_sample_png (FALSE);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *job_id = NULL, *asked = NULL, *path = NULL;
  Watch                 watch = { rig, sentence, 0 };
  g_auto (WbPrintStand) stand = { 0 };

  rig_set_mood (rig, mood);
  job_id = submit (printer, label, WB_PRINT_PNG, mood);
  wb_print_follow (printer, job_id, PATIENCE_S, watch_cb, &watch, &stand, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.seen, >=, 1);
  g_assert_cmpint (stand.state, ==, WB_PRINT_COMPLETED);
  path = rig_take_label (rig, &asked);
}

static void
test_paper_out (void)
{
  if (!need_rig ())
    return;
  check_trouble ("paper-out", "The printer is out of paper or labels");
  check_trouble ("jam", "The paper or label is jammed in the printer");
}

/* The printer breaks a job off. CUPS 2.4 itself misses that now and then and calls such a job
 * completed, in nothing different from a good one: one in six may be told so, not all. */
static void
test_printer_fails (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autoptr (GBytes)    label = label_sample_png (FALSE);
  WbPrintState          state = WB_PRINT_COMPLETED;
  g_autofree char      *sentence = NULL;

  if (!need_rig ())
    return;
  rig_set_mood (rig, "fail");
  for (guint i = 0; i < 6 && state == WB_PRINT_COMPLETED; i++)
    {
      g_autofree char *title = g_strdup_printf ("Label on a hot head %u", i);
      g_autofree char *job_id = submit (printer, label, WB_PRINT_PNG, title);

      g_clear_pointer (&sentence, g_free);
      state = follow (printer, job_id, PATIENCE_S, &sentence);
    }
  g_assert_cmpint (state, ==, WB_PRINT_CANCELLED);
  g_assert_cmpstr (sentence, ==, "Cancelled at the printer, by a person or by a fault there");
  rig_set_mood (rig, "ok");
}

/* The server calls a job completed although the printer took nothing. */
static void
test_completed_without_paper (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autofree char      *folder = wb_test_temp_folder (),
                  *file = g_build_filename (folder, "label.zpl", NULL), *job_id = NULL;
  g_autofree char   *sentence = NULL, *out = NULL;
  g_autoptr (GBytes) text = zpl ();

  if (need_rig ())
    {
      g_assert_true (wb_file_write (file, text, 0644, NULL));
      out = sample_run ((const char *const[]){ "lp", "-d", RIG_LABEL, "-o", "raw", "-t",
                                               "Forced on it", file, NULL });
      g_assert_cmpint (wb_print_find (printer, "Forced on it", 0, &job_id, NULL, NULL), ==,
                       WB_PRINT_FOUND);
      g_assert_cmpint (follow (printer, job_id, PATIENCE_S, &sentence), ==, WB_PRINT_FAILED);
      g_assert_cmpstr (sentence, ==, "The printer did not take the document; nothing was printed");
    }
  wb_test_remove_folder (folder);
}

/* The connection breaks: before the server has all of it nothing exists; afterwards the title finds
 * the job. */
static void
test_cut (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_RAW, NULL);
  g_autofree char      *big = g_strnfill (300000, 'x');
  g_autoptr (GBytes)    label = g_bytes_new (big, 300000);
  g_autoptr (GBytes)    got = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *job_id = NULL;
  guint                 before;

  if (!need_rig ())
    return;
  before = rig_count_jobs ();
  rig_go_through (rig, RIG_CUT_BEFORE_END, 200000);
  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Cut early", &job_id, NULL, &error));
  g_assert_true (wb_error_code (error) == WB_ERROR_UNAVAILABLE ||
                 wb_error_code (error) == WB_ERROR_UNSURE);
  g_clear_error (&error);
  rig_go_straight (rig);
  g_assert_cmpint (wb_print_find (printer, "Cut early", 0, &job_id, NULL, NULL), ==,
                   WB_PRINT_NOT_THERE);
  g_assert_cmpuint (rig_count_jobs (), ==, before);

  rig_go_through (rig, RIG_CUT_BEFORE_ANSWER, 300000);
  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Cut late", &job_id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  rig_go_straight (rig);
  g_assert_cmpint (wb_print_find (printer, "Cut late", 0, &job_id, NULL, NULL), ==, WB_PRINT_FOUND);
  g_assert_cmpint (follow (printer, job_id, PATIENCE_S, NULL), ==, WB_PRINT_COMPLETED);
  got = rig_take_raw (rig);
  g_assert_true (g_bytes_equal (got, label));
  g_assert_cmpuint (rig_count_jobs (), ==, before + 1);
}

static const WbQueue *
queue_named (GPtrArray *queues, const char *name)
{
  for (guint i = 0; i < queues->len; i++)
    if (strcmp (((WbQueue *) queues->pdata[i])->name, name) == 0)
      return queues->pdata[i];
  g_assert_not_reached ();
}

static void
test_list (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) queues = NULL;
  const WbQueue        *raw, *labels;

  if (!need_rig ())
    return;
  queues = wb_print_list_queues (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (queues->len, ==, 2);
  raw = queue_named (queues, RIG_RAW);
  labels = queue_named (queues, RIG_LABEL);
  g_assert_cmpint (raw->kind, ==, WB_QUEUE_RAW);
  g_assert_cmpuint (g_strv_length (raw->media), ==, 0);
  g_assert_cmpint (labels->kind, ==, WB_QUEUE_DRIVERLESS);
  g_assert_true (labels->accepting && !labels->stopped);
  g_assert_true (g_strv_contains ((const char *const *) labels->media, WB_MEDIA_4X6));
}

/* Last with the rig: the printer is switched off for good, then the server is gone. */
static void
test_off (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  g_autoptr (GBytes)    label = label_sample_png (FALSE);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *job_id = NULL, *sentence = NULL;
  char                 *none = NULL;

  if (!need_rig ())
    return;
  rig_stop_printer (rig);
  job_id = submit (printer, label, WB_PRINT_PNG, "Label while it is off");
  for (gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
       g_get_monotonic_time () < end &&
       g_strcmp0 (sentence, "The printer does not answer: is it switched on and connected?") != 0;
       g_usleep (50000))
    {
      g_clear_pointer (&sentence, g_free);
      g_assert_false (wb_print_state_is_final (follow (printer, job_id, 0, &sentence)));
    }
  g_assert_cmpstr (sentence, ==, "The printer does not answer: is it switched on and connected?");
  g_free (sample_run ((const char *const[]){ "cancel", job_id, NULL }));
  g_clear_pointer (&rig, rig_stop);
  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_PNG, NULL, "Label to nobody", &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpint (wb_print_find (printer, "Label to nobody", 0, &none, NULL, NULL), ==,
                   WB_PRINT_UNKNOWN);
  g_assert_null (wb_print_list_queues (NULL, NULL));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/raw", test_raw);
  g_test_add_func ("/printing/png-dot-by-dot", test_png);
  g_test_add_func ("/printing/pdf", test_pdf);
  g_test_add_func ("/printing/size-refused", test_size_refused);
  g_test_add_func ("/printing/kind-refused", test_kind_refused);
  g_test_add_func ("/printing/queue-refused", test_queue_refused);
  g_test_add_func ("/printing/waiting-and-cancelled", test_stopped_while_waiting);
  g_test_add_func ("/printing/paper-out-and-jam", test_paper_out);
  g_test_add_func ("/printing/printer-fails", test_printer_fails);
  g_test_add_func ("/printing/completed-without-paper", test_completed_without_paper);
  g_test_add_func ("/printing/connection-cut", test_cut);
  g_test_add_func ("/printing/list", test_list);
  g_test_add_func ("/printing/switched-off", test_off);
  result = g_test_run ();
  g_clear_pointer (&rig, rig_stop);
  return result;
}

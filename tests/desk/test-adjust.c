/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label printer set right by what came out of a test print: each finding changes its own setting,
 * and what no setting can mend is refused. */
#include "wb-bench.h"
#include "wb-test.h"

#define RULER_DMM 800 /* on 4 × 6 inch: as long as it fits, in whole stretches */

static struct
{
  WbBench *bench;
  WbDesk  *desk;
} here;

static WbPrinter *
get_printer (void)
{
  g_autoptr (GError) error = NULL;
  WbPrinter         *printer =
      wb_book_get_printer (wb_desk_get_book (here.desk), WB_DOCUMENT_LABEL, &error);

  g_assert_no_error (error);
  return printer;
}

static gint64
setting (guint field)
{
  g_autoptr (WbPrinter) printer = get_printer ();

  return wb_record_get_int (printer, field);
}

static void
set (guint field, gint64 value)
{
  g_autoptr (WbPrinter) printer = get_printer ();
  g_autoptr (GError)    error = NULL;

  wb_record_set_int (printer, field, value);
  g_assert_true (wb_desk_save_printer (here.desk, printer, &error));
  g_assert_no_error (error);
}

/* Returns: whether something was changed. */
static gboolean
adjust (const WbTestFindings *findings)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *changes = NULL;

  g_assert_true (wb_desk_adjust_printer (here.desk, WB_DOCUMENT_LABEL, findings, &changes, &error));
  g_assert_no_error (error);
  g_test_message ("%s", changes);
  return *changes != '\0';
}

static char *
profile (void)
{
  g_autoptr (WbPrinter) printer = get_printer ();
  g_autoptr (JsonNode)  json = wb_record_to_json (printer);

  return wb_json_to_text (json);
}

static void
test_right (void)
{
  g_autofree char *before = profile (), *after = NULL;

  g_assert_false (adjust (&(WbTestFindings){ 0 }));
  after = profile ();
  g_assert_cmpstr (before, ==, after);
}

/* It is moved against the shift, and again by what is left. */
static void
test_shift (void)
{
  g_assert_true (adjust (&(WbTestFindings){ .shift_x = 25, .shift_y = -10 }));
  g_assert_cmpint (setting (WB_PRINTER_NUDGE_X), ==, -25);
  g_assert_cmpint (setting (WB_PRINTER_NUDGE_Y), ==, 10);
  g_assert_true (adjust (&(WbTestFindings){ .shift_x = -5 }));
  g_assert_cmpint (setting (WB_PRINTER_NUDGE_X), ==, -20);
  g_assert_cmpint (setting (WB_PRINTER_NUDGE_Y), ==, 10);
}

/* Drawn for 203 dots on a printer that has 300, 80 mm come out as 54; a ruler read half a
 * millimetre wrong is no reason to change anything. */
static void
test_dots (void)
{
  set (WB_PRINTER_DPI, 203);
  g_assert_true (adjust (&(WbTestFindings){ .ruler_dmm = RULER_DMM * 203 / 300 }));
  g_assert_cmpint (setting (WB_PRINTER_DPI), ==, 300);
  g_assert_true (adjust (&(WbTestFindings){ .ruler_dmm = RULER_DMM * 300 / 203 }));
  g_assert_cmpint (setting (WB_PRINTER_DPI), ==, 203);
  g_assert_false (adjust (&(WbTestFindings){ .ruler_dmm = RULER_DMM + 5 }));
  g_assert_false (adjust (&(WbTestFindings){ .ruler_dmm = RULER_DMM - 5 }));
  g_assert_cmpint (setting (WB_PRINTER_DPI), ==, 203);
}

/* No printer has such dots: something between scales, and nothing is changed, not even what could
 * be. */
static void
test_scaled (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *before = profile (), *after = NULL, *changes = NULL;

  g_assert_false (wb_desk_adjust_printer (
      here.desk, WB_DOCUMENT_LABEL,
      &(WbTestFindings){ .ruler_dmm = RULER_DMM * 94 / 100, .shift_x = 30, .faint = TRUE },
      &changes, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_null (changes);
  after = profile ();
  g_assert_cmpstr (before, ==, after);
}

static void
test_sensor (void)
{
  g_autoptr (WbPrinter) printer = NULL;

  g_assert_true (adjust (&(WbTestFindings){ .blank_labels = TRUE }));
  printer = get_printer ();
  g_assert_cmpstr (wb_record_get_text (printer, WB_PRINTER_SENSOR), ==, WB_SENSOR_MARK);
  g_clear_object (&printer);
  g_assert_true (adjust (&(WbTestFindings){ .blank_labels = TRUE }));
  printer = get_printer ();
  g_assert_cmpstr (wb_record_get_text (printer, WB_PRINTER_SENSOR), ==, WB_SENSOR_GAP);
}

/* Darker and lighter by steps, never beyond what there is. */
static void
test_darkness (void)
{
  gint64 before;

  g_assert_true (adjust (&(WbTestFindings){ .faint = TRUE }));
  before = setting (WB_PRINTER_DARKNESS);
  g_assert_cmpint (before, >, 50);
  g_assert_true (adjust (&(WbTestFindings){ .smeared = TRUE }));
  g_assert_cmpint (setting (WB_PRINTER_DARKNESS), <, before);
  for (guint i = 0; i < 10; i++)
    g_assert_true (adjust (&(WbTestFindings){ .faint = TRUE }));
  g_assert_cmpint (setting (WB_PRINTER_DARKNESS), ==, 100);
  for (guint i = 0; i < 10; i++)
    g_assert_true (adjust (&(WbTestFindings){ .smeared = TRUE }));
  g_assert_cmpint (setting (WB_PRINTER_DARKNESS), ==, 1);
}

/* Turned back, whatever it was turned by already. */
static void
test_turned (void)
{
  g_assert_true (adjust (&(WbTestFindings){ .turned = 90 }));
  g_assert_cmpint (setting (WB_PRINTER_ROTATION), ==, 270);
  g_assert_true (adjust (&(WbTestFindings){ .turned = 180 }));
  g_assert_cmpint (setting (WB_PRINTER_ROTATION), ==, 90);
  g_assert_true (adjust (&(WbTestFindings){ .turned = 90 }));
  g_assert_cmpint (setting (WB_PRINTER_ROTATION), ==, 0);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           result;

  g_test_init (&argc, &argv, NULL);
  options.orders = 2;
  here.bench = wb_bench_new (&options);
  here.desk = wb_bench_open (here.bench->book);
  g_test_add_func ("/adjust/right", test_right);
  g_test_add_func ("/adjust/shift", test_shift);
  g_test_add_func ("/adjust/dots", test_dots);
  g_test_add_func ("/adjust/scaled", test_scaled);
  g_test_add_func ("/adjust/sensor", test_sensor);
  g_test_add_func ("/adjust/darkness", test_darkness);
  g_test_add_func ("/adjust/turned", test_turned);
  result = g_test_run ();
  g_object_unref (here.desk);
  wb_bench_free (here.bench);
  return result;
}

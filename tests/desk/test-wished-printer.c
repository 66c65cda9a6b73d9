/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rule that wishes for a printer: the papers come out there or nowhere, and whoever waits for
 * them is told what to do. */
#include "wb-bench.h"
#include "wb-rules.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define WIDE "Wide labels"

static guint
count_papers (const char *folder, const char *kind)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *part = g_strdup_printf ("-%s-", kind);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, part) != NULL;
  return n;
}

/* What the last failing step said. */
typedef struct
{
  WbStep step;
  char  *text;
} Failed;

static void
step_cb (WbStep step, WbStepState state, const char *text, gpointer data)
{
  Failed *failed = data;

  if (state != WB_STEP_FAILED && state != WB_STEP_UNSURE)
    return;
  failed->step = step;
  g_free (failed->text);
  failed->text = g_strdup (text);
}

static gboolean
ship (WbDesk *desk, gint64 shipment, Failed *failed)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&failed->text, g_free);
  return wb_desk_ship (desk, shipment, step_cb, failed, NULL, &error);
}

static void
wish (WbDesk *desk, gint64 order_id)
{
  g_autoptr (WbRule) rule = wb_rule_new ();
  g_autoptr (GError) error = NULL;

  wb_record_set_text (rule, WB_RULE_NAME, "wide");
  wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
  g_assert_true (wb_rule_add_action (rule, "printer " WIDE, &error));
  g_assert_true (wb_desk_save_rule (desk, rule, &error));
  g_assert_true (wb_desk_apply_rules (desk, order_id, &error));
  g_assert_no_error (error);
}

static void
set_up (WbDesk *desk, const char *folder, const char *host)
{
  g_autoptr (WbPrinter) printer = wb_printer_new ();
  g_autoptr (GError)    error = NULL;

  g_object_set (printer, "station", WIDE, "document", WB_DOCUMENT_LABEL, "target-kind",
                WB_TARGET_FOLDER, "target", folder, "format", "pdf", "host", host, NULL);
  g_assert_true (wb_desk_save_printer (desk, printer, &error));
  g_assert_no_error (error);
}

static void
test_wish (void)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbDesk)  desk = NULL;
  g_autoptr (GArray)  ready = NULL;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *wide = NULL, *aside = NULL, *outcome = NULL;
  Failed              failed = { 0 };
  gint64              order = 0, shipment = 0;

  options.orders = 40;
  options.seed = 7;
  bench = wb_bench_new (&options);
  desk = wb_bench_open (bench->book);
  wide = g_build_filename (bench->folder, "wide", NULL);
  aside = g_build_filename (bench->folder, "aside", NULL);
  g_assert_cmpint (g_mkdir (wide, 0700), ==, 0);
  ready = wb_bench_calm (bench, desk);
  for (guint i = 0; i < ready->len && shipment == 0; i++)
    {
      order = g_array_index (ready, gint64, i);
      shipment = wb_bench_plan (desk, order, NULL);
    }
  g_assert_cmpint (shipment, >, 0);
  wish (desk, order);

  /* Nobody knows such a printer: told, and nothing comes out elsewhere. */
  g_assert_false (ship (desk, shipment, &failed));
  g_assert_cmpint (failed.step, ==, WB_STEP_PRINT_LABEL);
  g_assert_nonnull (strstr (failed.text, WIDE));
  g_assert_cmpuint (count_papers (bench->papers, "label"), ==, 0);

  /* Only another station knows that folder. */
  set_up (desk, wide, NULL);
  g_assert_false (ship (desk, shipment, &failed));
  g_assert_cmpint (failed.step, ==, WB_STEP_PRINT_LABEL);
  g_assert_nonnull (strstr (failed.text, wide));
  g_assert_cmpuint (count_papers (bench->papers, "label"), ==, 0);
  g_assert_cmpuint (count_papers (wide, "label"), ==, 0);

  /* It is this computer's, and takes nothing just now: told with the rule, not printed elsewhere.
   */
  set_up (desk, wide, wb_station ());
  g_assert_cmpint (g_rename (wide, aside), ==, 0);
  g_assert_true (g_file_set_contents (wide, "", 0, &error));
  g_assert_false (ship (desk, shipment, &failed));
  g_assert_cmpint (failed.step, ==, WB_STEP_PRINT_LABEL);
  g_assert_nonnull (strstr (failed.text, WIDE));
  g_assert_cmpuint (count_papers (bench->papers, "label"), ==, 0);

  /* It is back: the label comes out there, and the slip, for which it has nothing, as usual. */
  g_assert_cmpint (g_unlink (wide), ==, 0);
  g_assert_cmpint (g_rename (aside, wide), ==, 0);
  g_assert_true (ship (desk, shipment, &failed));
  g_assert_null (failed.text);
  g_assert_cmpuint (count_papers (wide, "label"), ==, 1);
  g_assert_cmpuint (count_papers (bench->papers, "label"), ==, 0);
  g_assert_cmpuint (count_papers (bench->papers, "slip"), ==, 1);

  /* A reprint is printed there too. */
  g_assert_true (wb_desk_reprint (desk, shipment, WB_DOCUMENT_LABEL, &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_papers (wide, "label"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/wished-printer", test_wish);
  return g_test_run ();
}

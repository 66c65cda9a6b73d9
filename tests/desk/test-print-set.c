/* SPDX-License-Identifier: GPL-3.0-or-later
 * All papers of a shipment in one go: complete, or it says what is missing; and labels on sheets,
 * at their own size. */
#include "wb-bench.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

static guint
count_papers (WbBench *bench, const char *kind)
{
  g_autoptr (GDir) dir = g_dir_open (bench->papers, 0, NULL);
  g_autofree char *part = g_strdup_printf ("-%s-", kind);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, part) != NULL;
  return n;
}

/* Where slips go. */
static void
put_slips (WbDesk *desk, const char *folder)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPrinter) printer =
      wb_book_get_printer (wb_desk_get_book (desk), WB_DOCUMENT_SLIP, &error);

  g_assert_no_error (error);
  wb_record_set_text (printer, WB_PRINTER_TARGET, folder);
  g_assert_true (wb_desk_save_printer (desk, printer, &error));
  g_assert_no_error (error);
}

/* Ships @wanted orders as far as they go. Returns: their shipments. */
static GArray *
ship_some (WbBench *bench, WbDesk *desk, guint wanted)
{
  g_autoptr (GArray) ready = wb_bench_calm (bench, desk);
  GArray            *shipments = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ready->len && shipments->len < wanted; i++)
    {
      gint64 id = wb_bench_plan (desk, g_array_index (ready, gint64, i), NULL);

      if (id == 0)
        continue; /* its customs papers lack something: not this test's matter */
      wb_desk_ship (desk, id, NULL, NULL, NULL, NULL);
      g_array_append_val (shipments, id);
    }
  g_assert_cmpuint (shipments->len, ==, wanted);
  return shipments;
}

static const WbSetRow *
row_of (GPtrArray *rows, const char *document)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((const WbSetRow *) rows->pdata[i])->document, document))
      return rows->pdata[i];
  return NULL;
}

static void
test_set (void)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench)   bench = wb_bench_new (&options);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autofree char      *nowhere = g_build_filename (bench->folder, "slips", NULL);
  g_autoptr (GArray)    shipments = NULL;
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL;
  g_autoptr (GError)    error = NULL;
  gboolean              complete = TRUE;
  gint64                id;

  /* The folder is there when it is chosen, and something else is in its place later. */
  g_assert_cmpint (g_mkdir (nowhere, 0700), ==, 0);
  put_slips (desk, nowhere);
  g_assert_cmpint (g_rmdir (nowhere), ==, 0);
  g_assert_true (g_file_set_contents (nowhere, "", 0, NULL));
  shipments = ship_some (bench, desk, 1);
  id = g_array_index (shipments, gint64, 0);
  first = wb_desk_print_set (desk, id, &complete, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (complete);
  g_assert_no_error (row_of (first, WB_DOCUMENT_LABEL)->error);
  g_assert_nonnull (row_of (first, WB_DOCUMENT_SLIP)->error);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_SLIP), ==, 0);

  put_slips (desk, bench->papers);
  second = wb_desk_print_set (desk, id, &complete, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (complete);
  g_assert_nonnull (row_of (second, WB_DOCUMENT_SLIP)->outcome);
  third = wb_desk_print_set (desk, id, &complete, NULL, &error);
  g_assert_true (complete); /* and nothing came out twice */
  g_assert_cmpuint (third->len, ==, second->len);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_LABEL), ==, 1);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_SLIP), ==, 1);
}

static guint
count_pages (GBytes *pdf)
{
  gsize       size;
  const char *data = g_bytes_get_data (pdf, &size);
  guint       n = 0;

  for (gsize i = 0; i + 12 < size; i++)
    n += memcmp (data + i, "/Type /Page", 11) == 0 && data[i + 11] != 's';
  return n;
}

static void
refuse_sheet (WbDesk *desk, GArray *shipments, const char *layout, guint start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sheet = wb_desk_make_label_sheet (desk, layout, start, TRUE,
                                                       (const gint64 *) (gpointer) shipments->data,
                                                       shipments->len, &error);

  g_assert_null (sheet);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_test_message ("%s", error->message);
}

/* The town's labels are 4 × 6 inch: two on A4, turned; a place for A6 is too small. */
static void
test_sheet (void)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = wb_bench_new (&options);
  g_autoptr (WbDesk)  desk = wb_bench_open (bench->book);
  g_autoptr (GArray)  shipments = ship_some (bench, desk, 2);
  const gint64       *ids = (const gint64 *) (gpointer) shipments->data;
  g_autoptr (GBytes)  whole = NULL, begun = NULL, again = NULL;
  g_autofree char    *outcome = NULL;
  g_autoptr (GError)  error = NULL;

  whole = wb_desk_make_label_sheet (desk, "a4-2", 1, TRUE, ids, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_pages (whole), ==, 1);
  begun = wb_desk_make_label_sheet (desk, "a4-2", 2, TRUE, ids, 2, &error);
  g_assert_cmpuint (count_pages (begun), ==, 2);
  again = wb_desk_make_label_sheet (desk, "a4-2", 2, TRUE, ids, 2, &error);
  g_assert_true (g_bytes_equal (begun, again));
  refuse_sheet (desk, shipments, "a4-4", 1);
  refuse_sheet (desk, shipments, "a4-2", 3);
  refuse_sheet (desk, shipments, "a3-7", 1);

  g_assert_true (wb_desk_print_label_sheet (desk, "a4-2", 1, TRUE, ids, 2, &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_LABEL_SHEET), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print-set/complete-or-what-is-missing", test_set);
  g_test_add_func ("/print-set/labels-on-sheets", test_sheet);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bought label that fails a check is paid, kept and not printed; somebody accepts it, or it is
 * voided and another is bought. */
#include "wb-bench.h"
#include "wb-exceptions.h"
#include "wb-test.h"

#include <string.h>

/* The town's labels are 4 × 6 inch; the roll in the printer is what @media says. */
static void
put_roll (WbDesk *desk, const char *media)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPrinter) printer =
      wb_book_get_printer (wb_desk_get_book (desk), WB_DOCUMENT_LABEL, &error);

  g_assert_no_error (error);
  wb_record_set_text (printer, WB_PRINTER_MEDIA, media);
  g_assert_true (wb_desk_save_printer (desk, printer, &error));
  g_assert_no_error (error);
}

static WbLabel *
label_of (WbDesk *desk, gint64 order_id)
{
  g_autoptr (GPtrArray) labels = wb_book_list_labels (wb_desk_get_book (desk), order_id, NULL);

  g_assert_cmpuint (labels->len, ==, 1);
  return g_object_ref (labels->pdata[0]);
}

static guint
count_exceptions (WbDesk *desk, const char *kind)
{
  g_autoptr (GPtrArray) list = wb_list_exceptions (wb_desk_get_book (desk), NULL);
  guint                 n = 0;

  for (guint i = 0; i < list->len; i++)
    n += g_str_equal (((WbException *) list->pdata[i])->kind, kind);
  return n;
}

static guint
count_papers (WbBench *bench)
{
  g_autoptr (GDir) dir = g_dir_open (bench->papers, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, "-" WB_DOCUMENT_LABEL "-") != NULL;
  return n;
}

/* One order shipped as far as it goes. Returns: its id; @shipment: (out). */
static gint64
ship_one (WbBench *bench, WbDesk *desk, gint64 *shipment)
{
  g_autoptr (GArray) ready = wb_bench_calm (bench, desk);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ready->len; i++)
    {
      gint64 id = g_array_index (ready, gint64, i);

      g_clear_error (&error);
      *shipment = wb_bench_plan (desk, id, &error);
      if (*shipment == 0)
        continue; /* its customs papers lack something: not this test's matter */
      if (!wb_desk_ship (desk, *shipment, NULL, NULL, NULL, &error))
        g_test_message ("the shipment stopped: %s", error->message);
      return id;
    }
  g_error ("no order can be planned: %s", error != NULL ? error->message : "none is there");
}

static void
test_good (void)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbDesk)  desk = NULL;
  g_autoptr (WbLabel) label = NULL;
  gint64              shipment = 0;

  options.orders = 40;
  options.seed = 7;
  bench = wb_bench_new (&options);
  desk = wb_bench_open (bench->book);
  label = label_of (desk, ship_one (bench, desk, &shipment));
  g_assert_null (wb_record_get_text (label, WB_LABEL_QUARANTINE));
  g_assert_cmpuint (count_exceptions (desk, "set-aside"), ==, 0);
  g_assert_cmpuint (count_papers (bench), ==, 1);
}

static void
test_accepted (void)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbDesk)  desk = NULL;
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *outcome = NULL;
  gint64              order, shipment = 0, id;

  options.orders = 40;
  options.seed = 7;
  bench = wb_bench_new (&options);
  desk = wb_bench_open (bench->book);
  put_roll (desk, "iso_a6_105x148mm");
  order = ship_one (bench, desk, &shipment);
  label = label_of (desk, order);
  id = wb_record_get_int (label, WB_LABEL_ID);
  g_assert_nonnull (strstr (wb_record_get_text (label, WB_LABEL_QUARANTINE), "105 × 148 mm"));
  g_assert_cmpuint (count_exceptions (desk, "set-aside"), ==, 1);
  g_assert_cmpuint (count_papers (bench), ==, 0);
  g_assert_false (
      wb_desk_print_document (desk, shipment, WB_DOCUMENT_LABEL, &outcome, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "set aside"));
  g_clear_error (&error);
  g_assert_true (wb_desk_recover (desk, NULL, NULL, NULL, &error)); /* it waits, and says no more */
  g_assert_no_error (error);
  g_assert_false (wb_desk_accept_label (desk, id, "bigger", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);

  put_roll (desk, "na_index-4x6_4x6in");
  g_assert_true (wb_desk_accept_label (desk, id, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&label);
  label = label_of (desk, order);
  g_assert_cmpstr (wb_record_get_text (label, WB_LABEL_ACCEPTED_BY), ==, wb_desk_get_actor (desk));
  g_assert_cmpint (wb_record_get_int (label, WB_LABEL_ACCEPTED_AT), >, 0);
  g_assert_cmpuint (count_exceptions (desk, "set-aside"), ==, 0);
  g_assert_true (
      wb_desk_print_document (desk, shipment, WB_DOCUMENT_LABEL, &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_papers (bench), ==, 1);
}

static void
test_voided (void)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbDesk)  desk = NULL;
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *outcome = NULL;
  gint64              order, shipment = 0;

  options.orders = 40;
  options.seed = 7;
  bench = wb_bench_new (&options);
  desk = wb_bench_open (bench->book);
  put_roll (desk, "iso_a6_105x148mm");
  order = ship_one (bench, desk, &shipment);
  label = label_of (desk, order);
  g_assert_true (
      wb_desk_void_label (desk, wb_record_get_int (label, WB_LABEL_ID), &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_exceptions (desk, "set-aside"), ==, 0);
  g_assert_false (
      wb_desk_accept_label (desk, wb_record_get_int (label, WB_LABEL_ID), NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_assert_cmpuint (count_papers (bench), ==, 0);
}

/* Ships what is ready until a label of the same service as @like is bought. Returns: it. */
static WbLabel *
ship_alike (WbBench *bench, WbDesk *desk, WbLabel *like)
{
  g_autoptr (GArray) ready = wb_bench_calm (bench, desk);

  for (guint i = 0; i < ready->len; i++)
    {
      gint64              order = g_array_index (ready, gint64, i);
      gint64              shipment = wb_bench_plan (desk, order, NULL);
      g_autoptr (WbLabel) label = NULL;

      if (shipment == 0)
        continue;
      wb_desk_ship (desk, shipment, NULL, NULL, NULL, NULL);
      label = label_of (desk, order);
      if (g_strcmp0 (wb_record_get_text (label, WB_LABEL_SERVICE),
                     wb_record_get_text (like, WB_LABEL_SERVICE)) == 0)
        return g_steal_pointer (&label);
    }
  g_assert_not_reached ();
}

#define LYING "custom_6x4_6x4in" /* the town's labels lie across it */

/* “This carrier's labels always turned like this”: holds for this service, shape, printer and roll,
 * with the name of who said so, and no longer than it is wanted. */
static void
test_standing (void)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench)   bench = NULL;
  g_autoptr (WbDesk)    desk = NULL;
  g_autoptr (WbLabel)   first = NULL, second = NULL, third = NULL, fourth = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_autofree char      *change = NULL, *words = NULL;
  gint64                shipment = 0, id, rule;
  guint                 papers;

  options.orders = 80;
  options.seed = 7;
  bench = wb_bench_new (&options);
  desk = wb_bench_open (bench->book);
  put_roll (desk, LYING);
  first = label_of (desk, ship_one (bench, desk, &shipment));
  id = wb_record_get_int (first, WB_LABEL_ID);
  g_assert_true (wb_desk_propose_label (desk, id, &change, &words, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (change, "turn=90"));
  g_assert_false (wb_desk_accept_always (desk, id, "page=0 turn=180 x=0 y=0", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID); /* nobody was shown that */
  g_clear_error (&error);
  g_assert_true (wb_desk_accept_always (desk, id, change, &error));
  g_assert_no_error (error);
  papers = count_papers (bench);

  second = ship_alike (bench, desk, first);
  g_assert_nonnull (wb_record_get_text (second, WB_LABEL_QUARANTINE));
  g_assert_false (wb_label_is_set_aside (second));
  g_assert_cmpstr (wb_record_get_text (second, WB_LABEL_ACCEPTED_CHANGE), ==, change);
  g_assert_cmpstr (wb_record_get_text (second, WB_LABEL_ACCEPTED_BY), ==, wb_desk_get_actor (desk));
  g_assert_cmpuint (count_papers (bench), >, papers);

  put_roll (desk, "custom_6.5x4_6.5x4in"); /* another roll: nobody has said anything about it */
  third = ship_alike (bench, desk, first);
  g_assert_true (wb_label_is_set_aside (third));

  put_roll (desk, LYING);
  rules = wb_book_list_label_rules (wb_desk_get_book (desk), &error);
  g_assert_cmpuint (rules->len, ==, 1);
  rule = wb_record_get_int (rules->pdata[0], WB_LABEL_RULE_ID);
  g_assert_true (wb_desk_revoke_rule (desk, rule, &error));
  g_assert_no_error (error);
  g_assert_false (wb_desk_revoke_rule (desk, rule, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  fourth = ship_alike (bench, desk, first);
  g_assert_true (wb_label_is_set_aside (fourth));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set-aside/good", test_good);
  g_test_add_func ("/set-aside/accepted", test_accepted);
  g_test_add_func ("/set-aside/voided", test_voided);
  g_test_add_func ("/set-aside/standing", test_standing);
  return g_test_run ();
}

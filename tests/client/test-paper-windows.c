/* SPDX-License-Identifier: GPL-3.0-or-later
 * Paper from outside, by keyboard and accessibility tree: a label that was set aside is looked at
 * and accepted, many labels are printed in one go, a printer is set right by what came out. */
#include "wb-journal.h"
#include "window-bench.h"

#include <string.h>

#define LABELS "-" WB_DOCUMENT_LABEL "-"
#define SLIPS  "-" WB_DOCUMENT_SLIP "-"
#define SHEETS "-" WB_DOCUMENT_LABEL_SHEET "-"
#define TESTS  "test-label-"
#define LYING  "custom_6x4_6x4in" /* the town's labels lie across it */
#define BATCH  4

static WindowBench at;

static struct
{
  gint64 aside;          /* the shipment whose label was set aside */
  gint64 printed[BATCH]; /* shipments with good labels */
} here;

static void
put_roll (const char *media)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (at.book, WB_DOCUMENT_LABEL, NULL);
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (printer, WB_PRINTER_MEDIA, media);
  g_assert_true (wb_desk_save_printer (at.desk, printer, &error));
  g_assert_no_error (error);
}

static WbLabel *
label_of (gint64 shipment_id)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (at.book, shipment_id, NULL);
  g_autoptr (GPtrArray)  labels =
      wb_book_list_labels (at.book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID), NULL);

  g_assert_cmpuint (labels->len, ==, 1);
  return g_object_ref (labels->pdata[0]);
}

/* Files in the folder of the printer whose name has @part in it. */
static guint
count_files (const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (at.bench->papers, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, part) != NULL;
  return n;
}

/* Until there are @n; one more is too many. */
static void
wait_files (const char *part, guint n)
{
  A11Y_UNTIL (count_files (part) >= n);
  g_assert_cmpuint (count_files (part), ==, n);
}

static gboolean
is_set_aside (void)
{
  g_autoptr (WbLabel) label = label_of (here.aside);

  return wb_label_is_set_aside (label);
}

/* From Today: the finding in words, the preview, and accepting it for good. */
static void
test_set_aside (void)
{
  g_autoptr (AtspiAccessible) window = NULL, always = NULL;
  g_autoptr (WbLabel)         label = NULL;
  g_autoptr (GPtrArray)       rules = NULL;
  guint                       before = count_files (LABELS);

  g_assert_true (is_set_aside ());
  a11y_key (A11Y_CONTROL, '1');
  a11y_click_start (at.window, "Look at it");
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "A label was set aside");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "152 × 102 mm");
  a11y_expect (window, ATSPI_ROLE_LABEL, "It is turned by 90 degrees.");
  always = a11y_wait_start (window, ATSPI_ROLE_CHECK_BOX, "Always like this");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  a11y_click (always);
  a11y_click_start (window, "_Accept and print");
  A11Y_UNTIL (!is_set_aside ());
  label = label_of (here.aside);
  g_assert_nonnull (strstr (wb_record_get_text (label, WB_LABEL_ACCEPTED_CHANGE), "turn=90"));
  wait_files (LABELS, before + 1);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "A label was set aside");
  rules = wb_book_list_label_rules (at.book, NULL);
  g_assert_cmpuint (rules->len, ==, 1);
}

/* The test label, what came out of it, the settings after it. The printers are asked for first:
 * until they are known nothing can be chosen. */
static void
test_wizard (void)
{
  g_autoptr (AtspiAccessible) menu = NULL, preferences = NULL, open = NULL, window = NULL;
  g_autoptr (AtspiAccessible) blank = NULL;
  g_autoptr (WbPrinter)       printer = NULL;
  guint                       before = count_files (TESTS);

  a11y_key (A11Y_CONTROL, ',');
  preferences = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Preferences");
  menu = a11y_wait_start (preferences, ATSPI_ROLE_PAGE_TAB, "Printing");
  open = a11y_wait_start (preferences, ATSPI_ROLE_PUSH_BUTTON, "Print a test page");
  A11Y_UNTIL (a11y_is (open, ATSPI_STATE_SENSITIVE));
  a11y_click (menu);
  A11Y_UNTIL (
      a11y_is (menu, ATSPI_STATE_SELECTED)); /* a page that is not shown yet takes no click */
  a11y_click (open);
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Set the label printer right");
  a11y_click_start (window, "_Print the test label");
  a11y_expect (window, ATSPI_ROLE_LABEL, "What came out?");
  wait_files (TESTS, before + 1);
  blank = a11y_wait_start (window, ATSPI_ROLE_CHECK_BOX, "Blank labels came after it");
  A11Y_UNTIL (a11y_is (blank, ATSPI_STATE_SENSITIVE));
  a11y_click (blank);
  /* libadwaita gives the lists inside its combo rows, two here, no names. */
  g_assert_cmpuint (a11y_bad_names (window), ==, 2);
  A11Y_UNTIL (a11y_is (blank, ATSPI_STATE_CHECKED));
  a11y_click_start (window, "_Change it and print again");
  a11y_expect_start (window, ATSPI_ROLE_LABEL, "The printer looks for the black mark on the back.");
  wait_files (TESTS, before + 2);
  printer = wb_book_get_printer (at.book, WB_DOCUMENT_LABEL, NULL);
  g_assert_cmpstr (wb_record_get_text (printer, WB_PRINTER_SENSOR), ==, WB_SENSOR_MARK);
  a11y_click_start (window, "_All is right");
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Set the label printer right");
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Preferences");
}

#define WB_MEDIA_4X6 "na_index-4x6_4x6in"

/* Every chosen label once, in the visible order, each with its slip. Those that the roll in the
 * printer does not fit are told one by one, and come when it is changed; what an earlier run left
 * is offered. */
static void
test_batch (void)
{
  g_autoptr (AtspiAccessible) list = NULL, window = NULL, slips = NULL;
  guint                       labels = count_files (LABELS), others = count_files (SLIPS);

  a11y_show_page (at.window, "Shipments");
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "Not finished: 0 of 1 printed");
  list = a11y_wait (at.window, ATSPI_ROLE_LIST, "Shipments");
  for (int i = 0; i < BATCH; i++)
    g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), i, NULL));
  a11y_click_start (at.window, "Print _labels…");
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Print labels");
  slips = a11y_wait_start (window, ATSPI_ROLE_CHECK_BOX, "A packing slip after each label");
  a11y_click (slips);
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  a11y_click_start (window, "_Print");
  a11y_expect (window, ATSPI_ROLE_LABEL, "5 of 8 printed · 3 not printed");
  put_roll (WB_MEDIA_4X6);
  a11y_click_start (window, "_Go on");
  a11y_expect (window, ATSPI_ROLE_LABEL, "8 of 8 printed");
  wait_files (LABELS, labels + BATCH);
  wait_files (SLIPS, others + BATCH);
  a11y_click_start (window, "_Close");
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Print labels");
}

/* Two labels from the second place of a sheet on, chosen with the arrow keys. */
static void
test_sheet (void)
{
  g_autoptr (AtspiAccessible) list = NULL, window = NULL, places = NULL;

  a11y_show_page (at.window, "Shipments");
  list = a11y_wait (at.window, ATSPI_ROLE_LIST, "Shipments");
  for (int i = 0; i < 2; i++)
    g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), i, NULL));
  for (int i = 2; i < BATCH; i++)
    atspi_selection_deselect_child (ATSPI_SELECTION (list), i, NULL);
  a11y_click_start (at.window, "On a s_heet…");
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Labels on a sheet");
  a11y_expect (window, ATSPI_ROLE_LABEL, "From place 1 of 2 on: 1 sheet");
  places = a11y_wait (window, ATSPI_ROLE_SPIN_BUTTON, "First free place");
  a11y_wait_focused (places);
  a11y_key (0, A11Y_DOWN);
  a11y_expect (window, ATSPI_ROLE_LABEL, "From place 2 of 2 on: 2 sheets");
  /* libadwaita gives the list inside its combo row no name. */
  g_assert_cmpuint (a11y_bad_names (window), ==, 1);
  a11y_click_start (window, "_Print 2 labels");
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "Labels on a sheet");
  wait_files (SHEETS, 1);
}

/* An order abroad, of several products if there is one. */
static gint64
find_abroad (void)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (at.book, &query, NULL);
  gint64                   single = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64                id = g_array_index (ids, gint64, i);
      g_autoptr (GPtrArray) gaps = wb_list_customs_gaps (at.book, id, NULL);

      if (gaps->len > 1)
        return id;
      if (gaps->len == 1)
        single = id;
    }
  return single;
}

/* Nothing of what customs want to know is known. */
static void
forget_customs (void)
{
  g_autoptr (GPtrArray) products = wb_book_list_products (at.book, NULL);

  for (guint i = 0; i < products->len; i++)
    {
      wb_record_set_text (products->pdata[i], WB_PRODUCT_HS_CODE, NULL);
      wb_record_set_text (products->pdata[i], WB_PRODUCT_ORIGIN_COUNTRY, NULL);
    }
  g_assert_true (wb_desk_save_customs_data (at.desk, products, NULL));
}

static void
type_text (const char *text)
{
  for (const char *key = text; *key != '\0'; key++)
    a11y_key (0, (guint) *key);
}

/* From the pane that would buy the label, by keyboard alone: what is typed wrong is told and not
 * kept, what is right is asked no more. */
static void
test_customs (void)
{
  g_autoptr (AtspiAccessible) window = NULL;
  g_autoptr (GPtrArray)       gaps = NULL, left = NULL;
  g_autoptr (WbOrder)         order = NULL;
  gint64                      id;

  forget_customs ();
  id = find_abroad ();
  g_assert_cmpint (id, >, 0);
  gaps = wb_list_customs_gaps (at.book, id, NULL);
  order = wb_book_get_order (at.book, id, NULL);
  window_bench_find_order (&at, wb_record_get_text (order, WB_ORDER_NUMBER));
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, "Ship…");
  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "Customs want to know more of ");
  a11y_click_start (at.window, "_Say it…");
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "What customs want to know");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  for (guint i = 0; i < gaps->len; i++)
    {
      type_text (i == 0 ? "12" : "691110");
      if (i == 0)
        {
          a11y_expect_start (window, ATSPI_ROLE_TEXT, "Tariff number: at least six digits");
          type_text ("345678");
        }
      a11y_key (0, A11Y_TAB);
      type_text (i == 0 ? "portugal" : "CN");
      if (i == 0)
        a11y_expect (window, ATSPI_ROLE_TEXT, "Country of origin · Portugal");
      a11y_key (0, A11Y_RETURN); /* the next product, or all are kept */
    }
  a11y_wait_gone (at.app, ATSPI_ROLE_FRAME, "What customs want to know");
  a11y_wait_gone_start (at.window, ATSPI_ROLE_LABEL, "Customs want to know more of ");
  left = wb_list_customs_gaps (at.book, id, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

/* Good labels that are printed already, one that was set aside, and a batch that was never run. */
static void
ship_all (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (calm->len, >, BATCH);
  for (guint i = 0; i <= BATCH; i++)
    {
      gint64 shipment = wb_bench_plan (at.desk, g_array_index (calm, gint64, i), NULL);

      g_assert_cmpint (shipment, >, 0);
      if (i == BATCH)
        put_roll (LYING);
      wb_desk_ship (at.desk, shipment, NULL, NULL, NULL, NULL);
      if (i == BATCH)
        here.aside = shipment;
      else
        here.printed[i] = shipment;
    }
  g_assert_cmpint (wb_desk_begin_prints (at.desk, here.printed, 1, FALSE, &error), >, 0);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  window_bench_make (&at, &options);
  ship_all ();
  window_bench_open (&at);
  g_test_add_func ("/client/papers/set-aside", test_set_aside);
  g_test_add_func ("/client/papers/wizard", test_wizard);
  g_test_add_func ("/client/papers/batch", test_batch);
  g_test_add_func ("/client/papers/sheet", test_sheet);
  g_test_add_func ("/client/papers/customs", test_customs);
  return window_bench_run (&at);
}

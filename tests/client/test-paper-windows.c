/* SPDX-License-Identifier: GPL-3.0-or-later
 * Paper from outside, by keyboard and accessibility tree: a label that was set aside is looked at
 * and accepted, many labels are printed in one go, a printer is set right by what came out. */
#include "a11y.h"
#include "client-bench.h"
#include "wb-journal.h"

#include <locale.h>
#include <string.h>

#define POLL_US 20000
#define LYING   "custom_6x4_6x4in" /* the town's labels lie across it */
#define BATCH   4

static struct
{
  WbBench         *bench;
  WbDesk          *desk;
  WbBook          *book;
  char            *secrets;
  AtspiAccessible *app;
  AtspiAccessible *window;
  GPid             pid;
  gint64           aside;          /* the shipment whose label was set aside */
  gint64           printed[BATCH]; /* shipments with good labels */
} here;

static void
put_roll (const char *media)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (here.book, WB_DOCUMENT_LABEL, NULL);
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (printer, WB_PRINTER_MEDIA, media);
  g_assert_true (wb_desk_save_printer (here.desk, printer, &error));
  g_assert_no_error (error);
}

static WbLabel *
label_of (gint64 shipment_id)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (here.book, shipment_id, NULL);
  g_autoptr (GPtrArray)  labels =
      wb_book_list_labels (here.book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID), NULL);

  g_assert_cmpuint (labels->len, ==, 1);
  return g_object_ref (labels->pdata[0]);
}

static guint
count_papers (const char *document)
{
  g_autofree char *part = g_strdup_printf ("-%s-", document);
  g_autoptr (GDir) dir = g_dir_open (here.bench->papers, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, part) != NULL;
  return n;
}

static void
wait_papers (const char *document, guint n)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (count_papers (document) < n && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_cmpuint (count_papers (document), ==, n);
}

/* Files of test prints. */
static guint
count_tests (void)
{
  g_autoptr (GDir) dir = g_dir_open (here.bench->papers, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "test-label-");
  return n;
}

static void
wait_tests (guint n)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (count_tests () < n && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_cmpuint (count_tests (), ==, n);
}

/* From Today: the finding in words, the preview, and accepting it for good. */
static void
test_set_aside (void)
{
  g_autoptr (AtspiAccessible) look = NULL, window = NULL, reason = NULL, picture = NULL;
  g_autoptr (AtspiAccessible) always = NULL, accept = NULL;
  g_autoptr (WbLabel)         label = label_of (here.aside);
  g_autoptr (GPtrArray)       rules = NULL;
  gint64                      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
  guint                       before = count_papers (WB_DOCUMENT_LABEL);

  g_assert_true (wb_label_is_set_aside (label));
  a11y_key (A11Y_CONTROL, '1');
  look = a11y_wait_start (here.window, ATSPI_ROLE_PUSH_BUTTON, "Look at it");
  a11y_click (look);
  window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "A label was set aside");
  reason = a11y_wait_part (window, ATSPI_ROLE_LABEL, "152 × 102 mm");
  picture = a11y_wait (window, ATSPI_ROLE_LABEL, "It is turned by 90 degrees.");
  always = a11y_wait_start (window, ATSPI_ROLE_CHECK_BOX, "Always like this");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  a11y_click (always);
  accept = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Accept and print");
  a11y_click (accept);
  do
    {
      g_usleep (POLL_US);
      g_clear_object (&label);
      label = label_of (here.aside);
    }
  while (wb_label_is_set_aside (label) && g_get_monotonic_time () < end);
  g_assert_false (wb_label_is_set_aside (label));
  g_assert_nonnull (strstr (wb_record_get_text (label, WB_LABEL_ACCEPTED_CHANGE), "turn=90"));
  wait_papers (WB_DOCUMENT_LABEL, before + 1);
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "A label was set aside");
  rules = wb_book_list_label_rules (here.book, NULL);
  g_assert_cmpuint (rules->len, ==, 1);
}

/* The printers are asked for first: until they are known nothing can be chosen. */
static void
wait_state (AtspiAccessible *node, AtspiStateType state)
{
  gint64   end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
  gboolean ready = FALSE;

  while (!ready && g_get_monotonic_time () < end)
    {
      g_autoptr (AtspiStateSet) states = NULL;

      g_usleep (POLL_US);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      atspi_accessible_clear_cache (node);
      states = atspi_accessible_get_state_set (node);
      ready = states != NULL && atspi_state_set_contains (states, state);
    }
  g_assert_true (ready);
}

static void
wait_sensitive (AtspiAccessible *node)
{
  wait_state (node, ATSPI_STATE_SENSITIVE);
}

static void
wait_checked (AtspiAccessible *node)
{
  wait_state (node, ATSPI_STATE_CHECKED);
}

/* The test label, what came out of it, the settings after it. */
static void
test_wizard (void)
{
  g_autoptr (AtspiAccessible) menu = NULL, preferences = NULL, open = NULL, window = NULL;
  g_autoptr (AtspiAccessible) print = NULL, asked = NULL, blank = NULL, again = NULL, said = NULL;
  g_autoptr (AtspiAccessible) right = NULL;
  g_autoptr (WbPrinter)       printer = NULL;
  guint                       before = count_tests ();

  a11y_key (A11Y_CONTROL, ',');
  preferences = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Preferences");
  menu = a11y_wait_start (preferences, ATSPI_ROLE_PAGE_TAB, "Printing");
  open = a11y_wait_start (preferences, ATSPI_ROLE_PUSH_BUTTON, "Print a test page");
  wait_sensitive (open);
  a11y_click (menu);
  wait_state (menu, ATSPI_STATE_SELECTED); /* a page that is not shown yet takes no click */
  a11y_click (open);
  window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Set the label printer right");
  print = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Print the test label");
  a11y_click (print);
  asked = a11y_wait (window, ATSPI_ROLE_LABEL, "What came out?");
  wait_tests (before + 1);
  blank = a11y_wait_start (window, ATSPI_ROLE_CHECK_BOX, "Blank labels came after it");
  wait_sensitive (blank);
  a11y_click (blank);
  /* libadwaita gives the lists inside its combo rows, two here, no names. */
  g_assert_cmpuint (a11y_bad_names (window), ==, 2);
  wait_checked (blank);
  again = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Change it and print again");
  wait_sensitive (again);
  a11y_click (again);
  said = a11y_wait_start (window, ATSPI_ROLE_LABEL,
                          "The printer looks for the black mark on the back.");
  wait_tests (before + 2);
  printer = wb_book_get_printer (here.book, WB_DOCUMENT_LABEL, NULL);
  g_assert_cmpstr (wb_record_get_text (printer, WB_PRINTER_SENSOR), ==, WB_SENSOR_MARK);
  right = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_All is right");
  wait_sensitive (right);
  a11y_click (right);
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "Set the label printer right");
  a11y_key (0, A11Y_ESCAPE);
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "Preferences");
}

#define WB_MEDIA_4X6 "na_index-4x6_4x6in"

/* Every chosen label once, in the visible order, each with its slip. Those that the roll in the
 * printer does not fit are told one by one, and come when it is changed; what an earlier run left
 * is offered. */
static void
test_batch (void)
{
  g_autoptr (AtspiAccessible) list = NULL, print = NULL, window = NULL, slips = NULL, begin = NULL;
  g_autoptr (AtspiAccessible) outcome = NULL, close = NULL, offered = NULL, again = NULL,
                              stands = NULL;
  guint labels = count_papers (WB_DOCUMENT_LABEL), others = count_papers (WB_DOCUMENT_SLIP);

  a11y_show_page (here.window, "Shipments");
  offered = a11y_wait_start (here.window, ATSPI_ROLE_LABEL, "Not finished: 0 of 1 printed");
  g_assert_nonnull (offered);
  list = a11y_wait (here.window, ATSPI_ROLE_LIST, "Shipments");
  for (int i = 0; i < BATCH; i++)
    {
      g_autoptr (AtspiAccessible) row = NULL;

      g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), i, NULL));
    }
  print = a11y_wait_start (here.window, ATSPI_ROLE_PUSH_BUTTON, "Print _labels…");
  a11y_click (print);
  window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Print labels");
  slips = a11y_wait_start (window, ATSPI_ROLE_CHECK_BOX, "A packing slip after each label");
  a11y_click (slips);
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  begin = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Print");
  a11y_click (begin);
  stands = a11y_wait (window, ATSPI_ROLE_LABEL, "5 of 8 printed · 3 not printed");
  put_roll (WB_MEDIA_4X6);
  again = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Go on");
  a11y_click (again);
  outcome = a11y_wait (window, ATSPI_ROLE_LABEL, "8 of 8 printed");
  wait_papers (WB_DOCUMENT_LABEL, labels + BATCH);
  wait_papers (WB_DOCUMENT_SLIP, others + BATCH);
  close = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Close");
  a11y_click (close);
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "Print labels");
}

static guint
count_sheets (void)
{
  g_autoptr (GDir) dir = g_dir_open (here.bench->papers, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, "-" WB_DOCUMENT_LABEL_SHEET "-") != NULL;
  return n;
}

/* Two labels from the second place of a sheet on, chosen with the arrow keys. */
static void
test_sheet (void)
{
  g_autoptr (AtspiAccessible) list = NULL, sheet = NULL, window = NULL, places = NULL;
  g_autoptr (AtspiAccessible) outlook = NULL, moved = NULL, print = NULL;
  gint64                      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  a11y_show_page (here.window, "Shipments");
  list = a11y_wait (here.window, ATSPI_ROLE_LIST, "Shipments");
  for (int i = 0; i < 2; i++)
    g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), i, NULL));
  for (int i = 2; i < BATCH; i++)
    atspi_selection_deselect_child (ATSPI_SELECTION (list), i, NULL);
  sheet = a11y_wait_start (here.window, ATSPI_ROLE_PUSH_BUTTON, "On a s_heet…");
  a11y_click (sheet);
  window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Labels on a sheet");
  outlook = a11y_wait (window, ATSPI_ROLE_LABEL, "From place 1 of 2 on: 1 sheet");
  places = a11y_wait (window, ATSPI_ROLE_SPIN_BUTTON, "First free place");
  a11y_wait_focused (places);
  a11y_key (0, A11Y_DOWN);
  moved = a11y_wait (window, ATSPI_ROLE_LABEL, "From place 2 of 2 on: 2 sheets");
  /* libadwaita gives the list inside its combo row no name. */
  g_assert_cmpuint (a11y_bad_names (window), ==, 1);
  print = a11y_wait_start (window, ATSPI_ROLE_PUSH_BUTTON, "_Print 2 labels");
  a11y_click (print);
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "Labels on a sheet");
  while (count_sheets () < 1 && g_get_monotonic_time () < end)
    g_usleep (POLL_US);
  g_assert_cmpuint (count_sheets (), ==, 1);
}

/* An order abroad, of several products if there is one. */
static gint64
find_abroad (void)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (here.book, &query, NULL);
  gint64                   single = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64                id = g_array_index (ids, gint64, i);
      g_autoptr (GPtrArray) gaps = wb_list_customs_gaps (here.book, id, NULL);

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
  g_autoptr (GPtrArray) products = wb_book_list_products (here.book, NULL);

  for (guint i = 0; i < products->len; i++)
    {
      wb_record_set_text (products->pdata[i], WB_PRODUCT_HS_CODE, NULL);
      wb_record_set_text (products->pdata[i], WB_PRODUCT_ORIGIN_COUNTRY, NULL);
    }
  g_assert_true (wb_desk_save_customs_data (here.desk, products, NULL));
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
  g_autoptr (AtspiAccessible) entry = NULL, hint = NULL, say = NULL, window = NULL, wrong = NULL;
  g_autoptr (AtspiAccessible) country = NULL, save = NULL;
  g_autoptr (GPtrArray)       gaps = NULL, left = NULL;
  g_autoptr (WbOrder)         order = NULL;
  gint64                      id;

  forget_customs ();
  id = find_abroad ();
  g_assert_cmpint (id, >, 0);
  gaps = wb_list_customs_gaps (here.book, id, NULL);
  order = wb_book_get_order (here.book, id, NULL);
  a11y_key (A11Y_CONTROL, '2');
  entry = a11y_wait (here.window, ATSPI_ROLE_ENTRY, "Search orders");
  a11y_type (entry, wb_record_get_text (order, WB_ORDER_NUMBER));
  a11y_key (A11Y_CONTROL, 'f');
  a11y_key (0, A11Y_RETURN);
  say = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Ship…");
  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  hint = a11y_wait_start (here.window, ATSPI_ROLE_LABEL, "Customs want to know more of ");
  g_clear_object (&say);
  say = a11y_wait_start (here.window, ATSPI_ROLE_PUSH_BUTTON, "_Say it…");
  a11y_click (say);
  window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "What customs want to know");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  for (guint i = 0; i < gaps->len; i++)
    {
      type_text (i == 0 ? "12" : "691110");
      if (i == 0)
        {
          wrong = a11y_wait_start (window, ATSPI_ROLE_TEXT, "Tariff number: at least six digits");
          type_text ("345678");
        }
      a11y_key (0, A11Y_TAB);
      type_text (i == 0 ? "portugal" : "CN");
      if (i == 0)
        country = a11y_wait (window, ATSPI_ROLE_TEXT, "Country of origin · Portugal");
      a11y_key (0, A11Y_RETURN); /* the next product, or all are kept */
    }
  a11y_wait_gone (here.app, ATSPI_ROLE_FRAME, "What customs want to know");
  a11y_wait_gone_start (here.window, ATSPI_ROLE_LABEL, "Customs want to know more of ");
  left = wb_list_customs_gaps (here.book, id, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_close (void)
{
  a11y_key (A11Y_CONTROL, 'q');
  a11y_wait_exit (here.pid); /* fails when it does not end */
}

/* Good labels that are printed already, one that was set aside, and a batch that was never run. */
static void
ship_all (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (here.bench, here.desk);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (calm->len, >, BATCH);
  for (guint i = 0; i <= BATCH; i++)
    {
      gint64 shipment = wb_bench_plan (here.desk, g_array_index (calm, gint64, i), NULL);

      g_assert_cmpint (shipment, >, 0);
      if (i == BATCH)
        put_roll (LYING);
      wb_desk_ship (here.desk, shipment, NULL, NULL, NULL, NULL);
      if (i == BATCH)
        here.aside = shipment;
      else
        here.printed[i] = shipment;
    }
  g_assert_cmpint (wb_desk_begin_prints (here.desk, here.printed, 1, FALSE, &error), >, 0);
  g_assert_no_error (error);
}

static void
set_up (const char *program)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  const char        *argv[] = { program, "--book", NULL, "--secrets-file", NULL, NULL };

  options.orders = 40;
  here.bench = client_bench_new (&options, &here.secrets);
  here.desk = wb_bench_open (here.bench->book);
  here.book = wb_book_open (here.bench->book, TRUE, &error);
  g_assert_no_error (error);
  ship_all ();
  argv[2] = here.bench->book;
  argv[4] = here.secrets;
  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
}

int
main (int argc, char **argv)
{
  int result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  g_assert_cmpint (argc, ==, 2);
  set_up (argv[1]);
  g_test_add_func ("/client/papers/set-aside", test_set_aside);
  g_test_add_func ("/client/papers/wizard", test_wizard);
  g_test_add_func ("/client/papers/batch", test_batch);
  g_test_add_func ("/client/papers/sheet", test_sheet);
  g_test_add_func ("/client/papers/customs", test_customs);
  g_test_add_func ("/client/papers/close", test_close);
  result = g_test_run ();
  g_clear_object (&here.book);
  g_clear_object (&here.desk);
  wb_bench_free (here.bench);
  g_free (here.secrets);
  return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Shipments page from outside, by keyboard and accessibility tree: reprint, void with the
 * amount named, go on where shipping was interrupted. */
#include "wb-journal.h"
#include "window-bench.h"

enum
{
  VOIDED, /* reprinted, then voided */
  INTERRUPTED,
  PNG,
  ZPL,
  DROPPED, /* planned only */
  EDITED,  /* in the shop, after its label was bought */
  N_ORDERS
};

static WindowBench at;

static struct
{
  gint64 orders[N_ORDERS];
  gint64 shipments[N_ORDERS];
} here;

static gint64
ship (gint64 order_id, gboolean interrupted)
{
  gint64             shipment = wb_bench_plan (at.desk, order_id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (shipment, >, 0);
  for (guint i = 0; interrupted && i < 5; i++)
    wb_bench_fault (at.bench, "stripe", "POST", "/capture$", "429", 0);
  g_assert_true (wb_desk_ship (at.desk, shipment, NULL, NULL, NULL, &error) == !interrupted);
  wb_bench_no_faults (at.bench);
  return shipment;
}

static char *
title_of (guint which)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.orders[which], NULL);

  return g_strdup_printf ("#%s, shipment 1", wb_record_get_text (order, WB_ORDER_NUMBER));
}

/* The page, its row by order number, and the detail of it. */
static void
go_to (guint which)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.orders[which], NULL);
  g_autofree char    *title = title_of (which);
  g_autofree char    *cell = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) table = NULL, list = NULL;

  a11y_show_page (at.window, "Shipments");
  a11y_type_into (at.window, ATSPI_ROLE_ENTRY, "Search shipments",
                  wb_record_get_text (order, WB_ORDER_NUMBER));
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Shipments");
  a11y_expect (table, ATSPI_ROLE_LABEL, cell);
  list = a11y_wait (at.window, ATSPI_ROLE_LIST, "Shipments");
  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (list), 0, NULL));
  a11y_expect (at.window, ATSPI_ROLE_LABEL, title);
}

static guint
count_prints (gint64 shipment)
{
  g_autoptr (GPtrArray) all =
      wb_book_list_operations_of (at.book, here.orders[VOIDED], shipment, NULL);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    n += g_str_has_prefix (wb_record_get_text (all->pdata[i], WB_OPERATION_KEY), "print:label:") &&
         wb_operation_is (all->pdata[i], WB_OPERATION_DONE);
  return n;
}

/* Ctrl+P prints the very label once more, and buys nothing. */
static void
test_reprint (void)
{
  g_autoptr (GPtrArray) before = wb_book_list_labels (at.book, here.orders[VOIDED], NULL);
  g_autoptr (GPtrArray) after = NULL;

  go_to (VOIDED);
  g_assert_cmpuint (count_prints (here.shipments[VOIDED]), ==, 1);
  a11y_key (A11Y_CONTROL, 'p');
  A11Y_UNTIL (count_prints (here.shipments[VOIDED]) >= 2);
  g_assert_cmpuint (count_prints (here.shipments[VOIDED]), ==, 2);
  after = wb_book_list_labels (at.book, here.orders[VOIDED], NULL);
  g_assert_cmpuint (after->len, ==, before->len);
}

static void
test_names (void)
{
  go_to (VOIDED);
  g_assert_cmpuint (a11y_bad_names (at.window), ==, 0);
}

/* The dialog names the amount; keeping changes nothing, asking back voids. */
static void
test_void (void)
{
  g_autoptr (GPtrArray) labels = wb_book_list_labels (at.book, here.orders[VOIDED], NULL);
  g_autofree char *cost = wb_money_to_text (wb_record_get_money (labels->pdata[0], WB_LABEL_COST));
  g_autofree char *button = g_strdup_printf ("_Ask %s back", cost);
  g_autoptr (AtspiAccessible) dialog = NULL, item = NULL;
  g_autoptr (WbLabel)         label = NULL;

  a11y_open_menu (at.window, "What can be done with it");
  item = a11y_wait (at.window, ATSPI_ROLE_MENU_ITEM, "Void label…");
  a11y_click (item);
  dialog = a11y_wait (at.app, ATSPI_ROLE_DIALOG, "Void this label?");
  a11y_click_start (dialog, button);
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Refund of the label");
  label = wb_book_get_label (at.book, wb_record_get_int (labels->pdata[0], WB_LABEL_ID), NULL);
  g_assert_cmpstr (wb_record_get_text (label, WB_LABEL_STATE), !=, WB_LABEL_LIVE);
}

static gboolean
is_in_state (guint which, const char *state)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (at.book, here.shipments[which], NULL);

  return g_strcmp0 (wb_record_get_text (shipment, WB_SHIPMENT_STATE), state) == 0;
}

/* Ctrl+Return goes on with what was bought: no second label, and the order is captured. */
static void
test_continue (void)
{
  g_autoptr (GPtrArray) labels = NULL;

  here.shipments[INTERRUPTED] = ship (here.orders[INTERRUPTED], TRUE);
  go_to (INTERRUPTED);
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, "Finish shipping");
  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  a11y_expect_start (at.window, ATSPI_ROLE_LIST_ITEM, wb_step_title (WB_STEP_MARK));
  A11Y_UNTIL (is_in_state (INTERRUPTED, WB_SHIPMENT_SHIPPED));
  labels = wb_book_list_labels (at.book, here.orders[INTERRUPTED], NULL);
  g_assert_cmpuint (labels->len, ==, 1);
}

/* A label is painted dot by dot where it is a picture, and where it is not, that is said. */
static void
test_previews (void)
{
  go_to (PNG);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "PNG · ");
  go_to (ZPL);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "This label is written in ZPL");
}

static gint64
count_packed (gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, order_id, NULL);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64              packed = 0;

  for (guint i = 0; i < lines->len; i++)
    packed += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_PACKED);
  return packed;
}

/* A parcel that was planned only is given up, and its pieces are to ship again. */
static void
test_drop (void)
{
  g_autoptr (AtspiAccessible) item = NULL, dialog = NULL;

  here.shipments[DROPPED] = wb_bench_plan (at.desk, here.orders[DROPPED], NULL);
  g_assert_true (is_in_state (DROPPED, WB_SHIPMENT_PLANNED));
  go_to (DROPPED);
  a11y_open_menu (at.window, "What can be done with it");
  item = a11y_wait (at.window, ATSPI_ROLE_MENU_ITEM, "Give this parcel up…");
  a11y_click (item);
  dialog = a11y_wait (at.app, ATSPI_ROLE_DIALOG, "Give up this parcel?");
  g_assert_true (is_in_state (DROPPED, WB_SHIPMENT_PLANNED));
  g_assert_cmpint (count_packed (here.orders[DROPPED]), >, 0);
  a11y_click_start (dialog, "_Give it up");
  A11Y_UNTIL (is_in_state (DROPPED, WB_SHIPMENT_VOID));
  g_assert_cmpint (count_packed (here.orders[DROPPED]), ==, 0);
}

/* The shop tells another street of the order. Returns: what stands in the detail then. */
static char *
edit_street (void)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (at.book, here.orders[EDITED], NULL);
  WbAddress            *to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
  g_autofree char      *was = g_strdup (wb_record_get_text (to, WB_ADDRESS_STREET1));
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (to, WB_ADDRESS_STREET1, "Elsewhere 7");
  g_assert_true (wb_desk_import_order (at.desk, order, NULL, &result, &error));
  g_assert_no_error (error);
  return g_strdup_printf (
      "Ship to: Street: “%s” became “Elsewhere 7”. Changes where the parcel goes.", was);
}

static gboolean
is_edited (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.orders[EDITED], NULL);

  return wb_record_get_bool (order, WB_ORDER_EDITED_AFTER_LABEL);
}

/* What the shop changed after the label was bought stands in the order as a difference, with what
 * it makes invalid and what can be done. */
static void
test_edited (void)
{
  g_autofree char    *spoken = NULL;
  g_autoptr (WbOrder) order = NULL;

  here.shipments[EDITED] = ship (here.orders[EDITED], TRUE);
  spoken = edit_street ();
  order = wb_book_get_order (at.book, here.orders[EDITED], NULL);
  g_assert_true (is_edited ());
  window_bench_find_order (&at, wb_record_get_text (order, WB_ORDER_NUMBER));
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Changed after the label was bought");
  a11y_expect (at.window, ATSPI_ROLE_LIST_ITEM, spoken);
  a11y_click_start (at.window, "It still _fits");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, "Changed in the shop");
  A11Y_UNTIL (!is_edited ());
}

static void
print_labels_as (const char *format)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (at.book, WB_DOCUMENT_LABEL, NULL);
  g_autoptr (GError)    error = NULL;

  wb_record_set_text (printer, WB_PRINTER_FORMAT, format);
  g_assert_true (wb_desk_save_printer (at.desk, printer, &error));
  g_assert_no_error (error);
}

/* One shipment of each kind; what is not finished is begun by its own test: a window that starts
 * goes on with it. */
static void
ship_all (void)
{
  here.shipments[VOIDED] = ship (here.orders[VOIDED], FALSE);
  print_labels_as ("png");
  here.shipments[PNG] = ship (here.orders[PNG], FALSE);
  print_labels_as ("zpl");
  here.shipments[ZPL] = ship (here.orders[ZPL], FALSE);
  print_labels_as ("pdf");
}

static void
set_up (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);

  g_assert_cmpuint (calm->len, >=, G_N_ELEMENTS (here.orders));
  for (guint i = 0; i < G_N_ELEMENTS (here.orders); i++)
    here.orders[i] = g_array_index (calm, gint64, i);
  ship_all ();
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open (&at);
  g_test_add_func ("/client/shipments/names", test_names); /* a toast's own button has no name */
  g_test_add_func ("/client/shipments/reprint", test_reprint);
  g_test_add_func ("/client/shipments/void", test_void);
  g_test_add_func ("/client/shipments/continue", test_continue);
  g_test_add_func ("/client/shipments/previews", test_previews);
  g_test_add_func ("/client/shipments/drop", test_drop);
  g_test_add_func ("/client/shipments/edited", test_edited);
  return window_bench_run (&at);
}

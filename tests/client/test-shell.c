/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window does around its pages, from outside: notices on the desktop, what it remembers,
 * closing while something runs, without a network, and new orders by themselves. */
#include "test-shell-desktop.h"
#include "window-bench.h"

#include <string.h>

#define POLL_US  20000
#define DELAY_MS 2500 /* how long the carrier takes: time to close the window meanwhile */
#define N_HELD   5
#define N_MANY   250 /* orders: three pages */
#define DRAG_PX  40
#define PADDING  6 /* px left of a head's word */
#define FRAME    5 /* px around the window where there is no compositor */

static WindowBench at;

static struct
{
  gint64 ids[N_HELD + 3]; /* orders nothing is the matter with */
} here;

static char *
number_of (gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, order_id, NULL);

  return g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
}

/* ---- notices ---- */

/* What was there when the window opened is not told, and when it has looked nobody can see: the
 * order is held until it is. */
static void
test_notice (void)
{
  g_autofree char            *number = number_of (here.ids[0]);
  g_autofree char            *title = g_strdup_printf ("%s is on hold: rings", number);
  gint64                      end = a11y_deadline ();
  g_autoptr (AtspiAccessible) inbox = NULL;
  g_autoptr (GError)          error = NULL;

  a11y_key (A11Y_CONTROL, '1');
  inbox = a11y_wait (at.window, ATSPI_ROLE_LIST, "Needs you");
  for (guint i = 0; !test_desktop_shows (title); i++)
    {
      gint64 patience = g_get_monotonic_time () + 3 * G_TIME_SPAN_SECOND;

      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_assert_true (i == 0 || wb_desk_release (at.desk, here.ids[0], &error));
      if (i > 0)
        a11y_wait_gone (inbox, ATSPI_ROLE_LABEL, title);
      g_assert_true (wb_desk_hold (at.desk, here.ids[0], "rings", &error));
      while (!test_desktop_shows (title) && g_get_monotonic_time () < patience)
        g_usleep (POLL_US);
    }
  g_assert_cmpuint (test_desktop_count (), ==, 1);
  a11y_expect (inbox, ATSPI_ROLE_LABEL, title);
}

/* Settled by somebody else, it is taken back. */
static void
test_withdrawn (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_release (at.desk, here.ids[0], &error));
  A11Y_UNTIL (!test_desktop_shows ("is on hold: rings"));
  g_assert_cmpuint (test_desktop_count (), ==, 0);
}

/* A click opens the order. */
static void
test_action (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, here.ids[0], NULL);
  g_autofree char    *first_line =
      g_strdup_printf ("%s\n", wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_desk_hold (at.desk, here.ids[0], "rings", &error));
  A11Y_UNTIL (test_desktop_shows ("is on hold: rings"));
  test_desktop_choose ("is on hold: rings");
  a11y_expect (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, first_line);
  g_assert_true (wb_desk_release (at.desk, here.ids[0], &error));
}

/* The window stands still meanwhile, so that it sees all of them at once. */
static void
hold_all (const char *title)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kill (at.pid, SIGSTOP), ==, 0);
  for (guint i = 0; i < N_HELD; i++)
    g_assert_true (wb_desk_hold (at.desk, here.ids[i], "rings", &error));
  g_assert_cmpint (kill (at.pid, SIGCONT), ==, 0);
  A11Y_UNTIL (test_desktop_shows (title));
  g_assert_cmpuint (test_desktop_count (), ==, 1);
}

static void
release_all (guint notices)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_HELD; i++)
    {
      g_assert_cmpuint (test_desktop_count (), ==, notices);
      g_assert_true (wb_desk_release (at.desk, here.ids[i], &error));
    }
}

/* Five at once are one notice, which goes when the last of them is settled, or leads to Today. */
static void
test_grouped (void)
{
  const char                 *title = "5 things need you";
  g_autofree char            *first = number_of (here.ids[0]);
  g_autofree char            *held = g_strdup_printf ("%s is on hold: rings", first);
  g_autoptr (AtspiAccessible) inbox = NULL;

  a11y_key (A11Y_CONTROL, '1');
  a11y_wait_gone (at.window, ATSPI_ROLE_LABEL, held);
  hold_all (title);
  release_all (1);
  A11Y_UNTIL (!test_desktop_shows (title));
  a11y_wait_gone (at.window, ATSPI_ROLE_LABEL, held);
  a11y_key (A11Y_CONTROL, '2');
  hold_all (title);
  test_desktop_choose (title);
  inbox = a11y_wait (at.window, ATSPI_ROLE_LIST, "Needs you");
  a11y_expect (inbox, ATSPI_ROLE_LABEL, held);
  release_all (0);
}

/* ---- what is remembered ---- */

/* Where the word above a column is, in the window. */
static AtspiRect
place_of (const char *column)
{
  g_autoptr (AtspiAccessible) table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  g_autoptr (AtspiAccessible) head = a11y_wait (table, ATSPI_ROLE_INVALID, column);
  g_autoptr (GError)          error = NULL;
  g_autofree AtspiRect       *rect =
      atspi_component_get_extents (ATSPI_COMPONENT (head), ATSPI_COORD_TYPE_WINDOW, &error);

  g_assert_no_error (error);
  return *rect;
}

static void
mouse (int x, int y, const char *what)
{
  g_assert_true (atspi_generate_mouse_event (x, y, what, NULL));
}

static char *
first_number (void)
{
  g_autoptr (AtspiAccessible) table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  g_autoptr (AtspiAccessible) label = a11y_wait_start (table, ATSPI_ROLE_LABEL, "#");

  return atspi_accessible_get_name (label, NULL);
}

static gboolean
is_first (const char *number)
{
  g_autofree char *first = first_number ();

  return g_strcmp0 (first, number) == 0;
}

static gboolean
is_kept (const char *text)
{
  g_autofree char *file =
      g_build_filename (g_get_user_config_dir (), "glib-2.0", "settings", "keyfile", NULL);
  g_autofree char *kept = NULL;

  return g_file_get_contents (file, &kept, NULL, NULL) && strstr (kept, text) != NULL;
}

static int
width_of (const char *column, const char *next)
{
  return place_of (next).x - place_of (column).x;
}

/* A column is drawn wider, the list sorted by another: both are so after a restart. */
static void
test_columns (void)
{
  g_autofree char *newest = NULL, *first = NULL;
  AtspiRect        next, total;
  int              before, wider, edge, middle;

  a11y_key (A11Y_CONTROL, '2');
  newest = first_number ();
  before = width_of ("Ship by", "Customer");
  next = place_of ("Customer");
  edge = next.x - PADDING + FRAME;
  middle = next.y + next.height / 2 + FRAME;
  mouse (edge, middle, "abs");
  mouse (edge, middle, "b1p");
  for (int i = 1; i <= DRAG_PX; i += 13)
    mouse (edge + i, middle, "abs");
  mouse (edge + DRAG_PX, middle, "abs");
  mouse (edge + DRAG_PX, middle, "b1r");
  A11Y_UNTIL (is_kept ("'orders.ship-by'"));
  total = place_of ("Total");
  mouse (total.x + total.width / 2, middle, "b1c");
  A11Y_UNTIL (!is_first (newest));
  A11Y_UNTIL (is_kept ("('total'"));
  first = first_number ();
  wider = width_of ("Ship by", "Customer");
  g_assert_cmpint (wider, >, before);
  window_bench_close (&at);
  window_bench_open_orders (&at);
  A11Y_UNTIL (is_first (first));
  A11Y_UNTIL (width_of ("Ship by", "Customer") == wider);
}

/* ---- closing ---- */

static void
find_order (const char *number)
{
  window_bench_find_order (&at, number + 1);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, number);
  a11y_expect (at.window, ATSPI_ROLE_PUSH_BUTTON, "Ship…");
}

static gboolean
is_buying (gint64 id)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (at.book, id, 0, NULL);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (wb_record_get_text (all->pdata[i], WB_OPERATION_KIND), WB_OP_BUY_LABEL) &&
        wb_operation_is (all->pdata[i], WB_OPERATION_SENDING))
      return TRUE;
  return FALSE;
}

/* The question is a window of its own; the other one is too large to be searched in time. */
static AtspiAccessible *
find_question (void)
{
  int n = atspi_accessible_get_child_count (at.app, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) top = atspi_accessible_get_child_at_index (at.app, i, NULL);
      g_autoptr (AtspiAccessible) title = NULL;

      if (top == NULL || top == at.window)
        continue;
      title = a11y_find (top, ATSPI_ROLE_LABEL, "Something is still running");
      if (title != NULL)
        return g_steal_pointer (&top);
    }
  return NULL;
}

/* The carrier is slow: the label is being bought, and the window is told to close. Returns:
 * (transfer full): what it asks. */
static AtspiAccessible *
close_while_buying (gint64 id)
{
  g_autofree char            *number = number_of (id);
  g_autofree char            *title = g_strdup_printf ("Ship %s", number);
  g_autoptr (AtspiAccessible) weight = NULL;
  AtspiAccessible            *question = NULL;

  find_order (number);
  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  a11y_expect (at.window, ATSPI_ROLE_LABEL, title);
  weight = a11y_wait (at.window, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");
  for (const char *key = "700"; *key != '\0'; key++)
    a11y_key (0, (guint) *key);
  a11y_expect_start (at.window, ATSPI_ROLE_PUSH_BUTTON, "_Buy label for");
  wb_bench_fault (at.bench, "easypost", "POST", "/buy$", "delay", DELAY_MS);
  a11y_key (A11Y_CONTROL, A11Y_RETURN);
  A11Y_UNTIL (is_buying (id));
  a11y_key (A11Y_CONTROL, 'q');
  A11Y_UNTIL ((question = find_question ()) != NULL);
  a11y_expect_start (question, ATSPI_ROLE_LABEL, "Shipping an order");
  return question;
}

static void
check_shipped (gint64 id)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (at.book, id, NULL);
  g_autoptr (GPtrArray) labels = wb_book_list_labels (at.book, id, NULL);

  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
  g_assert_cmpuint (labels->len, ==, 1);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==,
                   wb_record_get_int (order, WB_ORDER_TOTAL));
}

static gboolean
is_shipped (gint64 id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (at.book, id, NULL);

  return g_str_equal (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED);
}

/* It stays open, and what was running ends as if nobody had asked. */
static void
test_keep_open (void)
{
  gint64                      id = here.ids[N_HELD];
  g_autofree char            *number = number_of (id);
  g_autofree char            *shipped = g_strdup_printf ("Order %s is shipped", number);
  g_autoptr (AtspiAccessible) question = close_while_buying (id);

  a11y_click_on (question, "Keep open");
  a11y_expect (at.window, ATSPI_ROLE_LABEL, shipped);
  check_shipped (id);
}

/* The step ends, the program too; nothing is in the air, nothing further was done. The next window
 * goes on from there, and each thing was done once. */
static void
test_close_after_step (void)
{
  gint64                      id = here.ids[N_HELD + 1];
  g_autoptr (AtspiAccessible) question = close_while_buying (id);
  g_autoptr (GPtrArray)       operations = NULL, labels = NULL;
  g_autoptr (WbOrder)         order = NULL;

  a11y_click_on (question, "Close after this step");
  window_bench_wait_closed (&at);
  operations = wb_book_list_operations_of (at.book, id, 0, NULL);
  for (guint i = 0; i < operations->len; i++)
    g_assert_false (wb_operation_is (operations->pdata[i], WB_OPERATION_SENDING) ||
                    wb_operation_is (operations->pdata[i], WB_OPERATION_UNSURE));
  labels = wb_book_list_labels (at.book, id, NULL);
  g_assert_cmpuint (labels->len, ==, 1);
  order = wb_book_get_order (at.book, id, NULL);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==, 0);
  window_bench_open_orders (&at);
  A11Y_UNTIL (is_shipped (id));
  check_shipped (id);
}

/* The town's own books: one label and one capture for each of the two. */
static void
test_nothing_doubled (void)
{
  g_autoptr (JsonNode) books = wb_bench_books (at.bench);
  WbJson               root = wb_json_root (books, "books"), orders;
  guint                n = 0, labelled = 0;

  g_assert_true (wb_json_array (&root, "orders", &orders, &n, NULL));
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&orders, i), labels;
      guint  n_labels = 0;

      if (!wb_json_array (&row, "labels", &labels, &n_labels, NULL) || n_labels == 0)
        continue;
      g_assert_cmpuint (n_labels, ==, 1);
      labelled++;
    }
  g_assert_cmpuint (labelled, ==, 2);
}

/* ---- rounds ---- */

static void
arrive (guint n)
{
  guint            status = 0;
  g_autofree char *body = g_strdup_printf ("{\"n\": %u}", n);
  g_autofree char *reply = wb_town_control (at.bench->town, "POST", "/town/arrive", body, &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

static guint
count_orders (void)
{
  g_autoptr (GError) error = NULL;
  WbOrderQuery       query = { 0 };
  g_autoptr (GArray) ids = wb_book_list_order_ids (at.book, &query, &error);

  g_assert_no_error (error);
  return ids->len;
}

/* Asked by a key, the shop's new order is in the book and can be found in the window. */
static void
test_round (void)
{
  guint                       before = count_orders ();
  g_autoptr (GError)          error = NULL;
  WbOrderQuery                query = { 0 };
  g_autoptr (GArray)          ids = NULL;
  g_autoptr (AtspiAccessible) table = NULL;
  g_autofree char            *number = NULL;
  gint64                      newest = 0;

  arrive (1);
  a11y_key (0, 0xffc2); /* F5 */
  A11Y_UNTIL (count_orders () == before + 1);
  ids = wb_book_list_order_ids (at.book, &query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    newest = MAX (newest, g_array_index (ids, gint64, i));
  number = number_of (newest);
  a11y_type_into (at.window, ATSPI_ROLE_ENTRY, "Search orders", number + 1);
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  a11y_expect (table, ATSPI_ROLE_LABEL, number);
}

/* Every page of orders but the first takes its time. */
static void
slow_down (void)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (
      at.bench->town, "POST", "/town/faults",
      "[{\"match\":{\"service\":\"shop\",\"method\":\"GET\",\"path-regex\":\"/orders[?]\"},"
      "\"kind\":\"delay\",\"after\":1,\"times\":1000,\"ms\":20000}]",
      &status);

  g_assert_cmpuint (status / 100, ==, 2);
}

/* Many orders at once: how far it is stands beside the shop, it can be stopped, what was read is
 * kept, and the next time goes on from there. */
static void
test_stop (void)
{
  guint                       before = count_orders (), stopped;
  g_autoptr (AtspiAccessible) channels = a11y_wait (at.window, ATSPI_ROLE_LIST, "Channels");

  arrive (N_MANY);
  slow_down ();
  a11y_key (0, 0xffc2); /* F5 */
  a11y_expect_part (channels, ATSPI_ROLE_LABEL, " orders read");
  a11y_click_on (channels, "Stop reading");
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "Stopped. What was read is kept");
  a11y_wait_gone (channels, ATSPI_ROLE_PUSH_BUTTON, "Stop reading");
  stopped = count_orders ();
  g_assert_cmpuint (stopped, >, before);
  g_assert_cmpuint (stopped, <, before + N_MANY);
  wb_bench_no_faults (at.bench);
  a11y_key (0, 0xffc2); /* F5 */
  A11Y_UNTIL (count_orders () == before + N_MANY);
}

static void
connect_far_shop (void)
{
  g_autoptr (WbConnection) far = wb_connection_new ();
  g_autoptr (GError)       error = NULL;

  g_object_set (far, "kind", WB_KIND_SHOP, "provider", "woocommerce", "name", "Far away",
                "base-url", "https://far.invalid", "enabled", FALSE, NULL);
  wb_book_save (at.book, far, &error);
  g_assert_no_error (error);
}

/* Without a network the channels say so calmly. As soon as there is one again they are asked by
 * themselves. */
static void
test_offline (void)
{
  guint                       before = count_orders ();
  const char                 *calm = "Offline; asked as soon as there is a network";
  g_autoptr (AtspiAccessible) channels = a11y_wait (at.window, ATSPI_ROLE_LIST, "Channels");

  connect_far_shop ();
  a11y_expect (channels, ATSPI_ROLE_LABEL, "Far away");
  g_assert_null (a11y_find (channels, ATSPI_ROLE_LABEL, calm));
  test_desktop_set_network (FALSE);
  a11y_expect (channels, ATSPI_ROLE_LABEL, calm);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, "No network: ");
  arrive (1);
  g_assert_cmpuint (test_desktop_count (), ==, 0);
  g_assert_cmpuint (count_orders (), ==, before);
  test_desktop_set_network (TRUE);
  a11y_wait_gone (channels, ATSPI_ROLE_LABEL, calm);
  a11y_wait_gone_start (at.window, ATSPI_ROLE_LABEL, "No network: ");
  A11Y_UNTIL (count_orders () == before + 1);
}

static void
test_close (void)
{
  window_bench_close (&at);
  g_assert_cmpuint (test_desktop_count (), ==, 0);
}

static void
set_up (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (at.bench, at.desk);

  g_assert_cmpuint (calm->len, >=, G_N_ELEMENTS (here.ids));
  memcpy (here.ids, calm->data, sizeof here.ids);
  /* What is remembered outlives the process here. */
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  test_desktop_begin ();
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 60;
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open_orders (&at);
  g_test_add_func ("/client/shell/notice", test_notice);
  g_test_add_func ("/client/shell/withdrawn", test_withdrawn);
  g_test_add_func ("/client/shell/action", test_action);
  g_test_add_func ("/client/shell/grouped", test_grouped);
  g_test_add_func ("/client/shell/columns", test_columns);
  g_test_add_func ("/client/shell/keep-open", test_keep_open);
  g_test_add_func ("/client/shell/close-after-step", test_close_after_step);
  g_test_add_func ("/client/shell/nothing-doubled", test_nothing_doubled);
  g_test_add_func ("/client/shell/round", test_round);
  g_test_add_func ("/client/shell/offline", test_offline);
  g_test_add_func ("/client/shell/stop", test_stop);
  g_test_add_func ("/client/shell/close", test_close);
  status = window_bench_run (&at);
  test_desktop_end ();
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing table from outside, as a person with a scanner: orders packed by scans alone, a
 * wrong, an extra and an unknown piece refused, scans while a field has the focus. */
#include "a11y.h"
#include "client-bench.h"
#include "wb-book-waves.h"
#include "wb-customs-rules.h"

#include <locale.h>
#include <string.h>

#define N_ORDERS 12

static struct
{
  WbBench         *bench;
  WbDesk          *desk;
  WbBook          *book;
  const char      *program;
  char            *secrets;
  AtspiAccessible *app, *window;
  GPid             pid;
  gint64           ids[N_ORDERS];
  guint            n;
} here;

/* Letters that a keyboard event can say without a compose key. */
static gboolean
can_be_typed (const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '-')
      return FALSE;
  return text != NULL;
}

static gboolean
all_can_be_scanned (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gboolean   any = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      if (wb_order_line_to_pack (lines->pdata[i]) <= 0)
        continue;
      any = TRUE;
      for (guint k = 0; k < i; k++)
        if (g_strcmp0 (wb_record_get_text (lines->pdata[k], WB_ORDER_LINE_SKU),
                       wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU)) == 0)
          return FALSE; /* which of the two a piece counts for is not this test's */
      if (!can_be_typed (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU)) ||
          strlen (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU)) < 4)
        return FALSE;
    }
  return any;
}

static gboolean
stays_at_home (WbOrder *order)
{
  gpointer to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  return to != NULL &&
         !wb_customs_needed ("DE", "10119", wb_record_get_text (to, WB_ADDRESS_COUNTRY),
                             wb_record_get_text (to, WB_ADDRESS_POSTCODE));
}

static void
choose_orders (void)
{
  g_autoptr (GArray) calm = wb_bench_calm (here.bench, here.desk);

  for (guint i = 0; i < calm->len && here.n < N_ORDERS; i++)
    {
      gint64              id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (here.book, id, NULL);

      if (all_can_be_scanned (order) && stays_at_home (order))
        here.ids[here.n++] = id;
    }
  g_assert_cmpuint (here.n, ==, N_ORDERS);
}

/* As a scanner types: all at once, then Enter. */
static void
scan (const char *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atspi_generate_keyboard_event (0, code, ATSPI_KEY_STRING, &error));
  g_assert_no_error (error);
  a11y_key (0, A11Y_RETURN);
}

static void
hear (const char *start)
{
  g_autoptr (AtspiAccessible) message = a11y_wait_start (here.window, ATSPI_ROLE_ALERT, start);

  g_assert_nonnull (message);
}

static void
wait_line (WbOrderLine *line, gint64 counted)
{
  g_autofree char *name =
      g_strdup_printf ("%s: %d of %d are in", wb_record_get_text (line, WB_ORDER_LINE_NAME),
                       (int) counted, (int) wb_order_line_to_pack (line));
  g_autoptr (AtspiAccessible) row = a11y_wait (here.window, ATSPI_ROLE_LIST_ITEM, name);

  g_assert_nonnull (row);
}

static void
open_order (WbOrder *order)
{
  g_autofree char *title = g_strdup_printf ("#%s · ", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) label = NULL;

  scan (wb_record_get_text (order, WB_ORDER_NUMBER));
  label = a11y_wait_start (here.window, ATSPI_ROLE_LABEL, title);
}

static void
scan_all (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    for (gint64 k = 0; k < wb_order_line_to_pack (lines->pdata[i]); k++)
      {
        scan (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU));
        wait_line (lines->pdata[i], k + 1);
      }
}

/* All lines but the first that is to be packed. */
static void
scan_rest (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gboolean   begun = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 wanted = wb_order_line_to_pack (lines->pdata[i]);

      for (gint64 k = 0; begun && k < wanted; k++)
        {
          scan (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU));
          wait_line (lines->pdata[i], k + 1);
        }
      begun |= wanted > 0;
    }
}

static void
weigh (void)
{
  g_autoptr (AtspiAccessible) weight =
      a11y_wait (here.window, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");

  a11y_type (weight, "900");
}

static void
ship (WbOrder *order)
{
  g_autofree char *shipped =
      g_strdup_printf ("#%s is shipped", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) button = a11y_wait_part (here.window, ATSPI_ROLE_PUSH_BUTTON,
                                                       "Buy label for"),
                              done = NULL;

  a11y_click (button);
  done = a11y_wait (here.window, ATSPI_ROLE_LIST_ITEM, shipped);
}

/* What is wrong is said and counts nothing. */
static void
refuse_some (WbOrder *order)
{
  GPtrArray   *lines = wb_record_get_many (order, WB_ORDER_LINES);
  WbOrderLine *line = NULL;

  for (guint i = 0; i < lines->len && line == NULL; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0)
      line = lines->pdata[i];
  scan ("NO-SUCH-THING");
  hear ("Nobody knows the code NO-SUCH-THING");
  for (gint64 k = 0; k < wb_order_line_to_pack (line); k++)
    {
      scan (wb_record_get_text (line, WB_ORDER_LINE_SKU));
      wait_line (line, k + 1);
    }
  scan (wb_record_get_text (line, WB_ORDER_LINE_SKU));
  hear ("One too many");
  wait_line (line, wb_order_line_to_pack (line));
}

/* A scan while a field has the focus is a scan, and the field stays as it was. */
static void
test_focus (void)
{
  g_autoptr (WbOrder)         order = wb_book_get_order (here.book, here.ids[0], NULL);
  g_autoptr (AtspiAccessible) entry =
      a11y_wait (here.window, ATSPI_ROLE_TEXT, "Order, tote or item");
  g_autoptr (AtspiAccessible) aside = NULL;
  g_autofree char            *text = NULL, *title = NULL;

  a11y_tab_to (entry);
  open_order (order);
  text = atspi_text_get_text (ATSPI_TEXT (entry), 0, -1, NULL);
  g_assert_cmpstr (text, ==, "");
  refuse_some (order);
  aside = a11y_wait (here.window, ATSPI_ROLE_PUSH_BUTTON, "Put aside");
  a11y_click (aside);
  title = g_strdup_printf ("#%s · ", wb_record_get_text (order, WB_ORDER_NUMBER));
  a11y_wait_gone_start (here.window, ATSPI_ROLE_LABEL, title);
}

static void
test_pack (void)
{
  for (guint i = 0; i < here.n; i++)
    {
      g_autoptr (WbOrder)   order = wb_book_get_order (here.book, here.ids[i], NULL);
      g_autoptr (GPtrArray) evidence = NULL, shipments = NULL;

      open_order (order);
      if (i > 0)
        scan_all (order);
      else /* its first line was counted before, and stays counted */
        scan_rest (order);
      weigh ();
      ship (order);
      shipments = wb_book_list_shipments (here.book, here.ids[i], NULL);
      g_assert_cmpuint (shipments->len, ==, 1);
      evidence = wb_book_list_evidence (
          here.book, here.ids[i], wb_record_get_int (shipments->pdata[0], WB_SHIPMENT_ID), NULL);
      g_assert_cmpuint (evidence->len, >=, 2);
    }
}

static void
start (void)
{
  g_autoptr (AtspiAccessible) pages = NULL, entry = NULL;
  const char                 *argv[] = { here.program,     "--book",     here.bench->book,
                                         "--secrets-file", here.secrets, NULL };

  here.app = a11y_start ((char **) argv, &here.pid);
  here.window = a11y_wait (here.app, ATSPI_ROLE_FRAME, "Waybill");
  pages = a11y_wait (here.window, ATSPI_ROLE_LIST, "Pages");
  a11y_show_page (here.window, "Pack");
  entry = a11y_wait (here.window, ATSPI_ROLE_TEXT, "Order, tote or item");
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  if (argc < 2)
    return 2;
  here.program = argv[1];
  options.orders = 120;
  options.seed = 7;
  here.bench = client_bench_new (&options, &here.secrets);
  here.desk = wb_bench_open (here.bench->book);
  here.book = wb_desk_get_book (here.desk);
  choose_orders ();
  start ();
  g_test_add_func ("/client/pack/focus", test_focus);
  g_test_add_func ("/client/pack/by-scans", test_pack);
  status = g_test_run ();
  a11y_key (A11Y_CONTROL, 'q');
  a11y_wait_exit (here.pid);
  g_clear_object (&here.window);
  g_clear_object (&here.app);
  g_clear_object (&here.desk);
  wb_bench_free (here.bench);
  g_free (here.secrets);
  return status;
}

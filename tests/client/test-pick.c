/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk from outside, as a person with a scanner: a wave picked by scans, a wrong, an extra and
 * an unknown piece refused, one counted in another process, one put back, one not there, and then
 * on to the packing table; a wave made with the form and cancelled. */
#include "scan-desk.h"
#include "wb-book-stock.h"
#include "wb-book-waves.h"
#include "wb-pick-wave.h"

#include <locale.h>
#include <string.h>

#define N_ORDERS 3

static struct
{
  ScanDesk   at;
  gint64     ids[N_ORDERS], wave;
  guint      n;
  GPtrArray *picks; /* of WbPick, as the wave was made */
  gint64     total, fetched;
} here;

static void
choose_orders (void)
{
  g_autoptr (GArray) ready = wb_bench_ready (here.at.desk, WB_CHARGE_AUTHORISED);

  for (guint i = 0; i < ready->len && here.n < N_ORDERS; i++)
    {
      gint64              id = g_array_index (ready, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (here.at.book, id, NULL);

      if (scan_desk_can_scan_all (order))
        here.ids[here.n++] = id;
    }
  g_assert_cmpuint (here.n, ==, N_ORDERS);
}

static void
make_wave (void)
{
  g_autoptr (GError) error = NULL;
  WbWaveAsk          ask = { .method = WB_WAVE_CLUSTER, .order_ids = here.ids, .n = here.n };

  here.wave = wb_wave_build (here.at.book, &ask, "test", &error);
  g_assert_no_error (error);
  here.picks = wb_book_list_picks (here.at.book, here.wave, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < here.picks->len; i++)
    here.total += wb_record_get_int (here.picks->pdata[i], WB_PICK_QUANTITY);
  g_assert_cmpint (here.total, >=, N_ORDERS);
}

static WbOrderLine *
line_of (WbPick *pick)
{
  WbOrderLine *line =
      wb_book_get_line (here.at.book, wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID), NULL);

  g_assert_nonnull (line);
  return line;
}

static char *
sku_of (WbPick *pick)
{
  g_autoptr (WbOrderLine) line = line_of (pick);

  return g_strdup (wb_record_get_text (line, WB_ORDER_LINE_SKU));
}

static gboolean
is_like (WbPick *pick, const char *sku)
{
  g_autofree char *own = sku_of (pick);

  return g_strcmp0 (own, sku) == 0;
}

static gint64
pieces_of (const char *sku)
{
  gint64 n = 0;

  for (guint i = 0; i < here.picks->len; i++)
    if (is_like (here.picks->pdata[i], sku))
      n += wb_record_get_int (here.picks->pdata[i], WB_PICK_QUANTITY);
  return n;
}

static void
wait_fetched (gint64 change)
{
  g_autoptr (AtspiAccessible) label = NULL;
  g_autofree char            *text = NULL;

  here.fetched += change;
  text = g_strdup_printf ("%d of %d pieces are fetched", (int) here.fetched, (int) here.total);
  label = a11y_wait (here.at.page, ATSPI_ROLE_LABEL, text);
  g_assert_nonnull (label);
}

static void
press (const char *format, const char *name)
{
  g_autoptr (GString)         label = g_string_new (format);
  g_autoptr (AtspiAccessible) button = NULL;

  g_string_replace (label, "%s", name, 1);
  button = a11y_wait (here.at.page, ATSPI_ROLE_PUSH_BUTTON, label->str);
  g_assert_nonnull (button);
  a11y_click (button);
}

/* A product of the shop that nobody on this walk wants. */
static char *
find_unwanted (void)
{
  g_autoptr (GPtrArray) products = wb_book_list_products (here.at.book, NULL);

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      const char *sku = wb_record_get_text (products->pdata[i], WB_PRODUCT_SKU);

      if (scan_desk_can_scan (sku) && pieces_of (sku) == 0)
        return g_strdup (sku);
    }
  g_assert_not_reached ();
}

/* What is wrong is said and counts nothing. */
static void
test_refused (void)
{
  g_autofree char *first = sku_of (here.picks->pdata[0]), *unwanted = find_unwanted ();
  gint64           n = pieces_of (first);

  wait_fetched (0);
  scan_desk_scan ("NO-SUCH-THING");
  scan_desk_hear (&here.at, "Nobody knows the code NO-SUCH-THING");
  scan_desk_scan (unwanted);
  scan_desk_hear (&here.at, "This is not wanted here");
  for (gint64 i = 0; i < n; i++)
    {
      scan_desk_scan (first);
      wait_fetched (1);
    }
  scan_desk_scan (first);
  scan_desk_hear (&here.at, "All of ");
  wait_fetched (0);
}

/* Somebody else counts on the same walk. */
static void
test_live (void)
{
  g_autofree char   *first = sku_of (here.picks->pdata[0]);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < here.picks->len; i++)
    if (!is_like (here.picks->pdata[i], first))
      {
        gint64 id = wb_record_get_int (here.picks->pdata[i], WB_PICK_ID);

        g_assert_true (wb_wave_pick (here.at.book, id, 1, "another", &error));
        wait_fetched (1);
        g_assert_true (wb_wave_put_back (here.at.book, id, 1, "another", &error));
        wait_fetched (-1);
        return;
      }
  g_assert_not_reached ();
}

/* All but the article of the last pick is scanned; one piece goes back and is counted by hand. */
static void
test_by_scans (void)
{
  WbPick                 *last = here.picks->pdata[here.picks->len - 1];
  g_autofree char        *missing = sku_of (last), *first = sku_of (here.picks->pdata[0]);
  g_autoptr (WbOrderLine) line = line_of (here.picks->pdata[0]);
  const char             *name = wb_record_get_text (line, WB_ORDER_LINE_NAME);

  g_assert_cmpstr (missing, !=, first);
  for (guint i = 0; i < here.picks->len; i++)
    {
      g_autofree char *sku = sku_of (here.picks->pdata[i]);

      if (g_str_equal (sku, first) || g_str_equal (sku, missing))
        continue;
      for (gint64 k = 0; k < wb_record_get_int (here.picks->pdata[i], WB_PICK_QUANTITY); k++)
        {
          scan_desk_scan (sku);
          wait_fetched (1);
        }
    }
  press ("Put one of %s back", name);
  wait_fetched (-1);
  press ("Count one of %s without a scan", name);
  wait_fetched (1);
}

static void
test_short (void)
{
  WbPick                 *last = here.picks->pdata[here.picks->len - 1];
  g_autoptr (WbOrderLine) line = line_of (last);
  g_autofree char        *missing = sku_of (last);
  g_autoptr (GPtrArray)   now = NULL;
  g_autoptr (WbWave)      wave = NULL;

  press ("%s is not there", wb_record_get_text (line, WB_ORDER_LINE_NAME));
  scan_desk_hear (&here.at, "All is fetched");
  wait_fetched (0);
  now = wb_book_list_picks (here.at.book, here.wave, 0, NULL);
  for (guint i = 0; i < now->len; i++)
    g_assert_cmpint (wb_record_get_int (now->pdata[i], is_like (now->pdata[i], missing)
                                                           ? WB_PICK_SHORT
                                                           : WB_PICK_PICKED),
                     ==, wb_record_get_int (now->pdata[i], WB_PICK_QUANTITY));
  wave = wb_book_get_wave (here.at.book, here.wave, NULL);
  g_assert_cmpstr (wb_record_get_text (wave, WB_WAVE_STATE), ==, WB_WAVE_DONE);
}

static gboolean
is_on_paper (const char *title)
{
  g_autoptr (GDir) dir = g_dir_open (here.at.bench->papers, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, title) != NULL)
      return TRUE;
  return FALSE;
}

/* The walk on paper, by the key: a paper like every other, printed again when asked again. */
static void
test_print (void)
{
  for (guint n = 1; n <= 2; n++)
    {
      gint64           until = g_get_monotonic_time () + A11Y_SECONDS * G_USEC_PER_SEC;
      g_autofree char *title =
          g_strdup_printf ("%s-%d-%u", WB_DOCUMENT_PICK_LIST, (int) here.wave, n);

      a11y_key (A11Y_CONTROL, 'p');
      while (!is_on_paper (title))
        {
          g_assert_cmpint (g_get_monotonic_time (), <, until);
          g_usleep (20000);
        }
      scan_desk_hear (&here.at, "The list is on its way");
    }
}

static void
wait_row (const char *subtitle)
{
  g_autoptr (AtspiAccessible) label = a11y_wait (here.at.page, ATSPI_ROLE_LABEL, subtitle);

  g_assert_nonnull (label);
}

static void
undo (void)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (here.at.window, ATSPI_ROLE_PUSH_BUTTON, "Undo");

  g_assert_nonnull (button);
  a11y_click (button);
  a11y_wait_gone (here.at.window, ATSPI_ROLE_PUSH_BUTTON, "Undo");
}

static gint64
pieces_wanted (gint64 order_id)
{
  g_autoptr (GPtrArray) picks = wb_book_list_picks (here.at.book, here.wave, order_id, NULL);
  gint64                n = 0;

  for (guint i = 0; i < picks->len; i++)
    n += wb_record_get_int (picks->pdata[i], WB_PICK_QUANTITY);
  return n;
}

/* An order leaves the wave and comes back with what was fetched for it. */
static void
test_take_out (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (here.at.book, here.ids[0], NULL);
  const char         *number = wb_record_get_text (order, WB_ORDER_NUMBER);
  gint64              own = pieces_wanted (here.ids[0]), total = here.total, fetched = here.fetched;
  g_autoptr (WbWaveOrder) row = NULL;
  g_autofree char        *left = NULL;

  press ("Take #%s out", number);
  wait_row ("Taken out: what was fetched for it goes back");
  left = g_strdup_printf (" of %d pieces are fetched", (int) (total - own));
  g_object_unref (a11y_wait_part (here.at.page, ATSPI_ROLE_LABEL, left));
  row = wb_book_find_wave_order (here.at.book, here.wave, here.ids[0], NULL);
  g_assert_cmpstr (wb_record_get_text (row, WB_WAVE_ORDER_STATE), ==, WB_WAVE_ORDER_TAKEN_OUT);
  undo ();
  here.total = total;
  here.fetched = fetched;
  wait_fetched (0);
}

/* What is not there is there after all. */
static void
test_found (void)
{
  WbPick                 *last = here.picks->pdata[here.picks->len - 1];
  g_autoptr (WbOrderLine) line = line_of (last);

  press ("%s is not there", wb_record_get_text (line, WB_ORDER_LINE_NAME));
  g_object_unref (a11y_wait_part (here.at.page, ATSPI_ROLE_LABEL, " not there"));
  undo ();
  g_assert_cmpint (wb_book_count_picks_left (here.at.book, here.wave, 0), ==,
                   here.total - here.fetched);
  wait_fetched (0);
}

/* The way to the packing table. */
static void
test_to_pack (void)
{
  g_autoptr (WbOrder)         order = wb_book_get_order (here.at.book, here.ids[0], NULL);
  const char                 *number = wb_record_get_text (order, WB_ORDER_NUMBER);
  g_autofree char            *title = g_strdup_printf ("#%s · ", number);
  g_autoptr (AtspiAccessible) label = NULL;

  press ("Pack #%s", number);
  label = a11y_wait_start (here.at.window, ATSPI_ROLE_LABEL, title);
  g_assert_nonnull (label);
}

/* A wave from the form, cancelled: nothing of it stays picked. */
static void
test_form (void)
{
  g_autoptr (AtspiAccessible) most = NULL, dialog = NULL, yes = NULL, make = NULL;
  g_autoptr (GPtrArray)       waves = NULL, orders = NULL;
  WbWave                     *wave;

  a11y_show_page (here.at.window, "Pick");
  press ("Other waves", "");
  most = a11y_wait (here.at.page, ATSPI_ROLE_SPIN_BUTTON, "At most orders");
  a11y_type (most, "2");
  press ("Make wave", "");
  make = a11y_wait (here.at.page, ATSPI_ROLE_LABEL, "One cart · 2 orders");
  waves = wb_book_list_waves (here.at.book, WB_WAVE_OPEN, NULL);
  g_assert_cmpuint (waves->len, ==, 1);
  wave = waves->pdata[0];
  orders = wb_book_list_wave_orders (here.at.book, wb_record_get_int (wave, WB_WAVE_ID), NULL);
  g_assert_cmpuint (orders->len, ==, 2);
  press ("Cancel wave", "");
  dialog = a11y_wait (here.at.app, ATSPI_ROLE_DIALOG, "Cancel this wave?");
  yes = a11y_wait (dialog, ATSPI_ROLE_PUSH_BUTTON, "Cancel wave");
  a11y_click (yes);
  scan_desk_hear (&here.at, "The wave is cancelled");
  g_clear_pointer (&waves, g_ptr_array_unref);
  waves = wb_book_list_waves (here.at.book, WB_WAVE_OPEN, NULL);
  g_assert_cmpuint (waves->len, ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (
      G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* libatspi warns when a program is not ready yet */
  if (argc < 2)
    return 2;
  scan_desk_make (&here.at);
  choose_orders ();
  make_wave ();
  scan_desk_show (&here.at, argv[1], "Pick");
  g_test_add_func ("/client/pick/refused", test_refused);
  g_test_add_func ("/client/pick/live", test_live);
  g_test_add_func ("/client/pick/print", test_print);
  g_test_add_func ("/client/pick/take-out", test_take_out);
  g_test_add_func ("/client/pick/found", test_found);
  g_test_add_func ("/client/pick/by-scans", test_by_scans);
  g_test_add_func ("/client/pick/short", test_short);
  g_test_add_func ("/client/pick/to-pack", test_to_pack);
  g_test_add_func ("/client/pick/form", test_form);
  status = g_test_run ();
  g_clear_pointer (&here.picks, g_ptr_array_unref);
  scan_desk_close (&here.at);
  return status;
}

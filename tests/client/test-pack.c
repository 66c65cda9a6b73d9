/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing table from outside, as a person with a scanner: orders packed by scans alone, a
 * wrong, an extra and an unknown piece refused, scans while a field has the focus, a kit packed by
 * its parts, and a scale whose weight wobbles. */
#include "scan-desk.h"
#include "wb-book-stock.h"
#include "wb-book-waves.h"
#include "wb-customs-rules.h"
#include "wb-pick-wave.h"
#include "wb-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_ORDERS 8

/* Of a scale's report (HID Point of Sale usages, 0x8D). */
#define MOTION  3
#define STABLE  4
#define UNDER   5
#define OVER    6
#define GRAMS   2
#define UNKNOWN 9 /* tons and the like */

static struct
{
  ScanDesk at;
  gint64   ids[N_ORDERS], spare; /* one more, that is not shipped */
  guint    n;
  char    *folder;
  int      scale; /* a scale's device, as the window opens it */
} here;

/* Which of two lines a piece counts for is not this test's. */
static gboolean
has_twins (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    for (guint k = 0; k < i; k++)
      if (wb_order_line_to_pack (lines->pdata[i]) > 0 &&
          g_strcmp0 (wb_record_get_text (lines->pdata[k], WB_ORDER_LINE_SKU),
                     wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU)) == 0)
        return TRUE;
  return FALSE;
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
  g_autoptr (GArray) calm = wb_bench_calm (here.at.bench, here.at.desk);

  for (guint i = 0; i < calm->len && here.spare == 0; i++)
    {
      gint64              id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (here.at.book, id, NULL);

      if (!scan_desk_can_scan_all (order) || has_twins (order) || !stays_at_home (order))
        continue;
      if (here.n < N_ORDERS)
        here.ids[here.n++] = id;
      else
        here.spare = id;
    }
  g_assert_cmpuint (here.n, ==, N_ORDERS);
  g_assert_cmpint (here.spare, !=, 0);
}

static void
wait_line (WbOrderLine *line, gint64 counted)
{
  g_autofree char *name =
      g_strdup_printf ("%s: %d of %d are in", wb_record_get_text (line, WB_ORDER_LINE_NAME),
                       (int) counted, (int) wb_order_line_to_pack (line));
  g_autoptr (AtspiAccessible) row = a11y_wait (here.at.page, ATSPI_ROLE_LIST_ITEM, name);

  g_assert_nonnull (row);
}

static void
open_order (WbOrder *order)
{
  g_autofree char *title = g_strdup_printf ("#%s · ", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) label = NULL;

  scan_desk_scan (wb_record_get_text (order, WB_ORDER_NUMBER));
  label = a11y_wait_start (here.at.page, ATSPI_ROLE_LABEL, title);
}

static void
scan_all (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    for (gint64 k = 0; k < wb_order_line_to_pack (lines->pdata[i]); k++)
      {
        scan_desk_scan (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU));
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
          scan_desk_scan (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU));
          wait_line (lines->pdata[i], k + 1);
        }
      begun |= wanted > 0;
    }
}

static void
weigh (void)
{
  g_autoptr (AtspiAccessible) weight =
      a11y_wait (here.at.page, ATSPI_ROLE_SPIN_BUTTON, "Weight in grams");

  a11y_type (weight, "900");
}

static void
ship (WbOrder *order)
{
  g_autofree char *shipped =
      g_strdup_printf ("#%s is shipped", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autoptr (AtspiAccessible) button = a11y_wait_part (here.at.page, ATSPI_ROLE_PUSH_BUTTON,
                                                       "Buy label for"),
                              done = NULL;

  a11y_click (button);
  done = a11y_wait (here.at.page, ATSPI_ROLE_LIST_ITEM, shipped);
}

/* A product of the shop that the order has nothing of. */
static char *
find_unwanted (WbOrder *order)
{
  g_autoptr (GPtrArray) products = wb_book_list_products (here.at.book, NULL);
  GPtrArray            *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      const char *sku = wb_record_get_text (products->pdata[i], WB_PRODUCT_SKU);
      gboolean    wanted = FALSE;

      for (guint k = 0; k < lines->len; k++)
        wanted |= g_strcmp0 (sku, wb_record_get_text (lines->pdata[k], WB_ORDER_LINE_SKU)) == 0;
      if (!wanted && scan_desk_can_scan (sku))
        return g_strdup (sku);
    }
  g_assert_not_reached ();
}

/* What is wrong is said and counts nothing. */
static void
refuse_some (WbOrder *order)
{
  GPtrArray       *lines = wb_record_get_many (order, WB_ORDER_LINES);
  WbOrderLine     *line = NULL;
  g_autofree char *unwanted = find_unwanted (order);

  for (guint i = 0; i < lines->len && line == NULL; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0)
      line = lines->pdata[i];
  scan_desk_scan ("NO-SUCH-THING");
  scan_desk_hear (&here.at, "Nobody knows the code NO-SUCH-THING");
  scan_desk_scan (unwanted);
  scan_desk_hear (&here.at, "This is no part of the order");
  for (gint64 k = 0; k < wb_order_line_to_pack (line); k++)
    {
      scan_desk_scan (wb_record_get_text (line, WB_ORDER_LINE_SKU));
      wait_line (line, k + 1);
    }
  scan_desk_scan (wb_record_get_text (line, WB_ORDER_LINE_SKU));
  scan_desk_hear (&here.at, "One too many");
  wait_line (line, wb_order_line_to_pack (line));
}

static void
put_aside (WbOrder *order)
{
  g_autoptr (AtspiAccessible) aside = a11y_wait (here.at.page, ATSPI_ROLE_PUSH_BUTTON, "Put aside");
  g_autofree char *title = g_strdup_printf ("#%s · ", wb_record_get_text (order, WB_ORDER_NUMBER));

  a11y_click (aside);
  a11y_wait_gone_start (here.at.page, ATSPI_ROLE_LABEL, title);
}

/* A scan while a field has the focus is a scan, and the field stays as it was. */
static void
test_focus (void)
{
  g_autoptr (WbOrder)         order = wb_book_get_order (here.at.book, here.ids[0], NULL);
  g_autoptr (AtspiAccessible) entry =
      a11y_wait (here.at.page, ATSPI_ROLE_TEXT, "Order, tote or item");
  g_autofree char *text = NULL;

  a11y_tab_to (entry);
  open_order (order);
  text = atspi_text_get_text (ATSPI_TEXT (entry), 0, -1, NULL);
  g_assert_cmpstr (text, ==, "");
  refuse_some (order);
  put_aside (order);
}

/* ---- the scale ---- */

/* Until the window has read what the scale said. */
static void
wait_heard (void)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
  int    waiting = 1;

  while (ioctl (here.scale, FIONREAD, &waiting) == 0 && waiting > 0 &&
         g_get_monotonic_time () < end)
    g_usleep (2000);
  g_assert_cmpint (waiting, ==, 0);
}

static void
scale_says (guint8 status, guint8 unit, guint weight)
{
  guint8 report[6] = { 3, status, unit, 0, weight & 0xff, weight >> 8 };

  g_assert_cmpint (write (here.scale, report, sizeof report), ==, sizeof report);
}

static void
scale_rests (guint8 status, guint8 unit, guint weight)
{
  for (guint i = 0; i < 4; i++)
    {
      scale_says (status, unit, weight);
      wait_heard ();
    }
}

/* The weight that the order was last said to have; 0: none. */
static gint64
weight_of (gint64 order_id)
{
  g_autoptr (GPtrArray) evidence = wb_book_list_evidence (here.at.book, order_id, 0, NULL);
  gint64                grams = 0;

  for (guint i = 0; i < evidence->len; i++)
    if (g_str_equal (wb_record_get_text (evidence->pdata[i], WB_EVIDENCE_KIND), WB_EVIDENCE_WEIGHT))
      grams = wb_record_get_int (evidence->pdata[i], WB_EVIDENCE_WEIGHT_G);
  return grams;
}

static void
wait_weight (gint64 order_id, gint64 grams)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (weight_of (order_id) != grams && g_get_monotonic_time () < end)
    g_usleep (20000);
  g_assert_cmpint (weight_of (order_id), ==, grams);
}

/* Only where all sizes are known it can be said which box is the cheapest into which all goes. */
static void
size_products (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (WbProduct) product = NULL;
      g_autoptr (GError)    error = NULL;

      if (!wb_book_product_of (here.at.book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID),
                               lines->pdata[i], &product, &error) ||
          product == NULL)
        continue;
      g_object_set (product, "length-mm", (gint64) 100, "width-mm", (gint64) 60, "height-mm",
                    (gint64) 20, NULL);
      g_assert_true (wb_book_save (here.at.book, product, &error));
      g_assert_no_error (error);
    }
}

/* What wobbles is not taken; what the scale cannot weigh is told, and it is heard on; what is typed
 * holds. With the weight known the carrier is asked which box is the cheapest. */
static void
test_scale (void)
{
  g_autoptr (WbOrder)         order = wb_book_get_order (here.at.book, here.spare, NULL);
  g_autoptr (AtspiAccessible) cheapest = NULL;
  char                        rest[256];

  size_products (order);
  open_order (order);
  for (guint i = 0; i < 12; i++)
    {
      scale_says (STABLE, GRAMS, i % 2 == 0 ? 700 : 706);
      wait_heard ();
      scale_says (MOTION, GRAMS, 703);
      wait_heard ();
    }
  g_assert_cmpint (weight_of (here.spare), ==, 0);
  scale_rests (STABLE, GRAMS, 704);
  wait_weight (here.spare, 704);
  cheapest = a11y_wait_start (here.at.page, ATSPI_ROLE_LABEL, "the cheapest: ");
  scale_rests (UNDER, GRAMS, 0);
  scan_desk_hear (&here.at, "The scale shows less than nothing");
  scale_rests (OVER, GRAMS, 0);
  scan_desk_hear (&here.at, "The parcel is too heavy for this scale");
  scale_rests (STABLE, UNKNOWN, 1);
  scan_desk_hear (&here.at, "The scale weighs in a unit that Waybill does not know");
  scale_rests (STABLE, GRAMS, 915);
  wait_weight (here.spare, 915);

  weigh ();
  wait_weight (here.spare, 900);
  for (guint i = 0; i < 8; i++)
    scale_says (STABLE, GRAMS, 1200);
  put_aside (order);
  g_assert_cmpint (weight_of (here.spare), ==, 900);
  g_assert_cmpint (read (here.scale, rest, sizeof rest), >, 0);
}

/* ---- kits ---- */

static gint64
add_part (const char *sku, const char *name)
{
  g_autoptr (WbProduct) part = wb_product_new ();

  g_object_set (part, "sku", sku, "name", name, NULL);
  g_assert_true (wb_book_save (here.at.book, part, NULL));
  return wb_record_get_int (part, WB_PRODUCT_ID);
}

static void
wait_row (const char *name)
{
  g_autoptr (AtspiAccessible) row = a11y_wait (here.at.page, ATSPI_ROLE_LIST_ITEM, name);

  g_assert_nonnull (row);
}

static WbOrderLine *
first_line (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint      i = 0;

  while (i < lines->len && wb_order_line_to_pack (lines->pdata[i]) <= 0)
    i++;
  g_assert_cmpuint (i, <, lines->len);
  return lines->pdata[i];
}

/* Its parts stand on the table, and are what is counted; not the kit. */
static void
test_kit (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (here.at.book, here.spare, NULL);
  WbOrderLine        *line = first_line (order);
  gint64 kit = wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), n = wb_order_line_to_pack (line);
  g_autofree char *cups = g_strdup_printf ("Cup of the set: 1 of %d are in", (int) (2 * n)),
                  *more = g_strdup_printf ("Cup of the set: 2 of %d are in", (int) (2 * n)),
                  *pots = g_strdup_printf ("Pot of the set: 0 of %d are in", (int) n);

  g_assert_cmpint (kit, !=, 0);
  g_assert_true (
      wb_book_set_component (here.at.book, kit, add_part ("PART-CUP", "Cup of the set"), 2, NULL));
  g_assert_true (
      wb_book_set_component (here.at.book, kit, add_part ("PART-POT", "Pot of the set"), 1, NULL));
  open_order (order);
  wait_row (pots);
  scan_desk_scan ("PART-CUP");
  wait_row (cups);
  scan_desk_scan ("PART-CUP");
  wait_row (more);
  wait_row (pots);
  put_aside (order);
}

/* ---- all of it ---- */

static void
wait_left (gint64 wave, gint64 left)
{
  gint64 end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;

  while (wb_book_count_picks_left (here.at.book, wave, 0) > left && g_get_monotonic_time () < end)
    g_usleep (5000);
  if (wb_book_count_picks_left (here.at.book, wave, 0) != left)
    a11y_dump (here.at.page, 0);
  g_assert_cmpint (wb_book_count_picks_left (here.at.book, wave, 0), ==, left);
}

/* All of them are fetched in one walk, by scans alone. */
static void
test_pick (void)
{
  WbWaveAsk                   ask = { .method = WB_WAVE_BATCH, .order_ids = here.ids, .n = here.n };
  g_autoptr (GError)          error = NULL;
  gint64                      wave = wb_wave_build (here.at.book, &ask, "test", &error);
  g_autoptr (GPtrArray)       picks = wb_book_list_picks (here.at.book, wave, 0, NULL);
  g_autoptr (AtspiAccessible) label = NULL;
  gint64                      left = wb_book_count_picks_left (here.at.book, wave, 0);

  g_assert_no_error (error);
  scan_desk_turn (&here.at, "Pick");
  label = a11y_wait_part (here.at.page, ATSPI_ROLE_LABEL, " pieces are fetched");
  for (guint i = 0; i < picks->len; i++)
    {
      g_autoptr (WbOrderLine) line = wb_book_get_line (
          here.at.book, wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_LINE_ID), NULL);

      for (gint64 k = 0; k < wb_record_get_int (picks->pdata[i], WB_PICK_QUANTITY); k++)
        {
          scan_desk_scan (wb_record_get_text (line, WB_ORDER_LINE_SKU));
          wait_left (wave, --left);
        }
    }
  g_assert_cmpint (wb_book_count_picks_left (here.at.book, wave, 0), ==, 0);
  scan_desk_turn (&here.at, "Pack");
}

static void
test_pack (void)
{
  for (guint i = 0; i < here.n; i++)
    {
      g_autoptr (WbOrder)   order = wb_book_get_order (here.at.book, here.ids[i], NULL);
      g_autoptr (GPtrArray) evidence = NULL, shipments = NULL;

      open_order (order);
      if (i > 0)
        scan_all (order);
      else /* its first line was counted before, and stays counted */
        scan_rest (order);
      weigh ();
      ship (order);
      shipments = wb_book_list_shipments (here.at.book, here.ids[i], NULL);
      g_assert_cmpuint (shipments->len, ==, 1);
      evidence = wb_book_list_evidence (
          here.at.book, here.ids[i], wb_record_get_int (shipments->pdata[0], WB_SHIPMENT_ID), NULL);
      g_assert_cmpuint (evidence->len, >=, 2);
    }
}

/* The roomy one is billed as more and costs less: only the carrier's price tells. */
static void
add_boxes (void)
{
  static const struct
  {
    const char *name;
    gint64      size[3], cost;
  } boxes[] = { { "Tight box", { 400, 300, 150 }, 900 }, { "Roomy box", { 400, 300, 200 }, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      g_autoptr (WbPackage) box = wb_package_new ();
      g_autoptr (GError)    error = NULL;

      g_object_set (box, "name", boxes[i].name, "length-mm", boxes[i].size[0], "width-mm",
                    boxes[i].size[1], "height-mm", boxes[i].size[2], "weight-g", (gint64) 100,
                    "cost", boxes[i].cost, "currency", "EUR", NULL);
      wb_desk_save_package (here.at.desk, box, &error);
      g_assert_no_error (error);
    }
}

/* A device that is read as a scale's is. */
static void
make_scale (void)
{
  g_autofree char *path = NULL;

  here.folder = wb_test_temp_folder ();
  path = g_build_filename (here.folder, "scale", NULL);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  here.scale = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (here.scale, >=, 0);
  g_setenv ("WAYBILL_SCALE", path, TRUE);
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
  make_scale ();
  scan_desk_make (&here.at);
  choose_orders ();
  add_boxes ();
  scan_desk_show (&here.at, argv[1], "Pack");
  g_test_add_func ("/client/pack/focus", test_focus);
  g_test_add_func ("/client/pack/scale", test_scale);
  g_test_add_func ("/client/pack/pick-by-scans", test_pick);
  g_test_add_func ("/client/pack/by-scans", test_pack);
  /* the last: other orders have the product too */
  g_test_add_func ("/client/pack/kit", test_kit);
  status = g_test_run ();
  scan_desk_close (&here.at);
  close (here.scale);
  wb_test_remove_folder (here.folder);
  g_free (here.folder);
  return status;
}

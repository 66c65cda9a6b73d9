/* SPDX-License-Identifier: GPL-3.0-or-later
 * Channels from outside, by keyboard and accessibility tree: listings matched to products, a status
 * explained, the stock told and held back, a channel of spreadsheets connected by its name and fed
 * with a file, an order taken by phone. */
#include "wb-desk-channel.h"
#include "wb-practice-goods.h"
#include "window-bench.h"

#include <string.h>

#define POLL_US 20000
#define STATUS  "awaiting-pickup"
#define FILES   "Spreadsheet files"

static WindowBench at;

static struct
{
  gint64 channel;
  gint64 jug, vase;                  /* products */
  gint64 blue, gift, tall, umbrella; /* listings */
} here;

/* ---- what is there before ---- */

static gint64
add_product (const char *sku, const char *name)
{
  g_autoptr (WbProduct) product = wb_product_new ();

  wb_record_set_text (product, WB_PRODUCT_SKU, sku);
  wb_record_set_text (product, WB_PRODUCT_NAME, name);
  wb_record_set_int (product, WB_PRODUCT_CREATED_AT, wb_now ());
  g_assert_true (wb_book_save (at.book, product, NULL));
  return wb_record_get_int (product, WB_PRODUCT_ID);
}

static gint64
add_listing (const char *sku, const char *name)
{
  g_autoptr (WbListing) listing = wb_listing_new ();

  wb_record_set_int (listing, WB_LISTING_CHANNEL_ID, here.channel);
  wb_record_set_text (listing, WB_LISTING_PRODUCT_REF, sku);
  wb_record_set_text (listing, WB_LISTING_VARIATION_REF, "");
  wb_record_set_text (listing, WB_LISTING_SKU, sku);
  wb_record_set_text (listing, WB_LISTING_NAME, name);
  g_assert_true (wb_book_save (at.book, listing, NULL));
  return wb_record_get_int (listing, WB_LISTING_ID);
}

/* Of all that the shop sells, four listings are no product yet. */
static void
make_listings (void)
{
  g_auto (WbListingsResult) result = { 0 };
  g_autoptr (GPtrArray)     open = NULL;
  g_autoptr (GError)        error = NULL;

  g_assert_true (wb_practice_make_products (at.book, here.channel, &error));
  g_assert_true (wb_desk_sync_listings (at.desk, here.channel, &result, NULL, &error));
  g_assert_no_error (error);
  open = wb_book_list_channel_listings (at.book, here.channel, TRUE, NULL);
  for (guint i = 0; i < open->len; i++)
    g_assert_true (
        wb_desk_map_listing (at.desk, wb_record_get_int (open->pdata[i], WB_LISTING_ID), 0, NULL));
  here.jug = add_product ("JUG-1", "Stoneware jug, blue");
  here.vase = add_product ("VASE-9", "Tall glass vase");
  here.blue = add_listing ("A-1", "Blue stoneware jug");
  here.gift = add_listing ("B-1", "Gift wrapping");
  here.tall = add_listing ("C-1", "Krug");
  here.umbrella = add_listing ("UMB-1", "Umbrella stand");
}

static void
set_up (void)
{
  g_autoptr (GPtrArray) shops = wb_book_list_connections (at.book, WB_KIND_SHOP, NULL);
  g_autoptr (GError)    error = NULL;

  here.channel = wb_record_get_int (shops->pdata[0], WB_CONNECTION_ID);
  make_listings ();
  g_assert_true (wb_desk_set_publishing (at.desk, here.channel, TRUE, &error));
  g_assert_no_error (error);
}

/* ---- how a person gets about ---- */

/* As people read it, with its space that does not break. */
static void
expect_money (AtspiAccessible *top, gint64 cents)
{
  g_autofree char *text = wb_money_to_text (wb_money (cents, "EUR"));

  a11y_expect_part (top, ATSPI_ROLE_LABEL, text);
}

/* Whether the button that acts can be pressed, now. */
static gboolean
can_act (AtspiAccessible *top, const char *start)
{
  g_autoptr (AtspiAccessible) button = a11y_wait_start (top, ATSPI_ROLE_PUSH_BUTTON, start);

  return a11y_is (button, ATSPI_STATE_SENSITIVE);
}

/* A field whose name says what is wrong with what was typed; then it is typed right. */
static void
mend (AtspiAccessible *top, const char *name, const char *why, const char *text)
{
  g_autofree char            *told = g_strdup_printf ("%s: %s", name, why);
  g_autoptr (AtspiAccessible) entry = a11y_wait (top, ATSPI_ROLE_TEXT, told);

  a11y_type (entry, text);
  a11y_wait_gone (top, ATSPI_ROLE_TEXT, told);
}

/* Escape takes away a note that can be undone first, and then the window that shows @name. */
static void
leave (AtspiRole role, const char *name)
{
  for (guint i = 0; i < 2; i++)
    {
      gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

      a11y_key (0, A11Y_ESCAPE);
      while (g_get_monotonic_time () < end)
        {
          g_autoptr (AtspiAccessible) found = a11y_find (at.app, role, name);

          if (found == NULL)
            return;
          g_usleep (POLL_US);
        }
    }
  a11y_wait_gone (at.app, role, name);
}

/* ---- listings ---- */

static gboolean
is_mapped (gint64 listing_id, gint64 product, gboolean mapped)
{
  g_autoptr (WbListing) listing = wb_book_get_listing (at.book, listing_id, NULL);

  return wb_record_get_int (listing, WB_LISTING_PRODUCT_ID) == product &&
         wb_record_get_bool (listing, WB_LISTING_MAPPED) == mapped;
}

static gboolean
is_made (const char *sku)
{
  g_autoptr (WbProduct) product = wb_book_find_product (at.book, sku, NULL);

  return product != NULL;
}

/* The listing @name is the one that is chosen, and its list has the keyboard. */
static void
wait_chosen (AtspiAccessible *window, const char *name)
{
  g_autoptr (AtspiAccessible) list = a11y_wait (window, ATSPI_ROLE_LIST, "Listings");
  g_autoptr (AtspiAccessible) label = a11y_wait (list, ATSPI_ROLE_LABEL, name);
  g_autoptr (AtspiAccessible) row = g_object_ref (label);

  while (atspi_accessible_get_role (row, NULL) != ATSPI_ROLE_LIST_ITEM &&
         atspi_accessible_get_role (row, NULL) != ATSPI_ROLE_TABLE_ROW)
    {
      AtspiAccessible *above = atspi_accessible_get_parent (row, NULL);

      g_assert_nonnull (above);
      g_object_unref (row);
      row = above;
    }
  a11y_wait_focused (row);
}

/* From the listing to the proposal that says @part, and Return takes it. */
static void
take (AtspiAccessible *window, const char *product)
{
  g_autoptr (AtspiAccessible) rows = a11y_wait (window, ATSPI_ROLE_LIST, "Products it may be");
  g_autoptr (AtspiAccessible) row = a11y_wait (rows, ATSPI_ROLE_LIST_ITEM, product);

  a11y_wait_focused (row);
  a11y_key (0, A11Y_RETURN);
}

/* By keyboard alone: a proposal is taken, taken back and taken again; one is none of ours, one is
 * looked for, one is made. Then nothing is left, here and in the inbox. */
static void
test_match (void)
{
  g_autoptr (AtspiAccessible) window = NULL;

  a11y_show_page (at.window, "Today");
  a11y_press (at.window, "Match them");
  window = a11y_wait_start (at.app, ATSPI_ROLE_INVALID, "Listings of");
  wait_chosen (window, "Blue stoneware jug");
  a11y_key (0, A11Y_RETURN);
  take (window, "Stoneware jug, blue");
  A11Y_UNTIL (is_mapped (here.blue, here.jug, TRUE));
  wait_chosen (window, "Gift wrapping");
  a11y_key (A11Y_CONTROL, 'z');
  A11Y_UNTIL (is_mapped (here.blue, 0, FALSE));
  a11y_key (0, A11Y_UP);
  wait_chosen (window, "Blue stoneware jug");
  a11y_key (0, A11Y_RETURN);
  take (window, "Stoneware jug, blue");
  A11Y_UNTIL (is_mapped (here.blue, here.jug, TRUE));
  wait_chosen (window, "Gift wrapping");
  g_assert_cmpuint (a11y_bad_names (window), ==, 0);
  a11y_key (A11Y_CONTROL, 0xffff); /* Delete */
  A11Y_UNTIL (is_mapped (here.gift, 0, TRUE));
  wait_chosen (window, "Krug");
  a11y_key (A11Y_CONTROL, 'f');
  a11y_type_into (window, ATSPI_ROLE_ENTRY, "Look for a product", "vase glass");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "Tall glass vase");
  a11y_key (0, A11Y_RETURN);
  take (window, "Tall glass vase");
  A11Y_UNTIL (is_mapped (here.tall, here.vase, TRUE));
  wait_chosen (window, "Umbrella stand");
  a11y_key (A11Y_CONTROL, 'n');
  A11Y_UNTIL (is_made ("UMB-1"));
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "All are matched");
  leave (ATSPI_ROLE_LABEL, "All are matched");
  a11y_wait_gone_start (at.window, ATSPI_ROLE_PUSH_BUTTON, "Match them");
}

/* ---- statuses ---- */

static gboolean
none_waits (void)
{
  g_autoptr (GArray) ids = wb_book_list_orders_of_status (at.book, here.channel, STATUS, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (at.book, g_array_index (ids, gint64, i), NULL);

      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_SHOP_STATE), WB_SHOP_DONE) != 0)
        return FALSE;
    }
  return ids->len > 0;
}

/* What nobody has explained stands first, with how many wait; explained, nothing waits. */
static void
test_status (void)
{
  g_autoptr (AtspiAccessible) row = NULL;

  a11y_press (at.window, "Say what it means");
  row = a11y_wait_start (at.app, ATSPI_ROLE_COMBO_BOX, "Wartet auf Abholung");
  a11y_expect_part (at.app, ATSPI_ROLE_LABEL, STATUS " · ");
  a11y_tab_to (row);
  a11y_key (0, A11Y_RETURN);
  for (guint i = 0; i < 3; i++) /* nobody has said, not paid yet, to be shipped, done */
    a11y_key (0, A11Y_DOWN);
  a11y_key (0, A11Y_RETURN);
  A11Y_UNTIL (none_waits ());
  a11y_wait_gone_start (at.app, ATSPI_ROLE_LABEL, STATUS " · ");
  leave (ATSPI_ROLE_SPIN_BUTTON, "Pieces kept back");
  a11y_wait_gone_start (at.window, ATSPI_ROLE_PUSH_BUTTON, "Say what it means");
}

/* ---- stock ---- */

static gboolean
publishes (void)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (at.book, here.channel, NULL);

  return wb_channel_publishes (channel);
}

static gint64
kept_back (void)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (at.book, here.channel, NULL);

  return wb_channel_stock_buffer (channel);
}

/* What the shop would be told is said before it is; Cancel leaves it untold. */
static void
test_stock (void)
{
  g_autoptr (AtspiAccessible) sw = NULL, buffer = NULL, dialog = NULL, again = NULL;

  a11y_key (A11Y_CONTROL, ',');
  a11y_click_start (at.app, "Preferences of");
  sw = a11y_wait (at.app, ATSPI_ROLE_CHECK_BOX, "Tell this shop what is available");
  a11y_expect_part (at.app, ATSPI_ROLE_LABEL, "show the right one");
  a11y_click (sw);
  A11Y_UNTIL (!publishes ());
  a11y_click (sw);
  dialog = a11y_wait (at.app, ATSPI_ROLE_DIALOG, "Tell this shop of the stock?");
  a11y_expect_part (dialog, ATSPI_ROLE_LABEL, "are overwritten");
  a11y_click_on (dialog, "Cancel");
  a11y_wait_gone (at.app, ATSPI_ROLE_DIALOG, "Tell this shop of the stock?");
  g_assert_false (publishes ());
  a11y_click (sw);
  again = a11y_wait (at.app, ATSPI_ROLE_DIALOG, "Tell this shop of the stock?");
  a11y_click_on (again, "Tell the shop");
  A11Y_UNTIL (publishes ());
  buffer = a11y_wait (at.app, ATSPI_ROLE_SPIN_BUTTON, "Pieces kept back");
  g_assert_true (atspi_value_set_current_value (ATSPI_VALUE (buffer), 2, NULL));
  A11Y_UNTIL (kept_back () == 2);
  leave (ATSPI_ROLE_SPIN_BUTTON, "Pieces kept back");
}

/* ---- a channel that is fed by files ---- */

static gboolean
is_connected (const char *name)
{
  g_autoptr (WbConnection) channel = wb_book_find_connection (at.book, name, NULL);

  return channel != NULL;
}

static guint
place_of (const char *provider)
{
  const char *id;

  for (guint i = 0; (id = wb_desk_provider_id (WB_KIND_SHOP, i)) != NULL; i++)
    if (g_str_equal (id, provider))
      return i;
  g_assert_not_reached ();
}

/* A channel that nobody can be asked about is connected by its name alone. */
static void
test_connect (void)
{
  g_autoptr (AtspiAccessible) kind = NULL;

  a11y_click_on (at.app, "Connect a shop");
  kind = a11y_wait (at.app, ATSPI_ROLE_COMBO_BOX, "Kind");
  a11y_tab_to (kind);
  a11y_key (0, A11Y_RETURN);
  for (guint i = place_of (WB_SHOP_FILES); i > 0; i--)
    a11y_key (0, A11Y_DOWN);
  a11y_key (0, A11Y_RETURN);
  a11y_wait_gone (at.app, ATSPI_ROLE_TEXT, "Consumer key");
  g_assert_null (a11y_find (at.app, ATSPI_ROLE_TEXT, "Address (https://…)"));
  a11y_click_on (at.app, "Connect");
  A11Y_UNTIL (is_connected (FILES));
  a11y_wait_gone (at.app, ATSPI_ROLE_COMBO_BOX, "Kind");
  leave (ATSPI_ROLE_PUSH_BUTTON, "Connect a shop");
}

/* ---- orders out of a file ---- */

/* The last row is bad. */
static const char spreadsheet[] =
    "Order;Date;Customer;E-mail;Address;City;ZIP;Country;SKU;Item;Qty;Price;What\n"
    "F-1;2026-11-20;Ana Example;ana@example.com;1 Way;Town;12345;DE;JUG-1;Jug;2;10,00;x\n"
    "F-1;2026-11-20;Ana Example;ana@example.com;1 Way;Town;12345;DE;VASE-9;Vase;1;5,50;x\n"
    "F-2;2026-11-21;Bo Example;bo@example.com;2 Way;Town;12345;DE;JUG-1;Jug;1;10,00;x\n"
    "F-3;2026-11-21;Cy Example;cy@example.com;3 Way;Town;12345;DE;JUG-1;Jug;many;10,00;x\n";

static guint
count_file_orders (void)
{
  g_autoptr (WbConnection) channel = wb_book_find_connection (at.book, FILES, NULL);
  static const char *const numbers[] = { "F-1", "F-2", "F-3" };
  guint                    n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (WbOrder) order = wb_book_find_order (
          at.book, wb_record_get_int (channel, WB_CONNECTION_ID), numbers[i], NULL);

      n += order != NULL;
    }
  return n;
}

/* In Orders, where it is looked for by its number, and Return opens it: @address is how that
 * begins. */
static void
open_order (const char *number, gint64 cents, const char *address)
{
  g_autofree char            *shown = g_strdup_printf ("#%s", number);
  g_autoptr (AtspiAccessible) table = NULL;

  window_bench_find_order (&at, number);
  table = a11y_wait (at.window, ATSPI_ROLE_TREE_TABLE, "Orders");
  a11y_expect (table, ATSPI_ROLE_LABEL, shown);
  expect_money (table, cents);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, address);
}

/* The file @path is chosen; it is looked at as soon as its currency is known. */
static AtspiAccessible *
choose_spreadsheet (const char *path, gboolean first)
{
  AtspiAccessible *window;

  a11y_key (A11Y_CONTROL, 'o');
  a11y_choose_file (at.app, "Import orders", path);
  window = a11y_wait (at.app, ATSPI_ROLE_FRAME, "Import orders");
  if (first) /* no column says it, and no earlier file did */
    {
      a11y_type_into (window, ATSPI_ROLE_TEXT, "Currency, when no column says", "euro");
      mend (window, "Currency, when no column says", "“EURO” is not a currency", "eur");
    }
  else
    a11y_expect_part (window, ATSPI_ROLE_LABEL, "As remembered from an earlier file");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "2 orders in 4 rows");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "Line 5");
  a11y_expect_part (window, ATSPI_ROLE_LABEL, "“many” is not a whole number of pieces");
  expect_money (window, 2550);
  return window;
}

/* Two orders come in, a row is kept aside with its line; again, nothing is added. */
static void
test_import (void)
{
  g_autofree char *path = g_build_filename (at.bench->folder, "fair orders.csv", NULL);

  g_assert_true (g_file_set_contents (path, spreadsheet, -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AtspiAccessible) window = choose_spreadsheet (path, i == 0);

      g_assert_cmpuint (count_file_orders (), ==, i == 0 ? 0 : 2);
      a11y_click_start (window, "_Import");
      a11y_expect_part (window, ATSPI_ROLE_LABEL,
                        i == 0 ? "2 orders are new, 0 were changed, 0 were here already"
                               : "0 orders are new, 0 were changed, 2 were here already");
      a11y_expect_part (window, ATSPI_ROLE_LABEL, "1 row was kept aside");
      a11y_expect_part (window, ATSPI_ROLE_LABEL, "Line 5");
      g_assert_cmpuint (count_file_orders (), ==, 2);
      a11y_click_start (window, "_Close");
      a11y_wait_gone (at.app, ATSPI_ROLE_LABEL, "1 row was kept aside");
    }
  open_order ("F-1", 2550, "Ana Example\n");
  a11y_expect_part (at.window, ATSPI_ROLE_LABEL, "Vase");
  open_order ("F-2", 1000, "Bo Example\n");
}

/* ---- taken by us ---- */

static gboolean
is_taken (void)
{
  g_autoptr (GPtrArray) shops = wb_book_list_connections (at.book, WB_KIND_SHOP, NULL);

  for (guint i = 0; i < shops->len; i++)
    if (g_strcmp0 (wb_record_get_text (shops->pdata[i], WB_CONNECTION_PROVIDER), WB_SHOP_COUNTER) ==
        0)
      return TRUE;
  return FALSE;
}

/* Two items, one of them a product by its SKU. A price that is none is told beside it. */
static void
type_items (AtspiAccessible *window)
{
  g_autoptr (AtspiAccessible) items = a11y_wait (window, ATSPI_ROLE_LIST, "Items");
  g_autoptr (AtspiAccessible) quantity = NULL, price = NULL, second = NULL;

  a11y_type_into (items, ATSPI_ROLE_TEXT, "SKU or what it is", "JUG-1");
  a11y_expect_part (items, ATSPI_ROLE_LABEL, "Stoneware jug, blue");
  quantity = a11y_wait (items, ATSPI_ROLE_SPIN_BUTTON, "Quantity");
  g_assert_true (atspi_value_set_current_value (ATSPI_VALUE (quantity), 2, NULL));
  price = a11y_wait (items, ATSPI_ROLE_TEXT, "Price of one");
  a11y_type (price, "a dozen");
  a11y_expect_part (items, ATSPI_ROLE_LABEL, "“a dozen” is not a price in EUR");
  a11y_type (price, "12,50");
  a11y_wait_gone (items, ATSPI_ROLE_LABEL, "“a dozen” is not a price in EUR");
  expect_money (window, 2500);
  a11y_click_on (window, "Add an item");
  A11Y_UNTIL (atspi_accessible_get_child_count (items, NULL) == 2);
  second = atspi_accessible_get_child_at_index (items, 1, NULL);
  a11y_type_into (second, ATSPI_ROLE_TEXT, "SKU or what it is", "Engraving");
  a11y_type_into (second, ATSPI_ROLE_TEXT, "Price of one", "5");
  expect_money (window, 3000);
}

/* By phone: what is typed wrong is told where it stands, and nothing is taken before it is right;
 * then the order is shown, and found in Orders. */
static void
test_taken (void)
{
  g_autoptr (AtspiAccessible) window = NULL;

  a11y_key (A11Y_CONTROL, 'n');
  window = a11y_wait (at.app, ATSPI_ROLE_INVALID, "New order");
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Currency", "eu");
  mend (window, "Currency", "“EU” is not a currency", "eur");
  type_items (window);
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Price of shipping", "-4,90");
  mend (window, "Price of shipping", "“-4,90” is not a price in EUR", "4,90");
  expect_money (window, 3490);
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Name", "Dora Example");
  a11y_type_into (window, ATSPI_ROLE_TEXT, "Street and number", "4 Way");
  g_assert_false (can_act (window, "_Take the order")); /* to which city? */
  a11y_type_into (window, ATSPI_ROLE_TEXT, "City", "Town");
  g_assert_cmpuint (a11y_bad_names (window), <=, 1); /* libadwaita's list of a choice */
  g_assert_false (is_taken ());
  a11y_click_start (window, "_Take the order");
  a11y_wait_gone_start (at.app, ATSPI_ROLE_PUSH_BUTTON, "_Take the order");
  g_assert_true (is_taken ());
  a11y_expect_part (at.window, ATSPI_ROLE_LABEL, "Engraving");
  open_order ("C-1001", 3490, "Dora Example\n");
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  options.traps = "18"; /* it has a status of its own */
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open (&at);
  g_test_add_func ("/client/channels/match", test_match);
  g_test_add_func ("/client/channels/status", test_status);
  g_test_add_func ("/client/channels/stock", test_stock);
  g_test_add_func ("/client/channels/connect", test_connect);
  g_test_add_func ("/client/channels/import", test_import);
  g_test_add_func ("/client/channels/taken", test_taken);
  return window_bench_run (&at);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders out of spreadsheets, taken at the counter, and written out again; and one of them shipped
 * like any other. */
#include "wb-bench.h"
#include "wb-desk-charge.h"
#include "wb-desk-own.h"
#include "wb-test.h"

#include <string.h>

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  gint64   channel_id;
} House;

static void
connect_files (House *house, const char *name)
{
  static const char *const none[] = { NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  g_autofree char         *findings = NULL;

  wb_record_set_text (draft, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, "csv");
  wb_record_set_text (draft, WB_CONNECTION_NAME, name);
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, "file:");
  wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_text (draft, WB_CONNECTION_CURRENCY, "EUR");
  g_assert_true (wb_desk_test_connection (house->desk, draft, none, &findings, NULL, &error));
  g_assert_no_error (error);
  house->channel_id = wb_desk_add_connection (house->desk, draft, none, &error);
  g_assert_no_error (error);
}

static void
house_open (House *house)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  options.orders = 1;
  house->bench = wb_bench_new (&options);
  house->desk = wb_bench_open (house->bench->book);
  house->book = wb_desk_get_book (house->desk);
  connect_files (house, "Messe");
}

static void
house_close (House *house)
{
  g_clear_object (&house->desk);
  wb_bench_free (house->bench);
}

/* @text in @encoding. */
static char *
write_file (House *house, const char *name, const char *text, const char *encoding)
{
  char              *path = g_build_filename (house->bench->folder, name, NULL);
  gsize              size;
  g_autoptr (GError) error = NULL;
  g_autofree char   *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &size, &error);

  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

static WbOrdersImport
import (House *house, const char *path, const char *channel)
{
  g_autoptr (WbOrdersFileWish) wish = wb_orders_file_wish_new (path, channel);
  g_autoptr (GError)           error = NULL;
  WbOrdersImport               done = { 0 };

  wb_desk_import_orders (house->desk, wish, NULL, NULL, &done, NULL, &error);
  g_assert_no_error (error);
  return done;
}

static WbOrder *
order_of (House *house, const char *number)
{
  g_autoptr (GError) error = NULL;
  WbOrder           *order = wb_book_find_order (house->book, house->channel_id, number, &error);

  g_assert_no_error (error);
  return order;
}

static const char heads[] =
    "Bestellnummer;Bestelldatum;Bezahlt;Empfänger;Straße;PLZ;Ort;Land;E-Mail;Versandkosten;"
    "Artikelnummer;Bezeichnung;Menge;Einzelpreis;Gesamtbetrag\n";

static char *
german_file (const char *third)
{
  return g_strconcat (
      heads,
      "1001;03.11.2026;ja;Jörg Weiß;Hauptstr. 1;10115;Berlin;DE;joerg@example.org;4,90;T-1;"
      "Teekanne;1;39,90;62,15\n",
      "1002;23.11.2026;nein;Ana Núñez;Calle 2;28013;Madrid;es;ana@example.org;;T-1;Teekanne;2;"
      "1.039,90;\n",
      "1001;;;;;;;;;;S-1;\"Schale; rund\";1;17,35;\n", third, NULL);
}

/* A file as a German spreadsheet writes it: Windows' letters, semicolons, commas in amounts. */
static void
test_import (void)
{
  House                   house;
  g_autofree char        *bad = NULL, *good = NULL, *path = NULL;
  g_auto (WbOrdersImport) first = { 0 }, again = { 0 }, mended = { 0 };
  g_autoptr (WbOrder)     order = NULL, unpaid = NULL, late = NULL;
  g_autoptr (GPtrArray)   asides = NULL;
  g_autoptr (GError)      error = NULL;
  GPtrArray              *lines;

  house_open (&house);
  bad = german_file ("1003;04.11.2026;ja;Lea;Weg 3;10117;Berlin;DE;;;T-1;Teekanne;1;39,90;\n"
                     "1003;;;;;;;;;;S-1;Schale;1,5;17,35;\n");
  path = write_file (&house, "messe.csv", bad, "WINDOWS-1252");
  first = import (&house, path, "Messe");
  g_assert_cmpuint (first.rows, ==, 5);
  g_assert_cmpint (first.orders.added, ==, 2);
  g_assert_cmpuint (first.asides->len, ==, 2);

  /* An order of which a row is bad waits as a whole, told by line. */
  asides = wb_book_list_order_asides (house.book, house.channel_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (asides->len, ==, 2);
  g_assert_cmpuint (((WbOrderAside *) asides->pdata[1])->line, ==, 6);
  g_assert_nonnull (strstr (((WbOrderAside *) asides->pdata[1])->reason, "1,5"));
  g_assert_nonnull (strstr (((WbOrderAside *) asides->pdata[0])->reason, "line 6"));

  order = order_of (&house, "1001");
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME), ==, "Jörg Weiß");
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_TOTAL), ==, 6215);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_READY);
  lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpstr (wb_record_get_text (lines->pdata[1], WB_ORDER_LINE_NAME), ==, "Schale; rund");
  unpaid = order_of (&house, "1002");
  g_assert_cmpint (wb_record_get_int (unpaid, WB_ORDER_TOTAL), ==, 207980);
  g_assert_cmpstr (wb_record_get_text (unpaid, WB_ORDER_STAGE), ==, WB_STAGE_WAITING);
  g_assert_cmpstr (
      wb_record_get_text (wb_record_get_one (unpaid, WB_ORDER_SHIP_TO), WB_ADDRESS_COUNTRY), ==,
      "ES");

  again = import (&house, path, "Messe");
  g_assert_cmpint (again.orders.added + again.orders.changed, ==, 0);
  g_assert_cmpint (again.orders.unchanged, ==, 2);

  good = german_file ("1003;04.11.2026;ja;Lea;Weg 3;10117;Berlin;DE;;;T-1;Teekanne;1;39,90;\n"
                      "1003;;;;;;;;;;S-1;Schale;2;17,35;\n");
  g_free (g_steal_pointer (&path));
  path = write_file (&house, "messe-2.csv", good, "UTF-8");
  mended = import (&house, path, "Messe");
  g_assert_cmpint (mended.orders.added, ==, 1);
  g_assert_cmpint (mended.orders.unchanged, ==, 2);
  late = order_of (&house, "1003");
  g_assert_cmpint (wb_record_get_int (late, WB_ORDER_TOTAL), ==, 3990 + 2 * 1735);
  g_clear_pointer (&asides, g_ptr_array_unref);
  asides = wb_book_list_order_asides (house.book, house.channel_id, &error);
  g_assert_cmpuint (asides->len, ==, 0);
  house_close (&house);
}

/* Heads nobody can guess are said once. */
static void
test_remembered (void)
{
  static const char            text[] = "A,B,C\nX-1,Bowl,2\nX-2,Cup,1\n";
  House                        house;
  g_autofree char             *path = NULL;
  g_autoptr (WbOrdersFileWish) wish = NULL, later = NULL;
  g_autoptr (WbOrdersPreview)  blind = NULL, seen = NULL, known = NULL;
  g_auto (WbOrdersImport)      done = { 0 };
  g_autoptr (GError)           error = NULL;

  house_open (&house);
  path = write_file (&house, "odd.csv", text, "UTF-8");
  wish = wb_orders_file_wish_new (path, "Messe");
  blind = wb_desk_preview_orders (house.book, wish, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (blind->problem);
  g_assert_cmpuint (blind->orders->len, ==, 0);
  g_hash_table_insert (wish->columns, g_strdup ("number"), g_strdup ("A"));
  g_hash_table_insert (wish->columns, g_strdup ("item"), g_strdup ("B"));
  g_hash_table_insert (wish->columns, g_strdup ("quantity"), g_strdup ("C"));
  wish->currency = g_strdup ("EUR");
  seen = wb_desk_preview_orders (house.book, wish, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (seen->problem);
  g_assert_false (seen->remembered);
  g_assert_cmpuint (seen->orders->len, ==, 2);
  wb_desk_import_orders (house.desk, wish, NULL, NULL, &done, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done.orders.added, ==, 2);
  later = wb_orders_file_wish_new (path, "Messe");
  known = wb_desk_preview_orders (house.book, later, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (known->remembered);
  g_assert_null (known->problem);
  g_assert_cmpuint (known->orders->len, ==, 2);

  g_hash_table_insert (later->columns, g_strdup ("colour"), g_strdup ("A"));
  g_assert_null (wb_desk_preview_orders (house.book, later, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  house_close (&house);
}

/* What is written out is read back as it was, and a cell is never a formula. */
static void
test_round_trip (void)
{
  House                   house;
  g_autofree char        *text = NULL, *path = NULL, *out = NULL;
  g_auto (WbOrdersImport) first = { 0 }, second = { 0 };
  g_autoptr (GBytes)      bytes = NULL;
  g_autoptr (GError)      error = NULL;
  WbOrderQuery            query = { .sort = "placed_at", .ascending = TRUE };
  gint64                  before;

  house_open (&house);
  text = german_file ("1003;04.11.2026;ja;=1+1;Weg 3;10117;Berlin;DE;;;T-1;Teekanne;1;39,90;\n");
  path = write_file (&house, "messe.csv", text, "UTF-8");
  first = import (&house, path, "Messe");
  g_assert_cmpint (first.orders.added, ==, 3);
  query.channel_id = house.channel_id;
  bytes = wb_desk_export_orders (house.book, &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (
      g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), ",=1+1"));
  out = g_build_filename (house.bench->folder, "out.csv", NULL);
  g_file_set_contents (out, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  before = house.channel_id;
  connect_files (&house, "Copy");
  second = import (&house, out, "Copy");
  g_assert_cmpuint (second.asides->len, ==, 0);
  g_assert_cmpint (second.orders.added, ==, 3);
  for (guint i = 1001; i <= 1003; i++)
    {
      g_autofree char    *number = g_strdup_printf ("%u", i);
      g_autoptr (WbOrder) was = wb_book_find_order (house.book, before, number, NULL);
      g_autoptr (WbOrder) is = order_of (&house, number);

      g_assert_cmpint (wb_record_get_int (is, WB_ORDER_TOTAL), ==,
                       wb_record_get_int (was, WB_ORDER_TOTAL));
      g_assert_cmpstr (wb_record_get_text (is, WB_ORDER_STAGE), ==,
                       wb_record_get_text (was, WB_ORDER_STAGE));
      g_assert_cmpint (wb_record_get_int (is, WB_ORDER_ITEM_COUNT), ==,
                       wb_record_get_int (was, WB_ORDER_ITEM_COUNT));
    }
  house_close (&house);
}

/* ---- at the counter ---- */

static const char by_phone[] =
    "{\"id\": \"call-7\", \"name\": \"Mia Roth\", \"email\": \"mia@example.org\", \"phone\": \"+49 "
    "30 1\","
    " \"street\": \"Ring 5\", \"postcode\": \"10119\", \"city\": \"Berlin\", \"country\": \"DE\","
    " \"currency\": \"EUR\", \"shipping\": \"4.90\", \"paid\": \"cash\","
    " \"lines\": [{\"sku\": \"T-1\", \"name\": \"Teekanne\", \"quantity\": 2, \"price\": "
    "\"39.90\"}]}";

static void
test_counter (void)
{
  House                  house;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbOwnOrder) ask = NULL, next = NULL, none = NULL;
  g_autoptr (WbOrder)    order = NULL, second = NULL;
  WbRefundAsk            back = { .amount = 500, .by_hand = TRUE, .reason = "Scratched" };
  g_autofree char       *outcome = NULL;
  gint64                 id, shipment;

  house_open (&house);
  ask = wb_own_order_parse (by_phone, &error);
  g_assert_no_error (error);
  id = wb_desk_add_own_order (house.desk, ask, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_desk_add_own_order (house.desk, ask, &error), ==, id);
  order = wb_book_get_order (house.book, id, &error);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_NUMBER), ==, "C-1001");
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_TOTAL), ==, 2 * 3990 + 490);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_READY);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_PAID);

  /* The same customer again, not paid: what is not said is known, and it waits. */
  next = wb_own_order_new ();
  g_strlcpy (next->currency, "EUR", sizeof next->currency);
  next->customer_id = wb_record_get_int (order, WB_ORDER_CUSTOMER_ID);
  g_assert_cmpint (next->customer_id, >, 0);
  g_assert_true (wb_own_order_add_line (next, "S-1", NULL, 1, "17.35", &error));
  id = wb_desk_add_own_order (house.desk, next, &error);
  g_assert_no_error (error);
  second = wb_book_get_order (house.book, id, &error);
  g_assert_cmpstr (wb_record_get_text (second, WB_ORDER_NUMBER), ==, "C-1002");
  g_assert_cmpstr (wb_record_get_text (second, WB_ORDER_CUSTOMER_NAME), ==, "Mia Roth");
  g_assert_cmpstr (
      wb_record_get_text (wb_record_get_one (second, WB_ORDER_SHIP_TO), WB_ADDRESS_STREET1), ==,
      "Ring 5");
  g_assert_cmpstr (wb_record_get_text (second, WB_ORDER_STAGE), ==, WB_STAGE_WAITING);

  /* The paid one goes the way of every order. */
  shipment = wb_bench_plan (house.desk, wb_record_get_int (order, WB_ORDER_ID), &error);
  g_assert_no_error (error);
  wb_desk_ship (house.desk, shipment, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&order);
  order = wb_book_get_order (house.book, wb_record_get_int (second, WB_ORDER_ID) - 1, &error);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);

  /* Some of it is given back from the till; there is nobody to tell. */
  back.order_id = wb_record_get_int (order, WB_ORDER_ID);
  wb_desk_refund (house.desk, &back, &outcome, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&order);
  order = wb_book_get_order (house.book, back.order_id, &error);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CHARGE_REFUNDED), ==, 500);

  none = wb_own_order_new ();
  g_strlcpy (none->currency, "EUR", sizeof none->currency);
  g_assert_cmpint (wb_desk_add_own_order (house.desk, none, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  /* Two lines whose sum no amount can hold: nothing is written. */
  for (guint i = 0; i < 2; i++)
    g_assert_true (wb_own_order_add_line (none, "S-9", NULL, 1, "60000000000000000.00", &error));
  g_assert_cmpint (wb_desk_add_own_order (house.desk, none, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "more than any amount"));
  g_clear_error (&error);
  g_assert_null (wb_own_order_parse ("{\"currency\": \"EUR\", \"lines\": [{\"sku\": \"x\", "
                                     "\"price\": \"1.999\"}]}",
                                     &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "lines[0]"));
  house_close (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own-orders/import", test_import);
  g_test_add_func ("/own-orders/remembered", test_remembered);
  g_test_add_func ("/own-orders/round-trip", test_round_trip);
  g_test_add_func ("/own-orders/counter", test_counter);
  return g_test_run ();
}

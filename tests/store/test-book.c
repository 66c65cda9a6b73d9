/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is in the book: orders whole and changed, guards of the database, documents, customers,
 * lists, search. */
#include "samples.h"
#include "wb-database.h"
#include "wb-journal.h"
#include "wb-test.h"

#include <string.h>

static WbOrder *
read_back (Shelf *shelf, gpointer order)
{
  g_autoptr (GError) error = NULL;
  WbOrder *back = wb_book_get_order (shelf->book, wb_record_get_int (order, WB_ORDER_ID), &error);

  g_assert_no_error (error);
  return back;
}

static gpointer
line_of (gpointer order, guint i)
{
  return wb_record_get_many (order, WB_ORDER_LINES)->pdata[i];
}

static void
test_order (void)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) order = shelf_add_order (shelf, "1042"), back = read_back (shelf, order),
                      found = NULL, again = sample_order (shelf, "1042");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  assert_same_order (order, back);
  g_assert_cmpint (wb_record_get_int (back, WB_ORDER_ID), >, 0);
  g_assert_cmpuint (wb_record_get_many (back, WB_ORDER_LINES)->len, ==, 3);
  found = wb_book_find_order (shelf->book, shelf->channel, "r1042", &error);
  assert_same_order (order, found);
  g_clear_object (&found);
  found = wb_book_find_order (shelf->book, shelf->channel, "r1", &error);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (wb_book_insert_order (shelf->book, again,
                                        &error)); /* one (channel, remote id) is one order */
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  ids = wb_book_match_orders (shelf->book, "#1042", NULL);
  g_assert_cmpuint (ids->len, ==, 1);
}

static void
test_update (void)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) order = shelf_add_order (shelf, "1042"), changed = read_back (shelf, order),
                      back = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) by_sku = NULL, gone = NULL;
  WbRefund          *refund = wb_refund_new ();

  wb_record_set_text (changed, WB_ORDER_REMOTE_STATUS, "on-hold");
  wb_record_set_text (wb_record_get_one (changed, WB_ORDER_SHIP_TO), WB_ADDRESS_CITY, "Potsdam");
  wb_record_set_one (changed, WB_ORDER_BILL_TO, NULL);
  wb_record_set_int (line_of (changed, 0), WB_ORDER_LINE_CANCELLED, 1);
  g_ptr_array_remove_index (wb_record_get_many (changed, WB_ORDER_LINES), 1);
  wb_record_add (changed, WB_ORDER_LINES, sample_line ("4", WB_LINE_ITEM, "NEU-7", 1, 900));
  g_ptr_array_remove_index (wb_record_get_many (changed, WB_ORDER_REFUNDS),
                            0); /* deleted in the shop */
  g_object_set (refund, "remote-id", "10", "amount", (gint64) 50, NULL);
  wb_record_add (changed, WB_ORDER_REFUNDS, refund);
  g_assert_true (wb_book_update_order (shelf->book, changed, &error));
  g_assert_no_error (error);
  back = read_back (shelf, changed);
  assert_same_order (changed, back);
  by_sku = wb_book_search (shelf->book, "neu-7", 5, NULL);
  gone = wb_book_search (shelf->book, "BOX-1", 5, NULL);
  g_assert_cmpuint (by_sku->len, ==, 1);
  g_assert_cmpuint (gone->len, ==, 0);
}

/* A line that the shop took away while a parcel holds it stays, cancelled: what is packed is a
 * fact. */
static void
test_lost_line (void)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) order = shelf_add_order (shelf, "1042"), changed = read_back (shelf, order),
                      back = NULL;
  g_autoptr (WbShipment) shipment = sample_shipment (shelf, order, 2);
  g_autoptr (GError)     error = NULL;

  g_assert_true (wb_book_insert_shipment (shelf->book, shipment, &error));
  g_assert_true (wb_book_add_shipped (
      shelf->book, wb_record_get_int (line_of (order, 0), WB_ORDER_LINE_ID), 1, &error));
  g_ptr_array_remove_index (wb_record_get_many (changed, WB_ORDER_LINES), 0);
  g_ptr_array_remove_index (wb_record_get_many (changed, WB_ORDER_LINES), 0);
  g_assert_true (wb_book_update_order (shelf->book, changed, &error));
  g_assert_no_error (error);
  back = read_back (shelf, order);
  g_assert_cmpuint (wb_record_get_many (back, WB_ORDER_LINES)->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    if (g_str_equal (wb_record_get_text (line_of (back, i), WB_ORDER_LINE_KIND), WB_LINE_ITEM))
      {
        g_assert_cmpstr (wb_record_get_text (line_of (back, i), WB_ORDER_LINE_REMOTE_ID), ==, "1");
        g_assert_cmpint (wb_record_get_int (line_of (back, i), WB_ORDER_LINE_CANCELLED), ==, 2);
        g_assert_cmpint (wb_record_get_int (line_of (back, i), WB_ORDER_LINE_SHIPPED), ==, 1);
        g_assert_cmpint (wb_record_get_int (line_of (back, i), WB_ORDER_LINE_TOTAL), ==, 0);
      }
  g_assert_cmpint (wb_order_to_ship (back), ==, 0);
}

static void
assert_refused (Shelf *shelf, const char *sql)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbDatabase) database = wb_database_open (shelf->path, 0, NULL);

  g_assert_false (wb_database_run (database, &error, sql, NULL));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_test_message ("%s", error->message);
}

/* Whoever writes, and however: the database itself refuses what must not be. */
static void
test_guards (void)
{
  g_autoptr (Shelf)      shelf = shelf_new ();
  g_autoptr (WbOrder)    order = shelf_add_order (shelf, "1042");
  g_autoptr (WbShipment) shipment = sample_shipment (shelf, order, 2);
  g_autoptr (GBytes)     bytes = g_bytes_new_static ("%PDF", 4);
  g_autofree char       *hash = wb_book_put_document (shelf->book, bytes, "application/pdf", NULL);
  g_autoptr (WbLabel)    label = NULL, second = NULL;
  g_autoptr (WbEntry)    entry = wb_entry_new (), twin = NULL;
  g_autoptr (GError)     error = NULL;
  gint64                 line = wb_record_get_int (line_of (order, 0), WB_ORDER_LINE_ID);
  gboolean               added = FALSE;

  g_assert_true (wb_book_insert_shipment (shelf->book, shipment, NULL));
  g_assert_true (wb_book_pack (shelf->book, line, 2, NULL));
  g_assert_false (wb_book_pack (shelf->book, line, 2, &error)); /* three were ordered */
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (wb_book_add_shipped (shelf->book, line, 2, NULL));
  g_assert_false (wb_book_add_shipped (shelf->book, line, 2, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (
      wb_book_pack (shelf->book, line, -1, &error)); /* nothing lies in parcels any more */
  g_clear_error (&error);
  assert_refused (shelf, "UPDATE order_line SET shipped = 4");
  assert_refused (shelf, "UPDATE order_line SET returned = shipped + 1");
  assert_refused (shelf, "UPDATE order_line SET cancelled = -1");

  label = sample_label (shelf, shipment, hash);
  second = sample_label (shelf, shipment, hash);
  g_assert_true (wb_book_save (shelf->book, label, &error));
  g_assert_false (wb_book_save (shelf->book, second, &error)); /* one live label a parcel */
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  wb_record_set_text (label, WB_LABEL_STATE, WB_LABEL_VOID_ASKED);
  g_assert_true (wb_book_save (shelf->book, label, &error));
  g_assert_true (wb_book_save (shelf->book, second, &error));
  {
    g_autoptr (WbLabel) live = wb_book_get_live_label (
        shelf->book, wb_record_get_int (second, WB_LABEL_PARCEL_ID), &error);

    g_assert_cmpint (wb_record_get_int (live, WB_LABEL_ID), ==,
                     wb_record_get_int (second, WB_LABEL_ID));
  }

  g_object_set (entry, "at", (gint64) 1, "order-id", wb_record_get_int (order, WB_ORDER_ID), "kind",
                WB_ENTRY_CAPTURED, "source", "gateway", "source-ref", "ch_1", "currency", "EUR",
                "amount", (gint64) 4990, NULL);
  twin = wb_record_copy (entry);
  g_assert_true (wb_book_add_entry (shelf->book, entry, &added, &error));
  g_assert_true (added);
  g_assert_true (wb_book_add_entry (shelf->book, twin, &added, &error));
  g_assert_false (added);
  assert_refused (shelf, "UPDATE ledger SET amount = 1");
  assert_refused (shelf, "DELETE FROM ledger");
  assert_refused (shelf, "UPDATE document SET bytes = x'00'");
  assert_refused (shelf, "INSERT INTO operation (kind, state, key, request, actor, created_at) "
                         "VALUES ('a', 'lost', 'k', '{}', 'x', 1)");
  assert_refused (shelf, "UPDATE orders SET channel_id = 999");
  assert_refused (shelf, "UPDATE connection SET capturer = 'both' WHERE kind = 'shop'");
  assert_refused (shelf, "UPDATE connection SET gateway_id = NULL WHERE kind = 'shop'");
}

static void
test_documents (void)
{
  g_autoptr (Shelf)  shelf = shelf_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("label\0bytes", 11), back = NULL, none = NULL;
  g_autofree char   *hash = wb_book_put_document (shelf->book, bytes, "application/pdf", NULL),
                  *twice = NULL, *type = NULL;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbDatabase) database = wb_database_open (shelf->path, 0, NULL);

  twice = wb_book_put_document (shelf->book, bytes, "text/plain", NULL);
  g_assert_cmpstr (hash, ==, twice);
  back = wb_book_get_document (shelf->book, hash, &type, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, back));
  g_assert_cmpstr (type, ==, "application/pdf");
  none = wb_book_get_document (shelf->book, "abc", NULL, &error);
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* Bits that fell over on the disk are noticed, not printed. */
  g_assert_true (wb_database_run_script (
      database, "DROP TRIGGER document_no_update; UPDATE document SET bytes = x'00'", NULL));
  none = wb_book_get_document (shelf->book, hash, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
}

static void
test_customers (void)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) first = sample_order (shelf, "1"), second = sample_order (shelf, "2"),
                      guest = sample_order (shelf, "3"), nobody = sample_order (shelf, "4");
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbDatabase) database = wb_database_open (shelf->path, WB_DATABASE_READ_ONLY, NULL);
  gint64                 id, n = 0;

  id = wb_book_save_customer (shelf->book, first, &error);
  g_assert_cmpint (id, >, 0);
  wb_record_set_text (second, WB_ORDER_CUSTOMER_NAME, "Zoë Neumann");
  g_assert_cmpint (wb_book_save_customer (shelf->book, second, &error), ==, id);
  wb_record_set_text (guest, WB_ORDER_CUSTOMER_REF, NULL);
  g_assert_cmpint (wb_book_save_customer (shelf->book, guest, &error), !=, id);
  wb_record_set_text (nobody, WB_ORDER_CUSTOMER_REF, NULL);
  wb_record_set_text (nobody, WB_ORDER_EMAIL, NULL);
  g_assert_cmpint (wb_book_save_customer (shelf->book, nobody, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_true (wb_database_get_int (
      database, &n, &error, "SELECT orders FROM customer WHERE id = ? AND name = 'Zoë Neumann'",
      "i", id));
  g_assert_cmpint (n, ==, 2);
  g_assert_true (wb_database_get_int (
      database, &n, &error, "SELECT COUNT(*) FROM customer WHERE remote_id LIKE 'mail:zoe@%'",
      NULL));
  g_assert_cmpint (n, ==, 1);
}

/* A sync's mark never brings back what was changed of the connection meanwhile. */
static void
test_note_sync (void)
{
  g_autoptr (Shelf)        shelf = shelf_new ();
  g_autoptr (WbConnection) changed = wb_book_get_connection (shelf->book, shelf->channel, NULL),
                           back = NULL;
  g_autoptr (GError) error = NULL;

  wb_record_set_text (changed, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
  g_assert_true (wb_book_save (shelf->book, changed, &error));
  g_assert_true (wb_book_note_sync (shelf->book, shelf->channel, "c1", 7, NULL, &error));
  g_assert_true (wb_book_note_sync (shelf->book, shelf->channel, NULL, 0, "it is away", &error));
  back = wb_book_get_connection (shelf->book, shelf->channel, NULL);
  g_assert_cmpstr (wb_record_get_text (back, WB_CONNECTION_CAPTURER), ==, WB_CAPTURER_SHOP);
  g_assert_cmpstr (wb_record_get_text (back, WB_CONNECTION_CURSOR), ==, "c1");
  g_assert_cmpint (wb_record_get_int (back, WB_CONNECTION_SYNCED_AT), ==, 7);
  g_assert_cmpstr (wb_record_get_text (back, WB_CONNECTION_ERROR), ==, "it is away");
}

static void
assert_found (Shelf *shelf, const char *text, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = wb_book_search (shelf->book, text, 50, &error);

  g_assert_no_error (error);
  if (ids->len != n)
    g_test_message ("“%s” finds %u, not %u", text, ids->len, n);
  g_assert_cmpuint (ids->len, ==, n);
}

static void
test_search (void)
{
  static const char *const hits[] = {
    "1042",        "104",        "zoe",      "ZOË",    "zoë mul",      "müller",
    "MULLER",      "muller zoe", "jurgen",   "Jürg",   "backerei",     "zoe@example.org",
    "Zoe@Ex",      "PL-ŻUB-6",   "pl-zub-6", "PL-ŻUB", "box-1",        "1Z999AA1",
    "1Z999",       "pi_3QxAbc",  "pi_3Qx",   "#1042",  "zoe 1042 box", "  zoe  ",
    "zoe\tmuller",
  };
  static const char *const misses[] = { "2042", "042", "xyz", "zoe xyz", "\"", "*",
                                        "-",    "(",   "",    "  ",      "😀" };
  static const char *const nasty[] = {
    "\"zoe",
    "zoe\"",
    "zoe*",
    "NEAR(zoe muller)",
    "zoe AND",
    "AND",
    "OR NOT",
    "name:zoe",
    "{name email}:zoe",
    "^zoe",
    "zoe + muller",
    "(zoe",
    "zoe)",
    "'; DROP TABLE orders; --",
    "zoe\\",
    "\xff\xfe",
    "zoe\xc3",
    "%_",
    "a:b:c",
    "\xe2\x80\x9czoe\xe2\x80\x9d",
    "-zoe",
    "\"\"\"",
    "zo\"e",
  };
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) order = shelf_add_order (shelf, "1042");
  g_autoptr (GError)  error = NULL;
  g_autoptr (GArray)  limited = NULL;

  wb_record_set_text (order, WB_ORDER_TRACKING, "1Z999AA10123456784");
  g_assert_true (wb_book_update_order_head (shelf->book, order, &error));
  for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
    assert_found (shelf, hits[i], 1);
  for (guint i = 0; i < G_N_ELEMENTS (misses); i++)
    assert_found (shelf, misses[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      WbOrderQuery       query = { .text = nasty[i] };
      g_autoptr (GArray) ids = wb_book_search (shelf->book, nasty[i], 50, &error), listed = NULL;

      g_assert_no_error (error);
      listed = wb_book_list_order_ids (shelf->book, &query, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char    *number = g_strdup_printf ("30%u", i);
      g_autoptr (WbOrder) more = shelf_add_order (shelf, number);
    }
  limited = wb_book_search (shelf->book, "zoe", 3, &error);
  g_assert_cmpuint (limited->len, ==, 3);
  g_assert_cmpint (g_array_index (limited, gint64, 0), >, g_array_index (limited, gint64, 1));
  g_assert_cmpint (g_array_index (limited, gint64, 1), >, g_array_index (limited, gint64, 2));
}

static void
fill (Shelf *shelf, guint n)
{
  static const char *const stages[] = { WB_STAGE_READY, WB_STAGE_READY, WB_STAGE_SHIPPED,
                                        WB_STAGE_HOLD, WB_STAGE_WAITING };

  g_assert_true (wb_book_begin (shelf->book, NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char    *number = g_strdup_printf ("%u", 5000 + (i * 37) % n);
      g_autoptr (WbOrder) order = sample_order (shelf, number);

      wb_record_set_int (order, WB_ORDER_PLACED_AT,
                         1780000000 + (i / 7) * 60); /* seven at the same instant */
      wb_record_set_int (order, WB_ORDER_TOTAL, 1000 + (i * 13) % 97);
      wb_record_set_text (order, WB_ORDER_STAGE, stages[i % G_N_ELEMENTS (stages)]);
      if (i % G_N_ELEMENTS (stages) == 3)
        wb_record_set_text (order, WB_ORDER_HOLD_REASON, "a doubt");
      g_assert_true (wb_book_insert_order (shelf->book, order, NULL));
    }
  g_assert_true (wb_book_commit (shelf->book, NULL));
}

static void
assert_sorted (Shelf *shelf, const char *sort, guint field, gboolean textual, gboolean ascending)
{
  WbOrderQuery          query = { .sort = sort, .ascending = ascending };
  g_autoptr (GError)    error = NULL;
  g_autoptr (GArray)    ids = wb_book_list_order_ids (shelf->book, &query, &error);
  g_autoptr (GPtrArray) heads = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 150);
  heads = wb_book_list_order_heads (shelf->book, (const gint64 *) (gpointer) ids->data, ids->len,
                                    &error);
  g_assert_cmpuint (heads->len, ==, 150);
  for (guint i = 1; i < heads->len; i++)
    {
      gpointer a = heads->pdata[ascending ? i - 1 : i], b = heads->pdata[ascending ? i : i - 1];

      g_assert_cmpint (wb_record_get_int (heads->pdata[i], WB_ORDER_ID), ==,
                       g_array_index (ids, gint64, i));
      if (textual)
        g_assert_cmpint (g_strcmp0 (wb_record_get_text (a, field), wb_record_get_text (b, field)),
                         <=, 0);
      else
        g_assert_cmpint (wb_record_get_int (a, field), <=, wb_record_get_int (b, field));
    }
}

static void
test_lists (void)
{
  static const char *const        ready[] = { WB_STAGE_READY, NULL },
                           *const two[] = { WB_STAGE_SHIPPED, WB_STAGE_WAITING, NULL },
                           *const none[] = { NULL };
  g_autoptr (Shelf)               shelf = shelf_new ();
  g_autoptr (GHashTable)          counts = NULL;
  g_autoptr (GArray) some = NULL, both = NULL, empty = NULL, limited = NULL, odd = NULL,
                     with_text = NULL;

  fill (shelf, 150);
  for (guint ascending = 0; ascending < 2; ascending++)
    {
      assert_sorted (shelf, "placed_at", WB_ORDER_PLACED_AT, FALSE, ascending);
      assert_sorted (shelf, "number", WB_ORDER_NUMBER, TRUE, ascending);
      assert_sorted (shelf, "customer_name", WB_ORDER_CUSTOMER_NAME, TRUE, ascending);
      assert_sorted (shelf, "total", WB_ORDER_TOTAL, FALSE, ascending);
      assert_sorted (shelf, "stage", WB_ORDER_STAGE, TRUE, ascending);
      assert_sorted (shelf, "ship_by", WB_ORDER_SHIP_BY, FALSE, ascending);
      assert_sorted (shelf, "capture_before", WB_ORDER_CAPTURE_BEFORE, FALSE, ascending);
      assert_sorted (shelf, "item_count", WB_ORDER_ITEM_COUNT, FALSE, ascending);
      assert_sorted (shelf, "charge_state", WB_ORDER_CHARGE_STATE, TRUE, ascending);
    }
  some = wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .stages = ready }, NULL);
  both = wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .stages = two }, NULL);
  empty = wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .stages = none }, NULL);
  limited = wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .limit = 7 }, NULL);
  odd =
      wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .sort = "1; DROP TABLE orders" }, NULL);
  with_text = wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .text = "zoe 5001" }, NULL);
  g_assert_cmpuint (some->len, ==, 60);
  g_assert_cmpuint (both->len, ==, 60);
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (limited->len, ==, 7);
  g_assert_cmpuint (odd->len, ==, 150);
  g_assert_cmpuint (with_text->len, ==, 1);
  counts = wb_book_count_stages (shelf->book, NULL);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, WB_STAGE_READY)), ==, 60);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, WB_STAGE_HOLD)), ==, 30);
}

/* Page by page: every order once, whatever stands on the border of a page. */
static void
test_pages (void)
{
  static const char *const stages[] = { NULL, WB_STAGE_READY };
  static const guint       wanted[] = { 150, 60 };
  g_autoptr (Shelf)        shelf = shelf_new ();

  fill (shelf, 150);
  for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
    {
      g_autoptr (GHashTable) seen =
          g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      WbInstant before = G_MAXINT64;
      gint64    before_id = 0;
      guint     n = 0;

      for (;;)
        {
          g_autoptr (GPtrArray) page =
              wb_book_list_order_page (shelf->book, stages[s], before, before_id, 11, NULL);

          for (guint i = 0; i < page->len; i++)
            {
              gint64 id = wb_record_get_int (page->pdata[i], WB_ORDER_ID);

              g_assert_true (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)));
              n++;
            }
          if (page->len < 11)
            break;
          before = wb_record_get_int (page->pdata[10], WB_ORDER_PLACED_AT);
          before_id = wb_record_get_int (page->pdata[10], WB_ORDER_ID);
        }
      g_assert_cmpuint (n, ==, wanted[s]);
    }
}

static guint
count_needs_person (Shelf *shelf)
{
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (shelf->book, &(WbOrderQuery){ .needs_person = TRUE }, NULL);

  return ids->len;
}

static void
add_operation (
    Shelf *shelf, WbOrder *order, WbShipment *shipment, const char *kind, const char *state)
{
  g_autoptr (WbOperation) operation = wb_operation_new ();
  static guint            attempts;
  g_autofree char        *key =
      g_strdup_printf ("%s:WB-1:%u", kind, ++attempts); /* as the engine makes them */
  g_autoptr (GError) error = NULL;

  g_object_set (operation, "kind", kind, "state", state, "key", key, "order-id",
                wb_record_get_int (order, WB_ORDER_ID), "shipment-id",
                shipment != NULL ? wb_record_get_int (shipment, WB_SHIPMENT_ID) : (gint64) 0,
                "request", "{}", "actor", "t", NULL);
  g_assert_true (wb_book_save (shelf->book, operation, &error));
  g_assert_no_error (error);
}

static void
test_needs_person (void)
{
  g_autoptr (Shelf)   shelf = shelf_new ();
  g_autoptr (WbOrder) calm = shelf_add_order (shelf, "1"), held = shelf_add_order (shelf, "2"),
                      edited = shelf_add_order (shelf, "3");
  g_autoptr (WbOrder) lapsed = shelf_add_order (shelf, "4"), refused = shelf_add_order (shelf, "5");
  g_autoptr (WbShipment) shipment = sample_shipment (shelf, refused, 1);

  g_assert_true (wb_book_insert_shipment (shelf->book, shipment, NULL));
  add_operation (shelf, calm, NULL, WB_OP_CAPTURE, WB_OPERATION_DONE);
  g_assert_cmpuint (count_needs_person (shelf), ==, 0);
  wb_record_set_text (held, WB_ORDER_STAGE, WB_STAGE_HOLD);
  wb_record_set_bool (edited, WB_ORDER_EDITED_AFTER_LABEL, TRUE);
  wb_record_set_text (lapsed, WB_ORDER_CHARGE_STATE, WB_CHARGE_LAPSED);
  g_assert_true (wb_book_update_order_head (shelf->book, held, NULL));
  g_assert_true (wb_book_update_order_head (shelf->book, edited, NULL));
  g_assert_true (wb_book_update_order_head (shelf->book, lapsed, NULL));
  g_assert_cmpuint (count_needs_person (shelf), ==, 3);
  add_operation (shelf, refused, shipment, WB_OP_CAPTURE, WB_OPERATION_REFUSED);
  g_assert_cmpuint (count_needs_person (shelf), ==, 4);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE,
                      WB_SHIPMENT_VOID); /* given up: its refusal concerns nobody */
  g_assert_true (wb_book_save (shelf->book, shipment, NULL));
  g_assert_cmpuint (count_needs_person (shelf), ==, 3);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_LABELLED);
  g_assert_true (wb_book_save (shelf->book, shipment, NULL));
  add_operation (shelf, refused, shipment, WB_OP_CAPTURE,
                 WB_OPERATION_DONE); /* a later attempt takes its place */
  g_assert_cmpuint (count_needs_person (shelf), ==, 3);
  add_operation (shelf, refused, shipment, WB_OP_REPORT, WB_OPERATION_UNSURE);
  g_assert_cmpuint (count_needs_person (shelf), ==, 4);
}

static void
test_shipments (void)
{
  g_autoptr (Shelf)      shelf = shelf_new ();
  g_autoptr (WbOrder)    order = shelf_add_order (shelf, "1042");
  g_autoptr (WbShipment) first = sample_shipment (shelf, order, 1),
                         second = sample_shipment (shelf, order, 1), back = NULL,
                         bad = sample_shipment (shelf, order, 1);
  g_autoptr (GPtrArray) all = NULL, planned = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_true (wb_book_insert_shipment (shelf->book, first, &error));
  g_assert_true (wb_book_insert_shipment (shelf->book, second, &error));
  g_assert_cmpint (wb_record_get_int (second, WB_SHIPMENT_NUMBER), ==, 2);
  back = wb_book_get_shipment (shelf->book, wb_record_get_int (first, WB_SHIPMENT_ID), &error);
  assert_same_order (first, back);
  all = wb_book_list_shipments (shelf->book, wb_record_get_int (order, WB_ORDER_ID), &error);
  g_assert_cmpuint (all->len, ==, 2);
  planned = wb_book_list_recent_shipments (shelf->book, WB_SHIPMENT_PLANNED, 1, &error);
  g_assert_cmpuint (planned->len, ==, 1);
  g_assert_cmpint (wb_record_get_int (planned->pdata[0], WB_SHIPMENT_ID), ==,
                   wb_record_get_int (second, WB_SHIPMENT_ID));
  wb_record_set_int (
      wb_record_get_many (wb_record_get_many (bad, WB_SHIPMENT_PARCELS)->pdata[0], WB_PARCEL_LINES)
          ->pdata[0],
      WB_PARCEL_LINE_LINE_ID, 9999);
  g_assert_false (wb_book_insert_shipment (shelf->book, bad, &error)); /* all of it or nothing */
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_pointer (&all, g_ptr_array_unref);
  all = wb_book_list_shipments (shelf->book, wb_record_get_int (order, WB_ORDER_ID), NULL);
  g_assert_cmpuint (all->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/book/order", test_order);
  g_test_add_func ("/store/book/update", test_update);
  g_test_add_func ("/store/book/lost-line", test_lost_line);
  g_test_add_func ("/store/book/guards", test_guards);
  g_test_add_func ("/store/book/documents", test_documents);
  g_test_add_func ("/store/book/customers", test_customers);
  g_test_add_func ("/store/book/note-sync", test_note_sync);
  g_test_add_func ("/store/book/search", test_search);
  g_test_add_func ("/store/book/lists", test_lists);
  g_test_add_func ("/store/book/pages", test_pages);
  g_test_add_func ("/store/book/needs-person", test_needs_person);
  g_test_add_func ("/store/book/shipments", test_shipments);
  return g_test_run ();
}

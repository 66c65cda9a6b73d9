/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a shop's orders without losing one: paging, resuming, changes, clocks, trash and broken
 * rows. */
#include <string.h>

#include "little-shop.h"
#include "wb-test.h"
#include "wb-woo-cursor.h"
#include "wb-woo-walk.h"

#define T0 G_GINT64_CONSTANT (1763460000) /* 2025-11-18T10:00:00Z */

static gint64 our_time = T0;

static gint64
our_clock (gpointer data)
{
  return __atomic_load_n (&our_time, __ATOMIC_SEQ_CST);
}

/* What came of a sync. */
typedef struct
{
  GHashTable *states; /* order id to shop state, the newest */
  GPtrArray  *problems;
  GPtrArray  *cancelled; /* lines with something taken off: “id:n” */
  char       *cursor;
  guint       orders;
  guint       pages;
  guint       stop_after; /* pages; 0: never */
  gint64      done;
  gint64      total;
} Book;

static void
book_clear (Book *book)
{
  g_clear_pointer (&book->states, g_hash_table_unref);
  g_clear_pointer (&book->problems, g_ptr_array_unref);
  g_clear_pointer (&book->cancelled, g_ptr_array_unref);
  g_clear_pointer (&book->cursor, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

#define BOOK                                                                                       \
  {                                                                                                \
    .states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),                     \
    .problems = g_ptr_array_new_with_free_func (g_free),                                           \
    .cancelled = g_ptr_array_new_with_free_func (g_free)                                           \
  }

static void
store_order (Book *book, gpointer order, GBytes *raw)
{
  const char          *id = wb_record_get_text (order, WB_ORDER_REMOTE_ID);
  g_autoptr (JsonNode) node = wb_json_parse_bytes (raw, "raw", NULL);
  WbJson               at = wb_json_root (node, "raw");
  g_autofree char     *raw_id = wb_json_scalar_text (&at, "id");
  gint64 taken = wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0],
                                    WB_ORDER_LINE_CANCELLED);

  g_assert_cmpstr (raw_id, ==, id);
  g_hash_table_insert (book->states, g_strdup (id),
                       g_strdup (wb_record_get_text (order, WB_ORDER_SHOP_STATE)));
  if (taken != 0)
    g_ptr_array_add (book->cancelled, g_strdup_printf ("%s:%" G_GINT64_FORMAT, id, taken));
  book->orders++;
}

static gboolean
page_cb (GPtrArray  *orders,
         GPtrArray  *raws,
         GPtrArray  *problems,
         const char *cursor,
         gint64      done,
         gint64      total,
         gpointer    data,
         GError    **error)
{
  Book *book = data;

  if (book->stop_after > 0 && book->pages >= book->stop_after)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "the disk is full");
      return FALSE;
    }
  g_assert_cmpuint (orders->len, ==, raws->len);
  g_assert_cmpuint (strlen (cursor), <, 2000);
  for (guint i = 0; i < orders->len; i++)
    store_order (book, orders->pdata[i], raws->pdata[i]);
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (book->problems, g_strdup (problems->pdata[i]));
  g_free (book->cursor);
  book->cursor = g_strdup (cursor);
  book->pages++;
  book->done = done;
  book->total = MAX (book->total, total);
  return TRUE;
}

static void
sync_ok (WbShop *shop, Book *book)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *cursor = g_strdup (book->cursor);

  book->orders = book->pages = 0;
  g_ptr_array_set_size (book->problems, 0);
  wb_shop_fetch_orders (shop, cursor, page_cb, book, NULL, &error);
  g_assert_no_error (error);
}

static const char *
state_in (const Book *book, const char *id)
{
  return g_hash_table_lookup (book->states, id);
}

static void
fill (LittleShop *little, guint n)
{
  for (guint i = 0; i < n; i++)
    little_shop_add (little, 1000 + i, "processing", T0 - 100000 + i % 7);
}

static void
assert_all (const Book *book, guint n)
{
  g_assert_cmpuint (g_hash_table_size (book->states), ==, n);
}

/* ---- pure ---- */

/* The window begins at or before the last row read and always goes on. */
static void
test_window (void)
{
  for (gint64 position = 0; position < 30000; position++)
    {
      guint page, size;

      wb_woo_walk_window (position, &page, &size);
      g_assert_cmpuint (size, <=, 100);
      g_assert_cmpint ((gint64) page * size, >, position);
      g_assert_cmpint ((gint64) (page - 1) * size, <, MAX (position, 1));
    }
}

static void
test_split (void)
{
  const char              *text = " [ {\"a\":\"]}\\\"{[\"} ,\n{\"b\":[{},[]]},{} ]\n";
  g_autoptr (GBytes)       body = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode)     list = wb_json_parse_bytes (body, "x", NULL);
  g_autoptr (GPtrArray)    rows = wb_woo_walk_split (body, list);
  static const char *const expected[] = { "{\"a\":\"]}\\\"{[\"}", "{\"b\":[{},[]]}", "{}" };

  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      WbWooRow *row = rows->pdata[i];

      g_assert_cmpmem (g_bytes_get_data (row->raw, NULL), g_bytes_get_size (row->raw), expected[i],
                       strlen (expected[i]));
    }
}

static void
test_cursor (void)
{
  g_auto (WbWooCursor) cursor = { 0 }, again = { 0 }, bad = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autofree char     *text = NULL;

  g_assert_true (wb_woo_cursor_init (&cursor, NULL, NULL));
  g_assert_cmpint (wb_woo_cursor_after (&cursor, 0), ==, 0);
  wb_woo_cursor_begin (&cursor, T0, 3600);
  cursor.position = 198;
  cursor.last_id = 4711;
  for (gint64 id = 1; id <= 60; id++)
    wb_woo_cursor_doubt (&cursor, id);
  wb_woo_cursor_trust (&cursor, 30);
  text = wb_woo_cursor_text (&cursor);
  g_assert_true (wb_woo_cursor_init (&again, text, NULL));
  g_assert_cmpint (again.until, ==, T0);
  g_assert_cmpint (again.position, ==, 198);
  g_assert_cmpint (again.last_id, ==, 4711);
  g_assert_cmpuint (again.again->len, ==, WB_WOO_MOST_AGAIN - 1);
  wb_woo_cursor_begin (&again, T0 + 99, 0); /* a walk under way goes on */
  g_assert_cmpint (again.until, ==, T0);
  wb_woo_cursor_finish (&again);
  g_assert_cmpint (again.since, ==, T0);
  g_assert_cmpint (wb_woo_cursor_after (&again, 3600), ==, T0 - 300);
  g_assert_cmpint (wb_woo_cursor_after (&again, 0), ==,
                   T0 - 300 - 3600); /* the shop's clock was set back an hour */
  g_assert_cmpint (wb_woo_cursor_after (&again, 9999), ==, T0 - 300);
  g_assert_false (wb_woo_cursor_init (&bad, "{\"v\":2}", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* ---- first import ---- */

static void
test_import (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  fill (little, 350);
  sync_ok (shop, &book);
  assert_all (&book, 350);
  g_assert_cmpuint (book.orders, ==, 350); /* none twice */
  g_assert_cmpint (book.done, ==, 350);
  g_assert_cmpint (book.total, ==, 350);
  g_assert_cmpuint (book.problems->len, ==, 0);
  g_assert_cmpuint (little_shop_count (little, "*orderby=id*"), <=, 5);
  g_assert_cmpuint (little_shop_count (little, "GET*orderby=id*modified_after*"), ==, 0);
}

/* Past the last page the shop says “0 orders”, and some hide their totals altogether. */
static void
test_no_totals (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  little->tells_totals = FALSE;
  fill (little, 200);
  sync_ok (shop, &book);
  assert_all (&book, 200);
}

static void
test_empty (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  sync_ok (shop, &book);
  assert_all (&book, 0);
  g_assert_nonnull (book.cursor);
  little_shop_add (little, 5, "processing",
                   T0 - 9000000); /* dated long ago by whoever imported it */
  sync_ok (shop, &book);
  assert_all (&book, 1);
}

static void
test_resume (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  g_autoptr (GError)     error = NULL;
  guint                  before;

  fill (little, 350);
  book.stop_after = 2;
  g_assert_false (wb_shop_fetch_orders (shop, NULL, page_cb, &book, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  book.stop_after = 0;
  before = g_hash_table_size (book.states);
  g_assert_cmpuint (before, <, 350);
  sync_ok (shop, &book);
  assert_all (&book, 350);
  g_assert_cmpuint (book.orders, <=, 350 - before + 100); /* it went on, it did not begin anew */
}

/* Rows trashed while the list is walked move the rest up: none slips past. */
static gboolean
trash_meanwhile (LittleShop        *little,
                 const char        *method,
                 const char        *path,
                 GHashTable        *query,
                 SoupServerMessage *message,
                 gpointer           data)
{
  guint *calls = data;

  if (g_strcmp0 (little_param (query, "orderby"), "id") == 0 && ++*calls > 1)
    for (guint i = 0, n = 0; i < little->orders->len && n < 30; i++)
      {
        LittleOrder *order = little->orders->pdata[i];

        if (!g_str_equal (order->status, "trash") && order->id < 1000 + 90 * *calls)
          {
            g_free (order->status);
            order->status = g_strdup ("trash");
            n++;
          }
      }
  return FALSE;
}

static void
test_moving (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  guint                  calls = 0;

  fill (little, 500);
  little->hook = trash_meanwhile;
  little->hook_data = &calls;
  sync_ok (shop, &book);
  little->hook = NULL;
  for (guint i = 0; i < little->orders->len; i++)
    {
      LittleOrder     *order = little->orders->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, order->id);

      if (!g_str_equal (order->status, "trash"))
        g_assert_nonnull (state_in (&book, id));
    }
}

/* Trap 5: a page that shows a row twice has pushed another one out. */
static gboolean
show_twice (LittleShop        *little,
            const char        *method,
            const char        *path,
            GHashTable        *query,
            SoupServerMessage *message,
            gpointer           data)
{
  guint *left = data;

  if (*left == 0 || g_strcmp0 (little_param (query, "orderby"), "id") != 0)
    return FALSE;
  *left -= 1;
  little_reply (message, 200,
                "[{\"id\":1,\"status\":\"processing\",\"currency\":\"EUR\",\"total\":\"0.00\","
                "\"line_items\":[{\"id\":1,\"quantity\":1}]},"
                "{\"id\":1,\"status\":\"processing\",\"currency\":\"EUR\",\"total\":\"0.00\","
                "\"line_items\":[{\"id\":1,\"quantity\":1}]}]");
  return TRUE;
}

static void
test_shown_twice (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  guint                  left = 1;

  little_shop_add (little, 1, "processing", T0);
  little_shop_add (little, 2, "processing", T0);
  little->hook = show_twice;
  little->hook_data = &left;
  sync_ok (shop, &book);
  assert_all (&book, 2);
  g_assert_cmpuint (book.orders, ==, 2);
}

/* ---- changes ---- */

/* Traps 2 and 3: the date is plain UTC, strict, and rows of the same second are not lost. */
static void
test_changes (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  fill (little, 20);
  little_shop_add (little, 2000, "processing", T0 - 10);
  sync_ok (shop, &book);
  assert_all (&book, 21);
  little_shop_add (little, 2001, "processing", T0 - 10); /* the same second as the last one seen */
  little_shop_find (little, 1003)->modified = T0 - 5;
  little_shop_find (little, 1003)->status[0] = 'x';
  g_ptr_array_set_size (little->log, 0);
  sync_ok (shop, &book);
  assert_all (&book, 22);
  g_assert_cmpstr (state_in (&book, "1003"), ==, WB_SHOP_UNPAID);
  g_assert_cmpuint (book.orders, ==, 3); /* the changed ones, and the overlap */
  g_assert_cmpuint (
      little_shop_count (little, "GET*dates_are_gmt=true&modified_after=2025-11-18T09%3A54%3A50&*"),
      ==, 2);
  sync_ok (shop, &book);
  g_assert_cmpuint (book.orders, ==, 3); /* idempotent */
}

/* An order of a page already read changes while the walk goes on: the next sync has it. */
static gboolean
change_meanwhile (LittleShop        *little,
                  const char        *method,
                  const char        *path,
                  GHashTable        *query,
                  SoupServerMessage *message,
                  gpointer           data)
{
  if (g_strcmp0 (little_param (query, "page"), "2") == 0)
    {
      LittleOrder *order = little_shop_find (little, 1000);

      order->modified = T0 - 50; /* long before the newest on page 2 */
      g_free (order->status);
      order->status = g_strdup ("cancelled");
    }
  return FALSE;
}

static void
test_changed_meanwhile (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  fill (little, 150);
  little->hook = change_meanwhile;
  sync_ok (shop, &book);
  little->hook = NULL;
  g_assert_cmpstr (state_in (&book, "1000"), ==, WB_SHOP_OPEN);
  sync_ok (shop, &book);
  g_assert_cmpstr (state_in (&book, "1000"), ==, WB_SHOP_CANCELLED);
}

/* A shop whose clock is a day off, and is put right between two syncs. */
static void
test_clock (void)
{
  static const gint64 skews[] = { 86400, -86400, 1200 };

  for (guint i = 0; i < G_N_ELEMENTS (skews); i++)
    {
      g_autoptr (LittleShop) little = little_shop_new ();
      g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
      g_auto (Book)          book = BOOK;

      little->skew = skews[i];
      fill (little, 3);
      little_shop_add (little, 2000, "processing", T0 + skews[i]);
      sync_ok (shop, &book);
      little->skew = 0;
      little_shop_add (little, 2001, "processing", T0 + 30);
      sync_ok (shop, &book);
      assert_all (&book, 5);
      little_shop_add (little, 2002, "processing", T0 + 60);
      sync_ok (shop, &book);
      assert_all (&book, 6);
    }
}

/* A row dated in the far future must not make the shop's other changes look old. */
static void
test_future_row (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  fill (little, 3);
  little_shop_add (little, 2000, "processing", T0 + 99999999);
  sync_ok (shop, &book);
  little_shop_add (little, 2001, "processing", T0 + 20);
  sync_ok (shop, &book);
  assert_all (&book, 5);
}

/* Trap 8: trashed orders vanish from every list but their own; carts are no orders. */
static void
test_trash_and_drafts (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  LittleOrder           *order;

  fill (little, 3);
  little_shop_add (little, 1500, "checkout-draft", T0 - 20);
  sync_ok (shop, &book);
  assert_all (&book, 3);
  order = little_shop_find (little, 1001);
  g_free (order->status);
  order->status = g_strdup ("trash");
  order->modified = T0;
  sync_ok (shop, &book);
  g_assert_cmpstr (state_in (&book, "1001"), ==, WB_SHOP_CANCELLED);
}

/* Trap 6: 7.9.0 does not date a change of an address or of meta data. */
static void
test_sweep (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, "{\"statuses\":{\"packed\":\"open\"}}");
  g_auto (Book)          book = BOOK;
  guint                  asked;

  fill (little, 130);
  little_shop_add (little, 5000, "completed", T0 - 400);
  sync_ok (shop, &book);
  asked = little_shop_count (little, "*");
  sync_ok (shop, &book);
  g_assert_cmpuint (book.orders, ==, 0);
  g_assert_cmpuint (little_shop_count (little, "*"), ==,
                    asked + 1); /* nothing moved: one request */
  our_time += 4000;
  sync_ok (shop, &book);
  g_assert_cmpuint (book.orders, ==, 130);
  g_assert_cmpuint (little_shop_count (little, "*status=processing%2Con-hold%2Cpacked*"), ==, 2);
  sync_ok (shop, &book);
  g_assert_cmpuint (book.orders, ==, 0); /* once an hour */
  our_time = T0;
}

/* ---- what breaks ---- */

static void
test_unreadable (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;

  fill (little, 5);
  little_shop_find (little, 1003)->extra = g_strdup ("\"fee_lines\":[{\"id\":1,\"total\":4.2}],");
  sync_ok (shop, &book);
  assert_all (&book, 4);
  g_assert_cmpuint (book.problems->len, ==, 1);
  g_assert_cmpstr (
      book.problems->pdata[0], ==,
      "Order 1003: orders[3].fee_lines[0].total: expected a decimal string, found a number");
  little_shop_find (little, 1002)->modified = T0;
  sync_ok (shop, &book);
  g_assert_cmpuint (book.problems->len, ==, 1); /* told again until it is settled */
  g_clear_pointer (&little_shop_find (little, 1003)->extra, g_free);
  sync_ok (shop, &book);
  assert_all (&book, 5); /* and read as soon as it can be, although nothing dates it */
  g_assert_cmpuint (book.problems->len, ==, 0);
  g_assert_null (strstr (book.cursor, "again"));
}

typedef struct
{
  guint       times; /* G_MAXUINT: always */
  const char *path;
  guint       status;
  const char *body;
  gboolean    html;
} Trouble;

static gboolean
make_trouble (LittleShop        *little,
              const char        *method,
              const char        *path,
              GHashTable        *query,
              SoupServerMessage *message,
              gpointer           data)
{
  Trouble *trouble = data;

  if (trouble->times == 0 || !g_pattern_match_simple (trouble->path, path))
    return FALSE;
  trouble->times -= trouble->times != G_MAXUINT;
  if (trouble->status == 503)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                  "600");
  (trouble->html ? little_reply_html : little_reply) (message, trouble->status, trouble->body);
  return TRUE;
}

static void
assert_sync_fails (Trouble trouble, WbError code, const char *words)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  g_autoptr (GError)     error = NULL;

  fill (little, 5);
  little->hook = make_trouble;
  little->hook_data = &trouble;
  g_assert_false (wb_shop_fetch_orders (shop, NULL, page_cb, &book, NULL, &error));
  g_assert_error (error, WB_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, "cs_little"));
  g_assert_cmpuint (book.pages, ==, 0);
}

/* Trap 27: not every error is JSON. */
static void
test_pages_of_trouble (void)
{
  assert_sync_fails (
      (Trouble){ G_MAXUINT, "*", 503, "<html><title>Maintenance</title></html>", TRUE },
      WB_ERROR_UNAVAILABLE, "The shop is closed for maintenance");
  assert_sync_fails (
      (Trouble){ G_MAXUINT, "*", 500, "<h1>Error establishing a database connection</h1>", TRUE },
      WB_ERROR_UNAVAILABLE, "Error establishing a database connection");
  assert_sync_fails ((Trouble){ G_MAXUINT, "*", 200, "<html><title>Log in</title></html>", TRUE },
                     WB_ERROR_UNAVAILABLE, "Log in");
  assert_sync_fails ((Trouble){ G_MAXUINT, "*/orders", 200, "[{\"id\":1,\"st", FALSE },
                     WB_ERROR_UNAVAILABLE, "not valid JSON");
  assert_sync_fails ((Trouble){ G_MAXUINT, "*/orders", 200, "", FALSE }, WB_ERROR_UNAVAILABLE,
                     "empty");
  assert_sync_fails ((Trouble){ G_MAXUINT, "*/orders", 200, "{\"orders\":[]}", FALSE },
                     WB_ERROR_INVALID, "orders: expected a list");
  assert_sync_fails ((Trouble){ G_MAXUINT, "*/orders", 401,
                                "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, "
                                "you cannot list resources.\"}",
                                FALSE },
                     WB_ERROR_AUTH, "does not know this consumer key");
  assert_sync_fails ((Trouble){ G_MAXUINT, "*/orders", 404,
                                "{\"code\":\"rest_no_route\",\"message\":\"No route\"}", FALSE },
                     WB_ERROR_FAILED, "WooCommerce may be switched off");
}

static void
test_passing_trouble (void)
{
  static const Trouble troubles[] = {
    { 2, "*/orders", 200, "[{\"id\":1,\"st", FALSE },
    { 2, "*/orders", 502, "<html><title>Bad gateway</title></html>", TRUE },
    { 1, "*/orders", 429, "{}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr (LittleShop) little = little_shop_new ();
      g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
      g_auto (Book)          book = BOOK;
      Trouble                trouble = troubles[i];

      fill (little, 5);
      little->hook = make_trouble;
      little->hook_data = &trouble;
      sync_ok (shop, &book);
      assert_all (&book, 5);
    }
}

#define REFUND                                                                                     \
  "[{\"id\":9,\"amount\":\"5.00\",\"line_items\":[{\"quantity\":-2,\"meta_data\":[{\"key\":\"_"    \
  "refunded_item_id\",\"value\":\"11\"}]}]}]"

/* Trap 12: what was taken off is in the refunds only; a shop that cannot tell them stops one order,
 * not the sync. */
static void
test_refunds (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  Trouble                trouble = { G_MAXUINT, "*/refunds", 500,
                                     "{\"code\":\"internal_server_error\",\"message\":\"x\",\"data\":500}",
                                     FALSE };

  fill (little, 5);
  little_shop_find (little, 1002)->extra =
      g_strdup ("\"refunds\":[{\"id\":9,\"reason\":\"\",\"total\":\"-5.00\"}],");
  little->refunds = g_strdup (REFUND);
  little->hook = make_trouble;
  little->hook_data = &trouble;
  sync_ok (shop, &book);
  assert_all (&book, 4);
  g_assert_cmpuint (book.problems->len, ==, 1);
  little->hook = NULL;
  sync_ok (shop, &book);
  assert_all (&book, 5);
  g_assert_cmpuint (book.cancelled->len, >=, 1);
  g_assert_cmpstr (book.cancelled->pdata[0], ==, "1002:2");
}

/* A shop that answers nothing any more is left alone after a few tries. */
static void
test_gives_up (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_auto (Book)          book = BOOK;
  g_autoptr (GError)     error = NULL;
  Trouble                trouble = { G_MAXUINT, "*/refunds", 500, "<h1>down</h1>", TRUE };

  fill (little, 40);
  for (guint i = 0; i < 40; i++)
    little_shop_find (little, 1000 + i)->extra =
        g_strdup ("\"refunds\":[{\"id\":9,\"reason\":\"\",\"total\":\"-5.00\"}],");
  little->hook = make_trouble;
  little->hook_data = &trouble;
  g_assert_false (wb_shop_fetch_orders (shop, NULL, page_cb, &book, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpuint (little_shop_count (little, "*refunds*"), <=, 12);
}

static void
test_cancel (void)
{
  g_autoptr (LittleShop)   little = little_shop_new ();
  g_autoptr (WbShop)       shop = little_shop_open (little, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Book)            book = BOOK;
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (wb_shop_fetch_orders (shop, NULL, page_cb, &book, cancellable, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
}

/* An order that is gone, and a shop that is. */
static void
test_one_order (void)
{
  g_autoptr (LittleShop) little = little_shop_new ();
  g_autoptr (WbShop)     shop = little_shop_open (little, NULL);
  g_autoptr (GError)     gone = NULL, off = NULL, odd = NULL;
  g_autoptr (GBytes)     raw = NULL;
  g_autoptr (WbOrder)    order = NULL;
  Trouble                trouble = { G_MAXUINT, "*/orders/*", 404,
                                     "{\"code\":\"rest_no_route\",\"message\":\"No route\"}", FALSE };

  fill (little, 1);
  order = wb_shop_fetch_order (shop, "1000", &raw, NULL, NULL);
  g_assert_nonnull (order);
  g_assert_cmpuint (g_bytes_get_size (raw), >, 100);
  g_assert_null (wb_shop_fetch_order (shop, "77", NULL, NULL, &gone));
  g_assert_error (gone, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_assert_null (wb_shop_fetch_order (shop, "1/../2", NULL, NULL, &odd));
  g_assert_error (odd, WB_ERROR, WB_ERROR_INVALID);
  little->hook = make_trouble;
  little->hook_data = &trouble;
  g_assert_null (wb_shop_fetch_order (shop, "1000", NULL, NULL, &off));
  g_assert_error (off, WB_ERROR, WB_ERROR_FAILED); /* never “not found”: the order is still there */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  wb_clock_set (our_clock, NULL);
  g_test_add_func ("/shops/woo/sync/window", test_window);
  g_test_add_func ("/shops/woo/sync/split", test_split);
  g_test_add_func ("/shops/woo/sync/cursor", test_cursor);
  g_test_add_func ("/shops/woo/sync/import", test_import);
  g_test_add_func ("/shops/woo/sync/no-totals", test_no_totals);
  g_test_add_func ("/shops/woo/sync/empty", test_empty);
  g_test_add_func ("/shops/woo/sync/resume", test_resume);
  g_test_add_func ("/shops/woo/sync/moving", test_moving);
  g_test_add_func ("/shops/woo/sync/shown-twice", test_shown_twice);
  g_test_add_func ("/shops/woo/sync/changes", test_changes);
  g_test_add_func ("/shops/woo/sync/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/shops/woo/sync/clock", test_clock);
  g_test_add_func ("/shops/woo/sync/future-row", test_future_row);
  g_test_add_func ("/shops/woo/sync/trash-and-drafts", test_trash_and_drafts);
  g_test_add_func ("/shops/woo/sync/sweep", test_sweep);
  g_test_add_func ("/shops/woo/sync/unreadable", test_unreadable);
  g_test_add_func ("/shops/woo/sync/pages-of-trouble", test_pages_of_trouble);
  g_test_add_func ("/shops/woo/sync/passing-trouble", test_passing_trouble);
  g_test_add_func ("/shops/woo/sync/refunds", test_refunds);
  g_test_add_func ("/shops/woo/sync/gives-up", test_gives_up);
  g_test_add_func ("/shops/woo/sync/cancel", test_cancel);
  g_test_add_func ("/shops/woo/sync/one-order", test_one_order);
  return g_test_run ();
}

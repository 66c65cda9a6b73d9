/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reconciling by itself, on a book written by hand: states, periods, entries that find their order
 * later, gaps that somebody lives with, and statements that offer instead of guessing; and that it
 * goes on after a person was erased and connections were removed. */
#include "wb-database.h"
#include "wb-desk-charge.h"
#include "wb-exceptions.h"
#include "wb-export.h"
#include "wb-label-refunds.h"
#include "wb-ledger-private.h"
#include "wb-money-sync.h"
#include "wb-order-margin.h"
#include "wb-reconcile.h"
#include "wb-statement-import.h"
#include "wb-test.h"

#include <string.h>

#define DAY   (24 * 60 * 60)
#define START 1700000000

typedef struct
{
  char   *folder;
  WbDesk *desk;
  WbBook *book;
  gint64  shop, bank;
  guint   orders;
} Desk;

static gint64
connection (WbBook *book, const char *kind, const char *name)
{
  g_autoptr (WbConnection) one = wb_connection_new ();

  wb_record_set_text (one, WB_CONNECTION_KIND, kind);
  wb_record_set_text (one, WB_CONNECTION_PROVIDER, name);
  wb_record_set_text (one, WB_CONNECTION_NAME, name);
  wb_record_set_text (one, WB_CONNECTION_BASE_URL, "http://127.0.0.1");
  g_assert_true (wb_book_save (book, one, NULL));
  return wb_record_get_int (one, WB_CONNECTION_ID);
}

static void
desk_up (Desk *self, gconstpointer data)
{
  static const char *const none[] = { NULL };
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbSecrets)    secrets = wb_secrets_new_fixed (none);
  g_autofree char         *path = NULL;

  self->folder = wb_test_temp_folder ();
  path = g_build_filename (self->folder, "book.waybill", NULL);
  self->desk = wb_desk_open (path, secrets, "test", &error);
  g_assert_no_error (error);
  self->book = wb_desk_get_book (self->desk);
  self->bank = connection (self->book, WB_KIND_GATEWAY, "stripe");
  self->shop = connection (self->book, WB_KIND_SHOP, "woocommerce");
}

static void
desk_down (Desk *self, gconstpointer data)
{
  g_object_unref (self->desk);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
}

static gint64
add_order (Desk *self, const char *stage, gint64 total, const char *payment)
{
  g_autoptr (WbOrder) order = wb_order_new ();
  g_autofree char    *number = g_strdup_printf ("%u", 1001 + self->orders++);
  g_autoptr (GError)  error = NULL;

  wb_record_set_int (order, WB_ORDER_CHANNEL_ID, self->shop);
  wb_record_set_text (order, WB_ORDER_REMOTE_ID, number);
  wb_record_set_text (order, WB_ORDER_NUMBER, number);
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, "on-hold");
  wb_record_set_text (order, WB_ORDER_SHOP_STATE, WB_SHOP_OPEN);
  wb_record_set_text (order, WB_ORDER_STAGE, stage);
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, WB_CHARGE_AUTHORISED);
  wb_record_set_int (order, WB_ORDER_PLACED_AT, START);
  wb_record_set_text (order, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_int (order, WB_ORDER_TOTAL, total);
  wb_record_set_text (order, WB_ORDER_PAYMENT_REF, payment);
  wb_record_set_text (order, WB_ORDER_CUSTOMER_NAME, "Ada Lovelace");
  wb_record_set_text (order, WB_ORDER_EMAIL, "ada@example.org");
  wb_record_set_int (order, WB_ORDER_CUSTOMER_ID,
                     wb_book_save_customer (self->book, order, &error));
  g_assert_no_error (error);
  wb_book_insert_order (self->book, order, &error);
  g_assert_no_error (error);
  return wb_record_get_int (order, WB_ORDER_ID);
}

static void
add_shipment (Desk *self, gint64 order, guint number, gint64 planned, WbInstant at)
{
  g_autoptr (WbShipment) shipment = wb_shipment_new ();

  wb_record_set_int (shipment, WB_SHIPMENT_ORDER_ID, order);
  wb_record_set_int (shipment, WB_SHIPMENT_NUMBER, number);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_SHIPPED);
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_CURRENCY, "EUR");
  wb_record_set_int (shipment, WB_SHIPMENT_CAPTURE_AMOUNT, planned);
  wb_record_set_int (shipment, WB_SHIPMENT_CREATED_AT, at);
  wb_record_set_int (shipment, WB_SHIPMENT_SHIPPED_AT, at);
  g_assert_true (wb_book_save (self->book, shipment, NULL));
}

/* A capture as the gateway's balance tells it. */
static void
move (Desk *self, const char *payment, gint64 amount, gint64 fee, WbInstant at)
{
  g_autoptr (WbBalance) item = wb_balance_new ();
  g_autofree char      *ref = g_strconcat ("txn_", payment, NULL);
  g_autofree char      *charge = g_strconcat ("ch_", payment, NULL);
  WbLedgerTake          take = { .gateway_id = self->bank };

  wb_record_set_text (item, WB_BALANCE_REF, ref);
  wb_record_set_text (item, WB_BALANCE_KIND, WB_MOVED_CAPTURED);
  wb_record_set_int (item, WB_BALANCE_AT, at);
  wb_record_set_text (item, WB_BALANCE_OBJECT_REF, charge);
  wb_record_set_text (item, WB_BALANCE_CHARGE_REF, charge);
  wb_record_set_text (item, WB_BALANCE_PAYMENT_REF, payment);
  wb_record_set_text (item, WB_BALANCE_CURRENCY, "EUR");
  wb_record_set_int (item, WB_BALANCE_AMOUNT, amount);
  wb_record_set_text (item, WB_BALANCE_SETTLE_CURRENCY, "EUR");
  wb_record_set_int (item, WB_BALANCE_GROSS, amount);
  wb_record_set_int (item, WB_BALANCE_FEE, fee);
  wb_record_set_int (item, WB_BALANCE_NET, amount - fee);
  g_assert_true (wb_ledger_take (self->book, item, &take, NULL));
}

static GPtrArray *
list (Desk *self, gint64 order, WbInstant first, WbInstant after)
{
  WbMoneyQuery query = { .first = first, .after = after, .order_id = order, .state = WB_MONEY_ALL };
  g_autoptr (GError) error = NULL;
  GPtrArray         *rows = wb_book_list_money (self->book, &query, &error);

  g_assert_no_error (error);
  return rows;
}

static void
check_state (Desk *self, gint64 order, WbMoneyState state, gint64 expected, gint64 captured)
{
  g_autoptr (GPtrArray) rows = list (self, order, 0, 0);
  const WbMoneyRow     *row;

  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->expected, ==, expected);
  g_assert_cmpint (row->captured, ==, captured);
}

/* Of an order that left in part, what its parcels were planned to capture is what is expected. */
static void
test_states (Desk *self, gconstpointer data)
{
  gint64 whole = add_order (self, WB_STAGE_SHIPPED, 5000, "pi_a");
  gint64 part = add_order (self, WB_STAGE_PARTIAL, 9000, "pi_b");
  gint64 none = add_order (self, WB_STAGE_SHIPPED, 4000, "pi_c");
  gint64 early = add_order (self, WB_STAGE_READY, 3000, "pi_d");
  gint64 over = add_order (self, WB_STAGE_SHIPPED, 3000, "pi_e");

  add_shipment (self, whole, 1, 5000, START + DAY);
  move (self, "pi_a", 5000, 100, START + DAY);
  add_shipment (self, part, 1, 2500, START + DAY);
  move (self, "pi_b", 2500, 60, START + DAY);
  add_shipment (self, none, 1, 4000, START + 40 * DAY);
  move (self, "pi_d", 3000, 70, START + DAY);
  add_shipment (self, over, 1, 3000, START + DAY);
  move (self, "pi_e", 3300, 70, START + DAY);
  check_state (self, whole, WB_MONEY_MATCHED, 5000, 5000);
  check_state (self, part, WB_MONEY_MATCHED, 2500, 2500);
  check_state (self, early, WB_MONEY_CAPTURED_UNSHIPPED, 0, 3000);
  check_state (self, over, WB_MONEY_OVER, 3000, 3300);
  {
    g_autoptr (WbPayment) payment = wb_payment_new ();

    wb_record_set_int (payment, WB_PAYMENT_ORDER_ID, none);
    wb_record_set_int (payment, WB_PAYMENT_GATEWAY_ID, self->bank);
    wb_record_set_text (payment, WB_PAYMENT_REF, "pi_c");
    wb_record_set_text (payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_AUTHORISED);
    wb_record_set_text (payment, WB_PAYMENT_CURRENCY, "EUR");
    g_assert_true (wb_book_save_payment (self->book, payment, NULL));
    check_state (self, none, WB_MONEY_NOT_CAPTURED, 4000, 0);
    wb_record_set_text (payment, WB_PAYMENT_STATE, WB_PAYMENT_STATE_LAPSED);
    g_assert_true (wb_book_save_payment (self->book, payment, NULL));
    check_state (self, none, WB_MONEY_LAPSED, 4000, 0);
  }
}

/* A period, all, and one order give the same rows; the margin is what is left of all of it. */
static void
test_periods (Desk *self, gconstpointer data)
{
  gint64                one = add_order (self, WB_STAGE_SHIPPED, 5000, "pi_a");
  gint64                two = add_order (self, WB_STAGE_SHIPPED, 7000, "pi_b");
  g_autoptr (GPtrArray) all = NULL, first = NULL, second = NULL;
  const WbMoneyRow     *row;

  add_shipment (self, one, 1, 5000, START + DAY);
  move (self, "pi_a", 5000, 100, START + DAY);
  add_shipment (self, two, 1, 7000, START + 40 * DAY);
  move (self, "pi_b", 7000, 130, START + 2 * DAY);
  all = list (self, 0, 0, 0);
  first = list (self, 0, START, START + 30 * DAY);
  second = list (self, 0, START + 30 * DAY, 0);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpint (((WbMoneyRow *) first->pdata[0])->order_id, ==, one);
  row = second->pdata[0];
  g_assert_cmpint (row->order_id, ==, two);
  g_assert_cmpstr (row->margin_currency, ==, "EUR");
  g_assert_cmpint (row->margin, ==, 7000 - 130);
}

/* The money came before the order was imported: it finds it, in every way of asking. */
static void
test_claims (Desk *self, gconstpointer data)
{
  gint64                old = add_order (self, WB_STAGE_SHIPPED, 5000, "pi_a"), late, claimed = 0;
  g_autoptr (GPtrArray) before = NULL, after = NULL, all = NULL, month = NULL;

  add_shipment (self, old, 1, 5000, START + DAY);
  move (self, "pi_a", 5000, 100, START + DAY);
  move (self, "pi_late", 2000, 50, START + DAY);
  before = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpint (((WbMoneyGap *) before->pdata[0])->kind, ==, WB_GAP_FOREIGN);
  late = add_order (self, WB_STAGE_SHIPPED, 2000, "pi_late");
  add_shipment (self, late, 1, 2000, START + 3 * DAY);
  g_assert_true (wb_book_claim_entries (self->book, "test", &claimed, NULL));
  g_assert_cmpint (claimed, ==, 3);
  g_assert_true (wb_book_claim_entries (self->book, "test", &claimed, NULL));
  g_assert_cmpint (claimed, ==, 0);
  after = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_cmpuint (after->len, ==, 0);
  check_state (self, late, WB_MONEY_MATCHED, 2000, 2000);
  all = list (self, 0, 0, 0);
  month = list (self, 0, START, START + 30 * DAY);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (month->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (((WbMoneyRow *) all->pdata[i])->state, ==, WB_MONEY_MATCHED);
      g_assert_cmpint (((WbMoneyRow *) month->pdata[i])->state, ==, WB_MONEY_MATCHED);
      g_assert_cmpint (((WbMoneyRow *) all->pdata[i])->settled, ==,
                       ((WbMoneyRow *) month->pdata[i])->settled);
    }
}

/* A gap is accepted with a reason, and comes back when its amount changes. */
static void
test_accept (Desk *self, gconstpointer data)
{
  gint64                order = add_order (self, WB_STAGE_SHIPPED, 5000, "pi_a");
  g_autoptr (GPtrArray) gaps = NULL, left = NULL, told = NULL, again = NULL;
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbEntry)   entry = wb_entry_new ();

  add_shipment (self, order, 1, 5000, START + DAY);
  move (self, "pi_a", 4000, 100, START + DAY);
  gaps = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_false (wb_desk_accept_gap (self->desk, gaps->pdata[0], "", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (wb_desk_accept_gap (self->desk, gaps->pdata[0], "a friend of the house", NULL));
  left = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  told = wb_list_money_gaps (self->book, 0, 0, TRUE, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpstr (((WbMoneyGap *) told->pdata[0])->reason, ==, "a friend of the house");
  wb_record_set_int (entry, WB_ENTRY_AT, START + DAY);
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, order);
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_WRITTEN_OFF);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_PERSON);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, "1");
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, "EUR");
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, 300);
  g_assert_true (wb_book_add_entry (self->book, entry, NULL, NULL));
  again = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpint (((WbMoneyGap *) again->pdata[0])->amount, ==, 700);
}

static void
add_payout (Desk *self, const char *ref, gint64 amount, WbInstant arrives)
{
  g_autoptr (WbPayout) payout = wb_payout_new ();

  wb_record_set_int (payout, WB_PAYOUT_GATEWAY_ID, self->bank);
  wb_record_set_text (payout, WB_PAYOUT_REF, ref);
  wb_record_set_text (payout, WB_PAYOUT_STATE, WB_PAYOUT_STATE_PAID);
  wb_record_set_text (payout, WB_PAYOUT_CURRENCY, "EUR");
  wb_record_set_int (payout, WB_PAYOUT_AMOUNT, amount);
  wb_record_set_int (payout, WB_PAYOUT_MADE_AT, arrives - DAY);
  wb_record_set_int (payout, WB_PAYOUT_ARRIVES_AT, arrives);
  g_assert_true (wb_book_save_payout (self->book, payout, NULL));
}

/* The same amount and day is offered, the likeliest first; nothing is matched by itself. */
static void
test_offers (Desk *self, gconstpointer data)
{
  g_autoptr (WbStatement)       head = wb_statement_new ();
  g_autoptr (WbStatementRow)    row = wb_statement_row_new ();
  g_autoptr (WbStatementImport) import = NULL;
  g_autoptr (GPtrArray)         offers = NULL, open = NULL;
  WbImportResult                result = { 0 };
  g_autoptr (GError)            error = NULL;
  gint64                        id;

  add_payout (self, "po_near", 10000, START + 6 * DAY);
  add_payout (self, "po_right", 10000, START + DAY);
  add_payout (self, "po_almost", 10100, START + DAY);
  wb_record_set_text (head, WB_STATEMENT_KIND, WB_STATEMENT_BANK);
  wb_record_set_text (head, WB_STATEMENT_NUMBER, "1");
  import = wb_desk_begin_import (self->desk, head, &error);
  g_assert_no_error (error);
  wb_record_set_text (row, WB_STATEMENT_ROW_REF, "r1");
  wb_record_set_int (row, WB_STATEMENT_ROW_AT, START + DAY);
  wb_record_set_text (row, WB_STATEMENT_ROW_CURRENCY, "EUR");
  wb_record_set_int (row, WB_STATEMENT_ROW_AMOUNT, 10000);
  wb_record_set_text (row, WB_STATEMENT_ROW_TEXT, "SOME TRANSFER");
  g_assert_true (wb_statement_import_add (import, row, &error));
  g_assert_true (wb_statement_import_finish (import, &result, &error));
  g_assert_cmpint (result.open, ==, 1);
  open = wb_book_list_open_rows (self->book, NULL, 0, NULL);
  id = wb_record_get_int (open->pdata[0], WB_STATEMENT_ROW_ID);
  offers = wb_offer_matches (self->book, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (offers->len, ==, 3);
  g_assert_nonnull (strstr (((WbMatchOffer *) offers->pdata[0])->title, "po_right"));
  g_assert_cmpuint (((WbMatchOffer *) offers->pdata[0])->score, >,
                    ((WbMatchOffer *) offers->pdata[1])->score);
  g_assert_true (wb_desk_match_row (self->desk, id, WB_ROW_PAYOUT,
                                    ((WbMatchOffer *) offers->pdata[0])->id, &error));
  g_assert_false (wb_desk_ignore_row (self->desk, id, "late", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
}

/* ---- what is left when people and connections go ---- */

/* One order with all its money, one without any; another that nobody here knows. */
static void
fill (Desk *self)
{
  gint64 whole = add_order (self, WB_STAGE_SHIPPED, 5000, "pi_a");
  gint64 none = add_order (self, WB_STAGE_SHIPPED, 4000, "pi_c");

  add_shipment (self, whole, 1, 5000, START + DAY);
  move (self, "pi_a", 5000, 100, START + DAY);
  add_shipment (self, none, 1, 4000, START + 2 * DAY);
  move (self, "pi_nobody", 700, 30, START + DAY);
}

static void
assert_as_before (GPtrArray *before, GPtrArray *after)
{
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < after->len; i++)
    {
      WbMoneyRow was = *(const WbMoneyRow *) before->pdata[i];
      WbMoneyRow is = *(const WbMoneyRow *) after->pdata[i];

      g_assert_cmpstr (is.number, ==, was.number);
      is.number = was.number = is.customer = was.customer = NULL;
      g_assert_cmpmem (&is, sizeof is, &was, sizeof was);
    }
}

static void
assert_same_gaps (GPtrArray *before, GPtrArray *after)
{
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < after->len; i++)
    {
      const WbMoneyGap *was = before->pdata[i], *is = after->pdata[i];

      g_assert_cmpstr (is->title, ==, was->title);
      g_assert_cmpstr (is->meaning, ==, was->meaning);
      g_assert_cmpstr (is->fingerprint, ==, was->fingerprint);
    }
}

/* In every form there is; what is not known is left empty, never a zero. */
static void
check_exports (Desk *self, const char *absent)
{
  WbMoneyQuery all = { .state = WB_MONEY_ALL };

  for (int form = 0; form < WB_N_EXPORTS; form++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = wb_export_money (self->book, &all, (WbExport) form, NULL, &error);
      gsize              size = 0;
      const char        *text;

      g_assert_no_error (error);
      text = g_bytes_get_data (bytes, &size);
      g_assert_null (g_strstr_len (text, (gssize) size, absent));
      if (form == WB_EXPORT_CSV)
        g_assert_nonnull (
            g_strstr_len (text, (gssize) size, "EUR,,40.00,0.00,0.00,0.00,0.00,,,,,,,,,,,,\n"));
    }
}

/* The person goes, the money stays: every row, gap and sum is what it was. */
static void
test_erased (Desk *self, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL, gaps = NULL, same = NULL, entries = NULL,
                        kept = NULL;
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (GError)  error = NULL;

  fill (self);
  before = list (self, 0, 0, 0);
  gaps = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpstr (((WbMoneyRow *) before->pdata[0])->customer, ==, "Ada Lovelace");
  order = wb_book_get_order (self->book, ((WbMoneyRow *) before->pdata[0])->order_id, NULL);
  entries = wb_book_list_entries (self->book, 0, NULL);
  wb_desk_erase_customer (self->desk, wb_record_get_int (order, WB_ORDER_CUSTOMER_ID), &error);
  g_assert_no_error (error);
  after = list (self, 0, 0, 0);
  assert_as_before (before, after);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpstr (((WbMoneyRow *) after->pdata[i])->customer, !=, "Ada Lovelace");
  same = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  assert_same_gaps (gaps, same);
  kept = wb_book_list_entries (self->book, 0, NULL);
  g_assert_cmpuint (kept->len, ==, entries->len);
  check_exports (self, "Lovelace");
}

/* What was told stays; nothing is asked any more, and who asks hears why. */
static void
test_removed (Desk *self, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL, gaps = NULL, same = NULL;
  g_auto (WbMoneySync)  all = { 0 }, one = { 0 };
  g_autoptr (GError)    error = NULL;

  fill (self);
  before = list (self, 0, 0, 0);
  gaps = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_true (wb_desk_remove_connection (self->desk, self->bank, &error));
  g_assert_true (wb_desk_remove_connection (self->desk, self->shop, &error));
  after = list (self, 0, 0, 0);
  assert_as_before (before, after);
  same = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  assert_same_gaps (gaps, same);
  g_assert_true (wb_desk_sync_money (self->desk, 0, NULL, NULL, &all, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (all.movements, ==, 0);
  g_assert_cmpuint (all.problems->len, ==, 0);
  g_assert_false (wb_desk_sync_money (self->desk, self->bank, NULL, NULL, &one, NULL, &error));
  g_assert_cmpint (error->domain, ==, WB_ERROR);
  g_assert_nonnull (strstr (error->message, "stripe: "));
  check_exports (self, "nobody knows this");
}

/* ---- currencies, and the margin ---- */

static void
add_cost (Desk       *self,
          gint64      order,
          const char *kind,
          const char *ref,
          gint64      amount,
          const char *currency)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();

  wb_record_set_int (entry, WB_ENTRY_AT, START);
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, order);
  wb_record_set_text (entry, WB_ENTRY_KIND, kind);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_CARRIER);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount);
  g_assert_true (wb_book_add_entry (self->book, entry, NULL, NULL));
}

static gint64
left_in (GArray *sums, const char *currency)
{
  for (guint i = 0; i < sums->len; i++)
    if (g_str_equal (g_array_index (sums, WbMoney, i).currency, currency))
      return g_array_index (sums, WbMoney, i).minor;
  return G_MININT64;
}

/* The label costs dollars, the second one pounds, the goods euros: nothing is added to another's,
 * neither in the row nor in the sums; and the order's own page reckons as the row does. */
static void
test_currencies (Desk *self, gconstpointer data)
{
  gint64                id = add_order (self, WB_STAGE_SHIPPED, 7000, "pi_1");
  g_autoptr (WbOrder)   order = wb_book_get_order (self->book, id, NULL);
  g_autoptr (GPtrArray) rows = NULL, entries = NULL;
  g_autoptr (GArray)    margins = NULL, own = NULL, totals = NULL;
  WbMoneyQuery          query = { .state = WB_MONEY_ALL };
  const WbMoneyRow     *row;

  add_shipment (self, id, 1, 7000, START);
  move (self, "pi_1", 7000, 130, START);
  add_cost (self, id, WB_ENTRY_LABEL, "shp_1", -700, "USD");
  add_cost (self, id, WB_ENTRY_LABEL, "shp_2", -300, "GBP");
  add_cost (self, id, WB_ENTRY_STOCK_COST, "move_1", -2000, "EUR");
  rows = list (self, id, 0, 0);
  row = rows->pdata[0];
  g_assert_cmpstr (row->cost_currency, ==, "USD");
  g_assert_cmpint (row->label_cost, ==, 700);
  g_assert_cmpstr (row->stock_currency, ==, "EUR");
  g_assert_cmpint (row->stock_cost, ==, 2000);
  g_assert_cmpuint (row->others->len, ==, 1);
  g_assert_true (
      wb_money_equal (g_array_index (row->others, WbMoneyOther, 0).amount, wb_money (300, "GBP")));
  g_assert_cmpstr (row->margin_currency, ==, "");
  margins = wb_money_row_margins (row);
  g_assert_cmpuint (margins->len, ==, 3);
  g_assert_cmpint (left_in (margins, "EUR"), ==, 7000 - 130 - 2000);
  g_assert_cmpint (left_in (margins, "USD"), ==, -700);
  g_assert_cmpint (left_in (margins, "GBP"), ==, -300);
  entries = wb_book_list_entries (self->book, id, NULL);
  own = wb_order_margin (order, entries, NULL);
  g_assert_cmpmem (own->data, own->len * sizeof (WbMoney), margins->data,
                   margins->len * sizeof (WbMoney));
  totals = wb_book_sum_money (self->book, &query, NULL);
  g_assert_cmpuint (totals->len, ==, 3);
  for (guint i = 0; i < totals->len; i++)
    {
      const WbMoneyTotals *sum = &g_array_index (totals, WbMoneyTotals, i);

      g_assert_cmpint (sum->label_cost, ==,
                       g_str_equal (sum->currency, "USD")   ? 700
                       : g_str_equal (sum->currency, "GBP") ? 300
                                                            : 0);
      g_assert_cmpint (sum->stock_cost, ==, g_str_equal (sum->currency, "EUR") ? 2000 : 0);
    }
}

/* As long as the gateway has not told what came of a capture, the capture counts; what a person
 * received counts beside what a gateway settled. */
static void
test_margin (Desk *self, gconstpointer data)
{
  gint64                id = add_order (self, WB_STAGE_SHIPPED, 7000, NULL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;

  add_shipment (self, id, 1, 7000, START);
  add_cost (self, id, WB_ENTRY_LABEL, "shp_1", -500, "EUR");
  wb_desk_receive (self->desk, id, 2000, "cash", "one", &error);
  g_assert_no_error (error);
  before = list (self, id, 0, 0);
  g_assert_cmpint (((WbMoneyRow *) before->pdata[0])->margin, ==, 2000 - 500);
  g_assert_cmpstr (((WbMoneyRow *) before->pdata[0])->margin_currency, ==, "EUR");
  {
    g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, NULL);

    wb_record_set_text (order, WB_ORDER_PAYMENT_REF, "pi_9");
    g_assert_true (wb_book_update_order (self->book, order, NULL));
  }
  move (self, "pi_9", 5000, 100, START);
  after = list (self, id, 0, 0);
  g_assert_cmpint (((WbMoneyRow *) after->pdata[0])->margin, ==, 2000 + 5000 - 100 - 500);
}

/* ---- the inbox ---- */

static guint
count_money (Desk *self)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) all = wb_list_exceptions (self->book, &error);
  guint                 n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    n += g_str_has_prefix (((WbException *) all->pdata[i])->kind, "money-");
  return n;
}

static void
run (WbDatabase *door, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wb_database_run (door, &error, sql, NULL);
  g_assert_no_error (error);
}

/* The second look reconciles nothing: it does not even see what was put into the ledger behind the
 * book's back. Whatever is put there as it is done, by whichever connection, is seen at once. */
static void
test_kept (Desk *self, gconstpointer data)
{
  g_autofree char   *path = g_strdup (wb_book_get_path (self->book));
  WbDatabase        *door = wb_database_open (path, 0, NULL);
  g_autoptr (WbBook) other = wb_book_open (path, TRUE, NULL);
  gint64             id = add_order (self, WB_STAGE_SHIPPED, 7000, "pi_1");
  gint64             version = 0, later = 0;
  g_autofree char   *stray = g_strdup_printf (
        "INSERT INTO ledger (at, kind, source, source_ref, currency, amount, object_ref) SELECT "
          "%" G_GINT64_FORMAT ", 'captured', 'gateway', 'txn_' || COUNT (*), 'USD', 500, 'ch_' || "
          "COUNT (*) FROM ledger",
        wb_now () - DAY);

  g_assert_cmpuint (count_money (self), ==, 0);
  run (door, "DROP TRIGGER money_ledger_insert");
  run (door, stray);
  g_assert_cmpuint (count_money (self), ==, 0);
  run (door,
       "CREATE TRIGGER money_ledger_insert AFTER INSERT ON ledger BEGIN UPDATE money_mark SET "
       "version = version + 1 WHERE id = 1; END");
  run (door, stray);
  g_assert_cmpuint (count_money (self), ==, 1);
  g_assert_true (wb_book_money_version (self->book, &version, NULL));
  g_assert_true (wb_book_money_version (other, &later, NULL));
  g_assert_cmpint (version, ==, later);
  add_shipment (self, id, 1, 7000, wb_now () - DAY);
  g_assert_true (wb_book_money_version (other, &later, NULL));
  g_assert_cmpint (later, >, version);
  /* What is none of the money's business changes nothing. */
  g_assert_true (wb_book_add_event (self->book, "order", id, "looked", "test", NULL, NULL));
  g_assert_true (wb_book_money_version (self->book, &version, NULL));
  g_assert_cmpint (version, ==, later);
  wb_database_close (door);
}

/* Between a capture and the hand-over a parcel is on its way: only when it stays so, a person is
 * told. The page itself shows what is. */
static void
test_on_its_way (Desk *self, gconstpointer data)
{
  g_autoptr (GPtrArray) gaps = NULL;
  WbInstant             now = wb_now ();

  add_order (self, WB_STAGE_READY, 5000, "pi_f");
  move (self, "pi_f", 5000, 100, now);
  gaps = wb_list_money_gaps (self->book, 0, 0, FALSE, NULL);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpint (((WbMoneyGap *) gaps->pdata[0])->kind, ==, WB_GAP_CAPTURED_UNSHIPPED);
  g_assert_cmpuint (count_money (self), ==, 0);
  add_order (self, WB_STAGE_READY, 5000, "pi_l");
  move (self, "pi_l", 5000, 100, now - 60 * 60);
  g_assert_cmpuint (count_money (self), ==, 1);
}

/* The data is the program's own: all of it reads, and says what the carriers say. */
static void
test_refund_days (void)
{
  g_assert_cmpint (wb_label_refund_days ("USPS"), ==, 30);
  g_assert_cmpint (wb_label_refund_days ("UPSDAP"), ==, 90);
  g_assert_cmpint (wb_label_refund_days ("FedExDefault"), ==, 90);
  g_assert_cmpint (wb_label_refund_days ("fedex"), ==, 90);
  g_assert_cmpint (wb_label_refund_days ("DHLPaket"), ==, 30);
  g_assert_cmpint (wb_label_refund_days (NULL), ==, 30);
  g_assert_cmpint (wb_label_refund_pays_within ("USPS"), ==, 15);
  g_assert_cmpint (wb_label_refund_pays_within ("UPS"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reconcile/states", Desk, NULL, desk_up, test_states, desk_down);
  g_test_add ("/reconcile/periods", Desk, NULL, desk_up, test_periods, desk_down);
  g_test_add ("/reconcile/claims", Desk, NULL, desk_up, test_claims, desk_down);
  g_test_add ("/reconcile/accept", Desk, NULL, desk_up, test_accept, desk_down);
  g_test_add ("/reconcile/offers", Desk, NULL, desk_up, test_offers, desk_down);
  g_test_add ("/reconcile/erased", Desk, NULL, desk_up, test_erased, desk_down);
  g_test_add ("/reconcile/removed", Desk, NULL, desk_up, test_removed, desk_down);
  g_test_add ("/reconcile/currencies", Desk, NULL, desk_up, test_currencies, desk_down);
  g_test_add ("/reconcile/margin", Desk, NULL, desk_up, test_margin, desk_down);
  g_test_add ("/reconcile/kept", Desk, NULL, desk_up, test_kept, desk_down);
  g_test_add ("/reconcile/on-its-way", Desk, NULL, desk_up, test_on_its_way, desk_down);
  g_test_add_func ("/reconcile/refund-days", test_refund_days);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ledger under a gateway that does everything in any order: what the journal notes and what the
 * balance shows are the same money once, and every currency sums to what was paid out. */
#include "wb-database.h"
#include "wb-ledger-private.h"
#include "wb-test.h"

#include <string.h>

#define BOOKS     10
#define SEQUENCES 250 /* a book */
#define MOST      24  /* steps of a sequence */

/* ---- a gateway that keeps its own books ---- */

typedef struct
{
  char  *charge;
  gint64 captured, refunded;
  gint64 rate; /* settlement per presentment, thousandths */
} Charge;

typedef struct
{
  WbBook     *book;
  GRand      *chance;
  gint64      gateway_id;
  guint       sequence, made;
  const char *currency, *settle;
  GPtrArray  *charges;
  GPtrArray  *items;   /* of WbBalance: all there are */
  guint       unread;  /* from here on nobody has read them */
  guint       unpaid;  /* from here on not paid out */
  gint64      balance; /* what the gateway holds */
  gint64      taken, given, disputed;
} Bank;

static const char *const currencies[] = { "EUR", "USD", "JPY", "KWD", "BHD", "ISK" };

static void
charge_free (gpointer data)
{
  g_free (((Charge *) data)->charge);
  g_free (data);
}

static WbBalance *
move (Bank       *bank,
      const char *kind,
      const char *object,
      const char *charge,
      gint64      amount,
      gint64      gross,
      gint64      fee)
{
  WbBalance       *item = wb_balance_new ();
  g_autofree char *ref = g_strdup_printf ("txn_%u_%u", bank->sequence, bank->made++);

  wb_record_set_text (item, WB_BALANCE_REF, ref);
  wb_record_set_text (item, WB_BALANCE_KIND, kind);
  wb_record_set_int (item, WB_BALANCE_AT, 1700000000 + bank->made);
  wb_record_set_text (item, WB_BALANCE_OBJECT_REF, object);
  wb_record_set_text (item, WB_BALANCE_CHARGE_REF, charge);
  wb_record_set_text (item, WB_BALANCE_CURRENCY, bank->currency);
  wb_record_set_int (item, WB_BALANCE_AMOUNT, amount);
  wb_record_set_text (item, WB_BALANCE_SETTLE_CURRENCY, bank->settle);
  wb_record_set_int (item, WB_BALANCE_GROSS, gross);
  wb_record_set_int (item, WB_BALANCE_FEE, fee);
  wb_record_set_int (item, WB_BALANCE_NET, gross - fee);
  wb_record_set_text (item, WB_BALANCE_RATE, "1.0825");
  g_ptr_array_add (bank->items, item);
  bank->balance += gross - fee;
  return item;
}

static gint64
settle (const Bank *bank, const Charge *charge, gint64 amount)
{
  return g_str_equal (bank->currency, bank->settle) ? amount : amount * charge->rate / 1000;
}

/* ---- what the journal notes, as the operation “capture” does ---- */

static void
note_capture (Bank *bank, const Charge *charge, gint64 before, gint64 amount)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();
  g_autofree char    *ref = before == 0
                                ? g_strdup (charge->charge)
                                : g_strdup_printf ("%s+%" G_GINT64_FORMAT, charge->charge, before);
  gint64              known = 0;

  g_assert_true (wb_book_sum_object (bank->book, WB_ENTRY_CAPTURED, charge->charge, &known, NULL));
  if (known >= before + amount)
    return;
  wb_record_set_int (entry, WB_ENTRY_AT, 1700000000);
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_CAPTURED);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, charge->charge);
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, bank->gateway_id);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, bank->currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount);
  g_assert_true (wb_book_add_entry (bank->book, entry, NULL, NULL));
}

static void
note_refund (Bank *bank, const char *ref, const Charge *charge, gint64 amount)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();

  wb_record_set_int (entry, WB_ENTRY_AT, 1700000000);
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_REFUNDED);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, charge->charge);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, bank->currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, -amount);
  g_assert_true (wb_book_add_entry (bank->book, entry, NULL, NULL));
}

/* ---- reading the balance: all that is new, in any order, some of it again ---- */

static void
take (Bank *bank, guint index)
{
  WbLedgerTake       ask = { .gateway_id = bank->gateway_id };
  g_autoptr (GError) error = NULL;

  wb_ledger_take (bank->book, bank->items->pdata[index], &ask, &error);
  g_assert_no_error (error);
}

static void
read_balance (Bank *bank)
{
  guint             n = bank->items->len - bank->unread;
  g_autofree guint *order = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    order[i] = bank->unread + i;
  for (guint i = n; i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (bank->chance, 0, (gint32) i), was = order[i - 1];

      order[i - 1] = order[other];
      order[other] = was;
    }
  for (guint i = 0; i < n; i++)
    take (bank, order[i]);
  for (guint i = 0; i < 3 && bank->items->len > 0; i++)
    if (g_rand_boolean (bank->chance) && bank->unread > 0)
      take (bank, (guint) g_rand_int_range (bank->chance, 0, (gint32) bank->unread));
  bank->unread = bank->items->len;
}

/* ---- the steps ---- */

static Charge *
some_charge (Bank *bank)
{
  return bank->charges->len == 0
             ? NULL
             : bank->charges
                   ->pdata[g_rand_int_range (bank->chance, 0, (gint32) bank->charges->len)];
}

static void
step_capture (Bank *bank)
{
  Charge *charge = g_rand_int_range (bank->chance, 0, 3) == 0 ? some_charge (bank) : NULL;
  gint64  amount = g_rand_int_range (bank->chance, 1, 500000), gross;
  gint    how = g_rand_int_range (bank->chance, 0, 3);
  gint64  before;

  if (charge == NULL)
    {
      charge = g_new0 (Charge, 1);
      charge->charge = g_strdup_printf ("ch_%u_%u", bank->sequence, bank->charges->len);
      charge->rate = g_rand_int_range (bank->chance, 200, 4000);
      g_ptr_array_add (bank->charges, charge);
    }
  else if (bank->unread < bank->items->len)
    read_balance (bank); /* a second capture is made by who has seen the first */
  before = charge->captured;
  charge->captured += amount;
  bank->taken += amount;
  gross = settle (bank, charge, amount);
  if (how == 0)
    note_capture (bank, charge, before, amount);
  move (bank, WB_MOVED_CAPTURED, charge->charge, charge->charge, amount, gross, gross / 60 + 25);
  if (how == 1)
    {
      read_balance (bank); /* it was seen before the journal had its answer */
      note_capture (bank, charge, before, amount);
    }
}

static void
step_refund (Bank *bank)
{
  Charge          *charge = some_charge (bank);
  g_autofree char *ref = g_strdup_printf ("re_%u_%u", bank->sequence, bank->made);
  gint64           amount;

  if (charge == NULL || charge->captured <= charge->refunded)
    return;
  amount = g_rand_int_range (bank->chance, 1,
                             (gint32) MIN (charge->captured - charge->refunded, 500000) + 1);
  charge->refunded += amount;
  bank->given += amount;
  if (g_rand_boolean (bank->chance))
    note_refund (bank, ref, charge, amount);
  move (bank, WB_MOVED_REFUNDED, ref, charge->charge, -amount, -settle (bank, charge, amount), 0);
  if (g_rand_int_range (bank->chance, 0, 6) != 0)
    return;
  /* The customer's bank sent it back. */
  charge->refunded -= amount;
  bank->given -= amount;
  move (bank, WB_MOVED_REFUNDED, ref, charge->charge, amount, settle (bank, charge, amount), 0);
}

static void
step_dispute (Bank *bank)
{
  Charge          *charge = some_charge (bank);
  g_autofree char *ref = g_strdup_printf ("dp_%u_%u", bank->sequence, bank->made);
  gint64           amount;

  if (charge == NULL)
    return;
  amount = charge->captured;
  move (bank, WB_MOVED_DISPUTE, ref, charge->charge, -amount, -settle (bank, charge, amount), 1500);
  bank->disputed += amount;
  if (g_rand_boolean (bank->chance))
    {
      move (bank, WB_MOVED_DISPUTE, ref, charge->charge, amount, settle (bank, charge, amount), 0);
      bank->disputed -= amount;
    }
}

static void
step_own (Bank *bank)
{
  gint64 amount = g_rand_int_range (bank->chance, -900, 900);

  if (g_rand_boolean (bank->chance))
    move (bank, WB_MOVED_FEE, NULL, NULL, -ABS (amount) - 1, -ABS (amount) - 1, 0);
  else
    move (bank, WB_MOVED_ADJUSTMENT, NULL, NULL, amount, amount, 0);
}

/* All that is there is paid out, item by item; the sum is the payout, to the unit. */
static void
step_payout (Bank *bank)
{
  g_autofree char     *ref = g_strdup_printf ("po_%u_%u", bank->sequence, bank->made);
  g_autoptr (WbPayout) payout = wb_payout_new ();
  gint64               amount = bank->balance, net = 0;
  guint                until = bank->items->len;

  if (amount == 0)
    return;
  wb_record_set_int (payout, WB_PAYOUT_GATEWAY_ID, bank->gateway_id);
  wb_record_set_text (payout, WB_PAYOUT_REF, ref);
  wb_record_set_text (payout, WB_PAYOUT_STATE, WB_PAYOUT_STATE_PAID);
  wb_record_set_text (payout, WB_PAYOUT_CURRENCY, bank->settle);
  wb_record_set_int (payout, WB_PAYOUT_AMOUNT, amount);
  wb_record_set_int (payout, WB_PAYOUT_MADE_AT, 1700000000);
  g_assert_true (wb_book_save_payout (bank->book, payout, NULL));
  for (guint i = bank->unpaid; i < until; i++)
    {
      g_autoptr (WbPayoutItem) item = wb_payout_item_new ();
      WbBalance               *from = bank->items->pdata[i];

      wb_record_set_int (item, WB_PAYOUT_ITEM_PAYOUT_ID, wb_record_get_int (payout, WB_PAYOUT_ID));
      wb_record_set_int (item, WB_PAYOUT_ITEM_GATEWAY_ID, bank->gateway_id);
      wb_record_set_text (item, WB_PAYOUT_ITEM_REF, wb_record_get_text (from, WB_BALANCE_REF));
      wb_record_set_text (item, WB_PAYOUT_ITEM_KIND, wb_record_get_text (from, WB_BALANCE_KIND));
      wb_record_set_int (item, WB_PAYOUT_ITEM_AMOUNT, wb_record_get_int (from, WB_BALANCE_GROSS));
      wb_record_set_int (item, WB_PAYOUT_ITEM_FEE, wb_record_get_int (from, WB_BALANCE_FEE));
      wb_record_set_int (item, WB_PAYOUT_ITEM_NET, wb_record_get_int (from, WB_BALANCE_NET));
      g_assert_true (wb_book_add_payout_item (bank->book, item, NULL));
      g_assert_true (wb_book_add_payout_item (bank->book, item, NULL)); /* twice is once */
    }
  g_assert_true (
      wb_book_sum_payout (bank->book, wb_record_get_int (payout, WB_PAYOUT_ID), &net, NULL));
  g_assert_cmpint (net, ==, amount);
  move (bank, WB_MOVED_PAYOUT, ref, NULL, -amount, -amount, 0);
  bank->unpaid = bank->items->len;
  g_assert_cmpint (bank->balance, ==, 0);
}

static void (*const steps[]) (Bank *bank) = { step_capture, step_capture, step_capture,
                                              step_refund,  step_refund,  step_dispute,
                                              step_own,     step_payout,  read_balance };

/* ---- what must hold ---- */

static void
check_ledger (Bank *bank)
{
  gint64 ours = 0, refunded = 0, disputed = 0, captured = 0;

  g_assert_true (wb_book_sum_balance (bank->book, bank->gateway_id, bank->settle, &ours, NULL));
  g_assert_cmpint (ours, ==, bank->balance);
  for (guint i = 0; i < bank->charges->len; i++)
    {
      const Charge *charge = bank->charges->pdata[i];
      gint64        sum = 0, settled = 0;

      g_assert_true (
          wb_book_sum_object (bank->book, WB_ENTRY_CAPTURED, charge->charge, &sum, NULL));
      g_assert_true (
          wb_book_sum_object (bank->book, WB_ENTRY_SETTLED, charge->charge, &settled, NULL));
      g_assert_cmpint (sum, ==, charge->captured);
      g_assert_cmpint (settled, ==, charge->captured);
      captured += sum;
      g_assert_true (
          wb_book_sum_object (bank->book, WB_ENTRY_REFUNDED, charge->charge, &sum, NULL));
      g_assert_cmpint (sum, ==, -charge->refunded);
      refunded -= sum;
      g_assert_true (wb_book_sum_object (bank->book, WB_ENTRY_DISPUTE, charge->charge, &sum, NULL));
      disputed -= sum;
    }
  g_assert_cmpint (captured, ==, bank->taken);
  g_assert_cmpint (refunded, ==, bank->given);
  g_assert_cmpint (disputed, ==, bank->disputed);
}

static gint64
add_gateway (WbBook *book, guint n)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autofree char         *name = g_strdup_printf ("Bank %u", n);

  wb_record_set_text (connection, WB_CONNECTION_KIND, WB_KIND_GATEWAY);
  wb_record_set_text (connection, WB_CONNECTION_PROVIDER, "stripe");
  wb_record_set_text (connection, WB_CONNECTION_NAME, name);
  wb_record_set_text (connection, WB_CONNECTION_BASE_URL, "http://127.0.0.1");
  g_assert_true (wb_book_save (book, connection, NULL));
  return wb_record_get_int (connection, WB_CONNECTION_ID);
}

static void
run_sequence (WbBook *book, GRand *chance, guint sequence)
{
  Bank  bank = { .book = book, .chance = chance, .sequence = sequence };
  guint n = (guint) g_rand_int_range (chance, 1, MOST);

  bank.gateway_id = add_gateway (book, sequence);
  bank.currency = currencies[g_rand_int_range (chance, 0, G_N_ELEMENTS (currencies))];
  bank.settle = g_rand_boolean (chance)
                    ? bank.currency
                    : currencies[g_rand_int_range (chance, 0, G_N_ELEMENTS (currencies))];
  bank.charges = g_ptr_array_new_with_free_func (charge_free);
  bank.items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    steps[g_rand_int_range (chance, 0, G_N_ELEMENTS (steps))](&bank);
  read_balance (&bank);
  check_ledger (&bank);
  step_payout (&bank);
  read_balance (&bank);
  check_ledger (&bank);
  g_ptr_array_unref (bank.charges);
  g_ptr_array_unref (bank.items);
}

typedef struct
{
  char   *folder, *path;
  WbBook *book;
} Shelf;

static void
shelf_up (Shelf *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = wb_test_temp_folder ();
  self->path = g_build_filename (self->folder, "ledger.waybill", NULL);
  self->book = wb_book_open (self->path, FALSE, &error);
  g_assert_no_error (error);
}

static void
shelf_down (Shelf *self, gconstpointer data)
{
  g_clear_object (&self->book);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static void
test_balances (Shelf *self, gconstpointer data)
{
  guint32            seed = g_test_rand_int ();
  g_autoptr (GRand)  chance = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;

  g_test_message ("seed %u", seed);
  for (guint n = 0; n < BOOKS; n++)
    {
      g_autofree char   *path = g_strdup_printf ("%s.%u", self->path, n);
      g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);

      g_assert_no_error (error);
      g_assert_true (wb_book_begin (book, NULL));
      for (guint i = 0; i < SEQUENCES; i++)
        run_sequence (book, chance, i);
      g_assert_true (wb_book_commit (book, NULL));
    }
}

/* Nothing changes or removes what was written: not even what replaces a row of the same name. */
static void
test_append_only (Shelf *self, gconstpointer data)
{
  static const char *const tries[] = {
    "UPDATE ledger SET amount = 1",
    "UPDATE ledger SET payout_ref = 'po_1'",
    "UPDATE ledger SET settle_amount = 1, rate = '2'",
    "DELETE FROM ledger",
    "INSERT OR REPLACE INTO ledger (id, at, kind, source, source_ref, currency, amount) SELECT id, "
    "at, kind, source, source_ref, currency, 1 FROM ledger",
    "INSERT OR REPLACE INTO ledger (at, kind, source, source_ref, currency, amount) SELECT at, "
    "kind, source, source_ref, currency, 1 FROM ledger",
    "REPLACE INTO ledger (id, at, kind, source, source_ref, currency, amount) SELECT id, at, kind, "
    "source, 'other', currency, 1 FROM ledger",
  };
  g_autoptr (WbEntry)    entry = wb_entry_new ();
  g_autoptr (WbDatabase) door = NULL;
  g_autoptr (GError)     error = NULL;
  gint64                 sum = 0;

  wb_record_set_int (entry, WB_ENTRY_AT, 1700000000);
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_CORRECTION);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, "txn_1");
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, "EUR");
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, 4711);
  g_assert_true (wb_book_add_entry (self->book, entry, NULL, NULL));
  g_clear_object (&self->book);
  door = wb_database_open (self->path, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (GError) refused = NULL;

      g_assert_false (wb_database_run (door, &refused, tries[i], NULL));
      g_assert_nonnull (strstr (refused->message, "append-only"));
    }
  g_assert_true (wb_database_get_int (door, &sum, NULL, "SELECT SUM (amount) FROM ledger", NULL));
  g_assert_cmpint (sum, ==, 4711);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/balances", Shelf, NULL, shelf_up, test_balances, shelf_down);
  g_test_add ("/ledger/append-only", Shelf, NULL, shelf_up, test_append_only, shelf_down);
  return g_test_run ();
}

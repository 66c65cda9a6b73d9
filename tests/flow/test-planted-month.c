/* SPDX-License-Identifier: GPL-3.0-or-later
 * A month of a thousand orders in the practice town, with forty errors planted in it, of every kind
 * that money can have: reconciling finds exactly these, names each, and nothing else. */
#include "month.h"
#include "wb-money-sync.h"
#include "wb-reconcile.h"
#include "wb-statement-import.h"

#include <stdio.h>
#include <string.h>

/* ---- the errors ---- */

static WbMoneyAsk
ask_of (WbOrder *order, gint64 amount, const char *key)
{
  return (WbMoneyAsk){ .payment_ref = wb_record_get_text (order, WB_ORDER_PAYMENT_REF),
                       .amount = wb_money (amount, wb_record_get_text (order, WB_ORDER_CURRENCY)),
                       .key = key,
                       .reference = key,
                       .first_sent_at = 0 };
}

static void
plant_capture_errors (Month *self)
{
  for (guint i = 0; i < 3; i++)
    {
      WbOrder *order = month_take_card (self);

      month_capture (self, order, month_pack (self, order, WB_SHIPMENT_SHIPPED),
                     month_total_of (order) - 100 - i);
      month_plant_order (self, WB_GAP_UNDER, order);
    }
  for (guint i = 0; i < 3; i++)
    {
      WbOrder            *order = month_take_card (self);
      g_autoptr (WbOrder) now = NULL;

      /* The order was edited down after it had been captured. */
      month_ship (self, order);
      now = wb_book_get_order (self->book, wb_record_get_int (order, WB_ORDER_ID), NULL);
      wb_record_set_int (now, WB_ORDER_TOTAL, month_total_of (now) - 250 - i);
      g_assert_true (wb_book_update_order_head (self->book, now, NULL));
      month_plant_order (self, WB_GAP_OVER, order);
    }
  for (guint i = 0; i < 3; i++)
    {
      WbOrder *order = month_take_card (self);

      month_capture (self, order, 0, month_total_of (order));
      month_plant_order (self, WB_GAP_CAPTURED_UNSHIPPED, order);
    }
}

/* Captured in the gateway's own pages, by nobody here, and not shipped. */
static void
plant_foreign_hand (Month *self)
{
  WbOrder            *order = month_take_card (self);
  WbMoneyAsk          ask = ask_of (order, month_total_of (order), "by-hand-1");
  g_auto (WbMovement) movement = { 0 };
  g_autoptr (GError)  error = NULL;

  wb_gateway_capture (self->bank, &ask, &movement, NULL, &error);
  g_assert_no_error (error);
  month_plant_order (self, WB_GAP_CAPTURED_UNSHIPPED, order);
}

static void
plant_uncaptured (Month *self)
{
  for (guint i = 0; i < 7; i++)
    {
      WbOrder         *order = month_take_card (self);
      g_autofree char *path =
          g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_PAYMENT_REF));

      month_pack (self, order, WB_SHIPMENT_SHIPPED);
      if (i < 4)
        {
          g_autofree char *unused = month_tell (
              self, path, "{\"capture_before\": %" G_GINT64_FORMAT "}", wb_now () + 9 * DAY);
        }
      month_plant_order (self, i < 4 ? WB_GAP_NOT_CAPTURED : WB_GAP_LAPSED, order);
    }
}

static void
plant_refunds (Month *self)
{
  for (guint i = 0; i < 2; i++)
    {
      WbOrder            *order = month_take_card (self);
      g_autofree char    *key = g_strdup_printf ("give-back-%u", i);
      WbMoneyAsk          ask = ask_of (order, 150, key);
      g_auto (WbMovement) movement = { 0 };
      g_autoptr (GError)  error = NULL;

      month_ship (self, order);
      wb_gateway_refund (self->bank, &ask, &movement, NULL, &error);
      g_assert_no_error (error);
      month_plant_order (self, WB_GAP_REFUND, order);
    }
  {
    WbOrder            *order = month_take_card (self);
    g_autoptr (WbOrder) now = NULL;

    month_ship (self, order);
    now = wb_book_get_order (self->book, wb_record_get_int (order, WB_ORDER_ID), NULL);
    wb_record_set_int (now, WB_ORDER_REFUNDED_TOTAL, 300);
    g_assert_true (wb_book_update_order_head (self->book, now, NULL));
    month_plant_order (self, WB_GAP_REFUND, order);
  }
}

static void
plant_disputes (Month *self)
{
  for (guint i = 0; i < 2; i++)
    {
      WbOrder         *order = month_take_card (self);
      g_autofree char *made = NULL;

      month_ship (self, order);
      made = month_tell (self, "/town/money", "{\"dispute\": \"%s\"}",
                         wb_record_get_text (order, WB_ORDER_PAYMENT_REF));
      month_plant_order (self, WB_GAP_DISPUTE, order);
    }
}

static void
plant_strays (Month *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *made = month_tell (self, "/town/money", "{\"stray\": %u}", 4200 + i);
      g_autofree char *charge = g_strconcat ("ch_", made + 3, NULL);

      month_plant (self, WB_GAP_FOREIGN, charge);
    }
}

/* Our ledger has a capture that the gateway never made. */
static void
plant_unsettled (Month *self)
{
  for (guint i = 0; i < 2; i++)
    {
      WbOrder            *order = month_take_card (self);
      g_autoptr (WbEntry) entry = wb_entry_new ();
      g_autofree char    *ref = g_strdup_printf ("ch_never%u", i);

      month_pack (self, order, WB_SHIPMENT_SHIPPED);
      wb_record_set_int (entry, WB_ENTRY_AT, self->start + 2 * DAY);
      wb_record_set_int (entry, WB_ENTRY_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
      wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_CAPTURED);
      wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
      wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
      wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, ref);
      wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, self->bank_id);
      wb_record_set_text (entry, WB_ENTRY_CURRENCY, "EUR");
      wb_record_set_int (entry, WB_ENTRY_AMOUNT, month_total_of (order));
      g_assert_true (wb_book_add_entry (self->book, entry, NULL, NULL));
      month_plant_order (self, WB_GAP_UNSETTLED, order);
    }
}

static void
plant_labels (Month *self)
{
  for (guint i = 0; i < 3; i++)
    {
      WbOrder *order = month_take_other (self);

      month_pack (self, order, WB_SHIPMENT_LABELLED);
      month_plant_order (self, WB_GAP_LABEL_UNUSED, order);
    }
}

/* ---- payouts, the bank's statement and the carrier's invoice ---- */

static GPtrArray *
ask_payouts (Month *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray         *payouts = wb_gateway_list_payouts (self->bank, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (payouts->len, >=, 8);
  return payouts;
}

/* Before anybody has read them. */
static void
plant_payouts (Month *self)
{
  g_autoptr (GPtrArray) payouts = ask_payouts (self);
  const char           *refs[4];

  for (guint i = 0; i < 4; i++)
    refs[i] = wb_record_get_text (payouts->pdata[payouts->len - 6 + i], WB_PAYOUT_REF);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *unused = month_tell (
          self, "/town/money", "{\"payout\": \"%s\", \"delta\": %d}", refs[i], 17 - 40 * (int) i);

      month_plant (self, WB_GAP_PAYOUT_SUM, refs[i]);
    }
  {
    g_autoptr (GPtrArray) items = wb_gateway_list_payout_items (self->bank, refs[2], NULL, NULL);
    g_autofree char      *unused =
        month_tell (self, "/town/money", "{\"payout\": \"%s\", \"missing\": \"%s\"}", refs[2],
                    wb_record_get_text (items->pdata[0], WB_BALANCE_REF));
    g_autofree char *failed =
        month_tell (self, "/town/money", "{\"payout\": \"%s\", \"failed\": true}", refs[3]);

    month_plant (self, WB_GAP_PAYOUT_SUM, refs[2]);
    month_plant (self, WB_GAP_PAYOUT_FAILED, refs[3]);
  }
}

static void
sync_money (Month *self)
{
  g_auto (WbMoneySync) result = { 0 };
  g_autoptr (GError)   error = NULL;

  wb_desk_sync_money (self->desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result.problems->len; i++)
    g_test_message ("%s", (const char *) result.problems->pdata[i]);
  g_assert_cmpuint (result.problems->len, ==, 0);
}

static WbStatementImport *
begin (Month *self, const char *kind, const char *number)
{
  g_autoptr (WbStatement) head = wb_statement_new ();
  g_autoptr (GError)      error = NULL;
  WbStatementImport      *import;

  wb_record_set_text (head, WB_STATEMENT_KIND, kind);
  wb_record_set_text (head, WB_STATEMENT_ACCOUNT, "DE00");
  wb_record_set_text (head, WB_STATEMENT_NUMBER, number);
  wb_record_set_text (head, WB_STATEMENT_CURRENCY, "EUR");
  import = wb_desk_begin_import (self->desk, head, &error);
  g_assert_no_error (error);
  return import;
}

static void
add_row (WbStatementImport *import,
         const char        *ref,
         WbInstant          at,
         gint64             amount,
         const char        *text,
         const char        *tracking,
         const char        *reason)
{
  g_autoptr (WbStatementRow) row = wb_statement_row_new ();
  g_autoptr (GError)         error = NULL;

  wb_record_set_text (row, WB_STATEMENT_ROW_REF, ref);
  wb_record_set_int (row, WB_STATEMENT_ROW_AT, at);
  wb_record_set_text (row, WB_STATEMENT_ROW_CURRENCY, "EUR");
  wb_record_set_int (row, WB_STATEMENT_ROW_AMOUNT, amount);
  wb_record_set_text (row, WB_STATEMENT_ROW_TEXT, text);
  wb_record_set_text (row, WB_STATEMENT_ROW_TRACKING, tracking);
  wb_record_set_text (row, WB_STATEMENT_ROW_REASON, reason);
  wb_statement_import_add (import, row, &error);
  g_assert_no_error (error);
}

static WbImportResult
finish (WbStatementImport *import)
{
  WbImportResult     result = { 0 };
  g_autoptr (GError) error = NULL;

  wb_statement_import_finish (import, &result, &error);
  g_assert_no_error (error);
  wb_statement_import_free (import);
  return result;
}

/* Every payout that arrived stands on it but one; one row is nobody's. */
static WbImportResult
import_bank (Month *self, gboolean planting)
{
  WbStatementImport    *import = begin (self, WB_STATEMENT_BANK, "2026/10");
  g_autoptr (GPtrArray) payouts = wb_book_list_payouts (self->book, 0, 0, NULL);
  gboolean              left_out = FALSE;
  guint                 n = 0;

  add_row (import, "B-first", self->start - 60 * DAY, -1200, "ACCOUNT FEE", NULL, NULL);
  for (guint i = payouts->len; i > 0; i--)
    {
      WbPayout        *payout = payouts->pdata[i - 1];
      const char      *ref = wb_record_get_text (payout, WB_PAYOUT_REF);
      g_autofree char *sums = g_strconcat ("payout-sum ", ref, NULL);
      g_autofree char *row = g_strdup_printf ("B-%u", n++);
      g_autofree char *text =
          g_strconcat ("SEPA CREDIT ", wb_record_get_text (payout, WB_PAYOUT_BANK_REF), NULL);

      if (!g_str_equal (wb_record_get_text (payout, WB_PAYOUT_STATE), WB_PAYOUT_STATE_PAID))
        continue;
      if (!left_out && n > 3 && !g_hash_table_contains (self->planted, sums))
        {
          left_out = TRUE;
          if (planting)
            month_plant (self, WB_GAP_PAYOUT_BANK, ref);
          continue;
        }
      add_row (import, row, wb_record_get_int (payout, WB_PAYOUT_ARRIVES_AT),
               wb_record_get_int (payout, WB_PAYOUT_AMOUNT), text, NULL, NULL);
    }
  add_row (import, "B-odd", self->start + 20 * DAY, 7777, "KINDEST REGARDS", NULL, NULL);
  add_row (import, "B-last", wb_now () + DAY, -100, "ACCOUNT FEE", NULL, NULL);
  if (planting)
    month_plant (self, WB_GAP_STATEMENT, "B-odd");
  return finish (import);
}

/* Every label was billed at its price, but for four; one parcel is not ours. */
static WbImportResult
import_carrier (Month *self, gboolean planting)
{
  static const gint64 more[] = { 90, 210, 1300, 45 };
  WbStatementImport  *import = begin (self, WB_STATEMENT_CARRIER, "INV-1");
  guint               planted = 0;

  for (guint i = 0; i < self->labels; i++)
    {
      g_autofree char *tracking = g_strdup_printf ("JJD%08u", i);
      g_autofree char *ref = g_strdup_printf ("L%u", i);
      gint64           order_id = 0, shipment_id = 0;
      gint64 id = wb_book_find_label_of_tracking (self->book, tracking, &order_id, &shipment_id);
      g_autoptr (WbLabel) label = wb_book_get_label (self->book, id, NULL);
      gint64              extra = i >= 200 && planted < 4 ? more[planted] : 0;

      add_row (import, ref, self->start + 10 * DAY,
               wb_record_get_int (label, WB_LABEL_COST) + extra, NULL, tracking,
               extra > 0 ? "measured heavier" : NULL);
      if (extra > 0 && planting)
        {
          g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, NULL);

          month_plant_order (self, WB_GAP_ADJUSTMENT, order);
        }
      planted += extra > 0;
    }
  add_row (import, "L-odd", self->start + 10 * DAY, 555, NULL, "JJD99999999", NULL);
  if (planting)
    month_plant (self, WB_GAP_STATEMENT, "L-odd");
  return finish (import);
}

/* ---- what was found ---- */

static char *
name_of (Month *self, const WbMoneyGap *gap)
{
  if (gap->order_id != 0)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (self->book, gap->order_id, NULL);

      return g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
    }
  if (gap->row_id != 0)
    {
      g_autoptr (WbStatementRow) row = wb_book_get_statement_row (self->book, gap->row_id, NULL);

      return g_strdup (wb_record_get_text (row, WB_STATEMENT_ROW_REF));
    }
  if (gap->payout_id != 0)
    {
      g_autoptr (WbPayout) payout = wb_book_get_payout (self->book, gap->payout_id, NULL);

      return g_strdup (wb_record_get_text (payout, WB_PAYOUT_REF));
    }
  return g_strndup (gap->title, strcspn (gap->title, ":"));
}

static char last_line[80];

static void
judge (Month *self)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GPtrArray)  gaps = wb_list_money_gaps (self->book, 0, 0, FALSE, &error);
  g_autoptr (GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter         iter;
  gpointer               key;
  guint                  found = 0, false_ones = 0;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, self->planted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (left, key);
  for (guint i = 0; i < gaps->len; i++)
    {
      const WbMoneyGap *gap = gaps->pdata[i];
      g_autofree char  *name = name_of (self, gap);
      g_autofree char  *known = g_strdup_printf ("%s %s", wb_gap_id (gap->kind), name);

      g_assert_cmpstr (gap->meaning, !=, NULL);
      g_assert_cmpint (gap->amount, >, 0);
      if (g_hash_table_remove (left, known))
        found++;
      else
        {
          false_ones++;
          printf ("# not planted: %s: %s\n", known, gap->meaning);
        }
    }
  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    printf ("# not found: %s\n", (const char *) key);
  g_snprintf (last_line, sizeof last_line, "planted: %u, found: %u, false: %u",
              g_hash_table_size (self->planted), found, false_ones);
  printf ("# %s\n", last_line);
  g_assert_cmpuint (found, ==, g_hash_table_size (self->planted));
  g_assert_cmpuint (false_ones, ==, 0);
}

/* The balance by our ledger is what the gateway still holds: nothing was doubled or lost. */
static void
check_balance (Month *self)
{
  g_autofree char *cursor = NULL;
  gboolean         more = TRUE;
  gint64           theirs = 0, ours = 0;

  while (more)
    {
      g_auto (WbMoneyPage) page = { 0 };
      g_autoptr (GError)   error = NULL;

      wb_gateway_list_money (self->bank, cursor, &page, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < page.items->len; i++)
        theirs += wb_record_get_int (page.items->pdata[i], WB_BALANCE_NET);
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.cursor);
    }
  g_assert_true (wb_book_sum_balance (self->book, self->bank_id, "EUR", &ours, NULL));
  g_assert_cmpint (ours, ==, theirs);
}

static void
ship_the_rest (Month *self)
{
  while (self->next_other < self->others->len)
    month_pack (self, month_take_other (self), WB_SHIPMENT_SHIPPED);
  while (self->next_card < self->cards->len)
    month_ship (self, month_take_card (self));
}

/* What goes wrong on which day. */
static void
plant_on (Month *self, guint day)
{
  static const struct
  {
    guint day;
    void (*plant) (Month *self);
  } errors[] = {
    { 3, plant_uncaptured },     { 3, plant_labels },       { 5, plant_unsettled },
    { 5, plant_capture_errors }, { 7, plant_foreign_hand }, { 7, plant_refunds },
    { 9, plant_disputes },       { 9, plant_strays },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].day == day)
      errors[i].plant (self);
}

static void
live_the_month (Month *self)
{
  for (guint day = 0; day < DAYS; day++)
    {
      if (day > 0)
        {
          g_autofree char *unused = month_tell (self, "/town/arrive", "{\"n\": %d}", A_DAY);
        }
      month_read_orders (self);
      plant_on (self, day);
      ship_the_rest (self);
      month_pass_days (self, 1);
    }
  g_assert_cmpuint (g_hash_table_size (self->seen), ==, A_DAY * DAYS);
  month_pass_days (self, MONTH - DAYS);
}

static void
test_month (void)
{
  Month             *self = month_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) label = g_bytes_new_static ("%PDF-1.4 label", 14);
  WbImportResult     bank, carrier;

  self->document = wb_book_put_document (self->book, label, "application/pdf", &error);
  g_assert_no_error (error);
  live_the_month (self);
  g_test_message ("%u with a card to capture, %u paid beforehand", self->cards->len,
                  self->others->len);
  plant_payouts (self);
  sync_money (self);
  bank = import_bank (self, TRUE);
  carrier = import_carrier (self, TRUE);
  g_assert_cmpint (bank.open, ==, 3);
  g_assert_cmpint (carrier.adjustments, ==, 4);
  g_assert_cmpuint (g_hash_table_size (self->planted), ==, 40);
  check_balance (self);
  judge (self);

  /* All of it once more changes nothing. */
  sync_money (self);
  bank = import_bank (self, FALSE);
  carrier = import_carrier (self, FALSE);
  g_assert_cmpint (bank.added, ==, 0);
  g_assert_cmpint (carrier.added, ==, 0);
  check_balance (self);
  judge (self);
  month_free (self);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/planted-month", test_month);
  status = g_test_run ();
  printf ("%s\n", last_line);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading the gateways' own books: what moved on their balances, what they paid out and what is in
 * each payout, and what happened to payments without us. A shop with a way of paying of its own is
 * one of them. */
#include "wb-money-sync.h"

#include "wb-book-money.h"
#include "wb-desk-charge.h"
#include "wb-desk-vendors.h"
#include "wb-ledger-private.h"

#include <glib/gi18n-lib.h>

#define OVERLAP (14 * 24 * 60 * 60) /* a payout still changes some days after it was made */

typedef struct
{
  WbDesk         *desk;
  WbGateway      *gateway;
  gint64          gateway_id;
  gboolean        shop; /* a shop's own way of paying */
  const char     *name;
  WbMoneyProgress progress;
  gpointer        data;
  WbMoneySync    *result;
} Reading;

/* ---- how far a gateway has been read: kept beside the book's settings ---- */

static char *
mark_key (const Reading *reading, const char *what)
{
  return g_strdup_printf ("money.%" G_GINT64_FORMAT ".%s", reading->gateway_id, what);
}

static char *
get_mark (const Reading *reading, const char *what)
{
  g_autofree char *key = mark_key (reading, what);

  return wb_book_get_setting (wb_desk_get_book (reading->desk), key);
}

static gboolean
set_mark (const Reading *reading, const char *what, const char *value, GError **error)
{
  g_autofree char *key = mark_key (reading, what);

  return wb_book_set_setting (wb_desk_get_book (reading->desk), key, value, error);
}

/* ---- the balance ---- */

/* A shop's names are unique in it only: the ledger has them with the shop's number. */
static void
name_item (const Reading *reading, WbBalance *item)
{
  static const guint names[] = { WB_BALANCE_REF, WB_BALANCE_OBJECT_REF, WB_BALANCE_CHARGE_REF };

  for (guint i = 0; reading->shop && i < G_N_ELEMENTS (names); i++)
    if (wb_record_get_text (item, names[i]) != NULL)
      wb_record_take_text (item, names[i],
                           wb_charge_name (wb_desk_get_book (reading->desk), reading->gateway_id,
                                           wb_record_get_text (item, names[i])));
}

static gboolean
take_items (const Reading *reading, GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      WbLedgerTake take = { .gateway_id = reading->gateway_id, .shop = reading->shop };
      const char  *kind = wb_record_get_text (items->pdata[i], WB_BALANCE_KIND);

      name_item (reading, items->pdata[i]);
      if (!wb_ledger_take (wb_desk_get_book (reading->desk), items->pdata[i], &take, error))
        return FALSE;
      reading->result->movements += take.added;
      reading->result->foreign += take.added && take.order_id == 0 &&
                                  g_strcmp0 (kind, WB_MOVED_PAYOUT) != 0 &&
                                  g_strcmp0 (kind, WB_MOVED_FEE) != 0;
    }
  return TRUE;
}

/* A page and the mark behind it go into the book together: a stop anywhere loses nothing. */
static gboolean
take_page (const Reading *reading, const WbMoneyPage *page, GError **error)
{
  if (!wb_book_begin (wb_desk_get_book (reading->desk), error))
    return FALSE;
  wb_journal_plug ("in-page");
  if (take_items (reading, page->items, error) && set_mark (reading, "cursor", page->cursor, error))
    {
      wb_journal_plug ("before-page-commit");
      return wb_book_commit (wb_desk_get_book (reading->desk), error);
    }
  wb_book_rollback (wb_desk_get_book (reading->desk));
  return FALSE;
}

static gboolean
read_balance (const Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autofree char *cursor = get_mark (reading, "cursor");
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, wb_now ());
  gboolean         more = TRUE;

  while (more)
    {
      g_auto (WbMoneyPage) page = { 0 };

      if (!wb_gateway_list_money (reading->gateway, cursor, &page, cancellable, error) ||
          !take_page (reading, &page, error))
        return FALSE;
      wb_journal_plug ("after-page");
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.cursor);
      if (reading->progress != NULL)
        reading->progress (reading->name, reading->result->movements, reading->data);
    }
  /* A shop's balance shows one of its ways of paying only: what it does not show is no gap. */
  return reading->shop || set_mark (reading, "read_at", now, error);
}

/* ---- payouts ---- */

static WbPayoutItem *
item_of (const Reading *reading, WbPayout *payout, WbBalance *from, gint64 order_id)
{
  WbPayoutItem *item = wb_payout_item_new ();

  wb_record_set_int (item, WB_PAYOUT_ITEM_PAYOUT_ID, wb_record_get_int (payout, WB_PAYOUT_ID));
  wb_record_set_int (item, WB_PAYOUT_ITEM_GATEWAY_ID, reading->gateway_id);
  wb_record_set_text (item, WB_PAYOUT_ITEM_REF, wb_record_get_text (from, WB_BALANCE_REF));
  wb_record_set_text (item, WB_PAYOUT_ITEM_KIND, wb_record_get_text (from, WB_BALANCE_KIND));
  wb_record_set_text (item, WB_PAYOUT_ITEM_OBJECT_REF,
                      wb_record_get_text (from, WB_BALANCE_OBJECT_REF));
  wb_record_set_int (item, WB_PAYOUT_ITEM_ORDER_ID, order_id);
  wb_record_set_int (item, WB_PAYOUT_ITEM_AT, wb_record_get_int (from, WB_BALANCE_AT));
  wb_record_set_int (item, WB_PAYOUT_ITEM_AMOUNT, wb_record_get_int (from, WB_BALANCE_GROSS));
  wb_record_set_int (item, WB_PAYOUT_ITEM_FEE, wb_record_get_int (from, WB_BALANCE_FEE));
  wb_record_set_int (item, WB_PAYOUT_ITEM_NET, wb_record_get_int (from, WB_BALANCE_NET));
  return item;
}

static gboolean
keep_items (const Reading *reading, WbPayout *payout, GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      WbLedgerTake             take = { .gateway_id = reading->gateway_id, .shop = reading->shop };
      g_autoptr (WbPayoutItem) item = NULL;

      name_item (reading, items->pdata[i]);
      if (!wb_ledger_take (wb_desk_get_book (reading->desk), items->pdata[i], &take, error))
        return FALSE;
      reading->result->movements += take.added;
      item = item_of (reading, payout, items->pdata[i], take.order_id);
      if (!wb_book_add_payout_item (wb_desk_get_book (reading->desk), item, error))
        return FALSE;
    }
  wb_record_set_int (payout, WB_PAYOUT_ITEMS_READ_AT, wb_now ());
  return wb_book_save (wb_desk_get_book (reading->desk), payout, error);
}

static gboolean
read_items (const Reading *reading, WbPayout *payout, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) items = wb_gateway_list_payout_items (
      reading->gateway, wb_record_get_text (payout, WB_PAYOUT_REF), cancellable, error);

  if (items == NULL || !wb_book_begin (wb_desk_get_book (reading->desk), error))
    return FALSE;
  if (!keep_items (reading, payout, items, error))
    {
      wb_book_rollback (wb_desk_get_book (reading->desk));
      return FALSE;
    }
  reading->result->itemised++;
  wb_journal_plug ("before-items-commit");
  return wb_book_commit (wb_desk_get_book (reading->desk), error);
}

static gboolean
keep_payouts (const Reading *reading, GPtrArray *payouts, GError **error)
{
  if (!wb_book_begin (wb_desk_get_book (reading->desk), error))
    return FALSE;
  for (guint i = 0; i < payouts->len; i++)
    {
      wb_record_set_int (payouts->pdata[i], WB_PAYOUT_GATEWAY_ID, reading->gateway_id);
      wb_record_set_int (payouts->pdata[i], WB_PAYOUT_READ_AT, wb_now ());
      if (!wb_book_save_payout (wb_desk_get_book (reading->desk), payouts->pdata[i], error))
        {
          wb_book_rollback (wb_desk_get_book (reading->desk));
          return FALSE;
        }
    }
  reading->result->payouts += payouts->len;
  wb_journal_plug ("before-payouts-commit");
  return wb_book_commit (wb_desk_get_book (reading->desk), error);
}

/* From where the last reading was, some days before it, or from the oldest that is not settled. */
static WbInstant
payouts_since (const Reading *reading)
{
  g_autofree char *mark = get_mark (reading, "payouts_at");
  WbInstant        last = mark != NULL ? g_ascii_strtoll (mark, NULL, 10) : 0;
  WbInstant        open =
      wb_book_oldest_open_payout (wb_desk_get_book (reading->desk), reading->gateway_id);

  last = MAX (0, last - OVERLAP);
  return open != 0 ? MIN (open, last) : last;
}

static gboolean
read_payouts (const Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autofree char      *now = g_strdup_printf ("%" G_GINT64_FORMAT, wb_now ());
  g_autoptr (GPtrArray) payouts =
      wb_gateway_list_payouts (reading->gateway, payouts_since (reading), cancellable, error);
  g_autoptr (GPtrArray) unread = NULL;

  if (payouts == NULL || !keep_payouts (reading, payouts, error) ||
      (unread = wb_book_list_payouts_to_read (wb_desk_get_book (reading->desk), reading->gateway_id,
                                              error)) == NULL)
    return FALSE;
  for (guint i = 0; i < unread->len; i++)
    {
      wb_journal_plug ("before-items");
      if (!read_items (reading, unread->pdata[i], cancellable, error))
        return FALSE;
    }
  wb_journal_plug ("before-mark");
  return set_mark (reading, "payouts_at", now, error);
}

/* ---- events: hints which payments to read again ---- */

static gboolean
refresh (const Reading *reading, gint64 order_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wb_desk_refresh_payment (reading->desk, order_id, cancellable, &local))
    return TRUE;
  if (g_error_matches (local, WB_ERROR, WB_ERROR_UNAVAILABLE) ||
      g_error_matches (local, WB_ERROR, WB_ERROR_AUTH) || g_cancellable_is_cancelled (cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_add (reading->result->problems, g_strdup (local->message));
  return TRUE;
}

static gboolean
refresh_all (const Reading *reading, GArray *orders, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < orders->len; i++)
    if (!refresh (reading, g_array_index (orders, gint64, i), cancellable, error))
      return FALSE;
  return TRUE;
}

/* The orders of a page's events, each once, by an index of what was seen. */
static void
collect_orders (const Reading *reading, GPtrArray *events, GHashTable *seen, GArray *orders)
{
  for (guint i = 0; i < events->len; i++)
    {
      const WbGatewayEvent *event = events->pdata[i];
      gint64                order =
          wb_book_find_payment_order (wb_desk_get_book (reading->desk), reading->gateway_id,
                                      event->payment_ref, event->object_ref);
      gint64 *key;

      if (order == 0 || g_hash_table_contains (seen, &order))
        continue;
      key = g_new (gint64, 1);
      *key = order;
      g_hash_table_add (seen, key);
      g_array_append_val (orders, order);
    }
}

static gboolean
read_events (const Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autofree char       *cursor = get_mark (reading, "events");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray)     orders = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean               more = TRUE, beyond = FALSE, first = cursor == NULL;

  while (more)
    {
      g_auto (WbMoneyPage) page = { 0 };

      if (!wb_gateway_list_events (reading->gateway, cursor, &page, cancellable, error))
        return FALSE;
      if (!first)
        collect_orders (reading, page.items, seen, orders);
      beyond |= page.beyond_reach;
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.cursor);
    }
  /* At first, and for what the gateway no longer remembers, the payments themselves are asked. */
  if (beyond || first)
    {
      g_autoptr (GArray) open =
          wb_book_list_open_payments (wb_desk_get_book (reading->desk), reading->gateway_id, error);

      if (open == NULL || !refresh_all (reading, open, cancellable, error))
        return FALSE;
    }
  return refresh_all (reading, orders, cancellable, error) &&
         set_mark (reading, "events", cursor, error);
}

/* ---- one gateway, all gateways ---- */

static gboolean
read_gateway (const Reading *reading, GCancellable *cancellable, GError **error)
{
  guint can = wb_gateway_abilities (reading->gateway);

  return ((can & WB_GATEWAY_LIST_EVENTS) == 0 || read_events (reading, cancellable, error)) &&
         ((can & WB_GATEWAY_LIST_MONEY) == 0 || read_balance (reading, cancellable, error)) &&
         ((can & WB_GATEWAY_LIST_PAYOUTS) == 0 || read_payouts (reading, cancellable, error));
}

/* One gateway that cannot be read does not keep the others from it. */
static gboolean
try_gateway (WbDesk         *self,
             WbConnection   *connection,
             WbMoneyProgress progress,
             gpointer        data,
             WbMoneySync    *result,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbGateway) gateway =
      wb_desk_open_gateway (self, wb_record_get_int (connection, WB_CONNECTION_ID), &local);
  Reading  reading = { .desk = self,
                       .gateway = gateway != NULL ? g_object_ref (gateway) : NULL,
                       .gateway_id = wb_record_get_int (connection, WB_CONNECTION_ID),
                       .shop = g_strcmp0 (wb_record_get_text (connection, WB_CONNECTION_KIND),
                                          WB_KIND_SHOP) == 0,
                       .name = wb_record_get_text (connection, WB_CONNECTION_NAME),
                       .progress = progress,
                       .data = data,
                       .result = result };
  gboolean fine = gateway != NULL && read_gateway (&reading, cancellable, &local);

  g_clear_object (&reading.gateway);
  if (fine)
    return TRUE;
  g_prefix_error (&local, "%s: ", wb_record_get_text (connection, WB_CONNECTION_NAME));
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Returns: (transfer full) (element-type WbConnection): whoever tells of a balance. */
static GPtrArray *
list_tellers (WbBook *book, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_connections (book, WB_KIND_GATEWAY, error);
  g_autoptr (GPtrArray) shops =
      all != NULL ? wb_book_list_connections (book, WB_KIND_SHOP, error) : NULL;

  if (shops == NULL)
    return NULL;
  for (guint i = 0; i < shops->len; i++)
    {
      const WbShopProvider *provider =
          wb_shop_find_provider (wb_record_get_text (shops->pdata[i], WB_CONNECTION_PROVIDER));

      if (provider != NULL && provider->tells_money)
        g_ptr_array_add (all, g_object_ref (shops->pdata[i]));
    }
  return g_steal_pointer (&all);
}

/**
 * wb_desk_sync_money:
 * @gateway_id: 0: all that are enabled; or one, which may be a shop that tells of its balance
 * @result: (out): clear with wb_money_sync_clear()
 *
 * Reads what the gateways have: payments that changed without us, every movement of their balances
 * into the ledger, payouts and what is in them. Reading again changes nothing. A gateway that
 * cannot be read is in the result's problems; it is an error when it was the only one asked for.
 */
gboolean
wb_desk_sync_money (WbDesk         *self,
                    gint64          gateway_id,
                    WbMoneyProgress progress,
                    gpointer        data,
                    WbMoneySync    *result,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (GPtrArray) all = list_tellers (wb_desk_get_book (self), error);
  gint64                claimed = 0;

  *result = (WbMoneySync){ .problems = g_ptr_array_new_with_free_func (g_free) };
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (gateway_id != 0 ? wb_record_get_int (all->pdata[i], WB_CONNECTION_ID) != gateway_id
                          : !wb_record_get_bool (all->pdata[i], WB_CONNECTION_ENABLED))
        continue;
      if (try_gateway (self, all->pdata[i], progress, data, result, cancellable, &local))
        continue;
      if (gateway_id != 0 || g_cancellable_is_cancelled (cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_ptr_array_add (result->problems, g_strdup (local->message));
    }
  return wb_book_claim_entries (wb_desk_get_book (self), wb_desk_get_actor (self), &claimed, error);
}

/** wb_money_sync_clear: frees what @result holds. */
void
wb_money_sync_clear (WbMoneySync *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
}

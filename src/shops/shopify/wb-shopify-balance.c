/* SPDX-License-Identifier: GPL-3.0-or-later
 * The balance of Shopify Payments: every movement with what it brought in the account's own
 * currency, and what the customer saw of it. */
#include <string.h>

#include "wb-shopify-balance.h"
#include "wb-text.h"

#define PAGE    50
#define OVERLAP (3 * 24 * 60 * 60) /* a movement may be shown some time after its date */

/* What a type is for us; what is not here is an adjustment, its own word in the note. */
static const struct
{
  const char *type;
  const char *kind;
} kinds[] = {
  { "CHARGE", WB_MOVED_CAPTURED },
  { "REFUND", WB_MOVED_REFUNDED },
  { "REFUND_FAILURE", WB_MOVED_REFUNDED },
  { "DISPUTE_WITHDRAWAL", WB_MOVED_DISPUTE },
  { "DISPUTE_REVERSAL", WB_MOVED_DISPUTE },
  { "CHARGEBACK_HOLD", WB_MOVED_DISPUTE },
  { "CHARGEBACK_HOLD_RELEASE", WB_MOVED_DISPUTE },
  { "CHARGEBACK_FEE", WB_MOVED_FEE },
  { "CHARGEBACK_FEE_REFUND", WB_MOVED_FEE },
  { "STRIPE_FEE", WB_MOVED_FEE },
  { "REFERRAL_FEE", WB_MOVED_FEE },
  { "REFERRAL_FEE_TAX", WB_MOVED_FEE },
  { "APPLICATION_FEE_REFUND", WB_MOVED_FEE },
  { "ACH_BANK_FAILURE_DEBIT_FEE", WB_MOVED_FEE },
  { "ACH_BANK_FAILURE_DEBIT_REVERSAL_FEE", WB_MOVED_FEE },
  { "TRANSFER", WB_MOVED_PAYOUT },
  { "TRANSFER_CANCEL", WB_MOVED_PAYOUT },
  { "TRANSFER_FAILURE", WB_MOVED_PAYOUT },
  { "TRANSFER_REFUND", WB_MOVED_PAYOUT },
};

static const char *
kind_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return kinds[i].kind;
  return WB_MOVED_ADJUSTMENT;
}

static gboolean
is_kind (gpointer item, const char *kind)
{
  return g_strcmp0 (wb_record_get_text (item, WB_BALANCE_KIND), kind) == 0;
}

/**
 * wb_shopify_money:
 * @currency: (inout): what the amount must be in; empty: whatever it is in, which is put there
 * @out: (out): minor units of the MoneyV2 @name of @at; untouched on failure
 */
gboolean
wb_shopify_money (const WbJson *at, const char *name, char currency[4], gint64 *out, GError **error)
{
  WbJson      money, bad;
  const char *said;

  if (!wb_json_object (at, name, &money, error) ||
      (said = wb_json_string (&money, "currencyCode", error)) == NULL)
    return FALSE;
  bad = wb_json_member (&money, "currencyCode");
  if (!wb_currency_is_valid (said) || (*currency != '\0' && !g_str_equal (said, currency)))
    return wb_json_fail (&bad, *currency != '\0' ? currency : "a currency like EUR", error);
  if (!wb_json_decimal (&money, "amount", wb_currency_exponent (said), out, error))
    return FALSE;
  g_strlcpy (currency, said, 4);
  return TRUE;
}

/* ---- one movement ---- */

/* The fee's sign is not documented: it is what the gross has and the net has not. */
static gboolean
read_settlement (const WbJson *at, WbBalance *item, GError **error)
{
  WbJson    bad = wb_json_member (at, "net");
  char      currency[4] = "";
  gint64    gross, fee, net, cost;
  WbInstant when;

  if (!wb_shopify_money (at, "amount", currency, &gross, error) ||
      !wb_shopify_money (at, "fee", currency, &fee, error) ||
      !wb_shopify_money (at, "net", currency, &net, error) ||
      !wb_json_instant (at, "transactionDate", &when, error))
    return FALSE;
  if (__builtin_sub_overflow (gross, net, &cost) || (cost != fee && cost != -fee))
    return wb_json_fail (&bad, "the amount less the fee", error);
  wb_record_set_text (item, WB_BALANCE_SETTLE_CURRENCY, currency);
  wb_record_set_text (item, WB_BALANCE_CURRENCY, currency);
  wb_record_set_int (item, WB_BALANCE_GROSS, gross);
  wb_record_set_int (item, WB_BALANCE_AMOUNT, gross);
  wb_record_set_int (item, WB_BALANCE_FEE, cost);
  wb_record_set_int (item, WB_BALANCE_NET, net);
  wb_record_set_int (item, WB_BALANCE_AT, when);
  return TRUE;
}

/* Whose it is: the order by its number, the charge by its transaction's, both as the shop has
 * them; what moves without an order (a fee, a payout) is known by its source. */
static void
read_owner (const WbJson *at, WbBalance *item)
{
  WbJson           order = wb_json_member (at, "associatedOrder");
  WbJson           payout = wb_json_member (at, "associatedPayout");
  g_autofree char *source = wb_json_scalar_text (at, "sourceId");
  g_autofree char *transaction = wb_json_scalar_text (at, "sourceOrderTransactionId");

  wb_record_take_text (item, WB_BALANCE_PAYMENT_REF, wb_shopify_ref (&order, "id"));
  wb_record_take_text (item, WB_BALANCE_PAYOUT_REF, wb_shopify_ref (&payout, "id"));
  if (is_kind (item, WB_MOVED_PAYOUT))
    {
      g_autofree char *ref = wb_record_get_text (item, WB_BALANCE_PAYOUT_REF) != NULL
                                 ? g_strdup (wb_record_get_text (item, WB_BALANCE_PAYOUT_REF))
                                 : g_steal_pointer (&source);

      wb_record_set_text (item, WB_BALANCE_OBJECT_REF, ref);
      return;
    }
  wb_record_set_text (item, WB_BALANCE_OBJECT_REF, transaction != NULL ? transaction : source);
  wb_record_set_text (item, WB_BALANCE_CHARGE_REF, transaction);
}

/* See WB_BALANCE_FIELDS. What the customer saw, and the name of a refund, are added after it. */
static WbBalance *
read_item (const WbJson *at, GError **error)
{
  g_autoptr (WbBalance) item = wb_balance_new ();
  g_autofree char      *id = wb_shopify_ref (at, "id");
  const char           *type = wb_json_string (at, "type", error);
  const char           *reason = wb_json_opt_string (at, "adjustmentReason");
  g_autofree char      *word = NULL;

  if (type == NULL || !read_settlement (at, item, error))
    return NULL;
  if (id == NULL)
    {
      wb_json_fail (at, "a movement with an id", error);
      return NULL;
    }
  word = g_ascii_strdown (type, -1);
  wb_record_take_text (item, WB_BALANCE_REF, g_steal_pointer (&id));
  wb_record_set_text (item, WB_BALANCE_KIND, kind_of (type));
  wb_record_take_text (item, WB_BALANCE_NOTE,
                       wb_text_is_empty (reason) ? g_strdup (word)
                                                 : g_strdup_printf ("%s: %s", word, reason));
  read_owner (at, item);
  return g_steal_pointer (&item);
}

/* ---- what customers saw ---- */

static void
take_source (WbBalance *item, const WbJson *source)
{
  WbJson           bag = wb_json_member (source, "amountSet");
  WbJson           parent = wb_json_member (source, "parentTransaction");
  g_autofree char *charge = wb_shopify_ref (&parent, "id");
  gint64           gross = wb_record_get_int (item, WB_BALANCE_GROSS), amount = 0;
  char             currency[4] = "";

  if (is_kind (item, WB_MOVED_REFUNDED) && charge != NULL)
    wb_record_set_text (item, WB_BALANCE_CHARGE_REF, charge);
  if ((!is_kind (item, WB_MOVED_CAPTURED) && !is_kind (item, WB_MOVED_REFUNDED)) ||
      !wb_shopify_money (&bag, "presentmentMoney", currency, &amount, NULL) ||
      g_str_equal (currency, wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY)))
    return;
  wb_record_set_text (item, WB_BALANCE_CURRENCY, currency);
  wb_record_set_int (item, WB_BALANCE_AMOUNT, gross < 0 ? -ABS (amount) : ABS (amount));
  wb_record_take_text (item, WB_BALANCE_RATE,
                       wb_json_scalar_text (source, "settlementCurrencyRate"));
}

static JsonNode *
source_ids (GPtrArray *items)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  for (guint i = 0; i < items->len; i++)
    {
      const char      *ref = wb_record_get_text (items->pdata[i], WB_BALANCE_CHARGE_REF);
      g_autofree char *gid = ref != NULL ? wb_shopify_gid ("OrderTransaction", ref) : NULL;

      if (gid != NULL)
        json_array_add_string_element (json_node_get_array (node), gid);
    }
  return node;
}

static gboolean
add_sources (WbShopifyShop *self, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) ids = source_ids (items);
  g_autoptr (JsonNode) root = NULL;
  WbJson               at, data, list;
  guint                n;

  if (json_array_get_length (json_node_get_array (ids)) == 0)
    return TRUE;
  root = wb_shopify_call (self, "balance-sources.graphql",
                          wb_graphql_object ("ids", 'n', g_steal_pointer (&ids), NULL), cancellable,
                          error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "reply");
  data = wb_json_member (&at, "data");
  if (!wb_json_array (&data, "nodes", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      g_autofree char *ref = wb_shopify_ref (&one, "id");

      for (guint k = 0; ref != NULL && k < items->len; k++)
        if (g_strcmp0 (wb_record_get_text (items->pdata[k], WB_BALANCE_OBJECT_REF), ref) == 0)
          take_source (items->pdata[k], &one);
    }
  return TRUE;
}

/* ---- names of refunds ---- */

/* Puts into @names what the transactions of the order's refunds go by: the refund's number; where
 * it has several transactions, theirs behind a plus. */
static gboolean
read_refunds (WbShopifyShop *self,
              const char    *order_ref,
              GHashTable    *names,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char     *gid = wb_shopify_gid ("Order", order_ref);
  g_autoptr (GError)   local = NULL;
  JsonNode            *order;
  g_autoptr (JsonNode) root = wb_shopify_call_order (self, "refund-transactions.graphql",
                                                     wb_graphql_object ("id", 's', gid, NULL),
                                                     order_ref, &order, cancellable, &local);
  WbJson               at, list;
  guint                n;

  if (root == NULL && g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    return TRUE; /* deleted since; its movements are named by their transactions */
  if (root == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  at = wb_json_root (order, "order");
  if (!wb_json_array (&at, "refunds", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&list, i);
      WbJson           connection = wb_json_member (&one, "transactions"), moneys;
      g_autofree char *refund = wb_shopify_ref (&one, "id");
      guint            m;

      if (!wb_json_array (&connection, "nodes", &moneys, &m, error))
        return FALSE;
      for (guint k = 0; refund != NULL && k < m; k++)
        {
          WbJson money = wb_json_element (&moneys, k);
          char  *ref = wb_shopify_ref (&money, "id");

          if (ref != NULL)
            g_hash_table_insert (
                names, ref, m == 1 ? g_strdup (refund) : g_strdup_printf ("%s+%s", refund, ref));
        }
    }
  return TRUE;
}

/* A refund that we made is in the ledger by the refund's own number. */
static gboolean
name_refunds (WbShopifyShop *self, GPtrArray *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) read = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      const char *order = wb_record_get_text (items->pdata[i], WB_BALANCE_PAYMENT_REF);
      const char *ref = wb_record_get_text (items->pdata[i], WB_BALANCE_OBJECT_REF);

      if (order == NULL || ref == NULL || !is_kind (items->pdata[i], WB_MOVED_REFUNDED))
        continue;
      if (!g_hash_table_contains (read, order))
        {
          g_hash_table_add (read, (gpointer) order);
          if (!read_refunds (self, order, names, cancellable, error))
            return FALSE;
        }
      if (g_hash_table_contains (names, ref))
        wb_record_set_text (items->pdata[i], WB_BALANCE_OBJECT_REF,
                            g_hash_table_lookup (names, ref));
    }
  return TRUE;
}

/* ---- pages ---- */

/**
 * wb_shopify_read_movements:
 * @filter: (nullable): in the shop's search language; @transfers: payouts themselves too
 * @after: (inout): where the page begins, and where the next one does; %NULL: at the start, and no
 * more
 *
 * Adds a page of movements to @items; none where the shop has no Shopify Payments.
 */
gboolean
wb_shopify_read_movements (WbShopifyShop *self,
                           const char    *filter,
                           gboolean       transfers,
                           char         **after,
                           GPtrArray     *items,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode)  root = wb_shopify_call (
       self, "balance.graphql",
       wb_graphql_object ("first", 'i', (gint64) PAGE, "after", 's', *after, "filter", 's', filter,
                          "hideTransfers", 'b', !transfers, NULL),
       cancellable, error);
  WbJson at = wb_json_root (root, "reply"), data, account, connection, list;
  guint  n;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  account = wb_json_member (&data, "shopifyPaymentsAccount");
  if (wb_json_is_null (&account))
    {
      g_clear_pointer (after, g_free);
      return TRUE;
    }
  connection = wb_json_member (&account, "balanceTransactions");
  if (!wb_json_array (&connection, "nodes", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson     one = wb_json_element (&list, i);
      WbBalance *item = read_item (&one, error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (page, item);
    }
  if (!add_sources (self, page, cancellable, error) ||
      !name_refunds (self, page, cancellable, error))
    return FALSE;
  if (!wb_shopify_next_page (&connection, after))
    g_clear_pointer (after, g_free);
  g_ptr_array_extend_and_steal (items, g_steal_pointer (&page));
  return TRUE;
}

/* How far the balance has been read. */
typedef struct
{
  WbInstant from;   /* movements from then on are in this walk */
  WbInstant newest; /* that it has shown so far */
  char     *after;  /* where the walk stands, NULL: at its start */
} Mark;

static void
mark_clear (Mark *mark)
{
  g_clear_pointer (&mark->after, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mark, mark_clear)

static gboolean
read_mark (const char *cursor, Mark *mark, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               at;

  if (wb_text_is_empty (cursor))
    return TRUE;
  if ((root = wb_json_parse (cursor, -1, "the mark of the balance", error)) == NULL)
    return FALSE;
  at = wb_json_root (root, "mark");
  mark->after = g_strdup (wb_json_opt_string (&at, "after"));
  return wb_json_opt_int (&at, "from", 0, &mark->from, error) &&
         wb_json_opt_int (&at, "newest", 0, &mark->newest, error);
}

static char *
write_mark (const Mark *mark)
{
  g_autoptr (JsonNode) root = wb_graphql_object ("from", 'i', mark->from, "newest", 'i',
                                                 mark->newest, "after", 's', mark->after, NULL);

  return wb_json_to_text (root);
}

/** wb_shopify_list_money: wb_gateway_list_money(). By date with an overlap: what is shown late is
 * not missed, and what comes twice is known. */
gboolean
wb_shopify_list_money (WbGateway    *gateway,
                       const char   *cursor,
                       WbMoneyPage  *page,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (Mark)         mark = { 0 };
  g_autofree char      *when = NULL;
  g_autofree char      *filter = NULL;

  if (!read_mark (cursor, &mark, error))
    return FALSE;
  if (mark.from > 0)
    {
      when = wb_instant_to_iso (mark.from);
      filter = g_strdup_printf ("processed_at:>='%s'", when);
    }
  if (!wb_shopify_read_movements (WB_SHOPIFY_SHOP (gateway), filter, TRUE, &mark.after, items,
                                  cancellable, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    mark.newest = MAX (mark.newest, wb_record_get_int (items->pdata[i], WB_BALANCE_AT));
  page->more = mark.after != NULL;
  if (!page->more)
    mark.from = MAX (mark.from, mark.newest - OVERLAP);
  page->items = g_steal_pointer (&items);
  page->cursor = write_mark (&mark);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Payouts of Shopify Payments to the bank, and what is in them. */
#include "wb-shopify-balance.h"
#include "wb-text.h"

#define PAGE 50

/* A scheduled payout has its movements already; a cancelled one gives them back. */
static const struct
{
  const char *status;
  const char *state;
  gboolean    itemised;
} states[] = {
  { "SCHEDULED", WB_PAYOUT_STATE_PENDING, TRUE },   { "IN_TRANSIT", WB_PAYOUT_STATE_TRANSIT, TRUE },
  { "PAID", WB_PAYOUT_STATE_PAID, TRUE },           { "FAILED", WB_PAYOUT_STATE_FAILED, FALSE },
  { "CANCELED", WB_PAYOUT_STATE_CANCELLED, FALSE },
};

static gboolean
read_state (const WbJson *at, WbPayout *payout, GError **error)
{
  const char *status = wb_json_string (at, "status", error);
  WbJson      bad = wb_json_member (at, "status");

  if (status == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (!g_str_equal (states[i].status, status))
        continue;
      wb_record_set_text (payout, WB_PAYOUT_STATE, states[i].state);
      wb_record_set_bool (payout, WB_PAYOUT_ITEMISED, states[i].itemised);
      return TRUE;
    }
  return wb_json_fail (&bad, "a payout's status that Waybill knows", error);
}

/* Shopify pays out by a schedule only, and tells when it sent a payout, not when it arrives. */
static WbPayout *
parse (const WbJson *at, GError **error)
{
  g_autoptr (WbPayout) payout = wb_payout_new ();
  g_autofree char     *id = wb_shopify_ref (at, "id");
  const char          *trace = wb_json_opt_string (at, "externalTraceId");
  char                 currency[4] = "";
  gint64               net;
  WbInstant            made;

  if (id == NULL)
    {
      wb_json_fail (at, "a payout with an id", error);
      return NULL;
    }
  if (!read_state (at, payout, error) || !wb_shopify_money (at, "net", currency, &net, error) ||
      !wb_json_instant (at, "issuedAt", &made, error))
    return NULL;
  if (g_strcmp0 (wb_json_opt_string (at, "transactionType"), "WITHDRAWAL") == 0)
    net = -ABS (net);
  wb_record_take_text (payout, WB_PAYOUT_REF, g_steal_pointer (&id));
  wb_record_set_bool (payout, WB_PAYOUT_AUTOMATIC, TRUE);
  wb_record_set_text (payout, WB_PAYOUT_CURRENCY, currency);
  wb_record_set_int (payout, WB_PAYOUT_AMOUNT, net);
  wb_record_set_int (payout, WB_PAYOUT_MADE_AT, made);
  wb_record_set_text (payout, WB_PAYOUT_BANK_REF, wb_text_is_empty (trace) ? NULL : trace);
  return g_steal_pointer (&payout);
}

static gboolean
read_page (WbShopifyShop *self,
           const char    *filter,
           char         **after,
           GPtrArray     *payouts,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (JsonNode) root =
      wb_shopify_call (self, "payouts.graphql",
                       wb_graphql_object ("first", 'i', (gint64) PAGE, "after", 's', *after,
                                          "filter", 's', filter, NULL),
                       cancellable, error);
  WbJson at = wb_json_root (root, "reply"), data, account, connection, list;
  guint  n;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  account = wb_json_member (&data, "shopifyPaymentsAccount");
  connection = wb_json_member (&account, "payouts");
  if (!wb_json_is_null (&account))
    {
      if (!wb_json_array (&connection, "nodes", &list, &n, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          WbJson    one = wb_json_element (&list, i);
          WbPayout *payout = parse (&one, error);

          if (payout == NULL)
            return FALSE;
          g_ptr_array_add (payouts, payout);
        }
    }
  if (!wb_shopify_next_page (&connection, after))
    g_clear_pointer (after, g_free);
  return TRUE;
}

/** wb_shopify_list_payouts: wb_gateway_list_payouts(); none where the shop has no Shopify
 * Payments. */
GPtrArray *
wb_shopify_list_payouts (WbGateway    *gateway,
                         WbInstant     since,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autoptr (GPtrArray) payouts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char      *when = since > 0 ? wb_instant_to_iso (since) : NULL;
  g_autofree char      *filter = when != NULL ? g_strdup_printf ("issued_at:>='%s'", when) : NULL;
  g_autofree char      *after = NULL;

  do
    if (!read_page (WB_SHOPIFY_SHOP (gateway), filter, &after, payouts, cancellable, error))
      return NULL;
  while (after != NULL);
  return g_steal_pointer (&payouts);
}

/** wb_shopify_read_payout: wb_gateway_read_payout(). */
WbPayout *
wb_shopify_read_payout (WbGateway    *gateway,
                        const char   *payout_ref,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char     *gid = wb_shopify_gid ("ShopifyPaymentsPayout", payout_ref);
  g_autoptr (JsonNode) root =
      wb_shopify_call (WB_SHOPIFY_SHOP (gateway), "payout.graphql",
                       wb_graphql_object ("id", 's', gid, NULL), cancellable, error);
  WbJson at = wb_json_root (root, "reply"), data, node;

  if (root == NULL)
    return NULL;
  data = wb_json_member (&at, "data");
  node = wb_json_member (&data, "node");
  if (wb_json_is_object (&node))
    return parse (&node, error);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "The shop does not have payout %s", payout_ref);
  return NULL;
}

/** wb_shopify_list_payout_items: wb_gateway_list_payout_items(). The payout's own movement is left
 * out. */
GPtrArray *
wb_shopify_list_payout_items (WbGateway    *gateway,
                              const char   *payout_ref,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char      *filter = g_strdup_printf ("payments_transfer_id:%s", payout_ref);
  g_autofree char      *after = NULL;

  do
    if (!wb_shopify_read_movements (WB_SHOPIFY_SHOP (gateway), filter, FALSE, &after, items,
                                    cancellable, error))
      return NULL;
  while (after != NULL);
  return g_steal_pointer (&items);
}

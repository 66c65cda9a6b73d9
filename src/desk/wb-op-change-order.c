/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operations “change-order” and “create-order”: the shop's own record of an order is changed or
 * made, once. */
#include "wb-op-shop.h"

typedef struct
{
  WbShopChange change;
  WbAddress   *ship_to;
  char       **refs;
  gint64      *quantities;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_clear_object (&asked->ship_to);
  g_clear_pointer (&asked->refs, g_strfreev);
  g_clear_pointer (&asked->quantities, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static gboolean
read_lines (const WbJson *at, Asked *asked, GError **error)
{
  WbJson lines = wb_json_member (at, "lines"), list;
  guint  n = 0;

  if (wb_json_is_null (&lines))
    return TRUE;
  if (!wb_json_array (at, "lines", &list, &n, error))
    return FALSE;
  asked->refs = g_new0 (char *, n + 1);
  asked->quantities = g_new0 (gint64, n + 1);
  for (guint i = 0; i < n; i++)
    {
      WbJson      row = wb_json_element (&list, i);
      const char *ref = wb_json_string (&row, "ref", error);

      if (ref == NULL || !wb_json_int (&row, "quantity", &asked->quantities[i], error))
        return FALSE;
      asked->refs[i] = g_strdup (ref);
    }
  asked->change.line_refs = (const char **) asked->refs;
  asked->change.quantities = asked->quantities;
  return TRUE;
}

static gboolean
read_address (const WbJson *at, Asked *asked, GError **error)
{
  WbJson address = wb_json_member (at, "ship_to");

  if (wb_json_is_null (&address))
    return TRUE;
  asked->ship_to = wb_address_new ();
  asked->change.ship_to = asked->ship_to;
  return wb_record_from_json (asked->ship_to, &address, error);
}

static gboolean
read_request (WbOperation *operation, const WbJson *at, Asked *asked, GError **error)
{
  gint64 kind = 0;

  if (!wb_json_int (at, "change", &kind, error))
    return FALSE;
  asked->change = (WbShopChange){
    .kind = (WbShopChangeKind) kind,
    .order_ref = wb_json_opt_string (at, "order"),
    .key = wb_record_get_text (operation, WB_OPERATION_KEY),
    .text = wb_json_opt_string (at, "text"),
    .to_customer = wb_json_bool (at, "to_customer", FALSE),
    .restock = wb_json_bool (at, "restock", FALSE),
  };
  return read_lines (at, asked, error) && read_address (at, asked, error);
}

static gboolean
change_perform (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_auto (Asked)    asked = { 0 };
  g_autofree char  *remote_id = NULL;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !read_request (operation, &op.at, &asked, error))
    return wb_not_sent (error);
  if (!wb_shop_change_order (op.shop, &asked.change, &remote_id, cancellable, error))
    return FALSE;
  wb_shop_op_done (outcome, remote_id);
  return TRUE;
}

static WbVerdict
change_verify (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_auto (Asked)    asked = { 0 };
  g_autofree char  *remote_id = NULL;
  WbVerdict         verdict;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !read_request (operation, &op.at, &asked, error))
    return WB_VERDICT_UNKNOWN;
  verdict = wb_shop_op_verdict (
      wb_shop_find_change (op.shop, &asked.change, &remote_id, cancellable, error));
  if (verdict == WB_VERDICT_DONE)
    wb_shop_op_done (outcome, remote_id);
  return verdict;
}

static gboolean
create_perform (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  g_auto (WbShopOp)   op = { 0 };
  g_autoptr (WbOrder) draft = wb_order_new ();
  g_autofree char    *remote_id = NULL;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !wb_record_from_json (draft, &op.at, error))
    return wb_not_sent (error);
  if (!wb_shop_create_order (op.shop, draft, wb_record_get_text (operation, WB_OPERATION_KEY),
                             &remote_id, cancellable, error))
    return FALSE;
  wb_shop_op_done (outcome, remote_id);
  return TRUE;
}

static WbVerdict
create_verify (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_autofree char  *remote_id = NULL;
  WbVerdict         verdict;

  if (!wb_shop_op_open (&op, operation, context, error))
    return WB_VERDICT_UNKNOWN;
  verdict = wb_shop_op_verdict (wb_shop_find_created (
      op.shop, wb_record_get_text (operation, WB_OPERATION_KEY),
      wb_record_get_int (operation, WB_OPERATION_SENT_AT), &remote_id, cancellable, error));
  if (verdict == WB_VERDICT_DONE)
    wb_shop_op_done (outcome, remote_id);
  return verdict;
}

const WbOperationHandler wb_change_order_handler = { WB_OP_CHANGE_ORDER, change_perform,
                                                     change_verify, wb_shop_op_apply_nothing,
                                                     NULL };
const WbOperationHandler wb_create_order_handler = { WB_OP_CREATE_ORDER, create_perform,
                                                     create_verify, wb_shop_op_apply_nothing,
                                                     NULL };

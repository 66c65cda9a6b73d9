/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operation “report”: the shop is told what was shipped, once. */
#include "wb-op-shop.h"

typedef struct
{
  WbFulfilment fulfilment;
  char       **refs;
  gint64      *quantities;
} Told;

static void
told_clear (Told *told)
{
  g_clear_pointer (&told->refs, g_strfreev);
  g_clear_pointer (&told->quantities, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static gboolean
read_request (const WbJson *at, Told *told, GError **error)
{
  WbJson list;
  guint  n = 0;

  if (!wb_json_array (at, "lines", &list, &n, error))
    return FALSE;
  told->refs = g_new0 (char *, n + 1);
  told->quantities = g_new0 (gint64, n + 1);
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&list, i);

      told->refs[i] = g_strdup (wb_json_opt_string (&row, "ref"));
      if (told->refs[i] == NULL || !wb_json_int (&row, "quantity", &told->quantities[i], error))
        return told->refs[i] != NULL ? FALSE : wb_json_fail (&row, "a line with its ref", error);
    }
  told->fulfilment = (WbFulfilment){
    .order_ref = wb_json_opt_string (at, "order"),
    .reference = wb_json_opt_string (at, "reference"),
    .carrier = wb_json_opt_string (at, "carrier"),
    .service = wb_json_opt_string (at, "service"),
    .tracking = wb_json_opt_string (at, "tracking"),
    .tracking_url = wb_json_opt_string (at, "tracking_url"),
    .ship_date = wb_json_opt_string (at, "ship_date"),
    .line_refs = (const char **) told->refs,
    .quantities = told->quantities,
    .completes = wb_json_bool (at, "completes", FALSE),
    .notify_customer = wb_json_bool (at, "notify", TRUE),
  };
  return TRUE;
}

static gboolean
report_perform (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_auto (Told)     told = { 0 };
  g_autofree char  *remote_id = NULL;

  if (!wb_shop_op_open (&op, operation, context, error) || !read_request (&op.at, &told, error))
    return wb_not_sent (error);
  if (!wb_shop_report (op.shop, &told.fulfilment, &remote_id, cancellable, error))
    return FALSE;
  wb_shop_op_done (outcome, remote_id);
  return TRUE;
}

static WbVerdict
report_verify (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_auto (Told)     told = { 0 };
  g_autofree char  *remote_id = NULL;
  WbVerdict         verdict;

  if (!wb_shop_op_open (&op, operation, context, error) || !read_request (&op.at, &told, error))
    return WB_VERDICT_UNKNOWN;
  verdict = wb_shop_op_verdict (
      wb_shop_find_report (op.shop, &told.fulfilment, &remote_id, cancellable, error));
  if (verdict == WB_VERDICT_DONE)
    wb_shop_op_done (outcome, remote_id);
  return verdict;
}

const WbOperationHandler wb_report_handler = { WB_OP_REPORT, report_perform, report_verify,
                                               wb_shop_op_apply_nothing, NULL };

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the operations on a shop share: opening it, reading what is asked of it, and what its answer
 * means for the journal. */
#include "wb-op-shop.h"

/* Opens the shop of @operation and its request; to be cleared with wb_shop_op_clear(), also after a
 * failure. */
gboolean
wb_shop_op_open (WbShopOp *self, WbOperation *operation, gpointer desk, GError **error)
{
  self->shop =
      wb_desk_open_shop (desk, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  self->request = wb_operation_request (operation);
  self->at = wb_json_root (self->request, "request");
  return self->shop != NULL;
}

/* Frees what @self holds. */
void
wb_shop_op_clear (WbShopOp *self)
{
  g_clear_object (&self->shop);
  g_clear_pointer (&self->request, json_node_unref);
}

/* It was done, and the shop calls what came of it @remote_id (nullable). */
void
wb_shop_op_done (WbOutcome *outcome, const char *remote_id)
{
  outcome->reply = wb_json_make ("s:remote_id", remote_id, NULL);
}

/* What a finding means for the journal. What is done in part is sent again: that finishes what is
 * missing, and repeats nothing. */
WbVerdict
wb_shop_op_verdict (WbFinding finding)
{
  static const WbVerdict verdicts[] = {
    [WB_FINDING_UNKNOWN] = WB_VERDICT_UNKNOWN,
    [WB_FINDING_DONE] = WB_VERDICT_DONE,
    [WB_FINDING_NOT_DONE] = WB_VERDICT_NOT_DONE,
    [WB_FINDING_PARTLY] = WB_VERDICT_NOT_DONE,
  };

  return (guint) finding < G_N_ELEMENTS (verdicts) ? verdicts[finding] : WB_VERDICT_UNKNOWN;
}

/* For what ends with being done: the order as the shop has it now comes with the next sync. */
gboolean
wb_shop_op_apply_nothing (WbBook      *book,
                          WbOperation *operation,
                          WbJson      *reply,
                          const char  *document_hash,
                          gpointer     context,
                          GError     **error)
{
  return TRUE;
}

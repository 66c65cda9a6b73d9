/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: what the operations on a shop share. */
#pragma once

#include "wb-desk-private.h"

G_BEGIN_DECLS

/** WbShopOp: an operation on a shop, read and opened. @at: in @request. */
typedef struct
{
  WbShop   *shop;
  JsonNode *request;
  WbJson    at;
} WbShopOp;

gboolean  wb_shop_op_open (WbShopOp *self, WbOperation *operation, gpointer desk, GError **error);
void      wb_shop_op_clear (WbShopOp *self);
void      wb_shop_op_done (WbOutcome *outcome, const char *remote_id);
WbVerdict wb_shop_op_verdict (WbFinding finding);
gboolean  wb_shop_op_apply_nothing (WbBook      *book,
                                    WbOperation *operation,
                                    WbJson      *reply,
                                    const char  *document_hash,
                                    gpointer     context,
                                    GError     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbShopOp, wb_shop_op_clear)

G_END_DECLS

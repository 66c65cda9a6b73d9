/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the packing table share. */
#pragma once

#include "wb-pack.h"

G_BEGIN_DECLS

WbPackLine *wb_pack_find_line (WbPack *self, gint64 line_id);
GPtrArray  *wb_pack_list_evidence (WbPack *self, GError **error);
WbEvidence *wb_pack_evidence (
    WbPack *self, const char *kind, WbPackLine *line, gint64 quantity, const char *code);
WbPackLine *wb_pack_find_part (WbPack *self, gint64 line_id, gint64 product_id);
WbPackLine *wb_pack_apply (WbPack *self, WbEvidence *evidence);
gboolean    wb_pack_note (WbPack     *self,
                          const char *kind,
                          WbPackLine *line,
                          gint64      quantity,
                          const char *code,
                          GError    **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: the workspace's own templates. */
#pragma once

#include "wb-desk-private.h"
#include "wb-pick-list.h"
#include "wb-template.h"

G_BEGIN_DECLS

gboolean    wb_desk_needs_paper (WbDesk *self, gint64 shipment_id, const char *document);
const char *wb_paper_document (const char *kind);
GBytes     *wb_desk_make_copies (
        WbDesk *self, const char *kind, gint64 shipment_id, char ***warnings, GError **error);
GBytes *wb_desk_set_pick_list (
    WbDesk *self, WbPickList *list, WbInstant made, char ***warnings, GError **error);
gboolean
wb_desk_load_template (WbDesk *self, const char *kind, WbTemplate **template, GError **error);

G_END_DECLS

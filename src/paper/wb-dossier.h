/* SPDX-License-Identifier: GPL-3.0-or-later
 * A paper that proves something: an address, facts, then sections of tables, texts and pictures.
 * Words come as text. */
#pragma once

#include "wb-order-paper.h"
#include "wb-table-paper.h"

G_BEGIN_DECLS

typedef struct _WbDossier WbDossier;

WbDossier *wb_dossier_new (const char *title);
void       wb_dossier_free (WbDossier *self);
void       wb_dossier_set_address (WbDossier *self, const char *caption, gpointer address);
void       wb_dossier_add_fact (WbDossier *self, const char *label, const char *value);
void       wb_dossier_add_section (WbDossier *self, const char *heading);
void       wb_dossier_add_text (WbDossier *self, const char *text);
void       wb_dossier_begin_table (WbDossier *self, const WbTableColumn *columns, guint n);
void       wb_dossier_add_row (WbDossier *self, ...) G_GNUC_NULL_TERMINATED;
gboolean
wb_dossier_add_picture (WbDossier *self, const char *caption, GBytes *bytes, GError **error);
GBytes *wb_dossier_render (WbDossier          *self,
                           const WbOrderPaper *with,
                           WbInstant           created_at,
                           guint              *pages,
                           char             ***warnings,
                           GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDossier, wb_dossier_free)

G_END_DECLS

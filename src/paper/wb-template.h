/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a paper is made of: which blocks in which order, which facts and columns, in whose words.
 * Data of the program, and of the workspace where a merchant wants it otherwise. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/* Kinds of paper; each has a template of its name. */
#define WB_PAPER_SLIP     "slip"
#define WB_PAPER_GIFT     "gift"
#define WB_PAPER_RECEIPT  "receipt"
#define WB_PAPER_RETURN   "return"
#define WB_PAPER_INVOICE  "invoice"
#define WB_PAPER_PICK     "pick-list"
#define WB_PAPER_MANIFEST "manifest"
/* These are set in a form that no merchant may change. */
#define WB_PAPER_CN22    "cn22"
#define WB_PAPER_CN23    "cn23"
#define WB_PAPER_ADDRESS "address"

typedef struct _WbTemplate WbTemplate;

WbTemplate *wb_template_parse (const char *kind, GBytes *bytes, const char *name, GError **error);
WbTemplate *wb_template_load (const char *kind, const char *folder, GError **error);
const WbTemplate  *wb_template_built_in (const char *kind);
const char *const *wb_template_kinds (void);
void               wb_template_free (WbTemplate *self);

const char        *wb_template_get_kind (const WbTemplate *self);
const char        *wb_template_get_title (const WbTemplate *self);
const char *const *wb_template_get_blocks (const WbTemplate *self);
const char *const *wb_template_get_facts (const WbTemplate *self);
const char *const *wb_template_get_columns (const WbTemplate *self);
const char        *wb_template_get_message (const WbTemplate *self);
gboolean           wb_template_get_accent (const WbTemplate *self, double rgb[3]);
gboolean           wb_template_has_barcode (const WbTemplate *self);
const char *wb_template_get_word (const WbTemplate *self, const char *language, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTemplate, wb_template_free)

G_END_DECLS

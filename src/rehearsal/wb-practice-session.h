/* SPDX-License-Identifier: GPL-3.0-or-later
 * A practice workspace: the practice town in this process and an order book connected to it, both
 * kept in one folder. Opens nothing real: book, papers and windows say that it is practice. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/* What the connections, the box types and the book are called in there. */
#define WB_PRACTICE_SHOP      "Practice shop"
#define WB_PRACTICE_CARRIER   "Practice carrier"
#define WB_PRACTICE_GATEWAY   "Practice bank"
#define WB_PRACTICE_SMALL_BOX "Small box"
#define WB_PRACTICE_LARGE_BOX "Large box"
#define WB_PRACTICE_BOOK      "practice.waybill"
#define WB_PRACTICE_PAPERS    "papers"

typedef struct _WbPractice WbPractice;

WbPractice *wb_practice_open (const char *folder, guint orders, guint64 seed, GError **error);
WbDesk     *wb_practice_open_desk (WbPractice *self, const char *actor, GError **error);
const char *wb_practice_get_book_path (WbPractice *self);
const char *wb_practice_get_papers_path (WbPractice *self);
WbSecrets  *wb_practice_get_secrets (WbPractice *self);
char       *wb_practice_control (
          WbPractice *self, const char *method, const char *path, const char *body, GError **error);
void wb_practice_close (WbPractice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPractice, wb_practice_close)

G_END_DECLS

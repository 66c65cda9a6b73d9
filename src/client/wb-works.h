/* SPDX-License-Identifier: GPL-3.0-or-later
 * The small works of the client: each is one call of the engine, with an outcome in a sentence. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/* Data: wb_wish_new(). Result: (transfer full) text for a toast. */
extern const WbWorkKind wb_hold_work;            /* id: order; text: reason */
extern const WbWorkKind wb_release_work;         /* id: order */
extern const WbWorkKind wb_reprint_work;         /* id: shipment; text: document */
extern const WbWorkKind wb_void_work;            /* id: label */
extern const WbWorkKind wb_refresh_payment_work; /* id: order */
extern const WbWorkKind wb_resolve_work;         /* id: operation */
extern const WbWorkKind wb_decide_work;          /* id: operation; text: “yes” or “no” */
extern const WbWorkKind wb_recover_work;         /* no data: what a crash or a lost line has left */

/* Data: wb_wish_new(). Result: (transfer full) (element-type gint64): at most two orders, the
 * latest first. */
extern const WbWorkKind wb_find_work; /* text: as typed */

/* What one thing is wished of: its number, and a text (nullable). */
typedef struct
{
  gint64 id;
  char  *text;
} WbWish;

gpointer wb_wish_new (gint64 id, const char *text);
void     wb_wish_free (gpointer wish);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The next steps of the inbox: each is one call of the engine, with an outcome in a sentence. */
#pragma once

#include "wb-exceptions.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/* What a step is about, copied from the exception: the inbox may be read anew meanwhile. */
typedef struct
{
  gint64   order_id, operation_id, label_id, connection_id;
  gboolean happened; /* of a decision */
  char    *text;     /* a reason, a vendor's number */
} WbTodayAsk;

/* Data: a WbTodayAsk. Result: (transfer full) text for people. */
extern const WbWorkKind wb_today_resolve_work;
extern const WbWorkKind wb_today_retry_work;
extern const WbWorkKind wb_today_decide_work;
extern const WbWorkKind wb_today_release_work;
extern const WbWorkKind wb_today_hold_work;
extern const WbWorkKind wb_today_payment_work;
extern const WbWorkKind wb_today_capture_work;
extern const WbWorkKind wb_today_void_work;
extern const WbWorkKind wb_today_print_work;
extern const WbWorkKind wb_today_sync_work;
extern const WbWorkKind wb_today_tell_work;
extern const WbWorkKind wb_today_renew_work;

WbTodayAsk *wb_today_ask_new (const WbException *exception, const char *text);
WbTodayAsk *wb_today_ask_copy (const WbTodayAsk *ask);
void        wb_today_ask_free (gpointer ask);

G_END_DECLS

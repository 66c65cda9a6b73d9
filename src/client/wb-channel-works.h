/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a channel's own preferences have the engine do: the stock it is told, and what its statuses
 * mean. */
#pragma once

#include "wb-desk-channel.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/* How the telling of stock stands, and what would be told. */
typedef struct
{
  WbPublishPlan plan;
  gboolean      publishes;
  gint64        buffer;
} WbChannelStock;

/* Data: wb_channel_ask_new(). Result: WbChannelStock. */
extern const WbWorkKind wb_channel_stock_work;
/* Data: likewise; number: 1 on, 0 off. Result: text for a toast. */
extern const WbWorkKind wb_channel_publish_work;
/* Data: likewise; number: pieces kept back. Result: text for a toast. */
extern const WbWorkKind wb_channel_buffer_work;

/* problem: (nullable): why the shop could not be asked. */
typedef struct
{
  GPtrArray *views; /* of WbStatusView */
  char      *problem;
} WbChannelStatuses;

/* Data: wb_channel_ask_new(). Result: WbChannelStatuses. */
extern const WbWorkKind wb_channel_statuses_work;
/* Data: likewise; status and state. Result: text for a toast. */
extern const WbWorkKind wb_channel_explain_work;

/* read: its listings are read from the shop before. */
typedef struct
{
  gint64   channel_id, number;
  gboolean read;
  char    *status, *state;
} WbChannelAsk;

WbChannelAsk *wb_channel_ask_new (gint64 channel_id, gint64 number, gboolean read);
WbChannelAsk *wb_channel_ask_explain (gint64 channel_id, const char *status, const char *state);
void          wb_channel_stock_free (WbChannelStock *stock);
void          wb_channel_statuses_free (WbChannelStatuses *statuses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbChannelStock, wb_channel_stock_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbChannelStatuses, wb_channel_statuses_free)

G_END_DECLS

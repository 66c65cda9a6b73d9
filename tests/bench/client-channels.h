/* SPDX-License-Identifier: GPL-3.0-or-later
 * Twenty channels for a book, and their orders asked for all at once, each by a work of its own.
 */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

#define CLIENT_CHANNELS 20

typedef struct _ClientChannels ClientChannels;

int             client_channels_serve (guint orders);
ClientChannels *client_channels_new (const char *program, const char *book);
WbSecrets      *client_channels_get_secrets (ClientChannels *self);
void            client_channels_sync (ClientChannels *self, WbWorker *worker);
gboolean        client_channels_is_syncing (ClientChannels *self);
guint           client_channels_count_orders (ClientChannels *self);
void            client_channels_free (ClientChannels *self);

G_END_DECLS

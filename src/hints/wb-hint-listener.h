/* SPDX-License-Identifier: GPL-3.0-or-later
 * Listens for the messages that shops send by themselves, and has the channels read that they are
 * about. Polling stays the truth: what is missed here is read with the next sync. */
#pragma once

#include "wb-hint-polls.h"

G_BEGIN_DECLS

/* A message longer than this is refused, bytes. An order with a hundred lines has a tenth of it. */
#define WB_HINT_MOST_BYTES (1 << 20)

typedef struct _WbHintListener WbHintListener;

WbHintListener *wb_hint_listener_new (WbDesk *desk, WbDesk *poller, WbHintTell tell, gpointer data);
gboolean
wb_hint_listener_open (WbHintListener *self, const char *address, guint16 port, GError **error);
guint16 wb_hint_listener_get_port (WbHintListener *self);
void    wb_hint_listener_run (WbHintListener *self, GCancellable *cancellable);
void    wb_hint_listener_free (WbHintListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbHintListener, wb_hint_listener_free)

G_END_DECLS

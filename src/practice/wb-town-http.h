/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town's front door: one loopback port served from a thread of its own. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

WbTownHttp *wb_town_http_new (WbTown *town);
gboolean    wb_town_http_start (WbTownHttp *self, guint16 port, GError **error);
guint16     wb_town_http_port (WbTownHttp *self);
void        wb_town_http_call (WbTownHttp *self, GSourceFunc func, gpointer data);
void        wb_town_http_every (WbTownHttp *self, guint ms, GSourceFunc func, gpointer data);
void        wb_town_http_stop (WbTownHttp *self);
void        wb_town_http_free (WbTownHttp *self);

G_END_DECLS

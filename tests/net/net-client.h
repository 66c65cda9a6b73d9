/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of the client share: one that speaks to a raw server and only notes how long it
 * would have slept. */
#pragma once

#include "raw-server.h"
#include "wb-http.h"

WbHttp         *net_client (RawServer *server, WbHttpAuth *auth);
WbHttpResponse *net_get (WbHttp *http, const char *path, GError **error);
guint           net_n_pauses (void);
gint64          net_pause (guint nth);

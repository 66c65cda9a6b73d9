/* SPDX-License-Identifier: GPL-3.0-or-later
 * An HTTP server that does byte for byte what a test tells it, also what no proper server would. */
#pragma once

#include <gio/gio.h>

typedef enum
{
  RAW_KEEP,    /* reply, then wait for the next request on the same connection */
  RAW_CLOSE,   /* reply, then close; without a reply: cut after reading the request */
  RAW_HANG,    /* reply (maybe half), then nothing until the client goes away */
  RAW_DRIP,    /* reply, then one more byte every 50 ms without end */
  RAW_ENDLESS, /* reply, then as many bytes as the client takes */
} RawEnd;

typedef struct _RawServer RawServer;

RawServer  *raw_server_new (void);
void        raw_server_free (RawServer *self);
guint16     raw_server_port (RawServer *self);
char       *raw_server_url (RawServer *self, const char *path);
void        raw_server_add (RawServer *self, RawEnd end, const char *reply);
void        raw_server_add_bytes (RawServer *self, RawEnd end, GBytes *reply);
void        raw_server_add_json (RawServer *self, guint status, const char *json);
guint       raw_server_n_requests (RawServer *self);
guint       raw_server_n_lines (RawServer *self);
const char *raw_server_request (RawServer *self, guint nth);
char       *raw_server_header (RawServer *self, guint nth, const char *name);
char       *raw_server_target (RawServer *self, guint nth);
const char *raw_server_body (RawServer *self, guint nth);
void        raw_server_wait (RawServer *self, guint n_requests);
void        raw_server_wait_closed (RawServer *self, guint n_lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

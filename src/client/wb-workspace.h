/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a window works on: one book read in the main thread, a worker for the rest, and notice of
 * every change. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

#define WB_TYPE_WORKSPACE (wb_workspace_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkspace, wb_workspace, WB, WORKSPACE, GObject)

WbWorkspace *wb_workspace_new (const char *book_path, WbSecrets *secrets, const char *trace);
void wb_workspace_open_async (WbWorkspace *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean    wb_workspace_open_finish (WbWorkspace *self, GAsyncResult *result, GError **error);
gboolean    wb_workspace_is_open (WbWorkspace *self);
gboolean    wb_workspace_is_practice (WbWorkspace *self);
WbBook     *wb_workspace_get_book (WbWorkspace *self);
WbWorker   *wb_workspace_get_worker (WbWorkspace *self);
GPtrArray  *wb_workspace_get_connections (WbWorkspace *self);
const char *wb_workspace_get_connection_name (WbWorkspace *self, gint64 id);
void        wb_workspace_look (WbWorkspace *self);

G_END_DECLS

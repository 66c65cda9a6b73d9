/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop's webhooks: who wants to hear of what, and what is on its way to them. */
#pragma once

#include "wb-town-woo.h"

G_BEGIN_DECLS

WbTownHooks *wb_town_hooks_new (void);
void         wb_town_hooks_free (WbTownHooks *self);
void         wb_town_hooks_note (WbTown *town, const char *topic, gint64 order_id);
void         wb_town_hooks_run (WbTown *town, gboolean refused, WbTownOut *out);

void wb_town_woo_list_webhooks (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_post_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_put_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_delete_webhook (WbTown *town, WbTownRequest *request, WbTownReply *reply);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop's REST API, split by what it is about. */
#pragma once

#include "wb-town-shop.h"
#include "wb-town-woo-traps.h"

G_BEGIN_DECLS

void     wb_town_woo_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply);
gboolean wb_town_woo_authorise (WbTown *town, WbTownRequest *request, WbTownReply *reply);

/* Errors */
void wb_town_woo_fail (WbTownReply *reply, guint status, const char *code, const char *message);
void wb_town_woo_fail_param (WbTownReply *reply, const char *param, const char *message);
gboolean
        wb_town_woo_page (WbTownRequest *request, WbTownReply *reply, guint *page, guint *per_page);
void    wb_town_woo_page_headers (WbTown        *town,
                                  WbTownRequest *request,
                                  WbTownReply   *reply,
                                  guint          page,
                                  guint          per_page,
                                  guint          total,
                                  guint          shown);
GStrv   wb_town_woo_list_param (WbTownRequest *request, const char *name);
GArray *wb_town_woo_id_param (WbTownRequest *request, const char *name);
gboolean wb_town_woo_true_param (WbTownRequest *request, const char *name);

/* Writing */
void wb_town_woo_write_date (WbTown *town, WbTownOut *out, const char *name, WbInstant instant);
void wb_town_woo_write_dates (WbTown *town, WbTownOut *out, const char *name, WbInstant instant);
void wb_town_woo_write_order (WbTown            *town,
                              WbTownOut         *out,
                              const WbTownOrder *order,
                              const char *const *fields);
void wb_town_woo_write_meta (WbTownOut *out, const char *name, GPtrArray *rows);
void wb_town_woo_write_line (
    WbTown *town, WbTownOut *out, const WbTownItem *line, guint rate, gboolean refunded);
void wb_town_woo_write_links (
    WbTown *town, WbTownOut *out, const char *self, const char *collection, const char *up);
char        *wb_town_woo_take_meta (WbTown *town, GPtrArray *rows, JsonArray *given);
WbTownOrder *wb_town_woo_order_for (WbTown        *town,
                                    WbTownRequest *request,
                                    WbTownReply   *reply,
                                    gboolean       to_change);

/* Handlers */
void
wb_town_woo_edit_order (WbTown *town, WbTownOrder *order, JsonObject *given, const char *status);
void wb_town_woo_list_orders (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_order (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_put_order (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_delete_order (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_batch_orders (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_list_notes (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_note (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_post_note (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_delete_note (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_list_refunds (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_post_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_delete_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_list_fulfillments (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_post_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_put_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_delete_fulfillment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_list_products (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_product (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_put_product (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_list_variations (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_variation (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_put_variation (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_capture_authorization (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_cancel_authorization (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_payment_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_index (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_settings (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_setting (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_post_order (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_product_setting (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_totals (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_woo_get_currency (WbTown *town, WbTownRequest *request, WbTownReply *reply);

gboolean wb_town_woo_known_status (const char *status);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Waves, picks and evidence in the book. */
#pragma once

#include "wb-book.h"
#include "wb-wave.h"

G_BEGIN_DECLS

WbWave    *wb_book_get_wave (WbBook *self, gint64 id, GError **error);
GPtrArray *wb_book_list_waves (WbBook *self, const char *state, GError **error);
GPtrArray *wb_book_list_wave_orders (WbBook *self, gint64 wave_id, GError **error);
WbWaveOrder *
wb_book_find_wave_order (WbBook *self, gint64 wave_id, gint64 order_id, GError **error);
WbWaveOrder *wb_book_find_tote (WbBook *self, const char *tote, GError **error);
GPtrArray   *wb_book_list_picks (WbBook *self, gint64 wave_id, gint64 order_id, GError **error);
WbPick      *wb_book_get_pick (WbBook *self, gint64 id, GError **error);
GPtrArray   *wb_book_find_picks (
      WbBook *self, gint64 wave_id, gint64 product_id, const char *sku, GError **error);
GPtrArray *wb_book_find_kit_picks (WbBook *self, gint64 wave_id, gint64 kit_id, GError **error);
gint64
wb_book_find_order_wanting (WbBook *self, gint64 product_id, const char *sku, GError **error);
gboolean wb_book_is_in_wave (WbBook *self, gint64 order_id);
gboolean wb_book_add_picked (WbBook *self, gint64 line_id, gint64 quantity, GError **error);
gint64   wb_book_count_picks_left (WbBook *self, gint64 wave_id, gint64 order_id);
GPtrArray          *
wb_book_list_evidence (WbBook *self, gint64 order_id, gint64 shipment_id, GError **error);
gboolean wb_book_bind_evidence (WbBook *self, gint64 order_id, gint64 shipment_id, GError **error);
gboolean wb_book_release_evidence (WbBook *self, gint64 shipment_id, GError **error);

G_END_DECLS

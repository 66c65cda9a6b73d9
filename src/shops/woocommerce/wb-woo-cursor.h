/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a WooCommerce shop has been read: a small JSON text kept with the connection. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

/* Rows that could not be read are asked for again at each sync, this many at most. */
#define WB_WOO_MOST_AGAIN 50

/**
 * WbWooCursor: all instants are by the shop's own clock but @swept, which is ours.
 * @since: everything modified up to then has been read; 0: nothing yet
 * @until: what @since becomes when the walk under way is finished; 0: no walk under way
 * @position: rows of that walk passed so far, in the order of their ids
 * @last_id: the highest id among them
 * @offset: the shop's clock minus ours when @since was taken, seconds; @until_offset: the same of
 * @until
 * @newest, @newest_id, @total: the newest modification of the shop, its order, and how many orders
 * there were, when @since was taken; @settled: 1: by then the newest was so old that nothing else
 * can be dated as it is
 * @swept: when all open orders were read regardless of their date
 * @again: (element-type gint64): orders whose rows could not be read
 */
typedef struct
{
  WbInstant since;
  WbInstant until;
  gint64    position;
  gint64    last_id;
  gint64    offset;
  gint64    until_offset;
  WbInstant swept;
  WbInstant newest;
  gint64    newest_id;
  gint64    total;
  gint64    settled;
  GArray   *again;
} WbWooCursor;

gboolean  wb_woo_cursor_init (WbWooCursor *cursor, const char *text, GError **error);
void      wb_woo_cursor_clear (WbWooCursor *cursor);
char     *wb_woo_cursor_text (const WbWooCursor *cursor);
void      wb_woo_cursor_begin (WbWooCursor *cursor, WbInstant mark, gint64 offset);
void      wb_woo_cursor_finish (WbWooCursor *cursor);
void      wb_woo_cursor_doubt (WbWooCursor *cursor, gint64 order_id);
void      wb_woo_cursor_trust (WbWooCursor *cursor, gint64 order_id);
WbInstant wb_woo_cursor_after (const WbWooCursor *cursor, gint64 offset_now);
void      wb_woo_cursor_settle (
         WbWooCursor *cursor, WbInstant newest, gint64 newest_id, gint64 total, WbInstant shop_now);
gboolean
wb_woo_cursor_is_same (const WbWooCursor *cursor, WbInstant newest, gint64 newest_id, gint64 total);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbWooCursor, wb_woo_cursor_clear)

G_END_DECLS

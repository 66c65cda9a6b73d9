/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a Vendure shop has been read: a small JSON text kept with the connection. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

/**
 * WbVendureCursor: all dates are texts as the shop wrote them, by its own clock.
 * @placed: orders placed up to then have been read; empty: nothing yet
 * @updated: orders dated up to then have been read; empty: nothing yet
 * @complete: the first import is finished
 * @swept: when closed orders were last read once more, by our clock
 * @standing: (element-type utf8 utf8): digests of the orders that are not finished, by id
 * @again: (element-type utf8): orders that could not be read
 */
typedef struct
{
  char       *placed;
  char       *updated;
  gboolean    complete;
  WbInstant   swept;
  GHashTable *standing;
  GPtrArray  *again;
} WbVendureCursor;

gboolean wb_vendure_cursor_init (WbVendureCursor *cursor, const char *text, GError **error);
void     wb_vendure_cursor_clear (WbVendureCursor *cursor);
char    *wb_vendure_cursor_text (const WbVendureCursor *cursor);
void     wb_vendure_cursor_doubt (WbVendureCursor *cursor, const char *id);
void     wb_vendure_cursor_trust (WbVendureCursor *cursor, const char *id);
void     wb_vendure_cursor_note (WbVendureCursor *cursor, const char *id, char *digest);
char    *wb_vendure_cursor_before (const char *date, gint64 ms);
void     wb_vendure_cursor_move (char **date, const char *seen, WbInstant latest);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbVendureCursor, wb_vendure_cursor_clear)

G_END_DECLS

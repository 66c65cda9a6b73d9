/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of files of orders that were not imported: kept aside with their line and reason. */
#pragma once

#include "wb-book.h"

G_BEGIN_DECLS

/**
 * WbOrderAside: one row.
 * @number: (nullable): the order it belongs to
 * @raw: (nullable): as it stands in the file
 */
typedef struct
{
  gint64    channel_id;
  char     *file;
  guint     line;
  char     *number;
  char     *reason;
  char     *raw;
  WbInstant set_at;
} WbOrderAside;

gboolean wb_book_set_order_aside (WbBook *self, const WbOrderAside *aside, GError **error);
gboolean
wb_book_clear_order_asides (WbBook *self, gint64 channel_id, const char *file, GError **error);
gboolean
wb_book_drop_order_aside (WbBook *self, gint64 channel_id, const char *number, GError **error);
GPtrArray *wb_book_list_order_asides (WbBook *self, gint64 channel_id, GError **error);
void       wb_order_aside_free (WbOrderAside *aside);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrderAside, wb_order_aside_free)

G_END_DECLS

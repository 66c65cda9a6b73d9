/* SPDX-License-Identifier: GPL-3.0-or-later
 * The orders of a batch as a list of any length: an order is read when its line is looked at. */
#pragma once

#include "wb-book.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_TYPE_BATCH_LIST (wb_batch_list_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchList, wb_batch_list, WB, BATCH_LIST, GObject)

WbBatchList *wb_batch_list_new (WbBook *book, GArray *ids);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the windows for orders that no shop brings have the engine do. */
#pragma once

#include "wb-desk-own.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/* Data: (transfer full) WbOrdersFileWish. Results: WbOrdersPreview; text for people. */
extern const WbWorkKind wb_orders_preview_work;
extern const WbWorkKind wb_orders_import_work;

/* Data: (transfer full) WbOwnOrder. Result: text: the order's number in the book. */
extern const WbWorkKind wb_own_order_work;

G_END_DECLS

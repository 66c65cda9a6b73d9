/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where orders and stock meet: orders get what is there, parcels take it along, returns bring it
 * back, and what the goods had cost is written into the ledger. The faces call wb-stock.h for the
 * rest. */
#pragma once

#include "wb-desk.h"
#include "wb-stock.h"

G_BEGIN_DECLS

/* ---- for the faces ---- */

gboolean wb_desk_take_back (WbDesk     *self,
                            gint64      order_line_id,
                            gint64      quantity,
                            gboolean    restock,
                            const char *reason,
                            GError    **error);

/* ---- products and levels as CSV (wb-desk-products-file.c) ---- */

/** WbProductChange: what one row of a file changes: @line: of the file; @name: SKU, else the name;
 * @what: “weight_g: 100 → 120, on_hand A-1: 3 → 5”, columns called as in the file. */
typedef struct
{
  guint    line;
  gboolean is_new;
  char    *name, *what;
} WbProductChange;

/**
 * WbProductsImport: what a file of products brought.
 * @read, @added, @changed: rows and products; @counted: levels that were something else
 * @problems: (element-type utf8): rows that were left out, with line and reason
 * @changes: (element-type WbProductChange): what the others changed, row by row
 */
typedef struct
{
  gint64     read, added, changed, counted;
  GPtrArray *problems, *changes;
} WbProductsImport;

gboolean wb_desk_import_products (WbDesk           *self,
                                  const char       *path,
                                  WbProductsImport *result,
                                  GCancellable     *cancellable,
                                  GError          **error);
gboolean wb_desk_try_products (WbDesk           *self,
                               const char       *path,
                               WbProductsImport *result,
                               GCancellable     *cancellable,
                               GError          **error);
char    *wb_desk_export_products (WbBook *book, GError **error);
void     wb_products_import_clear (WbProductsImport *result);

/* ---- for the engine's own files; inside their transactions ---- */

gboolean wb_desk_note_stock (WbBook *book, gint64 order_id, const char *actor, GError **error);
gboolean wb_desk_serve_stock (WbBook *book, gint64 order_id, const char *actor, GError **error);
gboolean wb_desk_stock_is_there (WbDesk       *self,
                                 gint64        order_id,
                                 const gint64 *line_ids,
                                 const gint64 *quantities,
                                 guint         n,
                                 GError      **error);
gboolean wb_desk_ship_stock (WbDesk       *self,
                             WbShipment   *shipment,
                             const gint64 *line_ids,
                             const gint64 *quantities,
                             guint         n,
                             GError      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbProductsImport, wb_products_import_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders that no shop brings: out of spreadsheets, by phone, at the counter; and orders as a
 * spreadsheet. */
#pragma once

#include "wb-book-order-aside.h"
#include "wb-desk.h"

G_BEGIN_DECLS

/* ---- out of a file (wb-desk-orders-file.c) ---- */

/**
 * WbOrdersFileWish: how a person wants a file read; everything may be left out but path and
 * channel.
 * @channel: the name of a channel of provider “csv”: how its columns are read is remembered by it
 * @currency, @country: of rows without one; @dates: “ymd”, “dmy” or “mdy”; @decimal: “.” or “,”
 * @columns: (element-type utf8 utf8): what a column is → its head; these win over what was
 * remembered and guessed; an empty head: no column
 */
typedef struct
{
  char       *path, *channel, *currency, *country, *dates, *decimal;
  GHashTable *columns;
} WbOrdersFileWish;

/**
 * WbOrdersPreview: what a file looks like before it is imported; nothing is written.
 * @heads: (element-type utf8); @columns: (element-type utf8 utf8): what each is taken to be → head
 * @remembered: the columns were remembered
 * @problem: (nullable): why it cannot be imported like this, with the place; then what follows is
 * empty
 * @orders: (element-type WbOrder): all of them; @rows: of the file
 * @asides: (element-type WbOrderAside): rows that would not be imported
 */
typedef struct
{
  char       *name, *encoding, *currency;
  char        delimiter, decimal;
  const char *dates;
  gboolean    dates_open, remembered;
  guint       head_line, rows;
  GPtrArray  *heads;
  GHashTable *columns;
  char       *problem;
  GPtrArray  *orders, *asides;
} WbOrdersPreview;

/** WbOrdersImport: what became of a file. @asides: (element-type WbOrderAside) */
typedef struct
{
  char        *name;
  guint        rows;
  WbSyncResult orders;
  GPtrArray   *asides;
} WbOrdersImport;

/* What columns may be (wb-desk-orders-cells.c). */
guint       wb_orders_n_cells (void);
const char *wb_orders_cell_id (guint index);
const char *wb_orders_cell_title (guint index);

WbOrdersFileWish *wb_orders_file_wish_new (const char *path, const char *channel);
void              wb_orders_file_wish_free (WbOrdersFileWish *wish);
WbOrdersPreview  *wb_desk_preview_orders (WbBook                 *book,
                                          const WbOrdersFileWish *wish,
                                          GCancellable           *cancellable,
                                          GError                **error);
void              wb_orders_preview_free (WbOrdersPreview *preview);
gboolean          wb_desk_import_orders (WbDesk                 *self,
                                         const WbOrdersFileWish *wish,
                                         WbSyncProgress          progress,
                                         gpointer                data,
                                         WbOrdersImport         *result,
                                         GCancellable           *cancellable,
                                         GError                **error);
void              wb_orders_import_clear (WbOrdersImport *result);

/* ---- as a file (wb-desk-orders-export.c) ---- */

GBytes *wb_desk_export_orders (WbBook             *book,
                               const WbOrderQuery *query,
                               GCancellable       *cancellable,
                               GError            **error);

/* ---- taken by us (wb-desk-own-order.c) ---- */

/**
 * WbOwnOrder: an order by phone or at the counter.
 * @id: (nullable): the caller's own name for this wish: the same one is taken once
 * @customer_id: 0, or a known customer: what is not said is taken from his latest order
 * @ship_to: (nullable): where it goes
 * @paid: (nullable): how it was paid, “cash”; %NULL: not yet
 * @before_payment: it is sent although it is not paid: on account
 * @shipping: minor units
 * @lines: (element-type WbOrderLine): sku or name, quantity, and total for all pieces, taxes in it
 */
typedef struct
{
  char      *id;
  gint64     customer_id;
  char      *name, *email, *phone, *note, *service, *paid;
  char       currency[4];
  gboolean   before_payment;
  gint64     shipping;
  WbAddress *ship_to;
  GPtrArray *lines;
} WbOwnOrder;

WbOwnOrder *wb_own_order_new (void);
WbOwnOrder *wb_own_order_parse (const char *json, GError **error);
gboolean    wb_own_order_add_line (WbOwnOrder *order,
                                   const char *sku,
                                   const char *name,
                                   gint64      quantity,
                                   const char *price,
                                   GError    **error);
void        wb_own_order_free (WbOwnOrder *order);
gint64      wb_desk_add_own_order (WbDesk *self, WbOwnOrder *order, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrdersFileWish, wb_orders_file_wish_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrdersPreview, wb_orders_preview_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbOrdersImport, wb_orders_import_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOwnOrder, wb_own_order_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the Pack page has done elsewhere: finding an order, counting a scan, weighing, choosing a
 * box, shipping. */
#pragma once

#include "wb-pack.h"
#include "wb-ship-works.h"

G_BEGIN_DECLS

/**
 * WbPackLook: the table as it stands after something was done.
 * @pack: (nullable): the order on it; %NULL: none was found, @words say why
 * @scan, @words, @line_id: what the last scan meant, where there was one
 */
typedef struct
{
  WbPack *pack;
  WbScan  scan;
  char   *words;
  gint64  line_id;
} WbPackLook;

/* Data: wb_pack_ask_new(). Result: WbPackLook. */
extern const WbWorkKind wb_pack_find_work; /* text: a scan at the empty table */
extern const WbWorkKind wb_pack_open_work; /* order */
extern const WbWorkKind
    wb_pack_scan_work; /* order; text: the code; number, product: whose serial is wanted */
extern const WbWorkKind wb_pack_count_work; /* order; number: the line, product: one by hand */
extern const WbWorkKind wb_pack_undo_work;  /* order */
extern const WbWorkKind wb_pack_weigh_work; /* order; number: grams */
extern const WbWorkKind wb_pack_box_work;   /* order; text: the package */

/* Waits for a weight that rests on the USB scale. Data: wb_pack_ask_new(), number: what lay there
 * before. Result: gint64, grams; 0: there is no scale. */
extern const WbWorkKind wb_pack_scale_work;

/**
 * WbPackNext: what waits for the table.
 * @orders: (element-type WbOrder): those that can be packed next
 * @waiting: how many are to be packed in all
 */
typedef struct
{
  GPtrArray *orders;
  gint64     waiting;
} WbPackNext;

extern const WbWorkKind wb_pack_next_work; /* no data; result: WbPackNext */

gpointer wb_pack_ask_new (gint64 order_id, const char *text, gint64 number, gint64 product_id);
void     wb_pack_look_free (WbPackLook *look);
void     wb_pack_next_free (WbPackNext *next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPackLook, wb_pack_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPackNext, wb_pack_next_free)

G_END_DECLS

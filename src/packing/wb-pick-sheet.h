/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is to be fetched on a walk: one line an article and bin, split by the orders it is for. */
#pragma once

#include "wb-book-waves.h"

G_BEGIN_DECLS

/* What one order wants of a line. */
typedef struct
{
  gint64      pick_id, order_id;
  const char *number, *tote; /* of the order; tote: NULL: none */
  gint64      wanted, picked, missing;
  gboolean    out; /* nobody walks for the order any more */
} WbPickPart;

typedef struct
{
  char      *bin, *name, *sku, *options;
  GPtrArray *parts; /* of WbPickPart, in the order in which they are served */
} WbPickLine;

/**
 * WbPickSheet: a wave as it is walked.
 * @orders: (element-type WbWaveOrder)
 * @lines: (element-type WbPickLine): in walking order
 */
typedef struct
{
  WbWave     *wave;
  GPtrArray  *orders, *lines;
  GHashTable *numbers; /* order → its number */
  GHashTable *totes;   /* order → its tote */
  GHashTable *parts;   /* pick → WbPickPart */
} WbPickSheet;

WbPickSheet *wb_pick_sheet_read (WbBook *book, gint64 wave_id, GError **error);
void         wb_pick_sheet_free (WbPickSheet *self);
void wb_pick_sheet_take (WbPickSheet *self, WbWave *wave, GPtrArray *orders, GPtrArray *picks);
const char *wb_pick_sheet_number (WbPickSheet *self, gint64 order_id);
gint64      wb_pick_line_wanted (const WbPickLine *line);
gint64      wb_pick_line_picked (const WbPickLine *line);
gint64      wb_pick_line_left (const WbPickLine *line);
gint64      wb_pick_line_missing (const WbPickLine *line);
gint64      wb_pick_part_left (const WbPickPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPickSheet, wb_pick_sheet_free)

G_END_DECLS

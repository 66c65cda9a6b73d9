/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether pieces go into a box, and where each of them lies: pure arithmetic. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbBoxPiece: one piece; sizes in millimetres, weight in grams.
 * @upright: its height stays vertical
 * @fragile: nothing may lie on it
 * @tag: the caller's
 */
typedef struct
{
  gint64   length, width, height;
  gint64   weight;
  gboolean upright;
  gboolean fragile;
  gint64   tag;
} WbBoxPiece;

/**
 * WbBoxSpace: the inside of a box; sizes in millimetres.
 * @most_weight: grams, 0: any
 */
typedef struct
{
  gint64 length, width, height;
  gint64 most_weight;
} WbBoxSpace;

/**
 * WbBoxPlace: where a piece lies.
 * @piece: its index; @x, @y, @z: its corner next to the origin; @length, @width, @height: its sizes
 * as it is turned there
 */
typedef struct
{
  guint  piece;
  gint64 x, y, z;
  gint64 length, width, height;
} WbBoxPlace;

GArray *wb_box_fit (const WbBoxSpace *space, const WbBoxPiece *pieces, guint n, GArray **left);
gboolean
wb_box_fits_all (const WbBoxSpace *space, const WbBoxPiece *pieces, guint n, GArray **places);
GPtrArray *
wb_box_fill_many (const WbBoxSpace *space, const WbBoxPiece *pieces, guint n, GError **error);
gint64 wb_box_volume (const WbBoxPiece *pieces, guint n);
gint64 wb_box_dimensional_weight (gint64 length, gint64 width, gint64 height, gint64 divisor);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a carrier's ZPL says: how many labels, how large, which texts, codes and graphics. It is
 * looked at, never changed. */
#pragma once

#include "wb-bitmap.h"

G_BEGIN_DECLS

/* @code: (nullable): the command of a barcode (“BC”), %NULL for printed text. */
typedef struct
{
  char *code;
  char *text;
} WbZplField;

/* @x, @y: dots from the label's top left. */
typedef struct
{
  guint     x, y;
  WbBitmap *bitmap;
} WbZplGraphic;

/**
 * WbZpl:
 * @labels: formats (^XA to ^XZ) that print something
 * @whole: every ^XA has its ^XZ
 * @width, @length: dots by ^PW and ^LL; 0: not told
 * @max_x, @max_y: the furthest dots at which something begins or a line or graphic ends
 * @fields: (element-type WbZplField)
 * @graphics: (element-type WbZplGraphic): those of ^GF and ~DG that could be read
 */
typedef struct
{
  guint      labels;
  gboolean   whole;
  guint      width, length;
  guint      max_x, max_y;
  GPtrArray *fields;
  GPtrArray *graphics;
} WbZpl;

WbZpl    *wb_zpl_read (GBytes *bytes);
void      wb_zpl_free (WbZpl *self);
WbBitmap *wb_zpl_read_graphic (const char *data, gsize length, guint total, guint stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZpl, wb_zpl_free)

G_END_DECLS

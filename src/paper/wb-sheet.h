/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sheets of labels: labels put at their own size onto A4 or Letter sheets, also on begun ones. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/* A layout of the table; lengths in points. Static. */
typedef struct
{
  const char *id;
  const char *title;
  double      width, height;
  double      label_width, label_height;
  double      left, top;
  double      pitch_x, pitch_y;
  guint       columns, rows;
} WbSheetLayout;

const WbSheetLayout *wb_sheet_find (const char *id);
const WbSheetLayout *wb_sheet_get (guint index);

/**
 * WbSheetAsk:
 * @layout: “a4-4”
 * @start: the first free place of the first sheet, from 1, row by row
 * @marks: thin marks to cut along
 */
typedef struct
{
  const char *layout;
  guint       start;
  gboolean    marks;
} WbSheetAsk;

GBytes *wb_sheet_render (
    const WbSheetAsk *ask, GPtrArray *labels, gint64 created_at, guint *sheets, GError **error);

GBytes *wb_sheet_hold (GBytes  *form,
                       double   width_mm,
                       double   height_mm,
                       double   sheet_width_mm,
                       double   sheet_height_mm,
                       GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label made ready for one printer: passed through untouched where it fits, else drawn at the
 * printer's own dots. Never scaled; turned or cut out only as somebody who saw it has accepted. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/* What a printer understands. */
typedef enum
{
  WB_LABEL_LANGUAGE_PDF, /* a queue that takes documents */
  WB_LABEL_LANGUAGE_PNG,
  WB_LABEL_LANGUAGE_RASTER, /* PWG raster, eight bits of grey */
  WB_LABEL_LANGUAGE_ZPL,
  WB_LABEL_LANGUAGE_EPL2,
  WB_LABEL_LANGUAGE_TSPL,
} WbLabelLanguage;

/* How the printer finds where a label ends. */
typedef enum
{
  WB_LABEL_MARK_UNSET, /* as the printer is set */
  WB_LABEL_MARK_GAP,
  WB_LABEL_MARK_BLACK,
  WB_LABEL_MARK_CONTINUOUS,
} WbLabelMark;

/* What it does with a label that has come out. */
typedef enum
{
  WB_LABEL_AFTER_UNSET,
  WB_LABEL_AFTER_TEAR_OFF,
  WB_LABEL_AFTER_PEEL,
  WB_LABEL_AFTER_CUT,
} WbLabelAfter;

/**
 * WbLabelTarget: the printer and its roll. Zeroes but for the first four mean “as the printer is
 * set”.
 * @dpi: dots an inch of the printer (203, 300, 600)
 * @width, @height: dots of one label, @height in the direction it comes out
 * @rotation: degrees clockwise by which everything for this printer is turned (0, 90, 180, 270):
 * a setting of the printer, not of a label
 * @nudge_x, @nudge_y: dots to the right and down (negative: left, up)
 * @gap: dots between two labels, or of the black mark; 0: 3 mm where a language must say it
 * @darkness: in the language's own scale (ZPL 0–30, EPL2 and TSPL 0–15); 0: as the printer is set
 * @speed: inches a second; 0: as the printer is set
 * @no_z64: a ZPL printer too old for compressed graphics (ASCII run-length is used then)
 */
typedef struct
{
  WbLabelLanguage language;
  guint           dpi;
  guint           width, height;
  guint           rotation;
  int             nudge_x, nudge_y;
  WbLabelMark     mark;
  guint           gap;
  guint           darkness;
  guint           speed;
  WbLabelAfter    after;
  gboolean        no_z64;
} WbLabelTarget;

/**
 * WbLabelChange: what a person who saw the preview has accepted for a label that does not fit as it
 * is. Scaling of a size that is known cannot be said.
 * @page: the only page to print, from 1; 0: all pages
 * @turn: degrees clockwise: 0, 90, 180, 270
 * @x, @y: micrometres from the top left of the turned page to the top left of the label that comes
 * out; negative: white margin
 * @dpi: dots an inch of a picture whose size nobody but that person knows; 0: it is known
 * @as_is: the label's own language goes to the printer although its size was doubted (ZPL only)
 */
typedef struct
{
  guint    page;
  guint    turn;
  int      x, y;
  guint    dpi;
  gboolean as_is;
} WbLabelChange;

/* @format: WB_PRINT_PDF, WB_PRINT_PNG or WB_PRINT_ZPL (wb-printing.h). @accepted: NULL: none. */
gboolean wb_label_prepare (GBytes              *bytes,
                           const char          *format,
                           const WbLabelTarget *target,
                           const WbLabelChange *accepted,
                           GBytes             **out_bytes,
                           const char         **mime,
                           GError             **error);
gboolean wb_label_propose (GBytes              *bytes,
                           const char          *format,
                           const WbLabelTarget *target,
                           WbLabelChange       *change,
                           char               **words,
                           GError             **error);
GBytes  *wb_label_preview (GBytes              *bytes,
                           const char          *format,
                           const WbLabelTarget *target,
                           const WbLabelChange *change,
                           GError             **error);

gboolean
wb_label_target_set_media (WbLabelTarget *target, const char *media, guint dpi, GError **error);
char    *wb_label_change_to_text (const WbLabelChange *change);
gboolean wb_label_change_parse (const char *text, WbLabelChange *change, GError **error);

G_END_DECLS

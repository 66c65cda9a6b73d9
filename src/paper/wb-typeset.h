/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text on paper: styles, layouts that are laid out once and used again, and a list of what no font
 * could show. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum
{
  WB_STYLE_TITLE,
  WB_STYLE_SENDER,
  WB_STYLE_ADDRESS,
  WB_STYLE_BODY,
  WB_STYLE_STRONG,
  WB_STYLE_SMALL,
  WB_STYLE_HEADING,
  WB_STYLE_FINE,
  WB_STYLE_MARK,
} WbTypeStyle;

#define WB_N_STYLES (WB_STYLE_MARK + 1)

/* Where a text stands in its box: START is the side where reading begins. */
typedef enum
{
  WB_SIDE_START,
  WB_SIDE_CENTER,
  WB_SIDE_END,
} WbSide;

typedef struct _WbTypeset WbTypeset;

WbTypeset   *wb_typeset_new (void);
void         wb_typeset_free (WbTypeset *self);
void         wb_typeset_set_accent (WbTypeset *self, const double rgb[3]);
void         wb_typeset_begin (WbTypeset *self, const char *language, gboolean mirrored);
PangoLayout *wb_typeset_set (
    WbTypeset *self, WbTypeStyle style, double width, guint max_lines, const char *text);
PangoLayout *wb_typeset_keep (
    WbTypeset *self, WbTypeStyle style, double width, guint max_lines, const char *text);
void   wb_typeset_draw (WbTypeset   *self,
                        cairo_t     *cr,
                        WbTypeStyle  style,
                        PangoLayout *layout,
                        double       x,
                        double       y,
                        double       width,
                        WbSide       side);
void   wb_typeset_warn (WbTypeset *self, const char *warning);
char **wb_typeset_dup_warnings (WbTypeset *self);

gboolean wb_text_is_right_to_left (const char *text);

double wb_layout_width (PangoLayout *layout);
double wb_layout_height (PangoLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTypeset, wb_typeset_free)

G_END_DECLS

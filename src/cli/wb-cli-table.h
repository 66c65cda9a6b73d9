/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables for people: columns aligned by how wide the text is on a terminal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbColumn:
 * @title: translated; %NULL-titled entry ends the columns
 * @right: numbers and money stand to the right
 * @most: cells wider than this are cut with “…”; 0: never
 */
typedef struct
{
  const char *title;
  gboolean    right;
  guint       most;
} WbColumn;

typedef struct _WbTable WbTable;

WbTable *wb_table_new (const WbColumn *columns);
void     wb_table_add (WbTable *self, ...);
void     wb_table_print (WbTable *self);
void     wb_table_free (WbTable *self);
guint    wb_cli_width (const char *text);
void     wb_cli_pad (int columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTable, wb_table_free)

G_END_DECLS

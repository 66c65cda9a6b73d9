/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plain table over any number of pages: a statement to file away. Words and numbers come as text.
 */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

#define WB_TABLE_MOST_COLUMNS 12

/**
 * WbTableColumn: @width: share of the page's width; @end: stands at the end side, as numbers do
 */
typedef struct
{
  const char *title;
  guint       width;
  gboolean    end;
} WbTableColumn;

/**
 * WbTablePaper: all borrowed.
 * @subtitle: one line under the title
 * @sums: (element-type GStrv): rows of the upper table; @rows: of the lower one
 * @foot: stands on every page beside its number; “%u” twice: page and pages
 * @paper: %NULL or “A4”: A4; “Letter”; lying on its long side
 * @created_at: goes into the document: the same content gives the same bytes
 */
typedef struct
{
  const char          *title, *subtitle, *foot, *mark, *paper, *language;
  const WbTableColumn *sum_columns, *columns;
  guint                n_sum_columns, n_columns;
  GPtrArray           *sums, *rows;
  gint64               created_at;
} WbTablePaper;

GBytes *wb_table_paper_render (const WbTablePaper *paper, guint *pages, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Holds our order book against the town's own books: labels and costs, captures and amounts, each
 * report exactly once. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/**
 * WbPracticeRow: what our book says of one order to which anything was done.
 * @labels: bought, voided ones included
 * @captures: done
 * @reports: done
 */
typedef struct
{
  gint64  order_id;
  char   *number;
  char   *remote_id;
  char   *customer;
  guint   labels;
  WbMoney label_cost;
  guint   captures;
  WbMoney captured;
  guint   reports;
} WbPracticeRow;

/**
 * WbPracticeBooks:
 * @rows: (element-type WbPracticeRow): by number of the order
 * @differences: (element-type utf8): sentences; empty when the books agree to the cent
 */
typedef struct
{
  GPtrArray *rows;
  GPtrArray *differences;
  guint      labels;
  guint      captures;
  guint      reports;
} WbPracticeBooks;

gboolean             wb_practice_compare_books (WbBook          *book,
                                                gint64           channel_id,
                                                const char      *town_books,
                                                WbPracticeBooks *books,
                                                GError         **error);
void                 wb_practice_books_clear (WbPracticeBooks *books);
const WbPracticeRow *wb_practice_books_find (const WbPracticeBooks *books, gint64 order_id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPracticeBooks, wb_practice_books_clear)

G_END_DECLS

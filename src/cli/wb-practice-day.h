/* SPDX-License-Identifier: GPL-3.0-or-later
 * One day's work in the practice town, with the mishaps that a day brings. */
#pragma once

#include "wb-cli.h"

G_BEGIN_DECLS

/**
 * WbDayRow: what became of one order of the day.
 * @trouble: (nullable): why it stopped, a sentence
 */
typedef struct
{
  gint64 order_id;
  char  *trouble;
} WbDayRow;

typedef void (*WbDayProgress) (guint done, guint total, gpointer data);

GPtrArray *wb_practice_work_day (WbPractice   *practice,
                                 WbDesk       *desk,
                                 guint         orders,
                                 WbDayProgress progress,
                                 gpointer      data,
                                 GCancellable *cancellable,
                                 GError      **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The periods of the Money page, by the calendar where the merchant is. */
#pragma once

#include "wb-book-money.h"

G_BEGIN_DECLS

typedef enum
{
  WB_PERIOD_MONTH,
  WB_PERIOD_LAST_MONTH,
  WB_PERIOD_QUARTER,
  WB_PERIOD_YEAR,
  WB_PERIOD_DAYS, /* from – to */
  WB_PERIOD_ALL,
} WbPeriod;

gboolean wb_period_set (WbMoneyQuery *query,
                        WbPeriod      period,
                        const char   *from,
                        const char   *to,
                        WbInstant     now,
                        GError      **error);

G_END_DECLS

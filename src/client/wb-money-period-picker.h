/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chooses the period of the Money page, by its name or from one day to another. */
#pragma once

#include "wb-money-period.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_MONEY_PERIOD_PICKER (wb_money_period_picker_get_type ())
G_DECLARE_FINAL_TYPE (WbMoneyPeriodPicker, wb_money_period_picker, WB, MONEY_PERIOD_PICKER, AdwBin)

gboolean
     wb_money_period_picker_read (WbMoneyPeriodPicker *self, WbMoneyQuery *query, GError **error);
void wb_money_period_picker_choose (WbMoneyPeriodPicker *self, WbPeriod period);

G_END_DECLS

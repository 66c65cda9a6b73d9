/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs want to know of one product, to be typed in. */
#pragma once

#include "wb-product.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMS_DATA_GROUP (wb_customs_data_group_get_type ())
G_DECLARE_FINAL_TYPE (
    WbCustomsDataGroup, wb_customs_data_group, WB, CUSTOMS_DATA_GROUP, AdwPreferencesGroup)

GtkWidget *wb_customs_data_group_new (WbProduct *product);
gboolean   wb_customs_data_group_is_fine (WbCustomsDataGroup *self);
WbProduct *wb_customs_data_group_dup_changed (WbCustomsDataGroup *self);
void       wb_customs_data_group_focus (WbCustomsDataGroup *self);

G_END_DECLS

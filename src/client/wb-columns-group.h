/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which column of a file is what: a row for each thing that may stand in one. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_COLUMNS_GROUP (wb_columns_group_get_type ())
G_DECLARE_FINAL_TYPE (WbColumnsGroup, wb_columns_group, WB, COLUMNS_GROUP, AdwPreferencesGroup)

void wb_columns_group_begin (WbColumnsGroup *self, GPtrArray *heads);
void wb_columns_group_add (
    WbColumnsGroup *self, const char *cell, const char *title, const char *head, gboolean needed);
void wb_columns_group_end (WbColumnsGroup *self);
void wb_columns_group_take (WbColumnsGroup *self, GHashTable *columns);

G_END_DECLS

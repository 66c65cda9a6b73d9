/* SPDX-License-Identifier: GPL-3.0-or-later
 * The widths of a list's columns and what it is sorted by, remembered over restarts. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _WbColumnMemory WbColumnMemory;

WbColumnMemory *wb_column_memory_new (GtkColumnView *view, const char *list);
void            wb_column_memory_free (WbColumnMemory *self);
void     wb_column_memory_add (WbColumnMemory *self, GtkColumnViewColumn *column, const char *id);
gboolean wb_column_memory_has (WbColumnMemory *self, const char *id);
int      wb_column_memory_get_width (WbColumnMemory *self, const char *id, int otherwise);
gboolean wb_column_memory_get_sort (WbColumnMemory *self, char **id, gboolean *ascending);
void     wb_column_memory_set_sort (WbColumnMemory *self, const char *id, gboolean ascending);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbColumnMemory, wb_column_memory_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hides a list's lesser columns where there is no room for all of them, and shows them again where
 * there is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _WbColumnFit WbColumnFit;

WbColumnFit *wb_column_fit_new (GtkColumnView *view, const guint *ranks, guint n);
void         wb_column_fit_free (WbColumnFit *self);
void         wb_column_fit_want (WbColumnFit *self, guint number, gboolean wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbColumnFit, wb_column_fit_free)

G_END_DECLS

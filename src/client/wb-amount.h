/* SPDX-License-Identifier: GPL-3.0-or-later
 * An amount of money as a person types it. */
#pragma once

#include "wb-money.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean wb_amount_read (GtkEditable *entry, const char *currency, gint64 *amount, GError **error);
char    *wb_amount_dup_trouble (GtkEditable *entry, const char *currency);
void     wb_amount_show (GtkEditable *entry, gint64 amount, const char *currency);

G_END_DECLS

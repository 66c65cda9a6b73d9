/* SPDX-License-Identifier: GPL-3.0-or-later
 * An error where it is shown, in words for people. */
#pragma once

#include "wb-error.h"

#include <adwaita.h>

G_BEGIN_DECLS

void wb_trouble_in_page (AdwStatusPage *page, const GError *error);
void wb_trouble_in_label (GtkLabel *label, const GError *error);
void wb_trouble_at (GtkWidget *field, const char *why);
void wb_trouble_in_row (AdwPreferencesRow *row, const char *why);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the gallery shows: every page, and every window that opens above them. */
#pragma once

#include <glib.h>

#define GALLERY_HEIGHT 800

gint64 gallery_first_order (const char *stage);
gint64 gallery_first_shipment (const char *state);
void   gallery_go_to (const char *name);
void   gallery_take_pages (void);
void   gallery_take_windows (void);

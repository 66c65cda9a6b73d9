/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos for the packing table, taken, read and made small elsewhere. */
#pragma once

#include "wb-worker.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Data: wb_photo_ask_new(). Result: GPtrArray of GdkPixbuf, small: all photos of the order that is
 * on the table. */
extern const WbWorkKind wb_photos_look_work; /* takes none */
extern const WbWorkKind wb_photo_take_work;  /* with the camera's program */
extern const WbWorkKind wb_photo_add_work;   /* from a file or from bytes */
/* Data: (transfer full) text: the camera's command. Result: text for a toast. */
extern const WbWorkKind wb_camera_save_work;
extern const WbWorkKind wb_camera_try_work; /* likewise: takes a photo and keeps none */

gpointer wb_photo_ask_new (gint64 order_id, const char *path, GBytes *bytes);

G_END_DECLS

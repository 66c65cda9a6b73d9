/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures for the gallery: what is taken now, and how. */
#pragma once

#include "wb-window.h"

#define GALLERY_WIDEST 1280

typedef struct
{
  const char *folder, *language, *style; /* “light”, “dark”, “contrast” or “large” */
  int         width;
  WbWorkspace    *workspace;
  WbWindow       *window;
  GtkApplication *application;
  guint           faults;
} Gallery;

extern Gallery gallery;

void       gallery_run_for (guint ms);
void       gallery_wait_for (gboolean (*is_so) (gpointer data), gpointer data);
void       gallery_take (GtkWidget *widget, const char *name);
void       gallery_take_dialog (GtkWindow *dialog, const char *name);
void       gallery_take_new (guint before, const char *name);
GtkWidget *gallery_find_below (GtkWidget *widget, GType type);

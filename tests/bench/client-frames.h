/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a window does to the main thread: how long its frames take, how long it is held up, what it
 * keeps in memory. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CLIENT_FRAMES_PARTS 2

/* Asked after each frame: is it the one waited for? */
typedef gboolean (*ClientFramesTest) (gpointer data);

gboolean
       client_frames_wait (GtkWindow *window, ClientFramesTest test, gpointer data, guint seconds);
double client_frames_scroll (GtkWidget *view, GtkAdjustment *adjustment, double value);
void   client_frames_rest (guint milliseconds);
void   client_frames_forget_blocks (void);
double client_frames_longest_block (double *frame);
void   client_frames_longest_parts (double *parts);
double client_frames_memory_mb (void);
double client_frames_quantile (GArray *figures, double part);
GtkWidget *client_frames_find (GtkWidget *under, GType type);
guint      client_frames_rows (GtkWindow *window);
GtkWindow *client_frames_bare_list (GtkWidget *like, guint rows);

G_END_DECLS

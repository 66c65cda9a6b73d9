/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page over an empty book of its own, and what is to be seen on it. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

typedef struct
{
  char        *folder, *path;
  WbWorkspace *workspace;
  GtkWindow   *window;
  GtkWidget   *page;
} StatesBench;

void       states_set_up (StatesBench *self, GType page);
void       states_tear_down (StatesBench *self);
GtkWidget *states_find (GtkWidget *under, GType type);
GtkWidget *states_wait (StatesBench *self, GType type, const char *text);
void       states_run_sql (StatesBench *self, const char *sql);

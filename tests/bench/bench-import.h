/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the import benchmark share: rows as they are written, and the bare loop that
 * writes them. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char      *folder;
  guint      round;
  guint      n_orders;
  GPtrArray *sql;    /* one statement a table */
  GArray    *rows;   /* of Row, in the order they are written */
  GArray    *starts; /* of guint: where each order's rows begin */
  GPtrArray *orders; /* of WbOrder, what the rows were made of */
  GPtrArray *raws;   /* of GBytes */
} Import;

void  import_init (Import *import, const char *folder, guint n_orders);
char *import_new_book (Import *import, const char *what);
void  import_read_back (Import *import, const char *name);
void  import_write_bare (Import *import);
void  bench_import_whole_way (const char *folder);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the order book's own files share. */
#pragma once

#include "wb-book.h"
#include "wb-database.h"

G_BEGIN_DECLS

struct _WbBook
{
  GObject     parent_instance;
  WbDatabase *database;
  char       *path;
  gint64      seen; /* data_version at the last poll */
};

#define WB_SCHEMA_VERSION 3

gboolean wb_schema_upgrade (WbBook *self, GError **error);
gpointer wb_book_first (GPtrArray *records, const char *what, GError **error);

G_END_DECLS

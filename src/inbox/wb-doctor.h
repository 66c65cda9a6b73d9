/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding what is wrong with a workspace. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean ok;
  char    *subject;
  char    *finding;
  char    *advice; /* NULL when ok */
} WbFindingRow;

GPtrArray *
wb_desk_examine (WbDesk *self, gboolean ask_vendors, GCancellable *cancellable, GError **error);
void wb_finding_row_free (WbFindingRow *row);

G_END_DECLS

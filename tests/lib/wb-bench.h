/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workspace on a practice town for tests: the three connections, an origin, a package, printers
 * that are folders. */
#pragma once

#include "wb-desk.h"
#include "wb-town.h"

G_BEGIN_DECLS

typedef struct
{
  WbTown *town;
  char   *folder; /* holds the book and the papers */
  char   *book;
  char   *papers;
} WbBench;

WbBench   *wb_bench_new (const WbTownOptions *options);
void       wb_bench_free (WbBench *self);
WbSecrets *wb_bench_secrets (void);
void       wb_bench_set_up_house (WbDesk *desk, const char *papers);
WbDesk    *wb_bench_open (const char *book);
void       wb_bench_fault (WbBench    *self,
                           const char *service,
                           const char *method,
                           const char *path,
                           const char *kind,
                           guint       ms);
void       wb_bench_no_faults (WbBench *self);
JsonNode  *wb_bench_books (WbBench *self);
gint64     wb_bench_plan (WbDesk *desk, gint64 order_id, GError **error);
GArray    *wb_bench_calm (WbBench *self, WbDesk *desk);
GArray    *wb_bench_ready (WbDesk *desk, const char *charge_state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBench, wb_bench_free)

G_END_DECLS

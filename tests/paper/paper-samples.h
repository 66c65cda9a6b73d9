/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders for the tests of paper, and tools to look at what came out. */
#pragma once

#include "wb-order-paper.h"
#include "wb-test.h"

G_BEGIN_DECLS

/* A slip with all its records; free with sample_free(). slip borrows from the rest. */
typedef struct
{
  WbOrderPaper slip;
  WbOrder     *order;
  WbShipment  *shipment;
  WbOrigin    *origin;
} Sample;

#define SAMPLE_TIME 1795082400 /* 2026-11-19T10:00:00Z */

Sample *sample_new (const char *country);
void    sample_free (Sample *self);
gint64  sample_add_line (Sample     *self,
                         const char *sku,
                         const char *name,
                         const char *options,
                         gint64      ordered,
                         gint64      here);
void    sample_set (gpointer record, const char *first, ...) G_GNUC_NULL_TERMINATED;

gboolean sample_have_tool (const char *tool);
char    *sample_run (const char *const *argv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A real print server with real queues for the tests: one raw, one driverless with 4 × 6 inch
 * labels. */
#pragma once

#include "wb-printing.h"
#include "wb-test.h"

G_BEGIN_DECLS

#define RIG_RAW   "zebra"
#define RIG_LABEL "labels"

/* What a proxy before the print server does with the connection that carries a document. */
typedef enum
{
  RIG_PASS,
  RIG_CUT_BEFORE_END,   /* the server never has the whole of it */
  RIG_CUT_BEFORE_ANSWER /* the server has it, the answer is lost */
} RigCut;

typedef struct _Rig Rig;

Rig        *rig_start (void);
void        rig_stop (Rig *self);
WbPrinter  *rig_printer (const char *queue, const char *media);
GBytes     *rig_take_raw (Rig *self);
char       *rig_take_label (Rig *self, char **asked);
void        rig_set_mood (Rig *self, const char *mood);
void        rig_stop_printer (Rig *self);
void        rig_go_through (Rig *self, RigCut cut, gsize after);
void        rig_go_straight (Rig *self);
guint       rig_count_jobs (void);
const char *rig_ipp_address (Rig *self);
guint       rig_count_printed (Rig *self);
void        rig_start_printer (Rig *self);
char       *rig_asked (const char *job_id, const char *attribute);

GPtrArray *rig_titles (Rig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_stop)

G_END_DECLS

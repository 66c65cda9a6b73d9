/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window on a practice town, worked at with a scanner, for tests of the floor. */
#pragma once

#include "window-bench.h"

G_BEGIN_DECLS

typedef WindowBench ScanDesk;

void     scan_desk_make (ScanDesk *self);
void     scan_desk_show (ScanDesk *self, const char *program, const char *title);
void     scan_desk_turn (ScanDesk *self, const char *title);
void     scan_desk_close (ScanDesk *self);
void     scan_desk_scan (const char *code);
void     scan_desk_hear (ScanDesk *self, const char *start);
gboolean scan_desk_can_scan (const char *text);
gboolean scan_desk_can_scan_all (WbOrder *order);

G_END_DECLS

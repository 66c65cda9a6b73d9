/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has happened in the workspace before its pictures are taken. */
#pragma once

#include "client-bench.h"

void gallery_live_a_day (WbBench *bench);

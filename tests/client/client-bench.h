/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workspace on a practice town with its credentials in a file, so that a window of another
 * process can work on it. */
#pragma once

#include "wb-bench.h"

G_BEGIN_DECLS

WbBench *client_bench_new (const WbTownOptions *options, char **secrets_file);

G_END_DECLS

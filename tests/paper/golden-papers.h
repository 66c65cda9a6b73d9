/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every paper in several languages, for the golden pictures. */
#pragma once

#include "paper-samples.h"

G_BEGIN_DECLS

extern const char *const golden_kinds[];
extern const char *const golden_languages[];

GBytes *golden_paper (const char *kind, const char *language, char ***warnings, GError **error);

G_END_DECLS

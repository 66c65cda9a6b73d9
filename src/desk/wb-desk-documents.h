/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the engine: the workspace's own templates. */
#pragma once

#include "wb-desk-private.h"
#include "wb-template.h"

G_BEGIN_DECLS

gboolean
wb_desk_load_template (WbDesk *self, const char *kind, WbTemplate **template, GError **error);

G_END_DECLS

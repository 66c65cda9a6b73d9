/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small text files of data: sections, and in them “key = value” lines that remember their number.
 */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/* One line. All borrowed from the WbSpec. */
typedef struct
{
  const char *section; /* “” before the first */
  const char *key;
  const char *value;
  guint       line; /* from 1 */
} WbSpecEntry;

typedef struct _WbSpec WbSpec;

WbSpec            *wb_spec_parse (GBytes *bytes, const char *name, GError **error);
void               wb_spec_free (WbSpec *self);
const char        *wb_spec_get_name (const WbSpec *self);
guint              wb_spec_count (const WbSpec *self);
const WbSpecEntry *wb_spec_entry (const WbSpec *self, guint index);
const WbSpecEntry *wb_spec_find (const WbSpec *self, const char *section, const char *key);
gboolean
wb_spec_fail (const WbSpec *self, const WbSpecEntry *entry, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSpec, wb_spec_free)

G_END_DECLS

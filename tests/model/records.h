/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every record type there is, and records filled at random, for tests that go by the tables. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  GType (*type) (void);
} RecordType;

extern const RecordType record_types[];
extern const guint      n_record_types;

gpointer record_random (GType type, GRand *rand);
void     record_fill_field (gpointer record, guint field, GRand *rand);
void     record_change (gpointer record, guint field, GRand *rand);
gboolean record_is_textual (const WbField *field);
gboolean record_equal (gpointer a, gpointer b);

G_END_DECLS

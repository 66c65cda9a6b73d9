/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes JSON straight into text: quick enough for shops of a hundred thousand orders, and exact in
 * what numbers look like. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  gboolean comma; /* the next value needs a comma before it */
} WbTownOut;

WbTownOut *wb_town_out_new (void);
void       wb_town_out_free (WbTownOut *out);
void       wb_town_out_clear (WbTownOut *out);

/* The name is NULL inside an array and for the root. */
void wb_town_out_begin_object (WbTownOut *out, const char *name);
void wb_town_out_end_object (WbTownOut *out);
void wb_town_out_begin_array (WbTownOut *out, const char *name);
void wb_town_out_end_array (WbTownOut *out);
void wb_town_out_string (WbTownOut *out, const char *name, const char *value);
void wb_town_out_format (WbTownOut *out, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void wb_town_out_int (WbTownOut *out, const char *name, gint64 value);
void wb_town_out_bool (WbTownOut *out, const char *name, gboolean value);
void wb_town_out_null (WbTownOut *out, const char *name);
void wb_town_out_raw (WbTownOut *out, const char *name, const char *json);
void wb_town_out_node (WbTownOut *out, const char *name, JsonNode *node);
void wb_town_out_decimal (WbTownOut *out, const char *name, gint64 minor, guint digits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTownOut, wb_town_out_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands in place of a list that shows no rows: why there are none, and what to do. Made when
 * it is first needed; the first frame of a page waits for none of them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_LIST_STATE (wb_list_state_get_type ())
G_DECLARE_FINAL_TYPE (WbListState, wb_list_state, WB, LIST_STATE, AdwBin)

/* One state of a list; texts untranslated. */
typedef struct
{
  const char *name; /* of its page in the list's stack */
  const char *icon;
  const char *title;
  const char *description; /* NULL: an error is told instead */
  const char *button;      /* NULL: there is nothing to press */
} WbListStateText;

WbListState *wb_list_state_show (GtkStack              *stack,
                                 const WbListStateText *text,
                                 GCallback              pressed,
                                 gpointer               owner);
void         wb_list_state_tell (WbListState *self, const GError *error);
void         wb_list_state_say (WbListState *self, const char *description);

G_END_DECLS

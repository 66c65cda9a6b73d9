/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window for a label that was set aside has the engine do: look at it, and let it be
 * printed. */
#pragma once

#include "wb-worker.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* One way in which the label may come out. @change: (nullable): for wb_desk_accept_label(); @words:
 * what is done to it, empty: nothing; @picture: (nullable): what would come out; @trouble:
 * (nullable): why nothing would, or why it cannot be drawn; @possible: it may be accepted. */
typedef struct
{
  char       *change;
  char       *words;
  GdkTexture *picture;
  char       *trouble;
  gboolean    possible;
} WbSetAsideWay;

/* @proposed: a turn or cut is what makes it fit; @ways: as it is, as proposed. */
typedef struct
{
  WbLabel      *label;
  WbShipment   *shipment;
  gboolean      proposed;
  gboolean      lasting; /* the proposal can be accepted for good */
  WbSetAsideWay ways[2];
} WbSetAsideLook;

/* Data: wb_set_aside_wish_new(): a label. Result: a WbSetAsideLook. */
extern const WbWorkKind wb_set_aside_look_work;
/* Data: wb_set_aside_answer_new(). Result: text for a toast. */
extern const WbWorkKind wb_set_aside_accept_work;
/* Data: wb_set_aside_wish_new(): a rule. Result: text for a toast. */
extern const WbWorkKind wb_revoke_rule_work;

gpointer
wb_set_aside_answer_new (gint64 label_id, gint64 shipment_id, const char *change, gboolean always);
gpointer wb_set_aside_wish_new (gint64 id);
void     wb_set_aside_look_free (WbSetAsideLook *look);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSetAsideLook, wb_set_aside_look_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done to several rows of a list at once: one table for each list. */
#pragma once

#include "wb-run.h"
#include "wb-workspace.h"

G_BEGIN_DECLS

/* Where an act is offered: a button of the bar, the one that is suggested, the menu (with the ones
 * before it, or apart from them). */
typedef enum
{
  WB_ACT_BUTTON,
  WB_ACT_SUGGESTED,
  WB_ACT_MENU,
  WB_ACT_MENU_APART,
} WbActPlace;

/* What is asked before it begins. */
typedef enum
{
  WB_ACT_AT_ONCE,
  WB_ACT_ASKS_PARCELS, /* weight, and what labels may cost; it tells what it would buy and capture
                        */
  WB_ACT_ASKS_TEXT,
  WB_ACT_ASKS_SLIPS,
} WbActForm;

/**
 * WbActAnswer: what a person answered.
 * @text: (nullable); @limit: 0: none
 */
typedef struct
{
  const char *text;
  guint       weight, limit;
  gboolean    slips;
} WbActAnswer;

typedef struct _WbBatchAct WbBatchAct;

/**
 * WbBatchAct: everything the user sees is in N_().
 * @name: of its action
 * @label, @tip: of its button or menu item, with a mnemonic; the tip is nullable
 * @heading: of the window that asks; @text: what is typed there; @begin: its button, may have %u
 * @followed: a window shows how far it is, however short it is
 * @make: (nullable): a run of it for the rows @ids; %NULL: who offers it does it
 * @kind, @argument: as of wb_desk_run_batch(), where it is one of those
 */
struct _WbBatchAct
{
  const char *name, *label, *tip;
  WbActPlace  place;
  WbActForm   form;
  const char *heading, *text, *begin;
  gboolean    followed;
  WbRun *(*make) (const WbBatchAct  *act,
                  WbWorkspace       *workspace,
                  GArray            *ids,
                  const WbActAnswer *answer);
  WbBatch     kind;
  const char *argument;
};

extern const WbBatchAct wb_order_acts[], wb_label_acts[]; /* to the first without a name */

const WbBatchAct *wb_batch_act (const WbBatchAct *acts, const char *name);

G_END_DECLS

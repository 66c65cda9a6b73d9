/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done to several rows of a list at once: one table for each list. */
#include "wb-batch-acts.h"

#include "wb-batch-run.h"
#include "wb-print-run.h"

#include <glib/gi18n-lib.h>

static WbRun *
make_batch (const WbBatchAct *act, WbWorkspace *workspace, GArray *ids, const WbActAnswer *answer)
{
  g_autofree char *weight = answer->weight > 0 ? g_strdup_printf ("%u", answer->weight) : NULL;
  WbBatchRun      *run = wb_batch_run_new (
           workspace, act->kind, ids,
      act->argument != NULL ? act->argument : (answer->text != NULL ? answer->text : weight));

  wb_batch_run_set_limit (run, answer->limit);
  return WB_RUN (run);
}

static WbRun *
make_prints (const WbBatchAct *act, WbWorkspace *workspace, GArray *ids, const WbActAnswer *answer)
{
  return WB_RUN (wb_print_run_new (workspace, ids, answer->slips));
}

/* In the order in which they stand on the bar, then in its menu. */
const WbBatchAct wb_order_acts[] = {
  { .name = "ship",
    .label = N_ ("_Buy labels…"),
    .tip = N_ ("Buy labels, print, capture and tell the shop"),
    .place = WB_ACT_SUGGESTED,
    .form = WB_ACT_ASKS_PARCELS,
    .heading = N_ ("Buy labels and ship"),
    .begin = N_ ("_Buy labels"),
    .followed = TRUE,
    .make = make_batch,
    .kind = WB_BATCH_SHIP },
  { .name = "slips",
    .label = N_ ("S_lips"),
    .followed = TRUE,
    .make = make_batch,
    .kind = WB_BATCH_SLIPS },
  { .name = "merge",
    .label = N_ ("Ship to_gether"),
    .tip = N_ ("Put them into one parcel, with one label") },
  { .name = "hold",
    .label = N_ ("_Hold…"),
    .form = WB_ACT_ASKS_TEXT,
    .heading = N_ ("Hold orders"),
    .text = N_ ("Reason"),
    .begin = N_ ("_Hold %u orders"),
    .make = make_batch,
    .kind = WB_BATCH_HOLD },
  { .name = "tag",
    .label = N_ ("_Tag…"),
    .form = WB_ACT_ASKS_TEXT,
    .heading = N_ ("Tag orders"),
    .text = N_ ("Tag"),
    .begin = N_ ("_Tag %u orders"),
    .make = make_batch,
    .kind = WB_BATCH_TAG },
  { .name = "release",
    .label = N_ ("_Release"),
    .place = WB_ACT_MENU,
    .make = make_batch,
    .kind = WB_BATCH_RELEASE },
  { .name = "untag",
    .label = N_ ("Remove a _tag…"),
    .place = WB_ACT_MENU,
    .form = WB_ACT_ASKS_TEXT,
    .heading = N_ ("Remove a tag"),
    .text = N_ ("Tag"),
    .begin = N_ ("_Remove from %u orders"),
    .make = make_batch,
    .kind = WB_BATCH_UNTAG },
  { .name = "mark",
    .label = N_ ("_Mark"),
    .place = WB_ACT_MENU_APART,
    .make = make_batch,
    .kind = WB_BATCH_MARK,
    .argument = "on" },
  { .name = "unmark",
    .label = N_ ("Take the mark _away"),
    .place = WB_ACT_MENU,
    .make = make_batch,
    .kind = WB_BATCH_MARK,
    .argument = "off" },
  { 0 },
};

const WbBatchAct wb_label_acts[] = {
  { .name = "print",
    .label = N_ ("Print _labels…"),
    .place = WB_ACT_SUGGESTED,
    .form = WB_ACT_ASKS_SLIPS,
    .heading = N_ ("Print labels"),
    .begin = N_ ("_Print"),
    .followed = TRUE,
    .make = make_prints },
  { .name = "sheet",
    .label = N_ ("On a s_heet…"),
    .tip = N_ ("Labels on A4 or Letter, also on a sheet that was begun") },
  { 0 },
};

/** wb_batch_act: Returns: the one of @acts that is called @name. */
const WbBatchAct *
wb_batch_act (const WbBatchAct *acts, const char *name)
{
  while (acts->name != NULL && !g_str_equal (acts->name, name))
    acts++;
  return acts->name != NULL ? acts : NULL;
}

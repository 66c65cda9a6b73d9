/* SPDX-License-Identifier: GPL-3.0-or-later
 * Something that is done to many rows and takes its time: what a bar and a window of progress need
 * to know of it. */
#pragma once

#include "wb-batch-line.h"

G_BEGIN_DECLS

#define WB_TYPE_RUN (wb_run_get_type ())
G_DECLARE_INTERFACE (WbRun, wb_run, WB, RUN, GObject)

/**
 * WbRunLook: how a run stands now; clear with wb_run_look_clear().
 * @total: its rows, 0: not known yet; @done: of them done; @over: done, refused or not begun
 * @missing: from which row it may go on, 0: it does not ask
 * @running; @stopping: it was told to stop and has not come to it yet
 * @again: it stands, and what is missing may be done again
 * @left: it stands, and is offered until it is gone on with or given up
 * @title: (nullable): what is being done; @outcome: how far it is; @detail: (nullable): and what
 * it has cost
 * @trouble, @advice: (nullable): what holds all of it up, and what to do about it
 */
typedef struct
{
  guint    total, done, over, missing;
  gboolean running, stopping, again, left;
  char    *title, *outcome, *detail, *trouble, *advice;
} WbRunLook;

/**
 * WbRunWords: what its buttons are called.
 * @title: of its window, where the look has none; @stop, @again: buttons; @stop_tip: (nullable)
 * @rows: the list of its rows, for a screen reader
 */
typedef struct
{
  const char *title, *stop, *stop_tip, *again, *rows;
} WbRunWords;

/**
 * WbRunInterface:
 * @words: in N_()
 * @look: fills a look that is all zero
 * @begin: begins, once; @stop: finishes what is under way and begins no more
 * @again: does what is missing, from the row @from (0: all that is missing)
 * @give_up: (nullable): does no more of it, ever
 * @dup_failed: (nullable): the orders that were refused
 * @make_rows: a list of its rows; @show_row: one of them
 * @can_undo, @undo: (nullable): the way back
 */
struct _WbRunInterface
{
  GTypeInterface parent;

  const WbRunWords *words;

  void (*look) (WbRun *self, WbRunLook *look);
  void (*begin) (WbRun *self);
  void (*stop) (WbRun *self);
  void (*again) (WbRun *self, guint from);
  void (*give_up) (WbRun *self);
  GArray *(*dup_failed) (WbRun *self);
  GListModel *(*make_rows) (WbRun *self);
  void (*show_row) (WbRun *self, guint position, gpointer item, WbBatchLine *line);
  gboolean (*can_undo) (WbRun *self);
  void (*undo) (WbRun *self);
};

const WbRunWords *wb_run_get_words (WbRun *self);
void              wb_run_look (WbRun *self, WbRunLook *look);
gboolean          wb_run_is_running (WbRun *self);
void              wb_run_begin (WbRun *self);
void              wb_run_stop (WbRun *self);
void              wb_run_again (WbRun *self, guint from);
gboolean          wb_run_can_give_up (WbRun *self);
void              wb_run_give_up (WbRun *self);
gboolean          wb_run_knows_failed (WbRun *self);
GArray           *wb_run_dup_failed (WbRun *self);
GListModel       *wb_run_make_rows (WbRun *self);
void              wb_run_show_row (WbRun *self, guint position, gpointer item, WbBatchLine *line);
gboolean          wb_run_can_undo (WbRun *self);
void              wb_run_undo (WbRun *self);
void              wb_run_look_clear (WbRunLook *look);

void wb_run_tell_progress (WbRun *self);
void wb_run_tell_ended (WbRun *self);
void wb_run_tell (WbRun *self, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRunLook, wb_run_look_clear)

G_END_DECLS

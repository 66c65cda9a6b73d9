/* SPDX-License-Identifier: GPL-3.0-or-later
 * Something that is done to many rows and takes its time: what a bar and a window of progress need
 * to know of it. */
#include "wb-run.h"

enum
{
  PROGRESS,
  ENDED,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (WbRun, wb_run, G_TYPE_OBJECT)

static void
wb_run_default_init (WbRunInterface *iface)
{
  /* It stands otherwise than before. */
  signals[PROGRESS] = g_signal_new ("progress", WB_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  /* Nothing is running any more, and nobody need have seen it. */
  signals[ENDED] =
      g_signal_new ("ended", WB_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* A sentence for people: what came of undoing. */
  signals[TOLD] = g_signal_new ("told", WB_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

/** wb_run_get_words: Returns: what its buttons are called, in N_(). */
const WbRunWords *
wb_run_get_words (WbRun *self)
{
  return WB_RUN_GET_IFACE (self)->words;
}

/** wb_run_look: @look: (out caller-allocates): how it stands now. */
void
wb_run_look (WbRun *self, WbRunLook *look)
{
  *look = (WbRunLook){ 0 };
  WB_RUN_GET_IFACE (self)->look (self, look);
}

/** wb_run_look_clear: frees what @look holds. */
void
wb_run_look_clear (WbRunLook *look)
{
  g_clear_pointer (&look->title, g_free);
  g_clear_pointer (&look->outcome, g_free);
  g_clear_pointer (&look->detail, g_free);
  g_clear_pointer (&look->trouble, g_free);
  g_clear_pointer (&look->advice, g_free);
}

/** wb_run_is_running: whether it is at work. */
gboolean
wb_run_is_running (WbRun *self)
{
  g_auto (WbRunLook) look = { 0 };

  wb_run_look (self, &look);
  return look.running;
}

/** wb_run_begin: begins, once. */
void
wb_run_begin (WbRun *self)
{
  WB_RUN_GET_IFACE (self)->begin (self);
}

/** wb_run_stop: finishes what is under way and begins no more. */
void
wb_run_stop (WbRun *self)
{
  WB_RUN_GET_IFACE (self)->stop (self);
}

/** wb_run_again: does what is missing; @from: 0, or the row from which all of it is done. */
void
wb_run_again (WbRun *self, guint from)
{
  WB_RUN_GET_IFACE (self)->again (self, from);
}

/** wb_run_can_give_up: whether the rest of it may be let be for ever. */
gboolean
wb_run_can_give_up (WbRun *self)
{
  return WB_RUN_GET_IFACE (self)->give_up != NULL;
}

/** wb_run_give_up: does no more of it, ever. */
void
wb_run_give_up (WbRun *self)
{
  WB_RUN_GET_IFACE (self)->give_up (self);
}

/** wb_run_knows_failed: whether its rows are orders that a list can show. */
gboolean
wb_run_knows_failed (WbRun *self)
{
  return WB_RUN_GET_IFACE (self)->dup_failed != NULL;
}

/** wb_run_dup_failed: Returns: (transfer full) (element-type gint64): the orders that were refused
 * or not begun. */
GArray *
wb_run_dup_failed (WbRun *self)
{
  return WB_RUN_GET_IFACE (self)->dup_failed (self);
}

/** wb_run_make_rows: Returns: (transfer full): a list of its rows as they are now. */
GListModel *
wb_run_make_rows (WbRun *self)
{
  return WB_RUN_GET_IFACE (self)->make_rows (self);
}

/** wb_run_show_row: shows on @line how the row @item at @position stands. */
void
wb_run_show_row (WbRun *self, guint position, gpointer item, WbBatchLine *line)
{
  WB_RUN_GET_IFACE (self)->show_row (self, position, item, line);
}

/** wb_run_can_undo: whether what was done can be taken back. */
gboolean
wb_run_can_undo (WbRun *self)
{
  return WB_RUN_GET_IFACE (self)->can_undo != NULL && WB_RUN_GET_IFACE (self)->can_undo (self);
}

/** wb_run_undo: takes it back; says “told” what came of it. */
void
wb_run_undo (WbRun *self)
{
  WB_RUN_GET_IFACE (self)->undo (self);
}

/** wb_run_tell_progress: for runs: it stands otherwise than before. */
void
wb_run_tell_progress (WbRun *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

/** wb_run_tell_ended: for runs: nothing is running any more, and nobody need have seen it. */
void
wb_run_tell_ended (WbRun *self)
{
  g_signal_emit (self, signals[ENDED], 0);
}

/** wb_run_tell: for runs: a sentence for people. */
void
wb_run_tell (WbRun *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the rules: each is one call of the engine. */
#include "wb-rules-works.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 rule_id;
  guint  to;
} Move;

/** wb_rule_move_new: @to: the new place, 0: the first. Returns: (transfer full): data for
 * wb_move_rule_work. */
gpointer
wb_rule_move_new (gint64 rule_id, guint to)
{
  Move *move = g_new0 (Move, 1);

  move->rule_id = rule_id;
  move->to = to;
  return move;
}

static gpointer
run_try (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL ? wb_desk_try_rules (desk, data, error) : NULL;
}

static gpointer
run_move (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Move   *move = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_move_rule (desk, move->rule_id, move->to, error)
             ? g_strdup (_ ("Saved"))
             : NULL;
}

static gpointer
run_apply (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_apply_rules (desk, 0, error)
             ? g_strdup (_ ("The rules are done with the open orders"))
             : NULL;
}

static void
free_draft (gpointer draft)
{
  g_clear_object (&draft);
}

static void
free_hits (gpointer hits)
{
  g_ptr_array_unref (hits);
}

const WbWorkKind wb_try_rules_work = { .run = run_try,
                                       .free_data = free_draft,
                                       .free_result = free_hits };
const WbWorkKind wb_move_rule_work = {
  .run = run_move, .free_data = g_free, .free_result = g_free, .effect = TRUE
};
const WbWorkKind wb_apply_rules_work = { .run = run_apply, .free_result = g_free, .effect = TRUE };

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window for a label that was set aside has the engine do: look at it, and let it be
 * printed. */
#include "wb-set-aside-works.h"

#include "wb-refusals.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64   label_id, shipment_id;
  char    *change;
  gboolean always;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->change);
  g_free (answer);
}

/** wb_set_aside_answer_new: @change: (nullable): how it comes out; @always: for good. Returns:
 * (transfer full): data for wb_set_aside_accept_work. */
gpointer
wb_set_aside_answer_new (gint64 label_id, gint64 shipment_id, const char *change, gboolean always)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->label_id = label_id;
  answer->shipment_id = shipment_id;
  answer->change = g_strdup (change);
  answer->always = always;
  return answer;
}

/** wb_set_aside_wish_new: Returns: (transfer full): data for the other works of this file. */
gpointer
wb_set_aside_wish_new (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

static void
way_clear (WbSetAsideWay *way)
{
  g_free (way->change);
  g_free (way->words);
  g_clear_object (&way->picture);
  g_free (way->trouble);
}

/** wb_set_aside_look_free: frees @look. */
void
wb_set_aside_look_free (WbSetAsideLook *look)
{
  g_clear_object (&look->label);
  g_clear_object (&look->shipment);
  way_clear (&look->ways[0]);
  way_clear (&look->ways[1]);
  g_free (look);
}

static void
look_free (gpointer look)
{
  wb_set_aside_look_free (look);
}

/* What would come out; the language of a label printer is drawn by that printer alone. */
static void
draw (WbDesk *desk, WbSetAsideLook *look, WbSetAsideWay *way)
{
  gboolean zpl = g_strcmp0 (wb_record_get_text (look->label, WB_LABEL_FORMAT), "zpl") == 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = wb_desk_preview_label (
      desk, wb_record_get_int (look->label, WB_LABEL_ID), way->change, &error);

  if (png != NULL)
    way->picture = gdk_texture_new_from_bytes (png, &error);
  if (way->picture == NULL)
    way->trouble = wb_error_words (error);
  way->possible = way->picture != NULL || zpl;
}

static gpointer
run_look (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64                    *id = data;
  WbDesk                    *desk = wb_job_get_desk (job, error);
  g_autoptr (WbSetAsideLook) look = g_new0 (WbSetAsideLook, 1);
  WbSetAsideWay             *proposal = &look->ways[1];
  g_autoptr (GError)         local = NULL;

  if (desk == NULL ||
      (look->label = wb_book_get_label (wb_desk_get_book (desk), *id, error)) == NULL ||
      (look->shipment = wb_book_get_shipment (wb_desk_get_book (desk),
                                              wb_record_get_int (look->label, WB_LABEL_SHIPMENT_ID),
                                              error)) == NULL)
    return NULL;
  draw (desk, look, &look->ways[0]);
  if (!wb_desk_propose_label (desk, *id, &proposal->change, &proposal->words, &local))
    {
      if (look->ways[0].trouble == NULL)
        return g_steal_pointer (&look);
      g_free (look->ways[0].trouble);
      look->ways[0].trouble = wb_error_words (local);
      return g_steal_pointer (&look);
    }
  look->proposed = *proposal->words != '\0';
  look->lasting = look->proposed && !g_str_equal (proposal->change, "as-is");
  if (look->proposed)
    draw (desk, look, proposal);
  return g_steal_pointer (&look);
}

static gpointer
run_accept (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Answer          *answer = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;
  gboolean         accepted;

  if (desk == NULL)
    return NULL;
  accepted = answer->always ? wb_desk_accept_always (desk, answer->label_id, answer->change, error)
                            : wb_desk_accept_label (desk, answer->label_id, answer->change, error);
  if (!accepted || !wb_desk_print_document (desk, answer->shipment_id, WB_DOCUMENT_LABEL, &outcome,
                                            cancellable, error))
    return NULL;
  /* Translators: the name of a printer and the number of the job there */
  return g_strdup_printf (_ ("The label is accepted and printed: %s"), outcome);
}

static gpointer
run_revoke (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *rule = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_revoke_rule (desk, *rule, error)
             ? g_strdup (_ ("Labels like these are set aside again from now on"))
             : NULL;
}

const WbWorkKind wb_set_aside_look_work = { .run = run_look,
                                            .free_data = g_free,
                                            .free_result = look_free };

const WbWorkKind wb_set_aside_accept_work = {
  .run = run_accept, .free_data = answer_free, .free_result = g_free, .effect = TRUE
};

const WbWorkKind wb_revoke_rule_work = {
  .run = run_revoke, .free_data = g_free, .free_result = g_free, .effect = TRUE
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was done on the walk can be taken back for a while. */
#include "wb-pick-page-private.h"

#include "wb-toast.h"

/* What takes back what was done, once it is done. */
struct _WbPickUndo
{
  const WbWorkKind *kind;
  gint64            wave_id, order_id;
  GArray           *picks, *counts; /* of gint64 */
  char             *words;
};

static WbPickUndo *
undo_new (WbPickPage *self, const WbWorkKind *kind, gint64 order_id, GArray *picks, char *words)
{
  WbPickUndo *undo = g_new0 (WbPickUndo, 1);

  undo->kind = kind;
  undo->wave_id = wb_record_get_int (self->sheet->wave, WB_WAVE_ID);
  undo->order_id = order_id;
  undo->picks = picks != NULL ? g_array_ref (picks) : g_array_new (FALSE, FALSE, sizeof (gint64));
  undo->counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  undo->words = words;
  return undo;
}

static void
undo_free (gpointer data)
{
  WbPickUndo *undo = data;

  g_array_unref (undo->picks);
  g_array_unref (undo->counts);
  g_free (undo->words);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, WbPickPage *self)
{
  WbPickUndo *undo = g_object_get_data (G_OBJECT (toast), "undo");

  if (self->busy || self->workspace == NULL)
    return;
  wb_pick_page_run (self, undo->kind,
                    wb_pick_undo_new (undo->wave_id, undo->order_id, undo->picks, undo->counts));
}

/* What was done can be taken back for a while. */
void
wb_pick_page_offer_undo (WbPickPage *self, gboolean done)
{
  WbPickUndo *undo = g_steal_pointer (&self->undo);

  if (undo == NULL)
    return;
  if (done)
    wb_toast_show_undo (GTK_WIDGET (self), undo->words, G_OBJECT (self), G_CALLBACK (undo_cb), undo,
                        undo_free);
  else
    undo_free (undo);
}

/* How far the order is, to be brought back to that. */
void
wb_pick_page_note_counts (WbPickPage *self)
{
  WbPickUndo *undo = self->undo;

  for (guint i = 0; i < self->sheet->lines->len; i++)
    {
      GPtrArray *parts = ((WbPickLine *) self->sheet->lines->pdata[i])->parts;

      for (guint k = 0; k < parts->len; k++)
        {
          WbPickPart *part = parts->pdata[k];

          if (part->order_id != undo->order_id)
            continue;
          g_array_append_val (undo->picks, part->pick_id);
          g_array_append_val (undo->counts, part->picked);
        }
    }
}

/* What is done next can be taken back by @kind. @words: (transfer full): what was done. */
void
wb_pick_page_can_undo (
    WbPickPage *self, const WbWorkKind *kind, gint64 order_id, GArray *picks, char *words)
{
  wb_pick_page_forget_undo (self);
  self->undo = undo_new (self, kind, order_id, picks, words);
}

/* What is being done cannot be taken back. */
void
wb_pick_page_forget_undo (WbPickPage *self)
{
  g_clear_pointer (&self->undo, undo_free);
}

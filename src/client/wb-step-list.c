/* SPDX-License-Identifier: GPL-3.0-or-later
 * The steps of shipping, one row each, as the engine reports them. */
#include "wb-step-list.h"

#include "wb-order-facts.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-step-row.h"

struct _WbStepList
{
  AdwBin      parent_instance;
  GtkListBox *list;
  WbStepRow  *rows[WB_N_STEPS]; /* NULL before the first reset */
};

G_DEFINE_FINAL_TYPE (WbStepList, wb_step_list, ADW_TYPE_BIN)

static void
wb_step_list_class_init (WbStepListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-step-list.ui");
  gtk_widget_class_bind_template_child (widget_class, WbStepList, list);
}

static void
wb_step_list_init (WbStepList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_step_list_reset: every step waits; one that not every parcel has shows itself when it comes.
 */
void
wb_step_list_reset (WbStepList *self)
{
  wb_list_box_clear (self->list);
  for (guint i = 0; i < WB_N_STEPS; i++)
    {
      self->rows[i] = WB_STEP_ROW (wb_step_row_new (i));
      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), wb_step_is_usual (i));
      gtk_list_box_append (self->list, GTK_WIDGET (self->rows[i]));
    }
}

/** wb_step_list_note: shows one report of the engine. */
void
wb_step_list_note (WbStepList *self, const WbStepNote *note)
{
  if (self->rows[note->step] == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->rows[note->step]), TRUE);
  wb_step_row_set_state (self->rows[note->step], note->state, note->text);
}

/* The row that stopped, or the one that had begun, or the first. */
static WbStepRow *
find_stopped (WbStepList *self)
{
  for (guint i = 0; i < WB_N_STEPS; i++)
    {
      WbStepState state = wb_step_row_get_state (self->rows[i]);

      if (state == WB_STEP_FAILED || state == WB_STEP_UNSURE || state == WB_STEP_RUNNING)
        return self->rows[i];
    }
  return self->rows[WB_STEP_CHECK];
}

/** wb_step_list_stop: the step that stopped says why in words, what can be done about it, and in
 * small print how the other side said it. */
void
wb_step_list_stop (WbStepList *self, const GError *error)
{
  g_auto (WbRefusal) refusal = { 0 };
  WbStepRow         *row;
  gboolean           unsure;

  if (self->rows[WB_STEP_CHECK] == NULL)
    return;
  row = find_stopped (self);
  unsure =
      wb_step_row_get_state (row) == WB_STEP_UNSURE || wb_error_code (error) == WB_ERROR_UNSURE;
  wb_refusal_of (error, &refusal);
  wb_step_row_set_state (row, unsure ? WB_STEP_UNSURE : WB_STEP_FAILED, refusal.words);
  wb_step_row_set_advice (row, refusal.advice, refusal.code);
}

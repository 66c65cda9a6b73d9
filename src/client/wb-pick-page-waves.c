/* SPDX-License-Identifier: GPL-3.0-or-later
 * The waves to choose from, and what one is made from. Nothing of it needs a network: what the book
 * holds can be picked. */
#include "wb-pick-page-private.h"

#include "wb-list-state.h"
#include "wb-order-facts.h"

#include <glib/gi18n-lib.h>

static const WbListStateText empty_state = {
  "empty",
  "view-list-bullet-symbolic",
  N_ ("Nothing to pick"),
  N_ ("Orders come here as soon as they are paid or authorised and nothing holds them."),
  NULL,
};
static const WbListStateText error_state = {
  "error", "dialog-error-symbolic", N_ ("The waves could not be read"), NULL, N_ ("Try again"),
};

static void
open_wave (WbPickPage *self, gint64 id)
{
  wb_pick_page_run (self, &wb_pick_open_work, wb_pick_ask_new (id, NULL, NULL));
}

static void
retry_cb (GtkButton *button, WbPickPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  wb_pick_page_ask_waves (self);
}

static void
show_waves (WbPickPage *self, WbPickWaves *waves)
{
  wb_pick_make_show_waves (self->make, waves->open);
  if (self->sheet != NULL)
    return;
  if (waves->open->len == 0 && waves->waiting == 0)
    wb_list_state_show (self->stack, &empty_state, NULL, NULL);
  else
    gtk_stack_set_visible_child_name (self->stack, "make");
}

static void
waves_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPickPage             *self = WB_PICK_PAGE (source);
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbPickWaves) waves = wb_worker_finish (result, &error);
  gboolean                first = !self->begun;

  if (self->workspace == NULL)
    return;
  if (waves == NULL)
    {
      if (self->sheet == NULL)
        wb_list_state_tell (
            wb_list_state_show (self->stack, &error_state, G_CALLBACK (retry_cb), self), error);
      return;
    }
  self->begun = TRUE;
  show_waves (self, waves);
  if (first && waves->open->len == 1 && self->sheet == NULL && !self->busy)
    open_wave (self, wb_record_get_int (waves->open->pdata[0], WB_WAVE_ID));
}

/* Which waves are open, and whether there is anything to make one of. */
void
wb_pick_page_ask_waves (WbPickPage *self)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_pick_waves_work, NULL,
                       G_OBJECT (self), NULL, waves_cb, NULL);
}

/* Back to the waves; what is fetched stays fetched. */
void
wb_pick_page_leave_wave (WbPickPage *self)
{
  wb_list_box_clear (self->lines);
  g_clear_pointer (&self->sheet, wb_pick_sheet_free);
  gtk_stack_set_visible_child_name (self->stack, "make");
  wb_pick_page_ask_waves (self);
}

static void
wished_cb (WbPickMake *make, WbPickPage *self)
{
  if (self->busy || self->workspace == NULL)
    return;
  wb_pick_page_run (self, &wb_pick_make_work, wb_pick_make_wish (self->make));
}

static void
chosen_cb (WbPickMake *make, gint64 id, WbPickPage *self)
{
  if (!self->busy && self->workspace != NULL)
    open_wave (self, id);
}

/* The part of the template that this file works on. */
void
wb_pick_page_bind_waves (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, make);
  gtk_widget_class_bind_template_callback (widget_class, wished_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

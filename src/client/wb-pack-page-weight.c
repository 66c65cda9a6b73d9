/* SPDX-License-Identifier: GPL-3.0-or-later
 * The weight of the parcel on the packing table: what rests on the scale, until a person types
 * another. */
#include "wb-pack-page-private.h"

#include "wb-refusals.h"
#include "wb-text.h"

/* The scale is not heard any more. */
void
wb_pack_page_stop_weighing (WbPackPage *self)
{
  self->to_note = 0;
  wb_set_str (&self->trouble, NULL);
  if (self->weighing != NULL)
    g_cancellable_cancel (self->weighing);
  g_clear_object (&self->weighing);
}

/* The page is there as long as nobody has cancelled. */
static void
weighed_by_scale_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage        *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *grams = wb_worker_finish (result, &error);

  if (g_cancellable_is_cancelled (G_CANCELLABLE (source)))
    return;
  if (grams == NULL)
    {
      g_autofree char *words = wb_error_words (error);

      if (wb_set_str (&self->trouble, words))
        wb_pack_page_say (self, words, "warning");
      /* What a person can put right at the scale: it is heard on. */
      if (!g_error_matches (error, WB_ERROR, WB_ERROR_UNAVAILABLE))
        wb_pack_page_weigh (self);
      return;
    }
  if (*grams == 0)
    return;
  wb_set_str (&self->trouble, NULL);
  self->to_note = self->on_scale = *grams;
  wb_pack_page_pump (self);
  wb_pack_page_weigh (self);
}

/* Hears the scale, if there is one, until the order leaves the table. */
void
wb_pack_page_weigh (WbPackPage *self)
{
  if (self->weighing == NULL)
    self->weighing = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_pack_scale_work,
                       wb_pack_ask_new (0, NULL, self->on_scale, 0), G_OBJECT (self->weighing),
                       self->weighing, weighed_by_scale_cb, self);
}

/* A weight that is typed holds, whatever the scale says of this order from now on. */
static void
weight_cb (GtkSpinButton *weight, WbPackPage *self)
{
  if (self->filling || self->pack == NULL)
    return;
  wb_pack_page_stop_weighing (self);
  self->to_note = gtk_spin_button_get_value_as_int (weight);
  wb_pack_page_pump (self);
}

static void
typed_weight_cb (gpointer data)
{
  WbPackPage *self = data;

  self->typed_id = 0;
  gtk_spin_button_update (self->weight);
}

/* A weight that is typed counts as soon as the typing pauses, not only with Enter. */
static void
typing_weight_cb (GtkEditable *editable, WbPackPage *self)
{
  if (self->filling || self->pack == NULL)
    return;
  g_clear_handle_id (&self->typed_id, g_source_remove);
  self->typed_id = g_timeout_add_once (WB_PACK_SETTLE_MS, typed_weight_cb, self);
}

/* The weight is typed: from here on Return ships. */
static void
weighed_cb (GtkText *text, WbPackPage *self)
{
  gtk_spin_button_update (self->weight);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* A number that is typed is heard while it is typed. */
void
wb_pack_page_init_weight (WbPackPage *self)
{
  g_signal_connect_object (self->weight, "changed", G_CALLBACK (typing_weight_cb), self, 0);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->weight)), "activate",
                           G_CALLBACK (weighed_cb), self, 0);
}

/* The part of the template that this file works on. */
void
wb_pack_page_bind_weight (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, weight);
  gtk_widget_class_bind_template_callback (widget_class, weight_cb);
}

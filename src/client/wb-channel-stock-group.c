/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a channel is told of the stock, how much is kept back from it, and what it would be told:
 * that is shown before anything is told, for the shop's own numbers are lost then. */
#include "wb-channel-stock-group.h"

#include "wb-channel-works.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 400

struct _WbChannelStockGroup
{
  AdwPreferencesGroup parent_instance;
  GtkSwitch          *publishes;
  GtkSpinButton      *buffer;
  AdwActionRow       *plan;
  GtkSpinner         *spinner;
  GtkWidget          *reread;
  WbWorkspace        *workspace; /* NULL: gone */
  gint64              channel_id;
  gboolean            filling;
  gboolean            looking, again, read; /* the next look reads the shop first */
  gboolean            ask;                  /* the switch waits for what was found */
  guint               typing_id;
};

G_DEFINE_FINAL_TYPE (WbChannelStockGroup, wb_channel_stock_group, ADW_TYPE_PREFERENCES_GROUP)

static void look (WbChannelStockGroup *self, gboolean read);

static void
run (WbChannelStockGroup *self, const WbWorkKind *kind, gint64 number, GAsyncReadyCallback callback)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind,
                       wb_channel_ask_new (self->channel_id, number, FALSE), G_OBJECT (self), NULL,
                       callback, NULL);
}

/* ---- what would be told ---- */

static char *
tell (const WbPublishPlan *plan)
{
  GString *text = g_string_new (NULL);

  if (plan->listings == 0)
    return g_string_free (g_string_append (text, _ ("What it sells was never read")), FALSE);
  g_string_append_printf (text,
                          ngettext ("%u listing would show another number",
                                    "%u listings would show another number", plan->tells),
                          plan->tells);
  if (plan->to_none > 0)
    g_string_append_printf (
        text, ngettext (", %u of them sold out", ", %u of them sold out", plan->to_none),
        plan->to_none);
  g_string_append (text, ". ");
  g_string_append_printf (
      text, ngettext ("%u shows the right one", "%u show the right one", plan->right), plan->right);
  if (plan->unmatched > 0)
    {
      g_string_append (text, ". ");
      g_string_append_printf (text,
                              ngettext ("%u is no product of yours yet",
                                        "%u are no products of yours yet", plan->unmatched),
                              plan->unmatched);
    }
  for (guint i = 0; i < plan->examples->len; i++)
    {
      const WbPublishExample *example = plan->examples->pdata[i];

      g_string_append_c (text, '\n');
      /* Translators: a listing's name, the number it shows, the number it would show */
      g_string_append_printf (text, _ ("%s: %d, would be %d"), example->name, (int) example->shown,
                              (int) example->quantity);
    }
  return g_string_free (text, FALSE);
}

static void
set_switch (WbChannelStockGroup *self, gboolean on)
{
  self->filling = TRUE;
  gtk_switch_set_active (self->publishes, on);
  self->filling = FALSE;
}

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbChannelStockGroup *self = WB_CHANNEL_STOCK_GROUP (source);
  g_autoptr (GError)   error = NULL;
  g_autofree char     *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  wb_workspace_look (self->workspace);
  look (self, FALSE);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, WbChannelStockGroup *self)
{
  if (self->workspace == NULL)
    return;
  if (g_str_equal (response, "tell"))
    run (self, &wb_channel_publish_work, 1, switched_cb);
  else
    set_switch (self, FALSE);
}

/* What it costs to switch it on: the shop's own numbers. */
static void
ask (WbChannelStockGroup *self, const WbPublishPlan *plan)
{
  g_autofree char *text = tell (plan);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("Tell this shop of the stock?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", text,
                                  _ ("The numbers that the shop has itself are overwritten."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "tell",
                                    _ ("_Tell the shop"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "tell",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_stock (WbChannelStockGroup *self, const WbChannelStock *stock)
{
  g_autofree char *text = tell (&stock->plan);

  gtk_widget_set_visible (GTK_WIDGET (self), stock->plan.can);
  adw_action_row_set_subtitle (self->plan, text);
  self->filling = TRUE;
  if (!gtk_widget_has_focus (GTK_WIDGET (self->buffer)) && self->typing_id == 0)
    gtk_spin_button_set_value (self->buffer, (double) stock->buffer);
  self->filling = FALSE;
  if (self->ask && stock->plan.can)
    ask (self, &stock->plan);
  else
    set_switch (self, stock->publishes);
  self->ask = FALSE;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbChannelStockGroup       *self = WB_CHANNEL_STOCK_GROUP (source);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbChannelStock) stock = wb_worker_finish (result, &error);
  g_autofree char           *words = stock == NULL ? wb_error_words (error) : NULL;

  self->looking = FALSE;
  if (self->workspace == NULL)
    return;
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_widget_set_sensitive (self->reread, TRUE);
  if (self->again)
    {
      look (self, self->read);
      return;
    }
  if (stock != NULL)
    show_stock (self, stock);
  else
    {
      adw_action_row_set_subtitle (self->plan, words);
      if (self->ask)
        set_switch (self, FALSE);
      self->ask = FALSE;
    }
}

static void
look (WbChannelStockGroup *self, gboolean read)
{
  self->again = self->looking;
  self->read = read;
  if (self->looking)
    return;
  self->looking = TRUE;
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_widget_set_sensitive (self->reread, FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_channel_stock_work,
                       wb_channel_ask_new (self->channel_id, 0, read), G_OBJECT (self), NULL,
                       looked_cb, NULL);
}

/* ---- what is chosen ---- */

static void
reread_cb (GtkButton *button, WbChannelStockGroup *self)
{
  look (self, TRUE);
}

static void
publishes_cb (GtkSwitch *widget, GParamSpec *pspec, WbChannelStockGroup *self)
{
  if (self->filling || self->workspace == NULL)
    return;
  self->ask = gtk_switch_get_active (self->publishes);
  if (self->ask)
    look (self, TRUE);
  else
    run (self, &wb_channel_publish_work, 0, switched_cb);
}

static void
buffered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbChannelStockGroup *self = WB_CHANNEL_STOCK_GROUP (source);
  g_autoptr (GError)   error = NULL;
  g_autofree char     *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
  look (self, FALSE);
}

static void
typing_cb (gpointer data)
{
  WbChannelStockGroup *self = data;

  self->typing_id = 0;
  run (self, &wb_channel_buffer_work, gtk_spin_button_get_value_as_int (self->buffer), buffered_cb);
}

static void
buffer_cb (GtkSpinButton *button, WbChannelStockGroup *self)
{
  if (self->filling || self->workspace == NULL)
    return;
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

static void
changed_cb (WbWorkspace *workspace, WbChannelStockGroup *self)
{
  if (!self->ask)
    look (self, FALSE);
}

static void
wb_channel_stock_group_dispose (GObject *object)
{
  WbChannelStockGroup *self = WB_CHANNEL_STOCK_GROUP (object);

  if (self->typing_id != 0 && self->workspace != NULL)
    {
      g_clear_handle_id (&self->typing_id, g_source_remove);
      typing_cb (self); /* what was typed just before it was closed counts as well */
    }
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_channel_stock_group_parent_class)->dispose (object);
}

static void
wb_channel_stock_group_class_init (WbChannelStockGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_channel_stock_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-channel-stock-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbChannelStockGroup, publishes);
  gtk_widget_class_bind_template_child (widget_class, WbChannelStockGroup, buffer);
  gtk_widget_class_bind_template_child (widget_class, WbChannelStockGroup, plan);
  gtk_widget_class_bind_template_child (widget_class, WbChannelStockGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbChannelStockGroup, reread);
  gtk_widget_class_bind_template_callback (widget_class, publishes_cb);
  gtk_widget_class_bind_template_callback (widget_class, buffer_cb);
  gtk_widget_class_bind_template_callback (widget_class, reread_cb);
}

static void
wb_channel_stock_group_init (WbChannelStockGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_channel_stock_group_set_channel: shows how it stands with @channel_id; once. */
void
wb_channel_stock_group_set_channel (WbChannelStockGroup *self,
                                    WbWorkspace         *workspace,
                                    gint64               channel_id)
{
  self->workspace = g_object_ref (workspace);
  self->channel_id = channel_id;
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  look (self, FALSE);
}

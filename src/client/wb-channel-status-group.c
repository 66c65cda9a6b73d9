/* SPDX-License-Identifier: GPL-3.0-or-later
 * What each status of a shop's orders means; those that nobody has explained first, with how many
 * orders wait for it. */
#include "wb-channel-status-group.h"

#include "wb-channel-works.h"
#include "wb-preferences-window.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbChannelStatusGroup
{
  AdwPreferencesGroup parent_instance;
  WbWorkspace        *workspace; /* NULL: gone */
  gint64              channel_id;
  GPtrArray          *rows;    /* of AdwComboRow, borrowed */
  char               *touched; /* the status that was chosen for last: the keyboard stays there */
  gboolean            looking, again;
};

G_DEFINE_FINAL_TYPE (WbChannelStatusGroup, wb_channel_status_group, ADW_TYPE_PREFERENCES_GROUP)

/* As the rows offer them; after “nobody has said” where nobody has. */
static const char *const states[] = { WB_SHOP_UNPAID, WB_SHOP_OPEN, WB_SHOP_DONE,
                                      WB_SHOP_CANCELLED };

static void look (WbChannelStatusGroup *self);

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbChannelStatusGroup *self = WB_CHANNEL_STATUS_GROUP (source);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  wb_worker_forget_desks (wb_workspace_get_worker (self->workspace));
  wb_workspace_look (self->workspace);
  look (self);
}

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, WbChannelStatusGroup *self)
{
  const char *status = g_object_get_data (G_OBJECT (row), "status");
  guint       open = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "open"));
  guint       place = adw_combo_row_get_selected (row);

  if (place < open || place - open >= G_N_ELEMENTS (states))
    return;
  wb_set_str (&self->touched, status);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_channel_explain_work,
                       wb_channel_ask_explain (self->channel_id, status, states[place - open]),
                       G_OBJECT (self), NULL, explained_cb, NULL);
}

static char *
describe (const WbStatusView *view)
{
  if (view->explained)
    return g_strdup (view->id);
  /* Translators: a shop's word for a status, how many orders wait because of it */
  return g_strdup_printf (ngettext ("%s · %d order waits for a word on it",
                                    "%s · %d orders wait for a word on it", (gulong) view->waiting),
                          view->id, (int) view->waiting);
}

static void
mark_open (AdwComboRow *row)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
}

static AdwComboRow *
make_row (WbChannelStatusGroup *self, const WbStatusView *view)
{
  AdwComboRow              *row = g_object_new (ADW_TYPE_COMBO_ROW, "use-markup", FALSE, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char          *subtitle = describe (view);
  guint                     open = view->explained ? 0 : 1, chosen = 0;

  if (open > 0)
    gtk_string_list_append (names, wb_shop_state_title (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gtk_string_list_append (names, wb_shop_state_title (states[i]));
      if (g_strcmp0 (states[i], view->state) == 0)
        chosen = open + i;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), view->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, chosen);
  if (open > 0)
    mark_open (row);
  g_object_set_data_full (G_OBJECT (row), "status", g_strdup (view->id), g_free);
  g_object_set_data (G_OBJECT (row), "open", GUINT_TO_POINTER (open));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self, 0);
  return row;
}

static void
show_statuses (WbChannelStatusGroup *self, const WbChannelStatuses *statuses)
{
  wb_preferences_group_clear (ADW_PREFERENCES_GROUP (self), self->rows);
  for (guint i = 0; i < statuses->views->len; i++)
    {
      const WbStatusView *view = statuses->views->pdata[i];
      AdwComboRow        *row = make_row (self, view);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
      if (g_strcmp0 (view->id, self->touched) == 0)
        gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  if (statuses->problem != NULL)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     _ ("The shop could not be asked for its statuses"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), statuses->problem);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbChannelStatusGroup         *self = WB_CHANNEL_STATUS_GROUP (source);
  g_autoptr (GError)            error = NULL;
  g_autoptr (WbChannelStatuses) statuses = wb_worker_finish (result, &error);

  self->looking = FALSE;
  if (self->workspace == NULL)
    return;
  if (self->again)
    look (self);
  else if (statuses != NULL)
    show_statuses (self, statuses);
  else
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
}

static void
look (WbChannelStatusGroup *self)
{
  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_channel_statuses_work,
                       wb_channel_ask_new (self->channel_id, 0, FALSE), G_OBJECT (self), NULL,
                       looked_cb, NULL);
}

static void
wb_channel_status_group_dispose (GObject *object)
{
  WbChannelStatusGroup *self = WB_CHANNEL_STATUS_GROUP (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->touched, g_free);
  G_OBJECT_CLASS (wb_channel_status_group_parent_class)->dispose (object);
}

static void
wb_channel_status_group_class_init (WbChannelStatusGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_channel_status_group_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               WB_RESOURCE "wb-channel-status-group.ui");
}

static void
wb_channel_status_group_init (WbChannelStatusGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

/** wb_channel_status_group_set_channel: shows the statuses of @channel_id; once. */
void
wb_channel_status_group_set_channel (WbChannelStatusGroup *self,
                                     WbWorkspace          *workspace,
                                     gint64                channel_id)
{
  self->workspace = g_object_ref (workspace);
  self->channel_id = channel_id;
  look (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: the shops, carriers and gateways that are connected. */
#include "wb-preferences-connections.h"

#include "wb-channel-window.h"
#include "wb-connect-row.h"
#include "wb-connect-window.h"
#include "wb-preferences-window.h"
#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

enum
{
  SHOPS,
  CARRIERS,
  GATEWAYS,
  N_KINDS
};

static const char *const kinds[N_KINDS] = { WB_KIND_SHOP, WB_KIND_CARRIER, WB_KIND_GATEWAY };

struct _WbPreferencesConnections
{
  AdwPreferencesPage   parent_instance;
  AdwPreferencesGroup *groups[N_KINDS];
  GtkWidget           *empty[N_KINDS];
  GPtrArray           *rows[N_KINDS]; /* borrowed widgets */
  WbWorkspace         *workspace;
};

G_DEFINE_FINAL_TYPE (WbPreferencesConnections,
                     wb_preferences_connections,
                     ADW_TYPE_PREFERENCES_PAGE)

static GtkWindow *
window_of (WbPreferencesConnections *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
add_shop_cb (GtkButton *button, WbPreferencesConnections *self)
{
  wb_connect_window_open (window_of (self), self->workspace, WB_KIND_SHOP, NULL);
}

static void
add_carrier_cb (GtkButton *button, WbPreferencesConnections *self)
{
  wb_connect_window_open (window_of (self), self->workspace, WB_KIND_CARRIER, NULL);
}

static void
add_gateway_cb (GtkButton *button, WbPreferencesConnections *self)
{
  wb_connect_window_open (window_of (self), self->workspace, WB_KIND_GATEWAY, NULL);
}

static void
change_cb (WbConnectRow *row, WbPreferencesConnections *self)
{
  WbConnection *connection = wb_connect_row_get_record (row);

  wb_connect_window_open (window_of (self), self->workspace,
                          wb_record_get_text (connection, WB_CONNECTION_KIND), connection);
}

static void
open_cb (WbConnectRow *row, WbPreferencesConnections *self)
{
  wb_channel_window_present (window_of (self), self->workspace, wb_connect_row_get_record (row));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesConnections *self = WB_PREFERENCES_CONNECTIONS (source);
  g_autoptr (GError)        error = NULL;
  g_autofree char          *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  wb_worker_forget_desks (wb_workspace_get_worker (self->workspace));
  wb_workspace_look (self->workspace);
}

static void
remove_response_cb (AdwMessageDialog *dialog, const char *response, WbPreferencesConnections *self)
{
  WbConnection *connection = g_object_get_data (G_OBJECT (dialog), "connection");

  if (g_strcmp0 (response, "remove") == 0)
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_remove_record_work,
                         g_object_ref (connection), G_OBJECT (self), NULL, removed_cb, NULL);
}

static void
remove_cb (WbConnectRow *row, WbPreferencesConnections *self)
{
  WbConnection    *connection = wb_connect_row_get_record (row);
  g_autofree char *heading =
      g_strdup_printf (_ ("Remove “%s”?"), wb_record_get_text (connection, WB_CONNECTION_NAME));
  GtkWidget *dialog = adw_message_dialog_new (
      window_of (self), heading,
      _ ("Its keys are forgotten and nothing is asked of it any more. Orders, labels and payments "
         "that came through it stay in the order book."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove",
                                    _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "connection", g_object_ref (connection),
                          g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const char *
capturer_words (WbConnection *connection)
{
  const char *capturer = wb_record_get_text (connection, WB_CONNECTION_CAPTURER);

  if (g_strcmp0 (capturer, WB_CAPTURER_GATEWAY) == 0)
    return _ ("captured by Waybill when it ships");
  if (g_strcmp0 (capturer, WB_CAPTURER_SHOP) == 0)
    return _ ("captured by the shop");
  return _ ("paid beforehand");
}

static char *
describe (WbConnection *connection, gboolean *trouble)
{
  const char      *error = wb_record_get_text (connection, WB_CONNECTION_ERROR);
  const char      *kind = wb_record_get_text (connection, WB_CONNECTION_KIND);
  g_autoptr (GUri) uri =
      g_uri_parse (wb_record_get_text (connection, WB_CONNECTION_BASE_URL), G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *title =
      wb_desk_provider_title (kind, wb_record_get_text (connection, WB_CONNECTION_PROVIDER));

  *trouble = error != NULL && *error != '\0';
  if (*trouble)
    return g_strdup (error);
  if (title == NULL)
    title = "";
  if (wb_text_is_empty (host)) /* nobody is called: it is fed by hand */
    return g_strdup (title);
  if (g_strcmp0 (kind, WB_KIND_SHOP) == 0)
    return g_strdup_printf ("%s · %s · %s", title, host, capturer_words (connection));
  return g_strdup_printf ("%s · %s", title, host);
}

static void
add_row (WbPreferencesConnections *self, guint kind, WbConnection *connection)
{
  gboolean         trouble;
  g_autofree char *subtitle = describe (connection, &trouble);
  GtkWidget       *row = wb_connect_row_new (
            connection, wb_record_get_text (connection, WB_CONNECTION_NAME), subtitle, trouble);

  if (kind == SHOPS)
    wb_connect_row_set_opens (
        WB_CONNECT_ROW (row),
        !g_str_has_prefix (wb_record_get_text (connection, WB_CONNECTION_BASE_URL), "file:"));
  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, 0);
  g_signal_connect_object (row, "change", G_CALLBACK (change_cb), self, 0);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, 0);
  adw_preferences_group_add (self->groups[kind], row);
  g_ptr_array_add (self->rows[kind], row);
}

static void
fill (WbPreferencesConnections *self)
{
  GPtrArray *all = wb_workspace_get_connections (self->workspace);

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      wb_preferences_group_clear (self->groups[kind], self->rows[kind]);
      for (guint i = 0; i < all->len; i++)
        if (wb_record_get_bool (all->pdata[i], WB_CONNECTION_ENABLED) &&
            g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), kinds[kind]) == 0)
          add_row (self, kind, all->pdata[i]);
      gtk_widget_set_visible (self->empty[kind], self->rows[kind]->len == 0);
    }
}

static void
changed_cb (WbWorkspace *workspace, WbPreferencesConnections *self)
{
  fill (self);
}

static void
wb_preferences_connections_dispose (GObject *object)
{
  WbPreferencesConnections *self = WB_PREFERENCES_CONNECTIONS (object);

  g_clear_object (&self->workspace);
  for (guint kind = 0; kind < N_KINDS; kind++)
    g_clear_pointer (&self->rows[kind], g_ptr_array_unref);
  G_OBJECT_CLASS (wb_preferences_connections_parent_class)->dispose (object);
}

static void
wb_preferences_connections_class_init (WbPreferencesConnectionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    gsize       offset;
  } children[] = {
    { "shops", G_STRUCT_OFFSET (WbPreferencesConnections, groups[SHOPS]) },
    { "carriers", G_STRUCT_OFFSET (WbPreferencesConnections, groups[CARRIERS]) },
    { "gateways", G_STRUCT_OFFSET (WbPreferencesConnections, groups[GATEWAYS]) },
    { "no_shops", G_STRUCT_OFFSET (WbPreferencesConnections, empty[SHOPS]) },
    { "no_carriers", G_STRUCT_OFFSET (WbPreferencesConnections, empty[CARRIERS]) },
    { "no_gateways", G_STRUCT_OFFSET (WbPreferencesConnections, empty[GATEWAYS]) },
  };

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_connections_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-preferences-connections.ui");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE,
                                               children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, add_shop_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_carrier_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_gateway_cb);
}

static void
wb_preferences_connections_init (WbPreferencesConnections *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint kind = 0; kind < N_KINDS; kind++)
    self->rows[kind] = g_ptr_array_new ();
}

/** wb_preferences_connections_set_workspace: shows what @workspace is connected to; once. */
void
wb_preferences_connections_set_workspace (WbPreferencesConnections *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  fill (self);
}

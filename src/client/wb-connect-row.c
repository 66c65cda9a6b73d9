/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing of the preferences in a list, with buttons to change and to remove it. */
#include "wb-connect-row.h"

#include "wb-resource.h"
#include "wb-widget-name.h"

#include <glib/gi18n-lib.h>

struct _WbConnectRow
{
  AdwActionRow parent_instance;
  GtkWidget   *opens;
  GtkWidget   *change;
  GtkWidget   *remove;
  gpointer     record;
};

enum
{
  OPEN,
  CHANGE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbConnectRow, wb_connect_row, ADW_TYPE_ACTION_ROW)

static void
open_cb (GtkButton *button, WbConnectRow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
change_cb (GtkButton *button, WbConnectRow *self)
{
  g_signal_emit (self, signals[CHANGE], 0);
}

static void
remove_cb (GtkButton *button, WbConnectRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
wb_connect_row_dispose (GObject *object)
{
  g_clear_object (&WB_CONNECT_ROW (object)->record);
  G_OBJECT_CLASS (wb_connect_row_parent_class)->dispose (object);
}

static void
wb_connect_row_class_init (WbConnectRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_connect_row_dispose;
  signals[OPEN] =
      g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGE] =
      g_signal_new ("change", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-connect-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbConnectRow, opens);
  gtk_widget_class_bind_template_child (widget_class, WbConnectRow, change);
  gtk_widget_class_bind_template_child (widget_class, WbConnectRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
wb_connect_row_init (WbConnectRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_connect_row_new: @record: a WbRecord that is kept; @trouble: @subtitle says what is wrong.
 * Returns: (transfer floating): the row. */
GtkWidget *
wb_connect_row_new (gpointer record, const char *title, const char *subtitle, gboolean trouble)
{
  WbConnectRow *self = g_object_new (WB_TYPE_CONNECT_ROW, "use-markup", FALSE, NULL);

  self->record = g_object_ref (record);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  /* Translators: name of a button for those who hear it; %s is the thing to change */
  wb_widget_name (self->change, _ ("Change “%s”"), title);
  /* Translators: name of a button for those who hear it; %s is the thing to remove */
  wb_widget_name (self->remove, _ ("Remove “%s”"), title);
  return GTK_WIDGET (self);
}

/** wb_connect_row_set_opens: it has preferences of its own behind it (“open” is emitted).
 * @changes: it can be changed as well. */
void
wb_connect_row_set_opens (WbConnectRow *self, gboolean changes)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  /* Translators: name of a button for those who hear it; %s is a shop */
  wb_widget_name (self->opens, _ ("Preferences of “%s”"), title);
  gtk_widget_set_visible (self->opens, TRUE);
  gtk_widget_set_visible (self->change, changes);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->opens);
}

/** wb_connect_row_get_record: Returns: (transfer none): the record it shows. */
gpointer
wb_connect_row_get_record (WbConnectRow *self)
{
  return self->record;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A saved view in a list, whose row chooses it: renamed, deleted. */
#include "wb-view-row.h"

#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbViewRow
{
  GtkListBoxRow parent_instance;
  GtkStack     *stack;
  GtkLabel     *name;
  GtkEntry     *entry;
  GtkWidget    *rename;
  GtkWidget    *remove;
  WbSavedView  *view;
};

enum
{
  RENAMED,
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbViewRow, wb_view_row, GTK_TYPE_LIST_BOX_ROW)

static void
rename_cb (GtkButton *button, WbViewRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), gtk_label_get_text (self->name));
  gtk_stack_set_visible_child_name (self->stack, "rename");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
renamed_cb (GtkEntry *entry, WbViewRow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  gtk_widget_grab_focus (GTK_WIDGET (self)); /* the entry goes away */
  gtk_stack_set_visible_child_name (self->stack, "name");
  if (!wb_text_is_empty (name) && g_strcmp0 (name, gtk_label_get_text (self->name)) != 0)
    g_signal_emit (self, signals[RENAMED], 0, name);
}

static void
remove_cb (GtkButton *button, WbViewRow *self)
{
  g_signal_emit (self, signals[DELETED], 0);
}

static void
wb_view_row_dispose (GObject *object)
{
  g_clear_object (&WB_VIEW_ROW (object)->view);
  G_OBJECT_CLASS (wb_view_row_parent_class)->dispose (object);
}

static void
wb_view_row_class_init (WbViewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_view_row_dispose;

  /* A new name for it was typed. */
  signals[RENAMED] = g_signal_new ("renamed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* It is to be forgotten. */
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-view-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbViewRow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbViewRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbViewRow, entry);
  gtk_widget_class_bind_template_child (widget_class, WbViewRow, rename);
  gtk_widget_class_bind_template_child (widget_class, WbViewRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
  gtk_widget_class_bind_template_callback (widget_class, renamed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
wb_view_row_init (WbViewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_view_row_new: Returns: (transfer floating): the row of @view. */
GtkWidget *
wb_view_row_new (WbSavedView *view)
{
  WbViewRow       *self = g_object_new (WB_TYPE_VIEW_ROW, NULL);
  const char      *name = wb_record_get_text (view, WB_SAVED_VIEW_NAME);
  g_autofree char *rename = g_strdup_printf (_ ("Rename “%s”"), name);
  g_autofree char *remove = g_strdup_printf (_ ("Delete “%s”"), name);

  self->view = g_object_ref (view);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (self->rename, rename);
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rename), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rename, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/** wb_view_row_get_view: Returns: (transfer none): what it stands for. */
WbSavedView *
wb_view_row_get_view (WbViewRow *self)
{
  return self->view;
}

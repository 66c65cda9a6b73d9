/* SPDX-License-Identifier: GPL-3.0-or-later
 * One entry of a timeline: what happened, when, by whom. */
#include "wb-event-row.h"

#include "wb-edit-row.h"
#include "wb-resource.h"

struct _WbEventRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *title;
  GtkLabel     *when;
  GtkLabel     *changes;
};

G_DEFINE_FINAL_TYPE (WbEventRow, wb_event_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_event_row_class_init (WbEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-event-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbEventRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbEventRow, when);
  gtk_widget_class_bind_template_child (widget_class, WbEventRow, changes);
}

static void
wb_event_row_init (WbEventRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was changed in the shop, a line each. */
static void
show_changes (WbEventRow *self, WbEvent *event, WbOrder *order)
{
  g_autoptr (GPtrArray) edits = wb_event_list_edits (event, order);
  g_autoptr (GString)   text = g_string_new (NULL);

  for (guint i = 0; i < edits->len; i++)
    {
      g_autofree char *line = wb_edit_to_text (edits->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  gtk_label_set_text (self->changes, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), text->len > 0);
}

/** wb_event_row_new: Returns: (transfer floating): the row of @event, which happened to @order. */
GtkWidget *
wb_event_row_new (WbEvent *event, WbOrder *order)
{
  WbEventRow      *self = g_object_new (WB_TYPE_EVENT_ROW, NULL);
  const char      *actor = wb_record_get_text (event, WB_EVENT_ACTOR);
  g_autofree char *title = wb_event_title (event);
  g_autofree char *time = wb_instant_to_text (wb_record_get_int (event, WB_EVENT_AT));
  g_autofree char *when = g_strdup_printf ("%s · %s", time, actor != NULL ? actor : "");

  gtk_label_set_text (self->title, title);
  show_changes (self, event, order);
  gtk_label_set_text (self->when, actor != NULL && *actor != '\0' ? when : time);
  return GTK_WIDGET (self);
}

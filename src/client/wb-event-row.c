/* SPDX-License-Identifier: GPL-3.0-or-later
 * One entry of a timeline: what happened, when, by whom. */
#include "wb-event-row.h"

#include "wb-desk.h"
#include "wb-resource.h"

struct _WbEventRow
{
  GtkListBoxRow parent_instance;
  GtkLabel     *title;
  GtkLabel     *when;
};

G_DEFINE_FINAL_TYPE (WbEventRow, wb_event_row, GTK_TYPE_LIST_BOX_ROW)

static void
wb_event_row_class_init (WbEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-event-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbEventRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbEventRow, when);
}

static void
wb_event_row_init (WbEventRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_event_row_new: Returns: (transfer floating): the row of @event. */
GtkWidget *
wb_event_row_new (WbEvent *event)
{
  WbEventRow      *self = g_object_new (WB_TYPE_EVENT_ROW, NULL);
  const char      *actor = wb_record_get_text (event, WB_EVENT_ACTOR);
  g_autofree char *title = wb_event_title (event);
  g_autofree char *time = wb_instant_to_text (wb_record_get_int (event, WB_EVENT_AT));
  g_autofree char *when = g_strdup_printf ("%s · %s", time, actor != NULL ? actor : "");

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->when, actor != NULL && *actor != '\0' ? when : time);
  return GTK_WIDGET (self);
}

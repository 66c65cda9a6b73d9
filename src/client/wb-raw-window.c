/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order as the shop sent it, for when something is wrong. */
#include "wb-raw-window.h"

#include "wb-json.h"
#include "wb-resource.h"

struct _WbRawWindow
{
  AdwWindow    parent_instance;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (WbRawWindow, wb_raw_window, ADW_TYPE_WINDOW)

static void
wb_raw_window_class_init (WbRawWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-raw-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRawWindow, view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_raw_window_init (WbRawWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_raw_window_open: shows @raw, JSON as it was received, laid out for reading, above @parent. */
void
wb_raw_window_open (GtkWindow *parent, const char *title, GBytes *raw)
{
  WbRawWindow *self =
      g_object_new (WB_TYPE_RAW_WINDOW, "transient-for", parent, "title", title, NULL);
  g_autoptr (JsonNode) node = wb_json_parse_bytes (raw, title, NULL);
  gsize                size = 0;
  const char          *bytes = g_bytes_get_data (raw, &size);
  g_autofree char     *text =
      node != NULL ? wb_json_to_pretty (node) : g_utf8_make_valid (bytes, (gssize) size);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
  gtk_window_present (GTK_WINDOW (self));
}

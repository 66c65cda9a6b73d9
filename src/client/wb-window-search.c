/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search in the header: every order, by whatever somebody knows of it. */
#include "wb-orders-page.h"
#include "wb-pages.h"
#include "wb-toast.h"
#include "wb-window-private.h"
#include "wb-works.h"

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbWindow *self)
{
  const char *text = gtk_editable_get_text (self->search);
  GtkWidget  *orders = wb_pages_find (self->pages, "orders");

  if (*text != '\0')
    wb_window_show_page (self, "orders");
  else if (orders == NULL)
    return;
  wb_orders_page_set_text (wb_window_get_orders (self), text);
}

/* The hit opens, whatever the list has come to meanwhile: somebody types faster than it follows. */
static void
hit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow          *self = WB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = wb_worker_finish (result, &error);
  g_autofree char   *text = user_data;

  if (self->workspace == NULL || g_strcmp0 (gtk_editable_get_text (self->search), text) != 0)
    return;
  if (ids == NULL)
    wb_toast_outcome (GTK_WIDGET (self->toasts), NULL, error);
  else if (ids->len == 1)
    wb_orders_page_show_order (wb_window_get_orders (self), g_array_index (ids, gint64, 0));
  if (ids != NULL && ids->len > 0)
    wb_orders_page_focus_list (wb_window_get_orders (self));
}

static void
search_activate_cb (GtkSearchEntry *entry, WbWindow *self)
{
  const char *text = gtk_editable_get_text (self->search);

  if (self->opened && *text != '\0')
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_find_work,
                         wb_wish_new (0, text), G_OBJECT (self), NULL, hit_cb, g_strdup (text));
  else if (self->opened)
    wb_orders_page_focus_list (wb_window_get_orders (self));
}

static void
search_stop_cb (GtkSearchEntry *entry, WbWindow *self)
{
  gtk_editable_set_text (self->search, "");
  wb_orders_page_focus_list (wb_window_get_orders (self));
}

static gboolean
search_key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, WbWindow *self)
{
  if (key != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  wb_window_show_page (self, "orders");
  wb_orders_page_focus_list (wb_window_get_orders (self));
  return GDK_EVENT_STOP;
}

/** wb_window_install_search: what the search field does, for the template. */
void
wb_window_install_search (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
}

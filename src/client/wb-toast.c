/* SPDX-License-Identifier: GPL-3.0-or-later
 * Short notes at the bottom of a window, some with a way back. */
#include "wb-toast.h"

#include "wb-desk.h"
#include "wb-refusals.h"
#include <glib/gi18n-lib.h>

#define SECONDS      4
#define UNDO_SECONDS 10
#define HEARD_LATER  30 /* seconds of a plain note when a screen reader has to come to it first */

/* The button that takes a toast away has only a picture in libadwaita 1.2: it is given a name for
 * those who do not see it. */
static void
name_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Close this note"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

/* The toast's own widget stands beside the window's content. */
static void
name_toast (AdwToastOverlay *overlay)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (overlay))
      name_buttons (child);
}

static void
child_cb (GObject *children, guint position, guint removed, guint added, gpointer overlay)
{
  if (added > 0)
    name_toast (overlay);
}

/* A toast that waits behind another one is built later: its overlay is watched. */
static void
watch (AdwToastOverlay *overlay)
{
  GListModel *children;

  if (g_object_get_data (G_OBJECT (overlay), "wb-watched") != NULL)
    return;
  children = gtk_widget_observe_children (GTK_WIDGET (overlay));
  g_signal_connect_object (children, "items-changed", G_CALLBACK (child_cb), overlay, 0);
  g_object_set_data_full (G_OBJECT (overlay), "wb-watched", children, g_object_unref);
}

/* Whether a screen reader runs, as it says itself on the session bus. */
static gboolean
is_read_aloud (GDBusProxy *status)
{
  g_autoptr (GVariant) runs =
      status != NULL ? g_dbus_proxy_get_cached_property (status, "ScreenReaderEnabled") : NULL;

  return runs != NULL && g_variant_is_of_type (runs, G_VARIANT_TYPE_BOOLEAN) &&
         g_variant_get_boolean (runs);
}

static void
dismissed_cb (AdwToast *toast, gpointer overlay)
{
  if (g_object_get_data (overlay, "wb-shown") == toast)
    g_object_set_data (overlay, "wb-shown", NULL);
}

/* Read aloud, a note comes late and its button later still: what can be taken back stays until it
 * is closed or the next note comes, and that does not wait for it. */
static void
add (AdwToastOverlay *overlay, AdwToast *toast)
{
  AdwToast *before = g_object_get_data (G_OBJECT (overlay), "wb-shown");

  if (is_read_aloud (g_object_get_data (G_OBJECT (overlay), "wb-status")))
    {
      adw_toast_set_timeout (toast, adw_toast_get_button_label (toast) != NULL ? 0 : HEARD_LATER);
      if (before != NULL)
        adw_toast_dismiss (before);
      g_object_set_data_full (G_OBJECT (overlay), "wb-shown", g_object_ref (toast), g_object_unref);
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), overlay, 0);
    }
  adw_toast_overlay_add_toast (overlay, toast);
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer overlay)
{
  g_autoptr (AdwToastOverlay) owned = overlay;
  GDBusProxy                 *status = g_dbus_proxy_new_for_bus_finish (result, NULL);
  GQueue                     *waiting = g_object_steal_data (overlay, "wb-waiting");

  if (status != NULL)
    g_object_set_data_full (overlay, "wb-status", status, g_object_unref);
  while (!g_queue_is_empty (waiting))
    add (overlay, g_queue_pop_head (waiting));
  g_queue_free (waiting);
}

static void
free_waiting (gpointer waiting)
{
  g_queue_free_full (waiting, g_object_unref);
}

/* The first note of a window waits some milliseconds until it is known who listens. */
static void
wait_for_status (AdwToastOverlay *overlay, AdwToast *toast)
{
  GQueue *waiting = g_object_get_data (G_OBJECT (overlay), "wb-waiting");

  if (waiting == NULL)
    {
      waiting = g_queue_new ();
      g_object_set_data_full (G_OBJECT (overlay), "wb-waiting", waiting, free_waiting);
      g_object_set_data (G_OBJECT (overlay), "wb-asked", overlay);
      g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL,
                                "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status", NULL, status_cb,
                                g_object_ref (overlay));
    }
  g_queue_push_tail (waiting, toast);
}

static void
show (GtkWidget *from, AdwToast *toast)
{
  GtkWidget *overlay =
      ADW_IS_TOAST_OVERLAY (from) ? from : gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);

  if (overlay == NULL)
    {
      g_object_unref (toast);
      return;
    }
  watch (ADW_TOAST_OVERLAY (overlay));
  if (g_object_get_data (G_OBJECT (overlay), "wb-asked") == NULL ||
      g_object_get_data (G_OBJECT (overlay), "wb-waiting") != NULL)
    wait_for_status (ADW_TOAST_OVERLAY (overlay), toast);
  else
    add (ADW_TOAST_OVERLAY (overlay), toast);
}

/** wb_toast_show: shows @text for some seconds in the window of @from; nothing for an empty one. */
void
wb_toast_show (GtkWidget *from, const char *text)
{
  g_autofree char *safe = NULL;
  AdwToast        *toast;

  if (text == NULL || *text == '\0')
    return;
  safe = g_markup_escape_text (text, -1); /* libadwaita 1.2 reads a title as markup */
  toast = adw_toast_new (safe);
  adw_toast_set_timeout (toast, SECONDS);
  show (from, toast);
}

/** wb_toast_outcome: shows what came of a work: @outcome, or @error in words for people when that
 * is %NULL. */
void
wb_toast_outcome (GtkWidget *from, const char *outcome, const GError *error)
{
  g_autofree char *words = outcome == NULL ? wb_error_words (error) : NULL;

  wb_toast_show (from, outcome != NULL ? outcome : words);
}

/**
 * wb_toast_show_undo:
 * @undo: a handler of “button-clicked”: void (AdwToast *, gpointer owner); @data is the toast's
 * object data “undo”
 *
 * Shows @text with a button that takes back what was done, while @owner lives: for some seconds, or
 * until it is closed where a screen reader runs.
 */
void
wb_toast_show_undo (GtkWidget     *from,
                    const char    *text,
                    GObject       *owner,
                    GCallback      undo,
                    gpointer       data,
                    GDestroyNotify free_data)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (safe);

  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "undo", data, free_data);
  g_signal_connect_object (toast, "button-clicked", undo, owner, 0);
  show (from, toast);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page over an empty book of its own, and what is to be seen on it. */
#include "states-bench.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define SECONDS 40

static const char *
text_of (GtkWidget *widget)
{
  if (ADW_IS_STATUS_PAGE (widget))
    return adw_status_page_get_title (ADW_STATUS_PAGE (widget));
  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
}

/* The first of @type that is to be seen and says @text, when that is not NULL. */
static GtkWidget *
find (GtkWidget *under, GType type, const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (under, type) &&
      (text == NULL || g_strcmp0 (text_of (under), text) == 0))
    return under;
  for (GtkWidget *child = gtk_widget_get_first_child (under); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_child_visible (child) && gtk_widget_get_mapped (child)
                             ? find (child, type, text)
                             : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
late_cb (gpointer what)
{
  g_error ("the page does not show “%s” after %d s", (const char *) what, SECONDS);
  return G_SOURCE_REMOVE;
}

/** states_find: Returns: (transfer none) (nullable): the first widget of @type that shows. */
GtkWidget *
states_find (GtkWidget *under, GType type)
{
  return find (under, type, NULL);
}

/** states_wait: @text: (nullable): the title of a status page, the text of a label. Returns:
 * (transfer none): the widget of @type that says so, as soon as it shows. */
GtkWidget *
states_wait (StatesBench *self, GType type, const char *text)
{
  guint      late = g_timeout_add_seconds (SECONDS, late_cb,
                                           (gpointer) (text != NULL ? text : g_type_name (type)));
  GtkWidget *shown;

  while ((shown = find (self->page, type, text)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  return shown;
}

/** states_run_sql: as another program on the same book does it. */
void
states_run_sql (StatesBench *self, const char *sql)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, SECONDS * 1000);
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_close (database);
  wb_workspace_look (self->workspace);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer open)
{
  g_autoptr (GError) error = NULL;

  wb_workspace_open_finish (WB_WORKSPACE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) open = TRUE;
}

/** states_set_up: an open book with nothing in it, and a page of type @page that has not been given
 * it yet. */
void
states_set_up (StatesBench *self, GType page)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new_fixed ((const char *const[]){ NULL });
  gboolean              open = FALSE;

  self->folder = g_dir_make_tmp ("waybill-states-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "book.waybill", NULL);
  self->workspace = wb_workspace_new (self->path, secrets, NULL);
  wb_workspace_open_async (self->workspace, opened_cb, &open);
  while (!open)
    g_main_context_iteration (NULL, TRUE);
  self->page = g_object_new (page, NULL);
  self->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (self->window, 1000, 600);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_present (self->window);
  while (!gtk_widget_get_mapped (self->page))
    g_main_context_iteration (NULL, TRUE);
}

/** states_tear_down: closes what states_set_up() has opened, as soon as nothing works on it. */
void
states_tear_down (StatesBench *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char      *name;

  gtk_window_destroy (self->window);
  while (!wb_worker_is_quiet (wb_workspace_get_worker (self->workspace)))
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->workspace);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (self->folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

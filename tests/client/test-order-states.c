/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on the Orders page when there are no rows to show: loading, an empty book, nothing
 * left to do, nothing found, and a book that cannot be read. */
#include "wb-orders-page.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define SECONDS 20

static struct
{
  char         *folder, *path;
  WbWorkspace  *workspace;
  GtkWindow    *window;
  WbOrdersPage *page;
} here;

/* The first widget of @type that shows. */
static GtkWidget *
find (GtkWidget *under, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (under, type))
    return under;
  for (GtkWidget *child = gtk_widget_get_first_child (under); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_child_visible (child) && gtk_widget_get_mapped (child)
                             ? find (child, type)
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

/* Waits for the state whose title is @title. Returns: (transfer none): its page. */
static AdwStatusPage *
wait_state (const char *title)
{
  guint      late = g_timeout_add_seconds (SECONDS, late_cb, (gpointer) title);
  GtkWidget *shown;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      shown = find (GTK_WIDGET (here.page), ADW_TYPE_STATUS_PAGE);
    }
  while (shown == NULL ||
         g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (shown)), title) != 0);
  g_source_remove (late);
  return ADW_STATUS_PAGE (shown);
}

static void
wait_list (void)
{
  guint late = g_timeout_add_seconds (SECONDS, late_cb, (gpointer) "the list");

  while (find (GTK_WIDGET (here.page), GTK_TYPE_COLUMN_VIEW) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

/* As another program on the same book does it. */
static void
run_sql (const char *sql)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (here.path, &database), ==, SQLITE_OK);
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_close (database);
  wb_workspace_look (here.workspace);
}

static void
test_loading (void)
{
  g_assert_nonnull (find (GTK_WIDGET (here.page), GTK_TYPE_SPINNER));
}

static void
test_empty (void)
{
  wb_orders_page_set_workspace (here.page, here.workspace);
  g_assert_null (find (GTK_WIDGET (wait_state ("No orders yet")), GTK_TYPE_BUTTON));
}

static void
test_list (void)
{
  run_sql ("INSERT INTO connection (id, kind, provider, name, base_url) VALUES (1, 'shop', "
           "'woocommerce', 'Shop', 'http://127.0.0.1'); INSERT INTO orders (id, channel_id, "
           "remote_id, number, remote_status, shop_state, stage, placed_at, currency, total, "
           "customer_name) VALUES (1, 1, '1', '1001', 'completed', 'done', 'shipped', 1700000000, "
           "'EUR', 1000, 'Ana')");
  wait_state ("All done"); /* it has left, and what is to ship shows first */
  wb_orders_page_show_filter (here.page, "all");
  wait_list ();
}

static void
test_narrowed (void)
{
  wb_orders_page_show_filter (here.page, "to-ship");
  g_assert_nonnull (find (GTK_WIDGET (wait_state ("All done")), GTK_TYPE_BUTTON));
  wb_orders_page_show_filter (here.page, "waiting");
  wait_state ("None of these");
  wb_orders_page_set_text (here.page, "nobody");
  wait_state ("Nothing found");
  wb_orders_page_set_text (here.page, "");
  wait_list ();
}

/* What cannot be read says so and can be tried again; when it can be read, the list is back. */
static void
test_error (void)
{
  AdwStatusPage *state;
  GtkWidget     *again;

  run_sql ("ALTER TABLE orders RENAME TO gone");
  state = wait_state ("The orders could not be read");
  g_assert_cmpstr (adw_status_page_get_description (state), !=, "");
  again = find (GTK_WIDGET (state), GTK_TYPE_BUTTON);
  g_assert_nonnull (again);
  run_sql ("ALTER TABLE gone RENAME TO orders");
  g_signal_emit_by_name (again, "clicked");
  wait_list ();
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer open)
{
  g_autoptr (GError) error = NULL;

  wb_workspace_open_finish (here.workspace, result, &error);
  g_assert_no_error (error);
  *(gboolean *) open = TRUE;
}

static void
set_up (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new_fixed ((const char *const[]){ NULL });
  gboolean              open = FALSE;

  here.folder = g_dir_make_tmp ("waybill-states-XXXXXX", NULL);
  here.path = g_build_filename (here.folder, "book.waybill", NULL);
  here.workspace = wb_workspace_new (here.path, secrets, NULL);
  wb_workspace_open_async (here.workspace, opened_cb, &open);
  while (!open)
    g_main_context_iteration (NULL, TRUE);
  here.page = g_object_new (WB_TYPE_ORDERS_PAGE, NULL);
  here.window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (here.window, 1000, 600);
  adw_window_set_content (ADW_WINDOW (here.window), GTK_WIDGET (here.page));
  gtk_window_present (here.window);
  while (!gtk_widget_get_mapped (GTK_WIDGET (here.page)))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (void)
{
  g_autoptr (GDir) dir = g_dir_open (here.folder, 0, NULL);
  const char      *name;

  gtk_window_destroy (here.window);
  while (!wb_worker_is_quiet (wb_workspace_get_worker (here.workspace)))
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&here.workspace);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (here.folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (here.folder);
  g_free (here.folder);
  g_free (here.path);
}

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  set_up ();
  g_test_add_func ("/client/order-states/loading", test_loading);
  g_test_add_func ("/client/order-states/empty", test_empty);
  g_test_add_func ("/client/order-states/list", test_list);
  g_test_add_func ("/client/order-states/narrowed", test_narrowed);
  g_test_add_func ("/client/order-states/error", test_error);
  result = g_test_run ();
  tear_down ();
  return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program: its options, its keys, its windows. */
#include "wb-application.h"

#include "wb-config.h"
#include "wb-practice-session.h"
#include "wb-window.h"

#include <glib/gi18n-lib.h>

#define PRACTICE_ORDERS 60
#define PRACTICE_SEED   1

struct _WbApplication
{
  AdwApplication parent_instance;
  char          *book;
  char          *secrets_file;
  char          *trace;
  gboolean       practise; /* --practice */
  WbPractice    *practice; /* the town, while it is open */
};

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "win.search", { "<Primary>f" } },
  { "win.sync", { "F5" } },
  { "win.new-order", { "<Primary>n" } },
  { "win.import-orders", { "<Primary>o" } },
  { "win.main-action", { "<Primary>Return", "<Primary>KP_Enter" } },
  { "win.reprint", { "<Primary>p" } },
  { "win.sidebar", { "F9" } },
  { "win.preferences", { "<Primary>comma" } },
  { "win.shortcuts", { "<Primary>question" } },
  { "window.close", { "<Primary>w" } },
  { "app.quit", { "<Primary>q" } },
};

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

/** wb_application_show_about: the window that says what this program is, above @parent. */
void
wb_application_show_about (GtkWindow *parent)
{
  adw_show_about_window (
      parent, "application-name", "Waybill", "application-icon", WB_APP_ID, "version", WB_VERSION,
      "developer-name", _ ("The Waybill authors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Orders, labels and captured payments for merchants who pack their own orders."), NULL);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wb_application_show_about (gtk_application_get_active_window (data));
}

static void
open_window (WbApplication *self, const char *path, WbSecrets *secrets)
{
  g_autoptr (WbWorkspace) workspace = wb_workspace_new (path, secrets, self->trace);

  wb_window_come (wb_window_new (GTK_APPLICATION (self), workspace));
}

static void
complain (WbApplication *self, const char *heading, const char *why)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, why);

  g_printerr ("waybill: %s\n", why);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_set_application (GTK_WINDOW (dialog), GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The practice town: made in a thread, as its first orders take a moment. */
static void
practise_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *book = wb_desk_default_path ("practice");
  g_autofree char *above = g_path_get_dirname (book);
  g_autofree char *folder = g_build_filename (above, "practice", NULL);
  GError          *error = NULL;
  WbPractice      *practice = wb_practice_open (folder, PRACTICE_ORDERS, PRACTICE_SEED, &error);

  if (practice != NULL)
    g_task_return_pointer (task, practice, (GDestroyNotify) wb_practice_close);
  else
    g_task_return_error (task, error);
}

static void
practised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WbApplication     *self = WB_APPLICATION (source);
  g_autoptr (GError) error = NULL;

  self->practice = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->practice != NULL)
    open_window (self, wb_practice_get_book_path (self->practice),
                 wb_practice_get_secrets (self->practice));
  else
    complain (self, _ ("The practice workspace could not be opened"), error->message);
  g_application_release (G_APPLICATION (self));
}

static void
practise (WbApplication *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, practised_cb, NULL);

  g_application_hold (G_APPLICATION (self));
  g_task_run_in_thread (task, practise_in_thread);
}

static void
practice_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WbApplication *self = data;

  if (self->practice == NULL)
    practise (self);
  else
    open_window (self, wb_practice_get_book_path (self->practice),
                 wb_practice_get_secrets (self->practice));
}

/* From a notice on the desktop: its order, or 0 for everything that needs a person. */
static void
show_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  if (window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show", parameter);
}

static void
startup (GApplication *application)
{
  static const GActionEntry actions[] = { { "show", show_action, "x" },
                                          { "quit", quit_action },
                                          { "about", about_action },
                                          { "practice", practice_action } };

  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (WB_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           keys[i].keys);
  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.page(%d)", i);
      g_autofree char *key = g_strdup_printf ("<Primary>%d", i);

      gtk_application_set_accels_for_action (GTK_APPLICATION (application), action,
                                             (const char *[]){ key, NULL });
    }
}

static void
activate (GApplication *application)
{
  WbApplication        *self = WB_APPLICATION (application);
  GtkWindow            *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbSecrets) secrets = NULL;
  g_autofree char      *path = NULL;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  if (self->practise)
    {
      practise (self);
      return;
    }
  secrets = self->secrets_file != NULL ? wb_secrets_new_file (self->secrets_file, &error)
                                       : wb_secrets_new_service ();
  if (secrets == NULL)
    {
      complain (self, _ ("The file of credentials cannot be used"), error->message);
      return;
    }
  path = self->book != NULL ? g_strdup (self->book) : wb_desk_default_path ("default");
  open_window (self, path, secrets);
}

/* A book of its own is a process of its own. The user's one book has one window, which a second
 * start and a notice on the desktop find. */
static int
handle_local_options (GApplication *application, GVariantDict *options)
{
  WbApplication *self = WB_APPLICATION (application);

  if (self->book == NULL && !self->practise && self->secrets_file == NULL && self->trace == NULL)
    g_application_set_flags (application, G_APPLICATION_DEFAULT_FLAGS);
  return -1;
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  g_clear_pointer (&self->practice, wb_practice_close);
  g_free (self->book);
  g_free (self->secrets_file);
  g_free (self->trace);
  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_application_finalize;
  G_APPLICATION_CLASS (klass)->startup = startup;
  G_APPLICATION_CLASS (klass)->activate = activate;
  G_APPLICATION_CLASS (klass)->handle_local_options = handle_local_options;
}

static void
wb_application_init (WbApplication *self)
{
  const GOptionEntry entries[] = {
    { "book", 'b', 0, G_OPTION_ARG_FILENAME, &self->book, N_ ("Work on this order book"),
      N_ ("FILE") },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &self->practise,
      N_ ("Practise: a town in which nothing is real"), NULL },
    { "secrets-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secrets_file,
      N_ ("Keep credentials in this file (mode 0600) where there is no Secret Service"),
      N_ ("FILE") },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &self->trace,
      N_ ("Write every request and reply, without secrets, to this file"), N_ ("FILE") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/** wb_application_new: Returns: (transfer full): the program; a book of its own (--book) is a
 * process of its own. */
WbApplication *
wb_application_new (void)
{
  return g_object_new (WB_TYPE_APPLICATION, "application-id", WB_APP_ID, "flags",
                       G_APPLICATION_NON_UNIQUE, "resource-base-path", "/org/waybill/Waybill",
                       NULL);
}

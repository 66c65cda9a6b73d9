/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tells on the desktop what newly needs a person, and takes it back when it is settled. What was
 * there when the window opened is on the Today page and not told again. */
#include "wb-notices.h"

#include "wb-exceptions.h"
#include "wb-today-figures.h"

#include <glib/gi18n-lib.h>

#define MOST_SINGLE 3  /* new at once, told one by one */
#define URGENT      90 /* severity from which money is at stake now */
#define TOGETHER    "needs-you"

struct _WbNotices
{
  GObject      parent_instance;
  GtkWindow   *window; /* NULL: ended */
  WbWorkspace *workspace;
  GSettings   *settings;
  GHashTable  *known; /* key of an exception → id of the notice that told of it, or “” */
  gboolean     looked;
};

G_DEFINE_FINAL_TYPE (WbNotices, wb_notices, G_TYPE_OBJECT)

/* One matter is the same matter however its title may change. */
static char *
key_of (const WbException *exception)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
                          "-%" G_GINT64_FORMAT,
                          exception->kind, exception->order_id, exception->shipment_id,
                          exception->operation_id, exception->connection_id);
}

static GApplication *
get_application (WbNotices *self)
{
  GtkApplication *application =
      self->window != NULL ? gtk_window_get_application (self->window) : NULL;

  return application != NULL ? G_APPLICATION (application) : NULL;
}

static void
send (WbNotices  *self,
      const char *id,
      const char *title,
      const char *body,
      gint64      order_id,
      guint       severity)
{
  g_autoptr (GNotification) notice = g_notification_new (title);
  GApplication             *application = get_application (self);

  g_notification_set_body (notice, body);
  g_notification_set_priority (notice, severity >= URGENT ? G_NOTIFICATION_PRIORITY_HIGH
                                                          : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notice, "app.show", "x", order_id);
  if (application != NULL)
    g_application_send_notification (application, id, notice);
}

static void
tell_together (WbNotices *self, GPtrArray *fresh)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char    *title = g_strdup_printf (
         ngettext ("%u thing needs you", "%u things need you", fresh->len), fresh->len);
  guint severity = 0;

  for (guint i = 0; i < fresh->len; i++)
    {
      const WbException *exception = fresh->pdata[i];

      severity = MAX (severity, exception->severity);
      if (i < MOST_SINGLE)
        g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", exception->title);
      g_hash_table_insert (self->known, key_of (exception), g_strdup (TOGETHER));
    }
  send (self, TOGETHER, title, body->str, 0, severity);
}

static void
tell (WbNotices *self, GPtrArray *fresh)
{
  if (fresh->len > MOST_SINGLE)
    {
      tell_together (self, fresh);
      return;
    }
  for (guint i = 0; i < fresh->len; i++)
    {
      const WbException *exception = fresh->pdata[i];
      g_autofree char   *key = key_of (exception);

      g_hash_table_insert (self->known, g_strdup (key), g_strdup (key));
      send (self, key, exception->title, exception->meaning, exception->order_id,
            exception->severity);
    }
}

static gboolean
tells_still (WbNotices *self, const char *id)
{
  GHashTableIter iter;
  gpointer       sent;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &sent))
    if (g_str_equal (sent, id))
      return TRUE;
  return FALSE;
}

static void
withdraw (WbNotices *self, const char *id)
{
  GApplication *application = get_application (self);

  if (*id != '\0' && application != NULL && !tells_still (self, id))
    g_application_withdraw_notification (application, id);
}

static void
forget_settled (WbNotices *self, GHashTable *here)
{
  g_autoptr (GPtrArray) settled = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter        iter;
  gpointer              key, id;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &key, &id))
    if (!g_hash_table_contains (here, key))
      {
        g_ptr_array_add (settled, g_strdup (id));
        g_hash_table_iter_remove (&iter);
      }
  for (guint i = 0; i < settled->len; i++)
    withdraw (self, settled->pdata[i]);
}

static void
take (WbNotices *self, GPtrArray *exceptions)
{
  g_autoptr (GHashTable) here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray)  fresh = g_ptr_array_new ();
  gboolean               wanted = self->looked && g_settings_get_boolean (self->settings, "notify");

  for (guint i = 0; i < exceptions->len; i++)
    {
      g_autofree char *key = key_of (exceptions->pdata[i]);

      if (!g_hash_table_contains (self->known, key))
        {
          g_hash_table_insert (self->known, g_strdup (key), g_strdup (""));
          g_ptr_array_add (fresh, exceptions->pdata[i]);
        }
      g_hash_table_add (here, g_steal_pointer (&key));
    }
  self->looked = TRUE;
  forget_settled (self, here);
  if (wanted)
    tell (self, fresh);
}

static void
read_cb (WbTodayFigures *figures, WbNotices *self)
{
  const WbTodayRead *read = wb_today_figures_get_read (figures);
  const GError      *error = wb_today_figures_get_error (figures);

  if (error != NULL)
    g_warning ("What needs a person could not be read: %s", error->message);
  if (self->window != NULL && read != NULL)
    take (self, read->needing);
}

static void
wb_notices_dispose (GObject *object)
{
  WbNotices *self = WB_NOTICES (object);

  wb_notices_end (self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->known, g_hash_table_unref);
  G_OBJECT_CLASS (wb_notices_parent_class)->dispose (object);
}

static void
wb_notices_class_init (WbNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_notices_dispose;
}

static void
wb_notices_init (WbNotices *self)
{
  self->settings = g_settings_new ("org.waybill.Waybill");
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/** wb_notices_new: @window: a notice leads to it; it outlives what is returned or ends it. Returns:
 * (transfer full): nothing is told yet. */
WbNotices *
wb_notices_new (GtkWindow *window, WbWorkspace *workspace)
{
  WbNotices *self = g_object_new (WB_TYPE_NOTICES, NULL);

  self->window = window;
  self->workspace = g_object_ref (workspace);
  return self;
}

/** wb_notices_begin: from now on what needs a person is told as often as the figures of the day are
 * read: what is new since the last time; the first time nothing is. Once. */
void
wb_notices_begin (WbNotices *self)
{
  WbTodayFigures *figures;

  if (self->window == NULL)
    return;
  figures = wb_today_figures_get (self->workspace);
  g_signal_connect_object (figures, "read", G_CALLBACK (read_cb), self, 0);
  read_cb (figures, self);
}

/** wb_notices_end: tells nothing any more and takes back what was told: without the window nobody
 * keeps it true. */
void
wb_notices_end (WbNotices *self)
{
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->window != NULL)
    forget_settled (self, none);
  self->window = NULL;
  g_clear_object (&self->workspace);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desktop's side for tests of the window: it takes notices and says whether there is a network.
 */
#include "test-shell-desktop.h"

#include <string.h>

#define NOTICES      "org.freedesktop.Notifications"
#define NOTICES_PATH "/org/freedesktop/Notifications"
#define NETWORK      "org.freedesktop.NetworkManager"
#define NETWORK_PATH "/org/freedesktop/NetworkManager"

typedef struct
{
  guint id;
  char *title;
} Notice;

/* States and connectivity as NetworkManager numbers them. */
#define AWAY   20
#define ONLINE 70
#define NONE   1
#define FULL   4

/* A desktop answers at once, whatever a test waits for: it has a thread of its own. */
static struct
{
  GDBusConnection *bus;
  GMainLoop       *loop;
  GThread         *thread;
  GMutex           mutex;   /* guards what follows */
  GPtrArray       *notices; /* of Notice: those that show */
  guint            last;
  gboolean         available, begun;
  GCond            changed; /* begun */
} here;

static const char xml[] =
    "<node>"
    "<interface name='" NOTICES "'>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "</interface>"
    "<interface name='" NETWORK "'>"
    "<property name='State' type='u' access='read'/>"
    "<property name='Connectivity' type='u' access='read'/>"
    "<property name='Metered' type='u' access='read'/>"
    "</interface></node>";

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_free (notice->title);
  g_free (notice);
}

/* Under the mutex. */
static void
forget (guint id)
{
  for (guint i = 0; i < here.notices->len; i++)
    if (((Notice *) here.notices->pdata[i])->id == id)
      {
        g_ptr_array_remove_index (here.notices, i);
        return;
      }
}

/* Returns: the id that the notice of these arguments has now. */
static guint
show (GVariant *arguments)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&here.mutex);
  Notice                  *notice = g_new0 (Notice, 1);
  guint                    replaces;

  g_variant_get_child (arguments, 1, "u", &replaces);
  g_variant_get_child (arguments, 3, "s", &notice->title);
  forget (replaces);
  notice->id = replaces != 0 ? replaces : ++here.last;
  g_ptr_array_add (here.notices, notice);
  return notice->id;
}

static void
close_notice (guint id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&here.mutex);

  forget (id);
}

static void
take_call (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *arguments,
           GDBusMethodInvocation *call,
           gpointer               data)
{
  if (g_str_equal (method, "Notify"))
    g_dbus_method_invocation_return_value (call, g_variant_new ("(u)", show (arguments)));
  else if (g_str_equal (method, "CloseNotification"))
    {
      guint id;

      g_variant_get (arguments, "(u)", &id);
      close_notice (id);
      g_dbus_method_invocation_return_value (call, NULL);
    }
  else
    g_dbus_method_invocation_return_value (call, g_variant_new_parsed ("(['actions', 'body'],)"));
}

static GVariant *
read_property (GDBusConnection *bus,
               const char      *sender,
               const char      *path,
               const char      *interface,
               const char      *name,
               GError         **error,
               gpointer         data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&here.mutex);

  if (g_str_equal (name, "State"))
    return g_variant_new_uint32 (here.available ? ONLINE : AWAY);
  return g_variant_new_uint32 (g_str_equal (name, "Metered") ? 2 : here.available ? FULL : NONE);
}

static void
offer (GDBusNodeInfo *node, const char *interface, const char *path)
{
  static const GDBusInterfaceVTable table = { .method_call = take_call,
                                              .get_property = read_property };
  g_autoptr (GError)                error = NULL;
  g_autoptr (GVariant)              owned = NULL;

  g_dbus_connection_register_object (here.bus, path,
                                     g_dbus_node_info_lookup_interface (node, interface), &table,
                                     NULL, NULL, &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (here.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", interface, 4u), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
run (gpointer data)
{
  GMainContext *context = g_main_loop_get_context (here.loop);

  g_main_context_push_thread_default (context);
  offer (data, NOTICES, NOTICES_PATH);
  offer (data, NETWORK, NETWORK_PATH);
  g_mutex_lock (&here.mutex);
  here.begun = TRUE;
  g_cond_signal (&here.changed);
  g_mutex_unlock (&here.mutex);
  g_main_loop_run (here.loop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/** test_desktop_begin: from now on programs that are started find a desktop without notices and
 * with a network. */
void
test_desktop_begin (void)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (GMainContext)  context = g_main_context_new ();
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, &error);

  g_assert_no_error (error);
  here.notices = g_ptr_array_new_with_free_func (notice_free);
  here.available = TRUE;
  here.bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  here.loop = g_main_loop_new (context, FALSE);
  here.thread = g_thread_new ("desktop", run, node);
  g_mutex_lock (&here.mutex);
  while (!here.begun)
    g_cond_wait (&here.changed, &here.mutex);
  g_mutex_unlock (&here.mutex);
  /* The network is asked after on the system's bus. */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
}

/** test_desktop_count: Returns: how many notices show now; each is told in a message, so that a
 * test that counts wrong says what it saw. */
guint
test_desktop_count (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&here.mutex);

  for (guint i = 0; i < here.notices->len; i++)
    g_test_message ("a notice shows: %s", ((Notice *) here.notices->pdata[i])->title);
  return here.notices->len;
}

/* Returns: the id of the notice that shows @part in its title now; 0: none does. */
static guint
find (const char *part)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&here.mutex);

  for (guint i = 0; i < here.notices->len; i++)
    {
      const Notice *notice = here.notices->pdata[i];

      if (strstr (notice->title, part) != NULL)
        return notice->id;
    }
  return 0;
}

/** test_desktop_shows: whether a notice shows @part in its title now. */
gboolean
test_desktop_shows (const char *part)
{
  return find (part) != 0;
}

/** test_desktop_choose: somebody clicks the notice that shows @part in its title, and it goes. */
void
test_desktop_choose (const char *part)
{
  guint id = find (part);

  g_assert_cmpuint (id, !=, 0);
  close_notice (id);
  g_dbus_connection_emit_signal (here.bus, NULL, NOTICES_PATH, NOTICES, "ActionInvoked",
                                 g_variant_new ("(us)", id, "default"), NULL);
  g_dbus_connection_emit_signal (here.bus, NULL, NOTICES_PATH, NOTICES, "NotificationClosed",
                                 g_variant_new ("(uu)", id, 2u), NULL);
}

/** test_desktop_set_network: the cable is pulled, or put in again. */
void
test_desktop_set_network (gboolean available)
{
  GVariantDict changed;

  g_mutex_lock (&here.mutex);
  here.available = available;
  g_mutex_unlock (&here.mutex);
  g_variant_dict_init (&changed, NULL);
  g_variant_dict_insert (&changed, "State", "u", available ? ONLINE : AWAY);
  g_variant_dict_insert (&changed, "Connectivity", "u", available ? FULL : NONE);
  g_dbus_connection_emit_signal (
      here.bus, NULL, NETWORK_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      g_variant_new ("(s@a{sv}as)", NETWORK, g_variant_dict_end (&changed), NULL), NULL);
}

/** test_desktop_end: forgets the notices. */
void
test_desktop_end (void)
{
  g_main_loop_quit (here.loop);
  g_thread_join (here.thread);
  g_clear_pointer (&here.loop, g_main_loop_unref);
  g_clear_pointer (&here.notices, g_ptr_array_unref);
  g_clear_object (&here.bus);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drives a program as a person with a screen reader does: through the accessibility tree and the
 * keyboard. */
#include "a11y.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/wait.h>

#define MOST_CHILDREN                                                                              \
  60 /* looked at in one node: a list realises hundreds of rows, and each costs round trips */

#define MOST_TABS 60
#define POLL_US   (20 * 1000)
#define TAB_US    (100 * 1000) /* how long it is waited after a Tab whether the one sought has it */

/* How a name is compared. */
typedef enum
{
  WHOLE,
  START,
  PART,
} Match;

/* GTK 4.8 calls a button with a mnemonic “_Find order Find order”. */
static gboolean
is_called (AtspiAccessible *node, const char *want, Match match)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  gsize            more;

  if (name == NULL)
    return FALSE;
  if (match == PART)
    return strstr (name, want) != NULL;
  if (match == START)
    return g_str_has_prefix (name, want);
  more = strlen (name) > strlen (want) ? strlen (name) - strlen (want) : 0;
  return strcmp (name, want) == 0 ||
         (more > 0 && g_str_has_suffix (name, want) && name[more - 1] == ' ');
}

/* GTK 4.8 says “showing” of top-level windows only, and “visible” of pages of a stack that another
 * one covers. */
static gboolean
is_visible (AtspiAccessible *node)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_VISIBLE);
}

static AtspiAccessible *
search (AtspiAccessible *node, AtspiRole role, const char *name, Match match)
{
  int n;

  if ((role == ATSPI_ROLE_INVALID || atspi_accessible_get_role (node, NULL) == role) &&
      (name == NULL || is_called (node, name, match)) && is_visible (node))
    return g_object_ref (node);
  n = MIN (atspi_accessible_get_child_count (node, NULL), MOST_CHILDREN);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
      AtspiAccessible            *found = child != NULL ? search (child, role, name, match) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* libatspi learns of what is new only from its main context; without this it keeps old names. */
static void
listen (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/** a11y_deadline: Returns: when what is waited for from now on must be so. */
gint64
a11y_deadline (void)
{
  return g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
}

/** a11y_again: a moment's rest; fails at @deadline and names @so, which is not so by then. */
void
a11y_again (gint64 deadline, const char *so)
{
  if (g_get_monotonic_time () >= deadline)
    g_error ("After %d s it is still not so: %s", A11Y_SECONDS, so);
  g_usleep (POLL_US);
  listen ();
}

static AtspiAccessible *
wait_for (AtspiAccessible *top, AtspiRole role, const char *name, Match match)
{
  gint64 end = a11y_deadline ();

  while (g_get_monotonic_time () < end)
    {
      AtspiAccessible *found;

      listen ();
      found = search (top, role, name, match);
      if (found != NULL)
        return found;
      g_usleep (POLL_US);
    }
  a11y_dump (top, 0);
  g_error ("There is no %s called “%s” after %d s", atspi_role_get_name (role),
           name != NULL ? name : "", A11Y_SECONDS);
  return NULL;
}

/** a11y_find: Returns: (transfer full) (nullable): the first that is visible, now. */
AtspiAccessible *
a11y_find (AtspiAccessible *top, AtspiRole role, const char *name)
{
  listen ();
  return search (top, role, name, WHOLE);
}

/** a11y_wait: Returns: (transfer full): the first that is visible, as soon as there is one; fails
 * after #A11Y_SECONDS. */
AtspiAccessible *
a11y_wait (AtspiAccessible *top, AtspiRole role, const char *name)
{
  return wait_for (top, role, name, WHOLE);
}

/** a11y_wait_start: as a11y_wait(), by the beginning of its name. */
AtspiAccessible *
a11y_wait_start (AtspiAccessible *top, AtspiRole role, const char *start)
{
  return wait_for (top, role, start, START);
}

/** a11y_wait_part: as a11y_wait(), by a part of its name. */
AtspiAccessible *
a11y_wait_part (AtspiAccessible *top, AtspiRole role, const char *part)
{
  return wait_for (top, role, part, PART);
}

/** a11y_find_start: as a11y_find(), by the beginning of its name. */
AtspiAccessible *
a11y_find_start (AtspiAccessible *top, AtspiRole role, const char *start)
{
  listen ();
  return search (top, role, start, START);
}

/* Until the end of what a key or a click has set going. */
static gboolean
wait_focus (AtspiAccessible *node, gint64 us)
{
  gint64 end = g_get_monotonic_time () + us;

  while (g_get_monotonic_time () < end)
    {
      if (a11y_is_focused (node))
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

/** a11y_wait_focused: until @node has the keyboard; fails after #A11Y_SECONDS. */
void
a11y_wait_focused (AtspiAccessible *node)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  if (!wait_focus (node, A11Y_SECONDS * G_TIME_SPAN_SECOND))
    g_error ("“%s” has not the keyboard after %d s", name, A11Y_SECONDS);
}

static void
wait_gone (AtspiAccessible *top, AtspiRole role, const char *name, Match match)
{
  gint64 end = a11y_deadline ();

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (AtspiAccessible) found = NULL;

      listen ();
      if ((found = search (top, role, name, match)) == NULL)
        return;
      g_usleep (POLL_US);
    }
  g_error ("“%s” is still there after %d s", name, A11Y_SECONDS);
}

/** a11y_wait_gone: until nothing of that name is visible; fails after #A11Y_SECONDS. */
void
a11y_wait_gone (AtspiAccessible *top, AtspiRole role, const char *name)
{
  wait_gone (top, role, name, WHOLE);
}

/** a11y_wait_gone_start: as a11y_wait_gone(), by the beginning of its name. */
void
a11y_wait_gone_start (AtspiAccessible *top, AtspiRole role, const char *start)
{
  wait_gone (top, role, start, START);
}

/* As a screen reader says of itself: programs then leave their notes standing. */
static void
say_reading (void)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant)        answer = NULL;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (
      bus, "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
      g_variant_new ("(ssv)", "org.a11y.Status", "ScreenReaderEnabled",
                     g_variant_new_boolean (TRUE)),
      NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* A key that is pressed before a window of @app has the keyboard goes to nobody. */
static gboolean
has_active_window (AtspiAccessible *app)
{
  int n = atspi_accessible_get_child_count (app, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) top = atspi_accessible_get_child_at_index (app, i, NULL);
      g_autoptr (AtspiStateSet) states = top != NULL ? atspi_accessible_get_state_set (top) : NULL;

      if (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_ACTIVE))
        return TRUE;
    }
  return FALSE;
}

/** a11y_start: starts @argv and waits until it is in the tree and has the keyboard, as a screen
 * reader that runs. Returns: (transfer full): the application. */
AtspiAccessible *
a11y_start (char **argv, GPid *pid)
{
  gint64                      end = a11y_deadline ();
  g_autoptr (GError)          error = NULL;
  g_autoptr (AtspiAccessible) desktop = NULL;

  g_assert_cmpint (atspi_init (), <=, 1);
  atspi_set_timeout (5000, 15000);
  say_reading ();
  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, pid, &error);
  g_assert_no_error (error);
  desktop = atspi_get_desktop (0);
  while (g_get_monotonic_time () < end)
    {
      int n;

      listen ();
      n = atspi_accessible_get_child_count (desktop, NULL);
      for (int i = 0; i < n; i++)
        {
          g_autoptr (AtspiAccessible) app = atspi_accessible_get_child_at_index (desktop, i, NULL);

          if (app != NULL && atspi_accessible_get_process_id (app, NULL) == (guint) *pid &&
              has_active_window (app))
            return g_steal_pointer (&app);
        }
      g_usleep (POLL_US);
    }
  g_error ("%s is not in the accessibility tree after %d s", argv[0], A11Y_SECONDS);
  return NULL;
}

/** a11y_wait_exit: Returns: the wait status of @pid, which must end within #A11Y_SECONDS. */
int
a11y_wait_exit (GPid pid)
{
  int status = -1;

  A11Y_UNTIL (waitpid (pid, &status, WNOHANG) == pid);
  return status;
}

/** a11y_click: does the first action of @button. */
void
a11y_click (AtspiAccessible *button)
{
  g_assert_true (atspi_action_do_action (ATSPI_ACTION (button), 0, NULL));
}

static void
click_when_it_may_be (AtspiAccessible *button)
{
  A11Y_UNTIL (a11y_is (button, ATSPI_STATE_SENSITIVE));
  a11y_click (button);
}

/** a11y_click_on: does the first action of the button @name, as soon as there is one that may be
 * pressed. */
void
a11y_click_on (AtspiAccessible *top, const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (top, ATSPI_ROLE_PUSH_BUTTON, name);

  click_when_it_may_be (button);
}

/** a11y_click_start: as a11y_click_on(), by the beginning of its name. */
void
a11y_click_start (AtspiAccessible *top, const char *start)
{
  g_autoptr (AtspiAccessible) button = a11y_wait_start (top, ATSPI_ROLE_PUSH_BUTTON, start);

  click_when_it_may_be (button);
}

/** a11y_press: by the keyboard alone: on to the button whose name begins with @start, and Return.
 */
void
a11y_press (AtspiAccessible *top, const char *start)
{
  g_autoptr (AtspiAccessible) button = a11y_wait_start (top, ATSPI_ROLE_PUSH_BUTTON, start);

  a11y_tab_to (button);
  a11y_key (0, A11Y_RETURN);
}

/** a11y_open_menu: opens the menu of the button @name. GTK 4.8 calls by it the button itself or,
 * when that has a text, only what lies within and takes the click. */
void
a11y_open_menu (AtspiAccessible *top, const char *name)
{
  g_autoptr (AtspiAccessible) button = a11y_wait (top, ATSPI_ROLE_PUSH_BUTTON, name);
  g_autoptr (AtspiAccessible) inner = atspi_accessible_get_child_at_index (button, 0, NULL);
  gboolean                    itself = atspi_action_get_n_actions (ATSPI_ACTION (button), NULL) > 0;

  a11y_click (itself || inner == NULL ? button : inner);
}

/** a11y_type: puts @text into @entry. */
void
a11y_type (AtspiAccessible *entry, const char *text)
{
  g_assert_true (atspi_editable_text_set_text_contents (ATSPI_EDITABLE_TEXT (entry), text, NULL));
}

/** a11y_type_into: puts @text into the entry @name, as soon as there is one. */
void
a11y_type_into (AtspiAccessible *top, AtspiRole role, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) entry = a11y_wait (top, role, name);

  a11y_type (entry, text);
}

/** a11y_expect: until it can be seen; fails after #A11Y_SECONDS. */
void
a11y_expect (AtspiAccessible *top, AtspiRole role, const char *name)
{
  g_object_unref (a11y_wait (top, role, name));
}

/** a11y_expect_start: as a11y_expect(), by the beginning of its name. */
void
a11y_expect_start (AtspiAccessible *top, AtspiRole role, const char *start)
{
  g_object_unref (a11y_wait_start (top, role, start));
}

/** a11y_expect_part: as a11y_expect(), by a part of its name. */
void
a11y_expect_part (AtspiAccessible *top, AtspiRole role, const char *part)
{
  g_object_unref (a11y_wait_part (top, role, part));
}

/** a11y_key: presses @keysym, with the key @modifier_keycode held down unless it is 0. */
void
a11y_key (guint modifier_keycode, guint keysym)
{
  if (modifier_keycode != 0)
    atspi_generate_keyboard_event (modifier_keycode, NULL, ATSPI_KEY_PRESS, NULL);
  atspi_generate_keyboard_event (keysym, NULL, ATSPI_KEY_SYM, NULL);
  if (modifier_keycode != 0)
    atspi_generate_keyboard_event (modifier_keycode, NULL, ATSPI_KEY_RELEASE, NULL);
}

/** a11y_is: whether @node is in @state, now. */
gboolean
a11y_is (AtspiAccessible *node, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = NULL;

  listen ();
  atspi_accessible_clear_cache (node);
  states = atspi_accessible_get_state_set (node);
  return states != NULL && atspi_state_set_contains (states, state);
}

/** a11y_is_focused: whether @node has the keyboard. */
gboolean
a11y_is_focused (AtspiAccessible *node)
{
  return a11y_is (node, ATSPI_STATE_FOCUSED);
}

/** a11y_tab_to: presses Tab until @node has the keyboard; fails after #MOST_TABS. */
void
a11y_tab_to (AtspiAccessible *node)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  for (guint i = 0; i < MOST_TABS; i++)
    {
      if (wait_focus (node, i > 0 ? TAB_US : 0) || a11y_is_focused (node))
        return;
      a11y_key (0, A11Y_TAB);
    }
  g_error ("Tab does not come to “%s”", name);
}

/* A row that GTK or libadwaita makes is read out by what is in it. */
static gboolean
is_row_with_text (AtspiAccessible *node)
{
  AtspiRole                   role = atspi_accessible_get_role (node, NULL);
  g_autoptr (AtspiAccessible) label = NULL;

  if (role != ATSPI_ROLE_TABLE_ROW && role != ATSPI_ROLE_LIST_ITEM)
    return FALSE;
  label = search (node, ATSPI_ROLE_LABEL, NULL, WHOLE);
  return label != NULL;
}

static guint
count_bad_names (AtspiAccessible *node)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);
  g_autofree char          *name = atspi_accessible_get_name (node, NULL);
  guint                     bad = 0;
  int                       n = MIN (atspi_accessible_get_child_count (node, NULL), 12);

  if (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_FOCUSABLE) &&
      atspi_state_set_contains (states, ATSPI_STATE_VISIBLE) && name != NULL &&
      (g_str_has_prefix (name, "Gtk") || g_str_has_prefix (name, "Adw") ||
       g_str_has_prefix (name, "Wb")) &&
      !is_row_with_text (node))
    {
      g_autofree char *role = atspi_accessible_get_role_name (node, NULL);

      g_test_message ("a %s is called “%s”", role, name);
      bad++;
    }
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      bad += child != NULL ? count_bad_names (child) : 0;
    }
  return bad;
}

/** a11y_bad_names: Returns: how many things that take the focus are called by their class, told in
 * messages. */
guint
a11y_bad_names (AtspiAccessible *top)
{
  listen ();
  return count_bad_names (top);
}

/** a11y_dump: writes what is visible, to find out why a test failed. */
void
a11y_dump (AtspiAccessible *top, guint depth)
{
  g_autofree char *name = atspi_accessible_get_name (top, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (top, NULL);
  int              n = MIN (atspi_accessible_get_child_count (top, NULL), 12);

  if (name != NULL && *name != '\0')
    g_printerr ("%*s[%s] %s\n", (int) depth * 2, "", role, name);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);

      if (child != NULL && is_visible (child))
        a11y_dump (child, depth + 1);
    }
}

/** a11y_show_page: presses the key of the page @title, wherever it stands in the sidebar of
 * @window.
 */
void
a11y_show_page (AtspiAccessible *window, const char *title)
{
  g_autoptr (AtspiAccessible) row = a11y_wait_start (window, ATSPI_ROLE_LIST_ITEM, title);
  g_autoptr (AtspiAccessible) list = atspi_accessible_get_parent (row, NULL);
  guint                       place = 0;

  for (int i = 0; i < atspi_accessible_get_child_count (list, NULL); i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (list, i, NULL);

      place += atspi_accessible_get_role (child, NULL) == ATSPI_ROLE_LIST_ITEM;
      if (is_called (child, title, START))
        break;
    }
  a11y_key (A11Y_CONTROL, '0' + place);
}

/* The field below @top that has the keyboard, now. */
static AtspiAccessible *
find_focused_field (AtspiAccessible *top)
{
  int n;

  if (atspi_accessible_get_role (top, NULL) == ATSPI_ROLE_TEXT && a11y_is_focused (top))
    return g_object_ref (top);
  n = MIN (atspi_accessible_get_child_count (top, NULL), MOST_CHILDREN);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);
      AtspiAccessible            *found =
          child != NULL && is_visible (child) ? find_focused_field (child) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

/**
 * a11y_choose_file:
 * @title: of the chooser
 * @path: to be read, or to be written
 *
 * Chooses a file in GTK's own chooser, which is a window of the program where there is no portal: a
 * slash goes into the field for the name of one that saves, and makes one that opens show a field
 * for a path; either takes a whole path.
 */
void
a11y_choose_file (AtspiAccessible *app, const char *title, const char *path)
{
  gint64                      end = a11y_deadline ();
  g_autoptr (AtspiAccessible) chooser = a11y_wait (app, ATSPI_ROLE_INVALID, title);
  g_autoptr (AtspiAccessible) entry = NULL;

  a11y_key (0, '/');
  while (entry == NULL && g_get_monotonic_time () < end)
    {
      entry = find_focused_field (chooser);
      if (entry == NULL)
        g_usleep (POLL_US);
    }
  if (entry == NULL)
    g_error ("“%s” shows no field for a path after %d s", title, A11Y_SECONDS);
  a11y_type (entry, path);
  a11y_key (0, A11Y_RETURN);
}

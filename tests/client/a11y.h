/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drives a program as a person with a screen reader does: through the accessibility tree and the
 * keyboard. */
#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* libatspi 2.46 has none of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)

/* How long anything may take before a test gives up: long enough for the sanitizers' build on a
 * machine that compiles beside it. */
#define A11Y_SECONDS 90

/* Asks again and again until @so is true; fails after #A11Y_SECONDS. */
#define A11Y_UNTIL(so)                                                                             \
  do                                                                                               \
    {                                                                                              \
      gint64 a11y_until = a11y_deadline ();                                                        \
                                                                                                   \
      while (!(so))                                                                                \
        a11y_again (a11y_until, #so);                                                              \
    }                                                                                              \
  while (0)

gint64           a11y_deadline (void);
void             a11y_again (gint64 deadline, const char *so);
AtspiAccessible *a11y_start (char **argv, GPid *pid);
int              a11y_wait_exit (GPid pid);
AtspiAccessible *a11y_find (AtspiAccessible *top, AtspiRole role, const char *name);
AtspiAccessible *a11y_wait (AtspiAccessible *top, AtspiRole role, const char *name);
void             a11y_wait_gone (AtspiAccessible *top, AtspiRole role, const char *name);
void             a11y_wait_gone_start (AtspiAccessible *top, AtspiRole role, const char *start);
AtspiAccessible *a11y_find_start (AtspiAccessible *top, AtspiRole role, const char *start);
AtspiAccessible *a11y_wait_part (AtspiAccessible *top, AtspiRole role, const char *part);
AtspiAccessible *a11y_wait_start (AtspiAccessible *top, AtspiRole role, const char *start);
void             a11y_click (AtspiAccessible *button);
void             a11y_click_on (AtspiAccessible *top, const char *name);
void             a11y_click_start (AtspiAccessible *top, const char *start);
void             a11y_press (AtspiAccessible *top, const char *start);
void             a11y_open_menu (AtspiAccessible *top, const char *name);
void             a11y_type (AtspiAccessible *entry, const char *text);
void     a11y_type_into (AtspiAccessible *top, AtspiRole role, const char *name, const char *text);
void     a11y_expect (AtspiAccessible *top, AtspiRole role, const char *name);
void     a11y_expect_start (AtspiAccessible *top, AtspiRole role, const char *start);
void     a11y_expect_part (AtspiAccessible *top, AtspiRole role, const char *part);
void     a11y_key (guint modifier_keycode, guint keysym);
void     a11y_show_page (AtspiAccessible *window, const char *title);
void     a11y_choose_file (AtspiAccessible *app, const char *title, const char *path);
gboolean a11y_is (AtspiAccessible *node, AtspiStateType state);
gboolean a11y_is_focused (AtspiAccessible *node);
void     a11y_wait_focused (AtspiAccessible *node);
void     a11y_tab_to (AtspiAccessible *node);
guint    a11y_bad_names (AtspiAccessible *top);
void     a11y_dump (AtspiAccessible *top, guint depth);

#define A11Y_CONTROL 37 /* X's keycodes of the left control and shift keys */
#define A11Y_SHIFT   50

#define A11Y_TAB    0xff09 /* X's keysyms */
#define A11Y_RETURN 0xff0d
#define A11Y_ESCAPE 0xff1b
#define A11Y_UP     0xff52
#define A11Y_DOWN   0xff54

G_END_DECLS

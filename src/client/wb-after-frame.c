/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can wait until a frame has been painted. */
#include "wb-after-frame.h"

#define SECOND  2 /* a frame begins with its ticks: at the second one the first has been painted */
#define AT_MOST 2000 /* ms: a window that nobody sees is not painted */

/* Held by the ticks and by the source that ends the waiting. */
typedef struct
{
  GtkWidget   *widget; /* (weak) */
  WbAfterFrame does;
  GSource     *source;
  guint        ticks;
} After;

static void
after_clear (gpointer data)
{
  After *after = data;

  g_clear_weak_pointer (&after->widget);
  g_source_unref (after->source);
}

static void
after_unref (gpointer after)
{
  g_rc_box_release_full (after, after_clear);
}

static gboolean
source_cb (gpointer data)
{
  After                *after = data;
  g_autoptr (GtkWidget) widget = after->widget != NULL ? g_object_ref (after->widget) : NULL;

  if (widget != NULL)
    after->does (widget);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  After *after = data;

  if (++after->ticks < SECOND)
    return G_SOURCE_CONTINUE;
  g_source_set_ready_time (after->source, 0);
  return G_SOURCE_REMOVE;
}

/** wb_after_frame: calls @does with @widget when the window of @widget, which is to be shown or is,
 * has painted its next frame and has nothing better to do; after two seconds even if it has not. */
void
wb_after_frame (GtkWidget *widget, WbAfterFrame does)
{
  After *after = g_rc_box_new0 (After);

  g_set_weak_pointer (&after->widget, widget);
  after->does = does;
  after->source = g_timeout_source_new (AT_MOST);
  g_source_set_priority (after->source, G_PRIORITY_LOW);
  g_source_set_callback (after->source, source_cb, g_rc_box_acquire (after), after_unref);
  g_source_attach (after->source, NULL);
  gtk_widget_add_tick_callback (widget, tick_cb, after, after_unref);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a scanner from a person: keys that follow one another faster than anybody types, or begin
 * with the scanner's prefix, and end with Enter, are a scan. They are held back for a moment; what
 * turns out to be typed is given to the field that has the focus, so a scan never edits a text. */
#include "wb-scanner.h"

#include <string.h>

#define PREFIXED_MS 1000 /* after its prefix a scanner may take its time */
#define LEAST_KEYS  4    /* a shorter burst is a person's */
#define MOST_KEYS   512
#define LOST_MS     1000 /* an Enter that soon after keys that no field took belongs to them */

struct _WbScanner
{
  GObject             parent_instance;
  GtkWidget          *page; /* scans count while it is to be seen */
  GtkWidget          *window;
  GtkEventController *keys;
  GSettings          *settings;
  GString            *held;
  char               *prefix; /* typed before each code; empty: nothing is */
  guint               gap_ms; /* two keys of a scanner are never further apart */
  guint32             last;   /* when the last key came, its event's milliseconds */
  guint32             lost;   /* when keys came that no field took, 0: none */
  guint               flush_id;
};

enum
{
  SCANNED,
  BROKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbScanner, wb_scanner, G_TYPE_OBJECT)

/* What was held back was typed: the field that has the focus gets it, as if it came now. */
static void
give_back (WbScanner *self)
{
  GtkWidget *focus =
      GTK_IS_ROOT (self->window) ? gtk_root_get_focus (GTK_ROOT (self->window)) : NULL;
  g_autofree char *text = g_strdup (self->held->str);

  g_string_truncate (self->held, 0);
  if (*text == '\0')
    return;
  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    g_signal_emit_by_name (focus, "insert-at-cursor", text);
  else
    self->lost = self->last;
}

static gboolean
flush_cb (gpointer data)
{
  WbScanner *self = data;

  self->flush_id = 0;
  give_back (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_prefixed (WbScanner *self)
{
  return *self->prefix != '\0' && g_str_has_prefix (self->held->str, self->prefix);
}

static guint
patience (WbScanner *self)
{
  return is_prefixed (self) ? PREFIXED_MS : self->gap_ms;
}

/* Keys that wait to be read come before the end of the burst: a window that was busy must not break
 * a scan in two. */
static void
hold (WbScanner *self, gunichar letter)
{
  g_string_append_unichar (self->held, letter);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  self->flush_id =
      g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, patience (self), flush_cb, self, NULL);
}

/* Enter after keys that no field took: the end of a scan that came in pieces, as from a scanner
 * that is far away. It must not press what the page does with Enter. */
static gboolean
ends_broken (WbScanner *self, guint32 now)
{
  gboolean broken = self->lost != 0 && now - self->lost <= LOST_MS;

  self->lost = 0;
  if (broken)
    g_signal_emit (self, signals[BROKEN], 0);
  return broken;
}

/* Enter after a burst: a scan; otherwise it is a person's Enter. */
static gboolean
end (WbScanner *self)
{
  gsize            before = is_prefixed (self) ? strlen (self->prefix) : 0;
  g_autofree char *code = g_strdup (self->held->str + before);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (g_utf8_strlen (code, -1) < (before > 0 ? 1 : LEAST_KEYS))
    {
      give_back (self);
      return FALSE;
    }
  g_string_truncate (self->held, 0);
  g_signal_emit (self, signals[SCANNED], 0, code);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        WbScanner             *self)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);
  guint32  now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (keys));

  if (!gtk_widget_get_mapped (self->page) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)))
    return GDK_EVENT_PROPAGATE;
  if (self->held->len > 0 && now - self->last > patience (self))
    {
      g_clear_handle_id (&self->flush_id, g_source_remove);
      give_back (self);
    }
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    return (self->held->len > 0 && end (self)) || ends_broken (self, now) ? GDK_EVENT_STOP
                                                                          : GDK_EVENT_PROPAGATE;
  self->last = now;
  /* A space alone presses buttons: no code begins with one. */
  if (letter < 0x20 || letter == 0x7f || (letter == ' ' && self->held->len == 0) ||
      self->held->len > MOST_KEYS)
    return GDK_EVENT_PROPAGATE;
  hold (self, letter);
  return GDK_EVENT_STOP;
}

static void
leave_window (WbScanner *self)
{
  if (self->window != NULL && self->keys != NULL)
    gtk_widget_remove_controller (self->window, self->keys);
  self->keys = NULL;
  g_clear_weak_pointer (&self->window);
}

/* The keys are caught at the window, before any field; a page has a window only while it is in one.
 */
static void
root_cb (GtkWidget *page, GParamSpec *pspec, WbScanner *self)
{
  GtkRoot *root = gtk_widget_get_root (page);

  leave_window (self);
  if (root == NULL)
    return;
  g_set_weak_pointer (&self->window, GTK_WIDGET (root));
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (self->window, self->keys);
}

static void
wb_scanner_dispose (GObject *object)
{
  WbScanner *self = WB_SCANNER (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  leave_window (self);
  g_clear_weak_pointer (&self->page);
  G_OBJECT_CLASS (wb_scanner_parent_class)->dispose (object);
}

static void
wb_scanner_finalize (GObject *object)
{
  WbScanner *self = WB_SCANNER (object);

  g_string_free (self->held, TRUE);
  g_free (self->prefix);
  g_object_unref (self->settings);
  G_OBJECT_CLASS (wb_scanner_parent_class)->finalize (object);
}

static void
wb_scanner_class_init (WbScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_scanner_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_scanner_finalize;

  /* A code was scanned: a text. */
  signals[SCANNED] = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* A code came in pieces and was not taken for one. */
  signals[BROKEN] = g_signal_new ("broken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
settings_cb (GSettings *settings, const char *key, WbScanner *self)
{
  self->gap_ms = g_settings_get_uint (settings, "scanner-gap");
  g_free (self->prefix);
  self->prefix = g_settings_get_string (settings, "scanner-prefix");
}

static void
wb_scanner_init (WbScanner *self)
{
  self->held = g_string_new (NULL);
  self->settings = g_settings_new ("org.waybill.Waybill");
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_cb), self, 0);
  settings_cb (self->settings, NULL, self);
}

/** wb_scanner_new: Returns: (transfer full): tells of scans while @page is to be seen, whatever has
 * the focus in its window. */
WbScanner *
wb_scanner_new (GtkWidget *page)
{
  WbScanner *self = g_object_new (WB_TYPE_SCANNER, NULL);

  g_set_weak_pointer (&self->page, page);
  g_signal_connect_object (page, "notify::root", G_CALLBACK (root_cb), self, 0);
  root_cb (page, NULL, self);
  return self;
}

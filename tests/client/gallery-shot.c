/* SPDX-License-Identifier: GPL-3.0-or-later
 * A picture of a widget as soon as it stands still, and whether there is something in it. */
#include "gallery-shot.h"

#include <string.h>

#define SETTLE_MS   60
#define MOST_LOOKS  200 /* so often it is looked whether a picture stands still */
#define FEW_COLOURS 12  /* a picture with fewer is blank */

Gallery gallery;

static gboolean
ring_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
gallery_run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, ring_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_spinning (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget))
    return gtk_widget_get_mapped (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_spinning (child))
      return TRUE;
  return FALSE;
}

static GdkTexture *
draw (GtkWidget *widget)
{
  g_autoptr (GdkPaintable)  paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot)   snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int                       width = gdk_paintable_get_intrinsic_width (paintable);
  int                       height = gdk_paintable_get_intrinsic_height (paintable);

  if (width < 1 || height < 1)
    return NULL;
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  return node != NULL ? gsk_renderer_render_texture (
                            gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                            &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height))
                      : NULL;
}

static guint32 *
pixels_of (GdkTexture *texture, gsize *n)
{
  guint32 *pixels;

  *n = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture);
  pixels = g_new (guint32, *n);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) gdk_texture_get_width (texture) * 4);
  return pixels;
}

static gboolean
are_same (GdkTexture *a, GdkTexture *b)
{
  gsize               n_a, n_b;
  g_autofree guint32 *pa = NULL, *pb = NULL;

  if (a == NULL || b == NULL)
    return FALSE;
  pa = pixels_of (a, &n_a);
  pb = pixels_of (b, &n_b);
  return n_a == n_b && memcmp (pa, pb, n_a * 4) == 0;
}

static gboolean
is_blank (GdkTexture *texture)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gsize                  n;
  g_autofree guint32    *pixels = pixels_of (texture, &n);

  for (gsize i = 0; i < n && g_hash_table_size (seen) < FEW_COLOURS; i += 3)
    g_hash_table_add (seen, GUINT_TO_POINTER (pixels[i]));
  return g_hash_table_size (seen) < FEW_COLOURS;
}

/* The picture, as soon as nothing in it moves any more. */
static GdkTexture *
settle (GtkWidget *widget)
{
  g_autoptr (GdkTexture) before = NULL;

  for (guint i = 0; i < MOST_LOOKS; i++)
    {
      g_autoptr (GdkTexture) now = NULL;

      gallery_run_for (SETTLE_MS);
      if (is_spinning (widget) || !gtk_widget_get_mapped (widget))
        continue;
      now = draw (widget);
      if (are_same (before, now))
        return g_steal_pointer (&now);
      g_set_object (&before, now);
    }
  return NULL;
}

static int
least_width (GtkWidget *widget)
{
  int least = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* What is too wide of itself: no child of it alone. */
static GtkWidget *
find_too_wide (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && !GTK_IS_NATIVE (child) &&
        least_width (child) > gallery.width)
      found = find_too_wide (child);
  return found != NULL ? found : widget;
}

/* What does not fit would widen the window beyond the screen. */
static void
check_width (GtkWidget *widget, const char *file)
{
  /* GTK has its own two columns for the shortcuts, on any screen. */
  int        most = GTK_IS_SHORTCUTS_WINDOW (widget) ? GALLERY_WIDEST : gallery.width;
  GtkWidget *wide;

  if (least_width (widget) <= most)
    return;
  wide = find_too_wide (widget);
  g_printerr ("gallery: %s is %d wide at least, for its %s %s\n", file, least_width (widget),
              G_OBJECT_TYPE_NAME (wide), gtk_widget_get_name (wide));
  gallery.faults++;
}

void
gallery_take (GtkWidget *widget, const char *name)
{
  g_autoptr (GdkTexture) picture = settle (widget);
  g_autofree char       *file =
      g_strdup_printf ("%s-%s-%s-%d.png", name, gallery.language, gallery.style, gallery.width);
  g_autofree char *path = g_build_filename (gallery.folder, file, NULL);

  check_width (widget, file);
  if (picture == NULL || is_blank (picture) || !gdk_texture_save_to_png (picture, path))
    {
      g_printerr ("gallery: %s is %s\n", file,
                  picture == NULL ? "never still" : "blank or cannot be written");
      gallery.faults++;
    }
}

void
gallery_take_dialog (GtkWindow *dialog, const char *name)
{
  gtk_window_present (dialog);
  gallery_take (GTK_WIDGET (dialog), name);
  gtk_window_destroy (dialog);
  gallery_run_for (1);
}

/* The window that has come above the others since there were @before. */
void
gallery_take_new (guint before, const char *name)
{
  GListModel           *all = gtk_window_get_toplevels ();
  g_autoptr (GtkWindow) opened = NULL;

  for (guint i = 0; i < MOST_LOOKS && g_list_model_get_n_items (all) == before; i++)
    gallery_run_for (SETTLE_MS);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      if (window != GTK_WINDOW (gallery.window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        g_set_object (&opened, window);
    }
  if (opened != NULL)
    gallery_take_dialog (opened, name);
  else
    {
      g_printerr ("gallery: nothing opened for %s\n", name);
      gallery.faults++;
    }
}

/* The first of @type below @widget that is to be seen, popovers and all. */
GtkWidget *
gallery_find_below (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = gallery_find_below (child, type);
  return found;
}

/** gallery_wait_for: runs until @is_so (@data) says yes, or it has waited long enough. */
void
gallery_wait_for (gboolean (*is_so) (gpointer data), gpointer data)
{
  for (guint i = 0; i < MOST_LOOKS && !is_so (data); i++)
    gallery_run_for (SETTLE_MS);
}

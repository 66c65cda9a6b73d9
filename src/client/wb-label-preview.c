/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label as it will print: drawn from the very bytes that go to the printer, or a word on why it
 * cannot be drawn. */
#include "wb-label-preview.h"

#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>
#include <poppler.h>

#define LONGEST_PX   1400 /* of a drawn page: sharp at twice the pane's width */
#define MOST_BYTES   (16 * 1024 * 1024)
#define POINTS_A_MM  (72.0 / 25.4)
#define POINTS_AN_IN 72.0

struct _WbLabelPreview
{
  AdwBin      parent_instance;
  GtkStack   *stack;
  GtkPicture *picture;
  GtkLabel   *caption;
  GtkLabel   *notice;
  char       *shown; /* the document's hash */
};

G_DEFINE_FINAL_TYPE (WbLabelPreview, wb_label_preview, ADW_TYPE_BIN)

typedef struct
{
  char *hash;
  char *format;
} Wish;

typedef struct
{
  char       *hash;
  GdkTexture *texture; /* NULL: it cannot be drawn here */
  char       *text;
} Drawn;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->hash);
  g_free (wish->format);
  g_free (wish);
}

static void
drawn_free (gpointer data)
{
  Drawn *drawn = data;

  g_free (drawn->hash);
  g_clear_object (&drawn->texture);
  g_free (drawn->text);
  g_free (drawn);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drawn, drawn_free)

/* The page on white paper, as large as the pane can use. */
static GdkTexture *
draw_page (PopplerPage *page, double width, double height)
{
  double           scale = LONGEST_PX / MAX (width, height);
  int              across = MAX (1, (int) (width * scale)), down = MAX (1, (int) (height * scale));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, across, down);
  cairo_t         *cairo = cairo_create (surface);
  g_autoptr (GBytes) pixels = NULL;
  int                stride = cairo_image_surface_get_stride (surface);

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, scale, scale);
  poppler_page_render_for_printing (page, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  pixels = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) down);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (across, down, GDK_MEMORY_DEFAULT, pixels, (gsize) stride);
}

/* poppler-glib 22 has no automatic pointers of its own. */
static void
draw_document (Drawn *drawn, PopplerDocument *document)
{
  PopplerPage *page = poppler_document_get_page (document, 0);
  int          pages = poppler_document_get_n_pages (document);
  double       width = 0, height = 0;

  if (page != NULL)
    poppler_page_get_size (page, &width, &height);
  if (width >= 1 && height >= 1)
    {
      drawn->texture = draw_page (page, width, height);
      drawn->text = g_strdup_printf (
          /* Translators: under the picture of a label: format, width and height in millimetres and
             in inches, number of pages */
          ngettext ("PDF · %.0f × %.0f mm (%.1f × %.1f in) · %d page",
                    "PDF · %.0f × %.0f mm (%.1f × %.1f in) · %d pages", (gulong) pages),
          width / POINTS_A_MM, height / POINTS_A_MM, width / POINTS_AN_IN, height / POINTS_AN_IN,
          pages);
    }
  g_clear_object (&page);
}

static void
draw_pdf (Drawn *drawn, GBytes *bytes)
{
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, NULL);

  if (document != NULL && poppler_document_get_n_pages (document) > 0)
    draw_document (drawn, document);
  g_clear_object (&document);
  if (drawn->text == NULL)
    drawn->text =
        g_strdup (_ ("This PDF label cannot be read. It is kept as the carrier sent it."));
}

/** wb_label_preview_draw_pdf: @about: (out) (transfer full): format, size and pages, for people; or
 * that it cannot be read. Returns: (transfer full) (nullable): the first page of @pdf. From any
 * thread. */
GdkTexture *
wb_label_preview_draw_pdf (GBytes *pdf, char **about)
{
  Drawn drawn = { 0 };

  draw_pdf (&drawn, pdf);
  *about = drawn.text;
  return drawn.texture;
}

static void
draw_png (Drawn *drawn, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  drawn->texture = gdk_texture_new_from_bytes (bytes, &error);
  if (drawn->texture != NULL)
    /* Translators: under the picture of a label: format, width and height in dots */
    drawn->text = g_strdup_printf (_ ("PNG · %d × %d dots"), gdk_texture_get_width (drawn->texture),
                                   gdk_texture_get_height (drawn->texture));
  else
    drawn->text =
        g_strdup (_ ("This PNG label cannot be read. It is kept as the carrier sent it."));
}

/* A number of dots that a ZPL command of two letters gives, 0 when it is not there. */
static int
zpl_number (const char *text, const char *command)
{
  const char *at = strstr (text, command);

  return at != NULL ? (int) CLAMP (g_ascii_strtoll (at + strlen (command), NULL, 10), 0, 100000)
                    : 0;
}

static void
tell_zpl (Drawn *drawn, GBytes *bytes)
{
  gsize            size = 0;
  const char      *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", data != NULL ? size : 0);
  g_autofree char *amount = g_format_size (size);
  int              width = zpl_number (text, "^PW"), height = zpl_number (text, "^LL");

  if (width > 0 && height > 0)
    drawn->text = g_strdup_printf (
        /* Translators: a label in the printer's language; width and height in dots, size of the
           file */
        _ ("This label is written in ZPL, the printer’s own language: %d × %d dots, %s. It prints "
           "as "
           "the carrier sent it and cannot be drawn on the screen."),
        width, height, amount);
  else
    drawn->text = g_strdup_printf (
        /* Translators: a label in the printer's language; size of the file */
        _ ("This label is written in ZPL, the printer’s own language (%s). It prints as the "
           "carrier "
           "sent it and cannot be drawn on the screen."),
        amount);
}

static const struct
{
  const char *format;
  void (*draw) (Drawn *drawn, GBytes *bytes);
} formats[] = {
  { "pdf", draw_pdf },
  { "png", draw_png },
  { "zpl", tell_zpl },
};

static gpointer
run_draw (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish              *wish = data;
  WbBook            *book = wb_job_get_book (job, error);
  g_autoptr (Drawn)  drawn = g_new0 (Drawn, 1);
  g_autoptr (GBytes) bytes =
      book != NULL ? wb_book_get_document (book, wish->hash, NULL, error) : NULL;

  if (bytes == NULL)
    return NULL;
  drawn->hash = g_strdup (wish->hash);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].format, wish->format) == 0 && g_bytes_get_size (bytes) < MOST_BYTES)
      formats[i].draw (drawn, bytes);
  if (drawn->text == NULL)
    drawn->text = g_strdup_printf (
        /* Translators: the format of a label that this program cannot draw */
        _ ("A label of the format “%s” cannot be drawn on the screen."), wish->format);
  return g_steal_pointer (&drawn);
}

static const WbWorkKind draw_work = {
  .run = run_draw,
  .free_data = wish_free,
  .free_result = drawn_free,
};

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbLabelPreview    *self = WB_LABEL_PREVIEW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (Drawn)  drawn = wb_worker_finish (result, &error);

  if (self->shown == NULL || (drawn != NULL && g_strcmp0 (drawn->hash, self->shown) != 0))
    return;
  if (drawn != NULL && drawn->texture != NULL)
    {
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (drawn->texture));
      gtk_label_set_text (self->caption, drawn->text);
      gtk_stack_set_visible_child_name (self->stack, "picture");
      return;
    }
  if (drawn != NULL)
    gtk_label_set_text (self->notice, drawn->text);
  else
    wb_trouble_in_label (self->notice, error);
  gtk_stack_set_visible_child_name (self->stack, "notice");
}

static void
wb_label_preview_dispose (GObject *object)
{
  g_clear_pointer (&WB_LABEL_PREVIEW (object)->shown, g_free);
  G_OBJECT_CLASS (wb_label_preview_parent_class)->dispose (object);
}

static void
wb_label_preview_class_init (WbLabelPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_label_preview_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-label-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, WbLabelPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPreview, picture);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPreview, caption);
  gtk_widget_class_bind_template_child (widget_class, WbLabelPreview, notice);
}

static void
wb_label_preview_init (WbLabelPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_label_preview_say: @text in place of a label. */
void
wb_label_preview_say (WbLabelPreview *self, const char *text)
{
  wb_set_str (&self->shown, NULL);
  gtk_label_set_text (self->notice, text);
  gtk_stack_set_visible_child_name (self->stack, "notice");
}

/** wb_label_preview_show: draws @label (nullable: there is none) in a thread; the same one is not
 * drawn again. */
void
wb_label_preview_show (WbLabelPreview *self, WbWorkspace *workspace, WbLabel *label)
{
  const char *hash = label != NULL ? wb_record_get_text (label, WB_LABEL_DOCUMENT) : NULL;
  Wish       *wish;

  if (hash != NULL && g_strcmp0 (hash, self->shown) == 0)
    return;
  wb_set_str (&self->shown, hash);
  if (hash == NULL)
    {
      wb_label_preview_say (self, _ ("There is no label yet."));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "drawing");
  wish = g_new0 (Wish, 1);
  wish->hash = g_strdup (hash);
  wish->format = g_strdup (wb_record_get_text (label, WB_LABEL_FORMAT));
  wb_worker_run_async (wb_workspace_get_worker (workspace), &draw_work, wish, G_OBJECT (self), NULL,
                       drawn_cb, NULL);
}

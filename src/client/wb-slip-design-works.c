/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the slip's design: reading it, and keeping it with a picture of what it gives. */
#include "wb-slip-design-works.h"

#include <poppler.h>

#define PREVIEW_WIDTH 900  /* pixels: sharp at twice the size it is shown in */
#define MOST_LOGO     1200 /* pixels a side: 300 dpi on ten centimetres */

/** wb_slip_design_free: frees @design, a WbSlipDesign. */
void
wb_slip_design_free (gpointer design)
{
  wb_slip_design_clear (design);
  g_free (design);
}

static gpointer
run_read (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk       *desk = wb_job_get_desk (job, error);
  WbSlipDesign *design;

  if (desk == NULL)
    return NULL;
  design = g_new0 (WbSlipDesign, 1);
  if (wb_desk_get_slip_design (desk, design, error))
    return design;
  wb_slip_design_free (design);
  return NULL;
}

/* Returns: (transfer full): @page on white paper, PREVIEW_WIDTH wide. */
static GdkTexture *
render (PopplerPage *page)
{
  double             width, height, scale;
  int                pixels;
  cairo_surface_t   *surface;
  cairo_t           *cr;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture        *texture;

  poppler_page_get_size (page, &width, &height);
  scale = PREVIEW_WIDTH / width;
  pixels = (int) (height * scale);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PREVIEW_WIDTH, pixels);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * (gsize) pixels);
  texture = gdk_memory_texture_new (PREVIEW_WIDTH, pixels, GDK_MEMORY_DEFAULT, bytes,
                                    (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return texture;
}

static gpointer
run_preview (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk             *desk = wb_job_get_desk (job, error);
  g_autoptr (GBytes)  pdf = NULL;
  g_autoptr (GObject) document = NULL; /* Debian 12's poppler has no cleanup of its own types */
  g_autoptr (GObject) page = NULL;
  g_autoptr (GError)  trouble = NULL;

  if (desk == NULL || (pdf = wb_desk_preview_slip (desk, data, error)) == NULL)
    return NULL;
  document = (GObject *) poppler_document_new_from_bytes (pdf, NULL, &trouble);
  page = document != NULL ? (GObject *) poppler_document_get_page (POPPLER_DOCUMENT (document), 0)
                          : NULL;
  if (page != NULL)
    return render (POPPLER_PAGE (page));
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The packing slip cannot be shown: %s",
               trouble != NULL ? trouble->message : "it has no page");
  return NULL;
}

static gpointer
run_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_set_slip_design (desk, data, error)
             ? run_preview (job, data, cancellable, error)
             : NULL;
}

static gpointer
run_logo (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError)    trouble = NULL;
  g_autoptr (GdkPixbuf) picture =
      gdk_pixbuf_new_from_file_at_scale (data, MOST_LOGO, MOST_LOGO, TRUE, &trouble);
  char *png = NULL;
  gsize size = 0;

  if (picture != NULL && gdk_pixbuf_save_to_buffer (picture, &png, &size, "png", &trouble, NULL))
    return g_bytes_new_take (png, size);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "This file is not a picture that can be used: %s",
               trouble->message);
  return NULL;
}

static void
free_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

const WbWorkKind wb_slip_design_read_work = { .run = run_read, .free_result = wb_slip_design_free };
const WbWorkKind wb_slip_design_save_work = {
  .run = run_save, .free_data = wb_slip_design_free, .free_result = g_object_unref, .effect = TRUE
};
const WbWorkKind wb_slip_design_preview_work = { .run = run_preview,
                                                 .free_data = wb_slip_design_free,
                                                 .free_result = g_object_unref };
const WbWorkKind wb_slip_design_logo_work = { .run = run_logo,
                                              .free_data = g_free,
                                              .free_result = free_bytes };

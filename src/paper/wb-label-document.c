/* SPDX-License-Identifier: GPL-3.0-or-later
 * A carrier's PDF or PNG as pages that can be measured and drawn at a printer's dots. */
#include "wb-label-document.h"

#include "wb-label-dots.h"
#include "wb-png-dots.h"
#include "wb-printing.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#define MAX_PAGES    100
#define MAX_INCHES   24.0 /* a side: beyond any label */
#define MM_PER_INCH  25.4
#define SAME_DOTS    0.02 /* resolutions that near are the same dots: “200” is 203 */
#define USUAL_LENGTH 6.0  /* inches, to look at a picture whose size nobody knows */
#define LOOK_DPI     203  /* of a label that is looked at */

/* poppler 22 has no automatic clean-up of its own. */
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

/* @dpi: of the picture; @measured: it is known, and not only something to look at it by. */
struct _WbLabelDocument
{
  PopplerDocument *pdf;
  guint            n_pages;
  GBytes          *png;
  guint            width, height;
  double           dpi;
  gboolean         measured;
};

void
wb_label_document_free (WbLabelDocument *self)
{
  g_clear_object (&self->pdf);
  g_clear_pointer (&self->png, g_bytes_unref);
  g_free (self);
}

static gboolean
open_pdf (WbLabelDocument *self, GBytes *bytes, GError **error)
{
  g_autoptr (GError) local = NULL;
  int                pages;

  self->pdf = poppler_document_new_from_bytes (bytes, NULL, &local);
  pages = self->pdf != NULL ? poppler_document_get_n_pages (self->pdf) : 0;
  if (pages < 1 || pages > MAX_PAGES)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The label is not a PDF that can be read%s%s",
                   local != NULL ? ": " : "", local != NULL ? local->message : "");
      return FALSE;
    }
  self->n_pages = (guint) pages;
  self->measured = TRUE;
  for (guint i = 0; i < self->n_pages; i++)
    {
      double width, height;

      wb_label_document_size (self, i, &width, &height);
      if (!(width > 0.1 && height > 0.1 && width <= MAX_INCHES && height <= MAX_INCHES))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       "Page %u of the label is damaged or larger than any label", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* Every dot is decoded here once, so that damage is told before anything is measured. */
static gboolean
open_png (WbLabelDocument *self, GBytes *bytes, GError **error)
{
  g_auto (WbPng) png = { 0 };

  if (!wb_png_read (bytes, &png, error))
    return FALSE;
  self->png = g_bytes_ref (bytes);
  self->n_pages = 1;
  self->width = png.width;
  self->height = png.height;
  self->dpi = wb_label_picture_dpi (&png);
  self->measured = self->dpi > 0;
  if (!self->measured)
    self->dpi = MAX (png.width, png.height) / USUAL_LENGTH;
  return TRUE;
}

/**
 * wb_label_document_open:
 * @format: WB_PRINT_PDF or WB_PRINT_PNG
 *
 * Returns: (transfer full): it; %WB_ERROR_INVALID when it is damaged.
 */
WbLabelDocument *
wb_label_document_open (GBytes *bytes, const char *format, GError **error)
{
  g_autoptr (WbLabelDocument) self = g_new0 (WbLabelDocument, 1);
  gboolean fine = g_str_equal (format, WB_PRINT_PNG) ? open_png (self, bytes, error)
                                                     : open_pdf (self, bytes, error);

  return fine ? g_steal_pointer (&self) : NULL;
}

guint
wb_label_document_pages (const WbLabelDocument *self)
{
  return self->n_pages;
}

/** wb_label_document_resolution: Returns: dots an inch of a picture; 0 for a PDF. */
double
wb_label_document_resolution (const WbLabelDocument *self)
{
  return self->dpi;
}

/** wb_label_document_size: @page: from 0. Gives inches. */
void
wb_label_document_size (const WbLabelDocument *self, guint page, double *width, double *height)
{
  g_autoptr (PdfPage) pdf_page = NULL;

  if (self->pdf == NULL)
    {
      *width = self->width / self->dpi;
      *height = self->height / self->dpi;
      return;
    }
  *width = *height = 0;
  pdf_page = poppler_document_get_page (self->pdf, (int) page);
  if (pdf_page != NULL)
    poppler_page_get_size (pdf_page, width, height);
  *width /= 72;
  *height /= 72;
}

/** wb_label_document_shape: Returns: (transfer full): “pdf 210x297 210x297”: @format and every page
 * in whole millimetres, or its dots where its size is not known; two labels are of one shape when
 * this is equal. */
char *
wb_label_document_shape (const WbLabelDocument *self, const char *format)
{
  GString *shape = g_string_new (format);

  for (guint i = 0; i < self->n_pages; i++)
    {
      double width, height;

      wb_label_document_size (self, i, &width, &height);
      if (self->measured)
        g_string_append_printf (shape, " %.0fx%.0f", width * MM_PER_INCH, height * MM_PER_INCH);
      else
        g_string_append_printf (shape, " %ux%udots", self->width, self->height);
    }
  return g_string_free (shape, FALSE);
}

/** wb_label_document_is_measured: whether its size is known without a person. */
gboolean
wb_label_document_is_measured (const WbLabelDocument *self)
{
  return self->measured;
}

/** wb_label_document_dots: of a picture, as it is; 0 of a PDF. */
void
wb_label_document_dots (const WbLabelDocument *self, guint *width, guint *height)
{
  *width = self->width;
  *height = self->height;
}

/** wb_label_document_set_dpi: somebody who saw the picture says how many dots an inch it has. */
void
wb_label_document_set_dpi (WbLabelDocument *self, guint dpi)
{
  if (self->pdf != NULL || dpi == 0)
    return;
  self->dpi = dpi;
  self->measured = TRUE;
}

static WbGrey *
take_surface (cairo_surface_t *surface)
{
  WbGrey *grey = wb_grey_new ((guint) cairo_image_surface_get_width (surface),
                              (guint) cairo_image_surface_get_height (surface));

  cairo_surface_flush (surface);
  for (guint y = 0; y < grey->height; y++)
    {
      const guint32 *row = (const void *) (cairo_image_surface_get_data (surface) +
                                           (gsize) y * cairo_image_surface_get_stride (surface));

      for (guint x = 0; x < grey->width; x++)
        grey->dots[(gsize) y * grey->width + x] =
            (guint8) (((row[x] >> 16 & 0xff) * 299 + (row[x] >> 8 & 0xff) * 587 +
                       (row[x] & 0xff) * 114) /
                      1000);
    }
  return grey;
}

/* A window of a page, in dots. Edges fall where the page has them: cairo's coverage of a dot, of
 * which half makes it black. */
static WbGrey *
render (WbLabelDocument *self,
        guint            page,
        double           dpi,
        int              x,
        int              y,
        guint            width,
        guint            height,
        GError         **error)
{
  g_autoptr (PdfPage) pdf_page = poppler_document_get_page (self->pdf, (int) page);
  cairo_surface_t    *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  WbGrey  *grey = NULL;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, -x, -y);
  cairo_scale (cr, dpi / 72, dpi / 72);
  if (pdf_page != NULL && cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    poppler_page_render_for_printing (pdf_page, cr);
  if (pdf_page != NULL && cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    grey = take_surface (surface);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Page %u of the label cannot be drawn: %s",
                 page + 1, cairo_status_to_string (cairo_status (cr)));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return grey;
}

static guint
to_dots (double inches, double dpi)
{
  return MAX (1, (guint) lround (inches * dpi));
}

/** wb_label_document_grey: Returns: (transfer full): a whole page at @dpi; a picture at its own
 * dots when @dpi is 0. */
WbGrey *
wb_label_document_grey (WbLabelDocument *self, guint page, double dpi, GError **error)
{
  double width, height;

  wb_label_document_size (self, page, &width, &height);
  if (self->pdf == NULL)
    {
      g_autoptr (WbGrey) grey = wb_png_to_grey (self->png, error);

      if (grey == NULL || dpi <= 0 || fabs (self->dpi / dpi - 1) < SAME_DOTS)
        return g_steal_pointer (&grey);
      return wb_grey_resample (grey, to_dots (width, dpi), to_dots (height, dpi));
    }
  return render (self, page, dpi, 0, 0, to_dots (width, dpi), to_dots (height, dpi), error);
}

/**
 * wb_label_document_picture:
 * @format: WB_PRINT_PDF or WB_PRINT_PNG
 *
 * Returns: (transfer full): the label's first page as a PNG in black and white, to be looked at.
 */
GBytes *
wb_label_document_picture (GBytes *bytes, const char *format, GError **error)
{
  g_autoptr (WbLabelDocument) self = wb_label_document_open (bytes, format, error);
  g_autoptr (WbGrey) grey = self != NULL ? wb_label_document_grey (self, 0, LOOK_DPI, error) : NULL;
  g_autoptr (WbBitmap) dots = grey != NULL ? wb_bitmap_from_grey (grey) : NULL;

  return dots != NULL ? wb_png_from_bitmap (dots, LOOK_DPI) : NULL;
}

/**
 * wb_label_document_draw:
 * @page: from 0
 * @x, @y: dots at @dpi from the page's top left to the window's
 *
 * A picture made for these dots is taken dot by dot; one made for others is put on the printer's
 * grid at its natural size. Returns: (transfer full): @width × @height dots.
 */
WbBitmap *
wb_label_document_draw (WbLabelDocument *self,
                        guint            page,
                        guint            dpi,
                        int              x,
                        int              y,
                        guint            width,
                        guint            height,
                        GError         **error)
{
  g_autoptr (WbGrey)   grey = NULL;
  g_autoptr (WbBitmap) whole = NULL;

  if (self->pdf != NULL)
    grey = render (self, page, dpi, x, y, width, height, error);
  else if (fabs (self->dpi / dpi - 1) < SAME_DOTS)
    whole = wb_png_to_bitmap (self->png, error);
  else
    grey = wb_label_document_grey (self, page, dpi, error);
  if (grey != NULL)
    whole = wb_bitmap_from_grey (grey);
  if (whole == NULL)
    return NULL;
  if (self->pdf != NULL || (x == 0 && y == 0 && whole->width == width && whole->height == height))
    return g_steal_pointer (&whole);
  return wb_bitmap_window (whole, x, y, width, height);
}

/** wb_label_document_text: Returns: (transfer full): the words of all pages of a PDF, as a reader
 * would copy them; empty for a picture. */
char *
wb_label_document_text (WbLabelDocument *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->pdf != NULL && i < self->n_pages; i++)
    {
      g_autoptr (PdfPage) page = poppler_document_get_page (self->pdf, (int) i);
      g_autofree char    *words = page != NULL ? poppler_page_get_text (page) : NULL;

      if (words != NULL)
        g_string_append_printf (text, "%s\n", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

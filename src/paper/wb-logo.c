/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures on paper: the merchant's logo (a PNG or an SVG), read once, and once only in a document
 * of many pages; photos (a PNG or a JPEG). */
#include "wb-document.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>
#include <string.h>

#define MOST_DOTS 100000000u /* of a photo */

struct _WbLogo
{
  cairo_surface_t *surface; /* an image, or the recording of an SVG */
  double           width, height;
};

typedef struct
{
  GBytes *bytes;
  gsize   at;
} Source;

static cairo_status_t
read_png (void *closure, unsigned char *data, unsigned int length)
{
  Source       *source = closure;
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (source->bytes, &size);

  if (length > size - source->at)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, bytes + source->at, length);
  source->at += length;
  return CAIRO_STATUS_SUCCESS;
}

static void
free_unique_id (void *data)
{
  g_free (data);
}

/* So that cairo writes the picture once, however many pages show it. */
static void
mark_unique (cairo_surface_t *surface, GBytes *bytes)
{
  char *id = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (const guchar *) id,
                                   strlen (id), free_unique_id, id) != CAIRO_STATUS_SUCCESS)
    g_free (id);
}

static gboolean
take_png (WbLogo *self, GBytes *bytes)
{
  Source source = { bytes, 0 };

  self->surface = cairo_image_surface_create_from_png_stream (read_png, &source);
  self->width = cairo_image_surface_get_width (self->surface);
  self->height = cairo_image_surface_get_height (self->surface);
  return cairo_surface_status (self->surface) == CAIRO_STATUS_SUCCESS;
}

/* The size an SVG says, or that of its view box. */
static gboolean
svg_size (RsvgHandle *handle, double *width, double *height)
{
  gboolean      has_box = FALSE;
  RsvgRectangle box = { 0 };

  if (rsvg_handle_get_intrinsic_size_in_pixels (handle, width, height) && *width > 0 && *height > 0)
    return TRUE;
  rsvg_handle_get_intrinsic_dimensions (handle, NULL, NULL, NULL, NULL, &has_box, &box);
  *width = box.width;
  *height = box.height;
  return has_box && box.width > 0 && box.height > 0;
}

/* No base URI is set: nothing outside the picture is read. */
static gboolean
take_svg (WbLogo *self, GBytes *bytes)
{
  gsize               size;
  const guint8       *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GObject) owned = (GObject *) rsvg_handle_new_from_data (data, size, NULL);
  RsvgHandle         *handle = (RsvgHandle *) owned;
  cairo_rectangle_t   extents = { 0 };
  RsvgRectangle       viewport = { 0 };
  cairo_t            *cr;
  gboolean            drawn;

  if (handle == NULL || !svg_size (handle, &extents.width, &extents.height))
    return FALSE;
  self->width = viewport.width = extents.width;
  self->height = viewport.height = extents.height;
  self->surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cr = cairo_create (self->surface);
  drawn = rsvg_handle_render_document (handle, cr, &viewport, NULL);
  cairo_destroy (cr);
  return drawn;
}

static gboolean
is_png (GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0;
}

/** wb_logo_new: @bytes: a PNG or an SVG. Returns: (transfer full): the picture; %WB_ERROR_INVALID
 * for what is neither. */
WbLogo *
wb_logo_new (GBytes *bytes, GError **error)
{
  WbLogo  *self = g_new0 (WbLogo, 1);
  gboolean taken = is_png (bytes) ? take_png (self, bytes) : take_svg (self, bytes);

  if (taken && self->width >= 1 && self->height >= 1)
    {
      mark_unique (self->surface, bytes);
      return self;
    }
  wb_logo_free (self);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The logo is neither a PNG nor an SVG picture that can be read");
  return NULL;
}

/* The size that a JPEG's frame header tells (ITU-T T.81, B.2.2). FALSE: it is none. */
static gboolean
jpeg_size (GBytes *bytes, guint *width, guint *height)
{
  gsize         size, at = 2;
  const guint8 *p = g_bytes_get_data (bytes, &size);

  if (size < 4 || p[0] != 0xff || p[1] != 0xd8)
    return FALSE;
  while (at + 9 < size && p[at] == 0xff)
    {
      guint8 marker = p[at + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = (guint) p[at + 5] << 8 | p[at + 6];
          *width = (guint) p[at + 7] << 8 | p[at + 8];
          return *width > 0 && *height > 0;
        }
      /* A byte that fills up stands before a marker. */
      at += marker == 0xff ? 1 : 2 + ((gsize) p[at + 2] << 8 | p[at + 3]);
    }
  return FALSE;
}

static void
free_bytes (void *data)
{
  g_bytes_unref (data);
}

/* The JPEG goes into the PDF as it is; cairo is told its size by a surface that is never drawn. */
static gboolean
take_jpeg (WbLogo *self, GBytes *bytes)
{
  guint         width = 0, height = 0;
  gsize         size;
  const guchar *data;

  if (!jpeg_size (bytes, &width, &height) || (guint64) width * height > MOST_DOTS)
    return FALSE;
  self->width = width;
  self->height = height;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  data = g_bytes_get_data (bytes, &size);
  if (cairo_surface_set_mime_data (self->surface, CAIRO_MIME_TYPE_JPEG, data, size, free_bytes,
                                   g_bytes_ref (bytes)) == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_bytes_unref (bytes);
  return FALSE;
}

/** wb_logo_new_photo: @bytes: a PNG, or a JPEG that is only drawn into PDF. Returns: (transfer
 * full): the picture; %WB_ERROR_INVALID for what is neither. */
WbLogo *
wb_logo_new_photo (GBytes *bytes, GError **error)
{
  WbLogo  *self = g_new0 (WbLogo, 1);
  gboolean taken = is_png (bytes) ? take_png (self, bytes) : take_jpeg (self, bytes);

  if (taken && self->width >= 1 && self->height >= 1)
    {
      mark_unique (self->surface, bytes);
      return self;
    }
  wb_logo_free (self);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The picture is neither a PNG nor a JPEG that can be read");
  return NULL;
}

/** wb_logo_free: frees @self; NULL is fine. */
void
wb_logo_free (WbLogo *self)
{
  if (self == NULL)
    return;
  if (self->surface != NULL)
    cairo_surface_destroy (self->surface);
  g_free (self);
}

/** wb_logo_fit: @width: (inout): the room there is; what the picture takes of it in its own shape;
 * @height: likewise. */
void
wb_logo_fit (const WbLogo *self, double *width, double *height)
{
  double scale = MIN (*width / self->width, *height / self->height);

  *width = self->width * scale;
  *height = self->height * scale;
}

/** wb_logo_draw: paints it into the box. */
void
wb_logo_draw (WbLogo *self, cairo_t *cr, double x, double y, double width, double height)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / self->width, height / self->height);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

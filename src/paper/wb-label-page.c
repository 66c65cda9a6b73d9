/* SPDX-License-Identifier: GPL-3.0-or-later
 * A picture of a label as a PDF page of exactly the label's size, its dots untouched.
 *
 * PDF's FlateDecode with PNG predictors reads the very bytes that a PNG holds: they are passed
 * through, neither decoded nor scaled. Pictures that PDF cannot read so (interlaced, transparent)
 * are flattened onto white first. */
#include "wb-label-page.h"

#include "wb-bytes.h"
#include "wb-label-dots.h"
#include "wb-media.h"
#include "wb-png-dots.h"

#define POINTS_PER_MM (72 / 25.4)

/* Where the picture stands on the page. */
typedef struct
{
  double page_width, page_height; /* mm */
  double width, height;           /* mm, of the picture as it is */
} Place;

static void
measure (const WbPng *png, double dpi, Place *place)
{
  place->width = png->width / dpi * 25.4;
  place->height = png->height / dpi * 25.4;
}

static gboolean
refuse_size (const WbPng *png, const Place *place, GError **error)
{
  gboolean across =
      wb_media_fits (place->width, place->height, place->page_height, place->page_width);

  if (across)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The label's picture of %u × %u dots lies across the %.0f × %.0f mm in the "
                 "printer, and it is never turned before somebody has looked at it: look at the "
                 "label and accept the proposed turn",
                 png->width, png->height, place->page_width, place->page_height);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The label's picture is %.0f × %.0f mm and what lies in the printer %.0f × %.0f "
                 "mm, and it is never scaled",
                 place->width, place->height, place->page_width, place->page_height);
  return FALSE;
}

/* The picture at its natural size on the label: no other size is ever tried. */
static gboolean
fit_media (const WbPng *png, const char *media, double dpi, Place *place, GError **error)
{
  if (!wb_media_size (media, &place->page_width, &place->page_height))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no known size of paper or label",
                   media);
      return FALSE;
    }
  measure (png, dpi, place);
  return wb_media_fits (place->width, place->height, place->page_width, place->page_height) ||
         refuse_size (png, place, error);
}

/* @dpi: 0: as the picture says, or as its dots are those of a known size. */
static gboolean
find_place (const WbPng *png, const char *media, double dpi, Place *place, GError **error)
{
  if (dpi <= 0)
    dpi = wb_label_picture_dpi (png);
  if (dpi <= 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "The label's picture of %u × %u dots does not say how large it is, and no label "
                   "that is known has so many: look at it and accept its size, or void it and buy "
                   "another",
                   png->width, png->height);
      return FALSE;
    }
  if (media != NULL)
    return fit_media (png, media, dpi, place, error);
  measure (png, dpi, place);
  place->page_width = place->width;
  place->page_height = place->height;
  return TRUE;
}

/* What goes into the PDF: the compressed dots and how to read them. */
typedef struct
{
  GByteArray *data;
  GString    *dictionary;
} Picture;

static void
pass_through (WbPng *png, Picture *picture)
{
  guint colours = png->colour_type == 2 ? 3 : 1;

  picture->data = g_byte_array_ref (png->data);
  g_string_append_printf (picture->dictionary, "/BitsPerComponent %u ", png->depth);
  if (png->colour_type == 3)
    {
      g_string_append_printf (picture->dictionary, "/ColorSpace [/Indexed /DeviceRGB %u <",
                              png->n_colours - 1);
      for (guint i = 0; i < 3 * png->n_colours; i++)
        g_string_append_printf (picture->dictionary, "%02x", png->palette[i]);
      g_string_append (picture->dictionary, ">] ");
    }
  else
    g_string_append_printf (picture->dictionary, "/ColorSpace %s ",
                            colours == 3 ? "/DeviceRGB" : "/DeviceGray");
  g_string_append_printf (
      picture->dictionary,
      "/DecodeParms << /Predictor 15 /Colors %u /BitsPerComponent %u /Columns %u >> ", colours,
      png->depth, png->width);
}

/* The picture on white, eight bits of grey a dot. */
static gboolean
compress_flat (GBytes *file, Picture *picture, GError **error)
{
  g_autoptr (WbGrey) grey = wb_png_to_grey (file, error);
  g_autoptr (GBytes) packed = NULL;

  if (grey == NULL)
    return FALSE;
  packed = wb_png_deflate (grey->dots, (gsize) grey->width * grey->height);
  picture->data = g_bytes_unref_to_array (g_steal_pointer (&packed));
  g_string_append (picture->dictionary, "/ColorSpace /DeviceGray /BitsPerComponent 8 ");
  return TRUE;
}

static const char *
points (double mm, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, "%.4f", mm * POINTS_PER_MM);
}

/* PDF's way to say where a unit square goes: from the picture to the page, its middle on the page's
 * middle. */
static char *
placement (const Place *place)
{
  double left = (place->page_width - place->width) / 2;
  double bottom = (place->page_height - place->height) / 2;
  char   w[G_ASCII_DTOSTR_BUF_SIZE], h[G_ASCII_DTOSTR_BUF_SIZE], x[G_ASCII_DTOSTR_BUF_SIZE],
      y[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup_printf ("q %s 0 0 %s %s %s cm /Label Do Q", points (place->width, w),
                          points (place->height, h), points (left, x), points (bottom, y));
}

static GBytes *
write_pdf (const WbPng *png, const Place *place, const Picture *picture)
{
  GByteArray      *pdf = g_byte_array_new ();
  g_autofree char *content = placement (place);
  guint            offsets[6] = { 0 }, xref;
  char             w[G_ASCII_DTOSTR_BUF_SIZE], h[G_ASCII_DTOSTR_BUF_SIZE];

  wb_bytes_append (pdf, "%%PDF-1.5\n%%\xe2\xe3\xcf\xd3\n");
  offsets[1] = pdf->len;
  wb_bytes_append (
      pdf, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None "
           ">> >>\nendobj\n");
  offsets[2] = pdf->len;
  wb_bytes_append (pdf, "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
  offsets[3] = pdf->len;
  wb_bytes_append (pdf,
                   "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R "
                   "/Resources << /XObject << /Label 5 0 R >> >> >>\nendobj\n",
                   points (place->page_width, w), points (place->page_height, h));
  offsets[4] = pdf->len;
  wb_bytes_append (pdf, "4 0 obj\n<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n",
                   strlen (content), content);
  offsets[5] = pdf->len;
  wb_bytes_append (
      pdf,
      "5 0 obj\n<< /Type /XObject /Subtype /Image /Width %u /Height %u %s/Filter /FlateDecode "
      "/Length %u >>\nstream\n",
      png->width, png->height, picture->dictionary->str, picture->data->len);
  g_byte_array_append (pdf, picture->data->data, picture->data->len);
  wb_bytes_append (pdf, "\nendstream\nendobj\n");
  xref = pdf->len;
  wb_bytes_append (pdf, "xref\n0 6\n0000000000 65535 f \n");
  for (guint i = 1; i < G_N_ELEMENTS (offsets); i++)
    wb_bytes_append (pdf, "%010u 00000 n \n", offsets[i]);
  wb_bytes_append (pdf, "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%u\n%%%%EOF\n", xref);
  return g_byte_array_free_to_bytes (pdf);
}

static GBytes *
make_page (GBytes *file, WbPng *png, const Place *place, GError **error)
{
  g_autoptr (GByteArray) data = NULL;
  g_autoptr (GString)    dictionary = g_string_new (NULL);
  Picture                picture = { .dictionary = dictionary };

  if (!png->interlaced && !png->transparent &&
      (png->colour_type == 0 || png->colour_type == 2 || png->colour_type == 3))
    pass_through (png, &picture);
  else if (!compress_flat (file, &picture, error))
    return NULL;
  data = picture.data;
  return write_pdf (png, place, &picture);
}

/**
 * wb_label_page_new:
 * @dpi: dots an inch of the picture
 *
 * The picture at its natural size in the middle of a page of @width_mm × @height_mm, its compressed
 * dots passed through. Returns: (transfer full): a PDF of one page; %WB_ERROR_INVALID when @png is
 * damaged.
 */
GBytes *
wb_label_page_new (GBytes *png, double width_mm, double height_mm, double dpi, GError **error)
{
  g_auto (WbPng) parts = { 0 };
  Place          place = { .page_width = width_mm, .page_height = height_mm };

  if (!wb_png_read (png, &parts, error))
    return NULL;
  place.width = parts.width / dpi * 25.4;
  place.height = parts.height / dpi * 25.4;
  return make_page (png, &parts, &place, error);
}

/**
 * wb_label_page_from_png:
 * @media: (nullable): PWG name of the label; %NULL: the page is as large as the picture says of
 * itself
 * @dpi: dots an inch of the picture; 0: as wb_label_picture_dpi() finds
 *
 * The page is @media; the picture stands in its middle at its natural size, never turned. Returns:
 * (transfer full): a PDF of one page. Fails with %WB_ERROR_REFUSED when the picture has another
 * size than @media (by more than %WB_MEDIA_TOLERANCE_MM) or one that nobody knows,
 * %WB_ERROR_INVALID when it is damaged.
 */
GBytes *
wb_label_page_from_png (GBytes *png, const char *media, guint dpi, GError **error)
{
  g_auto (WbPng) parts = { 0 };
  Place          place = { 0 };

  if (!wb_png_read (png, &parts, error) || !find_place (&parts, media, dpi, &place, error))
    return NULL;
  return make_page (png, &parts, &place, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label made ready for one printer: passed through untouched where it fits, else drawn at the
 * printer's own dots. Never scaled; turned or cut out only as somebody who saw it has accepted. */
#include "wb-label-job.h"

#include "wb-label-check.h"
#include "wb-label-page.h"
#include "wb-label-place.h"
#include "wb-label-write.h"
#include "wb-media.h"
#include "wb-png-dots.h"
#include "wb-printing.h"
#include "wb-zpl-fit.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MM_PER_INCH 25.4
#define MAX_SHIFT   1000000 /* micrometres: beyond any page */
#define MAX_DPI     2400

static const char *const mimes[] = {
  [WB_LABEL_LANGUAGE_PDF] = "application/pdf",
  [WB_LABEL_LANGUAGE_PNG] = "image/png",
  [WB_LABEL_LANGUAGE_RASTER] = "image/pwg-raster",
  [WB_LABEL_LANGUAGE_ZPL] = "application/vnd.cups-raw",
  [WB_LABEL_LANGUAGE_EPL2] = "application/vnd.cups-raw",
  [WB_LABEL_LANGUAGE_TSPL] = "application/vnd.cups-raw",
};

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_REFUSED, message);
  return FALSE;
}

static gboolean
check_target (const WbLabelTarget *target, GError **error)
{
  if (target->dpi >= 100 && target->dpi <= 1200 && target->width >= 16 && target->height >= 16 &&
      target->width <= 32000 && target->height <= 32000 && target->rotation % 90 == 0 &&
      target->rotation < 360)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The printer's setting makes no sense: %u × %u dots at %u dots an inch, turned by "
               "%u degrees",
               target->width, target->height, target->dpi, target->rotation);
  return FALSE;
}

/* @change: (nullable): may say how large a picture is. */
static WbLabelDocument *
open_as (GBytes *bytes, const char *format, const WbLabelChange *change, GError **error)
{
  WbLabelDocument *document = wb_label_document_open (bytes, format, error);

  if (document != NULL && change != NULL)
    wb_label_document_set_dpi (document, change->dpi);
  return document;
}

static GPtrArray *
draw_pages (WbLabelDocument     *document,
            const WbLabelTarget *target,
            const WbLabelChange *change,
            GError             **error)
{
  g_autoptr (GPtrArray) bitmaps = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bitmap_free);
  guint                 pages = wb_label_document_pages (document);
  guint                 first = change != NULL && change->page > 0 ? change->page - 1 : 0;
  guint                 end = change != NULL && change->page > 0 ? change->page : pages;

  if (first >= pages)
    {
      refuse (error, "The label has fewer pages than the accepted change says");
      return NULL;
    }
  for (guint i = first; i < end; i++)
    {
      /* A page that fits needs none of the change but that it was chosen. */
      gboolean  fits = wb_label_fits (document, i, target);
      WbBitmap *bitmap = wb_label_draw (document, i, target, fits ? NULL : change, error);

      if (bitmap == NULL)
        return NULL;
      g_ptr_array_add (bitmaps, bitmap);
    }
  return g_steal_pointer (&bitmaps);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* cairo's mask has its first dot in the lowest bit on a small-endian machine. */
static cairo_surface_t *
make_mask (const WbBitmap *bitmap)
{
  cairo_surface_t *mask =
      cairo_image_surface_create (CAIRO_FORMAT_A1, (int) bitmap->width, (int) bitmap->height);
  guint8 *data = cairo_image_surface_get_data (mask);
  gsize   stride = (gsize) cairo_image_surface_get_stride (mask);

  for (guint y = 0; y < bitmap->height; y++)
    for (guint x = 0; x < bitmap->width; x++)
      if (bitmap->bits[(gsize) y * bitmap->stride + x / 8] >> (7 - x % 8) & 1)
        {
          guint32 *word = (guint32 *) (void *) (data + y * stride) + x / 32;

          *word |= G_BYTE_ORDER == G_LITTLE_ENDIAN ? 1u << x % 32 : 0x80000000u >> x % 32;
        }
  cairo_surface_mark_dirty (mask);
  return mask;
}

/* The dots on pages of exactly the label's size, a bit each. */
static GBytes *
pdf_of (GPtrArray *bitmaps, const WbLabelTarget *target)
{
  GByteArray      *out = g_byte_array_new ();
  double           unit = 72.0 / target->dpi;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      collect, out, target->width * unit, target->height * unit);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, unit, unit);
  for (guint i = 0; i < bitmaps->len; i++)
    {
      cairo_surface_t *mask = make_mask (bitmaps->pdata[i]);

      cairo_set_source_rgb (cr, 0, 0, 0);
      cairo_mask_surface (cr, mask, 0, 0);
      cairo_surface_destroy (mask);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

typedef void (*AppendLabel) (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out);

static GBytes *
encode (GPtrArray *bitmaps, const WbLabelTarget *target, GError **error)
{
  static const AppendLabel writers[] = {
    [WB_LABEL_LANGUAGE_ZPL] = wb_zpl_append_label,
    [WB_LABEL_LANGUAGE_EPL2] = wb_epl_append_label,
    [WB_LABEL_LANGUAGE_TSPL] = wb_tspl_append_label,
  };
  GByteArray *out;

  if (target->language == WB_LABEL_LANGUAGE_RASTER)
    return wb_raster_from_bitmaps (bitmaps, target, error);
  if (target->language == WB_LABEL_LANGUAGE_PDF)
    return pdf_of (bitmaps, target);
  if (target->language == WB_LABEL_LANGUAGE_PNG)
    {
      if (bitmaps->len == 1)
        return wb_png_from_bitmap (bitmaps->pdata[0], target->dpi);
      refuse (error,
              "The label has several pages and the printer takes one picture: choose a page");
      return NULL;
    }
  out = g_byte_array_new ();
  for (guint i = 0; i < bitmaps->len; i++)
    writers[target->language](bitmaps->pdata[i], target, out);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
all_fit (const WbLabelDocument *document, const WbLabelTarget *target)
{
  for (guint i = 0; i < wb_label_document_pages (document); i++)
    if (!wb_label_fits (document, i, target))
      return FALSE;
  return TRUE;
}

/* A PDF for a PDF printer, or a picture for a printer of pictures of just these dots. */
static gboolean
is_untouched (WbLabelDocument     *document,
              GBytes              *bytes,
              const char          *format,
              const WbLabelTarget *target,
              const WbLabelChange *change)
{
  g_auto (WbPng) png = { 0 };

  if (target->rotation != 0 || target->nudge_x != 0 || target->nudge_y != 0 ||
      (change != NULL && change->page != 0) || !all_fit (document, target))
    return FALSE;
  if (target->language == WB_LABEL_LANGUAGE_PDF)
    return g_str_equal (format, WB_PRINT_PDF);
  return target->language == WB_LABEL_LANGUAGE_PNG && g_str_equal (format, WB_PRINT_PNG) &&
         wb_png_read (bytes, &png, NULL) && png.width == target->width &&
         png.height == target->height;
}

/* A picture's own compressed dots on a PDF page of the label's size. */
static gboolean
can_pass_picture (WbLabelDocument *document, const char *format, const WbLabelTarget *target)
{
  return target->language == WB_LABEL_LANGUAGE_PDF && g_str_equal (format, WB_PRINT_PNG) &&
         target->rotation == 0 && target->nudge_x == 0 && target->nudge_y == 0 &&
         all_fit (document, target);
}

static GBytes *
prepare_drawn (GBytes              *bytes,
               const char          *format,
               const WbLabelTarget *target,
               const WbLabelChange *change,
               GError             **error)
{
  g_autoptr (WbLabelDocument) document = open_as (bytes, format, change, error);
  g_autoptr (GPtrArray)       bitmaps = NULL;

  if (document == NULL)
    return NULL;
  if (is_untouched (document, bytes, format, target, change))
    return g_bytes_ref (bytes);
  if (can_pass_picture (document, format, target))
    return wb_label_page_new (bytes, target->width * MM_PER_INCH / target->dpi,
                              target->height * MM_PER_INCH / target->dpi,
                              wb_label_document_resolution (document), error);
  bitmaps = draw_pages (document, target, change, error);
  return bitmaps != NULL ? encode (bitmaps, target, error) : NULL;
}

/* A carrier's ZPL: as it is for a printer of ZPL, else only its one graphic. */
static GBytes *
prepare_zpl (GBytes              *bytes,
             const WbLabelTarget *target,
             const WbLabelChange *change,
             GError             **error)
{
  g_autoptr (WbZpl)     zpl = wb_zpl_read (bytes);
  g_autoptr (GPtrArray) bitmaps = NULL;
  GByteArray           *out;

  if (!wb_zpl_check_whole (zpl, error) ||
      !(change != NULL && change->as_is ? TRUE : wb_zpl_check_fit (zpl, target, error)))
    return NULL;
  if (target->language != WB_LABEL_LANGUAGE_ZPL)
    {
      WbBitmap *picture = wb_zpl_draw (zpl, target, error);

      if (picture == NULL)
        return NULL;
      bitmaps = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bitmap_free);
      g_ptr_array_add (bitmaps, picture);
      return encode (bitmaps, target, error);
    }
  if (target->rotation % 180 != 0)
    {
      refuse (error,
              "The label is ZPL, which cannot be turned by a quarter: ask the carrier for PDF "
              "or PNG, or set the printer's rotation to 0 or 180 degrees");
      return NULL;
    }
  out = g_byte_array_new ();
  wb_zpl_append_settings (target, out);
  if (out->len == 0)
    {
      g_byte_array_unref (out);
      return g_bytes_ref (bytes);
    }
  g_byte_array_append (out, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return g_byte_array_free_to_bytes (out);
}

/**
 * wb_label_prepare:
 * @bytes: the label as it was bought
 * @accepted: (nullable): what somebody who saw the preview has accepted
 * @out_bytes: (out) (transfer full): what the printer gets; untouched on failure
 * @mime: (out) (optional): its type, a constant; application/vnd.cups-raw for label languages
 *
 * Fails with %WB_ERROR_REFUSED when the label is not for this printer (its size, its resolution,
 * its language), saying what to do; %WB_ERROR_INVALID when it is damaged.
 */
gboolean
wb_label_prepare (GBytes              *bytes,
                  const char          *format,
                  const WbLabelTarget *target,
                  const WbLabelChange *accepted,
                  GBytes             **out_bytes,
                  const char         **mime,
                  GError             **error)
{
  GBytes *ready;

  if (!check_target (target, error) || !wb_label_check_bytes (bytes, format, error))
    return FALSE;
  ready = g_str_equal (format, WB_PRINT_ZPL)
              ? prepare_zpl (bytes, target, accepted, error)
              : prepare_drawn (bytes, format, target, accepted, error);
  if (ready == NULL)
    return FALSE;
  *out_bytes = ready;
  if (mime != NULL)
    *mime = mimes[target->language];
  return TRUE;
}

/* What a change does, for people. */
static char *
words_of (const WbLabelChange *change)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  if (change->as_is)
    return g_strdup (_ ("It is printed as it is, although its size is doubtful."));
  if (change->dpi > 0)
    /* Translators: dots an inch */
    g_ptr_array_add (words,
                     g_strdup_printf (_ ("The picture does not say how large it is; it is taken to "
                                         "have %u dots an inch, so that it fills the roll."),
                                      change->dpi));
  if (change->page > 0)
    /* Translators: number of a page */
    g_ptr_array_add (words, g_strdup_printf (_ ("Only page %u is printed."), change->page));
  if (change->turn != 0)
    /* Translators: degrees */
    g_ptr_array_add (words, g_strdup_printf (_ ("It is turned by %u degrees."), change->turn));
  if (change->dpi == 0 && (change->x != 0 || change->y != 0))
    /* Translators: two lengths in millimetres */
    g_ptr_array_add (words,
                     g_strdup_printf (_ ("The label is what begins %.1f mm from the left and "
                                         "%.1f mm from the top."),
                                      change->x / 1000.0, change->y / 1000.0));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

/**
 * wb_label_propose:
 * @change: (out): the change that would let the label come out whole and at its own size; all
 * zeroes when it fits as it is
 * @words: (out) (optional) (transfer full): what it does, for people; empty when it fits
 *
 * Fails with %WB_ERROR_REFUSED when nothing but another roll, printer or label would help.
 */
gboolean
wb_label_propose (GBytes              *bytes,
                  const char          *format,
                  const WbLabelTarget *target,
                  WbLabelChange       *change,
                  char               **words,
                  GError             **error)
{
  g_autoptr (WbLabelDocument) document = NULL;
  WbLabelChange               found = { 0 };

  if (!check_target (target, error) || !wb_label_check_bytes (bytes, format, error))
    return FALSE;
  if (g_str_equal (format, WB_PRINT_ZPL))
    {
      g_autoptr (WbZpl) zpl = wb_zpl_read (bytes);

      if (!wb_zpl_check_whole (zpl, error))
        return FALSE;
      found.as_is = !wb_zpl_check_fit (zpl, target, NULL);
    }
  else if ((document = open_as (bytes, format, NULL, error)) == NULL)
    return FALSE;
  else if (!all_fit (document, target) && !wb_label_find_place (document, target, &found))
    return refuse (error,
                   "No part of the label's page is as large as the roll or smaller: put in a "
                   "larger roll, print it on paper, or ask the carrier for the roll's size");
  *change = found;
  if (words != NULL)
    *words = words_of (&found);
  return TRUE;
}

/**
 * wb_label_preview:
 * @change: (nullable): as for wb_label_prepare()
 *
 * Returns: (transfer full): a PNG, dot by dot, of the (first) label that would come out upright.
 * %WB_ERROR_REFUSED when it would not come out, or when it is ZPL that only the printer can draw.
 */
GBytes *
wb_label_preview (GBytes              *bytes,
                  const char          *format,
                  const WbLabelTarget *target,
                  const WbLabelChange *change,
                  GError             **error)
{
  g_autoptr (WbLabelDocument) document = NULL;
  g_autoptr (GPtrArray)       bitmaps = NULL;
  g_autoptr (WbBitmap)        upright = NULL;

  if (!check_target (target, error) || !wb_label_check_bytes (bytes, format, error))
    return NULL;
  if (g_str_equal (format, WB_PRINT_ZPL))
    {
      g_autoptr (WbZpl) zpl = wb_zpl_read (bytes);

      upright = wb_zpl_draw (zpl, target, error);
      return upright != NULL ? wb_png_from_bitmap (upright, target->dpi) : NULL;
    }
  document = open_as (bytes, format, change, error);
  bitmaps = document != NULL ? draw_pages (document, target, change, error) : NULL;
  if (bitmaps == NULL)
    return NULL;
  upright = wb_bitmap_turn (bitmaps->pdata[0], (360 - target->rotation) % 360);
  return wb_png_from_bitmap (upright, target->dpi);
}

/** wb_label_target_set_media: the roll by its PWG name, in dots of a printer of @dpi.
 * %WB_ERROR_INVALID when the size is not known. */
gboolean
wb_label_target_set_media (WbLabelTarget *target, const char *media, guint dpi, GError **error)
{
  double width, height;

  if (!wb_media_size (media, &width, &height))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no known size of paper or label",
                   media);
      return FALSE;
    }
  target->dpi = dpi;
  target->width = (guint) lround (width / MM_PER_INCH * dpi);
  target->height = (guint) lround (height / MM_PER_INCH * dpi);
  return TRUE;
}

/** wb_label_change_to_text: Returns: (transfer full): “page=1 turn=90 x=-1000 y=0”, with “dpi=200”
 * after it where that is said, for wb_label_change_parse(). */
char *
wb_label_change_to_text (const WbLabelChange *change)
{
  if (change->as_is)
    return g_strdup ("as-is");
  if (change->dpi > 0)
    return g_strdup_printf ("page=%u turn=%u x=%d y=%d dpi=%u", change->page, change->turn,
                            change->x, change->y, change->dpi);
  return g_strdup_printf ("page=%u turn=%u x=%d y=%d", change->page, change->turn, change->x,
                          change->y);
}

/** wb_label_change_parse: @change: (out): untouched on failure (%WB_ERROR_INVALID). */
gboolean
wb_label_change_parse (const char *text, WbLabelChange *change, GError **error)
{
  WbLabelChange read = { 0 };
  char          rest;
  int           parts;

  if (g_str_equal (text, "as-is"))
    {
      *change = (WbLabelChange){ .as_is = TRUE };
      return TRUE;
    }
  parts =
      sscanf (text, "page=%u turn=%u x=%d y=%d%c", &read.page, &read.turn, &read.x, &read.y, &rest);
  if (parts == 5 && sscanf (text, "page=%*u turn=%*u x=%*d y=%*d dpi=%u%c", &read.dpi, &rest) == 1)
    parts = read.dpi >= 1 && read.dpi <= MAX_DPI ? 4 : 0;
  if (parts != 4 || read.turn % 90 != 0 || read.turn >= 360 || read.x < -MAX_SHIFT ||
      read.x > MAX_SHIFT || read.y < -MAX_SHIFT || read.y > MAX_SHIFT)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no change of a label", text);
      return FALSE;
    }
  *change = read;
  return TRUE;
}

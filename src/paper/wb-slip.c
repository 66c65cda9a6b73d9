/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing slip: what lies in a parcel, for the customer, as PDF. */
#include "wb-slip-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

struct _WbSlipWriter
{
  GByteArray      *bytes;
  cairo_surface_t *surface;
  cairo_t         *cr;
  WbTypeset       *type;
  GTimeZone       *zone; /* held, as GLib would read its file anew for each slip */
  guint            slips;
  guint            pages;
};

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * wb_slip_paper:
 * @paper: (nullable): a PWG name, “A4” or “Letter” in any case; %NULL or empty: none is asked for
 * @country: (nullable): ISO 3166-1 alpha-2 of where it is printed
 *
 * Returns: %WB_PAPER_LETTER or %WB_PAPER_A4: as asked, else what is usual in @country; %NULL when
 * something else is asked.
 */
const char *
wb_slip_paper (const char *paper, const char *country)
{
  /* After CLDR's paperSize: Letter is usual there, A4 everywhere else. */
  static const char *const letter[] = { "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI",
                                        "PA", "PH", "PR", "SV", "US", "VE", NULL };

  if (paper == NULL || *paper == '\0')
    {
      g_autofree char *upper = g_ascii_strup (country != NULL ? country : "", -1);

      return g_strv_contains (letter, upper) ? WB_PAPER_LETTER : WB_PAPER_A4;
    }
  if (g_ascii_strcasecmp (paper, "a4") == 0 || g_str_equal (paper, WB_PAPER_A4))
    return WB_PAPER_A4;
  if (g_ascii_strcasecmp (paper, "letter") == 0 || g_str_equal (paper, WB_PAPER_LETTER))
    return WB_PAPER_LETTER;
  return NULL;
}

/**
 * wb_slip_writer_new:
 * @created_at: goes into the document; the same slips at the same instant give the same bytes on
 * one machine. 0: now
 *
 * Returns: (transfer full): a document without slips.
 */
WbSlipWriter *
wb_slip_writer_new (WbInstant created_at)
{
  WbSlipWriter    *self = g_new0 (WbSlipWriter, 1);
  g_autofree char *created = wb_instant_to_iso (created_at != 0 ? created_at : wb_now ());

  self->bytes = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (collect, self->bytes, 595, 842);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Waybill");
  self->cr = cairo_create (self->surface);
  self->type = wb_typeset_new ();
  return self;
}

/**
 * wb_slip_writer_free:
 * @self: (transfer full) (nullable): a writer, finished or not
 */
void
wb_slip_writer_free (WbSlipWriter *self)
{
  if (self == NULL)
    return;
  cairo_destroy (self->cr);
  cairo_surface_finish (self->surface);
  cairo_surface_destroy (self->surface);
  wb_typeset_free (self->type);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static void
hold_zone (WbSlipWriter *self, const char *zone)
{
  g_autoptr (GTimeZone) held = self->zone;

  self->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
}

static gboolean
check_cairo (WbSlipWriter *self, GError **error)
{
  cairo_status_t status = cairo_status (self->cr);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The packing slip could not be drawn: %s",
               cairo_status_to_string (status));
  return FALSE;
}

/**
 * wb_slip_writer_add:
 * Draws @slip on pages of its own, in the language of the current locale. Fails with
 * %WB_ERROR_INVALID, and adds nothing, when its parts do not belong together or the paper is
 * neither A4 nor Letter.
 */
gboolean
wb_slip_writer_add (WbSlipWriter *self, const WbSlip *slip, GError **error)
{
  const char *paper =
      wb_slip_paper (slip->paper, wb_record_get_text (slip->origin, WB_ORIGIN_COUNTRY));
  g_autoptr (GArray) rows = NULL;
  double             width, height;

  if (paper == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A packing slip is made for A4 or Letter, not for “%s”", slip->paper);
      return FALSE;
    }
  rows = wb_slip_rows (slip, error);
  if (rows == NULL)
    return FALSE;
  width = g_str_equal (paper, WB_PAPER_LETTER) ? 612 : 210 / 25.4 * 72;
  height = g_str_equal (paper, WB_PAPER_LETTER) ? 792 : 297 / 25.4 * 72;
  cairo_pdf_surface_set_size (self->surface, width, height);
  if (self->slips == 0)
    {
      /* Translators: title of the PDF; %s is the order's number */
      g_autofree char *title = g_strdup_printf (_ ("Packing slip %s"),
                                                wb_record_get_text (slip->order, WB_ORDER_NUMBER));

      cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
    }
  hold_zone (self, wb_record_get_text (slip->origin, WB_ORIGIN_ZONE));
  self->pages += wb_slip_draw (slip, rows, self->type, width, height, self->cr);
  self->slips++;
  return check_cairo (self, error);
}

/** wb_slip_writer_get_pages: Returns: how many pages the document has so far. */
guint
wb_slip_writer_get_pages (WbSlipWriter *self)
{
  return self->pages;
}

/**
 * wb_slip_writer_dup_warnings:
 * Returns: (transfer full): sentences for people on what could not be drawn as it should be (signs
 * that no font has, a reference that cannot be a barcode); empty when all is well.
 */
char **
wb_slip_writer_dup_warnings (WbSlipWriter *self)
{
  return wb_typeset_dup_warnings (self->type);
}

/**
 * wb_slip_writer_finish:
 * Returns: (transfer full): the whole document as PDF 1.5; nothing can be added afterwards. Fails
 * with %WB_ERROR_INVALID when there is no slip in it.
 */
GBytes *
wb_slip_writer_finish (WbSlipWriter *self, GError **error)
{
  if (self->slips == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no packing slip to print");
      return NULL;
    }
  if (!check_cairo (self, error))
    return NULL;
  cairo_surface_finish (self->surface);
  if (cairo_surface_status (self->surface) != CAIRO_STATUS_SUCCESS)
    return check_cairo (self, error), NULL;
  return g_bytes_new (self->bytes->data, self->bytes->len);
}

/**
 * wb_slip_render:
 * @created_at: as for wb_slip_writer_new()
 * @pages: (out) (optional): how many pages it has
 * @warnings: (out) (optional) (transfer full): as wb_slip_writer_dup_warnings()
 *
 * One slip as a document of its own. Outputs are untouched on failure. Returns: (transfer full):
 * PDF bytes.
 */
GBytes *
wb_slip_render (
    const WbSlip *slip, WbInstant created_at, guint *pages, char ***warnings, GError **error)
{
  g_autoptr (WbSlipWriter) writer = wb_slip_writer_new (created_at);
  GBytes                  *bytes;

  if (!wb_slip_writer_add (writer, slip, error) ||
      (bytes = wb_slip_writer_finish (writer, error)) == NULL)
    return NULL;
  if (pages != NULL)
    *pages = writer->pages;
  if (warnings != NULL)
    *warnings = wb_slip_writer_dup_warnings (writer);
  return bytes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The papers of an order: checked, set and written into one PDF. */
#include "wb-order-paper-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

struct _WbPaperWriter
{
  GByteArray      *bytes;
  cairo_surface_t *surface;
  cairo_t         *cr;
  WbDoc           *doc;
  GBytes          *logo_bytes;
  WbLogo          *logo;
  guint            papers;
  guint            pages;
};

static const WbPaperKind *const kinds[] = {
  &wb_slip_kind,    &wb_gift_kind, &wb_receipt_kind, &wb_return_kind,
  &wb_invoice_kind, &wb_cn22_kind, &wb_cn23_kind,    &wb_address_kind,
};

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * wb_paper_size:
 * @paper: (nullable): a PWG name, “A4” or “Letter” in any case; %NULL or empty: none is asked for
 * @country: (nullable): ISO 3166-1 alpha-2 of where it is printed
 *
 * Returns: %WB_PAPER_LETTER or %WB_PAPER_A4: as asked, else what is usual in @country; %NULL when
 * something else is asked.
 */
const char *
wb_paper_size (const char *paper, const char *country)
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
 * wb_paper_writer_new:
 * @created_at: goes into the document; the same papers at the same instant give the same bytes on
 * one machine. 0: now
 *
 * Returns: (transfer full): a document without papers.
 */
WbPaperWriter *
wb_paper_writer_new (WbInstant created_at)
{
  WbPaperWriter   *self = g_new0 (WbPaperWriter, 1);
  g_autofree char *created = wb_instant_to_iso (created_at != 0 ? created_at : wb_now ());

  self->bytes = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (collect, self->bytes, 595, 842);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Waybill");
  self->cr = cairo_create (self->surface);
  self->doc = wb_doc_new ();
  return self;
}

/**
 * wb_paper_writer_free:
 * @self: (transfer full) (nullable): a writer, finished or not
 */
void
wb_paper_writer_free (WbPaperWriter *self)
{
  if (self == NULL)
    return;
  cairo_destroy (self->cr);
  cairo_surface_finish (self->surface);
  cairo_surface_destroy (self->surface);
  wb_doc_free (self->doc);
  wb_logo_free (self->logo);
  g_clear_pointer (&self->logo_bytes, g_bytes_unref);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static gboolean
check_cairo (WbPaperWriter *self, GError **error)
{
  cairo_status_t status = cairo_status (self->cr);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The paper could not be drawn: %s",
               cairo_status_to_string (status));
  return FALSE;
}

/* The same logo stands on paper after paper; it is read once. One that cannot be read is told and
 * left out. */
static WbLogo *
take_logo (WbPaperWriter *self, GBytes *bytes)
{
  if (bytes == NULL)
    return NULL;
  if (self->logo_bytes == bytes)
    return self->logo;
  g_clear_pointer (&self->logo, wb_logo_free);
  g_clear_pointer (&self->logo_bytes, g_bytes_unref);
  self->logo_bytes = g_bytes_ref (bytes);
  if ((self->logo = wb_logo_new (bytes, NULL)) == NULL)
    wb_doc_warn (self->doc, _ ("The logo is not a picture that can be printed."));
  return self->logo;
}

/* Adds one document of any kind, its pages of @ask's size. */
static gboolean
add_document (WbPaperWriter  *self,
              const WbDocAsk *ask,
              const char     *title,
              GBytes         *logo,
              void (*set) (WbDoc *doc, gconstpointer data),
              gconstpointer data,
              GError      **error)
{
  WbDocAsk full = *ask;

  full.logo = take_logo (self, logo);
  cairo_pdf_surface_set_size (self->surface, ask->width, ask->height);
  wb_doc_begin (self->doc, &full);
  set (self->doc, data);
  if (self->papers == 0)
    cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE,
                                    *self->doc->running != '\0' ? self->doc->running : title);
  self->pages += wb_doc_draw (self->doc, self->cr);
  self->papers++;
  return check_cairo (self, error);
}

/* What Han characters look like where the parcel goes; elsewhere as in the paper's language. */
static const char *
han_language (const char *country)
{
  static const char *const languages[][2] = {
    { "CN", "zh-cn" }, { "HK", "zh-hk" }, { "JP", "ja" },    { "KR", "ko" },
    { "MO", "zh-hk" }, { "SG", "zh-cn" }, { "TW", "zh-tw" },
  };

  for (guint i = 0; country != NULL && i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strcasecmp (languages[i][0], country) == 0)
      return languages[i][1];
  return NULL;
}

static const WbPaperKind *
find_kind (const char *kind, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i]->kind, kind != NULL ? kind : WB_PAPER_SLIP))
      return kinds[i];
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no paper “%s” of an order", kind);
  return NULL;
}

static gboolean
check (const WbPaperKind *kind, const WbOrderPaper *paper, GError **error)
{
  if (kind->parcel && (paper->shipment == NULL || paper->parcel == NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The paper “%s” is one of a parcel: plan the shipment first", kind->kind);
      return FALSE;
    }
  if (kind->customs && (paper->customs == NULL || paper->customs->lines->len == 0))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The paper “%s” tells customs of goods, and none are in this parcel",
                   kind->kind);
      return FALSE;
    }
  if (paper->template != NULL && !g_str_equal (wb_template_get_kind (paper->template), kind->kind))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A template for “%s” cannot make the paper “%s”",
                   wb_template_get_kind (paper->template), kind->kind);
      return FALSE;
    }
  return kind->check == NULL || kind->check (paper, error);
}

typedef struct
{
  const WbPaperKind  *kind;
  const WbOrderPaper *paper;
} Setting;

static void
set_paper (WbDoc *doc, gconstpointer data)
{
  const Setting *setting = data;

  setting->kind->set (doc, setting->paper);
}

static gboolean
take_size (const WbOrderPaper *paper, WbDocAsk *ask, GError **error)
{
  const char *size =
      wb_paper_size (paper->paper, wb_record_get_text (paper->origin, WB_ORIGIN_COUNTRY));

  if (size == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "Papers are made for A4 or Letter, not for “%s”", paper->paper);
      return FALSE;
    }
  ask->width = g_str_equal (size, WB_PAPER_LETTER) ? 612 : 210 / 25.4 * 72;
  ask->height = g_str_equal (size, WB_PAPER_LETTER) ? 792 : 297 / 25.4 * 72;
  return TRUE;
}

/**
 * wb_paper_writer_add:
 * Draws @paper on pages of its own. Fails with %WB_ERROR_INVALID, and adds nothing, when its parts
 * do not belong together or the size is neither A4 nor Letter.
 */
gboolean
wb_paper_writer_add (WbPaperWriter *self, const WbOrderPaper *paper, GError **error)
{
  const WbPaperKind *kind = find_kind (paper->kind, error);
  gpointer           to = wb_record_get_one (paper->order, WB_ORDER_SHIP_TO);
  const char        *country = to != NULL ? wb_record_get_text (to, WB_ADDRESS_COUNTRY) : NULL;
  WbDocAsk           ask = { .words = wb_words_for (paper->language),
                             .practice = paper->practice,
                             .origin = paper->origin,
                             .receiver_country = country,
                             .han = han_language (country) };

  if (kind == NULL || !check (kind, paper, error))
    return FALSE;
  ask.bare = kind->width > 0;
  ask.width = kind->width / 25.4 * 72;
  ask.height = kind->height / 25.4 * 72;
  if (!ask.bare && !take_size (paper, &ask, error))
    return FALSE;
  ask.template = paper->template != NULL ? paper->template : wb_template_built_in (kind->kind);
  return add_document (self, &ask, wb_words_get (ask.words, kind->title), paper->logo, set_paper,
                       &(Setting){ kind, paper }, error);
}

/** wb_paper_writer_get_pages: Returns: how many pages the document has so far. */
guint
wb_paper_writer_get_pages (WbPaperWriter *self)
{
  return self->pages;
}

/**
 * wb_paper_writer_dup_warnings:
 * Returns: (transfer full): sentences for people on what could not be drawn as it should be (signs
 * that no font has, a reference that cannot be a barcode); empty when all is well.
 */
char **
wb_paper_writer_dup_warnings (WbPaperWriter *self)
{
  return wb_doc_dup_warnings (self->doc);
}

/**
 * wb_paper_writer_finish:
 * Returns: (transfer full): the whole document as PDF 1.5; nothing can be added afterwards. Fails
 * with %WB_ERROR_INVALID when there is no paper in it.
 */
GBytes *
wb_paper_writer_finish (WbPaperWriter *self, GError **error)
{
  if (self->papers == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no paper to print");
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
 * wb_order_paper_render:
 * @created_at: as for wb_paper_writer_new()
 * @pages: (out) (optional): how many pages it has
 * @warnings: (out) (optional) (transfer full): as wb_paper_writer_dup_warnings()
 *
 * One paper as a document of its own. Outputs are untouched on failure. Returns: (transfer full):
 * PDF bytes.
 */
GBytes *
wb_order_paper_render (
    const WbOrderPaper *paper, WbInstant created_at, guint *pages, char ***warnings, GError **error)
{
  g_autoptr (WbPaperWriter) writer = wb_paper_writer_new (created_at);
  GBytes                   *bytes;

  if (!wb_paper_writer_add (writer, paper, error) ||
      (bytes = wb_paper_writer_finish (writer, error)) == NULL)
    return NULL;
  if (pages != NULL)
    *pages = writer->pages;
  if (warnings != NULL)
    *warnings = wb_paper_writer_dup_warnings (writer);
  return bytes;
}

/* Papers of no single order. */
GBytes *
wb_list_paper_render (const char         *kind,
                      const WbOrderPaper *with,
                      WbInstant           created_at,
                      void (*set) (WbDoc *doc, gconstpointer data),
                      gconstpointer data,
                      guint        *pages,
                      char       ***warnings,
                      GError      **error)
{
  g_autoptr (WbPaperWriter) writer = wb_paper_writer_new (created_at);
  WbDocAsk                  ask = { .words = wb_words_for (with->language),
                                    .practice = with->practice,
                                    .origin = with->origin,
                                    .template =
                       with->template != NULL ? with->template : wb_template_built_in (kind) };
  GBytes                   *bytes;

  if (!take_size (with, &ask, error) ||
      !add_document (writer, &ask, kind, with->logo, set, data, error) ||
      (bytes = wb_paper_writer_finish (writer, error)) == NULL)
    return NULL;
  if (pages != NULL)
    *pages = writer->pages;
  if (warnings != NULL)
    *warnings = wb_paper_writer_dup_warnings (writer);
  return bytes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document made ready for a queue, or refused, before anything is sent. */
#include "wb-print-job.h"

#include "wb-cups.h"
#include "wb-label-page.h"
#include "wb-label-target.h"
#include "wb-media.h"
#include "wb-page-size.h"
#include "wb-sheet.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

void
wb_print_job_clear (WbPrintJob *job)
{
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->media, g_free);
}

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list          args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, WB_ERROR, WB_ERROR_REFUSED, message);
  return FALSE;
}

static gboolean
check_state (const WbQueue *queue, GError **error)
{
  g_autofree char *words = NULL;

  if (!queue->accepting)
    words = g_strdup_printf (_ ("The print queue “%s” takes no documents at present"), queue->name);
  else if (queue->stopped)
    words = g_strdup_printf (_ ("The print queue “%s” is stopped"), queue->name);
  else
    return TRUE;
  wb_ipp_set_error (error, queue->accepting ? WB_ERROR_UNAVAILABLE : WB_ERROR_REFUSED, words,
                    queue->message);
  return FALSE;
}

/* What can be sent. @mime: what it is called; @raw: to a queue that passes bytes on. */
typedef struct
{
  const char *format;
  const char *title;
  const char *mime;
  gboolean    label_language;
} Language;

static const Language languages[] = {
  { WB_PRINT_PDF, "PDF", "application/pdf", FALSE },
  { WB_PRINT_PNG, "picture", "image/png", FALSE },
  { WB_PRINT_PWG, "PWG raster", "image/pwg-raster", FALSE },
  { WB_PRINT_ZPL, "ZPL", "application/vnd.zebra-zpl", TRUE },
  { WB_PRINT_EPL2, "EPL2", "application/vnd.eltron-epl", TRUE },
  { WB_PRINT_TSPL, "TSPL", "application/vnd.tsc-tspl", TRUE },
};

#define RAW_MIME "application/vnd.cups-raw"

static const Language *
find_language (const char *format, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].format, format) == 0)
      return &languages[i];
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no format that can be printed",
               format != NULL ? format : "");
  return NULL;
}

static gboolean
takes (const WbQueue *queue, const char *mime)
{
  return g_strv_contains ((const char *const *) queue->formats, mime);
}

/* A raw queue or socket sends anything as it is: a label printer would print a PDF's bytes as
 * rubbish by the yard. The others say what they take. Returns: (nullable): how @language is called
 * there. */
static const char *
choose_mime (const WbQueue *queue, const Language *language, GError **error)
{
  if (queue->kind == WB_QUEUE_FILES)
    return language->mime;
  if (queue->kind == WB_QUEUE_RAW && language->label_language)
    return RAW_MIME;
  if (queue->kind == WB_QUEUE_RAW)
    {
      refuse (error,
              "The document is a %s, and “%s” is a raw one for label languages: the printer would "
              "print its bytes as text. Set ZPL, EPL2 or TSPL as the printer's format",
              language->title, queue->name);
      return NULL;
    }
  if (takes (queue, language->mime) || (queue->formats[0] == NULL && !language->label_language))
    return language->mime;
  if (language->label_language)
    refuse (error,
            "The label is %s, and the print queue “%s” is not a raw one: set PDF as the printer's "
            "format, or set up a raw queue for the label printer",
            language->title, queue->name);
  else
    refuse (error, "“%s” takes no %s; it takes PWG raster or what its settings say", queue->name,
            language->title);
  return NULL;
}

/* The sheet to ask for: what the printer's setting says when the document is of that size, the
 * document's own if it says nothing. */
static char *
choose_media (const char *wanted, double width, double height, GError **error)
{
  double           media_width, media_height;
  g_autofree char *own = NULL;

  if (wanted == NULL)
    {
      own = wb_media_name (width, height);
      return g_steal_pointer (&own);
    }
  if (!wb_media_size (wanted, &media_width, &media_height))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no known size of paper or label",
                   wanted);
      return NULL;
    }
  if (wb_media_fits (width, height, media_width, media_height))
    return g_strdup (wanted);
  refuse (error,
          "The document is %.0f × %.0f mm and the paper set for the printer is %.0f × %.0f mm; it "
          "is never scaled or turned",
          width, height, media_width, media_height);
  return NULL;
}

/* What lies in the printer, when it says so: a job for another roll would wait, or be printed on
 * the wrong one. */
static gboolean
check_media (const WbQueue *queue, const char *media, double width, double height, GError **error)
{
  g_autofree char *lies = NULL;

  if (queue->kind == WB_QUEUE_FILES || queue->kind == WB_QUEUE_RAW)
    return TRUE;
  if (queue->media[0] != NULL && !wb_media_is_supported (media, (const char *const *) queue->media))
    return refuse (error, "The print queue “%s” has no paper of %.0f × %.0f mm (%s)", queue->name,
                   width, height, media);
  if (queue->ready[0] == NULL || wb_media_is_supported (media, (const char *const *) queue->ready))
    return TRUE;
  lies = g_strjoinv (", ", queue->ready);
  return refuse (error,
                 "The printer of “%s” could print on %s, but there is %s in it now: put the right "
                 "labels or paper in, or choose what lies in it. Nothing was sent",
                 queue->name, media, lies);
}

/* The sheet on which a form of customs is printed to be cut out: as the printer is set, else what
 * it usually has. NULL: it has the form's own size. */
static const char *
sheet_for_form (const WbQueue *queue, const char *wanted, double width, double height)
{
  g_autofree char *own = wb_media_name (width, height);

  if (wanted != NULL)
    return wanted;
  if (queue->media[0] == NULL || wb_media_is_supported (own, (const char *const *) queue->media))
    return NULL;
  return queue->media_default;
}

/* Customs' forms are smaller than a sheet: on one they stand at their own size with marks to cut
 * along. Everything else is as large as the paper or is not printed. */
static gboolean
hold_form (const WbQueue *queue,
           const char    *document,
           const char    *wanted,
           double        *width,
           double        *height,
           WbPrintJob    *job,
           GError       **error)
{
  const char        *sheet = g_strcmp0 (document, WB_DOCUMENT_CUSTOMS) == 0
                                 ? sheet_for_form (queue, wanted, *width, *height)
                                 : NULL;
  double             sheet_width, sheet_height;
  g_autoptr (GBytes) form = NULL;

  if (sheet == NULL || !wb_media_size (sheet, &sheet_width, &sheet_height) ||
      wb_media_fits (*width, *height, sheet_width, sheet_height) ||
      *width > sheet_width + WB_MEDIA_TOLERANCE_MM || *height > sheet_height)
    return TRUE;
  form = g_steal_pointer (&job->bytes);
  job->bytes = wb_sheet_hold (form, *width, *height, sheet_width, sheet_height, error);
  *width = sheet_width;
  *height = sheet_height;
  return job->bytes != NULL;
}

static gboolean
prepare_page (
    const WbQueue *queue, const char *document, const char *wanted, WbPrintJob *job, GError **error)
{
  double width = 0, height = 0;

  if (!wb_page_size (job->bytes, &width, &height, error) ||
      !hold_form (queue, document, wanted, &width, &height, job, error))
    return FALSE;
  job->media = choose_media (wanted, width, height, error);
  return job->media != NULL && check_media (queue, job->media, width, height, error);
}

/* A label on a printer whose dots are known: drawn at these, in its language. */
static gboolean
prepare_label (const WbQueue  *queue,
               WbPrinter      *printer,
               const Language *language,
               GBytes         *document,
               const char     *format,
               const char     *accepted,
               WbPrintJob     *job,
               GError        **error)
{
  const char *media = wb_record_get_text (printer, WB_PRINTER_MEDIA);
  double      width = 0, height = 0;

  if (wb_text_is_empty (media))
    media = WB_MEDIA_4X6;
  if (!wb_media_size (media, &width, &height))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no known size of paper or label",
                   media);
      return FALSE;
    }
  if (!check_media (queue, media, width, height, error) ||
      (job->bytes =
           wb_label_for_printer (printer, queue->dpi, document, format, accepted, error)) == NULL)
    return FALSE;
  if (!language->label_language)
    job->media = g_strdup (media);
  return TRUE;
}

/* Ordinary papers, and labels on printers of which nothing but the size is known. */
static gboolean
prepare_plain (const WbQueue  *queue,
               WbPrinter      *printer,
               const Language *language,
               GBytes         *document,
               const char     *format,
               WbPrintJob     *job,
               GError        **error)
{
  const char *media = wb_record_get_text (printer, WB_PRINTER_MEDIA);

  if (language->label_language)
    {
      job->bytes = g_bytes_ref (document);
      return TRUE;
    }
  job->bytes = g_str_equal (format, WB_PRINT_PNG)
                   ? wb_label_page_from_png (
                         document, wb_text_is_empty (media) ? WB_MEDIA_4X6 : media, 0, error)
                   : g_bytes_ref (document);
  return job->bytes != NULL &&
         prepare_page (queue, wb_record_get_text (printer, WB_PRINTER_DOCUMENT),
                       wb_text_is_empty (media) ? NULL : media, job, error);
}

/* What goes to the printer when @document comes as @format: pictures become PDF pages of the
 * label's exact size, since queues scale pictures as they like. */
static const Language *
choose_language (WbPrinter *printer, const char *format, gboolean drawn, GError **error)
{
  const char     *wanted = wb_record_get_text (printer, WB_PRINTER_FORMAT);
  const Language *comes = find_language (format, error);

  if (comes == NULL)
    return NULL;
  if (drawn && !wb_text_is_empty (wanted) && !g_str_equal (wanted, WB_PRINT_PNG))
    return find_language (wanted, error);
  return comes->label_language ? comes : &languages[0];
}

/* What is peeled off or cut out has nothing on its back, nor have copies that part on their way. */
static gboolean
is_one_sided (const char *document)
{
  static const char *const documents[] = { WB_DOCUMENT_LABEL,   WB_DOCUMENT_LABEL_SHEET,
                                           WB_DOCUMENT_ADDRESS, WB_DOCUMENT_CUSTOMS,
                                           WB_DOCUMENT_INVOICE, NULL };

  return document != NULL && g_strv_contains (documents, document);
}

/**
 * wb_print_job_prepare:
 * @accepted: (nullable): see wb_print_submit()
 * @job: (out): cleared by the caller; untouched on failure
 *
 * Everything that can be known before the queue gets a byte. A label is drawn at the printer's dots
 * where these are known, in its language; what passes untouched and what is refused is said at
 * wb_label_prepare(). Fails with %WB_ERROR_UNAVAILABLE when the queue is stopped, %WB_ERROR_REFUSED
 * when it takes no documents or this one is not for it, or its paper is not in the printer;
 * %WB_ERROR_INVALID when the document is damaged.
 */
gboolean
wb_print_job_prepare (const WbQueue *queue,
                      WbPrinter     *printer,
                      GBytes        *document,
                      const char    *format,
                      const char    *accepted,
                      WbPrintJob    *job,
                      GError       **error)
{
  g_auto (WbPrintJob) ready = { 0 };
  /* What somebody accepted to be turned or cut out is drawn even where nothing else would be. */
  gboolean drawn =
      wb_label_is_for_printer (printer, format) ||
      (accepted != NULL && !wb_text_is_empty (wb_record_get_text (printer, WB_PRINTER_FORMAT)));
  const Language *language = choose_language (printer, format, drawn, error);

  if (language == NULL || (ready.mime = choose_mime (queue, language, error)) == NULL ||
      !check_state (queue, error))
    return FALSE;
  ready.format = language->format;
  ready.one_sided = is_one_sided (wb_record_get_text (printer, WB_PRINTER_DOCUMENT));
  if (drawn ? !prepare_label (queue, printer, language, document, format, accepted, &ready, error)
            : !prepare_plain (queue, printer, language, document, format, &ready, error))
    return FALSE;
  *job = ready;
  ready = (WbPrintJob){ 0 };
  return TRUE;
}

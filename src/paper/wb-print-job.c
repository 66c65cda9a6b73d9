/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document made ready for a queue, or refused, before anything is sent. */
#include "wb-print-job.h"

#include "wb-label-page.h"
#include "wb-media.h"

#include <poppler.h>

#define MM_PER_POINT (25.4 / 72)

/* poppler 22 has no automatic clean-up of its own. */
typedef PopplerDocument Pdf;
typedef PopplerPage     PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pdf, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

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
  if (!queue->accepting)
    return refuse (error, "The print queue “%s” takes no documents at present%s%s", queue->name,
                   queue->message != NULL ? ": " : "",
                   queue->message != NULL ? queue->message : "");
  if (!queue->stopped)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "The print queue “%s” is stopped%s%s",
               queue->name, queue->message != NULL ? ": " : "",
               queue->message != NULL ? queue->message : "");
  return FALSE;
}

/* A raw queue sends anything as it is: a label printer would print a PDF's bytes as rubbish by the
 * yard. */
static gboolean
check_kind (const WbQueue *queue, const char *format, GError **error)
{
  gboolean zpl = g_str_equal (format, WB_PRINT_ZPL);

  if (!zpl && !g_str_equal (format, WB_PRINT_PDF) && !g_str_equal (format, WB_PRINT_PNG))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no format that can be printed",
                   format);
      return FALSE;
    }
  if (zpl && queue->kind != WB_QUEUE_RAW)
    return refuse (error,
                   "The label is ZPL, and the print queue “%s” is not a raw one: ask the carrier "
                   "for PDF or PNG, or set "
                   "up a raw queue for the label printer",
                   queue->name);
  if (!zpl && queue->kind == WB_QUEUE_RAW)
    return refuse (error,
                   "The document is a %s, and the print queue “%s” is a raw one for ZPL: the "
                   "printer would print its "
                   "bytes as text",
                   g_str_equal (format, WB_PRINT_PDF) ? "PDF" : "picture", queue->name);
  return TRUE;
}

/* The size that every page of @pdf has. */
static gboolean
measure_pdf (GBytes *pdf, double *width_mm, double *height_mm, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (Pdf)    document = poppler_document_new_from_bytes (pdf, NULL, &local);
  double             first_width = 0, first_height = 0;

  if (document == NULL || poppler_document_get_n_pages (document) == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The document is not a PDF that can be read%s%s", local != NULL ? ": " : "",
                   local != NULL ? local->message : "");
      return FALSE;
    }
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (PdfPage) page = poppler_document_get_page (document, i);
      double              width, height;

      poppler_page_get_size (page, &width, &height);
      if (i > 0 &&
          !wb_media_fits (width * MM_PER_POINT, height * MM_PER_POINT, first_width, first_height))
        return refuse (error, "The document's pages are not all of one size");
      if (i == 0)
        {
          first_width = width * MM_PER_POINT;
          first_height = height * MM_PER_POINT;
        }
    }
  *width_mm = first_width;
  *height_mm = first_height;
  return TRUE;
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

static gboolean
prepare_page (const WbQueue *queue, WbPrinter *printer, WbPrintJob *job, GError **error)
{
  const char *wanted = wb_record_get_text (printer, WB_PRINTER_MEDIA);
  double      width = 0, height = 0;

  if (wanted != NULL && *wanted == '\0')
    wanted = NULL;
  if (!measure_pdf (job->bytes, &width, &height, error))
    return FALSE;
  job->media = choose_media (wanted, width, height, error);
  if (job->media == NULL)
    return FALSE;
  if (!wb_media_is_supported (job->media, (const char *const *) queue->media))
    return refuse (error, "The print queue “%s” has no paper of %.0f × %.0f mm (%s)", queue->name,
                   width, height, job->media);
  return TRUE;
}

/**
 * wb_print_job_prepare:
 * @job: (out): cleared by the caller; untouched on failure
 *
 * Everything that can be known before the queue gets a byte. A picture becomes a PDF page of the
 * label's exact size. Fails with %WB_ERROR_UNAVAILABLE when the queue is stopped, %WB_ERROR_REFUSED
 * when it takes no documents or this one is not for it, %WB_ERROR_INVALID when the document is
 * damaged.
 */
gboolean
wb_print_job_prepare (const WbQueue *queue,
                      WbPrinter     *printer,
                      GBytes        *document,
                      const char    *format,
                      WbPrintJob    *job,
                      GError       **error)
{
  g_auto (WbPrintJob) ready = { 0 };
  const char         *media = wb_record_get_text (printer, WB_PRINTER_MEDIA);

  if (!check_kind (queue, format, error) || !check_state (queue, error))
    return FALSE;
  if (g_str_equal (format, WB_PRINT_ZPL))
    {
      ready.bytes = g_bytes_ref (document);
      ready.mime = "application/vnd.cups-raw";
    }
  else
    {
      ready.bytes =
          g_str_equal (format, WB_PRINT_PNG)
              ? wb_label_page_from_png (
                    document, media != NULL && *media != '\0' ? media : WB_MEDIA_4X6, 0, error)
              : g_bytes_ref (document);
      ready.mime = "application/pdf";
      if (ready.bytes == NULL || !prepare_page (queue, printer, &ready, error))
        return FALSE;
    }
  *job = ready;
  ready = (WbPrintJob){ 0 };
  return TRUE;
}

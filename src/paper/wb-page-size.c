/* SPDX-License-Identifier: GPL-3.0-or-later
 * How large the pages of a PDF are, measured once: a label is looked at when it is bought and need
 * not be read again when it goes to the printer. */
#include "wb-page-size.h"

#include "wb-media.h"

#include <poppler.h>

#define MM_PER_POINT (25.4 / 72)
#define MOST_KEPT    512

/* poppler 22 has no automatic clean-up of its own. */
typedef PopplerDocument Pdf;
typedef PopplerPage     PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pdf, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

typedef struct
{
  double width, height; /* mm */
} Size;

static GMutex      lock;
static GHashTable *kept; /* hash of the bytes → Size; guarded by lock */

static gboolean
recall (const char *hash, Size *size)
{
  const Size *there;

  g_mutex_lock (&lock);
  there = kept != NULL ? g_hash_table_lookup (kept, hash) : NULL;
  if (there != NULL)
    *size = *there;
  g_mutex_unlock (&lock);
  return there != NULL;
}

static void
keep (const char *hash, const Size *size)
{
  g_mutex_lock (&lock);
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (kept) >= MOST_KEPT)
    g_hash_table_remove_all (kept);
  g_hash_table_replace (kept, g_strdup (hash), g_memdup2 (size, sizeof *size));
  g_mutex_unlock (&lock);
}

static gboolean
measure (GBytes *pdf, Size *size, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (Pdf)    document = poppler_document_new_from_bytes (pdf, NULL, &local);

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
      if (i == 0)
        *size = (Size){ width * MM_PER_POINT, height * MM_PER_POINT };
      else if (!wb_media_fits (width * MM_PER_POINT, height * MM_PER_POINT, size->width,
                               size->height))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                       "The document's pages are not all of one size");
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * wb_page_size:
 * @width_mm, @height_mm: (out): of every page
 *
 * The same bytes are measured once as long as the program runs, from any thread.
 * %WB_ERROR_INVALID when they are no PDF, %WB_ERROR_REFUSED when the pages differ.
 */
gboolean
wb_page_size (GBytes *pdf, double *width_mm, double *height_mm, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf);
  Size             size;

  if (!recall (hash, &size))
    {
      if (!measure (pdf, &size, error))
        return FALSE;
      keep (hash, &size);
    }
  *width_mm = size.width;
  *height_mm = size.height;
  return TRUE;
}

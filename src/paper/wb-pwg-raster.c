/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots as PWG raster (PWG 5102.4) for printers that take no label language: eight bits of grey,
 * which every such printer must know. */
#include "wb-label-write.h"
#include "wb-media.h"

#include <cups/raster.h>
#include <string.h>

#define MM_PER_INCH 25.4

static ssize_t
collect (void *closure, unsigned char *data, size_t length)
{
  g_byte_array_append (closure, data, (guint) length);
  return (ssize_t) length;
}

static void
fill_header (cups_page_header2_t *header,
             const WbBitmap      *bitmap,
             const WbLabelTarget *target,
             guint                pages)
{
  g_autofree char *name = wb_media_name (bitmap->width * MM_PER_INCH / target->dpi,
                                         bitmap->height * MM_PER_INCH / target->dpi);

  memset (header, 0, sizeof *header);
  g_strlcpy (header->MediaClass, "PwgRaster", sizeof header->MediaClass);
  g_strlcpy (header->cupsPageSizeName, name, sizeof header->cupsPageSizeName);
  header->HWResolution[0] = header->HWResolution[1] = target->dpi;
  header->NumCopies = 1;
  header->PageSize[0] = (bitmap->width * 72 + target->dpi / 2) / target->dpi;
  header->PageSize[1] = (bitmap->height * 72 + target->dpi / 2) / target->dpi;
  header->cupsWidth = bitmap->width;
  header->cupsHeight = bitmap->height;
  header->cupsBitsPerColor = header->cupsBitsPerPixel = 8;
  header->cupsBytesPerLine = bitmap->width;
  header->cupsColorOrder = CUPS_ORDER_CHUNKED;
  header->cupsColorSpace = CUPS_CSPACE_SW;
  header->cupsNumColors = 1;
  header->cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = pages;
  header->cupsInteger[CUPS_RASTER_PWG_CrossFeedTransform] = 1;
  header->cupsInteger[CUPS_RASTER_PWG_FeedTransform] = 1;
}

static gboolean
write_page (cups_raster_t *raster, const WbBitmap *bitmap, const WbLabelTarget *target, guint pages)
{
  cups_page_header2_t header;
  g_autoptr (WbGrey)  grey = wb_bitmap_to_grey (bitmap);

  fill_header (&header, bitmap, target, pages);
  if (!cupsRasterWriteHeader2 (raster, &header))
    return FALSE;
  for (guint y = 0; y < grey->height; y++)
    if (cupsRasterWritePixels (raster, grey->dots + (gsize) y * grey->width, grey->width) !=
        grey->width)
      return FALSE;
  return TRUE;
}

/** wb_raster_from_bitmaps: @bitmaps: (element-type WbBitmap): a page each. Returns: (transfer
 * full): the file. */
GBytes *
wb_raster_from_bitmaps (GPtrArray *bitmaps, const WbLabelTarget *target, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cups_raster_t         *raster = cupsRasterOpenIO (collect, out, CUPS_RASTER_WRITE_PWG);
  gboolean               fine = raster != NULL;

  for (guint i = 0; fine && i < bitmaps->len; i++)
    fine = write_page (raster, bitmaps->pdata[i], target, bitmaps->len);
  if (raster != NULL)
    cupsRasterClose (raster);
  if (!fine)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The label's raster could not be written: %s",
                   cupsRasterErrorString ());
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

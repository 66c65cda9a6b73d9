/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots as a printer gets them, for the tests to compare and to scan. */
#include "raster.h"

#include "paper-samples.h"

#include <cups/raster.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A white sheet. */
Raster *
raster_new (guint width, guint height)
{
  Raster *self = g_new0 (Raster, 1);

  self->width = width;
  self->height = height;
  self->dots = g_malloc ((gsize) width * height);
  memset (self->dots, 0xff, (gsize) width * height);
  return self;
}

void
raster_free (Raster *self)
{
  g_free (self->dots);
  g_free (self);
}

/* The first page of a PWG or Apple raster file of eight bits of grey. */
Raster *
raster_read (const char *path)
{
  int                 fd = g_open (path, O_RDONLY, 0);
  cups_raster_t      *file = cupsRasterOpen (fd, CUPS_RASTER_READ);
  cups_page_header2_t header;
  Raster             *self;

  g_assert_cmpint (fd, >=, 0);
  g_assert_nonnull (file);
  g_assert_true (cupsRasterReadHeader2 (file, &header));
  g_assert_cmpuint (header.cupsBitsPerPixel, ==, 8);
  self = raster_new (header.cupsWidth, header.cupsHeight);
  for (guint y = 0; y < self->height; y++)
    {
      guint8 *row = self->dots + (gsize) y * self->width;

      g_assert_cmpuint (cupsRasterReadPixels (file, row, header.cupsBytesPerLine), ==,
                        header.cupsBytesPerLine);
      for (guint x = 0; header.cupsColorSpace == CUPS_CSPACE_K && x < self->width; x++)
        row[x] = 255 - row[x];
    }
  cupsRasterClose (file);
  close (fd);
  return self;
}

/* Returns: the part of the dots that are black in one and white in the other. */
double
raster_difference (const Raster *a, const Raster *b)
{
  gsize n = (gsize) a->width * a->height, different = 0;

  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  for (gsize i = 0; i < n; i++)
    different += (a->dots[i] < 128) != (b->dots[i] < 128);
  return (double) different / (double) n;
}

/* Returns: what zbarimg reads, a line for each code. */
char *
raster_scan (const Raster *self)
{
  g_autofree char *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "dots.pgm", NULL), *read = NULL;
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) pgm = g_string_new (NULL);

  g_string_append_printf (pgm, "P5 %u %u 255\n", self->width, self->height);
  g_string_append_len (pgm, (const char *) self->dots,
                       (gssize) ((gsize) self->width * self->height));
  g_file_set_contents (path, pgm->str, (gssize) pgm->len, &error);
  g_assert_no_error (error);
  read = sample_run ((const char *const[]){ "zbarimg", "-q", "--nodbus", path, NULL });
  wb_test_remove_folder (folder);
  return g_steal_pointer (&read);
}

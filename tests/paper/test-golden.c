/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every paper in en, de, ja and ar against pictures that were looked at. “test-golden --remake”
 * (`meson compile remake-golden`) makes the pictures anew: look at each before it is committed. */
#include "golden-papers.h"

#include "wb-file.h"

#include <cairo.h>
#include <poppler.h>
#include <string.h>

#define DPI 60
/* A dot is another one from this difference on; smaller ones come from another release of a
 * library. */
#define DOT_DIFFERENCE 72
/* So many other dots a page may have. A line that moved has more, as a test shows. */
#define MOST_DOTS 24
#define FONT_SUM  "golden/fonts.sha256"

static char *
golden_path (const char *name)
{
  return g_build_filename (g_getenv ("WAYBILL_SOURCE"), "tests", "paper", name, NULL);
}

/* The fonts the pictures were set with, as one hash; NULL where one is missing. */
static char *
hash_fonts (void)
{
  static const char *const files[] = {
    "truetype/noto/NotoSans-Regular.ttf",    "truetype/noto/NotoSans-Bold.ttf",
    "truetype/noto/NotoSansArabic-Bold.ttf", "truetype/noto/NotoSansDevanagari-Regular.ttf",
    "opentype/noto/NotoSansCJK-Regular.ttc", "truetype/noto/NotoColorEmoji.ttf",
  };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char   *path = g_build_filename ("/usr/share/fonts", files[i], NULL);
      g_autoptr (GBytes) bytes = wb_file_read (path, 64 * 1024 * 1024, NULL);

      if (bytes == NULL)
        return NULL;
      g_checksum_update (sum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* Whether this machine has the very fonts; else the test has been reported as skipped. */
static gboolean
have_fonts (void)
{
  g_autofree char *here = hash_fonts (), *path = golden_path (FONT_SUM), *there = NULL;

  if (here == NULL)
    {
      wb_test_skip ("fonts-noto-core, fonts-noto-cjk or fonts-noto-color-emoji is not installed");
      return FALSE;
    }
  g_assert_true (g_file_get_contents (path, &there, NULL, NULL));
  if (g_str_equal (g_strstrip (there), here))
    return TRUE;
  wb_test_skip ("the Noto fonts here are not those of Debian 12 that the pictures were set with");
  return FALSE;
}

static guint8
grey_of (guint32 pixel)
{
  guint grey = ((pixel >> 16 & 0xff) * 77 + (pixel >> 8 & 0xff) * 150 + (pixel & 0xff) * 29) >> 8;

  return (guint8) (grey / 17 * 17); /* sixteen greys are enough, and small */
}

/* @paper, which it frees, as an A8 surface: cairo writes those as grey PNGs (and reads them as
 * RGB). */
static cairo_surface_t *
to_grey (cairo_surface_t *paper)
{
  cairo_surface_t *grey =
      cairo_image_surface_create (CAIRO_FORMAT_A8, cairo_image_surface_get_width (paper),
                                  cairo_image_surface_get_height (paper));

  for (int y = 0; y < cairo_image_surface_get_height (paper); y++)
    for (int x = 0; x < cairo_image_surface_get_width (paper); x++)
      cairo_image_surface_get_data (grey)[y * cairo_image_surface_get_stride (grey) + x] =
          grey_of (((guint32 *) (gpointer) (cairo_image_surface_get_data (paper) +
                                            y * cairo_image_surface_get_stride (paper)))[x]);
  cairo_surface_mark_dirty (grey);
  cairo_surface_destroy (paper);
  return grey;
}

static cairo_surface_t *
read_picture (const char *path)
{
  cairo_surface_t *picture = cairo_image_surface_create_from_png (path);

  if (cairo_surface_status (picture) != CAIRO_STATUS_SUCCESS)
    g_error ("%s cannot be read", path);
  return to_grey (picture);
}

static cairo_surface_t *
draw_page (PopplerPage *page, double down)
{
  double           width, height;
  cairo_surface_t *paper;
  cairo_t         *cr;

  poppler_page_get_size (page, &width, &height);
  paper = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * DPI / 72),
                                      (int) (height * DPI / 72));
  cr = cairo_create (paper);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, DPI / 72.0, DPI / 72.0);
  cairo_translate (cr, 0, down);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (paper);
  return to_grey (paper);
}

/* How many dots differ. A picture of another size differs in all. */
static guint
count_other_dots (cairo_surface_t *a, cairo_surface_t *b)
{
  int   width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  guint n = 0;

  if (width != cairo_image_surface_get_width (b) || height != cairo_image_surface_get_height (b))
    return G_MAXUINT;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += ABS (cairo_image_surface_get_data (a)[y * cairo_image_surface_get_stride (a) + x] -
                cairo_image_surface_get_data (b)[y * cairo_image_surface_get_stride (b) + x]) >=
           DOT_DIFFERENCE;
  return n;
}

static PopplerDocument *
open_paper (const char *kind, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     warnings = NULL;
  g_autoptr (GBytes) pdf = golden_paper (kind, language, &warnings, &error);
  PopplerDocument   *document;

  g_assert_no_error (error);
  for (guint i = 0; warnings[i] != NULL; i++)
    g_error ("%s in %s: %s", kind, language, warnings[i]);
  document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_assert_no_error (error);
  return document;
}

static char *
picture_name (const char *kind, const char *language, int page)
{
  return page == 0 ? g_strdup_printf ("golden/%s-%s.png", kind, language)
                   : g_strdup_printf ("golden/%s-%s-%d.png", kind, language, page + 1);
}

static void
compare_page (PopplerPage *page, const char *name)
{
  g_autofree char *path = golden_path (name);
  cairo_surface_t *made = draw_page (page, 0), *golden = read_picture (path);
  guint            other;

  other = count_other_dots (made, golden);
  if (other > MOST_DOTS)
    {
      g_autofree char *base = g_path_get_basename (name);
      g_autofree char *beside =
          g_build_filename (g_getenv ("WAYBILL_BUILD"), "tests", "paper", base, NULL);

      cairo_surface_write_to_png (made, beside);
      g_error ("%s: %u dots are other than in the picture; the page as it is now: %s", name, other,
               beside);
    }
  cairo_surface_destroy (golden);
  cairo_surface_destroy (made);
}

static void
test_kind (gconstpointer data)
{
  const char *kind = data;

  if (!have_fonts ())
    return;
  for (guint l = 0; golden_languages[l] != NULL; l++)
    {
      PopplerDocument *document = open_paper (kind, golden_languages[l]);

      for (int i = 0; i < poppler_document_get_n_pages (document); i++)
        {
          g_autofree char *name = picture_name (kind, golden_languages[l], i);
          PopplerPage     *page = poppler_document_get_page (document, i);

          compare_page (page, name);
          g_object_unref (page);
        }
      g_object_unref (document);
    }
}

/* One line of the slip moved by a point and a half, the rest where it is: more dots differ than are
 * let pass. */
static void
test_moved_line (void)
{
  g_autofree char *name = picture_name (WB_PAPER_SLIP, "de", 0), *path = golden_path (name);
  PopplerDocument *document;
  PopplerPage     *page;
  cairo_surface_t *moved, *page_now;
  int              top, bottom, stride;

  if (!have_fonts ())
    return;
  document = open_paper (WB_PAPER_SLIP, "de");
  page = poppler_document_get_page (document, 0);
  page_now = draw_page (page, 0);
  moved = draw_page (page, 1.5);
  stride = cairo_image_surface_get_stride (page_now);
  g_assert_cmpuint (count_other_dots (page_now, page_now), ==, 0);
  /* The line of the first article, between its rules: 318 to 345 points from the top. */
  top = 318 * DPI / 72;
  bottom = 345 * DPI / 72;
  memcpy (cairo_image_surface_get_data (page_now) + top * stride,
          cairo_image_surface_get_data (moved) + top * stride, (gsize) ((bottom - top) * stride));
  cairo_surface_destroy (moved);
  moved = read_picture (path);
  g_assert_cmpuint (count_other_dots (page_now, moved), >, 2 * MOST_DOTS);
  cairo_surface_destroy (moved);
  cairo_surface_destroy (page_now);
  g_object_unref (page);
  g_object_unref (document);
}

static void
remake (const char *kind, const char *language)
{
  PopplerDocument *document = open_paper (kind, language);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autofree char *name = picture_name (kind, language, i), *path = golden_path (name);
      PopplerPage     *page = poppler_document_get_page (document, i);
      cairo_surface_t *made = draw_page (page, 0);

      if (cairo_surface_write_to_png (made, path) != CAIRO_STATUS_SUCCESS)
        g_error ("%s could not be written", path);
      cairo_surface_destroy (made);
      g_object_unref (page);
    }
  g_object_unref (document);
}

static void
remake_all (void)
{
  g_autofree char *sum = hash_fonts (), *path = golden_path (FONT_SUM);

  if (sum == NULL || !g_file_set_contents (path, sum, -1, NULL))
    g_error ("the fonts are missing, or %s could not be written", path);
  for (guint k = 0; golden_kinds[k] != NULL; k++)
    for (guint l = 0; golden_languages[l] != NULL; l++)
      remake (golden_kinds[k], golden_languages[l]);
}

int
main (int argc, char **argv)
{
  g_autofree char *fonts = golden_path ("golden/fonts.conf");

  g_setenv ("FONTCONFIG_FILE", fonts, TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  if (argc == 2 && g_str_equal (argv[1], "--remake"))
    {
      remake_all ();
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  for (guint k = 0; golden_kinds[k] != NULL; k++)
    {
      g_autofree char *path = g_strdup_printf ("/golden/%s", golden_kinds[k]);

      g_test_add_data_func (path, golden_kinds[k], test_kind);
    }
  g_test_add_func ("/golden/moved-line", test_moved_line);
  return g_test_run ();
}

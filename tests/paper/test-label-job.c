/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is passed through, what is refused, what a person may accept, and what is found wrong with a
 * label; and that no damaged label does more than be refused. */
#include "label-decoders.h"
#include "label-samples.h"
#include "paper-samples.h"
#include "wb-label-check.h"
#include "wb-label-job.h"
#include "wb-media.h"
#include "wb-png-dots.h"
#include "wb-printing.h"
#include "wb-test.h"

#include <string.h>

#define A6 "iso_a6_105x148mm"

static WbLabelTarget
printer (WbLabelLanguage language, const char *media, guint dpi)
{
  WbLabelTarget      target = { .language = language };
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_label_target_set_media (&target, media, dpi, &error));
  g_assert_no_error (error);
  return target;
}

static GBytes *
prepared (GBytes              *bytes,
          const char          *format,
          const WbLabelTarget *target,
          const WbLabelChange *change)
{
  g_autoptr (GError) error = NULL;
  GBytes            *out = NULL;
  const char        *mime = NULL;

  g_assert_true (wb_label_prepare (bytes, format, target, change, &out, &mime, &error));
  g_assert_no_error (error);
  g_assert_nonnull (mime);
  return out;
}

static void
assert_refused (
    GBytes *bytes, const char *format, const WbLabelTarget *target, WbError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  GBytes            *out = (GBytes *) 1;

  g_assert_false (wb_label_prepare (bytes, format, target, NULL, &out, NULL, &error));
  g_assert_error (error, WB_ERROR, (gint) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_true (out == (GBytes *) 1); /* untouched */
}

/* Dots of 4 × 6 inch are the printer's: each language burns just them. */
static void
test_dots (void)
{
  g_autoptr (GBytes) png = label_sample_png (FALSE);
  g_autoptr (Raster) wanted = label_sample_dots ();
  static const struct
  {
    WbLabelLanguage language;
    Raster *(*decode) (GBytes *bytes);
  } ways[] = { { WB_LABEL_LANGUAGE_ZPL, decode_zpl },
               { WB_LABEL_LANGUAGE_EPL2, decode_epl },
               { WB_LABEL_LANGUAGE_RASTER, decode_raster } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      WbLabelTarget      target = printer (ways[i].language, WB_MEDIA_4X6, 203);
      g_autoptr (GBytes) out = prepared (png, WB_PRINT_PNG, &target, NULL);
      g_autoptr (Raster) dots = ways[i].decode (out);

      g_assert_cmpfloat (raster_difference (dots, wanted), ==, 0);
    }
}

/* The label's bytes are not touched where language and size are the printer's. */
static void
test_untouched (void)
{
  g_autoptr (GBytes) pdf = label_sample_pdf (101.6, 152.4), png = label_sample_png (FALSE);
  g_autoptr (GBytes) zpl = g_bytes_new_static ("^XA^FO500,900^FDx^FS^XZ", 23);
  WbLabelTarget      pdf_printer = printer (WB_LABEL_LANGUAGE_PDF, WB_MEDIA_4X6, 203),
                png_printer = printer (WB_LABEL_LANGUAGE_PNG, WB_MEDIA_4X6, 203),
                zpl_printer = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 203);
  g_autoptr (GBytes) a = prepared (pdf, WB_PRINT_PDF, &pdf_printer, NULL),
                     b = prepared (png, WB_PRINT_PNG, &png_printer, NULL),
                     c = prepared (zpl, WB_PRINT_ZPL, &zpl_printer, NULL), d = NULL;
  const char *text;

  g_assert_true (g_bytes_equal (a, pdf) && g_bytes_equal (b, png) && g_bytes_equal (c, zpl));
  zpl_printer.mark = WB_LABEL_MARK_BLACK;
  zpl_printer.after = WB_LABEL_AFTER_TEAR_OFF;
  zpl_printer.nudge_x = 5;
  zpl_printer.darkness = 7;
  d = prepared (zpl, WB_PRINT_ZPL, &zpl_printer, NULL);
  text = g_bytes_get_data (d, NULL);
  g_assert_cmpmem (text, g_bytes_get_size (d),
                   "~SD07^XA^PW812^LL1218^MNM^MMT^LS-5^LT0^XZ\n^XA^FO500,900^FDx^FS^XZ", 65);
}

/* 4 × 6 inch is no A6, and ZPL of one resolution is not for another. */
static void
test_refused (void)
{
  g_autoptr (GBytes) pdf = label_sample_pdf (101.6, 152.4), a6 = label_sample_pdf (105, 148),
                     across = label_sample_pdf (152.4, 101.6), png = label_sample_png (FALSE);
  g_autoptr (GBytes) fine = g_bytes_new_static ("^XA^PW1200^LL1800^FDx^FS^XZ", 27),
                     coarse = g_bytes_new_static ("^XA^PW812^LL1218^FDx^FS^XZ", 26),
                     open = g_bytes_new_static ("^XA^FO9,9^FDx^FS", 16);
  WbLabelTarget roll = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 203),
                small = printer (WB_LABEL_LANGUAGE_ZPL, A6, 203),
                sharp = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 300),
                driver = printer (WB_LABEL_LANGUAGE_PDF, WB_MEDIA_4X6, 203);

  assert_refused (pdf, WB_PRINT_PDF, &small, WB_ERROR_REFUSED, "102 × 152 mm");
  assert_refused (a6, WB_PRINT_PDF, &roll, WB_ERROR_REFUSED, "105 × 148 mm");
  assert_refused (across, WB_PRINT_PDF, &roll, WB_ERROR_REFUSED, "never scaled");
  assert_refused (png, WB_PRINT_PNG, &small, WB_ERROR_REFUSED, "never scaled");
  assert_refused (fine, WB_PRINT_ZPL, &roll, WB_ERROR_REFUSED, "300 dots an inch");
  assert_refused (coarse, WB_PRINT_ZPL, &sharp, WB_ERROR_REFUSED, "203 dots an inch");
  assert_refused (coarse, WB_PRINT_ZPL, &driver, WB_ERROR_REFUSED, "only a ZPL printer");
  assert_refused (open, WB_PRINT_ZPL, &roll, WB_ERROR_INVALID, "cut off");
  assert_refused (png, WB_PRINT_PDF, &roll, WB_ERROR_INVALID, "not a PDF");
}

/* A label that lies across is turned once that was accepted, dot by dot, and the preview shows it.
 */
static void
test_turned (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) across = label_sample_pdf (152.4, 101.6), out = NULL, picture = NULL;
  WbLabelTarget      roll = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 203);
  WbLabelChange      change, again;
  g_autofree char   *words = NULL, *text = NULL, *codes = NULL;
  g_autoptr (Raster) dots = NULL, shown = NULL;

  g_assert_true (wb_label_propose (across, WB_PRINT_PDF, &roll, &change, &words, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (change.turn, ==, 90);
  g_assert_cmpstr (words, ==, "It is turned by 90 degrees.");
  text = wb_label_change_to_text (&change);
  g_assert_true (wb_label_change_parse (text, &again, &error));
  g_assert_cmpmem (&change, sizeof change, &again, sizeof again);
  out = prepared (across, WB_PRINT_PDF, &roll, &again);
  dots = decode_zpl (out);
  codes = raster_scan (dots);
  g_assert_nonnull (strstr (codes, LABEL_CODE));
  picture = wb_label_preview (across, WB_PRINT_PDF, &roll, &change, &error);
  g_assert_no_error (error);
  shown = decode_png (picture);
  g_assert_cmpfloat (raster_difference (dots, shown), ==, 0);
}

/* The printer's own rotation and nudge move dots and change none. */
static void
test_rotation (void)
{
  g_autoptr (GBytes)   png = label_sample_png (FALSE), out = NULL;
  WbLabelTarget        roll = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 203);
  g_autoptr (WbBitmap) bitmap = wb_png_to_bitmap (png, NULL), turned = wb_bitmap_turn (bitmap, 180),
                       moved = wb_bitmap_window (turned, -3, 4, turned->width, turned->height);
  g_autoptr (WbGrey) grey = wb_bitmap_to_grey (moved);
  g_autoptr (Raster) dots = NULL;
  Raster             wanted = { grey->width, grey->height, grey->dots };

  roll.rotation = 180;
  roll.nudge_x = 3;
  roll.nudge_y = -4;
  out = prepared (png, WB_PRINT_PNG, &roll, NULL);
  dots = decode_zpl (out);
  g_assert_cmpfloat (raster_difference (dots, &wanted), ==, 0);
}

/* A label on a larger page is cut out at its own size: in the real one of the Austrian post. */
static void
test_cut_out (void)
{
  g_autofree char   *path = wb_test_contract ("data/label-samples/postat-1.pdf"), *data = NULL;
  g_autofree char   *words = NULL, *codes = NULL;
  g_autoptr (GBytes) pdf = NULL, out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Raster) dots = NULL;
  WbLabelTarget      a5 = printer (WB_LABEL_LANGUAGE_TSPL, "iso_a5_148x210mm", 203);
  WbLabelChange      change;
  gsize              size = 0;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  pdf = g_bytes_new (data, size);
  assert_refused (pdf, WB_PRINT_PDF, &a5, WB_ERROR_REFUSED, "never scaled");
  g_assert_true (wb_label_propose (pdf, WB_PRINT_PDF, &a5, &change, &words, &error));
  g_assert_no_error (error);
  out = prepared (pdf, WB_PRINT_PDF, &a5, &change);
  dots = decode_tspl (out);
  codes = raster_scan (dots);
  g_assert_nonnull (strstr (codes, "1000000500113230110301"));
}

static char *
reason_of (GBytes *bytes, const char *format, const char *tracking, const char *media)
{
  WbLabelTarget         target = printer (WB_LABEL_LANGUAGE_ZPL, media, 203);
  g_autoptr (GPtrArray) findings = wb_label_check (bytes, format, tracking, &target);

  return wb_label_check_reason (findings);
}

static void
assert_reason (
    GBytes *bytes, const char *format, const char *tracking, const char *media, const char *words)
{
  g_autofree char *reason = reason_of (bytes, format, tracking, media);

  if (words == NULL ? reason != NULL : reason == NULL || strstr (reason, words) == NULL)
    g_error ("“%s” instead of “%s”", reason, words);
}

static void
test_check (void)
{
  g_autoptr (GBytes) pdf = label_sample_pdf (101.6, 152.4), png = label_sample_png (FALSE);
  static const char  page[] = "<!DOCTYPE html><html><body>503 Service Unavailable";
  static const char  zpl[] = "^XA^PW812^LL1218^FO40,900^BY3^BCN,200,Y^FD>:3SABCD123456789^FS^XZ";
  g_autoptr (GBytes) html = g_bytes_new_static (page, strlen (page)),
                     own = g_bytes_new_static (zpl, strlen (zpl)), none = g_bytes_new (NULL, 0);
  g_autoptr (WbBitmap) white = wb_bitmap_new (812, 1218);
  g_autoptr (GBytes)   blank = wb_png_from_bitmap (white, 203);

  assert_reason (pdf, WB_PRINT_PDF, LABEL_CODE, WB_MEDIA_4X6, NULL);
  assert_reason (png, WB_PRINT_PNG, LABEL_CODE, WB_MEDIA_4X6, NULL);
  assert_reason (own, WB_PRINT_ZPL, LABEL_CODE, WB_MEDIA_4X6, NULL);
  assert_reason (blank, WB_PRINT_PNG, NULL, WB_MEDIA_4X6, NULL); /* a letter has no number */
  assert_reason (blank, WB_PRINT_PNG, LABEL_CODE, WB_MEDIA_4X6, "No barcode");
  assert_reason (pdf, WB_PRINT_PDF, "9400110200881234567890", WB_MEDIA_4X6, "another parcel");
  assert_reason (own, WB_PRINT_ZPL, "9400110200881234567890", WB_MEDIA_4X6, "another parcel");
  assert_reason (pdf, WB_PRINT_PDF, LABEL_CODE, A6, "105 × 148 mm");
  assert_reason (html, WB_PRINT_PDF, LABEL_CODE, WB_MEDIA_4X6, "error");
  assert_reason (none, WB_PRINT_PDF, LABEL_CODE, WB_MEDIA_4X6, "empty");
}

/* A picture of which nobody knows how large it is: set aside, and printed only at the size that a
 * person accepts for it. */
static void
test_unmeasured (void)
{
  WbLabelTarget        roll = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 203);
  g_autoptr (WbBitmap) drawn = wb_bitmap_new (1000, 1400);
  g_autoptr (GBytes)   told = wb_png_from_bitmap (drawn, 100), out = NULL; /* a screen's word */
  g_autofree char     *reason = reason_of (told, WB_PRINT_PNG, NULL, WB_MEDIA_4X6);
  g_autofree char     *words = NULL, *text = NULL;
  g_autoptr (GError)   error = NULL;
  WbLabelChange        change, read;
  g_autoptr (WbGrey)   seen = NULL;
  g_autoptr (GBytes)   picture = NULL;

  g_assert_nonnull (strstr (reason, "1000 × 1400 dots does not say how large it is"));
  assert_refused (told, WB_PRINT_PNG, &roll, WB_ERROR_REFUSED, "accept its size, or void it");
  g_assert_true (wb_label_propose (told, WB_PRINT_PNG, &roll, &change, &words, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (change.dpi, ==, 250); /* 1000 dots on 4 inches */
  g_assert_nonnull (strstr (words, "250 dots an inch"));
  text = wb_label_change_to_text (&change);
  g_assert_true (wb_label_change_parse (text, &read, NULL));
  g_assert_cmpmem (&read, sizeof read, &change, sizeof change);
  g_assert_false (wb_label_change_parse ("page=0 turn=0 x=0 y=0 dpi=0", &read, NULL));
  g_assert_false (wb_label_change_parse ("page=0 turn=0 x=0 y=0 dpi=200 x", &read, NULL));
  g_assert_false (wb_label_change_parse ("page=0 turn=0 x=0 y=0 size=200", &read, NULL));
  g_assert_true (wb_label_prepare (told, WB_PRINT_PNG, &roll, &change, &out, NULL, &error));
  g_assert_no_error (error);
  picture = wb_label_preview (told, WB_PRINT_PNG, &roll, &change, NULL);
  seen = wb_png_to_grey (picture, NULL);
  g_assert_cmpuint (seen->width, ==, 812);
  g_assert_cmpuint (seen->height, ==, 1218);
}

/* As the carriers frame it. */
static void
test_framings (void)
{
  static const struct
  {
    const char *code, *tracking;
    gboolean    says;
  } rows[] = {
    { "420731089234690361980900000142", "9234690361980900000142", TRUE },      /* USPS */
    { "420731089234690361980900000142", "9234 6903 6198 0900 0001 42", TRUE }, /* in groups */
    { "1Z0FH3446831744085", "1Z0FH3446831744085", TRUE },                      /* UPS */
    { "1010069744090008910900794604790138", "794604790138", TRUE },            /* FedEx */
    { "JJD013036538172296379", "JD013036538172296379", TRUE },                 /* DHL */
    { "0034043333301020022796580", "34043333301020022796580", TRUE },          /* GS1 */
    { "%001505009445440000136276", "09445440000136", TRUE },                   /* DPD */
    { "0057714403", "0057714403", TRUE },                                      /* DHL Express */
    { "RR123456785GB", "RR 123 456 785 GB", TRUE },                            /* S10 */
    { "42073108", "9234690361980900000142", FALSE }, /* a postcode is no parcel */
    { "http://www.post.at", "1000000500113230110301", FALSE },
    { "1Z0FH3446831744085", "1Z0FH3446831744094", FALSE },
    { "", "1Z0FH3446831744085", FALSE },
    { "1Z0FH3446831744085", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (wb_label_code_says (rows[i].code, rows[i].tracking) != rows[i].says)
      g_error ("“%s” and “%s”", rows[i].code, rows[i].tracking);
}

/* Any bytes: checked, prepared, proposed and shown without more than being refused. */
static void
bear (GBytes *bytes, const char *format)
{
  static const WbLabelLanguage ways[] = { WB_LABEL_LANGUAGE_PDF, WB_LABEL_LANGUAGE_ZPL };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      WbLabelTarget      target = printer (ways[i], WB_MEDIA_4X6, 203);
      g_autoptr (GBytes) out = NULL;
      g_autoptr (GError) error = NULL;

      if (!wb_label_prepare (bytes, format, &target, NULL, &out, NULL, &error))
        g_assert_true (error->domain == WB_ERROR);
    }
  g_free (reason_of (bytes, format, LABEL_CODE, WB_MEDIA_4X6));
}

static void
damage (GBytes *whole, const char *format, guint times)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (4);
  gsize             size = g_bytes_get_size (whole);

  for (guint i = 0; i < times; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), size);
      gsize              length = i % 2 ? size : (gsize) g_rand_int_range (dice, 0, (gint) size);
      g_autoptr (GBytes) broken = NULL;

      for (guint k = 0; i % 2 && k < 1 + i % 8; k++)
        bytes[g_rand_int_range (dice, 0, (gint) size)] = (guint8) g_rand_int (dice);
      broken = g_bytes_new (bytes, length);
      bear (broken, format);
    }
}

static void
test_damage (void)
{
  WbLabelTarget      roll = printer (WB_LABEL_LANGUAGE_ZPL, WB_MEDIA_4X6, 203);
  g_autoptr (GBytes) pdf = label_sample_pdf (101.6, 152.4), png = label_sample_png (TRUE),
                     zpl = prepared (png, WB_PRINT_PNG, &roll, NULL);
  g_autoptr (GBytes) out = NULL;

  /* So that damage reaches the dots, a PNG's check numbers are not in its way: see also below. */
  damage (png, WB_PRINT_PNG, 20);
  damage (pdf, WB_PRINT_PDF, 16);
  damage (zpl, WB_PRINT_ZPL, 200);
  roll.no_z64 = TRUE;
  out = prepared (png, WB_PRINT_PNG, &roll, NULL);
  damage (out, WB_PRINT_ZPL, 200);
}

static guint32
number_at (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

/* A PNG with one part's contents changed and its check number made right again. */
static void
test_forged_png (void)
{
  g_autoptr (GBytes) png = label_sample_png (FALSE);
  gsize              size;
  const guint8      *whole = g_bytes_get_data (png, &size);
  g_autoptr (GRand)  dice = g_rand_new_with_seed (8);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (whole, size);
      g_autoptr (GBytes) forged = NULL;
      gsize              at = 8;

      if (i % 2) /* the second part and on */
        at += 12 + number_at (bytes + at);
      guint32 length = number_at (bytes + at), crc;

      bytes[at + 8 + (guint32) g_rand_int_range (dice, 0, (gint) MIN (length, 13))] =
          (guint8) g_rand_int (dice);
      crc = GUINT32_TO_BE (wb_png_checksum (bytes + at + 4, length + 4));
      memcpy (bytes + at + 8 + length, &crc, 4);
      forged = g_bytes_new (bytes, size);
      bear (forged, WB_PRINT_PNG);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/dots", test_dots);
  g_test_add_func ("/label/untouched", test_untouched);
  g_test_add_func ("/label/refused", test_refused);
  g_test_add_func ("/label/turned", test_turned);
  g_test_add_func ("/label/rotation", test_rotation);
  g_test_add_func ("/label/cut-out", test_cut_out);
  g_test_add_func ("/label/check", test_check);
  g_test_add_func ("/label/unmeasured", test_unmeasured);
  g_test_add_func ("/label/framings", test_framings);
  g_test_add_func ("/label/damage", test_damage);
  g_test_add_func ("/label/forged-png", test_forged_png);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packing slips: what they say, on how many pages, in every script, and the same bytes each time.
 */
#include "paper-samples.h"
#include "wb-file.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* For leaks in a library that no suppression by name could tell from our own. */
static void
ignore_leaks (gboolean ignore)
{
#ifdef __SANITIZE_ADDRESS__
  if (ignore)
    __lsan_disable ();
  else
    __lsan_enable ();
#endif
}

static GBytes *
render (Sample *sample, guint *pages, char ***warnings)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = wb_order_paper_render (&sample->slip, SAMPLE_TIME, pages, warnings, &error);

  g_assert_no_error (error);
  return bytes;
}

/* The slip in a file of its own folder. */
static char *
save (GBytes *pdf, char **folder)
{
  g_autoptr (GError) error = NULL;
  char              *path;

  *folder = wb_test_temp_folder ();
  path = g_build_filename (*folder, "slip.pdf", NULL);
  wb_file_write (path, pdf, 0644, &error);
  g_assert_no_error (error);
  return path;
}

/* Returns: the texts of @pdf as they stand on the page. */
static char *
read_text (GBytes *pdf)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = save (pdf, &folder);
  char *text = sample_run ((const char *const[]){ "pdftotext", "-layout", path, "-", NULL });

  wb_test_remove_folder (folder);
  return text;
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static void
assert_lacks (const char *text, const char *part)
{
  g_assert_null (strstr (text, part));
}

/* Whether @text has a line with these words in this order and only blanks and other words between.
 */
static void
assert_row (const char *text, const char *first, ...)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *at = strstr (lines[i], first);
      va_list     args;

      va_start (args, first);
      for (const char *word = va_arg (args, const char *); at != NULL && word != NULL;
           word = va_arg (args, const char *))
        at = strstr (at + 1, word);
      va_end (args);
      if (at != NULL)
        return;
    }
  g_test_message ("%s", text);
  g_error ("no row of “%s” as asked", first);
}

static Sample *
partial_order (void)
{
  Sample *sample = sample_new ("DE");
  gint64  id;

  sample_set (wb_record_get_one (sample->order, WB_ORDER_SHIP_TO), "name", "Jürgen Groß", "company",
              "Süß GmbH", "street1", "Große Bleichen 21", "city", "Hamburg", "postcode", "20354",
              NULL);
  sample_add_line (sample, "MUG-1", "Coffee mug", "Colour: White", 5, 2);
  sample_add_line (sample, "PEN-1", "Gel pen", NULL, 1, 1);
  sample_add_line (sample, "CAL-1", "Wall calendar", NULL, 7, 0);
  id = sample_add_line (sample, "BAG-1", "Tote bag", NULL, 8, 0);
  wb_record_set_int (wb_order_find_line (sample->order, id), WB_ORDER_LINE_SHIPPED, 8);
  id = sample_add_line (sample, "GONE-1", "Given back", NULL, 3, 0);
  wb_record_set_int (wb_order_find_line (sample->order, id), WB_ORDER_LINE_CANCELLED, 3);
  id = sample_add_line (sample, "EBOOK-1", "Not for parcels", NULL, 1, 0);
  wb_record_set_bool (wb_order_find_line (sample->order, id), WB_ORDER_LINE_NEEDS_SHIPPING, FALSE);
  return sample;
}

static void
test_content (void)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *text = NULL;
  g_auto (GStrv)     warnings = NULL;
  guint              pages = 0;

  if (!sample_have_tool ("pdftotext"))
    return;
  sample->slip.message = "Enjoy your mug!";
  pdf = render (sample, &pages, &warnings);
  text = read_text (pdf);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  assert_row (text, "Order", "1042", NULL);
  assert_row (text, "Ordered on", "19 November 2026", NULL);
  assert_row (text, "Ordered at", "kustgoed.example", NULL);
  assert_row (text, "Parcel", "1 of 1", NULL);
  assert_row (text, "Pieces", "3", NULL);
  assert_row (text, "SKU", "Article", "Ordered", "In this parcel", "Still to come", NULL);
  assert_row (text, "MUG-1", "Coffee mug", "5", "2", "3", NULL);
  assert_row (text, "PEN-1", "Gel pen", "1", "1", "–", NULL);
  assert_row (text, "CAL-1", "Wall calendar", "7", "–", "7", NULL);
  assert_row (text, "BAG-1", "Tote bag", "8", "–", "–", NULL);
  assert_has (text, "8 sent earlier");
  assert_has (text, "Not in this parcel");
  assert_has (text, "Colour: White");
  assert_has (text, "Kustgoed B.V.");
  assert_has (text, "Enjoy your mug!");
  assert_has (text, "Page 1 of 1");
  assert_lacks (text, "Given back");
  assert_lacks (text, "Not for parcels");
  assert_lacks (text, "PRACTICE");
}

/* No price in any form: the slip may lie in a gift. */
static void
test_no_prices (void)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *text = NULL;

  if (!sample_have_tool ("pdftotext"))
    return;
  wb_record_set_int (sample->order, WB_ORDER_TOTAL, 654321);
  pdf = render (sample, NULL, NULL);
  text = read_text (pdf);
  assert_lacks (text, "7788");
  assert_lacks (text, "6543");
  assert_lacks (text, "EUR");
  assert_lacks (text, "€");
}

static void
test_address (void)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *text = NULL;
  const char        *place;

  if (!sample_have_tool ("pdftotext"))
    return;
  pdf = render (sample, NULL, NULL);
  text = read_text (pdf);
  assert_has (text, "20354 Hamburg");
  assert_has (text, "Germany");
  place = strstr (text, "Jürgen Groß");
  g_assert_nonnull (place);
  g_assert_nonnull (strstr (place, "Süß GmbH"));
  assert_has (text, "1015 BS Amsterdam · Netherlands");
}

/* Two boxes of one shipment: each slip tells of the other. Once the shipment is through, its pieces
 * are in “shipped”. */
static void
test_parcels (void)
{
  g_autoptr (Sample) sample = sample_new ("NL");
  WbParcel          *second = wb_parcel_new ();
  WbParcelLine      *packed = wb_parcel_line_new ();
  g_autoptr (GBytes) pdf = NULL, reprint = NULL;
  g_autofree char   *text = NULL, *again = NULL;

  if (!sample_have_tool ("pdftotext"))
    return;
  sample_add_line (sample, "MUG-1", "Coffee mug", NULL, 9, 4);
  sample_set (second, "reference", "WB-1042-2", NULL);
  wb_record_set_int (packed, WB_PARCEL_LINE_LINE_ID, 1);
  wb_record_set_int (packed, WB_PARCEL_LINE_QUANTITY, 3);
  wb_record_add (second, WB_PARCEL_LINES, packed);
  wb_record_add (sample->shipment, WB_SHIPMENT_PARCELS, second);
  pdf = render (sample, NULL, NULL);
  text = read_text (pdf);
  assert_row (text, "Parcel", "1 of 2", NULL);
  assert_row (text, "MUG-1", "9", "4", "2", NULL);
  assert_has (text, "3 in another parcel");

  sample_set (sample->shipment, "state", WB_SHIPMENT_SHIPPED, NULL);
  wb_record_set_int (wb_order_find_line (sample->order, 1), WB_ORDER_LINE_SHIPPED, 7);
  sample->slip.parcel = second;
  reprint = render (sample, NULL, NULL);
  again = read_text (reprint);
  assert_row (again, "Parcel", "2 of 2", NULL);
  assert_row (again, "MUG-1", "9", "3", "2", NULL);
  assert_has (again, "4 in another parcel");
  assert_lacks (again, "sent earlier");
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p += strlen (part))
    n++;
  return n;
}

static void
test_pages (void)
{
  g_autoptr (Sample) sample = sample_new ("NL");
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *text = NULL;
  guint              pages = 0;

  if (!sample_have_tool ("pdftotext"))
    return;
  for (int i = 1; i <= 60; i++)
    {
      g_autofree char *sku = g_strdup_printf ("SKU-%03d.", i);
      g_autofree char *name = g_strdup_printf (
          "Article %d with a name that is long enough to need a second line, now and then", i);

      sample_add_line (sample, sku, name, i % 2 ? "Size: M" : NULL, i, i);
    }
  pdf = render (sample, &pages, NULL);
  text = read_text (pdf);
  g_assert_cmpuint (pages, >=, 3);
  g_assert_cmpuint (count (text, "\f"), ==, pages);
  g_assert_cmpuint (count (text, "Still to come"), ==, pages);
  for (guint i = 1; i <= pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i, pages);

      g_assert_cmpuint (count (text, number), ==, 1);
    }
  for (int i = 1; i <= 60; i++)
    {
      g_autofree char *sku = g_strdup_printf ("SKU-%03d.", i);

      g_assert_cmpuint (count (text, sku), ==, 1);
    }
}

static void
test_barcode (void)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *folder = NULL, *path = NULL, *stem = NULL, *picture = NULL, *code = NULL;

  if (!sample_have_tool ("pdftoppm") || !sample_have_tool ("zbarimg"))
    return;
  sample->slip.practice = TRUE;
  pdf = render (sample, NULL, NULL);
  path = save (pdf, &folder);
  stem = g_build_filename (folder, "page", NULL);
  picture = g_build_filename (folder, "page-1.png", NULL);
  g_free (sample_run (
      (const char *const[]){ "pdftoppm", "-r", "150", "-gray", "-png", path, stem, NULL }));
  code = sample_run ((const char *const[]){ "zbarimg", "-q", "--nodbus", picture, NULL });
  g_assert_cmpstr (code, ==, "CODE-128:WB-1042-1-K7Q2\n");
  wb_test_remove_folder (folder);
}

static void
test_practice (void)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) real = render (sample, NULL, NULL), practice = NULL;

  sample->slip.practice = TRUE;
  practice = render (sample, NULL, NULL);
  g_assert_false (g_bytes_equal (real, practice));
}

/* What pdfinfo says of the first page's size. */
static void
assert_paper (const char *country, const char *paper, const char *size)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *folder = NULL, *path = NULL, *info = NULL;

  sample_set (sample->origin, "country", country, NULL);
  sample->slip.paper = paper;
  pdf = render (sample, NULL, NULL);
  path = save (pdf, &folder);
  info = sample_run ((const char *const[]){ "pdfinfo", path, NULL });
  assert_has (info, size);
  wb_test_remove_folder (folder);
}

static void
test_paper (void)
{
  g_assert_cmpstr (wb_paper_size (NULL, "US"), ==, WB_PAPER_LETTER);
  g_assert_cmpstr (wb_paper_size (NULL, "mx"), ==, WB_PAPER_LETTER);
  g_assert_cmpstr (wb_paper_size (NULL, "DE"), ==, WB_PAPER_A4);
  g_assert_cmpstr (wb_paper_size (NULL, NULL), ==, WB_PAPER_A4);
  g_assert_cmpstr (wb_paper_size ("Letter", "DE"), ==, WB_PAPER_LETTER);
  g_assert_null (wb_paper_size ("na_index-4x6_4x6in", "US"));
  if (!sample_have_tool ("pdfinfo"))
    return;
  assert_paper ("CA", NULL, "(letter)");
  assert_paper ("NL", NULL, "(A4)");
  assert_paper ("US", "A4", "(A4)");
}

/* Every script at once: the fonts of CI (Noto with CJK and colour emoji) show all of it; elsewhere
 * what is missing is told. */
static void
test_scripts (void)
{
  g_autoptr (Sample) sample = sample_new ("JP");
  g_autoptr (GBytes) pdf = NULL;
  g_auto (GStrv)     warnings = NULL;
  g_autofree char   *text = NULL;

  if (!sample_have_tool ("pdftotext"))
    return;
  sample_set (wb_record_get_one (sample->order, WB_ORDER_SHIP_TO), "name", "山田 花子", "street1",
              "神南1丁目19-11", "city", "渋谷区", "region", "東京都", "postcode", "150-0041", NULL);
  sample_add_line (sample, "A", "Σαπούνι ελιάς", NULL, 1, 1);
  sample_add_line (sample, "B", "Скатерть льняная", NULL, 1, 1);
  sample_add_line (sample, "C", "茶碗 – 手作り", NULL, 1, 1);
  sample_add_line (sample, "D", "تمر مجدول فاخر", NULL, 1, 1);
  sample_add_line (sample, "E", "ספר בישול", NULL, 1, 1);
  sample_add_line (sample, "F", "머그컵", NULL, 1, 1);
  /* cairo 1.16 loses 1.5 kB of its own when it takes signs from a CFF font, as those for Han are.
   */
  ignore_leaks (TRUE);
  pdf = render (sample, NULL, &warnings);
  ignore_leaks (FALSE);
  if (g_strv_length (warnings) > 0)
    {
      wb_test_skip (warnings[0]);
      return;
    }
  text = read_text (pdf);
  assert_has (text, "Σαπούνι ελιάς");
  assert_has (text, "Скатерть льняная");
  assert_has (text, "茶碗 – 手作り");
  assert_has (text, "머그컵");
  assert_has (text, "山田 花子");
  assert_has (text, "〒150-0041");
  assert_has (text, "東京都渋谷区");
}

/* Emoji come as pictures fine enough for paper, not as boxes and not as a blur. */
static void
test_emoji (void)
{
  g_autoptr (Sample) sample = sample_new ("NL");
  g_autoptr (GBytes) pdf = NULL;
  g_auto (GStrv)     warnings = NULL;
  g_autofree char   *folder = NULL, *path = NULL, *pictures = NULL;

  if (!sample_have_tool ("pdfimages"))
    return;
  sample_add_line (sample, "G", "Gift 🎁 wrapped", NULL, 1, 1);
  pdf = render (sample, NULL, &warnings);
  if (g_strv_length (warnings) > 0)
    {
      wb_test_skip (warnings[0]);
      return;
    }
  path = save (pdf, &folder);
  pictures = sample_run ((const char *const[]){ "pdfimages", "-list", path, NULL });
  assert_has (pictures, " 288 ");
  wb_test_remove_folder (folder);
}

/* A sign that no font has becomes a warning, once, and the slip is made all the same. */
static void
test_unknown_sign (void)
{
  g_autoptr (Sample) sample = sample_new ("NL");
  g_autoptr (GBytes) pdf = NULL;
  g_auto (GStrv)     warnings = NULL;

  sample_add_line (sample, "A", "Odd \xf3\xb0\x84\xa3 sign", NULL, 1, 1);
  sample_add_line (sample, "B", "Odd \xf3\xb0\x84\xa3 sign", NULL, 1, 1);
  pdf = render (sample, NULL, &warnings);
  g_assert_cmpuint (g_strv_length (warnings), ==, 1);
  assert_has (warnings[0], "“Odd");
  assert_has (warnings[0], "U+F0123");
  assert_lacks (warnings[0], "install");
}

static void
test_same_bytes (void)
{
  g_autoptr (Sample) sample = partial_order ();
  g_autoptr (GBytes) once = render (sample, NULL, NULL);
  g_autoptr (GBytes) twice = render (sample, NULL, NULL);
  g_autoptr (GBytes) later = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_bytes_equal (once, twice));
  later = wb_order_paper_render (&sample->slip, SAMPLE_TIME + 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (once, later));
}

/* Many slips in one document: each begins on its own page and counts its own. */
static void
test_many (void)
{
  g_autoptr (WbPaperWriter) writer = wb_paper_writer_new (SAMPLE_TIME);
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        pdf = NULL;
  g_autofree char          *text = NULL;

  if (!sample_have_tool ("pdftotext"))
    return;
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (Sample) sample = partial_order ();
      g_autofree char   *number = g_strdup_printf ("N%02u.", i);

      sample_set (sample->order, "number", number, NULL);
      g_assert_true (wb_paper_writer_add (writer, &sample->slip, &error));
    }
  g_assert_cmpuint (wb_paper_writer_get_pages (writer), ==, 30);
  pdf = wb_paper_writer_finish (writer, &error);
  g_assert_no_error (error);
  text = read_text (pdf);
  g_assert_cmpuint (count (text, "Page 1 of 1"), ==, 30);
  g_assert_cmpuint (count (text, "\f"), ==, 30);
  assert_has (text, "N00.");
  assert_has (text, "N29.");
}

/* What does not belong together, or has nothing in it, makes no slip. */
static void
test_refused (void)
{
  g_autoptr (Sample)        sample = sample_new ("NL"), other = partial_order ();
  g_autoptr (WbPaperWriter) writer = wb_paper_writer_new (SAMPLE_TIME);
  g_autoptr (GError)        error = NULL;
  WbOrderPaper              mixed = sample->slip;

  g_assert_null (wb_order_paper_render (&sample->slip, 0, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  mixed.parcel = other->slip.parcel;
  mixed.shipment = other->slip.shipment;
  g_assert_null (wb_order_paper_render (&mixed, 0, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  other->slip.paper = "A7";
  g_assert_false (wb_paper_writer_add (writer, &other->slip, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (wb_paper_writer_finish (writer, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Texts from outside may be of any length and any bytes; the page holds. */
static void
test_monsters (void)
{
  g_autoptr (Sample) sample = sample_new ("NL");
  g_autofree char   *word = g_strnfill (5000, 'W'), *words = g_strnfill (5000, ' ');
  g_autoptr (GBytes) pdf = NULL;
  guint              pages = 0;

  for (gsize i = 0; i < 5000; i += 2)
    words[i] = 'm';
  sample_set (wb_record_get_one (sample->order, WB_ORDER_SHIP_TO), "name", word, "street1", words,
              "city", "a\nb\tc", NULL);
  sample_set (sample->origin, "company", word, "street1", words, NULL);
  sample_set (sample->slip.parcel, "reference", word, NULL);
  sample_set (sample->order, "number", word, NULL);
  sample->slip.message = words;
  sample->slip.channel = word;
  for (int i = 0; i < 12; i++)
    sample_add_line (sample, word, i % 2 ? word : words, words, G_MAXINT64 / 2, 1);
  pdf = render (sample, &pages, NULL);
  g_assert_cmpuint (pages, >, 1);
  g_assert_cmpuint (pages, <, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slip/content", test_content);
  g_test_add_func ("/slip/no-prices", test_no_prices);
  g_test_add_func ("/slip/address", test_address);
  g_test_add_func ("/slip/parcels", test_parcels);
  g_test_add_func ("/slip/pages", test_pages);
  g_test_add_func ("/slip/barcode", test_barcode);
  g_test_add_func ("/slip/practice", test_practice);
  g_test_add_func ("/slip/paper", test_paper);
  g_test_add_func ("/slip/scripts", test_scripts);
  g_test_add_func ("/slip/emoji", test_emoji);
  g_test_add_func ("/slip/unknown-sign", test_unknown_sign);
  g_test_add_func ("/slip/same-bytes", test_same_bytes);
  g_test_add_func ("/slip/many", test_many);
  g_test_add_func ("/slip/refused", test_refused);
  g_test_add_func ("/slip/monsters", test_monsters);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Templates with faults, words in every language, sheets of labels, pick lists, customs forms and
 * address labels: what they say, and what they refuse. */
#include "golden-papers.h"

#include "wb-file.h"
#include "wb-glyphs.h"
#include "wb-paper-words.h"
#include "wb-pick-list.h"
#include "wb-sheet.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_refused (const char *kind, const char *text, const char *line, const char *field)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (WbTemplate) template = wb_template_parse (kind, bytes, "own.template", &error);

  g_assert_null (template);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "own.template"));
  if (strstr (error->message, line) == NULL || strstr (error->message, field) == NULL)
    g_error ("“%s” does not tell %s and %s", error->message, line, field);
}

/* A bad template is told with its file, line and field. */
static void
test_bad_templates (void)
{
#define GOOD "[paper]\ntitle = packing-slip\nblocks = table\ncolumns = article\n"
  assert_refused (WB_PAPER_SLIP, "[paper]\ntitle = nonsense\n", "line 2", "title");
  assert_refused (WB_PAPER_SLIP, GOOD "facts = order skuu\n", "line 5", "skuu");
  assert_refused (WB_PAPER_SLIP, GOOD "accent = red\n", "line 5", "accent");
  assert_refused (WB_PAPER_SLIP, GOOD "colour = #112233\n", "line 5", "colour");
  assert_refused (WB_PAPER_SLIP, GOOD "columns = sku\n", "line 5", "twice");
  assert_refused (WB_PAPER_SLIP, GOOD "[word]\nx = y\n", "line 6", "[word]");
  assert_refused (WB_PAPER_SLIP, GOOD "[words]\npacking-slipp = x\n", "line 6", "packing-slipp");
  assert_refused (WB_PAPER_SLIP, GOOD "just a text\n", "line 5", "key = value");
  assert_refused (WB_PAPER_SLIP, "[paper]\ntitle = packing-slip\nblocks = table table\n", "line 3",
                  "twice");
  assert_refused (WB_PAPER_SLIP, "[paper]\ntitle = packing-slip\nblocks = table\ncolumns =\n",
                  "line 4", "columns");
  assert_refused (WB_PAPER_SLIP, "[paper]\ntitle = packing-slip\nblocks = table\n", "lacks",
                  "columns");
  assert_refused (WB_PAPER_GIFT, "[paper]\ntitle = gift-slip\nblocks = table\ncolumns = price\n",
                  "line 4", "price");
  assert_refused (WB_PAPER_CN23, GOOD, "", "cn23");
}

static char *
text_of (GBytes *pdf)
{
  g_autofree char *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "paper.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char              *text;

  wb_file_write (path, pdf, 0644, &error);
  g_assert_no_error (error);
  text = sample_run ((const char *const[]){ "pdftotext", "-layout", path, "-", NULL });
  wb_test_remove_folder (folder);
  return text;
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

/* The workspace's template: other words in one language, other columns, a message of its own. */
static void
test_own_template (void)
{
  g_autofree char *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "slip.template", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbTemplate) template = NULL;
  g_autoptr (Sample) sample = sample_new ("DE");
  g_autoptr (GBytes) pdf = NULL;

  if (!sample_have_tool ("pdftotext"))
    return;
  g_assert_null (wb_template_load (WB_PAPER_SLIP, folder, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path,
                                      "[paper]\ntitle = packing-slip\nblocks = letterhead "
                                      "table message\ncolumns = article here\naccent = "
                                      "#1a5fb4\nmessage = Bis bald!\n[words]\npacking-slip.de = "
                                      "Beipackzettel\n",
                                      -1, NULL));
  template = wb_template_load (WB_PAPER_SLIP, folder, &error);
  g_assert_no_error (error);
  sample_add_line (sample, "MUG-1", "Tasse", NULL, 2, 2);
  sample->slip.language = "de";
  sample->slip.template = template;
  pdf = wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, NULL, &error);
  g_assert_no_error (error);
  text = text_of (pdf);
  assert_has (text, "Beipackzettel");
  assert_has (text, "In diesem");
  assert_has (text, "Bis bald!");
  g_assert_null (strstr (text, "MUG-1"));
  g_assert_null (strstr (text, "Bestellt"));
  wb_test_remove_folder (folder);
}

/* Every language has every word, with the same places to fill. */
static void
test_words (void)
{
  g_auto (GStrv)     languages = wb_words_languages ();
  g_autofree char   *path = g_build_filename (g_getenv ("WAYBILL_SOURCE"), "data", "templates",
                                              "words", "en.words", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_file_read (path, 1 << 20, &error);
  g_autofree char   *all = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv)     lines = g_strsplit (all, "\n", -1);

  g_assert_cmpuint (g_strv_length (languages), >=, 6);
  for (guint l = 0; languages[l] != NULL; l++)
    for (guint i = 0; lines[i] != NULL; i++)
      {
        g_auto (GStrv) parts = g_strsplit (lines[i], " = ", 2);
        const char    *word;

        if (parts[0] == NULL || parts[1] == NULL || *lines[i] == '#')
          continue;
        word = wb_words_get (wb_words_find (languages[l]), parts[0]);
        g_assert_cmpstr (word, !=, "");
        for (const char *place = strchr (parts[1], '{'); place != NULL;
             place = strchr (place + 1, '{'))
          {
            g_autofree char *name = g_strndup (place, strcspn (place, "}") + 1);

            if (strstr (word, name) == NULL)
              g_error ("%s.words: %s lacks %s", languages[l], parts[0], name);
          }
      }
  g_assert_null (wb_words_find ("xx"));
  g_assert_cmpstr (wb_words_language (wb_words_find ("de-AT")), ==, "de");
  g_assert_cmpstr (wb_country_language ("jp"), ==, "ja");
  g_assert_null (wb_country_language ("CH"));
}

static GBytes *
make_address (void)
{
  g_autoptr (GError) error = NULL;
  GBytes            *label = golden_paper (WB_PAPER_ADDRESS, "en", NULL, &error);

  g_assert_no_error (error);
  return label;
}

/* Nine labels of 105 × 74 mm, from the fourth place of a sheet of eight on: two sheets. */
static void
test_sheets (void)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  WbSheetAsk            ask = { .layout = "a4-8", .start = 4, .marks = TRUE };
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    sheet = NULL, large = NULL, parcel_label = NULL;
  g_autofree char      *text = NULL;
  guint                 sheets = 0, n = 0;

  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (labels, make_address ());
  sheet = wb_sheet_render (&ask, labels, SAMPLE_TIME, &sheets, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sheets, ==, 2);
  if (sample_have_tool ("pdftotext"))
    {
      text = text_of (sheet);
      for (const char *p = text; (p = strstr (p, "Chicago")) != NULL; p++)
        n++;
      g_assert_cmpuint (n, ==, 9);
    }
  ask.layout = "a4-21";
  g_assert_null (wb_sheet_render (&ask, labels, SAMPLE_TIME, &sheets, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "never scaled"));
  g_clear_error (&error);
  ask.layout = "a4-8";
  ask.start = 9;
  g_assert_null (wb_sheet_render (&ask, labels, SAMPLE_TIME, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Every place of every layout lies on its sheet and none over another. */
static void
test_layouts (void)
{
  guint n = 0;

  for (const WbSheetLayout *layout; (layout = wb_sheet_get (n)) != NULL; n++)
    {
      g_assert_cmpfloat (layout->left + (layout->columns - 1) * layout->pitch_x +
                             layout->label_width,
                         <=, layout->width + 0.01);
      g_assert_cmpfloat (layout->top + (layout->rows - 1) * layout->pitch_y + layout->label_height,
                         <=, layout->height + 0.01);
      g_assert_cmpfloat (layout->label_width, <=, layout->pitch_x + 0.01);
      g_assert_cmpfloat (layout->label_height, <=, layout->pitch_y + 0.01);
      g_assert_true (wb_sheet_find (layout->id) == layout);
    }
  g_assert_cmpuint (n, >=, 6);
}

/* Places in walking order: A-2 before A-10; what has none last; one line an article. */
static void
test_pick_list (void)
{
  static const char *const bins[] = { "B-1", "A-10", NULL, "A-2" };
  g_autoptr (WbPickList)   list = wb_pick_list_new ();
  g_autoptr (Sample)       sample = sample_new ("DE");

  for (guint i = 0; i < G_N_ELEMENTS (bins); i++)
    {
      g_autofree char *sku = g_strdup_printf ("S-%u", i);
      gint64           id = sample_add_line (sample, sku, "Thing", NULL, 2, 0);

      wb_pick_list_add (list, sample->order, wb_order_find_line (sample->order, id), 2, bins[i]);
    }
  sample_set (sample->order, "number", "1043", NULL);
  wb_pick_list_add (list, sample->order, wb_order_find_line (sample->order, 1), 3, "B-1");
  wb_pick_list_sort (list);
  g_assert_cmpuint (wb_pick_list_count (list), ==, 4);
  g_assert_cmpuint (wb_pick_list_orders (list), ==, 2);
  g_assert_cmpstr (wb_pick_list_row (list, 0)->bin, ==, "A-2");
  g_assert_cmpstr (wb_pick_list_row (list, 1)->bin, ==, "A-10");
  g_assert_cmpstr (wb_pick_list_row (list, 2)->orders, ==, "1042 × 2, 1043 × 3");
  g_assert_cmpint (wb_pick_list_row (list, 2)->quantity, ==, 5);
  g_assert_null (wb_pick_list_row (list, 3)->bin);
}

/* The receipt tells the shop's totals as they are, though the lines do not add up to them. */
static void
test_receipt (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = golden_paper (WB_PAPER_RECEIPT, "de", NULL, &error);
  g_autofree char   *text = NULL;

  g_assert_no_error (error);
  if (!sample_have_tool ("pdftotext"))
    return;
  text = text_of (pdf);
  assert_has (text, "383,11");
  assert_has (text, "61,06");
  assert_has (text, "Gift wrap");
  assert_has (text, "Visa");
}

/* A CN 22 has four lines and no fifth; a CN 23 takes another sheet. */
static void
test_customs_lines (void)
{
  g_autoptr (Sample)    sample = sample_new ("US");
  g_autoptr (WbCustoms) customs = wb_customs_new (WB_CONTENTS_GIFT, "Anna", "EUR");
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    pdf = NULL;
  guint                 pages = 0;

  sample_add_line (sample, "A", "Thing", NULL, 1, 1);
  sample->slip.customs = customs;
  sample->slip.kind = WB_PAPER_CN22;
  g_assert_null (wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID); /* nothing in it */
  g_clear_error (&error);
  for (guint i = 0; i < 7; i++)
    wb_customs_add (customs, "A", "Thing")->quantity = 1;
  g_assert_null (wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
  g_clear_error (&error);
  sample->slip.kind = WB_PAPER_CN23;
  pdf = wb_order_paper_render (&sample->slip, SAMPLE_TIME, &pages, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pages, ==, 2);
}

/* An SVG logo stays lines, however many pages show it. */
static void
test_svg_logo (void)
{
  static const char *const svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 60\"><rect width=\"200\" "
      "height=\"60\" rx=\"12\" fill=\"#1a5fb4\"/></svg>";
  g_autoptr (GBytes) logo = g_bytes_new_static (svg, strlen (svg)), none = NULL, with = NULL;
  g_autoptr (GBytes) broken = g_bytes_new_static ("<svg", 4), without = NULL;
  g_autoptr (Sample) sample = sample_new ("DE");
  g_auto (GStrv)     warnings = NULL, told = NULL;
  g_autoptr (GError) error = NULL;

  sample_add_line (sample, "A", "Thing", NULL, 1, 1);
  none = wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, NULL, &error);
  sample->slip.logo = logo;
  with = wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, &warnings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (with), >, g_bytes_get_size (none));
  sample->slip.logo = broken;
  without = wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (told), ==, 1);
}

/* What to install for a character that no font here shows. */
static void
test_font_packages (void)
{
  g_assert_cmpstr (wb_glyphs_package (0x5c71), ==, "fonts-noto-cjk"); /* 山 */
  g_assert_cmpstr (wb_glyphs_package (0xac00), ==, "fonts-noto-cjk");
  g_assert_cmpstr (wb_glyphs_package (0x0b95), ==, "fonts-noto-core"); /* Tamil */
  g_assert_cmpstr (wb_glyphs_package (0x0628), ==, "fonts-noto-core"); /* Arabic */
  g_assert_cmpstr (wb_glyphs_package (0x1f514), ==, "fonts-noto-color-emoji");
  g_assert_null (wb_glyphs_package (0xf0123)); /* private use */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/papers/bad-templates", test_bad_templates);
  g_test_add_func ("/papers/own-template", test_own_template);
  g_test_add_func ("/papers/words", test_words);
  g_test_add_func ("/papers/sheets", test_sheets);
  g_test_add_func ("/papers/layouts", test_layouts);
  g_test_add_func ("/papers/pick-list", test_pick_list);
  g_test_add_func ("/papers/receipt", test_receipt);
  g_test_add_func ("/papers/customs-lines", test_customs_lines);
  g_test_add_func ("/papers/svg-logo", test_svg_logo);
  g_test_add_func ("/papers/font-packages", test_font_packages);
  return g_test_run ();
}

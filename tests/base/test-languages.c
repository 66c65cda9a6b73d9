/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is said in a language that is written from right to left, and sentences that are kept in
 * English: with a translation of the test's own. */
#include "wb-money.h"
#include "wb-retell.h"
#include "wb-text.h"
#include "wb-time.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#define MAGIC        0x950412deu
#define HEADER       7 /* numbers at a catalogue's start */
#define AROUND(text) "\xe2\x81\xa6" text "\xe2\x81\xa9"

/* By the originals' bytes: a catalogue is looked up so. */
static const struct
{
  const char *original, *translated;
} catalogue[] = {
  { "No barcode.", "Kein Strichcode." },
  { "The label is %.0f mm and the roll %.0f mm.", "Rolle %2$s mm, Etikett %1$s mm." },
  { "default:LTR", "default:RTL" },
  { "line %u: %s", "Zeile %u: %s" },
  { "“%s” is not a date", "„%s“ ist kein Datum" },
};

static const char *const formats[] = {
  "No barcode.", "The label is %.0f mm and the roll %.0f mm.", "“%s” is not a date", "line %u: %s",
  NULL,
};

static void
append_table (GByteArray *file, gboolean translated, guint32 at)
{
  for (guint i = 0; i < G_N_ELEMENTS (catalogue); i++)
    {
      const char *text = translated ? catalogue[i].translated : catalogue[i].original;
      guint32     entry[] = { (guint32) strlen (text), at };

      g_byte_array_append (file, (const guint8 *) entry, sizeof entry);
      at += entry[0] + 1;
    }
}

static void
append_texts (GByteArray *file, gboolean translated)
{
  for (guint i = 0; i < G_N_ELEMENTS (catalogue); i++)
    {
      const char *text = translated ? catalogue[i].translated : catalogue[i].original;

      g_byte_array_append (file, (const guint8 *) text, (guint) strlen (text) + 1);
    }
}

/* As msgfmt(1) would make it, with no table of hashes. */
static void
write_catalogue (const char *path)
{
  g_autoptr (GByteArray) file = g_byte_array_new (), originals = g_byte_array_new ();
  g_autoptr (GError)     error = NULL;
  guint32                table = sizeof (guint32) * 2 * G_N_ELEMENTS (catalogue);
  guint32                first = sizeof (guint32) * HEADER, texts = first + 2 * table;
  guint32 header[HEADER] = { MAGIC, 0, G_N_ELEMENTS (catalogue), first, first + table, 0, texts };

  append_texts (originals, FALSE);
  g_byte_array_append (file, (const guint8 *) header, sizeof header);
  append_table (file, FALSE, texts);
  append_table (file, TRUE, texts + originals->len);
  append_texts (file, FALSE);
  append_texts (file, TRUE);
  g_assert_true (g_file_set_contents (path, (const char *) file->data, file->len, &error));
  g_assert_no_error (error);
}

static void
assert_money (gint64 minor, const char *text, const char *figures)
{
  g_autofree char *with = wb_money_to_text (wb_money (minor, "EUR"));
  g_autofree char *without = wb_money_to_figures (wb_money (minor, "EUR"));

  g_assert_cmpstr (with, ==, text);
  g_assert_cmpstr (without, ==, figures);
}

/* The sign stays where the figures begin, the day before the hour. */
static void
test_right_to_left (void)
{
  g_autofree char *when = wb_instant_to_text (1700000000);
  g_autofree char *never = wb_instant_to_text (0);

  assert_money (-131005,
                AROUND ("\xe2\x88\x92"
                        "1,310.05\xc2\xa0"
                        "EUR"),
                AROUND ("\xe2\x88\x92"
                        "1,310.05"));
  assert_money (5,
                AROUND ("0.05\xc2\xa0"
                        "EUR"),
                AROUND ("0.05"));
  g_assert_true (g_str_has_prefix (when, "\xe2\x81\xa6"
                                         "2023-11-1"));
  g_assert_true (g_str_has_suffix (when, "\xe2\x81\xa9"));
  g_assert_cmpstr (never, ==, "–");
}

static void
assert_retold (const char *said, const char *expected)
{
  g_autofree char *told = wb_retell (formats, said);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_retell (void)
{
  assert_retold ("No barcode.", "Kein Strichcode.");
  assert_retold ("“13.2.” is not a date", "„13.2.“ ist kein Datum");
  assert_retold ("The label is 102 mm and the roll 105 mm.", "Rolle 105 mm, Etikett 102 mm.");
  assert_retold ("line 12: “100 %s” is not a date", "Zeile 12: „100 %s“ ist kein Datum");
  assert_retold ("line 12: nobody knows", "Zeile 12: nobody knows");
  assert_retold ("The label is 1.5 mm and the roll 2 mm. No barcode.",
                 "Rolle 2 mm, Etikett 1.5 mm. Kein Strichcode.");
  assert_retold ("No barcode. Nobody knows.", "Kein Strichcode. Nobody knows.");
}

static void
test_unknown (void)
{
  assert_retold ("", NULL);
  assert_retold ("No barcode", NULL);
  assert_retold ("Nobody knows. No barcode.", NULL);
  assert_retold ("The label is wide mm and the roll 105 mm.", NULL);
  assert_retold ("“” is not a date", NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("waybill-languages-XXXXXX", NULL);
  g_autofree char *language = g_build_filename (folder, "ar", NULL);
  g_autofree char *messages = g_build_filename (language, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (messages, GETTEXT_PACKAGE ".mo", NULL);
  int              result;

  g_setenv ("LANGUAGE", "ar", TRUE);
  setlocale (LC_ALL, "C.UTF-8"); /* “C” asks for no translation */
  g_mkdir_with_parents (messages, 0755);
  write_catalogue (path);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/languages/right-to-left", test_right_to_left);
  g_test_add_func ("/languages/retell", test_retell);
  g_test_add_func ("/languages/retell/unknown", test_unknown);
  result = g_test_run ();
  g_unlink (path);
  g_rmdir (messages);
  g_rmdir (language);
  g_rmdir (folder);
  return result;
}

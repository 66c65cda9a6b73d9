/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text helpers: setting, matching people, one line, search keys, random names; error names. */
#include "wb-error.h"
#include "wb-text.h"

#include <string.h>

typedef char *(*Change) (const char *text);

typedef struct
{
  const char *in;
  const char *out;
} Pair;

static void
assert_pairs (Change change, const Pair *pairs, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *out = change (pairs[i].in);

      g_assert_cmpstr (out, ==, pairs[i].out);
    }
}

static void
test_set (void)
{
  g_autofree char *field = NULL;
  const char      *kept;

  g_assert_false (wb_set_str (&field, NULL));
  g_assert_true (wb_set_str (&field, "a"));
  kept = field;
  g_assert_false (wb_set_str (&field, "a"));
  g_assert_true (field == kept);
  g_assert_true (wb_set_str (&field, field + 1)); /* from within itself */
  g_assert_cmpstr (field, ==, "");
  g_assert_true (wb_set_str (&field, NULL));
  g_assert_null (field);
}

static void
test_empty (void)
{
  g_assert_true (wb_text_is_empty (NULL));
  g_assert_true (wb_text_is_empty (""));
  g_assert_true (wb_text_is_empty (" \t\n"));
  g_assert_true (wb_text_is_empty ("\xc2\xa0\xe2\x80\x83")); /* no-break and em space */
  g_assert_false (wb_text_is_empty (" x"));
  g_assert_false (wb_text_is_empty (" 字"));
  /* Cut within a character: must not be read past its end (the sanitizers watch). */
  for (guint i = 0xc0; i < 0xff; i++)
    {
      g_autofree char *cut = g_strdup_printf (" %c", (char) i);

      g_assert_false (wb_text_is_empty (cut));
    }
}

static void
test_email (void)
{
  static const Pair pairs[] = {
    { NULL, NULL },
    { "", NULL },
    { "nobody", NULL },
    { "  Ada.Byron@Example.ORG \n", "ada.byron@example.org" },
    { "JÖRG@müller.example", "jörg@müller.example" },
    { "a@\xff", NULL },
  };

  assert_pairs (wb_text_normalise_email, pairs, G_N_ELEMENTS (pairs));
}

static void
test_phone (void)
{
  static const Pair pairs[] = {
    { NULL, NULL },
    { "", NULL },
    { "n/a", NULL },
    { "+49 30 901820", "+4930901820" },
    { "0049 (30) 90-18-20", "+4930901820" },
    { "030/901820", "030901820" },
    { "1234", NULL },
    { "+1234", NULL },
    { "12345", "12345" },
    { "+12345", "+12345" },
    { "1+2345", "12345" },
  };

  assert_pairs (wb_text_normalise_phone, pairs, G_N_ELEMENTS (pairs));
}

static void
test_one_line (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { " \n\t ", "" },
    { "  a \r\n\t b\x01"
      "c\xc2\xa0 d  ",
      "a b c d" },
    { "Łódź\n東京 🎁", "Łódź 東京 🎁" },
    { "a\xff"
      "b",
      "a\xef\xbf\xbd"
      "b" },
  };

  assert_pairs (wb_text_one_line, pairs, G_N_ELEMENTS (pairs));
}

static void
test_search_key (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { "Müller", "muller" },
    { "MU\xcc\x88LLER", "muller" }, /* u with a combining diaeresis */
    { "Straße", "strasse" },
    { "Ångström", "angstrom" },
    { "ＷＩＤＥ", "wide" },
    { "Ώδη", "ωδη" },
    { "ΧΡΉΣΤΟΣ", "χρηστοσ" },
    { "İstanbul", "istanbul" },
    { "東京", "東京" },
    { "\xff", "\xef\xbf\xbd" },
  };

  assert_pairs (wb_text_search_key, pairs, G_N_ELEMENTS (pairs));
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *again = wb_text_search_key (pairs[i].out);

      g_assert_cmpstr (again, ==, pairs[i].out);
    }
}

static void
test_random_id (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char       *none = wb_text_random_id (0);

  g_assert_cmpstr (none, ==, "");
  for (guint i = 0; i < 1000; i++)
    {
      char *id = wb_text_random_id (8);

      g_assert_cmpuint (strlen (id), ==, 16);
      g_assert_cmpuint (strspn (id, "0123456789abcdef"), ==, 16);
      g_assert_true (g_hash_table_add (seen, id));
    }
}

/* The names are kept in the journal: every code has its own, and comes back. */
static void
test_error_names (void)
{
  WbError code = WB_ERROR_SECRETS;

  for (guint i = 0; i < WB_N_ERRORS; i++)
    {
      g_assert_nonnull (wb_error_to_name ((WbError) i));
      g_assert_true (wb_error_from_name (wb_error_to_name ((WbError) i), &code));
      g_assert_cmpint (code, ==, i);
    }
  code = WB_ERROR_EXPIRED;
  g_assert_false (wb_error_from_name ("nonsense", &code));
  g_assert_false (wb_error_from_name (NULL, &code));
  g_assert_cmpint (code, ==, WB_ERROR_EXPIRED);
}

static WbError
converted (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "words");

  wb_error_convert (&error);
  g_assert_true (error->domain == WB_ERROR);
  g_assert_cmpstr (error->message, ==, "words");
  return wb_error_code (error);
}

static void
test_error_convert (void)
{
  g_autoptr (GError) none = NULL;

  wb_error_convert (NULL);
  wb_error_convert (&none);
  g_assert_cmpint (converted (G_IO_ERROR, G_IO_ERROR_CANCELLED), ==, WB_ERROR_CANCELLED);
  g_assert_cmpint (converted (G_IO_ERROR, G_IO_ERROR_NOT_FOUND), ==, WB_ERROR_NOT_FOUND);
  g_assert_cmpint (converted (G_FILE_ERROR, G_FILE_ERROR_NOENT), ==, WB_ERROR_NOT_FOUND);
  g_assert_cmpint (converted (G_FILE_ERROR, G_FILE_ERROR_NOSPC), ==, WB_ERROR_STORAGE);
  g_assert_cmpint (converted (G_FILE_ERROR, G_FILE_ERROR_ROFS), ==, WB_ERROR_STORAGE);
  g_assert_cmpint (converted (G_IO_ERROR, G_IO_ERROR_TIMED_OUT), ==, WB_ERROR_FAILED);
  g_assert_cmpint (converted (WB_ERROR, WB_ERROR_DECLINED), ==, WB_ERROR_DECLINED);
  g_assert_cmpint (wb_error_code (NULL), ==, WB_ERROR_FAILED);
}

/* What may have happened at the vendor's is never a refusal. */
static void
test_error_refusal (void)
{
  static const WbError open[] = { WB_ERROR_FAILED,    WB_ERROR_UNSURE,  WB_ERROR_UNAVAILABLE,
                                  WB_ERROR_CANCELLED, WB_ERROR_STORAGE, WB_ERROR_SECRETS };

  for (guint code = 0; code < WB_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (WB_ERROR, (gint) code, "words");
      gboolean           refusal = TRUE;

      for (guint i = 0; i < G_N_ELEMENTS (open); i++)
        refusal = refusal && open[i] != code;
      g_assert_true (wb_error_is_refusal (error) == refusal);
      error->domain = G_IO_ERROR;
      g_assert_false (wb_error_is_refusal (error));
    }
  g_assert_false (wb_error_is_refusal (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/set", test_set);
  g_test_add_func ("/text/empty", test_empty);
  g_test_add_func ("/text/email", test_email);
  g_test_add_func ("/text/phone", test_phone);
  g_test_add_func ("/text/one-line", test_one_line);
  g_test_add_func ("/text/search-key", test_search_key);
  g_test_add_func ("/text/random-id", test_random_id);
  g_test_add_func ("/error/names", test_error_names);
  g_test_add_func ("/error/convert", test_error_convert);
  g_test_add_func ("/error/refusal", test_error_refusal);
  return g_test_run ();
}

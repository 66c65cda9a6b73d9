/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small text helpers that GLib 2.74 lacks. */
#include "wb-text.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#define LEFT_TO_RIGHT  "\xe2\x81\xa6" /* U+2066 */
#define END_OF_ISOLATE "\xe2\x81\xa9" /* U+2069 */

/**
 * wb_set_str:
 * Replaces @field by a copy of @value. Returns: whether it changed (g_set_str() needs GLib 2.76).
 */
gboolean
wb_set_str (char **field, const char *value)
{
  char *copy;

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;
  copy = g_strdup (value);
  g_free (*field);
  *field = copy;
  return TRUE;
}

/** wb_text_isolate: @text: (transfer full): figures with a sign or a unit, which read from left to
 * right. Returns: (transfer full): it, so marked that they do among words that run from right to
 * left; as it is when the person's language does not. */
char *
wb_text_isolate (char *text)
{
  /* Translators: not to be translated: “default:RTL” when your language is written from right to
   * left, else “default:LTR” */
  const char      *direction = _ ("default:LTR");
  g_autofree char *plain = text;

  return g_str_equal (direction, "default:RTL")
             ? g_strconcat (LEFT_TO_RIGHT, plain, END_OF_ISOLATE, NULL)
             : g_steal_pointer (&plain);
}

/** wb_text_is_empty: whether @text is %NULL or only white space. Text that is no UTF-8 is not
 * empty. */
gboolean
wb_text_is_empty (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_find_next_char (text, NULL))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/**
 * wb_text_normalise_email:
 * Returns: (transfer full) (nullable): @email trimmed and in lower case, for matching a person
 * across channels; %NULL when it is no address.
 */
char *
wb_text_normalise_email (const char *email)
{
  g_autofree char *trimmed = NULL;

  if (email == NULL)
    return NULL;
  trimmed = g_strstrip (g_strdup (email));
  if (strchr (trimmed, '@') == NULL || !g_utf8_validate (trimmed, -1, NULL))
    return NULL;
  return g_utf8_strdown (trimmed, -1);
}

/**
 * wb_text_normalise_phone:
 * Returns: (transfer full) (nullable): the digits of @phone with a leading “+” kept (“00” becomes
 * “+”); %NULL when fewer than five digits are left.
 */
char *
wb_text_normalise_phone (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (phone == NULL)
    return NULL;
  for (const char *p = phone; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || (*p == '+' && digits->len == 0))
      g_string_append_c (digits, *p);
  if (g_str_has_prefix (digits->str, "00"))
    {
      g_string_erase (digits, 0, 1);
      digits->str[0] = '+';
    }
  return digits->len >= (digits->str[0] == '+' ? 6 : 5) ? g_strdup (digits->str) : NULL;
}

/**
 * wb_text_one_line:
 * Returns: (transfer full): @text with every run of white space and control characters made one
 * blank, trimmed.
 */
char *
wb_text_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString         *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
        g_string_append_unichar (line, c);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  return g_string_free (line, FALSE);
}

/**
 * wb_text_search_key:
 * Returns: (transfer full): @text without accents, case-folded, on one line: what two spellings of
 * a name share.
 */
char *
wb_text_search_key (const char *text)
{
  g_autofree char    *line = wb_text_one_line (text);
  g_autofree char    *apart = g_utf8_normalize (line, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_utf8_casefold (bare->str, -1);
}

/**
 * wb_text_random_id:
 * Returns: (transfer full): 2 × @n_bytes lower-case hex digits from the kernel's generator, for
 * nonces and references.
 */
char *
wb_text_random_id (guint n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  GString           *hex = g_string_sized_new (n_bytes * 2);

  if (getrandom (bytes, n_bytes, 0) != (gssize) n_bytes)
    g_error ("The kernel gives no random bytes");
  for (guint i = 0; i < n_bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

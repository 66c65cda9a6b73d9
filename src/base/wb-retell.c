/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sentence that was put together in English, for a log or to be kept, told in the person's
 * language: the format it was made from is found, what was filled in is read out of it, and filled
 * into the translation. */
#include "wb-retell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_FILLED 9
#define DEEPEST     3 /* a sentence in a sentence in a sentence */

/* What was filled into a format: parts of the text that was made. */
typedef struct
{
  const char *start[MOST_FILLED];
  gsize       length[MOST_FILLED];
  guint       n;
} Filled;

static char *retell (const char *const *formats, const char *said, guint depth);

/* @format: at a “%”. Returns: behind the placeholder. */
static const char *
behind (const char *format)
{
  const char *end = format + 1;

  end += strspn (end, "0123456789$.l");
  return *end != '\0' ? end + 1 : end;
}

/* @placeholder: “%s” stands for anything, all others for a number. */
static gboolean
may_stand_for (const char *placeholder, const char *said, gsize length)
{
  return behind (placeholder)[-1] == 's' || strspn (said, "-0123456789.,") >= length;
}

/* Whether @said was made from @format, both to their ends. */
static gboolean
was_made (const char *format, const char *said, Filled *filled)
{
  guint n = filled->n;

  while (*format != '\0' && (*format != '%' || format[1] == '%'))
    {
      if (*format != *said)
        return FALSE;
      format += *format == '%' ? 2 : 1;
      said++;
    }
  if (*format == '\0')
    return *said == '\0';
  if (n == MOST_FILLED)
    return FALSE;
  for (gsize length = 1; length <= strlen (said) && may_stand_for (format, said, length); length++)
    {
      filled->start[n] = said;
      filled->length[n] = length;
      filled->n = n + 1;
      if (was_made (behind (format), said + length, filled))
        return TRUE;
    }
  filled->n = n;
  return FALSE;
}

static void
append_filled (
    GString *text, const char *const *formats, const Filled *filled, guint number, guint depth)
{
  g_autofree char *part = number < filled->n
                              ? g_strndup (filled->start[number], filled->length[number])
                              : g_strdup ("");
  g_autofree char *told = retell (formats, part, depth + 1);

  g_string_append (text, told != NULL ? told : part);
}

/* @translated: its placeholders may stand in another order: “%2$s”. */
static char *
fill (const char *translated, const char *const *formats, const Filled *filled, guint depth)
{
  GString *text = g_string_new (NULL);
  guint    next = 0;

  while (*translated != '\0')
    if (*translated != '%')
      g_string_append_c (text, *translated++);
    else if (translated[1] == '%')
      {
        g_string_append_c (text, '%');
        translated += 2;
      }
    else
      {
        gboolean numbered = g_ascii_isdigit (translated[1]) && translated[2] == '$';

        append_filled (text, formats, filled,
                       numbered ? (guint) g_ascii_digit_value (translated[1]) - 1 : next++, depth);
        translated = behind (translated);
      }
  return g_string_free (text, FALSE);
}

static char *
retell_one (const char *const *formats, const char *said, guint depth)
{
  for (guint i = 0; formats[i] != NULL; i++)
    {
      Filled filled = { 0 };

      if (was_made (formats[i], said, &filled))
        return fill (_ (formats[i]), formats, &filled, depth);
    }
  return NULL;
}

/* One sentence, or several one behind the other. */
static char *
retell (const char *const *formats, const char *said, guint depth)
{
  char *whole = depth < DEEPEST ? retell_one (formats, said, depth) : NULL;

  for (const char *at = said; whole == NULL && depth < DEEPEST && (at = strstr (at, ". ")) != NULL;
       at++)
    {
      g_autofree char *first = g_strndup (said, (gsize) (at + 1 - said));
      g_autofree char *told = retell_one (formats, first, depth);
      g_autofree char *rest = told != NULL ? retell (formats, at + 2, depth) : NULL;

      if (told != NULL)
        whole = g_strdup_printf ("%s %s", told, rest != NULL ? rest : at + 2);
    }
  return whole;
}

/**
 * wb_retell:
 * @formats: marked for translation, ended by %NULL; the more special before the more general
 * @said: what g_strdup_printf() and its like have made from one of them, untranslated, or several
 * such sentences with a space between
 *
 * What was filled in is told in the same way when it is such a sentence itself.
 *
 * Returns: (transfer full) (nullable): @said in the person's language; %NULL when it was made from
 * none of @formats.
 */
char *
wb_retell (const char *const *formats, const char *said)
{
  return retell (formats, said, 0);
}

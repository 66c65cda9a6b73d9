/* SPDX-License-Identifier: GPL-3.0-or-later
 * An address as lines on paper, in the order its country writes them. */
#include "wb-address-format.h"

#include "wb-text.h"

#include <string.h>

/* One line per “|”. N name, O company, A street, C city, S region, Z postcode; anything else stands
 * for itself and is left out with the field beside it. After Google's address data
 * (libaddressinput, CC BY 4.0), without the parts a shop does not ask for. */
typedef struct
{
  const char *format;
  const char *countries;
} Format;

static const Format formats[] = {
  { "N|O|A|Z C", "BA BG CR CY CZ DE DO DZ EE EH ET GE GL GR GW IS KW LA MA ME MG MK NE NO PL PT PY "
                 "RO RS SJ SK SM SN TJ TM TN TR VA "
                 "XK ZM AZ FO HR LR MD SI CI GN" },
  { "O|N|A|Z C", "AT BE DK NL BL FR GF GP MF MQ NC PM RE WF YT CH FI LI LT LU MC SE AX" },
  { "N|O|A|C, S Z", "AS FM GU MH MP PW UM US VI" },
  { "N|O|A|C S Z", "CA PR TH" },
  { "O|N|A|C S Z", "AU CC CX HM NF" },
  { "N|O|A|C Z", "BH BM BN CK IL JO KH LB LS MT MV NP NZ SA" },
  { "N|O|A|C|Z", "FK GS IM IO PN SH TC KE LK SZ ZA GG JE" },
  { "N|O|A|Z C|S", "AR CL CV PH UZ MY" },
  { "N|O|A|Z C S", "ES IT PF UY" },
  { "N|O|A|Z C, S", "MX" },
  { "N|O|A|C|S", "IE PA SC VN TV" },
  { "N|O|A|C, S", "BS CO KN" },
  { "N|O|A|Z|C", "EC MU OM" },
  { "N|O|A|C|S|Z", "EG GB" },
  { "N|O|A|C Z|S", "IN NG" },
  { "N|O|A|C, Z", "LV MM" },
  { "N|O|A|C|S Z", "ID JM" },
  { "N|O|A|C, S|Z", "HN" },
  { "O|N|A|C, S|Z", "IQ" },
  { "O|N|A|C-S|Z", "BR" },
  { "N|O|A|C - Z", "BD" },
  { "N|O|A|C-Z", "PK" },
  { "N|O|A|Z-C|S", "SV" },
  { "N|O|A|Z- C", "GT" },
  { "N|O|A|Z|C, S", "NI" },
  { "N|O|A|Z|C|S", "AM" },
  { "N|O|A|Z S", "AD" },
  { "N|O|A|C Z, S", "VE" },
  { "N|O|A|C Z S", "PG" },
  { "N|O|A|C, S Z", "SO" },
  { "N|O|A|S C|Z", "MN" },
  { "N|O|C|A|Z", "HU" },
  { "O|N|S|C|A|Z", "IR" },
  { "Z C|A|O|N", "KG RU UA" },
  { "S|Z C|A|O|N", "BY" },
  { "Z|S|C|A|O|N", "KZ" },
  { "N|O|A|C Z", "SG" },
};

/* Where an address in the country's own script runs from the large to the small. */
static const struct
{
  char        country[3];
  const char *own;
  const char *latin;
} scripts[] = {
  { "CN", "Z|SC|A|O|N", "N|O|A|C|S, Z" },   { "HK", "SC|A|O|N", "N|O|A|C|S" },
  { "JP", "〒Z|SC|A|O|N", "N|O|A|C, S|Z" }, { "KR", "S C|A|O|N|Z", "N|O|A|C|S|Z" },
  { "MO", "C|A|O|N", "N|O|A|C" },           { "TW", "Z|SC|A|O|N", "N|O|A|C, S Z" },
};

/* For the others, and for a country that is not told. */
#define FORMAT_ELSE "N|O|A|Z C|S"

static gboolean
is_east_asian (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_get_script (g_utf8_get_char (p)))
      {
      case G_UNICODE_SCRIPT_HAN:
      case G_UNICODE_SCRIPT_HIRAGANA:
      case G_UNICODE_SCRIPT_KATAKANA:
      case G_UNICODE_SCRIPT_HANGUL:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

static const char *
find_format (const WbAddressParts *parts)
{
  const char *country = parts->country;

  if (country == NULL || strlen (country) != 2)
    return FORMAT_ELSE;
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (g_ascii_strcasecmp (scripts[i].country, country) == 0)
      return is_east_asian (parts->street1) || is_east_asian (parts->city) ? scripts[i].own
                                                                           : scripts[i].latin;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (const char *p = formats[i].countries; *p != '\0'; p += p[2] == ' ' ? 3 : 2)
      if (g_ascii_strncasecmp (p, country, 2) == 0)
        return formats[i].format;
  return FORMAT_ELSE;
}

static const char *
find_part (const WbAddressParts *parts, char letter)
{
  switch (letter)
    {
    case 'N':
      return parts->name;
    case 'O':
      return parts->company;
    case 'C':
      return parts->city;
    case 'S':
      return parts->region;
    case 'Z':
      return parts->postcode;
    default:
      return NULL;
    }
}

/* One line of a format: the text between two fields appears only when both are there. */
static char *
fill_line (const WbAddressParts *parts, const char *format, gsize length)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) between = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *text = NULL;

      if (strchr ("NOCSZ", format[i]) == NULL)
        {
          g_string_append_c (between, format[i]);
          continue;
        }
      text = wb_text_one_line (find_part (parts, format[i]));
      if (*text != '\0')
        {
          if (line->len > 0 ||
              between->str[0] & 0x80) /* a sign such as 〒 belongs to what follows */
            g_string_append (line, between->str);
          g_string_append (line, text);
        }
      g_string_truncate (between, 0);
    }
  return g_strdup (line->str);
}

static void
add_line (GStrvBuilder *lines, const char *text)
{
  if (!wb_text_is_empty (text))
    g_strv_builder_add (lines, text);
}

static void
add_streets (GStrvBuilder *lines, const WbAddressParts *parts)
{
  g_autofree char *first = wb_text_one_line (parts->street1);
  g_autofree char *second = wb_text_one_line (parts->street2);

  add_line (lines, first);
  add_line (lines, second);
}

/**
 * wb_address_format:
 * @with_country: whether the last line is the country's name, as on what crosses a border
 *
 * Empty parts leave no gap. A postcode is never lost: where the country's form has no place for one
 * it gets a line. Returns: (transfer full): the lines, top to bottom.
 */
char **
wb_address_format (const WbAddressParts *parts, gboolean with_country)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char              *format = find_format (parts);

  for (const char *p = format; p != NULL;)
    {
      const char *end = strchr (p, '|');
      gsize       length = end != NULL ? (gsize) (end - p) : strlen (p);

      if (length == 1 && *p == 'A')
        add_streets (lines, parts);
      else
        {
          g_autofree char *line = fill_line (parts, p, length);

          add_line (lines, line);
        }
      p = end != NULL ? end + 1 : NULL;
    }
  if (strchr (format, 'Z') == NULL)
    {
      g_autofree char *postcode = wb_text_one_line (parts->postcode);

      add_line (lines, postcode);
    }
  if (with_country && !wb_text_is_empty (parts->country))
    {
      g_autofree char *country = wb_country_name (parts->country);

      add_line (lines, country);
    }
  return g_strv_builder_end (lines);
}

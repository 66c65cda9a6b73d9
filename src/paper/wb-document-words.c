/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a document says: words, numbers, dates and addresses in its reader's language. */
#include "wb-address-format.h"
#include "wb-document.h"
#include "wb-text.h"

#include <stdio.h>
#include <string.h>

#define RIGHT_TO_LEFT "\xe2\x80\x8f"

/** wb_doc_dup: Returns: (transfer none): a copy of @text that lives as long as the document. */
const char *
wb_doc_dup (WbDoc *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

/** wb_doc_word: Returns: (transfer none): the words for @key: the template's, else the language's.
 */
const char *
wb_doc_word (WbDoc *self, const char *key)
{
  const char *own =
      self->ask.template != NULL
          ? wb_template_get_word (self->ask.template, wb_words_language (self->ask.words), key)
          : NULL;

  return own != NULL ? own : wb_words_get (self->ask.words, key);
}

/** wb_doc_fill: Returns: (transfer none): the words for @key with each “{name}” replaced, as
 * “name”, text pairs. */
const char *
wb_doc_fill (WbDoc *self, const char *key, ...)
{
  g_autoptr (GString) text = g_string_new (wb_doc_word (self, key));
  va_list             args;

  va_start (args, key);
  for (const char *name = va_arg (args, const char *); name != NULL;
       name = va_arg (args, const char *))
    {
      char place[32];

      g_snprintf (place, sizeof place, "{%s}", name);
      g_string_replace (text, place, va_arg (args, const char *), 0);
    }
  va_end (args);
  return wb_doc_dup (self, text->str);
}

/** wb_doc_number: Returns: (transfer none): a whole number. */
const char *
wb_doc_number (WbDoc *self, gint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  return wb_doc_dup (self, text);
}

/* “1234567.89” with the language's own marks. */
static void
append_decimal (WbDoc *self, GString *text, const char *plain)
{
  gsize whole = strcspn (plain[0] == '-' ? plain + 1 : plain, ".");

  if (*plain == '-')
    {
      g_string_append (text, "\xe2\x88\x92");
      plain++;
    }
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (text, wb_doc_word (self, "thousands"));
      g_string_append_c (text, plain[i]);
    }
  if (plain[whole] == '.')
    g_string_append_printf (text, "%s%s", wb_doc_word (self, "decimal-point"), plain + whole + 1);
}

/** wb_doc_money: Returns: (transfer none): an amount of @minor units, the currency's code behind a
 * no-break space. */
const char *
wb_doc_money (WbDoc *self, gint64 minor, const char *currency)
{
  g_autofree char    *plain = wb_money_to_decimal (wb_money (minor, currency));
  g_autoptr (GString) text = g_string_new (NULL);

  append_decimal (self, text, plain);
  g_string_append_printf (text, "\xc2\xa0%s", currency);
  return wb_doc_dup (self, text->str);
}

/** wb_doc_kilos: Returns: (transfer none): @grams in kilogrammes, to the gramme. */
const char *
wb_doc_kilos (WbDoc *self, gint64 grams)
{
  g_autofree char    *plain = wb_minor_to_decimal (grams, 3);
  g_autoptr (GString) text = g_string_new (NULL);

  append_decimal (self, text, plain);
  return wb_doc_dup (self, text->str);
}

/** wb_doc_date: Returns: (transfer none) (nullable): “YYYY-MM-DD” as the language writes dates;
 * %NULL from what is none. */
const char *
wb_doc_date (WbDoc *self, const char *date)
{
  int  year, month, day;
  char key[16], year_text[16], day_text[16];

  if (!wb_date_is_valid (date) || sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return NULL;
  g_snprintf (key, sizeof key, "month-%d", month);
  g_snprintf (year_text, sizeof year_text, "%d", year);
  g_snprintf (day_text, sizeof day_text, "%d", day);
  return wb_doc_fill (self, "date", "day", day_text, "month", wb_doc_word (self, key), "year",
                      year_text, NULL);
}

/** wb_doc_day: Returns: (transfer none) (nullable): the date of @instant in @zone; %NULL for 0. */
const char *
wb_doc_day (WbDoc *self, WbInstant instant, const char *zone)
{
  char date[WB_DATE_SIZE];

  if (instant == 0 ||
      (!wb_date_at (instant, zone, date, NULL) && !wb_date_at (instant, NULL, date, NULL)))
    return NULL;
  return wb_doc_date (self, date);
}

/* Lines joined by @joint; when the text begins in a script read from the right, every line of it
 * is. */
static const char *
join (WbDoc *self, char **lines, const char *joint)
{
  g_autofree char    *plain = g_strjoinv (joint, lines);
  g_autoptr (GString) marked = NULL;

  if (!wb_text_is_right_to_left (plain))
    return wb_doc_dup (self, plain);
  marked = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (marked, "%s" RIGHT_TO_LEFT "%s", i > 0 ? joint : "", lines[i]);
  return wb_doc_dup (self, marked->str);
}

static gboolean
crosses_border (WbDoc *self)
{
  const char *there = self->ask.receiver_country;
  const char *here =
      self->ask.origin != NULL ? wb_record_get_text (self->ask.origin, WB_ORIGIN_COUNTRY) : NULL;

  return there != NULL && here != NULL && g_ascii_strcasecmp (there, here) != 0;
}

/** wb_doc_address: @address: (nullable): a WbAddress. Returns: (transfer none): its lines, the
 * country's name last where it crosses a border; “–” for none. */
const char *
wb_doc_address (WbDoc *self, gpointer address)
{
  g_auto (GStrv) lines = NULL;
  WbAddressParts parts = { 0 };

  if (address == NULL)
    return "–";
  parts = (WbAddressParts){
    .name = wb_record_get_text (address, WB_ADDRESS_NAME),
    .company = wb_record_get_text (address, WB_ADDRESS_COMPANY),
    .street1 = wb_record_get_text (address, WB_ADDRESS_STREET1),
    .street2 = wb_record_get_text (address, WB_ADDRESS_STREET2),
    .city = wb_record_get_text (address, WB_ADDRESS_CITY),
    .region = wb_record_get_text (address, WB_ADDRESS_REGION),
    .postcode = wb_record_get_text (address, WB_ADDRESS_POSTCODE),
    .country = wb_record_get_text (address, WB_ADDRESS_COUNTRY),
  };
  lines = wb_address_format (&parts, crosses_border (self));
  return join (self, lines, "\n");
}

/** wb_doc_origin: @whole: with the name that heads the letter; Returns: (transfer none): the
 * sender's address, its lines joined by @joint. */
const char *
wb_doc_origin (WbDoc *self, const char *joint, gboolean whole)
{
  WbOrigin      *origin = self->ask.origin;
  const char    *company = wb_record_get_text (origin, WB_ORIGIN_COMPANY);
  const char    *name = wb_record_get_text (origin, WB_ORIGIN_NAME);
  g_auto (GStrv) lines = NULL;
  WbAddressParts parts = {
    .name = whole ? name : NULL,
    .company = whole ? company : NULL,
    .street1 = wb_record_get_text (origin, WB_ORIGIN_STREET1),
    .street2 = wb_record_get_text (origin, WB_ORIGIN_STREET2),
    .city = wb_record_get_text (origin, WB_ORIGIN_CITY),
    .region = wb_record_get_text (origin, WB_ORIGIN_REGION),
    .postcode = wb_record_get_text (origin, WB_ORIGIN_POSTCODE),
    .country = wb_record_get_text (origin, WB_ORIGIN_COUNTRY),
  };

  lines = wb_address_format (&parts, crosses_border (self));
  return join (self, lines, joint);
}

/** wb_doc_sender: Returns: (transfer none): the sender's name as the customer knows it; may be
 * empty. */
const char *
wb_doc_sender (WbDoc *self)
{
  const char *company = wb_record_get_text (self->ask.origin, WB_ORIGIN_COMPANY);
  const char *name = wb_record_get_text (self->ask.origin, WB_ORIGIN_NAME);

  return !wb_text_is_empty (company) ? company : name != NULL ? name : "";
}

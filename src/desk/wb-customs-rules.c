/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules of customs, read from data: unions of countries, carriers' kinds of post, the limits of the
 * CN 22 (Universal Postal Convention: 300 SDR; letter post below 2 kg). */
#include "wb-customs-rules.h"

#include "wb-customs-resource.h"
#include "wb-money.h"
#include "wb-spec.h"

#include <string.h>

#define FOLDER      "/org/waybill/customs/"
#define MOST_COPIES 10
#define CN22_LINES  4 /* as many as its table has */

static WbSpec *
read_spec (const char *file)
{
  g_autofree char   *path = g_strconcat (FOLDER, file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (wb_customs_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  WbSpec            *spec = bytes != NULL ? wb_spec_parse (bytes, file, &error) : NULL;

  if (spec == NULL)
    g_error ("%s", error->message); /* the program's own data: a test reads it all */
  return spec;
}

static const WbSpec *
unions (void)
{
  static gsize   once = 0;
  static WbSpec *spec;

  if (g_once_init_enter (&once))
    {
      spec = read_spec ("unions.spec");
      g_once_init_leave (&once, 1);
    }
  return spec;
}

static const WbSpec *
forms (void)
{
  static gsize   once = 0;
  static WbSpec *spec;

  if (g_once_init_enter (&once))
    {
      spec = read_spec ("forms.spec");
      g_once_init_leave (&once, 1);
    }
  return spec;
}

/* Whether @list, “DE FR” or “ES:35 GB:BT”, names this place. */
static gboolean
names (const char *list, const char *country, const char *postcode)
{
  g_auto (GStrv) parts = g_strsplit (list, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *start = strchr (parts[i], ':');

      if (g_ascii_strncasecmp (parts[i], country, 2) == 0 &&
          (start == NULL || (postcode != NULL &&
                             g_ascii_strncasecmp (postcode, start + 1, strlen (start + 1)) == 0)))
        return TRUE;
    }
  return FALSE;
}

static const char *
spec_value (const WbSpec *spec, const char *section, const char *key)
{
  const WbSpecEntry *entry = wb_spec_find (spec, section, key);

  return entry != NULL ? entry->value : "";
}

static gboolean
belongs (const char *section, const char *country, const char *postcode)
{
  const WbSpec *spec = unions ();

  if (names (spec_value (spec, section, "inside"), country, postcode))
    return TRUE;
  return names (spec_value (spec, section, "countries"), country, postcode) &&
         !names (spec_value (spec, section, "outside"), country, postcode);
}

static gboolean
is_special (const char *country, const char *postcode)
{
  const WbSpec *spec = unions ();

  for (guint i = 0; i < wb_spec_count (spec); i++)
    if (strcmp (wb_spec_entry (spec, i)->key, "outside") == 0 &&
        names (wb_spec_entry (spec, i)->value, country, postcode))
      return TRUE;
  return FALSE;
}

/**
 * wb_customs_needed:
 * @from_country: ISO 3166-1 alpha-2; so is @to_country. A country that is not told is none to ask
 * customs about
 *
 * Returns: whether goods between these places want a customs declaration: not within one country
 * or one union of them, but to and from parts outside its customs or tax territory.
 */
gboolean
wb_customs_needed (const char *from_country,
                   const char *from_postcode,
                   const char *to_country,
                   const char *to_postcode)
{
  const WbSpec *spec = unions ();

  if (from_country == NULL || to_country == NULL || *from_country == '\0' || *to_country == '\0')
    return FALSE;
  if (g_ascii_strcasecmp (from_country, to_country) == 0)
    return is_special (from_country, from_postcode) != is_special (to_country, to_postcode);
  for (guint i = 0; i < wb_spec_count (spec); i++)
    {
      const WbSpecEntry *entry = wb_spec_entry (spec, i);

      if (strcmp (entry->key, "countries") == 0 &&
          belongs (entry->section, from_country, from_postcode) &&
          belongs (entry->section, to_country, to_postcode))
        return FALSE;
    }
  return TRUE;
}

/* “letter”, “parcel”, “courier”, or NULL for what the table does not name. */
static const char *
kind_of_post (const char *carrier, const char *service)
{
  const WbSpec    *spec = forms ();
  g_autofree char *full =
      g_strdup_printf ("%s %s", carrier != NULL ? carrier : "", service != NULL ? service : "");

  for (guint i = 0; i < wb_spec_count (spec); i++)
    {
      const WbSpecEntry *entry = wb_spec_entry (spec, i);

      if (strcmp (entry->section, "services") == 0 && g_pattern_match_simple (entry->key, full))
        return entry->value;
    }
  return NULL;
}

/* Whether the value is certainly below the CN 22's limit. */
static gboolean
is_small_value (gint64 value, const char *currency)
{
  const WbSpec *spec = forms ();
  guint         exponent = wb_currency_exponent (currency);
  gint64        rate = 0, most = 0, percent = 0;

  if (!wb_money_parse_minor (spec_value (spec, "sdr", currency), exponent, &rate, NULL) ||
      !wb_money_parse_minor (spec_value (spec, "cn22", "most-sdr"), 0, &most, NULL) ||
      !wb_money_parse_minor (spec_value (spec, "cn22", "safe-percent"), 0, &percent, NULL))
    return FALSE;
  return (__int128) value * 100 < (__int128) rate * most * percent;
}

/** wb_customs_copies: Returns: how many copies of a kind of paper (“cn22”, “cn23”, “invoice”) go
 * with a parcel; 1 of any other. */
guint
wb_customs_copies (const char *paper)
{
  gint64 copies = 1;

  if (!wb_money_parse_minor (spec_value (forms (), "copies", paper), 0, &copies, NULL))
    return 1;
  return (guint) CLAMP (copies, 1, MOST_COPIES);
}

/**
 * wb_customs_forms:
 * @value: of the goods, minor units of @currency
 * @n_lines: kinds of goods
 *
 * Returns: the papers a parcel abroad needs with this service. In doubt the CN 23, and the
 * commercial invoice with it.
 */
WbCustomsForms
wb_customs_forms (const char *carrier,
                  const char *service,
                  gint64      weight_g,
                  gint64      value,
                  const char *currency,
                  guint       n_lines)
{
  const char *kind = kind_of_post (carrier, service);
  gint64      below = 0;

  if (kind == NULL)
    return WB_FORM_CN23 | WB_FORM_INVOICE;
  if (strcmp (kind, "courier") == 0)
    return WB_FORM_INVOICE;
  if (strcmp (kind, "letter") == 0 &&
      wb_money_parse_minor (spec_value (forms (), "cn22", "below-grams"), 0, &below, NULL) &&
      weight_g > 0 && weight_g < below && n_lines <= CN22_LINES && is_small_value (value, currency))
    return WB_FORM_CN22;
  return WB_FORM_CN23;
}

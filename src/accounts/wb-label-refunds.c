/* SPDX-License-Identifier: GPL-3.0-or-later
 * Until when the money of an unused label can be asked back, by carrier: read from data. */
#include "wb-label-refunds.h"

#include "wb-carriers-resource.h"
#include "wb-spec.h"

#include <string.h>

#define PATH     "/org/waybill/carriers/refunds.spec"
#define MAX_DAYS 3650

static const WbSpec *
table (void)
{
  static gsize   once = 0;
  static WbSpec *spec;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (wb_carriers_get_resource (), PATH,
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

      spec = bytes != NULL ? wb_spec_parse (bytes, "refunds.spec", &error) : NULL;
      if (spec == NULL)
        g_error ("%s", error->message); /* the program's own data: a test reads it all */
      g_once_init_leave (&once, 1);
    }
  return spec;
}

static gboolean
fits (const char *pattern, const char *carrier)
{
  g_autofree char *key = g_ascii_strdown (pattern, -1), *name = g_ascii_strdown (carrier, -1);

  return g_pattern_match_simple (key, name);
}

static gint64
look_up (const char *section, const char *carrier)
{
  const WbSpec *spec = table ();

  for (guint i = 0; i < wb_spec_count (spec); i++)
    {
      const WbSpecEntry *entry = wb_spec_entry (spec, i);
      gint64             days = 0;

      if (strcmp (entry->section, section) == 0 && fits (entry->key, carrier) &&
          g_ascii_string_to_signed (entry->value, 10, 1, MAX_DAYS, &days, NULL))
        return days;
    }
  return 0;
}

/** wb_label_refund_days: Returns: how many days after it was bought a label of @carrier (nullable)
 * can be given back. */
gint64
wb_label_refund_days (const char *carrier)
{
  return look_up ("days", carrier != NULL ? carrier : "");
}

/** wb_label_refund_pays_within: Returns: how many days @carrier (nullable) takes to give the money
 * back; 0: not known. */
gint64
wb_label_refund_pays_within (const char *carrier)
{
  return look_up ("pays-within", carrier != NULL ? carrier : "");
}

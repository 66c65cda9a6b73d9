/* SPDX-License-Identifier: GPL-3.0-or-later
 * An address as lines on paper, in the order its country writes them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an address is made of; all borrowed, each may be %NULL. @country: ISO 3166-1 alpha-2. */
typedef struct
{
  const char *name;
  const char *company;
  const char *street1;
  const char *street2;
  const char *city;
  const char *region;
  const char *postcode;
  const char *country;
} WbAddressParts;

char **wb_address_format (const WbAddressParts *parts, gboolean with_country);
char  *wb_country_name (const char *code);
char **wb_country_codes (void);
char  *wb_country_find (const char *typed);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who lives in the world the shop sells to: names and addresses in many scripts. */
#pragma once

#include "wb-town-random.h"

G_BEGIN_DECLS

typedef enum
{
  WB_TOWN_FOLK_GERMAN,
  WB_TOWN_FOLK_FRENCH,
  WB_TOWN_FOLK_POLISH,
  WB_TOWN_FOLK_GREEK,
  WB_TOWN_FOLK_UKRAINIAN,
  WB_TOWN_FOLK_JAPANESE,
  WB_TOWN_FOLK_CHINESE,
  WB_TOWN_FOLK_ARAB,
  WB_TOWN_FOLK_AMERICAN,
  WB_TOWN_FOLK_BRITISH,
  WB_TOWN_N_FOLKS,
} WbTownFolk;

typedef struct
{
  char *first_name;
  char *last_name;
  char *company;
  char *address_1;
  char *address_2;
  char *city;
  char *state;
  char *postcode;
  char *country;
  char *email;
  char *phone;
} WbTownPerson;

WbTownPerson *wb_town_person_make (WbTownFolk folk, WbTownDice *dice);
WbTownPerson *wb_town_person_copy (const WbTownPerson *person);
WbTownPerson *wb_town_person_empty (void);
void          wb_town_person_free (WbTownPerson *person);
char        **wb_town_person_field (WbTownPerson *person, const char *name);

G_END_DECLS

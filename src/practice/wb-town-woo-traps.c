/* SPDX-License-Identifier: GPL-3.0-or-later
 * How WooCommerce really behaves, one switch a trap. A shop of version 11.0 or 7.9 has those that
 * were seen on it; each can be switched on, or off for a shop that behaves as one would think. */
#include "wb-town-woo-traps.h"

#include <string.h>

typedef struct
{
  const char *words;
  gboolean    modern; /* seen on 11.0 */
  gboolean    old;    /* seen on 7.9 */
} Trap;

static const Trap traps[WB_TOWN_TRAPS + 1] = {
  [1] = { "an empty page past the last one says that there are 0 rows", TRUE, FALSE },
  [2] = { "modified_after is strict, with whole seconds", TRUE, TRUE },
  [3] = { "a Z beside dates_are_gmt is shifted by the shop's offset", TRUE, TRUE },
  [4] = { "dates without _gmt are the shop's own time, and say so nowhere", TRUE, TRUE },
  [5] = { "equal dates of modification come in another order on each page", FALSE, TRUE },
  [6] = { "changes of meta data and addresses do not move the date", FALSE, TRUE },
  [7] = { "an order leaves a filtered list between its first page and its second", FALSE, FALSE },
  [8] = { "carts stand among the orders; what is trashed vanishes without a word", FALSE, TRUE },
  [9] = { "an unknown parameter is ignored", TRUE, TRUE },
  [10] = { "nothing tells whether a list has changed, nor how fast it may be asked", TRUE, TRUE },
  [11] = { "the price of one piece is a float", TRUE, TRUE },
  [12] = { "a refund without an amount has the total “-”", TRUE, FALSE },
  [13] = { "a deleted product has the id 0, a deleted variation its parent's SKU", TRUE, TRUE },
  [14] = { "members change their type", TRUE, TRUE },
  [15] = { "hidden meta data stands with the lines", TRUE, TRUE },
  [16] = { "needs_processing says yes to everything", TRUE, TRUE },
  [17] = { "texts come raw, with < and & and line breaks", TRUE, TRUE },
  [18] = { "a status that a plug-in made", TRUE, TRUE },
  [19] = { "a batch makes “pending” of an unknown status", TRUE, TRUE },
  [20] = { "completing again is taken, and nothing guards against two at once", TRUE, TRUE },
  [21] = { "an order that is not there is 404 to read and 400 to change", TRUE, TRUE },
  [22] = { "a body in Latin-1 is taken", TRUE, TRUE },
  [23] = { "a refund moves money and stock unless told not to, and refuses with 500", TRUE, TRUE },
  [24] = { "a full refund of an amount leaves an order with a free line open", FALSE, TRUE },
  [25] = { "stock that is not managed is answered 200 and left as it is", TRUE, TRUE },
  [26] = { "fulfilments take 99 of 1, and the order's status stays", TRUE, TRUE },
  [27] = { "now and then a web page comes instead of JSON", FALSE, FALSE },
  [28] = { "a webhook's first message is an unsigned form", TRUE, TRUE },
  [29] = { "deliveries wait until the shop's queue runs", TRUE, TRUE },
  [30] = { "several changes come as one delivery, with the state at its time", TRUE, TRUE },
  [31] = { "a failed delivery never comes again, and seven switch the webhook off", TRUE, TRUE },
};

static gboolean
is_native (WbTown *town, guint number)
{
  return town->modern ? traps[number].modern : traps[number].old;
}

/** wb_town_trap: whether the shop has the trap @number (1 to 31) now. */
gboolean
wb_town_trap (WbTown *town, guint number)
{
  guint32 bit = (guint32) 1 << number;

  g_return_val_if_fail (number >= 1 && number <= WB_TOWN_TRAPS, FALSE);
  return (town->traps_on & bit) != 0 || (is_native (town, number) && (town->traps_off & bit) == 0);
}

static gboolean
set_one (WbTown *town, const char *word)
{
  gboolean off = *word == '-';
  guint64  number;
  guint32  bit;

  if (!g_ascii_string_to_unsigned (word + off, 10, 1, WB_TOWN_TRAPS, &number, NULL))
    return FALSE;
  bit = (guint32) 1 << number;
  town->traps_on = off ? town->traps_on & ~bit : town->traps_on | bit;
  town->traps_off = off ? town->traps_off | bit : town->traps_off & ~bit;
  return TRUE;
}

/**
 * wb_town_traps_set:
 * @words: "all", "none", "native" (as the version has them), or numbers after one another, each on
 * or with a minus off: "none,5,-18"
 *
 * Returns: %FALSE when a word is none of these; those before it count.
 */
gboolean
wb_town_traps_set (WbTown *town, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *word = g_strstrip (parts[i]);
      gboolean    all = strcmp (word, "all") == 0, none = strcmp (word, "none") == 0;

      if (all || none || strcmp (word, "native") == 0)
        {
          town->traps_on = all ? ~(guint32) 1 : 0;
          town->traps_off = none ? ~(guint32) 1 : 0;
        }
      else if (!set_one (town, word))
        return FALSE;
    }
  return TRUE;
}

/** wb_town_traps_list: writes all of them, and which the shop has. */
void
wb_town_traps_list (WbTown *town, WbTownOut *out)
{
  wb_town_out_begin_array (out, NULL);
  for (guint i = 1; i <= WB_TOWN_TRAPS; i++)
    {
      wb_town_out_begin_object (out, NULL);
      wb_town_out_int (out, "number", i);
      wb_town_out_string (out, "words", traps[i].words);
      wb_town_out_bool (out, "on", wb_town_trap (town, i));
      wb_town_out_end_object (out);
    }
  wb_town_out_end_array (out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which of a carrier's offers is proposed and why, how each other one differs from it, and what
 * insuring adds to them. */
#include "wb-desk-private.h"
#include "wb-rules.h"

#include <glib/gi18n-lib.h>

#define DAY_SECONDS   (24 * 60 * 60)
#define SHORTEST_NAME 4 /* of a service that may be found in the shop's words: “UPS” names none */

/* Letters and digits only, without regard to case: “Priority Mail” is “PriorityMail”. */
static char *
bare (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);
  GString         *bare = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_string_free (bare, FALSE);
}

/* How well an offer fits what the customer chose in the shop: 0 not at all; more when the carrier
 * is named too, and most when nothing else is said. */
static gsize
fit (WbRate *rate, const char *asked)
{
  g_autofree char *service = bare (wb_record_get_text (rate, WB_RATE_SERVICE));
  g_autofree char *carrier = bare (wb_record_get_text (rate, WB_RATE_CARRIER));

  if (strlen (service) < SHORTEST_NAME || strstr (asked, service) == NULL)
    return 0;
  return strlen (service) +
         (*carrier != '\0' && strstr (asked, carrier) != NULL ? strlen (carrier) : 0);
}

/* Offers come cheapest first: of two that fit alike the first is the cheaper. Returns: its place,
 * or G_MAXUINT. */
static guint
find_asked (GPtrArray *rates, const char *words)
{
  g_autofree char *asked = bare (words);
  guint            found = G_MAXUINT;
  gsize            best = 0;

  for (guint i = 0; i < rates->len; i++)
    if (fit (rates->pdata[i], asked) > best)
      {
        best = fit (rates->pdata[i], asked);
        found = i;
      }
  return found;
}

static gboolean
arrives_by_promise (WbRate *rate, WbOrder *order)
{
  gint64 days = wb_record_get_int (rate, WB_RATE_DAYS);

  return days > 0 && wb_now () + days * DAY_SECONDS <= wb_record_get_int (order, WB_ORDER_SHIP_BY);
}

static char *
price_difference (WbRate *rate, WbRate *proposed)
{
  WbMoney          more;
  g_autofree char *text = NULL;

  if (!wb_money_subtract (wb_record_get_money (rate, WB_RATE_COST),
                          wb_record_get_money (proposed, WB_RATE_COST), &more, NULL))
    return NULL; /* another currency: they cannot be compared */
  if (more.minor == 0)
    return g_strdup (_ ("the same price"));
  text = wb_money_to_text (wb_money (ABS (more.minor), more.currency));
  /* Translators: an offer of a carrier against the one proposed; %s is an amount of money */
  return g_strdup_printf (more.minor > 0 ? _ ("dearer by %s") : _ ("cheaper by %s"), text);
}

static char *
time_difference (WbRate *rate, WbRate *proposed)
{
  int days = (int) wb_record_get_int (rate, WB_RATE_DAYS);
  int than = (int) wb_record_get_int (proposed, WB_RATE_DAYS);

  if (days == 0 || than == 0)
    return NULL;
  if (days == than)
    return g_strdup (_ ("as fast"));
  if (days < than)
    return g_strdup_printf (ngettext ("%d day faster", "%d days faster", (gulong) (than - days)),
                            than - days);
  return g_strdup_printf (ngettext ("%d day slower", "%d days slower", (gulong) (days - than)),
                          days - than);
}

static void
compare (WbRate *rate, WbRate *proposed, WbOrder *order)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char      *text = NULL;
  char                 *price = price_difference (rate, proposed);
  char                 *time = time_difference (rate, proposed);

  if (price != NULL)
    g_ptr_array_add (parts, price);
  if (time != NULL)
    g_ptr_array_add (parts, time);
  if (arrives_by_promise (rate, order) && !arrives_by_promise (proposed, order))
    g_ptr_array_add (parts, g_strdup (_ ("arrives by the promised day")));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (", ", (char **) parts->pdata);
  wb_record_set_text (rate, WB_RATE_REASON, *text != '\0' ? text : NULL);
}

/**
 * wb_rates_reason:
 * @rates: (element-type WbRate): cheapest first, at least one
 *
 * Moves the proposed offer to the front and gives each its reason. Proposed is the service that one
 * of the merchant's rules wishes, else the one the customer chose in the shop, where the carrier
 * has it; otherwise the cheapest: the promised day is when the order leaves, and no one's money is
 * spent to be faster than was asked.
 */
void
wb_rates_reason (GPtrArray *rates, WbOrder *order)
{
  g_auto (WbRuleWishes) wishes = { 0 };
  gboolean              wished = wb_order_wishes (order, &wishes) && wishes.service != NULL;
  guint                 by_rule = wished ? find_asked (rates, wishes.service) : G_MAXUINT;
  guint                 asked = by_rule != G_MAXUINT
                                    ? by_rule
                                    : find_asked (rates, wb_record_get_text (order, WB_ORDER_SERVICE_ASKED));
  WbRate               *proposed = g_object_ref (rates->pdata[asked != G_MAXUINT ? asked : 0]);

  g_ptr_array_remove (rates, proposed);
  g_ptr_array_insert (rates, 0, proposed);
  if (by_rule != G_MAXUINT)
    wb_record_set_text (proposed, WB_RATE_REASON, _ ("proposed: the service your rule wishes"));
  else if (asked != G_MAXUINT)
    wb_record_set_text (proposed, WB_RATE_REASON,
                        _ ("proposed: the service the customer asked for"));
  else if (arrives_by_promise (proposed, order))
    wb_record_set_text (proposed, WB_RATE_REASON,
                        _ ("proposed: the cheapest, and it arrives by the promised day"));
  else
    wb_record_set_text (proposed, WB_RATE_REASON, _ ("proposed: the cheapest"));
  for (guint i = 1; i < rates->len; i++)
    compare (rates->pdata[i], proposed, order);
}

static gboolean
refuse_other_currency (WbMoney fee, GError **error)
{
  g_autofree char *text = wb_money_to_text (fee);

  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "Insuring costs %s, and no label is offered in that currency: ship it uninsured",
               text);
  return FALSE;
}

/* Whether one of the offers can be bought together with insurance of that fee: in one currency. */
gboolean
wb_rates_can_insure (GPtrArray *rates, WbMoney fee, GError **error)
{
  for (guint i = 0; i < rates->len; i++)
    if (g_strcmp0 (wb_record_get_text (rates->pdata[i], WB_RATE_CURRENCY), fee.currency) == 0)
      return TRUE;
  return refuse_other_currency (fee, error);
}

/* Adds the fee to every offer that is in its currency. One in another cannot be told as one price:
 * it is left out. */
gboolean
wb_rates_insure (GPtrArray *rates, WbMoney fee, GError **error)
{
  if (!wb_rates_can_insure (rates, fee, error))
    return FALSE;
  for (guint i = rates->len; i > 0; i--)
    {
      WbRate *rate = rates->pdata[i - 1];
      WbMoney both;

      if (!wb_money_add (wb_record_get_money (rate, WB_RATE_COST), fee, &both, NULL))
        {
          g_ptr_array_remove_index (rates, i - 1);
          continue;
        }
      wb_record_set_int (rate, WB_RATE_COST, both.minor);
      wb_record_set_int (rate, WB_RATE_INSURANCE, fee.minor);
    }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The gateway's balance: every movement of the account, and the payouts that follow from them. It
 * is worked out from the payments each time, so it cannot drift from them. */
#include "wb-town-stripe-balance.h"

#include "wb-town-shop.h"

#include <string.h>

#define DELAY       7             /* days until money is available */
#define PAYOUT_HOUR (3 * 60 * 60) /* when the day's payout is made */
#define DISPUTE_FEE 2000

/** wb_town_move_free: frees a movement. */
void
wb_town_move_free (gpointer data)
{
  WbTownMove *move = data;

  g_free (move->id);
  g_free (move->description);
  g_free (move->source);
  g_free (move->currency);
  g_free (move);
}

static void
payout_free (gpointer data)
{
  WbTownPayout *payout = data;

  g_free (payout->id);
  g_free (payout->currency);
  g_ptr_array_unref (payout->moves);
  g_free (payout);
}

/** wb_town_balance_free: frees @self. */
void
wb_town_balance_free (WbTownBalance *self)
{
  g_ptr_array_unref (self->payouts);
  g_ptr_array_unref (self->moves);
  g_free (self);
}

static WbTownMove *
add_move (WbTownBalance *self,
          char          *id,
          const char    *type,
          const char    *source,
          const char    *currency,
          gint64         amount,
          gint64         fee,
          WbInstant      created)
{
  WbTownMove *move = g_new0 (WbTownMove, 1);

  move->id = id;
  move->type = move->category = type;
  move->source = g_strdup (source);
  move->currency = g_strdup (currency);
  move->amount = amount;
  move->fee = fee;
  move->created = created;
  move->day = created / WB_TOWN_DAY + DELAY;
  g_ptr_array_add (self->moves, move);
  return move;
}

static void
add_dispute (WbTownBalance *self, const WbTownIntent *intent, const WbTownDispute *dispute)
{
  WbTownMove *move =
      add_move (self, g_strdup_printf ("txn_%sD", dispute->id + 3), "adjustment", dispute->id,
                intent->currency, -dispute->amount, DISPUTE_FEE, dispute->when);

  move->intent = intent;
  move->dispute = dispute;
  move->category = "dispute";
  move->description = g_strdup_printf ("Chargeback withdrawal for %s", intent->charge);
  if (dispute->won_at == 0)
    return;
  move = add_move (self, g_strdup_printf ("txn_%sW", dispute->id + 3), "adjustment", dispute->id,
                   intent->currency, dispute->amount, 0, dispute->won_at);
  move->intent = intent;
  move->dispute = dispute;
  move->category = "dispute_reversal";
  move->description = g_strdup_printf ("Chargeback reversal for %s", intent->charge);
}

static void
add_intent (gpointer item, gpointer data)
{
  const WbTownIntent *intent = item;
  WbTownBalance      *self = data;

  for (guint i = 0; i < intent->takes->len; i++)
    {
      const WbTownTake *take = g_ptr_array_index (intent->takes, i);
      WbTownMove       *move =
          add_move (self, g_strdup (take->transaction), "charge", intent->charge, intent->currency,
                    take->amount, wb_town_bank_take_fee (intent, take->amount), take->when);

      move->intent = intent;
      move->description = g_strdup_printf ("Übungsladen - Order %" G_GINT64_FORMAT, intent->order);
    }
  for (guint i = 0; i < intent->refunds->len; i++)
    {
      const WbTownGiveback *refund = g_ptr_array_index (intent->refunds, i);
      WbTownMove           *move;

      if (refund->transaction == NULL)
        continue;
      move = add_move (self, g_strdup (refund->transaction), "refund", refund->id, intent->currency,
                       -refund->amount, 0, refund->created);
      move->intent = intent;
      move->refund = refund;
      move->description = g_strdup_printf (
          "REFUND FOR CHARGE (Übungsladen - Order %" G_GINT64_FORMAT ")", intent->order);
    }
  for (guint i = 0; i < intent->disputes->len; i++)
    add_dispute (self, intent, g_ptr_array_index (intent->disputes, i));
}

/** wb_town_balance_add_intent: adds what a payment moved. */
void
wb_town_balance_add_intent (WbTownBalance *self, const WbTownIntent *intent)
{
  add_intent ((gpointer) intent, self);
}

static void
add_extras (WbTown *town, WbTownBalance *self, const WbTownOddities *oddities)
{
  for (guint i = 0; i < oddities->extras->len; i++)
    {
      const WbTownExtra *extra = g_ptr_array_index (oddities->extras, i);
      WbTownMove *move = add_move (self, g_strdup_printf ("txn_8Wb%05u", i), extra->type, NULL,
                                   town->currency, extra->amount, extra->fee, extra->when);

      move->category = extra->category;
      move->description = g_strdup (extra->description);
    }
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const WbTownMove *one = *(const WbTownMove *const *) a, *two = *(const WbTownMove *const *) b;

  if (one->day != two->day)
    return one->day < two->day ? -1 : 1;
  return strcmp (one->id, two->id);
}

static int
compare_created (gconstpointer a, gconstpointer b)
{
  const WbTownMove *one = *(const WbTownMove *const *) a, *two = *(const WbTownMove *const *) b;

  if (one->created != two->created)
    return one->created < two->created ? -1 : 1;
  return strcmp (one->id, two->id);
}

/* ---- payouts: one a day and currency, of what became available ---- */

static WbTownPayout *
add_payout (WbTown *town, WbTownBalance *self, const char *currency, gint64 day, gboolean automatic)
{
  WbTownPayout    *payout = g_new0 (WbTownPayout, 1);
  g_autofree char *token = wb_town_token (town->seed, automatic ? 79 : 80,
                                          (guint64) day * 1000 + (guchar) currency[0], 12, 62);

  payout->id = g_strdup_printf ("po_1Wb%05d%s", (int) day, token);
  payout->currency = g_strdup (currency);
  payout->created = day * WB_TOWN_DAY + PAYOUT_HOUR;
  payout->arrives = (day + 1) * WB_TOWN_DAY;
  payout->automatic = automatic;
  payout->moves = g_ptr_array_new ();
  g_ptr_array_add (self->payouts, payout);
  return payout;
}

static void
add_payout_move (WbTown *town, WbTownBalance *self, WbTownPayout *payout, GPtrArray *later)
{
  const WbTownQuirk *quirk =
      g_hash_table_lookup (wb_town_bank_oddities (town->bank)->quirks, payout->id);
  WbTownMove *move = add_move (self, g_strdup_printf ("txn_%s", payout->id + 3), "payout",
                               payout->id, payout->currency, 0, 0, payout->created);

  if (quirk != NULL)
    {
      payout->amount += quirk->delta;
      payout->unreconciled = quirk->unreconciled;
      payout->failed = quirk->failed && wb_town_clock (town) >= payout->arrives;
    }
  move->amount = -payout->amount;
  move->day = payout->created / WB_TOWN_DAY;
  move->description = g_strdup ("STRIPE PAYOUT");
  if (!payout->failed)
    return;
  move = add_move (self, g_strdup_printf ("txn_%sF", payout->id + 3), "payout_failure", payout->id,
                   payout->currency, payout->amount, 0, payout->arrives);
  move->day = payout->arrives / WB_TOWN_DAY;
  move->description = g_strdup ("STRIPE PAYOUT FAILURE");
  g_ptr_array_add (later, move);
}

/* What is available on a day and was not paid out before. A sum that is not positive waits. */
static void
pay_currency (WbTown *town, WbTownBalance *self, GPtrArray *sorted, const char *currency)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  g_autoptr (GPtrArray) later = g_ptr_array_new (); /* came back from the bank */
  gint64                sum = 0;
  guint                 next = 0;
  gint64                last = (wb_town_clock (town) - PAYOUT_HOUR) / WB_TOWN_DAY;
  gint64 day = sorted->len > 0 ? ((WbTownMove *) g_ptr_array_index (sorted, 0))->day : last + 1;

  for (; day <= last; day++)
    {
      WbTownPayout *payout;

      for (; next < sorted->len && ((WbTownMove *) g_ptr_array_index (sorted, next))->day <= day;
           next++)
        if (strcmp (((WbTownMove *) g_ptr_array_index (sorted, next))->currency, currency) == 0)
          g_ptr_array_add (waiting, g_ptr_array_index (sorted, next));
      for (guint i = 0; i < later->len; i++)
        if (((WbTownMove *) g_ptr_array_index (later, i))->day <= day)
          g_ptr_array_add (waiting, g_ptr_array_remove_index (later, i--));
      sum = 0;
      for (guint i = 0; i < waiting->len; i++)
        sum += ((WbTownMove *) g_ptr_array_index (waiting, i))->amount -
               ((WbTownMove *) g_ptr_array_index (waiting, i))->fee;
      if (sum <= 0)
        continue;
      payout = add_payout (town, self, currency, day, TRUE);
      payout->amount = sum;
      g_ptr_array_extend (payout->moves, waiting, NULL, NULL);
      g_ptr_array_set_size (waiting, 0);
      add_payout_move (town, self, payout, later);
    }
}

static void
pay_by_hand (WbTown *town, WbTownBalance *self, const WbTownOddities *oddities)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < oddities->manual->len; i++)
    {
      const WbTownExtra *extra = g_ptr_array_index (oddities->manual, i);
      WbTownPayout      *payout =
          add_payout (town, self, town->currency, extra->when / WB_TOWN_DAY + i * 100000, FALSE);

      payout->created = extra->when;
      payout->arrives = extra->when + WB_TOWN_DAY;
      payout->amount = extra->amount;
      add_payout_move (town, self, payout, none);
    }
}

/** wb_town_balance_make: Returns: (transfer full): the balance as it is now, of all payments the
 * town has. */
WbTownBalance *
wb_town_balance_make (WbTown *town)
{
  WbTownBalance         *self = g_new0 (WbTownBalance, 1);
  const WbTownOddities  *oddities = wb_town_bank_oddities (town->bank);
  g_autoptr (GPtrArray)  sorted = NULL;
  g_autoptr (GHashTable) currencies = g_hash_table_new (g_str_hash, g_str_equal);

  self->moves = g_ptr_array_new_with_free_func (wb_town_move_free);
  self->payouts = g_ptr_array_new_with_free_func (payout_free);
  for (guint i = 0; i < wb_town_shop_count (town->shop); i++)
    {
      g_autofree char *id = wb_town_payment_id (town, i);

      wb_town_bank_find (town->bank, id); /* made when nobody asked for it before */
    }
  wb_town_bank_foreach (town->bank, add_intent, self);
  add_extras (town, self, oddities);
  sorted = g_ptr_array_copy (self->moves, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_days);
  for (guint i = 0; i < sorted->len; i++)
    {
      const WbTownMove *move = g_ptr_array_index (sorted, i);

      if (g_hash_table_add (currencies, move->currency))
        pay_currency (town, self, sorted, move->currency);
    }
  pay_by_hand (town, self, oddities);
  g_ptr_array_sort (self->moves, compare_created);
  return self;
}

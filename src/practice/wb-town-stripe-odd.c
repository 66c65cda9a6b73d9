/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes otherwise at the gateway than it should, by command: payments of other tills, disputes,
 * payouts that do not sum or do not arrive. */
#include "wb-town-stripe-balance.h"

#include "wb-json.h"

#include <string.h>

static void
quirk_free (gpointer data)
{
  g_free (((WbTownQuirk *) data)->missing);
  g_free (data);
}

static void
extra_free (gpointer data)
{
  g_free (((WbTownExtra *) data)->description);
  g_free (data);
}

/** wb_town_oddities_new: Returns: (transfer full): nothing odd yet. */
WbTownOddities *
wb_town_oddities_new (void)
{
  WbTownOddities *self = g_new0 (WbTownOddities, 1);

  self->quirks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, quirk_free);
  self->extras = g_ptr_array_new_with_free_func (extra_free);
  self->manual = g_ptr_array_new_with_free_func (extra_free);
  return self;
}

/** wb_town_oddities_free: frees @self. */
void
wb_town_oddities_free (WbTownOddities *self)
{
  g_hash_table_unref (self->quirks);
  g_ptr_array_unref (self->extras);
  g_ptr_array_unref (self->manual);
  g_free (self);
}

/* ---- by command ---- */

static WbTownExtra *
extra_new (WbTown *town, const WbJson *root, gint64 amount)
{
  static const char *const categories[][2] = { { "stripe_fee", "fee" },
                                               { "refund_failure", "refund_failure" } };
  WbTownExtra             *extra = g_new0 (WbTownExtra, 1);
  const char              *type = wb_json_opt_string (root, "type");

  extra->type = g_intern_string (type != NULL ? type : "adjustment");
  extra->category = type != NULL ? extra->type : "other_adjustment";
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_strcmp0 (type, categories[i][0]) == 0)
      extra->category = categories[i][1];
  extra->description = g_strdup (wb_json_opt_string (root, "description"));
  extra->amount = amount;
  extra->when = wb_town_clock (town);
  return extra;
}

static WbTownDispute *
dispute_new (WbTown *town, WbTownIntent *intent, gint64 amount)
{
  WbTownDispute *dispute = g_new0 (WbTownDispute, 1);

  dispute->id = g_strdup_printf ("dp_%sX%u", intent->id + 3, intent->disputes->len);
  dispute->amount = amount > 0 ? amount : intent->captured;
  dispute->when = wb_town_clock (town);
  g_ptr_array_add (intent->disputes, dispute);
  return dispute;
}

static gboolean
tell_payout (WbTown *town, const WbJson *root, const char *id)
{
  WbTownOddities *oddities = wb_town_bank_oddities (town->bank);
  WbTownQuirk    *quirk = g_hash_table_lookup (oddities->quirks, id);

  if (quirk == NULL)
    {
      quirk = g_new0 (WbTownQuirk, 1);
      g_hash_table_insert (oddities->quirks, g_strdup (id), quirk);
    }
  g_free (quirk->missing);
  quirk->missing = g_strdup (wb_json_opt_string (root, "missing"));
  quirk->failed = wb_json_bool (root, "failed", FALSE);
  quirk->unreconciled = wb_json_bool (root, "unreconciled", FALSE);
  return wb_json_opt_int (root, "delta", 0, &quirk->delta, NULL);
}

/**
 * wb_town_oddities_tell:
 * By command: {"stray": amount}, {"dispute": payment, "amount"}, {"won": payment}, {"movement":
 * amount, "type", "description"}, {"by_hand": amount}, {"payout": id, "delta", "missing", "failed",
 * "unreconciled"}. Replies with the id of what was made. Returns: %FALSE when it is none of these.
 */
gboolean
wb_town_oddities_tell (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOddities *oddities = wb_town_bank_oddities (town->bank);
  WbJson          root = wb_json_root (request->json, "money");
  const char     *payout = wb_json_opt_string (&root, "payout");
  const char     *disputed = wb_json_opt_string (&root, "dispute");
  const char     *won = wb_json_opt_string (&root, "won");
  const char     *named = disputed != NULL ? disputed : won;
  WbTownIntent   *intent = named != NULL ? wb_town_bank_find (town->bank, named) : NULL;
  const char     *made = "";
  gint64          stray = 0, movement = 0, by_hand = 0, amount = 0;

  if (!wb_json_opt_int (&root, "stray", 0, &stray, NULL) ||
      !wb_json_opt_int (&root, "movement", 0, &movement, NULL) ||
      !wb_json_opt_int (&root, "by_hand", 0, &by_hand, NULL) ||
      !wb_json_opt_int (&root, "amount", 0, &amount, NULL) || (named != NULL && intent == NULL))
    return FALSE;
  if (payout != NULL && !tell_payout (town, &root, payout))
    return FALSE;
  if (stray > 0)
    made = wb_town_bank_stray (town->bank, stray, town->currency)->id;
  if (movement != 0)
    g_ptr_array_add (oddities->extras, extra_new (town, &root, movement));
  if (by_hand > 0)
    g_ptr_array_add (oddities->manual, extra_new (town, &root, by_hand));
  if (disputed != NULL)
    {
      made = dispute_new (town, intent, amount)->id;
      wb_town_stripe_note (town, "charge.dispute.created", intent);
    }
  for (guint i = 0; won != NULL && i < intent->disputes->len; i++)
    ((WbTownDispute *) g_ptr_array_index (intent->disputes, i))->won_at = wb_town_clock (town);
  reply->effect = TRUE;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "made", made);
  wb_town_out_end_object (reply->out);
  return TRUE;
}

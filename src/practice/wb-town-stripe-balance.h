/* SPDX-License-Identifier: GPL-3.0-or-later
 * The gateway's balance and payouts, and what was told to go otherwise than it should. */
#pragma once

#include "wb-town-stripe.h"

G_BEGIN_DECLS

#define WB_TOWN_DAY (24 * 60 * 60)

/* A movement of the balance; ids and words are the intent's or its own. */
typedef struct
{
  char                 *id;
  const char           *type, *category; /* static */
  char                 *description;
  char                 *source; /* nullable */
  char                 *currency;
  const WbTownIntent   *intent;  /* nullable */
  const WbTownGiveback *refund;  /* nullable */
  const WbTownDispute  *dispute; /* nullable */
  gint64                amount, fee;
  WbInstant             created;
  gint64                day; /* of being available, since 1970 */
} WbTownMove;

/* A payout with what is in it; made anew from the books each time it is asked for. */
typedef struct
{
  char      *id;
  char      *currency;
  gint64     amount;
  WbInstant  created, arrives;
  gboolean   automatic, failed, unreconciled;
  GPtrArray *moves; /* of WbTownMove, borrowed */
} WbTownPayout;

/* Everything of the balance at once. */
typedef struct
{
  GPtrArray *moves;   /* of WbTownMove, oldest first, those of payouts too */
  GPtrArray *payouts; /* of WbTownPayout, oldest first */
} WbTownBalance;

typedef struct
{
  gint64   delta; /* the payout's amount is off by this */
  gboolean failed, unreconciled;
  char    *missing; /* the transaction that its list leaves out */
} WbTownQuirk;

/* A movement by command, or a payout asked for by hand. */
typedef struct
{
  const char *type, *category;
  char       *description;
  gint64      amount, fee;
  WbInstant   when;
} WbTownExtra;

struct _WbTownOddities
{
  GHashTable *quirks; /* payout id -> WbTownQuirk */
  GPtrArray  *extras; /* of WbTownExtra */
  GPtrArray  *manual; /* of WbTownExtra: payouts by hand */
};

void           wb_town_move_free (gpointer data);
WbTownBalance *wb_town_balance_make (WbTown *town);
void           wb_town_balance_free (WbTownBalance *self);
void           wb_town_balance_add_intent (WbTownBalance *self, const WbTownIntent *intent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTownBalance, wb_town_balance_free)

G_END_DECLS

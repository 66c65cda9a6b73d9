/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chance that is the same each time: numbers that follow from a seed and a place alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} WbTownDice;

guint64    wb_town_mix (guint64 seed, guint64 stream, guint64 index);
WbTownDice wb_town_dice (guint64 seed, guint64 stream, guint64 index);
guint      wb_town_dice_roll (WbTownDice *dice, guint n);
gboolean   wb_town_dice_chance (WbTownDice *dice, guint in_hundred);
char      *wb_town_token (guint64 seed, guint64 stream, guint64 index, guint size, guint base);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chance that is the same each time: numbers that follow from a seed and a place alone. */
#include "wb-town-random.h"

static guint64
scramble (guint64 x)
{
  x ^= x >> 30;
  x *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/** wb_town_mix: a number that depends on all three and nothing else (the finaliser of SplitMix64).
 */
guint64
wb_town_mix (guint64 seed, guint64 stream, guint64 index)
{
  return scramble (scramble (seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * (stream + 1)) +
                   index * 2 + 1);
}

/** wb_town_dice: dice for one thing of one kind. */
WbTownDice
wb_town_dice (guint64 seed, guint64 stream, guint64 index)
{
  return (WbTownDice){ .state = wb_town_mix (seed, stream, index) };
}

/** wb_town_dice_roll: a number from 0 to @n - 1. */
guint
wb_town_dice_roll (WbTownDice *dice, guint n)
{
  dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return n == 0 ? 0 : (guint) (scramble (dice->state) % n);
}

/** wb_town_dice_chance: whether something that happens @in_hundred times out of 100 happens now. */
gboolean
wb_town_dice_chance (WbTownDice *dice, guint in_hundred)
{
  return wb_town_dice_roll (dice, 100) < in_hundred;
}

/** wb_town_token: Returns: (transfer full): @size digits in @base (16 or 62) that look like chance.
 */
char *
wb_town_token (guint64 seed, guint64 stream, guint64 index, guint size, guint base)
{
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  WbTownDice        dice = wb_town_dice (seed, stream, index);
  char             *token = g_new (char, size + 1);

  for (guint i = 0; i < size; i++)
    token[i] = digits[wb_town_dice_roll (&dice, base)];
  token[size] = '\0';
  return token;
}

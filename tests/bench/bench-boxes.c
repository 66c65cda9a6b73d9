/* SPDX-License-Identifier: GPL-3.0-or-later
 * Box proposal against the volume bound, on instances made by the rules that two papers publish:
 * one container and a mixed cargo (Bischoff and Ratcliff, Omega 23(4), 1995: BR1 to BR7), and the
 * fewest bins for 50 boxes (Martello, Pisinger and Vigo, Operations Research 48(2), 2000: classes 1
 * to 8). Their random numbers are not ours, so single instances differ; their means compare. */
#include "wb-box-fit.h"

#include <stdio.h>

#define RUNS 10

/* A cargo of @types kinds of box that together take a container of 587 × 233 × 220; each box may
 * be turned so that a side stands upright that bears it. We turn all that may be turned at all:
 * where only the height may stand, it is upright. */
static GArray *
bischoff (GRand *rand, guint types, gint64 volume)
{
  static const gint low[] = { 30, 25, 20 }, high[] = { 120, 100, 80 };
  GArray           *pieces = g_array_new (FALSE, FALSE, sizeof (WbBoxPiece));
  WbBoxPiece       *kinds = g_new0 (WbBoxPiece, types);
  gint64            taken = 0;

  for (guint i = 0; i < types; i++)
    {
      gint64 side[3];

      for (guint k = 0; k < 3; k++)
        side[k] = g_rand_int_range (rand, low[k], high[k] + 1);
      /* A side may stand upright when it is less than twice the least of them. */
      kinds[i] = (WbBoxPiece){ .length = side[0],
                               .width = side[1],
                               .height = side[2],
                               .upright = MAX (side[0], side[1]) >=
                                          2 * MIN (side[0], MIN (side[1], side[2])) };
    }
  for (;;)
    {
      WbBoxPiece one = kinds[g_rand_int_range (rand, 0, (gint) types)];

      if (taken + one.length * one.width * one.height > volume)
        break;
      taken += one.length * one.width * one.height;
      g_array_append_val (pieces, one);
    }
  g_free (kinds);
  return pieces;
}

static void
run_bischoff (void)
{
  static const guint types[] = { 3, 5, 8, 10, 12, 15, 20 };
  const WbBoxSpace   space = { 587, 233, 220, 0 };
  gint64             whole = space.length * space.width * space.height;

  puts ("one container of 587 x 233 x 220, cargo of its volume | filled, mean of 10 | bound | ms "
        "each");
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      double filled = 0, bound = 0;
      gint64 spent = 0;

      for (guint run = 0; run < RUNS; run++)
        {
          g_autoptr (GRand)  rand = g_rand_new_with_seed (100 * t + run);
          g_autoptr (GArray) pieces = bischoff (rand, types[t], whole), places = NULL;
          gint64             in = 0, begin = g_get_monotonic_time ();

          places = wb_box_fit (&space, (WbBoxPiece *) pieces->data, pieces->len, NULL);
          spent += g_get_monotonic_time () - begin;
          for (guint i = 0; i < places->len; i++)
            {
              WbBoxPlace *p = &g_array_index (places, WbBoxPlace, i);

              in += p->length * p->width * p->height;
            }
          filled += (double) in / (double) whole;
          bound +=
              (double) wb_box_volume ((WbBoxPiece *) pieces->data, pieces->len) / (double) whole;
        }
      printf ("BR%u, %2u kinds | %.1f %% | %.1f %% | %.1f\n", t + 1, types[t], 100 * filled / RUNS,
              100 * bound / RUNS, (double) spent / 1000 / RUNS);
    }
}

/* Of class 1 to 5: type t of the five shapes in a bin of 100: six in ten boxes are of the class's
 * own. */
static WbBoxPiece
martello_shape (GRand *rand, guint t)
{
  static const gint range[5][3][2] = { { { 1, 50 }, { 67, 100 }, { 67, 100 } },
                                       { { 67, 100 }, { 1, 50 }, { 67, 100 } },
                                       { { 67, 100 }, { 67, 100 }, { 1, 50 } },
                                       { { 50, 100 }, { 50, 100 }, { 50, 100 } },
                                       { { 1, 50 }, { 1, 50 }, { 1, 50 } } };
  gint64            side[3];

  for (guint k = 0; k < 3; k++)
    side[k] = g_rand_int_range (rand, range[t][k][0], range[t][k][1] + 1);
  return (WbBoxPiece){ .length = side[0], .width = side[1], .height = side[2] };
}

static WbBoxPiece
martello_piece (GRand *rand, guint class)
{
  static const gint most[] = { 10, 35, 100 };
  gint64            side[3];

  if (class <= 5)
    {
      guint own = class - 1, t = (guint) g_rand_int_range (rand, 0, 10);

      return martello_shape (rand, t < 6 ? own : (own + 1 + (t - 6)) % 5);
    }
  for (guint k = 0; k < 3; k++)
    side[k] = g_rand_int_range (rand, 1, most[class - 6] + 1);
  return (WbBoxPiece){ .length = side[0], .width = side[1], .height = side[2] };
}

static void
run_martello (void)
{
  static const gint64 sizes[] = { 100, 100, 100, 100, 100, 10, 40, 100 };

  puts ("bins for 50 boxes that may be turned, mean of 10 | ours | volume bound | ratio | ms each");
  for (guint class = 1; class <= 8; class ++)
    {
      const WbBoxSpace space = { sizes[class - 1], sizes[class - 1], sizes[class - 1], 0 };
      double           ours = 0, bound = 0;
      gint64           spent = 0, whole = space.length * space.width * space.height;

      for (guint run = 0; run < RUNS; run++)
        {
          g_autoptr (GRand)     rand = g_rand_new_with_seed (1000 * class + run);
          WbBoxPiece            pieces[50];
          g_autoptr (GPtrArray) bins = NULL;
          gint64                begin;

          for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
            pieces[i] = martello_piece (rand, class);
          begin = g_get_monotonic_time ();
          bins = wb_box_fill_many (&space, pieces, G_N_ELEMENTS (pieces), NULL);
          spent += g_get_monotonic_time () - begin;
          g_assert (bins != NULL);
          ours += bins->len;
          bound += (double) ((wb_box_volume (pieces, G_N_ELEMENTS (pieces)) + whole - 1) / whole);
        }
      printf ("class %u | %.1f | %.1f | %.2f | %.1f\n", class, ours / RUNS, bound / RUNS,
              ours / bound, (double) spent / 1000 / RUNS);
    }
}

int
main (void)
{
  run_bischoff ();
  run_martello ();
  return 0;
}

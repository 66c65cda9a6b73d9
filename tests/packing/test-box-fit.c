/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fitting pieces into a box: what is told as lying somewhere lies there really, held, upright, and
 * under nothing when it is fragile. */
#include "wb-box-fit.h"
#include "wb-error.h"

static gboolean
cross (gint64 a, gint64 a_size, gint64 b, gint64 b_size)
{
  return a < b + b_size && b < a + a_size;
}

/* Judges the places by themselves, not by the code that found them. */
static void
judge (const WbBoxSpace *space, const WbBoxPiece *pieces, GArray *places)
{
  gint64 weight = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const WbBoxPlace *p = &g_array_index (places, WbBoxPlace, i);
      const WbBoxPiece *piece = &pieces[p->piece];
      gint64            held = 0;

      weight += piece->weight;
      g_assert_cmpint (p->length * p->width * p->height, ==,
                       piece->length * piece->width * piece->height);
      g_assert_true (p->x >= 0 && p->y >= 0 && p->z >= 0);
      g_assert_cmpint (p->x + p->length, <=, space->length);
      g_assert_cmpint (p->y + p->width, <=, space->width);
      g_assert_cmpint (p->z + p->height, <=, space->height);
      if (piece->upright)
        g_assert_cmpint (p->height, ==, piece->height);
      for (guint k = 0; k < places->len; k++)
        {
          const WbBoxPlace *q = &g_array_index (places, WbBoxPlace, k);

          if (k == i || !cross (p->x, p->length, q->x, q->length) ||
              !cross (p->y, p->width, q->y, q->width))
            continue;
          g_assert_false (cross (p->z, p->height, q->z, q->height));
          g_assert_false (piece->fragile && q->z > p->z);
          if (q->z + q->height == p->z)
            held += (MIN (p->x + p->length, q->x + q->length) - MAX (p->x, q->x)) *
                    (MIN (p->y + p->width, q->y + q->width) - MAX (p->y, q->y));
        }
      g_assert_true (p->z == 0 || held * 100 >= p->length * p->width * 70);
    }
  if (space->most_weight > 0)
    g_assert_cmpint (weight, <=, space->most_weight);
}

static void
test_exact (void)
{
  WbBoxSpace         space = { 200, 200, 200, 0 };
  WbBoxPiece         pieces[8];
  g_autoptr (GArray) places = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    pieces[i] = (WbBoxPiece){ .length = 100, .width = 100, .height = 100, .weight = 1 };
  g_assert_true (wb_box_fits_all (&space, pieces, 8, &places));
  judge (&space, pieces, places);
  space.height = 199;
  g_assert_false (wb_box_fits_all (&space, pieces, 8, NULL));
}

/* A roll as long as the box is wide goes in only when it is turned. */
static void
test_turned (void)
{
  const WbBoxSpace   space = { 300, 100, 80, 0 };
  WbBoxPiece         roll = { .length = 60, .width = 60, .height = 290 };
  g_autoptr (GArray) places = NULL;

  g_assert_true (wb_box_fits_all (&space, &roll, 1, &places));
  judge (&space, &roll, places);
  roll.upright = TRUE;
  g_assert_false (wb_box_fits_all (&space, &roll, 1, NULL));
}

static void
test_fragile (void)
{
  const WbBoxSpace   space = { 100, 100, 200, 0 };
  const WbBoxPiece   pieces[] = { { .length = 100, .width = 100, .height = 90, .fragile = TRUE },
                                  { .length = 100, .width = 100, .height = 90 } };
  const WbBoxPiece   two[] = { pieces[0], pieces[0] };
  g_autoptr (GArray) places = NULL;

  g_assert_true (wb_box_fits_all (&space, pieces, 2, &places));
  judge (&space, pieces, places);
  g_assert_false (wb_box_fits_all (&space, two, 2, NULL));
}

static void
test_weight (void)
{
  const WbBoxSpace   space = { 400, 400, 400, 5000 };
  const WbBoxPiece   pieces[] = { { .length = 50, .width = 50, .height = 50, .weight = 3000 },
                                  { .length = 50, .width = 50, .height = 50, .weight = 3000 } };
  g_autoptr (GArray) left = NULL, places = wb_box_fit (&space, pieces, 2, &left);

  g_assert_cmpuint (places->len, ==, 1);
  g_assert_cmpuint (left->len, ==, 1);
}

static void
test_many (void)
{
  const WbBoxSpace      space = { 100, 100, 100, 0 };
  WbBoxPiece            pieces[5];
  g_autoptr (GPtrArray) boxes = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    pieces[i] = (WbBoxPiece){ .length = 100, .width = 100, .height = 50 };
  boxes = wb_box_fill_many (&space, pieces, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (boxes->len, ==, 3);
  for (guint i = 0; i < boxes->len; i++)
    {
      GArray *places = boxes->pdata[i];

      judge (&space, pieces, places);
      for (guint k = 0; k < places->len; k++)
        seen |= 1u << g_array_index (places, WbBoxPlace, k).piece;
    }
  g_assert_cmpuint (seen, ==, 0x1f);
  pieces[2].length = 101;
  pieces[2].height = 101;
  pieces[2].width = 101;
  g_assert_null (wb_box_fill_many (&space, pieces, 5, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_TOO_MUCH);
}

/* Boxes that were cut into pieces: whatever is found of the way back is a true way. */
static void
test_random (void)
{
  for (guint run = 0; run < 300; run++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (7000 + run);
      const WbBoxSpace space = { g_rand_int_range (rand, 50, 600), g_rand_int_range (rand, 50, 400),
                                 g_rand_int_range (rand, 30, 400),
                                 run % 3 == 0 ? g_rand_int_range (rand, 500, 20000) : 0 };
      WbBoxPiece       pieces[40];
      g_autoptr (GArray) left = NULL, places = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
        pieces[i] = (WbBoxPiece){ .length = g_rand_int_range (rand, 5, 200),
                                  .width = g_rand_int_range (rand, 5, 200),
                                  .height = g_rand_int_range (rand, 2, 200),
                                  .weight = g_rand_int_range (rand, 1, 900),
                                  .upright = g_rand_int_range (rand, 0, 4) == 0,
                                  .fragile = g_rand_int_range (rand, 0, 6) == 0 };
      places = wb_box_fit (&space, pieces, G_N_ELEMENTS (pieces), &left);
      judge (&space, pieces, places);
      g_assert_cmpuint (places->len + left->len, ==, G_N_ELEMENTS (pieces));
    }
}

static void
test_nothing (void)
{
  const WbBoxSpace   space = { 10, 10, 10, 0 };
  g_autoptr (GArray) places = NULL;

  g_assert_true (wb_box_fits_all (&space, NULL, 0, &places));
  g_assert_cmpuint (places->len, ==, 0);
}

static void
test_dimensional (void)
{
  /* 40 × 30 × 20 cm: 24,000 cm³; by 5,000 that is 4.8 kg. A millimetre more counts a centimetre. */
  g_assert_cmpint (wb_box_dimensional_weight (400, 300, 200, 5000), ==, 4800);
  g_assert_cmpint (wb_box_dimensional_weight (401, 300, 200, 5000), ==, 4920);
  g_assert_cmpint (wb_box_dimensional_weight (400, 300, 200, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packing/box-fit/exact", test_exact);
  g_test_add_func ("/packing/box-fit/turned", test_turned);
  g_test_add_func ("/packing/box-fit/fragile", test_fragile);
  g_test_add_func ("/packing/box-fit/weight", test_weight);
  g_test_add_func ("/packing/box-fit/many", test_many);
  g_test_add_func ("/packing/box-fit/random", test_random);
  g_test_add_func ("/packing/box-fit/nothing", test_nothing);
  g_test_add_func ("/packing/box-fit/dimensional-weight", test_dimensional);
  return g_test_run ();
}

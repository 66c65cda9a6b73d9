/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fitting pieces into a box by extreme points (Crainic, Perboli and Tadei, “Extreme point-based
 * heuristics for three-dimensional bin packing”, INFORMS Journal on Computing 20(3), 2008): a piece
 * is put where a corner of what lies there already gives it hold. Several orders of the pieces are
 * tried and the best is kept; nothing is left to chance, so the same order gets the same box. */
#include "wb-box-fit.h"

#include "wb-error.h"

#include <string.h>

#define MOST_PIECES 400 /* more than this is no parcel */
#define HOLD        70  /* per cent of a piece's floor that must lie on something */

typedef struct
{
  gint64 x, y, z;
} Point;

typedef struct
{
  const WbBoxSpace *space;
  const WbBoxPiece *pieces;
  GArray           *places; /* WbBoxPlace */
  GArray           *points; /* Point */
  gint64            weight;
  guint             way; /* Way */
} Filling;

/* Which of a piece's sizes (0 length, 1 width, 2 height) stands along x, y and z. The first two
 * keep its height vertical. */
static const guint turns[6][3] = { { 0, 1, 2 }, { 1, 0, 2 }, { 0, 2, 1 },
                                   { 2, 0, 1 }, { 1, 2, 0 }, { 2, 1, 0 } };

static gboolean
overlap (gint64 a, gint64 a_size, gint64 b, gint64 b_size)
{
  return a < b + b_size && b < a + a_size;
}

static gboolean
collide (const WbBoxPlace *a, const WbBoxPlace *b)
{
  return overlap (a->x, a->length, b->x, b->length) && overlap (a->y, a->width, b->y, b->width) &&
         overlap (a->z, a->height, b->z, b->height);
}

static gint64
common (gint64 a, gint64 a_size, gint64 b, gint64 b_size)
{
  return MAX (0, MIN (a + a_size, b + b_size) - MAX (a, b));
}

/* The area that @a and @b have in common, seen from above. */
static gint64
common_floor (const WbBoxPlace *a, const WbBoxPlace *b)
{
  return common (a->x, a->length, b->x, b->length) * common (a->y, a->width, b->y, b->width);
}

/* Whether @place is free, has hold, and neither lies on nor comes under what must not be so. */
static gboolean
is_good (Filling *self, const WbBoxPlace *place)
{
  gint64 held = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      const WbBoxPlace *other = &g_array_index (self->places, WbBoxPlace, i);
      gint64            over;

      if (collide (place, other))
        return FALSE;
      over = common_floor (place, other);
      if (over == 0)
        continue;
      if ((self->pieces[other->piece].fragile && other->z + other->height <= place->z) ||
          (self->pieces[place->piece].fragile && place->z + place->height <= other->z))
        return FALSE;
      if (other->z + other->height == place->z)
        held += over;
    }
  return place->z == 0 || held * 100 >= place->length * place->width * HOLD;
}

/* The places that are preferred: layer upon layer from the floor up, or wall after wall from the
 * back. Which of them fills more depends on the pieces, so both are tried. */
typedef enum
{
  IN_LAYERS,
  IN_WALLS,
  N_WAYS,
} Way;

static gboolean
is_better (const WbBoxPlace *a, const WbBoxPlace *b, Way way)
{
  gint64 layers[2][4] = { { a->z, a->z + a->height, a->x + a->length, a->y + a->width },
                          { b->z, b->z + b->height, b->x + b->length, b->y + b->width } };
  gint64 walls[2][4] = { { a->x, a->x + a->length, a->z + a->height, a->y + a->width },
                         { b->x, b->x + b->length, b->z + b->height, b->y + b->width } };
  gint64 (*marks)[4] = way == IN_LAYERS ? layers : walls;

  for (guint i = 0; i < 4; i++)
    if (marks[0][i] != marks[1][i])
      return marks[0][i] < marks[1][i];
  return FALSE;
}

static gboolean
turn_into (Filling *self, guint piece, guint turn, const Point *at, WbBoxPlace *place)
{
  const WbBoxPiece *one = &self->pieces[piece];
  const gint64      sizes[] = { one->length, one->width, one->height };

  *place = (WbBoxPlace){
    piece, at->x, at->y, at->z, sizes[turns[turn][0]], sizes[turns[turn][1]], sizes[turns[turn][2]]
  };
  return at->x + place->length <= self->space->length &&
         at->y + place->width <= self->space->width && at->z + place->height <= self->space->height;
}

static gboolean
find_place (Filling *self, guint piece, WbBoxPlace *best)
{
  guint    n_turns = self->pieces[piece].upright ? 2 : G_N_ELEMENTS (turns);
  gboolean found = FALSE;

  if (self->space->most_weight > 0 &&
      self->weight + self->pieces[piece].weight > self->space->most_weight)
    return FALSE;
  for (guint i = 0; i < self->points->len; i++)
    for (guint turn = 0; turn < n_turns; turn++)
      {
        WbBoxPlace place;

        if (turn_into (self, piece, turn, &g_array_index (self->points, Point, i), &place) &&
            (!found || is_better (&place, best, (Way) self->way)) && is_good (self, &place))
          {
            *best = place;
            found = TRUE;
          }
      }
  return found;
}

/* How far the point may fall along an axis until something holds it: 0 is the wall. */
static gint64
fall (Filling *self, Point at, guint axis)
{
  gint64 hold = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      const WbBoxPlace *p = &g_array_index (self->places, WbBoxPlace, i);
      const gint64      from[] = { p->x, p->y, p->z }, size[] = { p->length, p->width, p->height },
                   point[] = { at.x, at.y, at.z };
      gboolean beside = FALSE;

      for (guint other = 0; other < 3; other++)
        beside |= other != axis &&
                  (point[other] < from[other] || point[other] >= from[other] + size[other]);
      if (!beside && from[axis] + size[axis] <= point[axis])
        hold = MAX (hold, from[axis] + size[axis]);
    }
  return hold;
}

static void
add_point (Filling *self, Point at)
{
  if (at.x >= self->space->length || at.y >= self->space->width || at.z >= self->space->height)
    return;
  for (guint i = 0; i < self->points->len; i++)
    if (memcmp (&g_array_index (self->points, Point, i), &at, sizeof at) == 0)
      return;
  g_array_append_val (self->points, at);
}

/* The three far corners of a new piece, each let fall along the two other axes. */
static void
add_points (Filling *self, const WbBoxPlace *p)
{
  Point ends[] = { { p->x + p->length, p->y, p->z },
                   { p->x, p->y + p->width, p->z },
                   { p->x, p->y, p->z + p->height } };

  for (guint end = 0; end < G_N_ELEMENTS (ends); end++)
    {
      for (guint axis = 0; axis < 3; axis++)
        {
          Point at = ends[end];

          if (axis == end)
            continue;
          *(axis == 0 ? &at.x : axis == 1 ? &at.y : &at.z) = fall (self, at, axis);
          add_point (self, at);
        }
      add_point (self, ends[end]);
    }
}

static void
drop_covered (Filling *self, const WbBoxPlace *p)
{
  for (guint i = self->points->len; i > 0; i--)
    {
      const Point *at = &g_array_index (self->points, Point, i - 1);

      if (at->x >= p->x && at->x < p->x + p->length && at->y >= p->y && at->y < p->y + p->width &&
          at->z >= p->z && at->z < p->z + p->height)
        g_array_remove_index (self->points, i - 1);
    }
}

static void
filling_init (Filling *self, const WbBoxSpace *space, const WbBoxPiece *pieces, guint way)
{
  Point origin = { 0, 0, 0 };

  *self = (Filling){ space,
                     pieces,
                     g_array_new (FALSE, FALSE, sizeof (WbBoxPlace)),
                     g_array_new (FALSE, FALSE, sizeof (Point)),
                     0,
                     way };
  g_array_append_val (self->points, origin);
}

static void
filling_clear (Filling *self)
{
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filling, filling_clear)

/* Puts the pieces in, in the order given; what finds no place is left out. Returns: the volume of
 * what is in. */
static gint64
fill (Filling *self, const guint *order, guint n)
{
  gint64 volume = 0;

  for (guint i = 0; i < n; i++)
    {
      WbBoxPlace place;

      if (!find_place (self, order[i], &place))
        continue;
      g_array_append_val (self->places, place);
      self->weight += self->pieces[order[i]].weight;
      volume += place.length * place.width * place.height;
      drop_covered (self, &place);
      add_points (self, &place);
    }
  return volume;
}

/* The orders that are tried: fragile pieces last always, for nothing may come on them. */
typedef enum
{
  BY_VOLUME,
  BY_FLOOR,
  BY_LONGEST,
  BY_HEIGHT,
  N_ORDERS,
} Order;

typedef struct
{
  const WbBoxPiece *pieces;
  Order             order;
} Sorting;

static gint64
weight_of (const WbBoxPiece *piece, Order order)
{
  gint64 longest = MAX (piece->length, MAX (piece->width, piece->height)),
         shortest = MIN (piece->length, MIN (piece->width, piece->height)),
         volume = piece->length * piece->width * piece->height;

  switch (order)
    {
    case BY_FLOOR:
      return volume / MAX (1, piece->upright ? piece->height : shortest);
    case BY_LONGEST:
      return longest;
    case BY_HEIGHT:
      return piece->upright ? piece->height : shortest;
    case BY_VOLUME:
    case N_ORDERS:
    default:
      return volume;
    }
}

static int
compare_pieces (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting    *sorting = data;
  guint             left = *(const guint *) a, right = *(const guint *) b;
  const WbBoxPiece *l = &sorting->pieces[left], *r = &sorting->pieces[right];
  gint64            lw = weight_of (l, sorting->order), rw = weight_of (r, sorting->order);

  if (l->fragile != r->fragile)
    return l->fragile ? 1 : -1;
  if (lw != rw)
    return lw > rw ? -1 : 1;
  lw = weight_of (l, BY_VOLUME);
  rw = weight_of (r, BY_VOLUME);
  if (lw != rw)
    return lw > rw ? -1 : 1;
  return left < right ? -1 : left > right;
}

/* The pieces that are not in @places. */
static GArray *
pieces_left (const GArray *places, guint n)
{
  GArray              *left = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *in = g_new0 (gboolean, MAX (n, 1));

  for (guint i = 0; i < places->len; i++)
    in[g_array_index (places, WbBoxPlace, i).piece] = TRUE;
  for (guint i = 0; i < n; i++)
    if (!in[i])
      g_array_append_val (left, i);
  return left;
}

/**
 * wb_box_fit:
 * @left: (out) (optional) (transfer full) (element-type guint): the pieces that found no place
 *
 * Puts as much as it can of @pieces into @space, each on the floor or held from below, none on a
 * fragile one, none turned over that must stay upright. A piece that lies somewhere lies there
 * really; that one finds no place is no proof that there is none.
 *
 * Returns: (transfer full) (element-type WbBoxPlace): where they lie, in the order of packing.
 */
GArray *
wb_box_fit (const WbBoxSpace *space, const WbBoxPiece *pieces, guint n, GArray **left)
{
  g_autofree guint *order = g_new (guint, MAX (n, 1));
  GArray           *best = NULL;
  gint64            best_volume = -1;

  for (guint attempt = 0; attempt < N_ORDERS * N_WAYS && (best == NULL || best->len < n); attempt++)
    {
      g_auto (Filling) filling = { 0 };
      Sorting          sorting = { pieces, (Order) (attempt / N_WAYS) };
      gint64           volume;

      for (guint i = 0; i < n; i++)
        order[i] = i;
      g_qsort_with_data (order, (gint) n, sizeof *order, compare_pieces, &sorting);
      filling_init (&filling, space, pieces, attempt % N_WAYS);
      volume = fill (&filling, order, n);
      if (volume <= best_volume)
        continue;
      best_volume = volume;
      g_clear_pointer (&best, g_array_unref);
      best = g_steal_pointer (&filling.places);
    }
  if (left != NULL)
    *left = pieces_left (best, n);
  return best;
}

/** wb_box_volume: Returns: what @pieces take, cubic millimetres. */
gint64
wb_box_volume (const WbBoxPiece *pieces, guint n)
{
  gint64 volume = 0;

  for (guint i = 0; i < n; i++)
    volume += pieces[i].length * pieces[i].width * pieces[i].height;
  return volume;
}

/**
 * wb_box_fits_all:
 * @places: (out) (optional) (transfer full) (element-type WbBoxPlace): where they lie, when they do
 *
 * Returns: whether a way was found to put all of @pieces into @space.
 */
gboolean
wb_box_fits_all (const WbBoxSpace *space, const WbBoxPiece *pieces, guint n, GArray **places)
{
  g_autoptr (GArray) found = NULL;

  if (n > MOST_PIECES || wb_box_volume (pieces, n) > space->length * space->width * space->height)
    return FALSE;
  found = wb_box_fit (space, pieces, n, NULL);
  if (found->len < n)
    return FALSE;
  if (places != NULL)
    *places = g_steal_pointer (&found);
  return TRUE;
}

/**
 * wb_box_fill_many:
 * Fills box after box of one kind until all is in.
 *
 * Returns: (transfer full) (element-type GArray of WbBoxPlace): a box each; %WB_ERROR_TOO_MUCH when
 * a piece goes into none.
 */
GPtrArray *
wb_box_fill_many (const WbBoxSpace *space, const WbBoxPiece *pieces, guint n, GError **error)
{
  g_autoptr (GPtrArray)  boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autofree WbBoxPiece *rest = g_memdup2 (pieces, MAX (n, 1) * sizeof *pieces);
  g_autofree guint      *names = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    names[i] = i;
  while (n > 0)
    {
      g_autoptr (GArray) left = NULL;
      GArray            *places = wb_box_fit (space, rest, n, &left);

      g_ptr_array_add (boxes, places);
      if (places->len == 0)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                       "A piece of %dx%dx%d mm does not go into the box", (int) rest[0].length,
                       (int) rest[0].width, (int) rest[0].height);
          return NULL;
        }
      for (guint i = 0; i < places->len; i++)
        {
          WbBoxPlace *place = &g_array_index (places, WbBoxPlace, i);

          place->piece = names[place->piece];
        }
      for (guint i = 0; i < left->len; i++)
        {
          guint from = g_array_index (left, guint, i);

          rest[i] = rest[from];
          names[i] = names[from];
        }
      n = left->len;
    }
  return g_steal_pointer (&boxes);
}

/**
 * wb_box_dimensional_weight:
 * @divisor: cubic centimetres that count as a kilogram (commonly 5000, 139 cubic inches a pound is
 * about 5020)
 *
 * Returns: grams; each side is rounded up to a whole centimetre first, as carriers do.
 */
gint64
wb_box_dimensional_weight (gint64 length, gint64 width, gint64 height, gint64 divisor)
{
  gint64 l = (length + 9) / 10, w = (width + 9) / 10, h = (height + 9) / 10;

  return divisor > 0 ? (l * w * h * 1000 + divisor - 1) / divisor : 0;
}

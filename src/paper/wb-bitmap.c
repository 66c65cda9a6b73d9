/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots as a label printer burns them: a bit each, black or not. */
#include "wb-bitmap.h"

#include <string.h>

#define MIDDLE 128 /* of the greys: darker is black. Never dithered, bars stay bars */

/** wb_bitmap_new: Returns: (transfer full): a white label of that many dots. */
WbBitmap *
wb_bitmap_new (guint width, guint height)
{
  WbBitmap *self = g_new0 (WbBitmap, 1);

  self->width = width;
  self->height = height;
  self->stride = (width + 7) / 8;
  self->bits = g_malloc0 ((gsize) self->stride * height);
  return self;
}

void
wb_bitmap_free (WbBitmap *self)
{
  g_free (self->bits);
  g_free (self);
}

/** wb_grey_new: Returns: (transfer full): a white sheet of that many dots. */
WbGrey *
wb_grey_new (guint width, guint height)
{
  WbGrey *self = g_new0 (WbGrey, 1);

  self->width = width;
  self->height = height;
  self->dots = g_malloc ((gsize) width * height);
  memset (self->dots, 0xff, (gsize) width * height);
  return self;
}

void
wb_grey_free (WbGrey *self)
{
  g_free (self->dots);
  g_free (self);
}

/** wb_bitmap_from_grey: Returns: (transfer full): what is darker than the middle, as dots. */
WbBitmap *
wb_bitmap_from_grey (const WbGrey *grey)
{
  WbBitmap *self = wb_bitmap_new (grey->width, grey->height);

  for (guint y = 0; y < self->height; y++)
    {
      const guint8 *from = grey->dots + (gsize) y * grey->width;
      guint8       *to = self->bits + (gsize) y * self->stride;

      for (guint x = 0; x < self->width; x++)
        to[x / 8] |= (guint8) ((from[x] < MIDDLE) << (7 - x % 8));
    }
  return self;
}

/** wb_bitmap_to_grey: Returns: (transfer full): the same dots, a byte each. */
WbGrey *
wb_bitmap_to_grey (const WbBitmap *self)
{
  WbGrey *grey = wb_grey_new (self->width, self->height);

  for (guint y = 0; y < self->height; y++)
    {
      const guint8 *from = self->bits + (gsize) y * self->stride;
      guint8       *to = grey->dots + (gsize) y * self->width;

      for (guint x = 0; x < self->width; x++)
        if (from[x / 8] >> (7 - x % 8) & 1)
          to[x] = 0;
    }
  return grey;
}

static gboolean
get (const WbBitmap *self, guint x, guint y)
{
  return self->bits[(gsize) y * self->stride + x / 8] >> (7 - x % 8) & 1;
}

static void
set (WbBitmap *self, guint x, guint y)
{
  self->bits[(gsize) y * self->stride + x / 8] |= (guint8) (1 << (7 - x % 8));
}

/** wb_bitmap_turn: @degrees: clockwise: 0, 90, 180 or 270. Returns: (transfer full): the same dots,
 * turned. */
WbBitmap *
wb_bitmap_turn (const WbBitmap *self, guint degrees)
{
  gboolean  across = degrees % 180 != 0;
  WbBitmap *turned =
      wb_bitmap_new (across ? self->height : self->width, across ? self->width : self->height);

  if (degrees == 0)
    {
      memcpy (turned->bits, self->bits, (gsize) self->stride * self->height);
      return turned;
    }
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      if (!get (self, x, y))
        continue;
      else if (degrees == 90)
        set (turned, self->height - 1 - y, x);
      else if (degrees == 180)
        set (turned, self->width - 1 - x, self->height - 1 - y);
      else
        set (turned, y, self->width - 1 - x);
  return turned;
}

/** wb_bitmap_window: Returns: (transfer full): @width × @height dots from @x, @y on; what lies
 * beyond the edges is white. */
WbBitmap *
wb_bitmap_window (const WbBitmap *self, int x, int y, guint width, guint height)
{
  WbBitmap *window = wb_bitmap_new (width, height);
  gint64    left = MAX (0, -(gint64) x), right = MIN ((gint64) width, (gint64) self->width - x);

  for (gint64 row = MAX (0, -(gint64) y); row < MIN ((gint64) height, (gint64) self->height - y);
       row++)
    if (x == 0 && width == self->width)
      memcpy (window->bits + row * window->stride, self->bits + (row + y) * self->stride,
              self->stride);
    else
      for (gint64 column = left; column < right; column++)
        if (get (self, (guint) (column + x), (guint) (row + y)))
          set (window, (guint) column, (guint) row);
  return window;
}

/* How much of each of the old dots lies in a new one, in 1/256: from the first on. */
typedef struct
{
  guint  first, n;
  guint *weights;
} Share;

static Share *
share_out (guint from, guint to)
{
  Share *shares = g_new0 (Share, to);

  for (guint i = 0; i < to; i++)
    {
      double start = (double) i * from / to, end = (double) (i + 1) * from / to;
      guint  last = MIN ((guint) end, from - 1);

      shares[i].first = MIN ((guint) start, from - 1);
      shares[i].n = last - shares[i].first + 1;
      shares[i].weights = g_new (guint, shares[i].n);
      for (guint k = 0; k < shares[i].n; k++)
        {
          double low = MAX (start, shares[i].first + k), high = MIN (end, shares[i].first + k + 1);

          shares[i].weights[k] = (guint) (MAX (high - low, 0) * 256 + 0.5);
        }
    }
  return shares;
}

static void
free_shares (Share *shares, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (shares[i].weights);
  g_free (shares);
}

static guint8
mix (const WbGrey *self, const Share *across, const Share *down)
{
  guint64 sum = 0, whole = 0;

  for (guint j = 0; j < down->n; j++)
    for (guint i = 0; i < across->n; i++)
      {
        guint64 weight = (guint64) down->weights[j] * across->weights[i];

        sum += weight * self->dots[(gsize) (down->first + j) * self->width + across->first + i];
        whole += weight;
      }
  return whole == 0 ? 0xff : (guint8) (sum / whole);
}

/** wb_grey_resample: Returns: (transfer full): the same picture on another grid of dots, each the
 * mean of what it covers. */
WbGrey *
wb_grey_resample (const WbGrey *self, guint width, guint height)
{
  WbGrey *resampled = wb_grey_new (width, height);
  Share  *across = share_out (self->width, width), *down = share_out (self->height, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      resampled->dots[(gsize) y * width + x] = mix (self, &across[x], &down[y]);
  free_shares (across, width);
  free_shares (down, height);
  return resampled;
}

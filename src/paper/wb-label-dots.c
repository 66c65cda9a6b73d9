/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many dots an inch a carrier's picture of a label has: what it says itself, else what a label
 * of a known size with exactly that many dots has. Nothing is guessed. */
#include "wb-label-dots.h"

#include <math.h>

#define MM_PER_INCH 25.4
#define LIKELY_DPI  140  /* what a picture says below is a screen's resolution, not its own */
#define SAME        0.02 /* resolutions that near are the same dots: “200” is 203 */
#define ROUNDED     1.0  /* dots by which makers of labels round a side otherwise */

/* Dots an inch for which carriers draw. */
static const guint usual_dpi[] = { 203, 300, 200, 600, 150 };

/* Sizes in which carriers give labels, millimetres. The first is the one that every carrier is
 * asked for here; where a number of dots could be two sizes, the earlier one is meant. */
static const struct
{
  double width, height;
} sizes[] = {
  { 101.6, 152.4 },                    /* 4 × 6 inch */
  { 101.6, 177.8 },                    /* 4 × 7 inch */
  { 101.6, 203.2 },                    /* 4 × 8 inch */
  { 101.6, 171.45 },                   /* 4 × 6¾ inch */
  { 105, 148 },                        /* A6 */
  { 100, 150 },      { 58.42, 190.5 }, /* 2.3 × 7.5 inch */
  { 148, 210 },      { 210, 297 },     /* A5, A4 */
  { 215.9, 279.4 },                    /* Letter */
};

static gboolean
has_dots (const WbPng *png, double width, double height, guint dpi)
{
  return fabs (png->width - width / MM_PER_INCH * dpi) <= ROUNDED &&
         fabs (png->height - height / MM_PER_INCH * dpi) <= ROUNDED;
}

/* The resolution at which it has exactly the dots of a known size, upright or across; 0: none. */
static guint
known_dpi (const WbPng *png)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (usual_dpi); k++)
      if (has_dots (png, sizes[i].width, sizes[i].height, usual_dpi[k]) ||
          has_dots (png, sizes[i].height, sizes[i].width, usual_dpi[k]))
        return usual_dpi[k];
  return 0;
}

/**
 * wb_label_picture_dpi:
 * Returns: dots an inch of the picture; 0 when it does not say and has not the dots of any label
 * that is known, so that nobody but a person can say how large it is.
 */
double
wb_label_picture_dpi (const WbPng *png)
{
  gboolean told = png->dpi_x >= LIKELY_DPI && fabs (png->dpi_x - png->dpi_y) < 1;
  guint    known = known_dpi (png);

  if (told && (known == 0 || fabs (png->dpi_x / known - 1) > SAME))
    return png->dpi_x;
  return known;
}

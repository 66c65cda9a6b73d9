/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a carrier's ZPL is for this printer. ZPL counts in dots: at another resolution it comes
 * out in another size, and nothing can be done about that here. */
#include "wb-zpl-fit.h"

#include "wb-bitmap.h"

#include <math.h>

#define NARROWER 0.93 /* of the roll: what a carrier calls 4 inches may be 800, 812 or 832 dots */
#define WIDER    1.04

static const guint usual_dpi[] = { 203, 300, 600 };

/** wb_zpl_check_whole: whether there is a label and each is whole; %WB_ERROR_INVALID. */
gboolean
wb_zpl_check_whole (const WbZpl *zpl, GError **error)
{
  if (zpl->labels > 0 && zpl->whole)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               zpl->whole ? "The label's ZPL prints nothing"
                          : "The label's ZPL is cut off: a label in it does not end");
  return FALSE;
}

static gboolean
is_like (guint dots, guint other)
{
  return dots >= other * NARROWER && dots <= other * WIDER;
}

static gboolean
refuse_resolution (const WbLabelTarget *target, guint dpi, GError **error)
{
  g_set_error (
      error, WB_ERROR, WB_ERROR_REFUSED,
      "The label is ZPL for a printer of %u dots an inch and this one has %u: it would come "
      "out %.0f %% of its size, and ZPL cannot be scaled. Set the printer's resolution at the "
      "carrier to %u and buy it again, or ask for PDF or PNG",
      dpi, target->dpi, 100.0 * dpi / target->dpi, target->dpi);
  return FALSE;
}

/* The usual resolution at which these dots are the roll's; 0: none. @told 0 fits any. */
static guint
resolution_of (guint width, guint length, const WbLabelTarget *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_dpi); i++)
    if ((width == 0 || is_like (width, target->width * usual_dpi[i] / target->dpi)) &&
        (length == 0 || is_like (length, target->height * usual_dpi[i] / target->dpi)))
      return usual_dpi[i];
  return 0;
}

static gboolean
refuse_size (guint width, guint length, const WbLabelTarget *target, GError **error)
{
  g_set_error (
      error, WB_ERROR, WB_ERROR_REFUSED,
      "The label is ZPL of %u × %u dots and the roll in the printer has %u × %u. ZPL cannot "
      "be scaled: put in the label's roll, or ask the carrier for the roll's size",
      width, length, target->width, target->height);
  return FALSE;
}

/* Whether all of it lies on the roll of a printer of @dpi, a line's width aside. */
static gboolean
lies_within (const WbZpl *zpl, const WbLabelTarget *target, guint dpi, double slack)
{
  double scale = slack * dpi / target->dpi;

  return zpl->max_x <= target->width * scale && zpl->max_y <= target->height * scale;
}

/* Without ^PW: nothing may lie beyond the roll, and on a fine printer it must reach further than
 * the dots of a coarser one. */
static gboolean
check_reach (const WbZpl *zpl, const WbLabelTarget *target, GError **error)
{
  if (!lies_within (zpl, target, target->dpi, WIDER))
    {
      for (guint i = 0; i < G_N_ELEMENTS (usual_dpi); i++)
        if (usual_dpi[i] > target->dpi && lies_within (zpl, target, usual_dpi[i], WIDER))
          return refuse_resolution (target, usual_dpi[i], error);
      return refuse_size (zpl->max_x, zpl->max_y, target, error);
    }
  if (target->dpi > usual_dpi[0] && lies_within (zpl, target, usual_dpi[0], WIDER))
    return refuse_resolution (target, usual_dpi[0], error);
  return TRUE;
}

/**
 * wb_zpl_check_fit:
 *
 * By what the label says of its width and length, else by how far it reaches. Fails with
 * %WB_ERROR_REFUSED, saying what to do.
 */
gboolean
wb_zpl_check_fit (const WbZpl *zpl, const WbLabelTarget *target, GError **error)
{
  guint dpi;

  if (zpl->width == 0)
    return check_reach (zpl, target, error);
  if (is_like (zpl->width, target->width) &&
      (zpl->length == 0 || is_like (zpl->length, target->height)))
    return TRUE;
  dpi = resolution_of (zpl->width, zpl->length, target);
  if (dpi != 0 && dpi != target->dpi)
    return refuse_resolution (target, dpi, error);
  return refuse_size (zpl->width, zpl->length, target, error);
}

/** wb_zpl_draw: Returns: (transfer full): a label that is one graphic and nothing else, on the
 * target's dots, or %WB_ERROR_REFUSED: all else only the printer can draw. */
WbBitmap *
wb_zpl_draw (const WbZpl *zpl, const WbLabelTarget *target, GError **error)
{
  const WbZplGraphic  *graphic = zpl->graphics->len == 1 ? zpl->graphics->pdata[0] : NULL;
  g_autoptr (WbBitmap) label = NULL;

  if (zpl->labels != 1 || graphic == NULL || zpl->fields->len > 0)
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_REFUSED,
          "The label is ZPL, which only a ZPL printer can draw: print it there, or ask the "
          "carrier for PDF or PNG");
      return NULL;
    }
  if (!wb_zpl_check_fit (zpl, target, error))
    return NULL;
  label = wb_bitmap_window (graphic->bitmap, -(int) graphic->x, -(int) graphic->y,
                            target->rotation % 180 != 0 ? target->height : target->width,
                            target->rotation % 180 != 0 ? target->width : target->height);
  return wb_bitmap_turn (label, target->rotation);
}

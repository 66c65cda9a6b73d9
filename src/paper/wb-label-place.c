/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a label's page stands on the label that comes out: in the middle when it is of that size,
 * else as somebody accepted, else nowhere. */
#include "wb-label-place.h"

#include "wb-label-scan.h"

#include <math.h>
#include <stdlib.h>

#define MICROMETRES 25400.0 /* an inch */
#define LOOK_DPI    100     /* at which a page is searched for the label on it */
#define SCAN_DPI    300     /* at which its barcodes are looked for */
#define GUTTER_DOTS 8       /* of white, at LOOK_DPI, that part a label from what is beside it */
#define MIN_PART    0.25    /* of the label's sides, below which a part is no label */

/** wb_label_area: the label's dots as it is read, before the printer's own rotation. */
void
wb_label_area (const WbLabelTarget *target, guint *width, guint *height)
{
  gboolean across = target->rotation % 180 != 0;

  *width = across ? target->height : target->width;
  *height = across ? target->width : target->height;
}

static void
page_dots (const WbLabelDocument *document, guint page, guint dpi, guint *width, guint *height)
{
  double w, h;

  wb_label_document_size (document, page, &w, &h);
  *width = (guint) lround (w * dpi);
  *height = (guint) lround (h * dpi);
}

static gboolean
near (guint a, guint b)
{
  return MAX (a, b) - MIN (a, b) <= WB_LABEL_TOLERANCE;
}

/** wb_label_fits: whether page @page (from 0) is of the roll's size, the same way up. */
gboolean
wb_label_fits (const WbLabelDocument *document, guint page, const WbLabelTarget *target)
{
  guint width, height, area_width, area_height;

  if (!wb_label_document_is_measured (document))
    return FALSE; /* nobody knows how large it is */
  page_dots (document, page, target->dpi, &width, &height);
  wb_label_area (target, &area_width, &area_height);
  return near (width, area_width) && near (height, area_height);
}

/** wb_label_size_trouble: Returns: (transfer full) (nullable): why page @page cannot be printed as
 * it is, in millimetres; %NULL when it fits. */
char *
wb_label_size_trouble (const WbLabelDocument *document, guint page, const WbLabelTarget *target)
{
  double width, height;
  guint  area_width, area_height, dots_x, dots_y;

  if (wb_label_fits (document, page, target))
    return NULL;
  wb_label_document_dots (document, &dots_x, &dots_y);
  if (!wb_label_document_is_measured (document))
    return g_strdup_printf (
        "The label's picture of %u × %u dots does not say how large it is, and no label that is "
        "known has so many: look at it and accept its size, or void it and buy another",
        dots_x, dots_y);
  wb_label_document_size (document, page, &width, &height);
  wb_label_area (target, &area_width, &area_height);
  return g_strdup_printf (
      "The label is %.0f × %.0f mm and the roll in the printer %.0f × %.0f mm. It is never scaled, "
      "nor cut or turned before somebody has looked at it: accept the proposed change, put in the "
      "other roll, or ask the carrier for the roll's size",
      width * 25.4, height * 25.4, area_width * 25.4 / target->dpi,
      area_height * 25.4 / target->dpi);
}

/* A window of the page after it was turned: from where on the page as it is it comes. */
static void
window_before_turning (
    guint turn, guint page_width, guint page_height, int *x, int *y, guint *width, guint *height)
{
  int   left = *x, top = *y;
  guint w = *width, h = *height;

  if (turn % 180 != 0)
    {
      *width = h;
      *height = w;
    }
  if (turn == 90)
    {
      *x = top;
      *y = (int) page_height - left - (int) w;
    }
  else if (turn == 180)
    {
      *x = (int) page_width - left - (int) w;
      *y = (int) page_height - top - (int) h;
    }
  else if (turn == 270)
    {
      *x = (int) page_width - top - (int) h;
      *y = left;
    }
}

static WbBitmap *
finish (WbBitmap *upright, const WbLabelTarget *target)
{
  g_autoptr (WbBitmap) label = upright;

  if (target->rotation != 0)
    {
      WbBitmap *turned = wb_bitmap_turn (label, target->rotation);

      wb_bitmap_free (label);
      label = turned;
    }
  if (target->nudge_x == 0 && target->nudge_y == 0)
    return g_steal_pointer (&label);
  return wb_bitmap_window (label, -target->nudge_x, -target->nudge_y, label->width, label->height);
}

/**
 * wb_label_draw:
 * @page: from 0
 * @change: (nullable): as accepted
 *
 * Returns: (transfer full): the label as the printer gets it, of the target's dots.
 * %WB_ERROR_REFUSED when the page is of another size and no change was accepted.
 */
WbBitmap *
wb_label_draw (WbLabelDocument     *document,
               guint                page,
               const WbLabelTarget *target,
               const WbLabelChange *change,
               GError             **error)
{
  guint     width, height, page_width, page_height, turn = change != NULL ? change->turn : 0;
  int       x, y;
  WbBitmap *label, *turned;

  wb_label_area (target, &width, &height);
  page_dots (document, page, target->dpi, &page_width, &page_height);
  if (change == NULL)
    {
      g_autofree char *trouble = wb_label_size_trouble (document, page, target);

      if (trouble != NULL)
        {
          g_set_error_literal (error, WB_ERROR, WB_ERROR_REFUSED, trouble);
          return NULL;
        }
    }
  x = change != NULL ? (int) lround (change->x / MICROMETRES * target->dpi)
                     : ((int) page_width - (int) width) / 2;
  y = change != NULL ? (int) lround (change->y / MICROMETRES * target->dpi)
                     : ((int) page_height - (int) height) / 2;
  window_before_turning (turn, page_width, page_height, &x, &y, &width, &height);
  label = wb_label_document_draw (document, page, target->dpi, x, y, width, height, error);
  if (label == NULL || turn == 0)
    return label != NULL ? finish (label, target) : NULL;
  turned = wb_bitmap_turn (label, turn);
  wb_bitmap_free (label);
  return finish (turned, target);
}

/* A rectangle of a page, in dots at LOOK_DPI. */
typedef struct
{
  guint x, y, width, height;
} Part;

static gboolean
has_ink (const WbBitmap *page, const Part *part, gboolean row, guint at)
{
  guint n = row ? part->width : part->height;

  for (guint i = 0; i < n; i++)
    {
      guint x = part->x + (row ? i : at), y = part->y + (row ? at : i);

      if (page->bits[(gsize) y * page->stride + x / 8] >> (7 - x % 8) & 1)
        return TRUE;
    }
  return FALSE;
}

/* The part without its white margins; FALSE when it is all white. */
static gboolean
trim (const WbBitmap *page, Part *part)
{
  while (part->height > 0 && !has_ink (page, part, TRUE, 0))
    {
      part->y++;
      part->height--;
    }
  while (part->height > 0 && !has_ink (page, part, TRUE, part->height - 1))
    part->height--;
  while (part->height > 0 && part->width > 0 && !has_ink (page, part, FALSE, 0))
    {
      part->x++;
      part->width--;
    }
  while (part->height > 0 && part->width > 0 && !has_ink (page, part, FALSE, part->width - 1))
    part->width--;
  return part->width > 0 && part->height > 0;
}

/* The widest white stripe across @part: @row: of rows. Returns: its width; @at: where it begins. */
static guint
widest_gutter (const WbBitmap *page, const Part *part, gboolean row, guint *at)
{
  guint n = row ? part->height : part->width, run = 0, best = 0;

  for (guint i = 0; i < n; i++)
    {
      run = has_ink (page, part, row, i) ? 0 : run + 1;
      if (run > best)
        {
          best = run;
          *at = i + 1 - run;
        }
    }
  return best;
}

typedef struct
{
  const WbBitmap *page;
  GPtrArray      *codes;         /* element-type WbScanned, at SCAN_DPI */
  guint           width, height; /* of the label, at LOOK_DPI */
  guint64         best_size;
  Part            best;
  gboolean        best_turned;
} Search;

/* A label has a barcode: where the page has any, a part without one is instructions or a receipt.
 */
static gboolean
has_code (const Search *search, const Part *part)
{
  for (guint i = 0; i < search->codes->len; i++)
    {
      const WbScanned *code = search->codes->pdata[i];
      guint            x = code->x * LOOK_DPI / SCAN_DPI, y = code->y * LOOK_DPI / SCAN_DPI;

      if (x >= part->x && x <= part->x + part->width && y >= part->y && y <= part->y + part->height)
        return TRUE;
    }
  return search->codes->len == 0;
}

static gboolean
take_part (Search *search, const Part *part)
{
  gboolean upright = part->width <= search->width && part->height <= search->height;
  gboolean across = part->width <= search->height && part->height <= search->width;
  guint64  size = (guint64) part->width * part->height;
  guint    shorter = MIN (part->width, part->height);

  if (!upright && !across)
    return FALSE;
  if (shorter >= MIN_PART * MIN (search->width, search->height) && size > search->best_size &&
      has_code (search, part))
    {
      search->best_size = size;
      search->best = *part;
      search->best_turned = !upright;
    }
  return TRUE;
}

/* Parts a page along its widest white stripe until the parts are no larger than the label. */
static void
look (Search *search, Part part, guint depth)
{
  guint row_at = 0, column_at = 0, rows, columns;
  Part  rest;

  if (!trim (search->page, &part) || take_part (search, &part) || depth == 0)
    return;
  rows = widest_gutter (search->page, &part, TRUE, &row_at);
  columns = widest_gutter (search->page, &part, FALSE, &column_at);
  rest = part;
  if (MAX (rows, columns) < GUTTER_DOTS)
    return;
  if (rows >= columns)
    {
      part.height = row_at;
      rest.y += row_at + rows;
      rest.height -= row_at + rows;
    }
  else
    {
      part.width = column_at;
      rest.x += column_at + columns;
      rest.width -= column_at + columns;
    }
  look (search, part, depth - 1);
  look (search, rest, depth - 1);
}

/* The change that shows @search's best part in the middle of the label. */
static void
show_part (const Search *search, WbLabelChange *change)
{
  Part   part = search->best;
  double unit = MICROMETRES / LOOK_DPI;

  if (search->best_turned)
    part = (Part){ search->page->height - search->best.y - search->best.height, search->best.x,
                   search->best.height, search->best.width };
  change->turn = search->best_turned ? 90 : 0;
  change->x = (int) lround (((double) part.x - ((double) search->width - part.width) / 2) * unit);
  change->y = (int) lround (((double) part.y - ((double) search->height - part.height) / 2) * unit);
}

static gboolean
turned_fits (const WbLabelDocument *document, guint page, const WbLabelTarget *target)
{
  WbLabelTarget turned = *target;

  turned.rotation = (target->rotation + 90) % 360;
  return wb_label_fits (document, page, &turned);
}

/* Turned in the middle of the label. */
static void
turn_whole (const WbLabelDocument *document,
            guint                  page,
            const WbLabelTarget   *target,
            WbLabelChange         *change)
{
  double width, height;
  guint  area_width, area_height;

  wb_label_document_size (document, page, &width, &height);
  wb_label_area (target, &area_width, &area_height);
  change->turn = 90;
  change->x = (int) lround ((height - (double) area_width / target->dpi) / 2 * MICROMETRES);
  change->y = (int) lround ((width - (double) area_height / target->dpi) / 2 * MICROMETRES);
}

/* As large as it can be on the roll, in its middle: what a person may say of a picture whose size
 * nobody knows. */
static void
take_for_roll (WbLabelDocument *document, const WbLabelTarget *target, WbLabelChange *change)
{
  guint  width, height, area_width, area_height, turn;
  double upright, across, w, h;

  wb_label_area (target, &area_width, &area_height);
  wb_label_document_dots (document, &width, &height);
  upright = MAX ((double) width / area_width, (double) height / area_height) * target->dpi;
  across = MAX ((double) height / area_width, (double) width / area_height) * target->dpi;
  turn = across < upright ? 90 : 0;
  change->turn = turn;
  change->dpi = (guint) ceil (MIN (across, upright));
  w = (double) (turn != 0 ? height : width) / change->dpi;
  h = (double) (turn != 0 ? width : height) / change->dpi;
  change->x = (int) lround ((w - (double) area_width / target->dpi) / 2 * MICROMETRES);
  change->y = (int) lround ((h - (double) area_height / target->dpi) / 2 * MICROMETRES);
}

/**
 * wb_label_find_place:
 * @change: (out): what would make the label come out whole at its own size; untouched on failure
 *
 * Looks at the first page that could be a label: as large across, or the largest part of it, set
 * off by white, that is no larger than the roll. Returns: whether there is one.
 */
gboolean
wb_label_find_place (WbLabelDocument *document, const WbLabelTarget *target, WbLabelChange *change)
{
  guint pages = wb_label_document_pages (document), width, height;

  if (!wb_label_document_is_measured (document))
    {
      *change = (WbLabelChange){ 0 };
      take_for_roll (document, target, change);
      return TRUE;
    }
  wb_label_area (target, &width, &height);
  for (guint i = 0; i < pages; i++)
    {
      g_autoptr (WbGrey)    grey = NULL, fine = NULL;
      g_autoptr (WbBitmap)  page = NULL;
      g_autoptr (GPtrArray) codes = NULL;
      WbLabelChange         found = { .page = pages > 1 ? i + 1 : 0 };
      Search                search = { .width = width * LOOK_DPI / target->dpi,
                                       .height = height * LOOK_DPI / target->dpi };

      if (wb_label_fits (document, i, target) && pages > 1)
        {
          *change = found;
          return TRUE;
        }
      if (turned_fits (document, i, target))
        {
          turn_whole (document, i, target, &found);
          *change = found;
          return TRUE;
        }
      if ((grey = wb_label_document_grey (document, i, LOOK_DPI, NULL)) == NULL ||
          (fine = wb_label_document_grey (document, i, SCAN_DPI, NULL)) == NULL)
        continue;
      search.codes = codes = wb_label_scan (fine);
      search.page = page = wb_bitmap_from_grey (grey);
      look (&search, (Part){ 0, 0, page->width, page->height }, 12);
      if (search.best_size > 0)
        {
          show_part (&search, &found);
          *change = found;
          return TRUE;
        }
    }
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plain table over any number of pages: a statement to file away. */
#include "wb-table-paper.h"

#include "wb-time.h"
#include "wb-typeset.h"

#include <cairo-pdf.h>
#include <string.h>

#define MARGIN 36.0
#define GAP    6.0
#define FOOT   20.0

typedef struct
{
  const WbTablePaper *paper;
  cairo_surface_t    *surface;
  cairo_t            *cr;
  WbTypeset          *type;
  double              width, height, y;
  guint               page, pages; /* pages 0: they are being counted */
} Sheet;

static cairo_status_t
collect (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

static double
put (Sheet *sheet, WbTypeStyle style, const char *text, double x, double width, WbSide side)
{
  PangoLayout *layout = wb_typeset_set (sheet->type, style, width, 1, text);

  if (sheet->pages > 0)
    wb_typeset_draw (sheet->type, sheet->cr, style, layout, x, sheet->y, width, side);
  return wb_layout_height (layout);
}

static void
rule (Sheet *sheet, double grey)
{
  if (sheet->pages == 0)
    return;
  cairo_set_source_rgb (sheet->cr, grey, grey, grey);
  cairo_rectangle (sheet->cr, MARGIN, sheet->y, sheet->width - 2 * MARGIN, 0.5);
  cairo_fill (sheet->cr);
}

static void
set_foot (Sheet *sheet)
{
  g_autofree char *text = g_strdup_printf (sheet->paper->foot, sheet->page, sheet->pages);
  double           inner = sheet->width - 2 * MARGIN;

  sheet->y = sheet->height - MARGIN;
  put (sheet, WB_STYLE_FINE, text, MARGIN, inner, WB_SIDE_END);
  if (sheet->paper->mark != NULL)
    put (sheet, WB_STYLE_FINE, sheet->paper->mark, MARGIN, inner / 2, WB_SIDE_START);
}

static void
next_page (Sheet *sheet)
{
  if (sheet->page > 0 && sheet->pages > 0)
    {
      set_foot (sheet);
      cairo_show_page (sheet->cr);
    }
  sheet->page++;
  sheet->y = MARGIN;
}

static double
set_row (Sheet               *sheet,
         WbTypeStyle          style,
         const WbTableColumn *columns,
         guint                n,
         const char *const   *cells)
{
  double x = MARGIN, most = 0, inner = sheet->width - 2 * MARGIN - GAP * (n - 1);
  guint  whole = 0;

  for (guint i = 0; i < n; i++)
    whole += columns[i].width;
  for (guint i = 0; i < n; i++)
    {
      double      width = inner * columns[i].width / whole;
      const char *text = cells != NULL ? cells[i] : columns[i].title;

      most = MAX (most,
                  put (sheet, style, text, x, width, columns[i].end ? WB_SIDE_END : WB_SIDE_START));
      x += width + GAP;
    }
  return most;
}

static void
set_head (Sheet *sheet, const WbTableColumn *columns, guint n)
{
  sheet->y += set_row (sheet, WB_STYLE_SMALL, columns, n, NULL) + 3;
  rule (sheet, 0.3);
  sheet->y += 4;
}

static void
set_table (Sheet *sheet, const WbTableColumn *columns, guint n, GPtrArray *rows)
{
  set_head (sheet, columns, n);
  for (guint i = 0; i < rows->len; i++)
    {
      if (sheet->y > sheet->height - MARGIN - FOOT - 14)
        {
          next_page (sheet);
          set_head (sheet, columns, n);
        }
      sheet->y += set_row (sheet, WB_STYLE_SMALL, columns, n, rows->pdata[i]) + 2;
      rule (sheet, 0.88);
      sheet->y += 2.5;
    }
}

static void
set_all (Sheet *sheet)
{
  const WbTablePaper *paper = sheet->paper;
  double              inner = sheet->width - 2 * MARGIN;

  sheet->page = 0;
  next_page (sheet);
  sheet->y += put (sheet, WB_STYLE_TITLE, paper->title, MARGIN, inner, WB_SIDE_START) + 4;
  sheet->y += put (sheet, WB_STYLE_BODY, paper->subtitle, MARGIN, inner, WB_SIDE_START) + 16;
  if (paper->sums->len > 0)
    {
      set_table (sheet, paper->sum_columns, paper->n_sum_columns, paper->sums);
      sheet->y += 18;
    }
  set_table (sheet, paper->columns, paper->n_columns, paper->rows);
  if (sheet->pages > 0)
    set_foot (sheet);
}

/**
 * wb_table_paper_render:
 * @pages: (out) (optional): how many there are
 *
 * Returns: (transfer full): PDF bytes.
 */
GBytes *
wb_table_paper_render (const WbTablePaper *paper, guint *pages, GError **error)
{
  gboolean letter = paper->paper != NULL && g_ascii_strcasecmp (paper->paper, "letter") == 0;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (WbTypeset)  type = wb_typeset_new ();
  g_autofree char       *created = wb_instant_to_iso (paper->created_at);
  Sheet                  sheet = { .paper = paper,
                                   .type = type,
                                   .width = letter ? 792 : 297 / 25.4 * 72,
                                   .height = letter ? 612 : 210 / 25.4 * 72 };
  cairo_status_t         status;

  wb_typeset_begin (type, paper->language != NULL ? paper->language : "en", FALSE);
  sheet.surface = cairo_pdf_surface_create_for_stream (collect, bytes, sheet.width, sheet.height);
  cairo_pdf_surface_set_metadata (sheet.surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (sheet.surface, CAIRO_PDF_METADATA_TITLE, paper->title);
  cairo_pdf_surface_set_metadata (sheet.surface, CAIRO_PDF_METADATA_CREATOR, "Waybill");
  sheet.cr = cairo_create (sheet.surface);
  set_all (&sheet);
  sheet.pages = sheet.page;
  set_all (&sheet);
  cairo_show_page (sheet.cr);
  cairo_destroy (sheet.cr);
  cairo_surface_finish (sheet.surface);
  status = cairo_surface_status (sheet.surface);
  cairo_surface_destroy (sheet.surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The paper could not be drawn: %s",
                   cairo_status_to_string (status));
      return NULL;
    }
  if (pages != NULL)
    *pages = sheet.pages;
  return g_bytes_new (bytes->data, bytes->len);
}

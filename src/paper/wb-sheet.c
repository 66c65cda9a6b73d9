/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sheets of labels. A label keeps its own size: it may be turned by a quarter, never scaled, and
 * what does not fit its place is refused. */
#include "wb-sheet.h"

#include "wb-paper-resource.h"
#include "wb-spec.h"
#include "wb-time.h"

#include <cairo-pdf.h>
#include <poppler.h>
#include <stdio.h>
#include <string.h>

#define RESOURCE "/org/waybill/paper/sheets.spec"
#define MM       (72 / 25.4)
/* A label may stand over its place by as much as a printer cannot place it exactly. */
#define SLACK 1.0
#define MARK  9.0
#define TOP   10.0 /* millimetres above a form that is alone on its sheet */

static gboolean
read_pair (const WbSpec *spec, const char *section, const char *key, double *a, double *b)
{
  const WbSpecEntry *entry = wb_spec_find (spec, section, key);
  g_auto (GStrv)     parts = entry != NULL ? g_strsplit (entry->value, "x", 2) : NULL;

  if (parts == NULL || parts[0] == NULL || parts[1] == NULL)
    return FALSE;
  *a = g_ascii_strtod (parts[0], NULL) * MM;
  *b = g_ascii_strtod (parts[1], NULL) * MM;
  return TRUE;
}

static WbSheetLayout
read_layout (const WbSpec *spec, const char *section)
{
  WbSheetLayout layout = { .id = section };
  double        columns = 0, rows = 0;

  if (!read_pair (spec, section, "sheet", &layout.width, &layout.height) ||
      !read_pair (spec, section, "label", &layout.label_width, &layout.label_height) ||
      !read_pair (spec, section, "first", &layout.left, &layout.top) ||
      !read_pair (spec, section, "pitch", &layout.pitch_x, &layout.pitch_y) ||
      !read_pair (spec, section, "grid", &columns, &rows) ||
      wb_spec_find (spec, section, "title") == NULL)
    g_error ("sheets.spec: [%s] is not whole", section); /* the program's own data */
  layout.title = wb_spec_find (spec, section, "title")->value;
  layout.columns = (guint) (columns / MM + 0.5);
  layout.rows = (guint) (rows / MM + 0.5);
  return layout;
}

/* All layouts, read once. */
static GArray *
layouts (void)
{
  static gsize   once = 0;
  static GArray *all;
  static WbSpec *spec; /* the layouts point into it */

  if (g_once_init_enter (&once))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (wb_paper_get_resource (), RESOURCE,
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (GError) error = NULL;
      const char        *section = "";

      if ((spec = wb_spec_parse (bytes, "sheets.spec", &error)) == NULL)
        g_error ("%s", error->message);
      all = g_array_new (FALSE, FALSE, sizeof (WbSheetLayout));
      for (guint i = 0; i < wb_spec_count (spec); i++)
        if (strcmp (wb_spec_entry (spec, i)->section, section) != 0)
          {
            WbSheetLayout layout = read_layout (spec, wb_spec_entry (spec, i)->section);

            section = layout.id;
            g_array_append_val (all, layout);
          }
      g_once_init_leave (&once, 1);
    }
  return all;
}

/** wb_sheet_get: Returns: (transfer none) (nullable): the layout number @index, %NULL past the
 * last.
 */
const WbSheetLayout *
wb_sheet_get (guint index)
{
  return index < layouts ()->len ? &g_array_index (layouts (), WbSheetLayout, index) : NULL;
}

/** wb_sheet_find: Returns: (transfer none) (nullable): the layout called @id. */
const WbSheetLayout *
wb_sheet_find (const char *id)
{
  for (guint i = 0; i < layouts ()->len; i++)
    if (g_strcmp0 (wb_sheet_get (i)->id, id) == 0)
      return wb_sheet_get (i);
  return NULL;
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The place number @place, from 0, on its sheet. */
static void
place_of (const WbSheetLayout *layout, guint place, double *x, double *y)
{
  *x = layout->left + layout->pitch_x * (place % layout->columns);
  *y = layout->top + layout->pitch_y * (place / layout->columns);
}

/* Two short lines at each corner, outside the label where there is room. */
static void
draw_marks (cairo_t *cr, const WbSheetLayout *layout, double x, double y)
{
  double right = x + layout->label_width, below = y + layout->label_height;

  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_set_line_width (cr, 0.4);
  for (guint i = 0; i < 4; i++)
    {
      double corner_x = i % 2 == 0 ? x : right, corner_y = i < 2 ? y : below;

      cairo_move_to (cr, corner_x - MARK / 2, corner_y);
      cairo_line_to (cr, corner_x + MARK / 2, corner_y);
      cairo_move_to (cr, corner_x, corner_y - MARK / 2);
      cairo_line_to (cr, corner_x, corner_y + MARK / 2);
    }
  cairo_stroke (cr);
}

static gboolean
fits (const WbSheetLayout *layout, double width, double height)
{
  return width <= layout->label_width + SLACK && height <= layout->label_height + SLACK;
}

/* One page of a label into its place, in the middle of it. */
static gboolean
draw_label (
    cairo_t *cr, const WbSheetLayout *layout, PopplerPage *page, double x, double y, GError **error)
{
  double   width, height;
  gboolean turned;

  poppler_page_get_size (page, &width, &height);
  turned = !fits (layout, width, height) && fits (layout, height, width);
  if (!turned && !fits (layout, width, height))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A label of %.0f × %.0f mm does not fit a place of %.0f × %.0f mm (%s), and "
                   "labels are never scaled. Take a sheet with larger places",
                   width / MM, height / MM, layout->label_width / MM, layout->label_height / MM,
                   layout->id);
      return FALSE;
    }
  cairo_save (cr);
  cairo_translate (cr, x + layout->label_width / 2, y + layout->label_height / 2);
  if (turned)
    cairo_rotate (cr, G_PI / 2);
  cairo_translate (cr, -width / 2, -height / 2);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  poppler_page_render_for_printing (page, cr);
  cairo_restore (cr);
  return TRUE;
}

typedef struct
{
  const WbSheetLayout *layout;
  const WbSheetAsk    *ask;
  cairo_t             *cr;
  guint                place; /* from 0, on this sheet */
  guint                sheets;
} Sheet;

static gboolean
add_page (Sheet *sheet, PopplerPage *page, GError **error)
{
  double x, y;

  if (sheet->place == sheet->layout->columns * sheet->layout->rows)
    {
      cairo_show_page (sheet->cr);
      sheet->place = 0;
    }
  if (sheet->place == 0 || sheet->sheets == 0)
    sheet->sheets++;
  place_of (sheet->layout, sheet->place++, &x, &y);
  if (!draw_label (sheet->cr, sheet->layout, page, x, y, error))
    return FALSE;
  if (sheet->ask->marks)
    draw_marks (sheet->cr, sheet->layout, x, y);
  return TRUE;
}

static gboolean
add_label (Sheet *sheet, GBytes *label, GError **error)
{
  PopplerDocument *document = poppler_document_new_from_bytes (label, NULL, error);
  gboolean         ok = document != NULL;

  for (int i = 0; ok && i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);

      ok = add_page (sheet, page, error);
      g_object_unref (page);
    }
  g_clear_object (&document);
  if (!ok)
    wb_error_convert (error);
  return ok;
}

static gboolean
check_ask (const WbSheetAsk *ask, const WbSheetLayout *layout, GError **error)
{
  if (layout == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no sheet of labels “%s”",
                 ask->layout);
  else if (ask->start < 1 || ask->start > layout->columns * layout->rows)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "The sheet %s has places 1 to %u; there is no place %u to start at", layout->id,
                 layout->columns * layout->rows, ask->start);
  else
    return TRUE;
  return FALSE;
}

static GBytes *
set_pages (const WbSheetLayout *layout,
           const WbSheetAsk    *ask,
           GPtrArray           *labels,
           gint64               created_at,
           guint               *sheets,
           GError             **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char       *created = wb_instant_to_iso (created_at != 0 ? created_at : wb_now ());
  cairo_surface_t       *surface =
      cairo_pdf_surface_create_for_stream (collect, bytes, layout->width, layout->height);
  Sheet    sheet = { layout, ask, cairo_create (surface), ask->start - 1, 0 };
  gboolean ok = labels->len > 0;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  if (!ok)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no label to put on a sheet");
  for (guint i = 0; ok && i < labels->len; i++)
    ok = add_label (&sheet, labels->pdata[i], error);
  cairo_destroy (sheet.cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  if (!ok)
    return NULL;
  if (sheets != NULL)
    *sheets = sheet.sheets;
  return g_bytes_new (bytes->data, bytes->len);
}

/**
 * wb_sheet_render:
 * @labels: (element-type GBytes): PDFs; each page takes a place
 * @created_at: goes into the document
 * @sheets: (out) (optional): how many sheets it takes
 *
 * Returns: (transfer full): the sheets as PDF, one side each. %WB_ERROR_INVALID when a label does
 * not fit its place at its own size; nothing is made then.
 */
GBytes *
wb_sheet_render (
    const WbSheetAsk *ask, GPtrArray *labels, gint64 created_at, guint *sheets, GError **error)
{
  const WbSheetLayout *layout = wb_sheet_find (ask->layout);

  return check_ask (ask, layout, error) ? set_pages (layout, ask, labels, created_at, sheets, error)
                                        : NULL;
}

/**
 * wb_sheet_hold:
 * @form: a PDF, each page of @width_mm × @height_mm
 * @sheet_width_mm: not less than the form, as @sheet_height_mm
 *
 * Returns: (transfer full): each page at its own size at the top of a sheet of its own, with marks
 * to cut along: for a form that is smaller than what lies in the printer.
 */
GBytes *
wb_sheet_hold (GBytes  *form,
               double   width_mm,
               double   height_mm,
               double   sheet_width_mm,
               double   sheet_height_mm,
               GError **error)
{
  WbSheetLayout         layout = { .id = "form",
                                   .width = sheet_width_mm * MM,
                                   .height = sheet_height_mm * MM,
                                   .label_width = width_mm * MM,
                                   .label_height = height_mm * MM,
                                   .left = MAX (sheet_width_mm - width_mm, 0) / 2 * MM,
                                   .top = CLAMP (sheet_height_mm - height_mm, 0, TOP) * MM,
                                   .columns = 1,
                                   .rows = 1 };
  WbSheetAsk            ask = { .start = 1, .marks = TRUE };
  g_autoptr (GPtrArray) forms = g_ptr_array_new ();

  g_ptr_array_add (forms, form);
  return set_pages (&layout, &ask, forms, 0, NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * 1,000 packing slips of eight lines into one PDF, against bare cairo and Pango drawing the same
 * texts in the same sizes at the same places with one layout used again and again (and no barcode).
 */
#include "bench.h"
#include "wb-order-paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <poppler.h>
#include <stdio.h>
#include <string.h>

#define SLIPS    1000
#define FEW      100
#define LINES    8
#define FAMILIES "Noto Sans,Cantarell,DejaVu Sans,Sans"
#define MOMENT   1795003200

/* A text as it stands on a page. */
typedef struct
{
  char  *text;
  double x;
  double y; /* of its top */
  guint  font;
} Piece;

typedef struct
{
  double   size;
  gboolean bold;
} Font;

typedef struct
{
  WbOrder    *orders[SLIPS];
  WbShipment *shipments[SLIPS];
  WbOrigin   *origin;
  GPtrArray  *pages; /* of GArray of Piece */
  GArray     *fonts; /* of Font */
  gsize       our_size;
  gsize       bare_size;
  guint       slips; /* of one run */
  char       *folder;
} Bench;

static const char *const goods[LINES] = {
  "Oolong Tea 100 g, loose",     "Clay Teapot with a lid",     "Bamboo Whisk",
  "Porcelain Cup, blue",         "Sencha from Shizuoka 250 g", "Gift Wrap",
  "Kettle 1.2 l, brushed steel", "Filter Papers (100)"
};

static void
add_line (WbOrder *order, WbParcel *parcel, guint i, guint k)
{
  WbOrderLine  *line = wb_order_line_new ();
  WbParcelLine *packed = wb_parcel_line_new ();

  wb_record_set_int (line, WB_ORDER_LINE_ID, k + 1);
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  wb_record_take_text (line, WB_ORDER_LINE_SKU,
                       g_strdup_printf ("TEA-%04u", (i * 7 + k * 131) % 5000));
  wb_record_take_text (line, WB_ORDER_LINE_NAME, g_strdup_printf ("%s no. %u", goods[k], i % 50));
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, (i + k) % 4 + 1);
  wb_record_add (order, WB_ORDER_LINES, line);
  wb_record_set_int (packed, WB_PARCEL_LINE_LINE_ID, k + 1);
  wb_record_set_int (packed, WB_PARCEL_LINE_QUANTITY, (i + k) % 4 + 1);
  wb_record_add (parcel, WB_PARCEL_LINES, packed);
}

static void
make_slip (Bench *bench, guint i)
{
  g_autoptr (WbAddress) to = wb_address_new ();
  WbParcel             *parcel = wb_parcel_new ();
  WbOrder              *order = bench->orders[i] = wb_order_new ();
  WbShipment           *shipment = bench->shipments[i] = wb_shipment_new ();

  wb_record_take_text (to, WB_ADDRESS_NAME, g_strdup_printf ("Jörg Müller %u", i));
  wb_record_take_text (to, WB_ADDRESS_STREET1, g_strdup_printf ("Hauptstraße %u", i % 300 + 1));
  wb_record_take_text (to, WB_ADDRESS_POSTCODE, g_strdup_printf ("%05u", 10000 + i * 37 % 80000));
  wb_record_set_text (to, WB_ADDRESS_CITY, "Köln");
  wb_record_set_text (to, WB_ADDRESS_COUNTRY, "DE");
  wb_record_set_one (order, WB_ORDER_SHIP_TO, to);
  wb_record_take_text (order, WB_ORDER_NUMBER, g_strdup_printf ("%u", 100000 + i));
  wb_record_set_text (order, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_int (order, WB_ORDER_PLACED_AT, MOMENT - i);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_LABELLED);
  wb_record_set_text (shipment, WB_SHIPMENT_CARRIER, "DHL");
  wb_record_set_text (shipment, WB_SHIPMENT_SERVICE, "Paket");
  wb_record_set_text (shipment, WB_SHIPMENT_SHIP_DATE, "2026-11-22");
  wb_record_set_int (parcel, WB_PARCEL_POSITION, 1);
  wb_record_take_text (parcel, WB_PARCEL_REFERENCE, g_strdup_printf ("WB-%u-1-K7Q2", 100000 + i));
  wb_record_add (shipment, WB_SHIPMENT_PARCELS, parcel);
  for (guint k = 0; k < LINES; k++)
    add_line (order, parcel, i, k);
}

static void
make_slips (Bench *bench)
{
  bench->origin = wb_origin_new ();
  wb_record_set_text (bench->origin, WB_ORIGIN_COMPANY, "Kustgoed B.V.");
  wb_record_set_text (bench->origin, WB_ORIGIN_STREET1, "Herengracht 100");
  wb_record_set_text (bench->origin, WB_ORIGIN_POSTCODE, "1015 BS");
  wb_record_set_text (bench->origin, WB_ORIGIN_CITY, "Amsterdam");
  wb_record_set_text (bench->origin, WB_ORIGIN_COUNTRY, "NL");
  wb_record_set_text (bench->origin, WB_ORIGIN_ZONE, "Europe/Amsterdam");
  for (guint i = 0; i < SLIPS; i++)
    make_slip (bench, i);
}

static GBytes *
write_slips (Bench *bench)
{
  g_autoptr (WbPaperWriter) writer = wb_paper_writer_new (MOMENT);
  g_autoptr (GError)        error = NULL;
  gboolean                  ok = TRUE;
  GBytes                   *document;

  for (guint i = 0; ok && i < bench->slips; i++)
    {
      WbOrderPaper slip = {
        .order = bench->orders[i],
        .shipment = bench->shipments[i],
        .parcel = wb_record_get_many (bench->shipments[i], WB_SHIPMENT_PARCELS)->pdata[0],
        .origin = bench->origin,
        .channel = "kustgoed.example"
      };

      ok = wb_paper_writer_add (writer, &slip, &error);
    }
  document = ok ? wb_paper_writer_finish (writer, &error) : NULL;
  if (document == NULL)
    g_error ("%s", error->message);
  return document;
}

static void
ours (gpointer data)
{
  Bench             *bench = data;
  g_autoptr (GBytes) document = write_slips (bench);

  bench->our_size = g_bytes_get_size (document);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GPtrArray *
make_fonts (Bench *bench)
{
  GPtrArray *fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) pango_font_description_free);

  for (guint i = 0; i < bench->fonts->len; i++)
    {
      Font                 *font = &g_array_index (bench->fonts, Font, i);
      PangoFontDescription *description = pango_font_description_from_string (FAMILIES);

      pango_font_description_set_absolute_size (description, font->size * PANGO_SCALE);
      pango_font_description_set_weight (description,
                                         font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      g_ptr_array_add (fonts, description);
    }
  return fonts;
}

static void
bare (gpointer data)
{
  Bench                 *bench = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GPtrArray)  fonts = make_fonts (bench);
  cairo_surface_t       *surface =
      cairo_pdf_surface_create_for_stream (collect, bytes, 210 / 25.4 * 72, 297 / 25.4 * 72);
  cairo_t                *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);

  for (guint i = 0; i < bench->pages->len; i++)
    {
      GArray *pieces = bench->pages->pdata[i];

      for (guint k = 0; k < pieces->len; k++)
        {
          Piece *piece = &g_array_index (pieces, Piece, k);

          pango_layout_set_font_description (layout, fonts->pdata[piece->font]);
          pango_layout_set_text (layout, piece->text, -1);
          cairo_move_to (cr, piece->x, piece->y);
          pango_cairo_show_layout (cr, layout);
        }
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  bench->bare_size = bytes->len;
}

static guint
font_index (Bench *bench, double size, gboolean bold)
{
  Font font = { size, bold };

  for (guint i = 0; i < bench->fonts->len; i++)
    if (g_array_index (bench->fonts, Font, i).size == size &&
        g_array_index (bench->fonts, Font, i).bold == bold)
      return i;
  g_array_append_val (bench->fonts, font);
  return bench->fonts->len - 1;
}

/* Whether the sign at @i stands apart from the one before: on another line, far away, or in another
 * font. */
static gboolean
is_apart (const PopplerRectangle      *boxes,
          guint                        i,
          const PopplerTextAttributes *here,
          const PopplerTextAttributes *before)
{
  return here != before || boxes[i].y1 > boxes[i - 1].y1 + 2 || boxes[i].y1 < boxes[i - 1].y1 - 2 ||
         boxes[i].x1 > boxes[i - 1].x2 + 6 || boxes[i].x1 < boxes[i - 1].x1;
}

static const PopplerTextAttributes *
attributes_at (GList *list, guint i)
{
  for (GList *l = list; l != NULL; l = l->next)
    {
      const PopplerTextAttributes *attributes = l->data;

      if ((guint) attributes->start_index <= i && i <= (guint) attributes->end_index)
        return attributes;
    }
  return NULL;
}

static void
add_piece (Bench                       *bench,
           GArray                      *pieces,
           const char                  *from,
           const char                  *to,
           const PopplerRectangle      *box,
           const PopplerTextAttributes *attributes)
{
  g_autofree char *text = g_strstrip (g_strndup (from, (gsize) (to - from)));
  Piece            piece = { .x = box->x1, .y = box->y1 };

  if (*text == '\0' || attributes == NULL)
    return;
  piece.text = g_steal_pointer (&text);
  piece.font =
      font_index (bench, attributes->font_size,
                  attributes->font_name != NULL && strstr (attributes->font_name, "Bold") != NULL);
  g_array_append_val (pieces, piece);
}

static GArray *
read_page (Bench *bench, PopplerPage *page)
{
  GArray                      *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_autofree char             *text = poppler_page_get_text (page);
  GList                       *list = poppler_page_get_text_attributes (page);
  g_autofree PopplerRectangle *boxes = NULL;
  const char                  *from = text, *p = text;
  guint                        n = 0, begin = 0;

  poppler_page_get_text_layout (page, &boxes, &n);
  for (guint i = 1; i <= n; i++)
    {
      p = g_utf8_next_char (p);
      if (i < n && !is_apart (boxes, i, attributes_at (list, i), attributes_at (list, i - 1)))
        continue;
      add_piece (bench, pieces, from, p, &boxes[begin], attributes_at (list, begin));
      from = p;
      begin = i;
    }
  poppler_page_free_text_attributes (list);
  return pieces;
}

/* What stands on our pages, so that the bare way draws no other text. */
static void
read_slips (Bench *bench)
{
  g_autoptr (GBytes) document = write_slips (bench);
  g_autoptr (GError) error = NULL;
  PopplerDocument   *read = poppler_document_new_from_bytes (document, NULL, &error);
  guint              pieces = 0;

  if (read == NULL)
    g_error ("%s", error->message);
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      PopplerPage *page = poppler_document_get_page (read, i);
      GArray      *found = read_page (bench, page);

      pieces += found->len;
      g_ptr_array_add (bench->pages, found);
      g_object_unref (page);
    }
  g_object_unref (read);
  if (bench->pages->len != SLIPS || pieces < SLIPS * LINES * 3)
    g_error ("%u pages and %u texts are not what %u slips must have", bench->pages->len, pieces,
             SLIPS);
  printf ("# %u texts a page in %u fonts\n", pieces / SLIPS, bench->fonts->len);
}

/* The same slips as a page of HTML each, as a program that prints from templates would make them.
 */
static void
write_html (Bench *bench)
{
  g_autoptr (GString) html = g_string_new (
      "<!DOCTYPE html><meta charset='utf-8'><style>body{font:9.5pt 'Noto Sans',sans-serif}"
      "div{page-break-after:always}table{width:100%;border-collapse:collapse}"
      "td{border-bottom:1px solid #ddd;padding:4pt}</style>\n");
  g_autofree char *path = g_build_filename (bench->folder, "slips.html", NULL);

  for (guint i = 0; i < bench->slips; i++)
    {
      GArray *pieces = bench->pages->pdata[i];

      g_string_append (html, "<div><h1>Packing slip</h1><table>");
      for (guint k = 0; k < pieces->len; k++)
        {
          g_autofree char *text = g_markup_escape_text (g_array_index (pieces, Piece, k).text, -1);

          g_string_append_printf (html, "%s<td>%s</td>", k % 5 == 0 ? "<tr>" : "", text);
        }
      g_string_append (html, "</table></div>\n");
    }
  if (!g_file_set_contents (path, html->str, (gssize) html->len, NULL))
    g_error ("%s could not be written", path);
}

static void
browser (gpointer data)
{
  Bench           *bench = data;
  g_autofree char *from = g_build_filename (bench->folder, "slips.html", NULL),
                  *to = g_build_filename (bench->folder, "slips.pdf", NULL);
  const char *const argv[] = { "wkhtmltopdf", "-q", from, to, NULL };
  g_auto (GStrv)    env = g_environ_setenv (g_get_environ (), "QT_QPA_PLATFORM", "offscreen", TRUE);
  g_autoptr (GError) error = NULL;
  int                status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, env, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("wkhtmltopdf: %s", error->message);
}

/* A hundred of the slips against wkhtmltopdf, where it is installed; its start is counted as it is
 * part of every job. */
static void
compare_browser (Bench *bench)
{
  g_autofree char *tool = g_find_program_in_path ("wkhtmltopdf");

  if (tool == NULL)
    {
      printf ("# wkhtmltopdf is not installed: nothing to compare with\n");
      return;
    }
  bench->slips = FEW;
  bench->folder = bench_folder ();
  write_html (bench);
  bench_compare (&(BenchCase){ .name = "100 packing slips, against wkhtmltopdf from ready HTML",
                               .ours = ours,
                               .bare = browser,
                               .data = bench,
                               .units = FEW,
                               .unit = "slip",
                               .target = 4,
                               .rate = TRUE,
                               .runs = 3 });
  bench_remove (bench->folder);
}

int
main (void)
{
  static Bench bench = { .slips = SLIPS };

  bench.pages = g_ptr_array_new ();
  bench.fonts = g_array_new (FALSE, FALSE, sizeof (Font));
  make_slips (&bench);
  read_slips (&bench);
  bench_compare (&(BenchCase){ .name = "1,000 packing slips of 8 lines with barcode",
                               .ours = ours,
                               .bare = bare,
                               .data = &bench,
                               .units = SLIPS,
                               .unit = "slip",
                               .target = 1.3,
                               .runs = 5 });
  printf ("# %" G_GSIZE_FORMAT " kB of PDF, bare %" G_GSIZE_FORMAT " kB\n", bench.our_size / 1000,
          bench.bare_size / 1000);
  compare_browser (&bench);
  return 0;
}

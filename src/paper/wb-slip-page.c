/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing slip's pages: head, table, message, foot. All measures are points. */
#include "wb-address-format.h"
#include "wb-barcode.h"
#include "wb-slip-private.h"
#include "wb-text.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define MARGIN         45.0
#define FOOT           34.0 /* from the page's lower edge to the foot's text */
#define BODY_END       56.0 /* the table ends so far above the page's lower edge */
#define GAP            14.0
#define ROW_PADDING    4.5
#define LATER_TABLE    72.0 /* where the table begins on later pages */
#define FACTS_WIDTH    232.0
#define FACT_LABEL     92.0
#define BARCODE_HEIGHT 36.0
#define SKU_WIDTH      92.0
#define NUMBER_WIDTH   54.0
#define RIGHT_TO_LEFT  "\xe2\x80\x8f"

/* A row of the table, laid out. */
typedef struct
{
  const WbSlipRow *row; /* NULL: the heading before what is not in this parcel */
  PangoLayout     *sku;
  PangoLayout     *name;
  PangoLayout     *note;
  double           height;
} Line;

typedef struct
{
  const WbSlip *slip;
  WbTypeset    *type;
  cairo_t      *cr;
  double        width, height;
  gboolean      mirrored;
  GArray       *lines; /* Line */
  double        sku_width, number_width, name_width;
  guint         page, pages;
} Page;

/* The left edge, on the page as it is printed, of a box that begins @start points after the side
 * where reading begins. */
static double
place (Page *page, double start, double width)
{
  return page->mirrored ? page->width - start - width : start;
}

static void
draw_text (Page        *page,
           WbTypeStyle  style,
           PangoLayout *layout,
           double       start,
           double       y,
           double       width,
           WbSide       side)
{
  wb_typeset_draw (page->type, page->cr, style, layout, place (page, start, width), y, width, side);
}

static void
draw_rule (Page *page, double y, double grey)
{
  cairo_set_source_rgb (page->cr, grey, grey, grey);
  cairo_rectangle (page->cr, MARGIN, y, page->width - 2 * MARGIN, 0.6);
  cairo_fill (page->cr);
}

/* Lines joined by @joint; when the text begins in a script read from the right, every line of it
 * is. */
static char *
join (char **lines, const char *joint)
{
  g_autofree char    *plain = g_strjoinv (joint, lines);
  g_autoptr (GString) marked = NULL;

  if (!wb_text_is_right_to_left (plain))
    return g_steal_pointer (&plain);
  marked = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (marked, "%s" RIGHT_TO_LEFT "%s", i > 0 ? joint : "", lines[i]);
  return g_strdup (marked->str);
}

static gboolean
crosses_border (const WbSlip *slip)
{
  gpointer    to = wb_record_get_one (slip->order, WB_ORDER_SHIP_TO);
  const char *there = to != NULL ? wb_record_get_text (to, WB_ADDRESS_COUNTRY) : NULL;
  const char *here = wb_record_get_text (slip->origin, WB_ORIGIN_COUNTRY);

  return there != NULL && here != NULL && g_ascii_strcasecmp (there, here) != 0;
}

static char **
sender_lines (const WbSlip *slip)
{
  WbAddressParts parts = {
    .street1 = wb_record_get_text (slip->origin, WB_ORIGIN_STREET1),
    .street2 = wb_record_get_text (slip->origin, WB_ORIGIN_STREET2),
    .city = wb_record_get_text (slip->origin, WB_ORIGIN_CITY),
    .region = wb_record_get_text (slip->origin, WB_ORIGIN_REGION),
    .postcode = wb_record_get_text (slip->origin, WB_ORIGIN_POSTCODE),
    .country = wb_record_get_text (slip->origin, WB_ORIGIN_COUNTRY),
  };

  return wb_address_format (&parts, crosses_border (slip));
}

static const char *
sender_name (const WbSlip *slip)
{
  const char *company = wb_record_get_text (slip->origin, WB_ORIGIN_COMPANY);
  const char *name = wb_record_get_text (slip->origin, WB_ORIGIN_NAME);

  return !wb_text_is_empty (company) ? company : name != NULL ? name : "";
}

static char *
ship_to_text (const WbSlip *slip)
{
  gpointer       to = wb_record_get_one (slip->order, WB_ORDER_SHIP_TO);
  g_auto (GStrv) lines = NULL;
  WbAddressParts parts = { 0 };

  if (to == NULL)
    return g_strdup ("–");
  parts = (WbAddressParts){
    .name = wb_record_get_text (to, WB_ADDRESS_NAME),
    .company = wb_record_get_text (to, WB_ADDRESS_COMPANY),
    .street1 = wb_record_get_text (to, WB_ADDRESS_STREET1),
    .street2 = wb_record_get_text (to, WB_ADDRESS_STREET2),
    .city = wb_record_get_text (to, WB_ADDRESS_CITY),
    .region = wb_record_get_text (to, WB_ADDRESS_REGION),
    .postcode = wb_record_get_text (to, WB_ADDRESS_POSTCODE),
    .country = wb_record_get_text (to, WB_ADDRESS_COUNTRY),
  };
  lines = wb_address_format (&parts, crosses_border (slip));
  return join (lines, "\n");
}

/* The sender at the start side, the paper's title at the other. Returns: y below. */
static double
draw_letterhead (Page *page, double y)
{
  double       title_width = 210, sender_width = page->width - 2 * MARGIN - title_width - GAP;
  PangoLayout *title =
      wb_typeset_keep (page->type, WB_STYLE_TITLE, title_width, _ ("Packing slip"));
  PangoLayout *name =
      wb_typeset_set (page->type, WB_STYLE_SENDER, sender_width, 2, sender_name (page->slip));
  const char      *mail = wb_record_get_text (page->slip->origin, WB_ORIGIN_EMAIL);
  g_auto (GStrv)   lines = sender_lines (page->slip);
  g_autofree char *address = join (lines, " · ");
  PangoLayout     *small = wb_typeset_set (page->type, WB_STYLE_SMALL, sender_width, 5, address);
  double start = page->width - MARGIN - title_width, below = y + 4 + wb_layout_height (name);

  draw_text (page, WB_STYLE_TITLE, title, start, y - 3, title_width, WB_SIDE_END);
  draw_text (page, WB_STYLE_SENDER, name, MARGIN, y + 2, sender_width, WB_SIDE_START);
  draw_text (page, WB_STYLE_SMALL, small, MARGIN, below, sender_width, WB_SIDE_START);
  below += wb_layout_height (small);
  if (!wb_text_is_empty (mail))
    {
      small = wb_typeset_set (page->type, WB_STYLE_SMALL, sender_width, 2, mail);
      draw_text (page, WB_STYLE_SMALL, small, MARGIN, below, sender_width, WB_SIDE_START);
      below += wb_layout_height (small);
    }
  return MAX (below, y + wb_layout_height (title));
}

static double
draw_fact (Page *page, double y, const char *label, const char *value)
{
  double       start = page->width - MARGIN - FACTS_WIDTH, rest = FACTS_WIDTH - FACT_LABEL;
  PangoLayout *left, *right;

  if (wb_text_is_empty (value))
    return y;
  left = wb_typeset_keep (page->type, WB_STYLE_SMALL, FACT_LABEL - 6, label);
  right = wb_typeset_set (page->type, WB_STYLE_BODY, rest, 2, value);
  draw_text (page, WB_STYLE_SMALL, left, start, y + 1.7, FACT_LABEL - 6, WB_SIDE_START);
  draw_text (page, WB_STYLE_BODY, right, start + FACT_LABEL, y, rest, WB_SIDE_START);
  return y + MAX (wb_layout_height (left) + 1.7, wb_layout_height (right)) + 1.5;
}

/* A date of the user's calendar form from “YYYY-MM-DD”; NULL from what is none. */
static char *
date_text (const char *date)
{
  g_autoptr (GDateTime) day = NULL;
  int                   year, month, number;

  if (!wb_date_is_valid (date) || sscanf (date, "%4d-%2d-%2d", &year, &month, &number) != 3)
    return NULL;
  day = g_date_time_new_utc (year, month, number, 12, 0, 0);
  /* Translators: a date on the packing slip, in g_date_time_format() form */
  return g_date_time_format (day, _ ("%-d %B %Y"));
}

static char *
placed_text (const WbSlip *slip)
{
  WbInstant placed = wb_record_get_int (slip->order, WB_ORDER_PLACED_AT);
  char      date[WB_DATE_SIZE];

  if (placed == 0 ||
      (!wb_date_at (placed, wb_record_get_text (slip->origin, WB_ORIGIN_ZONE), date, NULL) &&
       !wb_date_at (placed, NULL, date, NULL)))
    return NULL;
  return date_text (date);
}

static double
draw_barcode (Page *page, double y)
{
  const char        *reference = wb_record_get_text (page->slip->parcel, WB_PARCEL_REFERENCE);
  double             start = page->width - MARGIN - FACTS_WIDTH, bars = 0;
  PangoLayout       *text;
  g_autoptr (GError) error = NULL;

  if (wb_text_is_empty (reference))
    return y;
  if (wb_barcode_draw (page->cr, reference, place (page, start, FACTS_WIDTH), y, FACTS_WIDTH,
                       BARCODE_HEIGHT, page->mirrored, &bars, &error))
    y += BARCODE_HEIGHT + 1;
  else
    wb_typeset_warn (page->type, error->message);
  text = wb_typeset_set (page->type, WB_STYLE_SMALL, FACTS_WIDTH, 2, reference);
  draw_text (page, WB_STYLE_SMALL, text, start, y, bars > 0 ? bars : FACTS_WIDTH,
             bars > 0 ? WB_SIDE_CENTER : WB_SIDE_START);
  return y + wb_layout_height (text);
}

static gint64
count_pieces (const WbSlip *slip)
{
  GPtrArray *lines = wb_record_get_many (slip->parcel, WB_PARCEL_LINES);
  gint64     pieces = 0;

  for (guint i = 0; i < lines->len; i++)
    pieces += wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY);
  return pieces;
}

static double
draw_facts (Page *page, double y)
{
  const WbSlip    *slip = page->slip;
  const char      *carrier = wb_record_get_text (slip->shipment, WB_SHIPMENT_CARRIER);
  const char      *service = wb_record_get_text (slip->shipment, WB_SHIPMENT_SERVICE);
  g_autofree char *sent_with =
      g_strjoin (carrier != NULL && service != NULL ? " " : "", carrier != NULL ? carrier : "",
                 service != NULL ? service : "", NULL);
  g_autofree char *placed = placed_text (slip);
  g_autofree char *shipped = date_text (wb_record_get_text (slip->shipment, WB_SHIPMENT_SHIP_DATE));
  g_autofree char *pieces = g_strdup_printf ("%" G_GINT64_FORMAT, count_pieces (slip));
  /* Translators: which of the boxes of a shipment this is: “1 of 2” */
  g_autofree char *rank =
      g_strdup_printf (_ ("%u of %u"), wb_slip_parcel_rank (slip),
                       wb_record_get_many (slip->shipment, WB_SHIPMENT_PARCELS)->len);

  y = draw_fact (page, y, _ ("Order"), wb_record_get_text (slip->order, WB_ORDER_NUMBER));
  y = draw_fact (page, y, _ ("Ordered on"), placed);
  y = draw_fact (page, y, _ ("Ordered at"), slip->channel);
  y = draw_fact (page, y, _ ("Sent on"), shipped);
  y = draw_fact (page, y, _ ("Sent with"), sent_with);
  y = draw_fact (page, y, _ ("Tracking number"),
                 wb_record_get_text (slip->parcel, WB_PARCEL_TRACKING));
  y = draw_fact (page, y, _ ("Parcel"), rank);
  y = draw_fact (page, y, _ ("Pieces"), pieces);
  return draw_barcode (page, y + 8);
}

/* The first page's head. Returns: y below. */
static double
draw_head (Page *page)
{
  double y = draw_letterhead (page, MARGIN) + GAP,
         box = page->width - 2 * MARGIN - FACTS_WIDTH - 2 * GAP, below;
  g_autofree char *to = ship_to_text (page->slip);
  PangoLayout     *caption = wb_typeset_keep (page->type, WB_STYLE_SMALL, box, _ ("Ship to"));
  PangoLayout     *address = wb_typeset_set (page->type, WB_STYLE_ADDRESS, box, 12, to);

  draw_rule (page, y, 0.78);
  y += GAP;
  draw_text (page, WB_STYLE_SMALL, caption, MARGIN, y + 1.7, box, WB_SIDE_START);
  draw_text (page, WB_STYLE_ADDRESS, address, MARGIN, y + 15, box, WB_SIDE_START);
  below = y + 15 + wb_layout_height (address);
  y = draw_facts (page, y);
  return MAX (below, y) + 1.5 * GAP;
}

static double
number_start (Page *page, guint column)
{
  return page->width - MARGIN - (3 - column) * page->number_width;
}

/* The table's head, laid out: the three numbers, the article, the SKU. */
typedef struct
{
  PangoLayout *layouts[5];
  double       height;
} TableHead;

static TableHead
set_table_head (Page *page)
{
  const char *const texts[] = { _ ("Ordered"), _ ("In this parcel"), _ ("Still to come"),
                                _ ("Article"), _ ("SKU") };
  double    widths[] = { page->number_width - 8, page->number_width - 8, page->number_width - 8,
                         page->name_width, SKU_WIDTH };
  TableHead head = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      head.layouts[i] = wb_typeset_keep (page->type, WB_STYLE_HEADING, widths[i], texts[i]);
      head.height = MAX (head.height, wb_layout_height (head.layouts[i]));
    }
  return head;
}

/* Returns: y below. */
static double
draw_table_head (Page *page, double y)
{
  TableHead head = set_table_head (page);

  for (guint i = 0; i < G_N_ELEMENTS (head.layouts); i++)
    {
      double top = y + head.height - wb_layout_height (head.layouts[i]);

      if (i < 3)
        draw_text (page, WB_STYLE_HEADING, head.layouts[i], number_start (page, i) + 8, top,
                   page->number_width - 8, WB_SIDE_END);
      else if (i == 3)
        draw_text (page, WB_STYLE_HEADING, head.layouts[i], MARGIN + page->sku_width, top,
                   page->name_width, WB_SIDE_START);
      else if (page->sku_width > 0)
        draw_text (page, WB_STYLE_HEADING, head.layouts[i], MARGIN, top, page->sku_width,
                   WB_SIDE_START);
    }
  draw_rule (page, y + head.height + 3, 0.3);
  return y + head.height + 4;
}

static void
draw_number (Page *page, WbTypeStyle style, guint column, double y, gint64 number)
{
  char         text[24];
  PangoLayout *layout;

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  layout = wb_typeset_keep (page->type, style, 0, number != 0 ? text : "–");
  draw_text (page, style, layout, number_start (page, column), y, page->number_width, WB_SIDE_END);
}

static double
draw_line (Page *page, const Line *line, double y)
{
  double top = y + ROW_PADDING, name_start = MARGIN + page->sku_width;

  if (line->row == NULL)
    {
      draw_text (page, WB_STYLE_HEADING, line->name, MARGIN, y + 3 * ROW_PADDING,
                 page->width - 2 * MARGIN, WB_SIDE_START);
      draw_rule (page, y + line->height - 1, 0.6);
      return y + line->height;
    }
  if (line->sku != NULL)
    draw_text (page, WB_STYLE_BODY, line->sku, MARGIN, top, page->sku_width - 8, WB_SIDE_START);
  draw_text (page, WB_STYLE_BODY, line->name, name_start, top, page->name_width, WB_SIDE_START);
  if (line->note != NULL)
    draw_text (page, WB_STYLE_SMALL, line->note, name_start, top + wb_layout_height (line->name),
               page->name_width, WB_SIDE_START);
  draw_number (page, WB_STYLE_BODY, 0, top, line->row->ordered);
  draw_number (page, WB_STYLE_STRONG, 1, top, line->row->here);
  draw_number (page, WB_STYLE_BODY, 2, top, line->row->to_come);
  draw_rule (page, y + line->height - 0.6, 0.88);
  return y + line->height;
}

static void
add_note (GString *note, const char *format, gint64 number)
{
  if (number <= 0)
    return;
  if (note->len > 0)
    g_string_append (note, " · ");
  g_string_append_printf (note, format, (int) number);
}

/* What the three numbers leave open, below the article's options. */
static char *
note_text (const WbSlipRow *row)
{
  g_autofree char *options =
      wb_text_one_line (wb_record_get_text (row->line, WB_ORDER_LINE_OPTIONS));
  g_autoptr (GString) note = g_string_new (NULL);

  /* Translators: pieces of one article; the number is how many */
  add_note (note, _ ("%d sent earlier"), row->earlier);
  add_note (note, _ ("%d in another parcel"), row->elsewhere);
  add_note (note, _ ("%d cancelled"), row->cancelled);
  if (*options == '\0')
    return g_strdup (note->str);
  return note->len > 0 ? g_strconcat (options, "\n", note->str, NULL) : g_steal_pointer (&options);
}

static void
add_heading (Page *page)
{
  Line line = { .name =
                    wb_typeset_keep (page->type, WB_STYLE_HEADING, 0, _ ("Not in this parcel")) };

  line.height = wb_layout_height (line.name) + 4 * ROW_PADDING;
  g_array_append_val (page->lines, line);
}

static void
add_line (Page *page, const WbSlipRow *row)
{
  g_autofree char *sku = wb_text_one_line (wb_record_get_text (row->line, WB_ORDER_LINE_SKU));
  g_autofree char *name = wb_text_one_line (wb_record_get_text (row->line, WB_ORDER_LINE_NAME));
  g_autofree char *note = note_text (row);
  Line             line = { .row = row };
  double           height;

  if (*sku != '\0')
    line.sku = wb_typeset_set (page->type, WB_STYLE_BODY, page->sku_width - 8, 4, sku);
  line.name = wb_typeset_set (page->type, WB_STYLE_BODY, page->name_width, 10, name);
  height = wb_layout_height (line.name);
  if (*note != '\0')
    {
      line.note = wb_typeset_set (page->type, WB_STYLE_SMALL, page->name_width, 6, note);
      height += wb_layout_height (line.note);
    }
  if (line.sku != NULL)
    height = MAX (height, wb_layout_height (line.sku));
  line.height = height + 2 * ROW_PADDING;
  g_array_append_val (page->lines, line);
}

static void
set_columns (Page *page, const GArray *rows)
{
  page->number_width = NUMBER_WIDTH + 8;
  page->sku_width = 0;
  for (guint i = 0; i < rows->len; i++)
    if (!wb_text_is_empty (
            wb_record_get_text (g_array_index (rows, WbSlipRow, i).line, WB_ORDER_LINE_SKU)))
      page->sku_width = SKU_WIDTH;
  page->name_width = page->width - 2 * MARGIN - page->sku_width - 3 * page->number_width;
}

static void
set_lines (Page *page, const GArray *rows)
{
  set_columns (page, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbSlipRow *row = &g_array_index (rows, WbSlipRow, i);

      if (row->here == 0 && (i == 0 || (row - 1)->here > 0))
        add_heading (page);
      add_line (page, row);
    }
}

/* Where lines and message go, drawn or only counted (so that “page 1 of 3” is known before the
 * first is done). */
typedef struct
{
  double y;
  guint  page;
} Spot;

static void
draw_foot (Page *page)
{
  /* Translators: the first %u is a page's number, the second how many there are */
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page->page, page->pages);
  /* Translators: in the foot of each page; %s is the order's number */
  g_autofree char *order =
      g_strdup_printf (_ ("Order %s"), wb_record_get_text (page->slip->order, WB_ORDER_NUMBER));
  const char      *reference = wb_record_get_text (page->slip->parcel, WB_PARCEL_REFERENCE);
  g_autofree char *left =
      g_strjoin (reference != NULL ? " · " : "", order, reference != NULL ? reference : "", NULL);
  double y = page->height - FOOT, width = page->width - 2 * MARGIN;

  draw_text (page, WB_STYLE_SMALL,
             wb_typeset_set (page->type, WB_STYLE_SMALL, width * 0.7, 1, left), MARGIN, y, width,
             WB_SIDE_START);
  draw_text (page, WB_STYLE_SMALL, wb_typeset_keep (page->type, WB_STYLE_SMALL, 0, number), MARGIN,
             y, width, WB_SIDE_END);
}

/* Across the page, under everything else. */
static void
draw_practice (Page *page)
{
  /* Translators: printed large across papers of the practice workspace; few letters */
  PangoLayout *mark = wb_typeset_keep (page->type, WB_STYLE_MARK, 0, _ ("PRACTICE"));
  double       width = wb_layout_width (mark), height = wb_layout_height (mark),
         scale = MIN (1, page->width * 0.95 / width);

  cairo_save (page->cr);
  cairo_translate (page->cr, page->width / 2, page->height * 0.62);
  cairo_rotate (page->cr, -G_PI / 5);
  cairo_scale (page->cr, scale, scale);
  wb_typeset_draw (page->type, page->cr, WB_STYLE_MARK, mark, -width / 2, -height / 2, width,
                   WB_SIDE_CENTER);
  cairo_restore (page->cr);
}

static void
begin_page (Page *page)
{
  page->page++;
  if (page->slip->practice)
    draw_practice (page);
}

static void
end_page (Page *page)
{
  draw_foot (page);
  cairo_show_page (page->cr);
}

/* A later page's head: whose slip it continues. Its table begins at LATER_TABLE. */
static void
draw_short_head (Page *page)
{
  double           width = page->width - 2 * MARGIN;
  g_autofree char *order = g_strdup_printf (
      _ ("Packing slip %s"), wb_record_get_text (page->slip->order, WB_ORDER_NUMBER));
  PangoLayout *name =
      wb_typeset_set (page->type, WB_STYLE_STRONG, width * 0.55, 1, sender_name (page->slip));
  PangoLayout *title = wb_typeset_set (page->type, WB_STYLE_BODY, width * 0.4, 1, order);

  draw_text (page, WB_STYLE_STRONG, name, MARGIN, MARGIN - 6, width * 0.55, WB_SIDE_START);
  draw_text (page, WB_STYLE_BODY, title, MARGIN + width * 0.6, MARGIN - 6, width * 0.4,
             WB_SIDE_END);
}

static gboolean
needs_page (Page *page, Spot *spot, double height, double keep_with)
{
  if (spot->y + height + keep_with <= page->height - BODY_END)
    return FALSE;
  spot->page++;
  spot->y = LATER_TABLE + set_table_head (page).height + 4;
  return TRUE;
}

/* The line after a heading stays with it. */
static double
keep_with (Page *page, guint index)
{
  const Line *line = &g_array_index (page->lines, Line, index);

  return line->row == NULL && index + 1 < page->lines->len ? line[1].height : 0;
}

static guint
count_pages (Page *page, double y, double message_height)
{
  Spot spot = { y, 1 };

  for (guint i = 0; i < page->lines->len; i++)
    {
      double height = g_array_index (page->lines, Line, i).height;

      needs_page (page, &spot, height, keep_with (page, i));
      spot.y += height;
    }
  needs_page (page, &spot, message_height, 0);
  return spot.page;
}

static void
turn_page (Page *page, gboolean with_table)
{
  end_page (page);
  begin_page (page);
  draw_short_head (page);
  if (with_table)
    draw_table_head (page, LATER_TABLE);
}

static PangoLayout *
set_message (Page *page, double *height)
{
  g_autofree char *text =
      page->slip->message != NULL ? g_strstrip (g_strdup (page->slip->message)) : NULL;
  PangoLayout *layout;

  *height = 0;
  if (wb_text_is_empty (text))
    return NULL;
  layout = wb_typeset_set (page->type, WB_STYLE_BODY, page->width - 2 * MARGIN, 16, text);
  *height = wb_layout_height (layout) + 2 * GAP;
  return layout;
}

static void
draw_body (Page *page, double y, PangoLayout *message, double message_height)
{
  Spot spot = { y, 1 };

  for (guint i = 0; i < page->lines->len; i++)
    {
      const Line *line = &g_array_index (page->lines, Line, i);

      if (needs_page (page, &spot, line->height, keep_with (page, i)))
        turn_page (page, TRUE);
      spot.y = draw_line (page, line, spot.y);
    }
  if (message == NULL)
    return;
  if (needs_page (page, &spot, message_height, 0))
    turn_page (page, FALSE);
  draw_text (page, WB_STYLE_BODY, message, MARGIN, spot.y + 2 * GAP, page->width - 2 * MARGIN,
             WB_SIDE_START);
}

/* What Han characters look like where the parcel goes; elsewhere as in the user's language. */
static const char *
han_language (const WbSlip *slip)
{
  static const char *const languages[][2] = {
    { "CN", "zh-cn" }, { "HK", "zh-hk" }, { "JP", "ja" },    { "KR", "ko" },
    { "MO", "zh-hk" }, { "SG", "zh-cn" }, { "TW", "zh-tw" },
  };
  gpointer    to = wb_record_get_one (slip->order, WB_ORDER_SHIP_TO);
  const char *country = to != NULL ? wb_record_get_text (to, WB_ADDRESS_COUNTRY) : NULL;

  for (guint i = 0; country != NULL && i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strcasecmp (languages[i][0], country) == 0)
      return languages[i][1];
  return NULL;
}

/**
 * wb_slip_draw:
 * @rows: from wb_slip_rows()
 * @width: of the paper, in points
 * @height: likewise
 *
 * Draws @slip on as many pages as it takes. Returns: how many.
 */
guint
wb_slip_draw (const WbSlip *slip,
              const GArray *rows,
              WbTypeset    *type,
              double        width,
              double        height,
              cairo_t      *cr)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  Page               page = {
                  .slip = slip, .type = type, .cr = cr, .width = width, .height = height, .lines = lines
  };
  PangoLayout *message;
  double       message_height, y;

  page.mirrored = wb_text_is_right_to_left (_ ("Packing slip"));
  wb_typeset_begin (type, han_language (slip), page.mirrored);
  set_lines (&page, rows);
  message = set_message (&page, &message_height);
  begin_page (&page);
  y = draw_table_head (&page, draw_head (&page));
  page.pages = count_pages (&page, y, message_height);
  draw_body (&page, y, message, message_height);
  end_page (&page);
  return page.pages;
}

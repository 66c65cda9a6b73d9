/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing slip's pages: table, message, foot, and where one page ends. All measures are points.
 */
#include "wb-slip-private.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define FOOT         34.0 /* from the page's lower edge to the foot's text */
#define BODY_END     56.0 /* the table ends so far above the page's lower edge */
#define ROW_PADDING  4.5
#define LATER_TABLE  72.0 /* where the table begins on later pages */
#define SKU_WIDTH    92.0
#define NUMBER_WIDTH 54.0

/* A row of the table, laid out. */
typedef struct
{
  const WbSlipRow *row; /* NULL: the heading before what is not in this parcel */
  PangoLayout     *sku;
  PangoLayout     *name;
  PangoLayout     *note;
  double           height;
} Line;

static double
number_start (WbSlipPage *page, guint column)
{
  guint after = 0;

  for (guint i = column; i < G_N_ELEMENTS (page->shows); i++)
    after += page->shows[i];
  return page->width - WB_SLIP_MARGIN - after * page->number_width;
}

/* The table's head, laid out: the three numbers, the article, the SKU. */
typedef struct
{
  PangoLayout *layouts[5];
  double       height;
} TableHead;

static TableHead
set_table_head (WbSlipPage *page)
{
  const char *const texts[] = { _ ("Ordered"), _ ("In this parcel"), _ ("Still to come"),
                                _ ("Article"), _ ("SKU") };
  double    widths[] = { page->number_width - 8, page->number_width - 8, page->number_width - 8,
                         page->name_width, SKU_WIDTH };
  TableHead head = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      head.layouts[i] = wb_typeset_keep (page->type, WB_STYLE_HEADING, widths[i], 0, texts[i]);
      /* Over a column of numbers a second line ends where the first does. */
      if (i < 3)
        pango_layout_set_alignment (head.layouts[i], PANGO_ALIGN_RIGHT);
      head.height = MAX (head.height, wb_layout_height (head.layouts[i]));
    }
  return head;
}

/* Returns: y below. */
static double
draw_table_head (WbSlipPage *page, double y)
{
  TableHead head = set_table_head (page);

  for (guint i = 0; i < G_N_ELEMENTS (head.layouts); i++)
    {
      double top = y + head.height - wb_layout_height (head.layouts[i]);

      if (i < 3 && page->shows[i])
        wb_slip_draw_text (page, WB_STYLE_HEADING, head.layouts[i], number_start (page, i) + 8, top,
                           page->number_width - 8, WB_SIDE_END);
      else if (i == 3)
        wb_slip_draw_text (page, WB_STYLE_HEADING, head.layouts[i],
                           WB_SLIP_MARGIN + page->sku_width, top, page->name_width, WB_SIDE_START);
      else if (i == 4 && page->sku_width > 0)
        wb_slip_draw_text (page, WB_STYLE_HEADING, head.layouts[i], WB_SLIP_MARGIN, top,
                           page->sku_width, WB_SIDE_START);
    }
  wb_slip_draw_rule (page, y + head.height + 3, 0.3);
  return y + head.height + 4;
}

static void
draw_number (WbSlipPage *page, WbTypeStyle style, guint column, double y, gint64 number)
{
  char         text[24];
  PangoLayout *layout;

  if (!page->shows[column])
    return;
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  layout = wb_typeset_keep (page->type, style, 0, 0, number != 0 ? text : "–");
  wb_slip_draw_text (page, style, layout, number_start (page, column), y, page->number_width,
                     WB_SIDE_END);
}

static double
draw_line (WbSlipPage *page, const Line *line, double y)
{
  double top = y + ROW_PADDING, name_start = WB_SLIP_MARGIN + page->sku_width;

  if (line->row == NULL)
    {
      wb_slip_draw_text (page, WB_STYLE_HEADING, line->name, WB_SLIP_MARGIN, y + 3 * ROW_PADDING,
                         page->width - 2 * WB_SLIP_MARGIN, WB_SIDE_START);
      wb_slip_draw_rule (page, y + line->height - 1, 0.6);
      return y + line->height;
    }
  if (line->sku != NULL)
    wb_slip_draw_text (page, WB_STYLE_BODY, line->sku, WB_SLIP_MARGIN, top, page->sku_width - 8,
                       WB_SIDE_START);
  wb_slip_draw_text (page, WB_STYLE_BODY, line->name, name_start, top, page->name_width,
                     WB_SIDE_START);
  if (line->note != NULL)
    wb_slip_draw_text (page, WB_STYLE_SMALL, line->note, name_start,
                       top + wb_layout_height (line->name), page->name_width, WB_SIDE_START);
  draw_number (page, WB_STYLE_BODY, 0, top, line->row->ordered);
  draw_number (page, WB_STYLE_STRONG, 1, top, line->row->here);
  draw_number (page, WB_STYLE_BODY, 2, top, line->row->to_come);
  wb_slip_draw_rule (page, y + line->height - 0.6, 0.88);
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
add_heading (WbSlipPage *page)
{
  Line line = { .name = wb_typeset_keep (page->type, WB_STYLE_HEADING, 0, 0,
                                         _ ("Not in this parcel")) };

  line.height = wb_layout_height (line.name) + 4 * ROW_PADDING;
  g_array_append_val (page->lines, line);
}

static void
add_line (WbSlipPage *page, const WbSlipRow *row)
{
  g_autofree char *sku = wb_text_one_line (wb_record_get_text (row->line, WB_ORDER_LINE_SKU));
  g_autofree char *name = wb_text_one_line (wb_record_get_text (row->line, WB_ORDER_LINE_NAME));
  g_autofree char *note = note_text (row);
  Line             line = { .row = row };
  double           height;

  if (*sku != '\0' && page->sku_width > 0)
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
set_columns (WbSlipPage *page, const GArray *rows)
{
  guint hide = page->slip->hide;
  guint numbers;

  page->shows[0] = (hide & WB_SLIP_HIDE_ORDERED) == 0;
  page->shows[1] = TRUE;
  page->shows[2] = (hide & WB_SLIP_HIDE_TO_COME) == 0;
  numbers = 1 + page->shows[0] + page->shows[2];
  page->number_width = NUMBER_WIDTH + 8;
  page->sku_width = 0;
  for (guint i = 0; i < rows->len && (hide & WB_SLIP_HIDE_SKU) == 0; i++)
    if (!wb_text_is_empty (
            wb_record_get_text (g_array_index (rows, WbSlipRow, i).line, WB_ORDER_LINE_SKU)))
      page->sku_width = SKU_WIDTH;
  page->name_width =
      page->width - 2 * WB_SLIP_MARGIN - page->sku_width - numbers * page->number_width;
}

static void
set_lines (WbSlipPage *page, const GArray *rows)
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
draw_foot (WbSlipPage *page)
{
  /* Translators: the first %u is a page's number, the second how many there are */
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page->page, page->pages);
  /* Translators: in the foot of each page; %s is the order's number */
  g_autofree char *order =
      g_strdup_printf (_ ("Order %s"), wb_record_get_text (page->slip->order, WB_ORDER_NUMBER));
  const char      *reference = wb_record_get_text (page->slip->parcel, WB_PARCEL_REFERENCE);
  g_autofree char *left =
      g_strjoin (reference != NULL ? " · " : "", order, reference != NULL ? reference : "", NULL);
  double y = page->height - FOOT, width = page->width - 2 * WB_SLIP_MARGIN;

  wb_slip_draw_text (page, WB_STYLE_SMALL,
                     wb_typeset_set (page->type, WB_STYLE_SMALL, width * 0.7, 1, left),
                     WB_SLIP_MARGIN, y, width, WB_SIDE_START);
  wb_slip_draw_text (page, WB_STYLE_SMALL,
                     wb_typeset_keep (page->type, WB_STYLE_SMALL, 0, 0, number), WB_SLIP_MARGIN, y,
                     width, WB_SIDE_END);
}

/* Across the page, under everything else. */
static void
draw_practice (WbSlipPage *page)
{
  /* Translators: printed large across papers of the practice workspace; few letters */
  PangoLayout *mark = wb_typeset_keep (page->type, WB_STYLE_MARK, 0, 0, _ ("PRACTICE"));
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
begin_page (WbSlipPage *page)
{
  page->page++;
  if (page->slip->practice)
    draw_practice (page);
}

static void
end_page (WbSlipPage *page)
{
  draw_foot (page);
  cairo_show_page (page->cr);
}

/* A later page's head: whose slip it continues. Its table begins at LATER_TABLE. */
static void
draw_short_head (WbSlipPage *page)
{
  double           width = page->width - 2 * WB_SLIP_MARGIN;
  g_autofree char *order = g_strdup_printf (
      _ ("Packing slip %s"), wb_record_get_text (page->slip->order, WB_ORDER_NUMBER));
  PangoLayout *name =
      wb_typeset_set (page->type, WB_STYLE_STRONG, width * 0.55, 1, wb_slip_sender (page->slip));
  PangoLayout *title = wb_typeset_set (page->type, WB_STYLE_BODY, width * 0.4, 1, order);

  wb_slip_draw_text (page, WB_STYLE_STRONG, name, WB_SLIP_MARGIN, WB_SLIP_MARGIN - 6, width * 0.55,
                     WB_SIDE_START);
  wb_slip_draw_text (page, WB_STYLE_BODY, title, WB_SLIP_MARGIN + width * 0.6, WB_SLIP_MARGIN - 6,
                     width * 0.4, WB_SIDE_END);
}

static gboolean
needs_page (WbSlipPage *page, Spot *spot, double height, double keep_with)
{
  if (spot->y + height + keep_with <= page->height - BODY_END)
    return FALSE;
  spot->page++;
  spot->y = LATER_TABLE + set_table_head (page).height + 4;
  return TRUE;
}

/* The line after a heading stays with it. */
static double
keep_with (WbSlipPage *page, guint index)
{
  const Line *line = &g_array_index (page->lines, Line, index);

  return line->row == NULL && index + 1 < page->lines->len ? line[1].height : 0;
}

static guint
count_pages (WbSlipPage *page, double y, double message_height)
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
turn_page (WbSlipPage *page, gboolean with_table)
{
  end_page (page);
  begin_page (page);
  draw_short_head (page);
  if (with_table)
    draw_table_head (page, LATER_TABLE);
}

static PangoLayout *
set_message (WbSlipPage *page, double *height)
{
  g_autofree char *text =
      page->slip->message != NULL ? g_strstrip (g_strdup (page->slip->message)) : NULL;
  PangoLayout *layout;

  *height = 0;
  if (wb_text_is_empty (text))
    return NULL;
  layout = wb_typeset_set (page->type, WB_STYLE_BODY, page->width - 2 * WB_SLIP_MARGIN, 16, text);
  *height = wb_layout_height (layout) + 2 * WB_SLIP_GAP;
  return layout;
}

static void
draw_body (WbSlipPage *page, double y, PangoLayout *message, double message_height)
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
  wb_slip_draw_text (page, WB_STYLE_BODY, message, WB_SLIP_MARGIN, spot.y + 2 * WB_SLIP_GAP,
                     page->width - 2 * WB_SLIP_MARGIN, WB_SIDE_START);
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
  WbSlipPage         page = {
            .slip = slip, .type = type, .cr = cr, .width = width, .height = height, .lines = lines
  };
  PangoLayout *message;
  double       message_height, y;

  page.mirrored = wb_text_is_right_to_left (_ ("Packing slip"));
  wb_typeset_begin (type, han_language (slip), page.mirrored);
  set_lines (&page, rows);
  message = set_message (&page, &message_height);
  begin_page (&page);
  y = draw_table_head (&page, wb_slip_draw_head (&page));
  page.pages = count_pages (&page, y, message_height);
  draw_body (&page, y, message, message_height);
  end_page (&page);
  return page.pages;
}

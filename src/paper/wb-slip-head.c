/* SPDX-License-Identifier: GPL-3.0-or-later
 * The head of a packing slip: sender, receiver, what order and parcel it is, the barcode. All
 * measures are points. */
#include "wb-address-format.h"
#include "wb-barcode.h"
#include "wb-slip-private.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FACTS_WIDTH    232.0
#define FACT_LABEL     92.0
#define BARCODE_HEIGHT 36.0
#define LOGO_HEIGHT    48.0
#define RIGHT_TO_LEFT  "\xe2\x80\x8f"

/**
 * wb_slip_place:
 * Returns: the left edge, on the page as it is printed, of a box that begins @start points after
 * the side where reading begins.
 */
double
wb_slip_place (WbSlipPage *page, double start, double width)
{
  return page->mirrored ? page->width - start - width : start;
}

/** wb_slip_draw_text: draws @layout at @side of a box that begins @start points after the side
 * where reading begins. */
void
wb_slip_draw_text (WbSlipPage  *page,
                   WbTypeStyle  style,
                   PangoLayout *layout,
                   double       start,
                   double       y,
                   double       width,
                   WbSide       side)
{
  wb_typeset_draw (page->type, page->cr, style, layout, wb_slip_place (page, start, width), y,
                   width, side);
}

/** wb_slip_draw_rule: a thin line from margin to margin; @grey: 0 black, 1 white. */
void
wb_slip_draw_rule (WbSlipPage *page, double y, double grey)
{
  cairo_set_source_rgb (page->cr, grey, grey, grey);
  cairo_rectangle (page->cr, WB_SLIP_MARGIN, y, page->width - 2 * WB_SLIP_MARGIN, 0.6);
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

/** wb_slip_sender: Returns: (transfer none): the sender's name as the customer knows it; may be
 * empty. */
const char *
wb_slip_sender (const WbSlip *slip)
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

typedef struct
{
  GBytes *bytes;
  gsize   at;
} Source;

static cairo_status_t
read_logo (void *closure, unsigned char *data, unsigned int length)
{
  Source       *source = closure;
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (source->bytes, &size);

  if (length > size - source->at)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, bytes + source->at, length);
  source->at += length;
  return CAIRO_STATUS_SUCCESS;
}

/* The logo as high as it may be, at the start side. Returns: y below; @y when there is none. */
static double
draw_logo (WbSlipPage *page, double y, double most_width)
{
  Source           source = { page->slip->logo, 0 };
  cairo_surface_t *logo;
  double           width, height, scale;

  if (page->slip->logo == NULL)
    return y;
  logo = cairo_image_surface_create_from_png_stream (read_logo, &source);
  width = cairo_image_surface_get_width (logo);
  height = cairo_image_surface_get_height (logo);
  if (cairo_surface_status (logo) != CAIRO_STATUS_SUCCESS || width < 1 || height < 1)
    {
      wb_typeset_warn (page->type, _ ("The logo is not a picture that can be printed."));
      cairo_surface_destroy (logo);
      return y;
    }
  scale = MIN (most_width / width, LOGO_HEIGHT / height);
  cairo_save (page->cr);
  cairo_translate (page->cr, wb_slip_place (page, WB_SLIP_MARGIN, width * scale), y);
  cairo_scale (page->cr, scale, scale);
  cairo_set_source_surface (page->cr, logo, 0, 0);
  cairo_paint (page->cr);
  cairo_restore (page->cr);
  cairo_surface_destroy (logo);
  return y + height * scale + 6;
}

/* The sender at the start side, the paper's title at the other. Returns: y below. */
static double
draw_letterhead (WbSlipPage *page, double y)
{
  double title_width = 210,
         sender_width = page->width - 2 * WB_SLIP_MARGIN - title_width - WB_SLIP_GAP;
  PangoLayout *title =
      wb_typeset_keep (page->type, WB_STYLE_TITLE, title_width, 0, _ ("Packing slip"));
  PangoLayout *name =
      wb_typeset_keep (page->type, WB_STYLE_SENDER, sender_width, 2, wb_slip_sender (page->slip));
  const char      *mail = wb_record_get_text (page->slip->origin, WB_ORIGIN_EMAIL);
  g_auto (GStrv)   lines = sender_lines (page->slip);
  g_autofree char *address = join (lines, " · ");
  PangoLayout     *small = wb_typeset_keep (page->type, WB_STYLE_SMALL, sender_width, 5, address);
  double           start = page->width - WB_SLIP_MARGIN - title_width,
         top = draw_logo (page, y, sender_width), below = top + 4 + wb_layout_height (name);

  wb_slip_draw_text (page, WB_STYLE_TITLE, title, start, y - 3, title_width, WB_SIDE_END);
  wb_slip_draw_text (page, WB_STYLE_SENDER, name, WB_SLIP_MARGIN, top + 2, sender_width,
                     WB_SIDE_START);
  wb_slip_draw_text (page, WB_STYLE_SMALL, small, WB_SLIP_MARGIN, below, sender_width,
                     WB_SIDE_START);
  below += wb_layout_height (small);
  if (!wb_text_is_empty (mail))
    {
      small = wb_typeset_keep (page->type, WB_STYLE_SMALL, sender_width, 2, mail);
      wb_slip_draw_text (page, WB_STYLE_SMALL, small, WB_SLIP_MARGIN, below, sender_width,
                         WB_SIDE_START);
      below += wb_layout_height (small);
    }
  return MAX (below, y + wb_layout_height (title));
}

/* @own: whether the value is this slip's alone; what others say too is laid out once. */
static double
draw_fact (WbSlipPage *page, double y, const char *label, const char *value, gboolean own)
{
  double       start = page->width - WB_SLIP_MARGIN - FACTS_WIDTH, rest = FACTS_WIDTH - FACT_LABEL;
  PangoLayout *left, *right;

  if (wb_text_is_empty (value))
    return y;
  left = wb_typeset_keep (page->type, WB_STYLE_SMALL, FACT_LABEL - 6, 0, label);
  right = own ? wb_typeset_set (page->type, WB_STYLE_BODY, rest, 2, value)
              : wb_typeset_keep (page->type, WB_STYLE_BODY, rest, 2, value);
  wb_slip_draw_text (page, WB_STYLE_SMALL, left, start, y + 1.7, FACT_LABEL - 6, WB_SIDE_START);
  wb_slip_draw_text (page, WB_STYLE_BODY, right, start + FACT_LABEL, y, rest, WB_SIDE_START);
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
draw_barcode (WbSlipPage *page, double y)
{
  const char        *reference = wb_record_get_text (page->slip->parcel, WB_PARCEL_REFERENCE);
  double             start = page->width - WB_SLIP_MARGIN - FACTS_WIDTH, bars = 0;
  PangoLayout       *text;
  g_autoptr (GError) error = NULL;

  if (wb_text_is_empty (reference))
    return y;
  if (wb_barcode_draw (page->cr, reference, wb_slip_place (page, start, FACTS_WIDTH), y,
                       FACTS_WIDTH, BARCODE_HEIGHT, page->mirrored, &bars, &error))
    y += BARCODE_HEIGHT + 1;
  else
    wb_typeset_warn (page->type, error->message);
  text = wb_typeset_set (page->type, WB_STYLE_SMALL, FACTS_WIDTH, 2, reference);
  wb_slip_draw_text (page, WB_STYLE_SMALL, text, start, y, bars > 0 ? bars : FACTS_WIDTH,
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
draw_facts (WbSlipPage *page, double y)
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

  y = draw_fact (page, y, _ ("Order"), wb_record_get_text (slip->order, WB_ORDER_NUMBER), TRUE);
  y = draw_fact (page, y, _ ("Ordered on"), placed, FALSE);
  y = draw_fact (page, y, _ ("Ordered at"), slip->channel, FALSE);
  y = draw_fact (page, y, _ ("Sent on"), shipped, FALSE);
  y = draw_fact (page, y, _ ("Sent with"), sent_with, FALSE);
  y = draw_fact (page, y, _ ("Tracking number"),
                 wb_record_get_text (slip->parcel, WB_PARCEL_TRACKING), TRUE);
  y = draw_fact (page, y, _ ("Parcel"), rank, FALSE);
  y = draw_fact (page, y, _ ("Pieces"), pieces, FALSE);
  return draw_barcode (page, y + 8);
}

/** wb_slip_draw_head: draws the first page's head. Returns: where what comes below begins. */
double
wb_slip_draw_head (WbSlipPage *page)
{
  double y = draw_letterhead (page, WB_SLIP_MARGIN) + WB_SLIP_GAP,
         box = page->width - 2 * WB_SLIP_MARGIN - FACTS_WIDTH - 2 * WB_SLIP_GAP, below;
  g_autofree char *to = ship_to_text (page->slip);
  PangoLayout     *caption = wb_typeset_keep (page->type, WB_STYLE_SMALL, box, 0, _ ("Ship to"));
  PangoLayout     *address = wb_typeset_set (page->type, WB_STYLE_ADDRESS, box, 12, to);

  wb_slip_draw_rule (page, y, 0.78);
  y += WB_SLIP_GAP;
  wb_slip_draw_text (page, WB_STYLE_SMALL, caption, WB_SLIP_MARGIN, y + 1.7, box, WB_SIDE_START);
  wb_slip_draw_text (page, WB_STYLE_ADDRESS, address, WB_SLIP_MARGIN, y + 15, box, WB_SIDE_START);
  below = y + 15 + wb_layout_height (address);
  y = draw_facts (page, y);
  return MAX (below, y) + 1.5 * WB_SLIP_GAP;
}

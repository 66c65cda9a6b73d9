/* SPDX-License-Identifier: GPL-3.0-or-later
 * What proves what was in a parcel: what was ordered, every scan on the packing table, weight,
 * serial numbers, label, photos, money, tracking and the timeline, as one paper for a dispute. */
#include "wb-desk-evidence.h"

#include "wb-book-waves.h"
#include "wb-desk-private.h"
#include "wb-dossier.h"
#include "wb-label-document.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define MOST_EVENTS 1000

/* Everything that is read for one paper. */
typedef struct
{
  WbDesk       *desk;
  WbShipment   *shipment;
  WbParcel     *parcel; /* the shipment's */
  WbOrder      *order;
  WbConnection *channel;
  WbLabel      *label; /* NULL: none lives */
  GPtrArray    *evidence, *entries, *events, *origins;
  WbSlipDesign  design;
} Case;

static void
case_clear (Case *self)
{
  g_clear_object (&self->shipment);
  g_clear_object (&self->order);
  g_clear_object (&self->channel);
  g_clear_object (&self->label);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
  wb_slip_design_clear (&self->design);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
read_case (Case *self, gint64 shipment_id, GError **error)
{
  WbBook *book = self->desk->book;
  gint64  order_id;

  if ((self->shipment = wb_book_get_shipment (book, shipment_id, error)) == NULL)
    return FALSE;
  self->parcel = wb_shipment_parcel (self->shipment);
  order_id = wb_record_get_int (self->shipment, WB_SHIPMENT_ORDER_ID);
  self->label = wb_book_get_live_label (book, wb_record_get_int (self->parcel, WB_PARCEL_ID), NULL);
  if ((self->order = wb_book_get_order (book, order_id, error)) == NULL ||
      (self->channel = wb_book_get_connection (
           book, wb_record_get_int (self->order, WB_ORDER_CHANNEL_ID), error)) == NULL ||
      (self->evidence = wb_book_list_evidence (book, order_id, shipment_id, error)) == NULL ||
      (self->entries = wb_book_list_entries (book, order_id, error)) == NULL ||
      (self->events = wb_book_list_events_of (book, "order", order_id, MOST_EVENTS, error)) ==
          NULL ||
      (self->origins = wb_book_list_origins (book, error)) == NULL ||
      !wb_desk_get_slip_design (self->desk, &self->design, error))
    return FALSE;
  if (self->origins->len > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "No sender's address is set up: a paper needs one");
  return FALSE;
}

/* ---- small texts ---- */

/* To the second and in UTC: the same for whoever reads it. NULL: not known. */
static char *
moment (WbInstant at)
{
  g_autoptr (GDateTime) when = at != 0 ? g_date_time_new_from_unix_utc (at) : NULL;

  return when != NULL ? g_date_time_format (when, "%Y-%m-%d %H:%M:%S") : NULL;
}

static char *
grams (gint64 weight)
{
  /* Translators: a weight in grams */
  return weight > 0 ? g_strdup_printf (_ ("%d g"), (int) weight) : NULL;
}

static char *
amount (gint64 minor, const char *currency)
{
  g_autofree char *text = NULL;

  if (currency == NULL)
    return NULL;
  text = wb_money_to_decimal (wb_money (minor, currency));
  return g_strconcat (text, " ", currency, NULL);
}

static gboolean
is_kind (gpointer evidence, const char *kind)
{
  return g_str_equal (wb_record_get_text (evidence, WB_EVIDENCE_KIND), kind);
}

/* Whether its pieces are in the parcel, or were taken out again; what was refused counts nothing.
 */
static gboolean
counts (gpointer evidence)
{
  return is_kind (evidence, WB_EVIDENCE_SCAN) || is_kind (evidence, WB_EVIDENCE_BY_HAND) ||
         is_kind (evidence, WB_EVIDENCE_UNDONE);
}

/* The newest of a kind that happened to this parcel. */
static gpointer
last_of (const Case *self, const char *kind)
{
  for (guint i = self->evidence->len; i > 0; i--)
    if (is_kind (self->evidence->pdata[i - 1], kind))
      return self->evidence->pdata[i - 1];
  return NULL;
}

/* ---- the head ---- */

static void
add_facts (const Case *self, WbDossier *paper)
{
  gpointer weighed = last_of (self, WB_EVIDENCE_WEIGHT),
           boxed = last_of (self, WB_EVIDENCE_PACKAGE);
  const char      *package = wb_record_get_text (self->parcel, WB_PARCEL_PACKAGE);
  g_autofree char *placed = moment (wb_record_get_int (self->order, WB_ORDER_PLACED_AT)),
                  *shipped = moment (wb_record_get_int (self->shipment, WB_SHIPMENT_SHIPPED_AT)),
                  *told = grams (wb_record_get_int (self->parcel, WB_PARCEL_WEIGHT_G)),
                  *scale = weighed != NULL
                               ? grams (wb_record_get_int (weighed, WB_EVIDENCE_WEIGHT_G))
                               : NULL,
                  *total = amount (wb_record_get_int (self->order, WB_ORDER_TOTAL),
                                   wb_record_get_text (self->order, WB_ORDER_CURRENCY));

  wb_dossier_set_address (paper, _ ("Sent to"), wb_record_get_one (self->order, WB_ORDER_SHIP_TO));
  wb_dossier_add_fact (paper, _ ("Order"), wb_record_get_text (self->order, WB_ORDER_NUMBER));
  wb_dossier_add_fact (paper, _ ("Shop"), wb_record_get_text (self->channel, WB_CONNECTION_NAME));
  wb_dossier_add_fact (paper, _ ("Customer"),
                       wb_record_get_text (self->order, WB_ORDER_CUSTOMER_NAME));
  wb_dossier_add_fact (paper, _ ("Placed"), placed);
  wb_dossier_add_fact (paper, _ ("Total"), total);
  wb_dossier_add_fact (paper, _ ("Parcel"), wb_record_get_text (self->parcel, WB_PARCEL_REFERENCE));
  wb_dossier_add_fact (paper, _ ("Carrier"),
                       wb_record_get_text (self->shipment, WB_SHIPMENT_CARRIER));
  wb_dossier_add_fact (paper, _ ("Service"),
                       wb_record_get_text (self->shipment, WB_SHIPMENT_SERVICE));
  wb_dossier_add_fact (paper, _ ("Tracking"),
                       wb_record_get_text (self->parcel, WB_PARCEL_TRACKING));
  wb_dossier_add_fact (paper, _ ("Shipped"), shipped);
  wb_dossier_add_fact (paper, _ ("Weight told"), told);
  wb_dossier_add_fact (paper, _ ("Weighed"), scale);
  wb_dossier_add_fact (
      paper, _ ("Package"),
      package == NULL && boxed != NULL ? wb_record_get_text (boxed, WB_EVIDENCE_TEXT) : package);
}

/* ---- lines ---- */

/* The product that evidence is of, where it is not the line's own: a part of a kit; 0: it is. */
static gint64
part_of (const Case *self, gpointer one)
{
  WbOrderLine *line =
      wb_order_find_line (self->order, wb_record_get_int (one, WB_EVIDENCE_ORDER_LINE_ID));
  gint64 product_id = wb_record_get_int (one, WB_EVIDENCE_PRODUCT_ID);

  return line != NULL && product_id != 0 &&
                 product_id != wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID)
             ? product_id
             : 0;
}

/* Pieces of a line that were verified, or of @part of a kit (0: of the line itself); @codes: their
 * own numbers, as they were scanned. */
static gint64
verified (const Case *self, gint64 line_id, gint64 part, GString *codes)
{
  gint64 n = 0;

  for (guint i = 0; i < self->evidence->len; i++)
    {
      gpointer one = self->evidence->pdata[i];

      if (wb_record_get_int (one, WB_EVIDENCE_ORDER_LINE_ID) != line_id ||
          part_of (self, one) != part)
        continue;
      if (counts (one))
        n += wb_record_get_int (one, WB_EVIDENCE_QUANTITY);
      else if (is_kind (one, WB_EVIDENCE_SERIAL) || is_kind (one, WB_EVIDENCE_LOT))
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? ", " : "",
                                wb_record_get_text (one, WB_EVIDENCE_CODE));
    }
  return n;
}

/* The parts of a kit's line that were verified, each with its own name. */
static void
add_parts (const Case *self, WbDossier *paper, gint64 line_id)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < self->evidence->len; i++)
    {
      gpointer              one = self->evidence->pdata[i];
      gint64                part = part_of (self, one);
      g_autoptr (WbProduct) product = NULL;
      g_autoptr (GString)   codes = g_string_new (NULL);
      g_autofree char      *counted = NULL;
      const char           *sku, *name;

      if (part == 0 || !counts (one) ||
          wb_record_get_int (one, WB_EVIDENCE_ORDER_LINE_ID) != line_id ||
          g_hash_table_contains (told, &part) ||
          (product = wb_book_get_product (self->desk->book, part, NULL)) == NULL)
        continue;
      g_hash_table_add (told, g_memdup2 (&part, sizeof part));
      counted = g_strdup_printf ("%" G_GINT64_FORMAT, verified (self, line_id, part, codes));
      sku = wb_record_get_text (product, WB_PRODUCT_SKU);
      name = wb_record_get_text (product, WB_PRODUCT_NAME);
      wb_dossier_add_row (paper, sku != NULL ? sku : "", name != NULL ? name : "", "", "", counted,
                          codes->str, NULL);
    }
}

static void
add_lines (const Case *self, WbDossier *paper)
{
  const WbTableColumn columns[] = {
    { _ ("SKU"), 15, FALSE },      { _ ("Item"), 28, FALSE },    { _ ("Ordered"), 11, TRUE },
    { _ ("In parcel"), 12, TRUE }, { _ ("Verified"), 15, TRUE }, { _ ("Serial or lot"), 19, FALSE },
  };
  GPtrArray *lines = wb_record_get_many (self->parcel, WB_PARCEL_LINES);

  wb_dossier_add_section (paper, _ ("What is in the parcel"));
  wb_dossier_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < lines->len; i++)
    {
      gint64              id = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID);
      WbOrderLine        *line = wb_order_find_line (self->order, id);
      g_autoptr (GString) codes = g_string_new (NULL);
      const char *name = line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_NAME) : NULL,
                 *sku = line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_SKU) : NULL;
      gint64 here = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY),
             seen = verified (self, id, 0, codes),
             wanted = line != NULL ? wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) : 0;
      g_autofree char *ordered = g_strdup_printf ("%" G_GINT64_FORMAT, wanted),
                      *packed = g_strdup_printf ("%" G_GINT64_FORMAT, here),
                      *counted = g_strdup_printf ("%" G_GINT64_FORMAT, seen);

      wb_dossier_add_row (paper, sku != NULL ? sku : "", name != NULL ? name : "", ordered, packed,
                          counted, codes->str, NULL);
      add_parts (self, paper, id);
    }
}

/* ---- the packing table ---- */

static const struct
{
  const char *kind, *title;
} kinds[] = {
  { WB_EVIDENCE_SCAN, N_ ("Scanned: right") },
  { WB_EVIDENCE_WRONG, N_ ("Wrong item: refused") },
  { WB_EVIDENCE_EXTRA, N_ ("One too many: refused") },
  { WB_EVIDENCE_UNKNOWN, N_ ("Unknown code: refused") },
  { WB_EVIDENCE_BY_HAND, N_ ("Counted by hand") },
  { WB_EVIDENCE_UNDONE, N_ ("Taken back") },
  { WB_EVIDENCE_SERIAL, N_ ("Serial number") },
  { WB_EVIDENCE_LOT, N_ ("Lot") },
  { WB_EVIDENCE_WEIGHT, N_ ("Weighed") },
  { WB_EVIDENCE_PACKAGE, N_ ("Package chosen") },
  { WB_EVIDENCE_PHOTO, N_ ("Photo taken") },
  { WB_EVIDENCE_NOTE, N_ ("Note") },
};

static const char *
kind_title (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _ (kinds[i].title);
  return kind;
}

/* What was scanned, weighed or said. */
static char *
said (gpointer evidence)
{
  const char *code = wb_record_get_text (evidence, WB_EVIDENCE_CODE),
             *text = wb_record_get_text (evidence, WB_EVIDENCE_TEXT);
  char *weight = grams (wb_record_get_int (evidence, WB_EVIDENCE_WEIGHT_G));

  return weight != NULL ? weight : g_strdup (code != NULL ? code : text != NULL ? text : "");
}

static void
add_scan (const Case *self, WbDossier *paper, gpointer one)
{
  WbOrderLine *line =
      wb_order_find_line (self->order, wb_record_get_int (one, WB_EVIDENCE_ORDER_LINE_ID));
  gint64                part = part_of (self, one);
  g_autoptr (WbProduct) product =
      part != 0 ? wb_book_get_product (self->desk->book, part, NULL) : NULL;
  const char *name = product != NULL ? wb_record_get_text (product, WB_PRODUCT_NAME)
                     : line != NULL  ? wb_record_get_text (line, WB_ORDER_LINE_NAME)
                                     : NULL,
             *actor = wb_record_get_text (one, WB_EVIDENCE_ACTOR),
             *station = wb_record_get_text (one, WB_EVIDENCE_STATION);
  gint64           n = wb_record_get_int (one, WB_EVIDENCE_QUANTITY);
  g_autofree char *at = moment (wb_record_get_int (one, WB_EVIDENCE_AT)), *what = said (one),
                  *count = n != 0 && counts (one) ? g_strdup_printf ("%+" G_GINT64_FORMAT, n)
                                                  : g_strdup ("");

  wb_dossier_add_row (paper, at != NULL ? at : "",
                      kind_title (wb_record_get_text (one, WB_EVIDENCE_KIND)), what, count,
                      name != NULL ? name : "", actor != NULL ? actor : "",
                      station != NULL ? station : "", NULL);
}

static void
add_scans (const Case *self, WbDossier *paper)
{
  const WbTableColumn columns[] = {
    { _ ("Time (UTC)"), 21, FALSE }, { _ ("What happened"), 18, FALSE }, { _ ("Code"), 18, FALSE },
    { _ ("Pieces"), 12, TRUE },      { _ ("Item"), 18, FALSE },          { _ ("Who"), 8, FALSE },
    { _ ("Station"), 10, FALSE },
  };

  wb_dossier_add_section (paper, _ ("On the packing table"));
  if (self->evidence->len == 0)
    {
      wb_dossier_add_text (paper,
                           _ ("Nothing was scanned for this parcel: it was not packed on the "
                              "packing table."));
      return;
    }
  wb_dossier_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->evidence->len; i++)
    add_scan (self, paper, self->evidence->pdata[i]);
}

/* ---- money, tracking, timeline ---- */

static void
add_money (const Case *self, WbDossier *paper)
{
  const WbTableColumn columns[] = {
    { _ ("Time (UTC)"), 20, FALSE },
    { _ ("What happened"), 20, FALSE },
    { _ ("Amount"), 20, TRUE },
    { _ ("Reference"), 40, FALSE },
  };
  const struct
  {
    const char *kind, *title;
  } told[] = {
    { WB_ENTRY_AUTHORISED, _ ("Authorised") },
    { WB_ENTRY_CAPTURED, _ ("Captured") },
    { WB_ENTRY_REFUNDED, _ ("Refunded") },
    { WB_ENTRY_DISPUTE, _ ("Dispute") },
  };

  wb_dossier_add_section (paper, _ ("Money of the order"));
  wb_dossier_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->entries->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (told); k++)
      {
        gpointer         entry = self->entries->pdata[i];
        const char      *ref = wb_record_get_text (entry, WB_ENTRY_SOURCE_REF);
        g_autofree char *at = moment (wb_record_get_int (entry, WB_ENTRY_AT)),
                        *sum = amount (wb_record_get_int (entry, WB_ENTRY_AMOUNT),
                                       wb_record_get_text (entry, WB_ENTRY_CURRENCY));

        if (g_str_equal (wb_record_get_text (entry, WB_ENTRY_KIND), told[k].kind))
          wb_dossier_add_row (paper, at != NULL ? at : "", told[k].title, sum != NULL ? sum : "",
                              ref != NULL ? ref : "", NULL);
      }
}

static void
add_tracking (const Case *self, WbDossier *paper)
{
  const char *number = wb_record_get_text (self->parcel, WB_PARCEL_TRACKING),
             *url = wb_record_get_text (self->parcel, WB_PARCEL_TRACKING_URL),
             *raw = wb_record_get_text (self->parcel, WB_PARCEL_TRACKER_RAW),
             *state = wb_tracker_title (wb_record_get_text (self->parcel, WB_PARCEL_TRACKER_STATE));
  g_autofree char    *asked = moment (wb_record_get_int (self->parcel, WB_PARCEL_TRACKED_AT));
  const WbTableColumn columns[] = {
    { _ ("Tracking"), 25, FALSE },
    { _ ("Where it is"), 20, FALSE },
    { _ ("Asked (UTC)"), 20, FALSE },
    { _ ("In the carrier’s words"), 35, FALSE },
  };

  wb_dossier_add_section (paper, _ ("Where the parcel is"));
  if (wb_text_is_empty (number))
    {
      wb_dossier_add_text (paper, _ ("The parcel has no tracking number."));
      return;
    }
  wb_dossier_begin_table (paper, columns, G_N_ELEMENTS (columns));
  wb_dossier_add_row (paper, number, state, asked != NULL ? asked : "", raw != NULL ? raw : "",
                      NULL);
  if (!wb_text_is_empty (url))
    wb_dossier_add_text (paper, url);
}

static void
add_events (const Case *self, WbDossier *paper)
{
  const WbTableColumn columns[] = {
    { _ ("Time (UTC)"), 22, FALSE },
    { _ ("What happened"), 58, FALSE },
    { _ ("Who"), 20, FALSE },
  };

  wb_dossier_add_section (paper, _ ("What happened to the order"));
  wb_dossier_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = self->events->len; i > 0; i--)
    {
      gpointer         event = self->events->pdata[i - 1];
      const char      *actor = wb_record_get_text (event, WB_EVENT_ACTOR);
      g_autofree char *at = moment (wb_record_get_int (event, WB_EVENT_AT)),
                      *title = wb_event_title (event);

      wb_dossier_add_row (paper, at != NULL ? at : "", title, actor != NULL ? actor : "", NULL);
    }
}

/* ---- pictures ---- */

static gboolean
add_label (const Case *self, WbDossier *paper, GError **error)
{
  const char *format =
      self->label != NULL ? wb_record_get_text (self->label, WB_LABEL_FORMAT) : NULL;
  g_autoptr (GBytes) bytes = NULL, picture = NULL;
  g_autofree char   *bought = NULL, *caption = NULL;

  wb_dossier_add_section (paper, _ ("Label"));
  if (self->label == NULL)
    {
      wb_dossier_add_text (paper, _ ("The parcel has no label in the order book."));
      return TRUE;
    }
  bytes = wb_book_get_document (self->desk->book,
                                wb_record_get_text (self->label, WB_LABEL_DOCUMENT), NULL, error);
  if (bytes == NULL)
    return FALSE;
  if (g_strcmp0 (format, WB_FORMAT_PDF) == 0 || g_strcmp0 (format, WB_FORMAT_PNG) == 0)
    picture = wb_label_document_picture (bytes, format, NULL);
  bought = moment (wb_record_get_int (self->label, WB_LABEL_BOUGHT_AT));
  caption = g_strdup_printf (_ ("Bought %s UTC, as the carrier made it"), bought);
  if (picture != NULL && wb_dossier_add_picture (paper, caption, picture, NULL))
    return TRUE;
  wb_dossier_add_text (paper, _ ("The label is kept in the order book in a form that only a label "
                                 "printer can draw."));
  return TRUE;
}

static gboolean
add_photos (const Case *self, WbDossier *paper, GError **error)
{
  gboolean first = TRUE;

  for (guint i = 0; i < self->evidence->len; i++)
    {
      gpointer           one = self->evidence->pdata[i];
      g_autoptr (GBytes) photo = NULL;
      g_autofree char   *at = NULL, *caption = NULL;
      const char        *hash = wb_record_get_text (one, WB_EVIDENCE_DOCUMENT),
                 *actor = wb_record_get_text (one, WB_EVIDENCE_ACTOR);

      if (!is_kind (one, WB_EVIDENCE_PHOTO) || hash == NULL)
        continue;
      if ((photo = wb_book_get_document (self->desk->book, hash, NULL, error)) == NULL)
        return FALSE;
      if (first)
        wb_dossier_add_section (paper, _ ("Photos"));
      first = FALSE;
      at = moment (wb_record_get_int (one, WB_EVIDENCE_AT));
      caption = g_strdup_printf ("%s UTC · %s · SHA-256 %s", at, actor != NULL ? actor : "", hash);
      if (!wb_dossier_add_picture (paper, caption, photo, NULL))
        wb_dossier_add_text (paper,
                             _ ("A photo is kept in the order book in a form that this paper "
                                "cannot show."));
    }
  return TRUE;
}

/* The newest thing on the paper: it is the same whenever it is made. */
static WbInstant
latest (const Case *self)
{
  WbInstant at = wb_record_get_int (self->shipment, WB_SHIPMENT_CREATED_AT);

  at = MAX (at, wb_record_get_int (self->shipment, WB_SHIPMENT_SHIPPED_AT));
  at = MAX (at, wb_record_get_int (self->parcel, WB_PARCEL_TRACKED_AT));
  return self->events->len > 0 ? MAX (at, wb_record_get_int (self->events->pdata[0], WB_EVENT_AT))
                               : at;
}

/**
 * wb_desk_make_evidence:
 * Returns: (transfer full): everything that is known of one shipment's parcel, as PDF for somebody
 * who doubts what was in it: order and address, each line with the pieces that were verified and
 * their serial numbers, all that happened on the packing table, money, tracking, the order's
 * timeline, the label's first page and the photos. Times are in UTC. The same records give the same
 * bytes.
 */
GBytes *
wb_desk_make_evidence (WbDesk *self, gint64 shipment_id, GError **error)
{
  g_auto (Case)         c = { .desk = self };
  g_autoptr (WbDossier) paper = wb_dossier_new (_ ("Evidence of a parcel"));
  g_autoptr (WbPrinter) printer = wb_book_get_printer (self->book, WB_DOCUMENT_SLIP, NULL);
  WbOrderPaper          with = { 0 };

  if (!read_case (&c, shipment_id, error))
    return NULL;
  add_facts (&c, paper);
  add_lines (&c, paper);
  add_scans (&c, paper);
  add_tracking (&c, paper);
  add_money (&c, paper);
  add_events (&c, paper);
  if (!add_label (&c, paper, error) || !add_photos (&c, paper, error))
    return NULL;
  with = (WbOrderPaper){ .origin = c.origins->pdata[0],
                         .logo = c.design.logo,
                         .practice = wb_desk_is_practice (self),
                         .paper = printer != NULL ? wb_record_get_text (printer, WB_PRINTER_MEDIA)
                                                  : NULL };
  return wb_dossier_render (paper, &with, latest (&c), NULL, NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the papers of an order share: the facts beside the address, by their names in templates,
 * the heads and the message. */
#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <string.h>

static const char *
order_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return wb_record_get_text (paper->order, WB_ORDER_NUMBER);
}

static const char *
ordered_on_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return wb_doc_day (doc, wb_record_get_int (paper->order, WB_ORDER_PLACED_AT),
                     wb_record_get_text (paper->origin, WB_ORIGIN_ZONE));
}

static const char *
channel_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return paper->channel;
}

static const char *
payment_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return wb_record_get_text (paper->order, WB_ORDER_PAYMENT_TITLE);
}

static const char *
sent_on_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return paper->shipment != NULL
             ? wb_doc_date (doc, wb_record_get_text (paper->shipment, WB_SHIPMENT_SHIP_DATE))
             : NULL;
}

static const char *
made_on_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return paper->made_on != NULL ? wb_doc_date (doc, paper->made_on) : sent_on_text (doc, paper);
}

static const char *
sent_with_text (WbDoc *doc, const WbOrderPaper *paper)
{
  const char *carrier, *service;
  char       *both;

  if (paper->shipment == NULL)
    return NULL;
  carrier = wb_record_get_text (paper->shipment, WB_SHIPMENT_CARRIER);
  service = wb_record_get_text (paper->shipment, WB_SHIPMENT_SERVICE);
  if (carrier == NULL || service == NULL)
    return carrier != NULL ? carrier : service;
  both = g_strconcat (carrier, " ", service, NULL);
  carrier = wb_doc_dup (doc, both);
  g_free (both);
  return carrier;
}

static const char *
tracking_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return paper->parcel != NULL ? wb_record_get_text (paper->parcel, WB_PARCEL_TRACKING) : NULL;
}

static const char *
reference_text (WbDoc *doc, const WbOrderPaper *paper)
{
  return paper->parcel != NULL ? wb_record_get_text (paper->parcel, WB_PARCEL_REFERENCE) : NULL;
}

static const char *
rank_text (WbDoc *doc, const WbOrderPaper *paper)
{
  guint parcels;

  if (paper->shipment == NULL || paper->parcel == NULL)
    return NULL;
  parcels = wb_record_get_many (paper->shipment, WB_SHIPMENT_PARCELS)->len;
  return wb_doc_fill (doc, "rank", "n", wb_doc_number (doc, wb_slip_parcel_rank (paper)), "m",
                      wb_doc_number (doc, parcels), NULL);
}

static const char *
pieces_text (WbDoc *doc, const WbOrderPaper *paper)
{
  gint64 pieces = 0;

  if (paper->parcel == NULL)
    return wb_doc_number (doc, wb_record_get_int (paper->order, WB_ORDER_ITEM_COUNT));
  for (guint i = 0; i < wb_record_get_many (paper->parcel, WB_PARCEL_LINES)->len; i++)
    pieces += wb_record_get_int (wb_record_get_many (paper->parcel, WB_PARCEL_LINES)->pdata[i],
                                 WB_PARCEL_LINE_QUANTITY);
  return wb_doc_number (doc, pieces);
}

static const char *
weight_text (WbDoc *doc, const WbOrderPaper *paper)
{
  gint64 grams = paper->parcel != NULL ? wb_record_get_int (paper->parcel, WB_PARCEL_WEIGHT_G) : 0;

  return grams > 0 ? wb_doc_kilos (doc, grams) : NULL;
}

static const char *
contents_text (WbDoc *doc, const WbOrderPaper *paper)
{
  char key[48];

  if (paper->customs == NULL)
    return NULL;
  g_snprintf (key, sizeof key, "contents-%s", paper->customs->contents);
  return wb_doc_word (doc, key);
}

/* A fact's name is one of the papers' words, and its label. */
static const struct
{
  const char *name;
  const char *(*text) (WbDoc *doc, const WbOrderPaper *paper);
  gboolean own; /* no other paper says the same */
} known[] = {
  { "order", order_text, TRUE },
  { "ordered-on", ordered_on_text },
  { "ordered-at", channel_text },
  { "paid-with", payment_text },
  { "sent-on", sent_on_text },
  { "sent-with", sent_with_text },
  { "tracking", tracking_text, TRUE },
  { "parcel", rank_text },
  { "pieces", pieces_text },
  { "reference", reference_text, TRUE },
  { "invoice-number", reference_text, TRUE },
  { "made-on", made_on_text },
  { "weight", weight_text },
  { "gross-weight", weight_text },
  { "contents", contents_text },
};

/** wb_order_facts: fills @facts, of which there are @most, with what the template names. Returns:
 * how many. */
guint
wb_order_facts (WbDoc *doc, const WbOrderPaper *paper, WbDocFact *facts, guint most)
{
  const char *const *names = wb_template_get_facts (doc->ask.template);
  guint              n = 0;

  for (guint i = 0; names[i] != NULL && n < most; i++)
    for (guint k = 0; k < G_N_ELEMENTS (known); k++)
      if (strcmp (known[k].name, names[i]) == 0)
        facts[n++] = (WbDocFact){ .label = wb_doc_word (doc, names[i]),
                                  .value = known[k].text (doc, paper),
                                  .own = known[k].own };
  return n;
}

/** wb_order_barcode: Returns: (transfer none) (nullable): what the template wants scanned: the
 * parcel, or the order where there is no parcel. */
const char *
wb_order_barcode (WbDoc *doc, const WbOrderPaper *paper)
{
  const char *reference = reference_text (doc, paper);

  if (!wb_template_has_barcode (doc->ask.template))
    return NULL;
  return reference != NULL ? reference : order_text (doc, paper);
}

/** wb_order_heads: what later pages and the foot say. */
void
wb_order_heads (WbDoc *doc, const WbOrderPaper *paper)
{
  const char      *number = wb_record_get_text (paper->order, WB_ORDER_NUMBER);
  const char      *reference = reference_text (doc, paper);
  const char      *order = wb_doc_fill (doc, "order-number", "order", number, NULL);
  g_autofree char *running =
      g_strconcat (wb_doc_word (doc, wb_template_get_title (doc->ask.template)), " ", number, NULL);
  g_autofree char *foot =
      reference != NULL ? g_strconcat (order, " · ", reference, NULL) : g_strdup (order);

  wb_doc_set_running (doc, wb_doc_dup (doc, running));
  wb_doc_set_foot (doc, wb_doc_dup (doc, foot));
}

/** wb_order_message: the block “message”: the merchant's words, else the template's. */
void
wb_order_message (WbDoc *doc, const WbOrderPaper *paper)
{
  wb_doc_paragraph (doc, WB_STYLE_BODY,
                    !wb_text_is_empty (paper->message)
                        ? paper->message
                        : wb_template_get_message (doc->ask.template));
}

/** wb_order_columns: the template's columns without @skip (nullable) and those of @hide; all of
 * them when none would be left. Returns: how many. */
guint
wb_order_columns (WbDoc *doc, const char *skip, guint hide, const char *columns[], guint most)
{
  static const struct
  {
    const char *name;
    guint       hide;
  } hidden[] = {
    { "sku", WB_SLIP_HIDE_SKU },
    { "ordered", WB_SLIP_HIDE_ORDERED },
    { "to-come", WB_SLIP_HIDE_TO_COME },
  };
  const char *const *names = wb_template_get_columns (doc->ask.template);
  guint              n = 0;

  for (guint i = 0; names[i] != NULL && n + 1 < most; i++)
    {
      gboolean gone = g_strcmp0 (names[i], skip) == 0;

      for (guint k = 0; k < G_N_ELEMENTS (hidden); k++)
        gone = gone || (strcmp (hidden[k].name, names[i]) == 0 && (hide & hidden[k].hide) != 0);
      if (!gone)
        columns[n++] = names[i];
    }
  if (n == 0)
    columns[n++] = names[0];
  columns[n] = NULL;
  return n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * One shipment with all that hangs on it, read in one go, and its parts as rows. */
#include "wb-shipment-facts.h"

#include "wb-desk-merge.h"
#include "wb-fact-row.h"
#include "wb-order-facts.h"
#include "wb-parcel-row.h"
#include "wb-refusals.h"
#include "wb-shipment-row.h"

#include <glib/gi18n-lib.h>

static gboolean
read_label (WbShipmentFacts *facts, WbBook *book, GError **error)
{
  gint64                id = wb_record_get_int (facts->shipment, WB_SHIPMENT_ID);
  gint64                order_id = wb_record_get_int (facts->shipment, WB_SHIPMENT_ORDER_ID);
  g_autoptr (GPtrArray) labels = wb_book_list_labels (book, order_id, error);

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    if (wb_record_get_int (labels->pdata[i], WB_LABEL_SHIPMENT_ID) == id &&
        !wb_shipment_facts_has_label (facts, WB_LABEL_LIVE))
      g_set_object (&facts->label, labels->pdata[i]);
  return labels != NULL;
}

/* Of several orders in one parcel, one has the label. */
static gboolean
read_carrying (WbShipmentFacts *facts, WbBook *book, GError **error)
{
  gint64                 id = wb_record_get_int (facts->shipment, WB_SHIPMENT_ID);
  g_autoptr (WbShipment) carrying = NULL;
  g_autoptr (WbOrder)    order = NULL;

  if (wb_record_get_int (facts->shipment, WB_SHIPMENT_CARRIED_BY) == 0)
    return TRUE;
  carrying = wb_book_get_carrying (book, id, error);
  order = carrying != NULL
              ? wb_book_get_order (book, wb_record_get_int (carrying, WB_SHIPMENT_ORDER_ID), error)
              : NULL;
  if (order != NULL)
    facts->carried_by = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
  return order != NULL;
}

/**
 * wb_shipment_facts_read:
 * Returns: (transfer full): what @book says of the shipment; quick, for the main thread.
 */
WbShipmentFacts *
wb_shipment_facts_read (WbBook *book, gint64 shipment_id, GError **error)
{
  g_autoptr (WbShipmentFacts) facts = g_new0 (WbShipmentFacts, 1);
  gint64                      order_id;

  facts->shipment = wb_book_get_shipment (book, shipment_id, error);
  if (facts->shipment == NULL)
    return NULL;
  order_id = wb_record_get_int (facts->shipment, WB_SHIPMENT_ORDER_ID);
  if ((facts->order = wb_book_get_order (book, order_id, error)) == NULL ||
      !read_label (facts, book, error) || !read_carrying (facts, book, error) ||
      (facts->operations = wb_book_list_operations_of (book, order_id, shipment_id, error)) == NULL)
    return NULL;
  return g_steal_pointer (&facts);
}

/** wb_shipment_facts_free: frees @facts. */
void
wb_shipment_facts_free (WbShipmentFacts *facts)
{
  g_clear_object (&facts->shipment);
  g_clear_object (&facts->order);
  g_clear_object (&facts->label);
  g_clear_pointer (&facts->operations, g_ptr_array_unref);
  g_free (facts->carried_by);
  g_free (facts);
}

static void
sign (GString *text, gpointer record)
{
  g_autoptr (JsonNode) json = record != NULL ? wb_record_to_json (record) : NULL;
  g_autofree char     *written = json != NULL ? wb_json_to_text (json) : NULL;

  if (written != NULL)
    g_string_append (text, written);
}

/** wb_shipment_facts_signature: Returns: (transfer full): a text that differs when anything to be
 * shown differs. */
char *
wb_shipment_facts_signature (WbShipmentFacts *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sign (text, facts->shipment);
  sign (text, facts->order);
  sign (text, facts->label);
  for (guint i = 0; i < facts->operations->len; i++)
    g_string_append_printf (text, " %s %s",
                            wb_record_get_text (facts->operations->pdata[i], WB_OPERATION_KEY),
                            wb_record_get_text (facts->operations->pdata[i], WB_OPERATION_STATE));
  return g_strdup (text->str);
}

/** wb_shipment_facts_is: whether the shipment is in @state (WB_SHIPMENT_…). */
gboolean
wb_shipment_facts_is (WbShipmentFacts *facts, const char *state)
{
  return g_strcmp0 (wb_record_get_text (facts->shipment, WB_SHIPMENT_STATE), state) == 0;
}

/** wb_shipment_facts_has_label: whether there is a label, and it is in @label_state (WB_LABEL_…).
 */
gboolean
wb_shipment_facts_has_label (WbShipmentFacts *facts, const char *label_state)
{
  return facts->label != NULL &&
         g_strcmp0 (wb_record_get_text (facts->label, WB_LABEL_STATE), label_state) == 0;
}

static void
add (GtkListBox *box, const char *title, const char *value, const char *style)
{
  if (value != NULL && *value != '\0')
    gtk_list_box_append (box, wb_fact_row_new (title, value, style));
}

static const struct
{
  const char *state;
  const char *text;
  const char *style;
} refunds[] = {
  { WB_LABEL_VOID_ASKED, N_ ("Asked back, not decided yet"), "warning" },
  { WB_LABEL_VOID, N_ ("Given back"), "success" },
  { WB_LABEL_VOID_REFUSED, N_ ("Refused by the carrier"), "error" },
};

/** wb_shipment_facts_standing: Returns: (transfer full): the state in a line, with what became of a
 * label that was given up. */
char *
wb_shipment_facts_standing (WbShipmentFacts *facts)
{
  const char *state =
      wb_shipment_state_title (wb_record_get_text (facts->shipment, WB_SHIPMENT_STATE));

  for (guint i = 0; i < G_N_ELEMENTS (refunds); i++)
    if (wb_shipment_facts_has_label (facts, refunds[i].state))
      /* Translators: a shipment's state; what became of its label's refund */
      return g_strdup_printf (_ ("%s · label voided: %s"), state, _ (refunds[i].text));
  return g_strdup (state);
}

static void
add_tracking (WbShipmentFacts *facts, GtkListBox *box)
{
  const char *tracking = wb_shipment_get_parcel_text (facts->shipment, WB_PARCEL_TRACKING);
  const char *state = wb_shipment_get_parcel_text (facts->shipment, WB_PARCEL_TRACKER_STATE);
  GPtrArray  *parcels = wb_record_get_many (facts->shipment, WB_SHIPMENT_PARCELS);
  WbInstant at = parcels->len > 0 ? wb_record_get_int (parcels->pdata[0], WB_PARCEL_TRACKED_AT) : 0;
  g_autofree char *when = at != 0 ? wb_instant_to_relative (at, wb_now ()) : NULL;
  g_autofree char *where = NULL;

  if (tracking == NULL || wb_shipment_facts_is (facts, WB_SHIPMENT_VOID))
    return;
  if (when != NULL)
    /* Translators: where a parcel is, and when the carrier was asked: In transit (today 9:12) */
    where = g_strdup_printf (_ ("%s (%s)"), wb_tracker_title (state), when);
  add (box, _ ("Where it is"), where != NULL ? where : wb_tracker_title (state),
       wb_tracker_get_style (state));
}

static void
add_insured (WbShipmentFacts *facts, GtkListBox *box)
{
  gint64           insured = wb_record_get_int (facts->shipment, WB_SHIPMENT_INSURED);
  g_autofree char *text = wb_money_to_text (
      wb_money (insured, wb_record_get_text (facts->shipment, WB_SHIPMENT_CAPTURE_CURRENCY)));

  if (insured > 0)
    add (box, _ ("Insured for"), text, NULL);
}

/* A label that failed a check and was printed all the same: whose decision that was. */
static void
add_acceptance (WbShipmentFacts *facts, GtkListBox *box)
{
  g_autofree char *when = NULL, *text = NULL, *doubt = NULL;

  if (facts->label == NULL || wb_record_get_text (facts->label, WB_LABEL_QUARANTINE) == NULL)
    return;
  if (wb_label_is_set_aside (facts->label))
    {
      add (box, _ ("Label"), _ ("Set aside"), "warning");
      return;
    }
  doubt = wb_label_dup_doubt (facts->label);
  when = wb_instant_to_relative (wb_record_get_int (facts->label, WB_LABEL_ACCEPTED_AT), wb_now ());
  /* Translators: who accepted a label that had failed a check, when, and what had been found */
  text = g_strdup_printf (_ ("By %s, %s. %s"),
                          wb_record_get_text (facts->label, WB_LABEL_ACCEPTED_BY), when, doubt);
  add (box, _ ("Label accepted"), text, NULL);
}

/** wb_shipment_facts_fill: carrier, service, cost, where it is, when it left, and its refund. */
void
wb_shipment_facts_fill (WbShipmentFacts *facts, GtkListBox *box)
{
  g_autofree char *cost =
      wb_money_to_text (wb_record_get_money (facts->shipment, WB_SHIPMENT_COST));
  g_autofree char *left =
      wb_instant_to_text (wb_record_get_int (facts->shipment, WB_SHIPMENT_SHIPPED_AT));

  wb_list_box_clear (box);
  add (box, _ ("Carrier"), wb_record_get_text (facts->shipment, WB_SHIPMENT_CARRIER), NULL);
  add (box, _ ("Service"), wb_record_get_text (facts->shipment, WB_SHIPMENT_SERVICE), NULL);
  add (box, _ ("Cost"), cost, NULL);
  if (wb_record_get_bool (facts->shipment, WB_SHIPMENT_SIGNATURE))
    add (box, _ ("Handed over"), _ ("Against a signature only"), NULL);
  add_insured (facts, box);
  add_tracking (facts, box);
  add (box, _ ("Ship date"), wb_record_get_text (facts->shipment, WB_SHIPMENT_SHIP_DATE), NULL);
  if (wb_record_get_int (facts->shipment, WB_SHIPMENT_SHIPPED_AT) != 0)
    add (box, _ ("Finished"), left, NULL);
  add_acceptance (facts, box);
  for (guint i = 0; i < G_N_ELEMENTS (refunds); i++)
    if (wb_shipment_facts_has_label (facts, refunds[i].state))
      add (box, _ ("Refund of the label"), _ (refunds[i].text), refunds[i].style);
}

/* What the journal says of one paper: how often it was printed, when last, where; or why not. */
static void
add_paper (WbShipmentFacts *facts, GtkListBox *box, const char *document, const char *title)
{
  g_autofree char     *start = g_strdup_printf ("%s:%s:", WB_OP_PRINT, document);
  g_autoptr (JsonNode) reply = NULL;
  g_autofree char     *when = NULL, *text = NULL;
  WbOperation         *last = NULL;
  const char          *printer;
  guint                n = 0;
  WbJson               at;

  for (guint i = 0; i < facts->operations->len; i++)
    if (g_str_has_prefix (wb_record_get_text (facts->operations->pdata[i], WB_OPERATION_KEY),
                          start))
      {
        last = facts->operations->pdata[i];
        n += wb_operation_is (last, WB_OPERATION_DONE);
      }
  if (last == NULL && facts->carried_by != NULL && g_str_equal (document, WB_DOCUMENT_LABEL))
    {
      /* Translators: an order's number: the label of its parcel is this one's too */
      text = g_strdup_printf (_ ("That of #%s"), facts->carried_by);
      add (box, title, text, NULL);
      return;
    }
  if (last == NULL)
    {
      add (box, title, _ ("Not printed"), "dim-label");
      return;
    }
  if (!wb_operation_is (last, WB_OPERATION_DONE))
    {
      const char        *why = wb_record_get_text (last, WB_OPERATION_ERROR);
      g_auto (WbRefusal) refusal = { 0 };

      if (why != NULL && *why != '\0')
        wb_refusal_of_operation (last, &refusal);
      add (box, title,
           refusal.words != NULL
               ? refusal.words
               : wb_operation_state_title (wb_record_get_text (last, WB_OPERATION_STATE)),
           "warning");
      return;
    }
  reply = wb_operation_reply (last);
  at = wb_json_root (reply, "reply");
  printer = wb_json_opt_string (&at, "printer");
  when = wb_instant_to_relative (wb_record_get_int (last, WB_OPERATION_ENDED_AT), wb_now ());
  /* Translators: how often a paper was printed, when last, and on which printer */
  text = g_strdup_printf (
      ngettext ("Printed %d time, last %s on %s", "Printed %d times, last %s on %s", n), (int) n,
      when, printer != NULL ? printer : "–");
  add (box, title, text, NULL);
}

/** wb_shipment_facts_fill_papers: whether label and slip have been printed. */
void
wb_shipment_facts_fill_papers (WbShipmentFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  add_paper (facts, box, WB_DOCUMENT_LABEL, _ ("Label"));
  add_paper (facts, box, WB_DOCUMENT_SLIP, _ ("Packing slip"));
}

static WbOrderLine *
find_line (WbShipmentFacts *facts, gint64 id)
{
  GPtrArray *lines = wb_record_get_many (facts->order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID) == id)
      return lines->pdata[i];
  return NULL;
}

static void
add_parcel (WbShipmentFacts *facts, GtkListBox *box, WbParcel *parcel)
{
  GPtrArray       *lines = wb_record_get_many (parcel, WB_PARCEL_LINES);
  const char      *package = wb_record_get_text (parcel, WB_PARCEL_PACKAGE);
  gint64           weight = wb_record_get_int (parcel, WB_PARCEL_WEIGHT_G);
  g_autofree char *box_text = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64       quantity = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY);
      WbOrderLine *line =
          find_line (facts, wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID));
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT " ×", quantity);

      if (line != NULL)
        add (box, count, wb_record_get_text (line, WB_ORDER_LINE_NAME), NULL);
    }
  /* Translators: a box: its kind and weight in grams */
  box_text =
      g_strdup_printf (_ ("%s, %d g"), package != NULL ? package : _ ("Package"), (int) weight);
  add (box, _ ("Package"), box_text, "dim-label");
}

/** wb_shipment_facts_fill_contents: what is in the parcel, and the box it is in. */
void
wb_shipment_facts_fill_contents (WbShipmentFacts *facts, GtkListBox *box)
{
  GPtrArray *parcels = wb_record_get_many (facts->shipment, WB_SHIPMENT_PARCELS);

  wb_list_box_clear (box);
  for (guint i = 0; i < parcels->len; i++)
    add_parcel (facts, box, parcels->pdata[i]);
}

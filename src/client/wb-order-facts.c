/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order with all that hangs on it, read in one go, and its parts as rows. */
#include "wb-order-facts.h"

#include "wb-address-format.h"
#include "wb-edit-row.h"
#include "wb-event-row.h"
#include "wb-fact-row.h"
#include "wb-line-row.h"
#include "wb-order-margin.h"
#include "wb-parcel-row.h"

#include <glib/gi18n-lib.h>

#define MOST_EVENTS 200

/**
 * wb_order_facts_read:
 * Returns: (transfer full): what @book says of the order; quick, for the main thread.
 */
WbOrderFacts *
wb_order_facts_read (WbBook *book, gint64 order_id, GError **error)
{
  g_autoptr (WbOrderFacts) facts = g_new0 (WbOrderFacts, 1);

  if ((facts->order = wb_book_get_order (book, order_id, error)) == NULL ||
      (facts->shipments = wb_book_list_shipments (book, order_id, error)) == NULL ||
      (facts->entries = wb_book_list_entries (book, order_id, error)) == NULL ||
      (facts->events = wb_book_list_events_of (book, "order", order_id, MOST_EVENTS, error)) ==
          NULL ||
      !wb_book_count_person (book, facts->order, &facts->nth, &facts->returned, error) ||
      !wb_together_read (book, order_id, facts->shipments, &facts->together, error))
    return NULL;
  return g_steal_pointer (&facts);
}

/** wb_order_facts_free: frees @facts. */
void
wb_order_facts_free (WbOrderFacts *facts)
{
  g_clear_object (&facts->order);
  g_clear_pointer (&facts->shipments, g_ptr_array_unref);
  g_clear_pointer (&facts->entries, g_ptr_array_unref);
  g_clear_pointer (&facts->events, g_ptr_array_unref);
  wb_together_clear (&facts->together);
  g_free (facts);
}

static void
sign (GString *text, gpointer record)
{
  g_autoptr (JsonNode) json = wb_record_to_json (record);
  g_autofree char     *written = wb_json_to_text (json);

  g_string_append (text, written);
}

/** wb_order_facts_signature: Returns: (transfer full): a text that differs when anything to be
 * shown differs. */
char *
wb_order_facts_signature (WbOrderFacts *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sign (text, facts->order);
  for (guint i = 0; i < facts->shipments->len; i++)
    sign (text, facts->shipments->pdata[i]);
  g_string_append_printf (text, "%u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, facts->entries->len,
                          facts->events->len, facts->nth, facts->returned);
  if (facts->events->len > 0)
    sign (text, facts->events->pdata[0]);
  g_string_append (text, facts->together.text != NULL ? facts->together.text : "");
  return g_strdup (text->str);
}

/** wb_order_facts_address: Returns: (transfer full) (nullable): where it goes, as its country
 * writes it. */
char *
wb_order_facts_address (WbOrderFacts *facts)
{
  WbAddress     *to = wb_record_get_one (facts->order, WB_ORDER_SHIP_TO);
  g_auto (GStrv) lines = NULL;
  WbAddressParts parts = { 0 };

  if (to == NULL)
    return NULL;
  parts.name = wb_record_get_text (to, WB_ADDRESS_NAME);
  parts.company = wb_record_get_text (to, WB_ADDRESS_COMPANY);
  parts.street1 = wb_record_get_text (to, WB_ADDRESS_STREET1);
  parts.street2 = wb_record_get_text (to, WB_ADDRESS_STREET2);
  parts.city = wb_record_get_text (to, WB_ADDRESS_CITY);
  parts.region = wb_record_get_text (to, WB_ADDRESS_REGION);
  parts.postcode = wb_record_get_text (to, WB_ADDRESS_POSTCODE);
  parts.country = wb_record_get_text (to, WB_ADDRESS_COUNTRY);
  lines = wb_address_format (&parts, TRUE);
  return g_strjoinv ("\n", lines);
}

/** wb_order_facts_person: Returns: (transfer full) (nullable): which order of the person it is, and
 * what came back; %NULL when nobody is known. */
char *
wb_order_facts_person (WbOrderFacts *facts)
{
  g_autofree char *back = NULL;

  if (facts->nth == 0)
    return NULL;
  back = g_strdup_printf (ngettext ("%d return", "%d returns", (gulong) facts->returned),
                          (int) facts->returned);
  if (facts->nth == 1)
    /* Translators: the customer's first order; how many returns: “First order, 0 returns” */
    return g_strdup_printf (_ ("First order, %s"), back);
  /* Translators: which of the customer's orders this is; how many returns: “Order no. 12, 0
     returns” */
  return g_strdup_printf (_ ("Order no. %d, %s"), (int) facts->nth, back);
}

/** wb_order_facts_find: Returns: the latest shipment in @shipment_state, 0 when there is none. */
gint64
wb_order_facts_find (WbOrderFacts *facts, const char *shipment_state)
{
  gint64 found = 0;

  for (guint i = 0; i < facts->shipments->len; i++)
    if (g_strcmp0 (wb_record_get_text (facts->shipments->pdata[i], WB_SHIPMENT_STATE),
                   shipment_state) == 0)
      found = wb_record_get_int (facts->shipments->pdata[i], WB_SHIPMENT_ID);
  return found;
}

/* The purchase that an edit came after: what was changed before it is in the label already. */
static gboolean
is_purchase (WbEvent *event)
{
  return g_strcmp0 (wb_record_get_text (event, WB_EVENT_KIND), WB_OP_BUY_LABEL "-done") == 0;
}

/** wb_order_facts_fill_edits: what the shop changed after it had told of the order, newest first;
 * of an order that was edited after its label, what came after it. Returns: whether there is any.
 */
gboolean
wb_order_facts_fill_edits (WbOrderFacts *facts, GtkListBox *box)
{
  gboolean after_label = wb_record_get_bool (facts->order, WB_ORDER_EDITED_AFTER_LABEL);
  gboolean any = FALSE;

  wb_list_box_clear (box);
  for (guint i = 0; i < facts->events->len; i++)
    {
      g_autoptr (GPtrArray) edits = wb_event_list_edits (facts->events->pdata[i], facts->order);

      if (after_label && is_purchase (facts->events->pdata[i]))
        break;
      for (guint k = 0; k < edits->len; k++)
        gtk_list_box_append (box, wb_edit_row_new (edits->pdata[k]));
      any |= edits->len > 0;
    }
  return any;
}

/** wb_list_box_clear: takes every row out of @box. */
void
wb_list_box_clear (GtkListBox *box)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (box, 0)) != NULL)
    gtk_list_box_remove (box, GTK_WIDGET (row));
}

/** wb_order_facts_fill_lines: every line, items first as the shop has them. */
void
wb_order_facts_fill_lines (WbOrderFacts *facts, GtkListBox *box)
{
  GPtrArray  *lines = wb_record_get_many (facts->order, WB_ORDER_LINES);
  const char *currency = wb_record_get_text (facts->order, WB_ORDER_CURRENCY);

  wb_list_box_clear (box);
  for (guint i = 0; i < lines->len; i++)
    gtk_list_box_append (box, wb_line_row_new (lines->pdata[i], currency));
}

/** wb_order_facts_fill_parcels: every shipment. */
void
wb_order_facts_fill_parcels (WbOrderFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->shipments->len; i++)
    gtk_list_box_append (box, wb_parcel_row_new (facts->shipments->pdata[i]));
}

static void
add_money (GtkListBox *box, const char *title, WbMoney money, gboolean always)
{
  g_autofree char *text = wb_money_to_text (money);

  if (always || money.minor != 0)
    gtk_list_box_append (box, wb_fact_row_new (title, text, NULL));
}

static const struct
{
  const char *kind;
  const char *title;
} sums[] = {
  { WB_ENTRY_FEE, N_ ("Fee") },
  { WB_ENTRY_LABEL, N_ ("Label") },
  { WB_ENTRY_LABEL_REFUND, N_ ("Label refunded") },
  { WB_ENTRY_ADJUSTMENT, N_ ("Billed later by the carrier") },
};

/* The sum of the ledger's entries of one kind, one row a currency. */
static void
add_sum (WbOrderFacts *facts, GtkListBox *box, const char *kind, const char *title)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new ();

  for (guint i = 0; i < facts->entries->len; i++)
    {
      const char *currency = wb_record_get_text (facts->entries->pdata[i], WB_ENTRY_CURRENCY);
      WbMoney     sum = wb_money (0, currency);

      if (g_strcmp0 (wb_record_get_text (facts->entries->pdata[i], WB_ENTRY_KIND), kind) != 0 ||
          g_ptr_array_find_with_equal_func (done, currency, g_str_equal, NULL))
        continue;
      g_ptr_array_add (done, (gpointer) currency);
      for (guint j = i; j < facts->entries->len; j++)
        if (g_strcmp0 (wb_record_get_text (facts->entries->pdata[j], WB_ENTRY_KIND), kind) == 0 &&
            g_strcmp0 (wb_record_get_text (facts->entries->pdata[j], WB_ENTRY_CURRENCY),
                       currency) == 0)
          sum.minor += wb_record_get_int (facts->entries->pdata[j], WB_ENTRY_AMOUNT);
      add_money (box, title, sum, TRUE);
    }
}

/* What the order has left over, in each currency by itself; or why that is not known yet. */
static void
add_margin (WbOrderFacts *facts, GtkListBox *box)
{
  g_autoptr (GError) error = NULL;
  const char        *gap = wb_order_margin_gap (facts->order, facts->entries);
  g_autoptr (GArray) left = NULL;

  if (gap == NULL)
    left = wb_order_margin (facts->order, facts->entries, &error);
  if (left == NULL)
    gtk_list_box_append (
        box, wb_fact_row_new (_ ("Margin"), gap != NULL ? gap : error->message, "dim-label"));
  for (guint i = 0; left != NULL && i < left->len; i++)
    {
      WbMoney          sum = g_array_index (left, WbMoney, i);
      g_autofree char *text = wb_money_to_text (sum);
      g_autofree char *title = g_strdup_printf (_ ("Margin in %s"), sum.currency);

      gtk_list_box_append (box, wb_fact_row_new (left->len > 1 ? title : _ ("Margin"), text,
                                                 sum.minor < 0 ? "error" : "heading"));
    }
}

/** wb_order_facts_fill_money: what was asked for, authorised, captured, refunded, and what it cost.
 */
void
wb_order_facts_fill_money (WbOrderFacts *facts, GtkListBox *box)
{
  WbOrder         *order = facts->order;
  WbInstant        before = wb_record_get_int (order, WB_ORDER_CAPTURE_BEFORE);
  const char      *state = wb_record_get_text (order, WB_ORDER_CHARGE_STATE);
  const char      *reference = wb_record_get_text (order, WB_ORDER_PAYMENT_REF);
  g_autofree char *until = wb_instant_to_text (before);

  wb_list_box_clear (box);
  add_money (box, _ ("Total"), wb_record_get_money (order, WB_ORDER_TOTAL), TRUE);
  add_money (box, _ ("of it tax"), wb_record_get_money (order, WB_ORDER_TAX_TOTAL), FALSE);
  add_money (box, _ ("of it shipping"), wb_record_get_money (order, WB_ORDER_SHIPPING_TOTAL),
             FALSE);
  gtk_list_box_append (box,
                       wb_fact_row_new (_ ("Charge"), wb_charge_title (state),
                                        wb_order_get_style (order, WB_COLUMN_CHARGE, wb_now ())));
  add_money (box, _ ("Authorised"), wb_record_get_money (order, WB_ORDER_AUTHORISED), FALSE);
  if (before != 0 && g_strcmp0 (state, WB_CHARGE_AUTHORISED) == 0)
    gtk_list_box_append (box, wb_fact_row_new (_ ("Capture before"), until, NULL));
  add_money (box, _ ("Captured"), wb_record_get_money (order, WB_ORDER_CAPTURED), FALSE);
  add_money (box, _ ("Refunded"), wb_record_get_money (order, WB_ORDER_CHARGE_REFUNDED), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    add_sum (facts, box, sums[i].kind, _ (sums[i].title));
  add_margin (facts, box);
  gtk_list_box_append (
      box,
      wb_fact_row_new (_ ("Paid by"), wb_record_get_text (order, WB_ORDER_PAYMENT_TITLE), NULL));
  if (reference != NULL && *reference != '\0')
    gtk_list_box_append (box, wb_fact_row_new (_ ("Payment"), reference, NULL));
}

/** wb_order_facts_fill_timeline: what happened, newest first. */
void
wb_order_facts_fill_timeline (WbOrderFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->events->len; i++)
    gtk_list_box_append (box, wb_event_row_new (facts->events->pdata[i], facts->order));
}

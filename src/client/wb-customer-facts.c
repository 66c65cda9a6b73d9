/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is known of a person, as words and rows. */
#include "wb-customer-facts.h"

#include "wb-fact-row.h"
#include "wb-order-facts.h"
#include "wb-parcel-row.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

/** wb_customer_facts_summary: Returns: (transfer full): how many orders since when. */
char *
wb_customer_facts_summary (WbCustomerFacts *facts)
{
  guint     count = facts->orders->len;
  WbInstant first =
      count > 0 ? wb_record_get_int (facts->orders->pdata[count - 1], WB_ORDER_PLACED_AT) : 0;
  g_autofree char *when = wb_instant_to_relative (first, wb_now ());
  g_autofree char *orders = g_strdup_printf (ngettext ("%u order", "%u orders", count), count);

  if (count == 0)
    return g_strdup (_ ("No order is known"));
  /* Translators: “3 orders”, and when the first one came in */
  return g_strdup_printf (_ ("%s, the first %s"), orders, when);
}

static void
add_once (GPtrArray *lines, const char *line)
{
  if (!wb_text_is_empty (line) &&
      !g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
    g_ptr_array_add (lines, (gpointer) line);
}

/** wb_customer_facts_contact: Returns: (transfer full): e-mail addresses and telephones of all
 * accounts, one a line. */
char *
wb_customer_facts_contact (WbCustomerFacts *facts)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < facts->person->len; i++)
    add_once (lines, wb_record_get_text (facts->person->pdata[i], WB_CUSTOMER_EMAIL));
  for (guint i = 0; i < facts->person->len; i++)
    add_once (lines, wb_record_get_text (facts->person->pdata[i], WB_CUSTOMER_PHONE));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static const struct
{
  guint       field;
  const char *title;
} sums[] = {
  { WB_ORDER_TOTAL, N_ ("Ordered") },
  { WB_ORDER_CAPTURED, N_ ("Captured") },
  { WB_ORDER_CHARGE_REFUNDED, N_ ("Refunded") },
};

/* The sum of one field over all orders of one currency; cancelled orders were never owed. */
static WbMoney
sum_of (WbCustomerFacts *facts, guint field, const char *currency)
{
  WbMoney sum = wb_money (0, currency);

  for (guint i = 0; i < facts->orders->len; i++)
    {
      gpointer order = facts->orders->pdata[i];

      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CURRENCY), currency) == 0 &&
          (field != WB_ORDER_TOTAL ||
           g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_CANCELLED) != 0) &&
          !wb_money_add (sum, wb_record_get_money (order, field), &sum, NULL))
        g_warning ("A sum of money is too large");
    }
  return sum;
}

/** wb_customer_facts_fill_money: ordered, captured and refunded, for each currency. */
void
wb_customer_facts_fill_money (WbCustomerFacts *facts, GtkListBox *box)
{
  g_autoptr (GPtrArray) currencies = g_ptr_array_new ();

  wb_list_box_clear (box);
  for (guint i = 0; i < facts->orders->len; i++)
    add_once (currencies, wb_record_get_text (facts->orders->pdata[i], WB_ORDER_CURRENCY));
  for (guint c = 0; c < currencies->len; c++)
    for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
      {
        WbMoney          sum = sum_of (facts, sums[i].field, currencies->pdata[c]);
        g_autofree char *text = wb_money_to_text (sum);

        if (sums[i].field == WB_ORDER_TOTAL || sum.minor != 0)
          gtk_list_box_append (box, wb_fact_row_new (_ (sums[i].title), text, NULL));
      }
}

/** wb_customer_facts_fill_orders: one row an order, newest first; each can be activated. */
void
wb_customer_facts_fill_orders (WbCustomerFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->orders->len; i++)
    {
      gpointer         order = facts->orders->pdata[i];
      g_autofree char *when =
          wb_instant_to_relative (wb_record_get_int (order, WB_ORDER_PLACED_AT), wb_now ());
      g_autofree char *total = wb_money_to_text (wb_record_get_money (order, WB_ORDER_TOTAL));
      g_autofree char *title =
          g_strdup_printf ("#%s · %s", wb_record_get_text (order, WB_ORDER_NUMBER), when);
      g_autofree char *value = g_strdup_printf (
          "%s · %s", wb_stage_title (wb_record_get_text (order, WB_ORDER_STAGE)), total);
      GtkWidget *row = wb_fact_row_new (title, value, NULL);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_focusable (row, TRUE);
      gtk_list_box_append (box, row);
    }
}

/** wb_customer_facts_fill_parcels: one row a shipment. */
void
wb_customer_facts_fill_parcels (WbCustomerFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->shipments->len; i++)
    {
      gpointer    shipment = facts->shipments->pdata[i];
      GPtrArray  *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
      const char *tracking =
          parcels->len > 0 ? wb_record_get_text (parcels->pdata[0], WB_PARCEL_TRACKING) : NULL;
      const char      *carrier = wb_record_get_text (shipment, WB_SHIPMENT_CARRIER);
      const char      *date = wb_record_get_text (shipment, WB_SHIPMENT_SHIP_DATE);
      g_autofree char *title = g_strdup_printf (
          "%s · %s", carrier != NULL ? carrier : _ ("No carrier yet"), date != NULL ? date : "–");
      const char *state =
          wb_shipment_state_title (wb_record_get_text (shipment, WB_SHIPMENT_STATE));
      g_autofree char *value = g_strdup_printf ("%s%s%s", state, tracking != NULL ? "\n" : "",
                                                tracking != NULL ? tracking : "");

      gtk_list_box_append (box, wb_fact_row_new (title, value, NULL));
    }
}

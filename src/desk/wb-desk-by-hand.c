/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money that no gateway of ours moves: what a person received, what is asked for, and what will not
 * be asked for. */
#include "wb-charge-private.h"
#include "wb-desk-stock.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

/* Whether the connection stands for money that a person states. */
gboolean
wb_desk_is_by_hand (WbDesk *self, gint64 gateway_id)
{
  g_autoptr (WbConnection) gateway =
      gateway_id != 0 ? wb_book_get_connection (self->book, gateway_id, NULL) : NULL;

  return gateway != NULL &&
         g_strcmp0 (wb_record_get_text (gateway, WB_CONNECTION_PROVIDER), WB_GATEWAY_MANUAL) == 0;
}

/**
 * wb_order_open_amount:
 * Returns: what of the order is neither captured nor authorised nor written off, minor units of its
 * currency; -1 with an error.
 */
gint64
wb_order_open_amount (WbBook *book, WbOrder *order, GError **error)
{
  gint64                order_id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, error);
  g_autoptr (WbPayment) payment = wb_book_get_payment (book, order_id, NULL);
  gint64                there = 0, given = 0;

  if (entries == NULL)
    return -1;
  for (guint i = 0; i < entries->len; i++)
    {
      const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);
      gint64      amount = wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);

      if (g_str_equal (kind, WB_ENTRY_WRITTEN_OFF) ||
          (g_str_equal (kind, WB_ENTRY_CAPTURED) &&
           (payment == NULL || g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_SOURCE),
                                            WB_SOURCE_PERSON))))
        there += amount;
      else if (g_str_equal (kind, WB_ENTRY_REFUNDED))
        given -= amount;
    }
  if (payment != NULL)
    there += wb_record_get_int (payment, WB_PAYMENT_CAPTURED) +
             wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE);
  else if (there == 0 && wb_record_get_int (order, WB_ORDER_PAID_AT) != 0)
    return 0;
  return MAX (0, wb_record_get_int (order, WB_ORDER_TOTAL) -
                     MAX (0, wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL) - given) - there);
}

static gboolean
check_open (WbBook *book, WbOrder *order, gint64 amount, const char *what, GError **error)
{
  gint64           open = wb_order_open_amount (book, order, error);
  const char      *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  g_autofree char *asked = wb_money_to_text (wb_money (amount, currency));
  g_autofree char *left = wb_money_to_text (wb_money (MAX (0, open), currency));

  if (open < 0)
    return FALSE;
  if (amount > 0 && amount <= open)
    return TRUE;
  g_set_error (error, WB_ERROR, amount > 0 ? WB_ERROR_TOO_MUCH : WB_ERROR_INVALID,
               "Order %s: %s cannot be %s; %s is open", wb_record_get_text (order, WB_ORDER_NUMBER),
               asked, what, left);
  return FALSE;
}

static gboolean
add_stated (WbBook     *book,
            WbDesk     *desk,
            WbOrder    *order,
            const char *kind,
            gint64      amount,
            const char *note,
            const char *ref,
            gboolean   *added,
            GError    **error)
{
  g_autoptr (WbEntry) entry =
      wb_charge_entry (wb_record_get_int (order, WB_ORDER_ID), kind, WB_SOURCE_PERSON,
                       wb_money (amount, wb_record_get_text (order, WB_ORDER_CURRENCY)));
  g_autoptr (WbConnection) channel =
      wb_book_get_connection (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), NULL);
  gint64 gateway = channel != NULL ? wb_desk_gateway_for (desk, order, channel) : 0;

  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_NOTE, note);
  if (wb_desk_is_by_hand (desk, gateway))
    wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, gateway);
  return wb_book_add_entry (book, entry, added, error);
}

static gboolean
add_money_event (
    WbDesk *self, WbOrder *order, const char *kind, gint64 amount, const char *text, GError **error)
{
  g_autoptr (JsonNode) detail =
      wb_json_make ("i:amount", amount, "s:currency", wb_record_get_text (order, WB_ORDER_CURRENCY),
                    "s:text", text, NULL);

  return wb_book_add_event (self->book, "order", wb_record_get_int (order, WB_ORDER_ID), kind,
                            self->actor, detail, error);
}

/* Every statement is one transaction: the look at what is open, and the entry. @id makes it one. */
typedef gboolean (*StateFunc) (
    WbDesk *self, WbOrder *order, gint64 amount, const char *text, const char *ref, GError **error);

static gboolean
state (WbDesk     *self,
       gint64      order_id,
       gint64      amount,
       const char *text,
       const char *id,
       const char *what,
       StateFunc   func,
       GError    **error)
{
  g_autofree char    *own = id != NULL ? g_strdup (id) : wb_text_random_id (8);
  g_autofree char    *ref = g_strdup_printf ("%s:%s", what, own);
  g_autoptr (WbOrder) order = NULL;
  gboolean            there = FALSE;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  order = wb_book_get_order (self->book, order_id, error);
  if (order != NULL &&
      (wb_book_has_entry (self->book, WB_SOURCE_PERSON, ref,
                          g_str_equal (what, "received") ? WB_ENTRY_CAPTURED : WB_ENTRY_WRITTEN_OFF,
                          &there, error)) &&
      (there || (check_open (self->book, order, amount, what, error) &&
                 func (self, order, amount, text, ref, error))))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static gboolean
write_off (
    WbDesk *self, WbOrder *order, gint64 amount, const char *text, const char *ref, GError **error)
{
  return add_stated (self->book, self, order, WB_ENTRY_WRITTEN_OFF, amount, text, ref, NULL,
                     error) &&
         add_money_event (self, order, "written-off", amount, text, error);
}

/**
 * wb_desk_write_off:
 * @amount: of what is open, minor units of the order's currency
 * @reason: why it will not be asked for; not empty
 * @id: (nullable): the same one is written down once
 *
 * Gives up what is neither captured nor authorised.
 */
gboolean
wb_desk_write_off (WbDesk     *self,
                   gint64      order_id,
                   gint64      amount,
                   const char *reason,
                   const char *id,
                   GError    **error)
{
  if (wb_text_is_empty (reason))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Say why it will not be asked for");
      return FALSE;
    }
  return state (self, order_id, amount, reason, id, "written-off", write_off, error);
}

static gboolean
receive (
    WbDesk *self, WbOrder *order, gint64 amount, const char *text, const char *ref, GError **error)
{
  gint64 captured = wb_record_get_int (order, WB_ORDER_CAPTURED) + amount;

  wb_record_set_int (order, WB_ORDER_CAPTURED, captured);
  if (captured >= wb_record_get_int (order, WB_ORDER_TOTAL) -
                      wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL))
    wb_record_set_text (order, WB_ORDER_CHARGE_STATE, WB_CHARGE_PAID);
  else
    wb_record_set_text (order, WB_ORDER_CHARGE_STATE, WB_CHARGE_PARTIAL);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  return wb_book_update_order_head (self->book, order, error) &&
         wb_desk_serve_stock (self->book, wb_record_get_int (order, WB_ORDER_ID), self->actor,
                              error) &&
         add_stated (self->book, self, order, WB_ENTRY_CAPTURED, amount, text, ref, NULL, error) &&
         add_money_event (self, order, "received", amount, text, error);
}

/**
 * wb_desk_receive:
 * @how: (nullable): “cash”, “bank transfer of 12 November”
 * @id: (nullable): the same one is written down once
 *
 * Writes down what a person has received for an order, at most what is open of it. An order that
 * the shop has as unpaid is ready to ship once all of it has come.
 */
gboolean
wb_desk_receive (
    WbDesk *self, gint64 order_id, gint64 amount, const char *how, const char *id, GError **error)
{
  return state (self, order_id, amount, how, id, "received", receive, error);
}

/**
 * wb_desk_request_payment:
 * @amount: what is asked for, minor units; 0: what is open
 * @link: (nullable): where it can be paid
 * @text: (out): for the customer, to be sent by the person
 *
 * Makes the text that asks the customer for money, and writes down that it was asked for. Nothing
 * is sent.
 */
gboolean
wb_desk_request_payment (
    WbDesk *self, gint64 order_id, gint64 amount, const char *link, char **text, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, error);
  g_autofree char    *money = NULL;
  GString            *words;

  if (order == NULL)
    return FALSE;
  if (amount == 0 && (amount = wb_order_open_amount (self->book, order, error)) <= 0)
    {
      if (amount == 0)
        g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s: nothing is open",
                     wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  if (amount < 0 || amount > wb_record_get_int (order, WB_ORDER_TOTAL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH, "Order %s is worth less than that",
                   wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  money = wb_money_to_text (wb_money (amount, wb_record_get_text (order, WB_ORDER_CURRENCY)));
  words = g_string_new (NULL);
  /* Translators: to the customer: order number, amount of money */
  g_string_append_printf (words, _ ("For your order %s, %s is still to be paid."),
                          wb_record_get_text (order, WB_ORDER_NUMBER), money);
  if (!wb_text_is_empty (link))
    g_string_append_printf (words, " %s", link);
  if (!add_money_event (self, order, "payment-requested", amount, words->str, error))
    {
      g_string_free (words, TRUE);
      return FALSE;
    }
  *text = g_string_free (words, FALSE);
  return TRUE;
}

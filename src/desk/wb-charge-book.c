/* SPDX-License-Identifier: GPL-3.0-or-later
 * Authorisations in the ledger: what was promised, and what of it was let go. Memoranda: they move
 * no money, and prove that captures and releases sum to what was authorised. */
#include "wb-charge-private.h"

/* Returns: (transfer full): an entry of now. */
WbEntry *
wb_charge_entry (gint64 order_id, const char *kind, const char *source, WbMoney amount)
{
  WbEntry *entry = wb_entry_new ();

  wb_record_set_int (entry, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, order_id);
  wb_record_set_text (entry, WB_ENTRY_KIND, kind);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, source);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, amount.currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount.minor);
  return entry;
}

/**
 * wb_charge_name:
 * What the ledger calls a thing that is @ref to the connection which told it. A gateway's names are
 * the only ones in the world; a shop's (a payment “17”, above all) are not and bear the number of
 * its channel. Returns: (transfer full).
 */
char *
wb_charge_name (WbBook *book, gint64 connection_id, const char *ref)
{
  g_autoptr (WbConnection) from =
      connection_id != 0 ? wb_book_get_connection (book, connection_id, NULL) : NULL;

  if (from == NULL || g_strcmp0 (wb_record_get_text (from, WB_CONNECTION_KIND), WB_KIND_SHOP) != 0)
    return g_strdup (ref);
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", connection_id, ref);
}

/* What the ledger has of an order's authorisations. */
static gboolean
sum_up (WbBook  *book,
        gint64   order_id,
        gint64  *authorised,
        gint64  *captured,
        gint64  *released,
        GError **error)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, error);
  const struct
  {
    const char *kind;
    gint64     *sum;
  } sums[] = {
    { WB_ENTRY_AUTHORISED, authorised },
    { WB_ENTRY_CAPTURED, captured },
    { WB_ENTRY_RELEASED, released },
  };

  *authorised = *captured = *released = 0;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (sums); k++)
      if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), sums[k].kind) &&
          g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_SOURCE), WB_SOURCE_GATEWAY))
        *sums[k].sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  return entries != NULL;
}

/*
 * Writes down that what is left of an order's authorisation is gone: released, lapsed, or let go by
 * the only capture there could be. Once a payment; in a transaction of the caller's.
 * @captured: what its gateway says was captured in all; the ledger may not know all of it yet
 */
gboolean
wb_charge_note_released (WbBook     *book,
                         gint64      order_id,
                         gint64      gateway_id,
                         const char *payment_ref,
                         const char *currency,
                         gint64      captured,
                         gint64      operation_id,
                         GError    **error)
{
  g_autoptr (WbEntry) entry = NULL;
  g_autofree char    *name = wb_charge_name (book, gateway_id, payment_ref);
  gint64              authorised, taken, released, rest;

  if (!sum_up (book, order_id, &authorised, &taken, &released, error))
    return FALSE;
  rest = authorised - released - MAX (captured, taken);
  if (rest <= 0)
    return TRUE;
  entry =
      wb_charge_entry (order_id, WB_ENTRY_RELEASED, WB_SOURCE_GATEWAY, wb_money (rest, currency));
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, name);
  wb_record_set_text (entry, WB_ENTRY_PAYMENT_REF, payment_ref);
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, gateway_id);
  wb_record_set_int (entry, WB_ENTRY_OPERATION_ID, operation_id);
  return wb_book_add_entry (book, entry, NULL, error);
}

/* Writes down what @payment, as just read, has promised or no longer promises. In a transaction of
 * the caller's. */
gboolean
wb_charge_note_authorised (WbBook *book, WbOrder *order, WbPayment *payment, GError **error)
{
  gint64              order_id = wb_record_get_int (order, WB_ORDER_ID);
  const char         *ref = wb_record_get_text (payment, WB_PAYMENT_REF);
  const char         *currency = wb_record_get_text (payment, WB_PAYMENT_CURRENCY);
  gint64              gateway_id = wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID);
  g_autofree char    *name = wb_charge_name (book, gateway_id, ref);
  g_autoptr (WbEntry) entry = NULL;

  if (wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) == 0)
    return wb_charge_note_released (book, order_id, gateway_id, ref, currency,
                                    wb_record_get_int (payment, WB_PAYMENT_CAPTURED), 0, error);
  entry = wb_charge_entry (order_id, WB_ENTRY_AUTHORISED, WB_SOURCE_GATEWAY,
                           wb_money (wb_record_get_int (payment, WB_PAYMENT_AUTHORISED), currency));
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, name);
  wb_record_set_text (entry, WB_ENTRY_PAYMENT_REF, ref);
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, gateway_id);
  return wb_book_add_entry (book, entry, NULL, error);
}

/* Whether @operation may still bring something: it is not ended. */
gboolean
wb_charge_is_open (gpointer operation)
{
  return wb_operation_is (operation, WB_OPERATION_PLANNED) ||
         wb_operation_is (operation, WB_OPERATION_SENDING) ||
         wb_operation_is (operation, WB_OPERATION_UNSURE);
}

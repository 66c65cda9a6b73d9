/* SPDX-License-Identifier: GPL-3.0-or-later
 * Payouts as their gateways tell them, and what is in each. */
#include "wb-book-money.h"
#include "wb-book-private.h"

/* An earlier reading's items stay: a payout that is itemised once has no other items later. */
static gboolean
keep_what_is_known (WbBook *self, WbPayout *payout, GError **error)
{
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error,
      "SELECT id, items_read_at FROM payout WHERE gateway_id = ? AND ref = ?", "is",
      wb_record_get_int (payout, WB_PAYOUT_GATEWAY_ID), wb_record_get_text (payout, WB_PAYOUT_REF));
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return FALSE;
  wb_record_set_int (payout, WB_PAYOUT_ID, 0);
  if (wb_rows_next (rows, &local))
    {
      wb_record_set_int (payout, WB_PAYOUT_ID, wb_rows_int (rows, 0));
      wb_record_set_int (payout, WB_PAYOUT_ITEMS_READ_AT, wb_rows_int (rows, 1));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/** wb_book_save_payout: keeps what the gateway said last of a payout, by (gateway, ref); sets its
 * `id` and when its items were read. */
gboolean
wb_book_save_payout (WbBook *self, WbPayout *payout, GError **error)
{
  return keep_what_is_known (self, payout, error) && wb_book_save (self, payout, error);
}

/** wb_book_get_payout: Returns: (transfer full): by number. */
WbPayout *
wb_book_get_payout (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_payout_get_type (), error, "WHERE id = ?", "i", id),
      "payout", error);
}

/** wb_book_list_payouts: Returns: (transfer full) (element-type WbPayout): those made from @first
 * on and before @after (0: no end), newest first. */
GPtrArray *
wb_book_list_payouts (WbBook *self, WbInstant first, WbInstant after, GError **error)
{
  return wb_database_select (
      self->database, wb_payout_get_type (), error,
      "WHERE made_at >= ?1 AND (?2 = 0 OR made_at < ?2) ORDER BY made_at DESC, id DESC", "ii",
      first, after);
}

/** wb_book_list_payouts_to_read: Returns: (transfer full) (element-type WbPayout): those of a
 * gateway whose items are complete there and not yet here, oldest first. */
GPtrArray *
wb_book_list_payouts_to_read (WbBook *self, gint64 gateway_id, GError **error)
{
  return wb_database_select (
      self->database, wb_payout_get_type (), error,
      "WHERE gateway_id = ? AND itemised = 1 AND items_read_at = 0 ORDER BY made_at, id", "i",
      gateway_id);
}

/** wb_book_oldest_open_payout: when the oldest payout was made that may still change at the gateway
 * (under way, or its items not yet read); 0 when there is none, or none at all. */
WbInstant
wb_book_oldest_open_payout (WbBook *self, gint64 gateway_id)
{
  gint64 made = 0;

  wb_database_get_int (self->database, &made, NULL,
                       "SELECT COALESCE (MIN (made_at), 0) FROM payout WHERE gateway_id = ? AND "
                       "(state IN ('pending', 'in-transit') OR (automatic = 1 AND items_read_at = "
                       "0 AND state = 'paid'))",
                       "i", gateway_id);
  return made;
}

/** wb_book_add_payout_item: keeps one movement of a payout; the same one twice is one. */
gboolean
wb_book_add_payout_item (WbBook *self, WbPayoutItem *item, GError **error)
{
  gint64 there = 0;

  if (!wb_database_get_int (self->database, &there, error,
                            "SELECT COUNT(*) FROM payout_item WHERE gateway_id = ? AND ref = ?",
                            "is", wb_record_get_int (item, WB_PAYOUT_ITEM_GATEWAY_ID),
                            wb_record_get_text (item, WB_PAYOUT_ITEM_REF)))
    return FALSE;
  return there > 0 || wb_database_insert (self->database, item, NULL, error);
}

/** wb_book_list_payout_items: Returns: (transfer full) (element-type WbPayoutItem): what is in a
 * payout, oldest first. */
GPtrArray *
wb_book_list_payout_items (WbBook *self, gint64 payout_id, GError **error)
{
  return wb_database_select (self->database, wb_payout_item_get_type (), error,
                             "WHERE payout_id = ? ORDER BY at, id", "i", payout_id);
}

/** wb_book_sum_payout: @net: (out): what the items of a payout sum to. */
gboolean
wb_book_sum_payout (WbBook *self, gint64 payout_id, gint64 *net, GError **error)
{
  return wb_database_get_int (self->database, net, error,
                              "SELECT COALESCE (SUM (net), 0) FROM payout_item WHERE payout_id = ?",
                              "i", payout_id);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Waves, picks and evidence in the book. */
#include "wb-book-waves.h"
#include "wb-book-private.h"

/** wb_book_get_wave: Returns: (transfer full): by number. */
WbWave *
wb_book_get_wave (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_wave_get_type (), error, "WHERE id = ?", "i", id),
      "wave", error);
}

/** wb_book_list_waves: Returns: (transfer full) (element-type WbWave): in @state (nullable: in
 * any), newest first, at most 200. */
GPtrArray *
wb_book_list_waves (WbBook *self, const char *state, GError **error)
{
  return wb_database_select (self->database, wb_wave_get_type (), error,
                             "WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT 200", "s",
                             state);
}

/** wb_book_list_wave_orders: Returns: (transfer full) (element-type WbWaveOrder): by their place.
 */
GPtrArray *
wb_book_list_wave_orders (WbBook *self, gint64 wave_id, GError **error)
{
  return wb_database_select (self->database, wb_wave_order_get_type (), error,
                             "WHERE wave_id = ? ORDER BY place", "i", wave_id);
}

/** wb_book_find_wave_order: Returns: (transfer full): how an order stands in a wave. */
WbWaveOrder *
wb_book_find_wave_order (WbBook *self, gint64 wave_id, gint64 order_id, GError **error)
{
  return wb_book_first (wb_database_select (self->database, wb_wave_order_get_type (), error,
                                            "WHERE wave_id = ? AND order_id = ?", "ii", wave_id,
                                            order_id),
                        "order of the wave", error);
}

/** wb_book_find_tote: Returns: (transfer full): the order that lies in a tote now: of the newest
 * wave that uses it. */
WbWaveOrder *
wb_book_find_tote (WbBook *self, const char *tote, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_wave_order_get_type (), error,
                          "WHERE tote = ? AND state <> 'taken-out' ORDER BY wave_id DESC LIMIT 1",
                          "s", tote),
      "tote", error);
}

/** wb_book_list_picks: Returns: (transfer full) (element-type WbPick): of a wave in walking order,
 * or only of one order of it (0: of all). */
GPtrArray *
wb_book_list_picks (WbBook *self, gint64 wave_id, gint64 order_id, GError **error)
{
  return wb_database_select (self->database, wb_pick_get_type (), error,
                             "WHERE wave_id = ?1 AND (?2 = 0 OR order_id = ?2) ORDER BY turn, id",
                             "ii", wave_id, order_id);
}

/** wb_book_get_pick: Returns: (transfer full): by number. */
WbPick *
wb_book_get_pick (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_pick_get_type (), error, "WHERE id = ?", "i", id),
      "pick", error);
}

/** wb_book_find_picks: Returns: (transfer full) (element-type WbPick): those of a wave that are of
 * @product_id, or, where nobody knows their product, whose line has @sku; @product_id 0: all whose
 * line has @sku, but no kit's parts; in walking order. */
GPtrArray *
wb_book_find_picks (
    WbBook *self, gint64 wave_id, gint64 product_id, const char *sku, GError **error)
{
  return wb_database_select (
      self->database, wb_pick_get_type (), error,
      "WHERE wave_id = ?1 AND ((?2 <> 0 AND product_id = ?2) OR ((product_id IS NULL OR (?2 = 0 "
      "AND product_id = (SELECT x.product_id FROM order_line x WHERE x.id = order_line_id))) AND "
      "order_line_id IN (SELECT l.id FROM order_line l WHERE l.sku = ?3 AND l.order_id IN "
      "(SELECT w.order_id FROM wave_order w WHERE w.wave_id = ?1)))) "
      "ORDER BY turn, id",
      "iis", wave_id, product_id, sku);
}

/** wb_book_find_kit_picks: Returns: (transfer full) (element-type WbPick): the parts that are
 * fetched in a wave for lines of the kit @kit_id; in walking order. */
GPtrArray *
wb_book_find_kit_picks (WbBook *self, gint64 wave_id, gint64 kit_id, GError **error)
{
  return wb_database_select (
      self->database, wb_pick_get_type (), error,
      "WHERE wave_id = ?1 AND product_id <> ?2 AND order_line_id IN (SELECT l.id FROM order_line l "
      "WHERE l.product_id = ?2 AND l.order_id IN (SELECT w.order_id FROM wave_order w WHERE "
      "w.wave_id = ?1)) ORDER BY turn, id",
      "ii", wave_id, kit_id);
}

/** wb_book_is_in_wave: whether somebody is walking for the order now. */
gboolean
wb_book_is_in_wave (WbBook *self, gint64 order_id)
{
  gint64 n = 0;

  return wb_database_get_int (self->database, &n, NULL,
                              "SELECT COUNT(*) FROM wave_order WHERE order_id = ? AND state = "
                              "'open'",
                              "i", order_id) &&
         n > 0;
}

/** wb_book_add_picked: @quantity more (or fewer, when negative) of a line that is not under stock
 * keeping are picked. */
gboolean
wb_book_add_picked (WbBook *self, gint64 line_id, gint64 quantity, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE order_line SET picked = picked + ? WHERE id = ?", "ii", quantity,
                          line_id);
}

/** wb_book_count_picks_left: Returns: how many pieces are still to be fetched, of a wave or only of
 * one order of it (0: of all). */
gint64
wb_book_count_picks_left (WbBook *self, gint64 wave_id, gint64 order_id)
{
  gint64 n = 0;

  return wb_database_get_int (self->database, &n, NULL,
                              "SELECT COALESCE (SUM (quantity - picked - short), 0) FROM pick "
                              "WHERE wave_id = ?1 AND (?2 = 0 OR order_id = ?2)",
                              "ii", wave_id, order_id)
             ? n
             : 0;
}

/** wb_book_list_evidence: Returns: (transfer full) (element-type WbEvidence): of a shipment, or
 * with
 * @shipment_id 0 of what of the order is still on the table; as it happened. */
GPtrArray *
wb_book_list_evidence (WbBook *self, gint64 order_id, gint64 shipment_id, GError **error)
{
  return wb_database_select (self->database, wb_evidence_get_type (), error,
                             "WHERE order_id = ?1 AND COALESCE (shipment_id, 0) = ?2 ORDER BY id",
                             "ii", order_id, shipment_id);
}

/** wb_book_bind_evidence: what happened to the order on the table belongs to this shipment from now
 * on. */
gboolean
wb_book_bind_evidence (WbBook *self, gint64 order_id, gint64 shipment_id, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE evidence SET shipment_id = ? WHERE order_id = ? AND shipment_id "
                          "IS NULL",
                          "ii", shipment_id, order_id);
}

/**
 * wb_book_find_order_wanting:
 * @product_id: 0: none is known, lines are found by their SKU
 *
 * Returns: the order that is to be packed and wants a piece of it, also in a kit: one for which it
 * is picked first, then the one that should leave first; 0: none, or @error.
 */
gint64
wb_book_find_order_wanting (WbBook *self, gint64 product_id, const char *sku, GError **error)
{
  gint64 id = 0;

  return wb_database_get_int (
             self->database, &id, error,
             product_id != 0
                 ? "SELECT COALESCE ((SELECT o.id FROM order_line l JOIN orders o ON o.id = "
                   "l.order_id WHERE l.product_id IN (SELECT ?1 UNION SELECT kit_id FROM "
                   "kit_component WHERE product_id = ?1) AND l.kind = 'item' AND l.quantity - "
                   "l.cancelled - l.shipped - l.elsewhere - l.packed > 0 AND o.stage IN ('ready', "
                   "'partial') "
                   "ORDER BY l.picked > 0 DESC, o.ship_by, o.id LIMIT 1), 0) WHERE ?2 IS ?2"
                 : "SELECT COALESCE ((SELECT o.id FROM order_line l JOIN orders o ON o.id = "
                   "l.order_id WHERE l.sku = ?2 AND l.kind = 'item' AND l.quantity - "
                   "l.cancelled - l.shipped - l.elsewhere - l.packed > 0 AND o.stage IN ('ready', "
                   "'partial') "
                   "ORDER BY l.picked > 0 DESC, o.ship_by, o.id LIMIT 1), 0) WHERE ?1 = 0",
             "is", product_id, sku)
             ? id
             : 0;
}

/** wb_book_release_evidence: the shipment is not made: what happened on the table stands for the
 * next one. */
gboolean
wb_book_release_evidence (WbBook *self, gint64 shipment_id, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE evidence SET shipment_id = NULL WHERE shipment_id = ?", "i",
                          shipment_id);
}

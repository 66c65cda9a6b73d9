/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing table: what goes into a parcel is verified piece by piece, and everything that
 * happens is kept as evidence. What was counted is read from the evidence, so a table that lost its
 * power goes on where it was. */
#pragma once

#include "wb-pick-wave.h"

G_BEGIN_DECLS

/**
 * WbPackLine: a line that is to be packed.
 * @order_id: whose it is, where several orders go into one parcel
 * @wanted: pieces still to pack; @counted: of them verified; @serials, @lots: each piece's own
 * number, its lot, is asked for
 * @kit_id, @kit, @per_unit: the line is of a kit, and this is so many pieces of a part of it, with
 * the part's product, SKU and name: a kit has as many of these as it has parts
 */
typedef struct
{
  gint64   line_id, order_id, product_id;
  char    *sku, *name, *options;
  gint64   wanted, counted;
  gboolean serials, lots;
  gint64   kit_id, per_unit; /* 0, 1: no kit's part */
  char    *kit;
} WbPackLine;

/**
 * WbPack: an order on the table, and with it those that go into the same parcel.
 * @order_id: the order, or the first of them; @order_ids: (element-type gint64): all of them
 * @number: for people: “1042”, “1042 + 1043”
 * @lines: (element-type WbPackLine): of all of them
 * @weight_g: 0: not weighed; @package: (nullable): not chosen
 */
typedef struct
{
  WbBook    *book;
  gint64     order_id;
  GArray    *order_ids;
  char      *number;
  char      *customer;
  char      *note;
  char      *station, *actor;
  GPtrArray *lines;
  gint64     weight_g;
  char      *package;
  gint64     asks_line; /* whose serial or lot is wanted next, 0: none */
  gint64     asks_part; /* and which product of it */
} WbPack;

gboolean   wb_pack_count_waiting (WbBook *book, gint64 *waiting, GError **error);
GPtrArray *wb_pack_list_next (WbBook *book, guint most, GError **error);
gint64     wb_pack_find (WbBook *book, const char *code, char **words, GError **error);
WbPack    *wb_pack_open (
       WbBook *book, gint64 order_id, const char *station, const char *actor, GError **error);
void     wb_pack_free (WbPack *self);
gboolean wb_pack_scan (
    WbPack *self, const char *code, WbScan *scan, WbPackLine **line, char **words, GError **error);
gboolean
wb_pack_count (WbPack *self, gint64 line_id, gint64 product_id, gint64 quantity, GError **error);
gboolean wb_pack_undo (WbPack *self, WbPackLine **line, GError **error);
gboolean wb_pack_weigh (WbPack *self, gint64 grams, GError **error);
gboolean wb_pack_choose (WbPack *self, const char *package, GError **error);
gboolean wb_pack_add_photo (WbPack *self, GBytes *photo, const char *media_type, GError **error);
gboolean wb_pack_add_note (WbPack *self, const char *text, GError **error);
gint64   wb_pack_counted (WbPack *self);
gint64   wb_pack_wanted (WbPack *self);
gboolean wb_pack_is_complete (WbPack *self);
gboolean wb_pack_has_whole (WbPack *self);
guint    wb_pack_take (WbPack *self, gint64 **line_ids, gint64 **quantities);

/* Whether nothing is labelled before it was verified (the merchant's own choice). */
gboolean wb_pack_must_verify (WbBook *book);
gboolean wb_pack_set_must_verify (WbBook *book, gboolean must, GError **error);
gboolean wb_pack_check_verified (WbBook       *book,
                                 gint64        order_id,
                                 const gint64 *line_ids,
                                 const gint64 *quantities,
                                 guint         n,
                                 GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPack, wb_pack_free)

G_END_DECLS

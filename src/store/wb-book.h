/* SPDX-License-Identifier: GPL-3.0-or-later
 * The order book: one file, opened, upgraded, read and written. A WbBook is one connection: use it
 * from one thread at a time and open one for each thread. */
#pragma once

#include "wb-connection.h"
#include "wb-operation.h"
#include "wb-order.h"
#include "wb-payment.h"
#include "wb-product.h"
#include "wb-rule.h"
#include "wb-shipment.h"

G_BEGIN_DECLS

#define WB_TYPE_BOOK (wb_book_get_type ())
G_DECLARE_FINAL_TYPE (WbBook, wb_book, WB, BOOK, GObject)

/* Opening, transactions, keeping. */
WbBook     *wb_book_open (const char *path, gboolean read_only, GError **error);
const char *wb_book_get_path (WbBook *self);
gboolean    wb_book_begin (WbBook *self, GError **error);
gboolean    wb_book_commit (WbBook *self, GError **error);
void        wb_book_rollback (WbBook *self);
gboolean    wb_book_poll_changed (WbBook *self);
void        wb_book_rest (WbBook *self);
gboolean    wb_book_check (WbBook *self, GError **error);
gboolean    wb_book_backup (WbBook *self, const char *path, GError **error);
gboolean    wb_book_restore (const char *backup, const char *path, GError **error);

/* Settings and set-up. Get by id gives NULL with WB_ERROR_NOT_FOUND. */
char      *wb_book_get_setting (WbBook *self, const char *key);
gboolean   wb_book_set_setting (WbBook *self, const char *key, const char *value, GError **error);
gboolean   wb_book_save (WbBook *self, gpointer record, GError **error);
GPtrArray *wb_book_list_connections (WbBook *self, const char *kind, GError **error);
WbConnection *wb_book_get_connection (WbBook *self, gint64 id, GError **error);
WbConnection *wb_book_find_connection (WbBook *self, const char *name, GError **error);
gboolean   wb_book_note_clock (WbBook *self, gint64 connection_id, gint64 offset, GError **error);
gboolean   wb_book_note_sync (WbBook     *self,
                              gint64      connection_id,
                              const char *cursor,
                              WbInstant   synced_at,
                              const char *trouble,
                              GError    **error);
GPtrArray *wb_book_list_origins (WbBook *self, GError **error);
GPtrArray *wb_book_list_packages (WbBook *self, GError **error);
WbPackage *wb_book_find_package (WbBook *self, const char *name, GError **error);

/* Rules (wb-book-rules.c). */
GPtrArray *wb_book_list_rules (WbBook *self, GError **error);
gboolean   wb_book_delete_rule (WbBook *self, gint64 id, GError **error);

/* Printing (wb-book-prints.c). */
WbPrinter *wb_book_get_printer (WbBook *self, const char *document, GError **error);
WbPrinter *
wb_book_get_printer_at (WbBook *self, const char *station, const char *document, GError **error);
gboolean wb_book_has_station (WbBook *self, const char *station);
WbPrinter *
wb_book_find_printer (WbBook *self, const char *station, const char *document, GError **error);
GPtrArray    *wb_book_list_printers (WbBook *self, GError **error);
gboolean      wb_book_delete_printer (WbBook *self, gint64 id, GError **error);
WbPrintBatch *wb_book_get_print_batch (WbBook *self, gint64 id, GError **error);
GPtrArray    *wb_book_list_print_batches (WbBook *self, gboolean open_only, GError **error);
GPtrArray    *wb_book_list_print_rows (WbBook *self, gint64 batch_id, GError **error);
GPtrArray    *wb_book_list_label_rules (WbBook *self, GError **error);

gboolean wb_book_delete_origin (WbBook *self, gint64 id, GError **error);
gboolean wb_book_delete_package (WbBook *self, gint64 id, GError **error);

/* Orders. */
WbOrder *wb_book_get_order (WbBook *self, gint64 id, GError **error);
WbOrder         *
wb_book_find_order (WbBook *self, gint64 channel_id, const char *remote_id, GError **error);
GArray *wb_book_match_orders (WbBook *self, const char *number, GError **error);
gboolean wb_book_insert_order (WbBook *self, WbOrder *order, GError **error);
gboolean wb_book_update_order (WbBook *self, WbOrder *order, GError **error);
gboolean wb_book_update_order_head (WbBook *self, WbOrder *order, GError **error);
gboolean wb_book_index_order (WbBook *self, gint64 order_id, GError **error);
gint64   wb_book_save_customer (WbBook *self, WbOrder *order, GError **error);
gboolean wb_book_pack (WbBook *self, gint64 line_id, gint64 quantity, GError **error);
gboolean wb_book_add_shipped (WbBook *self, gint64 line_id, gint64 quantity, GError **error);

/**
 * WbOrderQuery: which orders, in which order.
 * @stages: (nullable): %NULL-terminated stages, %NULL: all
 * @text: (nullable): words to find (prefixes, accents folded); found orders come newest first by
 * number in the book
 * @needs_person: only those with something in the exceptions inbox
 * @channel_id: only those of this channel; 0: of all
 * @charge_state: (nullable): only those whose charge is in this state (WB_CHARGE_…)
 * @tag: (nullable): only those with this tag; ASCII letters in either case
 * @marked: only those that somebody has marked
 * @waits_for_stock: only those that want more pieces than they hold (backorders)
 * @sort: column: “placed_at”, “number”, “customer_name”, “total”, “stage”, “ship_by”,
 * “capture_before”, “item_count”, “charge_state”
 */
typedef struct
{
  const char *const *stages;
  const char        *text;
  gboolean           needs_person;
  gint64             channel_id;
  const char        *charge_state;
  const char        *tag;
  gboolean           marked;
  gboolean           waits_for_stock;
  const char        *sort;
  gboolean           ascending;
  gint64             limit; /* 0: all */
} WbOrderQuery;

GArray     *wb_book_list_order_ids (WbBook *self, const WbOrderQuery *query, GError **error);
GPtrArray  *wb_book_list_order_heads (WbBook *self, const gint64 *ids, guint n, GError **error);
GPtrArray  *wb_book_list_order_page (WbBook     *self,
                                     const char *stage,
                                     WbInstant   before,
                                     gint64      before_id,
                                     guint       limit,
                                     GError    **error);
GHashTable *wb_book_count_stages (WbBook *self, GError **error);
GPtrArray  *wb_book_list_troubled_orders (WbBook *self, WbInstant capture_before, GError **error);
GPtrArray  *wb_book_list_promised_orders (WbBook *self, GError **error);
GArray     *wb_book_search (WbBook *self, const char *text, guint limit, GError **error);

/* Shipments, labels, documents. */
gboolean    wb_book_insert_shipment (WbBook *self, WbShipment *shipment, GError **error);
WbShipment *wb_book_get_shipment (WbBook *self, gint64 id, GError **error);
GPtrArray  *wb_book_list_shipments (WbBook *self, gint64 order_id, GError **error);
GPtrArray *
wb_book_list_recent_shipments (WbBook *self, const char *state, guint limit, GError **error);
GArray *
wb_book_list_shipment_ids (WbBook *self, const char *const *states, GArray *orders, GError **error);
gboolean   wb_book_count_shipments (WbBook *self, const char *state, gint64 *count, GError **error);
GPtrArray *wb_book_list_labels_set_aside (WbBook *self, GError **error);
GPtrArray *wb_book_list_labels_in (WbBook *self, const char *state, GError **error);
GPtrArray *wb_book_list_labels (WbBook *self, gint64 order_id, GError **error);
WbLabel   *wb_book_get_label (WbBook *self, gint64 id, GError **error);
WbLabel   *wb_book_get_live_label (WbBook *self, gint64 parcel_id, GError **error);
char   *wb_book_put_document (WbBook *self, GBytes *bytes, const char *media_type, GError **error);
GBytes *wb_book_get_document (WbBook *self, const char *hash, char **media_type, GError **error);

/* Products, and what channels call them. */
WbProduct *wb_book_get_product (WbBook *self, gint64 id, GError **error);
WbProduct *wb_book_find_product (WbBook *self, const char *sku, GError **error);
GPtrArray *wb_book_list_products (WbBook *self, GError **error);
GPtrArray *wb_book_list_product_gaps (WbBook *self, GError **error);
GPtrArray *wb_book_list_listings (WbBook *self, gint64 product_id, GError **error);
gboolean   wb_book_product_of (
      WbBook *self, gint64 channel_id, WbOrderLine *line, WbProduct **product, GError **error);

/* Customers. */
WbCustomer *wb_book_get_customer (WbBook *self, gint64 id, GError **error);
GPtrArray  *wb_book_find_customers (WbBook *self, const char *text, guint limit, GError **error);
GPtrArray  *wb_book_list_person (WbBook *self, gint64 id, GError **error);
GPtrArray  *wb_book_list_likely_same (WbBook *self, gint64 id, GError **error);
GPtrArray  *wb_book_list_customer_orders (WbBook *self, gint64 id, GError **error);
gboolean
wb_book_count_person (WbBook *self, WbOrder *order, gint64 *nth, gint64 *returned, GError **error);
gboolean wb_book_link_customers (WbBook *self, gint64 a, gint64 b, GError **error);
gboolean wb_book_unlink_customer (WbBook *self, gint64 id, GError **error);
gboolean wb_book_erase_customer (WbBook *self, gint64 id, GError **error);

/* Figures and saved views. */
gboolean   wb_book_count_days (WbBook   *self,
                               WbInstant first,
                               guint     n_days,
                               gint64   *orders_in,
                               gint64   *parcels_out,
                               GError  **error);
GArray    *wb_book_sum_to_capture (WbBook *self, GError **error);
GPtrArray *wb_book_list_saved_views (WbBook *self, GError **error);
gboolean   wb_book_delete_saved_view (WbBook *self, gint64 id, GError **error);

/* Money. */
gboolean   wb_book_save_payment (WbBook *self, WbPayment *payment, GError **error);
WbPayment *wb_book_get_payment (WbBook *self, gint64 order_id, GError **error);
gboolean   wb_book_add_entry (WbBook *self, WbEntry *entry, gboolean *added, GError **error);
GPtrArray *wb_book_list_entries (WbBook *self, gint64 order_id, GError **error);

/* Events. */
gboolean   wb_book_add_event (WbBook     *self,
                              const char *subject,
                              gint64      subject_id,
                              const char *kind,
                              const char *actor,
                              JsonNode   *detail,
                              GError    **error);
GPtrArray *wb_book_list_events (WbBook *self, gint64 after, guint limit, GError **error);
GPtrArray *wb_book_list_events_of (
    WbBook *self, const char *subject, gint64 subject_id, guint limit, GError **error);
gint64 wb_book_last_event (WbBook *self);

G_END_DECLS

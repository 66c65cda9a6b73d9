/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine's own files share. */
#pragma once

#include "wb-desk-vendors.h"

#include <string.h>

G_BEGIN_DECLS

struct _WbDesk
{
  GObject     parent_instance;
  WbBook     *book;
  WbSecrets  *secrets;
  WbJournal  *journal;
  char       *actor;
  char       *book_id;
  GHashTable *modules; /* connection id → opened WbShop, WbCarrier or WbGateway */
};

extern const WbOperationHandler *const wb_desk_handlers[];
extern const WbOperationHandler        wb_label_handler, wb_void_handler, wb_print_handler,
    wb_capture_handler, wb_report_handler, wb_refund_handler, wb_tell_refund_handler,
    wb_release_handler, wb_renew_handler, wb_set_stock_handler, wb_change_order_handler,
    wb_create_order_handler;

gpointer wb_desk_open_module (WbConnection *connection, const char *const *secrets, GError **error);

/* Rules that several files need. */
gboolean    wb_desk_import_one (WbDesk       *self,
                                WbConnection *channel,
                                WbOrder      *order,
                                GBytes       *raw,
                                WbSyncResult *result,
                                GError      **error);
void        wb_order_add_tag (WbOrder *order, const char *tag);
void        wb_rules_touch (GPtrArray *rules, WbConnection *channel, WbOrder *order, char **did);
gboolean    wb_rules_note (WbBook *book, gint64 order_id, const char *did, GError **error);
gboolean    wb_desk_sync_orders (WbDesk       *self,
                                 gint64        channel_id,
                                 WbSyncResult *result,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean    wb_desk_count_elsewhere (WbDesk *self, WbOrder *order, GError **error);
const char *wb_order_derive_stage (WbOrder *order);
WbInstant   wb_order_derive_ship_by (WbOrder *order, WbConnection *channel);
const char *wb_order_derive_charge (WbOrder *order, WbConnection *channel);
gboolean    wb_desk_change_order (WbDesk  *self,
                                  WbOrder *order,
                                  void (*change) (WbOrder *order, gpointer data),
                                  gpointer data,
                                  GError **error);
void        wb_order_take_payment (WbOrder *order, WbPayment *payment);
gboolean    wb_desk_note_payment (WbDesk *self, WbOrder *order, WbPayment *payment, GError **error);
gboolean    wb_desk_shop_takes (WbConnection *channel);
gint64      wb_desk_gateway_for (WbDesk *self, WbOrder *order, WbConnection *channel);
WbPayment  *wb_desk_read_payment (
     WbDesk *self, WbOrder *order, WbConnection *channel, GCancellable *cancellable, GError **error);
gboolean wb_capture_plan_make (WbOrder       *order,
                               WbConnection  *channel,
                               WbPayment     *payment,
                               const gint64  *line_ids,
                               const gint64  *quantities,
                               guint          n,
                               WbCapturePlan *plan,
                               GError       **error);
gboolean wb_label_add_entry (WbBook     *book,
                             WbLabel    *label,
                             gint64      operation_id,
                             const char *kind,
                             gint64      amount,
                             GError    **error);
gboolean wb_desk_date_shipment (WbDesk *self, WbShipment *shipment, GError **error);
gboolean wb_not_sent (GError **error);
gboolean wb_shipment_unpack (WbBook *book, gint64 shipment_id, GError **error);
gboolean wb_desk_drop_inside (WbDesk *self, gint64 shipment_id, GError **error);
gboolean wb_desk_drop_dead_plans (WbDesk *self, WbOrder *order, GError **error);
gboolean wb_ship_ask_complete (
    WbDesk *self, const WbShipAsk *ask, WbOrder *order, WbShipAsk *full, GError **error);
GPtrArray   *wb_desk_rate (WbDesk          *self,
                           WbOrder         *order,
                           const WbShipAsk *full,
                           const char      *reference,
                           GCancellable    *cancellable,
                           GError         **error);
WbMoney      wb_ship_ask_value (WbOrder *order, const WbShipAsk *full);
void         wb_rates_reason (GPtrArray *rates, WbOrder *order);
gboolean     wb_rates_can_insure (GPtrArray *rates, WbMoney fee, GError **error);
gboolean     wb_rates_insure (GPtrArray *rates, WbMoney fee, GError **error);
WbOperation *wb_desk_plan_label (WbDesk *self, WbShipment *shipment, guint attempt, GError **error);
/* A bought label before it is printed (wb-desk-label.c). */
typedef struct
{
  const char *format, *tracking, *carrier, *service;
} WbLabelAbout;

/* @reason: (nullable): why it is set aside, for people; @rule, @change: (nullable): what somebody
 * accepted for good and what follows from it for this label. */
typedef struct
{
  char        *reason;
  char        *change;
  WbLabelRule *rule;
} WbLabelVerdict;

void         wb_desk_check_label (WbDesk             *self,
                                  GBytes             *label,
                                  const WbLabelAbout *about,
                                  WbLabelVerdict     *verdict);
WbLabelRule *wb_desk_find_standing (
    WbDesk *self, GBytes *bytes, const WbLabelAbout *about, GPtrArray *findings, char **change);
void     wb_label_verdict_clear (WbLabelVerdict *verdict);
char    *wb_desk_accepted_change (WbDesk *self, WbShipment *shipment, const char *document);
gboolean wb_label_check_printable (WbLabel *label, GError **error);
/* Papers (wb-desk-paper.c, wb-desk-print.c, wb-op-print.c). */
char *wb_desk_keep_document (
    WbDesk *self, WbShipment *shipment, const char *document, char **format, GError **error);
WbOperation *wb_desk_plan_print (WbDesk     *self,
                                 WbShipment *shipment,
                                 const char *document,
                                 gboolean    anew,
                                 const char *sequence,
                                 GError    **error);
WbPrinter   *wb_desk_printer_of (WbDesk *self, WbOperation *operation, GError **error);
gboolean     wb_printer_is_reachable (WbPrinter *printer, const char *station);
/* What prints an order's papers (wb-desk-wished-printer.c). */
WbPrinter *wb_desk_printer_for (
    WbDesk *self, gint64 order_id, const char *document, char **wished, GError **error);
gboolean wb_desk_follow_print (WbDesk       *self,
                               WbOperation  *operation,
                               guint         timeout_seconds,
                               GCancellable *cancellable,
                               GError      **error);
gboolean wb_desk_print (WbDesk       *self,
                        WbShipment   *shipment,
                        const char   *document,
                        gboolean      anew,
                        char        **outcome,
                        GCancellable *cancellable,
                        GError      **error);

guint wb_slip_design_hides (const WbSlipDesign *design);

#define WB_PRACTICE_SETTING "practice"

/* Why a purchase that was planned is not made as it was planned; the ship flow asks the carrier
 * anew. */
#define WB_RATE_WITHDRAWN "the order was changed in the shop; the carrier is asked again"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbLabelVerdict, wb_label_verdict_clear)

G_END_DECLS

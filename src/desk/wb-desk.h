/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine as the faces see it: one workspace opened, with all its rules. Every call blocks;
 * never call from the main thread of a client but for what says “quick”. Use a WbDesk from one
 * thread at a time and open one for each thread. */
#pragma once

#include "wb-journal.h"
#include "wb-secrets.h"

G_BEGIN_DECLS

#define WB_TYPE_DESK (wb_desk_get_type ())
G_DECLARE_FINAL_TYPE (WbDesk, wb_desk, WB, DESK, GObject)

/* Opening. */
char   *wb_desk_default_path (const char *workspace);
WbDesk *wb_desk_open (const char *book_path, WbSecrets *secrets, const char *actor, GError **error);
WbBook *wb_desk_get_book (WbDesk *self);
WbJournal  *wb_desk_get_journal (WbDesk *self);
const char *wb_desk_get_actor (WbDesk *self);
WbSecrets  *wb_desk_get_secrets (WbDesk *self);
gboolean    wb_desk_is_practice (WbDesk *self);
gboolean    wb_desk_set_practice (WbDesk *self, GError **error);
gboolean    wb_desk_trace (WbDesk *self, const char *path, GError **error);

/* Connections (wb-desk-connect.c). @draft: kind, provider, name, base_url, capturer…; @secrets:
 * values in the provider's order. */
gboolean           wb_desk_test_connection (WbDesk            *self,
                                            WbConnection      *draft,
                                            const char *const *secrets,
                                            char             **findings,
                                            GCancellable      *cancellable,
                                            GError           **error);
gint64             wb_desk_add_connection (WbDesk            *self,
                                           WbConnection      *draft,
                                           const char *const *secrets,
                                           GError           **error);
gboolean           wb_desk_remove_connection (WbDesk *self, gint64 connection_id, GError **error);
const char *const *wb_desk_provider_secrets (const char *kind, const char *provider);
const char        *wb_desk_provider_url (const char *kind, const char *provider);
const char        *wb_desk_provider_title (const char *kind, const char *provider);
const char        *wb_desk_provider_id (const char *kind, guint index);

/* Sync (wb-desk-sync.c). */
typedef struct
{
  gint64     read, added, changed, unchanged;
  GPtrArray *problems; /* element-type utf8: rows that could not be read, with place and reason */
} WbSyncResult;

/* @channel: (transfer none): whose orders come; @total: 0: nobody knows of how many. */
typedef void (*WbSyncProgress) (WbConnection *channel, gint64 done, gint64 total, gpointer data);

gboolean wb_desk_sync (WbDesk        *self,
                       gint64         channel_id,
                       WbSyncProgress progress,
                       gpointer       data,
                       WbSyncResult  *result,
                       GCancellable  *cancellable,
                       GError       **error);
gboolean
wb_desk_set_hint_secret (WbDesk *self, gint64 channel_id, const char *secret, GError **error);
gboolean wb_desk_has_hint_secret (WbDesk *self, gint64 channel_id);
gboolean wb_desk_check_hint (WbDesk            *self,
                             gint64             channel_id,
                             const char *const *headers,
                             GBytes            *body,
                             gboolean          *is_order,
                             GError           **error);
gboolean wb_desk_import_order (
    WbDesk *self, WbOrder *order, GBytes *raw, WbSyncResult *result, GError **error);
gboolean
wb_desk_refresh_payment (WbDesk *self, gint64 order_id, GCancellable *cancellable, GError **error);
void wb_sync_result_clear (WbSyncResult *result);

/* Holding (quick). */
gboolean wb_desk_hold (WbDesk *self, gint64 order_id, const char *reason, GError **error);
gboolean wb_desk_release (WbDesk *self, gint64 order_id, GError **error);

/* Shipping (wb-desk-plan.c, wb-desk-ship.c). */

/* What goes into one parcel. line_ids/quantities: @n lines; n 0: everything still to ship. package
 * NULL: the chosen one. Sizes 0: the package's; weight 0: lines' weights plus the package's (must
 * then be known). */
typedef struct
{
  gint64   order_id;
  guint    n;
  gint64  *line_ids;
  gint64  *quantities;
  char    *package;
  gint64   weight_g;
  gint64   length_mm, width_mm, height_mm;
  gint64   carrier_id; /* 0: the only one */
  gboolean signature;  /* handed over against a signature only */
  gint64   insured;    /* 0: not insured; WB_INSURE_GOODS, or an amount in the order's currency */
  gboolean as_wished;  /* what is left open is as the merchant's rules wish it for this order */
} WbShipAsk;

#define WB_INSURE_GOODS ((gint64) -1) /* for what the goods in the parcel are worth */

/* What would be captured for it, why, from what, until when. amount and shortfall in minor units of
 * currency. */
typedef struct
{
  char      currency[4];
  gint64    amount;
  gint64    shortfall;
  char     *payment_ref; /* NULL: nothing is captured by us */
  gint64    gateway_id;
  WbInstant capture_before;
  char     *reason; /* for people, translated */
} WbCapturePlan;

gboolean wb_desk_price_insurance (WbDesk          *self,
                                  const WbShipAsk *ask,
                                  GPtrArray       *rates,
                                  WbMoney         *value,
                                  WbMoney         *fee,
                                  GCancellable    *cancellable,
                                  GError         **error);
gboolean wb_desk_plan_capture (WbDesk          *self,
                               const WbShipAsk *ask,
                               WbCapturePlan   *plan,
                               GCancellable    *cancellable,
                               GError         **error);
/* An offer with the reason why it is (not) proposed; the proposed one is the first. */
GPtrArray *
wb_desk_get_rates (WbDesk *self, const WbShipAsk *ask, GCancellable *cancellable, GError **error);
gint64 wb_desk_plan_shipment (
    WbDesk *self, const WbShipAsk *ask, WbRate *rate, GCancellable *cancellable, GError **error);

typedef enum
{
  WB_STEP_CHECK,
  WB_STEP_LABEL,
  WB_STEP_PRINT_LABEL,
  WB_STEP_PRINT_SLIP,
  WB_STEP_PRINT_CUSTOMS, /* these two only for parcels that must have such a paper */
  WB_STEP_PRINT_INVOICE,
  WB_STEP_CAPTURE,
  WB_STEP_REPORT,
  WB_STEP_MARK,
  WB_N_STEPS,
} WbStep;

typedef enum
{
  WB_STEP_WAITING,
  WB_STEP_RUNNING,
  WB_STEP_DONE,
  WB_STEP_SKIPPED,
  WB_STEP_FAILED,
  WB_STEP_UNSURE,
} WbStepState;

/* @text: (nullable): what was done or why not, for people */
typedef void (*WbStepFunc) (WbStep step, WbStepState state, const char *text, gpointer data);

gboolean wb_desk_ship (WbDesk       *self,
                       gint64        shipment_id,
                       WbStepFunc    progress,
                       gpointer      data,
                       GCancellable *cancellable,
                       GError      **error);
gboolean wb_desk_drop_shipment (WbDesk *self, gint64 shipment_id, GError **error);
gboolean wb_desk_check_address (
    WbDesk *self, gint64 order_id, char **remark, GCancellable *cancellable, GError **error);
gboolean
wb_desk_capture_rest (WbDesk *self, gint64 order_id, GCancellable *cancellable, GError **error);
WbMoney     wb_order_rest_amount (WbOrder *order, WbPayment *payment);
gint64      wb_capture_still_due (WbOrder *order, WbPayment *payment);
const char *wb_step_title (WbStep step);
gboolean    wb_step_is_usual (WbStep step);
void        wb_ship_ask_clear (WbShipAsk *ask);
void        wb_capture_plan_clear (WbCapturePlan *plan);

/* Labels and paper (wb-desk-paper.c). */
gboolean wb_desk_void_label (
    WbDesk *self, gint64 label_id, char **outcome, GCancellable *cancellable, GError **error);
gboolean wb_desk_print_document (WbDesk       *self,
                                 gint64        shipment_id,
                                 const char   *document,
                                 char        **outcome,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean wb_desk_reprint (WbDesk       *self,
                          gint64        shipment_id,
                          const char   *document,
                          char        **outcome,
                          GCancellable *cancellable,
                          GError      **error);
gboolean wb_desk_follow_prints (WbDesk       *self,
                                guint         timeout_seconds,
                                GCancellable *cancellable,
                                GError      **error);
/* Labels that failed a check (wb-desk-label.c). */
gboolean
wb_desk_propose_label (WbDesk *self, gint64 label_id, char **change, char **words, GError **error);
GBytes  *wb_desk_preview_label (WbDesk *self, gint64 label_id, const char *change, GError **error);
gboolean wb_desk_accept_label (WbDesk *self, gint64 label_id, const char *change, GError **error);
gboolean wb_label_is_set_aside (WbLabel *label);
/* Accepted for good (wb-desk-standing.c); what holds: wb_book_list_label_rules(). */
gboolean wb_desk_accept_always (WbDesk *self, gint64 label_id, const char *change, GError **error);
gboolean wb_desk_revoke_rule (WbDesk *self, gint64 rule_id, GError **error);
char    *wb_label_rule_title (WbLabelRule *rule);
GBytes  *wb_desk_get_label (WbDesk *self, gint64 shipment_id, char **format, GError **error);
GBytes  *wb_desk_make_slip (WbDesk *self, gint64 shipment_id, GError **error);

/* Every other paper (wb-desk-documents.c). @kind: the names of templates: “slip”, “gift”,
 * “receipt”, “return”, “invoice”, “cn22”, “cn23”, “address”; or WB_DOCUMENT_…, where “customs” is
 * the form that this parcel needs. */
GBytes *wb_desk_make_paper (WbDesk     *self,
                            const char *kind,
                            gint64      order_id,
                            gint64      shipment_id,
                            char     ***warnings,
                            GError    **error);
GBytes *wb_desk_make_pick_list (
    WbDesk *self, const gint64 *order_ids, guint n, char ***warnings, GError **error);
/* The walk of a wave on paper (wb-desk-wave-list.c). */
GBytes  *wb_desk_make_wave_list (WbDesk *self, gint64 wave_id, char ***warnings, GError **error);
gboolean wb_desk_print_wave_list (
    WbDesk *self, gint64 wave_id, char **outcome, GCancellable *cancellable, GError **error);
GBytes *wb_desk_make_manifest (
    WbDesk *self, const char *carrier, const char *date, char ***warnings, GError **error);
GBytes *wb_desk_make_address_sheet (WbDesk       *self,
                                    const char   *layout,
                                    guint         start,
                                    gboolean      marks,
                                    const gint64 *order_ids,
                                    guint         n,
                                    GError      **error);
char  **wb_desk_needed_papers (WbDesk *self, gint64 shipment_id, GError **error);

/* All papers of a shipment, and labels on sheets (wb-desk-print-set.c). One paper of a set:
 * @document: WB_DOCUMENT_…, static; @error NULL: a printer has it, @outcome says which. */
typedef struct
{
  const char *document;
  char       *outcome;
  GError     *error;
} WbSetRow;

GPtrArray *wb_desk_print_set (WbDesk       *self,
                              gint64        shipment_id,
                              gboolean     *complete,
                              GCancellable *cancellable,
                              GError      **error);
void       wb_set_row_free (WbSetRow *row);
GBytes    *wb_desk_make_label_sheet (WbDesk       *self,
                                     const char   *layout,
                                     guint         start,
                                     gboolean      marks,
                                     const gint64 *shipment_ids,
                                     guint         n,
                                     GError      **error);
gboolean   wb_desk_print_label_sheet (WbDesk       *self,
                                      const char   *layout,
                                      guint         start,
                                      gboolean      marks,
                                      const gint64 *shipment_ids,
                                      guint         n,
                                      char        **outcome,
                                      GCancellable *cancellable,
                                      GError      **error);

/* What customs want to know of products (wb-desk-customs.c). */
GPtrArray *wb_list_customs_gaps (WbBook *book, gint64 order_id, GError **error);
gboolean   wb_desk_save_customs_data (WbDesk *self, GPtrArray *products, GError **error);

/* Papers of many shipments in one go (wb-desk-prints.c). */
typedef enum
{
  WB_PRINTS_WAITING, /* not sent yet */
  WB_PRINTS_SENT,    /* the printer has it */
  WB_PRINTS_PRINTED,
  WB_PRINTS_FAILED, /* refused, or it ended without paper: printed when the batch is gone on with */
  WB_PRINTS_UNSURE, /* nobody knows: a person looks */
} WbPrintsState;

/* @place: 1, 2, 3…; @text, @advice: (nullable): what is the matter and what to do, for people */
typedef struct
{
  guint         place;
  gint64        shipment_id;
  char         *document;
  gint64        operation_id;
  WbPrintsState state;
  char         *text;
  char         *advice;
} WbPrintsRow;

typedef void (*WbPrintsFunc) (const WbPrintsRow *row, guint total, gpointer data);

gint64 wb_desk_begin_prints (
    WbDesk *self, const gint64 *shipment_ids, guint n, gboolean slips, GError **error);
gboolean   wb_desk_run_prints (WbDesk       *self,
                               gint64        batch_id,
                               guint         from,
                               WbPrintsFunc  progress,
                               gpointer      data,
                               GCancellable *cancellable,
                               GError      **error);
GPtrArray *wb_desk_list_prints (WbDesk *self, gint64 batch_id, GError **error);
gboolean
wb_desk_cancel_prints (WbDesk *self, gint64 batch_id, GCancellable *cancellable, GError **error);
void wb_prints_row_free (WbPrintsRow *row);

/* Setting up (wb-desk-setup.c). A queue of the print server as the faces see it: @raw: takes label
 * language only; @trouble: (nullable): why it prints nothing just now; @media: PWG names; @ready:
 * of what lies in it, as far as it says; @dpi: its dots an inch, 0: not told. */
typedef struct
{
  char    *name;
  char    *title;
  gboolean raw;
  char    *trouble;
  char   **media;
  char    *media_default;
  char   **ready;
  guint    dpi;
} WbDeskQueue;

/* What a packing slip shows beyond its facts. @columns: those of “sku,ordered,to-come” that are
 * shown, joined by commas; NULL: all. */
typedef struct
{
  char   *message;
  GBytes *logo; /* PNG or SVG, or NULL */
  char   *columns;
} WbSlipDesign;

GPtrArray *wb_desk_list_queues (GCancellable *cancellable, GError **error);
void       wb_desk_queue_free (WbDeskQueue *queue);
gboolean   wb_desk_save_origin (WbDesk *self, WbOrigin *origin, GError **error);
gboolean   wb_desk_remove_origin (WbDesk *self, gint64 origin_id, GError **error);
gboolean   wb_desk_save_package (WbDesk *self, WbPackage *package, GError **error);
gboolean   wb_desk_remove_package (WbDesk *self, gint64 package_id, GError **error);
gboolean   wb_desk_save_printer (WbDesk *self, WbPrinter *printer, GError **error);
gboolean   wb_desk_remove_printer (WbDesk *self, gint64 printer_id, GError **error);

/* What came out of a test print (wb-desk-test-print.c). @ruler_dmm: how long the ruler is on the
 * paper, tenths of a millimetre, 0: as it says; @shift_x, @shift_y: how far everything is too far
 * right and down, tenths of a millimetre; @turned: by how much it came out turned, clockwise. */
typedef struct
{
  gint64   ruler_dmm;
  gint64   shift_x, shift_y;
  gint64   turned;
  gboolean blank_labels;
  gboolean faint;
  gboolean smeared;
} WbTestFindings;

gboolean wb_desk_adjust_printer (WbDesk               *self,
                                 const char           *document,
                                 const WbTestFindings *findings,
                                 char                **changes,
                                 GError              **error);
gboolean wb_desk_describe_printer (WbPrinter    *printer,
                                   WbDeskQueue **queue,
                                   GCancellable *cancellable,
                                   GError      **error);
gboolean wb_desk_print_test (
    WbDesk *self, const char *document, char **outcome, GCancellable *cancellable, GError **error);
gboolean wb_desk_get_slip_design (WbDesk *self, WbSlipDesign *design, GError **error);
gboolean wb_desk_set_slip_design (WbDesk *self, const WbSlipDesign *design, GError **error);
GBytes  *wb_desk_preview_slip (WbDesk *self, const WbSlipDesign *design, GError **error);
void     wb_slip_design_clear (WbSlipDesign *design);

/* After the label (wb-desk-track.c). */
gboolean
wb_desk_track (WbDesk *self, gint64 shipment_id, GCancellable *cancellable, GError **error);
gboolean    wb_desk_refresh_voids (WbDesk *self, GCancellable *cancellable, GError **error);
const char *wb_tracker_title (const char *tracker_state);

/* Many orders at once (wb-desk-batch.c). */
typedef enum
{
  WB_BATCH_SHIP,
  WB_BATCH_SLIPS,
  WB_BATCH_HOLD,
  WB_BATCH_RELEASE,
  WB_BATCH_TAG,
  WB_BATCH_UNTAG,
  WB_BATCH_MARK,
  WB_N_BATCHES,
} WbBatch;

/* One row's result: error NULL: done, text says what (nullable); cost: of its label, when one was
 * bought. */
typedef struct
{
  gint64  order_id;
  char   *text;
  WbMoney cost;
  GError *error;
} WbBatchRow;

typedef void (*WbBatchProgress) (const WbBatchRow *row, guint done, guint total, gpointer data);

GPtrArray *wb_desk_run_batch (WbDesk         *self,
                              WbBatch         kind,
                              const gint64   *ids,
                              guint           n,
                              const char     *argument,
                              WbBatchProgress progress,
                              gpointer        data,
                              GCancellable   *cancellable);
void       wb_batch_row_free (WbBatchRow *row);

/* Customers (wb-desk-customers.c). Reading is in wb-book.h. */
gboolean wb_desk_link_customers (WbDesk *self, gint64 a, gint64 b, GError **error);
gboolean wb_desk_unlink_customer (WbDesk *self, gint64 customer_id, GError **error);
gboolean wb_desk_note_customer (WbDesk *self, gint64 customer_id, const char *note, GError **error);
JsonNode *wb_desk_export_customer (WbDesk *self, gint64 customer_id, GError **error);
gboolean  wb_desk_erase_customer (WbDesk *self, gint64 customer_id, GError **error);

/* After a crash or a lost line (wb-desk-resolve.c). */
gboolean wb_desk_recover (
    WbDesk *self, WbStepFunc progress, gpointer data, GCancellable *cancellable, GError **error);
gboolean
wb_desk_resolve (WbDesk *self, gint64 operation_id, GCancellable *cancellable, GError **error);
gboolean wb_desk_decide (WbDesk     *self,
                         gint64      operation_id,
                         gboolean    happened,
                         const char *evidence_json,
                         GError    **error);
gboolean wb_desk_decide_and_go_on (WbDesk       *self,
                                   gint64        operation_id,
                                   gboolean      happened,
                                   const char   *ref,
                                   GCancellable *cancellable,
                                   GError      **error);
gboolean wb_desk_print_again (
    WbDesk *self, gint64 operation_id, char **outcome, GCancellable *cancellable, GError **error);

/**
 * WbEdit: one field that was changed in the shop, for people (wb-edit-words.c).
 * @before, @after: empty where there was or is nothing
 * @effect: (nullable): what it makes invalid: a sentence
 */
typedef struct
{
  char       *title;
  char       *before;
  char       *after;
  const char *effect;
} WbEdit;

GPtrArray *wb_event_list_edits (WbEvent *event, WbOrder *order);
void       wb_edit_free (WbEdit *edit);

/* Words for people, translated (wb-words.c). */
const char *wb_stage_title (const char *stage);
const char *wb_charge_title (const char *charge_state);
const char *wb_operation_title (const char *kind);
const char *wb_operation_state_title (const char *state);
const char *wb_kind_title (const char *kind);
char       *wb_event_title (WbEvent *event);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbSyncResult, wb_sync_result_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDeskQueue, wb_desk_queue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPrintsRow, wb_prints_row_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbSlipDesign, wb_slip_design_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbShipAsk, wb_ship_ask_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbCapturePlan, wb_capture_plan_clear)

G_END_DECLS

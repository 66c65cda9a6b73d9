/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operations “buy a label” and “void a label”. */
#include "wb-book-merged.h"
#include "wb-book-waves.h"
#include "wb-desk-private.h"

static const char *
media_type_of (const char *format)
{
  if (g_strcmp0 (format, WB_FORMAT_PNG) == 0)
    return "image/png";
  return g_strcmp0 (format, WB_FORMAT_ZPL) == 0 ? "application/vnd.zebra-zpl" : "application/pdf";
}

/* The label is looked at once, here, outside any transaction; what was found is part of the reply.
 */
static void
fill_outcome (WbDesk *desk, WbOutcome *outcome, const WbPurchase *purchase)
{
  WbLabelAbout            about = { purchase->format, purchase->tracking, purchase->carrier,
                                    purchase->service };
  g_auto (WbLabelVerdict) verdict = { 0 };

  wb_desk_check_label (desk, purchase->label, &about, &verdict);
  outcome->reply = wb_json_make (
      "s:remote_id", purchase->remote_id, "s:tracking", purchase->tracking, "s:tracking_url",
      purchase->tracking_url, "s:carrier", purchase->carrier, "s:service", purchase->service,
      "i:cost", purchase->cost.minor, "s:currency", purchase->cost.currency, "s:format",
      purchase->format, "i:insured", purchase->insured.minor, "i:insurance_fee",
      purchase->insurance_fee.minor, "s:quarantine", verdict.reason, "s:accepted_change",
      verdict.change, "s:accepted_by",
      verdict.rule != NULL ? wb_record_get_text (verdict.rule, WB_LABEL_RULE_ACTOR) : NULL,
      "i:rule",
      verdict.rule != NULL ? wb_record_get_int (verdict.rule, WB_LABEL_RULE_ID) : (gint64) 0, NULL);
  outcome->document = g_bytes_ref (purchase->label);
  outcome->media_type = g_strdup (media_type_of (purchase->format));
}

/* For how much the goods are to be insured, as the request says. */
static WbMoney
asked_insured (const WbJson *request)
{
  gint64 insured = 0;

  if (!wb_json_opt_int (request, "insured", 0, &insured, NULL))
    insured = 0;
  return wb_money (insured, wb_json_opt_string (request, "insured_currency"));
}

static gboolean
buy_perform (WbOperation  *operation,
             gpointer      context,
             WbOutcome    *outcome,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbCarrier) carrier = wb_desk_open_carrier (
      context, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  g_auto (WbPurchase) purchase = { 0 };

  if (carrier == NULL)
    return wb_not_sent (error);
  if (!wb_carrier_buy (carrier, wb_json_opt_string (&at, "remote_id"),
                       wb_json_opt_string (&at, "rate"), wb_json_opt_string (&at, "format"),
                       asked_insured (&at), &purchase, cancellable, error))
    return FALSE;
  fill_outcome (context, outcome, &purchase);
  return TRUE;
}

static WbVerdict
buy_verify (WbOperation  *operation,
            gpointer      context,
            WbOutcome    *outcome,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbCarrier) carrier = wb_desk_open_carrier (
      context, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  g_auto (WbPurchase) purchase = { 0 };

  if (carrier == NULL)
    return WB_VERDICT_UNKNOWN;
  switch (wb_carrier_find_purchase (
      carrier, wb_json_opt_string (&at, "remote_id"), wb_json_opt_string (&at, "reference"),
      wb_json_opt_string (&at, "format"), &purchase, cancellable, error))
    {
    case WB_PURCHASE_FOUND:
      fill_outcome (context, outcome, &purchase);
      return WB_VERDICT_DONE;
    case WB_PURCHASE_NOT_BOUGHT:
      return WB_VERDICT_NOT_DONE;
    case WB_PURCHASE_UNKNOWN:
    default:
      return WB_VERDICT_UNKNOWN;
    }
}

static WbEntry *
label_entry (WbLabel *label, gint64 operation_id, const char *kind, gint64 amount)
{
  WbEntry *entry = wb_entry_new ();

  wb_record_set_int (entry, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, wb_record_get_int (label, WB_LABEL_ORDER_ID));
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID, wb_record_get_int (label, WB_LABEL_SHIPMENT_ID));
  wb_record_set_text (entry, WB_ENTRY_KIND, kind);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, "carrier");
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, wb_record_get_text (label, WB_LABEL_REMOTE_ID));
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, wb_record_get_text (label, WB_LABEL_CURRENCY));
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount);
  wb_record_set_int (entry, WB_ENTRY_OPERATION_ID, operation_id);
  return entry;
}

/* One line in the ledger for what a label cost or brought back. @operation_id: 0 for none. */
gboolean
wb_label_add_entry (WbBook     *book,
                    WbLabel    *label,
                    gint64      operation_id,
                    const char *kind,
                    gint64      amount,
                    GError    **error)
{
  g_autoptr (WbEntry) entry = label_entry (label, operation_id, kind, amount);

  return wb_book_add_entry (book, entry, NULL, error);
}

/* What was insured, when that was asked for: its fee is part of what the label cost. */
static gboolean
read_insured (WbJson *reply, WbShipment *shipment, gint64 *cost, GError **error)
{
  gint64 insured, fee;

  if (wb_record_get_int (shipment, WB_SHIPMENT_INSURED) == 0)
    return TRUE;
  if (!wb_json_opt_int (reply, "insured", 0, &insured, error) ||
      !wb_json_opt_int (reply, "insurance_fee", 0, &fee, error))
    return FALSE;
  wb_record_set_int (shipment, WB_SHIPMENT_INSURED, insured);
  *cost += fee;
  return TRUE;
}

/* By what somebody accepted for good, whose name stands on it. */
static void
take_acceptance (WbJson *reply, WbLabel *label)
{
  const char *change = wb_json_opt_string (reply, "accepted_change");

  if (change == NULL)
    return;
  wb_record_set_text (label, WB_LABEL_ACCEPTED_CHANGE, change);
  wb_record_set_text (label, WB_LABEL_ACCEPTED_BY, wb_json_opt_string (reply, "accepted_by"));
  wb_record_set_int (label, WB_LABEL_ACCEPTED_AT, wb_now ());
}

static gboolean
read_label (WbJson *reply, WbShipment *shipment, WbParcel *parcel, WbLabel *label, GError **error)
{
  const char *tracking = wb_json_string (reply, "tracking", error);
  gint64      cost = 0;

  if (tracking == NULL || wb_json_string (reply, "remote_id", error) == NULL ||
      wb_json_string (reply, "currency", error) == NULL ||
      !wb_json_int (reply, "cost", &cost, error) || !read_insured (reply, shipment, &cost, error))
    return FALSE;
  wb_record_set_int (label, WB_LABEL_PARCEL_ID, wb_record_get_int (parcel, WB_PARCEL_ID));
  wb_record_set_int (label, WB_LABEL_SHIPMENT_ID, wb_record_get_int (shipment, WB_SHIPMENT_ID));
  wb_record_set_int (label, WB_LABEL_ORDER_ID, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID));
  wb_record_set_text (label, WB_LABEL_STATE, WB_LABEL_LIVE);
  wb_record_set_text (label, WB_LABEL_REMOTE_ID, wb_json_opt_string (reply, "remote_id"));
  wb_record_set_text (label, WB_LABEL_TRACKING, tracking);
  wb_record_set_text (label, WB_LABEL_CARRIER, wb_json_opt_string (reply, "carrier"));
  wb_record_set_text (label, WB_LABEL_SERVICE, wb_json_opt_string (reply, "service"));
  wb_record_set_text (label, WB_LABEL_CURRENCY, wb_json_opt_string (reply, "currency"));
  wb_record_set_int (label, WB_LABEL_COST, cost);
  wb_record_set_text (label, WB_LABEL_FORMAT, wb_json_opt_string (reply, "format"));
  wb_record_set_int (label, WB_LABEL_BOUGHT_AT, wb_now ());
  wb_record_set_text (label, WB_LABEL_QUARANTINE, wb_json_opt_string (reply, "quarantine"));
  take_acceptance (reply, label);
  wb_record_set_text (parcel, WB_PARCEL_TRACKING, tracking);
  wb_record_set_text (parcel, WB_PARCEL_TRACKING_URL, wb_json_opt_string (reply, "tracking_url"));
  wb_record_set_int (shipment, WB_SHIPMENT_COST, cost);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_LABELLED);
  return TRUE;
}

static gboolean
note_tracking (WbBook *book, gint64 order_id, const char *tracking, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (book, order_id, error);
  const char         *there = order != NULL ? wb_record_get_text (order, WB_ORDER_TRACKING) : NULL;
  g_autofree char    *both =
      there != NULL ? g_strdup_printf ("%s %s", there, tracking) : g_strdup (tracking);

  if (order == NULL)
    return FALSE;
  wb_record_set_text (order, WB_ORDER_TRACKING, both);
  return wb_book_update_order_head (book, order, error);
}

/* In the order's timeline, so that everybody sees why nothing came out. */
static gboolean
note_quarantine (WbBook *book, WbLabel *label, const char *actor, GError **error)
{
  const char          *reason = wb_record_get_text (label, WB_LABEL_QUARANTINE);
  g_autoptr (JsonNode) detail = NULL;
  gboolean             aside = wb_label_is_set_aside (label);

  if (reason == NULL)
    return TRUE;
  detail =
      wb_json_make ("s:tracking", wb_record_get_text (label, WB_LABEL_TRACKING), "s:reason", reason,
                    "s:change", wb_record_get_text (label, WB_LABEL_ACCEPTED_CHANGE), NULL);
  return wb_book_add_event (book, "order", wb_record_get_int (label, WB_LABEL_ORDER_ID),
                            aside ? "label-set-aside" : "label-accepted",
                            aside ? actor : wb_record_get_text (label, WB_LABEL_ACCEPTED_BY),
                            detail, error);
}

/* What travels in the same parcel has its label too, and no cost of its own: the whole of it stands
 * with the order whose shipment carries the others. A line of nothing in the ledger says that
 * the cost is known. */
static gboolean
note_carried (
    WbBook *book, WbShipment *carried, WbLabel *label, WbJson *reply, gint64 by, GError **error)
{
  WbParcel           *parcel = wb_shipment_parcel (carried);
  gint64              order_id = wb_record_get_int (carried, WB_SHIPMENT_ORDER_ID);
  g_autoptr (WbEntry) entry = label_entry (label, by, WB_ENTRY_LABEL, 0);
  g_autofree char *ref = g_strdup_printf ("%s/%s", wb_record_get_text (label, WB_LABEL_REMOTE_ID),
                                          wb_record_get_text (parcel, WB_PARCEL_REFERENCE));

  wb_record_set_text (parcel, WB_PARCEL_TRACKING, wb_record_get_text (label, WB_LABEL_TRACKING));
  wb_record_set_text (parcel, WB_PARCEL_TRACKING_URL, wb_json_opt_string (reply, "tracking_url"));
  wb_record_set_text (carried, WB_SHIPMENT_STATE, WB_SHIPMENT_LABELLED);
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, order_id);
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID, wb_record_get_int (carried, WB_SHIPMENT_ID));
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, ref);
  return wb_book_save (book, parcel, error) && wb_book_save (book, carried, error) &&
         note_tracking (book, order_id, wb_record_get_text (label, WB_LABEL_TRACKING), error) &&
         wb_book_add_entry (book, entry, NULL, error);
}

static gboolean
note_all_carried (
    WbBook *book, WbShipment *shipment, WbLabel *label, WbJson *reply, gint64 by, GError **error)
{
  g_autoptr (GPtrArray) carried =
      wb_book_list_carried (book, wb_record_get_int (shipment, WB_SHIPMENT_ID), error);

  for (guint i = 0; carried != NULL && i < carried->len; i++)
    if (!note_carried (book, carried->pdata[i], label, reply, by, error))
      return FALSE;
  return carried != NULL;
}

static gboolean
buy_apply (WbBook      *book,
           WbOperation *operation,
           WbJson      *reply,
           const char  *document_hash,
           gpointer     context,
           GError     **error)
{
  g_autoptr (WbShipment) shipment =
      wb_book_get_shipment (book, wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID), error);
  g_autoptr (WbLabel) label = wb_label_new ();
  WbParcel           *parcel = shipment != NULL ? wb_shipment_parcel (shipment) : NULL;

  if (parcel == NULL || !read_label (reply, shipment, parcel, label, error))
    return FALSE;
  if (document_hash == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The label itself is missing: ask the carrier again");
      return FALSE;
    }
  wb_record_set_text (label, WB_LABEL_DOCUMENT, document_hash);
  return wb_book_save (book, label, error) &&
         note_quarantine (book, label, wb_desk_get_actor (context), error) &&
         wb_book_save (book, parcel, error) && wb_book_save (book, shipment, error) &&
         note_tracking (book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                        wb_record_get_text (label, WB_LABEL_TRACKING), error) &&
         wb_label_add_entry (book, label, wb_record_get_int (operation, WB_OPERATION_ID),
                             WB_ENTRY_LABEL, -wb_record_get_int (label, WB_LABEL_COST), error) &&
         note_all_carried (book, shipment, label, reply,
                           wb_record_get_int (operation, WB_OPERATION_ID), error);
}

const WbOperationHandler wb_label_handler = { WB_OP_BUY_LABEL, buy_perform, buy_verify, buy_apply,
                                              NULL };

static const char *const void_words[] = {
  [WB_VOID_SUBMITTED] = "submitted", [WB_VOID_REFUNDED] = "refunded", [WB_VOID_REFUSED] = "refused"
};

static gboolean
void_perform (WbOperation  *operation,
              gpointer      context,
              WbOutcome    *outcome,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbCarrier) carrier = wb_desk_open_carrier (
      context, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  WbVoidState state;

  if (carrier == NULL)
    return wb_not_sent (error);
  if (!wb_carrier_void_label (carrier, wb_json_opt_string (&at, "remote_id"), &state, cancellable,
                              error))
    return FALSE;
  if (state == WB_VOID_REFUSED)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "The carrier does not take this label back. Its cost stays; ask the carrier if "
                   "it was never used");
      return FALSE;
    }
  outcome->reply = wb_json_make ("s:state", void_words[state], NULL);
  return TRUE;
}

static WbVerdict
void_verify (WbOperation  *operation,
             gpointer      context,
             WbOutcome    *outcome,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (WbCarrier) carrier = wb_desk_open_carrier (
      context, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), error);
  WbVoidState state = carrier != NULL
                          ? wb_carrier_find_void (carrier, wb_json_opt_string (&at, "remote_id"),
                                                  cancellable, error)
                          : WB_VOID_UNKNOWN;

  switch (state)
    {
    case WB_VOID_SUBMITTED:
    case WB_VOID_REFUNDED:
      outcome->reply = wb_json_make ("s:state", void_words[state], NULL);
      return WB_VERDICT_DONE;
    case WB_VOID_NOT_ASKED:
      return WB_VERDICT_NOT_DONE;
    case WB_VOID_REFUSED:
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "The carrier does not take this label back");
      return WB_VERDICT_REFUSED;
    case WB_VOID_UNKNOWN:
    default:
      return WB_VERDICT_UNKNOWN;
    }
}

static WbLabel *
label_of (WbBook *book, WbOperation *operation, GError **error)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request");
  g_autoptr (GPtrArray) labels =
      wb_book_list_labels (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);
  gint64 id = 0;

  if (labels == NULL || !wb_json_int (&at, "label", &id, error))
    return NULL;
  for (guint i = 0; i < labels->len; i++)
    if (wb_record_get_int (labels->pdata[i], WB_LABEL_ID) == id)
      return g_object_ref (labels->pdata[i]);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "The label is not in the order book");
  return NULL;
}

static gboolean
unpack_one (WbBook *book, WbShipment *shipment, GError **error)
{
  gint64     id = wb_record_get_int (shipment, WB_SHIPMENT_ID);
  GPtrArray *lines = wb_record_get_many (wb_shipment_parcel (shipment), WB_PARCEL_LINES);

  if (g_str_equal (wb_record_get_text (shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED))
    return TRUE;
  for (guint i = 0; i < lines->len; i++)
    if (!wb_book_pack (book, wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID),
                       -wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY), error))
      return FALSE;
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_VOID);
  return wb_book_release_evidence (book, id, error) && wb_book_save (book, shipment, error);
}

/* What lay in the parcel, of every order that it carries, can be packed again, unless it has left
 * already. */
gboolean
wb_shipment_unpack (WbBook *book, gint64 shipment_id, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (book, shipment_id, error);
  g_autoptr (GPtrArray)  carried =
      shipment != NULL ? wb_book_list_carried (book, shipment_id, error) : NULL;

  for (guint i = 0; carried != NULL && i < carried->len; i++)
    if (!unpack_one (book, carried->pdata[i], error))
      return FALSE;
  return carried != NULL && unpack_one (book, shipment, error);
}

static gboolean
void_apply (WbBook      *book,
            WbOperation *operation,
            WbJson      *reply,
            const char  *document_hash,
            gpointer     context,
            GError     **error)
{
  g_autoptr (WbLabel) label = label_of (book, operation, error);
  gboolean            refunded = g_strcmp0 (wb_json_opt_string (reply, "state"), "refunded") == 0;

  if (label == NULL)
    return FALSE;
  wb_record_set_text (label, WB_LABEL_STATE, refunded ? WB_LABEL_VOID : WB_LABEL_VOID_ASKED);
  return wb_book_save (book, label, error) &&
         (!refunded ||
          wb_label_add_entry (book, label, wb_record_get_int (operation, WB_OPERATION_ID),
                              WB_ENTRY_LABEL_REFUND, wb_record_get_int (label, WB_LABEL_COST),
                              error)) &&
         wb_shipment_unpack (book, wb_record_get_int (label, WB_LABEL_SHIPMENT_ID), error);
}

const WbOperationHandler wb_void_handler = { WB_OP_VOID_LABEL, void_perform, void_verify,
                                             void_apply, NULL };

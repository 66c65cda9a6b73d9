/* SPDX-License-Identifier: GPL-3.0-or-later
 * After a crash or a lost line: what is unsure is asked after, what was begun is brought to its
 * end, the rest is for a person. */
#include "wb-charge-private.h"
#include "wb-desk-channel.h"

#include "wb-book-merged.h"
#include "wb-text.h"

/* Whether a person has to act for one order before its shipment can go on. */
static gboolean
one_waits (WbDesk *self, WbShipment *shipment)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                                  wb_record_get_int (shipment, WB_SHIPMENT_ID), NULL);
  g_autoptr (GHashTable) latest = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter         iter;
  gpointer               operation;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    g_hash_table_insert (latest,
                         (gpointer) wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                         operations->pdata[i]);
  g_hash_table_iter_init (&iter, latest);
  while (g_hash_table_iter_next (&iter, NULL, &operation))
    if (wb_operation_is (operation, WB_OPERATION_REFUSED) ||
        wb_operation_is (operation, WB_OPERATION_ABANDONED) ||
        wb_operation_is (operation, WB_OPERATION_UNSURE))
      return TRUE;
  return operations == NULL;
}

/* Whether somebody has yet to look at the label: it is told among what needs a person. */
static gboolean
is_set_aside (WbDesk *self, WbShipment *shipment)
{
  GPtrArray *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);

  for (guint i = 0; parcels != NULL && i < parcels->len; i++)
    {
      g_autoptr (WbLabel) label = wb_book_get_live_label (
          self->book, wb_record_get_int (parcels->pdata[i], WB_PARCEL_ID), NULL);

      if (label != NULL && wb_label_is_set_aside (label))
        return TRUE;
    }
  return FALSE;
}

/* Whether a person has to act before the parcel can go on, for any order in it: then recovery
 * leaves it alone. What travels in another's parcel goes on with that. */
static gboolean
waits_for_person (WbDesk *self, WbShipment *shipment)
{
  g_autoptr (GPtrArray) carried =
      wb_book_list_carried (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ID), NULL);

  if (wb_record_get_int (shipment, WB_SHIPMENT_CARRIED_BY) != 0 || carried == NULL)
    return TRUE;
  for (guint i = 0; i < carried->len; i++)
    if (one_waits (self, carried->pdata[i]))
      return TRUE;
  return is_set_aside (self, shipment) || one_waits (self, shipment);
}

static gboolean
go_on_in_state (WbDesk       *self,
                const char   *state,
                WbStepFunc    progress,
                gpointer      data,
                GCancellable *cancellable,
                GError      **first)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_recent_shipments (self->book, state, G_MAXINT32, first);

  for (guint i = shipments != NULL ? shipments->len : 0; i > 0; i--)
    if (!waits_for_person (self, shipments->pdata[i - 1]))
      wb_desk_ship (self, wb_record_get_int (shipments->pdata[i - 1], WB_SHIPMENT_ID), progress,
                    data, cancellable, *first == NULL ? first : NULL);
  return shipments != NULL;
}

/**
 * wb_desk_recover:
 * Asks the vendors about every unsure operation, goes on with every shipment that was begun and
 * waits for no person, and looks how the print jobs stand. To be called at start and whenever the
 * network is back.
 *
 * Returns: %TRUE when nothing is left that could go on by itself; else the first reason in @error,
 * the others in the journal.
 */
gboolean
wb_desk_recover (
    WbDesk *self, WbStepFunc progress, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) unsure = NULL;
  g_autoptr (GError)    first = NULL;

  wb_journal_recover (self->journal, &first);
  unsure =
      wb_book_list_operations (self->book, WB_OPERATION_UNSURE, 0, first == NULL ? &first : NULL);
  for (guint i = unsure != NULL ? unsure->len : 0; i > 0; i--)
    wb_journal_resolve (self->journal, unsure->pdata[i - 1], cancellable,
                        first == NULL ? &first : NULL);
  go_on_in_state (self, WB_SHIPMENT_PLANNED, progress, data, cancellable, &first);
  go_on_in_state (self, WB_SHIPMENT_LABELLED, progress, data, cancellable, &first);
  wb_desk_go_on_charges (self, cancellable, &first);
  wb_desk_follow_prints (self, 0, cancellable, first == NULL ? &first : NULL);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static const char *
kind_of (WbOperation *operation)
{
  return wb_record_get_text (operation, WB_OPERATION_KIND);
}

static gboolean
go_on_shipping (WbDesk *self, gint64 shipment_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self->book, shipment_id, error);
  const char *state = shipment != NULL ? wb_record_get_text (shipment, WB_SHIPMENT_STATE) : NULL;

  return shipment != NULL &&
         (g_str_equal (state, WB_SHIPMENT_SHIPPED) || g_str_equal (state, WB_SHIPMENT_VOID) ||
          wb_desk_ship (self, shipment_id, NULL, NULL, cancellable, error));
}

/* A document that belongs to no shipment, asked of the printer under a new name. */
static gboolean
print_anew (
    WbDesk *self, WbOperation *before, char **outcome, GCancellable *cancellable, GError **error)
{
  g_autofree char        *id = wb_text_random_id (6);
  g_autofree char        *stem = g_strdup (wb_record_get_text (before, WB_OPERATION_KEY));
  g_autoptr (JsonNode)    asked = wb_operation_request (before);
  WbJson                  at = wb_json_root (asked, "request");
  const char             *document = wb_json_string (&at, "document_kind", error);
  g_autofree char        *key = NULL;
  g_autofree char        *title = NULL;
  g_autoptr (JsonNode)    request = NULL, reply = NULL;
  g_autoptr (WbOperation) operation = NULL;
  WbJson                  told;

  if (document == NULL)
    return FALSE;
  *strrchr (stem, ':') = '\0'; /* the attempt: what stands before is the same */
  key = g_strdup_printf ("%s:%s", stem, id);
  title = g_strdup_printf ("%s-%s", document, id);
  request = wb_json_make ("s:document", wb_json_opt_string (&at, "document"), "s:format",
                          wb_json_opt_string (&at, "format"), "s:document_kind", document,
                          "s:title", title, NULL);
  operation =
      wb_journal_plan (self->journal, WB_OP_PRINT, key, 0, 0, 0, request, self->actor, error);
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error))
    return FALSE;
  reply = wb_operation_reply (operation);
  told = wb_json_root (reply, "reply");
  if (outcome != NULL)
    *outcome = g_strdup (wb_json_opt_string (&told, "printer"));
  return TRUE;
}

/* What stood in the inbox for a paper is settled by the new request. */
static gboolean
take_off (WbDesk *self, WbOperation *operation, GError **error)
{
  if (wb_operation_is (operation, WB_OPERATION_REFUSED))
    return wb_journal_abandon (self->journal, operation, self->actor, "it was printed again",
                               error);
  return TRUE;
}

/**
 * wb_desk_print_again:
 * @operation_id: a print that was refused or did not come out
 * @outcome: (out) (optional): one line for people
 *
 * Prints the same paper once more, with its shipment or without one (a test page).
 */
gboolean
wb_desk_print_again (
    WbDesk *self, gint64 operation_id, char **outcome, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOperation) operation = wb_book_get_operation (self->book, operation_id, error);
  g_autoptr (JsonNode)    request = operation != NULL ? wb_operation_request (operation) : NULL;
  WbJson                  at = wb_json_root (request, "request");
  gint64                  shipment_id =
      operation != NULL ? wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID) : 0;
  const char *document = operation != NULL ? wb_json_string (&at, "document_kind", error) : NULL;

  if (document == NULL)
    return FALSE;
  if (shipment_id != 0)
    return wb_desk_reprint (self, shipment_id, document, outcome, cancellable, error);
  return print_anew (self, operation, outcome, cancellable, error) &&
         take_off (self, operation, error);
}

/* ---- a refused operation, done anew ---- */

static gboolean
retry_ship (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  return go_on_shipping (self, wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID), cancellable,
                         error);
}

static gboolean
retry_capture (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  if (wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID) != 0)
    return retry_ship (self, operation, cancellable, error);
  return wb_desk_capture_rest (self, wb_record_get_int (operation, WB_OPERATION_ORDER_ID),
                               cancellable, error);
}

static gboolean
retry_print (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  gint64 shipment_id = wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID);

  return wb_desk_print_again (self, wb_record_get_int (operation, WB_OPERATION_ID), NULL,
                              cancellable, error) &&
         (shipment_id == 0 || go_on_shipping (self, shipment_id, cancellable, error));
}

static gboolean
retry_void (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  gint64               label_id = 0;

  return wb_json_int (&at, "label", &label_id, error) &&
         wb_desk_void_label (self, label_id, NULL, cancellable, error);
}

static gboolean
retry_refund (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  return wb_desk_retry_refund (self, operation, cancellable, error);
}

static gboolean
retry_release (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  return wb_desk_release_rest (self, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), NULL,
                               cancellable, error);
}

static gboolean
retry_renew (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  return wb_desk_renew (self, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), NULL,
                        cancellable, error);
}

/* The number is reckoned anew: what was asked then is out of date. */
static gboolean
retry_stock (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  g_auto (WbPublishResult) result = { 0 };

  return wb_desk_publish_stock (self, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID),
                                &result, cancellable, error);
}

/* The same is asked once more, as an attempt of its own. */
static gboolean
retry_same (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  const char             *key = wb_record_get_text (operation, WB_OPERATION_KEY);
  g_autofree char        *aim = g_strndup (key, (gsize) (strrchr (key, ':') - key) + 1);
  guint                   attempts = 0;
  g_autoptr (WbOperation) last = wb_book_last_attempt (self->book, aim, &attempts, error);
  g_autofree char        *anew = g_strdup_printf ("%s%u", aim, attempts + 1);
  g_autoptr (JsonNode)    request = wb_operation_request (operation);
  g_autoptr (WbOperation) again = NULL;

  if (last == NULL)
    return FALSE;
  if (wb_record_get_int (last, WB_OPERATION_ID) != wb_record_get_int (operation, WB_OPERATION_ID))
    return wb_journal_settle (self->journal, last, cancellable, error);
  again = wb_journal_plan (self->journal, kind_of (operation), anew,
                           wb_record_get_int (operation, WB_OPERATION_ORDER_ID), 0,
                           wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), request,
                           self->actor, error);
  return again != NULL && wb_journal_settle (self->journal, again, cancellable, error);
}

static const struct
{
  const char *kind;
  gboolean (*retry) (WbDesk       *self,
                     WbOperation  *operation,
                     GCancellable *cancellable,
                     GError      **error);
} retries[] = {
  { WB_OP_BUY_LABEL, retry_ship },        { WB_OP_CAPTURE, retry_capture },
  { WB_OP_REPORT, retry_ship },           { WB_OP_PRINT, retry_print },
  { WB_OP_VOID_LABEL, retry_void },       { WB_OP_REFUND, retry_refund },
  { WB_OP_TELL_REFUND, retry_refund },    { WB_OP_RENEW, retry_renew },
  { WB_OP_CANCEL_CHARGE, retry_release }, { WB_OP_CHANGE_ORDER, retry_same },
  { WB_OP_CREATE_ORDER, retry_same },     { WB_OP_SET_STOCK, retry_stock },
};

static gboolean
retry (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (retries); i++)
    if (g_str_equal (retries[i].kind, kind_of (operation)))
      return retries[i].retry (self, operation, cancellable, error);
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "“%s” cannot be done again from here",
               kind_of (operation));
  return FALSE;
}

/* That the vendor could not be asked just now does not mean that nothing happened. */
static gboolean
ask_after (WbDesk *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wb_journal_resolve (self->journal, operation, cancellable, &local))
    return TRUE;
  if (local->code == WB_ERROR_UNAVAILABLE && wb_operation_is (operation, WB_OPERATION_UNSURE))
    local->code = WB_ERROR_UNSURE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_desk_resolve:
 * Brings one operation to its end: asks after it when unsure, sends it when planned, and goes on
 * with its shipment. A refused one is tried anew, from what the vendor says now.
 */
gboolean
wb_desk_resolve (WbDesk *self, gint64 operation_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOperation) operation = wb_book_get_operation (self->book, operation_id, error);
  gint64                  shipment_id =
      operation != NULL ? wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID) : 0;

  if (operation == NULL)
    return FALSE;
  if (wb_operation_is (operation, WB_OPERATION_REFUSED))
    return retry (self, operation, cancellable, error);
  if (wb_operation_is (operation, WB_OPERATION_UNSURE) &&
      !ask_after (self, operation, cancellable, error))
    return FALSE;
  if (shipment_id != 0 && !g_str_equal (kind_of (operation), WB_OP_VOID_LABEL))
    {
      if (g_str_equal (kind_of (operation), WB_OP_PRINT) &&
          wb_operation_is (operation, WB_OPERATION_PLANNED) &&
          !wb_journal_settle (self->journal, operation, cancellable, error))
        return FALSE;
      return go_on_shipping (self, shipment_id, cancellable, error);
    }
  return (wb_operation_is (operation, WB_OPERATION_DONE) ||
          wb_journal_settle (self->journal, operation, cancellable, error)) &&
         wb_desk_follow_charge (self, operation, cancellable, error);
}

/**
 * wb_desk_decide:
 * @happened: what a person found out at the vendor's
 * @evidence_json: (nullable): for @happened: the reply as it would have been, e.g. {"ref": "ch_1",
 * "amount": 6490, "currency": "EUR"}
 *
 * Settles an unsure operation that the vendor could not tell about.
 */
gboolean
wb_desk_decide (
    WbDesk *self, gint64 operation_id, gboolean happened, const char *evidence_json, GError **error)
{
  g_autoptr (WbOperation) operation = wb_book_get_operation (self->book, operation_id, error);
  g_autoptr (JsonNode)    evidence = NULL;

  if (operation == NULL)
    return FALSE;
  if (evidence_json != NULL &&
      (evidence = wb_json_parse (evidence_json, -1, "evidence", error)) == NULL)
    return FALSE;
  return wb_journal_decide (self->journal, operation, happened, evidence, self->actor, error);
}

/* What the vendor's reply would have been: a payment's needs the gateway's own number for it, of
 * the others that they are done is enough. */
static gboolean
make_evidence (WbOperation *operation, const char *ref, char **evidence, GError **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  g_autoptr (JsonNode) reply = NULL;
  gint64               amount = 0;

  if (g_str_equal (kind_of (operation), WB_OP_BUY_LABEL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A label cannot be typed in. Ask the carrier for it again, or void it there and "
                   "say that it did not happen");
      return FALSE;
    }
  if (g_str_equal (kind_of (operation), WB_OP_CAPTURE) ||
      g_str_equal (kind_of (operation), WB_OP_REFUND) ||
      g_str_equal (kind_of (operation), WB_OP_RENEW))
    {
      if (wb_text_is_empty (ref))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       "Type the number that the gateway gives this payment");
          return FALSE;
        }
      if (!wb_json_int (&at, "amount", &amount, error) ||
          wb_json_string (&at, "currency", error) == NULL)
        return FALSE;
      reply = wb_json_make ("s:ref", ref, "s:payment", ref, "i:amount", amount, "s:currency",
                            wb_json_opt_string (&at, "currency"), NULL);
    }
  else
    reply = wb_json_make ("s:state", "submitted", NULL);
  *evidence = json_to_string (reply, FALSE);
  return TRUE;
}

/**
 * wb_desk_decide_and_go_on:
 * @ref: (nullable): the vendor's own number for what happened, see WB_DECIDE_WITH_REF
 *
 * Settles an unsure operation by what a person found out, for the whole amount asked, and goes on
 * with what was begun: what did not happen is done now.
 */
gboolean
wb_desk_decide_and_go_on (WbDesk       *self,
                          gint64        operation_id,
                          gboolean      happened,
                          const char   *ref,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (WbOperation) operation = wb_book_get_operation (self->book, operation_id, error);
  g_autofree char        *evidence = NULL;

  return operation != NULL && (!happened || make_evidence (operation, ref, &evidence, error)) &&
         wb_desk_decide (self, operation_id, happened, evidence, error) &&
         wb_desk_resolve (self, operation_id, cancellable, error);
}

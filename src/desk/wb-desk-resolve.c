/* SPDX-License-Identifier: GPL-3.0-or-later
 * After a crash or a lost line: what is unsure is asked after, what was begun is brought to its
 * end, the rest is for a person. */
#include "wb-desk-private.h"

/* Whether a person has to act before the shipment can go on: then recovery leaves it alone. */
static gboolean
waits_for_person (WbDesk *self, WbShipment *shipment)
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
  wb_desk_follow_prints (self, 0, cancellable, first == NULL ? &first : NULL);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/**
 * wb_desk_resolve:
 * Brings one operation to its end: asks after it when unsure, sends it when planned, and goes on
 * with its shipment. A refused capture or purchase is tried anew, from what the vendor says now.
 */
gboolean
wb_desk_resolve (WbDesk *self, gint64 operation_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOperation) operation = wb_book_get_operation (self->book, operation_id, error);
  gint64                  shipment_id =
      operation != NULL ? wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID) : 0;
  const char *kind = operation != NULL ? wb_record_get_text (operation, WB_OPERATION_KIND) : NULL;

  if (operation == NULL)
    return FALSE;
  if (wb_operation_is (operation, WB_OPERATION_UNSURE) &&
      !wb_journal_resolve (self->journal, operation, cancellable, error))
    return FALSE;
  if (shipment_id != 0 && !g_str_equal (kind, WB_OP_VOID_LABEL))
    return wb_desk_ship (self, shipment_id, NULL, NULL, cancellable, error);
  return wb_operation_is (operation, WB_OPERATION_DONE) ||
         wb_journal_settle (self->journal, operation, cancellable, error);
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

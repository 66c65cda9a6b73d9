/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing a shipment's papers, and again, without ever buying: each request is a row of the
 * journal with the printer it is meant for. */
#include "wb-desk-private.h"

#include "wb-printing.h"

#include <glib/gi18n-lib.h>

/* @sequence: (nullable): “003-of-030”, first in the title, so that a queue shows the order. */
static WbOperation *
plan_request (WbDesk     *self,
              WbShipment *shipment,
              const char *document,
              guint       number,
              const char *sequence,
              GError    **error)
{
  const char *reference = wb_record_get_text (wb_shipment_parcel (shipment), WB_PARCEL_REFERENCE);
  g_autofree char *key = g_strdup_printf ("%s:%s:%s:%u", WB_OP_PRINT, document, reference, number);
  g_autofree char *title =
      g_strdup_printf ("%s%s%s-%s-%u", sequence != NULL ? sequence : "",
                       sequence != NULL ? " " : "", reference, document, number);
  g_autofree char        *format = NULL, *hash = NULL, *accepted = NULL, *wished = NULL;
  g_autoptr (JsonNode)    request = NULL;
  g_autoptr (WbPrinter)   printer = NULL;
  g_autoptr (WbOperation) there = wb_book_find_operation (self->book, key, NULL);

  if (there != NULL)
    return g_steal_pointer (&there);
  printer = wb_desk_printer_for (self, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID), document,
                                 &wished, error);
  if (printer == NULL)
    return NULL;
  /* The kind of paper decides what the printer's dots are for, whoever's printer it is. */
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, document);
  if ((hash = wb_desk_keep_document (self, shipment, document, &format, error)) == NULL)
    return NULL;
  accepted = wb_desk_accepted_change (self, shipment, document);
  request = wb_json_make ("s:document", hash, "s:format", format, "s:document_kind", document,
                          "s:title", title, "s:accepted", accepted, "s:wished", wished, "s:station",
                          wb_station (), "o:printer", wb_record_to_json (printer), NULL);
  return wb_journal_plan (
      self->journal, WB_OP_PRINT, key, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
      wb_record_get_int (shipment, WB_SHIPMENT_ID), 0, request, self->actor, error);
}

static guint
count_requests (WbDesk *self, WbShipment *shipment, const char *document, WbOperation **last)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                                  wb_record_get_int (shipment, WB_SHIPMENT_ID), NULL);
  g_autofree char *start = g_strdup_printf ("%s:%s:", WB_OP_PRINT, document);
  guint            n = 0;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (g_str_has_prefix (wb_record_get_text (operations->pdata[i], WB_OPERATION_KEY), start))
      {
        n++;
        g_set_object (last, operations->pdata[i]);
      }
  return n;
}

/* What was planned and surely never sent, for a printer that is not the one set up now: somebody
 * has chosen another since. */
static gboolean
is_outdated (WbDesk *self, WbOperation *operation, const char *document)
{
  g_autoptr (JsonNode)  request = wb_operation_request (operation);
  WbJson                at = wb_json_root (request, "request"), inner;
  g_autofree char      *text = NULL, *old = NULL;
  g_autoptr (GError)    why = NULL;
  g_autoptr (WbPrinter) now = wb_desk_printer_for (
      self, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), document, NULL, &why);
  g_autoptr (JsonNode) there = NULL;

  if (!wb_operation_is (operation, WB_OPERATION_PLANNED))
    return FALSE;
  if (now == NULL)
    /* A wish that cannot be met is told, and not printed elsewhere. */
    return g_error_matches (why, WB_ERROR, WB_ERROR_CONFLICT);
  if (!wb_json_object (&at, "printer", &inner, NULL))
    return TRUE;
  wb_record_set_text (now, WB_PRINTER_DOCUMENT, document);
  there = wb_record_to_json (now);
  text = wb_json_to_text (there);
  old = wb_json_to_text (inner.node);
  return g_strcmp0 (text, old) != 0 ||
         g_strcmp0 (wb_json_opt_string (&at, "station"), wb_station ()) != 0;
}

/*
 * The request for @document that is to be brought to its end: the last one, or with @anew one more.
 * What was refused or given up is followed by a new one.
 * Returns: (transfer full): not yet sent, or in whatever state it was left.
 */
WbOperation *
wb_desk_plan_print (WbDesk     *self,
                    WbShipment *shipment,
                    const char *document,
                    gboolean    anew,
                    const char *sequence,
                    GError    **error)
{
  g_autoptr (WbOperation) last = NULL;
  guint                   requests = count_requests (self, shipment, document, &last);

  if (last != NULL && is_outdated (self, last, document) &&
      !wb_journal_abandon (self->journal, last, self->actor, "another printer is set up now",
                           error))
    return NULL;
  if (last != NULL && (anew || wb_operation_is (last, WB_OPERATION_REFUSED) ||
                       wb_operation_is (last, WB_OPERATION_ABANDONED)))
    g_clear_object (&last);
  return last != NULL ? g_steal_pointer (&last)
                      : plan_request (self, shipment, document, requests + 1, sequence, error);
}

/*
 * Prints a document of @shipment: the first request, brought to its end however often this is
 * called; or, with @anew, one more. @outcome: (out) (optional): one line for people.
 */
gboolean
wb_desk_print (WbDesk       *self,
               WbShipment   *shipment,
               const char   *document,
               gboolean      anew,
               char        **outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (WbOperation) operation =
      wb_desk_plan_print (self, shipment, document, anew, NULL, error);
  g_autoptr (JsonNode) reply = NULL;
  WbJson               at;

  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error))
    return FALSE;
  reply = wb_operation_reply (operation);
  at = wb_json_root (reply, "reply");
  if (outcome != NULL)
    /* Translators: a document was given to a printer; printer and number of the job there */
    *outcome = g_strdup_printf (_ ("%s, job %s"), wb_json_opt_string (&at, "printer"),
                                wb_json_opt_string (&at, "job"));
  return TRUE;
}

/**
 * wb_desk_print_document:
 * @document: WB_DOCUMENT_…
 *
 * Brings the first request for this paper to its end: prints it when it was not printed yet, asks
 * after it when that is unsure, does nothing when it was printed. A request that was refused is
 * followed by a new one.
 */
gboolean
wb_desk_print_document (WbDesk       *self,
                        gint64        shipment_id,
                        const char   *document,
                        char        **outcome,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self->book, shipment_id, error);

  return shipment != NULL &&
         wb_desk_print (self, shipment, document, FALSE, outcome, cancellable, error);
}

/**
 * wb_desk_reprint:
 * @document: WB_DOCUMENT_…
 *
 * Prints the kept bytes once more. Never buys anything; it is logged.
 */
gboolean
wb_desk_reprint (WbDesk       *self,
                 gint64        shipment_id,
                 const char   *document,
                 char        **outcome,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self->book, shipment_id, error);

  return shipment != NULL &&
         wb_desk_print (self, shipment, document, TRUE, outcome, cancellable, error);
}

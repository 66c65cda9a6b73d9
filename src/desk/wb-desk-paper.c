/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels and slips of a shipment: made once, kept by their hash, printed and printed again without
 * ever buying. */
#include "wb-desk-documents.h"

#include "wb-printing.h"

#include <glib/gi18n-lib.h>

/** wb_desk_get_label: Returns: (transfer full): the bytes of a shipment's label as they were
 * bought; @format: (out): WB_FORMAT_…. */
GBytes *
wb_desk_get_label (WbDesk *self, gint64 shipment_id, char **format, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self->book, shipment_id, error);
  g_autoptr (WbLabel)    label = NULL;
  GBytes                *bytes;

  if (shipment == NULL)
    return NULL;
  label = wb_book_get_live_label (
      self->book, wb_record_get_int (wb_shipment_parcel (shipment), WB_PARCEL_ID), error);
  bytes = label != NULL
              ? wb_book_get_document (self->book, wb_record_get_text (label, WB_LABEL_DOCUMENT),
                                      NULL, error)
              : NULL;
  if (bytes != NULL && format != NULL)
    *format = g_strdup (wb_record_get_text (label, WB_LABEL_FORMAT));
  return bytes;
}

/**
 * wb_desk_make_slip:
 * Returns: (transfer full): the packing slip of a shipment as PDF, on the paper usual at the
 * origin. The same shipment gives the same bytes.
 */
GBytes *
wb_desk_make_slip (WbDesk *self, gint64 shipment_id, GError **error)
{
  return wb_desk_make_paper (self, WB_DOCUMENT_SLIP, 0, shipment_id, NULL, error);
}

/* The paper to be printed; what is doubtful about it goes into the order's timeline. */
static char *
keep_paper (WbDesk *self, WbShipment *shipment, const char *document, GError **error)
{
  g_auto (GStrv)     warnings = NULL;
  g_autoptr (GBytes) slip = wb_desk_make_copies (
      self, document, wb_record_get_int (shipment, WB_SHIPMENT_ID), &warnings, error);
  g_autoptr (JsonNode) detail = NULL;
  g_autofree char     *all =
      warnings != NULL && warnings[0] != NULL ? g_strjoinv (" ", warnings) : NULL;

  if (slip == NULL)
    return NULL;
  detail = wb_json_make ("s:warnings", all, NULL);
  if (all != NULL &&
      !wb_book_add_event (self->book, "order", wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                          "slip-doubt", self->actor, detail, error))
    return NULL;
  return wb_book_put_document (self->book, slip, "application/pdf", error);
}

/* Papers that are made of one shipment. */
static gboolean
is_made (const char *document)
{
  static const char *const made[] = { WB_DOCUMENT_SLIP,    WB_DOCUMENT_GIFT_SLIP,
                                      WB_DOCUMENT_RECEIPT, WB_DOCUMENT_RETURN_SLIP,
                                      WB_DOCUMENT_CUSTOMS, WB_DOCUMENT_INVOICE,
                                      WB_DOCUMENT_ADDRESS, NULL };

  return g_strv_contains (made, document);
}

/*
 * The document to print: kept in the book, the same bytes for ever. @format: (out): WB_FORMAT_….
 * Returns: (transfer full): its hash.
 */
char *
wb_desk_keep_document (
    WbDesk *self, WbShipment *shipment, const char *document, char **format, GError **error)
{
  g_autoptr (WbLabel) label = NULL;

  if (is_made (document))
    {
      *format = g_strdup (WB_FORMAT_PDF);
      return keep_paper (self, shipment, document, error);
    }
  if (!g_str_equal (document, WB_DOCUMENT_LABEL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no paper of one shipment", document);
      return NULL;
    }
  label = wb_book_get_live_label (
      self->book, wb_record_get_int (wb_shipment_parcel (shipment), WB_PARCEL_ID), error);
  if (label == NULL || !wb_label_check_printable (label, error))
    return NULL;
  *format = g_strdup (wb_record_get_text (label, WB_LABEL_FORMAT));
  return g_strdup (wb_record_get_text (label, WB_LABEL_DOCUMENT));
}

/* A request that the carrier refused is followed by a new one: it may take the label back later.
 * Returns: (transfer full): the key of the request to be made or brought to its end. */
static char *
void_key (WbDesk *self, WbLabel *label)
{
  g_autoptr (GPtrArray) all =
      wb_book_list_operations_of (self->book, wb_record_get_int (label, WB_LABEL_ORDER_ID),
                                  wb_record_get_int (label, WB_LABEL_SHIPMENT_ID), NULL);
  g_autofree char *start =
      g_strdup_printf ("%s:%s:", WB_OP_VOID_LABEL, wb_record_get_text (label, WB_LABEL_REMOTE_ID));
  guint refused = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    refused += g_str_has_prefix (wb_record_get_text (all->pdata[i], WB_OPERATION_KEY), start) &&
               wb_operation_is (all->pdata[i], WB_OPERATION_REFUSED);
  return g_strdup_printf ("%s%u", start, refused + 1);
}

/**
 * wb_desk_void_label:
 * @outcome: (out): what the carrier said, for people
 *
 * Asks the carrier for the label's money back; what lay in the parcel can then be shipped with
 * another label, unless it has left.
 */
gboolean
wb_desk_void_label (
    WbDesk *self, gint64 label_id, char **outcome, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbLabel)    label = wb_book_get_label (self->book, label_id, error);
  g_autoptr (WbShipment) shipment =
      label != NULL ? wb_book_get_shipment (self->book,
                                            wb_record_get_int (label, WB_LABEL_SHIPMENT_ID), error)
                    : NULL;
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (JsonNode)    request = NULL;
  g_autofree char        *key = NULL;

  if (shipment == NULL)
    return FALSE;
  key = void_key (self, label);
  request = wb_json_make ("s:remote_id", wb_record_get_text (label, WB_LABEL_REMOTE_ID), "i:label",
                          label_id, NULL);
  operation = wb_journal_plan (
      self->journal, WB_OP_VOID_LABEL, key, wb_record_get_int (label, WB_LABEL_ORDER_ID),
      wb_record_get_int (label, WB_LABEL_SHIPMENT_ID),
      wb_record_get_int (shipment, WB_SHIPMENT_CARRIER_ID), request, self->actor, error);
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error))
    return FALSE;
  g_clear_object (&label);
  label = wb_book_get_label (self->book, label_id, error);
  if (label != NULL && outcome != NULL)
    *outcome = g_strdup (g_str_equal (wb_record_get_text (label, WB_LABEL_STATE), WB_LABEL_VOID)
                             ? _ ("The carrier has given the money back.")
                             : _ ("The carrier has taken the request; the money comes back when it "
                                  "has checked that the label was not used."));
  return label != NULL;
}

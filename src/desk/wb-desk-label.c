/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bought label is looked at before it is kept: one that fails is set aside with the reason, and
 * is printed only when somebody has accepted it, or voided and bought again. */
#include "wb-desk-private.h"

#include "wb-label-check.h"
#include "wb-label-target.h"

/* The label printer's roll. FALSE: no printer is set up, or nothing is known of it. */
static gboolean
roll_of (WbDesk *self, WbLabelTarget *target)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (self->book, WB_DOCUMENT_LABEL, NULL);

  return printer != NULL && wb_label_target_for (printer, 0, target, NULL);
}

void
wb_label_verdict_clear (WbLabelVerdict *verdict)
{
  g_clear_pointer (&verdict->reason, g_free);
  g_clear_pointer (&verdict->change, g_free);
  g_clear_object (&verdict->rule);
}

/*
 * What is wrong with a label just bought: it is looked at with the roll of the label printer.
 * @verdict: (out): all %NULL: it is good; cleared by the caller.
 */
void
wb_desk_check_label (WbDesk             *self,
                     GBytes             *label,
                     const WbLabelAbout *about,
                     WbLabelVerdict     *verdict)
{
  WbLabelTarget         target;
  gboolean              known = roll_of (self, &target);
  g_autoptr (GPtrArray) findings =
      wb_label_check (label, about->format, about->tracking, known ? &target : NULL);

  *verdict = (WbLabelVerdict){ .reason = wb_label_check_reason (findings) };
  if (verdict->reason != NULL && known)
    verdict->rule = wb_desk_find_standing (self, label, about, findings, &verdict->change);
}

/* Whether somebody has yet to decide about a label. */
gboolean
wb_label_is_set_aside (WbLabel *label)
{
  return wb_record_get_text (label, WB_LABEL_QUARANTINE) != NULL &&
         wb_record_get_int (label, WB_LABEL_ACCEPTED_AT) == 0;
}

/* Whether it may be printed; %WB_ERROR_REFUSED with the reason and both ways out. */
gboolean
wb_label_check_printable (WbLabel *label, GError **error)
{
  if (!wb_label_is_set_aside (label))
    return TRUE;
  g_set_error (
      error, WB_ERROR, WB_ERROR_REFUSED,
      "The label was set aside: %s Look at it, then accept it and print it anyway, or void "
      "it and buy another",
      wb_record_get_text (label, WB_LABEL_QUARANTINE));
  return FALSE;
}

/* Returns: (transfer full) (nullable): how the label of @shipment may be turned or cut out, as
 * somebody accepted it; NULL for other papers. */
char *
wb_desk_accepted_change (WbDesk *self, WbShipment *shipment, const char *document)
{
  g_autoptr (WbLabel) label =
      g_str_equal (document, WB_DOCUMENT_LABEL)
          ? wb_book_get_live_label (
                self->book, wb_record_get_int (wb_shipment_parcel (shipment), WB_PARCEL_ID), NULL)
          : NULL;

  return label != NULL ? g_strdup (wb_record_get_text (label, WB_LABEL_ACCEPTED_CHANGE)) : NULL;
}

static GBytes *
bytes_of (WbDesk *self, gint64 label_id, WbLabel **label, GError **error)
{
  g_autoptr (WbLabel) read = wb_book_get_label (self->book, label_id, error);
  GBytes             *bytes =
      read != NULL ? wb_book_get_document (self->book, wb_record_get_text (read, WB_LABEL_DOCUMENT),
                                                       NULL, error)
                               : NULL;

  if (bytes != NULL)
    *label = g_steal_pointer (&read);
  return bytes;
}

static gboolean
need_roll (WbDesk *self, WbLabelTarget *target, GError **error)
{
  if (roll_of (self, target))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "No label printer is set up whose roll is known: set one up first");
  return FALSE;
}

/**
 * wb_desk_propose_label:
 * @change: (out) (transfer full): what would let the label come out whole on the label printer, at
 * its own size, for wb_desk_accept_label()
 * @words: (out) (transfer full): what that does, for people; empty: it fits as it is
 *
 * Fails with %WB_ERROR_REFUSED when only another roll or another label would help.
 */
gboolean
wb_desk_propose_label (WbDesk *self, gint64 label_id, char **change, char **words, GError **error)
{
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GBytes)  bytes = bytes_of (self, label_id, &label, error);
  WbLabelTarget       target;
  WbLabelChange       found = { 0 };

  if (bytes == NULL || !need_roll (self, &target, error) ||
      !wb_label_propose (bytes, wb_record_get_text (label, WB_LABEL_FORMAT), &target, &found, words,
                         error))
    return FALSE;
  *change = wb_label_change_to_text (&found);
  return TRUE;
}

/**
 * wb_desk_preview_label:
 * @change: (nullable): as wb_desk_propose_label() gave it; %NULL: what was accepted, else none
 *
 * Returns: (transfer full): a PNG of the very dots that the label printer would burn.
 * %WB_ERROR_REFUSED when nothing would come out, or only the printer can draw it (ZPL).
 */
GBytes *
wb_desk_preview_label (WbDesk *self, gint64 label_id, const char *change, GError **error)
{
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GBytes)  bytes = bytes_of (self, label_id, &label, error);
  WbLabelTarget       target;
  WbLabelChange       parsed = { 0 };

  if (bytes == NULL || !need_roll (self, &target, error))
    return NULL;
  if (change == NULL)
    change = wb_record_get_text (label, WB_LABEL_ACCEPTED_CHANGE);
  if (change != NULL && !wb_label_change_parse (change, &parsed, error))
    return NULL;
  return wb_label_preview (bytes, wb_record_get_text (label, WB_LABEL_FORMAT), &target,
                           change != NULL ? &parsed : NULL, error);
}

static gboolean
note_acceptance (WbDesk *self, WbLabel *label, GError **error)
{
  g_autoptr (JsonNode) detail =
      wb_json_make ("s:tracking", wb_record_get_text (label, WB_LABEL_TRACKING), "s:reason",
                    wb_record_get_text (label, WB_LABEL_QUARANTINE), "s:change",
                    wb_record_get_text (label, WB_LABEL_ACCEPTED_CHANGE), NULL);

  return wb_book_save (self->book, label, error) &&
         wb_book_add_event (self->book, "order", wb_record_get_int (label, WB_LABEL_ORDER_ID),
                            "label-accepted", self->actor, detail, error);
}

/**
 * wb_desk_accept_label:
 * @change: (nullable): how it may be turned or cut out, as wb_desk_propose_label() gave it and
 * somebody saw it in wb_desk_preview_label(); %NULL: as it is
 *
 * The label may be printed in spite of what was found; who said so and when is kept with it. Prints
 * nothing. Fails with %WB_ERROR_CONFLICT when the label stands on no parcel any more.
 */
gboolean
wb_desk_accept_label (WbDesk *self, gint64 label_id, const char *change, GError **error)
{
  g_autoptr (WbLabel) label = wb_book_get_label (self->book, label_id, error);
  WbLabelChange       parsed;

  if (label == NULL || (change != NULL && !wb_label_change_parse (change, &parsed, error)))
    return FALSE;
  if (!g_str_equal (wb_record_get_text (label, WB_LABEL_STATE), WB_LABEL_LIVE))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "The label was given back to the carrier: it may not be used any more");
      return FALSE;
    }
  wb_record_set_text (label, WB_LABEL_ACCEPTED_CHANGE, change);
  wb_record_set_text (label, WB_LABEL_ACCEPTED_BY, self->actor);
  wb_record_set_int (label, WB_LABEL_ACCEPTED_AT, wb_now ());
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (note_acceptance (self, label, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

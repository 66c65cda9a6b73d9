/* SPDX-License-Identifier: GPL-3.0-or-later
 * After the parcel has a label: where it is, and what became of a label that was to be voided. */
#include "wb-desk-private.h"

#include "wb-book-merged.h"

static gboolean
note_one (WbDesk *self, WbShipment *shipment, const WbTrack *track, GError **error)
{
  WbParcel *parcel = wb_shipment_parcel (shipment);
  gboolean  moved = wb_record_set_text (parcel, WB_PARCEL_TRACKER_STATE, track->state);

  wb_record_set_text (parcel, WB_PARCEL_TRACKER_RAW, track->raw);
  wb_record_set_int (parcel, WB_PARCEL_TRACKED_AT, wb_now ());
  return wb_book_save (self->book, parcel, error) &&
         (!moved || wb_book_add_event (self->book, "order",
                                       wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
                                       "tracked", "sync", NULL, error));
}

/* Of every order in the parcel. */
static gboolean
note_track (WbDesk *self, WbShipment *carrying, const WbTrack *track, GError **error)
{
  g_autoptr (GPtrArray) carried =
      wb_book_list_carried (self->book, wb_record_get_int (carrying, WB_SHIPMENT_ID), error);
  gboolean ok = carried != NULL && wb_book_begin (self->book, error);

  if (!ok)
    return FALSE;
  ok = note_one (self, carrying, track, error);
  for (guint i = 0; ok && i < carried->len; i++)
    ok = note_one (self, carried->pdata[i], track, error);
  if (ok)
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/**
 * wb_desk_track:
 * Asks the carrier where the parcel is in which a shipment travels, and keeps the answer. Reads
 * only.
 */
gboolean
wb_desk_track (WbDesk *self, gint64 shipment_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_carrying (self->book, shipment_id, error);
  g_autoptr (WbLabel)    label = NULL;
  g_autoptr (WbCarrier)  carrier = NULL;
  g_autofree char       *raw = NULL;
  WbTrack                track = { 0 };

  label =
      shipment != NULL
          ? wb_book_get_live_label (
                self->book, wb_record_get_int (wb_shipment_parcel (shipment), WB_PARCEL_ID), error)
          : NULL;
  carrier =
      label != NULL
          ? wb_desk_open_carrier (self, wb_record_get_int (shipment, WB_SHIPMENT_CARRIER_ID), error)
          : NULL;
  if (carrier == NULL || !wb_carrier_track (carrier, wb_record_get_text (label, WB_LABEL_REMOTE_ID),
                                            &track, cancellable, error))
    return FALSE;
  raw = track.raw;
  return note_track (self, shipment, &track, error);
}

static gboolean
settle_void (WbDesk *self, WbLabel *label, WbVoidState state, GError **error)
{
  gboolean refunded = state == WB_VOID_REFUNDED;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  wb_record_set_text (label, WB_LABEL_STATE, refunded ? WB_LABEL_VOID : WB_LABEL_VOID_REFUSED);
  if (wb_book_save (self->book, label, error) &&
      (!refunded || wb_label_add_entry (self->book, label, 0, WB_ENTRY_LABEL_REFUND,
                                        wb_record_get_int (label, WB_LABEL_COST), error)) &&
      wb_book_add_event (self->book, "order", wb_record_get_int (label, WB_LABEL_ORDER_ID),
                         refunded ? "label-refunded" : "label-refund-refused", "sync", NULL, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/**
 * wb_desk_refresh_voids:
 * Asks the carriers what became of the labels whose money was asked back: given back (the ledger
 * gets its line), refused, or still open.
 */
gboolean
wb_desk_refresh_voids (WbDesk *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) labels = wb_book_list_labels_in (self->book, WB_LABEL_VOID_ASKED, error);

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    {
      g_autoptr (WbShipment) shipment = wb_book_get_shipment (
          self->book, wb_record_get_int (labels->pdata[i], WB_LABEL_SHIPMENT_ID), error);
      g_autoptr (WbCarrier) carrier =
          shipment != NULL ? wb_desk_open_carrier (
                                 self, wb_record_get_int (shipment, WB_SHIPMENT_CARRIER_ID), error)
                           : NULL;
      g_autoptr (GError) local = NULL;
      WbVoidState        state;

      if (carrier == NULL)
        return FALSE;
      state = wb_carrier_find_void (
          carrier, wb_record_get_text (labels->pdata[i], WB_LABEL_REMOTE_ID), cancellable, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if ((state == WB_VOID_REFUNDED || state == WB_VOID_REFUSED) &&
          !settle_void (self, labels->pdata[i], state, error))
        return FALSE;
    }
  return labels != NULL;
}

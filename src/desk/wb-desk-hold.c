/* SPDX-License-Identifier: GPL-3.0-or-later
 * Holds: an order that nobody ships until a person lets it go. */
#include "wb-desk-merge.h"
#include "wb-desk-private.h"
#include "wb-desk-stock.h"

static gboolean
set_hold (WbDesk *self, gint64 order_id, const char *reason, GError **error)
{
  g_autoptr (WbOrder)  order = NULL;
  g_autoptr (JsonNode) detail = wb_json_make ("s:reason", reason, NULL);

  if (!wb_book_begin (self->book, error))
    return FALSE;
  if ((order = wb_book_get_order (self->book, order_id, error)) == NULL)
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  wb_record_set_text (order, WB_ORDER_HOLD_REASON, reason);
  if (reason == NULL)
    wb_record_set_bool (order, WB_ORDER_EDITED_AFTER_LABEL, FALSE);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  if (wb_book_update_order_head (self->book, order, error) &&
      (reason == NULL || wb_merge_leave (self, order_id, "unmerged-held", error)) &&
      wb_desk_serve_stock (self->book, order_id, self->actor, error) &&
      wb_book_add_event (self->book, "order", order_id, reason != NULL ? "held" : "released",
                         self->actor, detail, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_desk_hold: nobody ships the order until it is released; @reason for people. One that was to
 * go into a parcel with others, and has no label yet, leaves them. */
gboolean
wb_desk_hold (WbDesk *self, gint64 order_id, const char *reason, GError **error)
{
  return set_hold (self, order_id, reason, error);
}

/** wb_desk_release: ends a hold; an edit after the label counts as seen. */
gboolean
wb_desk_release (WbDesk *self, gint64 order_id, GError **error)
{
  return set_hold (self, order_id, NULL, error);
}

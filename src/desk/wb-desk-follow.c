/* SPDX-License-Identifier: GPL-3.0-or-later
 * A job that a printer took is not paper yet: jobs are followed to their end, and what went wrong
 * is told. */
#include "wb-desk-private.h"

#include "wb-printing.h"

#define FOLLOW_DAYS 3 /* older jobs are forgotten by the print server anyway */

/* What the reply of a print operation keeps of its job: where it stands, and its end. */
static const char *const state_words[] = {
  [WB_PRINT_WAITING] = "waiting",     [WB_PRINT_PRINTING] = "printing",
  [WB_PRINT_HELD] = "held",           [WB_PRINT_STOPPED] = "stopped",
  [WB_PRINT_SILENT] = "silent",       [WB_PRINT_COMPLETED] = "completed",
  [WB_PRINT_CANCELLED] = "cancelled", [WB_PRINT_FAILED] = "failed",
  [WB_PRINT_GONE] = "gone",
};

static gboolean
note (WbDesk             *self,
      WbOperation        *operation,
      const WbJson       *old,
      const WbPrintStand *stand,
      GError            **error)
{
  const char *end = wb_print_state_is_final (stand->state) ? state_words[stand->state] : NULL;
  g_autoptr (JsonNode) reply = wb_json_make (
      "s:job", wb_json_opt_string (old, "job"), "s:printer", wb_json_opt_string (old, "printer"),
      "s:state", state_words[stand->state], "s:end", end, "s:now", stand->sentence, "s:advice",
      stand->advice, "s:small", stand->word, NULL);
  g_autoptr (JsonNode) detail = wb_json_make ("s:printer", wb_json_opt_string (old, "printer"),
                                              "s:sentence", stand->sentence, NULL);
  gboolean changed = wb_record_take_text (operation, WB_OPERATION_REPLY, wb_json_to_text (reply));
  gint64   order_id = wb_record_get_int (operation, WB_OPERATION_ORDER_ID);

  if (!changed)
    return TRUE;
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (wb_book_save (self->book, operation, error) &&
      (end == NULL ||
       wb_book_add_event (self->book, order_id != 0 ? "order" : "operation",
                          order_id != 0 ? order_id : wb_record_get_int (operation, WB_OPERATION_ID),
                          stand->state == WB_PRINT_COMPLETED ? "printed" : "print-failed",
                          self->actor, detail, error)))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/* Looks after the job of @operation, at the printer that it was given to, whatever is set up since.
 * Where only another station can ask, nothing changes. */
gboolean
wb_desk_follow_print (WbDesk       *self,
                      WbOperation  *operation,
                      guint         timeout_seconds,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr (JsonNode)  reply = wb_operation_reply (operation);
  WbJson                at = wb_json_root (reply, "reply");
  g_autoptr (WbPrinter) printer = NULL;
  g_auto (WbPrintStand) stand = { 0 };

  if (reply == NULL || wb_json_opt_string (&at, "end") != NULL ||
      wb_json_opt_string (&at, "job") == NULL)
    return TRUE;
  printer = wb_desk_printer_of (self, operation, NULL);
  if (printer == NULL || g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_TARGET),
                                    wb_json_opt_string (&at, "printer")) != 0)
    return TRUE;
  return wb_print_follow (printer, wb_json_opt_string (&at, "job"), timeout_seconds, NULL, NULL,
                          &stand, cancellable, error) &&
         note (self, operation, &at, &stand, error);
}

/**
 * wb_desk_follow_prints:
 * @timeout_seconds: how long to wait for each job's end; 0: only look how it stands
 *
 * Looks after every job of the last days that has not ended yet. What ended without paper becomes
 * an exception, with reprinting as its next step; nothing is printed again unasked. One printer's
 * trouble keeps nobody from asking the others; the first is told.
 */
gboolean
wb_desk_follow_prints (WbDesk       *self,
                       guint         timeout_seconds,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (GPtrArray) prints =
      wb_book_list_prints (self->book, wb_now () - FOLLOW_DAYS * 24 * 60 * 60, error);
  GError *first = NULL;

  for (guint i = 0; prints != NULL && i < prints->len; i++)
    wb_desk_follow_print (self, prints->pdata[i], timeout_seconds, cancellable,
                          first == NULL ? &first : NULL);
  if (first != NULL)
    g_propagate_error (error, first);
  return prints != NULL && first == NULL;
}

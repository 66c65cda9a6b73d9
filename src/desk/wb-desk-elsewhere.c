/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pieces that somebody else has sent: of what the shop has as sent, that which is not ours. */
#include "wb-desk-private.h"

static gint64
pieces_of (const WbJson *request, const char *line_ref)
{
  gint64 pieces = 0;
  WbJson lines;
  guint  n = 0;

  if (!wb_json_array (request, "lines", &lines, &n, NULL))
    return 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&lines, i);
      gint64 quantity = 0;

      if (g_strcmp0 (wb_json_opt_string (&row, "ref"), line_ref) == 0 &&
          wb_json_int (&row, "quantity", &quantity, NULL))
        pieces += quantity;
    }
  return pieces;
}

/* Pieces of the line that have left here and of which the shop knows nothing yet for certain: a
 * report that is under way may have come there or not, so it counts as told. */
static gint64
untold (GPtrArray *operations, const char *line_ref)
{
  gint64 pieces = 0;

  for (guint i = 0; i < operations->len; i++)
    {
      g_autoptr (JsonNode) request = NULL;
      WbJson               at;

      if (!g_str_equal (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                        WB_OP_REPORT) ||
          !wb_operation_is (operations->pdata[i], WB_OPERATION_PLANNED))
        continue;
      request = wb_operation_request (operations->pdata[i]);
      at = wb_json_root (request, "request");
      pieces += pieces_of (&at, line_ref);
    }
  return pieces;
}

/*
 * Makes of what a shop module says of @order, that so many pieces are sent, what others have sent:
 * those beyond ours. What has left here without the shop being told (marked as shipped by hand)
 * counts as the same pieces: a parcel entered there by hand as well is not one more. @order bears
 * what of it has left here already.
 */
gboolean
wb_desk_count_elsewhere (WbDesk *self, WbOrder *order, GError **error)
{
  GPtrArray            *lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_autoptr (GPtrArray) operations = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      gpointer line = lines->pdata[i];
      gint64   sent = wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE),
             ours = wb_record_get_int (line, WB_ORDER_LINE_SHIPPED),
             room = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) -
                    wb_record_get_int (line, WB_ORDER_LINE_CANCELLED) - ours;

      if (sent == 0)
        continue;
      if (ours > 0 && operations == NULL &&
          (operations = wb_book_list_operations_of (
               self->book, wb_record_get_int (order, WB_ORDER_ID), 0, error)) == NULL)
        return FALSE;
      if (ours > 0)
        sent -= ours - untold (operations, wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID));
      wb_record_set_int (line, WB_ORDER_LINE_ELSEWHERE, CLAMP (sent, 0, MAX (0, room)));
    }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * One day's work in the practice town: orders come in, are shipped whole or in parts; one card is
 * declined when it is captured, and one connection breaks after a label was bought. */
#include "wb-practice-day.h"

#include "wb-text.h"

#define MOST_ROUNDS 20 /* of orders arriving until there is enough to ship */
#define DECLINED_PLACE                                                                             \
  3 /* which of the authorised orders meets a card that is declined at the capture */
#define CUT_AFTER 6 /* how many labels are bought before the connection breaks after one */

typedef struct
{
  WbPractice   *practice;
  WbDesk       *desk;
  GArray       *ids; /* of the day's orders */
  GCancellable *cancellable;
} Day;

static void
row_free (gpointer data)
{
  WbDayRow *row = data;

  g_free (row->trouble);
  g_free (row);
}

static gboolean
sync_all (Day *day, GError **error)
{
  g_auto (WbSyncResult) result = { 0 };

  return wb_desk_sync (day->desk, 0, NULL, NULL, &result, day->cancellable, error);
}

static gboolean
list_ready (Day *day, guint wanted, GError **error)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = {
                .stages = stages, .sort = "placed_at", .ascending = TRUE, .limit = wanted
  };

  g_clear_pointer (&day->ids, g_array_unref);
  day->ids = wb_book_list_order_ids (wb_desk_get_book (day->desk), &query, error);
  return day->ids != NULL;
}

/* Not every order of a shop can be shipped; more come in until there are as many as the day is to
 * have. */
static gboolean
fill_the_day (Day *day, guint wanted, GError **error)
{
  for (guint round = 0; round < MOST_ROUNDS; round++)
    {
      g_autofree char *body = NULL;
      g_autofree char *reply = NULL;

      if (!sync_all (day, error) || !list_ready (day, wanted, error))
        return FALSE;
      if (day->ids->len >= wanted)
        return TRUE;
      body = g_strdup_printf ("{\"n\": %u}", wanted - day->ids->len);
      reply = wb_practice_control (day->practice, "POST", "/town/arrive", body, error);
      if (reply == NULL)
        return FALSE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "The practice shop does not bring enough orders that can be shipped");
  return FALSE;
}

/* Exactly one of the day's cards is declined, whatever the town's seed says. */
static gboolean
arrange_cards (Day *day, GError **error)
{
  guint authorised = 0;

  for (guint i = 0; i < day->ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (wb_desk_get_book (day->desk),
                                                     g_array_index (day->ids, gint64, i), error);
      g_autofree char    *path = NULL;
      g_autofree char    *body = NULL;
      g_autofree char    *reply = NULL;
      gboolean            declines;

      if (order == NULL)
        return FALSE;
      if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_AUTHORISED) !=
              0 &&
          g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_REFUSED) != 0)
        continue;
      declines = ++authorised == DECLINED_PLACE;
      path = g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
      body = g_strdup_printf ("{\"declines\": %s}", declines ? "true" : "false");
      reply = wb_practice_control (day->practice, "POST", path, body, error);
      if (reply == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
arrange_mishaps (Day *day, GError **error)
{
  g_autofree char *cut = g_strdup_printf (
      "{\"match\": {\"service\": \"easypost\", \"method\": \"POST\", \"path\": \"/buy$\"}, "
      "\"kind\": \"cut-after\", \"after\": %d, \"times\": 1}",
      CUT_AFTER);
  g_autofree char *reply = wb_practice_control (day->practice, "POST", "/town/faults", cut, error);

  return reply != NULL && arrange_cards (day, error);
}

/* A day on which no order could be shipped says the same of each: something lacks on this machine.
 */
static gboolean
shipped_any (GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (((WbDayRow *) rows->pdata[i])->trouble == NULL)
      return TRUE;
  if (rows->len == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "None of the day's %u orders could be shipped. Of the first it was said: %s",
               rows->len, ((WbDayRow *) rows->pdata[0])->trouble);
  return FALSE;
}

/* A mishap that did not happen would prove nothing. */
static gboolean
end_mishaps (Day *day, GError **error)
{
  g_autofree char *text = wb_practice_control (day->practice, "GET", "/town/faults", NULL, error);
  g_autofree char *none =
      wb_practice_control (day->practice, "DELETE", "/town/faults", NULL, error);
  g_autoptr (JsonNode) root = text != NULL ? wb_json_parse (text, -1, "faults", error) : NULL;
  WbJson               faults = wb_json_root (root, "faults");
  WbJson               first = wb_json_element (&faults, 0);
  gint64               struck = 0;

  if (none == NULL || root == NULL || !wb_json_int (&first, "struck", &struck, error))
    return FALSE;
  if (struck > 0 || day->ids->len <= 2 * CUT_AFTER)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "The connection was to break after a label was bought, but it did not");
  return FALSE;
}

/* As the packer's scales would say: the practice goods weigh by the piece. */
static gint64
weigh (gint64 pieces)
{
  return MIN (250 + 180 * pieces, 18000);
}

static gboolean
ship (Day *day, gint64 order_id, gint64 line_id, gint64 pieces, GError **error)
{
  g_auto (WbShipAsk) ask = { .order_id = order_id, .weight_g = weigh (pieces) };
  gint64             shipment;

  if (pieces > 10)
    ask.package = g_strdup (WB_PRACTICE_LARGE_BOX);
  if (line_id != 0)
    {
      ask.n = 1;
      ask.line_ids = g_memdup2 (&line_id, sizeof line_id);
      ask.quantities = g_memdup2 (&pieces, sizeof pieces);
    }
  shipment = wb_desk_plan_shipment (day->desk, &ask, NULL, day->cancellable, error);
  return shipment != 0 && wb_desk_ship (day->desk, shipment, NULL, NULL, day->cancellable, error);
}

/* The first line of which something is still to ship. */
static gint64
open_line (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0)
      return wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
  return 0;
}

/* What an earlier day began and could not end goes on. Returns: 0 when there is nothing of the
 * kind. */
static gint64
begun_shipment (Day *day, gint64 order_id)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_shipments (wb_desk_get_book (day->desk), order_id, NULL);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    if (g_strcmp0 (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE),
                   WB_SHIPMENT_LABELLED) == 0)
      return wb_record_get_int (shipments->pdata[i], WB_SHIPMENT_ID);
  return 0;
}

/* Every fourth order that has several pieces leaves in two parcels; of every second one of those
 * the rest stays for tomorrow. */
static gboolean
ship_order (Day *day, guint place, gint64 order_id, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (wb_desk_get_book (day->desk), order_id, error);
  gint64              pieces = order != NULL ? wb_order_to_ship (order) : 0;
  gint64              begun = begun_shipment (day, order_id);

  if (order == NULL)
    return FALSE;
  if (begun != 0)
    return wb_desk_ship (day->desk, begun, NULL, NULL, day->cancellable, error);
  if (place % 4 != 1 || pieces < 2)
    return ship (day, order_id, 0, pieces, error);
  if (!ship (day, order_id, open_line (order), 1, error))
    return FALSE;
  return place % 8 == 5 || ship (day, order_id, 0, pieces - 1, error);
}

/* The oldest orders come first, and one of each kind of mishap happens. Their order in the result
 * is that of the day. */
static GPtrArray *
ship_all (Day *day, WbDayProgress progress, gpointer data)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < day->ids->len && !g_cancellable_is_cancelled (day->cancellable); i++)
    {
      g_autoptr (GError) local = NULL;
      WbDayRow          *row = g_new0 (WbDayRow, 1);

      row->order_id = g_array_index (day->ids, gint64, i);
      if (!ship_order (day, i, row->order_id, &local))
        row->trouble = wb_text_one_line (local->message);
      g_ptr_array_add (rows, row);
      if (progress != NULL)
        progress (i + 1, day->ids->len, data);
    }
  return rows;
}

/**
 * wb_practice_work_day:
 * @orders: how many are shipped
 * @progress: (nullable): called after each order
 *
 * Works one day: syncs, ships @orders orders, asks after whatever is left unsure, and syncs again.
 * That an order could not be shipped is no error: its row says why. That none could is one.
 *
 * Returns: (transfer full) (element-type WbDayRow): the day's orders.
 */
GPtrArray *
wb_practice_work_day (WbPractice   *practice,
                      WbDesk       *desk,
                      guint         orders,
                      WbDayProgress progress,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  Day                   day = { .practice = practice, .desk = desk, .cancellable = cancellable };
  g_autoptr (GArray)    ids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean              ready = fill_the_day (&day, orders, error) && arrange_mishaps (&day, error);

  ids = day.ids;
  if (!ready)
    return NULL;
  rows = ship_all (&day, progress, data);
  if (!shipped_any (rows, error) || !end_mishaps (&day, error))
    return NULL;
  wb_desk_recover (desk, NULL, NULL, cancellable, NULL);
  return sync_all (&day, error) ? g_steal_pointer (&rows) : NULL;
}

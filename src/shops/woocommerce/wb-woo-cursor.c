/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a WooCommerce shop has been read: a small JSON text kept with the connection. */
#include "wb-woo-cursor.h"

#include <stddef.h>

#define VERSION 1

/* What is read twice on purpose: `modified_after` is strict with whole seconds, and a change is
 * visible only some time after the second it is dated. */
#define OVERLAP 300

static const struct
{
  const char *name;
  gsize       place;
} numbers[] = {
  { "since", offsetof (WbWooCursor, since) },
  { "until", offsetof (WbWooCursor, until) },
  { "position", offsetof (WbWooCursor, position) },
  { "last_id", offsetof (WbWooCursor, last_id) },
  { "offset", offsetof (WbWooCursor, offset) },
  { "until_offset", offsetof (WbWooCursor, until_offset) },
  { "swept", offsetof (WbWooCursor, swept) },
  { "newest", offsetof (WbWooCursor, newest) },
  { "newest_id", offsetof (WbWooCursor, newest_id) },
  { "total", offsetof (WbWooCursor, total) },
  { "settled", offsetof (WbWooCursor, settled) },
};

static inline gint64 *
number_of (const WbWooCursor *cursor, guint i)
{
  return (gint64 *) ((char *) cursor + numbers[i].place);
}

static gboolean
read_cursor (WbWooCursor *cursor, const WbJson *at, GError **error)
{
  WbJson list;
  gint64 version;
  guint  n = 0;

  if (!wb_json_int (at, "v", &version, error))
    return FALSE;
  if (version != VERSION)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The mark of the last sync is of version %" G_GINT64_FORMAT
                   ", written by another Waybill",
                   version);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!wb_json_opt_int (at, numbers[i].name, 0, number_of (cursor, i), error))
      return FALSE;
  if (wb_json_array (at, "again", &list, &n, NULL))
    for (guint i = 0; i < n; i++)
      if (JSON_NODE_HOLDS_VALUE (wb_json_element (&list, i).node))
        wb_woo_cursor_doubt (cursor, json_node_get_int (wb_json_element (&list, i).node));
  return TRUE;
}

/**
 * wb_woo_cursor_init:
 * @text: (nullable): as wb_woo_cursor_text() wrote it; %NULL or empty for the first import
 *
 * @cursor is filled only on success; clear it with wb_woo_cursor_clear().
 */
gboolean
wb_woo_cursor_init (WbWooCursor *cursor, const char *text, GError **error)
{
  g_auto (WbWooCursor) read = { .again = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  if (text != NULL && *text != '\0')
    {
      g_autoptr (JsonNode) root = wb_json_parse (text, -1, "cursor", error);
      WbJson               at = wb_json_root (root, "cursor");

      if (root == NULL || !read_cursor (&read, &at, error))
        return FALSE;
    }
  *cursor = read;
  read.again = NULL;
  return TRUE;
}

/** wb_woo_cursor_clear: frees what @cursor holds. */
void
wb_woo_cursor_clear (WbWooCursor *cursor)
{
  g_clear_pointer (&cursor->again, g_array_unref);
}

/** wb_woo_cursor_text: Returns: (transfer full): @cursor as one line of JSON. */
char *
wb_woo_cursor_text (const WbWooCursor *cursor)
{
  g_autoptr (JsonNode)   root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray             *again;

  json_object_set_int_member (object, "v", VERSION);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (*number_of (cursor, i) != 0)
      json_object_set_int_member (object, numbers[i].name, *number_of (cursor, i));
  if (cursor->again->len > 0)
    {
      again = json_array_new ();
      for (guint i = 0; i < cursor->again->len; i++)
        json_array_add_int_element (again, g_array_index (cursor->again, gint64, i));
      json_object_set_array_member (object, "again", again);
    }
  json_node_set_object (root, object);
  return wb_json_to_text (root);
}

/**
 * wb_woo_cursor_begin:
 * @mark: the newest modification the shop has now
 * @offset: its clock minus ours, now
 *
 * Begins a walk, or goes on with the one that was not finished.
 */
void
wb_woo_cursor_begin (WbWooCursor *cursor, WbInstant mark, gint64 offset)
{
  if (cursor->until != 0)
    return;
  cursor->until = mark;
  cursor->until_offset = offset;
  cursor->position = cursor->last_id = 0;
}

/** wb_woo_cursor_finish: the walk has met every row. */
void
wb_woo_cursor_finish (WbWooCursor *cursor)
{
  cursor->since = cursor->until;
  cursor->offset = cursor->until_offset;
  cursor->until = cursor->until_offset = cursor->position = cursor->last_id = 0;
}

/**
 * wb_woo_cursor_settle:
 * @newest, @newest_id: the newest modification when the finished walk began, and whose it is
 * @total: how many orders there were then, -1: not told
 * @shop_now: the shop's clock then, 0: not known
 *
 * Remembers what the shop looked like, so that one request can tell whether it still does.
 */
void
wb_woo_cursor_settle (
    WbWooCursor *cursor, WbInstant newest, gint64 newest_id, gint64 total, WbInstant shop_now)
{
  cursor->newest = newest;
  cursor->newest_id = newest_id;
  cursor->total = MAX (0, total);
  cursor->settled = total >= 0 && newest > 0 && shop_now - newest >= OVERLAP;
}

/**
 * wb_woo_cursor_is_same:
 *
 * Whether the shop looks as it did when all of it had been read: the same order was modified last,
 * at the same second, which is long over, and there are as many (an order that was trashed is
 * missing, one that came back is dated anew). What a shop does not date, only the sweep finds.
 */
gboolean
wb_woo_cursor_is_same (const WbWooCursor *cursor, WbInstant newest, gint64 newest_id, gint64 total)
{
  return cursor->since > 0 && cursor->until == 0 && cursor->again->len == 0 &&
         cursor->settled != 0 && newest == cursor->newest && newest_id == cursor->newest_id &&
         total == cursor->total;
}

/** wb_woo_cursor_trust: order @order_id has been read. */
void
wb_woo_cursor_trust (WbWooCursor *cursor, gint64 order_id)
{
  for (guint i = cursor->again->len; i > 0; i--)
    if (g_array_index (cursor->again, gint64, i - 1) == order_id)
      g_array_remove_index (cursor->again, i - 1);
}

/** wb_woo_cursor_doubt: order @order_id could not be read and is to be asked for again; the oldest
 * gives way when there are too many. */
void
wb_woo_cursor_doubt (WbWooCursor *cursor, gint64 order_id)
{
  wb_woo_cursor_trust (cursor, order_id);
  if (order_id <= 0)
    return;
  g_array_append_val (cursor->again, order_id);
  if (cursor->again->len > WB_WOO_MOST_AGAIN)
    g_array_remove_index (cursor->again, 0);
}

/**
 * wb_woo_cursor_after:
 * @offset_now: the shop's clock minus ours, now
 *
 * Returns: what to ask the shop's changes from, by its own clock; 0: everything. When the shop's
 * clock was set back since
 * @cursor was written, its new dates are lower by as much, and so is this.
 */
WbInstant
wb_woo_cursor_after (const WbWooCursor *cursor, gint64 offset_now)
{
  if (cursor->since == 0)
    return 0;
  return MAX (1, cursor->since + MIN (0, offset_now - cursor->offset) - OVERLAP);
}

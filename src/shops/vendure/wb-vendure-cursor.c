/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a Vendure shop has been read: a small JSON text kept with the connection. */
#include "wb-vendure-cursor.h"

#include "wb-text.h"

#define VERSION    1
#define MOST_AGAIN 50
#define BEGINNING  "1970-01-01T00:00:00.000Z"

static gboolean
read_cursor (WbVendureCursor *cursor, const WbJson *at, GError **error)
{
  WbJson         map = wb_json_member (at, "standing");
  WbJson         list;
  JsonObjectIter iter;
  const char    *id;
  JsonNode      *node;
  gint64         version;
  guint          n = 0;

  if (!wb_json_int (at, "v", &version, error) ||
      !wb_json_opt_int (at, "swept", 0, &cursor->swept, error))
    return FALSE;
  if (version != VERSION)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The mark of the last sync is of version %" G_GINT64_FORMAT
                   ", written by another Waybill",
                   version);
      return FALSE;
    }
  cursor->placed = g_strdup (wb_json_opt_string (at, "placed"));
  cursor->updated = g_strdup (wb_json_opt_string (at, "updated"));
  cursor->complete = wb_json_bool (at, "complete", FALSE);
  if (wb_json_is_object (&map))
    {
      json_object_iter_init (&iter, json_node_get_object (map.node));
      while (json_object_iter_next (&iter, &id, &node))
        if (wb_json_opt_string (&map, id) != NULL)
          wb_vendure_cursor_note (cursor, id, g_strdup (wb_json_opt_string (&map, id)));
    }
  if (wb_json_array (at, "again", &list, &n, NULL))
    for (guint i = 0; i < n; i++)
      {
        JsonNode *one = wb_json_element (&list, i).node;

        if (JSON_NODE_HOLDS_VALUE (one) && json_node_get_value_type (one) == G_TYPE_STRING)
          wb_vendure_cursor_doubt (cursor, json_node_get_string (one));
      }
  return TRUE;
}

/**
 * wb_vendure_cursor_init:
 * @text: (nullable): as wb_vendure_cursor_text() wrote it; %NULL or empty for the first import
 *
 * @cursor is filled only on success; clear it with wb_vendure_cursor_clear().
 */
gboolean
wb_vendure_cursor_init (WbVendureCursor *cursor, const char *text, GError **error)
{
  WbVendureCursor read = { 0 };

  read.standing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  read.again = g_ptr_array_new_with_free_func (g_free);
  if (!wb_text_is_empty (text))
    {
      g_autoptr (JsonNode) root = wb_json_parse (text, -1, "cursor", error);
      WbJson               at = wb_json_root (root, "cursor");

      if (root == NULL || !read_cursor (&read, &at, error))
        {
          wb_vendure_cursor_clear (&read);
          return FALSE;
        }
    }
  *cursor = read;
  return TRUE;
}

/** wb_vendure_cursor_clear: frees what @cursor holds. */
void
wb_vendure_cursor_clear (WbVendureCursor *cursor)
{
  g_clear_pointer (&cursor->placed, g_free);
  g_clear_pointer (&cursor->updated, g_free);
  g_clear_pointer (&cursor->standing, g_hash_table_unref);
  g_clear_pointer (&cursor->again, g_ptr_array_unref);
}

/** wb_vendure_cursor_text: Returns: (transfer full): @cursor as one line of JSON. */
char *
wb_vendure_cursor_text (const WbVendureCursor *cursor)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GList)    ids = g_hash_table_get_keys (cursor->standing);
  JsonObject          *object = json_object_new (), *standing = json_object_new ();
  JsonArray           *again = json_array_new ();

  ids = g_list_sort (ids, (GCompareFunc) g_strcmp0);
  for (GList *at = ids; at != NULL; at = at->next)
    json_object_set_string_member (standing, at->data,
                                   g_hash_table_lookup (cursor->standing, at->data));
  for (guint i = 0; i < cursor->again->len; i++)
    json_array_add_string_element (again, cursor->again->pdata[i]);
  json_object_set_int_member (object, "v", VERSION);
  if (cursor->placed != NULL)
    json_object_set_string_member (object, "placed", cursor->placed);
  if (cursor->updated != NULL)
    json_object_set_string_member (object, "updated", cursor->updated);
  json_object_set_boolean_member (object, "complete", cursor->complete);
  json_object_set_int_member (object, "swept", cursor->swept);
  json_object_set_object_member (object, "standing", standing);
  json_object_set_array_member (object, "again", again);
  json_node_take_object (root, object);
  return wb_json_to_text (root);
}

/** wb_vendure_cursor_trust: order @id has been read. */
void
wb_vendure_cursor_trust (WbVendureCursor *cursor, const char *id)
{
  guint at;

  if (g_ptr_array_find_with_equal_func (cursor->again, id, g_str_equal, &at))
    g_ptr_array_remove_index (cursor->again, at);
}

/** wb_vendure_cursor_doubt: order @id could not be read and is to be asked for again; the oldest
 * gives way when there are too many. */
void
wb_vendure_cursor_doubt (WbVendureCursor *cursor, const char *id)
{
  wb_vendure_cursor_trust (cursor, id);
  g_ptr_array_add (cursor->again, g_strdup (id));
  if (cursor->again->len > MOST_AGAIN)
    g_ptr_array_remove_index (cursor->again, 0);
}

/** wb_vendure_cursor_note: @digest: (nullable) (transfer full): of the order @id as it was read;
 * %NULL: it is finished. */
void
wb_vendure_cursor_note (WbVendureCursor *cursor, const char *id, char *digest)
{
  if (digest != NULL)
    g_hash_table_replace (cursor->standing, g_strdup (id), digest);
  else
    g_hash_table_remove (cursor->standing, id);
}

/* ---- dates ---- */

/**
 * wb_vendure_cursor_before:
 * @date: (nullable): as the shop wrote it, with milliseconds; %NULL or damaged: the beginning
 *
 * Returns: (transfer full): the date @ms milliseconds before it. The shop keeps finer dates than it
 * tells, and its filter is strict: one millisecond less loses nothing.
 */
char *
wb_vendure_cursor_before (const char *date, gint64 ms)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) at = date != NULL ? g_date_time_new_from_iso8601 (date, utc) : NULL;
  g_autoptr (GDateTime) before = at != NULL ? g_date_time_add (at, -ms * 1000) : NULL;
  g_autoptr (GDateTime) in_utc = before != NULL ? g_date_time_to_utc (before) : NULL;
  g_autofree char      *seconds =
      in_utc != NULL ? g_date_time_format (in_utc, "%Y-%m-%dT%H:%M:%S") : NULL;

  return seconds != NULL
             ? g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (in_utc) / 1000)
             : g_strdup (BEGINNING);
}

/** wb_vendure_cursor_move: moves @date on to @seen when that is later, but not beyond @latest (0:
 * no bound): a date in the future would hide what comes meanwhile. */
void
wb_vendure_cursor_move (char **date, const char *seen, WbInstant latest)
{
  WbInstant at;

  if (seen == NULL || !wb_instant_parse (seen, &at, NULL) || (latest > 0 && at > latest))
    return;
  if (*date == NULL || g_strcmp0 (seen, *date) > 0)
    wb_set_str (date, seen);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walking a WooCommerce list page by page without losing a row while it changes.
 *
 * A page is a window on a list that moves: rows before it may be trashed or leave the filter, and
 * then the rows behind slip past the reader. So the list is ordered by id (the order by date is not
 * stable), every window begins at or before the last row already read, and when that row is not in
 * it the walk steps back. */
#include "wb-woo-walk.h"

#include <string.h>

#define MOST_ROWS     100
#define FEWEST_ROWS   50
#define STEP_BACK     50
#define MOST_STEPS    4 /* in a row, without a new row */
#define MOST_READINGS 3 /* of a page that shows a row twice */

/** wb_woo_row_free: frees a #WbWooRow. */
void
wb_woo_row_free (gpointer data)
{
  WbWooRow *row = data;

  json_node_unref (row->page);
  g_bytes_unref (row->raw);
  g_free (row);
}

/** wb_woo_row_json: the place of @row, “orders[3]”; @list is filled and must live as long. */
WbJson
wb_woo_row_json (const WbWooRow *row, WbJson *list)
{
  *list = wb_json_root (row->page, row->what);
  return wb_json_element (list, row->index);
}

/** wb_woo_walk_clear: frees what @walk holds. */
void
wb_woo_walk_clear (WbWooWalk *walk)
{
  g_clear_pointer (&walk->seen, g_hash_table_unref);
}

/**
 * wb_woo_walk_window:
 * @position: rows already read
 *
 * The page (counted from 1) and its size, at most 100, that begins before row @position and reaches
 * furthest beyond it. Pages have no free start, so their size is chosen such that a boundary falls
 * right.
 */
void
wb_woo_walk_window (gint64 position, guint *page, guint *per_page)
{
  gint64 best = 0;

  *page = 1;
  *per_page = MOST_ROWS;
  for (guint size = MOST_ROWS; position > 0 && size >= FEWEST_ROWS; size--)
    {
      gint64 number = (position - 1) / size + 1;

      if (number * size - position > best)
        {
          best = number * size - position;
          *page = (guint) number;
          *per_page = size;
        }
    }
}

/* ---- the text of each row ---- */

static const char *
skip_text (const char *p, const char *end)
{
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\')
      p++;
  return p;
}

/* The bytes of the elements of the list that @body is. Only for what has been parsed as JSON
 * already. */
static GPtrArray *
slice (GBytes *body)
{
  gsize                 size;
  const char           *text = g_bytes_get_data (body, &size);
  const char           *end = text + size;
  const char           *start = NULL;
  g_autoptr (GPtrArray) slices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint                 depth = 0;

  for (const char *p = text; p < end; p++)
    {
      if (*p == '"')
        p = skip_text (p, end);
      else if (*p == '{' || *p == '[')
        {
          if (++depth == 2)
            start = p;
        }
      else if ((*p == '}' || *p == ']') && --depth == 1 && start != NULL)
        {
          g_ptr_array_add (slices, g_bytes_new_from_bytes (body, (gsize) (start - text),
                                                           (gsize) (p - start) + 1));
          start = NULL;
        }
    }
  return g_steal_pointer (&slices);
}

/**
 * wb_woo_walk_split:
 * @body: as received; @list: the same, parsed
 *
 * Returns: (transfer full) (element-type WbWooRow): the rows of a page, each with its JSON as
 * received.
 */
GPtrArray *
wb_woo_walk_split (GBytes *body, JsonNode *list)
{
  g_autoptr (GPtrArray) slices = slice (body);
  GPtrArray            *rows = g_ptr_array_new_with_free_func (wb_woo_row_free);
  WbJson                root = wb_json_root (list, "orders");
  guint                 n = json_array_get_length (json_node_get_array (list));

  for (guint i = 0; i < n; i++)
    {
      WbWooRow *row = g_new0 (WbWooRow, 1);
      WbJson    at = wb_json_element (&root, i);

      row->what = "orders";
      row->index = i;
      row->page = json_node_ref (list);
      if (slices->len == n)
        row->raw = g_bytes_ref (slices->pdata[i]);
      else
        {
          char *text = wb_json_to_text (at.node);

          row->raw = g_bytes_new_take (text, strlen (text));
        }
      if (!wb_json_opt_int (&at, "id", 0, &row->id, NULL))
        row->id = 0;
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* ---- one page ---- */

/* The date goes as plain UTC with `dates_are_gmt`: with an offset or “Z” beside that flag, shops
 * silently shift it. */
static WbHttpRequest *
list_request (const char *path, const char *status, WbInstant after)
{
  WbHttpRequest *request = wb_woo_shop_request ("GET", "%s", path);

  if (status != NULL)
    wb_http_request_add_query (request, "status", status);
  if (after > 0)
    {
      g_autofree char *iso = wb_instant_to_iso (after);

      iso[strlen (iso) - 1] = '\0'; /* the Z */
      wb_http_request_add_query (request, "modified_after", iso);
      wb_http_request_add_query (request, "dates_are_gmt", "true");
    }
  return request;
}

/** wb_woo_walk_request: Returns: (transfer full): a request for a list of orders. */
WbHttpRequest *
wb_woo_walk_request (const char *status, WbInstant after)
{
  return list_request ("/orders", status, after);
}

typedef struct
{
  GPtrArray *rows;
  guint      page;
  guint      per_page;
  gint64     pages;   /* of how many, -1 when not told */
  gboolean   doubled; /* a row stands in it twice */
} Page;

static gboolean
shows_twice (GPtrArray *rows)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      WbWooRow *row = rows->pdata[i];

      if (row->id > 0 && !g_hash_table_add (ids, &row->id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_page (WbWooWalk *walk, WbWooShop *shop, Page *page, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      list_request (walk->path != NULL ? walk->path : "/orders", walk->status, walk->after);
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       list = NULL;
  const char                *what = walk->what != NULL ? walk->what : "orders";

  if (walk->fields != NULL)
    wb_http_request_add_query (request, "_fields", walk->fields);
  wb_http_request_add_query (request, "orderby", "id");
  wb_http_request_add_query (request, "order", "asc");
  wb_http_request_add_query_int (request, "per_page", page->per_page);
  wb_http_request_add_query_int (request, "page", page->page);
  list = wb_woo_shop_call (shop, request, &response, cancellable, error);
  if (list == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (list))
    {
      WbJson at = wb_json_root (list, what);

      return wb_json_fail (&at, "a list", error);
    }
  page->rows = wb_woo_walk_split (wb_http_response_get_body (response), list);
  for (guint i = 0; i < page->rows->len; i++)
    ((WbWooRow *) page->rows->pdata[i])->what = what;
  page->doubled = shows_twice (page->rows);
  /* Past the last page WooCommerce 11 says “0 orders”: an empty page tells no total. */
  page->pages = page->rows->len > 0 ? wb_http_response_total_pages (response) : -1;
  if (page->rows->len > 0)
    walk->total = wb_http_response_get_header_int (response, "X-WP-Total", -1);
  return TRUE;
}

/* Moves the rows that are new into @fresh. Returns: whether the page begins where the walk stands.
 */
static gboolean
take_new (WbWooWalk *walk, GPtrArray *rows, GPtrArray *fresh, gint64 *highest)
{
  gboolean joins = walk->position == 0;

  while (rows->len > 0)
    {
      WbWooRow *row = g_ptr_array_steal_index (rows, 0);

      joins |= row->id <= walk->last_id;
      *highest = MAX (*highest, row->id);
      if (row->id == 0 || g_hash_table_add (walk->seen, g_memdup2 (&row->id, sizeof row->id)))
        g_ptr_array_add (fresh, row);
      else
        wb_woo_row_free (row);
    }
  return joins;
}

static void
step_back (WbWooWalk *walk)
{
  walk->steps_back++;
  walk->position = MAX (0, walk->position - (gint64) STEP_BACK * walk->steps_back);
}

/**
 * wb_woo_walk_next:
 *
 * Reads the next window. A page that shows a row twice may hide another: it is read again. Rows
 * that were given before in this walk are left out.
 *
 * Returns: (transfer full) (element-type WbWooRow): the new rows, maybe none; see @walk->finished.
 */
GPtrArray *
wb_woo_walk_next (WbWooWalk *walk, WbWooShop *shop, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (wb_woo_row_free);
  Page                  page = { .doubled = TRUE };
  gint64                highest = walk->last_id;
  gboolean              joins = FALSE, empty = TRUE;

  if (walk->seen == NULL)
    walk->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  wb_woo_walk_window (walk->position, &page.page, &page.per_page);
  for (guint reading = 0; page.doubled && reading < MOST_READINGS; reading++)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (!read_page (walk, shop, &page, cancellable, error))
        return NULL;
      rows = g_steal_pointer (&page.rows);
      empty &= rows->len == 0;
      joins |= take_new (walk, rows, fresh, &highest);
    }

  if (fresh->len > 0 && joins)
    walk->steps_back = 0;
  if (!joins && walk->position > 0 && walk->steps_back < MOST_STEPS)
    {
      step_back (walk); /* what was read stays given */
      return g_steal_pointer (&fresh);
    }
  walk->finished = empty || (page.pages >= 0 ? page.page >= page.pages : fresh->len == 0);
  walk->position = (gint64) page.page * page.per_page;
  walk->last_id = highest;
  return g_steal_pointer (&fresh);
}

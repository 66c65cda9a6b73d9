/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walking Stripe's lists, which come newest first, with a cursor that survives a stop anywhere. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#define PAGE 100
#define OVERLAP                                                                                    \
  (24 * 60 * 60) /* what is listed late is still seen; the caller drops the double                 \
                  */

/*
 * The cursor “since/newest/after”: a round reads all that was created since `since`, page by page
 * from the newest to the oldest; `after` is the last object read of it, `newest` the instant of the
 * first. When a round is over, the next one begins where this one began, with some overlap.
 */
typedef struct
{
  WbInstant since, newest;
  char     *after; /* NULL: a round begins */
} Round;

static gboolean
read_cursor (const char *cursor, Round *round, GError **error)
{
  g_auto (GStrv) parts = cursor != NULL ? g_strsplit (cursor, "/", 3) : NULL;

  *round = (Round){ 0 };
  if (cursor == NULL)
    return TRUE;
  if (g_strv_length (parts) == 3 &&
      g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, &round->since, NULL) &&
      g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &round->newest, NULL))
    {
      round->after = *parts[2] != '\0' ? g_strdup (parts[2]) : NULL;
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The mark of how far Stripe has been read is broken: %s", cursor);
  return FALSE;
}

static JsonNode *
ask (WbStripe          *self,
     const char        *path,
     const char *const *query,
     const Round       *round,
     GCancellable      *cancellable,
     GError           **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new ("GET", path);

  wb_http_request_add_query_int (request, "limit", PAGE);
  if (round->since > 0)
    wb_http_request_add_query_int (request, "created[gte]", round->since);
  for (guint i = 0; query != NULL && query[i] != NULL; i += 2)
    wb_http_request_add_query (request, query[i], query[i + 1]);
  wb_http_request_add_query (request, "starting_after", round->after);
  return wb_stripe_call (self, request, WB_STRIPE_READ, cancellable, error);
}

static gboolean
take_page (JsonNode        *root,
           const char      *what,
           WbStripeReadItem read_item,
           Round           *round,
           GPtrArray       *items,
           gboolean        *more,
           GError         **error)
{
  WbJson list = wb_json_root (root, what);
  WbJson data;
  guint  n;

  if (!wb_json_array (&list, "data", &data, &n, error))
    return FALSE;
  for (guint i = n; i > 0; i--)
    {
      WbJson    at = wb_json_element (&data, i - 1);
      WbInstant created;

      if (!wb_json_int (&at, "created", &created, error) || !read_item (&at, items, error))
        return FALSE;
      round->newest = MAX (round->newest, created);
      if (i == n)
        {
          g_free (round->after);
          round->after = g_strdup (wb_json_string (&at, "id", error));
          if (round->after == NULL)
            return FALSE;
        }
    }
  *more = n > 0 && wb_json_bool (&list, "has_more", FALSE);
  return TRUE;
}

/**
 * wb_stripe_list_page:
 * @query: (nullable): names and values, %NULL-terminated
 * @read_item: adds what it reads to the array; refuses with the path of what is wrong
 * @page: (out): one page more; untouched on failure
 */
gboolean
wb_stripe_list_page (WbStripe          *self,
                     const char        *path,
                     const char *const *query,
                     const char        *cursor,
                     WbStripeReadItem   read_item,
                     GDestroyNotify     free_item,
                     WbMoneyPage       *page,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (JsonNode)  root = NULL;
  g_autofree char      *after = NULL;
  Round                 round;
  gboolean              more = FALSE, fine;

  if (!read_cursor (cursor, &round, error))
    return FALSE;
  root = ask (self, path, query, &round, cancellable, error);
  fine = root != NULL && take_page (root, path, read_item, &round, items, &more, error);
  after = g_steal_pointer (&round.after);
  if (!fine)
    return FALSE;
  if (more)
    page->cursor = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%s", round.since,
                                    round.newest, after);
  else
    page->cursor = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/",
                                    MAX (round.since, round.newest - OVERLAP), round.newest);
  page->items = g_steal_pointer (&items);
  page->more = more;
  return TRUE;
}

/** wb_stripe_list_all: Returns: (transfer full): all pages of a list, oldest first; not for lists
 * without an end: refused beyond 1,000 pages. */
GPtrArray *
wb_stripe_list_all (WbStripe          *self,
                    const char        *path,
                    const char *const *query,
                    WbInstant          since,
                    WbStripeReadItem   read_item,
                    GDestroyNotify     free_item,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_item);
  g_autofree char      *cursor = g_strdup_printf ("%" G_GINT64_FORMAT "/0/", since);
  gboolean              more = TRUE;

  while (more)
    {
      g_auto (WbMoneyPage) page = { 0 };

      if (pages->len >= 1000)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "Stripe's list %s has no end", path);
          return NULL;
        }
      if (!wb_stripe_list_page (self, path, query, cursor, read_item, free_item, &page, cancellable,
                                error))
        return NULL;
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.cursor);
      g_ptr_array_add (pages, g_steal_pointer (&page.items));
    }
  for (guint i = pages->len; i > 0; i--)
    g_ptr_array_extend_and_steal (all, g_ptr_array_ref (pages->pdata[i - 1]));
  return g_steal_pointer (&all);
}

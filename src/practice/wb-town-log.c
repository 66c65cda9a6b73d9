/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town remembers who asked what, for tests to look at: the last few thousand requests, without
 * credentials. */
#include "wb-town-log.h"

#include <string.h>

#define MAX_ENTRIES   5000
#define MAX_BODY_SIZE 16384

typedef struct
{
  gint64    number;
  WbInstant time;
  char     *service;
  char     *method;
  char     *path;
  char     *query;
  char     *content_type;
  char     *key;
  char     *body;
  char     *fault;
  guint     status;
} Entry;

struct _WbTownLog
{
  GQueue entries;
  gint64 count;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->service);
  g_free (entry->method);
  g_free (entry->path);
  g_free (entry->query);
  g_free (entry->content_type);
  g_free (entry->key);
  g_free (entry->body);
  g_free (entry->fault);
  g_free (entry);
}

/** wb_town_log_new: Returns: (transfer full): an empty log. */
WbTownLog *
wb_town_log_new (void)
{
  WbTownLog *self = g_new0 (WbTownLog, 1);

  g_queue_init (&self->entries);
  return self;
}

/** wb_town_log_free: frees @self. */
void
wb_town_log_free (WbTownLog *self)
{
  wb_town_log_clear (self);
  g_free (self);
}

/** wb_town_log_clear: forgets all requests; the numbers go on. */
void
wb_town_log_clear (WbTownLog *self)
{
  g_queue_clear_full (&self->entries, entry_free);
}

/** wb_town_log_add: notes @request, answered with @status; the control API's own requests are not
 * noted. */
void
wb_town_log_add (WbTownLog *self, WbInstant now, const WbTownRequest *request, guint status)
{
  Entry      *entry;
  gsize       size;
  const char *body = g_bytes_get_data (request->body, &size);

  if (strcmp (request->service, "town") == 0)
    return;
  entry = g_new0 (Entry, 1);
  entry->number = ++self->count;
  entry->time = now;
  entry->service = g_strdup (request->service);
  entry->method = g_strdup (request->method);
  entry->path = g_strdup (request->path);
  entry->query = g_strdup (request->raw_query);
  entry->content_type = g_strdup (request->content_type);
  entry->key = g_strdup (request->idempotency_key);
  entry->body = size > 0 ? g_utf8_make_valid (body, (gssize) MIN (size, MAX_BODY_SIZE)) : NULL;
  entry->fault = g_strdup (request->fault);
  entry->status = status;
  g_queue_push_tail (&self->entries, entry);
  while (g_queue_get_length (&self->entries) > MAX_ENTRIES)
    entry_free (g_queue_pop_head (&self->entries));
}

/** wb_town_log_write: writes all requests numbered above @since, oldest first. */
void
wb_town_log_write (WbTownLog *self, gint64 since, WbTownOut *out)
{
  wb_town_out_begin_array (out, NULL);
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      const Entry *entry = link->data;

      if (entry->number <= since)
        continue;
      wb_town_out_begin_object (out, NULL);
      wb_town_out_int (out, "number", entry->number);
      wb_town_out_int (out, "time", entry->time);
      wb_town_out_string (out, "service", entry->service);
      wb_town_out_string (out, "method", entry->method);
      wb_town_out_string (out, "path", entry->path);
      wb_town_out_string (out, "query", entry->query);
      wb_town_out_string (out, "content_type", entry->content_type);
      wb_town_out_string (out, "idempotency_key", entry->key);
      wb_town_out_string (out, "body", entry->body);
      wb_town_out_string (out, "fault", entry->fault);
      wb_town_out_int (out, "status", entry->status);
      wb_town_out_end_object (out);
    }
  wb_town_out_end_array (out);
}

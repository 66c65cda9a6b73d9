/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of requests and replies that a user may hand to support: without secrets, readable by
 * the user alone.
 *
 * It still holds what shops and carriers say about customers; the command line says so where it
 * offers it. */
#include "wb-http-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-time.h"

#define MAX_BODY (16 * 1024)

struct _WbHttpTrace
{
  GMutex lock;
  int    fd;
  guint  count;
};

static GMutex       default_lock;
static WbHttpTrace *default_trace;

static void
trace_clear (gpointer data)
{
  WbHttpTrace *trace = data;

  close (trace->fd);
  g_mutex_clear (&trace->lock);
}

/**
 * wb_http_trace_open:
 *
 * Opens @path for appending, with mode 0600 (also when it exists already). A symbolic link is
 * refused.
 *
 * Returns: (transfer full): may be given to several clients, in several threads; %WB_ERROR_FAILED
 * when it cannot be written.
 */
WbHttpTrace *
wb_http_trace_open (const char *path, GError **error)
{
  int          fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  WbHttpTrace *trace;

  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "Cannot write the trace “%s”: %s", path,
                   g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  trace = g_atomic_rc_box_new0 (WbHttpTrace);
  g_mutex_init (&trace->lock);
  trace->fd = fd;
  return trace;
}

/** wb_http_trace_ref: Returns: (transfer full): one more reference; any thread. */
WbHttpTrace *
wb_http_trace_ref (WbHttpTrace *trace)
{
  return g_atomic_rc_box_acquire (trace);
}

/** wb_http_trace_unref: The last one closes the file. */
void
wb_http_trace_unref (WbHttpTrace *trace)
{
  g_atomic_rc_box_release_full (trace, trace_clear);
}

/** wb_http_trace_set_default: @trace (nullable, a reference is taken) is given to every client made
 * from now on. */
void
wb_http_trace_set_default (WbHttpTrace *trace)
{
  g_mutex_lock (&default_lock);
  if (trace != NULL)
    wb_http_trace_ref (trace);
  g_clear_pointer (&default_trace, wb_http_trace_unref);
  default_trace = trace;
  g_mutex_unlock (&default_lock);
}

WbHttpTrace *
wb_http_trace_dup_default (void)
{
  WbHttpTrace *trace;

  g_mutex_lock (&default_lock);
  trace = default_trace != NULL ? wb_http_trace_ref (default_trace) : NULL;
  g_mutex_unlock (&default_lock);
  return trace;
}

static void
append_header (const char *name, const char *value, gpointer data)
{
  g_autofree char *clean = wb_redact_header (name, value);

  g_string_append_printf (data, "%s: %s\n", name, clean);
}

static void
append_body (GString *text, GBytes *body, const char *content_type)
{
  g_autofree char *clean = wb_redact_body (body, content_type, MAX_BODY);

  if (*clean != '\0')
    g_string_append_printf (text, "\n%s\n", clean);
}

static void
append_request (GString *text, const WbWireTry *call)
{
  g_autofree char *url = wb_redact_text (call->url);

  g_string_append_printf (text, "%s %s\n", call->method, url);
  for (guint i = 0; i < call->headers->len; i++)
    {
      const WbPair *header = call->headers->pdata[i];

      append_header (header->name, header->value, text);
    }
  if (call->body != NULL)
    {
      append_header ("Content-Type", call->content_type, text);
      append_body (text, call->body, call->content_type);
    }
}

static void
append_outcome (GString              *text,
                const WbHttpResponse *response,
                const GError         *error,
                gint64                milliseconds)
{
  if (response == NULL)
    {
      g_string_append_printf (text, "FAILED after %" G_GINT64_FORMAT " ms: %s\n", milliseconds,
                              error->message);
      return;
    }
  g_string_append_printf (text,
                          "HTTP %u after %" G_GINT64_FORMAT " ms, %" G_GSIZE_FORMAT " bytes\n",
                          response->status, milliseconds, g_bytes_get_size (response->body));
  soup_message_headers_foreach (response->headers, append_header, text);
  append_body (text, response->body,
               soup_message_headers_get_content_type (response->headers, NULL));
}

/* Appends one try in one write, so that two processes may share a file. A full disk must not stop
 * the business. */
void
wb_http_trace_call (WbHttpTrace          *trace,
                    const WbWireTry      *call,
                    const WbHttpResponse *response,
                    const GError         *error,
                    gint64                milliseconds)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char    *when = wb_instant_to_iso (wb_now ());

  append_request (text, call);
  g_string_append (text, "--> ");
  append_outcome (text, response, error, milliseconds);

  g_mutex_lock (&trace->lock);
  g_string_printf (out, "==== %u  %s\n%s\n", ++trace->count, when, text->str);
  if (write (trace->fd, out->str, out->len) < 0)
    g_debug ("trace: %s", g_strerror (errno));
  g_mutex_unlock (&trace->lock);
}

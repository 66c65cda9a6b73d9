/* SPDX-License-Identifier: GPL-3.0-or-later
 * The raw socket (port 9100): bytes as they are to a label printer in the house's own network. It
 * answers nothing: what left here in part is for a person to look at, and is never sent again by
 * itself. */
#include "wb-transport.h"

#include <glib/gi18n-lib.h>

#define RAW_PORT   9100
#define CONNECT_S  10
#define WRITE_S    30 /* without one byte being taken: out of labels, or gone */
#define FAREWELL_S 3  /* for the printer to close its side after ours */
#define CHUNK      16384
#define SENT_JOB   "sent"

typedef struct
{
  char              *target;
  GSocketConnection *connection; /* NULL: not connected yet */
} Link;

static gboolean
socket_check (const char *target, GError **error)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (target, RAW_PORT, NULL);

  if (address != NULL && strstr (target, "://") == NULL && strpbrk (target, " /") == NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "printer.target: expected HOST or HOST:PORT, found “%s”", target);
  return FALSE;
}

static gpointer
socket_open (WbPrinter *printer, GCancellable *cancellable, GError **error)
{
  Link *self = g_new0 (Link, 1);

  self->target = g_strdup (wb_record_get_text (printer, WB_PRINTER_TARGET));
  return self;
}

static void
socket_close (gpointer link)
{
  Link *self = link;

  g_clear_object (&self->connection);
  g_free (self->target);
  g_free (self);
}

static WbQueue *
socket_describe (gpointer link, GError **error)
{
  Link    *self = link;
  WbQueue *queue = g_new0 (WbQueue, 1);

  queue->name = g_strdup (self->target);
  queue->info = g_strdup (self->target);
  queue->kind = WB_QUEUE_RAW;
  queue->accepting = TRUE;
  queue->media = g_new0 (char *, 1);
  queue->ready = g_new0 (char *, 1);
  queue->formats = g_new0 (char *, 1);
  return queue;
}

static gboolean
check_near (Link *self, GError **error)
{
  g_autoptr (GSocketAddress) remote =
      g_socket_connection_get_remote_address (self->connection, NULL);

  if (remote != NULL && G_IS_INET_SOCKET_ADDRESS (remote) &&
      wb_transport_is_near (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote))))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "“%s” is not in this house's network: labels carry customers' addresses, and a "
               "printer's port 9100 hides nothing on its way. Nothing was sent",
               self->target);
  return FALSE;
}

static gboolean
dial (Link *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError)        local = NULL;

  g_socket_client_set_timeout (client, CONNECT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  self->connection =
      g_socket_client_connect_to_host (client, self->target, RAW_PORT, cancellable, &local);
  if (self->connection != NULL)
    return check_near (self, error);
  g_set_error (error, WB_ERROR,
               g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? WB_ERROR_CANCELLED
                                                                         : WB_ERROR_UNAVAILABLE,
               "The printer at “%s” cannot be reached: %s. Nothing was sent", self->target,
               local->message);
  return FALSE;
}

/* Once a byte may have left, nobody can say how much of it was printed. */
static gboolean
broke_off (Link *self, gsize sent, gsize size, const char *why, GError **error)
{
  g_set_error (error, WB_ERROR, sent == 0 ? WB_ERROR_UNAVAILABLE : WB_ERROR_UNSURE,
               "The connection to the printer at “%s” broke after %" G_GSIZE_FORMAT
               " of %" G_GSIZE_FORMAT " bytes: %s",
               self->target, sent, size, why);
  return FALSE;
}

static gboolean
send_all (Link *self, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  GSocket    *socket = g_socket_connection_get_socket (self->connection);
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize       sent = 0;

  g_socket_set_timeout (socket, WRITE_S);
  while (sent < size)
    {
      g_autoptr (GError) local = NULL;
      /* Nobody stops half-way: the printer would wait for the rest and eat the next label. */
      gssize n = g_socket_send (socket, data + sent, MIN (CHUNK, size - sent),
                                sent == 0 ? cancellable : NULL, &local);

      if (n <= 0)
        return broke_off (self, sent, size, local != NULL ? local->message : "closed", error);
      sent += (gsize) n;
    }
  return TRUE;
}

/* Our end is told, and the printer's awaited: one that broke off says so by a reset. A printer that
 * keeps its side open has still been sent everything. */
static gboolean
say_farewell (Link *self, gsize size, GError **error)
{
  GSocket           *socket = g_socket_connection_get_socket (self->connection);
  g_autoptr (GError) local = NULL;
  char               ignored[256];
  gint64             end = g_get_monotonic_time () + FAREWELL_S * G_USEC_PER_SEC;
  gssize             n = 1;

  if (!g_socket_shutdown (socket, FALSE, TRUE, &local))
    return broke_off (self, size, size, local->message, error);
  g_socket_set_timeout (socket, FAREWELL_S);
  while (n > 0 && g_get_monotonic_time () < end)
    n = g_socket_receive (socket, ignored, sizeof ignored, NULL, &local);
  if (n >= 0 || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return TRUE;
  return broke_off (self, size, size, local->message, error);
}

static gboolean
socket_submit (gpointer          link,
               const WbPrintJob *job,
               const char       *title,
               char            **job_id,
               GCancellable     *cancellable,
               GError          **error)
{
  Link *self = link;

  if (!dial (self, cancellable, error) || !send_all (self, job->bytes, cancellable, error) ||
      !say_farewell (self, g_bytes_get_size (job->bytes), error))
    return FALSE;
  *job_id = g_strdup (SENT_JOB);
  return TRUE;
}

static WbPrintFinding
socket_find (gpointer link, const char *title, WbInstant since, char **job_id, GError **error)
{
  Link *self = link;

  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "The printer at “%s” cannot be asked what it has printed: look whether “%s” came "
               "out, and say so",
               self->target, title);
  return WB_PRINT_UNKNOWN;
}

static gboolean
socket_look (gpointer link, const char *job_id, WbPrintStand *stand, GError **error)
{
  Link *self = link;

  stand->state = WB_PRINT_COMPLETED;
  /* Translators: %s is a network address */
  stand->sentence = g_strdup_printf (
      _ ("Sent to the printer at “%s”, which tells nothing more: look whether it came out"),
      self->target);
  return TRUE;
}

static gboolean
socket_cancel (gpointer link, const char *job_id, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "It has been sent to the printer and can only be stopped there");
  return FALSE;
}

const WbTransport wb_transport_socket = { WB_TARGET_SOCKET, socket_check,    socket_open,
                                          socket_close,     socket_describe, socket_submit,
                                          socket_find,      socket_look,     socket_cancel };

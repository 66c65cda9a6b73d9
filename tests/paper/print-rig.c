/* SPDX-License-Identifier: GPL-3.0-or-later
 * A real print server with real queues for the tests: one raw, one driverless with 4 × 6 inch
 * labels. */
#include "print-rig.h"

#include "paper-samples.h"
#include "wb-file.h"

#include <cups/cups.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

#define WAIT_S 60

struct _Rig
{
  char           *folder;
  char           *socket;
  GSocketService *sink;
  GSocketService *proxy;
  GAsyncQueue    *received; /* GBytes: what the raw printer got, job by job */
  RigCut          cut;
  gsize           after;
  guint16         proxy_port;
  guint           labels_taken;
  guint16         printer_port;
  char           *address; /* of the label printer itself */
  gboolean        printer_runs;
  GMainContext
      *context; /* of the thread in which sink and proxy live: the code under test blocks its own */
  GMainLoop *loop;
  GThread   *thread;
};

static char *
script (const char *name)
{
  return g_build_filename (g_getenv ("WAYBILL_SOURCE"), "tests", "rig", name, NULL);
}

static char *
below (Rig *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* A label printer's port 9100: whatever comes until the connection ends is one job. */
static gboolean
raw_incoming (GThreadedSocketService *service,
              GSocketConnection      *connection,
              GObject                *source,
              gpointer                user_data)
{
  Rig          *self = user_data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GByteArray   *job = g_byte_array_new ();
  guint8        buffer[4096];
  gssize        n;

  while ((n = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (job, buffer, (guint) n);
  g_async_queue_push (self->received, g_byte_array_free_to_bytes (job));
  return TRUE;
}

static void
pump_answers (GSocketConnection *server, GSocketConnection *client, gboolean forward)
{
  GSocket *from = g_socket_connection_get_socket (server),
          *to = g_socket_connection_get_socket (client);
  char   buffer[4096];
  gssize n = g_socket_receive (from, buffer, sizeof buffer, NULL, NULL);

  if (n > 0 && forward)
    g_socket_send (to, buffer, (gsize) n, NULL, NULL);
  if (n <= 0 || !forward)
    g_socket_shutdown (to, TRUE, TRUE, NULL);
}

/* Between a client and the print server; see RigCut. */
static gboolean
proxy_incoming (GThreadedSocketService *service,
                GSocketConnection      *client,
                GObject                *source,
                gpointer                user_data)
{
  Rig                          *self = user_data;
  g_autoptr (GSocketClient)     dial = g_socket_client_new ();
  g_autoptr (GSocketAddress)    address = g_unix_socket_address_new (self->socket);
  g_autoptr (GSocketConnection) server =
      g_socket_client_connect (dial, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *near = g_socket_connection_get_socket (client), *far;
  gsize    passed = 0;

  g_assert_nonnull (server);
  far = g_socket_connection_get_socket (server);
  for (;;)
    {
      GPollFD fds[2] = { { g_socket_get_fd (near), G_IO_IN, 0 },
                         { g_socket_get_fd (far), G_IO_IN, 0 } };
      char    buffer[4096];
      gssize  n;

      g_poll (fds, 2, -1);
      if (fds[1].revents != 0)
        pump_answers (server, client, self->cut != RIG_CUT_BEFORE_ANSWER || passed < self->after);
      if (fds[0].revents == 0)
        continue;
      n = g_socket_receive (near, buffer, sizeof buffer, NULL, NULL);
      passed += n > 0 ? (gsize) n : 0;
      if (n <= 0 || (self->cut == RIG_CUT_BEFORE_END && passed >= self->after))
        return TRUE;
      for (gssize done = 0, sent; done < n; done += sent)
        if ((sent = g_socket_send (far, buffer + done, (gsize) (n - done), NULL, NULL)) <= 0)
          return TRUE;
    }
}

static GSocketService *
listen_for (Rig *self, GCallback incoming, guint16 *port)
{
  GSocketService    *service = g_threaded_socket_service_new (4);
  g_autoptr (GError) error = NULL;

  *port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "run", incoming, self);
  g_socket_service_start (service);
  return service;
}

static gpointer
run_listeners (gpointer user_data)
{
  Rig *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static guint16
free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

/* Switches the label printer on, at the port that it always has. */
void
rig_start_printer (Rig *self)
{
  g_autofree char *run = script ("ipp-printer");
  g_autofree char *attributes = script ("label-4x6.attributes");
  g_autofree char *folder = below (self, "printer");
  g_autofree char *port = g_strdup_printf ("%u", self->printer_port);

  g_free (sample_run (
      (const char *const[]){ run, "start", folder, "Test labels", port, "-a", attributes, NULL }));
  self->printer_runs = TRUE;
}

/* lpadmin is done before the print server has taken up the queue's description. */
static void
wait_for_driver (void)
{
  g_autoptr (WbPrinter) printer = rig_printer (RIG_LABEL, NULL);
  gint64                end = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;

  for (;; g_usleep (10000))
    {
      g_autoptr (WbQueue) queue = wb_print_describe (printer, NULL, NULL);

      if (queue != NULL && queue->kind == WB_QUEUE_DRIVERLESS)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
}

static void
set_printer_up (Rig *self)
{
  self->printer_port = free_port ();
  self->address = g_strdup_printf ("ipp://localhost:%u/ipp/print", self->printer_port);
  rig_start_printer (self);
  g_free (sample_run ((const char *const[]){ "lpadmin", "-p", RIG_LABEL, "-E", "-v", self->address,
                                             "-m", "everywhere", NULL }));
  wait_for_driver ();
}

/* Returns: (transfer none): where the label printer can be reached without the print server. */
const char *
rig_ipp_address (Rig *self)
{
  return self->address;
}

/* Returns: how many labels came out of the label printer so far. */
guint
rig_count_printed (Rig *self)
{
  g_autofree char *path = below (self, "printer/out");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += *name != '.' && g_str_has_suffix (name, ".asked");
  return n;
}

/* Returns: (transfer full) (element-type utf8): the titles of the jobs that came out of the label
 * printer, in their order. */
GPtrArray *
rig_titles (Rig *self)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rig_count_printed (self); i++)
    {
      g_autofree char *name = g_strdup_printf ("printer/out/%u.asked", i);
      g_autofree char *path = below (self, name), *asked = NULL;
      const char      *title;

      g_assert_true (g_file_get_contents (path, &asked, NULL, NULL));
      title = strstr (asked, "IPP_JOB_NAME=");
      g_assert_nonnull (title);
      title += strlen ("IPP_JOB_NAME=");
      g_ptr_array_add (titles, g_strndup (title, strcspn (title, "\n")));
    }
  return titles;
}

static void
start_server (Rig *self)
{
  g_autofree char *run = script ("print-server");

  self->socket =
      g_strstrip (sample_run ((const char *const[]){ run, "start", self->folder, NULL }));
  g_setenv ("CUPS_SERVER", self->socket, TRUE);
  cupsSetServer (self->socket);
}

static void
start_listeners (Rig *self, guint16 *raw_port, guint16 *proxy_port)
{
  self->received = g_async_queue_new_full ((GDestroyNotify) g_bytes_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->sink = listen_for (self, G_CALLBACK (raw_incoming), raw_port);
  self->proxy = listen_for (self, G_CALLBACK (proxy_incoming), proxy_port);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("rig", run_listeners, self);
}

/* Starts everything; NULL when something for it is not installed (the test has been reported as
 * skipped). */
Rig *
rig_start (void)
{
  static const char *const tools[] = { "cupsd", "lpadmin", "ippeveprinter", "dbus-daemon",
                                       "rastertopwg" };
  g_autofree char *path = g_strconcat (g_getenv ("PATH"), ":/usr/sbin:/usr/lib/cups/filter", NULL);
  g_autofree char *uri = NULL;
  g_autofree char *owner = NULL;
  guint16          raw_port;
  Rig             *self;

  g_setenv ("PATH", path, TRUE);
  owner = g_strdup_printf ("%d", (int) getpid ());
  g_setenv ("RIG_OWNER", owner, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    if (!sample_have_tool (tools[i]))
      return NULL;
  self = g_new0 (Rig, 1);
  self->folder = wb_test_temp_folder ();
  start_listeners (self, &raw_port, &self->proxy_port);
  start_server (self);
  uri = g_strdup_printf ("socket://127.0.0.1:%u", raw_port);
  g_free (sample_run (
      (const char *const[]){ "lpadmin", "-p", RIG_RAW, "-E", "-v", uri, "-m", "raw", NULL }));
  set_printer_up (self);
  return self;
}

void
rig_stop (Rig *self)
{
  g_autofree char *run = script ("print-server");

  rig_stop_printer (self);
  g_free (sample_run ((const char *const[]){ run, "stop", self->folder, NULL }));
  /* Nobody accepts while it is stopped: GLib loses a source that is cancelled by one thread and let
   * go of by another. */
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_socket_service_stop (self->sink);
  g_socket_service_stop (self->proxy);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_object_unref (self->sink);
  g_object_unref (self->proxy);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_async_queue_unref (self->received);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->socket);
  g_free (self->address);
  g_free (self);
}

/* Switches the label printer off, or does nothing if it is. */
void
rig_stop_printer (Rig *self)
{
  g_autofree char *run = script ("ipp-printer");
  g_autofree char *folder = below (self, "printer");

  if (self->printer_runs)
    g_free (sample_run ((const char *const[]){ run, "stop", folder, NULL }));
  self->printer_runs = FALSE;
}

WbPrinter *
rig_printer (const char *queue, const char *media)
{
  WbPrinter *printer = wb_printer_new ();

  sample_set (printer, "document", WB_DOCUMENT_LABEL, "target_kind", WB_TARGET_QUEUE, "target",
              queue, "media", media, NULL);
  return printer;
}

/* Returns: what the raw printer got as its next job. */
GBytes *
rig_take_raw (Rig *self)
{
  GBytes *job = g_async_queue_timeout_pop (self->received, WAIT_S * G_USEC_PER_SEC);

  g_assert_nonnull (job);
  return job;
}

/* Returns: (transfer full): the file with what the label printer got as its next job; @asked: what
 * was asked of it. */
char *
rig_take_label (Rig *self, char **asked)
{
  g_autofree char   *name = g_strdup_printf ("printer/out/%u.asked", self->labels_taken);
  g_autofree char   *document = g_strdup_printf ("printer/out/%u.document", self->labels_taken++);
  g_autofree char   *path = below (self, name);
  gint64             end = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (5000);
    }
  g_file_get_contents (path, asked, NULL, &error);
  g_assert_no_error (error);
  return below (self, document);
}

/* What becomes of the next jobs: see tests/rig/print-job. */
void
rig_set_mood (Rig *self, const char *mood)
{
  g_autofree char   *path = below (self, "printer/mood");
  g_autoptr (GBytes) word = g_bytes_new (mood, strlen (mood));
  g_autoptr (GError) error = NULL;

  wb_file_write (path, word, 0644, &error);
  g_assert_no_error (error);
}

/* From now on the print server is reached through a proxy that breaks the connection once @after
 * bytes went to the server. */
void
rig_go_through (Rig *self, RigCut cut, gsize after)
{
  g_autofree char *server = g_strdup_printf ("127.0.0.1:%u", self->proxy_port);

  self->cut = cut;
  self->after = after;
  cupsSetServer (server);
}

void
rig_go_straight (Rig *self)
{
  cupsSetServer (self->socket);
}

/* Returns: how many jobs the print server ever took. */
guint
rig_count_jobs (void)
{
  g_autofree char *list = sample_run ((const char *const[]){ "lpstat", "-W", "all", "-o", NULL });
  g_auto (GStrv)   lines = g_strsplit (g_strstrip (list), "\n", -1);

  return *lines != NULL && **lines != '\0' ? g_strv_length (lines) : 0;
}

/* Returns: what the print server was asked for with the job, as text. */
char *
rig_asked (const char *job_id, const char *attribute)
{
  g_autofree char *uri = g_strconcat ("ipp://localhost/jobs/", job_id, NULL);
  ipp_t           *request = ippNewRequest (IPP_OP_GET_JOB_ATTRIBUTES), *answer;
  ipp_attribute_t *found;
  char             text[256] = "";

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", NULL, uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
  answer = cupsDoRequest (CUPS_HTTP_DEFAULT, request, "/");
  found = ippFindAttribute (answer, attribute, IPP_TAG_ZERO);
  if (found != NULL)
    ippAttributeString (found, text, sizeof text);
  ippDelete (answer);
  return g_strdup (text);
}

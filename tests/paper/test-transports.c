/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing without a print server: a printer that speaks IPP itself, a label printer's port 9100
 * that takes, breaks off, refuses or hangs up, and addresses that no label may be sent to. */
#include "label-samples.h"
#include "paper-samples.h"
#include "print-rig.h"
#include "raster.h"
#include "wb-file.h"
#include "wb-transport.h"

#include <string.h>
#include <sys/socket.h>

#define ZPL        "^XA^PW812^LL1218^FO40,40^BY3^BCN,160,Y,N,N^FDWB-1042-1^FS^XZ\n"
#define PATIENCE_S 60
#define BIG        (8 * 1024 * 1024) /* more than any socket's buffers hold */

static Rig *rig;

static gboolean
need_rig (void)
{
  if (rig == NULL)
    rig = rig_start ();
  return rig != NULL;
}

static GBytes *
zpl (void)
{
  return g_bytes_new_static (ZPL, strlen (ZPL));
}

static WbPrinter *
printer_at (const char *kind, const char *target, const char *format, const char *media)
{
  WbPrinter *printer = wb_printer_new ();

  sample_set (printer, "document", WB_DOCUMENT_LABEL, "target_kind", kind, "target", target,
              "format", format, "media", media, NULL);
  return printer;
}

/* A label printer's port 9100 of the test's own: reads @most bytes of a job (0: all) and then
 * closes, or breaks the connection. */
typedef struct
{
  GSocketListener *listener;
  GThread         *thread;
  GBytes          *got;
  gsize            most;
  gboolean         breaks;
  char            *target;
} Sink;

static gpointer
sink_run (gpointer user_data)
{
  Sink                         *self = user_data;
  g_autoptr (GSocketConnection) connection =
      g_socket_listener_accept (self->listener, NULL, NULL, NULL);
  GSocket      *socket = g_socket_connection_get_socket (connection);
  GByteArray   *job = g_byte_array_new ();
  char          buffer[4096];
  gssize        n;
  struct linger at_once = { 1, 0 };

  while ((self->most == 0 || job->len < self->most) &&
         (n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (job, (guint8 *) buffer, (guint) n);
  if (self->breaks)
    g_assert_cmpint (
        setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), ==,
        0);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  self->got = g_byte_array_free_to_bytes (job);
  return NULL;
}

static Sink *
sink_new (gsize most, gboolean breaks)
{
  Sink              *self = g_new0 (Sink, 1);
  g_autoptr (GError) error = NULL;
  guint16            port;

  self->listener = g_socket_listener_new ();
  port = g_socket_listener_add_any_inet_port (self->listener, NULL, &error);
  g_assert_no_error (error);
  self->target = g_strdup_printf ("127.0.0.1:%u", port);
  self->most = most;
  self->breaks = breaks;
  self->thread = g_thread_new ("sink", sink_run, self);
  return self;
}

/* Returns: (transfer full): what came. */
static GBytes *
sink_end (Sink *self)
{
  GBytes *got;

  g_thread_join (self->thread);
  got = self->got;
  g_object_unref (self->listener);
  g_free (self->target);
  g_free (self);
  return got;
}

static void
test_socket (void)
{
  Sink                 *sink = sink_new (0, FALSE);
  g_autoptr (WbPrinter) printer = printer_at (WB_TARGET_SOCKET, sink->target, WB_PRINT_ZPL, NULL);
  g_autoptr (GBytes)    label = zpl (), got = NULL;
  g_autoptr (GError)    error = NULL;
  g_auto (WbPrintStand) stand = { 0 };
  g_autofree char      *job_id = NULL, *none = NULL;

  g_assert_true (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Label 1", &job_id, NULL, &error));
  g_assert_no_error (error);
  got = sink_end (sink);
  g_assert_true (g_bytes_equal (got, label));
  g_assert_true (wb_print_follow (printer, job_id, 0, NULL, NULL, &stand, NULL, &error));
  g_assert_cmpint (stand.state, ==, WB_PRINT_COMPLETED);
  g_assert_nonnull (strstr (stand.sentence, "tells nothing more"));
  /* It cannot be asked: nobody claims to know. */
  g_assert_cmpint (wb_print_find (printer, "Label 1", 0, &none, NULL, &error), ==,
                   WB_PRINT_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
  g_clear_error (&error);
  g_assert_false (wb_print_cancel (printer, job_id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

static void
assert_fails (WbPrinter *printer, GBytes *document, const char *format, WbError code)
{
  g_autoptr (GError) error = NULL;
  char              *job_id = (char *) "untouched";

  g_assert_false (
      wb_print_submit (printer, document, format, NULL, "to fail", &job_id, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_ERROR, (int) code);
  g_assert_cmpstr (job_id, ==, "untouched");
}

/* Broken off half-way: nobody can say what is on paper; it must not be sent again unasked. */
static void
test_socket_broken (void)
{
  Sink                 *sink = sink_new (4096, TRUE);
  g_autoptr (WbPrinter) printer = printer_at (WB_TARGET_SOCKET, sink->target, WB_PRINT_ZPL, NULL);
  g_autofree char      *much = g_strnfill (BIG, 'x');
  g_autoptr (GBytes)    label = g_bytes_new_static (much, BIG), got = NULL;

  assert_fails (printer, label, WB_PRINT_ZPL, WB_ERROR_UNSURE);
  got = sink_end (sink);
  g_assert_cmpuint (g_bytes_get_size (got), <, BIG);
}

/* It took all of a small label and then broke the connection instead of closing it. */
static void
test_socket_reset (void)
{
  Sink                 *sink = sink_new (1, TRUE);
  g_autoptr (WbPrinter) printer = printer_at (WB_TARGET_SOCKET, sink->target, WB_PRINT_ZPL, NULL);
  g_autoptr (GBytes)    label = zpl (), got = NULL;

  assert_fails (printer, label, WB_PRINT_ZPL, WB_ERROR_UNSURE);
  got = sink_end (sink);
}

static void
test_socket_refused (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16                     port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char            *target = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (WbPrinter)       printer = printer_at (WB_TARGET_SOCKET, target, WB_PRINT_ZPL, NULL);
  g_autoptr (WbPrinter)       plain = printer_at (WB_TARGET_SOCKET, target, NULL, NULL);
  g_autoptr (WbPrinter)       odd = printer_at (WB_TARGET_SOCKET, "http://x/y", WB_PRINT_ZPL, NULL);
  g_autoptr (WbPrinter)       ipp = printer_at (WB_TARGET_IPP, "http://x/y", WB_PRINT_PDF, NULL);
  g_autoptr (WbPrinter)       kind = printer_at ("pigeon", "x", WB_PRINT_PDF, NULL);
  g_autoptr (GBytes)          label = zpl (), pdf = label_sample_pdf (101.6, 152.4);
  g_autoptr (GCancellable)    cancelled = g_cancellable_new ();
  g_autoptr (GError)          error = NULL;
  g_autofree char            *none = NULL;

  g_socket_listener_close (listener); /* nobody listens there now */
  assert_fails (printer, label, WB_PRINT_ZPL, WB_ERROR_UNAVAILABLE);
  assert_fails (plain, pdf, WB_PRINT_PDF, WB_ERROR_REFUSED); /* it would print PDF as text */
  assert_fails (odd, label, WB_PRINT_ZPL, WB_ERROR_INVALID);
  assert_fails (ipp, label, WB_PRINT_ZPL, WB_ERROR_INVALID);
  assert_fails (kind, label, WB_PRINT_ZPL, WB_ERROR_INVALID);
  g_cancellable_cancel (cancelled);
  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "late", &none, cancelled, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CANCELLED);
}

/* Labels carry customers' addresses: in the clear they stay in the house. */
static void
test_near (void)
{
  static const struct
  {
    const char *address;
    gboolean    near;
  } cases[] = {
    { "127.0.0.1", TRUE },   { "::1", TRUE },          { "10.1.2.3", TRUE },
    { "192.168.0.9", TRUE }, { "172.20.1.1", TRUE },   { "169.254.7.7", TRUE },
    { "fe80::1", TRUE },     { "fd12:3456::1", TRUE }, { "172.40.1.1", FALSE },
    { "8.8.8.8", FALSE },    { "2001:db8::1", FALSE }, { "11.0.0.1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (wb_transport_is_near (address), ==, cases[i].near);
    }
}

/* The printer itself by IPP: it says what it can, takes its raster, and remembers the job. */
static void
test_ipp (void)
{
  g_autoptr (WbPrinter) printer = NULL, pdf_printer = NULL;
  g_autoptr (GBytes)    label = label_sample_png (FALSE), pdf = label_sample_pdf (101.6, 152.4);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbQueue)   queue = NULL;
  g_autoptr (Raster)    dots = NULL, drawn = label_sample_dots ();
  g_autofree char      *job_id = NULL, *found = NULL, *asked = NULL, *path = NULL, *none = NULL;
  g_auto (WbPrintStand) stand = { 0 };

  if (!need_rig ())
    return;
  printer = printer_at (WB_TARGET_IPP, rig_ipp_address (rig), WB_PRINT_PWG, WB_MEDIA_4X6);
  pdf_printer = printer_at (WB_TARGET_IPP, rig_ipp_address (rig), WB_PRINT_PDF, WB_MEDIA_4X6);
  queue = wb_print_describe (printer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (queue->kind, ==, WB_QUEUE_DRIVERLESS);
  g_assert_cmpuint (queue->dpi, ==, 203);
  g_assert_true (g_strv_contains ((const char *const *) queue->media, WB_MEDIA_4X6));
  g_assert_true (g_strv_contains ((const char *const *) queue->formats, "image/pwg-raster"));
  g_assert_true (queue->accepting && !queue->stopped);

  assert_fails (pdf_printer, pdf, WB_PRINT_PDF, WB_ERROR_REFUSED); /* it takes raster only */
  g_assert_true (
      wb_print_submit (printer, label, WB_PRINT_PNG, NULL, "By itself", &job_id, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (wb_print_follow (printer, job_id, PATIENCE_S, NULL, NULL, &stand, NULL, &error));
  g_assert_cmpint (stand.state, ==, WB_PRINT_COMPLETED);
  path = rig_take_label (rig, &asked);
  g_assert_nonnull (strstr (asked, "CONTENT_TYPE=image/pwg-raster"));
  g_assert_nonnull (strstr (asked, "IPP_MEDIA=" WB_MEDIA_4X6));
  dots = raster_read (path);
  g_assert_cmpuint (dots->width, ==, LABEL_WIDTH);
  g_assert_cmpuint (dots->height, ==, LABEL_HEIGHT);
  g_assert_cmpfloat (raster_difference (dots, drawn), ==, 0);
  g_assert_cmpint (wb_print_find (printer, "By itself", 0, &found, NULL, NULL), ==, WB_PRINT_FOUND);
  g_assert_cmpstr (found, ==, job_id);
  g_assert_cmpint (wb_print_find (printer, "Never sent", 0, &none, NULL, NULL), ==,
                   WB_PRINT_NOT_THERE);
  /* It remembers nothing as old as an hour: it cannot know. */
  g_assert_cmpint (wb_print_find (printer, "Never sent", wb_now () - 3600, &none, NULL, &error), ==,
                   WB_PRINT_UNKNOWN);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
}

/* The printer could print on both; one lies in it. */
static void
test_ipp_media (void)
{
  g_autoptr (WbPrinter) a6 = NULL, odd = NULL;
  g_autoptr (GBytes)    label = label_sample_pdf (105, 148);
  g_autoptr (GError)    error = NULL;
  char                 *none = NULL;
  guint                 before;

  if (!need_rig ())
    return;
  a6 = printer_at (WB_TARGET_IPP, rig_ipp_address (rig), WB_PRINT_PWG, "iso_a6_105x148mm");
  odd = printer_at (WB_TARGET_IPP, rig_ipp_address (rig), WB_PRINT_PWG, "iso_a5_148x210mm");
  before = rig_count_printed (rig);
  g_assert_false (
      wb_print_submit (a6, label, WB_PRINT_PDF, NULL, "Wrong roll", &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "there is " WB_MEDIA_4X6 " in it now"));
  g_clear_error (&error);
  g_assert_false (
      wb_print_submit (odd, label, WB_PRINT_PDF, NULL, "No such roll", &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "has no paper of 148 × 210 mm"));
  g_assert_cmpint (wb_print_find (a6, "Wrong roll", 0, &none, NULL, NULL), !=, WB_PRINT_FOUND);
  g_assert_cmpuint (rig_count_printed (rig), ==, before);
}

/* Waiting for labels, taken back; and a printer that is switched off while its job is followed. */
static void
test_ipp_trouble (void)
{
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GBytes)    label = label_sample_png (FALSE);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *job_id = NULL, *second = NULL;
  g_auto (WbPrintStand) stand = { 0 }, last = { 0 }, off = { 0 };

  if (!need_rig ())
    return;
  printer = printer_at (WB_TARGET_IPP, rig_ipp_address (rig), WB_PRINT_PWG, WB_MEDIA_4X6);
  rig_set_mood (rig, "paper-out");
  g_assert_true (
      wb_print_submit (printer, label, WB_PRINT_PNG, NULL, "Waits", &job_id, NULL, &error));
  for (gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
       g_strcmp0 (stand.sentence, "The printer is out of paper or labels") != 0; g_usleep (20000))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      wb_print_stand_clear (&stand);
      g_assert_true (wb_print_follow (printer, job_id, 0, NULL, NULL, &stand, NULL, &error));
      g_assert_false (wb_print_state_is_final (stand.state));
    }
  g_assert_nonnull (strstr (stand.advice, "Put new ones in"));
  /* A second job behind it is taken back before it began. */
  if (wb_print_submit (printer, label, WB_PRINT_PNG, NULL, "Behind", &second, NULL, NULL))
    {
      g_assert_true (wb_print_cancel (printer, second, NULL, &error));
      g_assert_true (
          wb_print_follow (printer, second, PATIENCE_S, NULL, NULL, &last, NULL, &error));
      g_assert_cmpint (last.state, ==, WB_PRINT_CANCELLED);
    }
  rig_stop_printer (rig);
  g_assert_true (wb_print_follow (printer, job_id, 0, NULL, NULL, &off, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (off.state, ==, WB_PRINT_SILENT);
  g_assert_nonnull (strstr (off.advice, "Switch it on"));
  assert_fails (printer, label, WB_PRINT_PNG, WB_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transports/near", test_near);
  g_test_add_func ("/transports/socket", test_socket);
  g_test_add_func ("/transports/socket-broken-off", test_socket_broken);
  g_test_add_func ("/transports/socket-reset", test_socket_reset);
  g_test_add_func ("/transports/socket-refused", test_socket_refused);
  g_test_add_func ("/transports/ipp", test_ipp);
  g_test_add_func ("/transports/ipp-media", test_ipp_media);
  g_test_add_func ("/transports/ipp-trouble", test_ipp_trouble);
  result = g_test_run ();
  g_clear_pointer (&rig, rig_stop);
  return result;
}

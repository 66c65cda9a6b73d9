/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scale: a simulated device that shakes, moves, complains and is unplugged, and the rule that
 * lets people read a real one. */
#include "wb-error.h"
#include "wb-scale.h"
#include "wb-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  FAULT = 1,
  ZERO,
  MOTION,
  STABLE,
  UNDER,
  OVER,
  CALIBRATE,
  REZERO,
};

enum
{
  GRAM = 2,
  KILOGRAM = 3,
  OUNCE = 11,
  POUND = 12,
};

/* So many equal reports. */
typedef struct
{
  guint8 status, unit;
  gint8  exponent;
  guint  weight;
  guint  times;
} Step;

/* A device as the kernel gives it: one report a read. */
typedef struct
{
  const Step *steps; /* ended by one with times 0 */
  int         fd;
  guint       pause; /* µs between reports */
  gboolean    stays; /* keeps plugged in after the last */
  GThread    *thread;
} Device;

static gpointer
play (gpointer data)
{
  Device *self = data;

  for (const Step *step = self->steps; step->times > 0; step++)
    for (guint i = 0; i < step->times; i++)
      {
        guint8 report[] = { 3,
                            step->status,
                            step->unit,
                            (guint8) step->exponent,
                            (guint8) (step->weight & 0xff),
                            (guint8) (step->weight >> 8) };

        if (send (self->fd, report, sizeof report, MSG_NOSIGNAL) < 0)
          return NULL;
        g_usleep (self->pause);
      }
  if (!self->stays)
    shutdown (self->fd, SHUT_RDWR);
  return NULL;
}

static WbScale *
plug_in (Device *self, const Step *steps, gboolean stays)
{
  int fds[2];

  *self = (Device){ .steps = steps, .pause = 500, .stays = stays };
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), ==, 0);
  self->fd = fds[1];
  self->thread = g_thread_new ("scale", play, self);
  return wb_scale_new_for_fd (fds[0]);
}

static void
plug_out (Device *self)
{
  g_thread_join (self->thread);
  close (self->fd);
}

/* Returns: grammes, or 0 with @error. */
static gint64
weigh (const Step *steps, gboolean stays, guint patience, GError **error)
{
  Device              device;
  g_autoptr (WbScale) scale = plug_in (&device, steps, stays);
  gint64              grams = 0;

  wb_scale_set_patience (scale, patience);
  if (!wb_scale_read (scale, &grams, NULL, error))
    g_assert_cmpint (grams, ==, 0);
  g_clear_pointer (&scale, wb_scale_free);
  plug_out (&device);
  return grams;
}

static void
test_rests (void)
{
  /* Something is put down, it swings, and two readings that look stable are not the last. */
  static const Step jitter[] = {
    { ZERO, GRAM, 0, 0, 5 },      { MOTION, GRAM, 0, 310, 3 },
    { STABLE, GRAM, 0, 702, 2 },  { MOTION, GRAM, 0, 1400, 4 },
    { STABLE, GRAM, 0, 1233, 1 }, { STABLE, GRAM, 0, 1234, 3 },
    { STABLE, GRAM, 0, 1235, 2 }, { UNDER, GRAM, 0, 9, 1 },
    { STABLE, GRAM, 0, 1234, 9 }, { 0 },
  };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (weigh (jitter, TRUE, 10000, &error), ==, 1234);
  g_assert_no_error (error);
}

static void
test_units (void)
{
  static const struct
  {
    Step   step;
    gint64 grams;
  } cases[] = {
    { { STABLE, GRAM, 0, 65535, 9 }, 65535 },  { { STABLE, GRAM, -1, 12345, 9 }, 1235 },
    { { STABLE, GRAM, 1, 123, 9 }, 1230 },     { { STABLE, KILOGRAM, -3, 1234, 9 }, 1234 },
    { { STABLE, KILOGRAM, 0, 31, 9 }, 31000 }, { { STABLE, OUNCE, -1, 10, 9 }, 28 },
    { { STABLE, OUNCE, 0, 16, 9 }, 454 },      { { STABLE, POUND, -2, 1000, 9 }, 4536 },
    { { STABLE, POUND, 0, 70, 9 }, 31751 },    { { STABLE, GRAM, -2, 12, 9 }, 1 },
    { { STABLE, KILOGRAM, -9, 65535, 9 }, 1 }, { { STABLE, GRAM, 4, 99, 9 }, 990000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Step         steps[] = { cases[i].step, { 0 } };
      g_autoptr (GError) error = NULL;

      g_test_message ("%u × 10^%d of unit %u", cases[i].step.weight, cases[i].step.exponent,
                      cases[i].step.unit);
      g_assert_cmpint (weigh (steps, TRUE, 10000, &error), ==, cases[i].grams);
      g_assert_no_error (error);
    }
}

static void
test_complaints (void)
{
  static const struct
  {
    Step        step;
    WbError     code;
    const char *words;
  } cases[] = {
    { { FAULT, GRAM, 0, 0, 9 }, WB_ERROR_REFUSED, "fault" },
    { { UNDER, GRAM, 0, 40, 9 }, WB_ERROR_REFUSED, "less than nothing" },
    { { OVER, GRAM, 0, 12000, 9 }, WB_ERROR_REFUSED, "too heavy" },
    { { CALIBRATE, GRAM, 0, 0, 9 }, WB_ERROR_REFUSED, "calibrated" },
    { { REZERO, GRAM, 0, 0, 9 }, WB_ERROR_REFUSED, "lost its zero" },
    { { STABLE, 9, 0, 12, 9 }, WB_ERROR_INVALID, "unit 9" },
    { { STABLE, 200, 0, 12, 9 }, WB_ERROR_INVALID, "unit 200" },
    { { STABLE, KILOGRAM, 127, 12, 9 }, WB_ERROR_INVALID, "10^127" },
    { { STABLE, GRAM, -128, 12, 9 }, WB_ERROR_INVALID, "10^-128" },
    { { ZERO, GRAM, 0, 0, 9 }, WB_ERROR_UNAVAILABLE, "Nothing lies" },
    { { STABLE, GRAM, 0, 0, 9 }, WB_ERROR_UNAVAILABLE, "Nothing lies" },
    { { MOTION, GRAM, 0, 70, 9 }, WB_ERROR_UNAVAILABLE, "come to rest" },
    { { STABLE, GRAM, 0, 70, 2 }, WB_ERROR_UNAVAILABLE, "stay the same" },
    { { 9, GRAM, 0, 70, 9 }, WB_ERROR_UNAVAILABLE, "says nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Step         steps[] = { cases[i].step, { 0 } };
      gboolean           waits = cases[i].code == WB_ERROR_UNAVAILABLE;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (weigh (steps, TRUE, waits ? 600 : 10000, &error), ==, 0);
      g_assert_error (error, WB_ERROR, (int) cases[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_unplugged (void)
{
  static const Step   steps[] = { { MOTION, GRAM, 0, 500, 4 }, { STABLE, GRAM, 0, 501, 3 }, { 0 } };
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbScale) gone = wb_scale_new ("/dev/waybill-no-such-scale");
  gint64              grams = 7;

  g_assert_cmpint (weigh (steps, FALSE, 10000, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "unplugged"));
  g_clear_error (&error);
  g_assert_false (wb_scale_read (gone, &grams, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_assert_cmpint (grams, ==, 7);
}

/* What lay there for the order before is not weighed for this one. */
static void
test_again (void)
{
  static const Step steps[] = {
    { STABLE, GRAM, 0, 801, 9 }, { MOTION, GRAM, 0, 400, 2 },
    { STABLE, GRAM, 0, 799, 9 }, { ZERO, GRAM, 0, 0, 6 },
    { STABLE, GRAM, 0, 800, 6 }, { STABLE, GRAM, 0, 802, 9 },
    { STABLE, GRAM, 0, 830, 9 }, { 0 },
  };
  Device              device;
  g_autoptr (WbScale) scale = plug_in (&device, steps, FALSE);
  g_autoptr (GError)  error = NULL;
  gint64              grams = 0;

  wb_scale_set_last (scale, 800);
  g_assert_true (wb_scale_read (scale, &grams, NULL, &error));
  g_assert_cmpint (grams, ==, 800);
  g_assert_true (wb_scale_read (scale, &grams, NULL, &error));
  g_assert_cmpint (grams, ==, 830);
  g_assert_false (wb_scale_read (scale, &grams, NULL, &error));
  g_assert_cmpint (grams, ==, 830);
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  plug_out (&device);
}

static gpointer
cancel (gpointer cancellable)
{
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* A person takes the order off the table: nobody waits for the scale any more. */
static void
test_cancelled (void)
{
  static const Step        steps[] = { { ZERO, GRAM, 0, 0, 3 }, { 0 } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  Device                   device;
  g_autoptr (WbScale)      scale = plug_in (&device, steps, TRUE);
  GThread                 *thread = g_thread_new ("cancel", cancel, cancellable);
  gint64                   grams = 0, begun = g_get_monotonic_time ();

  g_assert_false (wb_scale_read (scale, &grams, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 10 * G_USEC_PER_SEC);
  g_thread_join (thread);
  plug_out (&device);
}

static gpointer
write_fifo (gpointer path)
{
  static const guint8 other[] = { 4, 1, 2, 3 }, report[] = { 3, STABLE, GRAM, 0, 0xd2, 0x04 };
  int                 fd = open (path, O_WRONLY | O_CLOEXEC); /* waits for the reader */

  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < 200; i++)
    {
      if ((i == 0 && write (fd, other, sizeof other) < 0) || write (fd, report, sizeof report) < 0)
        break;
      g_usleep (5000);
    }
  close (fd);
  return NULL;
}

/* By its path, as a real one; what is no weight is passed over. */
static void
test_path (void)
{
  g_autofree char    *folder = wb_test_temp_folder ();
  g_autofree char    *path = g_build_filename (folder, "hidraw", NULL);
  g_autoptr (WbScale) scale = wb_scale_new (path);
  g_autoptr (GError)  error = NULL;
  GThread            *thread;
  gint64              grams = 0;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  signal (SIGPIPE, SIG_IGN);
  thread = g_thread_new ("fifo", write_fifo, path);
  g_assert_true (wb_scale_read (scale, &grams, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (grams, ==, 1234);
  g_thread_join (thread);
  wb_test_remove_folder (folder);
}

/* ---- finding ---- */

/* A scale that tells its usage page first; one that tells it in its usage; a keyboard with 0x8d in
 * other places; one that breaks off. */
static const guint8 scale_page[] = { 0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01, 0x85, 0x03, 0xc0 },
                    scale_usage[] = { 0x0b, 0x20, 0x00, 0x8d, 0x00, 0xa1, 0x01, 0xc0 },
                    keyboard[] = { 0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x26, 0x05, 0x8d,
                                   0xfe, 0x02, 0x00, 0x05, 0x8d, 0x09, 0x8d, 0xc0 },
                    broken[] = { 0x05, 0x01, 0x06, 0x8d };

static void
add_device (const char *folder, const char *name, const guint8 *descriptor, gsize size)
{
  g_autofree char *device = g_build_filename (folder, name, "device", NULL);
  g_autofree char *path = g_build_filename (device, "report_descriptor", NULL);

  g_assert_cmpint (g_mkdir_with_parents (device, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) descriptor, (gssize) size, NULL));
}

static void
test_found (void)
{
  g_autofree char *folder = wb_test_temp_folder ();
  g_auto (GStrv)   none = wb_scale_find ("/dev/waybill-no-such-folder");
  g_auto (GStrv)   found = NULL;

  add_device (folder, "hidraw3", scale_page, sizeof scale_page);
  add_device (folder, "hidraw0", keyboard, sizeof keyboard);
  add_device (folder, "hidraw1", scale_usage, sizeof scale_usage);
  add_device (folder, "hidraw2", broken, sizeof broken);
  found = wb_scale_find (folder);
  g_assert_cmpuint (g_strv_length (found), ==, 2);
  g_assert_cmpstr (found[0], ==, "/dev/hidraw1");
  g_assert_cmpstr (found[1], ==, "/dev/hidraw3");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  wb_test_remove_folder (folder);
}

/* Runs the program of the installed rule as the system would. Returns: whether it takes the device.
 */
static gboolean
rule_takes (const char *folder, const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("WAYBILL_SOURCE"), "data", "60-waybill-scale.rules", NULL);
  g_autofree char    *rules = NULL, *device = g_build_filename (folder, name, NULL);
  g_autoptr (GString) command = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  g_auto (GStrv)      words = NULL;
  const char         *start;
  int                 status = -1;

  g_file_get_contents (path, &rules, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rules, "TAG+=\"uaccess\""));
  start = strstr (rules, "PROGRAM==\"");
  g_assert_nonnull (start);
  start += strlen ("PROGRAM==\"");
  g_string_append_len (command, start, strchr (start, '"') - start);
  g_string_replace (command, "%S%p", device, 0);
  g_shell_parse_argv (command->str, NULL, &words, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return g_spawn_check_wait_status (status, NULL);
}

static void
test_rule (void)
{
  g_autofree char *folder = wb_test_temp_folder ();

  if (!g_file_test ("/usr/bin/grep", G_FILE_TEST_IS_EXECUTABLE))
    {
      wb_test_skip ("grep is not where the rule looks for it");
      return;
    }
  add_device (folder, "hidraw0", keyboard, sizeof keyboard);
  add_device (folder, "hidraw3", scale_page, sizeof scale_page);
  g_assert_true (rule_takes (folder, "hidraw3"));
  g_assert_false (rule_takes (folder, "hidraw0"));
  wb_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/rests", test_rests);
  g_test_add_func ("/scale/units", test_units);
  g_test_add_func ("/scale/complaints", test_complaints);
  g_test_add_func ("/scale/unplugged", test_unplugged);
  g_test_add_func ("/scale/again", test_again);
  g_test_add_func ("/scale/cancelled", test_cancelled);
  g_test_add_func ("/scale/path", test_path);
  g_test_add_func ("/scale/found", test_found);
  g_test_add_func ("/scale/rule", test_rule);
  return g_test_run ();
}

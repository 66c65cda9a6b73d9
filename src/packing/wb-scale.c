/* SPDX-License-Identifier: GPL-3.0-or-later
 * A weighing scale at the USB port, by the HID Point of Sale usages (usage page 0x8D): its reports
 * come from a hidraw device.
 *
 * A report is: number 3, status, unit, exponent of ten (signed), weight (16 bits, low byte first).
 * A weight is believed when the scale itself calls it stable several times in a row. */
#include "wb-scale.h"

#include "wb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define USAGE_PAGE    0x8d
#define HIDRAW        "/sys/class/hidraw"
#define REPORT        3
#define REPORT_LENGTH 6
#define STEADY        4     /* equal reports in a row that are believed */
#define PATIENCE_MS   15000 /* how long a weight may take to rest */
#define NANO          G_GINT64_CONSTANT (1000000000)
#define MOST_GRAMS    G_GINT64_CONSTANT (1000000) /* more is no parcel */
#define SAME_GRAMS    2    /* no more than that: the same thing still lies there */
#define LEAST_TENTH   (-9) /* 10^9 · 10^9 fits into 64 bits */

typedef enum
{
  STATUS_NONE,
  STATUS_FAULT,
  STATUS_ZERO,
  STATUS_MOTION,
  STATUS_STABLE,
  STATUS_UNDER,
  STATUS_OVER,
  STATUS_CALIBRATE,
  STATUS_REZERO,
  N_STATUSES,
} Status;

/* What each of them means where it stays so. @final: waiting does not help. */
static const struct
{
  gboolean    final;
  const char *words;
} meanings[N_STATUSES] = {
  [STATUS_NONE] = { FALSE, N_ ("The scale says nothing. Is it switched on? The weight can be "
                               "typed") },
  [STATUS_FAULT] = { TRUE, N_ ("The scale reports a fault. Switch it off and on again; the weight "
                               "can be typed") },
  [STATUS_ZERO] = { FALSE, N_ ("Nothing lies on the scale") },
  [STATUS_MOTION] = { FALSE, N_ ("The weight does not come to rest. Does anything touch the "
                                 "parcel?") },
  [STATUS_STABLE] = { FALSE, N_ ("The weight does not stay the same. Does anything touch the "
                                 "parcel?") },
  [STATUS_UNDER] = { TRUE, N_ ("The scale shows less than nothing. Take everything off, set it to "
                               "zero and weigh again") },
  [STATUS_OVER] = { TRUE, N_ ("The parcel is too heavy for this scale. Weigh it elsewhere and type "
                              "the weight") },
  [STATUS_CALIBRATE] = { TRUE, N_ ("The scale must be calibrated before it weighs anything") },
  [STATUS_REZERO] = { TRUE, N_ ("The scale has lost its zero. Take everything off, set it to zero "
                                "and weigh again") },
};

/* Units by their numbers in a report, in millionths of a millionth of a kilogramme. */
static const gint64 units[] = {
  [1] = NANO / 1000,
  [2] = NANO,
  [3] = NANO * 1000,
  [11] = G_GINT64_CONSTANT (28349523125),
  [12] = G_GINT64_CONSTANT (453592370000),
};

/* @path: opened for each weighing, so that none is answered by what the scale said before; NULL:
 * @fd is read. */
struct _WbScale
{
  char  *path;
  int    fd;
  guint  patience;
  gint64 last; /* what lay there before, 0: nothing */
};

/* A report as it came. */
typedef struct
{
  Status status;
  guint8 unit;
  gint8  tenths; /* the exponent */
  guint  weight;
} Report;

/** wb_scale_new: Returns: (transfer full): the scale behind a hidraw device such as wb_scale_find()
 * gives; it is not opened before it is read. */
WbScale *
wb_scale_new (const char *path)
{
  WbScale *self = g_new0 (WbScale, 1);

  self->path = g_strdup (path);
  self->fd = -1;
  self->patience = PATIENCE_MS;
  return self;
}

/** wb_scale_new_for_fd: @fd: opened elsewhere, gives one report a read; it is closed with the
 * scale. Returns: (transfer full): the scale behind it. */
WbScale *
wb_scale_new_for_fd (int fd)
{
  WbScale *self = wb_scale_new (NULL);

  self->fd = fd;
  return self;
}

/** wb_scale_free: frees @self; %NULL is fine. */
void
wb_scale_free (WbScale *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/** wb_scale_set_patience: how long wb_scale_read() waits for a weight that rests. */
void
wb_scale_set_patience (WbScale *self, guint milliseconds)
{
  self->patience = milliseconds;
}

/** wb_scale_set_last: @grams: what lay on the scale before. It is not told again while it lies
 * there: first something else must, or nothing. 0: whatever lies there is told. */
void
wb_scale_set_last (WbScale *self, gint64 grams)
{
  self->last = grams;
}

/* ---- finding ---- */

/* Whether a report descriptor (HID 1.11, section 6.2.2) speaks of scales. */
static gboolean
is_scale (const guint8 *p, gsize n)
{
  static const guint8 sizes[] = { 0, 1, 2, 4 };

  for (gsize i = 0; i < n;)
    {
      gsize   size = sizes[p[i] & 3];
      guint32 value = 0;

      if (p[i] == 0xfe) /* a long item: nobody has defined any */
        {
          i += i + 1 < n ? 3 + (gsize) p[i + 1] : 3;
          continue;
        }
      if (i + 1 + size > n)
        return FALSE;
      for (gsize k = 0; k < size; k++)
        value |= (guint32) p[i + 1 + k] << (8 * k);
      if ((p[i] & 0xfc) == 0x04 && value == USAGE_PAGE)
        return TRUE;
      if ((p[i] & 0xfc) == 0x08 && size == 4 && value >> 16 == USAGE_PAGE)
        return TRUE;
      i += 1 + size;
    }
  return FALSE;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * wb_scale_find:
 * @folder: (nullable): where the system lists hidraw devices; %NULL: where it does
 *
 * Returns: (transfer full): the devices of all scales that are plugged in, such as “/dev/hidraw0”;
 * empty when there are none.
 */
char **
wb_scale_find (const char *folder)
{
  g_autoptr (GDir)      dir = g_dir_open (folder != NULL ? folder : HIDRAW, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char           *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder != NULL ? folder : HIDRAW, name, "device",
                                                "report_descriptor", NULL);
      g_autofree char *bytes = NULL;
      gsize            size = 0;

      if (g_file_get_contents (path, &bytes, &size, NULL) && is_scale ((guint8 *) bytes, size))
        g_ptr_array_add (found, g_strconcat ("/dev/", name, NULL));
    }
  g_ptr_array_sort (found, by_name);
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_steal (found, NULL);
}

/* ---- reading ---- */

static gboolean
unplugged (GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
               _ ("The scale was unplugged. Plug it in again, or type the weight"));
  return FALSE;
}

/* @fd: (out): the device, opened to be read without waiting. */
static gboolean
open_device (WbScale *self, int *fd, GError **error)
{
  *fd = self->path != NULL ? open (self->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : self->fd;
  if (*fd >= 0)
    return TRUE;
  if (errno == EACCES || errno == EPERM)
    g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                 _ ("The scale %s may not be read by you: install Waybill’s udev rule for scales "
                    "and plug it in again"),
                 self->path);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, _ ("The scale %s cannot be opened: %s"),
                 self->path, g_strerror (errno));
  return FALSE;
}

/* Waits for something to read. FALSE: @error, or without it the time is over. */
static gboolean
wait_for (int fd, gint64 until, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      GPollFD polled[2] = { { .fd = fd, .events = G_IO_IN }, { .fd = -1 } };
      gint64  left = (until - g_get_monotonic_time () + 999) / 1000;
      guint   n = g_cancellable_make_pollfd (cancellable, &polled[1]) ? 2 : 1;
      int     ready = left > 0 ? g_poll (polled, n, (int) left) : 0;
      int     failure = errno;

      if (n == 2)
        g_cancellable_release_fd (cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (ready == 0)
        return FALSE;
      if (ready > 0)
        return TRUE;
      if (failure != EINTR)
        return unplugged (error);
    }
}

/* The next report about weight; those about other things are passed over. */
static gboolean
next_report (int fd, gint64 until, Report *report, GCancellable *cancellable, GError **error)
{
  while (wait_for (fd, until, cancellable, error))
    {
      guint8  p[64];
      ssize_t n = read (fd, p, sizeof p);

      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        continue;
      if (n <= 0)
        return unplugged (error);
      if (n < REPORT_LENGTH || p[0] != REPORT || p[1] == STATUS_NONE || p[1] >= N_STATUSES)
        continue;
      *report = (Report){
        .status = p[1], .unit = p[2], .tenths = (gint8) p[3], .weight = p[4] | (guint) p[5] << 8
      };
      if (report->status == STATUS_STABLE && report->weight == 0)
        report->status = STATUS_ZERO;
      return TRUE;
    }
  return FALSE;
}

/* To whole grammes, half of one upwards. Returns: 0 with @error for a unit or size that is no
 * parcel's. */
static gint64
to_grams (const Report *report, GError **error)
{
  gint64 unit = report->unit < G_N_ELEMENTS (units) ? units[report->unit] : 0;
  gint64 value = report->weight * unit, whole = NANO;

  for (int i = 0; i < report->tenths && value <= MOST_GRAMS * NANO; i++)
    value *= 10;
  for (int i = 0; i > report->tenths && i > LEAST_TENTH; i--)
    whole *= 10;
  if (unit == 0 || report->tenths < LEAST_TENTH || value / whole > MOST_GRAMS)
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_INVALID,
          _ ("The scale weighs in a unit that Waybill does not know (unit %u, %u × 10^%d). "
             "Set it to grams or pounds"),
          report->unit, report->weight, report->tenths);
      return 0;
    }
  return value / whole + (value % whole >= whole - whole / 2 ? 1 : 0);
}

static gboolean
is_same (const Report *a, const Report *b)
{
  return a->status == b->status &&
         (a->status != STATUS_STABLE ||
          (a->unit == b->unit && a->tenths == b->tenths && a->weight == b->weight));
}

/* Whether a report that stays is an answer; nothing, or what lay there before, is none. */
static gboolean
answers (WbScale *self, const Report *report, gint64 *grams, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (report->status == STATUS_ZERO)
    self->last = 0;
  if (report->status != STATUS_STABLE)
    return FALSE;
  *grams = MAX (1, to_grams (report, &local));
  if (local == NULL)
    return self->last == 0 || ABS (*grams - self->last) > SAME_GRAMS;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Reads until a report stays that is an answer. FALSE: @error. */
static gboolean
settle (
    WbScale *self, int fd, gint64 until, gint64 *grams, GCancellable *cancellable, GError **error)
{
  Report             last = { .status = STATUS_NONE }, report;
  guint              run = 0;
  g_autoptr (GError) local = NULL;

  while (next_report (fd, until, &report, cancellable, &local))
    {
      run = is_same (&last, &report) ? run + 1 : 1;
      last = report;
      if (run < STEADY)
        continue;
      if (answers (self, &report, grams, &local))
        return TRUE;
      if (local != NULL || meanings[last.status].final)
        break;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, WB_ERROR,
                 meanings[last.status].final ? WB_ERROR_REFUSED : WB_ERROR_UNAVAILABLE, "%s",
                 _ (meanings[last.status].words));
  return FALSE;
}

/**
 * wb_scale_read:
 * @grams: (out): what lies on it, at least 1
 *
 * Waits until something lies on the scale and its weight rests. Blocks; call it from a thread of
 * its own. %WB_ERROR_REFUSED when the scale cannot weigh this (a fault, too heavy, below zero, no
 * calibration), %WB_ERROR_UNAVAILABLE when nothing came to rest in time or the scale is gone; both
 * say what to do. What it told is the new wb_scale_set_last().
 */
gboolean
wb_scale_read (WbScale *self, gint64 *grams, GCancellable *cancellable, GError **error)
{
  gint64   until = g_get_monotonic_time () + self->patience * G_GINT64_CONSTANT (1000), weight = 0;
  gboolean settled;
  int      fd;

  if (!open_device (self, &fd, error))
    return FALSE;
  settled = settle (self, fd, until, &weight, cancellable, error);
  if (self->path != NULL)
    close (fd);
  if (settled)
    *grams = self->last = weight;
  return settled;
}

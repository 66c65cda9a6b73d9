/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label given to the print server, against libcups' own way to do the same: find the queue, ask
 * what it can, make the job, send the document. The bytes and the queue are the same; a real print
 * server with a driverless 4 × 6 inch queue whose printer is out of labels keeps every job. */
#include "bench.h"
#include "label-samples.h"
#include "print-rig.h"
#include "wb-label-check.h"

#include <cups/cups.h>
#include <stdio.h>

typedef struct
{
  WbPrinter *printer;
  GBytes    *label;
  guint      n;
} Bench;

static void
ours (gpointer data)
{
  Bench             *bench = data;
  g_autofree char   *title = g_strdup_printf ("ours %u", bench->n++), *job = NULL;
  g_autoptr (GError) error = NULL;

  bench_start ();
  if (!wb_print_submit (bench->printer, bench->label, WB_PRINT_PDF, NULL, title, &job, NULL,
                        &error))
    g_error ("%s", error->message);
  bench_stop ();
}

static void
bare (gpointer data)
{
  Bench         *bench = data;
  gsize          size;
  const char    *bytes = g_bytes_get_data (bench->label, &size);
  cups_dest_t   *dest;
  cups_dinfo_t  *info;
  cups_option_t *options = NULL;
  http_t        *http;
  int            job = 0, n = 0;

  bench_start ();
  http =
      httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, 10000, NULL);
  dest = cupsGetNamedDest (http, RIG_LABEL, NULL);
  info = cupsCopyDestInfo (http, dest);
  n = cupsAddOption ("media", WB_MEDIA_4X6, n, &options);
  n = cupsAddOption ("print-scaling", "none", n, &options);
  n = cupsAddOption ("orientation-requested", "3", n, &options);
  if (cupsCreateDestJob (http, dest, info, &job, "bare", n, options) >
          IPP_STATUS_OK_EVENTS_COMPLETE ||
      cupsStartDestDocument (http, dest, info, job, "bare", "application/pdf", n, options, 1) !=
          HTTP_STATUS_CONTINUE ||
      cupsWriteRequestData (http, bytes, size) != HTTP_STATUS_CONTINUE ||
      cupsFinishDestDocument (http, dest, info) > IPP_STATUS_OK_EVENTS_COMPLETE)
    g_error ("%s", cupsLastErrorString ());
  bench_stop ();
  cupsFreeOptions (n, options);
  cupsFreeDestInfo (info);
  cupsFreeDests (1, dest);
  httpClose (http);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  Rig  *rig;

  g_test_init (&argc, &argv, NULL);
  rig = rig_start ();
  if (rig == NULL)
    return 0;
  bench.printer = rig_printer (RIG_LABEL, WB_MEDIA_4X6);
  bench.label = label_sample_pdf (101.6, 152.4);
  /* As when it is bought: there its pages are measured. */
  g_ptr_array_unref (wb_label_check (bench.label, WB_PRINT_PDF, NULL, NULL));
  rig_set_mood (rig, "paper-out"); /* jobs wait: nothing else is measured */
  bench_compare (&(BenchCase){ .name = "a label given to the print server",
                               .ours = ours,
                               .bare = bare,
                               .data = &bench,
                               .units = 1,
                               .unit = "label",
                               .target = 1.2,
                               .runs = 15 });
  g_bytes_unref (bench.label);
  g_object_unref (bench.printer);
  rig_stop (rig);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The print server's queue. */
#include "wb-cups.h"

#define DEVICE_PATIENCE_S 1

static gboolean
cups_check (const char *target, GError **error)
{
  if (strpbrk (target, "/#?\\\" ") == NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "printer.target: “%s” is no name of a print queue", target);
  return FALSE;
}

static gpointer
cups_open (WbPrinter *printer, GCancellable *cancellable, GError **error)
{
  return wb_cups_open (wb_record_get_text (printer, WB_PRINTER_TARGET), cancellable, error);
}

static void
cups_close (gpointer link)
{
  wb_ipp_link_free (link);
}

/* The print server knows what a queue's printer could print on, not what lies in it. Where there is
 * a choice, the printer itself is asked; one that does not answer at once keeps nobody waiting, as
 * its queue will wait for it. */
static void
ask_what_lies_in (WbQueue *queue)
{
  g_autoptr (WbIppLink) link = NULL;

  if (queue->kind != WB_QUEUE_DRIVERLESS || queue->ready[0] != NULL || queue->device == NULL ||
      g_strv_length (queue->media) < 2 || !g_str_has_prefix (queue->device, "ipp"))
    return;
  link = wb_ipp_open (queue->device, DEVICE_PATIENCE_S, NULL, NULL);
  if (link == NULL)
    return;
  g_strfreev (queue->ready);
  queue->ready = wb_ipp_ready_media (link);
}

static WbQueue *
cups_describe (gpointer link, GError **error)
{
  WbQueue *queue = wb_ipp_describe (link, error);

  if (queue != NULL)
    ask_what_lies_in (queue);
  return queue;
}

const WbTransport wb_transport_cups = { WB_TARGET_QUEUE, cups_check,    cups_open,
                                        cups_close,      cups_describe, wb_ipp_submit,
                                        wb_ipp_find,     wb_ipp_look,   wb_ipp_cancel };

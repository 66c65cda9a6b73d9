/* SPDX-License-Identifier: GPL-3.0-or-later
 * The print server's queues: what kind they are, what they can print on, whether they work. */
#include "wb-cups.h"
#include "wb-text.h"

#include <string.h>

static const char *const queue_attributes[] = { "printer-name",
                                                "printer-info",
                                                "printer-make-and-model",
                                                "printer-state",
                                                "printer-state-message",
                                                "printer-state-reasons",
                                                "printer-is-accepting-jobs",
                                                "printer-resolution-default",
                                                "document-format-supported",
                                                "media-supported",
                                                "media-default",
                                                "media-ready",
                                                "device-uri",
                                                NULL };

/** wb_queue_free: frees @queue with all it holds. */
void
wb_queue_free (WbQueue *queue)
{
  g_free (queue->name);
  g_free (queue->info);
  g_free (queue->message);
  g_free (queue->trouble);
  g_strfreev (queue->media);
  g_free (queue->media_default);
  g_strfreev (queue->ready);
  g_strfreev (queue->formats);
  g_free (queue->device);
  g_free (queue);
}

/* cupsd's own words for a queue without a driver, and what it calls the drivers it makes from the
 * printer's answers. */
static WbQueueKind
kind_of (const char *make)
{
  if (make == NULL || g_str_equal (make, "Local Raw Printer") ||
      g_str_equal (make, "Remote Printer"))
    return WB_QUEUE_RAW;
  if (strstr (make, "IPP Everywhere") != NULL || strstr (make, "driverless") != NULL ||
      strstr (make, "AirPrint") != NULL)
    return WB_QUEUE_DRIVERLESS;
  return WB_QUEUE_DRIVER;
}

static void
take_name (WbQueue *queue, ipp_attribute_t *attribute)
{
  wb_set_str (&queue->name, ippGetString (attribute, 0, NULL));
}

static void
take_info (WbQueue *queue, ipp_attribute_t *attribute)
{
  const char *text = ippGetString (attribute, 0, NULL);

  if (!wb_text_is_empty (text))
    wb_set_str (&queue->info, text);
}

static void
take_kind (WbQueue *queue, ipp_attribute_t *attribute)
{
  queue->kind = kind_of (ippGetString (attribute, 0, NULL));
}

static void
take_state (WbQueue *queue, ipp_attribute_t *attribute)
{
  queue->stopped = ippGetInteger (attribute, 0) == IPP_PSTATE_STOPPED;
}

static void
take_accepting (WbQueue *queue, ipp_attribute_t *attribute)
{
  queue->accepting = ippGetBoolean (attribute, 0);
}

static void
take_message (WbQueue *queue, ipp_attribute_t *attribute)
{
  const char *text = ippGetString (attribute, 0, NULL);

  if (!wb_text_is_empty (text))
    wb_set_str (&queue->message, text);
}

static void
take_reasons (WbQueue *queue, ipp_attribute_t *attribute)
{
  g_free (queue->trouble);
  queue->trouble = wb_ipp_trouble (attribute);
}

static void
take_media_default (WbQueue *queue, ipp_attribute_t *attribute)
{
  const char *text = ippGetString (attribute, 0, NULL);

  if (g_strcmp0 (text, "unknown") != 0)
    wb_set_str (&queue->media_default, text);
}

static void
take_texts (char ***into, ipp_attribute_t *attribute)
{
  g_strfreev (*into);
  *into = wb_ipp_texts (attribute);
}

static void
take_media (WbQueue *queue, ipp_attribute_t *attribute)
{
  take_texts (&queue->media, attribute);
}

static void
take_ready (WbQueue *queue, ipp_attribute_t *attribute)
{
  take_texts (&queue->ready, attribute);
}

static void
take_formats (WbQueue *queue, ipp_attribute_t *attribute)
{
  take_texts (&queue->formats, attribute);
}

static void
take_resolution (WbQueue *queue, ipp_attribute_t *attribute)
{
  ipp_res_t unit = IPP_RES_PER_INCH;
  int       down = 0, across = ippGetResolution (attribute, 0, &down, &unit);

  if (across > 0)
    queue->dpi = (guint) (unit == IPP_RES_PER_CM ? (across * 254 + 50) / 100 : across);
}

static void
take_device (WbQueue *queue, ipp_attribute_t *attribute)
{
  wb_set_str (&queue->device, ippGetString (attribute, 0, NULL));
}

static const struct
{
  const char *name;
  void (*take) (WbQueue *queue, ipp_attribute_t *attribute);
} takers[] = {
  { "printer-name", take_name },
  { "printer-info", take_info },
  { "printer-make-and-model", take_kind },
  { "printer-state", take_state },
  { "printer-is-accepting-jobs", take_accepting },
  { "printer-state-message", take_message },
  { "printer-state-reasons", take_reasons },
  { "printer-resolution-default", take_resolution },
  { "document-format-supported", take_formats },
  { "media-default", take_media_default },
  { "media-supported", take_media },
  { "media-ready", take_ready },
  { "device-uri", take_device },
};

static void
read_attribute (WbQueue *queue, ipp_attribute_t *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (takers); i++)
    if (g_str_equal (takers[i].name, ippGetName (attribute)))
      takers[i].take (queue, attribute);
}

/* Reads the next queue of @answer from @at on, which moves behind it. Returns: (transfer full)
 * (nullable): %NULL after the last. */
static WbQueue *
read_next (WbIpp *answer, ipp_attribute_t **at)
{
  g_autoptr (WbQueue) queue = g_new0 (WbQueue, 1);

  queue->media = g_new0 (char *, 1);
  queue->ready = g_new0 (char *, 1);
  queue->formats = g_new0 (char *, 1);
  queue->accepting = TRUE;
  while (*at != NULL && ippGetGroupTag (*at) != IPP_TAG_PRINTER)
    *at = ippNextAttribute (answer);
  /* An attribute without a name parts one queue from the next. */
  for (; *at != NULL && ippGetName (*at) != NULL && ippGetGroupTag (*at) == IPP_TAG_PRINTER;
       *at = ippNextAttribute (answer))
    read_attribute (queue, *at);
  if (queue->name == NULL)
    return NULL;
  if (queue->info == NULL)
    queue->info = g_strdup (queue->name);
  return g_steal_pointer (&queue);
}

/**
 * wb_ipp_describe:
 * Returns: (transfer full): what the link's queue or printer says of itself. Fails with
 * %WB_ERROR_NOT_FOUND, %WB_ERROR_UNAVAILABLE.
 */
WbQueue *
wb_ipp_describe (gpointer link, GError **error)
{
  WbIppLink          *self = link;
  WbIpp              *request = wb_ipp_request (self, IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (WbIpp)   answer = NULL;
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbQueue) queue = NULL;
  ipp_attribute_t    *at;

  wb_ipp_want (request, queue_attributes);
  answer = wb_ipp_ask (self, request, &local);
  if (answer == NULL && wb_error_code (local) != WB_ERROR_NOT_FOUND)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  at = answer != NULL ? ippFirstAttribute (answer) : NULL;
  queue = at != NULL ? read_next (answer, &at) : NULL;
  if (queue == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "There is no print queue “%s”", self->name);
      return NULL;
    }
  if (!self->server) /* a printer that speaks IPP itself is no queue without a driver */
    {
      queue->kind = WB_QUEUE_DRIVERLESS;
      wb_set_str (&queue->name, self->name);
    }
  return g_steal_pointer (&queue);
}

/** wb_ipp_ready_media: Returns: (transfer full): what lies in the link's printer, as far as it says
 * so; empty otherwise. */
char **
wb_ipp_ready_media (WbIppLink *link)
{
  static const char *const wanted[] = { "media-ready", NULL };
  WbIpp                   *request = wb_ipp_request (link, IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (WbIpp)        answer = NULL;
  ipp_attribute_t         *ready;

  wb_ipp_want (request, wanted);
  answer = wb_ipp_ask (link, request, NULL);
  ready = answer != NULL ? ippFindAttribute (answer, "media-ready", IPP_TAG_ZERO) : NULL;
  return ready != NULL ? wb_ipp_texts (ready) : g_new0 (char *, 1);
}

/**
 * wb_print_list_queues:
 * Returns: (transfer full) (element-type WbQueue): the print server's queues, by name; empty when
 * it has none. Fails with %WB_ERROR_UNAVAILABLE when there is no print server.
 */
GPtrArray *
wb_print_list_queues (GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) queues = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_queue_free);
  g_autoptr (WbIppLink) link = wb_cups_open (NULL, cancellable, error);
  g_autoptr (WbIpp)     answer = NULL;
  g_autoptr (GError)    local = NULL;
  WbIpp                *request;
  WbQueue              *queue;

  if (link == NULL)
    return NULL;
  request = wb_ipp_request (link, IPP_OP_CUPS_GET_PRINTERS);
  wb_ipp_want (request, queue_attributes);
  answer = wb_ipp_ask (link, request, &local);
  if (answer == NULL && wb_error_code (local) != WB_ERROR_NOT_FOUND)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (ipp_attribute_t *at = answer != NULL ? ippFirstAttribute (answer) : NULL; at != NULL;)
    if ((queue = read_next (answer, &at)) != NULL)
      g_ptr_array_add (queues, queue);
  return g_steal_pointer (&queues);
}

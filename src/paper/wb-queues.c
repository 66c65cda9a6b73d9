/* SPDX-License-Identifier: GPL-3.0-or-later
 * The print server's queues: what kind they are, what they can print on, whether they work. */
#include "wb-cups.h"
#include "wb-text.h"

#include <string.h>

static const char *const queue_attributes[] = {
  "printer-name",           "printer-info",
  "printer-make-and-model", "printer-state",
  "printer-state-message",  "printer-is-accepting-jobs",
  "printer-state-reasons",  "media-supported",
  "media-default",          NULL
};

/** wb_queue_free: frees @queue with all it holds. */
void
wb_queue_free (WbQueue *queue)
{
  g_free (queue->name);
  g_free (queue->info);
  g_free (queue->message);
  g_strfreev (queue->media);
  g_free (queue->media_default);
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

/* Takes one attribute of a queue. @make stays the answer's. */
static void
read_attribute (WbQueue *queue, ipp_attribute_t *attribute, const char **make)
{
  const char *name = ippGetName (attribute), *text = ippGetString (attribute, 0, NULL);

  if (g_str_equal (name, "printer-name"))
    wb_set_str (&queue->name, text);
  else if (g_str_equal (name, "printer-info") && text != NULL && *text != '\0')
    wb_set_str (&queue->info, text);
  else if (g_str_equal (name, "printer-make-and-model"))
    *make = text;
  else if (g_str_equal (name, "printer-state"))
    queue->stopped = ippGetInteger (attribute, 0) == IPP_PSTATE_STOPPED;
  else if (g_str_equal (name, "printer-is-accepting-jobs"))
    queue->accepting = ippGetBoolean (attribute, 0);
  else if (g_str_equal (name, "printer-state-message") && text != NULL && *text != '\0')
    wb_set_str (&queue->message, text);
  else if (g_str_equal (name, "media-default") && text != NULL && !g_str_equal (text, "unknown"))
    wb_set_str (&queue->media_default, text);
  else if (g_str_equal (name, "media-supported"))
    {
      g_strfreev (queue->media);
      queue->media = wb_ipp_texts (attribute);
    }
}

/* Reads the next queue of @answer from @at on, which moves behind it. Returns: (transfer full)
 * (nullable): %NULL after the last. */
static WbQueue *
read_next (WbIpp *answer, ipp_attribute_t **at)
{
  g_autoptr (WbQueue) queue = g_new0 (WbQueue, 1);
  const char         *make = NULL;

  queue->media = g_new0 (char *, 1);
  queue->accepting = TRUE;
  while (*at != NULL && ippGetGroupTag (*at) != IPP_TAG_PRINTER)
    *at = ippNextAttribute (answer);
  /* An attribute without a name parts one queue from the next. */
  for (; *at != NULL && ippGetName (*at) != NULL && ippGetGroupTag (*at) == IPP_TAG_PRINTER;
       *at = ippNextAttribute (answer))
    read_attribute (queue, *at, &make);
  queue->kind = kind_of (make);
  if (queue->name == NULL)
    return NULL;
  if (queue->info == NULL)
    queue->info = g_strdup (queue->name);
  return g_steal_pointer (&queue);
}

/**
 * wb_cups_find_queue:
 * Returns: (transfer full): the queue called @name. Fails with %WB_ERROR_NOT_FOUND,
 * %WB_ERROR_UNAVAILABLE.
 */
WbQueue *
wb_cups_find_queue (WbCups *cups, const char *name, GError **error)
{
  WbIpp             *request = wb_cups_request (IPP_OP_GET_PRINTER_ATTRIBUTES, name);
  g_autoptr (WbIpp)  answer = NULL;
  g_autoptr (GError) local = NULL;
  ipp_attribute_t   *at;
  WbQueue           *queue;

  wb_cups_want (request, queue_attributes);
  answer = wb_cups_ask (cups, request, &local);
  if (answer == NULL && wb_error_code (local) != WB_ERROR_NOT_FOUND)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  at = answer != NULL ? ippFirstAttribute (answer) : NULL;
  queue = at != NULL ? read_next (answer, &at) : NULL;
  if (queue == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "There is no print queue “%s”", name);
  return queue;
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
  g_autoptr (WbCups)    cups = wb_cups_connect (cancellable, error);
  g_autoptr (WbIpp)     answer = NULL;
  g_autoptr (GError)    local = NULL;
  WbIpp                *request;
  WbQueue              *queue;

  if (cups == NULL)
    return NULL;
  request = wb_cups_request (IPP_OP_CUPS_GET_PRINTERS, NULL);
  wb_cups_want (request, queue_attributes);
  answer = wb_cups_ask (cups, request, &local);
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

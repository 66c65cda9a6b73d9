/* SPDX-License-Identifier: GPL-3.0-or-later
 * Talking IPP to the print server: one connection, requests, errors in our words. */
#include "wb-cups.h"

#define CONNECT_TIMEOUT_MS 10000
#define ANSWER_TIMEOUT_S   30

/* What the answer tells the caller to do; any other error is a refusal. */
static const struct
{
  ipp_status_t status;
  WbError      code;
} codes[] = {
  { IPP_STATUS_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND },
  { IPP_STATUS_ERROR_FORBIDDEN, WB_ERROR_AUTH },
  { IPP_STATUS_ERROR_NOT_AUTHENTICATED, WB_ERROR_AUTH },
  { IPP_STATUS_ERROR_NOT_AUTHORIZED, WB_ERROR_AUTH },
  { IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED, WB_ERROR_AUTH },
  { IPP_STATUS_ERROR_SERVICE_UNAVAILABLE, WB_ERROR_UNAVAILABLE },
  { IPP_STATUS_ERROR_TEMPORARY, WB_ERROR_UNAVAILABLE },
  { IPP_STATUS_ERROR_BUSY, WB_ERROR_UNAVAILABLE },
  { IPP_STATUS_ERROR_DEVICE, WB_ERROR_UNAVAILABLE },
  { IPP_STATUS_ERROR_TIMEOUT, WB_ERROR_UNAVAILABLE },
};

/* Never asks on a terminal: a program in the background has none. */
static const char *
no_password (
    const char *prompt, http_t *http, const char *method, const char *resource, void *user_data)
{
  return NULL;
}

static int
give_up (http_t *http, void *user_data)
{
  return 0;
}

/**
 * wb_cups_connect:
 * Returns: (transfer full): a connection to the print server that CUPS_SERVER or the system's
 * settings name. Fails with %WB_ERROR_UNAVAILABLE.
 */
WbCups *
wb_cups_connect (GCancellable *cancellable, GError **error)
{
  WbCups *cups;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "Printing was cancelled");
      return NULL;
    }
  cupsSetPasswordCB2 (no_password, NULL);
  cups = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1,
                       CONNECT_TIMEOUT_MS, NULL);
  if (cups == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                   "The print server %s cannot be reached: %s", cupsServer (),
                   cupsLastErrorString ());
      return NULL;
    }
  httpSetTimeout (cups, ANSWER_TIMEOUT_S, give_up, NULL);
  return cups;
}

/**
 * wb_cups_request:
 * @queue: (nullable): the queue it is about
 *
 * Returns: (transfer full): a request with what every request needs.
 */
WbIpp *
wb_cups_request (ipp_op_t operation, const char *queue)
{
  WbIpp *request = ippNewRequest (operation);

  if (queue != NULL)
    {
      char uri[HTTP_MAX_URI];

      httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0,
                        "/printers/%s", queue);
      ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
    }
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
  return request;
}

/** wb_cups_want: says which attributes the answer to @request is to have. */
void
wb_cups_want (WbIpp *request, const char *const *attributes)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 (int) g_strv_length ((char **) attributes), NULL, attributes);
}

/** wb_cups_check_status: whether @status is a success; @message is the server's own word. */
gboolean
wb_cups_check_status (ipp_status_t status, const char *message, GError **error)
{
  WbError code = WB_ERROR_REFUSED;

  if (status >= IPP_STATUS_OK && status <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].status == status)
      code = codes[i].code;
  g_set_error (error, WB_ERROR, code, "The print server says: %s (%s)",
               message != NULL ? message : "no", ippErrorString (status));
  return FALSE;
}

/**
 * wb_cups_ask:
 * @request: (transfer full)
 *
 * For requests that change nothing. Returns: (transfer full): the answer. Fails with
 * %WB_ERROR_UNAVAILABLE when none came, otherwise as wb_cups_check_status().
 */
WbIpp *
wb_cups_ask (WbCups *cups, WbIpp *request, GError **error)
{
  g_autoptr (WbIpp) answer = cupsDoRequest (cups, request, "/");

  if (answer == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "The print server gave no answer: %s",
                   cupsLastErrorString ());
      return NULL;
    }
  if (!wb_cups_check_status (ippGetStatusCode (answer), cupsLastErrorString (), error))
    return NULL;
  return g_steal_pointer (&answer);
}

/** wb_ipp_text: Returns: (transfer none) (nullable): the first value of a text, name, keyword or
 * URI; %NULL for none or an empty one. */
const char *
wb_ipp_text (WbIpp *answer, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);
  const char      *text = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

/** wb_ipp_number: Returns: the first value of an integer, enum or boolean; @otherwise when there is
 * none. */
int
wb_ipp_number (WbIpp *answer, const char *name, int otherwise)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);

  if (attribute == NULL)
    return otherwise;
  switch (ippGetValueTag (attribute))
    {
    case IPP_TAG_INTEGER:
    case IPP_TAG_ENUM:
      return ippGetInteger (attribute, 0);
    case IPP_TAG_BOOLEAN:
      return ippGetBoolean (attribute, 0);
    default:
      return otherwise;
    }
}

/** wb_ipp_texts: Returns: (transfer full): all values of @attribute that are texts. */
char **
wb_ipp_texts (ipp_attribute_t *attribute)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (int i = 0; i < ippGetCount (attribute); i++)
    {
      const char *text = ippGetString (attribute, i, NULL);

      if (text != NULL)
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

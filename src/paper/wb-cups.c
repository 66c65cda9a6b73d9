/* SPDX-License-Identifier: GPL-3.0-or-later
 * Talking IPP, to the print server's queues or to a printer itself: one link, requests, errors in
 * our words. */
#include "wb-cups.h"

#include <glib/gi18n-lib.h>

#define CONNECT_TIMEOUT_MS 10000

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

/** wb_ipp_limit: no answer on @http is waited for beyond @patience_s, and nobody is asked for a
 * password. */
void
wb_ipp_limit (WbCups *http, guint patience_s)
{
  httpSetTimeout (http, patience_s, give_up, NULL);
  cupsSetPasswordCB2 (no_password, NULL);
}

/** wb_ipp_link_free: frees @link and ends its connection. */
void
wb_ipp_link_free (WbIppLink *link)
{
  g_clear_pointer (&link->http, httpClose);
  g_free (link->uri);
  g_free (link->ask_path);
  g_free (link->print_path);
  g_free (link->name);
  g_free (link);
}

/**
 * wb_cups_open:
 * @queue: (nullable): the queue it is about
 *
 * Returns: (transfer full): a link to the print server that CUPS_SERVER or the system's settings
 * name. Fails with %WB_ERROR_UNAVAILABLE.
 */
WbIppLink *
wb_cups_open (const char *queue, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbIppLink) link = g_new0 (WbIppLink, 1);
  char                  uri[HTTP_MAX_URI];

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "Printing was cancelled");
      return NULL;
    }
  link->http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1,
                             CONNECT_TIMEOUT_MS, NULL);
  if (link->http == NULL)
    {
      g_autofree char *sentence =
          /* Translators: the print server’s address */
          g_strdup_printf (_ ("The print server %s cannot be reached"), cupsServer ());

      wb_ipp_set_error (error, WB_ERROR_UNAVAILABLE, sentence, cupsLastErrorString ());
      return NULL;
    }
  wb_ipp_limit (link->http, WB_IPP_PATIENCE_S);
  link->who = "The print server";
  link->server = TRUE;
  link->ask_path = g_strdup ("/");
  if (queue == NULL)
    return g_steal_pointer (&link);
  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0,
                    "/printers/%s", queue);
  link->uri = g_strdup (uri);
  link->print_path = g_strconcat ("/printers/", queue, NULL);
  link->name = g_strdup (queue);
  return g_steal_pointer (&link);
}

/** wb_ipp_request: Returns: (transfer full): a request about the link's printer with what every
 * request needs. */
WbIpp *
wb_ipp_request (WbIppLink *link, ipp_op_t operation)
{
  WbIpp *request = ippNewRequest (operation);

  if (link->uri != NULL)
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, link->uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
  return request;
}

/** wb_ipp_want: says which attributes the answer to @request is to have. */
void
wb_ipp_want (WbIpp *request, const char *const *attributes)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 (int) g_strv_length ((char **) attributes), NULL, attributes);
}

/** wb_ipp_set_error: @sentence: ours, translated, without its full stop; @word: (nullable): the
 * other side's own, which stands behind it for the small print: in its language, not in ours. */
void
wb_ipp_set_error (GError **error, WbError code, const char *sentence, const char *word)
{
  if (word == NULL || *word == '\0')
    g_set_error_literal (error, WB_ERROR, code, sentence);
  else
    g_set_error (error, WB_ERROR, code, "%s (" WB_IPP_WORD "%s)", sentence, word);
}

/* What an answer of this kind means. */
static const char *
said (WbIppLink *link, WbError code)
{
  static const struct
  {
    WbError     code;
    const char *server, *printer;
  } sayings[] = {
    { WB_ERROR_NOT_FOUND, N_ ("The print server knows no such queue or job"),
      N_ ("The printer knows no such job") },
    { WB_ERROR_AUTH, N_ ("The print server does not let this user do that"),
      N_ ("The printer does not let this user do that") },
    { WB_ERROR_UNAVAILABLE, N_ ("The print server cannot do that at present"),
      N_ ("The printer cannot do that at present") },
    { WB_ERROR_REFUSED, N_ ("The print server refused it"), N_ ("The printer refused it") },
  };
  guint at = 0;

  while (at + 1 < G_N_ELEMENTS (sayings) && sayings[at].code != code)
    at++;
  return link->server ? _ (sayings[at].server) : _ (sayings[at].printer);
}

/** wb_ipp_check_status: whether @status is a success; @message is the other side's own word. */
gboolean
wb_ipp_check_status (WbIppLink *link, ipp_status_t status, const char *message, GError **error)
{
  WbError code = WB_ERROR_REFUSED;

  if (status >= IPP_STATUS_OK && status <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].status == status)
      code = codes[i].code;
  wb_ipp_set_error (error, code, said (link, code),
                    message != NULL ? message : ippErrorString (status));
  return FALSE;
}

/**
 * wb_ipp_ask:
 * @request: (transfer full)
 *
 * For requests that bring nothing onto paper. Returns: (transfer full): the answer. Fails with
 * %WB_ERROR_UNAVAILABLE when none came, otherwise as wb_ipp_check_status().
 */
WbIpp *
wb_ipp_ask (WbIppLink *link, WbIpp *request, GError **error)
{
  g_autoptr (WbIpp) answer = cupsDoRequest (link->http, request, link->ask_path);

  if (answer == NULL)
    {
      wb_ipp_set_error (error, WB_ERROR_UNAVAILABLE,
                        link->server ? _ ("The print server gave no answer")
                                     : _ ("The printer gave no answer"),
                        cupsLastErrorString ());
      return NULL;
    }
  if (!wb_ipp_check_status (link, ippGetStatusCode (answer), cupsLastErrorString (), error))
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A printer that speaks IPP itself, with no print server in between: ipp://HOST[:PORT]/PATH in the
 * house's own network, ipps:// anywhere. */
#include "wb-cups.h"

#include <glib/gi18n-lib.h>

#define CONNECT_PATIENCE_S 10
#define IPP_PORT           631

typedef struct
{
  char scheme[32], user[HTTP_MAX_VALUE], host[HTTP_MAX_HOST], path[HTTP_MAX_URI];
  int  port;
} Address;

static gboolean
parse (const char *target, Address *address, GError **error)
{
  http_uri_status_t status =
      httpSeparateURI (HTTP_URI_CODING_ALL, target, address->scheme, sizeof address->scheme,
                       address->user, sizeof address->user, address->host, sizeof address->host,
                       &address->port, address->path, sizeof address->path);

  if (status == HTTP_URI_STATUS_OK && *address->host != '\0' && *address->user == '\0' &&
      (g_str_equal (address->scheme, "ipp") || g_str_equal (address->scheme, "ipps")))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "printer.target: expected ipp://HOST/ipp/print or ipps://…, found “%s”", target);
  return FALSE;
}

static gboolean
ipp_check (const char *target, GError **error)
{
  Address address;

  return parse (target, &address, error);
}

static gboolean
check_near (http_t *http, const char *target, GError **error)
{
  http_addr_t               *native = httpGetAddress (http);
  g_autoptr (GSocketAddress) address =
      native != NULL ? g_socket_address_new_from_native (native, (gsize) httpAddrLength (native))
                     : NULL;

  if (address != NULL && G_IS_INET_SOCKET_ADDRESS (address) &&
      wb_transport_is_near (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "“%s” is not in this house's network: labels carry customers' addresses, and ipp:// "
               "hides nothing on its way. Use ipps://. Nothing was sent",
               target);
  return FALSE;
}

/**
 * wb_ipp_open:
 * @target: ipp:// or ipps:// address
 * @patience_s: how long the printer may take to answer
 *
 * Returns: (transfer full): a link to a printer itself. Fails with %WB_ERROR_INVALID for another
 * address, %WB_ERROR_REFUSED for one that is not to be trusted, %WB_ERROR_UNAVAILABLE,
 * %WB_ERROR_CANCELLED.
 */
WbIppLink *
wb_ipp_open (const char *target, guint patience_s, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbIppLink) link = g_new0 (WbIppLink, 1);
  Address               address;
  gboolean              sealed;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "Printing was cancelled");
      return NULL;
    }
  if (!parse (target, &address, error))
    return NULL;
  sealed = g_str_equal (address.scheme, "ipps");
  link->http =
      httpConnect2 (address.host, address.port > 0 ? address.port : IPP_PORT, NULL, AF_UNSPEC,
                    sealed ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                    (int) MIN (patience_s, CONNECT_PATIENCE_S) * 1000, NULL);
  if (link->http == NULL)
    {
      g_autofree char *sentence =
          /* Translators: a printer’s address */
          g_strdup_printf (_ ("The printer “%s” cannot be reached. Nothing was sent"), target);

      wb_ipp_set_error (error, WB_ERROR_UNAVAILABLE, sentence, cupsLastErrorString ());
      return NULL;
    }
  if (!sealed && !check_near (link->http, target, error))
    return NULL;
  wb_ipp_limit (link->http, patience_s);
  link->uri = g_strdup (target);
  link->ask_path = g_strdup (address.path);
  link->print_path = g_strdup (address.path);
  link->name = g_strdup (target);
  link->who = "The printer";
  return g_steal_pointer (&link);
}

static gpointer
ipp_open (WbPrinter *printer, GCancellable *cancellable, GError **error)
{
  return wb_ipp_open (wb_record_get_text (printer, WB_PRINTER_TARGET), WB_IPP_PATIENCE_S,
                      cancellable, error);
}

static void
ipp_close (gpointer link)
{
  wb_ipp_link_free (link);
}

const WbTransport wb_transport_ipp = { WB_TARGET_IPP, ipp_check,       ipp_open,
                                       ipp_close,     wb_ipp_describe, wb_ipp_submit,
                                       wb_ipp_find,   wb_ipp_look,     wb_ipp_cancel };

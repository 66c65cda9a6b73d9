/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of transports, and which addresses papers may be sent to in the clear. */
#include "wb-transport.h"

static const WbTransport *const transports[] = {
  &wb_transport_cups,
  &wb_transport_ipp,
  &wb_transport_socket,
  &wb_transport_file,
};

/** wb_transport_for: Returns: (transfer none): the way to @printer; %WB_ERROR_INVALID for a kind
 * that this program does not know. */
const WbTransport *
wb_transport_for (WbPrinter *printer, GError **error)
{
  const char *kind = wb_record_get_text (printer, WB_PRINTER_TARGET_KIND);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_strcmp0 (transports[i]->kind, kind) == 0)
      return transports[i];
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "printer.target_kind: expected “queue”, “ipp”, “socket” or “folder”, found “%s”",
               kind != NULL ? kind : "");
  return NULL;
}

/* fc00::/7: IPv6 addresses of a house of its own; GLib knows only the older site-local ones. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

/** wb_transport_is_near: whether @address is this machine or in the house's own network: labels
 * carry customers' addresses, and a printer's protocol hides nothing on its way. */
gboolean
wb_transport_is_near (GInetAddress *address)
{
  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address) ||
         g_inet_address_get_is_link_local (address) || is_unique_local (address);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * listen: takes the messages that shops send by themselves, and keeps the secrets they are signed
 * with. What is printed tells of channels and counts, never of an order or a person. */
#include "wb-cli.h"
#include "wb-hint-listener.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define USUAL_ADDRESS "127.0.0.1"
#define USUAL_PORT    8780

static gboolean
set_secret (WbCli *self, const char *name, GError **error)
{
  static const char *const names[] = { "webhook_secret", NULL };
  g_autoptr (WbConnection) channel = wb_cli_find_connection (self, name, WB_KIND_SHOP, error);
  g_auto (GStrv) secrets = channel != NULL ? wb_cli_read_secrets (self, names, error) : NULL;

  if (secrets == NULL ||
      !wb_desk_set_hint_secret (self->desk, wb_record_get_int (channel, WB_CONNECTION_ID),
                                secrets[0], error))
    return FALSE;
  wb_cli_say (self, _ ("Messages of “%s” are taken when they are signed with this secret."), name);
  return TRUE;
}

static gboolean
forget_secret (WbCli *self, const char *name, GError **error)
{
  g_autoptr (WbConnection) channel = wb_cli_find_connection (self, name, WB_KIND_SHOP, error);

  if (channel == NULL ||
      !wb_desk_set_hint_secret (self->desk, wb_record_get_int (channel, WB_CONNECTION_ID), NULL,
                                error))
    return FALSE;
  wb_cli_say (self, _ ("Messages of “%s” are refused from now on."), name);
  return TRUE;
}

/* ---- what is told ---- */

static void
add_count (JsonBuilder *builder, const char *name, gint64 count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
tell_program (WbHintStep step, const char *channel, const WbSyncResult *result)
{
  static const char *const names[] = { "refused", "begun", "done", "failed" };
  g_autoptr (JsonBuilder)  builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "channel");
  json_builder_add_string_value (builder, channel);
  json_builder_set_member_name (builder, "step");
  json_builder_add_string_value (builder, names[step]);
  if (result != NULL)
    {
      add_count (builder, "read", result->read);
      add_count (builder, "added", result->added);
      add_count (builder, "changed", result->changed);
      add_count (builder, "problems", result->problems->len);
    }
  json_builder_end_object (builder);
  wb_cli_print_line (json_builder_get_root (builder));
}

static void
tell_cb (WbHintStep step, const char *channel, const WbSyncResult *result, gpointer data)
{
  WbCli *self = data;

  if (self->json)
    tell_program (step, channel, result);
  else if (step == WB_HINT_REFUSED)
    wb_cli_say (self,
                _ ("%s: a message without its signature was refused. Is the secret in the shop the "
                   "same as here?"),
                channel);
  else if (step == WB_HINT_FAILED)
    wb_cli_say (self, _ ("%s cannot be read; “waybillctl connections” tells why."), channel);
  else if (step == WB_HINT_DONE)
    /* Translators: name of a shop; numbers of orders */
    wb_cli_say (self, _ ("%s: %d orders read, %d new, %d changed."), channel, (int) result->read,
                (int) result->added, (int) result->changed);
  fflush (stdout);
}

static void
tell_where (WbCli *self, const char *url)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      /* Translators: an address of this machine */
      wb_cli_say (self, _ ("Listening at %s until Ctrl+C."), url);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "listening");
  json_builder_add_string_value (builder, url);
  json_builder_end_object (builder);
  wb_cli_print_line (json_builder_get_root (builder));
}

/* Which channels are heard, and at what address: the number stands for any name. */
static gboolean
tell_channels (WbCli *self, const char *url, GError **error)
{
  g_autoptr (GPtrArray) channels =
      wb_book_list_connections (wb_desk_get_book (self->desk), WB_KIND_SHOP, error);
  guint heard = 0;

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      gint64 id = wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID);

      if (!wb_record_get_bool (channels->pdata[i], WB_CONNECTION_ENABLED) ||
          !wb_desk_has_hint_secret (self->desk, id))
        continue;
      heard++;
      wb_cli_say (self, "  %s: %s%d", wb_record_get_text (channels->pdata[i], WB_CONNECTION_NAME),
                  url, (int) id);
    }
  if (channels != NULL && heard == 0)
    wb_cli_say (self, "%s",
                _ ("No channel has a secret yet; begin with: waybillctl listen --set-secret "
                   "CHANNEL"));
  return channels != NULL;
}

static void
warn_of_clear_text (WbCli *self, const char *address)
{
  g_autoptr (GInetAddress) where = g_inet_address_new_from_string (address);

  if (where != NULL && !g_inet_address_get_is_loopback (where))
    wb_cli_say (self, "%s",
                _ ("Messages hold names and addresses of customers, and come here unencrypted: let "
                   "a web server with TLS stand before this port."));
}

/* ---- listening ---- */

static gboolean
listen_at (WbCli *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (WbDesk)         checker = wb_cli_open_second (self, error);
  g_autoptr (WbHintListener) listener =
      checker != NULL ? wb_hint_listener_new (checker, self->desk, tell_cb, self) : NULL;
  g_autofree char *url = NULL;

  if (listener == NULL || !wb_hint_listener_open (listener, address, port, error))
    return FALSE;
  url = g_strdup_printf (strchr (address, ':') != NULL ? "http://[%s]:%u/hint/"
                                                       : "http://%s:%u/hint/",
                         address, wb_hint_listener_get_port (listener));
  tell_where (self, url);
  if (!tell_channels (self, url, error))
    return FALSE;
  warn_of_clear_text (self, address);
  fflush (stdout);
  wb_hint_listener_run (listener, self->cancellable);
  return TRUE;
}

/** wb_cli_listen: the command. */
gboolean
wb_cli_listen (WbCli *self, GError **error)
{
  const char *address = wb_cli_option (self, "address");
  gint64      port = USUAL_PORT;

  if (wb_cli_open (self, error) == NULL)
    return FALSE;
  if (wb_cli_has (self, "set-secret"))
    return set_secret (self, wb_cli_option (self, "set-secret"), error);
  if (wb_cli_has (self, "forget-secret"))
    return forget_secret (self, wb_cli_option (self, "forget-secret"), error);
  if (!wb_cli_number (self, "port", 0, &port, error))
    return FALSE;
  if (port > G_MAXUINT16)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s", _ ("A port is at most 65535"));
      return FALSE;
    }
  return listen_at (self, address != NULL ? address : USUAL_ADDRESS, (guint16) port, error);
}

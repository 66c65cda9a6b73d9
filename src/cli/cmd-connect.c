/* SPDX-License-Identifier: GPL-3.0-or-later
 * connect, connections, disconnect: shops, carriers and gateways. Keys are asked for, never taken
 * as arguments. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
check_kind (const char *kind, GError **error)
{
  static const char *const kinds[] = { WB_KIND_SHOP, WB_KIND_CARRIER, WB_KIND_GATEWAY, NULL };

  if (g_strv_contains (kinds, kind))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("Connect a shop, a carrier or a gateway, not “%s”"), kind);
  return FALSE;
}

/* The provider named, or the only one there is. */
static const char *
choose_provider (const char *kind, const char *wish, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  const char         *id;

  for (guint i = 0; (id = wb_desk_provider_id (kind, i)) != NULL; i++)
    {
      if (wish != NULL ? g_str_equal (id, wish) : wb_desk_provider_id (kind, 1) == NULL)
        return id;
      g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", id);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say which provider: %s"), all->str);
  return NULL;
}

/* --setting KEY=VALUE… as a JSON object; a value that is JSON stays what it is, others are texts.
 */
static gboolean
take_settings (WbCli *self, WbConnection *draft, GError **error)
{
  GPtrArray             *given = wb_cli_values (self, "setting");
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (JsonNode)   root = json_node_init_object (json_node_alloc (), settings);

  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      g_auto (GStrv)       parts = g_strsplit (given->pdata[i], "=", 2);
      g_autoptr (JsonNode) value = NULL;

      if (parts[0] == NULL || *parts[0] == '\0' || parts[1] == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("A setting is KEY=VALUE, not “%s”"),
                       (const char *) given->pdata[i]);
          return FALSE;
        }
      value = wb_json_parse (parts[1], -1, "setting", NULL);
      if (value != NULL)
        json_object_set_member (settings, parts[0], g_steal_pointer (&value));
      else
        json_object_set_string_member (settings, parts[0], parts[1]);
    }
  if (given != NULL)
    wb_record_take_text (draft, WB_CONNECTION_SETTINGS, wb_json_to_text (root));
  return TRUE;
}

/* The gateway named, or the only one that is connected. */
static gboolean
take_gateway (WbCli *self, WbConnection *draft, GError **error)
{
  const char              *name = wb_cli_option (self, "gateway");
  g_autoptr (WbConnection) gateway = NULL;
  g_autoptr (GPtrArray)    all = NULL;
  gint64                   id = 0;
  guint                    n = 0;

  if (name != NULL)
    {
      gateway = wb_cli_find_connection (self, name, WB_KIND_GATEWAY, error);
      id = gateway != NULL ? wb_record_get_int (gateway, WB_CONNECTION_ID) : 0;
      wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID, id);
      return gateway != NULL;
    }
  all = wb_book_list_connections (wb_desk_get_book (self->desk), WB_KIND_GATEWAY, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (wb_record_get_bool (all->pdata[i], WB_CONNECTION_ENABLED) && ++n == 1)
      id = wb_record_get_int (all->pdata[i], WB_CONNECTION_ID);
  if (n > 1)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Several gateways are connected: say which with --gateway NAME"));
      return FALSE;
    }
  wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID, id);
  return all != NULL;
}

/* Who takes the money of this shop: said out loud, never guessed. */
static gboolean
take_capturer (WbCli *self, WbConnection *draft, GError **error)
{
  static const char *const known[] = { WB_CAPTURER_GATEWAY, WB_CAPTURER_SHOP, WB_CAPTURER_NONE,
                                       NULL };
  const char              *capturer = wb_cli_option (self, "capturer");

  if (capturer == NULL || !g_strv_contains (known, capturer))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Say who takes this shop's money: --capturer gateway (we do, when the parcel "
                      "ships), shop (the shop does), "
                      "or none (all is paid beforehand). Only one may, or customers would be "
                      "charged twice"));
      return FALSE;
    }
  wb_record_set_text (draft, WB_CONNECTION_CAPTURER, capturer);
  return !g_str_equal (capturer, WB_CAPTURER_GATEWAY) || take_gateway (self, draft, error);
}

static WbConnection *
make_draft (WbCli *self, GError **error)
{
  const char              *kind = wb_cli_word (self, 0);
  const char              *provider;
  const char              *name = wb_cli_option (self, "name");
  const char              *url = wb_cli_option (self, "url");
  g_autoptr (WbConnection) draft = wb_connection_new ();

  if (!check_kind (kind, error) ||
      (provider = choose_provider (kind, wb_cli_word (self, 1), error)) == NULL)
    return NULL;
  if (url == NULL && (url = wb_desk_provider_url (kind, provider)) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Say where the shop is: --url https://…"));
      return NULL;
    }
  wb_record_set_text (draft, WB_CONNECTION_KIND, kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, provider);
  wb_record_set_text (draft, WB_CONNECTION_NAME,
                      name != NULL ? name : wb_desk_provider_title (kind, provider));
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, url);
  if (!take_settings (self, draft, error))
    return NULL;
  if (g_str_equal (kind, WB_KIND_SHOP) && !take_capturer (self, draft, error))
    return NULL;
  return g_steal_pointer (&draft);
}

/* A known name is replaced; another capturer for its orders is worth a warning. */
static gboolean
ask_about (WbCli *self, WbConnection *draft, GError **error)
{
  const char              *name = wb_record_get_text (draft, WB_CONNECTION_NAME);
  g_autoptr (WbConnection) old =
      wb_book_find_connection (wb_desk_get_book (self->desk), name, NULL);
  g_autofree char *question = NULL;

  if (old == NULL)
    question = g_strdup_printf (_ ("Connect it as “%s”?"), name);
  else if (g_strcmp0 (wb_record_get_text (old, WB_CONNECTION_CAPTURER),
                      wb_record_get_text (draft, WB_CONNECTION_CAPTURER)) != 0)
    /* Translators: name of a shop; who took its money until now, who will */
    question = g_strdup_printf (_ ("“%s” was captured by: %s. From now on by: %s, also for orders "
                                   "that are authorised already. Is that right?"),
                                name, wb_record_get_text (old, WB_CONNECTION_CAPTURER),
                                wb_record_get_text (draft, WB_CONNECTION_CAPTURER));
  else
    question = g_strdup_printf (_ ("Replace the keys and settings of “%s”?"), name);
  return wb_cli_confirm (self, question, error);
}

static gboolean
cmd_connect (WbCli *self, GError **error)
{
  WbDesk                  *desk = wb_cli_open (self, error);
  g_autoptr (WbConnection) draft = desk != NULL ? make_draft (self, error) : NULL;
  g_auto (GStrv)           secrets = NULL;
  g_autofree char         *findings = NULL;

  if (draft == NULL)
    return FALSE;
  secrets = wb_cli_read_secrets (
      self,
      wb_desk_provider_secrets (wb_record_get_text (draft, WB_CONNECTION_KIND),
                                wb_record_get_text (draft, WB_CONNECTION_PROVIDER)),
      error);
  if (secrets == NULL || !wb_desk_test_connection (desk, draft, (const char *const *) secrets,
                                                   &findings, self->cancellable, error))
    return FALSE;
  wb_cli_say (self, "%s", findings != NULL ? findings : "");
  if (!ask_about (self, draft, error) ||
      wb_desk_add_connection (desk, draft, (const char *const *) secrets, error) == 0)
    return FALSE;
  wb_cli_say (self, _ ("“%s” is connected."), wb_record_get_text (draft, WB_CONNECTION_NAME));
  if (self->json)
    wb_cli_print_json (wb_record_to_json (draft));
  return TRUE;
}

static void
print_connections (GPtrArray *connections)
{
  static const WbColumn columns[] = {
    { N_ ("Name"), FALSE, 30 },       { N_ ("Kind"), FALSE, 0 },
    { N_ ("Provider"), FALSE, 0 },    { N_ ("Address"), FALSE, 44 },
    { N_ ("Captured by"), FALSE, 0 }, { N_ ("Last sync"), FALSE, 0 },
    { N_ ("State"), FALSE, 60 },      { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < connections->len; i++)
    {
      gpointer         connection = connections->pdata[i];
      const char      *trouble = wb_record_get_text (connection, WB_CONNECTION_ERROR);
      g_autofree char *synced =
          wb_cli_when (wb_record_get_int (connection, WB_CONNECTION_SYNCED_AT));

      wb_table_add (table, wb_record_get_text (connection, WB_CONNECTION_NAME),
                    wb_kind_title (wb_record_get_text (connection, WB_CONNECTION_KIND)),
                    wb_record_get_text (connection, WB_CONNECTION_PROVIDER),
                    wb_record_get_text (connection, WB_CONNECTION_BASE_URL),
                    wb_record_get_text (connection, WB_CONNECTION_CAPTURER), synced,
                    !wb_record_get_bool (connection, WB_CONNECTION_ENABLED) ? _ ("switched off")
                    : trouble != NULL                                       ? trouble
                                                                            : _ ("connected"));
    }
  wb_table_print (table);
}

static gboolean
cmd_connections (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) connections =
      book != NULL ? wb_book_list_connections (book, NULL, error) : NULL;

  if (connections == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (connections));
  else if (connections->len == 0)
    wb_cli_say (self, "%s", _ ("Nothing is connected yet. Begin with: waybillctl connect --help"));
  else
    print_connections (connections);
  return TRUE;
}

static gboolean
cmd_disconnect (WbCli *self, GError **error)
{
  g_autoptr (WbConnection) connection =
      wb_cli_find_connection (self, wb_cli_word (self, 0), NULL, error);
  g_autofree char *question = NULL;

  if (connection == NULL)
    return FALSE;
  question = g_strdup_printf (_ ("Forget the keys of “%s” and switch it off? Its orders stay."),
                              wb_cli_word (self, 0));
  if (!wb_cli_confirm (self, question, error) ||
      !wb_desk_remove_connection (self->desk, wb_record_get_int (connection, WB_CONNECTION_ID),
                                  error))
    return FALSE;
  wb_cli_say (self, _ ("“%s” is switched off, and its keys are forgotten."), wb_cli_word (self, 0));
  return TRUE;
}

const WbCommand wb_commands_connect[] = {
  { "connect",
    N_ ("shop|carrier|gateway [PROVIDER]"),
    1,
    2,
    N_ ("connect a shop, a carrier or a payment gateway"),
    N_ ("The keys are asked for at the terminal without being shown, or read from standard input "
        "or a file: one a line, in the\n"
        "order in which they are asked for, or as NAME=VALUE. They are never arguments. The "
        "connection is tried before it is kept."),
    cmd_connect,
    { { "name", N_ ("NAME"), N_ ("what to call it; a known name is replaced") },
      { "url", N_ ("URL"), N_ ("where it is, when the provider has no usual address") },
      { "capturer", N_ ("WHO"), N_ ("who takes a shop's money: gateway, shop or none") },
      { "gateway", N_ ("NAME"), N_ ("the gateway's connection, where there are several") },
      { "setting", N_ ("KEY=VALUE"), N_ ("a setting of the provider; may be given again") },
      { "secrets-from", N_ ("FILE"),
        N_ ("read the keys from a file of mode 0600; “-”: standard input") },
      { "yes", NULL, N_ ("do not ask") } } },
  { "connections", NULL, 0, 0, N_ ("list what is connected"), NULL, cmd_connections, { { NULL } } },
  { "disconnect",
    N_ ("NAME"),
    1,
    1,
    N_ ("forget a connection's keys and switch it off"),
    NULL,
    cmd_disconnect,
    { { "yes", NULL, N_ ("do not ask") } } },
  { NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Connections: the providers there are, testing one, adding and removing one, opening its module.
 */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"

#include "wb-redact.h"

#include <glib/gi18n-lib.h>

/* The three tables of providers seen as one. */
typedef struct
{
  const char        *id;
  const char        *title;
  const char *const *secrets;
  const char        *default_url;
} Provider;

static gboolean
provider_at (const char *kind, guint index, Provider *out)
{
  const WbShopProvider *shop =
      g_str_equal (kind, WB_KIND_SHOP) ? wb_shop_get_provider (index) : NULL;
  const WbCarrierProvider *carrier =
      g_str_equal (kind, WB_KIND_CARRIER) ? wb_carrier_get_provider (index) : NULL;
  const WbGatewayProvider *gateway =
      g_str_equal (kind, WB_KIND_GATEWAY) ? wb_gateway_get_provider (index) : NULL;

  if (shop != NULL)
    *out = (Provider){ shop->id, shop->title, shop->secrets, shop->default_url };
  else if (carrier != NULL)
    *out = (Provider){ carrier->id, carrier->title, carrier->secrets, carrier->default_url };
  else if (gateway != NULL)
    *out = (Provider){ gateway->id, gateway->title, gateway->secrets, gateway->default_url };
  return shop != NULL || carrier != NULL || gateway != NULL;
}

static gboolean
find_provider (const char *kind, const char *id, Provider *out)
{
  for (guint i = 0; kind != NULL && provider_at (kind, i, out); i++)
    if (g_strcmp0 (out->id, id) == 0)
      return TRUE;
  return FALSE;
}

/** wb_desk_provider_id: Returns: (nullable): the id of provider number @index of a kind
 * (WB_KIND_…). */
const char *
wb_desk_provider_id (const char *kind, guint index)
{
  Provider provider;

  return provider_at (kind, index, &provider) ? provider.id : NULL;
}

/** wb_desk_provider_secrets: Returns: (nullable): names of the secrets a provider must be told,
 * %NULL-terminated. */
const char *const *
wb_desk_provider_secrets (const char *kind, const char *id)
{
  Provider provider;

  return find_provider (kind, id, &provider) ? provider.secrets : NULL;
}

/** wb_desk_provider_url: Returns: (nullable): its usual address; %NULL when it must be given. */
const char *
wb_desk_provider_url (const char *kind, const char *id)
{
  Provider provider;

  return find_provider (kind, id, &provider) ? provider.default_url : NULL;
}

/** wb_desk_provider_title: Returns: (nullable): its name for people, translated. */
const char *
wb_desk_provider_title (const char *kind, const char *id)
{
  Provider provider;

  return find_provider (kind, id, &provider) ? _ (provider.title) : NULL;
}

/* Opens the module of @connection with the secrets given. Returns: (transfer full): a WbShop,
 * WbCarrier or WbGateway. */
gpointer
wb_desk_open_module (WbConnection *connection, const char *const *secrets, GError **error)
{
  const char *kind = wb_record_get_text (connection, WB_CONNECTION_KIND);
  const char *id = wb_record_get_text (connection, WB_CONNECTION_PROVIDER);

  if (g_strcmp0 (kind, WB_KIND_SHOP) == 0 && wb_shop_find_provider (id) != NULL)
    return wb_shop_find_provider (id)->open (connection, secrets, error);
  if (g_strcmp0 (kind, WB_KIND_CARRIER) == 0 && wb_carrier_find_provider (id) != NULL)
    return wb_carrier_find_provider (id)->open (connection, secrets, error);
  if (g_strcmp0 (kind, WB_KIND_GATEWAY) == 0 && wb_gateway_find_provider (id) != NULL)
    return wb_gateway_find_provider (id)->open (connection, secrets, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no %s called “%s” in this program",
               kind != NULL ? kind : "connection", id != NULL ? id : "");
  return NULL;
}

static char **
look_up_secrets (WbDesk *self, WbConnection *connection, GError **error)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  const char *const       *names =
      wb_desk_provider_secrets (wb_record_get_text (connection, WB_CONNECTION_KIND),
                                wb_record_get_text (connection, WB_CONNECTION_PROVIDER));

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *value =
          wb_secrets_lookup (self->secrets, self->book_id,
                             wb_record_get_text (connection, WB_CONNECTION_NAME), names[i], error);

      if (value == NULL)
        return NULL;
      wb_redact_add (value);
      g_strv_builder_add (values, value);
    }
  return g_strv_builder_end (values);
}

static gpointer
open_connection (WbDesk *self, gint64 id, const char *kind, GError **error)
{
  gpointer                 module = g_hash_table_lookup (self->modules, &id);
  g_autoptr (WbConnection) connection = NULL;
  g_auto (GStrv)           secrets = NULL;

  if (module != NULL)
    return g_object_ref (module);
  connection = wb_book_get_connection (self->book, id, error);
  if (connection == NULL)
    return NULL;
  if (g_strcmp0 (wb_record_get_text (connection, WB_CONNECTION_KIND), kind) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not a %s",
                   wb_record_get_text (connection, WB_CONNECTION_NAME), kind);
      return NULL;
    }
  if ((secrets = look_up_secrets (self, connection, error)) == NULL)
    return NULL;
  module = wb_desk_open_module (connection, (const char *const *) secrets, error);
  if (module != NULL)
    g_hash_table_insert (self->modules, g_memdup2 (&id, sizeof id), g_object_ref (module));
  return module;
}

/**
 * wb_desk_reopen:
 * The connection's address, settings and keys are read anew when it is asked next: for a program
 * that runs for long beside others that change them. What is under way with it goes on.
 */
void
wb_desk_reopen (WbDesk *self, gint64 connection_id)
{
  g_hash_table_remove (self->modules, &connection_id);
}

/* Returns: (transfer full): the shop of a channel, opened once a desk. */
WbShop *
wb_desk_open_shop (WbDesk *self, gint64 connection_id, GError **error)
{
  return open_connection (self, connection_id, WB_KIND_SHOP, error);
}

/* Returns: (transfer full): a carrier, opened once a desk. */
WbCarrier *
wb_desk_open_carrier (WbDesk *self, gint64 connection_id, GError **error)
{
  return open_connection (self, connection_id, WB_KIND_CARRIER, error);
}

/* Returns: (transfer full): a gateway, opened once a desk; of a channel whose shop takes the money
 * itself (wb_desk_gateway_for()) the shop. */
WbGateway *
wb_desk_open_gateway (WbDesk *self, gint64 connection_id, GError **error)
{
  g_autoptr (WbConnection) connection = wb_book_get_connection (self->book, connection_id, error);
  g_autoptr (WbShop)       shop = NULL;

  if (connection == NULL)
    return NULL;
  if (g_strcmp0 (wb_record_get_text (connection, WB_CONNECTION_KIND), WB_KIND_SHOP) != 0)
    return open_connection (self, connection_id, WB_KIND_GATEWAY, error);
  if ((shop = open_connection (self, connection_id, WB_KIND_SHOP, error)) == NULL)
    return NULL;
  if (WB_IS_GATEWAY (shop))
    return WB_GATEWAY (g_steal_pointer (&shop));
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The shop “%s” cannot capture payments",
               wb_record_get_text (connection, WB_CONNECTION_NAME));
  return NULL;
}

static char *
describe_shop (WbConnection *draft, WbShopFindings *findings)
{
  GString *text = g_string_new (NULL);

  g_string_append (text, findings->name != NULL ? findings->name
                                                : wb_record_get_text (draft, WB_CONNECTION_NAME));
  if (findings->orders >= 0)
    {
      g_string_append (text, ": ");
      g_string_append_printf (text, ngettext ("%d order", "%d orders", (gulong) findings->orders),
                              (int) findings->orders);
    }
  if (findings->open_orders >= 0)
    {
      g_string_append (text, ", ");
      /* Translators: how many orders of a shop are to be shipped */
      g_string_append_printf (text,
                              ngettext ("%d to ship", "%d to ship", (gulong) findings->open_orders),
                              (int) findings->open_orders);
    }
  if (findings->currency[0] != '\0')
    g_string_append_printf (text, ", %s", findings->currency);
  g_string_append_c (text, '.');
  if (!findings->can_write)
    g_string_append_printf (
        text, " %s", _ ("The key may only read: the shop could not be told what was shipped."));
  if (ABS (findings->clock_offset) > 60)
    g_string_append_printf (text, " %s",
                            _ ("Its clock differs from this machine's; that is allowed for."));
  if (findings->notes != NULL)
    g_string_append_printf (text, " %s", findings->notes);
  return g_string_free (text, FALSE);
}

static gboolean
test_shop (WbConnection *draft,
           WbShop       *shop,
           char        **findings_text,
           GCancellable *cancellable,
           GError      **error)
{
  g_auto (WbShopFindings) findings = { 0 };

  if (!wb_shop_probe (shop, &findings, cancellable, error))
    return FALSE;
  if (findings.currency[0] != '\0')
    wb_record_set_text (draft, WB_CONNECTION_CURRENCY, findings.currency);
  if (findings.zone != NULL)
    wb_record_set_text (draft, WB_CONNECTION_ZONE, findings.zone);
  *findings_text = describe_shop (draft, &findings);
  return TRUE;
}

/**
 * wb_desk_test_connection:
 * @draft: a connection not yet kept; a shop's currency and zone are filled in
 * @secrets: values in the order of wb_desk_provider_secrets()
 * @findings: (out): what was found, for people
 *
 * Asks the vendor; writes nothing, neither there nor here.
 */
gboolean
wb_desk_test_connection (WbDesk            *self,
                         WbConnection      *draft,
                         const char *const *secrets,
                         char             **findings,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (GObject) module = NULL;

  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    wb_redact_add (secrets[i]);
  module = wb_desk_open_module (draft, secrets, error);
  if (module == NULL)
    return FALSE;
  if (WB_IS_SHOP (module))
    return test_shop (draft, WB_SHOP (module), findings, cancellable, error);
  if (WB_IS_CARRIER (module))
    return wb_carrier_probe (WB_CARRIER (module), findings, cancellable, error);
  return wb_gateway_probe (WB_GATEWAY (module), findings, cancellable, error);
}

static gboolean
check_capturer (WbDesk *self, WbConnection *draft, GError **error)
{
  const char              *capturer = wb_record_get_text (draft, WB_CONNECTION_CAPTURER);
  g_autoptr (WbConnection) gateway = NULL;

  if (g_strcmp0 (wb_record_get_text (draft, WB_CONNECTION_KIND), WB_KIND_SHOP) != 0)
    return TRUE;
  if (capturer == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "Say who takes the money of “%s”: the gateway, the shop, or nobody (paid "
                   "beforehand). Only one may, or customers would be charged twice",
                   wb_record_get_text (draft, WB_CONNECTION_NAME));
      return FALSE;
    }
  if (!g_str_equal (capturer, WB_CAPTURER_GATEWAY))
    {
      wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID, 0);
      return TRUE;
    }
  gateway = wb_book_get_connection (self->book, wb_record_get_int (draft, WB_CONNECTION_GATEWAY_ID),
                                    NULL);
  if (gateway != NULL &&
      g_strcmp0 (wb_record_get_text (gateway, WB_CONNECTION_KIND), WB_KIND_GATEWAY) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "“%s” is to be captured at a gateway: connect the gateway first and name it",
               wb_record_get_text (draft, WB_CONNECTION_NAME));
  return FALSE;
}

/* A name stays what it is: orders, labels and money hang on the connection behind it. */
static gboolean
fits_name (WbConnection *old, WbConnection *draft, GError **error)
{
  if (old == NULL || (g_strcmp0 (wb_record_get_text (old, WB_CONNECTION_KIND),
                                 wb_record_get_text (draft, WB_CONNECTION_KIND)) == 0 &&
                      g_strcmp0 (wb_record_get_text (old, WB_CONNECTION_PROVIDER),
                                 wb_record_get_text (draft, WB_CONNECTION_PROVIDER)) == 0))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "“%s” is the name of another connection already (%s). Choose another name",
               wb_record_get_text (draft, WB_CONNECTION_NAME),
               wb_record_get_text (old, WB_CONNECTION_PROVIDER));
  return FALSE;
}

static gboolean
store_secrets (WbDesk *self, WbConnection *draft, const char *const *secrets, GError **error)
{
  const char *const *names =
      wb_desk_provider_secrets (wb_record_get_text (draft, WB_CONNECTION_KIND),
                                wb_record_get_text (draft, WB_CONNECTION_PROVIDER));

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (secrets == NULL || secrets[i] == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The %s is missing", names[i]);
          return FALSE;
        }
      wb_redact_add (secrets[i]);
      if (!wb_secrets_store (self->secrets, self->book_id,
                             wb_record_get_text (draft, WB_CONNECTION_NAME), names[i], secrets[i],
                             error))
        return FALSE;
    }
  return TRUE;
}

/**
 * wb_desk_add_connection:
 * Keeps a connection: its settings in the book, its secrets in their own place. A name that is
 * there already has its keys and settings replaced; who captures is part of the connection, and
 * exactly one does.
 *
 * Returns: its number; 0 with @error.
 */
gint64
wb_desk_add_connection (WbDesk            *self,
                        WbConnection      *draft,
                        const char *const *secrets,
                        GError           **error)
{
  g_autoptr (WbConnection) old =
      wb_book_find_connection (self->book, wb_record_get_text (draft, WB_CONNECTION_NAME), NULL);
  g_autoptr (JsonNode) detail = NULL;

  if (!fits_name (old, draft, error) || !check_capturer (self, draft, error) ||
      !store_secrets (self, draft, secrets, error))
    return 0;
  wb_record_set_bool (draft, WB_CONNECTION_ENABLED, TRUE);
  wb_record_set_int (draft, WB_CONNECTION_CREATED_AT, wb_now ());
  if (old != NULL)
    {
      wb_record_set_int (draft, WB_CONNECTION_ID, wb_record_get_int (old, WB_CONNECTION_ID));
      wb_record_set_text (draft, WB_CONNECTION_CURSOR,
                          wb_record_get_text (old, WB_CONNECTION_CURSOR));
    }
  if (!wb_book_begin (self->book, error))
    return 0;
  detail = wb_json_make ("s:name", wb_record_get_text (draft, WB_CONNECTION_NAME), "s:provider",
                         wb_record_get_text (draft, WB_CONNECTION_PROVIDER), "s:capturer",
                         wb_record_get_text (draft, WB_CONNECTION_CAPTURER), NULL);
  if (!wb_book_save (self->book, draft, error) ||
      !wb_book_add_event (self->book, "connection", wb_record_get_int (draft, WB_CONNECTION_ID),
                          "connected", self->actor, detail, error))
    {
      wb_book_rollback (self->book);
      return 0;
    }
  if (!wb_book_commit (self->book, error))
    return 0;
  g_hash_table_remove (self->modules, &(gint64){ wb_record_get_int (draft, WB_CONNECTION_ID) });
  return wb_record_get_int (draft, WB_CONNECTION_ID);
}

/** wb_desk_remove_connection: forgets its keys and switches it off; its orders and money stay in
 * the book. */
gboolean
wb_desk_remove_connection (WbDesk *self, gint64 connection_id, GError **error)
{
  g_autoptr (WbConnection) connection = wb_book_get_connection (self->book, connection_id, error);
  const char *const       *names;

  if (connection == NULL)
    return FALSE;
  names = wb_desk_provider_secrets (wb_record_get_text (connection, WB_CONNECTION_KIND),
                                    wb_record_get_text (connection, WB_CONNECTION_PROVIDER));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!wb_secrets_clear (self->secrets, self->book_id,
                           wb_record_get_text (connection, WB_CONNECTION_NAME), names[i], error))
      return FALSE;
  if (!wb_desk_set_hint_secret (self, connection_id, NULL, error))
    return FALSE;
  wb_record_set_bool (connection, WB_CONNECTION_ENABLED, FALSE);
  g_hash_table_remove (self->modules, &connection_id);
  return wb_book_save (self->book, connection, error) &&
         wb_book_add_event (self->book, "connection", connection_id, "disconnected", self->actor,
                            NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where secrets live: the Secret Service, or a file of mode 0600 where there is none. Nowhere else,
 * ever. */
#include "wb-secrets.h"

#include "wb-file.h"
#include "wb-json.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>

typedef enum
{
  IN_SERVICE,
  IN_FILE,
  FIXED,
} Place;

struct _WbSecrets
{
  gatomicrefcount refs;
  Place           place;
  char           *path;
  GHashTable     *fixed;
};

static const SecretSchema schema = {
  "org.waybill.Waybill",
  SECRET_SCHEMA_NONE,
  {
      { "book", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

static WbSecrets *
make (Place place)
{
  WbSecrets *self = g_new0 (WbSecrets, 1);

  g_atomic_ref_count_init (&self->refs);
  self->place = place;
  return self;
}

/** wb_secrets_new_service: Returns: (transfer full): the desktop's Secret Service (GNOME Keyring,
 * KWallet, KeePassXC…). */
WbSecrets *
wb_secrets_new_service (void)
{
  return make (IN_SERVICE);
}

static gboolean
check_mode (const char *path, GError **error)
{
  struct stat info;

  if (stat (path, &info) != 0 || (info.st_mode & 077) == 0)
    return TRUE;
  g_set_error (
      error, WB_ERROR, WB_ERROR_SECRETS,
      "The secrets file “%s” can be read by others (mode %04o). Set it right with: chmod 600 “%s”",
      path, (unsigned) (info.st_mode & 07777), path);
  return FALSE;
}

/**
 * wb_secrets_new_file:
 * @path: a JSON file of mode 0600, made with the first secret; one that others may read is refused
 * (%WB_ERROR_SECRETS)
 *
 * For a machine without a Secret Service. The secrets stand in it in plain text.
 */
WbSecrets *
wb_secrets_new_file (const char *path, GError **error)
{
  WbSecrets *self;

  if (!check_mode (path, error))
    return NULL;
  self = make (IN_FILE);
  self->path = g_strdup (path);
  return self;
}

/** wb_secrets_new_fixed: @names_and_values: “connection/name”, value, …, %NULL: known secrets kept
 * in memory only (practice, tests). */
WbSecrets *
wb_secrets_new_fixed (const char *const *names_and_values)
{
  WbSecrets *self = make (FIXED);

  self->fixed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; names_and_values != NULL && names_and_values[i] != NULL; i += 2)
    g_hash_table_insert (self->fixed, g_strdup (names_and_values[i]),
                         g_strdup (names_and_values[i + 1]));
  return self;
}

/** wb_secrets_ref: Returns: @self with one more reference; may be shared between threads. */
WbSecrets *
wb_secrets_ref (WbSecrets *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/** wb_secrets_unref: gives one reference back. */
void
wb_secrets_unref (WbSecrets *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->fixed, g_hash_table_unref);
  g_free (self->path);
  g_free (self);
}

/** wb_secrets_describe: Returns: where they are, for people (translated). */
const char *
wb_secrets_describe (WbSecrets *self)
{
  if (self->place == IN_FILE)
    return self->path;
  return self->place == FIXED ? _ ("this program's memory") : _ ("the desktop's password store");
}

static gboolean
service_failed (GError *why, GError **error)
{
  g_autoptr (GError) own = why;

  g_set_error (error, WB_ERROR, WB_ERROR_SECRETS,
               "The desktop's password store cannot be used: %s. Unlock it, or start with "
               "--secrets-file FILE to keep the keys in a file of your own",
               own->message);
  return FALSE;
}

static char *
joined (const char *book, const char *connection, const char *name)
{
  return g_strdup_printf ("%s/%s/%s", book, connection, name);
}

static JsonNode *
read_file (WbSecrets *self, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  JsonNode          *root;

  if (!check_mode (self->path, error))
    return NULL;
  bytes = wb_file_read (self->path, 1 << 20, &local);
  if (bytes == NULL && g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    return json_from_string ("{}", NULL);
  root = bytes != NULL ? wb_json_parse_bytes (bytes, "the secrets file", &local) : NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return root;
  g_clear_pointer (&root, json_node_unref);
  g_set_error (error, WB_ERROR, WB_ERROR_SECRETS, "The secrets file “%s” cannot be read: %s",
               self->path, local != NULL ? local->message : "it holds no JSON object");
  return NULL;
}

static gboolean
change_file (WbSecrets *self, const char *key, const char *value, GError **error)
{
  g_autoptr (JsonNode) old = read_file (self, error);
  g_autoptr (JsonNode) new = old != NULL ? json_node_copy (old) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *text = NULL;
  JsonObject        *object;

  if (new == NULL)
    return FALSE;
  text = json_to_string (new, FALSE);
  g_clear_pointer (&new, json_node_unref);
  new = json_from_string (text, NULL);
  object = json_node_get_object (new);
  if (value != NULL)
    json_object_set_string_member (object, key, value);
  else
    json_object_remove_member (object, key);
  g_free (text);
  text = wb_json_to_pretty (new);
  bytes = g_bytes_new (text, strlen (text));
  return wb_file_write (self->path, bytes, 0600, error);
}

/**
 * wb_secrets_store:
 * @book: the order book's own id; @connection: the connection's name; @name: which secret of it
 *
 * Keeps @value. %WB_ERROR_SECRETS with what to do when there is no place for it.
 */
gboolean
wb_secrets_store (WbSecrets  *self,
                  const char *book,
                  const char *connection,
                  const char *name,
                  const char *value,
                  GError    **error)
{
  g_autofree char *key = joined (book, connection, name);
  g_autofree char *label = NULL;
  GError          *why = NULL;

  switch (self->place)
    {
    case IN_FILE:
      return change_file (self, key, value, error);
    case FIXED:
      g_hash_table_insert (self->fixed, g_strdup_printf ("%s/%s", connection, name),
                           g_strdup (value));
      return TRUE;
    case IN_SERVICE:
    default:
      /* Translators: how an entry is called in the desktop's password store; connection and kind of
       * key */
      label = g_strdup_printf (_ ("Waybill: %s (%s)"), connection, name);
      if (secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, value, NULL, &why,
                                      "book", book, "connection", connection, "name", name, NULL))
        return TRUE;
      return service_failed (why, error);
    }
}

static char *
lookup_service (const char *book, const char *connection, const char *name, GError **error)
{
  GError *why = NULL;
  char   *found = secret_password_lookup_sync (&schema, NULL, &why, "book", book, "connection",
                                               connection, "name", name, NULL);
  char   *copy;

  if (why != NULL)
    {
      service_failed (why, error);
      return NULL;
    }
  copy = g_strdup (found);
  secret_password_free (found);
  return copy;
}

static char *
lookup_file (WbSecrets *self, const char *key, GError **error)
{
  g_autoptr (JsonNode) root = read_file (self, error);
  WbJson               at = wb_json_root (root, "secrets");

  return root != NULL ? g_strdup (wb_json_opt_string (&at, key)) : NULL;
}

/** wb_secrets_lookup: Returns: (transfer full): the secret; %NULL with %WB_ERROR_SECRETS when it is
 * not there or cannot be read. */
char *
wb_secrets_lookup (
    WbSecrets *self, const char *book, const char *connection, const char *name, GError **error)
{
  g_autofree char   *key = joined (book, connection, name);
  g_autofree char   *short_key = g_strdup_printf ("%s/%s", connection, name);
  g_autoptr (GError) local = NULL;
  char              *found;

  if (self->place == IN_FILE)
    found = lookup_file (self, key, &local);
  else if (self->place == FIXED)
    found = g_strdup (g_hash_table_lookup (self->fixed, short_key));
  else
    found = lookup_service (book, connection, name, &local);
  if (found != NULL)
    return found;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, WB_ERROR, WB_ERROR_SECRETS, "The %s of “%s” is not in %s. Connect it again",
                 name, connection, wb_secrets_describe (self));
  return NULL;
}

/** wb_secrets_clear: forgets a secret; nothing happens when it is not there. */
gboolean
wb_secrets_clear (
    WbSecrets *self, const char *book, const char *connection, const char *name, GError **error)
{
  g_autofree char *key = joined (book, connection, name);
  GError          *why = NULL;

  if (self->place == IN_FILE)
    return change_file (self, key, NULL, error);
  if (self->place == FIXED)
    {
      g_autofree char *short_key = g_strdup_printf ("%s/%s", connection, name);

      g_hash_table_remove (self->fixed, short_key);
      return TRUE;
    }
  secret_password_clear_sync (&schema, NULL, &why, "book", book, "connection", connection, "name",
                              name, NULL);
  return why == NULL || service_failed (why, error);
}

/** wb_secrets_check: whether the place can be used, by asking for a secret that is not there. */
gboolean
wb_secrets_check (WbSecrets *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *none = NULL;

  if (self->place == IN_SERVICE)
    none = lookup_service ("none", "none", "none", &local);
  else if (self->place == IN_FILE)
    none = lookup_file (self, "none", &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

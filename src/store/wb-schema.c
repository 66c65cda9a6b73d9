/* SPDX-License-Identifier: GPL-3.0-or-later
 * The schema's versions: from whatever the file has to the newest, in one transaction, after a
 * backup. */
#include "wb-book-private.h"

#include "wb-schema-resource.h"
#include "wb-text.h"

#include <string.h>

static gboolean
run_file (WbBook *self, const char *name, gboolean must_exist, GError **error)
{
  g_autofree char   *path = g_strdup_printf ("/org/waybill/schema/%s", name);
  g_autoptr (GBytes) sql =
      g_resource_lookup_data (wb_schema_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (sql == NULL && !must_exist)
    return TRUE;
  g_assert (sql != NULL);
  return wb_database_run_script (self->database, g_bytes_get_data (sql, NULL), error);
}

static gboolean
run_version (WbBook *self, gint64 version, GError **error)
{
  g_autofree char *common = g_strdup_printf ("%03d.sql", (int) version);
  g_autofree char *own =
      g_strdup_printf ("%03d.%s.sql", (int) version, wb_database_driver (self->database));

  return run_file (self, common, TRUE, error) && run_file (self, own, FALSE, error) &&
         wb_database_set_version (self->database, version, error);
}

static gboolean
upgrade_from (WbBook *self, gint64 from, GError **error)
{
  gint64 now = from;

  if (!wb_database_begin (self->database, error))
    return FALSE;
  /* Somebody may have been quicker while we waited for the write lock. */
  if (!wb_database_version (self->database, &now, error))
    {
      wb_database_rollback (self->database);
      return FALSE;
    }
  for (gint64 version = MAX (now, 0) + 1; version <= WB_SCHEMA_VERSION; version++)
    if (!run_version (self, version, error))
      {
        g_prefix_error (error, "Upgrading the order book to version %d: ", (int) version);
        wb_database_rollback (self->database);
        return FALSE;
      }
  return wb_database_commit (self->database, error);
}

static gboolean
back_up_before (WbBook *self, gint64 version, GError **error)
{
  g_autofree char *path =
      g_strdup_printf ("%s.before-upgrade-from-%d-%s", self->path, (int) version, "XXXXXX");
  g_autofree char *unique = wb_text_random_id (3);

  memcpy (path + strlen (path) - 6, unique, 6);
  return wb_database_backup_to (self->database, path, error);
}

/* Brings the file to WB_SCHEMA_VERSION; a newer one is refused and left as it is. */
gboolean
wb_schema_upgrade (WbBook *self, GError **error)
{
  gint64 version = 0;

  if (!wb_database_version (self->database, &version, error))
    return FALSE;
  if (version > WB_SCHEMA_VERSION)
    {
      wb_database_leave_alone (self->database);
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The order book “%s” was written by a newer Waybill (its version %d, this "
                   "program knows %d). Nothing was "
                   "changed; update this program",
                   self->path, (int) version, WB_SCHEMA_VERSION);
      return FALSE;
    }
  if (!wb_database_take_up (self->database, error))
    return FALSE;
  if (version == WB_SCHEMA_VERSION)
    return TRUE;
  return (version == 0 || back_up_before (self, version, error)) &&
         upgrade_from (self, version, error);
}

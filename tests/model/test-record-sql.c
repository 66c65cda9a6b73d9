/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records and the book's tables agree column by column, and every record comes back from SQL as it
 * went in. */
#include "records.h"
#include "wb-book.h"
#include "wb-database.h"
#include "wb-test.h"

#include <string.h>

/* A column that is the store's own and no record's: which process an operation is being sent by. */
static const char *const store_only[][2] = {
  { "operation", "owner" },
  /* how far a channel was read and audited: written one by one, while a connection may be edited */
  { "connection", "listings_cursor" },
  { "connection", "listings_at" },
  { "connection", "audited_at" },
};

static gboolean
is_store_only (const char *table, const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (store_only); i++)
    if (g_str_equal (store_only[i][0], table) && g_str_equal (store_only[i][1], column))
      return TRUE;
  return FALSE;
}

static gboolean
is_column (const WbField *field)
{
  return field->kind != WB_FIELD_ONE && field->kind != WB_FIELD_MANY;
}

/* Returns: column → type, in capitals. */
static GHashTable *
table_columns (WbDatabase *database, const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *sql = g_strdup_printf ("PRAGMA table_info (%s)", table);
  g_autoptr (WbRows) rows = wb_database_query (database, &error, sql, NULL);
  GHashTable        *columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_assert_no_error (error);
  while (wb_rows_next (rows, &error))
    g_hash_table_insert (columns, g_strdup (wb_rows_text (rows, 1)),
                         g_ascii_strup (wb_rows_text (rows, 2), -1));
  g_assert_no_error (error);
  return columns;
}

static void
assert_columns (WbDatabase *database, const WbRecordClass *klass)
{
  g_autoptr (GHashTable) columns = table_columns (database, klass->table);
  GHashTableIter         iter;
  gpointer               left;

  g_assert_cmpuint (g_hash_table_size (columns), >, 0);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const char *type = g_hash_table_lookup (columns, klass->fields[i].name);

      if (!is_column (&klass->fields[i]))
        {
          g_assert_null (type);
          continue;
        }
      g_test_message ("%s.%s", klass->table, klass->fields[i].name);
      g_assert_nonnull (type);
      if (record_is_textual (&klass->fields[i]))
        g_assert_cmpstr (type, ==, "TEXT");
      else if (klass->fields[i].kind == WB_FIELD_AMOUNT ||
               klass->fields[i].kind == WB_FIELD_INSTANT)
        g_assert_cmpstr (type, ==, "BIGINT"); /* PostgreSQL's INTEGER has 32 bits */
      else
        g_assert_true (g_str_equal (type, "INTEGER") || g_str_equal (type, "BIGINT"));
      g_hash_table_remove (columns, klass->fields[i].name);
    }
  g_hash_table_iter_init (&iter, columns);
  while (g_hash_table_iter_next (&iter, &left, NULL))
    if (!is_store_only (klass->table, left))
      g_error ("%s.%s belongs to no record", klass->table, (const char *) left);
}

static void
test_columns (void)
{
  g_autofree char *folder = wb_test_temp_folder (), *path = g_build_filename (folder, "book", NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbBook)     book = wb_book_open (path, FALSE, &error);
  g_autoptr (WbDatabase) database = NULL;

  g_assert_no_error (error);
  database = wb_database_open (path, WB_DATABASE_READ_ONLY, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_record_types; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (record_types[i].type ());

      if (WB_RECORD_CLASS (klass)->table != NULL)
        assert_columns (database, WB_RECORD_CLASS (klass));
    }
  g_clear_object (&book);
  g_clear_pointer (&database, wb_database_close);
  wb_test_remove_folder (folder);
}

/* A table with the columns and none of the rules, so that anything may be put in. */
static void
make_table (WbDatabase *database, const WbRecordClass *klass)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE ");
  g_autoptr (GError)  error = NULL;

  g_string_append_printf (sql, "%s (id INTEGER PRIMARY KEY", klass->table);
  for (guint i = 1; i < klass->n_fields; i++)
    if (is_column (&klass->fields[i]))
      g_string_append_printf (sql, ", %s %s", klass->fields[i].name,
                              record_is_textual (&klass->fields[i]) ? "TEXT" : "BIGINT");
  g_string_append_c (sql, ')');
  wb_database_run_script (database, sql->str, &error);
  g_assert_no_error (error);
}

/* The record with its own fields only, as a row has them. */
static gpointer
without_children (gpointer record)
{
  gpointer             bare = g_object_new (G_OBJECT_TYPE (record), NULL);
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    if (record_is_textual (&klass->fields[i]))
      wb_record_set_text (bare, i, wb_record_get_text (record, i));
    else if (is_column (&klass->fields[i]))
      wb_record_set_int (bare, i, wb_record_get_int (record, i));
  return bare;
}

static gpointer
read_back (WbDatabase *database, gpointer record)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rows =
      wb_database_select (database, G_OBJECT_TYPE (record), &error, "WHERE t.id = ?", "i",
                          wb_record_get_int (record, 0));

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_object_ref (rows->pdata[0]);
}

static void
assert_round_trip (WbDatabase *database, GType type, GRand *rand)
{
  g_autoptr (GObject) record = record_random (type, rand), changed = NULL, bare = NULL, back = NULL,
                      bare_changed = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  gint64             id = 0;

  wb_record_set_int (record, 0, 0);
  g_assert_true (wb_database_insert (database, record, &id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (wb_record_get_int (record, 0), ==, id);
  bare = without_children (record);
  back = read_back (database, record);
  g_assert_true (record_equal (bare, back));

  changed = record_random (type, rand);
  wb_record_set_int (changed, 0, id);
  g_assert_true (wb_database_update (database, changed, &error));
  g_assert_no_error (error);
  bare_changed = without_children (changed);
  again = read_back (database, changed);
  g_assert_true (record_equal (bare_changed, again));

  wb_record_set_int (changed, 0, id + 1000000);
  g_assert_false (wb_database_update (database, changed, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

static void
test_round_trip (void)
{
  g_autofree char *folder = wb_test_temp_folder (), *path = g_build_filename (folder, "rows", NULL);
  g_autoptr (GRand)      rand = g_rand_new_with_seed (20261122);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbDatabase) database = wb_database_open (path, WB_DATABASE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (wb_database_begin (database, NULL));
  for (guint i = 0; i < n_record_types; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (record_types[i].type ());

      if (WB_RECORD_CLASS (klass)->table == NULL)
        continue;
      make_table (database, WB_RECORD_CLASS (klass));
      for (guint k = 0; k < 20; k++)
        assert_round_trip (database, record_types[i].type (), rand);
    }
  g_assert_true (wb_database_commit (database, NULL));
  g_clear_pointer (&database, wb_database_close);
  wb_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/sql/columns", test_columns);
  g_test_add_func ("/record/sql/round-trip", test_round_trip);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records through the door: columns, insert, update and select from a record's own table of fields.
 */
#include "wb-database-private.h"

static gboolean
is_column (const WbField *field)
{
  return field->kind != WB_FIELD_ONE && field->kind != WB_FIELD_MANY;
}

static char *
join_columns (const WbRecordClass *klass, const char *alias)
{
  GString *columns = g_string_new (NULL);

  for (guint i = 0; i < klass->n_fields; i++)
    if (is_column (&klass->fields[i]))
      g_string_append_printf (columns, "%s%s%s%s", columns->len > 0 ? ", " : "",
                              alias != NULL ? alias : "", alias != NULL ? "." : "",
                              klass->fields[i].name);
  return g_string_free (columns, FALSE);
}

/** wb_database_columns: Returns: (transfer full): the column list that wb_rows_read() expects:
 * “o.id, o.number, …”. */
char *
wb_database_columns (GType record_type, const char *alias)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (record_type);

  return join_columns (WB_RECORD_CLASS (klass), alias);
}

/** wb_rows_read: fills @record from the present row, whose columns from @first on are
 * wb_database_columns(). */
void
wb_rows_read (WbRows *rows, guint first, gpointer record)
{
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      WbFieldKind kind = klass->fields[i].kind;

      if (!is_column (&klass->fields[i]))
        continue;
      if (kind == WB_FIELD_TEXT || kind == WB_FIELD_DATE || kind == WB_FIELD_JSON)
        wb_record_set_text (record, i, wb_rows_text (rows, first));
      else
        wb_record_set_int (record, i, wb_rows_int (rows, first));
      first++;
    }
}

static void
bind_field (WbRows *rows, guint parameter, gpointer record, guint i)
{
  const WbField *field = &wb_record_describe (record)->fields[i];

  if (field->kind == WB_FIELD_TEXT || field->kind == WB_FIELD_DATE || field->kind == WB_FIELD_JSON)
    wb_rows_bind_text (rows, parameter, wb_record_get_text (record, i));
  else if ((field->flags & WB_FIELD_KEY) && wb_record_get_int (record, i) == 0)
    wb_rows_bind_null (rows, parameter); /* 0 is “none”: a new row, or no such row */
  else
    wb_rows_bind_int (rows, parameter, wb_record_get_int (record, i));
}

static char *
make_insert (const WbRecordClass *klass)
{
  g_autofree char *columns = join_columns (klass, NULL);
  GString         *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s (%s) VALUES (", klass->table, columns);
  for (guint i = 0, n = 0; i < klass->n_fields; i++)
    if (is_column (&klass->fields[i]))
      g_string_append (sql, n++ == 0 ? "?" : ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static char *
make_update (const WbRecordClass *klass)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "UPDATE %s SET ", klass->table);
  for (guint i = 1, n = 0; i < klass->n_fields; i++)
    if (is_column (&klass->fields[i]))
      g_string_append_printf (sql, "%s%s = ?", n++ == 0 ? "" : ", ", klass->fields[i].name);
  g_string_append (sql, " WHERE id = ?");
  return g_string_free (sql, FALSE);
}

static char *
make_select (const WbRecordClass *klass)
{
  g_autofree char *columns = join_columns (klass, "t");

  return g_strdup_printf ("SELECT %s FROM %s t ", columns, klass->table);
}

static gboolean
finish (WbRows *rows, GError **error)
{
  g_autoptr (GError) local = NULL;

  wb_rows_next (rows, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_database_insert:
 * @id: (out) (optional): the new row's number
 *
 * Writes @record (its fields, not its children) as a new row and sets its `id` field, which is the
 * first.
 */
gboolean
wb_database_insert (WbDatabase *self, gpointer record, gint64 *id, GError **error)
{
  const WbRecordClass *klass = wb_record_describe (record);
  const char          *sql = wb_database_cached_sql (self, klass, "insert", make_insert, klass);
  g_autoptr (WbRows)   rows = wb_database_prepare (self, sql, error);

  if (rows == NULL)
    return FALSE;
  wb_rows_lend (rows);
  for (guint i = 0, parameter = 1; i < klass->n_fields; i++)
    if (is_column (&klass->fields[i]))
      bind_field (rows, parameter++, record, i);
  if (!finish (rows, error))
    return FALSE;
  wb_record_set_int (record, 0, wb_database_last_id (self));
  if (id != NULL)
    *id = wb_record_get_int (record, 0);
  return TRUE;
}

/** wb_database_update: writes all fields of @record over the row with its `id`; %WB_ERROR_NOT_FOUND
 * when there is none. */
gboolean
wb_database_update (WbDatabase *self, gpointer record, GError **error)
{
  const WbRecordClass *klass = wb_record_describe (record);
  const char          *sql = wb_database_cached_sql (self, klass, "update", make_update, klass);
  g_autoptr (WbRows)   rows = wb_database_prepare (self, sql, error);
  guint                parameter = 1;

  if (rows == NULL)
    return FALSE;
  wb_rows_lend (rows);
  for (guint i = 1; i < klass->n_fields; i++)
    if (is_column (&klass->fields[i]))
      bind_field (rows, parameter++, record, i);
  wb_rows_bind_int (rows, parameter, wb_record_get_int (record, 0));
  if (!finish (rows, error))
    return FALSE;
  if (wb_database_changes (self) == 1)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "Order book: %s %" G_GINT64_FORMAT " is not there", klass->table,
               wb_record_get_int (record, 0));
  return FALSE;
}

/**
 * wb_database_select:
 * @tail: what follows the table's name: “WHERE state = ? ORDER BY id”; the table is called t
 *
 * Returns: (transfer full) (element-type WbRecord): the rows as records of @record_type, without
 * children.
 */
GPtrArray *
wb_database_select (
    WbDatabase *self, GType record_type, GError **error, const char *tail, const char *types, ...)
{
  g_autoptr (GTypeClass) type_class = g_type_class_ref (record_type);
  const WbRecordClass   *klass = WB_RECORD_CLASS (type_class);
  const char            *head = wb_database_cached_sql (self, klass, "select", make_select, klass);
  g_autofree char       *sql = g_strconcat (head, tail, NULL);
  g_autoptr (GPtrArray)  records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError)     local = NULL;
  g_autoptr (WbRows)     rows = NULL;
  va_list                args;

  va_start (args, types);
  rows = wb_database_query_valist (self, error, sql, types, args);
  va_end (args);
  if (rows == NULL)
    return NULL;
  while (wb_rows_next (rows, &local))
    {
      gpointer record = g_object_new (record_type, NULL);

      wb_rows_read (rows, 0, record);
      g_ptr_array_add (records, record);
    }
  if (local == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

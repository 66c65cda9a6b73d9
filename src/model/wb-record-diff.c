/* SPDX-License-Identifier: GPL-3.0-or-later
 * What changed between two states of a record: the order since its label was bought. */
#include "wb-record.h"

/** wb_change_free: frees @change. */
void
wb_change_free (WbChange *change)
{
  g_free (change->path);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static char *
value_text (gpointer record, guint i, const char *currency)
{
  switch (wb_record_describe (record)->fields[i].kind)
    {
    case WB_FIELD_TEXT:
    case WB_FIELD_DATE:
    case WB_FIELD_JSON:
      return g_strdup (wb_record_get_text (record, i));
    case WB_FIELD_AMOUNT:
      return wb_minor_to_decimal (wb_record_get_int (record, i), wb_currency_exponent (currency));
    case WB_FIELD_INSTANT:
      return wb_instant_to_iso (wb_record_get_int (record, i));
    case WB_FIELD_BOOL:
      return g_strdup (wb_record_get_bool (record, i) ? "true" : "false");
    case WB_FIELD_INT:
    case WB_FIELD_ONE:
    case WB_FIELD_MANY:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (record, i));
    }
}

static const char *
match_of (gpointer record)
{
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].flags & WB_FIELD_MATCH)
      return wb_record_get_text (record, i);
  return NULL;
}

static gpointer
find_match (GPtrArray *children, const char *match)
{
  for (guint i = 0; i < children->len; i++)
    if (g_strcmp0 (match_of (children->pdata[i]), match) == 0)
      return children->pdata[i];
  return NULL;
}

static void
add_change (GPtrArray *changes, char *path, guint flags, char *before, char *after)
{
  WbChange *change = g_new0 (WbChange, 1);

  *change = (WbChange) { .path = path, .flags = flags, .before = before, .after = after };
  g_ptr_array_add (changes, change);
}

static void compare (gpointer before, gpointer after, const char *path, const char *currency, GPtrArray *changes);

static char *
describe_child (gpointer child)
{
  int name = wb_record_find_field (child, "name");

  return g_strdup (name >= 0 ? wb_record_get_text (child, (guint) name) : match_of (child));
}

static void
compare_many (gpointer before, gpointer after, guint i, const char *path, const char *currency, GPtrArray *changes)
{
  guint      flags = wb_record_describe (before)->fields[i].flags;
  GPtrArray *old = wb_record_get_many (before, i), *new = wb_record_get_many (after, i);

  for (guint k = 0; k < old->len; k++)
    {
      g_autofree char *at = g_strdup_printf ("%s[%s]", path, match_of (old->pdata[k]));
      gpointer         other = find_match (new, match_of (old->pdata[k]));

      if (other != NULL)
        compare (old->pdata[k], other, at, currency, changes);
      else
        add_change (changes, g_steal_pointer (&at), flags, describe_child (old->pdata[k]), NULL);
    }
  for (guint k = 0; k < new->len; k++)
    if (find_match (old, match_of (new->pdata[k])) == NULL)
      add_change (changes, g_strdup_printf ("%s[%s]", path, match_of (new->pdata[k])), flags, NULL,
                  describe_child (new->pdata[k]));
}

static void
compare_field (gpointer before, gpointer after, guint i, const char *path, const char *currency, GPtrArray *changes)
{
  const WbField *field = &wb_record_describe (before)->fields[i];
  g_autofree char *old = NULL, *new = NULL;

  if (field->kind == WB_FIELD_MANY)
    {
      compare_many (before, after, i, path, currency, changes);
      return;
    }
  if (field->kind == WB_FIELD_ONE)
    {
      gpointer a = wb_record_get_one (before, i), b = wb_record_get_one (after, i);

      if (a != NULL && b != NULL)
        compare (a, b, path, currency, changes);
      else if (a != b)
        add_change (changes, g_strdup (path), field->flags, a != NULL ? describe_child (a) : NULL, b != NULL ? describe_child (b) : NULL);
      return;
    }
  old = value_text (before, i, currency);
  new = value_text (after, i, currency);
  if (g_strcmp0 (old, new) != 0)
    add_change (changes, g_strdup (path), field->flags, g_steal_pointer (&old), g_steal_pointer (&new));
}

static void
compare (gpointer before, gpointer after, const char *path, const char *currency, GPtrArray *changes)
{
  const WbRecordClass *klass = wb_record_describe (before);

  if (klass->currency < klass->n_fields)
    currency = wb_record_get_text (after, klass->currency);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autofree char *at = g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", klass->fields[i].name);

      if (!(klass->fields[i].flags & (WB_FIELD_KEY | WB_FIELD_LOCAL)))
        compare_field (before, after, i, at, currency, changes);
    }
}

/**
 * wb_record_diff:
 * Compares two states of the same record field by field, children by their MATCH field; KEY and LOCAL fields are ours
 * and not compared.
 *
 * Returns: (transfer full) (element-type WbChange): the changes, none when equal.
 */
GPtrArray *
wb_record_diff (gpointer before, gpointer after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_change_free);

  g_assert (G_OBJECT_TYPE (before) == G_OBJECT_TYPE (after));
  compare (before, after, "", NULL, changes);
  return changes;
}

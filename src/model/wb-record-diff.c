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

/* The currency that amounts are in on either side, a child's being its owner's. */
typedef struct
{
  const char *was;
  const char *is;
} Currencies;

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

/* The child of @others that child @k of @children was or became: the one with the same match value,
 * and where several have it (or none has any) the one that comes as late among them. */
static gpointer
find_match (GPtrArray *others, GPtrArray *children, guint k)
{
  const char *match = match_of (children->pdata[k]);
  guint       earlier = 0;

  for (guint i = 0; i < k; i++)
    earlier += g_strcmp0 (match_of (children->pdata[i]), match) == 0;
  for (guint i = 0; i < others->len; i++)
    if (g_strcmp0 (match_of (others->pdata[i]), match) == 0 && earlier-- == 0)
      return others->pdata[i];
  return NULL;
}

/* “lines[412]”; a child without a match value by its place. */
static char *
child_path (const char *path, gpointer child, guint k)
{
  const char *match = match_of (child);

  return match != NULL ? g_strdup_printf ("%s[%s]", path, match)
                       : g_strdup_printf ("%s[%u]", path, k);
}

static void
add_change (GPtrArray *changes, char *path, guint flags, char *before, char *after)
{
  WbChange *change = g_new0 (WbChange, 1);

  *change = (WbChange){ .path = path, .flags = flags, .before = before, .after = after };
  g_ptr_array_add (changes, change);
}

static void compare (
    gpointer before, gpointer after, const char *path, Currencies currencies, GPtrArray *changes);

static char *
describe_child (gpointer child)
{
  int         field = wb_record_find_field (child, "name");
  const char *name = field >= 0 ? wb_record_get_text (child, (guint) field) : NULL;
  const char *match = match_of (child);

  /* never NULL: that would read as if there were no child */
  return g_strdup (name != NULL ? name : match != NULL ? match : "");
}

static void
compare_many (gpointer    before,
              gpointer    after,
              guint       i,
              const char *path,
              Currencies  currencies,
              GPtrArray  *changes)
{
  guint      flags = wb_record_describe (before)->fields[i].flags;
  GPtrArray *old = wb_record_get_many (before, i), *new = wb_record_get_many (after, i);

  for (guint k = 0; k < old->len; k++)
    {
      g_autofree char *at = child_path (path, old->pdata[k], k);
      gpointer         other = find_match (new, old, k);

      if (other != NULL)
        compare (old->pdata[k], other, at, currencies, changes);
      else
        add_change (changes, g_steal_pointer (&at), flags, describe_child (old->pdata[k]), NULL);
    }
  for (guint k = 0; k < new->len; k++)
    if (find_match (old, new, k) == NULL)
      add_change (changes, child_path (path, new->pdata[k], k), flags, NULL,
                  describe_child (new->pdata[k]));
}

static void
compare_field (gpointer    before,
               gpointer    after,
               guint       i,
               const char *path,
               Currencies  currencies,
               GPtrArray  *changes)
{
  const WbField   *field = &wb_record_describe (before)->fields[i];
  g_autofree char *old = NULL, *new = NULL;

  if (field->kind == WB_FIELD_MANY)
    {
      compare_many (before, after, i, path, currencies, changes);
      return;
    }
  if (field->kind == WB_FIELD_ONE)
    {
      gpointer a = wb_record_get_one (before, i), b = wb_record_get_one (after, i);

      if (a != NULL && b != NULL)
        compare (a, b, path, currencies, changes);
      else if (a != b)
        add_change (changes, g_strdup (path), field->flags, a != NULL ? describe_child (a) : NULL,
                    b != NULL ? describe_child (b) : NULL);
      return;
    }
  old = value_text (before, i, currencies.was);
  new = value_text (after, i, currencies.is);
  if (g_strcmp0 (old, new) != 0)
    add_change (changes, g_strdup (path), field->flags, g_steal_pointer (&old),
                g_steal_pointer (&new));
}

static void
compare (
    gpointer before, gpointer after, const char *path, Currencies currencies, GPtrArray *changes)
{
  const WbRecordClass *klass = wb_record_describe (before);

  if (klass->currency < klass->n_fields)
    currencies = (Currencies){ wb_record_get_text (before, klass->currency),
                               wb_record_get_text (after, klass->currency) };
  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autofree char *at =
          g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", klass->fields[i].name);

      if (!(klass->fields[i].flags & (WB_FIELD_KEY | WB_FIELD_LOCAL)))
        compare_field (before, after, i, at, currencies, changes);
    }
}

/**
 * wb_record_diff:
 * Compares two states of the same record field by field, children by their MATCH field; KEY and
 * LOCAL fields are ours and not compared.
 *
 * Returns: (transfer full) (element-type WbChange): the changes, none when equal.
 */
GPtrArray *
wb_record_diff (gpointer before, gpointer after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_change_free);

  g_assert (G_OBJECT_TYPE (before) == G_OBJECT_TYPE (after));
  compare (before, after, "", (Currencies){ NULL, NULL }, changes);
  return changes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record's fields: slots, GObject properties, typed access. (JSON and differences:
 * wb-record-json.c, -diff.c.) */
#include "wb-record.h"

#include <string.h>

typedef union
{
  gint64     number;
  char      *text;
  WbRecord  *one;
  GPtrArray *many;
} Slot;

typedef struct
{
  Slot *slots;
  guint n;
} WbRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbRecord, wb_record, G_TYPE_OBJECT)

static inline gboolean
is_textual (WbFieldKind kind)
{
  return kind == WB_FIELD_TEXT || kind == WB_FIELD_DATE || kind == WB_FIELD_JSON;
}

static inline Slot *
slot_of (gpointer record, guint field)
{
  WbRecordPrivate *priv = wb_record_get_instance_private (record);

  g_assert (field < priv->n);
  return &priv->slots[field];
}

/** wb_record_describe: Returns: (transfer none): the class of @record: its table and fields. */
const WbRecordClass *
wb_record_describe (gpointer record)
{
  return WB_RECORD_GET_CLASS (record);
}

static inline const WbField *
field_of (gpointer record, guint field)
{
  return &WB_RECORD_GET_CLASS (record)->fields[field];
}

/* Cheap when nobody listens, which GLib knows by a flag: records are filled by the hundred
 * thousand. */
static void
notify (gpointer record, guint field)
{
  g_object_notify_by_pspec (record, WB_RECORD_GET_CLASS (record)->properties[field]);
}

static GListModel *
make_list (GPtrArray *children, GType type)
{
  GListStore *list = g_list_store_new (type);

  g_list_store_splice (list, 0, 0, children->pdata, children->len);
  return G_LIST_MODEL (list);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const WbField *field = field_of (object, id - 1);
  Slot          *slot = slot_of (object, id - 1);

  if (is_textual (field->kind))
    g_value_set_string (value, slot->text);
  else if (field->kind == WB_FIELD_BOOL)
    g_value_set_boolean (value, slot->number != 0);
  else if (field->kind == WB_FIELD_ONE)
    g_value_set_object (value, slot->one);
  else if (field->kind == WB_FIELD_MANY)
    g_value_take_object (value, make_list (wb_record_get_many (object, id - 1), field->child ()));
  else
    g_value_set_int64 (value, slot->number);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  const WbField *field = field_of (object, id - 1);

  if (is_textual (field->kind))
    wb_record_set_text (object, id - 1, g_value_get_string (value));
  else if (field->kind == WB_FIELD_BOOL)
    wb_record_set_bool (object, id - 1, g_value_get_boolean (value));
  else if (field->kind == WB_FIELD_ONE)
    wb_record_set_one (object, id - 1, g_value_get_object (value));
  else if (field->kind != WB_FIELD_MANY)
    wb_record_set_int (object, id - 1, g_value_get_int64 (value));
}

static void
clear_slot (const WbField *field, Slot *slot)
{
  if (is_textual (field->kind))
    g_clear_pointer (&slot->text, g_free);
  else if (field->kind == WB_FIELD_ONE)
    g_clear_object (&slot->one);
  else if (field->kind == WB_FIELD_MANY)
    g_clear_pointer (&slot->many, g_ptr_array_unref);
}

static void
finalize (GObject *object)
{
  WbRecordPrivate *priv = wb_record_get_instance_private (WB_RECORD (object));

  for (guint i = 0; i < priv->n; i++)
    clear_slot (field_of (object, i), &priv->slots[i]);
  g_free (priv->slots);
  G_OBJECT_CLASS (wb_record_parent_class)->finalize (object);
}

static void
wb_record_class_init (WbRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->finalize = finalize;
}

static void
wb_record_init (WbRecord *self)
{
}

static GParamSpec *
make_pspec (const WbField *field)
{
  g_autofree char *name = g_strdelimit (g_strdup (field->name), "_", '-');
  GParamFlags      flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_NICK | G_PARAM_STATIC_BLURB;

  if (is_textual (field->kind))
    return g_param_spec_string (name, NULL, NULL, NULL, flags);
  if (field->kind == WB_FIELD_BOOL)
    return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
  if (field->kind == WB_FIELD_ONE)
    return g_param_spec_object (name, NULL, NULL, field->child (), flags);
  if (field->kind == WB_FIELD_MANY)
    return g_param_spec_object (name, NULL, NULL, G_TYPE_LIST_MODEL,
                                G_PARAM_READABLE | G_PARAM_STATIC_NICK | G_PARAM_STATIC_BLURB);
  return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
}

/** wb_record_class_install: gives @klass its table and one property a field; called by
 * WB_DEFINE_RECORD. */
void
wb_record_class_install (WbRecordClass *klass,
                         const char    *table,
                         const WbField *fields,
                         guint          n_fields)
{
  /* GObject clears these two for each class, not only at the root. */
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;
  klass->table = table;
  klass->fields = fields;
  klass->n_fields = n_fields;
  klass->currency = n_fields;
  klass->properties = g_new0 (GParamSpec *, n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      klass->properties[i] = make_pspec (&fields[i]);
      g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, klass->properties[i]);
      if (strcmp (fields[i].name, "currency") == 0)
        klass->currency = i;
    }
}

/** wb_record_allocate: makes room for the fields of a new record; called by WB_DEFINE_RECORD. */
void
wb_record_allocate (WbRecord *self, guint n_fields)
{
  WbRecordPrivate *priv = wb_record_get_instance_private (self);

  priv->slots = g_new0 (Slot, n_fields);
  priv->n = n_fields;
}

/** wb_record_get_text: Returns: (transfer none) (nullable): a TEXT, DATE or JSON field. */
const char *
wb_record_get_text (gpointer record, guint field)
{
  g_assert (is_textual (field_of (record, field)->kind));
  return slot_of (record, field)->text;
}

/** wb_record_get_int: an INT, AMOUNT (minor units) or INSTANT field. */
gint64
wb_record_get_int (gpointer record, guint field)
{
  g_assert (!is_textual (field_of (record, field)->kind));
  return slot_of (record, field)->number;
}

/** wb_record_get_bool: a BOOL field. */
gboolean
wb_record_get_bool (gpointer record, guint field)
{
  return wb_record_get_int (record, field) != 0;
}

/** wb_record_get_money: an AMOUNT field with the record's own currency (the record must have a
 * `currency` field). */
WbMoney
wb_record_get_money (gpointer record, guint field)
{
  guint currency = WB_RECORD_GET_CLASS (record)->currency;

  g_assert (field_of (record, field)->kind == WB_FIELD_AMOUNT);
  return wb_money (slot_of (record, field)->number, wb_record_get_text (record, currency));
}

/** wb_record_get_one: Returns: (transfer none) (nullable): the child record. */
gpointer
wb_record_get_one (gpointer record, guint field)
{
  g_assert (field_of (record, field)->kind == WB_FIELD_ONE);
  return slot_of (record, field)->one;
}

/** wb_record_get_many: Returns: (transfer none): the child records, in order; never %NULL. */
GPtrArray *
wb_record_get_many (gpointer record, guint field)
{
  Slot *slot = slot_of (record, field);

  g_assert (field_of (record, field)->kind == WB_FIELD_MANY);
  if (slot->many == NULL)
    slot->many = g_ptr_array_new_with_free_func (g_object_unref);
  return slot->many;
}

/** wb_record_set_text: copies @value. Returns: whether the field changed. */
gboolean
wb_record_set_text (gpointer record, guint field, const char *value)
{
  if (g_strcmp0 (slot_of (record, field)->text, value) == 0)
    return FALSE;
  return wb_record_take_text (record, field, g_strdup (value));
}

/** wb_record_take_text: like wb_record_set_text() but takes ownership of @value. */
gboolean
wb_record_take_text (gpointer record, guint field, char *value)
{
  Slot *slot = slot_of (record, field);

  g_assert (is_textual (field_of (record, field)->kind));
  if (g_strcmp0 (slot->text, value) == 0)
    {
      g_free (value);
      return FALSE;
    }
  g_free (slot->text);
  slot->text = value;
  notify (record, field);
  return TRUE;
}

/** wb_record_set_int: sets an INT, AMOUNT, INSTANT or BOOL field. Returns: whether it changed. */
gboolean
wb_record_set_int (gpointer record, guint field, gint64 value)
{
  Slot *slot = slot_of (record, field);

  g_assert (!is_textual (field_of (record, field)->kind) &&
            field_of (record, field)->kind < WB_FIELD_ONE);
  if (slot->number == value)
    return FALSE;
  slot->number = value;
  notify (record, field);
  return TRUE;
}

/** wb_record_set_bool: sets a BOOL field. Returns: whether it changed. */
gboolean
wb_record_set_bool (gpointer record, guint field, gboolean value)
{
  return wb_record_set_int (record, field, value != FALSE);
}

/** wb_record_set_one: sets the child (or %NULL); takes a reference of its own. */
void
wb_record_set_one (gpointer record, guint field, gpointer child)
{
  Slot *slot = slot_of (record, field);

  g_assert (field_of (record, field)->kind == WB_FIELD_ONE);
  if (g_set_object (&slot->one, child))
    notify (record, field);
}

/** wb_record_add: appends @child (transfer full) to a MANY field. */
void
wb_record_add (gpointer record, guint field, gpointer child)
{
  g_assert (G_TYPE_CHECK_INSTANCE_TYPE (child, field_of (record, field)->child ()));
  g_ptr_array_add (wb_record_get_many (record, field), child);
}

/** wb_record_find_field: Returns: the index of the field called @name, or -1. */
int
wb_record_find_field (gpointer record, const char *name)
{
  const WbRecordClass *klass = WB_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    if (strcmp (klass->fields[i].name, name) == 0)
      return (int) i;
  return -1;
}

static void
copy_field (gpointer record, gpointer copy, guint i)
{
  const WbField *field = field_of (record, i);

  if (is_textual (field->kind))
    slot_of (copy, i)->text = g_strdup (slot_of (record, i)->text);
  else if (field->kind == WB_FIELD_ONE)
    slot_of (copy, i)->one =
        slot_of (record, i)->one != NULL ? wb_record_copy (slot_of (record, i)->one) : NULL;
  else if (field->kind == WB_FIELD_MANY)
    for (guint n = 0; n < wb_record_get_many (record, i)->len; n++)
      wb_record_add (copy, i, wb_record_copy (wb_record_get_many (record, i)->pdata[n]));
  else
    slot_of (copy, i)->number = slot_of (record, i)->number;
}

/** wb_record_copy: Returns: (transfer full): a deep copy of @record. */
gpointer
wb_record_copy (gpointer record)
{
  gpointer copy = g_object_new (G_OBJECT_TYPE (record), NULL);

  for (guint i = 0; i < WB_RECORD_GET_CLASS (record)->n_fields; i++)
    copy_field (record, copy, i);
  return copy;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as JSON, both ways. Amounts are decimal strings in the record's (or its owner's)
 * currency. */
#include "wb-record.h"

static const char *
currency_of (gpointer record, const char *inherited)
{
  const WbRecordClass *klass = wb_record_describe (record);
  const char          *own =
      klass->currency < klass->n_fields ? wb_record_get_text (record, klass->currency) : NULL;

  return own != NULL ? own : inherited;
}

static JsonNode *
text_node (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text)
                      : json_node_init_null (json_node_alloc ());
}

static JsonNode *
take_text_node (char *text)
{
  JsonNode *node = text_node (text);

  g_free (text);
  return node;
}

static JsonNode *to_json (gpointer record, const char *inherited);

static JsonNode *
many_node (GPtrArray *children, const char *currency)
{
  JsonNode  *node = json_node_alloc ();
  JsonArray *list = json_array_sized_new (children->len);

  for (guint i = 0; i < children->len; i++)
    json_array_add_element (list, to_json (children->pdata[i], currency));
  json_node_init_array (node, list);
  json_array_unref (list);
  return node;
}

static JsonNode *
field_node (gpointer record, guint i, const char *currency)
{
  const WbField *field = &wb_record_describe (record)->fields[i];
  JsonNode      *parsed;

  switch (field->kind)
    {
    case WB_FIELD_TEXT:
    case WB_FIELD_DATE:
      return text_node (wb_record_get_text (record, i));
    case WB_FIELD_JSON:
      parsed = wb_record_get_text (record, i) != NULL
                   ? json_from_string (wb_record_get_text (record, i), NULL)
                   : NULL;
      return parsed != NULL ? parsed : json_node_init_null (json_node_alloc ());
    case WB_FIELD_BOOL:
      return json_node_init_boolean (json_node_alloc (), wb_record_get_bool (record, i));
    case WB_FIELD_AMOUNT:
      return take_text_node (
          wb_minor_to_decimal (wb_record_get_int (record, i), wb_currency_exponent (currency)));
    case WB_FIELD_INSTANT:
      return take_text_node (wb_instant_to_iso (wb_record_get_int (record, i)));
    case WB_FIELD_ONE:
      return wb_record_get_one (record, i) != NULL
                 ? to_json (wb_record_get_one (record, i), currency)
                 : json_node_init_null (json_node_alloc ());
    case WB_FIELD_MANY:
      return many_node (wb_record_get_many (record, i), currency);
    case WB_FIELD_INT:
    default:
      return json_node_init_int (json_node_alloc (), wb_record_get_int (record, i));
    }
}

static JsonNode *
to_json (gpointer record, const char *inherited)
{
  const WbRecordClass *klass = wb_record_describe (record);
  const char          *currency = currency_of (record, inherited);
  JsonObject          *object = json_object_new ();
  JsonNode            *node = json_node_alloc ();

  for (guint i = 0; i < klass->n_fields; i++)
    json_object_set_member (object, klass->fields[i].name, field_node (record, i, currency));
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

/** wb_record_to_json: Returns: (transfer full): an object with every field, children within. */
JsonNode *
wb_record_to_json (gpointer record)
{
  return to_json (record, NULL);
}

static gboolean
from_json (gpointer record, const WbJson *at, const char *inherited, GError **error);

static gboolean
read_children (gpointer record, guint i, const WbJson *at, const char *currency, GError **error)
{
  const WbField *field = &wb_record_describe (record)->fields[i];
  WbJson         list;
  guint          n = 0;

  if (!wb_json_array (at, field->name, &list, &n, error))
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      WbJson              element = wb_json_element (&list, k);
      g_autoptr (GObject) child = g_object_new (field->child (), NULL);

      if (!from_json (child, &element, currency, error))
        return FALSE;
      wb_record_add (record, i, g_steal_pointer (&child));
    }
  return TRUE;
}

static gboolean
read_child (gpointer record, guint i, const WbJson *at, const char *currency, GError **error)
{
  const WbField      *field = &wb_record_describe (record)->fields[i];
  WbJson              there = wb_json_member (at, field->name);
  g_autoptr (GObject) child = g_object_new (field->child (), NULL);

  if (!from_json (child, &there, currency, error))
    return FALSE;
  wb_record_set_one (record, i, child);
  return TRUE;
}

static gboolean
read_text (gpointer record, guint i, const WbJson *at, GError **error)
{
  const WbField *field = &wb_record_describe (record)->fields[i];
  WbJson         there = wb_json_member (at, field->name);

  if (field->kind == WB_FIELD_JSON)
    return wb_record_take_text (record, i, wb_json_to_text (there.node)) || TRUE;
  if (wb_json_string (at, field->name, error) == NULL)
    return FALSE;
  wb_record_set_text (record, i, wb_json_opt_string (at, field->name));
  if (field->kind == WB_FIELD_DATE && !wb_date_is_valid (wb_record_get_text (record, i)))
    return wb_json_fail (&there, "a date YYYY-MM-DD", error);
  return TRUE;
}

static gboolean
read_number (gpointer record, guint i, const WbJson *at, const char *currency, GError **error)
{
  const WbField *field = &wb_record_describe (record)->fields[i];
  WbJson         there = wb_json_member (at, field->name);
  gint64         value = 0;
  gboolean       ok = TRUE;

  if (field->kind == WB_FIELD_AMOUNT)
    ok = wb_json_decimal (at, field->name, wb_currency_exponent (currency), &value, error);
  else if (field->kind == WB_FIELD_INSTANT)
    ok = wb_json_instant (at, field->name, &value, error);
  else if (field->kind == WB_FIELD_INT)
    ok = wb_json_int (at, field->name, &value, error);
  else if (json_node_get_value_type (there.node) == G_TYPE_BOOLEAN)
    value = wb_json_bool (at, field->name, FALSE);
  else
    ok = wb_json_fail (&there, "true or false", error);
  if (ok)
    wb_record_set_int (record, i, value);
  return ok;
}

static gboolean
read_field (gpointer record, guint i, const WbJson *at, const char *currency, GError **error)
{
  const WbField *field = &wb_record_describe (record)->fields[i];
  WbJson         there = wb_json_member (at, field->name);

  if (wb_json_is_null (&there))
    return TRUE; /* absent: the field keeps what it has */
  switch (field->kind)
    {
    case WB_FIELD_TEXT:
    case WB_FIELD_DATE:
    case WB_FIELD_JSON:
      return read_text (record, i, at, error);
    case WB_FIELD_ONE:
      return read_child (record, i, at, currency, error);
    case WB_FIELD_MANY:
      return read_children (record, i, at, currency, error);
    case WB_FIELD_INT:
    case WB_FIELD_BOOL:
    case WB_FIELD_AMOUNT:
    case WB_FIELD_INSTANT:
    default:
      return read_number (record, i, at, currency, error);
    }
}

static gboolean
from_json (gpointer record, const WbJson *at, const char *inherited, GError **error)
{
  const WbRecordClass *klass = wb_record_describe (record);

  if (!wb_json_is_object (at))
    return wb_json_fail (at, "an object", error);
  /* The currency first: the amounts are read by its exponent. */
  if (klass->currency < klass->n_fields &&
      !read_field (record, klass->currency, at, inherited, error))
    return FALSE;
  for (guint i = 0; i < klass->n_fields; i++)
    if (i != klass->currency && !read_field (record, i, at, currency_of (record, inherited), error))
      return FALSE;
  return TRUE;
}

/**
 * wb_record_from_json:
 * Fills @record from the object at @at; members that are absent or null leave the field as it is,
 * unknown members are passed over. On %WB_ERROR_INVALID (path in the message) the record is half
 * filled: throw it away.
 */
gboolean
wb_record_from_json (gpointer record, const WbJson *at, GError **error)
{
  return from_json (record, at, NULL, error);
}

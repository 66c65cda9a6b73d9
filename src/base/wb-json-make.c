/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small JSON objects of our own: the journal's requests and replies, and what an event tells. */
#include "wb-json.h"

static void
add_member (JsonObject *object, const char *name, va_list *args)
{
  gint64      number;
  const char *text;

  switch (name[0])
    {
    case 'i':
      number = va_arg (*args, gint64);
      json_object_set_int_member (object, name + 2, number);
      break;
    case 'b':
      json_object_set_boolean_member (object, name + 2, va_arg (*args, gboolean));
      break;
    case 'o':
      json_object_set_member (object, name + 2, va_arg (*args, JsonNode *));
      break;
    case 's':
    default:
      text = va_arg (*args, const char *);
      if (text != NULL)
        json_object_set_string_member (object, name + 2, text);
      break;
    }
}

/**
 * wb_json_make:
 * @first_name: “s:name”, “i:name”, “b:name” or “o:name”, then its value (text, gint64, gboolean,
 * #JsonNode that is taken), and so on, ended by %NULL; a %NULL text is left out
 *
 * Returns: (transfer full): an object.
 */
JsonNode *
wb_json_make (const char *first_name, ...)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_alloc ();
  va_list     args;

  va_start (args, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (args, const char *))
    add_member (object, name, &args);
  va_end (args);
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

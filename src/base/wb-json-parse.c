/* SPDX-License-Identifier: GPL-3.0-or-later
 * Foreign bytes made into a JSON tree, or refused: strict, bounded in depth and size.
 *
 * json-glib's own parser recurses without bound, takes comments, quotes of either kind, octal and
 * hexadecimal numbers and whatever follows the root, reads a number beyond 64 bits as -1, and makes
 * texts that are no UTF-8 of odd escapes; and it took more than a quarter of a first import. So its
 * tree is built here, in one pass over a copy of the text, in which each text is decoded where it
 * stands (what is written is never longer than what is read). */
#include "wb-json.h"

#include <string.h>

typedef struct
{
  char       *p; /* the next byte; a zero at the end, and nowhere before it */
  guint       depth;
  const char *fault; /* the first one; a static text */
} Reader;

static JsonNode *read_value (Reader *self);

static void
refuse (Reader *self, const char *fault)
{
  if (self->fault == NULL)
    self->fault = fault;
}

/* What stands here is not what has to stand here. */
static void
refuse_byte (Reader *self)
{
  if (*self->p == '\0')
    refuse (self, "it breaks off");
  else if (!g_ascii_isdigit (*self->p) && strchr ("{[]},:\"-truefalsnu", *self->p) == NULL)
    refuse (self, "it has a character that JSON does not know outside texts");
  else
    refuse (self, "something stands where it cannot stand");
}

static void
skip_space (Reader *self)
{
  while (*self->p == ' ' || *self->p == '\n' || *self->p == '\t' || *self->p == '\r')
    self->p++;
}

/* Whether @byte comes next; it is passed then. */
static gboolean
take (Reader *self, char byte)
{
  skip_space (self);
  if (*self->p != byte)
    return FALSE;
  self->p++;
  return TRUE;
}

static gboolean
expect (Reader *self, char byte)
{
  if (take (self, byte))
    return TRUE;
  refuse_byte (self);
  return FALSE;
}

/* ---- texts ---- */

/* Returns: the UTF-16 unit written as “\uXXXX” at @p, or -1. */
static int
unit_at (const char *p)
{
  int unit = 0;

  if (p[0] != '\\' || p[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      unit = unit << 4 | g_ascii_xdigit_value (p[i]);
    }
  return unit;
}

/* “\uXXXX” or a pair of them at the reader; written at @to. Returns: the end of what was written.
 */
static char *
decode_unit (Reader *self, char *to)
{
  int unit = unit_at (self->p), low = -1;

  if (unit < 0)
    refuse (self, "a text has an escape that JSON does not know");
  else if (unit >= 0xd800 && unit < 0xdc00)
    low = unit_at (self->p + 6);
  if (low >= 0xdc00 && low < 0xe000)
    {
      self->p += 12;
      return to + g_unichar_to_utf8 (
                      (gunichar) (0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)), to);
    }
  if (unit >= 0xd800 && unit < 0xe000)
    refuse (self, "a text has half a character");
  if (self->fault != NULL)
    return to;
  self->p += 6;
  return to + g_unichar_to_utf8 ((gunichar) unit, to);
}

/* A backslash stands at the reader. */
static char *
decode_escape (Reader *self, char *to)
{
  static const char written[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  const char       *found;

  if (self->p[1] == 'u')
    return decode_unit (self, to);
  found = self->p[1] != '\0' ? strchr (written, self->p[1]) : NULL;
  if (found == NULL)
    {
      refuse (self, self->p[1] == '\0' ? "a text has no end"
                                       : "a text has an escape that JSON does not know");
      return to;
    }
  *to = meant[found - written];
  self->p += 2;
  return to + 1;
}

/* A text whose opening quote has been passed. Returns: (transfer none): it, in the copy; NULL when
 * refused. */
static char *
read_text (Reader *self)
{
  char *text = self->p, *to;

  while (*self->p != '"' && *self->p != '\\' && *self->p != '\0')
    self->p++;
  for (to = self->p; *self->p != '"' && self->fault == NULL;)
    if (*self->p == '\\')
      to = decode_escape (self, to);
    else if (*self->p == '\0')
      refuse (self, "a text has no end");
    else
      *to++ = *self->p++;
  if (self->fault != NULL)
    return NULL;
  self->p++;
  *to = '\0';
  return text;
}

/* ---- numbers and words ---- */

static void
skip_digits (Reader *self)
{
  if (!g_ascii_isdigit (*self->p))
    refuse (self, "a number has no digits");
  while (g_ascii_isdigit (*self->p))
    self->p++;
}

static JsonNode *
read_whole (Reader *self, const char *digits, gboolean negative)
{
  gint64 value = 0;

  for (const char *d = digits; d < self->p; d++)
    if (__builtin_mul_overflow (value, (gint64) 10, &value) ||
        __builtin_sub_overflow (value, (gint64) (*d - '0'), &value))
      refuse (self, "a whole number does not fit in 64 bits");
  if (!negative && value == G_MININT64)
    refuse (self, "a whole number does not fit in 64 bits");
  return self->fault == NULL ? json_node_init_int (json_node_alloc (), negative ? value : -value)
                             : NULL;
}

static JsonNode *
read_number (Reader *self)
{
  const char *first = self->p, *digits;
  gboolean    negative = *self->p == '-', whole;

  self->p += negative;
  digits = self->p;
  skip_digits (self);
  if (*digits == '0' && self->p - digits > 1)
    refuse (self, "a number begins with a needless 0");
  whole = *self->p != '.' && *self->p != 'e' && *self->p != 'E';
  if (whole || self->fault != NULL)
    return self->fault == NULL ? read_whole (self, digits, negative) : NULL;
  if (*self->p == '.')
    {
      self->p++;
      skip_digits (self);
    }
  if (*self->p == 'e' || *self->p == 'E')
    {
      self->p++;
      self->p += *self->p == '+' || *self->p == '-';
      skip_digits (self);
    }
  if (self->fault != NULL)
    return NULL;
  /* An amount is a text wherever it is read: wb_json_decimal() refuses such a number. */
  return json_node_init_double (json_node_alloc (),
                                g_ascii_strtod (first, NULL)); /* no money: see above */
}

static JsonNode *
read_word (Reader *self)
{
  if (strncmp (self->p, "null", 4) == 0)
    {
      self->p += 4;
      return json_node_init_null (json_node_alloc ());
    }
  if (strncmp (self->p, "true", 4) == 0)
    {
      self->p += 4;
      return json_node_init_boolean (json_node_alloc (), TRUE);
    }
  if (strncmp (self->p, "false", 5) == 0)
    {
      self->p += 5;
      return json_node_init_boolean (json_node_alloc (), FALSE);
    }
  refuse_byte (self);
  return NULL;
}

/* ---- what has something in it ---- */

static JsonNode *
read_array (Reader *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode             *node;

  for (gboolean more = !take (self, ']'); more;)
    {
      JsonNode *element = read_value (self);

      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);
      more = take (self, ',');
      if (!more && !expect (self, ']'))
        return NULL;
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));
  return node;
}

/* What is said twice of a name is what is said last. */
static gboolean
read_member (Reader *self, JsonObject *object)
{
  const char *name = expect (self, '"') ? read_text (self) : NULL;
  JsonNode   *value = name != NULL && expect (self, ':') ? read_value (self) : NULL;

  if (value != NULL)
    json_object_set_member (object, name, value);
  return value != NULL;
}

static JsonNode *
read_object (Reader *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode              *node;

  for (gboolean more = !take (self, '}'); more;)
    {
      if (!read_member (self, object))
        return NULL;
      more = take (self, ',');
      if (!more && !expect (self, '}'))
        return NULL;
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}

static JsonNode *
read_nested (Reader *self)
{
  gboolean  is_object = *self->p++ == '{';
  JsonNode *node;

  if (++self->depth > WB_JSON_MAX_DEPTH)
    {
      refuse (self, "nested more than " G_STRINGIFY (WB_JSON_MAX_DEPTH) " deep");
      return NULL;
    }
  node = is_object ? read_object (self) : read_array (self);
  self->depth--;
  return node;
}

/* Returns: (transfer full) (nullable): NULL with the fault noted. */
static JsonNode *
read_value (Reader *self)
{
  const char *text;

  skip_space (self);
  switch (*self->p)
    {
    case '{':
    case '[':
      return read_nested (self);
    case '"':
      self->p++;
      text = read_text (self);
      return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
    default:
      return *self->p == '-' || g_ascii_isdigit (*self->p) ? read_number (self) : read_word (self);
    }
}

static JsonNode *
read_all (const char *text, gsize length, const char *what, GError **error)
{
  g_autofree char     *copy = g_strndup (text, length);
  Reader               self = { .p = copy };
  g_autoptr (JsonNode) root = NULL;

  skip_space (&self);
  if (*self.p == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: it is empty", what);
      return NULL;
    }
  root = read_value (&self);
  skip_space (&self);
  if (root != NULL && *self.p != '\0')
    refuse (&self, "something follows its end");
  if (self.fault == NULL)
    return g_steal_pointer (&root);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: not valid JSON: %s", what, self.fault);
  return NULL;
}

/**
 * wb_json_parse:
 * @size: bytes of @text, or -1 when it ends with a zero
 * @what: what is being read, for messages: “orders”, “the label reply”
 *
 * Returns: (transfer full): the root, never %NULL on success; %WB_ERROR_INVALID when it is empty,
 * not JSON (RFC 8259; a text may have control characters in it, as plug-ins of shops leave them),
 * too deep (%WB_JSON_MAX_DEPTH) or too large (%WB_JSON_MAX_SIZE).
 */
JsonNode *
wb_json_parse (const char *text, gssize size, const char *what, GError **error)
{
  gsize length = size < 0 ? strlen (text) : (gsize) size;

  if (length >= 3 &&
      memcmp (text, "\xef\xbb\xbf", 3) == 0) /* a byte order mark: some shops' plug-ins leave one */
    {
      text += 3;
      length -= 3;
    }
  if (length > WB_JSON_MAX_SIZE)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: more than %d MB of JSON", what,
                 WB_JSON_MAX_SIZE >> 20);
  else if (!g_utf8_validate_len (text, length, NULL))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: it is not UTF-8 text", what);
  else
    return read_all (text, length, what, error);
  return NULL;
}

/** wb_json_parse_bytes: wb_json_parse() of @bytes. */
JsonNode *
wb_json_parse_bytes (GBytes *bytes, const char *what, GError **error)
{
  gsize       size;
  const char *text = g_bytes_get_data (bytes, &size);

  return wb_json_parse (text != NULL ? text : "", size, what, error);
}

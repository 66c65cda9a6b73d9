/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a carrier's ZPL says: how many labels, how large, which texts, codes and graphics. It is
 * looked at, never changed. */
#include "wb-zpl-read.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DOTS 32000 /* the largest place that ZPL can name */

typedef struct
{
  WbZpl   *zpl;
  gboolean open, prints;
  guint    home_x, home_y, x, y;
  gboolean upwards; /* ^FT: what is drawn ends at the place instead of beginning there */
  char    *code;    /* of the barcode whose data comes next */
  gboolean hex;     /* ^FH: _41 is A */
  char     escape;  /* its sign */
} Reader;

static void
field_free (gpointer data)
{
  WbZplField *field = data;

  g_free (field->code);
  g_free (field->text);
  g_free (field);
}

static void
graphic_free (gpointer data)
{
  WbZplGraphic *graphic = data;

  wb_bitmap_free (graphic->bitmap);
  g_free (graphic);
}

void
wb_zpl_free (WbZpl *self)
{
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->graphics);
  g_free (self);
}

/* The @n-th of the numbers in “1,2,3”. */
static guint
number (const char *text, gsize length, guint n)
{
  const char *end = text + length;

  for (; n > 0 && text != NULL; n--)
    {
      text = memchr (text, ',', (gsize) (end - text));
      text = text != NULL ? text + 1 : NULL;
    }
  return text != NULL && text < end ? (guint) CLAMP (strtol (text, NULL, 10), 0, MAX_DOTS) : 0;
}

static void
reach (Reader *reader, guint x, guint y)
{
  reader->zpl->max_x = MAX (reader->zpl->max_x, reader->home_x + x);
  reader->zpl->max_y = MAX (reader->zpl->max_y, reader->home_y + y);
}

/* “_41” becomes “A” after ^FH. */
static char *
unescape (const char *text, gsize length, char escape)
{
  GString *plain = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    if (text[i] == escape && i + 2 < length && g_ascii_isxdigit (text[i + 1]) &&
        g_ascii_isxdigit (text[i + 2]))
      {
        g_string_append_c (plain, (char) (g_ascii_xdigit_value (text[i + 1]) * 16 +
                                          g_ascii_xdigit_value (text[i + 2])));
        i += 2;
      }
    else
      g_string_append_c (plain, text[i]);
  return g_string_free (plain, FALSE);
}

/* Code 128 data without its changes of subset (“>:”, “>;”, “>8”…). */
static char *
drop_subsets (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '>' && p[1] != '\0')
      p++;
    else
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

/* What a scanner reads of a barcode's data. */
static char *
scanned (const char *code, const char *data)
{
  if (g_str_equal (code, "BC"))
    return drop_subsets (data);
  if (g_str_equal (code, "BQ") && strlen (data) > 3 && data[2] == ',')
    return g_strdup (data + 3); /* error correction and input mode */
  return g_strdup (data);
}

static void
field_data (Reader *reader, const char *text, gsize length)
{
  g_autofree char *raw =
      reader->hex ? unescape (text, length, reader->escape) : g_strndup (text, length);
  g_autofree char *data = g_utf8_make_valid (raw, -1);
  WbZplField      *field = g_new0 (WbZplField, 1);

  g_strstrip (data);
  field->code = g_steal_pointer (&reader->code);
  field->text = field->code != NULL ? scanned (field->code, data) : g_steal_pointer (&data);
  g_ptr_array_add (reader->zpl->fields, field);
  reader->prints = TRUE;
}

/* @text: “total,total,stride,data”, or “total,stride,data” with @skip 0. */
static void
add_graphic (Reader *reader, const char *text, gsize length, guint skip)
{
  const char   *data = text, *end = text + length;
  WbBitmap     *bitmap;
  WbZplGraphic *graphic;

  for (guint i = 0; i < skip + 2 && data != NULL; i++)
    {
      data = memchr (data, ',', (gsize) (end - data));
      data = data != NULL ? data + 1 : NULL;
    }
  if (data == NULL)
    return;
  while (data < end && g_ascii_isspace (*data))
    data++;
  bitmap = wb_zpl_read_graphic (data, (gsize) (end - data), (guint) MAX (atol (text), 0),
                                number (text, length, skip + 1));
  if (bitmap == NULL)
    return;
  graphic = g_new0 (WbZplGraphic, 1);
  graphic->x = reader->home_x + reader->x;
  graphic->y = reader->home_y + reader->y - (reader->upwards ? MIN (bitmap->height, reader->y) : 0);
  graphic->bitmap = bitmap;
  g_ptr_array_add (reader->zpl->graphics, graphic);
}

static void
close_format (Reader *reader)
{
  reader->zpl->labels += reader->open && reader->prints;
  reader->open = reader->prints = FALSE;
}

static void
on_start (Reader *reader, const char *text, gsize length)
{
  if (reader->open)
    reader->zpl->whole = FALSE;
  reader->open = TRUE;
  reader->prints = FALSE;
  reader->x = reader->y = 0;
}

static void
on_end (Reader *reader, const char *text, gsize length)
{
  if (!reader->open)
    reader->zpl->whole = FALSE;
  close_format (reader);
}

static void
on_width (Reader *reader, const char *text, gsize length)
{
  reader->zpl->width = number (text, length, 0);
}

static void
on_length (Reader *reader, const char *text, gsize length)
{
  reader->zpl->length = number (text, length, 0);
}

static void
on_home (Reader *reader, const char *text, gsize length)
{
  reader->home_x = number (text, length, 0);
  reader->home_y = number (text, length, 1);
}

static void
on_origin (Reader *reader, const char *text, gsize length)
{
  reader->x = number (text, length, 0);
  reader->y = number (text, length, 1);
  reader->upwards = FALSE;
  reach (reader, reader->x, reader->y);
}

static void
on_typeset (Reader *reader, const char *text, gsize length)
{
  on_origin (reader, text, length);
  reader->upwards = TRUE;
}

static void
on_box (Reader *reader, const char *text, gsize length)
{
  reach (reader, reader->x + number (text, length, 0),
         reader->y + (reader->upwards ? 0 : number (text, length, 1)));
  reader->prints = TRUE;
}

static void
on_graphic (Reader *reader, const char *text, gsize length)
{
  guint before = reader->zpl->graphics->len;

  reader->prints = TRUE;
  if (length < 2 || g_ascii_toupper (text[0]) != 'A')
    return;
  add_graphic (reader, text + 2, length - 2, 1);
  for (guint i = before; i < reader->zpl->graphics->len; i++)
    {
      const WbZplGraphic *graphic = reader->zpl->graphics->pdata[i];

      reach (reader, reader->x + graphic->bitmap->width,
             reader->y + (reader->upwards ? 0 : graphic->bitmap->height));
    }
}

static void
on_download (Reader *reader, const char *text, gsize length)
{
  const char *name_end = memchr (text, ',', length);

  if (name_end != NULL)
    add_graphic (reader, name_end + 1, length - (gsize) (name_end + 1 - text), 0);
}

static void
on_recall (Reader *reader, const char *text, gsize length)
{
  reader->prints = TRUE;
}

static void
on_hex (Reader *reader, const char *text, gsize length)
{
  reader->hex = TRUE;
  reader->escape = length > 0 && !g_ascii_isspace (text[0]) ? text[0] : '_';
}

static void
on_field_end (Reader *reader, const char *text, gsize length)
{
  g_clear_pointer (&reader->code, g_free);
  reader->hex = FALSE;
}

static const struct
{
  const char *name;
  void (*read) (Reader *reader, const char *text, gsize length);
} commands[] = {
  { "XA", on_start },   { "XZ", on_end },      { "PW", on_width },   { "LL", on_length },
  { "LH", on_home },    { "FO", on_origin },   { "FT", on_typeset }, { "GB", on_box },
  { "GF", on_graphic }, { "DG", on_download }, { "XG", on_recall },  { "IM", on_recall },
  { "FD", field_data }, { "FV", field_data },  { "FH", on_hex },     { "FS", on_field_end },
  { "GC", on_box },     { "GE", on_box },      { "GS", on_recall },
};

/* A barcode is announced by ^B and its letter, but ^BY sets widths only. */
static void
run_command (Reader *reader, const char *name, const char *text, gsize length)
{
  if (name[0] == 'B' && name[1] != 'Y')
    {
      g_free (reader->code);
      reader->code = g_strdup (name);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      {
        commands[i].read (reader, text, length);
        return;
      }
}

/* Binary graphics may hold any sign, so their own length says where they end. */
static gsize
command_length (const char *name, const char *text, gsize left)
{
  gsize length = 0;

  if (g_str_equal (name, "GF") && left > 2 && (text[0] == 'B' || text[0] == 'C'))
    {
      const char *data = text;

      for (guint i = 0; i < 4 && data != NULL; i++)
        data = (data = memchr (data, ',', left - (gsize) (data - text))) != NULL ? data + 1 : NULL;
      if (data != NULL)
        length = (gsize) (data - text) + (gsize) MAX (atol (text + 2), 0);
      if (length > left)
        return left;
    }
  while (length < left && text[length] != '^' && text[length] != '~')
    length++;
  return length;
}

/**
 * wb_zpl_read:
 *
 * Reads any bytes without fail; a label that cannot be understood has no fields. Commands of other
 * prefixes than ^ and ~ (^CC) are not followed. Returns: (transfer full).
 */
WbZpl *
wb_zpl_read (GBytes *bytes)
{
  gsize            size = g_bytes_get_size (bytes);
  g_autofree char *text = g_malloc (size + 1);
  WbZpl           *zpl = g_new0 (WbZpl, 1);
  Reader           reader = { .zpl = zpl };

  if (size > 0)
    memcpy (text, g_bytes_get_data (bytes, NULL), size);
  text[size] = '\0';
  zpl->whole = TRUE;
  zpl->fields = g_ptr_array_new_with_free_func (field_free);
  zpl->graphics = g_ptr_array_new_with_free_func (graphic_free);
  for (gsize i = 0; i + 2 < size;)
    {
      char  name[3] = { g_ascii_toupper (text[i + 1]), g_ascii_toupper (text[i + 2]), '\0' };
      gsize length;

      if (text[i] != '^' && text[i] != '~')
        {
          i++;
          continue;
        }
      length = command_length (name, text + i + 3, size - i - 3);
      run_command (&reader, name, text + i + 3, length);
      i += 3 + length;
    }
  zpl->whole = zpl->whole && !reader.open;
  g_free (reader.code);
  return zpl;
}

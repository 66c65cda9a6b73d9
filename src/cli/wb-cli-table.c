/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables for people: columns aligned by how wide the text is on a terminal. */
#include "wb-cli-table.h"

#include "wb-text.h"

#include <stdio.h>

struct _WbTable
{
  const WbColumn *columns;
  guint           n;
  GPtrArray      *cells; /* utf8, row by row */
};

/** wb_table_new: @columns: ended by a %NULL title; must outlive the table. */
WbTable *
wb_table_new (const WbColumn *columns)
{
  WbTable *self = g_new0 (WbTable, 1);

  self->columns = columns;
  while (columns[self->n].title != NULL)
    self->n++;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/** wb_table_free: frees @self. */
void
wb_table_free (WbTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/** wb_cli_width: how many columns @text takes on a terminal: wide characters two, combining ones
 * none. */
guint
wb_cli_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* @text on one line without control characters (a shop's text must not steer the terminal), cut to
 * @most columns. */
static char *
fit (const char *text, guint most)
{
  g_autofree char *line = wb_text_one_line (text);
  guint            width = 0;
  const char      *p = line;

  if (most == 0 || wb_cli_width (line) <= most)
    return g_steal_pointer (&line);
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
      if (width > most - 1)
        break;
    }
  return g_strdup_printf ("%.*s…", (int) (p - line), line);
}

/** wb_table_add: one row: a text (nullable) for each column. */
void
wb_table_add (WbTable *self, ...)
{
  va_list cells;

  va_start (cells, self);
  for (guint i = 0; i < self->n; i++)
    g_ptr_array_add (self->cells, fit (va_arg (cells, const char *), self->columns[i].most));
  va_end (cells);
}

/** wb_cli_pad: prints so many blanks; none for a number below 1. */
void
wb_cli_pad (int columns)
{
  for (int i = 0; i < columns; i++)
    putchar (' ');
}

static void
print_cell (const char *text, guint width, gboolean right, gboolean last)
{
  int missing = (int) width - (int) wb_cli_width (text);

  if (right)
    wb_cli_pad (missing);
  fputs (text, stdout);
  if (!right && !last)
    wb_cli_pad (missing);
  fputs (last ? "\n" : "  ", stdout);
}

/** wb_table_print: prints the titles and all rows. */
void
wb_table_print (WbTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n);

  for (guint i = 0; i < self->n; i++)
    widths[i] = wb_cli_width (self->columns[i].title);
  for (guint i = 0; i < self->cells->len; i++)
    widths[i % self->n] = MAX (widths[i % self->n], wb_cli_width (self->cells->pdata[i]));
  for (guint i = 0; i < self->n; i++)
    print_cell (self->columns[i].title, widths[i], self->columns[i].right, i == self->n - 1);
  for (guint i = 0; i < self->cells->len; i++)
    {
      guint column = i % self->n;

      print_cell (self->cells->pdata[i], widths[column], self->columns[column].right,
                  column == self->n - 1);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * A paper that proves something: what goes into it is collected, then set as a document. */
#include "wb-dossier.h"

#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <stdarg.h>

#define KIND           "evidence" /* no template: it is set in a form that no merchant changes */
#define PICTURE_HEIGHT 380.0      /* two of them go on one page where they are small */

typedef enum
{
  ITEM_SECTION,
  ITEM_TEXT,
  ITEM_TABLE,
  ITEM_ROW,
  ITEM_PICTURE,
} ItemKind;

typedef struct
{
  ItemKind       kind;
  char          *text;
  WbTableColumn *columns;
  guint          n;
  char         **cells;
  WbLogo        *picture;
} Item;

struct _WbDossier
{
  char         *title;
  char         *caption;
  gpointer      address; /* a WbAddress */
  GArray       *facts;   /* of WbDocFact, whose texts are in @texts */
  GPtrArray    *items;   /* of Item */
  GStringChunk *texts;
  guint         n_columns; /* of the table that rows go into */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->text);
  g_free (item->columns);
  g_strfreev (item->cells);
  wb_logo_free (item->picture);
  g_free (item);
}

/** wb_dossier_new: Returns: (transfer full): a paper with @title and nothing else. */
WbDossier *
wb_dossier_new (const char *title)
{
  WbDossier *self = g_new0 (WbDossier, 1);

  self->title = g_strdup (title);
  self->facts = g_array_new (FALSE, FALSE, sizeof (WbDocFact));
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->texts = g_string_chunk_new (1024);
  return self;
}

/** wb_dossier_free: frees @self; %NULL is fine. */
void
wb_dossier_free (WbDossier *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->caption);
  g_clear_object (&self->address);
  g_array_unref (self->facts);
  g_ptr_array_unref (self->items);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static Item *
add_item (WbDossier *self, ItemKind kind, const char *text)
{
  Item *item = g_new0 (Item, 1);

  item->kind = kind;
  item->text = g_strdup (text);
  g_ptr_array_add (self->items, item);
  return item;
}

/** wb_dossier_set_address: @address: (nullable): a WbAddress, held. */
void
wb_dossier_set_address (WbDossier *self, const char *caption, gpointer address)
{
  wb_set_str (&self->caption, caption);
  g_set_object ((GObject **) &self->address, address);
}

/** wb_dossier_add_fact: @value: (nullable): the fact is left out. */
void
wb_dossier_add_fact (WbDossier *self, const char *label, const char *value)
{
  WbDocFact fact;

  if (wb_text_is_empty (value))
    return;
  fact = (WbDocFact){ .label = g_string_chunk_insert (self->texts, label),
                      .value = g_string_chunk_insert (self->texts, value),
                      .own = TRUE };
  g_array_append_val (self->facts, fact);
}

/** wb_dossier_add_section: what follows stands under @heading. */
void
wb_dossier_add_section (WbDossier *self, const char *heading)
{
  add_item (self, ITEM_SECTION, heading);
}

/** wb_dossier_add_text: a paragraph. */
void
wb_dossier_add_text (WbDossier *self, const char *text)
{
  add_item (self, ITEM_TEXT, text);
}

/** wb_dossier_begin_table: @columns: their titles are copied; at most %WB_TABLE_MOST_COLUMNS. */
void
wb_dossier_begin_table (WbDossier *self, const WbTableColumn *columns, guint n)
{
  Item *item = add_item (self, ITEM_TABLE, NULL);

  item->columns = g_memdup2 (columns, n * sizeof *columns);
  item->n = self->n_columns = MIN (n, WB_TABLE_MOST_COLUMNS);
  for (guint i = 0; i < item->n; i++)
    item->columns[i].title = g_string_chunk_insert_const (self->texts, columns[i].title);
}

/** wb_dossier_add_row: as many texts as the table has columns, then %NULL; an empty one stays
 * empty. */
void
wb_dossier_add_row (WbDossier *self, ...)
{
  Item   *item = add_item (self, ITEM_ROW, NULL);
  va_list args;

  item->cells = g_new0 (char *, self->n_columns + 1);
  va_start (args, self);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *cell = va_arg (args, const char *);

      if (cell == NULL)
        break;
      item->cells[i] = g_strdup (cell);
    }
  va_end (args);
}

/** wb_dossier_add_picture: @bytes: a PNG or JPEG. FALSE: it cannot be read, and is not added. */
gboolean
wb_dossier_add_picture (WbDossier *self, const char *caption, GBytes *bytes, GError **error)
{
  WbLogo *picture = wb_logo_new_photo (bytes, error);

  if (picture == NULL)
    return FALSE;
  add_item (self, ITEM_PICTURE, caption)->picture = picture;
  return TRUE;
}

static void
set_item (WbDoc *doc, const Item *item)
{
  switch (item->kind)
    {
    case ITEM_SECTION:
      doc->head = 0;
      wb_doc_heading (doc, item->text);
      break;
    case ITEM_TEXT:
      wb_doc_paragraph (doc, WB_STYLE_BODY, item->text);
      break;
    case ITEM_TABLE:
      wb_doc_table_begin_titled (doc, item->columns, item->n);
      break;
    case ITEM_ROW:
      wb_doc_row (doc, (const char *const *) item->cells, NULL);
      break;
    case ITEM_PICTURE:
      wb_doc_picture (doc, item->picture, item->text, wb_doc_inner_width (doc), PICTURE_HEIGHT);
      break;
    }
}

static void
set_dossier (WbDoc *doc, gconstpointer data)
{
  const WbDossier *self = data;
  WbDocAddress     address = { self->caption, wb_doc_address (doc, self->address) };

  wb_doc_set_running (doc, self->title);
  wb_doc_set_foot (doc, self->title);
  wb_doc_letterhead (doc, self->title);
  wb_doc_addresses (doc, &address, self->caption != NULL,
                    (const WbDocFact *) (gpointer) self->facts->data, self->facts->len, NULL);
  for (guint i = 0; i < self->items->len; i++)
    set_item (doc, self->items->pdata[i]);
}

/**
 * wb_dossier_render:
 * @with: how it is set: origin, paper, practice, logo, language; no order
 * @created_at: goes into the document: the same content gives the same bytes
 * @pages: (out) (optional): how many there are
 * @warnings: (out) (optional) (transfer full): what could not be set as it is, for people
 *
 * Returns: (transfer full): PDF bytes.
 */
GBytes *
wb_dossier_render (WbDossier          *self,
                   const WbOrderPaper *with,
                   WbInstant           created_at,
                   guint              *pages,
                   char             ***warnings,
                   GError            **error)
{
  return wb_list_paper_render (KIND, with, created_at, set_dossier, self, pages, warnings, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * The widths of a list's columns and what it is sorted by, remembered over restarts. */
#include "wb-column-memory.h"

#include "wb-cells.h"

#define SETTLED_MS 300 /* a column that is drawn wider changes with every frame */
#define GIVEN      "wb-width-given"

struct _WbColumnMemory
{
  GtkColumnView *view; /* outlives this */
  GSettings     *settings;
  char          *list;
  GHashTable    *ids; /* GtkColumnViewColumn → its name */
  guint          settled_id;
};

static char *
key_of (WbColumnMemory *self, const char *id)
{
  return g_strdup_printf ("%s.%s", self->list, id);
}

/* What the column came with, before a person drew it wider or narrower. */
static int
width_given (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), GIVEN));
}

/* What other lists remember stays, and what a hidden column had. They are kept as they were for
 * text of the usual size, whatever it is now. */
static void
keep_widths (WbColumnMemory *self)
{
  g_autoptr (GVariant)   before = g_settings_get_value (self->settings, "column-widths");
  g_autoptr (GHashTable) mine = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GVariantBuilder        builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{si}"));
  GHashTableIter         iter;
  GVariantIter           old;
  const char            *key;
  gpointer               column, id;
  int                    width;

  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &column, &id))
    {
      g_autofree char *name = key_of (self, id);

      width = gtk_column_view_column_get_fixed_width (column);
      if (!gtk_column_view_column_get_visible (column) || width <= 0)
        continue;
      if (!g_variant_lookup (before, name, "i", NULL) && width == width_given (column))
        continue;
      g_variant_builder_add (&builder, "{si}", name, wb_cell_usual_width (width));
      g_hash_table_add (mine, g_steal_pointer (&name));
    }
  g_variant_iter_init (&old, before);
  while (g_variant_iter_next (&old, "{&si}", &key, &width))
    if (!g_hash_table_contains (mine, key))
      g_variant_builder_add (&builder, "{si}", key, width);
  g_settings_set_value (self->settings, "column-widths", g_variant_builder_end (&builder));
}

static void
settled_cb (gpointer data)
{
  WbColumnMemory *self = data;

  self->settled_id = 0;
  keep_widths (self);
}

static void
width_cb (GtkColumnViewColumn *column, GParamSpec *pspec, WbColumnMemory *self)
{
  g_clear_handle_id (&self->settled_id, g_source_remove);
  self->settled_id = g_timeout_add_once (SETTLED_MS, settled_cb, self);
}

/** wb_column_memory_new: @list: the name under which the list is remembered. Returns: (transfer
 * full): what is remembered of it. */
WbColumnMemory *
wb_column_memory_new (GtkColumnView *view, const char *list)
{
  WbColumnMemory *self = g_new0 (WbColumnMemory, 1);

  self->view = view;
  self->settings = g_settings_new ("org.waybill.Waybill");
  self->list = g_strdup (list);
  self->ids = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  return self;
}

/** wb_column_memory_free: keeps what has just changed. */
void
wb_column_memory_free (WbColumnMemory *self)
{
  GHashTableIter iter;
  gpointer       column;

  if (self->settled_id != 0)
    keep_widths (self);
  g_clear_handle_id (&self->settled_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &column, NULL))
    g_signal_handlers_disconnect_by_data (column, self);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_object (&self->settings);
  g_free (self->list);
  g_free (self);
}

/** wb_column_memory_add: from now on @column's width is remembered as that of @id. */
void
wb_column_memory_add (WbColumnMemory *self, GtkColumnViewColumn *column, const char *id)
{
  g_object_set_data (G_OBJECT (column), GIVEN,
                     GINT_TO_POINTER (gtk_column_view_column_get_fixed_width (column)));
  g_hash_table_insert (self->ids, g_object_ref (column), g_strdup (id));
  g_signal_connect (column, "notify::fixed-width", G_CALLBACK (width_cb), self);
}

/** wb_column_memory_has: whether a person has given @id a width. */
gboolean
wb_column_memory_has (WbColumnMemory *self, const char *id)
{
  return wb_column_memory_get_width (self, id, G_MININT) != G_MININT;
}

/** wb_column_memory_get_width: Returns: the width in px that @id was given, or @otherwise. */
int
wb_column_memory_get_width (WbColumnMemory *self, const char *id, int otherwise)
{
  g_autoptr (GVariant) widths = g_settings_get_value (self->settings, "column-widths");
  g_autofree char     *key = key_of (self, id);
  int                  width = 0;

  return g_variant_lookup (widths, key, "i", &width) ? wb_cell_width (width) : otherwise;
}

/** wb_column_memory_get_sort: @id: (out) (transfer full). Returns: FALSE when nobody has sorted the
 * list yet. */
gboolean
wb_column_memory_get_sort (WbColumnMemory *self, char **id, gboolean *ascending)
{
  g_autoptr (GVariant) sorts = g_settings_get_value (self->settings, "column-sort");

  return g_variant_lookup (sorts, self->list, "(sb)", id, ascending);
}

/** wb_column_memory_set_sort: the list is sorted by @id from now on. */
void
wb_column_memory_set_sort (WbColumnMemory *self, const char *id, gboolean ascending)
{
  g_autoptr (GVariant) before = g_settings_get_value (self->settings, "column-sort");
  GVariantBuilder      builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{s(sb)}"));
  GVariantIter         iter;
  const char          *list, *column;
  gboolean             up;

  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "{&s(&sb)}", &list, &column, &up))
    if (!g_str_equal (list, self->list))
      g_variant_builder_add (&builder, "{s(sb)}", list, column, up);
  g_variant_builder_add (&builder, "{s(sb)}", self->list, id, ascending);
  g_settings_set_value (self->settings, "column-sort", g_variant_builder_end (&builder));
}

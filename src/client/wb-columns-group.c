/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which column of a file is what: a row for each thing that may stand in one; what the file does
 * not have stands below, folded up. */
#include "wb-columns-group.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbColumnsGroup
{
  AdwPreferencesGroup parent_instance;
  AdwExpanderRow     *more;
  GPtrArray          *heads;         /* of utf8 */
  GPtrArray          *rows;          /* of AdwComboRow, borrowed; their data “cell” says what */
  GPtrArray          *above, *below; /* the same, by where they stand */
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (WbColumnsGroup, wb_columns_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, WbColumnsGroup *self)
{
  if (!self->filling)
    g_signal_emit (self, changed_signal, 0);
}

static void
wb_columns_group_dispose (GObject *object)
{
  WbColumnsGroup *self = WB_COLUMNS_GROUP (object);

  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->above, g_ptr_array_unref);
  g_clear_pointer (&self->below, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_columns_group_parent_class)->dispose (object);
}

static void
wb_columns_group_class_init (WbColumnsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_columns_group_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-columns-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbColumnsGroup, more);
}

static void
wb_columns_group_init (WbColumnsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->above = g_ptr_array_new ();
  self->below = g_ptr_array_new ();
}

/** wb_columns_group_begin: takes all rows away; @heads: (element-type utf8): of the file's columns.
 */
void
wb_columns_group_begin (WbColumnsGroup *self, GPtrArray *heads)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->above->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->above->pdata[i]);
  for (guint i = 0; i < self->below->len; i++)
    adw_expander_row_remove (self->more, self->below->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->above, 0);
  g_ptr_array_set_size (self->below, 0);
  g_ptr_array_ref (heads);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  self->heads = heads;
}

/** wb_columns_group_add: @cell: what it is, @title: for people, @head: (nullable): the head of its
 * column; @needed: it is asked for even where there is none. */
void
wb_columns_group_add (
    WbColumnsGroup *self, const char *cell, const char *title, const char *head, gboolean needed)
{
  AdwComboRow              *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) heads = gtk_string_list_new (NULL);
  guint                     place = 0;

  gtk_string_list_append (heads, _ ("None"));
  for (guint i = 0; i < self->heads->len; i++)
    {
      gtk_string_list_append (heads, self->heads->pdata[i]);
      if (g_strcmp0 (self->heads->pdata[i], head) == 0)
        place = i + 1;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (heads));
  adw_combo_row_set_selected (row, place);
  g_object_set_data_full (G_OBJECT (row), "cell", g_strdup (cell), g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self, 0);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (place > 0 || needed ? self->above : self->below, row);
}

/** wb_columns_group_end: shows what was added. */
void
wb_columns_group_end (WbColumnsGroup *self)
{
  GtkWidget *more = GTK_WIDGET (self->more);

  g_object_ref (more);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), more); /* it is the last one */
  for (guint i = 0; i < self->above->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->above->pdata[i]);
  for (guint i = 0; i < self->below->len; i++)
    adw_expander_row_add_row (self->more, self->below->pdata[i]);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), more);
  gtk_widget_set_visible (more, self->below->len > 0);
  g_object_unref (more);
  self->filling = FALSE;
}

/** wb_columns_group_take: puts into @columns (utf8 → utf8, both owned) what is chosen: what each is
 * → the head of its column, empty for none. */
void
wb_columns_group_take (WbColumnsGroup *self, GHashTable *columns)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint       place = adw_combo_row_get_selected (self->rows->pdata[i]);
      const char *head =
          place > 0 && place <= self->heads->len ? self->heads->pdata[place - 1] : "";

      g_hash_table_insert (columns,
                           g_strdup (g_object_get_data (G_OBJECT (self->rows->pdata[i]), "cell")),
                           g_strdup (head));
    }
}

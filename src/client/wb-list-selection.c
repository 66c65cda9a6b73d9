/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several rows of a list chosen at once, by their places alone: choosing a million makes none of
 * them. GtkMultiSelection asks its model for every row that it takes in. */
#include "wb-list-selection.h"

struct _WbListSelection
{
  GObject     parent_instance;
  GListModel *model;
  GtkBitset  *chosen; /* places */
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbListSelection,
                               wb_list_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (WB_LIST_SELECTION (model)->model);
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (WB_LIST_SELECTION (model)->model);
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (WB_LIST_SELECTION (model)->model, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (WB_LIST_SELECTION (model)->chosen, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_copy (WB_LIST_SELECTION (model)->chosen);
}

/* Only what @mask covers is changed, and only what is another than before is told of. */
static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  WbListSelection      *self = WB_LIST_SELECTION (model);
  guint                 n_items = get_n_items (G_LIST_MODEL (self));
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (selected);

  gtk_bitset_difference (changes, self->chosen);
  gtk_bitset_intersect (changes, mask);
  if (!gtk_bitset_is_empty (changes) && gtk_bitset_get_maximum (changes) >= n_items)
    gtk_bitset_remove_range_closed (changes, n_items, gtk_bitset_get_maximum (changes));
  if (gtk_bitset_is_empty (changes))
    return TRUE;
  gtk_bitset_difference (self->chosen, changes);
  gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (changes),
                                         gtk_bitset_get_maximum (changes) -
                                             gtk_bitset_get_minimum (changes) + 1);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

static void
items_changed_cb (
    GListModel *model, guint position, guint removed, guint added, WbListSelection *self)
{
  gtk_bitset_splice (self->chosen, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
wb_list_selection_finalize (GObject *object)
{
  WbListSelection *self = WB_LIST_SELECTION (object);

  g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->chosen, gtk_bitset_unref);
  G_OBJECT_CLASS (wb_list_selection_parent_class)->finalize (object);
}

static void
wb_list_selection_class_init (WbListSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_list_selection_finalize;
}

static void
wb_list_selection_init (WbListSelection *self)
{
  self->chosen = gtk_bitset_new_empty ();
}

/** wb_list_selection_new: Returns: (transfer full): the rows of @model, none of them chosen. */
WbListSelection *
wb_list_selection_new (GListModel *model)
{
  WbListSelection *self = g_object_new (WB_TYPE_LIST_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

/** wb_list_selection_get_model: Returns: (transfer none): the list whose rows are chosen. */
GListModel *
wb_list_selection_get_model (WbListSelection *self)
{
  return self->model;
}

/** wb_list_selection_get_size: Returns: how many rows are chosen. */
guint
wb_list_selection_get_size (WbListSelection *self)
{
  return (guint) gtk_bitset_get_size (self->chosen);
}

/** wb_list_selection_dup_ids: Returns: (transfer full) (element-type gint64): what is chosen, as it
 * is listed. */
GArray *
wb_list_selection_dup_ids (WbListSelection *self, WbIdAt id_at)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self));
  GArray               *ids =
      g_array_sized_new (FALSE, FALSE, sizeof (gint64), wb_list_selection_get_size (self));
  GtkBitsetIter iter;
  guint         position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = id_at (wb_list_selection_get_model (self), position);

      g_array_append_val (ids, id);
    }
  return ids;
}
